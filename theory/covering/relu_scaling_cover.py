"""Covers of shallow networks with positively homogeneous activations: the exponent drops by the number of units.

With K = 2 M (n + 1) m^n neurons, p C(K + d - 1, d) networks of the box are an internal cover of all networks with n
inputs, d hidden units, one output and parameters in [-B, B] on inputs within X, of radius
d (B^2/M + B^2/m) rho (n X + 1) + B/p. With M, m and p of order 1/eps that is of order eps^-(d (n + 1) + 1), the
exponent S - d of 1/eps in place of the S = d (n + 2) + 1 parameters.
"""

from __future__ import annotations

from theory.covering.homogeneous_networks import COUNT, many
from theory.covering.relu_scaling import RELU
from theory.covering.relu_scaling_controls import CONTROLS, KILLS
from theory.covering.shallow_covers import (
    BOX,
    INPUTS,
    UNIT,
    cover_statement,
    index,
    near,
    output,
    separated_statement,
    weighted,
)
from theory.language import Claim, Comparison, Source, Witness
from theory.language.derivation import Step, apply, cases, combine, intro, obtain, witness

STATEMENT = cover_statement()

# weights and bias of a unit as n + 1 weights, inputs with a last coordinate 1
_W = "ite(j, n, w(i,j), b(i))"
_X = "ite(j, n, x(j), 1)"


def _joined(weight: str) -> str:
    return f"sum(j=1..n+1: {weight}*{_X})"


def _split(name: str, weight: str, plain: str, last: str, *known: Step) -> tuple[Step, ...]:
    """The sum over n + 1 coordinates is the sum over the inputs and the bias."""
    return (
        apply(f"{name}l", "ax.sum_last", f=f"j -> {weight}*{_X}", a="1", b="n + 1"),
        intro(f"{name}t", f"all l:int | 1 <= l, l <= n => {weight.replace('j', 'l')}*{_X.replace('j', 'l')}"
                          f" = {plain.replace('j', 'l')}*x(l)", "l1 l2", *known,
              apply("xl", "ax.ite_then", a="l", b="n", x="x(l)", y="1"),
              combine("z", facts="xl wl" if known else "xl")),
        apply(f"{name}s", "textbook.sum_cong", f=f"j -> {weight}*{_X}", g=f"j -> {plain}*x(j)", a="1", b="n"),
        apply(f"{name}x", "ax.ite_else", a="n + 1", b="n", x="x(n + 1)", y="1"),
        *((apply(f"{name}w", "ax.ite_else", a="n + 1", b="n", x="w(i,n+1)", y="b(i)"),) if known else ()),
        combine(name, f"{_joined(weight)} = {weighted(plain)} + {last}",
                f"{name}l {name}s {name}x" + (f" {name}w" if known else ""), rounds=3),
    )


_INPUT = (
    intro("g", f"all l:int | 1 <= l, l <= n => abs({_X.replace('j', 'l')}) <= X", "l1 l2", apply("a0", "hx", j="l"),
          apply("b0", "ax.ite_then", a="l", b="n", x="x(l)", y="1"),
          apply("c0", "ax.cong", f="t -> abs(t)", x=_X.replace("j", "l"), y="x(l)"), combine("z", facts="a0 c0")),
    apply("g1", "textbook.sum_mono", f=f"j -> abs({_X})", g="j -> X", a="1", b="n"),
    apply("g2", "textbook.sum_const", c="X", n="n"),
    apply("g3", "ax.sum_last", f=f"j -> abs({_X})", a="1", b="n + 1"),
    apply("g4", "ax.ite_else", a="n + 1", b="n", x="x(n + 1)", y="1"),
    combine("g5", "1 <= 1"), combine("g6", "-1 <= 1"), apply("g7", "ax.abs_le", x="1", y="1"),
    apply("g8", "ax.cong", f="t -> abs(t)", x=_X.replace("j", "(n+1)"), y="1"),
    combine("g9", f"sum(j=1..n+1: abs({_X})) <= n*X + 1", "g1 g2 g3 g7 g8", degree=1),
)


def _units(name: str, weight: str, plain: str, last: str, outer: str, *known: Step) -> tuple[Step, ...]:
    """Unit by unit, and summed."""
    joined = f"{outer}*s({_joined(weight)})"
    split = f"{outer}*s({weighted(plain)} + {last})"
    return (
        intro(f"{name}i", f"all i:int | {UNIT} => {joined} = {split}", "i1 i2",
              *_split("d", weight, plain, last, *known),
              apply("cg", "ax.cong", f="t -> s(t)", x=_joined(weight), y=f"{weighted(plain)} + {last}"),
              combine("z", facts="cg")),
        apply(name, "textbook.sum_cong", f"sum(i=1..d: {joined}) = sum(i=1..d: {split})",
              f=f"i -> {joined}", g=f"i -> {split}", a="1", b="d"),
    )


_FOUND = (f"abs(sum(i=1..d: a(i)*s({_joined(_W)})) + c - (sum(i=1..d: y(k,i)*s({_joined('v(k,i,j)')})) + z(k)))"
          " <= eps")

_DERIVATION = (
    apply("li", "H8", u="1", v="0"), apply("la", "textbook.abs_nonneg", x="s(1) - s(0)"),
    apply("n4", "ax.abs_ge", x="1"), combine("n5", "0 < abs(1)", "n4"),
    combine("n6", "0 <= rho", "li la", mul="n5", degree=1),
    apply("N", "covering.homogeneous_networks",
          s="t -> s(t)", n="n", d="d", m="m", M="M", p="p", K="K", B="B", rho="rho", R="n*X + 1", eps="eps"),
    obtain("end", "N", "yB vB zB cov",
           intro("b1", f"all k i j:int | {index(COUNT)} => abs(v(k,i,j)) <= B", "k1 k2",
                 apply("z0", "vB", k="k", i="i", j="j")),
           intro("b2", f"all k i:int | {index(COUNT)} => abs(v(k,i,n+1)) <= B", "k1 k2",
                 apply("z0", "vB", k="k", i="i", j="n + 1")),
           intro("b3", f"all k i:int | {index(COUNT)} => abs(y(k,i)) <= B", "k1 k2",
                 apply("z0", "yB", k="k", i="i")),
           intro("fin",
                 f"all w:(i:int,j:int)->real, b a:int->real, c:real | {BOX} => some k:int |"
                 f" {index(COUNT)}, (all x:int->real | {INPUTS} => {near(e='v(k,i,n+1)')})",
                 "hw hb ha hc",
                 intro("hW", f"all i j:int | {UNIT}, 1 <= j, j <= n + 1 => abs({_W}) <= B", "i1 i2 j1 j2",
                       apply("or1", "ax.total", x="j", y="n"),
                       cases("z0", "or1", "c0",
                             [apply("t", "ax.ite_then", a="j", b="n", x="w(i,j)", y="b(i)"),
                              apply("u", "hw", i="i", j="j"),
                              apply("g", "ax.cong", f="t -> abs(t)", x=_W, y="w(i,j)"), combine("z1", facts="u g")],
                             [apply("t", "ax.ite_else", a="j", b="n", x="w(i,j)", y="b(i)"), apply("u", "hb", i="i"),
                              apply("g", "ax.cong", f="t -> abs(t)", x=_W, y="b(i)"), combine("z1", facts="u g")])),
                 apply("C", "cov", w=f"i, j -> {_W}", a="i -> a(i)", c="c"),
                 obtain("z0", "C", "k1 k2 near",
                        intro("all", f"all x:int->real | {INPUTS} => {near(e='v(k,i,n+1)')}", "hx", *_INPUT,
                              apply("P", "near", x=f"j -> {_X}"),
                              *_units("u1", _W, "w(i,j)", "b(i)", "a(i)",
                                      apply("wl", "ax.ite_then", a="l", b="n", x="w(i,l)", y="b(i)")),
                              *_units("u2", "v(k,i,j)", "v(k,i,j)", "v(k,i,n+1)", "y(k,i)"),
                              combine("eq", f"{output('a(i)', 'w(i,j)', 'b(i)', 'c')} -"
                                            f" ({output('y(k,i)', 'v(k,i,j)', 'v(k,i,n+1)', 'z(k)')})"
                                            f" = {_FOUND[4:].removesuffix(') <= eps')}", "u1 u2"),
                              apply("ab", "ax.cong", f="t -> abs(t)",
                                    x=f"{output('a(i)', 'w(i,j)', 'b(i)', 'c')} -"
                                      f" ({output('y(k,i)', 'v(k,i,j)', 'v(k,i,n+1)', 'z(k)')})",
                                    y=_FOUND[4:].removesuffix(") <= eps")),
                              combine("z1", facts="P ab")),
                        witness("z2", k="k"))),
           witness("z3", v="k, i, j -> v(k,i,j)", e="k, i -> v(k,i,n+1)", y="k, i -> y(k,i)", z="k -> z(k)")),
)

INSTANCE = Witness((*RELU, witness("end", s="u -> max(u, 0)", n="2", d="3", m="4", M="5", p="6", K="480", B="2", X="1",
                                    rho="1", eps="248/15")))
"""Two inputs and three ReLU units in the box [-2, 2]: 480 neurons, 6 C(482, 3) networks at the radius 248/15."""


CLAIM = Claim(
    id="covering.relu_scaling_cover",
    title="The covering number of shallow ReLU networks has the exponent S - d: one parameter a unit is not paid",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "new", arxiv="2305.11417",
                  note="Not in the paper: the scaling of homogeneous units in place of permutations alone."),
    summary="p C(K + d - 1, d) networks cover the class, K = 2 M (n + 1) m^n, for every number M, m, p of cells.",
    derivation=_DERIVATION,
    posed=((), (), (), (), *(many("o4", "o9"),)*5),
    instance=INSTANCE,
    controls=CONTROLS,
    attacked=separated_statement(),
    kills=KILLS,
    comparison=(
        Comparison("neuron", "s alpha sigma(u . x + v), |(u, v)|_inf = 1, alpha in [0, B^2], s = +-1",
                   "covering.neuron_polar: z sigma(u . x) with |z| <= B^2, |u_j| <= 1 and one u_k = 2 e - 3, e = 1, 2",
                   "as stated, sign and amplitude in one number z, the bias as the weight of a constant input"),
        Comparison("count", "K = 2 ceil(B^2 R/(2 tau_1)) 2 (d_0 + 1) ceil(B^2 R/tau_2)^{d_0},"
                            " ceil(B/eps_c) C(K + d_1 - 1, d_1)",
                   "K = 2 M (n + 1) m^n, p C(K + d - 1, d) for any M, m, p >= 1",
                   "M = ceil(B^2 R/tau_1) is at most 2 ceil(B^2 R/(2 tau_1)): as stated or smaller"),
        Comparison("radius", "d_1 (tau_1 + tau_2) + eps_c <= eps, R = rho (d_0 B_x + 1)",
                   "d (B^2/M + B^2/m) rho (n X + 1) + B/p <= eps", "as stated, by numbers of cells"),
        Comparison("centres", "internal", "the listed networks lie in the box", "as stated"),
        Comparison("exponent", "S - d_1 in place of S", "M, m, p of order 1/eps give the exponent d (n + 1) + 1",
                   "the order is in words; the best split and the table of values are"
                   " theory.covering.relu_scaling_log_bound"),
        Comparison("tanh", "exponent S is right: volume of the image of S points, inverse function theorem",
                   "control saturating_exponent: for a unit that is cut at -1 and 1 the count is refuted by 10^32"
                   " separated networks", "one width, one input, one eps; not for tanh itself"),
    ),
    tightness="Without units the radius B/p is attained. The exponent is that of the Jacobian rank S - d"
              " (covering.relu_scaling), so it cannot be lowered by symmetries of this kind.",
)
