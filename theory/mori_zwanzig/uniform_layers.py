"""One layer of uniform noise in N coordinates: its kernel is a density, and two of its laws share a product.

The kernel at a state x is the product over i of `density(c(i, y) - F(i, x))`. Mass and overlap follow from the product
law of the level `on`; then means under two laws, and the squared norm by Schur's bound.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, either, intro, obtain, witness
from theory.mori_zwanzig.uniform_kernels import PRODUCT, density


def kernel(centre: str, coordinate: str = "c(i,y)", b: str = "b") -> str:
    """Return the density at the point y of uniform noise of amplitude b around the point with coordinates centre."""
    return f"prod(i=1..N: {density(f'{coordinate} - {centre}', b)})"


def shared(one: str, other: str, b: str = "b") -> str:
    """Return the fraction of volume that two cubes of side 2b share, prod (1 - |f_i - g_i|/(2b))_+."""
    return f"prod(i=1..N: max(0, 1 - abs({one} - {other})/(2*{b})))"


_CO = "1 <= i, i <= N"
_LEVEL = f"hN: 0 <= N, hb: 0 < b, law: {PRODUCT}"
_NAMES = "N:int, on:obj, c:(i:int,y:real)->real, A Z:int->real, b:real"
_K = "pow(1/(2*b), N)"


def _inside(name: str, centre: str) -> str:
    return (f"{name}1: (all i:int | {_CO} => A(i) <= {centre} - b),"
            f" {name}2: (all i:int | {_CO} => {centre} + b <= Z(i))")


KERNEL_BOUNDS = Lemma(
    "mori_zwanzig.uniform_kernel_bounds", "The density of uniform noise in N coordinates lies between 0 and (2b)^(-N)",
    statement("all N:int, t:int->real, b:real | hN: 0 <= N, hb: 0 < b"
              f" => some | 0 <= prod(i=1..N: {density('t(i)')}), prod(i=1..N: {density('t(i)')}) <= {_K},"
              f" abs(prod(i=1..N: {density('t(i)')})) <= {_K}"),
    (
        intro("p0", f"all i:int | {_CO} => 0 <= {density('t(i)')}", "i1 i2",
              apply("d", "mori_zwanzig.uniform_density", t="t(i)", b="b"),
              obtain("z", "d", "f1 f2 f3 f4 f5 f6 f7", combine("y", facts="f2"))),
        intro("p1", f"all i:int | {_CO} => {density('t(i)')} <= 1/(2*b)", "i1 i2",
              apply("d", "mori_zwanzig.uniform_density", t="t(i)", b="b"),
              obtain("z", "d", "f1 f2 f3 f4 f5 f6 f7", combine("y", facts="f3"))),
        apply("a", "textbook.prod_nonneg", f=f"i -> {density('t(i)')}", a="1", b="N"),
        apply("m", "textbook.prod_mono", f=f"i -> {density('t(i)')}", g="i -> 1/(2*b)", a="1", b="N"),
        apply("k", "textbook.prod_const", c="1/(2*b)", n="N"),
        combine("u", f"prod(i=1..N: {density('t(i)')}) <= {_K}", "m k"),
        combine("n", f"-prod(i=1..N: {density('t(i)')}) <= {_K}", "u a"),
        apply("v", "ax.abs_le", x=f"prod(i=1..N: {density('t(i)')})", y=_K), witness("end"),
    ),
)

_BOTH = f"min({density('t - f(i)')},{density('t - g(i)')})"
_PAIR = f"min({density('c(i,y) - f(i)')},{density('c(i,y) - g(i)')})"


def _two(name: str, centre: str) -> Step:
    return intro(name, f"all i:int | {_CO} => {density(f'c(i,y) - {centre}')} = 0 or"
                       f" {density(f'c(i,y) - {centre}')} = 1/(2*b)", "i1 i2",
                 apply("d", "mori_zwanzig.uniform_density", t=f"c(i,y) - {centre}", b="b"),
                 obtain("z", "d", "f1 f2 f3 f4 f5 f6 f7", cases("y", "f1", "h", [either("x", "h")],
                                                               [either("x", "h")])))


CUBES = Lemma(
    "mori_zwanzig.cube_overlap", "Uniform laws on two cubes of side 2b share prod (1 - |f_i - g_i|/(2b))_+",
    statement(f"all {_NAMES}, f g:int->real | {_LEVEL}, {_inside('k', 'f(i)')}"
              f" => integral(y in on: min({kernel('f(i)')},{kernel('g(i)')})) = {shared('f(i)', 'g(i)')}"),
    (
        combine("b2", "0 < 2*b", "hb"), apply("rc", "ax.recip_pos", x="2*b"), combine("rn", "0 <= 1/(2*b)", "rc"),
        intro("pt", f"all y:real => min({kernel('f(i)')},{kernel('g(i)')}) = prod(i=1..N: {_PAIR})", "",
              _two("vf", "f(i)"), _two("vg", "g(i)"),
              apply("pm", "mori_zwanzig.prod_min", p=f"i -> {density('c(i,y) - f(i)')}",
                    r=f"i -> {density('c(i,y) - g(i)')}", v="1/(2*b)", N="N"), combine("z", facts="pm")),
        apply("e1", "cite.integral_equal", mu="on", f=f"y -> min({kernel('f(i)')},{kernel('g(i)')})",
              g=f"y -> prod(i=1..N: {_PAIR})"),
        intro("bd", f"all i:int, t:real => abs({_BOTH}) <= 1/(2*b)", "",
              apply("df", "mori_zwanzig.uniform_density", t="t - f(i)", b="b"),
              apply("dg", "mori_zwanzig.uniform_density", t="t - g(i)", b="b"),
              obtain("z", "df", "f1 f2 f3 f4 f5 f6 f7", obtain("y", "dg", "g1 g2 g3 g4 g5 g6 g7",
                     apply("lo", "ax.min_ge", x=density("t - f(i)"), y=density("t - g(i)"), z="0"),
                     apply("u1", "ax.min_left", x=density("t - f(i)"), y=density("t - g(i)")),
                     combine("u2", f"{_BOTH} <= 1/(2*b)", "u1 f3"), combine("u3", f"-{_BOTH} <= 1/(2*b)", "lo rc"),
                     apply("x", "ax.abs_le", x=_BOTH, y="1/(2*b)")))),
        apply("pl", "law", s=f"i, t -> {_BOTH}", C="1/(2*b)"),
        intro("one", f"all i:int | {_CO} => integral(t in leb(A(i),Z(i)): {_BOTH})"
              " = max(0, 1 - abs(f(i) - g(i))/(2*b))", "i1 i2",
              apply("q1", "k1", i="i"), apply("q2", "k2", i="i"),
              apply("z", "mori_zwanzig.uniform_overlap", f="f(i)", g="g(i)", b="b", A="A(i)", Z="Z(i)")),
        apply("pc", "textbook.prod_cong", f=f"i -> integral(t in leb(A(i),Z(i)): {_BOTH})",
              g="i -> max(0, 1 - abs(f(i) - g(i))/(2*b))", a="1", b="N"),
        combine("end", facts="e1 pl pc"),
    ),
)

MASS = Lemma(
    "mori_zwanzig.cube_mass", "Uniform noise on a cube inside the level has mass one",
    statement(f"all {_NAMES}, f:int->real | {_LEVEL}, {_inside('k', 'f(i)')}"
              f" => integral(y in on: {kernel('f(i)')}) = 1"),
    (
        apply("o", "mori_zwanzig.cube_overlap", N="N", on="on", c="i, y -> c(i,y)", A="i -> A(i)", Z="i -> Z(i)",
              b="b", f="i -> f(i)", g="i -> f(i)"),
        intro("pt", f"all y:real => min({kernel('f(i)')},{kernel('f(i)')}) = {kernel('f(i)')}", "",
              combine("s", f"{kernel('f(i)')} = {kernel('f(i)')}"),
              apply("z", "mori_zwanzig.min_same", p=kernel("f(i)"), r=kernel("f(i)"))),
        apply("e", "cite.integral_equal", mu="on", f=f"y -> min({kernel('f(i)')},{kernel('f(i)')})",
              g=f"y -> {kernel('f(i)')}"),
        intro("u", f"all i:int | {_CO} => max(0, 1 - abs(f(i) - f(i))/(2*b)) = 1", "i1 i2",
              combine("n2", "-(f(i) - f(i)) <= 0"),
              apply("n3", "ax.abs_le", x="f(i) - f(i)", y="0"), apply("n4", "textbook.abs_nonneg", x="f(i) - f(i)"),
              apply("n5", "ax.antisym", x="abs(f(i) - f(i))", y="0"),
              combine("v", "1 - abs(f(i) - f(i))/(2*b) = 1", "n5"),
              combine("v0", "0 <= 1"), combine("v1", "1 - abs(f(i) - f(i))/(2*b) <= 1", "v"),
              apply("m1", "ax.max_le", x="0", y="1 - abs(f(i) - f(i))/(2*b)", z="1"),
              apply("m2", "ax.max_right", x="0", y="1 - abs(f(i) - f(i))/(2*b)"),
              combine("m3", "1 <= max(0, 1 - abs(f(i) - f(i))/(2*b))", "m2 v"),
              apply("z", "ax.antisym", x="max(0, 1 - abs(f(i) - f(i))/(2*b))", y="1")),
        apply("pc", "textbook.prod_cong", f="i -> max(0, 1 - abs(f(i) - f(i))/(2*b))", g="i -> 1", a="1", b="N"),
        apply("p1", "textbook.prod_const", c="1", n="N"), apply("p2", "textbook.pow_one", n="N"),
        combine("w1", f"{shared('f(i)', 'f(i)')} = 1", "pc p1 p2"),
        combine("w2", f"integral(y in on: {kernel('f(i)')}) = {shared('f(i)', 'f(i)')}", "e o"),
        combine("end", facts="w1 w2"),
    ),
)

VOLUME = Lemma(
    "mori_zwanzig.box_volume", "The mass of a level is the product of its side lengths",
    statement(f"all N:int, on:obj, c:(i:int,y:real)->real, A Z:int->real | hN: 0 <= N, law: {PRODUCT},"
              f" le: (all i:int | {_CO} => A(i) <= Z(i)) => integral(y in on: 1) = prod(i=1..N: Z(i) - A(i))"),
    (
        intro("b1", "all i:int, t:real => abs(1) <= 1", "", apply("z", "ax.abs_le", x="1", y="1")),
        apply("l", "law", s="i, t -> 1", C="1"),
        apply("p1", "textbook.prod_const", c="1", n="N"), apply("p2", "textbook.pow_one", n="N"),
        intro("pt", "all y:real => 1 = prod(i=1..N: 1)", "", combine("z", facts="p1 p2")),
        apply("e", "cite.integral_equal", mu="on", f="y -> 1", g="y -> prod(i=1..N: 1)"),
        intro("one", f"all i:int | {_CO} => integral(t in leb(A(i),Z(i)): 1) = Z(i) - A(i)", "i1 i2",
              apply("q", "le", i="i"), apply("o", "textbook.integral_const", a="A(i)", b="Z(i)", c="1"),
              combine("z", facts="o")),
        apply("pc", "textbook.prod_cong", f="i -> integral(t in leb(A(i),Z(i)): 1)", g="i -> Z(i) - A(i)", a="1",
              b="N"),
        combine("end", facts="e l pc"),
    ),
)

LINE = Lemma(
    "mori_zwanzig.line_level", "An interval with Lebesgue measure is a level of one coordinate: the product law holds",
    statement("all a d:real => (all s:(i:int,t:real)->real, C:real | (all i:int, t:real => abs(s(i,t)) <= C)"
              " => integral(y in leb(a,d): prod(i=1..1: s(i,y))) = prod(i=1..1: integral(t in leb(a,d): s(i,t))))"),
    (
        intro("end", None, "hs",
              intro("pt", "all y:real => prod(i=1..1: s(i,y)) = s(1,y)", "",
                    apply("l", "ax.prod_last", f="i -> s(i,y)", a="1", b="1"),
                    apply("e", "ax.prod_empty", f="i -> s(i,y)", a="1", b="0"), combine("z", facts="l e", rounds=3)),
              apply("q", "cite.integral_equal", mu="leb(a,d)", f="y -> prod(i=1..1: s(i,y))", g="y -> s(1,y)"),
              apply("l", "ax.prod_last", f="i -> integral(t in leb(a,d): s(i,t))", a="1", b="1"),
              apply("e", "ax.prod_empty", f="i -> integral(t in leb(a,d): s(i,t))", a="1", b="0"),
              combine("z", facts="q l e", rounds=3)),
    ),
)

LEMMAS = (KERNEL_BOUNDS, CUBES, MASS, VOLUME, LINE)
