"""One output, ReLU: output weights can be taken from {-1, 1}, so an exact fit is a question of linear arithmetic.

`v ReLU(z) = sgn(v) ReLU(|v| z)`: the size of an outgoing weight goes into the incoming ones. For each choice of signs
(w + 1 of them up to the order of the neurons) what is left is linear in the weights on every pattern of active neurons.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, cases, combine, compute, enclose, intro, obtain, witness
from theory.language.errors import InputError, explain

Number = int | Fraction


def sign_normal_form(outgoing: Sequence[Number], incoming: Sequence[Sequence[Number]], biases: Sequence[Number]
                     ) -> tuple[tuple[int, ...], tuple[tuple[Number, ...], ...], tuple[Number, ...]]:
    """Return signs s, weights |v_j| a_j and biases |v_j| b_j: the same function with output weights -1 and 1.

    `outgoing` holds v_1..v_w, `incoming` the w rows a_j, `biases` b_1..b_w; a neuron with v_j = 0 becomes a zero neuron
    with the sign 1. Raises InputError when the lengths differ.

    >>> sign_normal_form([2, -3], [[1], [5]], [1, 0])
    ((1, -1), ((2,), (15,)), (2, 0))
    """
    if not len(outgoing) == len(incoming) == len(biases):
        found = f"{len(outgoing)}, {len(incoming)} and {len(biases)}"
        raise InputError(explain("outgoing, incoming, biases", "one entry for each neuron", found, "Give w of each."))
    return (tuple(1 if v >= 0 else -1 for v in outgoing),
            tuple(tuple(abs(v) * a for a in row) for v, row in zip(outgoing, incoming)),
            tuple(abs(v) * b for v, b in zip(outgoing, biases)))


def sign_choices(width: int) -> int:
    """Return how many choices of signs there are up to the order of the neurons, w + 1.

    >>> sign_choices(3)
    4
    """
    if width < 0:
        raise InputError(explain("width", "an integer >= 0", str(width), "Give the number of hidden neurons."))
    return width + 1


SIGN = Lemma(
    "etr_training.sign_of_weight", "Every number has a sign: v = s |v| with s = 1 or s = -1",
    statement("all v:real => some | v = ite(0, v, 1, -1)*abs(v), ite(0, v, 1, -1)*ite(0, v, 1, -1) = 1"),
    (
        apply("t", "ax.total", x="0", y="v"), apply("a", "ax.abs_ge", x="v"), apply("b", "ax.abs_neg", x="v"),
        cases("end", "t", "c",
              [apply("e", "ax.ite_then", a="0", b="v", x="1", y="-1"), apply("u", "ax.abs_le", x="v", y="v"),
               apply("w", "ax.antisym", x="v", y="abs(v)"), combine("x1", "v = ite(0, v, 1, -1)*abs(v)", "w e"),
               combine("x2", "ite(0, v, 1, -1)*ite(0, v, 1, -1) = 1", "e", rounds=3)],
              [apply("e", "ax.ite_else", a="0", b="v", x="1", y="-1"), apply("u", "ax.abs_le", x="v", y="-v"),
               apply("w", "ax.antisym", x="-v", y="abs(v)"), combine("x1", "v = ite(0, v, 1, -1)*abs(v)", "w e"),
               combine("x2", "ite(0, v, 1, -1)*ite(0, v, 1, -1) = 1", "e", rounds=3)]),
    ),
)


def _net(v: str, a: str, b: str, x: str) -> str:
    return f"sum(j=1..w: {v}*max(sum(r=1..d: {a}*{x}) + {b}, 0))"


def _loss(v: str, a: str, b: str) -> str:
    return f"sum(i=1..n: ({_net(v, a, b, 'X(i,r)')} + c - y(i))^2)"


_NEURON = "1 <= j, j <= w"
_WEIGHTS = "(all j r:int | 1 <= j, j <= w, 1 <= r, r <= d => A(j,r) = abs(v(j))*a(j,r))"
_BIASES = f"(all j:int | {_NEURON} => B(j) = abs(v(j))*b(j))"
_SIGNS = f"(all j:int | {_NEURON} => v(j) = s(j)*abs(v(j)))"
_SAME = f"(all x:int->real => {_net('s(j)', 'A(j,r)', 'B(j)', 'x(r)')} = {_net('v(j)', 'a(j,r)', 'b(j)', 'x(r)')})"
_DATA = "n:int, X:(i:int,r:int)->real, y:int->real, c:real"
_LOSSES = f"(all {_DATA} | 0 <= n => {_loss('s(j)', 'A(j,r)', 'B(j)')} = {_loss('v(j)', 'a(j,r)', 'b(j)')})"
_SIGNED = (f"some p:int->real, F:(j:int,r:int)->real, G:int->real | (all j:int | {_NEURON} => p(j)*p(j) = 1),"
           f" {_loss('p(j)', 'F(j,r)', 'G(j)')} <= g")
_FREE = f"some p:int->real, F:(j:int,r:int)->real, G:int->real | {_loss('p(j)', 'F(j,r)', 'G(j)')} <= g"
_THERE = f"(all {_DATA}, g:real | 0 <= n, ({_FREE}) => {_SIGNED})"
_BACK = f"(all {_DATA}, g:real | 0 <= n, ({_SIGNED}) => {_FREE})"
_ALL = "all w d:int, a A:(j:int,r:int)->real, b B v s:int->real"


def _statement(conclusion: str, signs: str = _SIGNS, weights: str = _WEIGHTS, biases: str = _BIASES) -> Statement:
    parts = ["0 <= w", "0 <= d", signs, weights, biases]
    return statement(f"{_ALL} | {', '.join(filter(None, parts))} => {conclusion}")


STATEMENT = _statement(f"some | {_SAME}, {_LOSSES}, {_THERE}, {_BACK}")
"""H1, H2 sizes; H3 the signs s of the output weights v; H4, H5 the weights and biases that absorb |v|."""

_Z = "sum(r=1..d: a(j,r)*x(r)) + b(j)"
_NEW = "sum(r=1..d: A(j,r)*x(r)) + B(j)"

_FUNCTION = intro(
    "E1", _SAME, "",
    intro("t", f"all j:int | {_NEURON} => s(j)*max({_NEW}, 0) = v(j)*max({_Z}, 0)", "j1 j2",
          intro("u", "all r:int | 1 <= r, r <= d => A(j,r)*x(r) = abs(v(j))*(a(j,r)*x(r))", "r1 r2",
                apply("h", "H4", j="j", r="r"), combine("z", facts="h")),
          apply("m", "textbook.sum_scale", f="r -> A(j,r)*x(r)", g="r -> a(j,r)*x(r)", c="abs(v(j))", a="1", b="d"),
          apply("hb", "H5", j="j"), combine("k", f"{_NEW} = abs(v(j))*({_Z})", "m hb"),
          apply("k2", "ax.cong", f="u -> max(u, 0)", x=_NEW, y=f"abs(v(j))*({_Z})"), apply("hs", "H3", j="j"),
          apply("l", "etr_training.signed_unit", s="s(j)", v="v(j)", u=_Z), combine("y", facts="k2 l")),
    apply("z", "textbook.sum_cong", f=f"j -> s(j)*max({_NEW}, 0)", g=f"j -> v(j)*max({_Z}, 0)", a="1", b="w"))
"""Neuron by neuron, at every input."""

_TERM = "({} + c - y(i))^2"


def _terms(v: str, a: str, b: str) -> str:
    return "i -> " + _TERM.format(_net(v, a, b, "X(i,r)"))


_SQUARES = intro(
    "E2", _LOSSES, "n0",
    intro("t", f"all i:int | 1 <= i, i <= n => {_TERM.format(_net('s(j)', 'A(j,r)', 'B(j)', 'X(i,r)'))}"
          f" = {_TERM.format(_net('v(j)', 'a(j,r)', 'b(j)', 'X(i,r)'))}", "i1 i2",
          apply("e", "E1", x="r -> X(i,r)"), combine("y", facts="e", rounds=3)),
    apply("z", "textbook.sum_cong", f=_terms("s(j)", "A(j,r)", "B(j)"), g=_terms("v(j)", "a(j,r)", "b(j)"), a="1",
          b="n"))

_S = "ite(0, p(j), 1, -1)"

_EXISTS = intro(
    "E3", _THERE, "n0 have",
    obtain("z", "have", "fit",
           intro("sg", f"all j:int | {_NEURON} => p(j) = {_S}*abs(p(j))", "j1 j2",
                 apply("o", "etr_training.sign_of_weight", v="p(j)"), obtain("y", "o", "o1 o2", combine("x",
                                                                                                        facts="o1"))),
           intro("sq", f"all j:int | {_NEURON} => {_S}*{_S} = 1", "j1 j2",
                 apply("o", "etr_training.sign_of_weight", v="p(j)"), obtain("y", "o", "o1 o2", combine("x",
                                                                                                        facts="o2"))),
           intro("sa", "all j r:int | 1 <= j, j <= w, 1 <= r, r <= d => abs(p(j))*F(j,r) = abs(p(j))*F(j,r)",
                 "j1 j2 r1 r2",
                 combine("y")),
           intro("sb", f"all j:int | {_NEURON} => abs(p(j))*G(j) = abs(p(j))*G(j)", "j1 j2", combine("y")),
           apply("both", "etr_training.signed_losses", w="w", d="d", a="j, r -> F(j,r)", A="j, r -> abs(p(j))*F(j,r)",
                 b="j -> G(j)", B="j -> abs(p(j))*G(j)", v="j -> p(j)", s=f"j -> {_S}"),
           obtain("y", "both", "l1 l2", apply("l", "l2", n="n", X="i, r -> X(i,r)", y="i -> y(i)", c="c"),
           combine("less", _loss(_S, "(abs(p(j))*F(j,r))", "abs(p(j))*G(j)") + " <= g", "l fit", degree=1),
           witness("x", p=f"j -> {_S}", F="j, r -> abs(p(j))*F(j,r)", G="j -> abs(p(j))*G(j)"))))

_CONVERSE = intro("E4", _BACK, "n0 have", obtain("z", "have", "signs fit",
                                                  witness("y", p="j -> p(j)", F="j, r -> F(j,r)", G="j -> G(j)")))

LOSSES = Lemma(
    "etr_training.signed_losses", "Output weights absorbed up to their signs: the same loss on every data set",
    _statement(f"some | {_SAME}, {_LOSSES}"), (_FUNCTION, _SQUARES, witness("end")))

LEMMAS = (SIGN, LOSSES)

_SIGMOID = "1/(1 + exp(-{}))"

_POSITIVE = (f"{_ALL}, x:int->real | 0 <= w, 0 <= d, (all j:int | {_NEURON} => s(j) = 1), {_WEIGHTS}, {_BIASES} =>"
             f" {_SAME[len('(all x:int->real => '):-1]}")

CONTROLS = (
    Control("sigmoid", "the sigmoid in place of ReLU: it is not homogeneous, 2 sigma(1) > sigma(2)",
            statement("all v s z:real | v = s*abs(v) =>"
                      f" s*({_SIGMOID.format('(abs(v)*z)')}) = v*({_SIGMOID.format('z')})"),
            Witness((enclose("lt", "all u:real | 1 <= u, u <= 1 => 1*(1/(1 + exp(-(2*u)))) < 2*(1/(1 + exp(-u)))"),
                     apply("at", "lt", "1*(1/(1 + exp(-(2*1)))) < 2*(1/(1 + exp(-1)))", u="1"),
                     compute("two", "abs(2) = 2"),
                     apply("e", "ax.cong", f="t -> 1*(1/(1 + exp(-(t*1))))", x="abs(2)", y="2"),
                     combine("lt2", "1*(1/(1 + exp(-(abs(2)*1)))) < 2*(1/(1 + exp(-1)))", "at e", degree=1),
                     apply("ne", "ax.lt_ne", x="1*(1/(1 + exp(-(abs(2)*1))))", y="2*(1/(1 + exp(-1)))"),
                     witness("end", v="2", s="1", z="1")))),
    Control("fixed_bias", "identity neurons whose bias is fixed: it cannot take |v| in",
            statement("all v s z b:real | v = s*abs(v) => s*(abs(v)*z + b) = v*(z + b)"),
            Witness((witness("end", v="2", s="1", z="1", b="1"),))),
    Control("all_positive", "output weights 1 throughout: a negative weight has no place in the incoming ones",
            statement(_POSITIVE),
            Witness((witness("end", w="1", d="1", v="j -> -1", s="j -> 1", a="j, r -> 1", A="j, r -> 1", b="j -> 0",
                             B="j -> 0", x="r -> 1"),))),
)

INSTANCE = Witness((witness(
    "end", w="2", d="1", v="j -> [[2],[-3]][j,1]", s="j -> [[1],[-1]][j,1]", a="j, r -> [[1],[5]][j,1]",
    A="j, r -> [[2],[15]][j,1]", b="j -> [[1],[0]][j,1]", B="j -> [[2],[0]][j,1]"),))
"""2 ReLU(x + 1) - 3 ReLU(5 x) = ReLU(2 x + 2) - ReLU(15 x)."""

CLAIM = Claim(
    id="etr_training.sign_normal_form",
    title="One output and ReLU: output weights may be taken from -1 and 1",
    statement=STATEMENT,
    source=Source("Lemmascope", 2026, "Sign normal form of one-hidden-layer ReLU networks", "reconstructed",
                  note="Folklore. The positive homogeneity of ReLU is what Arora, Basu, Mianjy and Mukherjee (ICLR"
                  " 2018, arXiv 1611.01491) enumerate signs by; written down and proved here for all sizes."),
    summary="With s_j = sgn(v_j), a'_j = |v_j| a_j, b'_j = |v_j| b_j the function is the same at every input, so a"
            " threshold on the squared loss is reached by real output weights exactly if it is by signs.",
    derivation=(_FUNCTION, _SQUARES, _EXISTS, _CONVERSE, witness("end")),
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("objects", "one hidden layer, one output, n points in R^d, w neurons",
                   "the same, all n, d, w >= 0; the output bias c is any given number (0: no output bias)",
                   "with a free bias both sides are taken over all c"),
        Comparison("identity", "v ReLU(z) = sgn(v) ReLU(|v| z)", "neuron by neuron, and for the sum at every input",
                   "as stated; v = 0 gives the zero neuron"),
        Comparison("exact fit", "yes-instance exactly if some choice of signs has a solution",
                   "the squared loss is at most g for some real output weights exactly if for some signs, every g",
                   "g = 0 is the exact fit; thresholds are included"),
        Comparison("linear arithmetic, NP", "exact fit is QF_LRA for each choice of signs; in NP",
                   "not part of the statement",
                   "that fixed signs leave a piecewise linear system is read off; complexity classes are not"
                   " expressible"),
        Comparison("optimum attained", "finite union of polyhedral cones, convex least squares on each", "not part of"
                   " the statement", "weaker: existence of a minimiser is not formalised"),
    ),
    tightness="An equality of functions; with two outputs only one of them can be normalised.",
    attacked=_statement(_SAME),
    attack="theory.etr_training.sign_normal_form_attack",
)
