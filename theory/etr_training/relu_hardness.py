"""Training with one hidden ReLU layer and two sinks is as hard as solving polynomial systems, without any range.

The values are the direct weights st(l), su(l) of two sources per variable. Data at c = 1 and (a, c) = (1, 2), (-1, 2)
calibrate a neuron: its response is that of a line of slope 1 in c, so that both sinks carry the same value. A product
gadget needs no calibration, since the responses of the two sinks to one neuron are proportional at every input.
"""

from __future__ import annotations

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
from theory.etr_training.relu_calibration import CALIBRATION
from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import Step, apply, combine, intro, obtain, witness
from theory.language.printing import text
from theory.language.terms import Formula


def relu(z: str) -> str:
    """The text of the activation at z."""
    return f"max({z}, 0)"


DATA = compiled(relu, {
    **{f"p{s}": each("N", f"{output(relu, s, a=ONE, c=f'2*{ONE}', direct=f'-{ONE}')} = 2") for s in "tu"},
    **{f"m{s}": each("N", f"{output(relu, s, a=f'-{ONE}', c=f'2*{ONE}', direct=ONE)} = 2") for s in "tu"},
})
"""Zero; c_k; a_k with 2 c_k, both signs; linear rows; K_k with -q; A_k + K_k with -p, -q and the product's form."""

FITTED = f"(some {WEIGHTS} | {fits(DATA)})"
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
        *row_steps(relu, "cal", "a1 a2 a3"),
        witness("end"),
    ),
)

LEMMAS = (CALIBRATION, BACKWARD)

_EJ, _FJ, _BJ = FORMS["e"].format("j"), FORMS["f"].format("j"), f"(abs({FORMS['e'].format('j')}) + 1)"
LIFT = {**dict.fromkeys(("wa", "st", "su"), "l -> X(l)"), **dict.fromkeys(("wc", "gt", "gu", "wC", "ht"), "l -> 1"),
        "b": "l -> abs(X(l)) + 1", "wA": f"j -> {_EJ}", "B": f"j -> {_BJ}", "hu": f"j -> {_FJ}",
        "bt": f"-sum(l=1..N: abs(X(l)) + 1) - sum(j=1..M: {_BJ})",
        "bu": f"-sum(l=1..N: abs(X(l)) + 1) - sum(j=1..M: {_FJ}*{_BJ})"}
"""The weights that a solution X gives: biases |X| + 1 and |E| + 1 keep every neuron on at every datum."""


def _lifted(datum: str) -> Formula:
    return lifted(DATA[datum], LIFT)


_XK, _EK, _FK, _DK = "X(k)", *(FORMS[x].format("k") for x in "efd")


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

_EVERY = f"(all {WEIGHTS} | {fits(DATA)} => {CALIBRATED})"
_DERIVATION = (
    intro("back", f"all | {FITTED} => {SOLVABLE}", "fit",
          obtain("z", "fit", " ".join(DATA), apply("r", "etr_training.relu_backward", **SAME_SYSTEM, **SAME_WEIGHTS),
                 obtain("y", "r", "r1 r2 r3", witness("x", X="l -> st(l)")))),
    intro("forth", f"all | {SOLVABLE} => {FITTED}", "sol",
          obtain("z", "sol", "s1 s2", *FORWARD_STEPS, witness("y", **LIFT))),
    intro("every", _EVERY[1:-1], " ".join(DATA),
          apply("r", "etr_training.relu_backward", **SAME_SYSTEM, **SAME_WEIGHTS),
          obtain("z", "r", "r1 r2 r3", intro("y", CALIBRATED[1:-1], "l1 l2", apply("x", "r3", l="l")))),
    witness("end"),
)

STATEMENT = statement(f"all {SYSTEM_DATA} => some | (all | {FITTED} => {SOLVABLE}), (all | {SOLVABLE} => {FITTED}),"
                      f" {_EVERY}")
"""The compiled data have a fit if and only if the system has a real solution; in every fit neurons are calibrated."""

ATTACKED = statement(f"all => some | ({text(CALIBRATION.statement.formula)}), {gadget_alone(relu)}")
"""What every fit gives for one neuron of a variable and for one of a product; mutants of the data are mutants of it."""

def _uncalibrated(name: str, breaks: str, without: str, claimed: str, **values: str) -> Control:
    return Control(name, breaks, statement(f"all {SYSTEM_DATA}, {WEIGHTS} | {fits(DATA, without)}"
                                           f" => (all l:int | 1 <= l, l <= N => {claimed})"),
                   Witness((witness("end", **network(**values)),)))


CONTROLS = (
    _uncalibrated("no_unit_datum", "without the datum c = 1 the slope is 4/3: a kink between 0 and 2", "vt vu",
                  "gt(l)*wc(l) = 1",
                  gt="2/3", gu="2/3", wc="2", b="-1"),
    _uncalibrated("no_negative_datum", "without the datum a = -1 a kink beside the line: v w_a = -3, w = -2", "mt mu",
                  "gt(l)*wa(l) = st(l)",
                  gt="1", gu="1", wc="1", wa="-3", st="-2", su="-2"),
    Control("no_zero_datum", "without the zero datum X X = -1 is fit, by neurons that are off at zero",
            statement(f"all {SYSTEM_DATA}, {WEIGHTS} | {UNSOLVABLE}, {fits(DATA, 'zt zu')} => 0 = 1"),
            Witness((*NO_ROOT, witness("end", **network(
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
    instance=Witness((witness("end", **{k: v for k, v in network(M="1", e="1", f="1", o="2").items()
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
