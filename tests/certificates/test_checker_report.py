"""Whole reports: obligations, definitions, citations, grades, digests, points, caps, and files that are no report."""

from __future__ import annotations

import copy
import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import polynomials
import pytest
import report
from conftest import CHECKER
from obligations import posed
from rejection import Reject
from small_reports import (
    AXIOMS,
    CITED,
    INT_TO_REAL,
    accepted,
    again,
    apply,
    claim,
    combine,
    document,
    every,
    ints,
    point,
    prove,
    reals,
    rejected,
    step,
    total,
    using,
)
from terms import Table

TABLE = Table(AXIOMS["generators"], AXIOMS["predicates"])
FIFTH = ["^", ["+", *"abcdefgh"], 5]
X, N, TRUE = reals("x"), ints("n"), ["<=", 0, 0]
PLAIN = claim(every(X, [], ["<=", "x", "x"]), "", [combine("s", ["<=", "x", "x"])])


def checked(written: Any) -> Any:
    """What the checker says about a report."""
    return report.check(copy.deepcopy(written), AXIOMS)


class TestObligations:
    """What makes a statement well posed."""

    @pytest.mark.parametrize(
        ("statement", "expected"),
        [
            (every(X, [], ["<=", 0, ["exp", "x"]]), []),
            (every(X, [["<=", 1, "x"]], ["<=", 0, ["log", "x"]]), [every(X, [["<=", 1, "x"]], ["<", 0, "x"])]),
            (every(X, [], ["<=", 0, ["/", 1, 2]]), []),
            (every(X, [], ["<=", 0, ["/", 1, 0]]), [every(X, [], ["!=", 0, 0])]),
            (every(X, [], ["<=", 0, ["log", ["/", 1, "x"]]]),
             [every(X, [], ["!=", "x", 0]), every(X, [], ["<", 0, ["/", 1, "x"]])]),
            (every(X, [], ["<=", ["sqrt", "x"], ["sqrt", "x"]]), [every(X, [], ["<=", 0, "x"])]),
            (every(N, [], ["=", total("j", 1, "n", ["/", 1, "j"]), 0]),
             [every([*N, ["j", "int"]], [["<=", 1, "j"], ["<=", "j", "n"]], ["!=", "j", 0])]),
            (every([], [], ["=", ["tr", ["build", "i", "j", 2, 2, ["/", "i", "j"]]], 0]),
             [every(ints("i j"), [["<=", 1, "i"], ["<=", "i", 2], ["<=", 1, "j"], ["<=", "j", 2]], ["!=", "j", 0])]),
            (every([], [], ["=", ["bind", "integral", "u", "real", ["leb", 0, 1], ["log", "u"]], 0]),
             [every(reals("u"), [["<=", 0, "u"], ["<=", "u", 1]], ["<", 0, "u"])]),
            (every([["m", "obj"]], [], ["=", ["bind", "integral", "u", "real", "m", ["log", "u"]], 0]),
             [every([["m", "obj"], ["u", "real"]], [], ["<", 0, "u"])]),
            (every(reals("p"), [], ["pred", "deriv", "u", ["log", "u"], "p", 1]),
             [every(reals("p"), [], ["<", 0, "p"])]),
            (every(reals("p"), [], ["pred", "bounded", "u", ["log", "u"], 1]),
             [every(reals("p u"), [], ["<", 0, "u"])]),
            (every(X, [every(reals("y"), [["<", 0, "y"]], ["<=", ["log", "y"], "x"])], TRUE),
             [every(reals("x y"), [["<", 0, "y"]], ["<", 0, "y"])]),
            (every(N, [], ["=", ["binom", "n", 1], "n"]), []),
            (every([*N, ["M", ["mat", ["fact", "n"], 1]]], [], TRUE), [every(N, [], ["<=", 0, "n"])]),
        ],
    )  # fmt: skip
    def test_listed(self, statement: Any, expected: Any) -> None:
        """Every guard with what stands before it, inner before outer, each once."""
        assert posed(statement, TABLE) == expected

    def test_hypotheses_before_only(self) -> None:
        """A hypothesis is in force for the guards after it and not for its own."""
        statement = every(X, [["<=", 0, ["log", "x"]], ["<", 0, "x"]], ["<=", 0, ["sqrt", "x"]])
        first, second = posed(statement, TABLE)
        assert first == every(X, [], ["<", 0, "x"])
        assert second == every(X, [["<=", 0, ["log", "x"]], ["<", 0, "x"]], ["<=", 0, "x"])

    def test_a_proof_for_each_in_order(self) -> None:
        """Obligations must be proved, all of them and in their order."""
        goal = ["=", ["*", ["log", "x"], ["sqrt", "x"]], ["*", ["sqrt", "x"], ["log", "x"]]]
        proofs = [{"ids": ["o"], "steps": [again("z", ["<", 0, "x"], "o")]},
                  {"ids": ["o"], "steps": [combine("z", ["<=", 0, "x"], sum=[using("o")])]}]  # fmt: skip
        for given, good in ((proofs, True), (proofs[::-1], False), (proofs[:1], False), ([*proofs, proofs[0]], False)):
            assert accepted(goal, combine("s", goal), variables=X, hyps=[["<", 0, "x"]], posed=given) is good

    def test_names_bound_around_a_guard_differ(self) -> None:
        """A guard under a binder that hides a variable is refused: its obligation could not be written."""
        goal = ["=", total("x", 1, 2, ["/", 1, "x"]), total("x", 1, 2, ["/", 1, "x"])]
        assert "declared twice" in rejected(goal, combine("s", goal), variables=X)

    def test_an_obligation_may_use_earlier_claims_and_counts_as_use(self) -> None:
        """A hypothesis that only an obligation needs is used."""
        goal = ["=", ["log", "x"], ["log", "x"]]
        posed_ = [{"ids": ["o"], "steps": [again("z", ["<", 0, "x"], "o")]}]
        found = prove(goal, combine("s", goal), variables=X, hyps=[["<", 0, "x"]], posed=posed_)
        assert found["accepted"] and found["unused"] == {"hypotheses": [], "steps": []}


class TestDefinitions:
    """A `def` stands for two hypotheses."""

    RECORD = ["def", "f", N, 0, 1, ["*", 2, ["f", "n"]]]

    def test_two_names(self) -> None:
        """f(0) = 1 and f(n+1) = 2 f(n) under two names give f(1) = 2."""
        goal = ["=", ["f", 1], 2]
        steps = [combine("p", ["<=", 0, 0]), apply("a", ["=", ["f", 1], ["*", 2, ["f", 0]]], "b", "p", n=0),
                 combine("s", goal, eqs=[{"f": "a"}, {"f": "a0", "l": 2}])]  # fmt: skip
        statement = every([["f", INT_TO_REAL]], [self.RECORD], goal)
        assert checked(document([claim(statement, "a0 b", steps)]))["accepted"]
        for names in ("a0", "a0 b c"):
            assert not checked(document([claim(statement, names, steps)]))["accepted"]

    @pytest.mark.parametrize("place", ["hypothesis", "some"])
    def test_where_it_stands(self, place: str) -> None:
        """A definition stands in lists of hypotheses or formulas, nowhere else."""
        inside = ["some", [], [self.RECORD]] if place == "some" else every([], [self.RECORD], TRUE)
        variables = [["f", INT_TO_REAL]]
        steps = [combine("s", TRUE)]
        assert checked(document([claim(every(variables, [inside], TRUE), "h", steps)]))["accepted"]
        bad = every(variables, [["or", self.RECORD]], TRUE)
        assert "not a formula" in checked(document([claim(bad, "h", steps)]))["claims"]["test.claim"]["reason"]


class TestGrades:
    """What a claim rests on."""

    def test_citations_are_listed_transitively(self) -> None:
        """A claim that uses a claim that uses a citation rests on the citation, and keeps its own grade."""
        goal = ["=", ["abs", ["sin", "x"]], ["sin", "x"]]
        used = apply("a", goal, "cite.zero", x="x")
        double = ["=", ["*", 2, ["abs", ["sin", "x"]]], ["*", 2, ["sin", "x"]]]
        claims = [
            claim(every(X, [], goal), "", [used], "test.restated"),
            claim(every(X, [], double), "", [used, combine("s", double, eqs=[{"f": "a", "l": 2}])], "test.own"),
            claim(every(X, [], double), "", [apply("s", double, "test.own", x="x")], "test.above"),
        ]
        found = checked(document(claims, cited=[CITED]))["claims"]
        assert [found[c["id"]]["grade"] for c in claims] == ["cited", "exact", "exact"]
        assert all(found[c["id"]]["cited"] == ["cite.zero"] for c in claims)
        assert found["test.above"]["uses"] == ["test.own"]

    def test_axioms_are_listed_transitively(self) -> None:
        """The axioms below a claim are listed, those of the claims it uses included."""
        goal = ["<=", ["+", 1, "x"], ["exp", "x"]]
        claims = [claim(every(X, [], goal), "", [apply("s", goal, "ax.exp_ge", x="x")], "test.below"),
                  claim(every(X, [], goal), "", [apply("s", goal, "test.below", x="x")])]  # fmt: skip
        assert checked(document(claims))["claims"]["test.claim"]["axioms"] == ["ax.exp_ge"]

    def test_the_weakest_grade_is_inherited(self) -> None:
        """A claim that uses an enclosed one is enclosed; one that uses a decided one is decided."""
        box = every(X, [["<=", 0, "x"], ["<=", "x", 1]], ["<", "x", 2])
        answers = {"z3": "unsat", "cvc5": "unsat"}
        for rule, fields, grade in (("enclose", {"tree": 9}, "enclosed"), ("decided", {"facts": [], "answers": answers},
                                                                           "decided")):  # fmt: skip
            goal = box if rule == "enclose" else TRUE
            claims = [claim(every([], [], goal), "", [step("s", goal, rule, **fields)], "test.below"),
                      claim(every([], [], goal), "", [apply("s", goal, "test.below")])]  # fmt: skip
            assert checked(document(claims))["claims"]["test.claim"]["grade"] == grade

    def test_unused_hypotheses_and_steps_are_findings(self) -> None:
        """What nothing uses is named."""
        steps = [combine("idle", TRUE), again("s", ["<=", 0, "x"], "H2")]
        found = prove(["<=", 0, "x"], *steps, variables=X, hyps=[["<=", "x", 1], ["<=", 0, "x"]])
        assert found["unused"] == {"hypotheses": ["H1"], "steps": ["idle"]}


class TestPoints:
    """Instances and refutations."""

    STATEMENT = every(X, [["<=", 0, "x"]], ["or", ["<", "x", 1], every(reals("y"), [["<", "x", "y"]], ["<", 2, "y"])])

    def steps(self, *extra: Any) -> list[Any]:
        """x = 1 with y = 2 breaks the statement."""
        inner = ["some", reals("y"), [["<", "x", "y"], ["<=", "y", 2]]]
        negated = ["some", [], [["<=", 1, "x"], inner]]
        at_1 = ["some", reals("y"), [["<", 1, "y"], ["<=", "y", 2]]]
        return [
            step("a", ["<=", 0, 1], "compute"), step("b", ["<=", 1, 1], "compute"), step("c", ["<", 1, 2], "compute"),
            step("d", ["<=", 2, 2], "compute"), step("e", at_1, "witness", sub={"y": 2}, prem=["c", "d"]),
            step("f", ["some", [], [["<=", 1, 1], at_1]], "witness", prem=["b", "e"]),
            step("s", ["some", X, [["<=", 0, "x"], negated]], "witness", sub={"x": 1}, prem=["a", "f"]),
        ]  # fmt: skip

    def test_refutation_of_nested_quantifiers(self) -> None:
        """The negation of (A or all y, B: C) is not A, and some y with B and not C."""
        found = checked(document([], [point("refuted", self.STATEMENT, *self.steps())]))
        assert found["points"]["test.point"]["accepted"], found

    def test_each_part_of_the_negation_is_needed(self) -> None:
        """Every premise of a witness is needed."""
        for number, missing in ((4, "c"), (5, "b"), (6, "a")):
            steps = self.steps()
            steps[number]["prem"].remove(missing)
            assert not checked(document([], [point("refuted", self.STATEMENT, *steps)]))["accepted"]

    def test_an_instance_counts_for_its_own_statement_only(self) -> None:
        """A claim has an instance if an accepted one has the same digest, not one of another statement."""
        statement = every(X, [["<=", 1, "x"]], ["<=", 0, "x"])
        proof = [combine("s", ["<=", 0, "x"], sum=[using("H1"), using()])]
        for lowest, counts in ((1, True), (0, False)):
            other = every(X, [["<=", lowest, "x"]], ["<=", 0, "x"])
            made = point("instance", other, step("a", ["<=", lowest, 2], "compute"),
                         step("s", ["some", X, [["<=", lowest, "x"]]], "witness", sub={"x": 2}, prem=["a"]))
            found = checked(document([claim(statement, "H1", proof)], [made]))
            assert found["accepted"] and found["claims"]["test.claim"]["instance"] is counts


class TestDigests:
    """What identifies a statement."""

    def test_sha256_of_the_statement(self) -> None:
        """The digest is that of the statement's JSON, ASCII, without blanks."""
        text = '["all",[["x","real"]],[],["<=","x","x"]]'
        assert checked(document([PLAIN]))["claims"]["test.claim"]["digest"] == hashlib.sha256(text.encode()).hexdigest()

    def test_any_change_of_a_statement_changes_it(self) -> None:
        """Equal canonical forms written differently have different digests."""
        other = claim(every(reals("y"), [], ["<=", "y", "y"]), "", [combine("s", ["<=", "y", "y"])], "test.other")
        found = checked(document([PLAIN, other]))["claims"]
        assert found["test.claim"]["digest"] != found["test.other"]["digest"]

    def test_the_table_of_axioms_is_pinned(self) -> None:
        """A report made for another table is refused as a whole."""
        with pytest.raises(Reject, match="another table"):
            report.check(document([PLAIN]), AXIOMS, sha="0" * 64)


def nested(depth: int) -> bytes:
    """Lists in lists."""
    return b"[" * depth + b"]" * depth


class TestFiles:
    """Reading a file."""

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            (b'{"a": 1.5}', "not an integer"), (b'{"a": 1e3}', "not an integer"), (b'{"a": NaN}', "not an integer"),
            (b'{"a": Infinity}', "not an integer"), (b'{"a": -Infinity}', "not an integer"),
            (b'{"a": 1, "a": 1}', "repeated key"), (b'{"b": {"a": 1, "a": 2}}', "repeated key"),
            (b"[" + b"9" * 4001 + b"]", "too long"), (nested(300), "nested too deeply"),
        ],
    )  # fmt: skip
    def test_refused(self, text: bytes, why: str) -> None:
        """Floats, repeated keys, long numbers and deep nesting are refused."""
        with pytest.raises(Reject, match=why):
            report.load(text)

    @pytest.mark.parametrize("text", [b"", b"{", b"{'a': 1}", b'{"a": 01}', b"\xff", b"[1,]", nested(200_000)])
    def test_no_json(self, text: bytes) -> None:
        """What is no JSON raises an exception of `json`, of decoding or of recursion."""
        with pytest.raises((ValueError, RecursionError)):
            report.load(text)

    def test_integers(self) -> None:
        """Integers of 4,000 digits, with a sign too, are read exactly."""
        assert report.load(b"[-7, 0, " + b"9" * 4000 + b"]") == [-7, 0, 10**4000 - 1]

    @pytest.mark.parametrize("change", [
        {"schema": 2}, {"schema": True}, {"format": "other"}, {"claims": {}}, {"claims": None}, {"extra": 1},
        {"points": 1},
        {"cited": [{"id": "c"}]}, {"cited": [CITED, CITED]},
    ], ids=str)  # fmt: skip
    def test_malformed_at_top_level(self, change: Any) -> None:
        """What is no report of schema 1 is refused as a whole."""
        with pytest.raises((Reject, TypeError, KeyError)):
            checked(document([PLAIN]) | change)

    @pytest.mark.parametrize("broken", [
        {"statement": None}, {"statement": ["all"]}, {"statement": ["all", [], []]}, {"hyps": None}, {"steps": None},
        {"steps": [[]]}, {"steps": [{}]}, {"steps": [{"id": 1, "goal": TRUE, "by": "combine"}]}, {"posed": None},
        {"posed": [{}]}, {"statement": every([["x", "complex"]], [], TRUE)}, {"statement": every([["x"]], [], TRUE)},
        {"statement": [*PLAIN["statement"], 7]}, {"statement": every(X, [], ["<=", "x", "x", "x"])},
        {"statement": every(X, [], ["<=", ["T", "x", 3], "x"])}, {"statement": every(X, [["def"]], TRUE)},
    ], ids=str)  # fmt: skip
    def test_malformed_claims_are_rejected(self, broken: Any) -> None:
        """Whatever a claim holds, the answer is a rejection with a reason, and the other claims are still checked."""
        other = PLAIN | {"id": "test.other"}
        found = checked(document([PLAIN | broken, other]))
        assert not found["accepted"] and found["claims"]["test.claim"]["reason"]
        assert found["claims"]["test.other"]["accepted"]


class TestCaps:
    """Hostile reports end soon."""

    @pytest.mark.parametrize(
        ("goal", "why"),
        [
            (["=", ["*", FIFTH, FIFTH], 0], "polynomial too large"),
            (["=", ["^", ["+", "a", 1], 65], 0], "bad power"),
            (["=", ["*", *[10**3999] * 6], 0], "coefficient too long"),
            (["<", 0, ["fact", 10**6]], "integer"), (["<", 0, ["pow", ["pow", 7, 10**5], 99]], "too large"),
            (["<", 0, ["sqrt", ["^", ["/", ["pow", 7, 9000], ["pow", 5, 9000]], 64]]], "too large"),
            (["<", 0, ["root", ["pow", 7, 30000], 3]], "too large for a root"),
        ],
    )  # fmt: skip
    def test_too_large(self, goal: Any, why: str) -> None:
        """Large powers, coefficients, numbers and roots are refused, before they are formed."""
        start = time.process_time()
        assert why in rejected(goal, step("s", goal, "compute"), variables=reals("a b c d e f g h"))
        assert time.process_time() - start < 2

    def test_root_of_a_long_number(self) -> None:
        """The square root of the square of 3^100000 is found, in time."""
        power = ["pow", 3, 10**5]
        assert rejected(TRUE, step("s", ["=", ["sqrt", ["^", power, 2]], power], "compute"), combine("e", TRUE)) == ""

    def test_long_canonical_text(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Terms that double by substitution end at the cap of one canonical text (here lowered)."""
        monkeypatch.setattr(polynomials, "TEXT", 1000)
        body: Any = "x"
        for depth in range(8):
            found = rejected(TRUE, combine("s", ["<=", body, body]), combine("e", TRUE), variables=X)
            assert found.endswith("canonical form too long") is (depth > 6), (depth, found)
            body = ["max", body, body]

    def test_a_long_name_is_refused(self) -> None:
        """Names have at most 200 characters."""
        for length, good in ((200, True), (201, False)):
            goal = every(reals("x" * length), [], TRUE)
            assert accepted(goal, step("s", goal, "intro", ids=[], steps=[combine("z", TRUE)])) is good


def run(tmp_path: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    """The command line on a file with this text and the small table."""
    (tmp_path / "axioms.json").write_text(json.dumps(AXIOMS))
    (tmp_path / "report.json").write_text(text)
    command = [sys.executable, "-I", "-S", str(CHECKER), str(tmp_path / "report.json"), "--axioms",
               str(tmp_path / "axioms.json"), *options]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_exit_codes(tmp_path: Path) -> None:
    """0 for all accepted, 1 for a rejection, 2 for a file that is no report."""
    sha = hashlib.sha256(json.dumps(AXIOMS).encode()).hexdigest()
    good = document([PLAIN]) | {"axioms": sha}
    done = run(tmp_path, json.dumps(good), "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["axioms"] == sha
    bad = document([PLAIN | {"steps": []}]) | {"axioms": sha}
    done = run(tmp_path, json.dumps(bad))
    assert done.returncode == 1 and "REJECTED  test.claim" in done.stdout
    for text in ("", "[]", json.dumps(document([PLAIN])), json.dumps(good)[:-1]):
        done = run(tmp_path, text)
        assert done.returncode == 2 and "cannot be checked" in done.stderr and not done.stdout
