"""Exact training with two sinks and direct edges is solving polynomial systems, for every activation with an interval.

The arguments use nothing about the activation phi but that the responses of the two sinks to one hidden neuron are
proportional at every input. A variable has the data e_c -> (1, 1), which makes the output weights of its neuron equal,
and e_a - e_p - e_q -> (0, 0), which then says that both sinks carry one value on their direct edges; the two data of a
product force it. So a fit solves the system whatever phi is, continuous or not. Conversely phi has to take all values
in an interval around one of its values, and nothing else is needed.
"""

from __future__ import annotations

from fractions import Fraction

from theory.etr_training.hardness_system import NO_ROOT, SOLVABLE, SYSTEM_DATA, linear_rows, product_rows, row
from theory.etr_training.universal_hardness_attack import KILLS, SURVIVORS
from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import Step, apply, calc, combine, intro, obtain, witness
from theory.language.notation import formula, substitution
from theory.language.substitution import substitute
from theory.language.terms import Formula

Exact = int | Fraction

NAMES = ("wa", "wc", "b", "gt", "gu", "st", "su", "wA", "wC", "B", "ht", "hu")
WEIGHTS = f"{' '.join(NAMES)}:int->real, bt bu:real"
"""a_l, c_l -> g_l and its bias, g_l -> t, u, direct edges p_l -> t, q_l -> u; A_k, K_k -> h_k, bias, h_k -> t, u."""

INTERVAL = "(all y:real | phi(mid) - w <= y, y <= phi(mid) + w => phi(psi(y)) = y)"
"""The activation takes every value at distance at most w from phi(mid): psi chooses an argument for each."""


def output(sink: str, *, a: str = "0", c: str = "0", A: str = "0", C: str = "0", direct: str = "0") -> str:
    """The output at a sink: inputs a(l), c(l) of the variables, A(j), C(j) of the gadgets, and of the direct edges."""
    return (f"sum(l=1..N: g{sink}(l)*phi(wa(l)*({a}) + wc(l)*({c}) + b(l)))"
            f" + sum(j=1..M: h{sink}(j)*phi(wA(j)*({A}) + wC(j)*({C}) + B(j)))"
            f" + sum(l=1..N: s{sink}(l)*({direct})) + b{sink}")


def _each(count: str, equation: str) -> str:
    return f"(all k:int | 1 <= k, k <= {count} => {equation})"


_ONE, _GADGET = "I(N)[l,k]", "I(M)[j,k]"
DATA = {f"z{s}": f"{output(s)} = 0" for s in "tu"}
DATA |= {f"v{s}": _each("N", f"{output(s, c=_ONE)} = 1") for s in "tu"}
DATA |= {f"x{s}": _each("N", f"{output(s, a=_ONE, direct=f'-{_ONE}')} = 0") for s in "tu"}
DATA |= {f"l{s}": _each("L", f"{output(s, direct='c(k,l)')} = p(k)") for s in "tu"}
DATA |= {
    "ct": _each("M", f"{output('t', C=_GADGET)} = 1"),
    "cu": _each("M", f"{output('u', C=_GADGET, direct='-f(k,l)')} = 0"),
    "at": _each("M", f"{output('t', A=_GADGET, C=_GADGET, direct='-e(k,l)')} = 1"),
    "au": _each("M", f"{output('u', A=_GADGET, C=_GADGET, direct='-f(k,l) - d(k,l)')} = o(k)"),
}
"""Zero; c_k; a_k with -p_k, -q_k; linear rows; K_k with -q; A_k + K_k with -p, -q and the product's form."""


def fits(without: str = "") -> str:
    """The formula "the network fits the data", perhaps without those named."""
    return ", ".join(text for name, text in DATA.items() if name not in without.split())


FITTED = f"(some {WEIGHTS} | {fits()})"
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


def _gadget(datum: str, s: str, forms: str, label: str) -> tuple[Step, ...]:
    """The response of h_k at sink s to a gadget datum, as linear forms of the direct edges and a number."""
    pre = "wC(j)*u + B(j)" if datum[0] == "c" else "wA(j)*u + wC(j)*u + B(j)"
    at_one = pre.replace("*u", "").replace("(j)", "(k)")
    steps = [apply(f"{datum}1", datum, k="k"),
             apply(f"{datum}2", "etr_training.sum_at_one", F=f"j, u -> h{s}(j)*phi({pre})", n="M", i="k"),
             *(apply(f"{datum}{x}", "etr_training.sum_minus", f=f"l -> {x}(k,l)*s{s}(l)", n="N") for x in forms)]
    if len(forms) == 2:
        steps.append(apply(f"{datum}3", "etr_training.sum_plus", n="N",
                           **{g: f"l -> -{x}(k,l)*s{s}(l)" for g, x in zip("fg", forms)}))
    facts = f"{datum}1 {datum}2 z{s} n0" + "".join(f" {datum}{x}" for x in forms) + f" {datum}3" * (len(forms) == 2)
    seen = [f"sum(l=1..N: {x}(k,l)*s{s}(l))" for x in forms]
    goal = f"h{s}(k)*(phi({at_one}) - phi(B(k))) = {' + '.join([*seen, *filter(None, (label,))])}"
    return (*steps, combine(f"{datum}4", goal, facts, rounds=4))


def _same(form: str) -> tuple[Step, ...]:
    return (intro(f"eq{form}", f"all l:int | 1 <= l, l <= N => {form}(k,l)*su(l) = {form}(k,l)*st(l)", "l1 l2",
                  apply("a", "copy", l="l"), obtain("z", "a", "a1 a2", combine("y", facts="a2"))),
            apply(f"same{form}", "etr_training.sum_same", f=f"l -> {form}(k,l)*su(l)", g=f"l -> {form}(k,l)*st(l)",
                  n="N"))


_E, _F, _D = (f"sum(l=1..N: {x}(k,l)*st(l))" for x in "efd")
_R0 = "(phi(wc(l) + b(l)) - phi(b(l)))"
_R1, _R2 = "(phi(wC(k) + B(k)) - phi(B(k)))", "(phi(wA(k) + wC(k) + B(k)) - phi(B(k)))"
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
        intro("mul", product_rows("st({})")[1:-1], "k1 k2",
              *_gadget("ct", "t", "", "1"), *_gadget("cu", "u", "f", ""), *_gadget("at", "t", "e", "1"),
              *_gadget("au", "u", "fd", "o(k)"), *_same("f"), *_same("d"),
              combine("P", f"hu(k)*{_R1} = {_F}", "cu4 samef"), combine("Q", f"ht(k)*{_R2} = {_E} + 1", "at4"),
              combine("S", f"hu(k)*{_R2} = {_F} + {_D} + o(k)", "au4 samef samed"),
              # (hu R1)(ht R2) = (ht R1)(hu R2): F (E + 1) = F + D + o
              calc("r", (f"{_F}*({_E} + 1) = hu(k)*{_R1}*(ht(k)*{_R2})", "P Q"),
                   (f"hu(k)*{_R1}*(ht(k)*{_R2}) = ht(k)*{_R1}*(hu(k)*{_R2})", ""),
                   (f"ht(k)*{_R1}*(hu(k)*{_R2}) = {_F} + {_D} + o(k)", "ct4 S"),
                   goal=f"{_F}*({_E} + 1) = {_F} + {_D} + o(k)"),
              combine("z", facts="r")),
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

_FORMS = {x: f"sum(l=1..N: {x}({{0}},l)*X(l))" for x in "efd"}
_EJ, _FJ = _FORMS["e"].format("j"), _FORMS["f"].format("j")


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
    return substitute(formula(DATA[datum]), {name: substitution(text) for name, text in LIFT.items()})


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
    ek, fk = _FORMS["e"].format("k"), _FORMS["f"].format("k")
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

_EVERY = f"(all {WEIGHTS} | {fits()} => {COPIED})"
_FORTH = f"(all psi:real->real, mid w:real | hw: 0 < w, hi: {INTERVAL}, sol: {SOLVABLE} => {FITTED})"
_NET = {w: f"l -> {w}(l)" for w in NAMES} | {"bt": "bt", "bu": "bu", "phi": "u -> phi(u)"}
_SYSTEM = {**{x: f"k, l -> {x}(k,l)" for x in "cefd"}, "p": "k -> p(k)", "o": "k -> o(k)"} | {x: x for x in "NLM"}
_DERIVATION = (
    intro("back", f"all | {FITTED} => {SOLVABLE}", "fit",
          obtain("z", "fit", " ".join(DATA), apply("r", "etr_training.universal_backward", **_SYSTEM, **_NET),
                 obtain("y", "r", "r1 r2 r3", witness("x", X="l -> st(l)")))),
    intro("forth", _FORTH[1:-1], "hw hi sol",
          obtain("z", "sol", "s1 s2", *FORWARD_STEPS, witness("y", **LIFT))),
    intro("every", _EVERY[1:-1], " ".join(DATA), apply("r", "etr_training.universal_backward", **_SYSTEM, **_NET),
          obtain("z", "r", "r1 r2 r3", intro("y", COPIED[1:-1], "l1 l2", apply("x", "r3", l="l")))),
    witness("end"),
)

STATEMENT = statement(f"all {SYSTEM_DATA}, phi:real->real => some | (all | {FITTED} => {SOLVABLE}), {_FORTH}, {_EVERY}")
"""A fit solves the system for every phi; a solution gives a fit if phi takes all values of an interval."""

_VARIABLE = ("gt*(phi(wc + b) - phi(b)) = 1, gu*(phi(wc + b) - phi(b)) = 1, gt*(phi(wa + b) - phi(b)) = st,"
             " gu*(phi(wa + b) - phi(b)) = su")
_RESPONSES = (("1", "ht", "phi(wC + B)"), ("F", "hu", "phi(wC + B)"), ("E + 1", "ht", "phi(wA + wC + B)"),
              ("F + D + o", "hu", "phi(wA + wC + B)"))
ATTACKED = statement(
    f"all phi:real->real => some | (all gt gu wa wc b st su:real | {_VARIABLE} => su = st),"
    " (all ht hu wA wC B E F D o:real | "
    + ", ".join(f"{weight}*({on} - phi(B)) = {label}" for label, weight, on in _RESPONSES) + " => E*F = D + o)")
"""What every fit gives for one neuron of a variable and for one of a product; mutants of the data are mutants of it."""

_ZERO_NET = dict.fromkeys((*NAMES, "p", "o"), "k -> 0") | dict.fromkeys("cefd", "k, l -> 0") | {"bt": "0", "bu": "0"}


def _net(**values: str) -> dict[str, str]:
    """One variable and no gadget, activation the identity, weights by name, zero otherwise."""
    given = {name: text if name in ("N", "L", "M", "bt", "bu") else f"k, l -> {text}" if name in "cefd"
             else f"k -> {text}" for name, text in values.items()}
    return {"N": "1", "L": "0", "M": "0", "phi": "u -> u"} | _ZERO_NET | given


def _uncopied(name: str, breaks: str, without: str, claimed: str, **values: str) -> Control:
    return Control(name, breaks, statement(f"all {SYSTEM_DATA}, phi:real->real, {WEIGHTS} | {fits(without)}"
                                           f" => (all l:int | 1 <= l, l <= N => {claimed})"),
                   Witness((witness("end", **_net(**values)),)))


_UNSOLVABLE = ("(all X:int->real => some k:int | 1 <= k, k <= M, "
               f"{row('e', 'X({})')}*{row('f', 'X({})')} != {row('d', 'X({})')} + o(k))")

CONTROLS = (
    _uncopied("one_label_of_c", "without the label of e_c at the second sink its output weight is free", "vu",
              "gu(l) = gt(l)", gt="1", wc="1"),
    _uncopied("one_label_of_a", "without the label of e_a - e_p - e_q at the second sink its direct weight is free",
              "xu", "su(l) = st(l)", gt="1", gu="1", wc="1", su="1"),
    Control("no_zero_datum", "without the zero datum X X = -1 is fit, here by the identity",
            statement(f"all {SYSTEM_DATA}, phi:real->real, {WEIGHTS} | {_UNSOLVABLE}, {fits('zt zu')} => 0 = 1"),
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
