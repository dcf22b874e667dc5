"""The range of x -> (x + 10^8) - 10^8 on [0.3, 0.7]: of the real function it is [0.3, 0.7], in float32 it is {0}."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy
import pytest
from asking import ask, claim, control, point

from proofs_check.cli_output import stdout
from proofs_check.cli_verify import print_report
from proofs_check.verdicts import SEMANTICS, Outcome
from theory.language import ExactnessError, NotationError, statement
from theory.language.derivation import apply, combine, enclose

F = "(x + 10^8) - 10^8"
BOX = "all x:real | H1: 3/10 <= x, H2: x <= 7/10 => "
UPPER = claim("range_upper", f"{BOX}{F} <= 7/10", combine("end", facts="H2"), instance=point(x="1/2"),
              controls=[control("less", f"{BOX}{F} <= 7/10 - 1/10^9", point(x="7/10")),
                        control("float32", f"{BOX}{F} = 0", point(x="1/2")),
                        control("float32, rounded up", f"{BOX}8 <= {F}", point(x="1/2"))])
LOWER = claim("range_lower", f"{BOX}3/10 <= {F}", combine("end", facts="H1"), instance=point(x="1/2"),
              controls=[control("more", f"{BOX}3/10 + 1/10^9 <= {F}", point(x="3/10"))])


def test_the_range_of_the_real_function_is_proved(ledger: Path) -> None:
    """Verifiers that calculate in float32 report 0 or miss an end; both ends are exact here and cannot be improved."""
    report = ask(ledger, UPPER, LOWER)
    for asked in (UPPER, LOWER):
        verdict = report.claims[asked.id]
        assert (verdict.outcome, verdict.grade, verdict.reason) == (Outcome.PROVED, "exact", "")


def test_a_tree_of_intervals_finds_the_same_range(ledger: Path) -> None:
    """Interval arithmetic in exact numbers loses nothing beside 10^8; the grade says how the bound was found."""
    bound = f"{BOX}{F} < 7/10 + 1/10^6"
    asked = claim("range_enclosed", bound, enclose("s", bound), apply("end", "s", x="x"), instance=point(x="1/2"),
                  controls=[control("less", f"{BOX}{F} < 7/10", point(x="7/10"))])
    verdict = ask(ledger, asked).claims[asked.id]
    assert (verdict.outcome, verdict.grade, verdict.reason) == (Outcome.PROVED, "enclosed", "")


def test_floating_point_leaves_the_proved_range() -> None:
    """The proved range is not that of a program: float32 returns 0, and float64 goes beyond 0.7."""
    x = numpy.linspace(0.3, 0.7, 101)
    single = (x.astype(numpy.float32) + numpy.float32(1e8)) - numpy.float32(1e8)
    assert set(single) == {numpy.float32(0)}
    assert float((numpy.float64(0.7) + 1e8) - 1e8) > 0.7


def test_the_report_says_which_semantics_it_bounds(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reader of the report learns, in the file and on the screen, that a float32 run may lie outside."""
    report = ask(ledger, UPPER)
    assert "real function" in SEMANTICS and "float32" in SEMANTICS
    assert report.path is not None
    assert json.loads(report.path.read_text())["summary"]["semantics"] == SEMANTICS
    print_report(report, stdout())
    assert SEMANTICS in capsys.readouterr().out


@pytest.mark.parametrize("number", ["0.3", "1e8", "3e-1"])
def test_decimals_are_not_read_as_floats(number: str) -> None:
    """The notation has no rounded numbers: 0.3 is refused where a tool would read 0.299999999999999988898."""
    with pytest.raises(NotationError):
        statement(f"all x:real => {number} <= x")


def test_a_float_inside_a_formula_is_refused(ledger: Path) -> None:
    """A Python float that a program puts into a statement is refused with a remedy, before anything is run."""
    head, variables, hypotheses, (relation, _, right) = LOWER.statement.formula
    inexact = replace(LOWER.statement, formula=(head, variables, hypotheses, (relation, 0.3, right)))
    with pytest.raises(ExactnessError, match="exact number, found the float 0.3"):
        ask(ledger, replace(LOWER, statement=inexact))
