"""Labels that do not matter: a fresh source with one edge to an identity sink takes the place of a label `*`.

The source q(p,t) of point p and sink t is 1 at point p and 0 at the others. Its weight is added to the output of t at
point p and to nothing else, so the label 0 (any label) there is reached by every network. Hidden vertices keep their
values, because the new edges end in sinks. The construction itself is `slack_sources`.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Source, Statement, Step, Witness, statement
from theory.language.derivation import apply, cases, combine, intro, obtain, witness

_OLD = "sum(u=1..m: W(u,t)*x(i,u)) + b(t)"
_SLACK = "sum(p=1..n: (1 - M(p,t))*omega(p,t)*I(n)[p,i])"
_NEW = f"sum(u=1..m: W(u,t)*x(i,u)) + {_SLACK} + b(t)"
_AT = "1 <= i, i <= n, 1 <= t, t <= k"
_ALL = ("all n m k:int, W:(u:int,t:int)->real, b:int->real, x:(i:int,u:int)->real, M y l:(i:int,t:int)->real,"
        " o:(i:int,t:int)->real, e omega:(i:int,t:int)->real")
_MASK = f"(all i t:int | {_AT} => M(i,t)*M(i,t) = M(i,t))"
_OUTPUT = f"(all i t:int | {_AT} => o(i,t) = {_OLD})"
_LABELS = f"(all i t:int | {_AT} => e(i,t) = M(i,t)*y(i,t) + (1 - M(i,t))*l(i,t))"
_VALUE = f"(all i t:int | {_AT} => {_NEW} = o(i,t) + (1 - M(i,t))*omega(i,t))"
_MASKED = "sum(i=1..n: sum(t=1..k: M(i,t)*(o(i,t) - y(i,t))^2))"
_FULL = f"sum(i=1..n: sum(t=1..k: ({_NEW} - e(i,t))^2))"
_LOWER = f"{_MASKED} <= {_FULL}"


def _choice(text: str) -> str:
    """The formula with the slack weights l - o, which reach the free labels."""
    return text.replace("omega(p,t)", "f(p,t)")


_REACHED = f"(some f:(i:int,t:int)->real | {_choice(_FULL)} = {_MASKED})"
_FIT = f"(all i t:int | {_AT}, M(i,t) = 1 => o(i,t) = y(i,t))"
_FITTED = f"(some f:(i:int,t:int)->real | (all i t:int | {_AT} => {_choice(_NEW)} = e(i,t)))"
_THERE = f"(all | {_FIT} => {_FITTED[1:-1]})"
_BACK = f"(all | {_FITTED} => {_FIT})"


def _statement(conclusion: str, mask: str = _MASK, output: str = _OUTPUT, labels: str = _LABELS) -> Statement:
    parts = ["0 <= n", "0 <= k", mask, output, labels]
    return statement(f"{_ALL} | {', '.join(filter(None, parts))} => {conclusion}")


STATEMENT = _statement(f"some | {_VALUE}, {_LOWER}, {_REACHED}, {_THERE}, {_BACK}")
"""H1, H2 sizes; H3 the mask M of the labels that count; H4 outputs; H5 labels, l where there was none."""

_PRE = "sum(u=1..m: W(u,t)*x(i,u))"
_STAR = "(1 - M(i,t))"


def _value(name: str, goal: str, weights: str) -> Step:
    """Steps that prove `goal`, the new outputs for given slack weights, entry by entry."""
    return intro(name, goal, "i1 i2 t1 t2",
                 apply("d", "textbook.sum_delta", f=f"p -> (1 - M(p,t))*{weights.replace('i', 'p')}", n="n", m="i"),
                 apply("ho", "H4", i="i", t="t"), combine("z", facts="d ho"))


_FREE = "(l(i,t) - o(i,t))"
_FREE_NEW = _NEW.replace("omega(p,t)", "(l(p,t) - o(p,t))")
_FREE_VALUE = f"all i t:int | {_AT} => {_FREE_NEW} = o(i,t) + {_STAR}*{_FREE}"
_SQUARE, _COUNTED = f"({_NEW} - e(i,t))^2", "M(i,t)*(o(i,t) - y(i,t))^2"

_TERMWISE = intro(
    "T", f"all i t:int | {_AT} => {_COUNTED} <= {_SQUARE}", "i1 i2 t1 t2",
    apply("v", "V", i="i", t="t"), apply("hm", "H3", i="i", t="t"), apply("he", "H5", i="i", t="t"),
    combine("r", f"{_NEW} - e(i,t) = M(i,t)*(o(i,t) - y(i,t)) + {_STAR}*(o(i,t) + omega(i,t) - l(i,t))", "v he hm"),
    combine("s", f"(M(i,t)*(o(i,t) - y(i,t)) + {_STAR}*(o(i,t) + omega(i,t) - l(i,t)))^2"
            f" = {_COUNTED} + {_STAR}*(o(i,t) + omega(i,t) - l(i,t))^2", "hm", rounds=3),
    combine("q1", f"{_STAR}*(o(i,t) + omega(i,t) - l(i,t))^2 = ({_STAR}*(o(i,t) + omega(i,t) - l(i,t)))^2", "hm",
            rounds=3),
    combine("q2", f"0 <= ({_STAR}*(o(i,t) + omega(i,t) - l(i,t)))^2",
            squares=(f"{_STAR}*(o(i,t) + omega(i,t) - l(i,t))",)),
    combine("sq", f"{_SQUARE} = (M(i,t)*(o(i,t) - y(i,t)) + {_STAR}*(o(i,t) + omega(i,t) - l(i,t)))^2", "r", rounds=3),
    combine("z", facts="sq s q1 q2", degree=1))


def _double(name: str, relation: str, terms: tuple[str, str], lemma: str, fact: str) -> tuple[Step, ...]:
    """Steps from a relation of the terms, the fact `fact`, to that of the double sums."""
    a, b = terms
    return (
        intro(f"{name}1", f"all i:int | 1 <= i, i <= n => sum(t=1..k: {a}) {relation} sum(t=1..k: {b})", "i1 i2",
              intro("in", f"all t:int | 1 <= t, t <= k => {a} {relation} {b}", "t1 t2",
                    apply("w", fact, i="i", t="t")),
              apply("z", lemma, f=f"t -> {a}", g=f"t -> {b}", a="1", b="k")),
        apply(f"{name}2", lemma, f=f"i -> sum(t=1..k: {a})", g=f"i -> sum(t=1..k: {b})", a="1", b="n"))


_FREE_SQUARE = f"({_FREE_NEW} - e(i,t))^2"
_REACH = intro(
    "R", f"all i t:int | {_AT} => {_FREE_SQUARE} = {_COUNTED}", "i1 i2 t1 t2",
    apply("v", "V2", i="i", t="t"), apply("hm", "H3", i="i", t="t"), apply("he", "H5", i="i", t="t"),
    combine("r", f"{_FREE_NEW} - e(i,t) = M(i,t)*(o(i,t) - y(i,t))", "v he hm"),
    combine("sq", f"{_FREE_SQUARE} = (M(i,t)*(o(i,t) - y(i,t)))^2", "r", rounds=3),
    combine("z", facts="sq hm", rounds=3))

_NEW_FITS = intro(
    "E4", _THERE[1:-1], "fit",
    intro("all", f"all i t:int | {_AT} => {_FREE_NEW} = e(i,t)", "i1 i2 t1 t2",
          apply("v", "V2", i="i", t="t"), apply("hm", "H3", i="i", t="t"), apply("he", "H5", i="i", t="t"),
          apply("or", "ax.eq_or_ne", x="M(i,t)", y="1"),
          cases("z", "or", "c",
                [apply("g", "fit", i="i", t="t"), combine("y", facts="v he c g", rounds=3)],
                [combine("m0", "M(i,t) = 0", "hm", mul="c"), combine("y", facts="v he m0", rounds=3)])),
    witness("z", f="i, t -> l(i,t) - o(i,t)"))

_OLD_FITS = intro(
    "E5", _BACK[1:-1], "have",
    obtain("z", "have", "fit",
           intro("y", None, "i1 i2 t1 t2 c", apply("g", "fit", i="i", t="t"),
                 apply("d", "textbook.sum_delta", f="p -> (1 - M(p,t))*f(p,t)", n="n", m="i"),
                 apply("ho", "H4", i="i", t="t"), apply("he", "H5", i="i", t="t"),
                 combine("w", "o(i,t) + (1 - M(i,t))*f(i,t) = M(i,t)*y(i,t) + (1 - M(i,t))*l(i,t)", "g d ho he"),
                 combine("x", facts="w c", rounds=3))))

_DERIVATION = (
    _value("V", _VALUE[1:-1], "omega(i,t)"), _value("V2", _FREE_VALUE, _FREE), _TERMWISE,
    *_double("S", "<=", (_COUNTED, _SQUARE), "textbook.sum_mono", "T"), _REACH,
    *_double("Q", "=", (_FREE_SQUARE, _COUNTED), "textbook.sum_cong", "R"),
    witness("E3", _REACHED[1:-1], f="i, t -> l(i,t) - o(i,t)"), _NEW_FITS, _OLD_FITS,
    witness("end"),
)

_SIGMOID = "1/(1 + exp(-({})))"

_NEVER = "1 <= 0"
"""The conclusion of the controls: that no slack weight reaches the label is said to be impossible."""

CONTROLS = (
    Control("sigmoid_sink_zero", "a sigmoid sink with the slack label 0, which no output attains",
            statement(f"all o:real | (all f:real => {_SIGMOID.format('o + f')} != 0) => {_NEVER}"),
            Witness((intro("n", f"all f:real => {_SIGMOID.format('0 + f')} != 0", "",
                           apply("p", "ax.exp_pos", a="-(0 + f)"), combine("p1", "0 < 1 + exp(-(0 + f))", "p"),
                           apply("r", "ax.recip_pos", x="1 + exp(-(0 + f))"),
                           apply("z", "ax.lt_ne", x="0", y=_SIGMOID.format("0 + f"))),
                     witness("end", o="0")))),
    Control("relu_sink", "a ReLU sink with a negative slack label: the output only moves above 0",
            statement(f"all o:real | (all f:real => max(o + f, 0) != -1) => {_NEVER}"),
            Witness((intro("n", "all f:real => max(0 + f, 0) != -1", "",
                           apply("p", "ax.max_right", x="0 + f", y="0"), combine("p1", "-1 < max(0 + f, 0)", "p"),
                           apply("z", "ax.lt_ne", x="-1", y="max(0 + f, 0)")),
                     witness("end", o="0")))),
    Control("through_a_relu", "the slack through a ReLU with a fixed outgoing weight 1: it moves the output one way",
            statement(f"all o e:real | (all f:real => o + max(f, 0) != e) => {_NEVER}"),
            Witness((intro("n", "all f:real => 1 + max(f, 0) != 0", "",
                           apply("p", "ax.max_right", x="f", y="0"), combine("p1", "0 < 1 + max(f, 0)", "p"),
                           apply("z", "ax.lt_ne", x="0", y="1 + max(f, 0)")),
                     witness("end", o="1", e="0")))),
    Control("shared_source", "one fresh source for two points with the label *: their outputs 0 and 1 move together",
            statement("all o:int->real | (all f:real => some i:int | 1 <= i, i <= 2, o(i) + f != 0)"
                      f" => {_NEVER}"),
            Witness((intro("n", "all f:real => some i:int | 1 <= i, i <= 2, (i - 1) + f != 0", "",
                           apply("or", "ax.eq_or_ne", x="f", y="0"),
                           cases("z", "or", "c",
                                 [combine("g", "0 < (2 - 1) + f", "c"),
                                  apply("l", "ax.lt_ne", "0 != (2 - 1) + f", x="0", y="(2 - 1) + f"),
                                  witness("y", i="2")],
                                 [witness("y", i="1")])),
                     witness("end", o="i -> i - 1")))),
)

INSTANCE = Witness((witness(
    "end", n="2", m="1", k="1", W="u, t -> 1", b="t -> 0", x="i, u -> i", M="i, t -> [[1],[0]][i,1]", y="i, t -> 1",
    l="i, t -> 0", o="i, t -> sum(u=1..1: 1*i) + 0", e="i, t -> [[1],[0]][i,1]*1 + (1 - [[1],[0]][i,1])*0",
    omega="p, t -> -2"),))
"""Outputs 1, 2 with labels 1 and *: the slack weight -2 reaches the label 0 at the second point."""

CLAIM = Claim(
    id="etr_training.dont_care",
    title="A label * is a fresh source with one edge to its sink",
    statement=STATEMENT,
    source=Source("Lemmascope", 2026, "Slack edges for labels that do not matter", "reconstructed",
                  note="Partial labels are standard in gadget proofs for training; this form (identity sinks, one"
                  " source and one edge a label) was not seen in print."),
    summary="With identity sinks the squared loss over the labels that count is the least full loss over the slack"
            " weights, and an exact fit of one is an exact fit of the other.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("objects", "any instance with id sinks", "n points, k sinks, m other vertices with any values"
                   " x(i,u); M(i,t) is 1 where there is a label, 0 at a *",
                   "what happens before the sinks enters through its values only: the new edges end in sinks"),
        Comparison("construction", "a source q_{i,t} with one edge to t, input 1 at point i, label 0",
                   "the same, its input at point i' is the entry (i, i') of the identity; label l(i,t), any number",
                   "sources of places with a label have the factor 0 and stand for no source"),
        Comparison("conclusion", "yes-instances preserved for the exact fit, any activation set",
                   "for all weights: fit of the labels that count exactly if some slack weights fit all labels;"
                   " and the masked squared loss is the minimum of the full one over the slack weights",
                   "stronger: every threshold is preserved, not only the exact fit"),
        Comparison("sigmoid sinks", "label 0 is never attained, 1/2 is right again", "control sigmoid_sink_zero",
                   "the positive half is in words: the slack weight -o gives sigma(0) = 1/2"),
        Comparison("through a ReLU", "it can only move the output one way", "controls through_a_relu and relu_sink",
                   "true of a fixed outgoing weight or a ReLU sink only: a hidden ReLU with a trainable outgoing"
                   " weight v adds v ReLU(f), which is any number"),
    ),
    tightness="An equality of optima; one fresh source for two points is too few (control shared_source).",
    attacked=_statement(f"some | {_VALUE}, {_LOWER}"),
    attack="theory.etr_training.dont_care_attack",
)
