"""Explicit small groups of coordinate permutations, and the kernel proofs that listed grid points represent the orbits.

Used by the instances and controls of the claims about the quotient: a group is the tuple of its permutations of 1..S as
rows (p(1), ..., p(S)), the trivial one first.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from theory.language import formula, substitute
from theory.language.derivation import Step, apply, cases, combine, finite, intro, obtain, witness
from theory.language.notation import substitution

Row = tuple[int, ...]


def representatives(group: tuple[Row, ...], size: int) -> tuple[Row, ...]:
    """Return the least point of every orbit of the grid 1..size, in lexicographic order.

    >>> representatives(((1, 2), (2, 1)), 2)
    ((1, 1), (1, 2), (2, 2))
    """
    grid = product(range(1, size + 1), repeat=len(group[0]))
    return tuple(point for point in grid if point == min(moved(point, p) for p in group))


def moved(point: Row, p: Row) -> Row:
    """Return the point i -> point(p(i)).

    >>> moved((7, 8, 9), (2, 3, 1))
    (8, 9, 7)
    """
    return tuple(point[i - 1] for i in p)


def table(rows: tuple[Row, ...]) -> str:
    """Return a literal matrix as text of the notation.

    >>> table(((1, 2), (2, 1)))
    '[[1,2],[2,1]]'
    """
    return "[" + ",".join("[" + ",".join(map(str, row)) + "]" for row in rows) + "]"


def values(group: tuple[Row, ...], size: int) -> dict[str, str]:
    """Return the variables S, N, n, m, p, v, c, C of the quotient for a group and `size` points per axis, as text."""
    chosen = representatives(group, size)
    products = tuple(tuple(group.index(moved(p, q)) + 1 for q in group) for p in group)
    inverses = tuple(row.index(1) + 1 for row in products)
    return {"S": str(len(group[0])), "N": str(len(group)), "n": str(len(chosen)), "m": str(size),
            "p": f"g, i -> {table(group)}[g,i]", "v": f"g -> {table((inverses,))}[1,g]",
            "c": f"g, h -> {table(products)}[g,h]", "C": f"k, i -> {table(chosen)}[k,i]"}


def cycles(p: Row) -> tuple[tuple[int, ...], ...]:
    """Return the cycles of a permutation of 1..S, each from its least element, in increasing order of these.

    >>> cycles((2, 1, 3))
    ((1, 2), (3,))
    """
    out: list[tuple[int, ...]] = []
    for start in range(1, len(p) + 1):
        if any(start in cycle for cycle in out):
            continue
        cycle = [start]
        while p[cycle[-1] - 1] != start:
            cycle.append(p[cycle[-1] - 1])
        out.append(tuple(cycle))
    return tuple(out)


def burnside_number(group: tuple[Row, ...], size: int) -> Fraction:
    """Return the mean over the group of size^(number of cycles): the number of orbits of the grid (Burnside).

    >>> burnside_number(((1, 2), (2, 1)), 2)
    Fraction(3, 1)
    """
    return Fraction(sum(size ** len(cycles(p)) for p in group), len(group))


def cycle_values(group: tuple[Row, ...]) -> dict[str, str]:
    """Return z(g), u(g, i), w(g, t): number of cycles, cycle of a coordinate, first coordinate of a cycle, as text."""
    counted = [cycles(p) for p in group]
    place = tuple(tuple(next(t for t, c in enumerate(found, 1) if i in c) for i in range(1, len(group[0]) + 1))
                  for found in counted)
    first = tuple(tuple(c[0] for c in found) + (1,) * (len(group[0]) - len(found)) for found in counted)
    return {"z": f"g -> {table((tuple(map(len, counted)),))}[1,g]", "u": f"g, i -> {table(place)}[g,i]",
            "w": f"g, t -> {table(first)}[g,t]"}


def orbit_steps(group: tuple[Row, ...], size: int, covered: str, once: str) -> tuple[Step, ...]:
    """Return proofs, for a group, of two hypotheses given as text: every grid point has a representative, once."""
    known = {name: substitution(text) for name, text in values(group, size).items()}
    reached, different = (substitute(formula(text), known) for text in (covered, once))
    coordinates = range(1, len(group[0]) + 1)
    inner = _compare(group, size, (), 1)
    for i in reversed(coordinates):
        inner = [obtain(f"z{i}", f"a{i}", f"b{i} d{i}", *inner)]
    return (intro("reached", reached, "h", *(apply(f"a{i}", "h", i=str(i)) for i in coordinates), *inner),
            *_different(group, size, different))


def distinct_steps(group: tuple[Row, ...], text: str) -> tuple[Step, ...]:
    """Return a proof that no two listed permutations agree, the hypothesis given as text."""
    goal = substitute(formula(text), {name: substitution(term) for name, term in values(group, 1).items()})
    boxes = [[finite("w", None, *([_apart(second, first, tuple(range(1, len(first) + 1)), g == h)]
                                  for h, second in enumerate(group, 1)))] for g, first in enumerate(group, 1)]
    same = f"(all i:int | 1 <= i, i <= {len(group[0])} => {table(group)}[g,i] = {table(group)}[h,i])"
    nested = (f"all g:int | 1 <= g, g <= {len(group)} => (all h:int | 1 <= h, h <= {len(group)} =>"
              f" (all | {same} => g = h))")
    return (finite("pairs", nested, *boxes),
            intro("single", goal, "g1 g2 h1 h2 same", apply("a", "pairs", g="g"), apply("b", "a", h="h"),
                  apply("z", "b")))


def constant_steps(group: tuple[Row, ...], text: str) -> tuple[Step, ...]:
    """Return a proof that functions which a permutation leaves unchanged are constant on its cycles."""
    known = values(group, 1) | cycle_values(group)
    goal = substitute(formula(text), {name: substitution(term) for name, term in known.items()})
    range_, moves = f"1 <= i, i <= {len(group[0])}", table(group)
    place, first = (known[name].split(" -> ")[1][:-5] for name in "uw")
    ends = f"(all i:int | {range_} => f(i) = f({first}[g,{place}[g,i]]))"
    nested = (f"all g:int | 1 <= g, g <= {len(group)} => (all f:int->int |"
              f" (all i:int | {range_} => f({moves}[g,i]) = f(i)) => {ends})")
    steps = tuple(apply(f"q{i}", "kept", i=str(i)) for i in range(1, len(group[0]) + 1))
    return (finite("one", nested, *([intro("w", None, "kept", *steps, finite("v"))] for _ in group)),
            intro("constant", goal, "g1 g2 kept", apply("a", "one", g="g"), apply("b", "a", f="i -> f(i)"),
                  intro("z", None, "i1 i2", apply("y", "b", i="i"))))


def _compare(group: tuple[Row, ...], size: int, found: Row, least: int) -> list[Step]:
    """Cases over the values of G(1), G(2), ...: those in `found` are known, the next one is at least `least`."""
    i = len(found) + 1
    if i > len(group[0]):
        return _named_orbit(group, size, found)
    if least == size:
        return [apply(f"e{i}", "ax.antisym", f"G({i}) = {size}", x=f"G({i})", y=str(size)),
                *_compare(group, size, (*found, size), 1)]
    return [apply(f"t{i}{least}", "ax.int_split", m=str(least), n=f"G({i})"),
            cases(f"c{i}{least}", f"t{i}{least}", f"q{i}{least}", _compare(group, size, (*found, least), 1),
                  _compare(group, size, found, least + 1))]


def _named_orbit(group: tuple[Row, ...], size: int, found: Row) -> list[Step]:
    """The representative of the point `found` and a group element that takes the point there."""
    chosen = representatives(group, size)
    k, g = next((k, g) for k, point in enumerate(chosen, 1) for g, p in enumerate(group, 1) if moved(found, p) == point)
    goal = f"all i:int | 1 <= i, i <= {len(found)} => {table(chosen)}[{k},i] = G({table(group)}[{g},i])"
    return [finite("same", goal), witness("named", k=str(k), g=str(g))]


def _different(group: tuple[Row, ...], size: int, goal: object) -> tuple[Step, ...]:
    """Two listed points are one or differ at some coordinate, whatever the group element."""
    chosen = representatives(group, size)
    boxes = [[finite("w", None, *([finite("u", None, *([_apart(first, second, p, k == j)] for p in group))]
                                  for j, second in enumerate(chosen, 1)))] for k, first in enumerate(chosen, 1)]
    same = (f"(all i:int | 1 <= i, i <= {len(group[0])} =>"
            f" {table(chosen)}[j,i] = {table(chosen)}[k,{table(group)}[g,i]])")
    nested = (f"all k:int | 1 <= k, k <= {len(chosen)} => (all j:int | 1 <= j, j <= {len(chosen)} =>"
              f" (all g:int | 1 <= g, g <= {len(group)} => (all | {same} => k = j)))")
    return (finite("nested", nested, *boxes),
            intro("once", goal, "k1 k2 j1 j2 g1 g2 same", apply("a", "nested", k="k"), apply("b", "a", j="j"),
                  apply("d", "b", g="g"), apply("z", "d")))


def _apart(first: Row, second: Row, p: Row, equal: bool) -> Step:
    """One comparison: nothing to show, or a coordinate where the points differ."""
    if equal:
        return intro("s", None, "same", combine("x"))
    i = next(i for i, (a, b) in enumerate(zip(second, moved(first, p)), 1) if a != b)
    return intro("s", None, "same", apply("q", "same", i=str(i)), combine("x", facts="q"))
