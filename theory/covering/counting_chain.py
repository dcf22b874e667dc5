"""The chain of exact inequalities between m^S, the bias-ordered count and m^S / prod d_l! (dossier 3.4)."""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, obtain, witness

MULTISET_LOWER = Lemma(
    "covering.multiset_lower", "m^d <= d! C(m+d-1, d)",
    statement("all m d:int | hm: 1 <= m, hd: 0 <= d => pow(m, d) <= fact(d)*binom(m + d - 1, d)"),
    (
        apply("fm", "textbook.fact_pos", n="m - 1"),
        induct("I", "all k:int | 0 <= k => pow(m, k)*fact(m - 1) <= fact(m + k - 1)", "hk ih",
               [apply("p", "ax.pow_zero", b="m"), combine("z", facts="p")],
               [apply("p", "ax.pow_succ", b="m", n="k"), apply("f", "ax.fact_succ", n="m + k - 1"),
                apply("fp", "textbook.fact_pos", n="m + k - 1"),
                combine("a", "m*(pow(m, k)*fact(m - 1)) <= m*fact(m + k - 1)", "hm ih"),
                combine("b", "0 <= k*fact(m + k - 1)", "hk fp"), combine("z", facts="a b p f", degree=1)]),
        apply("J", "I", k="d"),
        apply("bn", "ax.binom", "binom(m + d - 1, d)*fact(d)*fact(m - 1) = fact(m + d - 1)", n="m + d - 1", k="d"),
        combine("end", facts="J bn", mul="fm", degree=1),
    ),
)

MULTISET_UPPER = Lemma(
    "covering.multiset_upper", "C(m+d-1, d) <= m^d",
    statement("all m d:int | hm: 1 <= m, hd: 0 <= d => binom(m + d - 1, d) <= pow(m, d)"),
    (
        apply("fm", "textbook.fact_pos", n="m - 1"), apply("fd", "textbook.fact_pos", n="d"),
        induct("I", "all k:int | 0 <= k => fact(m + k - 1) <= pow(m, k)*fact(k)*fact(m - 1)", "hk ih",
               [apply("p", "ax.pow_zero", b="m"), apply("f", "ax.fact_zero"), combine("z", facts="p f")],
               [apply("p", "ax.pow_succ", b="m", n="k"), apply("f1", "ax.fact_succ", n="m + k - 1"),
                apply("f2", "ax.fact_succ", n="k"), apply("fk", "textbook.fact_pos", n="k"),
                apply("pp", "textbook.pow_pos", x="m", n="k"),
                combine("R", "0 <= pow(m, k)*fact(k)*fact(m - 1)", "pp fk fm", degree=3),
                combine("mk", "0 <= m + k", "hm hk"),
                combine("a", "(m + k)*fact(m + k - 1) <= (m + k)*(pow(m, k)*fact(k)*fact(m - 1))", "mk ih"),
                combine("w", "m + k <= (k + 1)*m", "hm hk"),
                combine("b", "(m + k)*(pow(m, k)*fact(k)*fact(m - 1)) <= (k + 1)*m*(pow(m, k)*fact(k)*fact(m - 1))",
                        "w R"),
                combine("z", facts="a b p f1 f2", degree=1)]),
        apply("J", "I", k="d"),
        apply("bn", "ax.binom", "binom(m + d - 1, d)*fact(d)*fact(m - 1) = fact(m + d - 1)", n="m + d - 1", k="d"),
        combine("end", facts="J bn", mul="fm fd", degree=1),
    ),
)

_COUNT = "pow(m, S - sum(l=1..L: d(l)))*prod(l=1..L: binom(m + d(l) - 1, d(l)))"
_VARIABLES = "all L m S:int, d:int->int | H1: 0 <= L, H2: 1 <= m, H3: (all l:int | 1 <= l, l <= L => 0 <= d(l)),"
_HYPOTHESES = _VARIABLES + " H4: sum(l=1..L: d(l)) <= S"

STATEMENT = statement(
    f"{_HYPOTHESES} => some | pow(m, S) <= prod(l=1..L: fact(d(l)))*({_COUNT}), {_COUNT} <= pow(m, S)")

_DERIVATION = (
    combine("m0", "0 < m", "H2"),
    intro("b0", "all l:int | 1 <= l, l <= L => 0 <= binom(m + d(l) - 1, d(l))", "l1 l2",
          apply("w", "H3", l="l"), apply("lo", "covering.multiset_lower", m="m", d="d(l)"),
          apply("pp", "textbook.pow_pos", x="m", n="d(l)"), apply("fp", "textbook.fact_pos", n="d(l)"),
          combine("z", facts="lo pp", mul="fp", degree=1)),
    intro("up", "all l:int | 1 <= l, l <= L => binom(m + d(l) - 1, d(l)) <= pow(m, d(l))", "l1 l2",
          apply("w", "H3", l="l"), apply("z", "covering.multiset_upper")),
    intro("lo", "all l:int | 1 <= l, l <= L => pow(m, d(l)) <= fact(d(l))*binom(m + d(l) - 1, d(l))", "l1 l2",
          apply("w", "H3", l="l"), apply("z", "covering.multiset_lower")),
    intro("p0", "all l:int | 1 <= l, l <= L => 0 <= pow(m, d(l))", "l1 l2",
          apply("w", "H3", l="l"), apply("pp", "textbook.pow_pos", x="m", n="d(l)"), combine("z", facts="pp")),
    apply("U", "textbook.prod_mono", f="l -> binom(m + d(l) - 1, d(l))", g="l -> pow(m, d(l))", a="1", b="L"),
    apply("W", "textbook.prod_mono", f="l -> pow(m, d(l))", g="l -> fact(d(l))*binom(m + d(l) - 1, d(l))", a="1",
          b="L"),
    apply("M", "textbook.prod_mul", f="l -> fact(d(l))", g="l -> binom(m + d(l) - 1, d(l))", a="1", b="L"),
    apply("P", "textbook.prod_pow", m="m", d="l -> d(l)", n="L"),
)

_EXPONENT = (apply("s", "textbook.sum_nonneg", f="l -> d(l)", a="1", b="L"), combine("z", facts="s o4"))
"""0 <= S, for the exponent of m^S: the widths are not negative and their sum is at most S."""

CLAIM = Claim(
    id="covering.counting_chain",
    title="m^S / prod d_l! <= m^(S - sum d_l) prod C(m+d_l-1, d_l) <= m^S",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "new", arxiv="2305.11417",
                  note="The counting chain of the exact covering number of the quotient (covering.quotient_exact)."),
    summary="Ordering the biases divides the grid count by at most the product of factorials, and never increases it.",
    derivation=(
        *_DERIVATION,
        obtain(
            "end", "P", "P1 P2",
            apply("A", "textbook.pow_add", "pow(m, S) = pow(m, S - sum(l=1..L: d(l)))*pow(m, sum(l=1..L: d(l)))",
                  b="m", n="S - sum(l=1..L: d(l))", m="sum(l=1..L: d(l))"),
            apply("R", "textbook.pow_pos", x="m", n="S - sum(l=1..L: d(l))"),
            combine("u", f"{_COUNT} <= pow(m, S - sum(l=1..L: d(l)))*prod(l=1..L: pow(m, d(l)))", "U R"),
            combine("u2", f"{_COUNT} <= pow(m, S)", "u A P1", degree=1),
            combine("w", "pow(m, S - sum(l=1..L: d(l)))*prod(l=1..L: pow(m, d(l)))"
                    " <= pow(m, S - sum(l=1..L: d(l)))"
                    "*(prod(l=1..L: fact(d(l)))*prod(l=1..L: binom(m + d(l) - 1, d(l))))",
                    "W R M"),
            combine("w2", f"pow(m, S) <= prod(l=1..L: fact(d(l)))*({_COUNT})", "w A P1", degree=1)),
    ),
    posed=(_EXPONENT, (), (), (), (), (), _EXPONENT),
    instance=Witness((witness("end", L="2", m="3", S="20", d="l -> l + 1"),)),
    controls=(
        Control("factorial_always_earned", "the count is at most m^S / prod d_l!: fails at m = 2, d = 2 (3 against 2)",
                statement(f"{_HYPOTHESES} => prod(l=1..L: fact(d(l)))*({_COUNT}) <= pow(m, S)"),
                Witness((witness("end", L="1", m="2", S="2", d="l -> 2"),))),
        Control("too_few_parameters", "without sum d_l <= S (H4) the count may exceed m^S: the exponent is cut at 0",
                statement(f"{_VARIABLES} H4: 0 <= S"
                          " => prod(l=1..L: binom(m + d(l) - 1, d(l))) <= pow(m, S)"),
                Witness((witness("end", L="1", m="2", S="0", d="l -> 1"),))),
        Control("off_by_one", "C(m+d, d) in place of C(m+d-1, d): exceeds m^d at m = 1, d = 1",
                statement(f"{_HYPOTHESES} => pow(m, S - sum(l=1..L: d(l)))*prod(l=1..L: binom(m + d(l), d(l)))"
                          " <= pow(m, S)"),
                Witness((witness("end", L="1", m="1", S="1", d="l -> 1"),))),
    ),
    comparison=(
        Comparison("objects", "m grid points per axis, widths d_l, S parameters", "integers L, m, S and d(l)",
                   "as stated"),
        Comparison("conclusion", "m^S / prod d_l! <= m^(S - sum d) prod C(m+d_l-1, d_l) <= m^S",
                   "the first inequality multiplied by prod d_l!", "the orbit count itself lies between by Burnside"),
    ),
    tightness="Equality in both for d_l = 0 or m = 1 in the upper, d_l <= 1 in both.",
    attack="theory.covering.counting_chain_attack",
)

LEMMAS = (MULTISET_LOWER, MULTISET_UPPER)
