"""How much of the metric entropy the factorials save: D/E with D = sum_l ln d_l! and E = S ln m, in explicit bounds.

One hidden layer of n units: (d_0 + 2) D/E = 1 - (1 + ln a)/ln m + O(ln n / (n ln m)), so D/E tends to 1/(d_0 + 2), no
faster than 1/ln n. L >= 2 hidden layers of n units: D/E lies between c_1/n and c_2/n. A constant fraction is saved by
shallow nets only.
"""

from __future__ import annotations

from theory.covering.gain_bounds import EQUAL_WIDTHS, KAPPA
from theory.language import Claim, Comparison, Control, Source, Witness, statement
from theory.language.derivation import apply, combine, compute, intro, obtain, witness

_CONSTANTS = "0 <= d0, 0 < B, 0 <= X, 0 <= rho, 0 <= o, 0 < eps"
_KAPPA1 = "(n*(2*rho*B*(d0*X + 1) + o) + 1)"
"""kappa_1 + kappa_2 of one hidden layer of n units."""

_SHALLOW = f"1 <= n, 1 <= m, m = ceil(B*{_KAPPA1}/eps), D = log(fact(n)), E = ((d0 + 2)*n + 1)*log(m), 0 < E"
_SLOPE = "(1 + log(a))*((d0 + 2)*n + 1)"
_SECOND_ORDER = (f"all n m:int, D E:real | {_SHALLOW} => some |"
                 f" 1 - ({_SLOPE} + log(n) + (d0 + 3)*(B/eps + 1)/a)/E <= (d0 + 2)*D/E,"
                 f" (d0 + 2)*D/E <= 1 - ({_SLOPE} - (d0 + 1)*log(n) - d0 - 3)/E")
_RATE = "(3/2 + log(a + B/eps + 1) + abs(log(a)))"
_LIMIT = (f"all n m:int, D E eta:real | {_SHALLOW}, 0 < eta, exp({_RATE}/((d0 + 2)*eta)) <= a*n"
          " => abs(D/E - 1/(d0 + 2)) <= eta")

_SIZE = "((L - 1)*n*(n + 1) + n*(d0 + 1) + n + 1)"
"""S, for widths d_0, n, ..., n, 1."""

_LOW, _HIGH = "(L + 1)*B*(d0*X + 1)*pow(rho*B, L)", "(L + 1)*B*(d0*X + 1)*pow(rho*B + o + 1, L)"
_DEEP = (f"1 <= m, {EQUAL_WIDTHS}, m = ceil(B*{KAPPA}/eps), D = L*log(fact(n)), E = {_SIZE}*log(m),"
         f" 0 < c, c*eps <= {_LOW}, 1 <= C, {_HIGH} <= (C - 1)*eps")
_DEEP_VARIABLES = "L n m:int, w:int->int, r R:int->real, D E c C:real"
_DEEP_BOUNDS = (f"all {_DEEP_VARIABLES} | 2 <= L, 1 <= n, {_DEEP} => some | L*n*(log(n) - 1) <= D, D <= L*n*log(n),"
                f" (L - 1)*n*n*(L*log(n) + log(c)) <= E, E <= {_SIZE}*(L*log(n) + log(C))")
_DEEP_GAIN = (f"all {_DEEP_VARIABLES} | 2 <= L, 8 <= n, {_DEEP}, 0 < E, C <= pow(n, L), 1 <= c*c*pow(n, L) => some |"
              " 1/(4*(2*L + d0 + 1)*n) <= D/E, D/E <= 2/((L - 1)*n)")

_FIXED = (
    "all d0:int, B X rho o eps a:real | H1: 0 <= d0, H2: 0 < B, H3: 0 <= X, H4: 0 <= rho, H5: 0 <= o, H6: 0 < eps,"
    " H7: a*eps = B*(2*rho*B*(d0*X + 1) + o), H8: 0 < a")

STATEMENT = statement(f"{_FIXED} => some | ({_SECOND_ORDER}), ({_LIMIT}), ({_DEEP_BOUNDS}), ({_DEEP_GAIN})")

ATTACKED = statement(
    f"{_FIXED} => (all n m F:int, D E:real | {_SHALLOW.replace('D = log(fact(n))', 'F = fact(n), D = log(F)')}"
    " => some |"
    f" E - ({_SLOPE} + log(n) + (d0 + 3)*(B/eps + 1)/a) <= (d0 + 2)*D,"
    f" (d0 + 2)*D <= E - ({_SLOPE} - (d0 + 1)*log(n) - d0 - 3))")
"""The first part times E, of which mutants are made: no logarithm of a factorial or below a fraction bar."""

_RANGE = (
    # a n <= m <= a n + B/eps + 1
    combine("mx", f"B*{_KAPPA1}/eps = a*n + B/eps", "H7 H6", rounds=3), apply("b0", "ax.recip_pos", x="eps"),
    combine("be", "0 <= B/eps", "b0 H2"),
    apply("cg", "ax.ceil_ge", x=f"B*{_KAPPA1}/eps"), apply("cl", "ax.ceil_lt", x=f"B*{_KAPPA1}/eps"),
    combine("lo", "a*n <= m", "cg h3 mx be", degree=1), combine("hi", "m <= a*n + B/eps + 1", "cl h3 mx", degree=1),
    combine("p2", "2 <= d0 + 2", "H1"),
    apply("K", "covering.shallow_entropy", n="n", m="m", p="d0 + 2", a="a", b="B/eps"),
)

_A = intro(
    "A", _SECOND_ORDER, "h1 h2 h3 h4 h5 h6", *_RANGE,
    obtain("z", "K", "k1 k2 k3 k4",
           combine("y1", f"1 - ({_SLOPE} + log(n) + (d0 + 3)*(B/eps + 1)/a)/E <= (d0 + 2)*D/E", "k1 h4 h5", mul="h6"),
           combine("y2", f"(d0 + 2)*D/E <= 1 - ({_SLOPE} - (d0 + 1)*log(n) - d0 - 3)/E", "k2 h4 h5", mul="h6")),
)

_B = intro(
    "B'", _LIMIT, "h1 h2 h3 h4 h5 h6 h7 h8", *_RANGE,
    apply("w", "covering.log_width", n="n"), apply("f", "covering.log_factorial", n="n"),
    combine("pp", "0 < d0 + 2", "H1"), combine("pe", "0 < (d0 + 2)*eta", "pp h7"),
    apply("ep", "ax.exp_pos", a=f"{_RATE}/((d0 + 2)*eta)"),
    apply("lm", "ax.log_mono", x=f"exp({_RATE}/((d0 + 2)*eta))", y="a*n"),
    apply("le", "ax.log_exp", x=f"{_RATE}/((d0 + 2)*eta)"), apply("ll", "textbook.log_mul", x="a", y="n"),
    combine("th0", f"{_RATE}/((d0 + 2)*eta) <= log(a) + log(n)", "lm le ll", degree=1),
    combine("th", f"{_RATE} <= (d0 + 2)*eta*(log(a) + log(n))", "th0 pe", degree=2),
    combine("s0", "0 < (d0 + 2)*n + 1", "H1 h1"),
    obtain("z", "K", "k1 k2 k3 k4", obtain("y", "w", "w1 w2 w3", obtain("x", "f", "f1 f2",
           combine("t1", "(d0 + 2)*eta*(log(a) + log(n)) <= (d0 + 2)*eta*log(m)", "k3 pe"),
           combine("t2", f"((d0 + 2)*n + 1)*{_RATE} <= ((d0 + 2)*n + 1)*((d0 + 2)*eta*log(m))", "t1 th s0"),
           combine("t", f"((d0 + 2)*n + 1)*{_RATE} <= (d0 + 2)*eta*E", "t2 h5", degree=1),
           apply("a1", "ax.abs_ge", x="log(a)"), apply("a2", "ax.abs_neg", x="log(a)"),
           combine("a0", "0 <= abs(log(a))", "a1 a2"),
           combine("c1", "1 <= a + B/eps + 1", "H8 be"), apply("c2", "textbook.log_nonneg", x="a + B/eps + 1"),
           # above: ln n <= n - 1 absorbs the second-order terms
           combine("q1", "(d0 + 1)*log(n) <= (d0 + 1)*(n - 1)", "w2 H1"),
           combine("q2", "-1*log(a)*((d0 + 2)*n + 1) <= abs(log(a))*((d0 + 2)*n + 1)", "a2 s0"),
           combine("q3", "0 <= (3/2 + log(a + B/eps + 1))*((d0 + 2)*n + 1)", "c2 s0"),
           combine("u", "(d0 + 2)*D - E <= (d0 + 2)*eta*E", "k2 q1 q2 q3 t h4 h5 h1", degree=1),
           # below: from n ln n - n + 1 <= ln n! and ln m <= ln(a + b + 1) + ln n
           combine("r1", "((d0 + 2)*n + 1)*log(m) <= ((d0 + 2)*n + 1)*(log(a + B/eps + 1) + log(n))", "k4 s0"),
           combine("r2", "(d0 + 2)*(n*log(n) - n + 1) <= (d0 + 2)*log(fact(n))", "f1 pp"),
           combine("r3", "(d0 + 3)*(n - 1) <= 3/2*((d0 + 2)*n + 1)", "H1 h1"),
           combine("r4", "0 <= abs(log(a))*((d0 + 2)*n + 1)", "a0 s0"),
           combine("v", "E - (d0 + 2)*D <= (d0 + 2)*eta*E", "r1 r2 r3 r4 w2 t h4 h5", degree=1),
           combine("e1", "D/E - 1/(d0 + 2) <= eta", "u pp", mul="h6 pp", degree=1),
           combine("e2", "-1*(D/E - 1/(d0 + 2)) <= eta", "v pp", mul="h6 pp", degree=1),
           apply("e", "ax.abs_le", x="D/E - 1/(d0 + 2)", y="eta")))),
)

_DEEP_NAMES = "h1 h2 h3 h4 h5 h6 h7 h8 h9 g1 g2 g3 g4 g5 g6 g7"
_KE = f"B*{KAPPA}/eps"

_C = intro(
    "C'", _DEEP_BOUNDS, _DEEP_NAMES,
    apply("G", "covering.modulus_growth", d0="d0", L="L", n="n", w="l -> w(l)", r="l -> r(l)", R="l -> R(l)", B="B",
          X="X", rho="rho", o="o"),
    apply("W", "covering.log_width", n="n"), apply("F", "covering.log_factorial", n="n"),
    combine("np", "0 < n", "h2"), apply("b0", "ax.recip_pos", x="eps"), combine("be", "0 < B/eps", "b0 H2"),
    apply("pm1", "textbook.pow_mul", x="rho*B", y="n", n="L"), apply("pm2", "textbook.pow_mul", x="rho*B + o + 1",
                                                                     y="n", n="L"),
    apply("pn", "textbook.pow_pos", x="n", n="L"), apply("pl", "textbook.log_pow", x="n", n="L"),
    apply("p1", "textbook.pow_ge_one", x="n", n="L"),
    apply("cg", "ax.ceil_ge", x=_KE), apply("cl", "ax.ceil_lt", x=_KE),
    obtain("z", "G", "k1 k2", obtain("y", "W", "w1 w2 w3", obtain("x", "F", "f1 f2",
           # c n^L <= m <= C n^L
           combine("lo1", f"B/eps*((L + 1)*(d0*X + 1)*pow(rho*B*n, L)) <= {_KE}", "k1 be"),
           combine("lo2", f"c*eps*(1/eps*pow(n, L)) <= {_LOW}*(1/eps*pow(n, L))", "g5 b0 pn", degree=3),
           combine("lo", "c*pow(n, L) <= m", "lo1 lo2 pm1 cg g1 H6", degree=1, rounds=3),
           combine("hi1", f"{_KE} <= B/eps*((L + 1)*(d0*X + 1)*pow((rho*B + o + 1)*n, L))", "k2 be"),
           combine("hi2", f"{_HIGH}*(1/eps*pow(n, L)) <= (C - 1)*eps*(1/eps*pow(n, L))", "g7 b0 pn", degree=3),
           combine("hi", "m <= C*pow(n, L)", "hi1 hi2 pm2 cl g1 p1 H6", degree=1, rounds=3),
           combine("c0", "0 < c*pow(n, L)", "g4 pn"),
           apply("l1", "ax.log_mono", x="c*pow(n, L)", y="m"), apply("l2", "ax.log_mono", x="m", y="C*pow(n, L)"),
           apply("l3", "textbook.log_mul", x="c", y="pow(n, L)"), apply("l4", "textbook.log_mul", x="C", y="pow(n, L)"),
           combine("ml", "L*log(n) + log(c) <= log(m)", "l1 l3 pl", degree=1),
           combine("mu", "log(m) <= L*log(n) + log(C)", "l2 l4 pl", degree=1),
           apply("m0", "textbook.log_nonneg", x="m"),
           combine("d1", "L*n*(log(n) - 1) <= D", "f1 g2 h1", degree=2),
           combine("d2", "D <= L*n*log(n)", "f2 w2 g2 h1", degree=2),
           combine("nn", "0 <= (L - 1)*n*n", "h1 h2", degree=3),
           combine("s0", f"(L - 1)*n*n <= {_SIZE}", "h1 h2 H1", degree=2),
           combine("s1", f"0 <= {_SIZE}", "nn s0"),
           combine("e1a", "(L - 1)*n*n*(L*log(n) + log(c)) <= (L - 1)*n*n*log(m)", "ml nn"),
           combine("e1b", f"(L - 1)*n*n*log(m) <= {_SIZE}*log(m)", "s0 m0"),
           combine("e1", "(L - 1)*n*n*(L*log(n) + log(c)) <= E", "e1a e1b g3", degree=1),
           combine("e2a", f"{_SIZE}*log(m) <= {_SIZE}*(L*log(n) + log(C))", "mu s1"),
           combine("e2", f"E <= {_SIZE}*(L*log(n) + log(C))", "e2a g3", degree=1)))),
)

_D = intro(
    "D'", _DEEP_GAIN, _DEEP_NAMES + " t1 t2 t3",
    apply("Z", "C'", L="L", n="n", m="m", w="l -> w(l)", r="l -> r(l)", R="l -> R(l)", D="D", E="E", c="c", C="C"),
    apply("W", "covering.log_width", n="n"), combine("np", "0 < n", "h2"),
    apply("pn", "textbook.pow_pos", x="n", n="L"), apply("pl", "textbook.log_pow", x="n", n="L"),
    apply("l1", "ax.log_mono", x="C", y="pow(n, L)"), combine("c2", "0 < c*c", "g4"),
    apply("l2", "textbook.log_nonneg", x="c*c*pow(n, L)"), apply("l3", "textbook.log_mul", x="c*c", y="pow(n, L)"),
    apply("l4", "textbook.log_mul", x="c", y="c"),
    combine("lc", "0 <= 2*log(c) + L*log(n)", "l2 l3 l4 pl", degree=1),
    combine("lC", "log(C) <= L*log(n)", "l1 pl"),
    obtain("z", "W", "w1 w2 w3", apply("two", "w3"), obtain("y", "Z", "d1 d2 e1 e2",
           combine("nn", "0 < (L - 1)*n*n", "h1 np", degree=3), combine("ln", "0 < L*n", "h1 np"),
           combine("u1", "(L - 1)*n*n*(L*log(n)) <= 2*((L - 1)*n*n*(L*log(n) + log(c)))", "lc nn"),
           combine("nl", "0 < (L - 1)*n", "h1 np"),
           combine("u2", "(L - 1)*n*D <= (L - 1)*n*(L*n*log(n))", "d2 nl"),
           combine("u3", "(L - 1)*n*D <= 2*E", "u1 u2 e1", degree=1),
           combine("s", f"{_SIZE} <= (2*L + d0 + 1)*n*n", "h1 h2 H1", degree=3),
           combine("s2", f"0 <= {_SIZE}", "h1 h2 H1", degree=3),
           combine("L0", "0 <= L*log(n)", "two h1"),
           combine("v1", f"{_SIZE}*(L*log(n) + log(C)) <= {_SIZE}*(2*(L*log(n)))", "lC s2"),
           combine("v2", f"{_SIZE}*(2*(L*log(n))) <= (2*L + d0 + 1)*n*n*(2*(L*log(n)))", "s L0"),
           combine("v3", "L*n*log(n) <= 2*(L*n*(log(n) - 1))", "two ln"),
           combine("q", "0 < (2*L + d0 + 1)*n", "h1 H1 np"),
           combine("v4", "(2*L + d0 + 1)*n*(L*n*log(n)) <= (2*L + d0 + 1)*n*(2*D)", "v3 d1 q"),
           combine("v5", "E <= 4*(2*L + d0 + 1)*n*D", "v1 v2 v4 e2", degree=1),
           combine("q4", "0 < 4*(2*L + d0 + 1)*n", "q"),
           combine("y1", "1/(4*(2*L + d0 + 1)*n) <= D/E", "v5", mul="t1 q4", degree=1),
           combine("y2", "D/E <= 2/((L - 1)*n)", "u3", mul="t1 nl", degree=1))),
)

_UNIT = {"d0": "1", "B": "1", "X": "1", "rho": "1", "o": "0", "eps": "1"}
"""One input, B = B_x = rho = eps = 1 and sigma(0) = 0: m = 4 n + 1 in the shallow net."""

CLAIM = Claim(
    id="covering.relative_gain",
    title="What the factorials save: a constant fraction of the entropy for shallow nets, a vanishing one for deep",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "new", arxiv="2305.11417",
                  note="The paper divides its covering bound by the factorials of the widths; how much that is, in"
                  " proportion, is worked out here. Limits are replaced by explicit bounds and thresholds."),
    summary="With D = sum_l ln d_l! and E = S ln m, the relative gain D/E tends to 1/(d_0 + 2) for one hidden layer and"
            " is between c_1/n and c_2/n for two or more hidden layers of n units.",
    derivation=(_A, _B, _C, _D),
    instance=Witness((witness("end", **_UNIT, a="4"),)),
    controls=(
        Control("entropy_falls", "the bound E - D on the metric entropy falls as a shallow net grows",
                statement("all d0 n m k:int, B X rho o eps:real |"
                          f" {_CONSTANTS}, 1 <= n, 1 <= m, 1 <= k, m = ceil(B*{_KAPPA1}/eps),"
                          f" k = ceil(B*{_KAPPA1.replace('n*', '(n + 1)*')}/eps) => ((d0 + 2)*(n + 1) + 1)*log(k)"
                          " - log(fact(n + 1)) <= ((d0 + 2)*n + 1)*log(m) - log(fact(n))"),
                Witness((
                    # 7 ln 9 - ln 2 against 4 ln 5
                    apply("a", "ax.log_mono", x="5", y="9"), compute("f2", "fact(2) <= 9"),
                    compute("f1", "1 <= fact(1)"), compute("f0", "0 < fact(2)"),
                    apply("b", "ax.log_mono", x="fact(2)", y="9"),
                    apply("c", "textbook.log_nonneg", x="fact(1)"), apply("o", "textbook.log_one"),
                    apply("d", "textbook.log_strict", x="1", y="5"),
                    combine("e", "4*log(5) - log(fact(1)) < 7*log(9) - log(fact(2))", "a b c o d", degree=1),
                    witness("end", **_UNIT, n="1", m="5", k="9"),
                ))),
        Control("limit_attained", "the fraction 1/(d_0 + 2) is reached at a finite width",
                statement(f"all d0 n m:int, B X rho o eps D E:real | {_CONSTANTS}, {_SHALLOW}"
                          " => 1/(d0 + 2) <= D/E"),
                Witness((
                    # 3 ln 2 against 7 ln 9
                    compute("f2", "fact(2) <= 9"), compute("f0", "0 < fact(2)"),
                    apply("b", "ax.log_mono", x="fact(2)", y="9"), apply("o", "textbook.log_one"),
                    apply("d", "textbook.log_strict", x="1", y="9"), combine("E", "0 < 7*log(9)", "d o"),
                    combine("e", "log(fact(2))/(7*log(9)) < 1/3", "b o d", mul="E", degree=1),
                    witness("end", **_UNIT, n="2", m="9", D="log(fact(2))", E="7*log(9)"),
                ))),
        Control("deep_constant_fraction", "two hidden layers save a constant fraction too, say 1/(4 (d_0 + 2))",
                statement(f"all d0 {_DEEP_VARIABLES.replace(':real', ' B X rho o eps:real')} | {_CONSTANTS}, 2 <= L,"
                          f" 8 <= n, {_DEEP}, 0 < E, C <= pow(n, L), 1 <= c*c*pow(n, L) => 1/(4*(d0 + 2)) <= D/E"),
                Witness((
                    # d = (1, 20, 20, 1): S = 481, m = 2441, and 12 D = 24 ln 20! <= 480 ln 20 < 481 ln 2441
                    compute("f1", "fact(20) <= pow(20, 20)"), compute("f0", "0 < fact(20)"),
                    apply("a", "ax.log_mono", x="fact(20)", y="pow(20, 20)"),
                    apply("b", "textbook.log_pow", x="20", n="20"), apply("c", "ax.log_mono", x="20", y="2441"),
                    apply("o", "textbook.log_one"), apply("d", "textbook.log_strict", x="1", y="2441"),
                    combine("E", "0 < 481*log(2441)", "d o"),
                    combine("e", "2*log(fact(20))/(481*log(2441)) < 1/12", "a b c o d", mul="E", degree=1),
                    witness("end", **_UNIT, L="2", n="20", m="2441", w="l -> [[1],[20],[20],[1]][l+1,1]",
                            r="l -> [[1],[2],[41]][l+1,1]", R="l -> 1", D="2*log(fact(20))", E="481*log(2441)", c="6",
                            C="25"),
                ))),
    ),
    comparison=(
        Comparison("quantities", "D = sum_l ln d_l!, E = S ln m, m = ceil(B kappa / eps), kappa = sum_l kappa_l",
                   "D = ln n! or L ln n!, S and kappa of the widths (d_0, n, 1) or (d_0, n, ..., n, 1), the same m",
                   "one B, one rho and one bound o of |sigma(0)| for all hidden layers; 0 < E says m >= 2"),
        Comparison("(i) shallow", "D/E -> 1/(d_0 + 2) as d_1 -> infinity", "(d_0 + 2) D/E = 1 - (1 + ln a)/ln m up to"
                   " O(ln n / (n ln m)), both sides explicit, and |D/E - 1/(d_0 + 2)| <= eta from an explicit width on",
                   "stronger: the rate is 1/ln n, so the limit is approached very slowly"),
        Comparison("(ii) deep, equal widths", "D/E = Theta(1/d) -> 0 for L >= 2",
                   "1/(4 (2L + d_0 + 1) n) <= D/E <= 2/((L - 1) n) once n >= 8, C <= n^L and 1 <= c^2 n^L; besides,"
                   " two-sided bounds of D and E by which n D/E tends to 1/(L - 1)", "stronger: explicit constants"),
    ),
    tightness="The second-order term (1 + ln a)/ln m of (i) is exact up to O(ln n / (n ln m)); in (ii) n D/E tends to"
              " 1/(L - 1), and the constant 2 is approached where c is near n^(-L/2).",
    attack="theory.covering.relative_gain_attack",
    attacked=ATTACKED,
)
