"""Uniform noise in N coordinates: densities, mass and overlap of two cubes, from laws of integrals.

A level is a measure `on` that is the product of the Lebesgue measures on [A(i), Z(i)] in the coordinates c(i, y):
`PRODUCT` says so (Fubini's theorem for products of functions of one coordinate each, the definition of that measure).
A point y is a real number that stands for a state of R^N, as in `integral_laws`. The density of uniform noise of
amplitude b around f is the product of the functions `density`, and everything else about it is proved here.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, either, induct, intro, obtain, witness


def density(t: str, b: str = "b") -> str:
    """Return the density of uniform noise of amplitude b at t: 1/(2b) for |t| <= b, else 0."""
    return f"ite(abs({t}), {b}, 1/(2*{b}), 0)"


def product_law(measure: str, coordinate: str, low: str, high: str) -> str:
    """Return the law that a measure is the product of N Lebesgue measures: on products, Fubini's theorem.

    `coordinate` is the term of coordinate i of the point y, `low` and `high` those of the ends of side i.
    """
    return ("(all s:(i:int,t:real)->real, C:real | (all i:int, t:real => abs(s(i,t)) <= C)"
            f" => integral(y in {measure}: prod(i=1..N: s(i,{coordinate})))"
            f" = prod(i=1..N: integral(t in leb({low},{high}): s(i,t))))")


PRODUCT = product_law("on", "c(i,y)", "A(i)", "Z(i)")

MIN_ZERO = Lemma(
    "mori_zwanzig.min_zero", "The least of zero and a number that is not negative is zero",
    statement("all p r:real | hp: p = 0, hq: 0 <= r => some | min(p,r) = 0, min(r,p) = 0"),
    (
        apply("a", "ax.min_left", x="p", y="r"), apply("b", "ax.min_right", x="r", y="p"),
        combine("p0", "0 <= p", "hp"),
        apply("c", "ax.min_ge", x="p", y="r", z="0"), apply("d", "ax.min_ge", x="r", y="p", z="0"),
        combine("a0", "min(p,r) <= 0", "a hp"), combine("b0", "min(r,p) <= 0", "b hp"),
        apply("e", "ax.antisym", x="min(p,r)", y="0"), apply("g", "ax.antisym", x="min(r,p)", y="0"), witness("end"),
    ),
)

MIN_SAME = Lemma(
    "mori_zwanzig.min_same", "The least of two equal numbers",
    statement("all p r:real | h: p = r => min(p,r) = p"),
    (
        apply("a", "ax.min_left", x="p", y="r"), combine("s", "p <= p"), combine("t", "p <= r", "h"),
        apply("b", "ax.min_ge", x="p", y="r", z="p"), apply("end", "ax.antisym", x="min(p,r)", y="p"),
    ),
)

MIN_SCALE = Lemma(
    "mori_zwanzig.min_scale", "A factor that is not negative leaves a minimum",
    statement("all c p r:real | hc: 0 <= c => min(p*c,r*c) = min(p,r)*c"),
    (
        apply("a", "ax.min_left", x="p*c", y="r*c"), apply("b", "ax.min_right", x="p*c", y="r*c"),
        apply("d", "ax.min_left", x="p", y="r"), apply("e", "ax.min_right", x="p", y="r"),
        combine("l1", "min(p,r)*c <= p*c", "d hc"), combine("l2", "min(p,r)*c <= r*c", "e hc"),
        apply("low", "ax.min_ge", x="p*c", y="r*c", z="min(p,r)*c"),
        apply("or1", "ax.total", x="p", y="r"),
        cases("up", "or1", "h",
              [combine("s", "p <= p"), apply("m", "ax.min_ge", x="p", y="r", z="p"),
               combine("mc", "p*c <= min(p,r)*c", "m hc"), combine("z", facts="a mc")],
              [combine("s", "r <= r"), combine("r", "r <= p", "h"), apply("m", "ax.min_ge", x="p", y="r", z="r"),
               combine("mc", "r*c <= min(p,r)*c", "m hc"), combine("z", facts="b mc")],
              goal="min(p*c,r*c) <= min(p,r)*c"),
        apply("end", "ax.antisym", x="min(p*c,r*c)", y="min(p,r)*c"),
    ),
)

_P, _Q, _MP = "prod(i=1..{0}: p(i))", "prod(i=1..{0}: r(i))", "prod(i=1..{0}: min(p(i),r(i)))"
_TWO = "(all i:int | 1 <= i, i <= N => {0}(i) = 0 or {0}(i) = v)"


_EQUAL = f"{_MP.format('k + 1')} = min({_P.format('k + 1')},{_Q.format('k + 1')})"
_P1, _Q1 = _P.format("k + 1"), _Q.format("k + 1")


def _vanishing(first: bool, fact: str) -> tuple[Step, ...]:
    """One factor is zero (fact `fact`): a product, the minimum of both and the product of minima vanish."""
    one, other = ("p", "r") if first else ("r", "p")
    gone, stays = (_P1, _Q1) if first else (_Q1, _P1)
    return (
        apply("mz", "mori_zwanzig.min_zero", p=f"{one}(k+1)", r=f"{other}(k+1)"),
        combine("g0", f"{gone} = 0", f"{'ep' if first else 'eq'} {fact}"),
        apply("mm", "mori_zwanzig.min_zero", p=gone, r=stays),
        obtain("w", "mz", "m1 m2", obtain("t", "mm", "m3 m4", combine(
            "s", facts=f"em {'m1 m3' if first else 'm2 m4'}"))),
    )


PROD_MIN = Lemma(
    "mori_zwanzig.prod_min", "Products of factors 0 or v: the least of two is the product of the least factors",
    statement(f"all p r:int->real, v:real, N:int | hN: 0 <= N, hv: 0 <= v, hp: {_TWO.format('p')}, hq:"
              f" {_TWO.format('r')} => {_MP.format('N')} = min({_P.format('N')},{_Q.format('N')})"),
    (
        induct(
            "I", f"all k:int | 0 <= k => (all | k <= N => some | {_MP.format('k')} = min({_P.format('k')},"
            f"{_Q.format('k')}), 0 <= {_P.format('k')}, 0 <= {_Q.format('k')})", "hk ih",
            [intro("z", None, "hb", apply("e1", "ax.prod_empty", f="i -> p(i)", a="1", b="0"),
                   apply("e2", "ax.prod_empty", f="i -> r(i)", a="1", b="0"),
                   apply("e3", "ax.prod_empty", f="i -> min(p(i),r(i))", a="1", b="0"),
                   combine("same", f"{_P.format('0')} = {_Q.format('0')}", "e1 e2"),
                   apply("m", "mori_zwanzig.min_same", p=_P.format("0"), r=_Q.format("0")),
                   combine("y1", f"{_MP.format('0')} = min({_P.format('0')},{_Q.format('0')})", "e3 m e1"),
                   combine("y2", f"0 <= {_P.format('0')}", "e1"), combine("y3", f"0 <= {_Q.format('0')}", "e2"),
                   witness("y"))],
            [intro("z", None, "hb", apply("use", "ih"),
                   apply("ep", "ax.prod_last", f="i -> p(i)", a="1", b="k + 1"),
                   apply("eq", "ax.prod_last", f="i -> r(i)", a="1", b="k + 1"),
                   apply("em", "ax.prod_last", f="i -> min(p(i),r(i))", a="1", b="k + 1"),
                   apply("op", "hp", i="k + 1"), apply("oq", "hq", i="k + 1"),
                   cases("vp", "op", "h", [combine("t", facts="h")], [combine("t", facts="h hv")], goal="0 <= p(k+1)"),
                   cases("vq", "oq", "h", [combine("t", facts="h")], [combine("t", facts="h hv")], goal="0 <= r(k+1)"),
                   obtain("y", "use", "n0 n1 n2",
                          combine("y1", f"0 <= {_P1}", "ep n1 vp"), combine("y2", f"0 <= {_Q1}", "eq n2 vq"),
                          cases("y0", "op", "h", list(_vanishing(True, "h")),
                                [cases("r", "oq", "j", list(_vanishing(False, "j")),
                                       [combine("s0", "p(k+1) = r(k+1)", "h j"),
                                        apply("s1", "mori_zwanzig.min_same", p="p(k+1)", r="r(k+1)"),
                                        apply("s2", "mori_zwanzig.min_scale", c="v", p=_P.format("k"),
                                              r=_Q.format("k")),
                                        combine("s3", f"{_P.format('k')}*v = {_P1}", "ep h"),
                                        combine("s4", f"{_Q.format('k')}*v = {_Q1}", "eq j"),
                                        apply("s5", "ax.cong", f=f"t -> min(t,{_Q.format('k')}*v)",
                                              x=f"{_P.format('k')}*v", y=_P1),
                                        apply("s6", "ax.cong", f=f"t -> min({_P1},t)", x=f"{_Q.format('k')}*v", y=_Q1),
                                        combine("s7", f"min({_P1},{_Q1}) = min({_P.format('k')},{_Q.format('k')})*v",
                                                "s2 s5 s6", degree=1),
                                        combine("s8", f"{_MP.format('k + 1')} = {_MP.format('k')}*v", "em s1 h",
                                                rounds=4),
                                        combine("s", facts="s7 s8 n0", rounds=4)])],
                                goal=_EQUAL),
                          witness("x")))]),
        apply("J", "I", k="N"), apply("J1", "J"), obtain("end", "J1", "n0 n1 n2", combine("z", facts="n0")),
    ),
)

_H = density("t")
_TWO_VALUES = f"{_H} = 0 or {_H} = 1/(2*b)"

DENSITY = Lemma(
    "mori_zwanzig.uniform_density", "The density of uniform noise: two values, its support, its bounds",
    statement(f"all t b:real | hb: 0 < b => some | ({_TWO_VALUES}), 0 <= {_H}, {_H} <= 1/(2*b),"
              f" abs({_H}) <= 1/(2*b), (all | b < t => {_H} = 0), (all | t < -b => {_H} = 0),"
              f" (all | -b <= t, t <= b => {_H} = 1/(2*b))"),
    (
        combine("b2", "0 < 2*b", "hb"), apply("r", "ax.recip_pos", x="2*b"),
        apply("or1", "ax.total", x="abs(t)", y="b"),
        cases("two", "or1", "h",
              [apply("a", "ax.ite_then", a="abs(t)", b="b", x="1/(2*b)", y="0"), either("z", "a")],
              [apply("a", "ax.ite_else", a="abs(t)", b="b", x="1/(2*b)", y="0"), either("z", "a")],
              goal=_TWO_VALUES),
        cases("p0", "two", "h", [combine("z", facts="h")], [combine("z", facts="h r")], goal=f"0 <= {_H}"),
        cases("p1", "two", "h", [combine("z", facts="h r")], [combine("z", facts="h")], goal=f"{_H} <= 1/(2*b)"),
        combine("n1", f"-{_H} <= 1/(2*b)", "p0 r"), apply("p2", "ax.abs_le", x=_H, y="1/(2*b)"),
        intro("up", f"all | b < t => {_H} = 0", "h", apply("g", "ax.abs_ge", x="t"),
              combine("l", "b < abs(t)", "g h"), apply("z", "ax.ite_else", a="abs(t)", b="b", x="1/(2*b)", y="0")),
        intro("dn", f"all | t < -b => {_H} = 0", "h", apply("g", "ax.abs_neg", x="t"),
              combine("l", "b < abs(t)", "g h"), apply("z", "ax.ite_else", a="abs(t)", b="b", x="1/(2*b)", y="0")),
        intro("in", f"all | -b <= t, t <= b => {_H} = 1/(2*b)", "h g", combine("n", "-t <= b", "h"),
              apply("l", "ax.abs_le", x="t", y="b"),
              apply("z", "ax.ite_then", a="abs(t)", b="b", x="1/(2*b)", y="0")),
        witness("end"),
    ),
)

STEP = Lemma(
    "mori_zwanzig.step_integral", "The integral of a step is its height times its length",
    statement("all s:real->real, A lo hi Z v B:real | hs: (all t:real => abs(s(t)) <= B), h1: A <= lo, h2: lo <= hi,"
              " h3: hi <= Z, in: (all t:real | lo < t, t < hi => s(t) = v), dn: (all t:real | t < lo => s(t) = 0),"
              " up: (all t:real | hi < t => s(t) = 0) => integral(t in leb(A,Z): s(t)) = v*(hi - lo)"),
    (
        combine("l4", "lo <= Z", "h2 h3"),
        apply("s1", "cite.interval_split", f="t -> s(t)", a="A", b="lo", c="Z", B="B"),
        apply("s2", "cite.interval_split", f="t -> s(t)", a="lo", b="hi", c="Z", B="B"),
        intro("zl", "all t:real | A < t, t < lo => s(t) = 0", "x1 x2", apply("z", "dn", t="t")),
        intro("zm", "all t:real | lo < t, t < hi => s(t) = v", "x1 x2", apply("z", "in", t="t")),
        intro("zr", "all t:real | hi < t, t < Z => s(t) = 0", "x1 x2", apply("z", "up", t="t")),
        apply("e1", "cite.equal_inside", f="t -> s(t)", g="t -> 0", a="A", b="lo"),
        apply("e2", "cite.equal_inside", f="t -> s(t)", g="t -> v", a="lo", b="hi"),
        apply("e3", "cite.equal_inside", f="t -> s(t)", g="t -> 0", a="hi", b="Z"),
        apply("o1", "textbook.integral_const", a="A", b="lo", c="0"),
        apply("o2", "textbook.integral_const", a="lo", b="hi", c="v"),
        apply("o3", "textbook.integral_const", a="hi", b="Z", c="0"),
        combine("end", facts="s1 s2 e1 e2 e3 o1 o2 o3", rounds=5),
    ),
)

MAX_SCALE = Lemma(
    "mori_zwanzig.max_scale", "A positive factor leaves the positive part",
    statement("all c t:real | hc: 0 < c => max(0, c*t) = c*max(0, t)"),
    (
        apply("a", "ax.max_left", x="0", y="c*t"), apply("b", "ax.max_right", x="0", y="c*t"),
        apply("d", "ax.max_left", x="0", y="t"), apply("e", "ax.max_right", x="0", y="t"),
        combine("p1", "0 <= c*max(0, t)", "d hc"), combine("p2", "c*t <= c*max(0, t)", "e hc"),
        apply("up", "ax.max_le", x="0", y="c*t", z="c*max(0, t)"), apply("r", "ax.recip_pos", x="c"),
        combine("q1", "0 <= max(0, c*t)*(1/c)", "a r"), combine("q0", "t <= max(0, c*t)*(1/c)", "b r hc", degree=2),
        apply("dn0", "ax.max_le", x="0", y="t", z="max(0, c*t)*(1/c)"),
        combine("dn", "c*max(0, t) <= max(0, c*t)", "dn0 hc"),
        apply("end", "ax.antisym", x="max(0, c*t)", y="c*max(0, t)"),
    ),
)

SIDE = Lemma(
    "mori_zwanzig.shared_side", "Two intervals of length 2b share (2b - |f - g|)_+",
    statement("all f g b:real | hb: 0 < b => max(0, min(f + b, g + b) - max(f - b, g - b))"
              " = 2*b*max(0, 1 - abs(f - g)/(2*b))"),
    (
        apply("ab", "ax.abs_ge", x="f - g"), apply("an", "ax.abs_neg", x="f - g"),
        apply("l1", "ax.min_left", x="f + b", y="g + b"), apply("l2", "ax.min_right", x="f + b", y="g + b"),
        apply("u1", "ax.max_left", x="f - b", y="g - b"), apply("u2", "ax.max_right", x="f - b", y="g - b"),
        apply("or1", "ax.total", x="f", y="g"),
        cases("len", "or1", "c",
              [apply("a1", "ax.abs_le", x="f - g", y="g - f"),
               apply("m1", "ax.min_ge", x="f + b", y="g + b", z="f + b"),
               apply("m2", "ax.max_le", x="f - b", y="g - b", z="g - b"),
               combine("a0", "g - f <= abs(f - g)", "an"),
               apply("a2", "ax.antisym", x="abs(f - g)", y="g - f"),
               apply("m3", "ax.antisym", x="min(f + b, g + b)", y="f + b"),
               apply("m4", "ax.antisym", x="max(f - b, g - b)", y="g - b"), combine("z", facts="a2 m3 m4")],
              [apply("a1", "ax.abs_le", x="f - g", y="f - g"),
               apply("m1", "ax.min_ge", x="f + b", y="g + b", z="g + b"),
               apply("m2", "ax.max_le", x="f - b", y="g - b", z="f - b"),
               apply("a2", "ax.antisym", x="abs(f - g)", y="f - g"),
               apply("m3", "ax.antisym", x="min(f + b, g + b)", y="g + b"),
               apply("m4", "ax.antisym", x="max(f - b, g - b)", y="f - b"), combine("z", facts="a2 m3 m4")],
              goal="min(f + b, g + b) - max(f - b, g - b) = 2*b - abs(f - g)"),
        apply("sc", "mori_zwanzig.max_scale", c="2*b", t="1 - abs(f - g)/(2*b)"),
        combine("tw", "2*b*(1 - abs(f - g)/(2*b)) = 2*b - abs(f - g)", "hb", rounds=3),
        combine("same", "min(f + b, g + b) - max(f - b, g - b) = 2*b*(1 - abs(f - g)/(2*b))", "len tw"),
        apply("cg", "ax.cong", f="t -> max(0, t)", x="min(f + b, g + b) - max(f - b, g - b)",
              y="2*b*(1 - abs(f - g)/(2*b))"),
        combine("end", facts="cg sc"),
    ),
)

_HF, _HG = density("t - f"), density("t - g")
_M = f"min({_HF},{_HG})"
_LO, _HI = "max(f - b,g - b)", "min(f + b,g + b)"
_PART = "max(0, 1 - abs(f - g)/(2*b))"


def _gone(centre: str, zero: str) -> list[Step]:
    """A density is zero at t by the part `zero` of its facts: so is the minimum."""
    own, other = (_HF, _HG) if centre == "f" else (_HG, _HF)
    return [apply("q", zero), apply("mz", "mori_zwanzig.min_zero", p=own, r=other),
            obtain("w", "mz", "m1 m2", combine("t9", facts="m1" if centre == "f" else "m2"))]


_DN = ([combine("s", "g - b <= g - b"), apply("m", "ax.max_le", x="f - b", y="g - b", z="g - b"),
        combine("c", "t - g < -b", "m x1"), *_gone("g", "g6")],
       [combine("s", "f - b <= f - b"), combine("r", "g - b <= f - b", "h"),
        apply("m", "ax.max_le", x="f - b", y="g - b", z="f - b"), combine("c", "t - f < -b", "m x1"),
        *_gone("f", "f6")])
_UP = ([combine("s", "f + b <= f + b"), apply("m", "ax.min_ge", x="f + b", y="g + b", z="f + b"),
        combine("c", "b < t - f", "m x1"), *_gone("f", "f5")],
       [combine("s", "g + b <= g + b"), combine("r", "g + b <= f + b", "h"),
        apply("m", "ax.min_ge", x="f + b", y="g + b", z="g + b"), combine("c", "b < t - g", "m x1"),
        *_gone("g", "g5")])


def _at_t(*steps: Step) -> tuple[Step, ...]:
    """Both densities at t: facts f1..f7 and g1..g7 of `uniform_density`, for the steps that follow."""
    return (apply("df", "mori_zwanzig.uniform_density", t="t - f", b="b"),
            apply("dg", "mori_zwanzig.uniform_density", t="t - g", b="b"),
            obtain("z", "df", "f1 f2 f3 f4 f5 f6 f7", obtain("y", "dg", "g1 g2 g3 g4 g5 g6 g7", *steps)))


OVERLAP = Lemma(
    "mori_zwanzig.uniform_overlap", "Two uniform densities of amplitude b around f and g share (1 - |f - g|/(2b))_+",
    statement("all f g b A Z:real | hb: 0 < b, k1: A <= f - b, k2: f + b <= Z"
              f" => integral(t in leb(A,Z): {_M}) = {_PART}"),
    (
        combine("b2", "0 < 2*b", "hb"), apply("rc", "ax.recip_pos", x="2*b"),
        intro("bd", f"all t:real => abs({_M}) <= 1/(2*b)", "", *_at_t(
            apply("lo", "ax.min_ge", x=_HF, y=_HG, z="0"), apply("u1", "ax.min_left", x=_HF, y=_HG),
            combine("u2", f"{_M} <= 1/(2*b)", "u1 f3"), combine("u3", f"-{_M} <= 1/(2*b)", "lo rc"),
            apply("x", "ax.abs_le", x=_M, y="1/(2*b)"))),
        intro("dn", f"all t:real | t < {_LO} => {_M} = 0", "x1", *_at_t(
            apply("o1", "ax.total", x="f - b", y="g - b"), cases("x", "o1", "h", *_DN))),
        intro("up", f"all t:real | {_HI} < t => {_M} = 0", "x1", *_at_t(
            apply("o1", "ax.total", x="f + b", y="g + b"), cases("x", "o1", "h", *_UP))),
        intro("in", f"all t:real | {_LO} < t, t < {_HI} => {_M} = 1/(2*b)", "x1 x2", *_at_t(
            apply("a1", "ax.max_left", x="f - b", y="g - b"), apply("a2", "ax.max_right", x="f - b", y="g - b"),
            apply("a3", "ax.min_left", x="f + b", y="g + b"), apply("a4", "ax.min_right", x="f + b", y="g + b"),
            combine("c1", "-b <= t - f", "a1 x1"), combine("c2", "t - f <= b", "a3 x2"),
            combine("c3", "-b <= t - g", "a2 x1"), combine("c4", "t - g <= b", "a4 x2"),
            apply("q1", "f7"), apply("q2", "g7"), combine("qq", f"{_HF} = {_HG}", "q1 q2"),
            apply("mm", "mori_zwanzig.min_same", p=_HF, r=_HG), combine("x", facts="mm q1"))),
        apply("sd", "mori_zwanzig.shared_side", f="f", g="g", b="b"),
        apply("a5", "ax.max_left", x="f - b", y="g - b"), apply("a6", "ax.min_left", x="f + b", y="g + b"),
        combine("w1", f"A <= {_LO}", "k1 a5"), combine("w2", f"{_HI} <= Z", "k2 a6"),
        apply("mx", "ax.max_right", x="0", y=f"{_HI} - {_LO}"), apply("m0", "ax.max_left", x="0", y=f"{_HI} - {_LO}"),
        apply("or1", "ax.total", x=_LO, y=_HI),
        cases("end", "or1", "h",
              [apply("s", "mori_zwanzig.step_integral", s=f"t -> {_M}", A="A", lo=_LO, hi=_HI, Z="Z", v="1/(2*b)",
                     B="1/(2*b)"),
               combine("p", f"0 <= {_HI} - {_LO}", "h"), combine("p2", f"{_HI} - {_LO} <= {_HI} - {_LO}"),
               apply("le", "ax.max_le", x="0", y=f"{_HI} - {_LO}", z=f"{_HI} - {_LO}"),
               apply("eq", "ax.antisym", x=f"max(0, {_HI} - {_LO})", y=f"{_HI} - {_LO}"),
               combine("v", f"2*b*{_PART} = {_HI} - {_LO}", "sd eq"),
               combine("w", f"1/(2*b)*(2*b*{_PART}) = {_PART}", "b2", rounds=3),
               combine("z", facts="s v w", rounds=3)],
              [intro("no", f"all t:real | A < t, t < Z => {_M} = 0", "x1 x2", apply("o", "ax.total", x="t", y=_HI),
                     cases("z", "o", "j", [combine("l", f"t < {_LO}", "j h"), apply("y", "dn", t="t")],
                           [apply("y", "up", t="t")])),
               apply("e", "cite.equal_inside", f=f"t -> {_M}", g="t -> 0", a="A", b="Z"),
               combine("az", "A <= Z", "k1 k2 hb"), apply("o", "textbook.integral_const", a="A", b="Z", c="0"),
               combine("p", f"{_HI} - {_LO} <= 0", "h"), combine("p2", "0 <= 0"),
               apply("le", "ax.max_le", x="0", y=f"{_HI} - {_LO}", z="0"),
               apply("eq", "ax.antisym", x=f"max(0, {_HI} - {_LO})", y="0"),
               combine("v", f"2*b*{_PART} = 0", "sd eq"),
               combine("w", f"1/(2*b)*(2*b*{_PART}) = {_PART}", "b2", rounds=3),
               combine("z", facts="e o v w", rounds=3)]),
    ),
)

LEMMAS = (MIN_ZERO, MIN_SAME, MIN_SCALE, PROD_MIN, DENSITY, STEP, MAX_SCALE, SIDE, OVERLAP)
