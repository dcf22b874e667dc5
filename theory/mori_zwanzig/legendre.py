"""Legendre polynomials with exact coefficients, and their equation ((1 - t^2) P_k')' = -k (k+1) P_k as a lemma.

(k+1) P_{k+1} = (2k+1) t P_k - k P_{k-1}. Each degree is a polynomial identity, differentiated by the axioms.
"""

from __future__ import annotations

from fractions import Fraction

from theory.language import Lemma, statement
from theory.language.derivation import apply, calculus, combine, intro
from theory.language.errors import InputError, explain

DEGREES = 12
"""Up to which degree the equation is proved."""


def legendre(degree: int) -> tuple[Fraction, ...]:
    """Return the coefficients of P_degree, constant term first.

    Raises:
        InputError: the degree is not an integer >= 0.

    >>> legendre(2)
    (Fraction(-1, 2), Fraction(0, 1), Fraction(3, 2))
    """
    if isinstance(degree, bool) or not isinstance(degree, int) or degree < 0:
        raise InputError(explain("degree", "an integer >= 0", repr(degree), "Give 0, 1, 2, ..."))
    before, now = (Fraction(0),), (Fraction(1),)
    for k in range(degree):
        raised = (Fraction(0), *(Fraction(2 * k + 1, k + 1) * c for c in now))
        padded = (*before, *(Fraction(0),) * (len(raised) - len(before)))
        before, now = now, tuple(a - Fraction(k, k + 1) * b for a, b in zip(raised, padded))
    return now


def derivative(coefficients: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """Return the coefficients of the derivative.

    >>> derivative((Fraction(5), Fraction(0), Fraction(3)))
    (Fraction(0, 1), Fraction(6, 1))
    """
    return tuple(n * c for n, c in enumerate(coefficients))[1:]


def polynomial(coefficients: tuple[Fraction, ...], variable: str) -> str:
    """Return an even or odd polynomial in Horner form in the square of the variable, in the authors' notation.

    >>> polynomial((Fraction(-1, 2), Fraction(0), Fraction(3, 2)), "t")
    '(-1/2 + t*t*(3/2))'
    """
    odd = len(coefficients) % 2 == 0
    *low, top = coefficients[odd::2]
    text = f"({top})"
    for c in reversed(low):
        text = f"({c} + {variable}*{variable}*{text})"
    return f"{variable}*{text}" if odd else text


def flux(degree: int) -> tuple[Fraction, ...]:
    """Return the coefficients of (1 - t^2) P_degree'.

    >>> flux(1)
    (Fraction(1, 1), Fraction(0, 1), Fraction(-1, 1))
    """
    slope = derivative(legendre(degree))
    return tuple(a - b for a, b in zip((*slope, Fraction(0), Fraction(0)), (Fraction(0), Fraction(0), *slope)))


def equation(degree: int) -> str:
    """Return Legendre's equation of a degree as a formula: a `deriv` fact at every t."""
    p = legendre(degree)
    return (f"all t:real => deriv(u: {polynomial(flux(degree), 'u')}, t,"
            f" {-degree * (degree + 1)}*{polynomial(p, 't')})")


def _equations(name: str, degrees: range) -> Lemma:
    """Legendre's equation for several degrees as one lemma."""
    return Lemma(f"mori_zwanzig.legendre_{name}", f"Legendre's equation for the degrees {degrees[0]} to {degrees[-1]}",
                 statement("all => some | " + ", ".join(f"({equation(k)})" for k in degrees)),
                 tuple(intro(f"k{k}", equation(k), "", calculus(f"k{k}z")) for k in degrees))


LOW, HIGH = _equations("low", range(1, 10)), _equations("high", range(10, DEGREES + 1))

_AT = "all x:real | -1 <= x, x <= 1 =>"
_ENERGY = "integral(x in leb(-1,1): (1 - x*x)*(D(x)*D(x)))"
_NORM = "integral(x in leb(-1,1): P(x)*P(x))"

RATIO = Lemma(
    "mori_zwanzig.legendre_ratio", "Eigenfunctions of Legendre's operator: the ratio of norms is 1/(b e)",
    statement("all P D R:real->real, e b m n:real | hb: 0 < b,"
              f" h1: ({_AT} deriv(u: P(u), x, D(x))), h2: ({_AT} deriv(u: (1 - u*u)*D(u), x, -e*P(x))),"
              f" h3: ({_AT} deriv(u: R(u), x, P(x)*P(x))), h4: ({_AT} m <= (1 - x*x)*(D(x)*D(x))),"
              f" h5: ({_AT} n <= P(x)*P(x))"
              f" => some | {_ENERGY} = e*{_NORM}, b*e*(1/(2*b)*{_ENERGY}) = 1/2*(e*e*{_NORM})"),
    (
        apply("i2", "ax.ftc", F="x -> R(x)", f="x -> P(x)*P(x)", a="-1", b="1", m="n"),
        intro("d", f"{_AT} deriv(u: (1 - u*u)*D(u)*P(u) + e*R(u), x, (1 - x*x)*(D(x)*D(x)))", "x1 x2",
              apply("a1", "h1", x="x"), apply("a2", "h2", x="x"), apply("a3", "h3", x="x"),
              calculus("z", facts="a1 a2 a3")),
        apply("i1", "ax.ftc", F="x -> (1 - x*x)*D(x)*P(x) + e*R(x)", f="x -> (1 - x*x)*(D(x)*D(x))", a="-1", b="1",
              m="m"),
        combine("A", f"{_ENERGY} = e*{_NORM}", "i1 i2"),
        combine("b2", "0 < 2*b", "hb"),
        combine("B", f"b*e*(1/(2*b)*{_ENERGY}) = 1/2*(e*e*{_NORM})", "A b2", rounds=4),
    ),
)

LEMMAS: tuple[Lemma, ...] = (LOW, HIGH, RATIO)
