"""Odd activations: turning the sign of hidden units leaves the function of a network, and its box, unchanged.

With signs t(l,i) in {-1, 1}, one at inputs and outputs, the flipped network has V(l)[i,j] = t(l,i) W(l)[i,j] t(l-1,j)
and e(l)[i] = t(l,i) b(l)[i]; for one unit this is (w, b, a) -> (-w, -b, -a). Together with relabelling
(`perm_invariance`) these are the signed permutations of the hidden units, 2^d d! of them for a layer of d units.
"""

from __future__ import annotations

from theory.covering.rescaled_states import NETWORKS, OUTPUTS, RANGE, STATES, WIDTHS, ends
from theory.covering.rescaled_states_attack import SURVIVORS, kills
from theory.covering.small_networks import BEFORE_121, FIRST, WIDTHS_121, table_121
from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, cases, combine, intro, witness

ODD_BY_SIGN = Lemma(
    "covering.odd_by_sign", "An odd function takes a sign out",
    statement("all s:real->real, t u:real | ht: t*t = 1, hs: s(-u) = -s(u) => s(t*u) = t*s(u)"),
    (
        apply("or1", "ax.eq_or_ne", x="t", y="1"),
        cases("end", "or1", "c",
              [combine("a", "t*u = u", "c"), apply("b", "ax.cong", f="v -> s(v)", x="t*u", y="u"),
               combine("z", facts="b c")],
              [combine("m", "t = -1", "ht", mul="c"), combine("a", "t*u = -u", "m"),
               apply("b", "ax.cong", f="v -> s(v)", x="t*u", y="-u"), combine("z", facts="b hs m")]),
    ),
)

ABS_BY_SIGN = Lemma(
    "covering.abs_by_sign", "A sign does not change an absolute value",
    statement("all t x y:real | ht: t*t = 1, hy: y = t*x => abs(y) = abs(x)"),
    (
        apply("xp", "ax.abs_ge", x="x"), apply("xm", "ax.abs_neg", x="x"),
        apply("yp", "ax.abs_ge", x="y"), apply("ym", "ax.abs_neg", x="y"),
        apply("or1", "ax.eq_or_ne", x="t", y="1"),
        cases("end", "or1", "c",
              [combine("a", "y = x", "c hy"), apply("z", "ax.cong", f="v -> abs(v)", x="y", y="x")],
              [combine("m", "t = -1", "ht", mul="c"), combine("a", "y = -x", "hy m"),
               combine("u1", "y <= abs(x)", "a xm"), combine("u2", "-y <= abs(x)", "a xp"),
               apply("u", "ax.abs_le", x="y", y="abs(x)"),
               combine("v1", "x <= abs(y)", "a ym"), combine("v2", "-x <= abs(y)", "a yp"),
               apply("v", "ax.abs_le", x="x", y="abs(y)"), apply("z", "ax.antisym", x="abs(y)", y="abs(x)")]),
    ),
)

LEMMAS = (ODD_BY_SIGN, ABS_BY_SIGN)

_PLACE = f"{RANGE}, 1 <= j, j <= d(l-1)"
_ALL = f"all L:int, d:int->int, {NETWORKS}, s:(l:int,u:real)->real, t:(l:int,i:int)->real"
_SIGNS = "(all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => t(l,i)*t(l,i) = 1)"
_ODD = "(all l:int, u:real | 1 <= l, l <= L => s(l,-u) = -s(l,u))"
_WEIGHTS = f"(all l i j:int | {_PLACE} => V(l)[i,j] = t(l,i)*W(l)[i,j]*t(l-1,j))"
_BIASES = f"(all l i:int | {RANGE} => e(l)[i,1] = t(l,i)*b(l)[i,1])"
_FLIPPED = "(all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => g(l)[i,1] = t(l,i)*h(l)[i,1])"
_SAME_SIZE = (f"(all l i j:int | {_PLACE} => abs(V(l)[i,j]) = abs(W(l)[i,j])),"
              f" (all l i:int | {RANGE} => abs(e(l)[i,1]) = abs(b(l)[i,1]))")


def _statement(odd: str = _ODD, weights: str = _WEIGHTS, signs: str = _SIGNS,
               conclusion: str = f"some | {_FLIPPED}, {OUTPUTS}, {_SAME_SIZE}") -> Statement:
    parts = ("0 <= L", WIDTHS, signs, ends("t"), odd, weights, _BIASES, STATES)
    return statement(f"{_ALL} | {', '.join(part for part in parts if part)} => {conclusion}")


STATEMENT = _statement()
"""H1, H2 sizes; H3-H5 signs; H6 odd activations; H7, H8 flipped parameters; H9, H10 states; H11 one input."""

_DERIVATION = (
    intro("hs", "all l i:int, u:real | 1 <= l, l <= L, 1 <= i, i <= d(l) => s(l, t(l,i)*u) = t(l,i)*s(l,u)",
          "l1 l2 i1 i2",
          apply("sg", "H3", l="l", i="i"), apply("o", "H6", l="l", u="u"),
          apply("z", "covering.odd_by_sign", s="u -> s(l,u)", t="t(l,i)", u="u")),
    intro("hr", "all l i:int | 0 <= l, l <= L, 1 <= i, i <= d(l) => t(l,i)*t(l,i) = 1", "l1 l2 i1 i2",
          apply("z", "H3", l="l", i="i")),
    apply("A", "covering.rescaled_states", L="L", d="l -> d(l)", W="l -> W(l)", V="l -> V(l)", b="l -> b(l)",
          e="l -> e(l)", h="l -> h(l)", g="l -> g(l)", s="l, u -> s(l,u)", c="l, i -> t(l,i)", r="l, i -> t(l,i)"),
    intro("B", OUTPUTS[1:-1], "i1 i2", apply("o", "A", l="L + 1", i="i"), apply("p", "H5", i="i"),
          combine("z", facts="o p")),
    intro("C", f"all l i j:int | {_PLACE} => abs(V(l)[i,j]) = abs(W(l)[i,j])", "l1 l2 i1 i2 j1 j2",
          apply("v", "H7", l="l", i="i", j="j"), apply("p", "H3", l="l", i="i"), apply("r", "H3", l="l - 1", i="j"),
          combine("tt", "t(l,i)*t(l-1,j)*(t(l,i)*t(l-1,j)) = 1", "p r", rounds=3),
          combine("vv", "V(l)[i,j] = t(l,i)*t(l-1,j)*W(l)[i,j]", "v"),
          apply("z", "covering.abs_by_sign", t="t(l,i)*t(l-1,j)", x="W(l)[i,j]", y="V(l)[i,j]")),
    intro("D", f"all l i:int | {RANGE} => abs(e(l)[i,1]) = abs(b(l)[i,1])", "l1 l2 i1 i2",
          apply("v", "H8", l="l", i="i"), apply("p", "H3", l="l", i="i"),
          apply("z", "covering.abs_by_sign", t="t(l,i)", x="b(l)[i,1]", y="e(l)[i,1]")),
)

_TURNED = "(3 - 2*i)"

INSTANCE = Witness((witness(
    "end", L="1", d=f"l -> {WIDTHS_121}", s="l, u -> u",
    t=f"l, i -> ite(l, 0, 1, ite(l, 1, {_TURNED}, 1))",
    W=table_121(FIRST.format("i", "2*j + 1"), BEFORE_121),
    V=table_121(FIRST.format(f"{_TURNED}*i", "(3 - 2*j)*(2*j + 1)"), BEFORE_121),
    b=table_121(FIRST.format("i", "0")), e=table_121(FIRST.format(f"{_TURNED}*i", "0")),
    h=table_121("ite(l, 0, 1, ite(l, 1, 2*i, 26))"), g=table_121(f"ite(l, 0, 1, ite(l, 1, {_TURNED}*2*i, 26))")),))
"""Linear units with weights 1, 2 and biases 1, 2 into an output 3 a + 5 b, the second turned: 26 at input 1."""

_ONE_UNIT = {"L": "1", "d": "l -> 1", "t": "l, i -> ite(l, 0, 1, ite(l, 1, -1, 1))", "W": "l -> [[1]]",
             "b": "l -> [[0]]", "e": "l -> [[0]]", "h": "l -> [[1]]"}
"""A chain of single units with weight one, input and states one, the hidden unit turned."""

_SIGMOID = "1/(1 + exp(-{}))"
_BOX = ", ".join(f"abs({name}) <= B" for name in "wbac")

CONTROLS = (
    Control("relu", "the activation need not be odd: ReLU, whose unit of weight 1 dies when its sign is turned",
            _statement(odd="", conclusion=OUTPUTS),
            Witness((witness("end", **_ONE_UNIT, V="l -> [[-1]]", g="l -> [[ite(l, 0, 1, 0)]]",
                             s="l, u -> max(u, 0)"),))),
    Control("incoming_only", "incoming weights turned, the outgoing ones left as they are",
            _statement(weights=_WEIGHTS.replace("*t(l-1,j)", ""), conclusion=OUTPUTS),
            Witness((witness("end", **_ONE_UNIT, V="l -> [[ite(l, 1, -1, 1)]]", g="l -> [[ite(l, 0, 1, -1)]]",
                             s="l, u -> u"),))),
    Control("any_factor", "factors 2 in place of signs, turned back by the same factor 2 and not by 1/2",
            _statement(signs="", conclusion=OUTPUTS),
            Witness((witness("end", **{**_ONE_UNIT, "t": "l, i -> ite(l, 0, 1, ite(l, 1, 2, 1))"}, V="l -> [[2]]",
                             g="l -> [[ite(l, 0, 1, ite(l, 1, 2, 4))]]", s="l, u -> u"),))),
    Control("sigmoid_in_the_box", "the sigmoid, sigma(-z) = 1 - sigma(z): the flip moves the output bias to c + a, out"
                                  " of the box",
            statement(
                "all s:real->real, w b a c B:real | (all u:real => s(u)*(1 + exp(-u)) = 1),"
                f" (all x:real => -a*s(-(w*x + b)) + (c + a) = a*s(w*x + b) + c), {_BOX} => abs(c + a) <= B"),
            Witness((
                intro("one", f"all u:real => {_SIGMOID.format('u')}*(1 + exp(-u)) = 1", "",
                      apply("p", "ax.exp_pos", a="-u"), combine("q1", "0 < 1 + exp(-u)", "p"),
                      combine("z", facts="q1")),
                intro("two", "all x:real => -1*1/(1 + exp(-(-(1*x + 0)))) + (1 + 1) = 1*1/(1 + exp(-(1*x + 0))) + 1",
                      "",
                      apply("p", "ax.exp_pos", a="-x"), combine("p1", "0 < 1 + exp(-x)", "p"),
                      apply("m", "ax.exp_pos", a="x"), combine("m1", "0 < 1 + exp(x)", "m"),
                      apply("a", "ax.exp_add", a="x", b="-x"), apply("o", "ax.exp_zero"),
                      combine("z", facts="p1 m1 a o", mul="p1 m1", rounds=4)),
                witness("end", s=f"u -> {_SIGMOID.format('u')}", w="1", b="0", a="1", c="1", B="1")))),
)

CLAIM = Claim(
    id="covering.sign_flip",
    title="Turning the sign of hidden units with odd activations leaves the function and the box unchanged",
    statement=STATEMENT,
    source=Source("H. J. Sussmann", 1992, "Uniqueness of the weights for minimal feedforward nets with a given"
                  " input-output map", "reconstructed",
                  note="The easy direction, recalled and proved here for all depths and any odd activation; that"
                  " irreducible shallow tanh networks have no other equivalences (his theorem) is not used."),
    summary="States of turned units change their sign, outputs do not, and every parameter keeps its absolute value.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("group", "{-1, 1} wr S_{d_l}, of order 2^d d!, in every hidden layer",
                   "signs t(l, i), independent for all hidden units; relabelling is covering.perm_invariance",
                   "the two actions generate the group; its order is not part of a statement"),
        Comparison("activation", "sigma odd", "s(l, -u) = -s(l, u) for the hidden layers; the output is free",
                   "as stated"),
        Comparison("conclusion", "f unchanged, the group acts on [-B, B]^S",
                   "equal outputs at every input, all states, and |V| = |W|, |e| = |b| entry by entry", "as stated"),
        Comparison("orbit count", "m^{d_2} C((K + f)/2 + d_1 - 1, d_1) for shallow networks",
                   "covering.sign_flip_orbits", "a claim of its own"),
        Comparison("completeness", "Sussmann 1992: irreducible shallow tanh networks have no other equivalences",
                   "not formalised and not used", "the experiment counts the 2^2 2! = 8 copies of a teacher"),
    ),
    tightness="An equality; oddness cannot be left out (control relu).",
    experiments=("covering.tanh_teacher",),
    kills=kills("t", -1),
    survivors=SURVIVORS,
)
