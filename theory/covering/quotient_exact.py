"""The covering number of the cube modulo a group of coordinate permutations is the number of orbits of the grid.

The group is p(1, .), ..., p(N, .) on the coordinates 1..S, v(g) the place of the inverse, c(g, h) of the product. The
grid has m = ceil(B / delta) points per axis; C(1), ..., C(n) are representatives of its orbits, one of each. A point x
is within delta of the orbit of y when |x(p(g,i)) - y(i)| <= delta for one g and all i. Above: cell centres of
representatives; below: m points per axis more than 2 delta apart and the pigeonhole principle.
"""

from __future__ import annotations

from theory.covering import grid_orbits, pigeonhole, small_groups
from theory.covering.grid import cell, centre
from theory.covering.grid_orbits import (
    AT,
    GROUP,
    OF,
    ORBIT_PARTS,
    PLACE,
    POINT,
    REPRESENTATIVES,
    at_code,
)
from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import Step, apply, combine, finite, intro, obtain, witness

_CUBE = f"(all i:int | {AT} => abs(x(i)) <= B)"


def covers(count: str, radius: str = "delta") -> str:
    """Every point of the cube is within the radius of the orbit of one of y(1), ..., y(count)."""
    return (f"(all x:int->real | {_CUBE} => some k g:int | 1 <= k, k <= {count}, {OF},"
            f" (all i:int | {AT} => abs(x(p(g,i)) - y(k,i)) <= {radius}))")


CENTRES = f"(some y:(k:int,i:int)->real | (all k i:int | 1 <= k, k <= n, {AT} => abs(y(k,i)) <= B), {covers('n')})"
"""n orbits with centres in the cube cover."""

LEAST = f"(all e:int, y:(k:int,i:int)->real | {covers('e')} => n <= e)"
"""No fewer orbits do, whatever their centres."""

_VARIABLES = ("all S N m n:int, p c:(g:int,h:int)->int, v:int->int, C:(k:int,i:int)->int, B delta:real"
              f" | 0 <= S, 1 <= N, {GROUP}, 0 < B, 0 < delta, ")

STATEMENT = statement(f"{_VARIABLES}m = ceil(B/delta), {REPRESENTATIVES}"
                      f" => some | {CENTRES}, {LEAST}, n <= pow(m, S), pow(m, S) <= N*n")
"""H1 size, H2-H5 group, H6-H8 grid, H9-H11 representatives."""

GRID_STEP = Lemma(
    "covering.grid_step", "m = ceil(B/delta) cells of radius delta cover; m points per axis can be over 2 delta apart",
    statement("all B delta:real, m:int | hB: 0 < B, hd: 0 < delta, hm: m = ceil(B/delta)"
              " => some s:real | 1 <= m, B/m <= delta, 2*delta < s, (m - 1)*s <= 2*B"),
    (
        apply("r", "ax.recip_pos", x="delta"), combine("q", "0 < B/delta", "hB r"),
        apply("ge", "ax.ceil_ge", x="B/delta"), apply("lt", "ax.ceil_lt", x="B/delta"),
        combine("m0", "0 < m", "q ge hm"), apply("m1", "ax.int_step", m="0", n="m"), combine("m2", "1 <= m", "m1"),
        combine("up", "B/delta <= m", "ge hm"), combine("Bm", "B <= m*delta", "up hd"),
        apply("rm", "ax.recip_pos", x="m"), combine("fine", "B/m <= delta", "Bm", mul="m0", degree=1),
        combine("down", "m - 1 < B/delta", "lt hm"), combine("gap", "(m - 1)*delta < B", "down hd"),
        # the step s = 2 delta + 2 (B - (m-1) delta) / m lies strictly above 2 delta
        combine("wide", "2*delta < 2*delta + 2*(B - (m - 1)*delta)*(1/m)", "gap rm"),
        combine("less", "0 <= (B - (m - 1)*delta)*(1/m)", "gap rm"),
        combine("one", "m*(1/m) = 1", "m0"),
        combine("total", "(m - 1)*(2*delta + 2*(B - (m - 1)*delta)*(1/m)) = 2*B - 2*((B - (m - 1)*delta)*(1/m))", "one",
                rounds=3),
        combine("fits", "(m - 1)*(2*delta + 2*(B - (m - 1)*delta)*(1/m)) <= 2*B", "total less", degree=1),
        witness("end", s="2*delta + 2*(B - (m - 1)*delta)*(1/m)"),
    ),
)

POINT_IN_BOX = Lemma(
    "covering.axis_point_in_box", "The points (t - 1) s - B, 1 <= t <= m, lie in [-B, B] if (m - 1) s <= 2B",
    statement("all B s:real, m t:int | h1: 1 <= t, h2: t <= m, hs: 0 < s, hf: (m - 1)*s <= 2*B"
              " => abs((t - 1)*s - B) <= B"),
    (
        combine("a", "0 <= (t - 1)*s", "h1 hs"), combine("b", "(t - 1)*s <= (m - 1)*s", "h2 hs"),
        combine("lo", "-((t - 1)*s - B) <= B", "a", degree=1), combine("hi", "(t - 1)*s - B <= B", "b hf", degree=1),
        apply("end", "ax.abs_le", x="(t - 1)*s - B", y="B"),
    ),
)

POINTS_APART = Lemma(
    "covering.axis_points_apart", "Two of the points (t - 1) s - B within delta of one number are equal if 2 delta < s",
    statement("all B s delta z:real, t u:int | hs: 2*delta < s, hd: 0 < delta, h1: abs((t - 1)*s - B - z) <= delta,"
              " h2: abs((u - 1)*s - B - z) <= delta => t = u"),
    (
        combine("s0", "0 < s", "hs hd"),
        *(apply(f"{n}{k}", f"ax.abs_{rule}", x=f"({t} - 1)*s - B - z")
          for k, t in (("t", "t"), ("u", "u")) for n, rule in (("p", "ge"), ("n", "neg"))),
        combine("up", "(t - u)*s < s", "pt nu h1 h2 hs", degree=1),
        combine("dn", "(u - t)*s < s", "pu nt h1 h2 hs", degree=1),
        combine("tu", "t - u < 1", "up", mul="s0", degree=1), combine("ut", "u - t < 1", "dn", mul="s0", degree=1),
        combine("tu1", "t < u + 1", "tu"), combine("ut1", "u < t + 1", "ut"),
        apply("a", "ax.int_step", m="t", n="u + 1"), apply("b", "ax.int_step", m="u", n="t + 1"),
        apply("end", "ax.antisym", x="t", y="u"),
    ),
)

_VALUE = "((C({k},{i}) - 1)*s - B)"
_CELL = cell("x({i})", "B", "m")
_CENTRE = centre("C(k,i)", "B", "m")
_NEAR = "abs(" + _VALUE.format(k="{k}", i="p({g},{i})") + " - y({u},{i}))"

_UPPER: tuple[Step, ...] = (
    intro("c1", f"all k i:int | 1 <= k, k <= n, {AT} => abs({_CENTRE}) <= B", "k1 k2 i1 i2",
          apply("a", "H9", k="k", i="i"),
          obtain("z", "a", "a1 a2", apply("y", "covering.centre_in_box", B="B", m="m", t="C(k,i)"))),
    intro("c2", covers("n").replace("y(k,i)", _CENTRE)[1:-1], "hx",
          intro("r", f"all i:int | {AT} => some | 1 <= {_CELL.format(i='i')}, {_CELL.format(i='i')} <= m", "i1 i2",
                apply("a", "hx", i="i"), apply("b", "covering.grid_cell", B="B", x="x(i)", m="m"),
                obtain("z", "b", "b1 b2 b3 b4", witness("y"))),
          apply("R", "H10", G=f"i -> {_CELL.format(i='i')}"),
          obtain("z", "R", "k1 k2 g1 g2 same",
                 intro("o", f"all i:int | {AT} => abs(x(p(g,i)) - {_CENTRE}) <= delta", "i1 i2",
                       apply("a", "H3", g="g", i="i"),
                       obtain("y", "a", "a1 a2", apply("f", "hx", i="p(g,i)"),
                              apply("b", "covering.grid_cell", B="B", x="x(p(g,i))", m="m"),
                              obtain("w", "b", "b1 b2 b3 b4", apply("e", "same", i="i"),
                                     apply("cg", "ax.cong", f=f"t -> abs(x(p(g,i)) - {centre('t', 'B', 'm')})",
                                           x="C(k,i)",
                                           y=_CELL.format(i="p(g,i)")),
                                     combine("v", facts="cg b3 fine")))),
                 witness("y", k="k", g="g"))),
    witness("U", CENTRES[1:-1], y=f"k, i -> {_CENTRE}"),
)
"""Cell centres of representatives."""


def _near(k: str, u: str, i: str = "i") -> str:
    """The i-th coordinate of point k against the centre and group element with code u."""
    return _NEAR.format(k=k, g=at_code(PLACE, u), u=at_code(POINT, u), i=i)


_SAME_CENTRE = (
    apply("a", "rel", k="k"), apply("b", "rel", k="j"),
    obtain("w", "a", "a1 a2 a3", obtain(
        "v1", "b", "b1 b2 b3", apply("P", "covering.pair_decode", n="N", N="e", k="f(k)"),
        apply("Q", "covering.pair_decode", n="N", N="e", k="f(j)"),
        obtain("v2", "P", "p1 p2 p3 p4", obtain(
            "v3", "Q", "q1 q2 q3 q4",
            intro("meet", f"all i:int | {AT} => C(k,p({at_code(PLACE, 'f(k)')},i)) ="
                          f" C(j,p({at_code(PLACE, 'f(j)')},i))", "i1 i2",
                  apply("r", "a3", i="i"), apply("r2", "b3", i="i"),
                  apply("cg", "ax.cong_int", f=f"t -> {_NEAR.format(k='j', g=at_code(PLACE, 'f(j)'), u='t', i='i')}",
                        x="ceil(f(k)/N)", y="ceil(f(j)/N)"),
                  combine("r3", _NEAR.format(k="j", g=at_code(PLACE, "f(j)"), u="ceil(f(k)/N)", i="i") + " <= delta",
                          "r2 cg"),
                  apply("x1", "covering.axis_points_apart", B="B", s="s", delta="delta", z="y(ceil(f(k)/N),i)",
                        t=f"C(k,p({at_code(PLACE, 'f(k)')},i))", u=f"C(j,p({at_code(PLACE, 'f(j)')},i))")),
            apply("last", "covering.orbits_meet", S="S", N="N", p="g, i -> p(g,i)", c="g, h -> c(g,h)", v="g -> v(g)",
                  a="i -> C(k,i)", b="i -> C(j,i)", g=at_code(PLACE, "f(k)"), h=at_code(PLACE, "f(j)")),
            obtain("v4", "last", "l1 l2 l3", apply("v5", "H11", k="k", j="j", g="o"))))))
)

_LOWER = intro(
    "W", LEAST[1:-1], "cov",
    intro("in", f"all k i:int | 1 <= k, k <= n, {AT} => abs({_VALUE.format(k='k', i='i')}) <= B", "k1 k2 i1 i2",
          apply("a", "H9", k="k", i="i"),
          obtain("z", "a", "a1 a2", apply("y1", "covering.axis_point_in_box", B="B", s="s", m="m", t="C(k,i)"))),
    intro("hit", "all k:int | 1 <= k, k <= n => some u:int | 1 <= u, u <= e*N,"
          f" (all i:int | {AT} => {_near('k', 'u')} <= delta)", "k1 k2",
          apply("P", "cov", f"some r g:int | 1 <= r, r <= e, {OF}, (all i:int | {AT} =>"
                f" {_NEAR.format(k='k', g='g', u='r', i='i')} <= delta)", x=f"i -> {_VALUE.format(k='k', i='i')}"),
          obtain("z", "P", "r1 r2 g1 g2 near",
                 apply("D", "covering.pair_code",
                       "some u:int | 1 <= u, u <= e*N, ceil(u/N) = r, u - (ceil(u/N) - 1)*N = g", n="N", N="e", x="r",
                       y="g"),
                 obtain("y1", "D", "u1 u2 u3 u4",
                        intro("o", f"all i:int | {AT} => {_near('k', 'u')} <= delta", "i1 i2",
                              apply("a", "near", i="i"),
                              apply("b", "ax.cong_int", f=f"t -> {_NEAR.format(k='k', g='t', u='ceil(u/N)', i='i')}",
                                    x=PLACE, y="g"),
                              apply("b2", "ax.cong_int", f=f"t -> {_NEAR.format(k='k', g='g', u='t', i='i')}",
                                    x="ceil(u/N)",
                                    y="r"), combine("w", facts="a b b2")),
                        witness("w", u="u")))),
    combine("n0", "0 <= n", "n1"),
    apply("F", "covering.finite_choice", "some f:int->int | (all k:int | 1 <= k, k <= n => some"
          f" | 1 <= f(k), f(k) <= e*N, (all i:int | {AT}"
          f" => {_near('k', 'f(k)')} <= delta))", n="n", Q="e*N", S="S", a="delta",
          A=f"k, u, i -> {_near('k', 'u')}"),
    obtain("z", "F", "rel",
           intro("f1", "all k:int | 1 <= k, k <= n => 1 <= ceil(f(k)/N)", "k1 k2", apply("a", "rel", k="k"),
                 obtain("y1", "a", "a1 a2 a3", apply("P", "covering.pair_decode", n="N", N="e", k="f(k)"),
                        obtain("x1", "P", "p1 p2 p3 p4", apply("w", "p1")))),
           intro("f2", "all k:int | 1 <= k, k <= n => ceil(f(k)/N) <= e", "k1 k2", apply("a", "rel", k="k"),
                 obtain("y1", "a", "a1 a2 a3", apply("P", "covering.pair_decode", n="N", N="e", k="f(k)"),
                        obtain("x1", "P", "p1 p2 p3 p4", apply("w", "p2")))),
           intro("f3", "all k j:int | 1 <= k, k <= n, 1 <= j, j <= n, ceil(f(k)/N) = ceil(f(j)/N) => k = j",
                 "k1 k2 j1 j2 kj", *_SAME_CENTRE),
           apply("e1", "f1", k="1"), apply("e2", "f2", k="1"),
           apply("y1", "covering.pigeonhole", m="e", n="n", f="k -> ceil(f(k)/N)")))
"""m points per axis more than 2 delta apart, and the pigeonhole principle."""


LEMMAS = (*pigeonhole.LEMMAS, *grid_orbits.LEMMAS, GRID_STEP, POINT_IN_BOX, POINTS_APART)

_ACTION = {"S": "S", "N": "N", "m": "m", "n": "n", "p": "g, i -> p(g,i)", "v": "g -> v(g)", "C": "k, i -> C(k,i)"}

_DERIVATION = (
    apply("step", "covering.grid_step", B="B", delta="delta", m="m"),
    obtain("end", "step", "m1 fine wide fits",
           apply("R1", "H10", G="i -> 1"),
           obtain("n1", "R1", "k1 k2 g1 g2 same", combine("z", facts="k1 k2"), goal="1 <= n"),
           *_UPPER, _LOWER,
           apply("most", "covering.orbits_at_most", **_ACTION, c="g, h -> c(g,h)"),
           apply("least", "covering.orbits_at_least", **_ACTION), witness("z")),
)

_PAIR, _LINE = ((1, 2), (2, 1)), ((1,),)
"""Two coordinates that may be exchanged, and one coordinate by itself."""


def _point(group: tuple[tuple[int, ...], ...], size: int, **other: str) -> Witness:
    """The variables and the proofs of H10 and H11 for a group and `size` points per axis, and the other variables."""
    known = small_groups.values(group, size)
    return Witness((*small_groups.orbit_steps(group, size, *(part[1:-1] for part in ORBIT_PARTS[1:])),
                    witness("end", **known, **other)))


_SAME_HYPOTHESES = f"{_VARIABLES}m = ceil(B/delta), {REPRESENTATIVES}"

CLAIM = Claim(
    id="covering.quotient_exact",
    title="The covering number of the cube modulo coordinate permutations is the number of grid orbits",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "new", arxiv="2305.11417",
                  note="The paper bounds the covering number of the quotient from above; the exact value, for closed"
                  " balls and internal or external centres alike, is ours."),
    summary="With m = ceil(B/delta) points per axis, exactly as many orbit balls of radius delta are needed as the"
            " grid has orbits: at least m^S / |group| and at most m^S.",
    derivation=_DERIVATION,
    instance=_point(_PAIR, 2, B="1", delta="1/2"),
    controls=(
        Control("order_of_the_group_earned", "the number of orbits is at most m^S /"
                                             " |group|: 3 against 4/2 at m = S = 2",
                statement(f"{_SAME_HYPOTHESES} => N*n <= pow(m, S)"),
                _point(_PAIR, 2, B="1", delta="1/2")),
        Control("nothing_gained", "as many orbits as grid points: 3 against 4 at m = S = 2",
                statement(f"{_SAME_HYPOTHESES} => pow(m, S) <= n"),
                _point(_PAIR, 2, B="1", delta="1/2")),
        Control("diameter_for_radius", "cells of length delta taken for balls of radius delta: m = ceil(2B/delta)",
                statement(f"{_VARIABLES}m = ceil(2*B/delta), {REPRESENTATIVES} => {LEAST[1:-1]}"),
                Witness((
                    *_point(_LINE, 2).steps[:-1],
                    intro("cover", "all x:int->real | (all i:int | 1 <= i, i <= 1 => abs(x(i)) <= 1) =>"
                          " some k g:int | 1 <= k, k <= 1, 1 <= g, g <= 1,"
                          " (all i:int | 1 <= i, i <= 1 => abs(x([[1]][g,i]) - 0) <= 1)", "h",
                          apply("a", "h", i="1"),
                          finite("o", "all i:int | 1 <= i, i <= 1 => abs(x([[1]][1,i]) - 0) <= 1"),
                          witness("z", k="1", g="1")),
                    witness("few", "some e:int, y:(k:int,i:int)->real | (all x:int->real |"
                            " (all i:int | 1 <= i, i <= 1 => abs(x(i)) <= 1) => some k g:int | 1 <= k, k <= e, 1 <= g,"
                            " g <= 1, (all i:int | 1 <= i, i <= 1 => abs(x([[1]][g,i]) - y(k,i)) <= 1)), e < 2",
                            e="1", y="k, i -> 0"),
                    witness("end", **small_groups.values(_LINE, 2), B="1", delta="1")))),
    ),
    comparison=(
        Comparison("group", "any group Gamma of coordinate permutations of the cube",
                   "a list p(1), ..., p(N) of maps of 1..S with inverses v(g) and products c(g, h) in the list (H3-H5)",
                   "a map with a right inverse on a finite set is a permutation; an element may be listed twice"),
        Comparison("orbit metric", "d([x], [y]) = min over g of |x - g y| in sup norm",
                   "within delta: |x(p(g,i)) - y(i)| <= delta for one g and all i", "the same, as the group is finite"),
        Comparison("number", "N(cube / Gamma, delta) = number of orbits of [m]^S, m = ceil(B/delta), every delta > 0",
                   "n centres in the cube cover, and no cover has fewer, wherever its centres are; n counts"
                   " representatives, one of every orbit (H9-H11)", "as stated, internal = external"),
        Comparison("Burnside", "n = mean over g of m^(cycles of g); closed forms for shallow and deep networks",
                   "covering.quotient_burnside, given Burnside's lemma",
                   "the closed forms are theory.covering.orbit_count, compared with enumeration in the tests"),
        Comparison("chain", "m^S / prod d_l! <= orbits <= bias-ordered count <= m^S",
                   "m^S <= N n and n <= m^S for every group; the middle is covering.orbit_chain and"
                   " covering.counting_chain",
                   ""),
    ),
    tightness="An equality for every B and delta.",
    attack="theory.covering.quotient_exact_attack",
)
