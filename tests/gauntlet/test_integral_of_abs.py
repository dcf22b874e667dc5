"""The integral of |z| over [-1, 2] is 5/2: quadrature that trusts smoothness, or one antiderivative, misses the kink.

The axioms know integrals by the fundamental theorem alone. |z| has an antiderivative on each side of 0 that the rules
for derivatives reach, so both parts are exact. Joining two intervals is a law of integration that is cited.
"""

from __future__ import annotations

from pathlib import Path

import numpy
from asking import ask, claim, control, point

from proofs_check.verdicts import Outcome
from theory.language import Cited, Claim, Source, Witness, statement
from theory.language.derivation import Step, apply, calculus, combine, intro, witness

LEFT, RIGHT = "integral(z in leb(-1,0): abs(z))", "integral(z in leb(0,2): abs(z))"
WHOLE = "integral(z in leb(-1,2): abs(z))"


def side(name: str, sign: int, a: str, b: str) -> tuple[Step, ...]:
    """Steps that give the integral of |z| over one side, with the antiderivative sign * z^2/2."""
    on = f"all z:real | {a} <= z, z <= {b} => "
    least = "ax.abs_ge" if sign > 0 else "ax.abs_neg"
    return (
        intro(f"{name}q", f"{on}abs(z) = {sign}*z", "h1 h2",
              combine("p", f"-z <= {sign}*z", "h1 h2"), combine("q", f"z <= {sign}*z", "h1 h2"),
              apply("u", "ax.abs_le", x="z", y=f"{sign}*z"), apply("v", least, x="z"),
              apply("end", "ax.antisym", x="abs(z)", y=f"{sign}*z", use="u v")),
        intro(f"{name}d", f"{on}deriv(u: {sign}*u*u*(1/2), z, abs(z))", "h1 h2", apply("e", f"{name}q", z="z"),
              calculus("end", facts="e")),
        intro(f"{name}m", f"{on}0 <= abs(z)", "h1 h2", apply("e", f"{name}q", z="z"),
              combine("end", facts="e h1 h2")),
        apply(f"{name}i", "ax.ftc", F=f"u -> {sign}*u*u*(1/2)", f="z -> abs(z)", a=a, b=b, m="0"),
    )


BOTH = (*side("l", -1, "-1", "0"), *side("r", 1, "0", "2"))

ADDITIVE = Cited(
    "gauntlet.integral_join", "Integrals over adjacent intervals add up",
    statement("all F G f:real->real, a b c m:real | a <= b, b <= c,"
              " (all x:real | a <= x, x <= b => deriv(u: F(u), x, f(x))),"
              " (all x:real | b <= x, x <= c => deriv(u: G(u), x, f(x))), (all x:real | a <= x, x <= c => m <= f(x))"
              " => integral(x in leb(a,c): f(x)) = integral(x in leb(a,b): f(x)) + integral(x in leb(b,c): f(x))"),
    Source("H. Lebesgue", 1904, "Lecons sur l'integration", "as stated"))


def refuted_by_parts() -> Witness:
    """The true value of both sides; the negation of a false one follows."""
    return Witness((*BOTH, witness("end", use="li ri")))


def test_both_sides_of_the_kink_are_exact(ledger: Path) -> None:
    """1/2 on [-1, 0] and 2 on [0, 2], from the fundamental theorem; the value without the sign, 3/2, is refuted."""
    wrong = control("sign forgotten", f"all => {LEFT} + {RIGHT} = 3/2", refuted_by_parts())
    near = control("nearly", f"all => {LEFT} + {RIGHT} <= 5/2 - 1/10^9", refuted_by_parts())
    asked = claim("abs_sides", f"all => {LEFT} + {RIGHT} = 5/2", *BOTH, combine("end", facts="li ri"),
                  instance=point(), controls=[wrong, near])
    verdict = ask(ledger, asked).claims[asked.id]
    assert (verdict.outcome, verdict.grade, verdict.cited, verdict.reason) == (Outcome.PROVED, "exact", (), "")
    assert verdict.controls_refuted == "2/2"


def test_the_whole_integral_is_exact_given_one_law(ledger: Path) -> None:
    """With the cited law for adjacent intervals the value is 5/2 exactly, and the verdict names the law."""
    low = intro("m", "all z:real | -1 <= z, z <= 2 => 0 <= abs(z)", "h1 h2", apply("end", "textbook.abs_nonneg", x="z"))
    join = apply("j", "gauntlet.integral_join", F="u -> -1*u*u*(1/2)", G="u -> u*u*(1/2)", f="z -> abs(z)", a="-1",
                 b="0", c="2", m="0", use="ld rd m")
    asked = claim("abs_whole", f"all => {WHOLE} = 5/2", *BOTH, low, join, combine("end", facts="j li ri"),
                  instance=point(), controls=[control("sides", f"all => {LEFT} + {RIGHT} = 3/2", refuted_by_parts())])
    verdict = ask(ledger, asked, cited=(ADDITIVE,)).claims[asked.id]
    assert verdict.describe() == "Proved, exact, given gauntlet.integral_join", verdict.reason


def by_one_antiderivative(antiderivative: str, value: str) -> Claim:
    """The claim by the fundamental theorem on the whole interval."""
    on = "all z:real | -1 <= z, z <= 2 => "
    steps = (intro("d", f"{on}deriv(u: {antiderivative}, z, abs(z))", "h1 h2", calculus("end", facts="h1 h2")),
             intro("m", f"{on}0 <= abs(z)", "h1 h2", apply("end", "textbook.abs_nonneg", x="z")),
             apply("i", "ax.ftc", F=f"u -> {antiderivative}", f="z -> abs(z)", a="-1", b="2", m="0"),
             combine("end", facts="i"))
    return claim(f"abs_single_{value[0]}", f"all => {WHOLE} = {value}", *steps, instance=point())


def test_no_single_antiderivative_is_accepted(ledger: Path) -> None:
    """z^2/2 gives the wrong 3/2; z|z|/2 gives the right value without proof, for |u| has no derivative rule."""
    wrong = [by_one_antiderivative("u*u*(1/2)", "3/2"), by_one_antiderivative("u*abs(u)*(1/2)", "5/2")]
    for verdict in ask(ledger, *wrong).claims.values():
        assert verdict.outcome is Outcome.UNDECIDED and "(calculus)" in verdict.reason


def test_numerical_quadrature_is_no_proof() -> None:
    """Gauss-Legendre with 5 nodes, exact for polynomials of degree 9, is off by more than 1/100 on [-1, 2]."""
    nodes, weights = numpy.polynomial.legendre.leggauss(5)
    value = float(1.5 * (weights * abs(1.5 * nodes + 0.5)).sum())
    assert abs(value - 2.5) > 0.01
