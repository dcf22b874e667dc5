"""What can be proved about prior covering bounds: they lie above ours, and every bound lies above the universal floor.

In the hypotheses of Schmidt-Hieber and Suzuki (parameters in [-1, 1], 1-Lipschitz activations that vanish at 0) layer l
reaches at most prod_{j<l} (d_j + 1), so the parameter modulus is at most (L+1) P with P = prod_{j<=L} (d_j + 1), and a
grid of ceil((L+1) P/eps) <= 2 (L+1) P/eps points per axis covers.
"""

from __future__ import annotations

from theory.covering.constants_floor import floor
from theory.covering.deep_bound import ORDERED
from theory.covering.deep_bound_quoted import COUNT
from theory.covering.deep_bound_unconditional import COVER
from theory.covering.prior_controls import CONTROLS, INSTANCE, KILLS, SURVIVORS
from theory.covering.prior_terms import ATTACKED, BELOW, HYPOTHESES, OURS, reach
from theory.language import Claim, Comparison, Lemma, Source, statement
from theory.language.derivation import apply, cases, combine, compute, define, induct, intro, obtain, witness

_LAYER = "pow(M, d(l)*d(l-1))*binom(M + d(l) - 1, d(l))"

RAW = Lemma(
    "covering.ordered_count_raw", "The bias-ordered count is at most the number of grid points",
    statement("all L M:int, d:int->int | hL: 0 <= L, hM: 1 <= M,"
              " hd: (all l:int | 0 <= l, l <= L + 1 => 0 <= d(l))"
              f" => some | {ORDERED.format(m='M')} <= pow(M, {COUNT}), 0 <= {COUNT}"),
    (
        combine("Mp", "0 < M", "hM"),
        intro("w", "all l:int | 1 <= l, l <= L + 1 => 0 <= d(l)*(d(l-1) + 1)", "l1 l2",
              apply("a", "hd", l="l"), apply("b", "hd", l="l - 1"), combine("z", facts="a b")),
        intro("one", f"all l:int | 1 <= l, l <= L => {_LAYER} <= pow(M, d(l)*(d(l-1) + 1))", "l1 l2",
              apply("a", "hd", l="l"), apply("b", "hd", l="l - 1"), combine("e0", "0 <= d(l)*d(l-1)", "a b"),
              apply("u", "covering.multiset_upper", m="M", d="d(l)"),
              apply("p", "textbook.pow_pos", x="M", n="d(l)*d(l-1)"),
              combine("m1", f"{_LAYER} <= pow(M, d(l)*d(l-1))*pow(M, d(l))", "u p"),
              apply("s", "textbook.pow_add", "pow(M, d(l)*(d(l-1) + 1)) = pow(M, d(l)*d(l-1))*pow(M, d(l))",
                    b="M", n="d(l)*d(l-1)", m="d(l)"), combine("z", facts="m1 s", degree=1)),
        intro("pos", f"all l:int | 1 <= l, l <= L => 0 <= {_LAYER}", "l1 l2",
              apply("a", "hd", l="l"), apply("b", "hd", l="l - 1"), combine("e0", "0 <= d(l)*d(l-1)", "a b"),
              apply("lo", "covering.multiset_lower", m="M", d="d(l)"), apply("fp", "textbook.fact_pos", n="d(l)"),
              apply("p", "textbook.pow_pos", x="M", n="d(l)*d(l-1)"), apply("q", "textbook.pow_pos", x="M", n="d(l)"),
              combine("b0", "0 <= binom(M + d(l) - 1, d(l))", "lo q", mul="fp", degree=1), combine("z", facts="p b0")),
        apply("P", "textbook.prod_mono", f=f"l -> {_LAYER}", g="l -> pow(M, d(l)*(d(l-1) + 1))", a="1", b="L"),
        apply("W", "textbook.prod_pow", m="M", d="l -> d(l)*(d(l-1) + 1)", n="L"),
        apply("x", "w", l="L + 1"), apply("count", "ax.sum_last", f="l -> d(l)*(d(l-1) + 1)", a="1", b="L + 1"),
        apply("pM", "textbook.pow_pos", x="M", n="d(L+1)*(d(L) + 1)"),
        obtain("end", "W", "w1 w2",
               apply("add", "textbook.pow_add", b="M", n="sum(l=1..L: d(l)*(d(l-1) + 1))", m="d(L+1)*(d(L) + 1)"),
               apply("c", "ax.cong_int", f="t -> pow(M, t)", x=COUNT,
                     y="sum(l=1..L: d(l)*(d(l-1) + 1)) + d(L+1)*(d(L) + 1)"),
               combine("m1", f"{ORDERED.format(m='M')} <= pow(M, sum(l=1..L: d(l)*(d(l-1) + 1)))"
                             "*pow(M, d(L+1)*(d(L) + 1))", "P w1 pM"),
               combine("m2", f"{ORDERED.format(m='M')} <= pow(M, {COUNT})", "m1 add c", degree=1),
               combine("m3", f"0 <= {COUNT}", "count w2 x", degree=1), witness("z")),
    ),
)


_P, _V = reach("L"), reach("L+1")
_SUM = "sum(l=1..L+1: (d(l-1)*r(l-1) + 1)*1*prod(j=l+1..L+1: 1*d(j-1)*1)*1)"

UNIT_MODULUS = Lemma(
    "covering.unit_modulus", "With all constants 1 the parameter modulus is at most (L+1) prod_{j<=L} (d_j + 1)",
    statement("all L:int, d:int->int, r:int->real | hL: 0 <= L, hd: (all l:int | 0 <= l, l <= L + 1 => 1 <= d(l)),"
              " r0 rS: def r(0) = 1 then r(l+1) = d(l)*r(l) + 1"
              f" => some | {_SUM} <= (L + 1)*{_P}, 1 <= {_P}, 2*{_P} <= {_V}"),
    (
        induct("A", f"all k:int | 0 <= k => (all | k <= L => some | d(k)*r(k) + 1 <= {reach('k')}, 1 <= {reach('k')})",
               "hk ih",
               [intro("z", None, "h", apply("e", "ax.prod_last", f="j -> d(j) + 1", a="0", b="0"),
                      apply("e0", "ax.prod_empty", f="j -> d(j) + 1", a="0", b="-1"), apply("p", "hd", l="0"),
                      combine("e1", f"{reach('0')} = d(0) + 1", "e e0"),
                      combine("x", f"d(0)*r(0) + 1 <= {reach('0')}", "e1 r0"),
                      combine("y", f"1 <= {reach('0')}", "e1 p"), witness("w"))],
               [intro("z", None, "h", apply("u", "ih"), apply("p", "hd", l="k + 1"), apply("t", "rS", l="k"),
                      apply("e", "ax.prod_last", f="j -> d(j) + 1", a="0", b="k + 1"),
                      obtain("w", "u", "u1 u2",
                             combine("m", f"d(k+1)*(d(k)*r(k) + 1) <= d(k+1)*{reach('k')}", "u1 p"),
                             combine("x", f"d(k+1)*r(k+1) + 1 <= {reach('k+1')}", "m u2 t e", degree=1),
                             combine("y0", f"0 <= d(k+1)*{reach('k')}", "p u2"),
                             combine("y", f"1 <= {reach('k+1')}", "y0 u2 e", degree=1), witness("v")))]),
        define("end", "def e(0) = 0 then e(l+1) = 1*(1*(d(l)*r(l) + 1) + 1*d(l)*e(l))", "int->real", "e0 eS",
               induct("E", f"all k:int | 0 <= k => (all | k <= L => e(k+1) <= (k + 1)*{reach('k')})", "hk ih",
                      [intro("z", None, "h", apply("a", "A", k="0"), apply("b", "a"), apply("t", "eS", l="0"),
                             obtain("y", "b", "b1 b2", combine("x", facts="b1 t e0", degree=1)))],
                      [intro("z", None, "h", apply("u", "ih"), apply("a", "A", k="k + 1"), apply("b", "a"),
                             apply("a0", "A", k="k"), apply("a1", "a0"), apply("t", "eS", l="k + 1"),
                             apply("p", "hd", l="k + 1"),
                             apply("q", "ax.prod_last", f="j -> d(j) + 1", a="0", b="k + 1"),
                             obtain("y", "b", "b1 b2", obtain("x", "a1", "c1 c2",
                                    combine("m", f"d(k+1)*e(k+1) <= d(k+1)*((k + 1)*{reach('k')})", "u p"),
                                    combine("n", f"0 <= (k + 1)*{reach('k')}", "hk c2"),
                                    combine("w", facts="b1 m n q t", degree=1, rounds=3))))]),
               apply("E1", "E", k="L"), apply("E2", "E1"), apply("a", "A", k="L"), apply("b", "a"),
               apply("U", "covering.unrolled", e="l -> e(l)", a="l -> d(l-1)*r(l-1) + 1", rho="l -> 1", delta="l -> 1",
                     B="l -> 1", d="l -> d(l)", N="L + 1"),
               apply("q", "ax.prod_last", f="j -> d(j) + 1", a="0", b="L + 1"), apply("p", "hd", l="L + 1"),
               obtain("z", "b", "b1 b2", combine("x", f"{_SUM} <= (L + 1)*{_P}", "E2 U", degree=1),
                      combine("y", f"2*{_P} <= {_V}", "q p b2"), witness("w"))),
    ),
)

WIDTH_POWER = Lemma(
    "covering.width_power", "prod_{j<=L} (d_j + 1) <= (w + 1)^(L+1) for widths of at most w",
    statement("all L w:int, d:int->int | hL: 0 <= L, hd: (all l:int | 0 <= l, l <= L => 1 <= d(l)),"
              f" hw: (all l:int | 0 <= l, l <= L => d(l) <= w) => {_P} <= pow(w + 1, L + 1)"),
    (
        apply("d0", "hd", l="0"), apply("w0", "hw", l="0"), combine("w1", "0 < w + 1", "d0 w0"),
        induct("I", f"all k:int | 0 <= k => (all | k <= L => {reach('k')} <= pow(w + 1, k + 1))", "hk ih",
               [intro("z", None, "h", apply("e", "ax.prod_last", f="j -> d(j) + 1", a="0", b="0"),
                      apply("e0", "ax.prod_empty", f="j -> d(j) + 1", a="0", b="-1"),
                      apply("p", "ax.pow_succ", b="w + 1", n="0"), apply("q", "ax.pow_zero", b="w + 1"),
                      combine("y", facts="e e0 p q w0", rounds=4))],
               [intro("z", None, "h", apply("u", "ih"), apply("a", "hd", l="k + 1"), apply("b", "hw", l="k + 1"),
                      apply("e", "ax.prod_last", f="j -> d(j) + 1", a="0", b="k + 1"),
                      apply("p", "ax.pow_succ", b="w + 1", n="k + 1"),
                      apply("q", "textbook.pow_pos", x="w + 1", n="k + 1"),
                      combine("m1", f"{reach('k')}*(d(k+1) + 1) <= pow(w + 1, k + 1)*(d(k+1) + 1)", "u a"),
                      combine("m2", "pow(w + 1, k + 1)*(d(k+1) + 1) <= pow(w + 1, k + 1)*(w + 1)", "q b"),
                      combine("y", facts="m1 m2 e p", degree=1))]),
        apply("J", "I", k="L"), apply("end", "J"),
    ),
)

LEMMAS = (RAW, UNIT_MODULUS, WIDTH_POWER)

_COVERED = COVER.format(n="n").replace("B(l)", "1").replace("<= X)", "<= 1)")
UPPER = _COVERED.replace("some U:", "some n:int, U:", 1).replace(
    " | (all k l i j", f" | n <= {OURS}, (all k l i j", 1)
"""A cover by n networks of the box, with n at most our bound."""

STATEMENT = statement(f"{HYPOTHESES} => some | {floor('1')}, {', '.join(BELOW)}, ({UPPER})")

_A = f"((L + 1)*{_P})"
_M = f"ceil({_A}/eps)"
_Q = f"(2*{_A}/eps)"

_DERIVATION = (
    apply("low", "covering.constants_floor", floor("1"), L="L", d="l -> d(l)", s="l, u -> s(l,u)", B="1", eps="eps"),
    intro("D0", "all l:int | 0 <= l, l <= L + 1 => 0 <= d(l)", "l1 l2", apply("a", "H2", l="l"),
          combine("z", facts="a")),
    intro("lip", "all l:int, u v:real | 1 <= l, l <= L + 1 => abs(s(l,u) - s(l,v)) <= 1*abs(u - v)", "l1 l2",
          apply("t", "ax.int_split", m="l", n="L + 1"),
          cases("z", "t", "q",
                [apply("a", "H8", u="u"), apply("b", "H8", u="v"),
                 apply("c", "ax.cong_int", f="t -> abs(s(t,u) - s(t,v))", x="L + 1", y="l"),
                 apply("e", "ax.cong", f="t -> abs(t)", x="s(L+1,u) - s(L+1,v)", y="u - v"),
                 combine("y", facts="c e")],
                [apply("a", "H6", l="l", u="u", v="v"), combine("y", facts="a")])),
    define("end", "def r(0) = 1 then r(l+1) = d(l)*r(l) + 1", "int->real", "r0 rS",
           apply("mod", "covering.unit_modulus", L="L", d="l -> d(l)", r="l -> r(l)"),
           obtain("z", "mod", "m1 m2 m3",
                  combine("A0", f"0 < {_A}", "H1 m2"), apply("re", "ax.recip_pos", x="eps"),
                  combine("ie", "eps*(1/eps) = 1", "H4"),
                  combine("Ae", f"0 < {_A}/eps", "A0 re"), combine("A1", f"1 <= {_A}/eps", "H5 re ie"),
                  apply("cg", "ax.ceil_ge", x=f"{_A}/eps"), apply("cl", "ax.ceil_lt", x=f"{_A}/eps"),
                  combine("M0", f"0 < {_M}", "Ae cg"), apply("M1", "ax.int_step", f"1 <= {_M}", m="0", n=_M),
                  combine("MQ", f"{_M} <= {_Q}", "A1 cl", degree=1),
                  apply("rep", "covering.sorted_representatives", L="L", d="l -> d(l)", m=f"l -> {_M}"),
                  apply("raw", "covering.ordered_count_raw", L="L", M=_M, d="l -> d(l)"),
                  # the grid is fine enough
                  apply("sc", "textbook.sum_scale",
                        f=f"l -> (d(l-1)*r(l-1) + 1)*1*prod(j=l+1..L+1: 1*d(j-1)*1)*(1/{_M})",
                        g="l -> (d(l-1)*r(l-1) + 1)*1*prod(j=l+1..L+1: 1*d(j-1)*1)*1", c=f"1/{_M}", a="1", b="L + 1"),
                  apply("rM", "ax.recip_pos", x=_M), combine("t1", f"{_A} <= eps*{_M}", "cg H4 ie"),
                  combine("t2", f"{_SUM}*(1/{_M}) <= {_A}*(1/{_M})", "m1 rM"),
                  combine("t3", f"{_A}*(1/{_M}) <= eps", "t1 M0", mul="M0", rounds=4),
                  combine("fine", "sum(l=1..L+1: (d(l-1)*r(l-1) + 1)*1*prod(j=l+1..L+1: 1*d(j-1)*1)"
                                  f"*(1/{_M})) <= eps", "t2 t3 sc", degree=1),
                  intro("off", "all l:int | 1 <= l, l <= L => abs(s(l,0)) <= 0", "l1 l2", apply("a", "H7", l="l"),
                        apply("e", "ax.cong", f="t -> abs(t)", x="s(l,0)", y="0"), compute("o", "abs(0) = 0"),
                        combine("x", facts="e o")),
                  intro("rec", "all l:int | 1 <= l, l <= L => 1*1*(d(l-1)*r(l-1) + 1) + 0 <= r(l)", "l1 l2",
                        apply("a", "rS", "r(l) = d(l-1)*r(l-1) + 1", l="l - 1"), combine("x", facts="a")),
                  # the two prior bases
                  apply("wp", "covering.width_power", L="L", w="w", d="l -> d(l)"),
                  combine("V0", f"0 <= 2*{_V}", "m2 m3"), combine("Q0", f"0 <= {_Q}", "Ae"),
                  combine("s1", f"{_A}*(2*{_V})*2 <= 2*(L + 1)*{_V}*{_V}", "m3 V0 H1", degree=3),
                  combine("s2", f"{_Q}*(2*{_V}) <= 2*(L + 1)*{_V}*{_V}/eps", "s1 re"),
                  combine("W0", "0 <= pow(w + 1, L + 1)", "wp m2"),
                  apply("pa", "textbook.pow_add", "pow(w + 1, 2*L + 2) = pow(w + 1, L + 1)*pow(w + 1, L + 1)",
                        b="w + 1", n="L + 1", m="L + 1"),
                  combine("z1", f"{_A}*pow(w + 1, L + 1) <= (L + 1)*pow(w + 1, 2*L + 2)", "wp W0 H1 pa", degree=3),
                  combine("z2", f"{_Q}*pow(w + 1, L + 1) <= 2*((L + 1)*pow(w + 1, 2*L + 2)/eps)", "z1 re"),
                  obtain("y", "rep", "q0 q1 q2 q3", obtain("x", "raw", "c1 c2",
                         combine("M2", f"0 <= {_M}", "M0"),
                         apply("pq", "textbook.pow_mono", x=_M, y=_Q, n=COUNT),
                         combine("n0", f"n <= {OURS}", "q0 c1", degree=1),
                         apply("pv", "textbook.pow_nonneg", x=f"2*{_V}", n=COUNT),
                         apply("pm", "textbook.pow_mul", x=_Q, y=f"2*{_V}", n=COUNT),
                         combine("qv", f"0 <= {_Q}*(2*{_V})", "Q0 V0"),
                         apply("pp", "textbook.pow_mono", x=f"{_Q}*(2*{_V})", y=f"2*(L + 1)*{_V}*{_V}/eps", n=COUNT),
                         combine("b1", f"{OURS}*pow(2*{_V}, {COUNT}) <= pow({_Q}, {COUNT})*pow(2*{_V}, {COUNT})",
                                 "pq pv"),
                         combine("B1", BELOW[0], "b1 pm pp", degree=1),
                         apply("uv", "textbook.pow_nonneg", x="pow(w + 1, L + 1)", n=COUNT),
                         apply("um", "textbook.pow_mul", x=_Q, y="pow(w + 1, L + 1)", n=COUNT),
                         combine("qu", f"0 <= {_Q}*pow(w + 1, L + 1)", "Q0 W0"),
                         apply("up", "textbook.pow_mono", x=f"{_Q}*pow(w + 1, L + 1)",
                               y="2*((L + 1)*pow(w + 1, 2*L + 2)/eps)", n=COUNT),
                         apply("u2", "textbook.pow_mul", x="2", y="(L + 1)*pow(w + 1, 2*L + 2)/eps", n=COUNT),
                         combine("b2", f"{OURS}*pow(pow(w + 1, L + 1), {COUNT})"
                                       f" <= pow({_Q}, {COUNT})*pow(pow(w + 1, L + 1), {COUNT})", "pq uv"),
                         combine("B2", BELOW[1], "b2 um up u2", degree=1),
                         apply("U", "covering.deep_bound_unconditional", L="L", n="n", d="l -> d(l)", m=f"l -> {_M}",
                               s="l, u -> s(l,u)", B="l -> 1", rho="l -> 1", o="l -> 0", r="l -> r(l)", X="1",
                               eps="eps", C="k, l, i, j -> C(k,l,i,j)"),
                         obtain("v", "U", "u3 u4 u5",
                                witness("up2", UPPER, n="n", U="k, l -> U(k,l)", c="k, l -> c(k,l)"),
                                witness("end2")))))),
)

CLAIM = Claim(
    id="covering.prior_bounds",
    title="Two prior covering bounds lie above the grid count, and every bound above the universal floor",
    statement=STATEMENT,
    source=Source("J. Schmidt-Hieber", 2020, "Nonparametric regression using deep neural networks with ReLU activation"
                  " function", "strengthened", arxiv="1708.06633", theorem="Lemma 5",
                  note="Lemma 5 and the covering lemma of T. Suzuki 2019 (arXiv 1810.08033) are recalled. They are"
                  " not used: a smaller bound is proved under their hypotheses, for networks without sparsity."),
    summary="With parameters in [-1, 1], inputs in [-1, 1] and 1-Lipschitz activations that vanish at 0,"
            " ceil((L+1) P/eps)^S networks cover, P = prod_{j<=L} (d_j + 1), S parameters: Schmidt-Hieber's bound is"
            " larger by more than (2V)^S, Suzuki's by ((w+1)^(L+1)/2)^S; no cover has fewer than ceil(1/eps).",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("floor", "N >= ceil(B/eps) for every class with an output bias",
                   "any functions that cover on the zero input, centres anywhere, number at least ceil(B/eps); B = 1"
                   " here, every B in covering.constants_floor", "as stated"),
        Comparison("Schmidt-Hieber", "(s+1) ln(2 (L+1) V^2/eps), V = prod (d_l + 1), at most s parameters not 0",
                   "s = S, all parameters: ceil((L+1) P/eps)^S (2V)^S <= (2 (L+1) V^2/eps)^S",
                   "the sparse case is not formalised; our"
                   " bound is better by S ln(2V) and one more ln of the base"),
        Comparison("Suzuki", "S ln((L+1) max(B,1)^L (W+1)^(2(L+1))/eps)",
                   "B <= 1, any w of at least all widths up to the last hidden one", "better by S ln((w+1)^(L+1)/2)"),
        Comparison("radius", "for every eps > 0", "eps <= (L+1) P (H5), beyond which a bound below 1 could result",
                   "a guard that the usual quotation lacks"),
        Comparison("other comparators", "Bartlett-Foster-Telgarsky, Anthony-Bartlett, Bartlett-Harvey-Liaw-Mehrabian",
                   "formulas only, in theory.covering.prior_bounds", "other metrics; marked recalled or recheck"),
    ),
    tightness="At eps = (L+1) P one grid point is left, and the bound 1 is attained; just below it, with widths 1, both"
              " comparisons are equalities in the limit.",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)
