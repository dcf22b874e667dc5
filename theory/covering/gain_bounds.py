"""Two-sided bounds of ln n! and of S ln m with explicit constants: the steps of `covering.relative_gain`."""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, compute, define, induct, intro, obtain

LOG_FACTORIAL = Lemma(
    "covering.log_factorial", "n ln n - n + 1 <= ln n! <= (n + 1) ln n - n + 1",
    statement("all n:int | h: 1 <= n => some | n*log(n) - n + 1 <= log(fact(n)),"
              " log(fact(n)) <= (n + 1)*log(n) - n + 1"),
    (
        combine("np", "0 < n", "h"), apply("f", "textbook.fact_pos", n="n"), apply("e", "ax.exp_pos", a="n - 1"),
        apply("m", "textbook.log_mul", x="fact(n)", y="exp(n - 1)"), apply("l", "ax.log_exp", x="n - 1"),
        combine("fe", "0 < fact(n)*exp(n - 1)", "f e"),
        apply("p1", "textbook.pow_pos", x="n", n="n"),
        apply("a1", "textbook.factorial_lower", n="n"), apply("b1", "textbook.log_pow", x="n", n="n"),
        apply("c1", "ax.log_mono", x="pow(n, n)", y="fact(n)*exp(n - 1)"),
        combine("low", "n*log(n) - n + 1 <= log(fact(n))", "b1 c1 m l", degree=1),
        apply("a2", "textbook.factorial_upper", n="n"), apply("b2", "textbook.log_pow", x="n", n="n + 1"),
        apply("c2", "ax.log_mono", x="fact(n)*exp(n - 1)", y="pow(n, n + 1)"),
        combine("high", "log(fact(n)) <= (n + 1)*log(n) - n + 1", "b2 c2 m l", degree=1),
    ),
)

LOG_WIDTH = Lemma(
    "covering.log_width", "ln n lies between 0 and n - 1, and is at least 2 from n = 8 on",
    statement("all n:int | h: 1 <= n => some | 0 <= log(n), log(n) <= n - 1, (all | 8 <= n => 2 <= log(n))"),
    (
        apply("low", "textbook.log_nonneg", x="n"), apply("l1", "textbook.log_le", x="n - 1"),
        combine("high", "log(n) <= n - 1", "l1"),
        intro("two", "all | 8 <= n => 2 <= log(n)", "h8",
              # e 16^17 <= 17^17 gives e <= 2.81, so that e^2 <= 8
              apply("g", "textbook.power_growth_lower", n="16"),
              compute("c", "pow(17, 17)*100 <= 281*pow(16, 17)"), compute("c0", "0 < pow(16, 17)"),
              combine("e", "exp(1) <= 281/100", "g c", mul="c0", degree=1), apply("ep", "ax.exp_pos", a="1"),
              apply("a", "ax.exp_add", "exp(2) = exp(1)*exp(1)", a="1", b="1"),
              combine("e2", "exp(1)*exp(1) <= 281/100*exp(1)", "e ep"), combine("e8", "exp(2) <= n", "a e e2 h8"),
              apply("ep2", "ax.exp_pos", a="2"), apply("m", "ax.log_mono", x="exp(2)", y="n"),
              apply("l", "ax.log_exp", x="2"), combine("z", facts="m l")),
    ),
)

_DIFFERENCE = "p*log(fact(n)) - (p*n + 1)*log(m) + (1 + log(a))*(p*n + 1)"

SHALLOW_ENTROPY = Lemma(
    "covering.shallow_entropy", "p ln n! against (p n + 1) ln m for a n <= m <= a n + b + 1, up to O(ln n)",
    statement("all n m p:int, a b:real | h: 1 <= n, mp: 1 <= m, hp: 2 <= p, ha: 0 < a, hb: 0 <= b, lo: a*n <= m,"
              f" hi: m <= a*n + b + 1 => some | -1*log(n) - (p + 1)*(b + 1)/a <= {_DIFFERENCE},"
              f" {_DIFFERENCE} <= (p - 1)*log(n) + p + 1, log(a) + log(n) <= log(m),"
              " log(m) <= log(a + b + 1) + log(n)"),
    (
        combine("np", "0 < n", "h"), combine("an", "0 < a*n", "ha np"),
        apply("l", "textbook.log_mul", x="a", y="n"), apply("c1", "ax.log_mono", x="a*n", y="m"),
        combine("low", "log(a) + log(n) <= log(m)", "c1 l"),
        combine("cp", "0 < a + b + 1", "ha hb"), apply("l3", "textbook.log_mul", x="a + b + 1", y="n"),
        combine("cn", "m <= (a + b + 1)*n", "hi hb h"), apply("c3", "ax.log_mono", x="m", y="(a + b + 1)*n"),
        combine("high", "log(m) <= log(a + b + 1) + log(n)", "c3 l3"),
        # ln m <= ln(a n) + ln(1 + x) <= ln(a n) + x with x = (b + 1)/(a n)
        apply("ra", "ax.recip_pos", x="a"), apply("rn", "ax.recip_pos", x="n"),
        combine("r", "0 < 1/a*(1/n)", "ra rn"), combine("b1", "0 < b + 1", "hb"),
        combine("x0", "0 < (b + 1)*(1/a*(1/n))", "b1 r"),
        combine("x1", "0 < 1 + (b + 1)*(1/a*(1/n))", "x0"),
        combine("hi2", "m <= a*n*(1 + (b + 1)*(1/a*(1/n)))", "hi ha np", degree=1, rounds=4),
        apply("c2", "ax.log_mono", x="m", y="a*n*(1 + (b + 1)*(1/a*(1/n)))"),
        apply("l2", "textbook.log_mul", x="a*n", y="1 + (b + 1)*(1/a*(1/n))"),
        apply("l4", "textbook.log_le", x="(b + 1)*(1/a*(1/n))"),
        combine("lm", "log(m) <= log(a) + log(n) + (b + 1)*(1/a*(1/n))", "c2 l2 l4 l"),
        combine("pn", "0 <= p*n + 1", "h hp"),
        combine("m1", "(p*n + 1)*log(m) <= (p*n + 1)*(log(a) + log(n) + (b + 1)*(1/a*(1/n)))", "lm pn"),
        combine("m2", "(p*n + 1)*(log(a) + log(n)) <= (p*n + 1)*log(m)", "low pn"),
        # (p n + 1) x <= (p + 1)(b + 1)/a, because p n + 1 <= (p + 1) n
        combine("x2", "(p*n + 1)*((b + 1)*(1/a*(1/n))) <= (p + 1)*n*((b + 1)*(1/a*(1/n)))", "h x0"),
        apply("F", "covering.log_factorial", n="n"),
        obtain("end", "F", "f1 f2",
               combine("p1", "p*(n*log(n) - n + 1) <= p*log(fact(n))", "f1 hp"),
               combine("p2", "p*log(fact(n)) <= p*((n + 1)*log(n) - n + 1)", "f2 hp"),
               combine("u1", f"-1*log(n) - (p + 1)*(b + 1)/a <= {_DIFFERENCE}", "p1 m1 x2 hp np", degree=1, rounds=3),
               combine("u2", f"{_DIFFERENCE} <= (p - 1)*log(n) + p + 1", "p2 m2", degree=1)),
    ),
)

KAPPA = "sum(l=1..L+1: (w(l-1)*r(l-1) + 1)*R(l)*prod(j=l+1..L+1: B*w(j-1)*R(j)))"
"""sum_l kappa_l of `covering.param_lipschitz`, one bound B; R is rho in hidden layers, R(L+1) = 1."""

EQUAL_WIDTHS = ("w(0) = d0, (all l:int | 1 <= l, l <= L => w(l) = n), (all l:int | 1 <= l, l <= L => R(l) = rho),"
                " R(L+1) = 1, r(0) = X,"
                " (all l:int | 0 <= l, l <= L - 1 => r(l+1) = rho*B*(w(l)*r(l) + 1) + o)")
"""L hidden layers of n units each; r(l) bounds the units of layer l."""

_NAMED = ("hw0: w(0) = d0, hw: (all l:int | 1 <= l, l <= L => w(l) = n),"
          " hR: (all l:int | 1 <= l, l <= L => R(l) = rho), hR1: R(L+1) = 1,"
          " r0: r(0) = X,"
          " rS: (all l:int | 0 <= l, l <= L - 1 => r(l+1) = rho*B*(w(l)*r(l) + 1) + o)")
_A, _Q, _G = "(d0*X + 1)", "rho*B*n", "(rho*B + o + 1)*n"

MODULUS_GROWTH = Lemma(
    "covering.modulus_growth", "With L hidden layers of n units sum_l kappa_l is of the order n^L, with constants",
    statement("all d0 L n:int, w:int->int, r R:int->real, B X rho o:real | hd: 0 <= d0, hL: 1 <= L, hn: 1 <= n,"
              f" hX: 0 <= X, hB: 0 < B, hr: 0 <= rho, ho: 0 <= o, {_NAMED} => some |"
              f" (L + 1)*{_A}*pow({_Q}, L) <= {KAPPA}, {KAPPA} <= (L + 1)*{_A}*pow({_G}, L)"),
    (
        combine("A0", f"1 <= {_A}", "hd hX"), combine("rB", "0 <= rho*B", "hr hB"),
        combine("q0", f"0 <= {_Q}", "rB hn"),
        combine("g1", f"1 <= {_G}", "rB ho hn", degree=2),
        combine("qg", f"{_Q} <= {_G}", "ho hn"),
        # a(k+1) = w(k) r(k) + 1 for k = 0..L
        induct("lowA", f"all k:int | 0 <= k => (all | k <= L => {_A}*pow({_Q}, k) <= w(k)*r(k) + 1)", "hk ih",
               [intro("z", None, "h", apply("p", "ax.pow_zero", b=_Q), combine("y", facts="p hw0 r0", rounds=3))],
               [intro("z", None, "h", apply("u", "ih"), apply("w1", "hw", l="k + 1"), apply("s", "rS", l="k"),
                      apply("p", "ax.pow_succ", b=_Q, n="k"), combine("m", f"{_Q}*({_A}*pow({_Q}, k))"
                                                                      f" <= {_Q}*(w(k)*r(k) + 1)", "u q0"),
                      combine("no", "0 <= n*o", "hn ho"),
                      combine("e", f"w(k+1)*r(k+1) + 1 = {_Q}*(w(k)*r(k) + 1) + n*o + 1", "w1 s", rounds=3),
                      combine("e2", f"{_A}*pow({_Q}, k + 1) = {_Q}*({_A}*pow({_Q}, k))", "p"),
                      combine("y", facts="m e e2 no", degree=1))]),
        induct("highA", f"all k:int | 0 <= k => (all | k <= L => w(k)*r(k) + 1 <= {_A}*pow({_G}, k))", "hk ih",
               [intro("z", None, "h", apply("p", "ax.pow_zero", b=_G), combine("y", facts="p hw0 r0", rounds=3))],
               [intro("z", None, "h", apply("u", "ih"), apply("w1", "hw", l="k + 1"), apply("s", "rS", l="k"),
                      apply("p", "ax.pow_succ", b=_G, n="k"), combine("m", f"{_Q}*(w(k)*r(k) + 1)"
                                                                      f" <= {_Q}*({_A}*pow({_G}, k))", "u q0"),
                      apply("p1", "textbook.pow_ge_one", x=_G, n="k"),
                      combine("t", f"1 <= {_A}*pow({_G}, k)", "A0 p1"), combine("no", "0 <= n*o + n", "hn ho"),
                      combine("m2", f"(n*o + n)*1 <= (n*o + n)*({_A}*pow({_G}, k))", "t no"),
                      combine("e", f"w(k+1)*r(k+1) + 1 = {_Q}*(w(k)*r(k) + 1) + n*o + 1", "w1 s", rounds=3),
                      combine("e2", f"{_A}*pow({_G}, k + 1) = {_G}*({_A}*pow({_G}, k))", "p"),
                      combine("y", facts="m m2 e e2 hn", degree=1))]),
        # e(k), the sum for the network cut after layer k
        define("end", "def e(0) = 0 then e(l+1) = R(l+1)*(1*(w(l)*r(l) + 1) + B*w(l)*e(l))", "int->real", "e0 eS",
               *(induct(name, f"all k:int | 0 <= k => (all | k + 1 <= L => {goal})", "hk ih",
                        [intro("z", None, "h", apply("p", "ax.pow_zero", b=base), apply("s", "eS", l="0"),
                               apply("R1", "hR", l="1"), combine("e1", f"e(1) = rho*{_A}", "s e0 R1 hw0 r0", rounds=4),
                               combine("y", facts="p e1"))],
                        [intro("z", None, "h", apply("u", "ih"), apply("w1", "hw", l="k + 1"),
                               apply("s", "eS", l="k + 1"),
                               apply("R1", "hR", l="k + 2"), apply("a0", side, k="k + 1"), apply("a1", "a0"),
                               apply("p", "ax.pow_succ", b=base, n="k"),
                               combine("s1", "e(k+2) = rho*(w(k+1)*r(k+1) + 1) + rho*B*n*e(k+1)", "s R1 w1", rounds=3),
                               *more)])
                 for name, side, base, goal, more in (
                     ("lowE", "lowA", _Q, f"(k + 1)*(rho*{_A}*pow({_Q}, k)) <= e(k+1)", (
                         combine("m1", f"{_Q}*((k + 1)*(rho*{_A}*pow({_Q}, k))) <= {_Q}*e(k+1)", "u q0"),
                         combine("m2", f"rho*({_A}*pow({_Q}, k + 1)) <= rho*(w(k+1)*r(k+1) + 1)", "a1 hr"),
                         combine("e2", f"(k + 2)*(rho*{_A}*pow({_Q}, k + 1))"
                                 f" = rho*({_A}*pow({_Q}, k + 1)) + {_Q}*((k + 1)*(rho*{_A}*pow({_Q}, k)))", "p"),
                         combine("y", facts="m1 m2 e2 s1", degree=1))),
                     ("highE", "highA", _G, f"e(k+1) <= (k + 1)*(rho*{_A}*pow({_G}, k))", (
                         combine("m1", f"{_Q}*e(k+1) <= {_Q}*((k + 1)*(rho*{_A}*pow({_G}, k)))", "u q0"),
                         apply("gp", "textbook.pow_ge_one", x=_G, n="k"), combine("A1", f"0 <= {_A}", "A0"),
                         combine("t0", f"0 <= rho*{_A}", "A1 hr"),
                         combine("t1", f"0 <= rho*{_A}*pow({_G}, k)", "t0 gp"),
                         combine("t2", f"0 <= (k + 1)*(rho*{_A}*pow({_G}, k))", "t1 hk"),
                         combine("m3", f"{_Q}*((k + 1)*(rho*{_A}*pow({_G}, k)))"
                                 f" <= {_G}*((k + 1)*(rho*{_A}*pow({_G}, k)))", "t2 qg"),
                         combine("m2", f"rho*(w(k+1)*r(k+1) + 1) <= rho*({_A}*pow({_G}, k + 1))", "a1 hr"),
                         combine("e2", f"(k + 2)*(rho*{_A}*pow({_G}, k + 1))"
                                 f" = rho*({_A}*pow({_G}, k + 1)) + {_G}*((k + 1)*(rho*{_A}*pow({_G}, k)))", "p"),
                         combine("y", facts="m1 m2 m3 e2 s1", degree=1))))),
               apply("x1", "lowE", k="L - 1"), apply("x2", "x1"), apply("y1", "highE", k="L - 1"), apply("y2", "y1"),
               apply("a1", "lowA", k="L"), apply("a2", "a1"), apply("b1", "highA", k="L"), apply("b2", "b1"),
               apply("wL", "hw", l="L"), apply("s", "eS", l="L"),
               combine("s1", "e(L+1) = w(L)*r(L) + 1 + B*n*e(L)", "s hR1 wL", rounds=3),
               apply("pl", "ax.pow_succ", f"pow({_Q}, L) = pow({_Q}, L - 1)*({_Q})", b=_Q, n="L - 1"),
               apply("pg", "ax.pow_succ", f"pow({_G}, L) = pow({_G}, L - 1)*({_G})", b=_G, n="L - 1"),
               combine("Bn", "0 <= B*n", "hB hn"),
               combine("m1", f"B*n*(L*(rho*{_A}*pow({_Q}, L - 1))) <= B*n*e(L)", "x2 Bn"),
               combine("m2", f"B*n*e(L) <= B*n*(L*(rho*{_A}*pow({_G}, L - 1)))", "y2 Bn"),
               apply("gp", "textbook.pow_ge_one", x=_G, n="L - 1"), combine("A1", f"0 <= {_A}", "A0"),
               combine("t0", f"0 <= L*{_A}", "A1 hL"), combine("t1", f"0 <= L*{_A}*pow({_G}, L - 1)", "t0 gp"),
               combine("m3", f"{_Q}*(L*{_A}*pow({_G}, L - 1)) <= {_G}*(L*{_A}*pow({_G}, L - 1))", "t1 qg"),
               combine("v1", f"(L + 1)*{_A}*pow({_Q}, L) = {_A}*pow({_Q}, L) + B*n*(L*(rho*{_A}*pow({_Q}, L - 1)))",
                       "pl"),
               combine("v2", f"(L + 1)*{_A}*pow({_G}, L) = {_A}*pow({_G}, L) + {_G}*(L*{_A}*pow({_G}, L - 1))", "pg"),
               combine("lo", f"(L + 1)*{_A}*pow({_Q}, L) <= e(L+1)", "m1 a2 s1 v1", degree=1),
               combine("hi", f"e(L+1) <= (L + 1)*{_A}*pow({_G}, L)", "m2 m3 b2 s1 v2", degree=1),
               apply("U", "covering.unrolled", e="l -> e(l)", a="l -> w(l-1)*r(l-1) + 1", rho="l -> R(l)",
                     delta="l -> 1", B="l -> B", d="l -> w(l)", N="L + 1"),
               combine("z1", f"(L + 1)*{_A}*pow({_Q}, L) <= {KAPPA}", "lo U", degree=1),
               combine("z2", f"{KAPPA} <= (L + 1)*{_A}*pow({_G}, L)", "hi U", degree=1)),
    ),
)

LEMMAS = (LOG_FACTORIAL, LOG_WIDTH, SHALLOW_ENTROPY, MODULUS_GROWTH)
