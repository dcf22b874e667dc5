"""Means under two Gaussian densities of equal deviation: they differ by at most 2 Phi(d/(2 sigma)) - 1.

No limit is taken: on every window [A, Z] around the middle of the centres the difference of the means of u, where
0 <= u <= w, is at most w times the mass of [-e, e] under the centred density, e >= d/2, which is 2 Phi(e/sigma) - 1.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, combine, intro, obtain, witness

_POS = "max(p(x) - r(x), 0)"

POSITIVE_PART = Lemma(
    "mori_zwanzig.positive_part", "Means of 0 <= u <= w under two densities differ by at most w times (p - r)_+",
    statement("all mu:obj, p r u:real->real, K w:real | hp: (all x:real => abs(p(x)) <= K), hr: (all x:real =>"
              " abs(r(x)) <= K), u0: (all x:real => 0 <= u(x)), u1: (all x:real => u(x) <= w)"
              f" => integral(x in mu: p(x)*u(x)) - integral(x in mu: r(x)*u(x)) <= w*integral(x in mu: {_POS})"),
    (
        intro("ub", "all x:real => abs(u(x)) <= w", "", apply("a", "u0", x="x"), apply("b", "u1", x="x"),
              combine("n", "-u(x) <= w", "a b"), apply("z", "ax.abs_le", x="u(x)", y="w")),
        apply("w1", "u0", x="0"), apply("w2", "u1", x="0"), combine("w0", "0 <= w", "w1 w2"),
        apply("pu", "mori_zwanzig.bounded_product", f="x -> p(x)", g="x -> u(x)", B="K", C="w"),
        apply("ru", "mori_zwanzig.bounded_product", f="x -> r(x)", g="x -> u(x)", B="K", C="w"),
        apply("li", "cite.integral_linear", "integral(x in mu: p(x)*u(x) - r(x)*u(x)) = 1*integral(x in mu: p(x)*u(x))"
              " + (-1)*integral(x in mu: r(x)*u(x))", mu="mu", f="x -> p(x)*u(x)", g="x -> r(x)*u(x)", s="1", t="-1",
              B="K*w", C="K*w"),
        intro("b1", "all x:real => abs(p(x)*u(x) - r(x)*u(x)) <= K*w + K*w", "", apply("a", "pu", x="x"),
              apply("b", "ru", x="x"), apply("c1", "ax.abs_ge", x="p(x)*u(x)"),
              apply("c2", "ax.abs_neg", x="p(x)*u(x)"),
              apply("c3", "ax.abs_ge", x="r(x)*u(x)"), apply("c4", "ax.abs_neg", x="r(x)*u(x)"),
              combine("u3", "p(x)*u(x) - r(x)*u(x) <= K*w + K*w", "a b c1 c4", degree=1),
              combine("u4", "-(p(x)*u(x) - r(x)*u(x)) <= K*w + K*w", "a b c2 c3", degree=1),
              apply("z", "ax.abs_le", x="p(x)*u(x) - r(x)*u(x)", y="K*w + K*w")),
        intro("b2", f"all x:real => abs({_POS}) <= K + K", "", apply("a", "hp", x="x"), apply("b", "hr", x="x"),
              apply("c1", "ax.abs_ge", x="p(x)"), apply("c4", "ax.abs_neg", x="r(x)"),
              apply("n1", "textbook.abs_nonneg", x="p(x)"),
              combine("k0", "0 <= K + K", "a n1"), combine("k1", "p(x) - r(x) <= K + K", "a b c1 c4", degree=1),
              apply("m", "ax.max_le", x="p(x) - r(x)", y="0", z="K + K"),
              apply("m0", "ax.max_right", x="p(x) - r(x)", y="0"),
              combine("m1", f"-{_POS} <= K + K", "m0 k0"), apply("z", "ax.abs_le", x=_POS, y="K + K")),
        intro("b3", f"all x:real => abs(w*{_POS}) <= w*(K + K)", "", apply("a", "b2", x="x"),
              combine("n", "-w <= w", "w0"), combine("o", "w <= w"), apply("aw", "ax.abs_le", x="w", y="w"),
              apply("z", "textbook.abs_mul_le", x="w", y=_POS, u="w", v="K + K")),
        intro("le", f"all x:real => p(x)*u(x) - r(x)*u(x) <= w*{_POS}", "", apply("a", "u0", x="x"),
              apply("b", "u1", x="x"), apply("m", "ax.max_left", x="p(x) - r(x)", y="0"),
              apply("m0", "ax.max_right", x="p(x) - r(x)", y="0"),
              combine("l1", f"(p(x) - r(x))*u(x) <= {_POS}*u(x)", "m a"),
              combine("l2", f"{_POS}*u(x) <= {_POS}*w", "m0 b"), combine("z", facts="l1 l2", degree=1)),
        apply("m", "cite.integral_monotone", mu="mu", f="x -> p(x)*u(x) - r(x)*u(x)", g=f"x -> w*{_POS}",
              B="K*w + K*w", C="w*(K + K)"),
        apply("s", "mori_zwanzig.integral_scale", mu="mu", f=f"x -> {_POS}", c="w", B="K + K"),
        combine("end", facts="m s li", degree=1),
    ),
)


def gauss(t: str) -> str:
    """Return the centred Gaussian density of deviation s at t, c standing for sqrt(2 pi)."""
    return f"exp(-(({t})*({t}))/(2*s*s))/(c*s)"


_K = "1/(c*s)"

GAUSS_BOUNDS = Lemma(
    "mori_zwanzig.gauss_bounds", "The Gaussian density lies between 0 and 1/(c s)",
    statement(f"all t s c:real | hs: 0 < s, hc: 0 < c => some | 0 <= {gauss('t')}, abs({gauss('t')}) <= {_K}"),
    (
        combine("cs", "0 < c*s", "hs hc"), apply("rc", "ax.recip_pos", x="c*s"), combine("ss", "0 < 2*s*s", "hs"),
        apply("r2", "ax.recip_pos", x="2*s*s"), apply("p", "ax.exp_pos", a="-(t*t)/(2*s*s)"),
        apply("m", "ax.exp_zero"), combine("sg", "0 <= t*t", squares=("t",)),
        combine("le", "-(t*t)/(2*s*s) <= 0", "sg r2"), apply("mo", "textbook.exp_mono", x="-(t*t)/(2*s*s)", y="0"),
        combine("u0", f"0 <= {gauss('t')}", "p rc"), combine("u1", f"{gauss('t')} <= {_K}", "mo m rc"),
        combine("u2", f"-({gauss('t')}) <= {_K}", "p rc"), apply("u3", "ax.abs_le", x=gauss("t"), y=_K),
        witness("end"),
    ),
)

_MID = "((m + k)/2)"
_E = "((k - m)/2)"


def _mass(low: str, high: str) -> str:
    return f"integral(x in leb({low},{high}): {gauss('x')})"


BETWEEN = Lemma(
    "mori_zwanzig.gauss_between", "The Gaussian density is larger around the nearer centre",
    statement(f"all x f g s c:real | hs: 0 < s, hc: 0 < c, h: (x - f)*(x - f) <= (x - g)*(x - g)"
              f" => {gauss('x - g')} <= {gauss('x - f')}"),
    (
        combine("cs", "0 < c*s", "hs hc"), apply("rc", "ax.recip_pos", x="c*s"), combine("ss", "0 < 2*s*s", "hs"),
        apply("r2", "ax.recip_pos", x="2*s*s"),
        combine("le", "-((x - g)*(x - g))/(2*s*s) <= -((x - f)*(x - f))/(2*s*s)", "h r2"),
        apply("mo", "textbook.exp_mono", x="-((x - g)*(x - g))/(2*s*s)", y="-((x - f)*(x - f))/(2*s*s)"),
        combine("end", facts="mo rc"),
    ),
)

SPLIT = Lemma(
    "mori_zwanzig.gauss_split", "Masses of intervals under the Gaussian density add and are not negative",
    statement("all a b d s c:real | hs: 0 < s, hc: 0 < c, h1: a <= b, h2: b <= d => some |"
              f" {_mass('a', 'd')} = {_mass('a', 'b')} + {_mass('b', 'd')}, 0 <= {_mass('a', 'b')},"
              f" 0 <= {_mass('b', 'd')}"),
    (
        intro("gb", f"all x:real => abs({gauss('x')}) <= {_K}", "",
              apply("q", "mori_zwanzig.gauss_bounds", t="x", s="s", c="c"),
              obtain("z", "q", "a1 a2", combine("y", facts="a2"))),
        intro("gn", f"all x:real => 0 <= {gauss('x')}", "",
              apply("q", "mori_zwanzig.gauss_bounds", t="x", s="s", c="c"),
              obtain("z", "q", "a1 a2", combine("y", facts="a1"))),
        apply("sp", "cite.interval_split", f=f"x -> {gauss('x')}", a="a", b="b", c="d", B=_K),
        apply("n1", "mori_zwanzig.integral_nonneg", mu="leb(a,b)", f=f"x -> {gauss('x')}", B=_K),
        apply("n2", "mori_zwanzig.integral_nonneg", mu="leb(b,d)", f=f"x -> {gauss('x')}", B=_K),
        witness("end"),
    ),
)

_HEAD = ("all m k s c A Z e w:real, u:real->real | hs: 0 < s, hc: 0 < c, mk: m <= k, hA: A <= (m + k)/2,"
         " hZ: (m + k)/2 <= Z, he: (k - m)/2 <= e, u0: (all x:real => 0 <= u(x)), u1: (all x:real => u(x) <= w)")


def _difference(first: str, second: str) -> str:
    return (f"integral(x in leb(A,Z): {gauss(f'x - {first}')}*u(x))"
            f" - integral(x in leb(A,Z): {gauss(f'x - {second}')}*u(x))")


def _moved(name: str, centre: str, low: str, high: str) -> Step:
    """The mass of [low, high] under the density around a centre is that of the moved interval."""
    return apply(name, "cite.translation", f"integral(x in leb({low},{high}): {gauss(f'x - {centre}')})"
                 f" = {_mass(f'{low} - {centre}', f'{high} - {centre}')}", f=f"x -> {gauss('x')}", a=low, b=high,
                 c=f"-{centre}")


def _window(near: str, far: str, low: str, high: str, off: tuple[str, str]) -> tuple[Step, ...]:
    """`main`: the difference is at most w times the masses of [low, high] around `near` less those around `far`.

    On (low, high) the density around `near` is the larger one, on the interval `off` the smaller one.
    """
    pos = f"max({gauss(f'x - {near}')} - {gauss(f'x - {far}')}, 0)"
    rest = f"{gauss(f'x - {near}')} - {gauss(f'x - {far}')}"
    return (
        *(intro(f"b{t}", f"all x:real => abs({gauss(f'x - {t}')}) <= {_K}", "",
                apply("q", "mori_zwanzig.gauss_bounds", t=f"x - {t}", s="s", c="c"),
                obtain("z", "q", "a1 a2", combine("y", facts="a2"))) for t in "mk"),
        apply("pp", "mori_zwanzig.positive_part", mu="leb(A,Z)", p=f"x -> {gauss(f'x - {near}')}",
              r=f"x -> {gauss(f'x - {far}')}", u="x -> u(x)", K=_K, w="w"),
        intro("pb", f"all x:real => abs({pos}) <= {_K} + {_K}", "", apply("q1", f"b{near}", x="x"),
              apply("q2", f"b{far}", x="x"), apply("c1", "ax.abs_ge", x=gauss(f"x - {near}")),
              apply("c4", "ax.abs_neg", x=gauss(f"x - {far}")), apply("c5", "textbook.abs_nonneg",
                                                                    x=gauss(f"x - {near}")),
              combine("k0", f"0 <= {_K} + {_K}", "q1 c5"), combine("k1", f"{rest} <= {_K} + {_K}", "q1 q2 c1 c4",
                                                                  degree=1),
              apply("mx", "ax.max_le", x=rest, y="0", z=f"{_K} + {_K}"), apply("m0", "ax.max_right", x=rest, y="0"),
              combine("m1", f"-{pos} <= {_K} + {_K}", "m0 k0"), apply("z", "ax.abs_le", x=pos, y=f"{_K} + {_K}")),
        apply("sp", "cite.interval_split", f=f"x -> {pos}", a="A", b=_MID, c="Z", B=f"{_K} + {_K}"),
        intro("on", f"all x:real | {low} < x, x < {high} => {pos} = {rest}", "x1 x2",
              combine("sq", f"(x - {near})*(x - {near}) <= (x - {far})*(x - {far})",
                      f"mk {'x2' if near == 'm' else 'x1'}"),
              apply("o", "mori_zwanzig.gauss_between", x="x", f=near, g=far, s="s", c="c"),
              combine("p", f"0 <= {rest}", "o"), combine("rf", f"{rest} <= {rest}"),
              apply("m1", "ax.max_le", x=rest, y="0", z=rest), apply("m2", "ax.max_left", x=rest, y="0"),
              apply("z", "ax.antisym", x=pos, y=rest)),
        intro("no", f"all x:real | {off[0]} < x, x < {off[1]} => {pos} = 0", "x1 x2",
              combine("sq", f"(x - {far})*(x - {far}) <= (x - {near})*(x - {near})",
                      f"mk {'x1' if near == 'm' else 'x2'}"),
              apply("o", "mori_zwanzig.gauss_between", x="x", f=far, g=near, s="s", c="c"),
              combine("p", f"{rest} <= 0", "o"), combine("rf", "0 <= 0"),
              apply("m1", "ax.max_le", x=rest, y="0", z="0"), apply("m2", "ax.max_right", x=rest, y="0"),
              apply("z", "ax.antisym", x=pos, y="0")),
        apply("e1", "cite.equal_inside", f=f"x -> {pos}", g=f"x -> {rest}", a=low, b=high),
        apply("e2", "cite.equal_inside", f=f"x -> {pos}", g="x -> 0", a=off[0], b=off[1]),
        apply("o2", "textbook.integral_const", a=off[0], b=off[1], c="0"),
        apply("li", "cite.integral_linear", f"integral(x in leb({low},{high}): {rest})"
              f" = 1*integral(x in leb({low},{high}): {gauss(f'x - {near}')})"
              f" + (-1)*integral(x in leb({low},{high}): {gauss(f'x - {far}')})", mu=f"leb({low},{high})",
              f=f"x -> {gauss(f'x - {near}')}", g=f"x -> {gauss(f'x - {far}')}", s="1", t="-1", B=_K, C=_K),
        _moved("tn", near, low, high), _moved("tf", far, low, high),
        apply("w1", "u0", x="0"), apply("w2", "u1", x="0"), combine("w0", "0 <= w", "w1 w2"),
        combine("e0", f"0 <= {_E}", "mk"), combine("e9", f"-{_E} <= {_E}", "e0"),
        combine("f1", "-e <= -((k - m)/2)", "he"), combine("f2", "-e <= (k - m)/2", "he mk"),
        apply("s3", "mori_zwanzig.gauss_split", a="-e", b=f"-{_E}", d=_E, s="s", c="c"),
        apply("s4", "mori_zwanzig.gauss_split", a="-e", b=_E, d="e", s="s", c="c"),
    )


def _end(near: str, one: tuple[str, str, str], two: tuple[str, str, str], low: str, high: str) -> tuple[Step, ...]:
    """Add up: two ways to split the same interval, then the centred interval inside [-e, e]."""
    far = "k" if near == "m" else "m"
    return (
        apply("s1", "mori_zwanzig.gauss_split", a=one[0], b=one[1], d=one[2], s="s", c="c"),
        apply("s2", "mori_zwanzig.gauss_split", a=two[0], b=two[1], d=two[2], s="s", c="c"),
        obtain("end", "s1", "a1 a2 a3", obtain("y2", "s2", "d1 d2 d3", obtain("y3", "s3", "g1 g2 g3", obtain(
            "y4", "s4", "h1 h2 h3",
            combine("v1", f"{_mass(f'{low} - {near}', f'{high} - {near}')}"
                          f" - {_mass(f'{low} - {far}', f'{high} - {far}')} <= {_mass(f'-{_E}', _E)}",
                    f"a1 d1 {'d2' if near == 'm' else 'd3'}", degree=1),
            combine("v2", f"{_mass(f'-{_E}', _E)} <= {_mass('-e', 'e')}", "g1 g2 h1 h3", degree=1),
            combine("v3", f"w*({_mass(f'{low} - {near}', f'{high} - {near}')}"
                          f" - {_mass(f'{low} - {far}', f'{high} - {far}')}) <= w*{_mass('-e', 'e')}", "v1 v2 w0"),
            combine("x", facts="pp sp e1 e2 o2 li tn tf v3", rounds=4))))),
    )


LEFT = Lemma(
    "mori_zwanzig.gauss_left", "The mean around the lower centre exceeds the other by 2 Phi - 1 at most",
    statement(f"{_HEAD} => {_difference('m', 'k')} <= w*{_mass('-e', 'e')}"),
    (*_window("m", "k", "A", _MID, (_MID, "Z")),
     *_end("m", ("A - k", f"-{_E}", _E), ("A - k", "A - m", _E), "A", _MID)),
)

RIGHT = Lemma(
    "mori_zwanzig.gauss_right", "The mean around the upper centre exceeds the other by 2 Phi - 1 at most",
    statement(f"{_HEAD} => {_difference('k', 'm')} <= w*{_mass('-e', 'e')}"),
    (*_window("k", "m", _MID, "Z", ("A", _MID)),
     *_end("k", (f"-{_E}", _E, "Z - m"), (f"-{_E}", "Z - k", "Z - m"), _MID, "Z")),
)

LEMMAS = (POSITIVE_PART, GAUSS_BOUNDS, BETWEEN, SPLIT, LEFT, RIGHT)
