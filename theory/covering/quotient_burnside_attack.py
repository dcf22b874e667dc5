"""Attack on `covering.quotient_burnside` through the sum alone; the covering number is attacked in its own claim.

The points are those of `covering.quotient_exact` with numbers of cycles: one coordinate is one cycle.
"""

from __future__ import annotations

from dataclasses import replace

from theory.covering import quotient_exact_attack
from theory.covering.grid_orbits import AT, OF
from theory.covering.quotient_exact_attack import LINE, at, different, reached
from theory.language import Kill, Survivor, Witness
from theory.language.derivation import Step, apply, combine, intro, witness
from theory.language.notation import substitution

_CYCLES = {"z": "g -> 1", "u": "g, i -> 1", "w": "g, t -> 1"}
_CONSTANT = (f"all g:int, f:int->int | {OF}, (all i:int | {AT} => f(p(g,i)) = f(i))"
             f" => (all i:int | {AT} => f(i) = f(w(g,u(g,i))))")


def _constant(values: dict[str, str]) -> Step:
    """H10 for one coordinate, where w(g, u(g, 1)) = 1."""
    return intro("constant", at(_CONSTANT, values), "g1 g2 kept", intro(
        "z", None, "i1 i2", apply("one", "ax.antisym", "i = 1", x="i", y="1"),
        apply("c", "ax.cong_ii", "f(i) = f(1)", f="t -> f(t)", x="i", y="1"), combine("q", facts="c")))


def _cycled(kill: Kill) -> Kill:
    """A point of the quotient, with one cycle."""
    *steps, last = kill.witness.steps
    more = tuple((name, substitution(text)) for name, text in _CYCLES.items())
    values = {**LINE, **_CYCLES}
    return Kill(kill.name, Witness((*steps, _constant(values), replace(last, sub=(*last.sub, *more)))))


_LEFT_OUT = ("cover", "invers", "both coordinates", "S below")
_SHARED = tuple(_cycled(kill) for kill in quotient_exact_attack.KILLS if not any(w in kill.name for w in _LEFT_OUT))


def _point(**changed: str) -> Witness:
    """Two points per axis on one coordinate, with other cycles."""
    values = {**LINE, **_CYCLES, **changed}
    return Witness((reached(values), different(values), _constant({**values, "u": "g, i -> 1", "w": "g, t -> 1"}),
                    witness("end", **values)))


def _no_coordinate() -> Witness:
    """No coordinate, and -1 cycles."""
    values = {**LINE, **_CYCLES, "S": "0", "n": "1", "m": "1", "B": "1", "z": "g -> -1"}
    constant = intro("constant", at(_CONSTANT, values), "g1 g2 kept", intro(
        "z", None, "i1 i2", combine("no", "0 < 0", "i1 i2"), combine("q", mul="no")))
    return Witness((reached(values, "1"), different(values), constant, witness("end", **values)))


KILLS = (
    Kill("no coordinate, -1 cycles", _no_coordinate()),
    Kill("a cycle above z", _point(z="g -> g - 1", u="g, i -> iite(g,1,iite(i,1,1,0),0)"),),
    Kill("a cycle below 1", _point(z="g -> 0", u="g, i -> iite(g,1,iite(i,1,0,1),1)"),),
    Kill("two numbers for one cycle", _point(z="g -> 2"),),
    Kill("two numbers for one cycle, the second taken", _point(z="g -> 2", u="g, i -> 2"),),
    Kill("two numbers for one cycle, w = 2 for the second", _point(z="g -> 2", w="g, t -> t"),),
    *_SHARED,
)


def _shifts(hypothesis: str, *where: str) -> tuple[str, ...]:
    """Names of mutants."""
    return tuple(f"shift {hypothesis}, {one}" for one in where)


SURVIVORS = (
    Survivor(("drop H3", *_shifts("H3", "end 1 of the range of g", "end N of the range of g",
              "end 1 of the range of i", "end S of the range of i", "index g of p", "index i of p",
              "index g of p (2)", "index i of p (2)"),),
             "killed for the covering number in covering.quotient_exact; here a witness also needs the cycles"
             " of its maps, by cases"),
    Survivor(("drop H4", *_shifts("H4", "end 1 of the range of g", "end N of the range of g", "index g of v",
              "index g of v (2)", "end 1 of the range of i", "end S of the range of i", "index g of p",
              "index p(v(g), i) of p"),),
             "killed for the covering number in covering.quotient_exact; here a witness also needs the cycles"
             " of its maps, by cases"),
    Survivor(("drop H5", *_shifts("H5", "end 1 of the range of g", "end N of the range of g",
              "end 1 of the range of h", "end N of the range of h", "index g of c", "index h of c",
              "index g of c (2)", "index h of c (2)", "end 1 of the range of i", "end S of the range of i",
              "index c(g, h) of p", "index i of p", "index g of p", "index p(h, i) of p"),),
             "a witness needs a list without products on three coordinates, with representatives and cycles,"
             " by cases"),
    Survivor((*_shifts("H6", "end 1 of the range of g", "end N of the range of g", "end 1 of the range of h",
              "end N of the range of h", "end 1 of the range of i", "end S of the range of i", "index g of p",
              "index i of p", "index h of p", "index i of p (2)"),),
             "a witness needs a permutation listed twice, with its representatives and cycles, by cases"),
    Survivor(("drop H7", *_shifts("H7", "end 1 of the range of g", "end N of the range of g", "index g of z"),),
             "true with coordinates, each of which has a cycle in 1..z(g); without them z(g) = -1 makes the"
             " power meaningless"),
    Survivor((*_shifts("H8", "index g of u (3)", "index p(g, i) of u", "index g of u (4)", "index i of u (3)"),),
             "a witness needs two coordinates in one cycle with different numbers, with representatives by"
             " cases"),
    Survivor((*_shifts("H9", "index g of w", "index t of w", "index g of w (2)", "index t of w (2)", "index g of u",
              "index w(g, t) of u"),),
             "true of one coordinate: what w(g, t) is elsewhere is free, and H8 and H10 number the cycles"),
    Survivor(("drop H10", *_shifts("H10", "end 1 of the range of g", "end N of the range of g",
              "end 1 of the range of i", "end S of the range of i", "index p(g, i) of f", "index i of f",
              "end 1 of the range of i (2)", "end S of the range of i (2)", "index i of f (2)",
              "index w(g, u(g, i)) of f"),),
             "a witness needs two fixed coordinates counted as one cycle, with representatives by cases"),
    Survivor((*_shifts("H15", "end 1 of the range of i", "end S of the range of i", "index i of G",
              "index i of G (2)", "end 1 of the range of g", "end N of the range of g", "index k of C",
              "index i of C", "index p(g, i) of G"),),
             "true or by cases as in covering.quotient_exact: values of G outside 1..S are free"),
    Survivor((*_shifts("H16", "end 1 of the range of k", "end n of the range of k", "end 1 of the range of j",
              "end n of the range of j", "index j of C", "index k of C"),),
             "true: inverses make it symmetric in k and j, as in covering.quotient_exact"),
    Survivor(("drop H1", "drop H2"),
             "true: no coordinates or no permutations leave one point or none on both sides, or contradict H15"),
    Survivor(("strictness H11",), "true: B = 0 makes m = 0 and both sides 0, or S = 0 and both sides N"),
)
