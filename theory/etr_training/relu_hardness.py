"""Training with one hidden ReLU layer and two sinks is as hard as solving polynomial systems, without any range.

The values are the direct weights st(l), su(l) of two sources per variable. Data at c = 1 and (a, c) = (1, 2), (-1, 2)
calibrate a neuron: its response is that of a line of slope 1 in c, so that both sinks carry the same value. A product
gadget needs no calibration, since the responses of the two sinks to one neuron are proportional at every input.
"""

from __future__ import annotations

from theory.etr_training.hardness_system import NO_ROOT, SOLVABLE, SYSTEM_DATA, linear_rows, product_rows, row
from theory.etr_training.relu_calibration import CALIBRATION
from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import Step, apply, calc, combine, intro, obtain, witness
from theory.language.notation import formula, substitution
from theory.language.printing import text
from theory.language.substitution import substitute
from theory.language.terms import Formula

NAMES = ("wa", "wc", "b", "gt", "gu", "st", "su", "wA", "wC", "B", "ht", "hu")
WEIGHTS = f"{' '.join(NAMES)}:int->real, bt bu:real"
"""a_l, c_l -> g_l and its bias, g_l -> t, u, direct edges p_l -> t, q_l -> u; A_k, K_k -> h_k, bias, h_k -> t, u."""


def output(sink: str, *, a: str = "0", c: str = "0", A: str = "0", C: str = "0", direct: str = "0") -> str:
    """The output at a sink: inputs a(l), c(l) of the variables, A(j), C(j) of the gadgets, and of the direct edges."""
    return (f"sum(l=1..N: g{sink}(l)*max(wa(l)*({a}) + wc(l)*({c}) + b(l), 0))"
            f" + sum(j=1..M: h{sink}(j)*max(wA(j)*({A}) + wC(j)*({C}) + B(j), 0))"
            f" + sum(l=1..N: s{sink}(l)*({direct})) + b{sink}")


def _each(count: str, equation: str) -> str:
    return f"(all k:int | 1 <= k, k <= {count} => {equation})"


_ONE, _GADGET = "I(N)[l,k]", "I(M)[j,k]"
DATA = {f"z{s}": f"{output(s)} = 0" for s in "tu"}
DATA |= {f"v{s}": _each("N", f"{output(s, c=_ONE)} = 1") for s in "tu"}
DATA |= {f"p{s}": _each("N", f"{output(s, a=_ONE, c=f'2*{_ONE}', direct=f'-{_ONE}')} = 2") for s in "tu"}
DATA |= {f"m{s}": _each("N", f"{output(s, a=f'-{_ONE}', c=f'2*{_ONE}', direct=_ONE)} = 2") for s in "tu"}
DATA |= {f"l{s}": _each("L", f"{output(s, direct='c(k,l)')} = p(k)") for s in "tu"}
DATA |= {
    "ct": _each("M", f"{output('t', C=_GADGET)} = 1"),
    "cu": _each("M", f"{output('u', C=_GADGET, direct='-f(k,l)')} = 0"),
    "at": _each("M", f"{output('t', A=_GADGET, C=_GADGET, direct='-e(k,l)')} = 1"),
    "au": _each("M", f"{output('u', A=_GADGET, C=_GADGET, direct='-f(k,l) - d(k,l)')} = o(k)"),
}
"""Zero; c_k; a_k with 2 c_k, both signs; linear rows; K_k with -q; A_k + K_k with -p, -q and the product's form."""


def fits(without: str = "") -> str:
    """The formula "the network fits the data", perhaps without those named."""
    return ", ".join(text for name, text in DATA.items() if name not in without.split())


FITTED = f"(some {WEIGHTS} | {fits()})"
CALIBRATED = "(all l:int | 1 <= l, l <= N => some | gt(l)*wc(l) = 1, gt(l)*wa(l) = st(l), su(l) = st(l))"

_ON = {"v": ("0", "u", "0"), "p": ("u", "2*u", "-"), "m": ("-u", "2*u", "")}
"""For each calibration datum: the inputs a, c of the neuron and the sign of the direct edges."""


def _seen(datum: str, s: str) -> tuple[Step, ...]:
    """What sink s sees of one variable at a calibration datum."""
    a, c, sign = _ON[datum]
    inner = f"wa({{0}})*({a}) + wc({{0}})*({c}) + b({{0}})"
    at_one = inner.format("k").replace("u)", "1)").replace("-u", "-1")
    extra = {"v": "0", "p": f"-s{s}(k)", "m": f"s{s}(k)"}[datum]
    label = "1" if datum == "v" else "2"
    steps = [apply("y", f"{datum}{s}", k="k"),
             apply("s", "etr_training.sum_at_one", F=f"l, u -> g{s}(l)*max({inner.format('l')}, 0)", n="N", i="k")]
    if sign != "0":
        steps.append(apply("x", "textbook.sum_delta", f=f"l -> {sign}s{s}(l)", n="N", m="k"))
    goal = f"g{s}(k)*(max({at_one}, 0) - max(b(k), 0)) + {extra} = {label}"
    return (intro(f"{datum}{s}k", f"all k:int | 1 <= k, k <= N => {goal}", "k1 k2", *steps,
                  combine("z", facts=f"y s z{s} n0" + " x" * (sign != "0"), rounds=4)),)


def _direct(id: str, s: str, form: str) -> Step:
    """A linear form of the direct edges, as the system writes it."""
    return apply(id, "etr_training.sum_minus", f=f"l -> {form}(k,l)*s{s}(l)", n="N")


def _gadget(datum: str, letter: str, s: str, forms: str, label: str) -> tuple[Step, ...]:
    """The response of h_k at sink s to a gadget datum, as linear forms of the direct edges and a number."""
    pre = "wC(j)*u + B(j)" if letter == "c" else "wA(j)*u + wC(j)*u + B(j)"
    at_one = pre.replace("*u", "").replace("(j)", "(k)")
    seen = " + ".join(f"sum(l=1..N: {x}(k,l)*s{s}(l))" for x in forms)
    steps = [apply(f"{datum}1", datum, k="k"),
             apply(f"{datum}2", "etr_training.sum_at_one", F=f"j, u -> h{s}(j)*max({pre}, 0)", n="M", i="k"),
             *(_direct(f"{datum}{x}", s, x) for x in forms)]
    if len(forms) == 2:
        steps.append(apply(f"{datum}3", "etr_training.sum_plus", n="N",
                           **{g: f"l -> -{x}(k,l)*s{s}(l)" for g, x in zip("fg", forms)}))
    facts = f"{datum}1 {datum}2 z{s} n0" + "".join(f" {datum}{x}" for x in forms) + f" {datum}3" * (len(forms) == 2)
    goal = f"h{s}(k)*(max({at_one}, 0) - max(B(k), 0)) = {' + '.join(filter(None, (seen, label)))}"
    return (*steps, combine(f"{datum}4", goal, facts, rounds=4))


def _same(form: str) -> tuple[Step, ...]:
    return (intro(f"eq{form}", f"all l:int | 1 <= l, l <= N => {form}(k,l)*su(l) = {form}(k,l)*st(l)", "l1 l2",
                  apply("a", "cal", l="l"), obtain("z", "a", "a1 a2 a3", combine("y", facts="a3"))),
            apply(f"same{form}", "etr_training.sum_same", f=f"l -> {form}(k,l)*su(l)", g=f"l -> {form}(k,l)*st(l)",
                  n="N"))


_E, _F, _D = (f"sum(l=1..N: {x}(k,l)*st(l))" for x in "efd")
_R1, _R2 = "(max(wC(k) + B(k), 0) - max(B(k), 0))", "(max(wA(k) + wC(k) + B(k), 0) - max(B(k), 0))"
BACKWARD = Lemma(
    "etr_training.relu_backward", "The direct weights of a fitted ReLU network solve the system",
    statement(f"all {SYSTEM_DATA}, {WEIGHTS} | "
              + ", ".join(f"{name}: {text}" for name, text in DATA.items() if name != "lu")
              + f" => some | {linear_rows('st({})')}, {product_rows('st({})')}, {CALIBRATED}"),
    (
        apply("n0", "etr_training.zero_sum", n="N"),
        *(step for s in "tu" for datum in "vpm" for step in _seen(datum, s)),
        *(intro(f"cal{s}", f"all l:int | 1 <= l, l <= N => some | g{s}(l)*wc(l) = 1, g{s}(l)*wa(l) = s{s}(l)", "l1 l2",
                *(apply(f"x{d}", f"{d}{s}k", k="l") for d in "vpm"),
                apply("z", "etr_training.relu_calibration", v=f"g{s}(l)", x="wa(l)", y="wc(l)", b="b(l)",
                      w=f"s{s}(l)")) for s in "tu"),
        intro("cal", CALIBRATED[1:-1], "l1 l2", apply("x", "calt", l="l"), apply("y", "calu", l="l"),
              obtain("z", "x", "x1 x2", obtain("y0", "y", "y1 y2", combine("g", "gu(l) = gt(l)", "x1 y1", rounds=3),
                     combine("w", "su(l) = st(l)", "g x2 y2"), witness("v")))),
        intro("lin", linear_rows("st({})")[1:-1], "k1 k2", apply("y", "lt", k="k"),
              combine("z", facts="y zt n0", rounds=4)),
        intro("mul", product_rows("st({})")[1:-1], "k1 k2",
              *_gadget("ct", "c", "t", "", "1"), *_gadget("cu", "c", "u", "f", ""),
              *_gadget("at", "a", "t", "e", "1"), *_gadget("au", "a", "u", "fd", "o(k)"), *_same("f"), *_same("d"),
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

LEMMAS = (CALIBRATION, BACKWARD)

_FORMS = {x: f"sum(l=1..N: {x}({{0}},l)*X(l))" for x in "efd"}
_EJ, _FJ, _BJ = _FORMS["e"].format("j"), _FORMS["f"].format("j"), f"(abs({_FORMS['e'].format('j')}) + 1)"
LIFT = {**dict.fromkeys(("wa", "st", "su"), "l -> X(l)"), **dict.fromkeys(("wc", "gt", "gu", "wC", "ht"), "l -> 1"),
        "b": "l -> abs(X(l)) + 1", "wA": f"j -> {_EJ}", "B": f"j -> {_BJ}", "hu": f"j -> {_FJ}",
        "bt": f"-sum(l=1..N: abs(X(l)) + 1) - sum(j=1..M: {_BJ})",
        "bu": f"-sum(l=1..N: abs(X(l)) + 1) - sum(j=1..M: {_FJ}*{_BJ})"}
"""The weights that a solution X gives: biases |X| + 1 and |E| + 1 keep every neuron on at every datum."""


def _lifted(datum: str) -> Formula:
    return substitute(formula(DATA[datum]), {name: substitution(text) for name, text in LIFT.items()})


_XK, _EK, _FK, _DK = "X(k)", *(_FORMS[x].format("k") for x in "efd")


def _relu(id: str, at: str, bound: str) -> tuple[Step, ...]:
    """ReLU at a point that the bias keeps positive; `bound` names the facts about the absolute value."""
    return combine(f"{id}0", f"0 <= {at}", bound), apply(id, "etr_training.relu_on", z=at)


def _calibrated(datum: str, s: str) -> Step:
    """A calibration datum at the lifted weights."""
    a, c, sign = _ON[datum]
    at = f"X(k)*({a}) + 1*({c}) + (abs(X(k)) + 1)".replace("u)", "1)").replace("-u", "-1").replace("2*u", "2*1")
    direct = [] if sign == "0" else [apply("x", "textbook.sum_delta", f=f"l -> {sign}X(l)", n="N", m="k")]
    return intro(f"{datum}{s}", _lifted(f"{datum}{s}"), "k1 k2",
                 apply("a1", "ax.abs_ge", x=_XK), apply("a2", "ax.abs_neg", x=_XK),
                 *_relu("on", at, "a1 a2"), *_relu("base", "abs(X(k)) + 1", "a1 a2"),
                 apply("s", "etr_training.sum_at_one", F=f"l, u -> max(X(l)*({a}) + 1*({c}) + (abs(X(l)) + 1), 0)",
                       n="N", i="k"), *direct,
                 combine("z", facts=f"s on base n0 gs hs{s}" + " x" * len(direct), rounds=4))


def _product(datum: str, s: str, factor: str, on: str, forms: str) -> Step:
    """A gadget datum at the lifted weights."""
    at = f"{_EK}*1 + 1 + (abs({_EK}) + 1)" if on == "A" else f"1 + (abs({_EK}) + 1)"
    pre = f"{_EJ}*u + u + {_BJ}" if on == "A" else f"u + {_BJ}"
    times = f"{factor}*" if factor else ""
    steps = [apply("a1", "ax.abs_ge", x=_EK), apply("a2", "ax.abs_neg", x=_EK),
             *_relu("on", at, "a1 a2"), *_relu("base", f"abs({_EK}) + 1", "a1 a2"),
             apply("s", "etr_training.sum_at_one", F=f"j, u -> {times}max({pre}, 0)", n="M", i="k"),
             *(apply(f"m{x}", "etr_training.sum_minus", f=f"l -> {x}(k,l)*X(l)", n="N") for x in forms)]
    if len(forms) == 2:
        steps.append(apply("plus", "etr_training.sum_plus", f="l -> -f(k,l)*X(l)", g="l -> -d(k,l)*X(l)", n="N"))
        steps.append(apply("y", "s2", k="k"))
    facts = f"s on base gs hs{s} n0 " + " ".join(f"m{x}" for x in forms) + " plus y" * (len(forms) == 2)
    return intro(datum, _lifted(datum), "k1 k2", *steps, combine("z", facts=facts, rounds=5))


FORWARD_STEPS = (
    apply("n0", "etr_training.zero_sum", n="N"),
    intro("g0", "all l:int | 1 <= l, l <= N => max(abs(X(l)) + 1, 0) = abs(X(l)) + 1", "l1 l2",
          apply("a1", "ax.abs_ge", x="X(l)"), apply("a2", "ax.abs_neg", x="X(l)"),
          *_relu("z", "abs(X(l)) + 1", "a1 a2")),
    apply("gs", "etr_training.sum_same", f="l -> max(abs(X(l)) + 1, 0)", g="l -> abs(X(l)) + 1", n="N"),
    intro("h0", f"all j:int | 1 <= j, j <= M => max({_BJ}, 0) = {_BJ}", "j1 j2",
          apply("a1", "ax.abs_ge", x=_EJ), apply("a2", "ax.abs_neg", x=_EJ), *_relu("z", _BJ, "a1 a2")),
    apply("hst", "etr_training.sum_same", f=f"j -> max({_BJ}, 0)", g=f"j -> {_BJ}", n="M"),
    intro("h1", f"all j:int | 1 <= j, j <= M => {_FJ}*max({_BJ}, 0) = {_FJ}*{_BJ}", "j1 j2", apply("a", "h0", j="j"),
          combine("z", facts="a")),
    apply("hsu", "etr_training.sum_same", f=f"j -> {_FJ}*max({_BJ}, 0)", g=f"j -> {_FJ}*{_BJ}", n="M"),
    *(combine(f"z{s}", _lifted(f"z{s}"), f"gs hs{s} n0", rounds=4) for s in "tu"),
    *(_calibrated(datum, s) for datum in "vpm" for s in "tu"),
    *(intro(f"l{s}", _lifted(f"l{s}"), "k1 k2", apply("y", "s1", k="k"),
            combine("z", facts=f"y gs hs{s}", rounds=4)) for s in "tu"),
    _product("ct", "t", "", "C", ""), _product("cu", "u", _FJ, "C", "f"), _product("at", "t", "", "A", "e"),
    _product("au", "u", _FJ, "A", "fd"),
)
"""Every datum at the weights of `LIFT`, from the rows s1, s2 of the system."""

_EVERY = f"(all {WEIGHTS} | {fits()} => {CALIBRATED})"
_NET = {w: f"l -> {w}(l)" for w in NAMES} | {"bt": "bt", "bu": "bu"}
_SYSTEM = {**{x: f"k, l -> {x}(k,l)" for x in "cefd"}, "p": "k -> p(k)", "o": "k -> o(k)"} | {x: x for x in "NLM"}
_DERIVATION = (
    intro("back", f"all | {FITTED} => {SOLVABLE}", "fit",
          obtain("z", "fit", " ".join(DATA), apply("r", "etr_training.relu_backward", **_SYSTEM, **_NET),
                 obtain("y", "r", "r1 r2 r3", witness("x", X="l -> st(l)")))),
    intro("forth", f"all | {SOLVABLE} => {FITTED}", "sol",
          obtain("z", "sol", "s1 s2", *FORWARD_STEPS, witness("y", **LIFT))),
    intro("every", _EVERY[1:-1], " ".join(DATA), apply("r", "etr_training.relu_backward", **_SYSTEM, **_NET),
          obtain("z", "r", "r1 r2 r3", intro("y", CALIBRATED[1:-1], "l1 l2", apply("x", "r3", l="l")))),
    witness("end"),
)

STATEMENT = statement(f"all {SYSTEM_DATA} => some | (all | {FITTED} => {SOLVABLE}), (all | {SOLVABLE} => {FITTED}),"
                      f" {_EVERY}")
"""The compiled data have a fit if and only if the system has a real solution; in every fit neurons are calibrated."""

_RESPONSES = (
    ("1", "ht", "max(wC + B, 0)"), ("F", "hu", "max(wC + B, 0)"), ("E + 1", "ht", "max(wA + wC + B, 0)"),
    ("F + D + o", "hu", "max(wA + wC + B, 0)"))
ATTACKED = statement(
    f"all => some | ({text(CALIBRATION.statement.formula)}), (all ht hu wA wC B E F D o:real | "
    + ", ".join(f"{weight}*({on} - max(B, 0)) = {label}" for label, weight, on in _RESPONSES) + " => E*F = D + o)")
"""What every fit gives for one neuron of a variable and for one of a product; mutants of the data are mutants of it."""


_ZERO_NET = dict.fromkeys((*NAMES, "p", "o"), "k -> 0") | dict.fromkeys("cefd", "k, l -> 0") | {"bt": "0", "bu": "0"}


def _net(**values: str) -> dict[str, str]:
    """One variable and no gadget, weights by name, zero otherwise."""
    given = {name: text if name in ("N", "L", "M", "bt", "bu") else f"k, l -> {text}" if name in "cefd"
             else f"k -> {text}" for name, text in values.items()}
    return {"N": "1", "L": "0", "M": "0"} | _ZERO_NET | given


def _uncalibrated(name: str, breaks: str, without: str, claimed: str, **values: str) -> Control:
    return Control(name, breaks, statement(f"all {SYSTEM_DATA}, {WEIGHTS} | {fits(without)}"
                                           f" => (all l:int | 1 <= l, l <= N => {claimed})"),
                   Witness((witness("end", **_net(**values)),)))


_UNSOLVABLE = ("(all X:int->real => some k:int | 1 <= k, k <= M, "
               f"{row('e', 'X({})')}*{row('f', 'X({})')} != {row('d', 'X({})')} + o(k))")

CONTROLS = (
    _uncalibrated("no_unit_datum", "without the datum c = 1 the slope is 4/3: a kink between 0 and 2", "vt vu",
                  "gt(l)*wc(l) = 1",
                  gt="2/3", gu="2/3", wc="2", b="-1"),
    _uncalibrated("no_negative_datum", "without the datum a = -1 a kink beside the line: v w_a = -3, w = -2", "mt mu",
                  "gt(l)*wa(l) = st(l)",
                  gt="1", gu="1", wc="1", wa="-3", st="-2", su="-2"),
    Control("no_zero_datum", "without the zero datum X X = -1 is fit, by neurons that are off at zero",
            statement(f"all {SYSTEM_DATA}, {WEIGHTS} | {_UNSOLVABLE}, {fits('zt zu')} => 0 = 1"),
            Witness((*NO_ROOT, witness("end", **_net(
                M="1", e="1", f="1", o="-1", wa="1/2", wc="1", b="-5/6", gt="1", gu="1", st="1/2", su="1/2", wA="1/2",
                wC="1/6", ht="1", hu="-2", bt="5/6", bu="5/6"))))),
)


CLAIM = Claim(
    id="etr_training.relu_hardness",
    title="Exact training of one hidden ReLU layer with two sinks is solving polynomial systems",
    statement=STATEMENT,
    source=Source("T. Hankala, M. Hannula, J. Kontinen, J. Virtema", 2023,
                  "Complexity of Neural Network Training and ETR: Extensions with Effectively Continuous Functions",
                  "reconstructed", arxiv="2305.11833",
                  note="The abstract was seen, the body was not; hardness for ReLU is also in the abstracts of"
                  " Abrahamsen, Kleist, Miltzow (2021) and Bertschinger et al. (2023). Gadgets and proof are ours; the"
                  " datum c = 2 and the calibration of product neurons are not needed."),
    summary="One hidden layer of N + M ReLU neurons with 1 + 3N + L + 2M data has a fit exactly when the system of L"
            " linear and M product rows in N variables has a real solution, of any size.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **{k: v for k, v in _net(M="1", e="1", f="1", o="2").items()
                                        if k in "NLMcefdpo"}),)),
    controls=CONTROLS,
    comparison=(
        Comparison("calibration", "f(0,1), f(0,2), f(1,2), f(-1,2): v w_c = 1 and v w_a = omega; proved by a solver",
                   "etr_training.relu_calibration, for all reals, from three data: f(0,2) is left out",
                   "strengthened: exact proof by convexity, one datum fewer"),
        Comparison("product gadget", "lean form: two data, no slack", "the same, for products of linear forms",
                   "strengthened; the form with four data is not formalised"),
        Comparison("system", "X_i = q, X_i + X_j = X_k, X_i X_j = X_k, X_i X_j = 1",
                   "rows with arbitrary real coefficients; etr_training.four_forms", "stronger"),
        Comparison("range", "no promise on the size of the values", "biases |X| + 1 in the lifted weights",
                   "as stated"),
        Comparison("complexity", "hardness for the class of the existential theory of the reals",
                   "the equivalence for all sizes", "polynomial-time reductions are not formalised"),
    ),
    tightness="An equivalence; without the datum c = 1, a = -1 or zero it fails (controls).",
    attack="theory.etr_training.relu_hardness_attack",
    attacked=ATTACKED,
)
