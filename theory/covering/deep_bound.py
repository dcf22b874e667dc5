"""The deep covering bound with its guards: N(F, eps) <= Q^S / (d_1! ... d_L!).

Here Q = 4 (L+1) (B_x+1) (2B)^(L+2) prod rho prod d / eps.

From the modulus in closed form, the unconditional cover on a grid of M = ceil(A / eps) points per axis,
A = Q eps / (16 B), and the bias-ordered representatives of the grid: M + d_l - 1 <= Q because Q >= 2 A / eps and
Q >= 2 d_l.
"""

from __future__ import annotations

import re

from theory.covering.deep_bound_quoted import BASE, COUNT, separated
from theory.covering.deep_bound_unconditional import COVER
from theory.covering.modulus_closed_form import BOUND, SUM
from theory.covering.uniform_networks import uniform_witness
from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, compute, define, induct, intro, obtain, witness

FALLING = Lemma(
    "covering.multiset_falling", "d! C(m+d-1, d) <= x^d for every x >= m + d - 1",
    statement("all m d:int, x:real | hm: 1 <= m, hd: 0 <= d, hx: m + d - 1 <= x"
              " => fact(d)*binom(m + d - 1, d) <= pow(x, d)"),
    (
        combine("x0", "0 <= x", "hm hd hx"), apply("fm", "textbook.fact_pos", n="m - 1"),
        induct("I", "all k:int | 0 <= k => (all | k <= d => fact(m + k - 1) <= pow(x, k)*fact(m - 1))", "hk ih",
               [intro("z", None, "h", apply("p", "ax.pow_zero", b="x"), combine("y", facts="p"))],
               [intro("z", None, "h", apply("u", "ih"), apply("p", "ax.pow_succ", b="x", n="k"),
                      apply("f", "ax.fact_succ", n="m + k - 1"), apply("fp", "textbook.fact_pos", n="m + k - 1"),
                      combine("le", "m + k <= x", "h hx"),
                      combine("a", "(m + k)*fact(m + k - 1) <= x*fact(m + k - 1)", "le fp"),
                      combine("b", "x*fact(m + k - 1) <= x*(pow(x, k)*fact(m - 1))", "u x0"),
                      combine("y", facts="a b p f", degree=1))]),
        apply("J", "I", k="d"), apply("K", "J"),
        apply("bn", "ax.binom", "binom(m + d - 1, d)*fact(d)*fact(m - 1) = fact(m + d - 1)", n="m + d - 1", k="d"),
        combine("end", facts="K bn", mul="fm", degree=1),
    ),
)

ORDERED = "prod(l=1..L: pow({m}, d(l)*d(l-1))*binom({m} + d(l) - 1, d(l)))*pow({m}, d(L+1)*(d(L) + 1))"
"""The bias-ordered count: weights freely, hidden biases as multisets."""

_LAYER = "pow(M, d(l)*d(l-1))*binom(M + d(l) - 1, d(l))"

ORDERED_COUNT = Lemma(
    "covering.ordered_count_bound", "The bias-ordered count times prod d_l! is at most Q^S once M + d_l - 1 <= Q",
    statement("all L M:int, d:int->int, x:real | hL: 0 <= L, hM: 1 <= M, hx: M <= x,"
              " hd: (all l:int | 0 <= l, l <= L + 1 => 1 <= d(l)),"
              " hq: (all l:int | 1 <= l, l <= L => M + d(l) - 1 <= x)"
              f" => prod(l=1..L: fact(d(l)))*({ORDERED.format(m='M')}) <= pow(x, {COUNT})"),
    (
        combine("M0", "0 <= M", "hM"), combine("x0", "0 <= x", "hM hx"),
        intro("one", f"all l:int | 1 <= l, l <= L => fact(d(l))*({_LAYER}) <= pow(x, d(l)*(d(l-1) + 1))", "l1 l2",
              apply("a", "hd", l="l"), apply("b", "hd", l="l - 1"), combine("e0", "0 <= d(l)*d(l-1)", "a b"),
              apply("p", "textbook.pow_mono", x="M", y="x", n="d(l)*d(l-1)"),
              apply("lm", "hq", l="l"), apply("f", "covering.multiset_falling", m="M", d="d(l)", x="x"),
              apply("pp", "textbook.pow_nonneg", "0 <= pow(M, d(l)*d(l-1))", x="M", n="d(l)*d(l-1)"),
              apply("px", "textbook.pow_nonneg", "0 <= pow(x, d(l))", x="x", n="d(l)"),
              combine("m1", "pow(M, d(l)*d(l-1))*(fact(d(l))*binom(M + d(l) - 1, d(l)))"
                      " <= pow(M, d(l)*d(l-1))*pow(x, d(l))", "pp f"),
              combine("m2", "pow(M, d(l)*d(l-1))*pow(x, d(l)) <= pow(x, d(l)*d(l-1))*pow(x, d(l))", "p px"),
              apply("s", "textbook.pow_add", "pow(x, d(l)*(d(l-1) + 1)) = pow(x, d(l)*d(l-1))*pow(x, d(l))",
                    b="x", n="d(l)*d(l-1)", m="d(l)"),
              combine("z", facts="m1 m2 s", degree=1)),
        intro("pos", f"all l:int | 1 <= l, l <= L => 0 <= fact(d(l))*({_LAYER})", "l1 l2",
              apply("a", "hd", l="l"), apply("b", "hd", l="l - 1"), combine("e0", "0 <= d(l)*d(l-1)", "a b"),
              apply("lo", "covering.multiset_lower", m="M", d="d(l)"),
              apply("pp", "textbook.pow_nonneg", "0 <= pow(M, d(l)*d(l-1))", x="M", n="d(l)*d(l-1)"),
              apply("pd", "textbook.pow_nonneg", "0 <= pow(M, d(l))", x="M", n="d(l)"),
              combine("fb", "0 <= fact(d(l))*binom(M + d(l) - 1, d(l))", "lo pd"), combine("z", facts="fb pp")),
        apply("P", "textbook.prod_mono", f=f"l -> fact(d(l))*({_LAYER})", g="l -> pow(x, d(l)*(d(l-1) + 1))", a="1",
              b="L"),
        apply("S", "textbook.prod_mul", f="l -> fact(d(l))", g=f"l -> {_LAYER}", a="1", b="L"),
        apply("W", "textbook.prod_pow", m="x", d="l -> d(l)*(d(l-1) + 1)", n="L"),
        apply("a1", "hd", l="L + 1"), apply("a2", "hd", l="L"),
        combine("e1", "0 <= d(L+1)*(d(L) + 1)", "a1 a2"),
        apply("last", "textbook.pow_mono", x="M", y="x", n="d(L+1)*(d(L) + 1)"),
        apply("count", "ax.sum_last", f="l -> d(l)*(d(l-1) + 1)", a="1", b="L + 1"),
        apply("pM", "textbook.pow_nonneg", "0 <= pow(M, d(L+1)*(d(L) + 1))", x="M", n="d(L+1)*(d(L) + 1)"),
        obtain("end", "W", "w1 w2",
               apply("add", "textbook.pow_add", b="x", n="sum(l=1..L: d(l)*(d(l-1) + 1))", m="d(L+1)*(d(L) + 1)"),
               apply("c", "ax.cong_int", f="t -> pow(x, t)", x=COUNT,
                     y="sum(l=1..L: d(l)*(d(l-1) + 1)) + d(L+1)*(d(L) + 1)"),
               apply("ps", "textbook.pow_nonneg", "0 <= pow(x, sum(l=1..L: d(l)*(d(l-1) + 1)))"),
               combine("m1", f"prod(l=1..L: fact(d(l)))*prod(l=1..L: {_LAYER})"
                       " <= pow(x, sum(l=1..L: d(l)*(d(l-1) + 1)))", "P S w1", degree=1),
               combine("m2", f"prod(l=1..L: fact(d(l)))*prod(l=1..L: {_LAYER})*pow(M, d(L+1)*(d(L) + 1))"
                       " <= pow(x, sum(l=1..L: d(l)*(d(l-1) + 1)))*pow(M, d(L+1)*(d(L) + 1))", "m1 pM"),
               combine("m3", "pow(x, sum(l=1..L: d(l)*(d(l-1) + 1)))*pow(M, d(L+1)*(d(L) + 1))"
                       " <= pow(x, sum(l=1..L: d(l)*(d(l-1) + 1)))*pow(x, d(L+1)*(d(L) + 1))", "last ps"),
               combine("z", facts="m2 m3 add c", degree=1)),
    ),
)

LEMMAS = (FALLING, ORDERED_COUNT)

_COVER = COVER.format(n="n").replace("B(l)", "B")
_CONCLUSION = _COVER.replace("some U:", "some n:int, U:", 1).replace(
    " | (all k l i j", f" | n*prod(l=1..L: fact(d(l))) <= pow({BASE}/eps, {COUNT}), (all k l i j", 1)
_HYPOTHESES = (
    "all L:int, d:int->int, s:(l:int,u:real)->real, rho:int->real, B X eps:real | H1: 1 <= L,"
    " H2: (all l:int | 0 <= l, l <= L + 1 => 1 <= d(l)), H3: 0 <= X, H4: 1/8 <= B, H5: 0 < eps,"
    " H6: (all l:int | 1 <= l, l <= L => 0 <= rho(l)), H7: rho(L+1) = 1,"
    " H8: (all l:int, u v:real | 1 <= l, l <= L + 1 => abs(s(l,u) - s(l,v)) <= rho(l)*abs(u - v)),"
    " H9: (all l:int | 1 <= l, l <= L => s(l,0) = 0), H10: (all l:int | 1 <= l, l <= L => 1 <= B*rho(l)*d(l)),"
    f" H11: (all l:int | 1 <= l, l <= L => 2*d(l)*eps <= {BASE})"
)

STATEMENT = statement(f"{_HYPOTHESES} => {_CONCLUSION}")

_M = f"ceil({BOUND}/eps)"
_P = "prod(j=1..L: rho(j))*(d(0)*prod(j=1..L: d(j)))"

_DERIVATION = (
    combine("B0", "0 < B", "H4"), combine("L0", "0 <= L", "H1"),
    intro("D0", "all l:int | 0 <= l, l <= L + 1 => 0 <= d(l)", "l1 l2", apply("a", "H2", l="l"),
          combine("z", facts="a")),
    # rho(l) > 0, since rho(l) <= 0 would contradict 1 <= B rho(l) d(l)
    intro("Rp", "all l:int | 1 <= l, l <= L => 0 < rho(l)", "l1 l2",
          apply("a", "H10", l="l"), apply("c", "H2", l="l"), combine("Bd", "0 < B*d(l)", "B0 c"),
          combine("z", facts="a", mul="Bd", degree=1)),
    intro("R0", "all l:int | 1 <= l, l <= L + 1 => 0 <= rho(l)", "l1 l2",
          apply("t", "ax.int_split", m="l", n="L + 1"),
          cases("z", "t", "c",
                [apply("e", "ax.cong_int", f="t -> rho(t)", x="L + 1", y="l"), combine("y", facts="e H7")],
                [combine("l3", "l <= L", "c"), apply("a", "H6", l="l"), combine("y", facts="a")])),
    # the closed form A of B sum kappa and the grid M = ceil(A / eps)
    apply("pr", "textbook.prod_pos", f="j -> rho(j)", a="1", b="L"),
    intro("Dp", "all l:int | 1 <= l, l <= L => 0 < d(l)", "l1 l2", apply("a", "H2", l="l"), combine("z", facts="a")),
    apply("pd", "textbook.prod_pos", f="j -> d(j)", a="1", b="L"), apply("d0", "H2", l="0"),
    combine("dd", "0 < d(0)*prod(j=1..L: d(j))", "d0 pd"),
    combine("PP", f"0 < {_P}", "pr dd"),
    apply("p2", "textbook.pow_pos", x="2", n="L"), apply("pb", "textbook.pow_pos", x="B", n="L + 1"),
    combine("pp", "0 < pow(2, L)*pow(B, L + 1)", "p2 pb"),
    combine("lx", "0 < (L + 1)*(X + 1)", "L0 H3"),
    combine("lp", "0 < (L + 1)*(X + 1)*(pow(2, L)*pow(B, L + 1))", "lx pp"),
    combine("A0", f"0 < {BOUND}", "lp PP"),
    apply("re", "ax.recip_pos", x="eps"), combine("Ae", f"0 < {BOUND}/eps", "A0 re"),
    apply("cg", "ax.ceil_ge", x=f"{BOUND}/eps"), apply("cl", "ax.ceil_lt", x=f"{BOUND}/eps"),
    combine("M0", f"0 < {_M}", "Ae cg"), apply("M1", "ax.int_step", f"1 <= {_M}", m="0", n=_M),
    # Q eps = 16 B A >= 2 A
    apply("w1", "textbook.pow_mul", x="2", y="B", n="L + 2"),
    apply("w2", "ax.pow_succ", "pow(2, L + 2) = pow(2, L + 1)*2", b="2", n="L + 1"),
    apply("w3", "ax.pow_succ", b="2", n="L"),
    apply("w4", "ax.pow_succ", "pow(B, L + 2) = pow(B, L + 1)*B", b="B", n="L + 1"),
    combine("QA", f"{BASE} = 16*B*({BOUND})", "w1 w2 w3 w4", rounds=4),
    combine("Q2", f"2*({BOUND}) <= {BASE}", "A0 H4 QA"),
    combine("Q3", f"2*({BOUND}/eps) <= {BASE}/eps", "Q2 re"),
    intro("fits", f"all l:int | 1 <= l, l <= L => {_M} + d(l) - 1 <= {BASE}/eps", "l1 l2",
          apply("a", "H11", l="l"), combine("h", f"2*d(l) <= {BASE}/eps", "a re", rounds=2),
          combine("z", facts="h Q3 cl", degree=1)),
    apply("f1", "fits", l="1"), apply("d1", "H2", l="1"), combine("Mx", f"{_M} <= {BASE}/eps", "f1 d1"),
    # the representatives of the grid and their number
    apply("rep", "covering.sorted_representatives", L="L", d="l -> d(l)", m=f"l -> {_M}"),
    apply("cnt", "covering.ordered_count_bound", L="L", M=_M, d="l -> d(l)", x=f"{BASE}/eps"),
    apply("ft", "textbook.prod_pos", "0 < prod(l=1..L: fact(d(l)))", f="l -> fact(d(l))", a="1", b="L"),
    obtain("end", "rep", "q0 q1 q2 q3",
           combine("n1", f"n*prod(l=1..L: fact(d(l))) <= ({ORDERED.format(m=_M)})*prod(l=1..L: fact(d(l)))", "q0 ft"),
           combine("n2", f"n*prod(l=1..L: fact(d(l))) <= pow({BASE}/eps, {COUNT})", "n1 cnt", degree=1),
           define("z", "def r(0) = X then r(l+1) = rho(l+1)*B*(d(l)*r(l) + 1)", "int->real", "r0 rS",
                  apply("cf", "covering.modulus_closed_form", L="L", d="l -> d(l)", r="l -> r(l)", rho="l -> rho(l)",
                        B="B", X="X"),
                  obtain("y", "cf", "c1 c2",
                         apply("sc", "textbook.sum_scale",
                               f="l -> (d(l-1)*r(l-1) + 1)*rho(l)*prod(j=l+1..L+1: B*d(j-1)*rho(j))"
                                 f"*(B/{_M})",
                               g="l -> (d(l-1)*r(l-1) + 1)*rho(l)*prod(j=l+1..L+1: B*d(j-1)*rho(j))",
                               c=f"B/{_M}", a="1", b="L + 1"),
                         combine("t1", f"{BOUND} <= eps*{_M}", "cg H5"),
                         apply("rM", "ax.recip_pos", x=_M),
                         combine("t2", f"B*{SUM}*(1/{_M}) <= {BOUND}*(1/{_M})", "c2 rM"),
                         combine("t3", f"{BOUND}*(1/{_M}) <= eps*{_M}*(1/{_M})", "t1 rM"),
                         combine("t4", f"sum(l=1..L+1: (d(l-1)*r(l-1) + 1)*rho(l)*prod(j=l+1..L+1: B*d(j-1)*rho(j))"
                                 f"*(B/{_M})) <= eps", "t2 t3 sc M0", degree=1),
                         intro("off", "all l:int | 1 <= l, l <= L => abs(s(l,0)) <= 0", "l1 l2",
                               apply("a", "H9", l="l"), apply("e", "ax.cong", f="t -> abs(t)", x="s(l,0)", y="0"),
                               compute("o", "abs(0) = 0"), combine("x", facts="e o")),
                         intro("rec", "all l:int | 1 <= l, l <= L => rho(l)*B*(d(l-1)*r(l-1) + 1) + 0 <= r(l)", "l1 l2",
                               apply("a", "rS", "r(l) = rho(l)*B*(d(l-1)*r(l-1) + 1)", l="l - 1"),
                               combine("x", facts="a")),
                         apply("U", "covering.deep_bound_unconditional", L="L", n="n", d="l -> d(l)", m=f"l -> {_M}",
                               s="l, u -> s(l,u)", B="l -> B", rho="l -> rho(l)", o="l -> 0", r="l -> r(l)", X="X",
                               eps="eps", C="k, l, i, j -> C(k,l,i,j)"),
                         obtain("x", "U", "u1 u2 u3",
                                witness("w", n="n", U="k, l -> U(k,l)", c="k, l -> c(k,l)"))))),
)


_ZERO = "(all l:int | 1 <= l, l <= L => s(l,0) = 0)"
_GAIN = "(all l:int | 1 <= l, l <= L => 1 <= B*rho(l)*d(l))"
_FINE = f"(all l:int | 1 <= l, l <= L => 2*d(l)*eps <= {BASE})"
_CENTRES = "(t - 9)"
"""Seventeen equidistant values t = 1..17, centred at 9: one more than the bound (Q/eps)^S = 2^4 allows."""


def _scaled(slope: str) -> Step:
    """u -> slope u has Lipschitz constant slope."""
    return intro("lip", f"all l:int, u v:real | 1 <= l, l <= 1 => abs({slope}*u - {slope}*v) <= {slope}*abs(u - v)",
                 "a b", apply("c", "ax.abs_ge", x="u - v"), apply("c2", "ax.abs_neg", x="u - v"),
                 apply("z", "ax.abs_le", x=f"{slope}*u - {slope}*v", y=f"{slope}*abs(u - v)"))


def _seventeen(w: str, b: str, g: str, s: str, step: str, rho: str, B: str, X: str, eps: str,
               *steps: Step) -> Witness:
    """Seventeen networks of one hidden unit with outputs `step` apart; the recursion is checked for all at once."""
    def at(layer: str, body: str) -> str:
        return "(" + re.sub(r"\bl\b", layer, body) + ")"

    ranges = "all {}:int | 1 <= t, t <= 17, 1 <= k, k <= 17, 1 <= p, p <= 17"
    network, ids = ranges.format("t k p"), "a1 a2 a3 a4 a5 a6"
    hidden = re.sub(r"\bu\b", f"(1*{at('l', w)}*{at('(l - 1)', g)} + {b})", s)
    return uniform_witness(
        "1", "17", "1", w, b, g, s, rho, B, X, eps, *steps,
        intro("inputs", f"{network} => {at('0', g)} = 0", ids, combine("z")),
        intro("hidden", f"{ranges.format('t k p l')}, 1 <= l, l <= 1 => {g} = {hidden}", f"{ids} l1 l2",
              apply("one", "ax.antisym", x="l", y="1"),
              apply("e", "ax.cong_int", f=f"l -> {g} - ({hidden})", x="l", y="1"), combine("z", facts="e")),
        intro("outputs", f"{network} => {at('2', g)} = 1*{at('2', w)}*{at('1', g)} + {at('2', b)}", ids, combine("z")),
        intro("spread", "all k p:int | 1 <= k, k <= 17, k + 1 <= p, p <= 17"
              f" => 2*{eps} < abs({step}*(k - p))", "a1 a2 a3 a4",
              apply("n", "ax.abs_neg", x=f"{step}*(k - p)"), combine("z", facts="n a3")))


SHIFTED = _seventeen(f"(l - 1)*{_CENTRES}/8", "0", f"l*(2 - l)*10000 + l*(l - 1)*625*{_CENTRES}", "u + 10000", "1250",
                     "1", "1", "1", "64")
"""sigma(u) = u + 10^4 with one hidden unit: the outputs (t - 9) 1250 are 1250 apart, 2 eps = 128."""

SHRUNK = _seventeen("0", f"(l - 1)*{_CENTRES}/64", f"l*(l - 1)*{_CENTRES}/128", "1/100*u", "1/64", "1/100", "1/8", "0",
                    "1/1600", _scaled("1/100"))
"""sigma(u) = u/100 and B = 1/8: the constants (t - 9)/64 are 1/64 apart, 2 eps = 1/800."""

COARSE = uniform_witness(
    "1", "2", "iite(l, 0, 1, iite(l, 1, 180, 1))", "(l - 1)*(3 - 2*t)/8", "(2 - l)/8 + (l - 1)*(3 - 2*t)/8",
    "l*(2 - l)/180 + l*(l - 1)*(3 - 2*t)/8", "2/45*u", "2/45", "1/8", "0", "249/1000", _scaled("2/45"))
"""180 hidden units at a coarse eps: the constants +-1/4 are 1/2 apart, 2 eps = 0.498; (Q/eps)^541 < 2 * 180!."""

CLAIM = Claim(
    id="covering.deep_bound",
    title="The deep covering bound with its guards",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "reconstructed", arxiv="2305.11417",
                  note="The bound is quoted from memory of the literature; the guards sigma_l(0) = 0, B rho_l d_l >= 1,"
                  " B >= 1/8 and eps <= eps_0 are those under which it is proved here, each shown to be needed."),
    summary="If sigma_l(0) = 0, B rho_l d_l >= 1, B >= 1/8 and 2 d_l eps <= Q eps, then n networks form an internal"
            " eps-cover of the class in sup norm, n d_1! ... d_L! <= Q^S.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", L="1", d="l -> 1", s="l, u -> u", rho="l -> 1", B="1", X="1", eps="1"),)),
    controls=(
        Control("offset_allowed", "without sigma_l(0) = 0: sigma(u) = u + 10^4 and 17 functions where 16 are allowed",
                separated("1/8 <= B", _GAIN, _FINE), SHIFTED),
        Control("contraction_allowed",
                "without B rho_l d_l >= 1: sigma(u) = u/100 and 17 functions where 16 are allowed",
                separated("1/8 <= B", _ZERO, _FINE), SHRUNK),
        Control("coarse_eps", "without eps <= eps_0: 180 hidden units and two functions where less than one is allowed",
                separated("1/8 <= B", _ZERO, _GAIN), COARSE),
    ),
    comparison=(
        Comparison("hypotheses",
                   "sigma_l(0) = 0, B rho_l d_l >= 1, B >= 1/8, |x| <= B_x, eps <= eps_0 = Q eps/(2 d_max)",
                   "the same, eps <= eps_0 as 2 d_l eps <= Q eps for each hidden layer; rho_(L+1) = 1, L >= 1, d >= 1",
                   "as stated"),
        Comparison("conclusion", "N(F, eps, sup) <= Q^S / prod d_l!",
                   "n networks of the box with n prod d_l! <= Q^S, and for every network of the box one within eps at"
                   " all outputs and inputs", "as stated, with internal centres and any number of outputs"),
        Comparison("steps", "closed form of the modulus, bias-ordered count, m + d_max - 1 <= Q",
                   "covering.modulus_closed_form, covering.deep_bound_unconditional, covering.sorted_representatives",
                   "nothing is cited"),
    ),
    tightness="Corner [1,1,1], B = 1/8, B_x = 0, rho = 8: slack of ln down to 4 ln(4/3) = 1.15.",
    attack="theory.covering.deep_bound_attack",
)
