"""Every axiom at many points, its neighbours refuted at one of them.

Numbers are exact where they are rational and balls otherwise; a relation counts as true or false only when it is
certain. Derivatives come from power series, matrices are small and exact, functions are random tables or polynomials.
"""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Iterator
from fractions import Fraction
from math import comb, factorial, isqrt
from pathlib import Path
from typing import Any

import pytest
from flint import acb, arb, arb_series, ctx, fmpq

from theory.language.notation import formula
from theory.language.terms import Formula
from theory.textbook.axioms import AXIOMS, GENERATORS, PREDICATES, axioms_json

ROOT = Path(__file__).resolve().parents[3]
POINTS = 500
TRIES = 60_000
ANALYTIC = {"ax.ftc", "ax.decreasing", "ax.nonincreasing"}
"""Axioms whose hypotheses quantify over the reals: tested on families in closed form below."""


@pytest.fixture(autouse=True)
def _precision() -> Iterator[None]:
    """Balls of 150 bits in this file, whatever was set before."""
    before, ctx.prec = ctx.prec, 150
    yield
    ctx.prec = before


class Unknown(Exception):
    """A relation that the balls do not decide, or a term outside its domain."""


# ---- numbers: Fraction, arb, arb_series (value and derivative)


def _ball(x: Any) -> Any:
    return arb(fmpq(x.numerator, x.denominator)) if isinstance(x, (int, Fraction)) else x


def _pair(x: Any, y: Any) -> tuple[Any, Any]:
    if isinstance(x, (int, Fraction)) and isinstance(y, (int, Fraction)):
        return x, y
    x, y = _ball(x), _ball(y)
    if isinstance(x, arb_series) != isinstance(y, arb_series):
        return tuple(z if isinstance(z, arb_series) else arb_series([z], prec=2) for z in (x, y))
    return x, y


def _add(x: Any, y: Any) -> Any:
    if isinstance(x, list):
        return [[_add(a, b) for a, b in zip(r, s)] for r, s in zip(x, y)]
    a, b = _pair(x, y)
    return a + b


def _mul(x: Any, y: Any) -> Any:
    if isinstance(x, list) and isinstance(y, list):
        columns = list(zip(*y)) if y else []
        return [[_total(map(_mul, row, column)) for column in columns] for row in x]
    if isinstance(x, list) or isinstance(y, list):
        scalar, matrix = (y, x) if isinstance(x, list) else (x, y)
        return [[_mul(scalar, a) for a in row] for row in matrix]
    a, b = _pair(x, y)
    return a * b


def _total(parts: Any) -> Any:
    out: Any = Fraction(0)
    for p in parts:
        out = _add(out, p)
    return out


def _inverse(x: Any) -> Any:
    if isinstance(x, (int, Fraction)):
        if x == 0:
            raise Unknown
        return 1 / Fraction(x)
    return 1 / x


def _function(name: str, v: list[Any]) -> Any:
    if name == "pi":
        return arb.pi()
    if name in _EXACT_AT and v[0] == _EXACT_AT[name][0]:
        return Fraction(_EXACT_AT[name][1])
    if name in _EXACT_AT:
        x = _ball(v[0])
        low = x[0] if isinstance(x, arb_series) else x
        if name == "log" and not low > 0:
            raise Unknown
        return getattr(x, name)()
    if name == "sqrt":
        return _root(v[0], 2)
    if name == "root":
        return _root(v[0], int(v[1])) if v[1] >= 1 else Fraction(0)
    if name == "pow":
        return _power(v[0], int(v[1]))
    return _TABLE[name](*v)


_EXACT_AT = {"exp": (0, 1), "log": (1, 0), "sin": (0, 0), "cos": (0, 1)}
_TABLE = {
    "abs": abs, "max": max, "min": min, "ceil": lambda x: -((-x) // 1), "floor": lambda x: x // 1,
    "fact": lambda n: Fraction(factorial(int(n)) if n >= 0 else 1),
    "binom": lambda n, k: Fraction(comb(int(n), int(k)) if 0 <= k <= n else 0),
    "ite": lambda a, b, x, y: x if a <= b else y, "iite": lambda a, b, x, y: x if a <= b else y,
}


def _root(x: Any, n: int) -> Any:
    if x < 0:
        raise Unknown
    if n == 2 and isqrt(x.numerator) ** 2 == x.numerator and isqrt(x.denominator) ** 2 == x.denominator:
        return Fraction(isqrt(x.numerator), isqrt(x.denominator))
    return _ball(x).root(n) if n > 1 else Fraction(x)


def _power(x: Any, n: int) -> Any:
    out: Any = Fraction(1)
    for _ in range(n):  # none for a negative exponent: any total function will do
        out = _mul(out, x)
    return out


# ---- terms and formulas


def _value(t: Any, at: dict[str, Any]) -> Any:
    if isinstance(t, int):
        return Fraction(t)
    if isinstance(t, str):
        return at[t]
    op, a = t[0], t[1:]
    if op == "q":
        return Fraction(*a)
    if op == "^":
        return _power(_value(a[0], at), a[1])
    if op == "bind":
        span = range(int(_value(a[2], at)), int(_value(a[3], at)) + 1)
        out: Any = Fraction(a[0] == "prod")
        for j in span:
            out = (_add if a[0] == "sum" else _mul)(out, _value(a[4], {**at, a[1]: Fraction(j)}))
        return out
    if op == "build":
        r, c = (max(0, int(_value(x, at))) for x in a[2:4])
        cell = lambda i, j: _value(a[4], {**at, a[0]: Fraction(i + 1), a[1]: Fraction(j + 1)})  # noqa: E731
        return [[cell(i, j) for j in range(c)] for i in range(r)]
    if op == "I":
        n = max(0, int(_value(a[0], at)))
        return [[Fraction(i == j) for j in range(n)] for i in range(n)]
    values = [_value(x, at) for x in a]
    if op in ("+", "*"):
        out = values[0]
        for v in values[1:]:
            out = (_add if op == "+" else _mul)(out, v)
        return out
    if op == "/":
        return _mul(values[0], _inverse(values[1]))
    if op == "T":
        return [list(c) for c in zip(*values[0])]
    if op == "tr":
        return _total(row[i] for i, row in enumerate(values[0]))
    if op == "at":
        m, i, j = values[0], int(values[1]), int(values[2])
        return m[i - 1][j - 1] if 0 < i <= len(m) and 0 < j <= len(m[0]) else Fraction(0)
    return at[op](*values) if op in at else _function(op, values)


def _holds(f: Formula, at: dict[str, Any]) -> bool:
    """Whether the formula is certainly true; False if certainly false; Unknown otherwise."""
    head = f[0]
    if head == "or":
        return any([_holds(g, at) for g in f[1:]])
    if head == "all":  # integer variables only: their ranges are inside the shapes
        spans = itertools.product(range(-1, 5), repeat=len(f[1]))
        inside = ({**at, **{v: Fraction(k) for (v, _), k in zip(f[1], ks)}} for ks in spans)
        return all(_holds(f[3], inner) for inner in inside if all(_holds(h, inner) for h in f[2]))
    if head == "pred":
        _, _, u, body, point, slope = f
        p = _ball(_value(point, at))
        return _close(_slope(_value(body, {**at, u: arb_series([p, arb(1)], prec=2)})), _value(slope, at))
    left, right = _value(f[1], at), _value(f[2], at)
    if isinstance(left, list):
        same = len(left) == len(right) and all(_close(x, y) for r, s in zip(left, right) for x, y in zip(r, s))
        return same if head == "=" else not same
    if head in ("=", "!="):
        return _close(left, right) == (head == "=")
    x, y = _pair(left, right)
    if head == "<" or head == "<=":
        if (x < y if head == "<" else x <= y):
            return True
        if (y <= x if head == "<" else y < x):
            return False
        if head == "<=" and _close(x, y):
            return True
    raise Unknown


def _slope(v: Any) -> Any:
    if isinstance(v, list):
        return [[_slope(x) for x in row] for row in v]
    return v[1] if isinstance(v, arb_series) else Fraction(0)


def _close(x: Any, y: Any) -> bool:
    """Equality: exact for rationals; balls that meet and are narrow count as equal."""
    if isinstance(x, list):
        return all(_close(a, b) for r, s in zip(x, y) for a, b in zip(r, s))
    x, y = _pair(x, y)
    if isinstance(x, Fraction):
        return x == y
    if isinstance(x, arb_series):
        return all(_close(x[k], y[k]) for k in range(2))
    difference = x - y
    if not difference.contains(0):
        return False
    # balls of the working precision that are wider than this say too little to compare
    if not difference.rad() <= arb("1e-20")*(1 + abs(x)):
        raise Unknown
    return True


# ---- random points


_ENDS = tuple(Fraction(k) for k in ("0", "0", "1", "1", "-1", "2", "-2", "1/2", "-1/2"))


def _number(rng: random.Random) -> Fraction:
    """An end of a guard, or one time in ten any fraction."""
    return rng.choice(_ENDS) if rng.random() < 0.9 else Fraction(rng.randint(-60, 60), rng.randint(1, 9))


def _matrix(rng: random.Random, r: int, c: int, number: Any = None) -> list[list[Fraction]]:
    return [[number() if number else Fraction(rng.randint(-2, 2)) for _ in range(c)] for _ in range(r)]


def _point(f: Formula, rng: random.Random) -> dict[str, Any]:
    """Random values of the variables; one in three is a copy of an earlier one, so that ends and equalities occur."""
    at: dict[str, Any] = {}
    for name, sort in f[1]:
        earlier = [v for (n, s) in f[1] if s == sort and (v := at.get(n)) is not None]
        if earlier and rng.random() < 0.35:
            at[name] = earlier[-1] if rng.random() < 0.6 else rng.choice(earlier)
        else:
            at[name] = _sample(sort, at, rng)
    slopes = [h for h in f[2] if h[0] == "pred"]
    for _, _, u, body, point, slope in slopes:  # a derivative is computed, not guessed; `wrong` now and then
        p = _ball(_value(point, at))
        at[slope] = _slope(_value(body, {**at, u: arb_series([p, arb(1)], prec=2)}))
    if len(slopes) == 1 and "g" in at and ("=", "f", "g") in f[2]:
        at["g"] = at["f"]
    return at


def _sample(sort: Any, at: dict[str, Any], rng: random.Random) -> Any:
    if sort == "int":
        return Fraction(rng.randint(-2, 4))
    if sort == "real":
        return _number(rng)
    if sort[0] == "mat":
        return _matrix(rng, *(max(0, int(_value(s, at))) for s in sort[1:]))
    (_, domain), *more = sort[1]
    if more or domain == "int":
        table: dict[Any, Fraction] = {}
        draw = (lambda: Fraction(rng.randint(-4, 4))) if sort[2] == "int" else (lambda: _number(rng))
        return lambda *v: table.setdefault(v, draw())
    if sort[2] == "real":
        a, b, c = (_number(rng) for _ in range(3))
        return lambda v: _add(_add(a, _mul(b, v)), _mul(c, _mul(v, v)))
    coefficients = [_sample(sort[2], at, rng) for _ in range(3)]
    return lambda v: _add(_add(coefficients[0], _mul(v, coefficients[1])), _mul(_mul(v, v), coefficients[2]))


def _search(f: Formula, points: int, seed: int = 5) -> tuple[int, dict[str, Any] | None]:
    """Count points where the hypotheses hold, up to `points`; stop at one where the conclusion fails."""
    rng = random.Random(seed)
    if f[0] != "all":
        f = ("all", (), (), f)
    seen = 0
    for _ in range(TRIES):
        try:
            at = _point(f, rng)
            if all(_holds(h, at) for h in f[2]):
                if not _holds(f[3], at):
                    return seen, at
                seen += 1
        except Unknown:
            continue
        if seen == points or not f[1]:
            break
    return seen, None


@pytest.mark.parametrize("name", [name for name in AXIOMS if name not in ANALYTIC])
def test_axiom_holds(name: str) -> None:
    """The axiom holds at 500 points that satisfy its hypotheses (at the one point there is, if it has no variables)."""
    f = AXIOMS[name]
    seen, failure = _search(f, POINTS)
    assert failure is None, failure
    assert seen >= (POINTS if f[0] == "all" else 1)


MUTANTS = {
    "total, strict": "all x y:real => x < y or y < x",
    "eq_or_ne, first only": "all x y:real => x = y",
    "lt_ne, not strict": "all x y:real | x <= y => x != y",
    "antisym, one hypothesis": "all x y:real | x <= y => x = y",
    "int_step for reals": "all m n:real | m < n => m + 1 <= n",
    "int_step by two": "all m n:int | m < n => m + 2 <= n",
    "int_split, strict end": "all m n:int | m <= n => m + 1 <= n",
    "recip_pos at 0 and below": "all x:real | x != 0 => 0 < 1/x",
    "cong without equality": "all f:real->real, x y:real | x <= y => f(x) = f(y)",
    "cong_int without equality": "all f:int->real, x y:int | x <= y => f(x) = f(y)",
    "cong_ii without equality": "all f:int->int, x y:int | x <= y => f(x) = f(y)",
    "exp_zero": "exp(0) = 0",
    "exp_ge, larger slope": "all x:real => 1 + 3/2*x <= exp(x)",
    "exp_ge, strict": "all x:real => 1 + x < exp(x)",
    "exp_add": "all a b:real => exp(a + b) = exp(a) + exp(b)",
    "exp_pos": "all a:real => 1 < exp(a)",
    "log_exp": "all x:real => log(exp(x)) = exp(x)",
    "exp_log": "all x:real | 0 < x => exp(log(x)) = x + 1/1000000",
    "log_mono, reversed": "all x y:real | 0 < x, x <= y => log(y) <= log(x)",
    "sqrt_sq": "all x:real | 0 <= x => sqrt(x) = x",
    "sqrt_nonneg, other sign": "all x:real | 0 <= x => sqrt(x) <= 0",
    "sqrt_pos at 0": "all x:real | 0 <= x => 0 < sqrt(x)",
    "root_pow, one more": "all x:real, n:int | 0 <= x, 1 <= n => pow(root(x, n), n + 1) = x",
    "root_pow, no guard": "all x:real, n:int | 0 <= x, 0 <= n => pow(root(x, n), n) = x",
    "root_nonneg at 0": "all x:real, n:int | 0 <= x, 1 <= n => 0 < root(x, n)",
    "pow_zero": "all b:real => pow(b, 0) = b",
    "pow_zero at 0": "all b:real => pow(b, 0)*b = pow(b, 0)",
    "pow_succ, wrong index": "all b:real, n:int | 0 <= n => pow(b, n + 1) = pow(b, n + 1)*b",
    "pow_succ, n for n + 1": "all b:real, n:int | 0 <= n => pow(b, n) = pow(b, n)*b",
    "pow_succ, no guard": "all b:real, n:int => pow(b, n + 1) = pow(b, n)*b",
    "fact_zero": "fact(0) = 0",
    "fact_succ": "all n:int | 0 <= n => fact(n + 1) = n*fact(n)",
    "fact_succ, no guard": "all n:int => fact(n + 1) = (n + 1)*fact(n)",
    "binom": "all n k:int | 0 <= k, k <= n => binom(n, k)*fact(k) = fact(n)",
    "binom, no upper end": "all n k:int | 0 <= k, 0 <= n => binom(n, k)*fact(k)*fact(n - k) = fact(n)",
    "abs_ge, strict": "all x:real => x < abs(x)",
    "abs_neg": "all x:real => abs(x) <= -x",
    "abs_le, first dropped": "all x y:real | -x <= y => abs(x) <= y",
    "abs_le, second dropped": "all x y:real | x <= y => abs(x) <= y",
    "max_left": "all x y:real => max(x, y) <= x",
    "max_right": "all x y:real => max(x, y) <= y",
    "max_le, one dropped": "all x y z:real | x <= z => max(x, y) <= z",
    "min_left": "all x y:real => x <= min(x, y)",
    "min_right": "all x y:real => y <= min(x, y)",
    "min_ge, one dropped": "all x y z:real | z <= y => z <= min(x, y)",
    "ceil_ge, strict": "all x:real => x < ceil(x)",
    "ceil_lt, tight": "all x:real => ceil(x) < x + 3/4",
    "ceil_lt, not attained": "all x:real => ceil(x) <= x",
    "floor_le, strict": "all x:real => floor(x) < x",
    "floor_gt, at the end": "all x:real => x + 1 <= floor(x) + 1",
    "ite_then, ends exchanged": "all a b x y:real | a <= b => ite(a, b, x, y) = y",
    "ite_else with the end": "all a b x y:real | b <= a => ite(a, b, x, y) = y",
    "iite_then without the order": "all a b x y:int => iite(a, b, x, y) = x",
    "iite_else with the end": "all a b x y:int | b <= a => iite(a, b, x, y) = y",
    "sin_cos": "all x:real => sin(x)^2 - cos(x)^2 = 1",
    "sin_pi, half": "sin(pi()/2) = 0",
    "sin_pi, cosine": "cos(pi()) = 0",
    "sum_empty, one early": "all f:int->real, a b:int | b <= a => sum(j=a..b: f(j)) = 0",
    "sum_last, no guard": "all f:int->real, a b:int => sum(j=a..b: f(j)) = sum(j=a..b-1: f(j)) + f(b)",
    "sum_last, first term": "all f:int->real, a b:int | a <= b => sum(j=a..b: f(j)) = sum(j=a..b-1: f(j)) + f(a)",
    "prod_empty is 0": "all f:int->real, a b:int | b < a => prod(j=a..b: f(j)) = 0",
    "prod_last, no guard": "all f:int->real, a b:int => prod(j=a..b: f(j)) = prod(j=a..b-1: f(j))*f(b)",
    "d_id": "all p:real => deriv(u: u, p, p)",
    "d_const": "all c p:real => deriv(u: c, p, c)",
    "d_add as product": "all F G:real->real, p f g:real | deriv(u: F(u), p, f), deriv(u: G(u), p, g)"
                        " => deriv(u: F(u) + G(u), p, f*g)",
    "d_sin, sign": "all F:real->real, p f:real | deriv(u: F(u), p, f) => deriv(u: sin(F(u)), p, -cos(F(p))*f)",
    "d_cong at the point alone": "all F G:real->real, p g:real | F(p) = G(p), deriv(u: F(u), p, g)"
                                 " => deriv(u: G(u), p, g)",
    "d_eq without equality": "all F:real->real, p f g:real | deriv(u: F(u), p, f) => deriv(u: F(u), p, g + 1)",
    "d_mul as product": "all F G:real->real, p f g:real | deriv(u: F(u), p, f), deriv(u: G(u), p, g)"
                        " => deriv(u: F(u)*G(u), p, f*g)",
    "d_pow, exponent kept": "all F:real->real, n:int, p f:real | 1 <= n, deriv(u: F(u), p, f)"
                            " => deriv(u: pow(F(u), n), p, n*pow(F(p), n)*f)",
    "d_exp, no chain": "all F:real->real, p f:real | deriv(u: F(u), p, f) => deriv(u: exp(F(u)), p, exp(F(p)))",
    "d_log, no chain": "all F:real->real, p f:real | deriv(u: F(u), p, f), 0 < F(p) => deriv(u: log(F(u)), p, 1/F(p))",
    "d_inv, sign": "all F:real->real, p f:real | deriv(u: F(u), p, f), F(p) != 0"
                   " => deriv(u: 1/F(u), p, f*(1/F(p))*(1/F(p)))",
    "d_cos, sign": "all F:real->real, p f:real | deriv(u: F(u), p, f) => deriv(u: cos(F(u)), p, sin(F(p))*f)",
    "dm_mul, order": "all r:int, F G:real->mat(r,r), p:real, f g:mat(r,r) | deriv(u: F(u), p, f), deriv(u: G(u), p, g)"
                     " => deriv(u: F(u)*G(u), p, G(p)*f + F(p)*g)",
    "dm_const is C": "all r c:int, C:mat(r,c), p:real => deriv(u: C, p, C)",
    "dm_add, one forgotten": "all r c:int, F G:real->mat(r,c), p:real, f g:mat(r,c) | deriv(u: F(u), p, f),"
                             " deriv(u: G(u), p, g) => deriv(u: F(u) + G(u), p, f)",
    "dm_T, untransposed": "all r:int, F:real->mat(r,r), p:real, f:mat(r,r) | deriv(u: F(u), p, f)"
                          " => deriv(u: T(F(u)), p, f)",
    "dm_tr": "all r:int, F:real->mat(r,r), p:real, f:mat(r,r) | deriv(u: F(u), p, f)"
             " => deriv(u: tr(F(u)), p, tr(F(p)))",
    "at_build, exchanged": "all f:(i:int,j:int)->real, r c p v:int | 1 <= p, p <= r, 1 <= v, v <= c"
                           " => build(i<=r, j<=c: f(i,j))[p,v] = f(v,p)",
    "at_build, outside": "all f:(i:int,j:int)->real, r c p v:int | 1 <= p, 1 <= v, v <= c"
                         " => build(i<=r, j<=c: f(i,j))[p,v] = f(p,v)",
    "at_add, one forgotten": "all r c p v:int, A B:mat(r,c) => (A + B)[p,v] = A[p,v]",
    "at_scale, unscaled": "all r c p v:int, s:real, A:mat(r,c) => (s*A)[p,v] = A[p,v]",
    "at_mul, entrywise": "all r p v:int, A B:mat(r,r) => (A*B)[p,v] = A[p,v]*B[p,v]",
    "at_T, untransposed": "all r p v:int, A:mat(r,r) => T(A)[p,v] = A[p,v]",
    "at_diagonal, outside": "all n p:int | 1 <= p => I(n)[p,p] = 1",
    "at_off_diagonal, everywhere": "all n p v:int => I(n)[p,v] = 0",
    "tr_sum, one short": "all n:int, A:mat(n,n) => tr(A) = sum(l=1..n-1: A[l,l])",
    "at_cong without equality": "all r c p v:int, A B:mat(r,c) => A[p,v] = B[p,v]",
    "ext, first column only": "all r c:int, A B:mat(r,c) | (all p v:int | 1 <= p, p <= r, 1 <= v, v <= 1"
                              " => A[p,v] = B[p,v]) => A = B",
}


def test_every_axiom_has_a_mutant() -> None:
    """Each axiom has a false neighbour here, those on an interval in the tests below."""
    named = {re.split("[ ,]", name)[0] for name in MUTANTS}
    assert {name.removeprefix("ax.") for name in AXIOMS if name not in ANALYTIC} == named


@pytest.mark.parametrize("name", MUTANTS)
def test_mutant_fails(name: str) -> None:
    """A false neighbour of an axiom is refuted at one of the points that the axiom passes."""
    assert _search(formula(MUTANTS[name]), POINTS)[1] is not None


# ---- the axioms on an interval, on closed forms


def test_fundamental_theorem() -> None:
    """The rigorous integral of F' over [a, b] is F(b) - F(a), not F(b) + F(a), with exponentials and sines."""
    rng = random.Random(8)
    for _ in range(60):
        a, b = sorted((_number(rng), _number(rng)))
        c = [_number(rng) for _ in range(4)]
        ball = [arb(fmpq(x.numerator, x.denominator)) for x in c]
        big = lambda x: ball[0] + ball[1]*x + ball[2]*x.sin() + ball[3]*(x/8).exp()  # noqa: B023, E731
        small = lambda x, _: ball[1] + ball[2]*x.cos() + ball[3]*(x/8).exp()/8  # noqa: B023, E731
        low, high = acb(_ball(a)), acb(_ball(b))
        got = acb.integral(small, low, high)
        # the ball of the integral is narrow, so that overlapping is agreement to ten places
        assert got.overlaps(big(high) - big(low)) and got.real.rad() < arb("1e-10")
        if b > a and (c[0] or c[3]):
            assert not got.overlaps(big(high) + big(low)) or big(low).overlaps(acb(0))


def test_mean_value_axioms() -> None:
    """A quadratic whose derivative is negative (not positive) on [a, b] decreases (does not increase)."""
    rng = random.Random(9)
    hits = {"decreasing": 0, "nonincreasing": 0, "control": 0}
    for _ in range(9000):
        a, b, p, q = (_number(rng) for _ in range(4))
        f = lambda x: p*x*x + q*x  # noqa: B023, E731
        ends = [2*p*a + q, 2*p*b + q]  # the derivative is linear: its sign on [a, b] shows at the ends
        if a < b and max(ends) <= 0 and min(ends) < 0:  # negative on the open interval
            hits["decreasing"] += 1
            assert f(b) < f(a)
        if a <= b and max(ends) <= 0:
            hits["nonincreasing"] += 1
            assert f(b) <= f(a)
        if a < b and min(ends) <= 0 and f(a) < f(b):
            hits["control"] += 1
    assert min(hits.values()) >= POINTS


# ---- the table itself


def test_axioms_json_is_the_table() -> None:
    """The file that the checker trusts is what the textbook writes."""
    path = ROOT / "proofs_check" / "certificates" / "axioms.json"
    assert path.read_text(encoding="utf-8") == axioms_json()
    table = json.loads(axioms_json())
    assert list(table) == ["generators", "predicates", "axioms"]
    assert [len(table[k]) for k in table] == [len(GENERATORS), len(PREDICATES), len(AXIOMS)]


def test_axioms_are_closed_and_few() -> None:
    """At most 100 axioms, each an `all` or a closed relation."""
    assert len(AXIOMS) <= 100
    assert all(f[0] == "all" or f[0] in ("=", "<=", "<") for f in AXIOMS.values())
