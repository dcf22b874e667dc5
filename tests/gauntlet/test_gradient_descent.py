"""One step of gradient descent, L = 3, step 1/L: the worst case of f(x1) - f* is L/6 ||x0 - x*||^2, which is 1/2.

Performance estimation by floating-point semidefinite programming can report 0.4999; no bound below 1/2 passes here.
The worst case is Drori and Teboulle's (2014) L R^2/(4 n + 2) for n = 1.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from asking import ask, claim, control

from proofs_check.verdicts import Outcome
from theory.language import Claim, Witness
from theory.language.derivation import Step, apply, cases, combine, intro, witness

# Smooth convex functions of one variable: g is the gradient of a convex f with Lipschitz constant 3 if and only if
# this inequality holds for all pairs (the interpolation condition of Taylor, Hendrickx and Glineur 2017).
SMOOTH = "H1: (all x y:real => f(x) + g(x)*(y - x) + 1/6*(g(x) - g(y))^2 <= f(y))"
LINE = f"all f g:real->real, x0 xs:real | {SMOOTH}, H2: g(xs) = 0, H3: (x0 - xs)^2 <= 1 => "
ON_LINE = (
    apply("a", "H1", x="x0 - 1/3*g(x0)", y="x0"), apply("b", "H1", x="x0", y="xs"),
    apply("c", "H1", x="x0 - 1/3*g(x0)", y="xs"),
)
SQUARES = ("x0 - xs - 1/2*(g(x0) + g(x0 - 1/3*g(x0)))", "g(x0) - g(x0 - 1/3*g(x0))")

# The same in every dimension, by what the inequality says about the three points that occur.
SPACE = ("all d:int, f0 f1 fs:real, x0 xs g0 g1:mat(d,1) | H0: 1 <= d,"
         " H1: f1 + tr(T(g1)*(x0 - (x0 - 1/3*g0))) + 1/6*tr(T(g0 - g1)*(g0 - g1)) <= f0,"
         " H2: f0 + tr(T(g0)*(xs - x0)) + 1/6*tr(T(g0)*g0) <= fs,"
         " H3: f1 + tr(T(g1)*(xs - (x0 - 1/3*g0))) + 1/6*tr(T(g1)*g1) <= fs,"
         " H4: tr(T(x0 - xs)*(x0 - xs)) <= 1 => ")


def bound(c: str, where: str = LINE) -> str:
    """The statement that c bounds the error after one step."""
    return where + (f"f(x0 - 1/3*g(x0)) - f(xs) <= {c}" if where is LINE else f"f1 - fs <= {c}")


def huber() -> Witness:
    """f(x) = 3/2 x^2 up to 1/3 and x - 1/6 beyond, from x0 = 1: one step ends at 2/3, where f is 1/2."""
    f, g = "ite(x, 1/3, 3/2*x^2, x - 1/6)", "ite(x, 1/3, 3*x, 1)"
    at = {v: (f.replace("x", v), g.replace("x", v)) for v in "xy"}
    goal = (f"all x y:real => {at['x'][0]} + {at['x'][1]}*(y - x) + 1/6*({at['x'][1]} - {at['y'][1]})^2"
            f" <= {at['y'][0]}")
    split = [apply(v, "ax.total", f"{v} <= 1/3 or 1/3 < {v}", x=v, y="1/3") for v in "xy"]
    inner = cases("end", "x", "h", below("x"), above("x"))
    return Witness((intro("H", goal, "", *split, inner),
                    witness("end", f=f"x -> {f}", g=f"x -> {g}", x0="1", xs="0", use="H")))


def below(v: str) -> list[Step]:
    """On the left piece of the variable v."""
    return [apply("fx", "ax.ite_then", a=v, b="1/3", x=f"3/2*{v}^2", y=f"{v} - 1/6", use="h"),
            apply("gx", "ax.ite_then", a=v, b="1/3", x=f"3*{v}", y="1", use="h"),
            cases("end", "y", "k", second("then", "fx gx"), second("else", "fx gx"))]


def above(v: str) -> list[Step]:
    """On the right piece of the variable v."""
    return [apply("fx", "ax.ite_else", a=v, b="1/3", x=f"3/2*{v}^2", y=f"{v} - 1/6", use="h"),
            apply("gx", "ax.ite_else", a=v, b="1/3", x=f"3*{v}", y="1", use="h"),
            cases("end", "y", "k", second("then", "fx gx"), second("else", "fx gx"))]


def second(piece: str, known: str) -> list[Step]:
    """The inequality when both pieces are known: an identity or (y - 1/3)(1 - 3x) >= 0."""
    return [apply("fy", f"ax.ite_{piece}", a="y", b="1/3", x="3/2*y^2", y="y - 1/6", use="k"),
            apply("gy", f"ax.ite_{piece}", a="y", b="1/3", x="3*y", y="1", use="k"),
            combine("end", facts=f"{known} fy gy h k")]


def data(**changed: str) -> Witness:
    """The three points of the same function as data in dimension 1."""
    values = {"d": "1", "f0": "5/6", "f1": "1/2", "fs": "0", "x0": "[[1]]", "xs": "[[0]]", "g0": "[[1]]", "g1": "[[1]]"}
    return Witness((witness("end", **{**values, **changed}),))


def proof_in_space() -> tuple[Step, ...]:
    """The certificate of Drori and Teboulle: multipliers 1/2 and two squares."""
    return (combine("end", facts="H1 H2 H3 H4", degree=1, squares=("x0 - xs - 1/2*(g0 + g1)", "g0 - g1")),)


def on_line(c: str, name: str, **parts: object) -> Claim:
    """The claim on the line with the derivation that proves it for c = 1/2."""
    return claim(name, bound(c), *ON_LINE, combine("end", facts="a b c H2 H3", squares=SQUARES, degree=1), **parts)


def test_one_half_is_proved_on_the_line(ledger: Path) -> None:
    """The exact worst case is Proved with a certificate, and the least bit less is refuted by an exact function."""
    asked = on_line("1/2", "gd_line", instance=huber(), controls=[control("less", bound("1/2 - 1/10^12"), huber())])
    verdict = ask(ledger, asked).claims[asked.id]
    assert (verdict.outcome, verdict.grade, verdict.reason) == (Outcome.PROVED, "exact", "")
    assert verdict.controls_refuted == "1/1"


def test_one_half_is_proved_in_every_dimension(ledger: Path) -> None:
    """The same bound without coordinates, for symbolic dimension; solvers sample small dimensions only."""
    asked = claim("gd_space", bound("1/2", SPACE), *proof_in_space(), instance=data(),
                  controls=[control("less", bound("1/2 - 1/10^12", SPACE), data())])
    verdict = ask(ledger, asked).claims[asked.id]
    assert (verdict.outcome, verdict.grade, verdict.reason) == (Outcome.PROVED, "exact", "")


def test_nothing_below_one_half_is_an_upper_bound(ledger: Path) -> None:
    """Whoever declares a smaller bound Proved gets Undecided; with the function that exceeds it, Refuted."""
    hoped, against = [], []
    for k, c in enumerate(("0", "1/6", "49/100", "499999999999/10^12")):
        hoped += [on_line(c, f"gd_hoped_{k}", instance=huber()),
                  claim(f"gd_hoped_space_{k}", bound(c, SPACE), *proof_in_space(), instance=data())]
        against += [claim(f"gd_against_{k}", bound(c), refuted=[huber()]),
                    claim(f"gd_against_space_{k}", bound(c, SPACE), refuted=[data()])]
    report = ask(ledger, *hoped, *against)
    assert [report.claims[a.id].outcome for a in hoped] == [Outcome.UNDECIDED] * 8
    assert [report.claims[a.id].describe() for a in against] == ["Refuted, exact"] * 8


def test_data_of_no_smooth_convex_function_refute_nothing(ledger: Path) -> None:
    """Points that violate interpolation (a relaxed solver's optimum) are no witness against 1/2."""
    changes = ({"f1": "501/1000"}, {"g1": "[[0]]"}, {"x0": "[[2]]"}, {"fs": "-1/1000"})
    asked = claim("gd_no_function", bound("1/2", SPACE), refuted=[data(**changed) for changed in changes])
    verdict = ask(ledger, asked).claims[asked.id]
    assert verdict.outcome is Outcome.UNDECIDED
    assert [r.accepted for r in verdict.refutations] == [False] * 4


def test_formula_of_the_worst_case() -> None:
    """L R^2/(4 n + 2) with L = 3, n = 1 and R = 1, and the value of the witness, computed by hand."""
    assert Fraction(3, 4 * 1 + 2) == Fraction(2, 3) - Fraction(1, 6) == Fraction(1, 2)
