"""The polynomial systems that training instances are compiled from, and sums in which one source is switched on.

A system over X(1), ..., X(N) has L linear rows, sum_l c(k,l) X(l) = p(k), and M product rows,

    (sum_l e(k,l) X(l)) (sum_l f(k,l) X(l)) = sum_l d(k,l) X(l) + o(k).

Rows of the identity in place of c, e, f, d give X_i = q, X_i + X_j = X_k, X_i X_j = X_k and X_i X_j = 1
(`FOUR_FORMS`); every existential sentence over the reals reduces to systems of these four.
"""

from __future__ import annotations

from collections.abc import Mapping

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, intro, witness
from theory.language.notation import formula, substitution
from theory.language.substitution import substitute
from theory.language.terms import Formula

SYSTEM_DATA = "N L M:int, c e f d:(k:int,l:int)->real, p o:int->real"
"""N variables, L linear rows with coefficients c and right sides p, M product rows with coefficients e, f, d and o.

A negative number of rows means none."""


def row(coefficients: str, values: str, k: str = "k") -> str:
    """The linear form sum_l a(k,l) X(l) as text; `values` has a place {} for the index."""
    return f"sum(l=1..N: {coefficients}({k},l)*{values.format('l')})"


def linear_rows(values: str) -> str:
    """The formula "every linear row holds at these values"."""
    return f"(all k:int | 1 <= k, k <= L => {row('c', values)} = p(k))"


def product_rows(values: str) -> str:
    """The formula "every product row holds at these values"."""
    return (f"(all k:int | 1 <= k, k <= M => {row('e', values)}*{row('f', values)} ="
            f" {row('d', values)} + o(k))")


SOLVABLE = f"(some X:int->real | {linear_rows('X({})')}, {product_rows('X({})')})"
"""The system has a real solution."""

UNSOLVABLE = (f"(all X:int->real => some k:int | 1 <= k, k <= M, {row('e', 'X({})')}*{row('f', 'X({})')} !="
              f" {row('d', 'X({})')} + o(k))")
"""No real numbers solve all product rows."""

SAME_SYSTEM = {**{x: f"k, l -> {x}(k,l)" for x in "cefd"}, "p": "k -> p(k)", "o": "k -> o(k)"} | {x: x for x in "NLM"}
"""The system that is at hand, for a lemma about all of them."""

FORMS = {x: f"sum(l=1..N: {x}({{0}},l)*X(l))" for x in "efd"}
"""The linear forms of a product row at X, with a place {0} for the row."""


def fits(data: Mapping[str, str], without: str = "") -> str:
    """The formula "the network fits the data", perhaps without those named."""
    return ", ".join(text for name, text in data.items() if name not in without.split())


def lifted(datum: str, weights: Mapping[str, str]) -> Formula:
    """The formula of a datum at weights that are given as functions of a solution X."""
    return substitute(formula(datum), {name: substitution(text) for name, text in weights.items()})


def _any_size(proof: Step, *summands: str) -> tuple[Step, ...]:
    """The proof for 0 <= n; for n < 0 all sums are empty."""
    return (apply("or", "ax.total", x="0", y="n"),
            cases("end", "or", "c", [proof, combine("z", facts="a")],
                  [*(apply(f"e{k}", "ax.sum_empty", f=f"j -> {body}", a="1", b="n")
                     for k, body in enumerate(summands)),
                   combine("z", facts=" ".join(f"e{k}" for k in range(len(summands))))]))


ZERO_SUM = Lemma(
    "etr_training.zero_sum", "A sum of zeros is zero", statement("all n:int => sum(j=1..n: 0) = 0"),
    _any_size(apply("a", "textbook.sum_const", c="0", n="n"), "0"),
)

SUM_PLUS = Lemma(
    "etr_training.sum_plus", "The sum of sums over 1..n, for every n",
    statement("all f g:int->real, n:int => sum(j=1..n: f(j) + g(j)) = sum(j=1..n: f(j)) + sum(j=1..n: g(j))"),
    _any_size(apply("a", "textbook.sum_add", f="j -> f(j)", g="j -> g(j)", a="1", b="n"), "f(j) + g(j)", "f(j)",
              "g(j)"),
)

SUM_MINUS = Lemma(
    "etr_training.sum_minus", "The sum of the negatives over 1..n, for every n",
    statement("all f:int->real, n:int => sum(j=1..n: -f(j)) = -sum(j=1..n: f(j))"),
    _any_size(apply("a", "textbook.sum_scale", "sum(j=1..n: -f(j)) = -1*sum(j=1..n: f(j))", f="j -> -f(j)",
                    g="j -> f(j)", c="-1", a="1", b="n"), "-f(j)", "f(j)"),
)

SUM_SAME = Lemma(
    "etr_training.sum_same", "Equal summands over 1..n, for every n",
    statement("all f g:int->real, n:int | h: (all l:int | 1 <= l, l <= n => f(l) = g(l))"
              " => sum(j=1..n: f(j)) = sum(j=1..n: g(j))"),
    _any_size(apply("a", "textbook.sum_cong", f="j -> f(j)", g="j -> g(j)", a="1", b="n"), "f(j)", "g(j)"),
)

SUM_AT_ONE = Lemma(
    "etr_training.sum_at_one", "A sum over a column of the identity differs from that over zeros in one term",
    statement("all F:(l:int,u:real)->real, n i:int | h1: 1 <= i, h2: i <= n"
              " => sum(l=1..n: F(l,I(n)[l,i])) = sum(l=1..n: F(l,0)) + F(i,1) - F(i,0)"),
    (
        combine("n0", "0 <= n", "h1 h2"),
        intro("t", "all l:int | 1 <= l, l <= n => F(l,I(n)[l,i]) = F(l,0) + (F(l,1) - F(l,0))*I(n)[l,i]", "l1 l2",
              apply("or", "ax.eq_or_ne", x="l", y="i"),
              cases("z", "or", "w",
                    [apply("a", "ax.at_diagonal", n="n", p="i"),
                     apply("b", "ax.cong_int", f="t -> I(n)[t,i]", x="l", y="i"),
                     combine("v", "I(n)[l,i] = 1", "a b"),
                     apply("g", "ax.cong", f="u -> F(l,u)", x="I(n)[l,i]", y="1"), combine("y", facts="g v")],
                    [apply("v", "ax.at_off_diagonal", n="n", p="l", v="i"),
                     apply("g", "ax.cong", f="u -> F(l,u)", x="I(n)[l,i]", y="0"), combine("y", facts="g v")])),
        apply("s", "textbook.sum_cong", f="l -> F(l,I(n)[l,i])", g="l -> F(l,0) + (F(l,1) - F(l,0))*I(n)[l,i]",
              a="1", b="n"),
        apply("p", "textbook.sum_add", f="l -> F(l,0)", g="l -> (F(l,1) - F(l,0))*I(n)[l,i]", a="1", b="n"),
        apply("m", "textbook.sum_delta", f="l -> F(l,1) - F(l,0)", n="n", m="i"), combine("end", facts="s p m"),
    ),
)

FOUR_FORMS = Lemma(
    "etr_training.four_forms", "Rows of the identity give the four forms of equations",
    statement("all X:int->real, N i j k:int | 1 <= i, i <= N, 1 <= j, j <= N, 1 <= k, k <= N => some |"
              " sum(l=1..N: I(N)[i,l]*X(l)) = X(i), sum(l=1..N: 0*X(l)) = 0,"
              " sum(l=1..N: (I(N)[i,l] + I(N)[j,l] - I(N)[k,l])*X(l)) = X(i) + X(j) - X(k)"),
    (
        apply("a", "textbook.sum_delta_row", f="l -> X(l)", n="N", m="i"),
        apply("b", "textbook.sum_delta_row", f="l -> X(l)", n="N", m="j"),
        apply("c", "textbook.sum_delta_row", f="l -> X(l)", n="N", m="k"), combine("n", "0 <= N", "H1 H2"),
        apply("z0", "etr_training.zero_sum", n="N"), combine("z", "sum(l=1..N: 0*X(l)) = 0", "z0"),
        apply("s1", "textbook.sum_add", f="l -> I(N)[i,l]*X(l)", g="l -> I(N)[j,l]*X(l)", a="1", b="N"),
        apply("s2", "textbook.sum_add", f="l -> (I(N)[i,l] + I(N)[j,l] - I(N)[k,l])*X(l)", g="l -> I(N)[k,l]*X(l)",
              a="1", b="N"),
        combine("y", "sum(l=1..N: (I(N)[i,l] + I(N)[j,l] - I(N)[k,l])*X(l)) = X(i) + X(j) - X(k)", "a b c s1 s2"),
    ),
)

NO_ROOT = (
    intro("none", "all X:int->real => some k:int | 1 <= k, k <= 1, sum(l=1..1: 1*X(l))*sum(l=1..1: 1*X(l)) !="
          " sum(l=1..1: 0*X(l)) + -1", "",
          apply("s", "etr_training.zero_sum", n="1"),
          combine("t", "sum(l=1..1: 0*X(l)) + -1 < sum(l=1..1: 1*X(l))*sum(l=1..1: 1*X(l))", "s",
                  squares=("sum(l=1..1: 1*X(l))",)),
          apply("u", "ax.lt_ne", x="sum(l=1..1: 0*X(l)) + -1", y="sum(l=1..1: 1*X(l))*sum(l=1..1: 1*X(l))"),
          witness("z", k="1")),
)
"""The step "X X = -1 has no real solution", for controls."""

LEMMAS = (ZERO_SUM, SUM_PLUS, SUM_MINUS, SUM_SAME, SUM_AT_ONE, FOUR_FORMS)
