"""Networks with two sinks and direct edges for the product rows of a system, with any activation.

The values of a system are the direct weights st(l), su(l) of two sources per variable. The responses of the two sinks
to one hidden neuron are proportional at every input, whatever the activation is, so that two data for each product row
force the product. What makes su equal to st are further data of each variable: they are the `calibration` of a claim.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from theory.etr_training.hardness_system import product_rows
from theory.language.derivation import Step, apply, calc, combine, intro, obtain

Activation = Callable[[str], str]
"""The text of an activation at the text of its argument."""

NAMES = ("wa", "wc", "b", "gt", "gu", "st", "su", "wA", "wC", "B", "ht", "hu")
WEIGHTS = f"{' '.join(NAMES)}:int->real, bt bu:real"
"""a_l, c_l -> g_l and its bias, g_l -> t, u, direct edges p_l -> t, q_l -> u; A_k, K_k -> h_k, bias, h_k -> t, u."""

SAME_WEIGHTS = {name: f"l -> {name}(l)" for name in NAMES} | {"bt": "bt", "bu": "bu"}
"""The weights that are at hand, for a lemma about all of them."""

ONE, GADGET = "I(N)[l,k]", "I(M)[j,k]"
"""The input of the sources of variable k, and of those of gadget k, that is 1 there and 0 at the others."""


def output(phi: Activation, sink: str, *, a: str = "0", c: str = "0", A: str = "0", C: str = "0", direct: str = "0"
           ) -> str:
    """The output at a sink: inputs a(l), c(l) of the variables, A(j), C(j) of the gadgets, and of the direct edges."""
    return (f"sum(l=1..N: g{sink}(l)*{phi(f'wa(l)*({a}) + wc(l)*({c}) + b(l)')})"
            f" + sum(j=1..M: h{sink}(j)*{phi(f'wA(j)*({A}) + wC(j)*({C}) + B(j)')})"
            f" + sum(l=1..N: s{sink}(l)*({direct})) + b{sink}")


def each(count: str, equation: str) -> str:
    """The formula "the equation holds for k = 1, ..., count"."""
    return f"(all k:int | 1 <= k, k <= {count} => {equation})"


def compiled(phi: Activation, calibration: Mapping[str, str]) -> dict[str, str]:
    """The data by name: zero; c_k; the calibration; linear rows; K_k with -q; A_k + K_k with -p, -q and the product."""

    def out(sink: str, **inputs: str) -> str:
        return output(phi, sink, **inputs)

    return {
        **{f"z{s}": f"{out(s)} = 0" for s in "tu"},
        **{f"v{s}": each("N", f"{out(s, c=ONE)} = 1") for s in "tu"},
        **calibration,
        **{f"l{s}": each("L", f"{out(s, direct='c(k,l)')} = p(k)") for s in "tu"},
        "ct": each("M", f"{out('t', C=GADGET)} = 1"),
        "cu": each("M", f"{out('u', C=GADGET, direct='-f(k,l)')} = 0"),
        "at": each("M", f"{out('t', A=GADGET, C=GADGET, direct='-e(k,l)')} = 1"),
        "au": each("M", f"{out('u', A=GADGET, C=GADGET, direct='-f(k,l) - d(k,l)')} = o(k)"),
    }


def _gadget(phi: Activation, datum: str, forms: str, label: str) -> tuple[Step, ...]:
    """The response of h_k to a gadget datum at its sink, as linear forms of the direct edges and a number."""
    s = datum[1]
    pre = "wC(j)*u + B(j)" if datum[0] == "c" else "wA(j)*u + wC(j)*u + B(j)"
    at_one = pre.replace("*u", "").replace("(j)", "(k)")
    steps = [apply(f"{datum}1", datum, k="k"),
             apply(f"{datum}2", "etr_training.sum_at_one", F=f"j, u -> h{s}(j)*{phi(pre)}", n="M", i="k"),
             *(apply(f"{datum}{x}", "etr_training.sum_minus", f=f"l -> {x}(k,l)*s{s}(l)", n="N") for x in forms)]
    if len(forms) == 2:
        steps.append(apply(f"{datum}3", "etr_training.sum_plus", n="N",
                           **{g: f"l -> -{x}(k,l)*s{s}(l)" for g, x in zip("fg", forms)}))
    facts = f"{datum}1 {datum}2 z{s} n0" + "".join(f" {datum}{x}" for x in forms) + f" {datum}3" * (len(forms) == 2)
    seen = [f"sum(l=1..N: {x}(k,l)*s{s}(l))" for x in forms]
    goal = f"h{s}(k)*({phi(at_one)} - {phi('B(k)')}) = {' + '.join([*seen, *filter(None, (label,))])}"
    return (*steps, combine(f"{datum}4", goal, facts, rounds=4))


def _same(form: str, equal: str, parts: str) -> tuple[Step, ...]:
    """A linear form has one value at both sinks; the last part of the fact `equal` is su(l) = st(l)."""
    return (intro(f"eq{form}", f"all l:int | 1 <= l, l <= N => {form}(k,l)*su(l) = {form}(k,l)*st(l)", "l1 l2",
                  apply("a", equal, l="l"), obtain("z", "a", parts, combine("y", facts=parts.split()[-1]))),
            apply(f"same{form}", "etr_training.sum_same", f=f"l -> {form}(k,l)*su(l)", g=f"l -> {form}(k,l)*st(l)",
                  n="N"))


def row_steps(phi: Activation, equal: str, parts: str) -> tuple[Step, ...]:
    """The steps "the direct weights solve each product row", from the data, n0 and the fact that they are equal.

    `equal` names a fact for all l whose parts are named `parts`; the last of them is su(l) = st(l).
    """
    E, F, D = (f"sum(l=1..N: {x}(k,l)*st(l))" for x in "efd")
    off = phi("B(k)")
    R1, R2 = (f"({phi(on)} - {off})" for on in ("wC(k) + B(k)", "wA(k) + wC(k) + B(k)"))
    return (intro(
        "mul", product_rows("st({})")[1:-1], "k1 k2",
        *_gadget(phi, "ct", "", "1"), *_gadget(phi, "cu", "f", ""), *_gadget(phi, "at", "e", "1"),
        *_gadget(phi, "au", "fd", "o(k)"), *_same("f", equal, parts), *_same("d", equal, parts),
        combine("P", f"hu(k)*{R1} = {F}", "cu4 samef"), combine("Q", f"ht(k)*{R2} = {E} + 1", "at4"),
        combine("S", f"hu(k)*{R2} = {F} + {D} + o(k)", "au4 samef samed"),
        # (hu R1)(ht R2) = (ht R1)(hu R2): F (E + 1) = F + D + o
        calc("r", (f"{F}*({E} + 1) = hu(k)*{R1}*(ht(k)*{R2})", "P Q"),
             (f"hu(k)*{R1}*(ht(k)*{R2}) = ht(k)*{R1}*(hu(k)*{R2})", ""),
             (f"ht(k)*{R1}*(hu(k)*{R2}) = {F} + {D} + o(k)", "ct4 S"),
             goal=f"{F}*({E} + 1) = {F} + {D} + o(k)"),
        combine("z", facts="r")),)


def gadget_alone(phi: Activation) -> str:
    """The formula "one neuron with the four responses of a gadget multiplies", for mutants."""
    on = {"c": phi("wC + B"), "a": phi("wA + wC + B")}
    seen = (("1", "ht", "c"), ("F", "hu", "c"), ("E + 1", "ht", "a"), ("F + D + o", "hu", "a"))
    responses = ", ".join(f"{weight}*({on[datum]} - {phi('B')}) = {label}" for label, weight, datum in seen)
    return f"(all ht hu wA wC B E F D o:real | {responses} => E*F = D + o)"


_ZERO = dict.fromkeys((*NAMES, "p", "o"), "k -> 0") | dict.fromkeys("cefd", "k, l -> 0") | {"bt": "0", "bu": "0"}


def network(**values: str) -> dict[str, str]:
    """One variable and no gadget, weights and coefficients by name, zero otherwise."""
    given = {name: text if name in ("N", "L", "M", "bt", "bu") else f"k, l -> {text}" if name in "cefd"
             else f"k -> {text}" for name, text in values.items()}
    return {"N": "1", "L": "0", "M": "0"} | _ZERO | given
