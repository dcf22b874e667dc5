"""Training with identity activations, one hidden layer and two sinks is as hard as solving polynomial systems.

A variable is a path product, X(l) = wa(l) gt(l); its source c_l forces the second sink to see the same number. A
product gadget is one hidden neuron: its two sinks see two sources through one number each, so that

    P(u,A) P(t,C) = P(u,C) P(t,A),                       (rank one)

and labels that set three of these numbers to 1 and to two linear forms set the fourth to their product.
"""

from __future__ import annotations

from theory.etr_training.hardness_system import (
    FORMS,
    NO_ROOT,
    SOLVABLE,
    SYSTEM_DATA,
    UNSOLVABLE,
    fits,
    lifted,
    linear_rows,
    product_rows,
)
from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import Step, apply, calc, combine, intro, obtain, witness
from theory.language.terms import Formula

WEIGHTS = "wa wc b gt gu wA wC B ht hu:int->real, bt bu:real"
"""a_l -> g_l, c_l -> g_l, bias of g_l, g_l -> t, g_l -> u; A_k -> h_k, C_k -> h_k, bias of h_k, h_k -> t, h_k -> u."""

PATH = "gt({0})*wa({0})"
"""The number that a solution reads off: the product of the weights on the path from a_l to t."""


def output(sink: str, *, a: str = "0", c: str = "0", A: str = "0", C: str = "0", gadgets: str = "M") -> str:
    """The output at a sink for inputs a(l), c(l) of the variables and A(j), C(j) of the gadgets, as text."""
    return (f"sum(l=1..N: g{sink}(l)*(wa(l)*({a}) + wc(l)*({c}) + b(l)))"
            f" + sum(j=1..{gadgets}: h{sink}(j)*(wA(j)*({A}) + wC(j)*({C}) + B(j))) + b{sink}")


def compiled(*, M: str = "M", e: str = "e(k,l)", f: str = "f(k,l)", d: str = "d(k,l)", o: str = "o(k)"
             ) -> dict[str, str]:
    """The data by name: zero; e_{c_k} at both sinks; linear rows; the four of a product gadget, one sink each."""

    def out(sink: str, **inputs: str) -> str:
        return output(sink, **inputs, gadgets=M)

    def each(count: str, equation: str) -> str:
        return f"(all k:int | 1 <= k, k <= {count} => {equation})"

    copy, gadget = "I(N)[l,k]", f"I({M})[j,k]"
    return {
        "zt": f"{out('t')} = 0", "zu": f"{out('u')} = 0",
        "vt": each("N", f"{out('t', c=copy)} = 1"), "vu": each("N", f"{out('u', c=copy)} = 1"),
        "lt": each("L", f"{out('t', a='c(k,l)')} = p(k)"), "lu": each("L", f"{out('u', a='c(k,l)')} = p(k)"),
        "gc": each(M, f"{out('t', C=gadget)} = 1"), "ga": each(M, f"{out('t', a=f'-{e}', A=gadget)} = 0"),
        "uc": each(M, f"{out('u', a=f'-{f}', C=gadget)} = 0"), "ua": each(M, f"{out('u', a=f'-{d}', A=gadget)} = {o}"),
    }


DATA = compiled()
FITTED = f"(some {WEIGHTS} | {fits(DATA)})"

_READ = (
    # what a sink sees of one variable, of one row and of one gadget, as differences to the zero datum
    *(intro(f"x{s}", f"all k:int | 1 <= k, k <= N => g{s}(k)*wc(k) = 1", "k1 k2", apply("y", f"v{s}", k="k"),
            apply("s", "etr_training.sum_at_one", F=f"l, u -> g{s}(l)*(wc(l)*u + b(l))", n="N", i="k"),
            combine("z", facts=f"y s z{s}")) for s in "tu"),
    *(intro(f"r{s}", f"all k:int, x:int->real => sum(l=1..N: g{s}(l)*(wa(l)*x(l) + b(l))) ="
            f" sum(l=1..N: x(l)*(g{s}(l)*wa(l))) + sum(l=1..N: g{s}(l)*b(l))", "",
            apply("s", "etr_training.sum_plus", f=f"l -> x(l)*(g{s}(l)*wa(l))", g=f"l -> g{s}(l)*b(l)", n="N"),
            combine("z", facts="s")) for s in "tu"),
    *(intro(f"h{s}{y}", f"all k:int | 1 <= k, k <= M => sum(j=1..M: h{s}(j)*(w{y}(j)*I(M)[j,k] + B(j))) ="
            f" sum(j=1..M: h{s}(j)*B(j)) + h{s}(k)*w{y}(k)", "k1 k2",
            apply("s", "etr_training.sum_at_one", F=f"l, u -> h{s}(l)*(w{y}(l)*u + B(l))", n="M", i="k"),
            combine("z", facts="s")) for s in "tu" for y in "AC"),
)


def _gadget(datum: str, sink: str, letter: str, form: str, value: str) -> tuple[Step, ...]:
    """h(sink,k) w(letter,k) = the linear form + the label, from the datum and what the sink sees."""
    seen = f"sum(l=1..N: {form}(k,l)*(g{sink}(l)*wa(l)))"
    return (apply(f"{datum}1", datum, k="k"), apply(f"{datum}2", f"r{sink}", k="k", x=f"l -> -{form}(k,l)"),
            apply(f"{datum}3", f"h{sink}{letter}", k="k"),
            apply(f"{datum}4", "etr_training.sum_minus", f=f"l -> {form}(k,l)*(g{sink}(l)*wa(l))", n="N"),
            combine(f"{datum}5", f"h{sink}(k)*w{letter}(k) = {seen} + {value}",
                    f"{datum}1 {datum}2 {datum}3 {datum}4 z{sink}"))


def _same(form: str) -> Step:
    return apply(f"same{form}", "etr_training.sum_same", f=f"l -> {form}(k,l)*(gu(l)*wa(l))",
                 g=f"l -> {form}(k,l)*(gt(l)*wa(l))", n="N", use=f"cong{form}")


BACKWARD = Lemma(
    "etr_training.id_backward", "The path products of a fitted identity network solve the system",
    statement(f"all {SYSTEM_DATA}, {WEIGHTS} | "
              + ", ".join(f"{name}: {text}" for name, text in DATA.items() if name != "lu")
              + f" => some | {linear_rows(PATH)}, {product_rows(PATH)},"
              " (all l:int | 1 <= l, l <= N => gu(l) = gt(l))"),
    (
        *_READ,
        intro("same", "all l:int | 1 <= l, l <= N => gu(l) = gt(l)", "k1 k2",
              apply("a", "xt", k="l"), apply("c", "xu", k="l"), combine("z", facts="a c", rounds=2)),
        intro("lin", linear_rows(PATH)[1:-1], "k1 k2", apply("y", "lt", k="k"),
              apply("s", "rt", k="k", x="l -> c(k,l)"), combine("z", facts="y s zt")),
        intro("mul", product_rows(PATH)[1:-1], "k1 k2",
              apply("gc1", "gc", k="k"), apply("gc3", "htC", k="k"), combine("one", "ht(k)*wC(k) = 1", "gc1 gc3 zt"),
              *_gadget("ga", "t", "A", "e", "0"), *_gadget("uc", "u", "C", "f", "0"),
              *_gadget("ua", "u", "A", "d", "o(k)"),
              *(intro(f"cong{x}", f"all l:int | 1 <= l, l <= N => {x}(k,l)*(gu(l)*wa(l)) = {x}(k,l)*(gt(l)*wa(l))",
                      "l1 l2", apply("a", "same", l="l"), combine("z", facts="a")) for x in "fd"),
              _same("f"), _same("d"),
              combine("P", f"ht(k)*wA(k) = sum(l=1..N: e(k,l)*({PATH.format('l')}))", "ga5"),
              combine("Q", f"hu(k)*wC(k) = sum(l=1..N: f(k,l)*({PATH.format('l')}))", "uc5 samef"),
              combine("R", f"hu(k)*wA(k) = sum(l=1..N: d(k,l)*({PATH.format('l')})) + o(k)", "ua5 samed"),
              calc("z", (f"sum(l=1..N: e(k,l)*({PATH.format('l')}))*sum(l=1..N: f(k,l)*({PATH.format('l')}))"
                         " = (ht(k)*wA(k))*(hu(k)*wC(k))", "P Q"),
                   ("(ht(k)*wA(k))*(hu(k)*wC(k)) = hu(k)*wA(k)", "one"),
                   (f"hu(k)*wA(k) = sum(l=1..N: d(k,l)*({PATH.format('l')})) + o(k)", "R"))),
        witness("end"),
    ),
)

LEMMAS = (BACKWARD,)

LIFT = {"wa": "l -> X(l)", **dict.fromkeys(("wc", "gt", "gu", "wC", "ht"), "l -> 1"), "b": "l -> 0", "B": "l -> 0",
        "wA": f"j -> {FORMS['e'].format('j')}", "hu": f"j -> {FORMS['f'].format('j')}", "bt": "0", "bu": "0"}
"""Weights from a solution X: X on a_l -> g_l, the linear forms on A_k -> h_k and h_k -> u, ones, and zeros."""


def _lifted(datum: str) -> Formula:
    return lifted(DATA[datum], LIFT)


def _minus(x: str) -> Step:
    """The linear form of a datum has the sign of its source."""
    return apply(f"m{x}", "etr_training.sum_minus", f=f"l -> {x}(k,l)*X(l)", n="N")


def _picked(count: str, values: str) -> Step:
    """The one gadget or variable that a datum switches on."""
    return apply("pick", "textbook.sum_delta", f=f"j -> {values}", n=count, m="k")


_PRODUCT = f"{FORMS['f'].format('j')}*{FORMS['e'].format('j')}"
FORWARD_STEPS = (
    apply("n0", "etr_training.zero_sum", n="N"), apply("m0", "etr_training.zero_sum", n="M"),
    # both sinks see the same at these three: what multiplies h_j -> u is zero there
    combine("zu", _lifted("zu"), "n0 m0"),
    intro("vu", _lifted("vu"), "k1 k2", _picked("N", "1"), combine("z", facts="pick m0")),
    intro("lu", _lifted("lu"), "k1 k2", apply("y", "s1", k="k"), combine("z", facts="y m0")),
    intro("gc", _lifted("gc"), "k1 k2", _picked("M", "1"), combine("z", facts="pick n0")),
    intro("ga", _lifted("ga"), "k1 k2", _minus("e"), _picked("M", FORMS["e"].format("j")),
          combine("z", facts="pick me")),
    intro("uc", _lifted("uc"), "k1 k2", _minus("f"), _picked("M", FORMS["f"].format("j")),
          combine("z", facts="pick mf")),
    intro("ua", _lifted("ua"), "k1 k2", _minus("d"), _picked("M", _PRODUCT), apply("y", "s2", k="k"),
          combine("z", facts="pick md y")),
)
"""Every datum at the weights of `LIFT`, from the rows s1, s2 of the system."""

_DERIVATION = (
    intro("back", f"all | {FITTED} => {SOLVABLE}", "fit",
          obtain("z", "fit", " ".join(DATA),
                 apply("r", "etr_training.id_backward", N="N", L="L", M="M", **{x: f"k, l -> {x}(k,l)" for x in "cefd"},
                       p="k -> p(k)", o="k -> o(k)", bt="bt", bu="bu",
                       **{w: f"l -> {w}(l)" for w in "wa wc b gt gu wA wC B ht hu".split()}),
                 obtain("y", "r", "r1 r2 r3", witness("x", X=f"l -> {PATH.format('l')}")))),
    intro("forth", f"all | {SOLVABLE} => {FITTED}", "sol",
          obtain("z", "sol", "s1 s2", *FORWARD_STEPS, witness("y", **LIFT))),
    witness("end"),
)

STATEMENT = statement(f"all {SYSTEM_DATA} =>"
                      f" some | (all | {FITTED} => {SOLVABLE}), (all | {SOLVABLE} => {FITTED})")
"""A fit of the compiled data exists if and only if the system has a real solution."""

_SMALL = {
    **{f"z{s}": f"g{s}*b + h{s}*B + b{s} = 0" for s in "tu"},
    **{f"v{s}": f"g{s}*(wc + b) + h{s}*B + b{s} = 1" for s in "tu"},
    "gc": "gt*b + ht*(wC + B) + bt = 1", "ga": "gt*(-wa*e + b) + ht*(wA + B) + bt = 0",
    "uc": "gu*(-wa*f + b) + hu*(wC + B) + bu = 0", "ua": "gu*(-wa*d + b) + hu*(wA + B) + bu = o"}
ATTACKED = statement(f"all => (all wa wc b gt gu wA wC B ht hu bt bu e f d o:real | {', '.join(_SMALL.values())}"
                     " => some | gu = gt, e*(gt*wa)*(f*(gt*wa)) = d*(gt*wa) + o)")
"""One variable and one product: what every fit gives. Mutants of the data are mutants of this."""


def small_data() -> dict[str, str]:
    """Return the data of one variable and one product gadget by name, sums written out."""
    return dict(_SMALL)


def _point(**values: str) -> dict[str, str]:
    """A net with one variable and one product gadget for X X = o, its weights by name; others as in `LIFT`."""
    given = {"wa": "1", "wc": "1", "b": "0", "gt": "1", "gu": "1", "wA": "1", "wC": "1", "B": "0", "ht": "1", "hu": "1",
             "bt": "0", "bu": "0", "o": "1"} | values
    return {"N": "1", "L": "0", "M": "1", "c": "k, l -> 0", "e": "k, l -> 1", "f": "k, l -> 1", "d": "k, l -> 0",
            "p": "k -> 0", **{name: text if name in ("bt", "bu") else f"l -> {text}" for name, text in given.items()}}


def _control(name: str, breaks: str, without: str, **values: str) -> Control:
    """Some data left out: a system without solutions, here X X = -1, is fit."""
    return Control(name, breaks,
                   statement(f"all {SYSTEM_DATA}, {WEIGHTS} | {UNSOLVABLE}, {fits(DATA, without)} => 0 = 1"),
                   Witness((*NO_ROOT, witness("end", **_point(o="-1", **values)))))


CONTROLS = (
    _control("no_zero_datum", "without the zero datum the biases are free and X X = -1 is fit", "zt zu",
             gu="-1", hu="-3", bu="2"),
    _control("free_second_label", "with the label of e_c at the second sink left open the copy fails, X X = -1 is fit",
             "vu", gu="-1", hu="-1"),
    _control("one_sink", "with the second sink's labels left open any product is fit", "zu vu lu uc ua"),
)

CLAIM = Claim(
    id="etr_training.id_hardness",
    title="Exact training with identity activations and two sinks is solving polynomial systems",
    statement=STATEMENT,
    source=Source("T. Hankala, M. Hannula, J. Kontinen, J. Virtema", 2023,
                  "Complexity of Neural Network Training and ETR: Extensions with Effectively Continuous Functions",
                  "reconstructed", arxiv="2305.11833",
                  note="The abstract was seen (hardness for the existential theory of the reals), the body was not;"
                  " gadgets and proof are ours, and smaller than those of Abrahamsen, Kleist and Miltzow (2021)."),
    summary="One hidden layer of N + M identity neurons with 1 + N + L + 4M data has a fit exactly when the system of"
            " L linear and M product rows in N variables has a real solution; path products are its values.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **{k: v for k, v in _point().items() if k in "NLMcefdpo"}),)),
    controls=CONTROLS,
    comparison=(
        Comparison("system", "X_i = q, X_i + X_j = X_k, X_i X_j = X_k, X_i X_j = 1",
                   "rows with arbitrary real coefficients; etr_training.four_forms gives the four as rows of the"
                   " identity", "stronger: a product of two linear forms costs one gadget"),
        Comparison("network", "sources a_i, c_i, A, C; hidden g_i, h; sinks t, u; biases trainable",
                   "the same, its outputs written out as sums over all hidden neurons at every datum", "as stated"),
        Comparison("don't care", "labels * at one sink of every gadget datum", "no equation for that sink",
                   "that slack sources realise * is etr_training.dont_care"),
        Comparison("cost", "an honest cost, threshold 0", "equalities output = label",
                   "the same for every honest cost, such as the squared one"),
        Comparison("complexity", "hardness for the class of the existential theory of the reals",
                   "the equivalence for all sizes; sizes in closed form by `predicted_sizes`",
                   "polynomial-time reductions are not formalised"),
        Comparison("gauge", "solutions correspond up to scaling of hidden neurons and biases",
                   "existence in both directions, X(l) = gt(l) wa(l) and the explicit weights `LIFT`",
                   "that these are all is not stated"),
    ),
    tightness="An equivalence; without the zero datum or the second label of the copies it fails (controls).",
    experiments=("etr_training.compiled_training",),
    attack="theory.etr_training.id_hardness_attack",
    attacked=ATTACKED,
)
