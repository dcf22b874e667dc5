"""x^2 + y^2 >= 2 x y: proved, and never refuted by a model in which squares are not squares."""

from __future__ import annotations

from pathlib import Path

from asking import ask, claim, control, point

from proofs_check.engines.decided import decide
from proofs_check.verdicts import Outcome
from theory.language import formula
from theory.language.derivation import apply, calc, combine, decided

POLYNOMIAL = "all x y:real => 2*x*y <= x^2 + y^2"
OPAQUE = "all x y:real => 2*x*y <= pow(x, 2) + pow(y, 2)"
VALUES = ("-2", "0", "10^9")
GRID = [point(x=x, y=y) for x in VALUES for y in VALUES]


def test_the_inequality_is_proved(ledger: Path) -> None:
    """Samplers only fail to find a counterexample; here one square is a proof, exact and without any citation."""
    strict = control("strict", "all x y:real => 2*x*y < x^2 + y^2", point(x="1", y="1"))
    asked = claim("square", POLYNOMIAL, combine("end", squares=("x - y",)), instance=point(x="0", y="0"),
                  controls=[strict])
    verdict = ask(ledger, asked).claims[asked.id]
    assert (verdict.outcome, verdict.grade, verdict.cited, verdict.axioms) == (Outcome.PROVED, "exact", (), ())


def test_the_inequality_is_proved_for_powers_that_solvers_do_not_know(ledger: Path) -> None:
    """With an opaque power a solver loses the theorem; two axioms give it back."""
    two = [apply(f"{v}{k}", "ax.pow_succ", goal, b=v, n=str(k)) for v in "xy" for k, goal in
           enumerate((f"pow({v}, 1) = pow({v}, 0)*{v}", f"pow({v}, 2) = pow({v}, 1)*{v}"))]
    zero = [apply(f"{v}z", "ax.pow_zero", f"pow({v}, 0) = 1", b=v) for v in "xy"]
    ones = [combine(f"{v}s", f"pow({v}, 2) = {v}*{v}", f"{v}z {v}0 {v}1") for v in "xy"]
    strict = control("strict", "all x y:real => 2*x*y < pow(x, 2) + pow(y, 2)", point(x="1", y="1"))
    asked = claim("opaque_square", OPAQUE, *two, *zero, *ones, combine("end", facts="xs ys", squares=("x - y",)),
                  instance=point(x="0", y="0"), controls=[strict])
    verdict = ask(ledger, asked).claims[asked.id]
    assert (verdict.outcome, verdict.grade, verdict.reason) == (Outcome.PROVED, "exact", "")


def test_a_model_of_the_solvers_refutes_nothing(ledger: Path) -> None:
    """Where both solvers answer `sat`, because `pow` is any function to them, the claim is Undecided, not Refuted."""
    sorts = {"x": "real", "y": "real"}
    assert decide([], formula("2*x*y <= pow(x, 2) + pow(y, 2)"), sorts, timeout=5).outcome in ("sat", "unknown")
    asked = claim("opaque_decided", OPAQUE, decided("end", timeout=5), instance=point(x="0", y="0"))
    verdict = ask(ledger, asked).claims[asked.id]
    assert verdict.outcome is Outcome.UNDECIDED
    assert "do not agree on unsat" in verdict.reason


def test_no_point_is_taken_for_a_counterexample(ledger: Path) -> None:
    """A wrong `Refuted` needs an accepted point; at each of 9 points the negation is found false by evaluation."""
    asked = [claim(f"never_{k}", text, refuted=GRID) for k, text in enumerate((POLYNOMIAL, OPAQUE))]
    for verdict in ask(ledger, *asked).claims.values():
        assert verdict.outcome is Outcome.UNDECIDED
        assert [r.accepted for r in verdict.refutations] == [False] * len(GRID)
        assert all("false by evaluation" in r.reason for r in verdict.refutations)


def test_a_chain_with_a_false_link_is_not_saved_by_its_true_ends(ledger: Path) -> None:
    """Chains are checked link by link: 2xy <= 4xy <= x^2 + y^2 has a true first and last term and proves nothing."""
    links = calc("end", ("2*x*y <= 4*x*y", "H1"), ("4*x*y <= x^2 + y^2", "H1"))
    asked = claim("chain", "all x y:real | H1: 0 <= x*y => 2*x*y <= x^2 + y^2", links, instance=point(x="1", y="1"))
    verdict = ask(ledger, asked).claims[asked.id]
    assert verdict.outcome is Outcome.UNDECIDED and "(calc)" in verdict.reason
