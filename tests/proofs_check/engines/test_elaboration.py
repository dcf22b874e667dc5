"""From derivations to certificates: the whole textbook passes the checker, false lemmas have no certificate."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from proofs_check.engines.elaboration import elaborate, elaborate_point, prune
from theory.language import Lemma, SearchFailed, Witness, statement
from theory.language.derivation import (
    Step,
    apply,
    calc,
    cases,
    combine,
    compute,
    define,
    either,
    finite,
    induct,
    intro,
    obtain,
    witness,
)
from theory.textbook import AXIOMS, LEMMAS

CHECKER = Path(__file__).resolve().parents[3] / "proofs_check" / "certificates" / "checker"
LIBRARY = {**AXIOMS, **{lemma.id: lemma.statement.formula for lemma in LEMMAS}}


def _lemma(text: str, *steps: Step) -> Lemma:
    return Lemma("test.lemma", "", statement(text), steps)


def _checked(folder: Path, claims: list[Any], points: list[Any]) -> dict[str, Any]:
    axioms = (CHECKER.parent / "axioms.json").read_bytes()
    report = {"format": "lemmascope-report", "schema": 1, "axioms": hashlib.sha256(axioms).hexdigest(), "cited": [],
              "claims": claims, "points": points}
    path = folder / "report.json"
    path.write_text(json.dumps(report), encoding="ascii")
    done = subprocess.run([sys.executable, "-I", "-S", CHECKER, path, "--json"], capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="session")
def textbook(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the checker, in a process of its own, says of the whole textbook and of the small lemmas below."""
    library, claims = dict(AXIOMS), []
    for lemma in LEMMAS:
        claims.append(elaborate(lemma, library))
        library[lemma.id] = lemma.statement.formula
    claims += [{**elaborate(lemma, library), "id": f"test.{name}"} for name, lemma in PROVED.items()]
    points = [elaborate_point(name, f"test.{name}", kind, statement(text), w, library)
              for name, (kind, text, w) in POINTS.items()]
    return _checked(tmp_path_factory.mktemp("textbook"), claims, points)


PROVED = {
    "calc": _lemma("all x y z:real | h: x <= y, k: y < z => 2*x < 2*z",
                   calc("end", ("2*x <= 2*y", "h"), ("2*y < 2*z", "k"))),
    "cases": _lemma("all x:real => 0 <= max(x, -x)", apply("t", "ax.total", x="x", y="0"),
                    apply("l", "ax.max_left", x="x", y="-x"), apply("r", "ax.max_right", x="x", y="-x"),
                    cases("end", "t", "c", [combine("z", facts="c r")], [combine("z", facts="c l")])),
    "either": _lemma("all x:real | h: 1 <= x => (x <= 0 or 0 <= x - 1)", either("end", "h")),
    "either found": _lemma("all x y:real | h: x <= y, k: y < 1 => (some | (y <= 0 or x < 1), (2 <= 1 or 1 <= 2))",
                           witness("end")),
    "finite": _lemma("all | 0 <= 1 => (all n:int | 1 <= n, n <= 5 => fact(n) <= 120)", finite("end")),
    "obtain": _lemma("all n:int | h: (some k:int | n = 2*k) => (some k:int | n + 2 = 2*k)",
                     obtain("end", "h", "e", witness("z", k="k + 1", use="e"))),
    "define": _lemma("all x:real | h: 0 <= x => (some y:real | y = 8)",
                     define("end", "def f(0) = 1 then f(n+1) = 2*f(n)", "int->real", "a b",
                            apply("b0", "b", n="0"), apply("b1", "b", n="1"), apply("b2", "b", n="2"),
                            combine("v", "f(3) = 8", "a b0 b1 b2"), witness("z", y="f(3)"))),
    "compute": _lemma("all => sum(j=1..10: j) = 55", compute("end")),
    "shadow": _lemma("all n:int | h: 0 <= n => (all m:int | m <= 0 => m <= n)",
                     intro("end", None, "k", combine("z", facts="h k"))),
}
POINTS = {
    "point": ("instance", "all x:real | 1 <= x, x^2 = 4 => x <= 2", Witness((witness("w", x="2"),))),
    "refuted part": ("refuted", "all x:real | 0 <= x => (some | x <= x + 1, x <= x^2)",
                     Witness((witness("w", x="1/2"),))),
    "refuted": ("refuted", "all x:real | 0 <= x => x <= x^2", Witness((witness("w", x="1/2"),))),
}


ENCLOSED = {"textbook.sin_zero", "textbook.cos_zero"}
"""Lemmas that rest on an interval evaluation."""


@pytest.mark.parametrize("name", [*(lemma.id for lemma in LEMMAS), *(f"test.{name}" for name in PROVED)])
def test_lemma_is_accepted(textbook: dict[str, Any], name: str) -> None:
    """The checker accepts the certificate: exact but for sin 0 and cos 0, uncited, of the lemma's own statement."""
    verdict = textbook["claims"][name]
    assert verdict["accepted"], verdict
    assert verdict["grade"] == ("enclosed" if name in ENCLOSED else "exact") and verdict["cited"] == []
    own = {lemma.id: lemma for lemma in LEMMAS}
    assert verdict["digest"] == (own[name] if name in own else PROVED[name.removeprefix("test.")]).digest


@pytest.mark.parametrize("lemma", LEMMAS, ids=lambda lemma: lemma.id)
def test_every_hypothesis_of_the_textbook_is_used(textbook: dict[str, Any], lemma: Lemma) -> None:
    """No lemma of the textbook carries a hypothesis that its proof does not need."""
    assert textbook["claims"][lemma.id]["unused"]["hypotheses"] == []


@pytest.mark.parametrize("name", POINTS)
def test_points_of_statements(textbook: dict[str, Any], name: str) -> None:
    """An instance satisfies the hypotheses; a refutation satisfies them and the negated conclusion."""
    assert name in textbook["points"]
    assert textbook["points"][name]["point"] == POINTS[name][0]


FALSE = {
    "no induction step": _lemma("all n:int | hn: 0 <= n => fact(n) <= n", induct(
        "I", "all k:int | 0 <= k => fact(k) <= k", "hk ih", [apply("f", "ax.fact_zero"), combine("z", facts="f")],
        [apply("f", "ax.fact_succ", n="k"), combine("z", facts="f ih hk")]), apply("end", "I", k="n")),
    "wrong power": _lemma("all b:real => pow(b, 1) = b^2", apply("z", "ax.pow_zero", b="b"),
                          apply("s", "ax.pow_succ", b="b", n="0"), combine("end", facts="z s")),
    "false number": _lemma("all => fact(4) = 25", compute("a", "fact(4) = 24"), combine("end", facts="a")),
    "one value of five": _lemma("all | 0 <= 1 => (all n:int | 1 <= n, n <= 5 => fact(n) <= 119)", finite("end")),
    "missing alternative": _lemma("all x:real => 0 <= x", apply("t", "ax.total", x="x", y="0"),
                                  cases("end", "t", "c", [combine("z", facts="c")], [combine("z", facts="c")])),
    "premise of an axiom": _lemma("all x:real => exp(log(x)) = x", apply("end", "ax.exp_log", x="x")),
    "division by zero": _lemma("all x:real | h: 0 <= x => x*(1/x) = 1", combine("end", facts="h")),
    "not well posed": _lemma("all x:real | h: 0 <= x => log(x) = log(x)", combine("end")),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_lemmas_have_no_certificate(name: str) -> None:
    """A false or unguarded lemma raises SearchFailed that names the lemma."""
    with pytest.raises(SearchFailed, match="^test.lemma"):
        elaborate(FALSE[name], LIBRARY)


@pytest.mark.parametrize(("steps", "message"), [
    ((combine("h", "0 <= x"),), "step h: the name is already in use"),
    ((apply("a", "ax.exp_gee", x="x"),), "unknown fact ax.exp_gee"),
    ((apply("a", "ax.exp_ge", y="x"),), "the fact has no variable y; it has x"),
    ((apply("a", "ax.exp_add", a="x"),), "no term found for b"),
    ((combine("a", facts="h"), combine("end", facts="h")), "this step needs a goal"),
    ((intro("end", None, "k"),), "the goal has to be a `all`"),
    ((obtain("end", "h", "k"),), "obtain needs a `some`"),
    ((Step("end", "magic"),), "no engine is called magic"),
    ((witness("w", "some y:real | y = x", z="x"),), "a witness names exactly y"),
    ((induct("i", "all k:int | k <= 0 => k <= 1", "a b", [], []),), "step i (induct): induction needs"),
    ((combine("end", facts="hh"),), "test.lemma, step end (combine): unknown fact hh"),
    ((obtain("end", "hh", "k"),), "test.lemma, step end (obtain): unknown fact hh"),
    ((combine("a", "-1 <= x", "h"), apply("b", "ax.exp_ge", x="y")), "step b (apply)"),
])
def test_messages(steps: tuple[Step, ...], message: str) -> None:
    """A failure names lemma and step and says what was wrong with it."""
    with pytest.raises(SearchFailed, match="^test.lemma") as failure:
        elaborate(_lemma("all x:real | h: 0 <= x => 0 <= x + 1", *steps), LIBRARY)
    assert message in str(failure.value)


def test_messages_without_a_last_step() -> None:
    """Where the author's steps end too early, the message names the lemma and the place, in an inner box too."""
    early = _lemma("all x:real => 0 <= x", compute("a", "0 < 1"))
    inner = _lemma("all => (all y:real | 0 <= 1 => y <= 2)", intro("end", None, "k", compute("a", "0 < 1")))
    empty = _lemma("all x:real => 0 <= x")
    for lemma, place in ((early, "^test.lemma, after step a: "), (empty, "^test.lemma, no steps"),
                         (inner, r"^test.lemma, step end \(intro\): after step a: no certificate for y <= 2")):
        with pytest.raises(SearchFailed, match=place):
            elaborate(lemma, LIBRARY)


def test_steps_that_led_nowhere_are_dropped() -> None:
    """Auxiliary steps that nothing uses are pruned, the author's own are kept."""
    steps = [{"id": "d.1", "goal": 0, "by": "compute"}, {"id": "a", "goal": 0, "by": "compute"},
             {"id": "d.2", "goal": 0, "by": "compute"}, {"id": "z", "goal": 0, "by": "apply", "prem": ["d.2"]}]
    assert [s["id"] for s in prune(steps, {"a"})] == ["a", "d.2", "z"]


class _Recorder:
    """A cache in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, Any]] = {}
        self.hits = 0

    def get(self, key: str) -> dict[str, Any] | None:
        """The stored value; counts hits."""
        self.hits += key in self.kept
        return self.kept.get(key)

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Store the value as JSON would keep it."""
        self.kept[key] = json.loads(json.dumps(value))


def test_a_stored_step_gives_the_same_certificate() -> None:
    """With a warm cache no step is searched again and the certificate is the same, byte by byte."""
    cache = _Recorder()
    lemma = next(lemma for lemma in LEMMAS if lemma.id == "textbook.pow_mono")
    first = json.dumps(elaborate(lemma, LIBRARY, cache))
    assert cache.hits == 0 and cache.kept
    assert json.dumps(elaborate(lemma, LIBRARY, cache)) == first and cache.hits == len(cache.kept)
