"""Orbits of parameter vectors and exact probabilities under finite laws: the numbers of `covering.init_probability`.

A parameter vector is a tuple of exact numbers, layer by layer: the rows of W_l, then b_l. A law is a mapping from such
tuples to their probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product
from math import factorial, prod

from theory.covering.architecture import check_widths
from theory.exact.rationals import Exact, exact
from theory.language.errors import InputError, explain

Vector = tuple[Fraction | int, ...]
Permutation = tuple[int, ...]
Law = Mapping[Vector, Fraction]

MAX_GROUP = 5040


def coordinate_permutations(widths: Sequence[int]) -> tuple[Permutation, ...]:
    """Return G = S_{d_1} x ... x S_{d_L} as permutations of the parameters' places: `(g theta)[c] = theta[g[c]]`.

    Raises:
        InputError: more than 5040 elements.

    >>> coordinate_permutations((1, 2, 1))
    ((0, 1, 2, 3, 4, 5, 6), (1, 0, 3, 2, 5, 4, 6))
    """
    dims = check_widths(widths)
    order = prod(map(factorial, dims[1:-1]))
    if order > MAX_GROUP:
        remedy = "Use orbit_size, which lists nothing."
        raise InputError(explain("widths", f"at most {MAX_GROUP} permutations", f"{order}", remedy))
    ends = (tuple(range(dims[0])),), (tuple(range(dims[-1])),)
    choices = product(ends[0], *(tuple(permutations(range(d))) for d in dims[1:-1]), ends[1])
    return tuple(_places(dims, choice) for choice in choices)


def _places(dims: tuple[int, ...], choice: tuple[Permutation, ...]) -> Permutation:
    """Return the permutation of places that permutes the units of each layer as `choice` says."""
    out: list[int] = []
    start = 0
    for before, rows, columns in zip(dims, choice[1:], choice):
        out += [start + i * before + j for i in rows for j in columns]
        start += len(rows) * before
        out += [start + i for i in rows]
        start += len(rows)
    return tuple(out)


def moved(theta: Vector, permutation: Permutation) -> Vector:
    """Return g theta.

    >>> moved((5, 7, 9), (1, 0, 2))
    (7, 5, 9)
    """
    return tuple(theta[place] for place in permutation)


def orbit_points(theta: Vector, group: Iterable[Permutation]) -> tuple[Vector, ...]:
    """Return the distinct points g theta, theta first.

    >>> orbit_points((0, 1), ((0, 1), (1, 0)))
    ((0, 1), (1, 0))
    """
    return tuple(dict.fromkeys((theta, *(moved(theta, g) for g in group))))


def stabiliser_order(theta: Vector, group: Iterable[Permutation]) -> int:
    """Return how many g fix theta.

    >>> stabiliser_order((1, 1), ((0, 1), (1, 0)))
    2
    """
    return sum(moved(theta, g) == theta for g in group)


def separation(points: Sequence[Vector]) -> Fraction | None:
    """Return the least sup distance between two of the points, or None if there is one point only.

    >>> separation(((0, 3), (3, 0), (1, 3)))
    Fraction(1, 1)
    """
    pairs = [(u, v) for k, u in enumerate(points) for v in points[:k]]
    return min((_distance(u, v) for u, v in pairs), default=None)


def near_probability(law: Law, points: Sequence[Vector], radius: Exact) -> Fraction:
    """Return P(some of the points is at sup distance < radius), exact.

    >>> near_probability({(0, 1): Fraction(1, 3), (5, 5): Fraction(2, 3)}, [(0, 0)], 2)
    Fraction(1, 3)
    """
    size = exact(radius, "radius")
    return sum((w for x, w in law.items() if any(_distance(x, u) < size for u in points)), Fraction(0))


def is_invariant(law: Law, group: Iterable[Permutation]) -> bool:
    """Whether g theta is as likely as theta, for all of them.

    >>> is_invariant({(0, 1): Fraction(1)}, ((1, 0),))
    False
    """
    return all(law.get(moved(x, g), Fraction(0)) == w for g in group for x, w in law.items())


def uniform_orbit_probability(copies: int, size: int, *, radius: Exact, bound: Exact) -> Fraction:
    """Return `|O| (r/B)^S`: the uniform law on [-B, B]^S comes within r of the orbit, its balls disjoint and inside.

    Raises:
        InputError: the balls cannot be disjoint and inside, because the value exceeds 1, or r > B.

    >>> uniform_orbit_probability(2, 7, radius="1/2", bound=1)
    Fraction(1, 64)
    """
    r, B = exact(radius, "radius"), exact(bound, "bound")
    if not 0 < r <= B:
        raise InputError(explain("radius", "0 < radius <= bound", f"radius {r}, bound {B}", "Use a smaller radius."))
    value = copies * (r / B) ** size
    if value > 1:
        raise InputError(explain("copies", "disjoint balls inside the cube", f"probability {value}",
                                 "Use a radius of at most half the separation."))
    return value


def _distance(u: Vector, v: Vector) -> Fraction:
    return max((abs(Fraction(a) - b) for a, b in zip(u, v)), default=Fraction(0))
