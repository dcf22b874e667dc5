"""y = 0 and x/y = 7 is not satisfiable, although SMT-LIB's total division says it is."""

from __future__ import annotations

from pathlib import Path

from asking import ask, claim, control, point

from proofs_check.engines.decided import decide
from proofs_check.verdicts import Outcome
from theory.language import Witness, formula
from theory.language.derivation import apply, combine, decided, witness

NUMBERS = ("0", "1", "7", "-7", "7/3")


def test_solvers_find_it_satisfiable_and_that_counts_for_nothing() -> None:
    """In the text for the solvers x/y is a free constant, so both may answer `sat`; no verdict is made from `sat`."""
    answer = decide([formula("y = 0")], formula("x/y != 7"), {"x": "real", "y": "real"}, timeout=5)
    assert not answer.proved


def test_no_instance_has_a_quotient_by_zero(ledger: Path) -> None:
    """A claim under these hypotheses has no instance, whatever x is, so it is never Proved."""
    asked = [claim(f"quotient_{k}", "all x y:real | H1: y = 0, H2: x/y = 7 => y = 0", apply("end", "H1"),
                   instance=point(x=number, y="0")) for k, number in enumerate(NUMBERS)]
    for verdict in ask(ledger, *asked).claims.values():
        assert verdict.outcome is Outcome.UNDECIDED
        assert verdict.instance is not None and not verdict.instance.accepted


def test_it_refutes_nothing(ledger: Path) -> None:
    """A claim that y = 0 excludes x/y = 7 is not Refuted by x = 7, y = 0, nor Proved by solvers or algebra."""
    ways = (point(x="7", y="0"), point(x="0", y="0"), Witness((witness("end", x="7", y="7 - 7"),)))
    denied = claim("denied", "all x y:real | H1: y = 0 => x/y != 7", refuted=ways)
    proofs = (decided("end", facts="H1", timeout=5), combine("end", facts="H1"))
    claimed = [claim(f"claimed_{k}", "all x y:real | H1: y = 0, H2: x/y = 7 => 1 <= 0", step)
               for k, step in enumerate(proofs)]
    verdicts = ask(ledger, denied, *claimed).claims
    for verdict in verdicts.values():
        assert verdict.outcome is Outcome.UNDECIDED, verdict.id
    assert not any(r.accepted for r in verdicts[denied.id].refutations)


def test_a_denominator_has_to_be_shown_away_from_zero(ledger: Path) -> None:
    """x/x = 1 is simplified silently by computer algebra; here it needs x != 0 and says so."""
    careless = claim("careless", "all x:real => x/x = 1", combine("end"), instance=point(x="1"))
    careful = claim("careful", "all x:real | H1: x != 0 => x/x = 1", combine("end", facts="H1"), instance=point(x="1"),
                    controls=[control("two", "all x:real | H1: x != 0 => x/x = 2", point(x="1"))])
    report = ask(ledger, careless, careful)
    assert report.claims[careless.id].outcome is Outcome.UNDECIDED
    assert report.claims[careful.id].describe() == "Proved, exact"


def test_a_statement_that_divides_by_zero_in_passing_is_not_well_posed(ledger: Path) -> None:
    """0 * (1/y) = 0 holds as a polynomial; without y != 0 the statement still does not say anything."""
    asked = claim("in_passing", "all y:real => 0*(1/y) = 0", combine("end"), instance=point(y="1"))
    verdict = ask(ledger, asked).claims[asked.id]
    assert verdict.outcome is Outcome.UNDECIDED and "obligation 1" in verdict.reason
