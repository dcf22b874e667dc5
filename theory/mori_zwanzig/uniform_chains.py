"""Layers of uniform noise, one and many: oscillation and plain squared norm of conditional expectations.

Level l is a measure om(l) that is the product of Lebesgue measures on [A(l, i), Z(l, i)] in coordinates c(l, i, y); the
layer from level l has the mean F(l, i, x) in coordinate i and noise of amplitude b(l + 1), and level l + 1 contains the
cube of side 2 b(l + 1) around every F(l, ., x). The functions h(l, .) are conditional expectations: h(l, x) is the
integral of the kernel at x times h(l + 1, .) over om(l + 1). Nothing else is assumed of a layer.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, combine, induct, intro, obtain
from theory.mori_zwanzig.uniform_kernels import PRODUCT, product_law
from theory.mori_zwanzig.uniform_layers import kernel, shared

_CO = "1 <= i, i <= N"
_AXES = {"N": "N", "on": "on", "c": "i, y -> c(i,y)", "A": "i -> A(i)", "Z": "i -> Z(i)", "b": "b"}
_LEVEL = f"hN: 0 <= N, hb: 0 < b, law: {PRODUCT}"
_NAMES = "N:int, on:obj, c:(i:int,y:real)->real, A Z:int->real, b:real"
_INSIDE = (f"in1: (all i:int, x:real | {_CO} => A(i) <= F(i,x) - b),"
           f" in2: (all i:int, x:real | {_CO} => F(i,x) + b <= Z(i))")
_K = "pow(1/(2*b), N)"


def _mean(centre: str) -> str:
    return f"integral(y in on: {kernel(centre)}*u(y))"


def _cube(name: str, centre: str) -> tuple[Step, ...]:
    """The cube around `centre` lies in the level: mass one (fact m), bounded kernel (fact b)."""
    return (
        apply(f"{name}m", "mori_zwanzig.cube_mass", **_AXES, f=f"i -> {centre}"),
        intro(f"{name}b", f"all y:real => abs({kernel(centre)}) <= {_K}", "",
              apply("k", "mori_zwanzig.uniform_kernel_bounds", N="N", t=f"i -> c(i,y) - {centre}", b="b"),
              obtain("z", "k", "k0 k1 k2", combine("y", facts="k2"))),
    )


CENTRES = Lemma(
    "mori_zwanzig.two_centres", "Means under uniform noise around f and g differ by the volume not shared",
    statement(f"all {_NAMES}, f g:int->real, u:real->real, U w:real | {_LEVEL},"
              f" f1: (all i:int | {_CO} => A(i) <= f(i) - b), f2: (all i:int | {_CO} => f(i) + b <= Z(i)),"
              f" g1: (all i:int | {_CO} => A(i) <= g(i) - b), g2: (all i:int | {_CO} => g(i) + b <= Z(i)),"
              " hu: (all x:real => abs(u(x)) <= U), osc: (all y z:real => u(y) - u(z) <= w)"
              f" => {_mean('f(i)')} - {_mean('g(i)')} <= (1 - {shared('f(i)', 'g(i)')})*w"),
    (
        *_cube("f", "f(i)"), *_cube("g", "g(i)"),
        apply("ov", "mori_zwanzig.cube_overlap", **_AXES, f="i -> f(i)", g="i -> g(i)"),
        apply("me", "mori_zwanzig.means_differ_integrals", mu="on", p=f"y -> {kernel('f(i)')}",
              r=f"y -> {kernel('g(i)')}", u="y -> u(y)", K=_K, U="U", w="w"),
        combine("end", facts="me ov"),
    ),
)

_LEAST = "prod(i=1..N: max(0, 1 - D(i)/(2*b)))"

LAYER_OSCILLATION = Lemma(
    "mori_zwanzig.layer_oscillation", "A layer of uniform noise shrinks oscillations by 1 - prod (1 - D_i/2b)_+",
    statement(f"all {_NAMES}, F:(i:int,x:real)->real, D:int->real, u:real->real, U w:real | {_LEVEL}, {_INSIDE},"
              f" hD: (all i:int, x z:real | {_CO} => abs(F(i,x) - F(i,z)) <= D(i)),"
              " hu: (all x:real => abs(u(x)) <= U), osc: (all y z:real => u(y) - u(z) <= w)"
              f" => (all x z:real => {_mean('F(i,x)')} - {_mean('F(i,z)')} <= (1 - {_LEAST})*w)"),
    (
        combine("b2", "0 < 2*b", "hb"), apply("rb", "ax.recip_pos", x="2*b"),
        apply("o0", "osc", y="0", z="0"), combine("w0", "0 <= w", "o0"),
        intro("end", None, "",
              *(intro(f"k{n}{s}", f"all i:int | {_CO} => {text}", "i1 i2", apply("z", f"in{n}", i="i", x=s))
                for s in "xz" for n, text in ((1, f"A(i) <= F(i,{s}) - b"), (2, f"F(i,{s}) + b <= Z(i)"))),
              apply("me", "mori_zwanzig.two_centres", **_AXES, f="i -> F(i,x)", g="i -> F(i,z)", u="y -> u(y)", U="U",
                    w="w"),
              intro("ge", f"all i:int | {_CO} => 0 <= max(0, 1 - D(i)/(2*b))", "i1 i2",
                    apply("z1", "ax.max_left", x="0", y="1 - D(i)/(2*b)")),
              intro("le", f"all i:int | {_CO} => max(0, 1 - D(i)/(2*b)) <= max(0, 1 - abs(F(i,x) - F(i,z))/(2*b))",
                    "i1 i2", apply("d", "hD", i="i", x="x", z="z"),
                    apply("m0", "ax.max_left", x="0", y="1 - abs(F(i,x) - F(i,z))/(2*b)"),
                    apply("m1", "ax.max_right", x="0", y="1 - abs(F(i,x) - F(i,z))/(2*b)"),
                    combine("d1", "abs(F(i,x) - F(i,z))/(2*b) <= D(i)/(2*b)", "d rb"),
                    combine("m2", "1 - D(i)/(2*b) <= max(0, 1 - abs(F(i,x) - F(i,z))/(2*b))", "d1 m1"),
                    apply("z1", "ax.max_le", x="0", y="1 - D(i)/(2*b)", z="max(0, 1 - abs(F(i,x) - F(i,z))/(2*b))")),
              apply("pm", "textbook.prod_mono", f="i -> max(0, 1 - D(i)/(2*b))",
                    g="i -> max(0, 1 - abs(F(i,x) - F(i,z))/(2*b))", a="1", b="N"),
              combine("pw", f"{_LEAST}*w <= {shared('F(i,x)', 'F(i,z)')}*w", "pm w0"),
              combine("end1", facts="me pw")),
    ),
)

_MU = f"integral(y in on: {kernel('F(i,x)')}*u(y))"

LAYER_NORM = Lemma(
    "mori_zwanzig.layer_norm", "A layer of uniform noise on a level of volume at most V has squared norm V/(2b)^N",
    statement(f"all {_NAMES}, om:obj, F:(i:int,x:real)->real, u:real->real, U V:real | {_LEVEL}, {_INSIDE},"
              " vol: integral(x in om: 1) <= V, hu: (all x:real => abs(u(x)) <= U)"
              f" => integral(x in om: {_MU}*{_MU}) <= V*{_K}*integral(y in on: u(y)*u(y))"),
    (
        combine("b2", "0 < 2*b", "hb"), apply("rb", "ax.recip_pos", x="2*b"), combine("rn", "0 <= 1/(2*b)", "rb"),
        apply("kp", "textbook.pow_nonneg", x="1/(2*b)", n="N"),
        intro("kb", f"all x y:real => abs({kernel('F(i,x)')}) <= {_K}", "",
              apply("k", "mori_zwanzig.uniform_kernel_bounds", N="N", t="i -> c(i,y) - F(i,x)", b="b"),
              obtain("z", "k", "k0 k1 k2", combine("t", facts="k2"))),
        intro("kn", f"all x y:real => 0 <= {kernel('F(i,x)')}", "",
              apply("k", "mori_zwanzig.uniform_kernel_bounds", N="N", t="i -> c(i,y) - F(i,x)", b="b"),
              obtain("z", "k", "k0 k1 k2", combine("t", facts="k0"))),
        intro("one", f"all x:real => integral(y in on: {kernel('F(i,x)')}) = 1", "",
              intro("k1", f"all i:int | {_CO} => A(i) <= F(i,x) - b", "i1 i2", apply("z", "in1", i="i", x="x")),
              intro("k2", f"all i:int | {_CO} => F(i,x) + b <= Z(i)", "i1 i2", apply("z", "in2", i="i", x="x")),
              apply("z", "mori_zwanzig.cube_mass", **_AXES, f="i -> F(i,x)")),
        intro("col", f"all y:real => integral(x in om: {kernel('F(i,x)')}) <= V*{_K}", "",
              intro("w", f"all x:real => abs({kernel('F(i,x)')}) <= {_K}", "", apply("z", "kb", x="x", y="y")),
              apply("b1", "mori_zwanzig.integral_bounded", mu="om", f=f"x -> {kernel('F(i,x)')}", B=_K),
              apply("b3", "ax.abs_ge", x=f"integral(x in om: {kernel('F(i,x)')})"),
              combine("v", f"{_K}*integral(x in om: 1) <= V*{_K}", "vol kp"),
              combine("z", facts="b1 b3 v", degree=1)),
        apply("sc", "mori_zwanzig.schur_integrals", om="om", on="on", k=f"x, y -> {kernel('F(i,x)')}",
              u="y -> u(y)", K=_K, U="U", Z=f"V*{_K}"),
        obtain("end", "sc", "s1 s2", combine("z", facts="s1")),
    ),
)

_AT = "0 <= l, l <= L - 1"
_ON = "0 <= l, l <= L"


def kernel_of(level: str) -> str:
    """Return the transition density of the layer from `level`, at the states x and y."""
    return kernel(f"F({level},i,x)", f"c({level}+1,i,y)", f"b({level}+1)")


def coefficient(level: str) -> str:
    """Return the bound 1 - prod (1 - D_i/(2b))_+ on Dobrushin's coefficient of the layer from `level`."""
    return f"(1 - prod(i=1..N: max(0, 1 - D({level},i)/(2*b({level}+1)))))"


CHAIN_NAMES = ("L N:int, om:int->obj, c F:(l:int,i:int,y:real)->real, A Z:(l:int,i:int)->real, b:int->real,"
               " h:(l:int,x:real)->real")
LEVELS = f"(all l:int | {_ON} => {product_law('om(l)', 'c(l,i,y)', 'A(l,i)', 'Z(l,i)')})"
NOISE = f"(all l:int | {_AT} => 0 < b(l+1))"
LOW = f"(all l i:int, x:real | {_AT}, {_CO} => A(l+1,i) <= F(l,i,x) - b(l+1))"
HIGH = f"(all l i:int, x:real | {_AT}, {_CO} => F(l,i,x) + b(l+1) <= Z(l+1,i))"
BACKWARD = f"(all l:int, x:real | {_AT} => h(l,x) = integral(y in om(l+1): {kernel_of('l')}*h(l+1,y)))"
BOUNDED = "(all x:real => abs(h(L,x)) <= U)"
_CHAIN = (f"hN: 0 <= N, law: {LEVELS}, hb: {NOISE}, in1: {LOW}, in2: {HIGH}, hh: {BACKWARD},"
          f" hu: {BOUNDED}")
CHAIN = {"L": "L", "N": "N", "om": "l -> om(l)", "c": "l, i, y -> c(l,i,y)", "F": "l, i, y -> F(l,i,y)",
         "A": "l, i -> A(l,i)", "Z": "l, i -> Z(l,i)", "b": "l -> b(l)", "h": "l, x -> h(l,x)"}

MEANS_BOUNDED = Lemma(
    "mori_zwanzig.means_bounded", "Conditional expectations of a bounded function are bounded by the same number",
    statement(f"all {CHAIN_NAMES}, U:real | {_CHAIN} => (all l:int, x:real | {_ON} => abs(h(l,x)) <= U)"),
    (
        induct("I", "all k:int | 0 <= k => (all | k <= L => (all x:real => abs(h(L - k,x)) <= U))", "hk ih",
               [intro("z", None, "h0", intro("y", None, "", apply("w", "hu", x="x")))],
               [intro("z", None, "h0", apply("v", "ih"),
                      intro("y", None, "",
                            apply("lw", "law", l="L - k"), apply("bb", "hb", l="L - k - 1"),
                            intro("k1", f"all i:int | {_CO} => A(L - k,i) <= F(L - k - 1,i,x) - b(L - k)", "i1 i2",
                                  apply("t", "in1", l="L - k - 1", i="i", x="x")),
                            intro("k2", f"all i:int | {_CO} => F(L - k - 1,i,x) + b(L - k) <= Z(L - k,i)", "i1 i2",
                                  apply("t", "in2", l="L - k - 1", i="i", x="x")),
                            apply("on", "mori_zwanzig.cube_mass", N="N", on="om(L - k)", c="i, y -> c(L - k,i,y)",
                                  A="i -> A(L - k,i)", Z="i -> Z(L - k,i)", b="b(L - k)",
                                  f="i -> F(L - k - 1,i,x)"),
                            intro("kb", f"all y:real => abs({kernel('F(L - k - 1,i,x)', 'c(L - k,i,y)', 'b(L - k)')})"
                                  " <= pow(1/(2*b(L - k)), N)", "",
                                  apply("k", "mori_zwanzig.uniform_kernel_bounds", N="N",
                                        t="i -> c(L - k,i,y) - F(L - k - 1,i,x)", b="b(L - k)"),
                                  obtain("t", "k", "q0 q1 q2", combine("s", facts="q2"))),
                            intro("kn", f"all y:real => 0 <= {kernel('F(L - k - 1,i,x)', 'c(L - k,i,y)', 'b(L - k)')}",
                                  "", apply("k", "mori_zwanzig.uniform_kernel_bounds", N="N",
                                            t="i -> c(L - k,i,y) - F(L - k - 1,i,x)", b="b(L - k)"),
                                  obtain("t", "k", "q0 q1 q2", combine("s", facts="q0"))),
                            apply("m", "mori_zwanzig.mean_bound", mu="om(L - k)",
                                  g=f"y -> {kernel('F(L - k - 1,i,x)', 'c(L - k,i,y)', 'b(L - k)')}",
                                  u="y -> h(L - k,y)", G="pow(1/(2*b(L - k)), N)", U="U"),
                            apply("e", "hh", l="L - k - 1", x="x"),
                            apply("cg", "ax.cong", f="t -> abs(t)", x="h(L - k - 1,x)",
                                  y=f"integral(y in om(L - k): "
                                    f"{kernel('F(L - k - 1,i,x)', 'c(L - k,i,y)', 'b(L - k)')}*h(L - k,y))"),
                            combine("w", facts="m cg")))]),
        intro("end", None, "l1 l2", apply("j1", "I", k="L - l"), apply("j2", "j1"), apply("z", "j2", x="x")),
    ),
)

DELTAS = "prod(l={0}..L - 1: " + coefficient("l") + ")"
RANGES = f"(all l i:int, x z:real | {_AT}, {_CO} => abs(F(l,i,x) - F(l,i,z)) <= D(l,i))"
_LAYER = {"N": "N", "on": "om(k+1)", "c": "i, y -> c(k+1,i,y)", "A": "i -> A(k+1,i)", "Z": "i -> Z(k+1,i)",
          "b": "b(k+1)", "F": "i, x -> F(k,i,x)", "u": "y -> h(k+1,y)", "U": "U"}


def _spread(level: str, bound: str) -> str:
    return f"(all x z:real => h({level},x) - h({level},z) <= {bound})"


def _of_layer(level: str, following: str) -> tuple[Step, ...]:
    """Facts about one layer of the chain: law of the next level, amplitude, the cubes inside it, bounded means."""
    return (
        apply("lw", "law", l=following), apply("bb", "hb", l=level),
        intro("k1", f"all i:int, x:real | {_CO} => A({following},i) <= F({level},i,x) - b({following})", "i1 i2",
              apply("t", "in1", l=level, i="i", x="x")),
        intro("k2", f"all i:int, x:real | {_CO} => F({level},i,x) + b({following}) <= Z({following},i)", "i1 i2",
              apply("t", "in2", l=level, i="i", x="x")),
        intro("ub", f"all x:real => abs(h({following},x)) <= U", "", apply("t", "mb", l=following, x="x")),
    )


_OSC_AT = f"all k:int | 0 <= k => (all | k <= L => {_spread('L - k', DELTAS.format('L - k') + '*w')})"
_BELOW = {key: value.replace("k+1", "L - k").replace("(k,", "(L - k - 1,") for key, value in _LAYER.items()}

CHAIN_OSCILLATION = Lemma(
    "mori_zwanzig.chain_oscillation", "Through all layers oscillations shrink by the product of the coefficients",
    statement(f"all {CHAIN_NAMES}, D:(l:int,i:int)->real, U w:real | {_CHAIN}, hD: {RANGES}, osc: {_spread('L', 'w')}"
              f" => (all k:int | 0 <= k, k <= L => {_spread('k', DELTAS.format('k') + '*w')})"),
    (
        apply("mb", "mori_zwanzig.means_bounded", **CHAIN, U="U"),
        induct("I", _OSC_AT, "hk ih",
               [intro("z", None, "h0", apply("e", "ax.prod_empty", f=f"l -> {coefficient('l')}", a="L", b="L - 1"),
                      intro("y", None, "", apply("s", "osc", x="x", z="z"), combine("t", facts="s e", degree=1)))],
               [intro("z", None, "h0", apply("v", "ih"), *_of_layer("L - k - 1", "L - k"),
                      intro("dk", f"all i:int, x z:real | {_CO} => abs(F(L - k - 1,i,x) - F(L - k - 1,i,z))"
                            " <= D(L - k - 1,i)", "i1 i2", apply("t", "hD", l="L - k - 1", i="i", x="x", z="z")),
                      apply("lo", "mori_zwanzig.layer_oscillation", **_BELOW, D="i -> D(L - k - 1,i)",
                            w=DELTAS.format("L - k") + "*w"),
                      apply("e", "mori_zwanzig.prod_first", f=f"l -> {coefficient('l')}", a="L - k - 1", b="L - 1"),
                      intro("y", None, "", apply("s", "lo", x="x", z="z"), apply("ex", "hh", l="L - k - 1", x="x"),
                            apply("ez", "hh", l="L - k - 1", x="z"), combine("t", facts="s ex ez e", rounds=3)))]),
        intro("end", None, "k1 k2", apply("j1", "I", k="L - k"), apply("z", "j1")),
    ),
)

_SQUARE = "integral(x in om({0}): h({0},x)*h({0},x))"
SIDES = f"(all l i:int | {_AT}, {_CO} => A(l,i) <= Z(l,i))"
VOLUMES = f"(all l:int | {_AT} => prod(i=1..N: Z(l,i) - A(l,i)) <= kappa*pow(2*b(l+1), N))"

CHAIN_NORM = Lemma(
    "mori_zwanzig.chain_norm", "Levels of volume at most kappa (2b)^N: squared norms shrink by kappa in every layer",
    statement(f"all {CHAIN_NAMES}, kappa U:real | hL: 0 <= L, {_CHAIN}, side: {SIDES},"
              f" k0: 0 <= kappa, vol: {VOLUMES} => {_SQUARE.format('0')} <= pow(kappa, L)*{_SQUARE.format('L')}"),
    (
        apply("mb", "mori_zwanzig.means_bounded", **CHAIN, U="U"),
        intro("A", f"all k:int | 0 <= k, k <= L - 1 => {_SQUARE.format('k')} <= kappa*{_SQUARE.format('k+1')}",
              "l1 l2", *_of_layer("k", "k+1"), apply("l0", "law", l="k"),
              intro("sd", f"all i:int | {_CO} => A(k,i) <= Z(k,i)", "i1 i2", apply("t", "side", l="k", i="i")),
              apply("bv", "mori_zwanzig.box_volume", N="N", on="om(k)", c="i, y -> c(k,i,y)", A="i -> A(k,i)",
                    Z="i -> Z(k,i)"),
              apply("v", "vol", l="k"), combine("mass", "integral(x in om(k): 1) <= kappa*pow(2*b(k+1), N)", "bv v"),
              apply("n", "mori_zwanzig.layer_norm", **_LAYER, om="om(k)", V="kappa*pow(2*b(k+1), N)"),
              combine("b2", "0 < 2*b(k+1)", "bb"), combine("id", "2*b(k+1)*(1/(2*b(k+1))) = 1", "b2", rounds=3),
              apply("pm", "textbook.pow_mul", x="2*b(k+1)", y="1/(2*b(k+1))", n="N"),
              apply("cg", "ax.cong", f="t -> pow(t, N)", x="2*b(k+1)*(1/(2*b(k+1)))", y="1"),
              apply("p1", "textbook.pow_one", n="N"),
              combine("un", "pow(2*b(k+1), N)*pow(1/(2*b(k+1)), N) = 1", "pm cg p1"),
              intro("sq", "all x:real => h(k,x)*h(k,x) = "
                    + "*".join(2 * [f"integral(y in om(k+1): {kernel_of('k')}*h(k+1,y))"]), "",
                    apply("e", "hh", l="k", x="x"), combine("t", facts="e", rounds=3)),
              apply("eq", "cite.integral_equal", mu="om(k)", f="x -> h(k,x)*h(k,x)", g="x -> "
                    + "*".join(2 * [f"integral(y in om(k+1): {kernel_of('k')}*h(k+1,y))"])),
              combine("t", facts="n eq un", rounds=3)),
        induct("C", f"all k:int | 0 <= k => (all | k <= L => {_SQUARE.format('0')} <="
                    f" pow(kappa, k)*{_SQUARE.format('k')})", "hk ih",
               [intro("z", None, "h0", apply("e", "ax.pow_zero", b="kappa"), combine("y", facts="e"))],
               [intro("z", None, "h0", apply("u", "ih"), apply("a", "A", k="k"),
                      apply("e", "ax.pow_succ", b="kappa", n="k"), apply("p", "textbook.pow_nonneg", x="kappa", n="k"),
                      combine("m", f"pow(kappa, k)*{_SQUARE.format('k')} <="
                                   f" pow(kappa, k)*(kappa*{_SQUARE.format('k + 1')})", "a p"),
                      combine("y", facts="u m e", degree=1, rounds=3))]),
        apply("D", "C", k="L"), apply("end", "D"),
    ),
)

LEMMAS = (CENTRES, LAYER_OSCILLATION, LAYER_NORM, MEANS_BOUNDED, CHAIN_OSCILLATION, CHAIN_NORM)
