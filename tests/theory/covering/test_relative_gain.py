"""The relative gain: formulas against the statement's own terms, against enclosures of D/E, and the dossier's table."""

from __future__ import annotations

from fractions import Fraction
from math import factorial, prod
from typing import Any

import pytest
from flint import arb, ctx, fmpq

from theory.covering import parameter_count, parameter_modulus
from theory.covering.gain import (
    GainConstants,
    deep_gain_bounds,
    deep_gain_constants,
    entropy_gain,
    shallow_gain_bounds,
    shallow_gain_slope,
    shallow_gain_width,
)
from theory.covering.gain_bounds import KAPPA
from theory.covering.relative_gain import CLAIM
from theory.language.errors import InputError
from theory.language.notation import term

CASES = [GainConstants(), GainConstants("1/2", 2, 3, "1/7", "0.1"), GainConstants(2, 0, "0.01", 1, 1)]


def ball(q: Any) -> arb:
    """An exact number or SymPy expression as a ball."""
    if isinstance(q, (int, Fraction)):
        return arb(fmpq(Fraction(q).numerator, Fraction(q).denominator))
    if q.is_Rational:
        return arb(fmpq(int(q.p), int(q.q)))
    given = [ball(part) for part in q.args]
    if q.is_Add:
        return sum(given, arb(0))
    if q.is_Mul:
        return prod(given, start=arb(1))
    if q.is_Pow:
        return given[0] ** given[1]
    return {"log": arb.log, "exp": arb.exp}[q.func.__name__](*given) if q.args else arb(1).exp()


def value(term_: Any, env: dict[str, Any]) -> Any:
    """Evaluate a term of the statement with balls; names are numbers or Python functions."""
    if isinstance(term_, int):
        return arb(term_)
    if isinstance(term_, str):
        return env[term_]
    head, *args = term_
    if head == "q":
        return arb(fmpq(*args))
    if head == "bind":
        kind, name, lo, hi, body = args
        first, last = (int(value(end, env).unique_fmpz()) for end in (lo, hi))
        terms = [value(body, {**env, name: arb(j)}) for j in range(first, last + 1)]
        return sum(terms, arb(0)) if kind == "sum" else prod(terms, start=arb(1))
    if head == "^":
        return value(args[0], env) ** args[1]
    a = [value(arg, env) for arg in args]
    named = {"+": lambda: sum(a[1:], a[0]), "*": lambda: prod(a), "/": lambda: a[0] / a[1], "log": lambda: a[0].log(),
             "exp": lambda: a[0].exp(), "abs": lambda: abs(a[0]), "pow": lambda: a[0] ** int(a[1].unique_fmpz()),
             "fact": lambda: arb(factorial(int(a[0].unique_fmpz()))), "ceil": lambda: a[0].ceil()}
    return named[head]() if head in named else env[head](*a)


def environment(inputs: int, constants: GainConstants) -> dict[str, Any]:
    """The constants of the claim as balls."""
    B, X, rho, o, eps = constants.numbers()
    exact = {"d0": inputs, "B": B, "X": X, "rho": rho, "o": o, "eps": eps, "a": shallow_gain_slope(inputs, constants)}
    return {name: ball(q) for name, q in exact.items()}


def shallow(inputs: int, units: int, constants: GainConstants) -> tuple[int, Fraction]:
    """m and kappa of the net (d_0, n, 1), from the modulus itself."""
    B, X, rho, o, eps = constants.numbers()
    kappa = sum(parameter_modulus((inputs, units, 1), bound=B, input_radius=X, lipschitz=rho, offsets=o))
    m = -(-(B * kappa / eps).numerator // (B * kappa / eps).denominator)
    return m, kappa


@pytest.mark.parametrize("constants", CASES)
@pytest.mark.parametrize(("inputs", "units"), [(1, 1), (1, 9), (3, 40)])
def test_shallow_bounds_are_the_stated_ones(inputs, units, constants):
    """`shallow_gain_bounds` are the two bounds of part (i) divided by d_0 + 2, and D/E lies between them."""
    part = CLAIM.conclusion[2][0]
    m, kappa = shallow(inputs, units, constants)
    with ctx.workprec(200):
        env = {**environment(inputs, constants), "n": arb(units), "m": arb(m)}
        points = value(part[2][2][2], env)
        assert points == m and kappa == units * shallow_gain_slope(inputs, constants) * Fraction(
            constants.numbers()[4]) / constants.numbers()[0] + 1
        env |= {"D": value(part[2][3][2], env), "E": value(part[2][4][2], env)}
        (_, low, gain), (_, same, high) = part[3][2]
        stated = [value(t, env) / (inputs + 2) for t in (low, gain, high)]
        lower, upper = (ball(bound) for bound in shallow_gain_bounds(inputs, units, constants))
        assert same == gain and lower.overlaps(stated[0]) and upper.overlaps(stated[2])
        assert stated[0] < stated[1] < stated[2]
        ends = [ball(q) for q in entropy_gain((inputs, units, 1), m, 100)]
        assert ends[0] <= stated[1] <= ends[1]


@pytest.mark.parametrize("constants", CASES[:2])
def test_from_the_stated_width_on_the_gain_is_near_its_limit(constants):
    """Beyond `shallow_gain_width` the gain is within eta of 1/(d_0 + 2), and the width is that of part (ii)."""
    inputs, eta = 2, Fraction(1, 8)
    with ctx.workprec(200):
        threshold = ball(shallow_gain_width(inputs, eta, constants))
        env = {**environment(inputs, constants), "eta": ball(eta)}
        _, left, right = CLAIM.conclusion[2][1][2][7]
        assert right == ("*", "a", "n") and (value(left, env) / env["a"]).overlaps(threshold)
    n = int(float(threshold.mid())) + 1
    m, _ = shallow(inputs, n, constants)
    for end in entropy_gain((inputs, n, 1), m):
        assert abs(end - Fraction(1, inputs + 2)) <= eta


@pytest.mark.parametrize("constants", [GainConstants(), GainConstants("1/2", 2, 3, "1/7", "0.1")])
@pytest.mark.parametrize(("inputs", "layers"), [(1, 2), (4, 3)])
def test_deep_bounds_hold_and_are_the_stated_ones(inputs, layers, constants):
    """c n^L <= m <= C n^L, and D/E lies between the bounds of part (iv); kappa is the sum of the moduli."""
    B, X, rho, o, eps = constants.numbers()
    c, C = deep_gain_constants(inputs, layers, constants)
    n = 8
    while C > n**layers:
        n += 1
    widths = (inputs, *(n,) * layers, 1)
    kappa = sum(parameter_modulus(widths, bound=B, input_radius=X, lipschitz=rho, offsets=o))
    m = -(-(B * kappa / eps).numerator // (B * kappa / eps).denominator)
    assert c * n**layers <= m <= C * n**layers
    lower, upper = deep_gain_bounds(inputs, layers, n, constants)
    ends = entropy_gain(widths, m)
    assert lower <= ends[0] and ends[1] <= upper
    part = CLAIM.conclusion[2][3]
    env = {**environment(inputs, constants), "L": arb(layers), "n": arb(n), "D": arb(1), "E": arb(1)}
    (_, low, _), (_, _, high) = part[3][2]
    assert value(low, env).overlaps(ball(lower)) and value(high, env).overlaps(ball(upper))
    r = [X]
    for width in widths[:layers]:
        r.append(rho * B * (width * r[-1] + 1) + o)
    env |= {"w": lambda k: arb(widths[int(k.unique_fmpz())]), "r": lambda k: ball(r[int(k.unique_fmpz())]),
            "R": lambda k: ball(rho if k <= layers else 1)}
    assert value(term(KAPPA), env).overlaps(ball(kappa))
    _, size, _ = part[2][11][2]
    assert value(size, env) == parameter_count(widths)


@pytest.mark.parametrize(("widths", "percent"), [((2, 8, 1), "5.19"), ((10, 100, 1), "3.03"),
                                                 ((10, 50, 50, 50, 1), "0.44"), ((784, 300, 100, 10), "0.03")])
def test_gain_of_familiar_networks(widths, percent):
    """At eps = 1/10, B = B_x = rho = 1, the gain is the tabulated percentage."""
    kappa = sum(parameter_modulus(widths, bound=1, input_radius=1, lipschitz=1))
    lower, upper = entropy_gain(widths, int(10 * kappa))
    assert round(100 * lower, 2) == round(100 * upper, 2) == Fraction(percent)


def test_conditions_are_named():
    """Out of range, the formulas say which condition fails."""
    with pytest.raises(InputError, match="n >= 8"):
        deep_gain_bounds(1, 2, 7, GainConstants())
    with pytest.raises(InputError, match="slope"):
        shallow_gain_bounds(1, 5, GainConstants(lipschitz=0))
    with pytest.raises(InputError, match=">= 2"):
        entropy_gain((1, 2, 1), 1)
