"""Positively homogeneous activations: scaling hidden units keeps the function, so every unit costs one dimension.

With factors c(l,i) > 0, one at inputs and outputs, the scaled network has V(l)[i,j] = c(l,i) W(l)[i,j] / c(l-1,j) and
e(l)[i] = c(l,i) b(l)[i]; for one unit this is (w, b, a) -> (c w, c b, a/c). The curve c = 1 + u x(l,i) of equal
functions has at u = 0 the direction ((x(l,i) - x(l-1,j)) W(l)[i,j], x(l,i) b(l)[i]), for one unit (w, b, -a): Euler's
identity. These directions are independent, one for each hidden unit, and lie in the kernel of the Jacobian of the
outputs at any finite set of inputs, whose rank is therefore at most S - sum d_l.
"""

from __future__ import annotations

from theory.covering.rescaled_states import NETWORKS, OUTPUTS, RANGE, STATES, WIDTHS, ends
from theory.covering.rescaled_states_attack import SURVIVORS, kills
from theory.covering.small_networks import BEFORE_121, FIRST, WIDTHS_121, table_121
from theory.language import Claim, Comparison, Control, Kill, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, calculus, combine, compute, enclose, induct, intro, obtain, witness

RELU_HOMOGENEOUS = Lemma(
    "covering.relu_homogeneous", "ReLU is positively homogeneous",
    statement("all y u:real | hy: 0 < y => max(y*u, 0) = y*max(u, 0)"),
    (
        apply("a", "ax.max_left", x="u", y="0"), apply("b", "ax.max_right", x="u", y="0"),
        combine("a1", "y*u <= y*max(u, 0)", "a hy"), combine("b1", "0 <= y*max(u, 0)", "b hy"),
        apply("up", "ax.max_le", x="y*u", y="0", z="y*max(u, 0)"),
        apply("c", "ax.max_left", x="y*u", y="0"), apply("d", "ax.max_right", x="y*u", y="0"),
        apply("r", "ax.recip_pos", x="y"),
        combine("c1", "u <= 1/y*max(y*u, 0)", "c", mul="hy", degree=1),
        combine("d1", "0 <= 1/y*max(y*u, 0)", "d r"),
        apply("m", "ax.max_le", x="u", y="0", z="1/y*max(y*u, 0)"),
        combine("m1", "y*max(u, 0) <= max(y*u, 0)", "m hy", rounds=3),
        apply("end", "ax.antisym", x="max(y*u, 0)", y="y*max(u, 0)"),
    ),
)

RELU_LIPSCHITZ = Lemma(
    "covering.relu_lipschitz", "ReLU is Lipschitz with the constant 1",
    statement("all u v:real => abs(max(u, 0) - max(v, 0)) <= abs(u - v)"),
    (
        apply("p", "ax.abs_ge", x="u - v"), apply("m", "ax.abs_neg", x="u - v"),
        apply("u1", "ax.max_left", x="u", y="0"), apply("u2", "ax.max_right", x="u", y="0"),
        apply("v1", "ax.max_left", x="v", y="0"), apply("v2", "ax.max_right", x="v", y="0"),
        combine("a1", "u <= max(v, 0) + abs(u - v)", "p v1"), combine("a2", "0 <= max(v, 0) + abs(u - v)", "p m v2"),
        apply("a", "ax.max_le", x="u", y="0", z="max(v, 0) + abs(u - v)"),
        combine("b1", "v <= max(u, 0) + abs(u - v)", "m u1"), combine("b2", "0 <= max(u, 0) + abs(u - v)", "p m u2"),
        apply("b", "ax.max_le", x="v", y="0", z="max(u, 0) + abs(u - v)"),
        combine("c1", "max(u, 0) - max(v, 0) <= abs(u - v)", "a"),
        combine("c2", "-(max(u, 0) - max(v, 0)) <= abs(u - v)", "b"),
        apply("end", "ax.abs_le", x="max(u, 0) - max(v, 0)", y="abs(u - v)"),
    ),
)

LEMMAS = (RELU_HOMOGENEOUS, RELU_LIPSCHITZ)

_PLACE = f"{RANGE}, 1 <= j, j <= d(l-1)"
_ALL = f"all L:int, d:int->int, {NETWORKS}, s:(l:int,u:real)->real, c:(l:int,i:int)->real"
_POSITIVE = "(all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => 0 < c(l,i))"
_HOMOGENEOUS = "(all l:int, y u:real | 1 <= l, l <= L, 0 < y => s(l, y*u) = y*s(l,u))"
_WEIGHTS = f"(all l i j:int | {_PLACE} => V(l)[i,j] = c(l,i)*W(l)[i,j]/c(l-1,j))"
_BIASES = f"(all l i:int | {RANGE} => e(l)[i,1] = c(l,i)*b(l)[i,1])"
_SCALED = "(all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => g(l)[i,1] = c(l,i)*h(l)[i,1])"

_SLOPES = (
    f"(all l i j:int, x:(l:int,i:int)->real | {_PLACE} =>"
    " deriv(u: (1 + u*x(l,i))*W(l)[i,j]*(1/(1 + u*x(l-1,j))), 0, (x(l,i) - x(l-1,j))*W(l)[i,j]))",
    f"(all l i:int, x:(l:int,i:int)->real | {RANGE} =>"
    " deriv(u: (1 + u*x(l,i))*b(l)[i,1], 0, x(l,i)*b(l)[i,1]))",
)
"""The direction at u = 0 of the curve of equal functions with factors 1 + u x(l,i)."""

_ALIVE = "(all l i:int | 1 <= l, l <= L, 1 <= i, i <= d(l) => some j:int | 1 <= j, j <= d(l-1), W(l)[i,j] != 0)"
"""Every hidden unit has an incoming weight."""

_NULL = (f"(all i:int | 1 <= i, i <= d(0) => x(0,i) = 0),"
         f" (all l i j:int | {_PLACE} => (x(l,i) - x(l-1,j))*W(l)[i,j] = 0)")
_INDEPENDENT = (f"(all x:(l:int,i:int)->real | {{alive}}{_NULL}"
                " => (all l i:int | 1 <= l, l <= L, 1 <= i, i <= d(l) => x(l,i) = 0))")
"""A combination x of the directions that vanishes is trivial; the input and output have no factor of their own."""

_STRAIGHT = ("(all l:int, y z v:real | 1 <= l, l <= L, -1 < y"
             " => (1 - y)*v*s(l, (1 + y)*z) = v*s(l,z) - y^2*(v*s(l,z)))")
"""Along the straight line in the direction (w, b, -a) a neuron a sigma(w.x + b) changes in second order only."""


def _statement(positive: str = _POSITIVE, homogeneous: str = _HOMOGENEOUS, weights: str = _WEIGHTS,
               conclusion: str = "", variables: str = "", more: str = "") -> Statement:
    independent = _INDEPENDENT.format(alive=_ALIVE + ", ")
    whole = f"some | {_SCALED}, {OUTPUTS}, {', '.join(_SLOPES)}, {independent}, {_STRAIGHT}"
    parts = ("0 <= L", WIDTHS, positive, ends("c"), homogeneous, weights, _BIASES, STATES, more)
    return statement(f"{_ALL}{variables} | {', '.join(part for part in parts if part)} => {conclusion or whole}")


STATEMENT = _statement()
"""H1, H2 sizes; H3-H5 factors; H6 homogeneous activations; H7, H8 scaled parameters; H9, H10 states; H11 one input."""

_DERIVATION = (
    intro("hs", "all l i:int, u:real | 1 <= l, l <= L, 1 <= i, i <= d(l) => s(l, c(l,i)*u) = c(l,i)*s(l,u)",
          "l1 l2 i1 i2", apply("p", "H3", l="l", i="i"), apply("z", "H6", l="l", y="c(l,i)", u="u")),
    intro("hr", "all l i:int | 0 <= l, l <= L, 1 <= i, i <= d(l) => c(l,i)*(1/c(l,i)) = 1", "l1 l2 i1 i2",
          apply("p", "H3", l="l", i="i"), combine("z", facts="p")),
    apply("A", "covering.rescaled_states", L="L", d="l -> d(l)", W="l -> W(l)", V="l -> V(l)", b="l -> b(l)",
          e="l -> e(l)", h="l -> h(l)", g="l -> g(l)", s="l, u -> s(l,u)", c="l, i -> c(l,i)", r="l, i -> 1/c(l,i)"),
    intro("B", OUTPUTS[1:-1], "i1 i2", apply("o", "A", l="L + 1", i="i"), apply("p", "H5", i="i"),
          combine("z", facts="o p")),
    intro("C1", _SLOPES[0][1:-1], "l1 l2 i1 i2 j1 j2",
          compute("n", "1 != 0"), calculus("z", facts="n")),
    intro("C2", _SLOPES[1][1:-1], "l1 l2 i1 i2", calculus("z")),
    intro("D", _INDEPENDENT.format(alive=_ALIVE + ", ")[1:-1], "al x0 xw",
          # from the input upwards: a unit has the coefficient of the unit that its incoming weight is from
          induct("I", "all k:int | 0 <= k => (all | k <= L => (all i:int | 1 <= i, i <= d(k) => x(k,i) = 0))", "hk ih",
                 [intro("z", None, "hz", intro("y", None, "i1 i2", apply("w", "x0", i="i")))],
                 [intro("z", None, "hz", apply("J", "ih"), intro(
                     "y", None, "i1 i2", apply("a", "al", l="k + 1", i="i"),
                     obtain("w", "a", "j1 j2 nz", apply("o", "J", i="j"), apply("p", "xw", l="k + 1", i="i", j="j"),
                            combine("v", facts="o p", mul="nz"))))]),
          intro("z", None, "l1 l2 i1 i2", apply("o", "I", k="l"), apply("p", "o"), apply("y", "p", i="i"))),
    intro("E", _STRAIGHT[1:-1], "l1 l2 y1",
          combine("p", "0 < 1 + y", "y1"), apply("o", "H6", l="l", y="1 + y", u="z"), combine("z1", facts="o")),
)


INSTANCE = Witness((witness(
    "end", L="1", d=f"l -> {WIDTHS_121}", s="l, u -> u", c="l, i -> ite(l, 0, 1, ite(l, 1, i + 1, 1))",
    W=table_121(FIRST.format("i", "2*j + 1"), BEFORE_121),
    V=table_121(FIRST.format("(i + 1)*i", "(2*j + 1)/(j + 1)"), BEFORE_121),
    b=table_121(FIRST.format("i", "0")), e=table_121(FIRST.format("(i + 1)*i", "0")),
    h=table_121("ite(l, 0, 1, ite(l, 1, 2*i, 26))"), g=table_121("ite(l, 0, 1, ite(l, 1, (i + 1)*2*i, 26))")),))
"""Linear units with weights 1, 2 and biases 1, 2 into an output 3 a + 5 b, scaled by 2 and 3: 26 at input 1."""

_ONE_UNIT = {"L": "1", "d": "l -> 1", "W": "l -> [[1]]", "b": "l -> [[0]]", "e": "l -> [[0]]", "h": "l -> [[1]]",
             "s": "l, u -> max(u, 0)", "c": "l, i -> ite(l, 0, 1, ite(l, 1, {}, 1))"}
"""A chain of single units with weight one, input and states one, the hidden unit multiplied by a factor."""


def _unit(factor: str) -> dict[str, str]:
    return {**_ONE_UNIT, "c": _ONE_UNIT["c"].format(factor)}


_DOUBLED = {**_unit("2"), "V": "l -> [[ite(l, 1, 2, 1/2)]]", "g": "l -> [[ite(l, 0, 1, ite(l, 1, 2, 1))]]"}

RELU = (
    intro("homogeneous", "all y u:real | 0 < y => max(y*u, 0) = y*max(u, 0)", "y1",
          apply("z", "covering.relu_homogeneous", y="y", u="u")),
    intro("lipschitz", "all u v:real => abs(max(u, 0) - max(v, 0)) <= 1*abs(u - v)", "",
          apply("z", "covering.relu_lipschitz", u="u", v="v")),
)
"""ReLU is positively homogeneous, and Lipschitz with the constant 1."""

_RELU_LAYER = (intro("relu", "all l:int, y u:real | 1 <= l, l <= 1, 0 < y => max(y*u, 0) = y*max(u, 0)", "l1 l2 y1",
                     apply("z", "covering.relu_homogeneous", y="y", u="u")),)

CONTROLS = (
    Control("negative_factors", "factors of any sign: ReLU times -1",
            _statement(positive=_POSITIVE.replace("0 < c(l,i)", "c(l,i) != 0"), conclusion=OUTPUTS),
            Witness((*_RELU_LAYER, witness("end", **_unit("-1"), V="l -> [[-1]]", g="l -> [[ite(l, 0, 1, 0)]]")))),
    Control("outgoing_forgotten", "the outgoing weights not divided by the factor",
            _statement(weights=_WEIGHTS.replace("/c(l-1,j)", ""), conclusion=OUTPUTS),
            Witness((*_RELU_LAYER, witness("end", **_unit("2"), V="l -> [[ite(l, 1, 2, 1)]]",
                                     g="l -> [[ite(l, 0, 1, 2)]]")))),
    Control("tanh_scales", "the scaling for tanh: tanh(2)/2 is not tanh(1)",
            statement("all a c z:real | 0 < c => a/c*tanh(c*z) = a*tanh(z)"),
            Witness((enclose("lt", "all u:real | 1 <= u, u <= 1 => 1/2*tanh(2*u) < tanh(u)"),
                     apply("at", "lt", "1/2*tanh(2) < tanh(1)", u="1"),
                     apply("ne", "ax.lt_ne", x="1/2*tanh(2)", y="tanh(1)"),
                     witness("end", a="1", c="2", z="1")))),
    Control("keeps_the_box", "the scaled network stays in the box of the weights",
            _statement(variables=", B:real", more=f"(all l i j:int | {_PLACE} => abs(W(l)[i,j]) <= B)",
                       conclusion=f"(all l i j:int | {_PLACE} => abs(V(l)[i,j]) <= B)"),
            Witness((*_RELU_LAYER, witness("end", **_DOUBLED, B="1")))),
    Control("dead_units", "independent directions at every network: a unit without incoming weights has none",
            _statement(variables=", x:(l:int,i:int)->real", more=_NULL,
                       conclusion="(all l i:int | 1 <= l, l <= L, 1 <= i, i <= d(l) => x(l,i) = 0)"),
            Witness((*_RELU_LAYER, witness("end", **{**_unit("1"), "W": "l -> [[0]]", "h": "l -> [[ite(l, 0, 1, 0)]]"},
                             V="l -> [[0]]", g="l -> [[ite(l, 0, 1, 0)]]",
                             x="l, i -> ite(l, 0, 0, ite(l, 1, 1, 0))")))),
)

CLAIM = Claim(
    id="covering.relu_scaling",
    title="Positively homogeneous units can be scaled: the function stays, and one direction is lost for each unit",
    statement=STATEMENT,
    source=Source("M. Phuong and C. H. Lampert", 2020, "Functional vs. parametric equivalence of ReLU networks",
                  "reconstructed",
                  note="The scaling symmetry is standard and recalled; the directions, their independence and the"
                  " second-order identity are our own formulation. The covering bound with the exponent S - d_1 is"
                  " covering.relu_scaling_cover."),
    summary="(w, b, a) -> (c w, c b, a/c) keeps all outputs at any depth; the tangent directions of these curves are"
            " independent, one for each hidden unit with an incoming weight.",
    derivation=_DERIVATION,
    posed=((apply("p", "o3", l="l - 1", i="j"), apply("z", "ax.lt_ne", x="0", y="c(l-1,j)")),),
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("action", "(w, b, a) -> (c w, c b, a/c), any positively homogeneous sigma",
                   "c(l,i) > 0 for every hidden unit of every layer, V(l)[i,j] = c(l,i) W(l)[i,j]/c(l-1,j)",
                   "all depths and widths, one factor for each unit"),
        Comparison("Euler identity", "w . d_w f + b d_b f - a d_a f = 0 on every activation region",
                   "the derivative at u = 0 of the curve c = 1 + u x of equal functions, by coordinates; and without"
                   " derivatives (1 - y) a sigma((1 + y) z) = (1 - y^2) a sigma(z), at kinks too",
                   "the chain rule from a curve of equal functions to J v = 0 is in words"),
        Comparison("Jacobian rank", "at most S - sum d_l for any finite evaluation map",
                   "sum d_l independent directions in the kernel, if every hidden unit has an incoming weight",
                   "rank + nullity = S is not formalised; without the condition the rank is at most S - sum d_l as"
                   " well, at a point where the Jacobian is continuous, by semicontinuity"),
        Comparison("exponent", "covering bound with S - d_1", "covering.relu_scaling_cover", "a claim of its own"),
    ),
    tightness="Exact ranks as maxima over draws: 5 of 7, 10 of 13, 19 of 25 for ReLU networks 1-2-1, 2-3-1, 2-3-3-1.",
    kills=(*kills("c", 2), *(Kill(f"a straight line at y = {y}", Witness((
        witness("end", L="1", d="l -> 1", W="l -> [[1]]", V="l -> [[1]]", b="l -> [[0]]", e="l -> [[0]]",
                h="l -> [[1]]",
                g="l -> [[1]]", s="l, u -> u", c="l, i -> 1", l="1", y=y, z="1", v="1"),))) for y in ("1", "1/2"))),
    survivors=SURVIVORS,
)
