"""Rational data that real weights fit and no rational weights do: the compiled towers of square roots of two.

The instance compiled from X(1) X(1) = 2, X(2) X(2) = X(1), ..., X(N) X(N) = X(N-1) by `id_hardness`. In every fit the
path products are iterated square roots of two, X(l)^(2^l) = 2, and none of them is rational.
"""

from __future__ import annotations

from theory.etr_training.hardness_system import SOLVABLE, fits
from theory.etr_training.id_hardness import PATH, WEIGHTS, compiled, output, small_data
from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import apply, cases, combine, induct, intro, obtain, witness
from theory.language.notation import formula, substitution
from theory.language.substitution import substitute

ROW = {"e": "I(N)[k,l]", "f": "I(N)[k,l]", "d": "I(N)[k-1,l]", "o": "ite(k, 1, 2, 0)"}
"""The product rows: X(k) X(k) = X(k-1), and 2 in place of X(0)."""

DATA = {name: text for name, text in compiled(M="N", **ROW).items() if name not in ("lt", "lu")}
"""The data of the compiled tower; there are no linear rows."""

FITTED = f"(some {WEIGHTS} | {fits(DATA)})"
_X = PATH.format("l")
_EXPONENTS = "def a(1) = 2 then a(n+1) = 2*a(n)"
_ROOTS = f"(all a:int->int, l:int | {_EXPONENTS}, 1 <= l, l <= N => pow({_X}, a(l)) = 2)"
_PRODUCTS = f"(all l p s:int | 1 <= l, l <= N, 0 < s, s*({_X}) = p => 1 <= 0)"
_NOT_BOTH = "(all l p s v w:int | 1 <= l, l <= N, 0 < s, 0 < w, s*wa(l) = p, w*gt(l) = v => 1 <= 0)"

STATEMENT = statement(f"all N:int => some | {FITTED},"
                      f" (all {WEIGHTS} | {fits(DATA)} => some | {_ROOTS}, {_PRODUCTS}, {_NOT_BOTH})")
"""A fit exists; in every fit the paths are roots, x^(2^l) = 2, and no path has two rational weights."""

_REALS = "wa wc b gt gu wA wC B ht hu bt bu:real"
_SMALL = {name: small_data()[name].replace("wa*e", "wa").replace("wa*f", "wa").replace("wa*d", "0")
          .replace("= o", "= 2") for name in small_data()}
ATTACKED = statement(f"all => (all {_REALS}, p s v w:int | {', '.join(_SMALL.values())}, 0 < s, 0 < w, s*wa = p,"
                     " w*gt = v => 1 <= 0)")
"""The instance of X X = 2: what every fit gives. Mutants of the data are mutants of this."""

_SYSTEM = {"c": "k, l -> 0", "p": "k -> 0", **{name: f"k, l -> {ROW[name]}" for name in "efd"},
           "o": f"k -> {ROW['o']}", "N": "N", "L": "0", "M": "N"}
_TOWER = substitute(formula(SOLVABLE), {name: substitution(text) for name, text in _SYSTEM.items()})


_PRODUCT_ROW = (f"sum(l=1..N: {ROW['e']}*X(l))*sum(l=1..N: {ROW['f']}*X(l)) = sum(l=1..N: {ROW['d']}*X(l))"
                f" + {ROW['o']}")
_ALL_ROWS = f"(all k:int | 1 <= k, k <= N => {_PRODUCT_ROW})"
_TWO, _ROOT = "(all | 1 <= N => X(1)^2 = 2)", "(all l:int | 1 <= l, l + 1 <= N => X(l+1)^2 = X(l))"
_BEFORE_FIRST = "sum(l=1..N: I(N)[0,l]*X(l)) + ite(1, 1, 2, 0) = 2"
_GAP = (f"sum(l=1..N: {ROW['e']}*X(l))*sum(l=1..N: {ROW['f']}*X(l)) - sum(l=1..N: {ROW['d']}*X(l)) - {ROW['o']}")

TOWER_ROWS = Lemma(
    "etr_training.tower_rows", "The product rows of the tower say what the tower says",
    statement(f"all N:int, X:int->real => some | (all | {_ALL_ROWS} => some | {_TWO}, {_ROOT}),"
              f" (all | {_TWO}, {_ROOT} => {_ALL_ROWS})"),
    (
        intro("own", "all k:int | 1 <= k, k <= N => sum(l=1..N: I(N)[k,l]*X(l)) = X(k)", "k1 k2",
              apply("z", "textbook.sum_delta_row", f="l -> X(l)", n="N", m="k")),
        intro("none", "all l:int | 1 <= l, l <= N => I(N)[0,l]*X(l) = 0", "l1 l2", combine("l0", "0 < l", "l1"),
              apply("ne", "ax.lt_ne", x="0", y="l"), apply("o", "ax.at_off_diagonal", n="N", p="0", v="l"),
              combine("z", facts="o")),
        apply("s", "etr_training.sum_same", f="l -> I(N)[0,l]*X(l)", g="l -> 0", n="N"),
        apply("s0", "etr_training.zero_sum", n="N"), apply("i1", "ax.ite_then", a="1", b="1", x="2", y="0"),
        combine("first", _BEFORE_FIRST, "s s0 i1"),
        intro("later", "all k:int | 2 <= k, k <= N => sum(l=1..N: I(N)[k-1,l]*X(l)) + ite(k, 1, 2, 0) = X(k-1)",
              "k1 k2", apply("i", "ax.ite_else", a="k", b="1", x="2", y="0"),
              apply("r", "textbook.sum_delta_row", f="l -> X(l)", n="N", m="k - 1"), combine("z", facts="i r")),
        intro("A", f"all | {_ALL_ROWS} => some | {_TWO}, {_ROOT}", "rows",
              intro("two", _TWO[1:-1], "n1", apply("o", "own", k="1"), apply("r", "rows", k="1"),
                    combine("y", facts="r o first")),
              intro("root", _ROOT[1:-1], "l1 l2", apply("r", "rows", k="l + 1"), apply("o", "own", k="l + 1"),
                    apply("d", "later", k="l + 1"), combine("z", facts="r o d")), witness("z")),
        intro("B", f"all | {_TWO}, {_ROOT} => {_ALL_ROWS}", "two root",
              intro("z", None, "k1 k2", apply("or", "ax.int_split", m="1", n="k"),
                    cases("y", "or", "c",
                          [combine("n1", "1 <= N", "k1 k2"), apply("o", "own", k="1"), apply("t", "two"),
                           apply("g", "ax.cong_int", f=f"k -> {_GAP}", x="k", y="1"),
                           combine("x", facts="g o first t", rounds=3)],
                          [apply("o", "own", k="k"), apply("d", "later", k="k"), apply("r", "root", l="k - 1"),
                           combine("x", facts="o d r")]))),
        witness("end"),
    ),
)

LEMMAS = (TOWER_ROWS,)

_NET = {w: f"l -> {w}(l)" for w in "wa wc b gt gu wA wC B ht hu".split()} | {"bt": "bt", "bu": "bu"}
_LINEAR = "(all k:int | 1 <= k, k <= 0 => {0} = 0)"
_DERIVATION = (
    # a fit: the tower of positive roots, compiled
    apply("ex", "etr_training.tower_exists"),
    apply("hard", "etr_training.id_hardness", **_SYSTEM),
    obtain("some", "ex", "x1 x2",
           intro("x3", _ROOT[1:-1], "l1 l2", apply("z", "x2", l="l")),
           intro("x4", "all | 1 <= N => X(1)^2 = 2", "n1", combine("z", facts="x1")),
           apply("rows", "etr_training.tower_rows", N="N", X="l -> X(l)"),
           obtain("a", "rows", "ra rb", apply("pr", "rb", _ALL_ROWS), apply("z0", "etr_training.zero_sum", n="N"),
                  intro("lin", "all k:int | 1 <= k, k <= 0 => sum(l=1..N: 0*X(l)) = 0", "k1 k2",
                        combine("z", facts="z0")),
                  witness("sol", _TOWER, X="l -> X(l)"),
                  obtain("b", "hard", "h1 h2", apply("fit", "h2"),
                         obtain("c", "fit", "f1 f2 f3 f4 f5 f6 f7 f8 f9 f10",
                                witness("d", **_NET)))), goal=FITTED),
    intro("every", f"all {WEIGHTS} | {fits(DATA)} => some | {_ROOTS}, {_PRODUCTS}, {_NOT_BOTH}", " ".join(DATA),
          intro("lt", f"all k:int | 1 <= k, k <= 0 => {output('t', gadgets='N')} = 0", "k1 k2",
                combine("z", facts="zt")),
          apply("back", "etr_training.id_backward", **_SYSTEM, **_NET),
          obtain("z", "back", "b1 b2 b3",
                 apply("rows", "etr_training.tower_rows", N="N", X=f"l -> {_X}"),
                 obtain("y", "rows", "ra rb", apply("t", "ra"),
                        obtain("x", "t", "t1 t2",
                               intro("roots", _ROOTS[1:-1], "a1 a2 l1 l2", combine("n1", "1 <= N", "l1 l2"),
                                     apply("t3", "t1"),
                                     apply("P", "etr_training.tower_powers", N="N", X=f"l -> {_X}", a="l -> a(l)"),
                                     apply("p1", "P", l="l"), apply("p2", "p1"),
                                     obtain("w", "p2", "p3 p4", combine("v", facts="p4"))),
                               intro("irr", _PRODUCTS[1:-1], "l1 l2 s0 r", combine("n1", "1 <= N", "l1 l2"),
                                     apply("t3", "t1"),
                                     apply("Q", "etr_training.tower_irrational", N="N", X=f"l -> {_X}"),
                                     apply("q1", "Q", l="l"), apply("q2", "q1", p="p", s="s")),
                               intro("both", _NOT_BOTH[1:-1], "l1 l2 s0 w0 r1 r2", combine("sw", "0 < s*w", "s0 w0"),
                                     combine("r", f"s*w*({_X}) = p*v", "r1 r2", rounds=3),
                                     apply("q", "irr", l="l", p="p*v", s="s*w")), witness("w"))))),
    witness("end"),
)

_POSED = (
    induct("I", "all m:int | 1 <= m => 0 <= a(m)", "hm ih", [combine("z", facts="o10")],
           [apply("e", "o11", n="m"), combine("z", facts="e ih")]),
    apply("end", "I", m="l"),
)

_NUMBERS = {"N": "1", **{w: "l -> 1" for w in "wa wc gt gu wA wC ht hu".split()}, "b": "l -> 0", "B": "l -> 0",
            "bt": "0", "bu": "0"}
"""The net of the instance X X = o with X = 1."""
_ONE_PATH = f"all N:int, {WEIGHTS}, p s:int | 1 <= N, 0 < s, s*(gt(1)*wa(1)) = p, {{0}} => 1 <= 0"
_SQUARES = ", ".join(f"max({x}*a1 + b1, 0) + max({x}*a2 + b2, 0) = {x * x}" for x in range(5))

CONTROLS = (
    Control("no_zero_datum", "the tower X X = 2 without the zero datum: rational weights fit",
            statement(_ONE_PATH.format(fits(DATA, "zt zu"))),
            Witness((witness("end", **_NUMBERS | {"gu": "l -> 2", "hu": "l -> 3", "bu": "-1"}, p="1", s="1"),))),
    Control("one_sink", "the labels of the second sink left open: rational weights fit",
            statement(_ONE_PATH.format(fits(DATA, "zu vu uc ua"))),
            Witness((witness("end", **_NUMBERS, p="1", s="1"),))),
    Control("square_of_two", "X X = 4 in place of X X = 2",
            statement(_ONE_PATH.format(", ".join(compiled(M="N", **{**ROW, "o": "ite(k, 1, 4, 0)"})[name]
                                                 for name in DATA))),
            Witness((witness("end", **_NUMBERS | dict.fromkeys(("wa", "wA", "hu"), "l -> 2"), p="2", s="1"),))),
    Control("one_output_relu", "one output and one hidden ReLU layer: x^2 on 0..4 is fit by 3x - 2 and 4x - 10",
            statement(f"all a1 b1 a2 b2:real, p s:int | 0 < s, s*a1 = p, {_SQUARES} => 1 <= 0"),
            Witness((witness("end", a1="3", b1="-2", a2="4", b2="-10", p="3", s="1"),))),
)

CLAIM = Claim(
    id="etr_training.irrational_weights",
    title="Rational data that real weights fit and rational weights do not",
    statement=STATEMENT,
    source=Source("T. Hankala, M. Hannula, J. Kontinen, J. Virtema", 2023,
                  "Complexity of Neural Network Training and ETR: Extensions with Effectively Continuous Functions",
                  "reconstructed", arxiv="2305.11833",
                  note="Not in the abstract, which alone was seen; algebraic universality of training with ReLU is in"
                  " the abstract of Bertschinger et al. (arXiv 2204.01368). The tower and its proof are ours."),
    summary="The instance compiled from X_1^2 = 2, X_(l+1)^2 = X_l has a fit; in every fit the path product of l is a"
            " root of x^(2^l) = 2, irrational, so w(a_l g_l) and w(g_l t) are never both rational.",
    derivation=_DERIVATION,
    posed=(_POSED,),
    instance=Witness((witness("end", N="1"),)),
    controls=CONTROLS,
    comparison=(
        Comparison("X X = 2", "no rational weight vector fits", "N = 1: wa and gt of one path are not both rational in"
                   " any fit", "stronger: two weights are enough"),
        Comparison("tower", "degree 2^k with k gadgets", "X_l^(2^l) = 2 and X_l irrational for l = 1, ..., N",
                   "weaker: that x^(2^l) - 2 is the minimal polynomial (Eisenstein) is not formalised"),
        Comparison("irrationality", "of the square root of 2", "descent on integers in the kernel"
                   " (etr_training.root_two)", "no citation"),
        Comparison("ReLU", "the same for the compiled ReLU instance", "identity neurons",
                   "weaker: for ReLU combine etr_training.relu_hardness with the same tower"),
        Comparison("one output", "one hidden ReLU layer and one output: a rational fit exists if any does",
                   "control one_output_relu, an explicit rational fit", "the general statement is"
                   " etr_training.sign_normal_form with linear programming"),
    ),
    tightness="X X = 4 and one sink have rational fits (controls).",
    attack="theory.etr_training.irrational_weights_attack",
    attacked=ATTACKED,
)
