"""Interval arithmetic of the checker against balls of python-flint, at random points and boxes."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import intervals
import pytest
from flint import arb, ctx, fmpq
from rejection import Reject
from small_reports import AXIOMS
from terms import Table

TABLE = Table(AXIOMS["generators"], AXIOMS["predicates"])
UNARY = ("exp", "log", "sqrt", "sin", "cos", "atan", "tanh", "abs")


def ball(x: Fraction) -> Any:
    """A ball around a rational number."""
    return arb(fmpq(x.numerator, x.denominator))


def contains(interval: tuple[Fraction, Fraction], value: Any) -> bool:
    """Whether an interval certainly does not miss the ball of a value."""
    return not (ball(interval[1]) < value or value < ball(interval[0]))


def number(rng: random.Random, name: str) -> Fraction:
    """A random number in the domain of a function, of very different sizes."""
    x = Fraction(rng.randint(-(10**4), 10**4), rng.choice((1, 3, 10**2, 10**4, 10**6, 7**9)))
    if name in ("exp", "sin", "cos"):
        x = x if abs(x) < 500 else Fraction(x.numerator % 500, x.denominator)
    return abs(x) + Fraction(1, 10**6) if name in ("log", "sqrt") else x


@pytest.mark.parametrize("name", UNARY)
def test_points(name: str) -> None:
    """100 values at random rational points lie in the enclosures, which are narrow."""
    rng, before = random.Random(11), ctx.prec
    try:
        ctx.prec = 400
        for _ in range(100):
            x, bits = number(rng, name), rng.randint(6, 60)
            found = intervals.enclose([name, "x"], {"x": (x, x)}, bits, TABLE)
            value = abs(ball(x)) if name == "abs" else getattr(ball(x), name)()
            assert contains(found, value), (x, bits)
            width = found[1] - found[0]
            assert width <= Fraction(8, 1 << bits) * max(1, abs(found[1])), (x, bits)
    finally:
        ctx.prec = before


@pytest.mark.parametrize("name", [*UNARY, "max", "min", "/", "*", "+", "^", "pow"])
def test_boxes(name: str) -> None:
    """On 40 random boxes the values at four points of each lie in the enclosure of the box."""
    rng, before = random.Random(12), ctx.prec
    try:
        ctx.prec = 300
        for _ in range(40):
            box = {v: tuple(sorted((number(rng, "exp" if name == "exp" else "log") % 40, number(rng, "log") % 40)))
                   for v in ("x", "y")}  # fmt: skip
            low = Fraction(rng.randint(-20, 20)) if name not in ("log", "sqrt", "/") else Fraction(1, 9)
            box = {v: (lo + low, hi + low) for v, (lo, hi) in box.items()}
            powers: list[Any] = [rng.randint(0, 5)] if name in ("^", "pow") else ["y"]
            term = [name, "x", *([] if name in UNARY else powers)]
            found = intervals.enclose(term, box, rng.randint(8, 40), TABLE)
            for _ in range(4):
                at = {v: lo + (hi - lo) * Fraction(rng.randint(0, 8), 8) for v, (lo, hi) in box.items()}
                assert contains(found, evaluated(term, at)), (term, box, at)
    finally:
        ctx.prec = before


def evaluated(term: Any, at: dict[str, Fraction]) -> Any:
    """The value of a function of one or two variables."""
    head, x, *rest = term
    if head in ("^", "pow"):
        return ball(at[x] ** rest[0])
    if not rest:
        return abs(ball(at[x])) if head == "abs" else getattr(ball(at[x]), head)()
    a, b = at[x], at[rest[0]]
    return ball({"max": max(a, b), "min": min(a, b), "*": a * b, "+": a + b, "/": a / b if b else a}[head])


@pytest.mark.parametrize("bits", [1, 5, 20, 100, 1000])
def test_pi(bits: int) -> None:
    """pi lies between the ends, which are close."""
    lo, hi = intervals.pi(bits)
    before, ctx.prec = ctx.prec, 1200
    value = arb.pi()
    ctx.prec = before
    assert contains((lo, hi), value) and hi - lo <= Fraction(4, 1 << bits)


@pytest.mark.parametrize(("term", "box", "exact"), [
    (["sqrt", "x"], (Fraction(9, 4), Fraction(9, 4)), Fraction(3, 2)),
    (["abs", "x"], (Fraction(-2), Fraction(-2)), Fraction(2)),
    (["^", "x", 0], (Fraction(-1), Fraction(1)), Fraction(1)),
    (["exp", ["*", 0, "x"]], (Fraction(0), Fraction(5)), None),
    (["max", "x", 7], (Fraction(1), Fraction(3)), Fraction(7)),
])  # fmt: skip
def test_exact_values(term: Any, box: Any, exact: Fraction | None) -> None:
    """Rational roots and integer powers stay exact; exp(0) is enclosed around 1."""
    found = intervals.enclose(term, {"x": box}, 30, TABLE)
    assert found == (exact, exact) if exact is not None else found[0] <= 1 <= found[1]


@pytest.mark.parametrize("term", [
    ["log", "x"], ["sqrt", ["+", "x", -3]], ["/", 1, ["*", "x", "x"]], ["/", 1, "x"], ["exp", 5000], ["sin", 10**5],
    ["fact", 3], ["y"], "y", ["pow", "x", "x"], ["pow", "x", -1], ["bind", "sum", "j", 1, 2, "j"], ["^", 7, 10**7],
    ["at", ["I", 2], 1, 1], ["ceil", "x"], ["ite", 1, 2, 3, 4],
], ids=str)  # fmt: skip
def test_no_enclosure(term: Any) -> None:
    """Outside of a guard, of the box, of the caps or of the known functions there is none."""
    with pytest.raises((Reject, ValueError)):
        intervals.enclose(term, {"x": (Fraction(-1), Fraction(1))}, 20, TABLE)


def test_crests_and_troughs() -> None:
    """sin on an interval around pi/2, 3 pi/2 or a whole turn attains 1 or -1."""
    for lo, hi, least, most in ((1, 2, None, 1), (4, 5, -1, None), (0, 7, -1, 1), (2, 3, None, None)):
        found = intervals.enclose(["sin", "x"], {"x": (Fraction(lo), Fraction(hi))}, 30, TABLE)
        assert (found[0] == -1) is (least == -1) and (found[1] == 1) is (most == 1), (lo, hi)
