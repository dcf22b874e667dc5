"""Chains of uniform noise in which every layer is replaced by another: the union bound, and how the errors add up."""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, combine, induct, intro, obtain, witness
from theory.mori_zwanzig import uniform_chains as chains
from theory.mori_zwanzig.uniform_layers import kernel

KEPT = "prod(i=1..{0}: max(0, 1 - a(i)))"

UNION = Lemma(
    "mori_zwanzig.union_bound", "1 - prod (1 - a_i)_+ is at most the sum of the a_i",
    statement("all a:int->real, N:int | hN: 0 <= N, ha: (all i:int | 1 <= i, i <= N => 0 <= a(i))"
              f" => 1 - {KEPT.format('N')} <= sum(i=1..N: a(i))"),
    (
        induct(
            "I", f"all k:int | 0 <= k => (all | k <= N => some | 1 - {KEPT.format('k')} <= sum(i=1..k: a(i)),"
            f" 0 <= {KEPT.format('k')}, {KEPT.format('k')} <= 1)", "hk ih",
            [intro("z", None, "hb", apply("p", "ax.prod_empty", f="i -> max(0, 1 - a(i))", a="1", b="0"),
                   apply("s", "ax.sum_empty", f="i -> a(i)", a="1", b="0"),
                   combine("y1", f"1 - {KEPT.format('0')} <= sum(i=1..0: a(i))", "p s"),
                   combine("y2", f"0 <= {KEPT.format('0')}", "p"), combine("y3", f"{KEPT.format('0')} <= 1", "p"),
                   witness("y"))],
            [intro("z", None, "hb", apply("use", "ih"), apply("h", "ha", i="k + 1"),
                   apply("m0", "ax.max_left", x="0", y="1 - a(k+1)"),
                   apply("m1", "ax.max_right", x="0", y="1 - a(k+1)"),
                   apply("m2", "ax.max_le", x="0", y="1 - a(k+1)", z="1"),
                   apply("p", "ax.prod_last", f="i -> max(0, 1 - a(i))", a="1", b="k + 1"),
                   apply("s", "ax.sum_last", f="i -> a(i)", a="1", b="k + 1"),
                   obtain("y", "use", "q1 q2 q3",
                          combine("r1", f"{KEPT.format('k')}*(1 - a(k+1)) <= {KEPT.format('k')}*max(0, 1 - a(k+1))",
                                  "m1 q2"),
                          combine("r2", f"{KEPT.format('k')}*a(k+1) <= a(k+1)", "q3 h"),
                          combine("y1", f"1 - {KEPT.format('k + 1')} <= sum(i=1..k + 1: a(i))", "q1 r1 r2 p s",
                                  degree=1),
                          combine("y2", f"0 <= {KEPT.format('k + 1')}", "p q2 m0"),
                          combine("r3", f"{KEPT.format('k')}*max(0, 1 - a(k+1)) <= {KEPT.format('k')}", "q2 m2"),
                          combine("y3", f"{KEPT.format('k + 1')} <= 1", "p r3 q3", degree=1),
                          witness("x")))]),
        apply("J", "I", k="N"), apply("J1", "J"), obtain("end", "J1", "q1 q2 q3", combine("z", facts="q1")),
    ),
)


ABS_SWAP = Lemma(
    "mori_zwanzig.abs_swap", "|x - y| = |y - x|",
    statement("all x y:real => abs(x - y) = abs(y - x)"),
    (
        apply("a", "ax.abs_ge", x="x - y"), apply("b", "ax.abs_neg", x="x - y"),
        apply("c", "ax.abs_ge", x="y - x"), apply("d", "ax.abs_neg", x="y - x"),
        combine("a1", "y - x <= abs(x - y)", "b"), combine("b1", "-(y - x) <= abs(x - y)", "a"),
        combine("c1", "x - y <= abs(y - x)", "d"), combine("d1", "-(x - y) <= abs(y - x)", "c"),
        apply("e", "ax.abs_le", x="y - x", y="abs(x - y)"), apply("f", "ax.abs_le", x="x - y", y="abs(y - x)"),
        apply("end", "ax.antisym", x="abs(x - y)", y="abs(y - x)"),
    ),
)

SUM_FIRST = Lemma(
    "mori_zwanzig.sum_first", "The first term of a sum",
    statement("all f:int->real, a b:int | hab: a <= b => sum(j=a..b: f(j)) = f(a) + sum(j=a+1..b: f(j))"),
    (
        induct("I", "all k:int | a <= k => sum(j=a..k: f(j)) = f(a) + sum(j=a+1..k: f(j))", "hk ih",
               [apply("l", "ax.sum_last", f="j -> f(j)", a="a", b="a"),
                apply("e", "ax.sum_empty", f="j -> f(j)", a="a", b="a - 1"),
                apply("e1", "ax.sum_empty", f="j -> f(j)", a="a + 1", b="a"), combine("z", facts="l e e1")],
               [apply("l", "ax.sum_last", f="j -> f(j)", a="a", b="k + 1"),
                apply("l1", "ax.sum_last", f="j -> f(j)", a="a + 1", b="k + 1"), combine("z", facts="l l1 ih")]),
        apply("end", "I", k="b"),
    ),
)

_AT = "0 <= l, l <= L - 1"
_CO = "1 <= i, i <= N"


def _other(text: str) -> str:
    """The same text for the replaced chain: means G in place of F, functions g in place of h."""
    return text.replace("F(", "G(").replace("h(", "g(")


DELTAS = "prod(m=l+1..L - 1: " + chains.coefficient("m") + ")"
MOVES = f"(all l:int, x:real | {_AT} => sum(i=1..N: abs(F(l,i,x) - G(l,i,x))/(2*b(l+1))) <= e(l))"
TOTAL = "sum(l={0}..L - 1: e(l)*" + DELTAS + "*w)"
_P, _N = "L - k - 1", "L - k"
_KF, _KG = (kernel(f"{fun}({_P},i,x)", f"c({_N},i,y)", f"b({_N})") for fun in "FG")
_MEAN = f"integral(y in om({_N}): {{0}}*{{1}}({_N},y))"
_AXES = {"N": "N", "on": f"om({_N})", "c": f"i, y -> c({_N},i,y)", "A": f"i -> A({_N},i)", "Z": f"i -> Z({_N},i)",
         "b": f"b({_N})"}
_TAIL = "prod(l=L - k..L - 1: " + chains.coefficient("l") + ")*w"


def _cubes(fun: str, low: str, high: str) -> tuple[Step, ...]:
    return (intro(f"{fun}1", f"all i:int | {_CO} => A({_N},i) <= {fun}({_P},i,x) - b({_N})", "i1 i2",
                  apply("t", low, l=_P, i="i", x="x")),
            intro(f"{fun}2", f"all i:int | {_CO} => {fun}({_P},i,x) + b({_N}) <= Z({_N},i)", "i1 i2",
                  apply("t", high, l=_P, i="i", x="x")))


def _lost(name: str, one: str, other: str) -> tuple[Step, ...]:
    """Means around `one` and `other` differ by at most e times the oscillation (fact `name`)."""
    kept = f"max(0, 1 - abs({one}({_P},i,x) - {other}({_P},i,x))/(2*b({_N})))"
    move = f"abs({one}({_P},i,x) - {other}({_P},i,x))/(2*b({_N}))"
    first, second = (_KF, _KG) if one == "F" else (_KG, _KF)
    facts = f"{name}u mv1" if one == "F" else f"{name}u mv1 {name}q"
    return (
        apply(f"{name}c", "mori_zwanzig.two_centres", **_AXES, f=f"i -> {one}({_P},i,x)", g=f"i -> {other}({_P},i,x)",
              u=f"y -> h({_N},y)", U="U", w=_TAIL),
        intro(f"{name}n", f"all i:int | {_CO} => 0 <= {move}", "i1 i2",
              apply("a", "textbook.abs_nonneg", x=f"{one}({_P},i,x) - {other}({_P},i,x)"), combine("z", facts="a rb")),
        apply(f"{name}u", "mori_zwanzig.union_bound", a=f"i -> {move}", N="N"),
        *(() if one == "F" else (
            intro(f"{name}s", f"all i:int | {_CO} => {move} = abs(F({_P},i,x) - G({_P},i,x))/(2*b({_N}))", "i1 i2",
                  apply("a", "mori_zwanzig.abs_swap", x=f"{one}({_P},i,x)", y=f"{other}({_P},i,x)"),
                  combine("z", facts="a")),
            apply(f"{name}q", "textbook.sum_cong", f=f"i -> {move}",
                  g=f"i -> abs(F({_P},i,x) - G({_P},i,x))/(2*b({_N}))", a="1", b="N"))),
        combine(f"{name}l", f"1 - prod(i=1..N: {kept}) <= e({_P})", facts, degree=1),
        combine(f"{name}p", f"(1 - prod(i=1..N: {kept}))*({_TAIL}) <= e({_P})*({_TAIL})", f"{name}l w0"),
        combine(name, f"integral(y in om({_N}): {first}*h({_N},y)) - integral(y in om({_N}): {second}*h({_N},y))"
                      f" <= e({_P})*({_TAIL})", f"{name}c {name}p", degree=1),
    )


_HF, _HG, _GG = _MEAN.format(_KF, "h"), _MEAN.format(_KG, "h"), _MEAN.format(_KG, "g")
_K = f"pow(1/(2*b({_N})), N)"
_GAP = f"h({_N},y) - g({_N},y)"
_REST = f"integral(y in om({_N}): {_KG}*({_GAP}))"

CHAIN_REMOVAL = Lemma(
    "mori_zwanzig.chain_removal", "Replacing every layer: errors add, weighted by the coefficients of later layers",
    statement(f"all {chains.CHAIN_NAMES}, G:(l:int,i:int,y:real)->real, g:(l:int,x:real)->real, D:(l:int,i:int)->real,"
              f" e:int->real, U w:real | hL: 0 <= L, hN: 0 <= N, law: {chains.LEVELS}, hb: {chains.NOISE},"
              f" in1: {chains.LOW}, in2: {chains.HIGH}, hh: {chains.BACKWARD}, hu: {chains.BOUNDED},"
              f" in3: {_other(chains.LOW)}, in4: {_other(chains.HIGH)}, gg: {_other(chains.BACKWARD)},"
              " same: (all x:real => g(L,x) = h(L,x)),"
              f" hD: {chains.RANGES}, osc: (all x z:real => h(L,x) - h(L,z) <= w), mv: {MOVES}"
              f" => (all x:real => abs(h(0,x) - g(0,x)) <= {TOTAL.format('0')})"),
    (
        intro("gu", "all x:real => abs(g(L,x)) <= U", "", apply("a", "hu", x="x"), apply("s", "same", x="x"),
              apply("c", "ax.cong", f="t -> abs(t)", x="g(L,x)", y="h(L,x)"), combine("z", facts="a c")),
        apply("mb", "mori_zwanzig.means_bounded", **chains.CHAIN, U="U"),
        apply("mg", "mori_zwanzig.means_bounded", **{**chains.CHAIN, "F": "l, i, y -> G(l,i,y)",
                                                     "h": "l, x -> g(l,x)"}, U="U"),
        apply("os", "mori_zwanzig.chain_oscillation", **chains.CHAIN, D="l, i -> D(l,i)", U="U", w="w"),
        induct("I", f"all k:int | 0 <= k => (all | k <= L => (all x:real => abs(h({_N},x) - g({_N},x))"
               f" <= {TOTAL.format(_N)}))", "hk ih",
               [intro("z", None, "h0", apply("e0", "ax.sum_empty", f=f"l -> e(l)*{DELTAS}*w", a="L", b="L - 1"),
                      intro("y", None, "", apply("s", "same", x="x"), combine("p", "h(L,x) - g(L,x) <= 0", "s"),
                            combine("n", "-(h(L,x) - g(L,x)) <= 0", "s"),
                            apply("a", "ax.abs_le", x="h(L,x) - g(L,x)", y="0"), combine("w1", facts="a e0")))],
               [intro("z", None, "h0", apply("v", "ih"), apply("bb", "hb", l=_P), combine("b2", f"0 < 2*b({_N})", "bb"),
                      apply("rb", "ax.recip_pos", x=f"2*b({_N})"), apply("lw", "law", l=_N),
                      intro("ub", f"all x:real => abs(h({_N},x)) <= U", "", apply("t", "mb", l=_N, x="x")),
                      intro("ug", f"all x:real => abs(g({_N},x)) <= U", "", apply("t", "mg", l=_N, x="x")),
                      apply("ok", "os", k=_N), apply("o0", "ok", x="0", z="0"), combine("w0", f"0 <= {_TAIL}", "o0"),
                      intro("y", None, "", *_cubes("F", "in1", "in2"), *_cubes("G", "in3", "in4"),
                            apply("mv1", "mv", l=_P, x="x"),
                            *_lost("A", "F", "G"), *_lost("B", "G", "F"),
                            apply("one", "mori_zwanzig.cube_mass", **_AXES, f=f"i -> G({_P},i,x)"),
                            *(intro(f"k{n}", f"all y:real => {text}", "",
                                    apply("k", "mori_zwanzig.uniform_kernel_bounds", N="N",
                                          t=f"i -> c({_N},i,y) - G({_P},i,x)", b=f"b({_N})"),
                                    obtain("t", "k", "q0 q1 q2", combine("s", facts=fact)))
                              for n, text, fact in (("p", f"0 <= {_KG}", "q0"), ("b", f"abs({_KG}) <= {_K}", "q2"))),
                            apply("p1", "mori_zwanzig.bounded_product", f=f"y -> {_KG}", g=f"y -> h({_N},y)", B=_K,
                                  C="U"),
                            apply("p2", "mori_zwanzig.bounded_product", f=f"y -> {_KG}", g=f"y -> g({_N},y)", B=_K,
                                  C="U"),
                            apply("li", "cite.integral_linear", f"{_REST} = 1*{_HG} + (-1)*{_GG}", mu=f"om({_N})",
                                  f=f"y -> {_KG}*h({_N},y)", g=f"y -> {_KG}*g({_N},y)", s="1", t="-1", B=f"{_K}*U",
                                  C=f"{_K}*U"),
                            intro("gap", f"all y:real => abs({_GAP}) <= {TOTAL.format(_N)}", "",
                                  apply("t", "v", x="y")),
                            apply("mm", "mori_zwanzig.mean_bound", mu=f"om({_N})", g=f"y -> {_KG}",
                                  u=f"y -> {_GAP}", G=_K, U=TOTAL.format(_N)),
                            apply("r1", "ax.abs_ge", x=_REST), apply("r2", "ax.abs_neg", x=_REST),
                            apply("eh", "hh", l=_P, x="x"), apply("eg", "gg", l=_P, x="x"),
                            apply("sf", "mori_zwanzig.sum_first", f=f"l -> e(l)*{DELTAS}*w", a=_P, b="L - 1"),
                            combine("d", f"h({_P},x) - g({_P},x) = {_HF} - {_HG} + {_REST}", "eh eg li"),
                            combine("up", f"h({_P},x) - g({_P},x) <= {TOTAL.format(_P)}", "d A mm r1 sf", degree=1),
                            combine("dn", f"-(h({_P},x) - g({_P},x)) <= {TOTAL.format(_P)}", "d B mm r2 sf", degree=1),
                            apply("w1", "ax.abs_le", x=f"h({_P},x) - g({_P},x)", y=TOTAL.format(_P))))]),
        apply("J", "I", k="L"), apply("end", "J"),
    ),
)

LEMMAS = (UNION, ABS_SWAP, SUM_FIRST, CHAIN_REMOVAL)
