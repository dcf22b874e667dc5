"""Exact training with two sinks and direct edges is solving polynomial systems, for every activation with an interval.

The arguments use nothing about the activation phi but that the responses of the two sinks to one hidden neuron are
proportional at every input. A variable has the data e_c -> (1, 1), which makes the output weights of its neuron equal,
and e_a - e_p - e_q -> (0, 0), which then says that both sinks carry one value on their direct edges; the two data of a
product force it. So a fit solves the system whatever phi is, continuous or not. Conversely phi has to take all values
in an interval around one of its values, and nothing else is needed.
"""

from __future__ import annotations

from fractions import Fraction

from theory.etr_training.hardness_network import (
    ONE,
    SAME_WEIGHTS,
    WEIGHTS,
    compiled,
    each,
    gadget_alone,
    network,
    output,
    row_steps,
)
from theory.etr_training.hardness_system import (
    FORMS,
    NO_ROOT,
    SAME_SYSTEM,
    SOLVABLE,
    SYSTEM_DATA,
    UNSOLVABLE,
    fits,
    lifted,
    linear_rows,
    product_rows,
)
from theory.etr_training.universal_hardness_attack import KILLS, SURVIVORS
from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import Step, apply, calc, combine, intro, obtain, witness
from theory.language.terms import Formula

Exact = int | Fraction

INTERVAL = "(all y:real | phi(mid) - w <= y, y <= phi(mid) + w => phi(psi(y)) = y)"
"""The activation takes every value at distance at most w from phi(mid): psi chooses an argument for each."""


def any_activation(z: str) -> str:
    """The text of the activation at z."""
    return f"phi({z})"


DATA = compiled(any_activation, {
    f"x{s}": each("N", f"{output(any_activation, s, a=ONE, direct=f'-{ONE}')} = 0") for s in "tu"})
"""Zero; c_k; a_k with -p_k, -q_k; linear rows; K_k with -q; A_k + K_k with -p, -q and the product's form."""

FITTED = f"(some {WEIGHTS} | {fits(DATA)})"
COPIED = "(all l:int | 1 <= l, l <= N => some | gu(l) = gt(l), su(l) = st(l))"


def _seen(datum: str, s: str) -> Step:
    """The response of one variable's neuron at sink s to one of its two data."""
    letter, label = ("wc", "1") if datum == "v" else ("wa", f"s{s}(k)")
    at = "wa(l)*0 + wc(l)*u + b(l)" if datum == "v" else "wa(l)*u + wc(l)*0 + b(l)"
    direct = [] if datum == "v" else [apply("x", "textbook.sum_delta", f=f"l -> -s{s}(l)", n="N", m="k")]
    return intro(f"{datum}{s}k", f"all k:int | 1 <= k, k <= N => g{s}(k)*(phi({letter}(k) + b(k)) - phi(b(k))) ="
                 f" {label}", "k1 k2", apply("y", f"{datum}{s}", k="k"),
                 apply("s", "etr_training.sum_at_one", F=f"l, u -> g{s}(l)*phi({at})", n="N", i="k"), *direct,
                 combine("z", facts=f"y s z{s} n0" + " x" * len(direct), rounds=4))


_R0 = "(phi(wc(l) + b(l)) - phi(b(l)))"
BACKWARD = Lemma(
    "etr_training.universal_backward", "The direct weights of a fitted network solve the system, for every activation",
    statement(f"all {SYSTEM_DATA}, phi:real->real, {WEIGHTS} | "
              + ", ".join(f"{name}: {text}" for name, text in DATA.items() if name != "lu")
              + f" => some | {linear_rows('st({})')}, {product_rows('st({})')}, {COPIED}"),
    (
        apply("n0", "etr_training.zero_sum", n="N"),
        *(_seen(datum, s) for s in "tu" for datum in "vx"),
        intro("copy", COPIED[1:-1], "l1 l2", *(apply(f"{d}{s}1", f"{d}{s}k", k="l") for s in "tu" for d in "vx"),
              calc("g", (f"gu(l) = gu(l)*(gt(l)*{_R0})", "vt1"),
                   (f"gu(l)*(gt(l)*{_R0}) = gt(l)*(gu(l)*{_R0})", ""), (f"gt(l)*(gu(l)*{_R0}) = gt(l)", "vu1"),
                   goal="gu(l) = gt(l)"),
              combine("s", "su(l) = st(l)", "g xt1 xu1"), witness("y")),
        intro("lin", linear_rows("st({})")[1:-1], "k1 k2", apply("y", "lt", k="k"),
              combine("z", facts="y zt n0", rounds=4)),
        *row_steps(any_activation, "copy", "a1 a2"),
        witness("end"),
    ),
)

_RESPONSE = "(abs(x) + 1)/w*(phi(psi(phi(mid) + w/(abs(x) + 1)*t)) - phi(mid)) = t"
RESPONSE = Lemma(
    "etr_training.neuron_response", "A neuron that takes all values of an interval takes any response, up to a factor",
    statement(f"all phi psi:real->real, mid w x t:real | hw: 0 < w, hi: {INTERVAL}, h1: t <= abs(x) + 1,"
              f" h2: -t <= abs(x) + 1 => {_RESPONSE}"),
    (
        apply("a0", "textbook.abs_nonneg", x="x"), combine("a", "0 < abs(x) + 1", "a0"),
        apply("r", "ax.recip_pos", x="abs(x) + 1"),
        combine("b1", "w/(abs(x) + 1)*t <= w", "hw r h1", degree=3),
        combine("b2", "-w <= w/(abs(x) + 1)*t", "hw r h2", degree=3),
        combine("d1", "phi(mid) - w <= phi(mid) + w/(abs(x) + 1)*t", "b2"),
        combine("d2", "phi(mid) + w/(abs(x) + 1)*t <= phi(mid) + w", "b1"),
        apply("i", "hi", y="phi(mid) + w/(abs(x) + 1)*t"),
        combine("m", "(abs(x) + 1)/w*(w/(abs(x) + 1)*t) = t", "hw a", rounds=4),
        combine("end", facts="i m"),
    ),
)

LEMMAS = (BACKWARD, RESPONSE)

_EJ, _FJ = FORMS["e"].format("j"), FORMS["f"].format("j")


def _aimed(size: str, target: str) -> str:
    """An argument at which phi has the value phi(mid) + w/(|size| + 1) target."""
    return f"psi(phi(mid) + w/(abs({size}) + 1)*({target}))"


_GAIN, _GAIN_J = "(abs(X(l)) + 1)/w", f"(abs({_EJ}) + 1)/w"
LIFT = {
    "wa": f"l -> {_aimed('X(l)', 'X(l)')} - mid", "wc": f"l -> {_aimed('X(l)', '1')} - mid", "b": "l -> mid",
    "gt": f"l -> {_GAIN}", "gu": f"l -> {_GAIN}", "st": "l -> X(l)", "su": "l -> X(l)",
    "wA": f"j -> {_aimed(_EJ, f'1 + {_EJ}')} - {_aimed(_EJ, '1')}", "wC": f"j -> {_aimed(_EJ, '1')} - mid",
    "B": "j -> mid", "ht": f"j -> {_GAIN_J}", "hu": f"j -> {_FJ}*({_GAIN_J})",
    "bt": f"-sum(l=1..N: {_GAIN}*phi(mid)) - sum(j=1..M: {_GAIN_J}*phi(mid))",
    "bu": f"-sum(l=1..N: {_GAIN}*phi(mid)) - sum(j=1..M: {_FJ}*({_GAIN_J})*phi(mid))",
}
"""The weights that a solution X gives: every neuron starts at mid and moves inside the interval."""


def _lifted(datum: str) -> Formula:
    return lifted(DATA[datum], LIFT)


_NET_PSI = {"phi": "u -> phi(u)", "psi": "u -> psi(u)", "mid": "mid", "w": "w"}


def _response(id: str, size: str, target: str) -> tuple[Step, ...]:
    """The response of a lifted neuron, from the bounds of its target."""
    return (apply("a1", "ax.abs_ge", x=size), apply("a2", "ax.abs_neg", x=size),
            combine("b1", f"{target} <= abs({size}) + 1", "a1 a2"),
            combine("b2", f"-({target}) <= abs({size}) + 1", "a1 a2"),
            apply(id, "etr_training.neuron_response", x=size, t=target, **_NET_PSI))


def _variable(datum: str) -> Step:
    """A datum of a variable at the lifted weights."""
    target, letter = ("1", "wc") if datum == "v" else ("X(k)", "wa")
    argument = LIFT[letter].removeprefix("l -> ")
    direct = [] if datum == "v" else [apply("x", "textbook.sum_delta", f="l -> -X(l)", n="N", m="k")]
    return intro(f"{datum}u", _lifted(f"{datum}u"), "k1 k2", *_response("r", "X(k)", target),
                 apply("s", "etr_training.sum_at_one", F=f"l, u -> {_GAIN}*phi(({argument})*u + mid)", n="N", i="k"),
                 *direct, combine("z", facts="s r n0" + " x" * len(direct), rounds=4))


def _product(datum: str, s: str, forms: str) -> Step:
    """A gadget datum at the lifted weights."""
    ek, fk = FORMS["e"].format("k"), FORMS["f"].format("k")
    target = "1" if datum[0] == "c" else f"1 + {ek}"
    argument = f"{_aimed(_EJ, target.replace('(k,', '(j,'))} - mid"
    factor = f"{_FJ}*({_GAIN_J})" if s == "u" else _GAIN_J
    steps = [*_response("r", ek, target),
             apply("s", "etr_training.sum_at_one", F=f"j, u -> {factor}*phi(({argument})*u + mid)", n="M", i="k"),
             *(apply(f"m{x}", "etr_training.sum_minus", f=f"l -> {x}(k,l)*X(l)", n="N") for x in forms)]
    facts = "s r n0 " + " ".join(f"m{x}" for x in forms)
    if s == "u":
        gain, response = f"(abs({ek}) + 1)/w", f"(phi({_aimed(ek, target)}) - phi(mid))"
        steps.append(combine("fr", f"{fk}*({gain}*{response}) = {fk}*({target})", "r"))
        facts = facts.replace("s r", "s fr")
    if len(forms) == 2:
        steps.append(apply("plus", "etr_training.sum_plus", f="l -> -f(k,l)*X(l)", g="l -> -d(k,l)*X(l)", n="N"))
        steps.append(apply("y", "s2", k="k"))
        facts += " plus y"
    return intro(datum, _lifted(datum), "k1 k2", *steps, combine("z", facts=facts, rounds=5))


FORWARD_STEPS = (
    apply("n0", "etr_training.zero_sum", n="N"),
    # the gadgets cancel against the biases of the sinks, so that both sinks see the same at these data
    combine("zu", _lifted("zu"), "n0", rounds=4), _variable("v"), _variable("x"),
    intro("lu", _lifted("lu"), "k1 k2", apply("y", "s1", k="k"), combine("z", facts="y", rounds=4)),
    _product("ct", "t", ""), _product("cu", "u", "f"), _product("at", "t", "e"), _product("au", "u", "fd"),
)
"""Every datum at the weights of `LIFT`, from the rows s1, s2 of the system."""

_EVERY = f"(all {WEIGHTS} | {fits(DATA)} => {COPIED})"
_FORTH = f"(all psi:real->real, mid w:real | hw: 0 < w, hi: {INTERVAL}, sol: {SOLVABLE} => {FITTED})"
_SAME_NETWORK = {**SAME_WEIGHTS, "phi": "u -> phi(u)"}
_DERIVATION = (
    intro("back", f"all | {FITTED} => {SOLVABLE}", "fit",
          obtain("z", "fit", " ".join(DATA),
                 apply("r", "etr_training.universal_backward", **SAME_SYSTEM, **_SAME_NETWORK),
                 obtain("y", "r", "r1 r2 r3", witness("x", X="l -> st(l)")))),
    intro("forth", _FORTH[1:-1], "hw hi sol",
          obtain("z", "sol", "s1 s2", *FORWARD_STEPS, witness("y", **LIFT))),
    intro("every", _EVERY[1:-1], " ".join(DATA),
          apply("r", "etr_training.universal_backward", **SAME_SYSTEM, **_SAME_NETWORK),
          obtain("z", "r", "r1 r2 r3", intro("y", COPIED[1:-1], "l1 l2", apply("x", "r3", l="l")))),
    witness("end"),
)

STATEMENT = statement(f"all {SYSTEM_DATA}, phi:real->real => some | (all | {FITTED} => {SOLVABLE}), {_FORTH}, {_EVERY}")
"""A fit solves the system for every phi; a solution gives a fit if phi takes all values of an interval."""

_VARIABLE = ("gt*(phi(wc + b) - phi(b)) = 1, gu*(phi(wc + b) - phi(b)) = 1, gt*(phi(wa + b) - phi(b)) = st,"
             " gu*(phi(wa + b) - phi(b)) = su")
ATTACKED = statement(f"all phi:real->real => some | (all gt gu wa wc b st su:real | {_VARIABLE} => su = st),"
                     f" {gadget_alone(any_activation)}")
"""What every fit gives for one neuron of a variable and for one of a product; mutants of the data are mutants of it."""

def _net(**values: str) -> dict[str, str]:
    """One variable and no gadget, activation the identity, weights by name, zero otherwise."""
    return {"phi": "u -> u"} | network(**values)


def _uncopied(name: str, breaks: str, without: str, claimed: str, **values: str) -> Control:
    return Control(name, breaks, statement(f"all {SYSTEM_DATA}, phi:real->real, {WEIGHTS} | {fits(DATA, without)}"
                                           f" => (all l:int | 1 <= l, l <= N => {claimed})"),
                   Witness((witness("end", **_net(**values)),)))


CONTROLS = (
    _uncopied("one_label_of_c", "without the label of e_c at the second sink its output weight is free", "vu",
              "gu(l) = gt(l)", gt="1", wc="1"),
    _uncopied("one_label_of_a", "without the label of e_a - e_p - e_q at the second sink its direct weight is free",
              "xu", "su(l) = st(l)", gt="1", gu="1", wc="1", su="1"),
    Control("no_zero_datum", "without the zero datum X X = -1 is fit, here by the identity",
            statement(f"all {SYSTEM_DATA}, phi:real->real, {WEIGHTS} | {UNSOLVABLE}, {fits(DATA, 'zt zu')} => 0 = 1"),
            Witness((*NO_ROOT, witness("end", **_net(
                M="1", e="1", f="1", o="-1", wa="1", wc="1", gt="1", gu="-1", st="1", su="1", wA="1", wC="1", ht="1",
                hu="-1", bu="2"))))),
    Control("no_interval", "a constant activation takes no interval of values and gives no response",
            statement("all phi psi:real->real, mid w x t:real | 0 < w, t <= abs(x) + 1, -t <= abs(x) + 1"
                      f" => {_RESPONSE}"),
            Witness((witness("end", phi="u -> 0", psi="u -> 0", mid="0", w="1", x="0", t="1"),))),
)


def aimed_value(centre: Exact, radius: Exact, size: Exact, target: Exact) -> Fraction:
    """Return the value phi(mid) + w/(|size| + 1) target that a lifted neuron takes, from phi(mid) and w.

    It lies in the interval whenever |target| <= |size| + 1.

    >>> aimed_value(0, 1, -3, 2)
    Fraction(1, 2)
    """
    return Fraction(centre) + Fraction(radius) / (abs(size) + 1) * target


def output_weight(radius: Exact, size: Exact) -> Fraction:
    """Return the output weight (|size| + 1)/w of a lifted neuron, which turns its response into the target."""
    return (abs(size) + 1) / Fraction(radius)


CLAIM = Claim(
    id="etr_training.universal_hardness",
    title="Exact training with two sinks is solving polynomial systems for every activation that fills an interval",
    statement=STATEMENT,
    source=Source("Lemmascope", 2026, "Hardness of exact training for arbitrary activations", "new",
                  note="Found while compiling formulas to sigmoid and sin networks; the idea is the lean product gadget"
                  " for ReLU. Hankala, Hannula, Kontinen and Virtema (arXiv 2305.11833) treat effectively continuous"
                  " activations; whether their body contains this statement was not seen."),
    summary="One hidden layer of N + M neurons of any activation with direct edges and 1 + 2N + L + 2M data: a fit"
            " solves the system of L linear and M product rows, and a solution gives a fit if the activation takes all"
            " values of an interval.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **{k: v for k, v in _net(M="1", e="1", f="1", o="2").items()
                                        if k in (*"NLMcefdpo", "phi")}),)),
    controls=CONTROLS,
    comparison=(
        Comparison("activation", "identity and ReLU, each with its own gadgets (claims C3 and C4)",
                   "every function on the reals in one direction, no continuity; an interval of values in the other",
                   "new; includes sigmoid, sin, exponential, ReLU, powers and |x|"),
        Comparison("data", "ReLU: 1 + 3N + L + 2M", "1 + 2N + L + 2M: no calibration, only equality of both sinks",
                   "smaller: one datum fewer for each variable"),
        Comparison("interval", "phi maps onto a neighbourhood of one of its values",
                   "a right inverse psi of phi on [phi(mid) - w, phi(mid) + w] is given",
                   "the same by a choice of arguments, which is not formalised"),
        Comparison("gauge", "C12: output weights are free, so that training need not contain ETR_phi",
                   "polynomial systems only; nothing is said about atoms with phi", "consistent with C12"),
        Comparison("complexity", "hardness for the class of the existential theory of the reals",
                   "the equivalence for all sizes", "polynomial-time reductions are not formalised"),
    ),
    tightness="For activations that fill an interval an equivalence; a step function fits systems with solutions in"
              " {0, 1} only, so that some such hypothesis is needed.",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)
