"""Values to try: small numbers, simple functions, and variations of the values that a known point has."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from fractions import Fraction

from theory.language.substitution import substitute
from theory.language.terms import Sort, Term, plus, rational, times

WHOLE = (0, 1, 2, 3, -1, 4, 5, 7, 10)
REAL = tuple(rational(Fraction(n, d)) for n, d in (
    (0, 1), (1, 1), (1, 2), (2, 1), (-1, 1), (1, 10), (3, 1), (10, 1), (1, 100), (-1, 10), (4, 1), (100, 1)))
Point = dict[str, Term]


def values(sort: Sort, at: Mapping[str, Term]) -> tuple[Term, ...]:
    """Return values of a sort; the shape of a matrix is read at the point given.

    Functions of integers are constants, the identity and tables with one other value; activations (with a real
    argument) are zero, constants, multiples of the identity, abs, max(0, .) and shifted ones.
    """
    if sort == "int":
        return WHOLE
    if sort == "real":
        return REAL
    if isinstance(sort, tuple) and sort[0] == "mat":
        return tuple(_matrix(sort, at, c) for c in (0, 1, -1, rational(Fraction(1, 2)), 2))
    if isinstance(sort, tuple) and sort[0] == "fun":
        return tuple(_functions(sort, at))
    return ()


def varied(sort: Sort, old: Term) -> Iterator[Term]:
    """Yield a value made a little different: plus or minus something, times something, other at one index."""
    if sort in ("int", "real"):
        yield from _changed(old, sort)
    elif isinstance(sort, tuple) and sort[0] == "fun" and isinstance(old, tuple) and old[0] == "lam":
        _, names, body = old
        at_one_index = sort[1][0][1] == "int" and sort[2] in ("int", "real")
        for new in _changed(body, sort[2]):
            yield ("lam", names, new)
            for k in (0, 1, 2) if at_one_index else ():
                yield ("lam", names, _at_index(sort[2], names[0], k, new, body))


def samples(variables: tuple[tuple[str, Sort], ...], count: int, seed: int) -> Iterator[Point]:
    """Yield random points over the small values, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret is made from it
    for _ in range(count):
        point: Point = {}
        for name, sort in variables:
            options = values(substitute(sort, point), point)
            if not options:
                return
            point[name] = chance.choice(options[:9])
        yield point


def _changed(old: Term, sort: Sort) -> Iterator[Term]:
    scalars: tuple[tuple[Term, Term], ...] = ((1, 1), (1, -1), (-1, 0), (2, 0), (0, 0), (1, 10), (0, 1), (10, 0))
    halves = ((rational(Fraction(1, 2)), 0), (1, rational(Fraction(1, 10))), (rational(Fraction(1, 100)), 0))
    for factor, shift in (*scalars, *(halves if sort != "int" else ())):
        if sort in ("int", "real"):
            yield plus(times(factor, old) if factor else 0, shift)
        elif shift == 0 and isinstance(sort, tuple) and sort[0] == "mat":
            yield times(factor, old)


def _at_index(sort: Sort, name: str, k: int, there: Term, elsewhere: Term) -> Term:
    """`there` at index k and `elsewhere` at all others, for functions with int or real values."""
    choose = "iite" if sort == "int" else "ite"
    return (choose, name, k, (choose, k, name, there, elsewhere), elsewhere)


def _functions(sort: Sort, at: Mapping[str, Term]) -> Iterator[Term]:
    parameters, result = sort[1], sort[2]
    names = tuple(name for name, _ in parameters)
    real = [name for name, kind in parameters if kind == "real"]
    if result == "obj":
        return
    if isinstance(result, tuple):
        yield from (("lam", names, _matrix(result, at, c)) for c in (0, 1, -1, rational(Fraction(1, 2)), 2))
        return
    if real:
        u = real[-1]
        half = rational(Fraction(1, 2))
        for body in (u, 0, ("max", 0, u), ("abs", u), times(2, u), times(half, u), plus(u, 1), plus(u, 10), 1):
            yield ("lam", names, body)
        return
    first = names[0]
    for body in (WHOLE if result == "int" else REAL):
        yield ("lam", names, body)
    for body in (first, plus(first, 1), plus(first, -1)):
        yield ("lam", names, body)
    for k, (there, elsewhere) in itertools.product((0, 1, 2), ((2, 1), (0, 1), (-1, 1), (1, 0), (1, 2))):
        yield ("lam", names, _at_index(result, first, k, there, elsewhere))


def _matrix(sort: Sort, at: Mapping[str, Term], entry: Term) -> Term:
    return ("build", "i", "j", substitute(sort[1], dict(at)), substitute(sort[2], dict(at)), entry)
