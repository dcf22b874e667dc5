"""Claims applied to models: what may be believed, how rows are written and read, names of hypotheses, the command."""

from __future__ import annotations

import ast
import importlib
import json
import re
import shlex
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from proofs_check import applications
from proofs_check.applying import (
    FAMILIES,
    Application,
    Applications,
    applied_claims,
    at_least,
    at_most,
    exactly,
    fails,
    holds,
    merged,
    shown,
    unsettled,
)
from proofs_check.cli import main
from proofs_check.cli_apply import EXAMPLES, family_parser
from proofs_check.hypothesis_names import formula_named
from proofs_check.registry import load
from proofs_check.verdicts import Outcome
from theory.language.errors import ExactnessError, InputError, UnknownNameError
from theory.language.printing import text

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"(H|C)[1-9][0-9]*(\.(H|C)[1-9][0-9]*)*")
ROWS = (holds("covering.counting_chain", "layer 0", "x <= 1/3 & y", x=Fraction(1, 3)),
        fails("covering.counting_chain", "layer 1", "H2", "1 <= m", "1/2: m = 1/2", by=exactly(Fraction(1, 2))),
        unsettled("covering.counting_chain", "layer 2", "H2", "1 <= m", "m is in [0, 2]", (Fraction(0), Fraction(2))))
SAMPLE = Applications("a <title>", ROWS, ("a note",))


def test_each_answer_has_its_outcome() -> None:
    """Proved, NotApplicable and Undecided are what the three makers say."""
    assert [row.outcome for row in ROWS] == [Outcome.PROVED, Outcome.NOT_APPLICABLE, Outcome.UNDECIDED]
    assert [row.describe() for row in ROWS] == ["Proved, exact", "NotApplicable", "Undecided"]
    assert [row.says() for row in ROWS] == ["x <= 1/3 & y", "H2: 1 <= m", "H2: 1 <= m"]


@pytest.mark.parametrize("number", [0.5, True, float("inf")])
def test_a_float_proves_nothing(number: object) -> None:
    """Neither a number of a conclusion nor a margin may be a float."""
    with pytest.raises(ExactnessError, match="estimate proves nothing"):
        holds("c", "layer 0", "x", x=number)  # type: ignore[arg-type]
    with pytest.raises(ExactnessError):
        fails("c", "layer 0", "H1", "words", "margin", by=(Fraction(0), number))  # type: ignore[arg-type]


@pytest.mark.parametrize(("outcome", "fields"), [
    (Outcome.PROVED, {"conclusion": "x <= 1"}), (Outcome.PROVED, {"conclusion": "x <= 1", "grade": "sampled"}),
    (Outcome.PROVED, {"grade": "exact"}), (Outcome.PROVED, {"conclusion": "x", "grade": "exact", "hypothesis": "H1"}),
    (Outcome.NOT_APPLICABLE, {"hypothesis": "H1", "words": "w", "grade": "exact"}),
    (Outcome.NOT_APPLICABLE, {"hypothesis": "H1", "margin": "1", "grade": "exact"}),
    (Outcome.NOT_APPLICABLE, {"hypothesis": "H1", "words": "w", "margin": "1"}),
    (Outcome.UNDECIDED, {"words": "w", "margin": "1"}),
    (Outcome.UNDECIDED, {"hypothesis": "H1", "words": "w", "margin": "1", "grade": "exact"}),
    (Outcome.OBSERVED, {"conclusion": "x", "grade": "exact"})])
def test_half_an_answer_is_refused(outcome: Outcome, fields: dict[str, str]) -> None:
    """A conclusion needs exact or enclosed arithmetic, a failure its name, words and margin."""
    with pytest.raises(InputError):
        Application("c", "layer 0", outcome, **fields)


def test_json_is_read_back_as_it_was() -> None:
    """Outcomes, enclosures and numbers come back equal."""
    assert Applications.from_json(SAMPLE.to_json()) == SAMPLE
    found = json.loads(SAMPLE.to_json())
    assert found["rows"][1]["by"] == ["1/2", "1/2"] and found["rows"][0]["numbers"] == [["x", "1/3"]]


@pytest.mark.parametrize("written", ["", "[]", "{}", '{"title": "t", "rows": [{"by": null}], "notes": []}'])
def test_other_json_is_refused(written: str) -> None:
    """What is no application is bad input and no traceback."""
    with pytest.raises(InputError, match="to_json"):
        Applications.from_json(written)


def test_every_format_shows_every_row() -> None:
    """Text groups by claim and says "by" before a margin; HTML is escaped, LaTeX is a tabular."""
    lines = SAMPLE.to_text().splitlines()
    assert lines[2] == "covering.counting_chain"
    assert lines[3].split() == ["layer", "0", "Proved,", "exact", "x", "<=", "1/3", "&", "y"]
    assert lines[5].strip() == "by 1/2: m = 1/2" and lines[7].strip() == "m is in [0, 2]"
    assert str(SAMPLE) == SAMPLE.to_text()
    assert "a &lt;title&gt;" in SAMPLE._repr_html_() and "x &lt;= 1/3 &amp; y" in SAMPLE.to_html()
    assert r"\begin{tabular}{llllll}" in SAMPLE._repr_latex_()
    assert SAMPLE.to_markdown().count("covering.counting_chain") == 3
    assert SAMPLE.to_csv().splitlines()[0] == "claim,of your model,outcome,\"what holds, or what fails\",by how much," \
        "grade"


def test_rows_of_one_claim_are_found_by_either_name() -> None:
    """With or without the family."""
    assert SAMPLE.of("counting_chain") == SAMPLE.of("covering.counting_chain") == ROWS
    assert SAMPLE.of("volume") == ()


def test_equal_neighbours_are_joined() -> None:
    """Rows that differ in the layer only become one row, others stay."""
    same = [holds("c", f"layer {n}", "x") for n in range(3)]
    other = holds("c", "layer 3", "y")
    assert [row.subject for row in merged([*same, other])] == ["layers 0 to 2", "layer 3"]
    assert [row.subject for row in merged(same[:2])] == ["layers 0, 1"]


def test_numbers_are_rounded_to_the_safe_side() -> None:
    """Enclosures enclose, upper bounds are above, lower bounds below."""
    third = Fraction(10**9 + 1, 3*10**9)
    assert (at_least(third), at_most(third)) == ("0.3333", "0.3334")
    assert shown((third, third)) == "[0.3333, 0.3334]" and shown(exactly(Fraction(7, 2))) == "7/2"
    assert shown((Fraction(0), Fraction(1, 10**30))) == "[0, 1.000e-30]"


def test_names_of_hypotheses_reach_into_the_conclusion() -> None:
    """H of the statement, C of its conclusion, and hypotheses of parts."""
    claim = load("covering").claim("covering.prior_bounds")
    assert text(formula_named(claim, "H4")) == "0 < eps"
    assert text(formula_named(claim, "C1.H1.H1")).endswith("abs(W(l)[i,j]) <= 1")
    for wrong in ("H99", "C99", "C1.H99", "H4.H1", "", "C2.H1", "h4", "C1."):
        with pytest.raises(UnknownNameError):
            formula_named(claim, wrong)


def account_names(account: dict[str, str]) -> list[str]:
    """The names in the keys of an account, with ranges such as H1-H3 and C2.H4-C2.H6 written out."""
    names = []
    for part in ", ".join(account).split(", "):
        first, _, last = part.partition("-")
        stem, low = re.fullmatch(r"(.*?)(\d+)", first).groups()  # type: ignore[union-attr]
        high = int(re.fullmatch(r".*?(\d+)", last)[1]) if last else int(low)  # type: ignore[index]
        names += [f"{stem}{k}" for k in range(int(low), high + 1)]
    return names


@pytest.mark.parametrize("name", [name for family in FAMILIES for name in applied_claims(family)])
def test_every_hypothesis_of_an_applied_claim_is_accounted_for(name: str) -> None:
    """The claim is proved here, each hypothesis of its statement has one account, each name there exists."""
    family = name.split(".")[0]
    claim = load(family).claim(name)
    named = account_names(importlib.import_module(FAMILIES[family]).HYPOTHESES[name])
    assert claim.declared == "Proved"
    assert len(set(named)) == len(named)
    assert set(dict(claim.hypotheses)) <= set(named)
    assert all(formula_named(claim, each) for each in named)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_name_written_in_a_family_exists_in_its_statements(family: str) -> None:
    """Names of hypotheses in functions that speak of a claim are names of that claim, also where no test leads."""
    source = (ROOT / "proofs_check" / family / "applications_of.py").read_text(encoding="utf-8")
    registry, seen = load(family), 0
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        words = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        claims = [registry.claim(word) for word in words if word in registry.items]
        if node.name == "_descent":
            claims = [registry.claim("gnn_convergence.a_priori_descent")]
        for word in filter(NAME.fullmatch, words):
            if claims:
                seen += 1
                assert any(resolves(claim, word) for claim in claims), (node.name, word)
    assert seen > 4


def resolves(claim: object, name: str) -> bool:
    """Whether the claim has this hypothesis."""
    try:
        return formula_named(claim, name) is not None  # type: ignore[arg-type]
    except UnknownNameError:
        return False


def test_rows_carry_the_formal_hypothesis() -> None:
    """What fails is quoted from the statement of the claim."""
    found = applications((2, 8, 1), "covering", claim="covering.deep_bound", eps="1/10", bound="1/10")
    assert [row.hypothesis for row in found.rows] == ["H4", "H10"]
    assert found.rows[0].formal == "1/8 <= B"
    assert any(note.startswith("H9-H11: checked") for note in found.notes)


def test_unknown_families_and_claims_are_named() -> None:
    """A claim without an application is refused with those that have one."""
    with pytest.raises(UnknownNameError, match="one of: covering"):
        applications((2, 1), "textbook")
    with pytest.raises(UnknownNameError, match="covering.deep_bound_unconditional"):
        applications((2, 1), "covering", claim="volume", eps="1")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `lemmascope apply`."""
    try:
        code = main(["apply", *words])
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    shown_text = capsys.readouterr()
    return code, shown_text.out, shown_text.err


def test_not_applicable_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0, the hypothesis and its margin on stdout."""
    code, out, err = run(capsys, "covering.deep_bound", "--arch", "2-8-1", "--eps", "1000")
    assert (code, err) == (0, "")
    assert "NotApplicable  H11" in out and "by 872 of eps: eps_0 = 128" in out


def test_json_of_the_command_is_that_of_python(capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` prints what `applications` returns."""
    code, out, _ = run(capsys, "covering", "--arch", "2-3-1", "--eps", "0.5", "--format", "json")
    assert code == 0
    assert Applications.from_json(out) == applications((2, 3, 1), "covering", eps=["0.5"], bound="1")


def test_strict_tells_undecided_by_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    """3 with --strict where something is undecided, 0 without, 0 where everything is settled."""
    words = ("--arch", "2-3-1", "--eps", "1")
    assert run(capsys, "covering.sign_flip", *words, "--strict")[0] == 3
    assert run(capsys, "covering.sign_flip", *words)[0] == 0
    assert run(capsys, "covering.perm_invariance", *words, "--strict")[0] == 0


@pytest.mark.parametrize(("words", "told"), [
    (("nonsense",), "family"), (("covering",), "--eps"),
    (("covering.nonsense", "--arch", "2-1", "--eps", "1"), "claim"),
    (("covering", "--arch", "2-1", "--eps", "1", "--figures", "d"), "--figures"),
    (("etr_training", "--points", "0", "--labels", "1"), "--points"),
    (("mori_zwanzig", "--amplitudes", "1", "1", "1"), "--amplitudes")])
def test_bad_input_is_one_paragraph(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str) -> None:
    """Exit code 2, nothing on stdout, one line on stderr that names the culprit."""
    code, out, err = run(capsys, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_has_help_with_examples(family: str) -> None:
    """The options of its table, formats, and at least one command that names it."""
    told = family_parser(family).format_help()
    assert f"lemmascope apply {family}" in told.split("examples:")[1] and "--strict" in told


@pytest.mark.parametrize("line", sorted(set(re.findall(
    r"lemmascope apply ([a-z_]+[ .][^`\n]+?)(?:  .*)?$", (ROOT/"README.md").read_text(encoding="utf-8") + EXAMPLES,
    re.M))))
def test_commands_that_are_shown_can_be_typed(line: str) -> None:
    """Family, claim and options of the documents' commands exist, and so do their files."""
    target, *options = shlex.split(line)
    family, _, claim = target.partition(".")
    given = family_parser(family).parse_args(options)
    assert not claim or target in applied_claims(family)
    for file in [getattr(given, "model", None) or "", *(getattr(given, "instances", None) or ())]:
        assert ".py:" not in file and ".json" not in file or (ROOT/file.split(":")[0]).is_file()


@pytest.mark.slow
def test_only_the_family_asked_for_is_imported() -> None:
    """Applying covering claims to widths loads neither the other families nor torch."""
    code = ("import sys; from proofs_check import applications; applications((2, 3, 1), 'covering', eps='1'); "
            "print([m for m in sys.modules if m in ('torch', 'theory.mori_zwanzig', 'theory.etr_training', "
            "'theory.gnn_convergence')])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
