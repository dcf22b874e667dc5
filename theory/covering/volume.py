"""The effective volume (2B)^S / prod d_l! against width: where it rises, where it falls, with explicit thresholds.

Written with c = 2B. One width n, all else fixed: S(n) = S + p n, V(n) = c^(S + p n) / (n! F), F the product of the
other layers' factorials. Two adjacent widths n together: S(n) = n^2 + b n + g, W(n) = c^(n^2 + b n + g) / (n!^2 F).
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import apply, combine, intro, obtain, witness

_V = "(pow(c, S + p*{0})/(fact({0})*F))"
_W = "(pow(c, n*n + b*n + g)/(fact(n)*fact(n)*F))"
_ONE = "c F:real, p S:int"
_H_ONE = "hc: 0 < c, hF: 0 < F, hp: 0 <= p, hS: 0 <= S"
_TWO = "c F:real, b g:int"
_H_TWO = "hc: 0 < c, hF: 1 <= F, hb: 0 <= b, hg: 0 <= g"

RATIO = Lemma(
    "covering.volume_ratio", "Adding one unit multiplies the effective volume by c^p / (n+1)",
    statement(f"all {_ONE}, n:int | {_H_ONE}, hn: 0 <= n"
              f" => some | {_V.format('(n+1)')}*(n + 1) = pow(c, p)*{_V.format('n')}, 0 < {_V.format('n')}"),
    (
        apply("f", "ax.fact_succ", n="n"), apply("f0", "textbook.fact_pos", n="n"),
        apply("f1", "textbook.fact_pos", n="n + 1"),
        combine("d0", "0 < fact(n)*F", "f0 hF"), combine("d1", "0 < fact(n+1)*F", "f1 hF"),
        combine("pn", "0 <= p*n", "hp hn"), combine("e0", "0 <= S + p*n", "pn hS"),
        apply("a", "textbook.pow_add", "pow(c, S + p*(n+1)) = pow(c, S + p*n)*pow(c, p)", b="c", n="S + p*n", m="p"),
        combine("same", "(n + 1)*(1/(fact(n+1)*F)) = 1/(fact(n)*F)", "f", rounds=3),
        combine("eq", f"{_V.format('(n+1)')}*(n + 1) = pow(c, p)*{_V.format('n')}", "a same", rounds=3),
        apply("pp", "textbook.pow_pos", x="c", n="S + p*n"), apply("r", "ax.recip_pos", x="fact(n)*F"),
        combine("pos", f"0 < {_V.format('n')}", "pp r"),
    ),
)

VANISHES = Lemma(
    "covering.volume_vanishes", "One width: the effective volume is at most eps from an explicit width on",
    statement(f"all {_ONE}, n:int, eps:real | {_H_ONE}, h1: 1 <= n, he: 0 < eps, h2: 2*exp(1)*pow(c, p) <= n,"
              f" h3: pow(c, S)/(F*eps) <= n => {_V.format('n')} <= eps"),
    (
        apply("pc", "textbook.pow_pos", x="c", n="p"), combine("pc0", "0 <= pow(c, p)", "pc"),
        apply("k", "textbook.pow_le_fact", n="n", x="pow(c, p)"),
        apply("f0", "textbook.fact_pos", n="n"), combine("d0", "0 < fact(n)*F", "f0 hF"),
        combine("fe", "0 < F*eps", "hF he"),
        combine("t", "pow(c, S) <= n*(F*eps)", "h3 fe"),
        apply("pm", "textbook.pow_pow", x="c", p="p", n="n"),
        apply("z0", "textbook.pow_pos", x="pow(c, p)", n="n"),
        combine("u", "pow(c, S)*pow(pow(c, p), n) <= n*(F*eps)*pow(pow(c, p), n)", "t z0"),
        combine("v", "(F*eps)*(n*pow(pow(c, p), n)) <= (F*eps)*fact(n)", "k fe"),
        combine("pn", "0 <= p*n", "hp h1"),
        apply("a", "textbook.pow_add", b="c", n="S", m="p*n"),
        combine("w", "pow(c, S + p*n) <= eps*(fact(n)*F)", "u v a pm", degree=1),
        combine("end", facts="w", mul="d0", degree=1),
    ),
)

BOTH_SMALL = Lemma(
    "covering.volume_both_small", "Two adjacent widths, 2B <= 1: the effective volume is at most eps for n >= 1/eps",
    statement(f"all {_TWO}, n:int, eps:real | {_H_TWO}, h1: 1 <= n, he: 0 < eps, hs: c <= 1, h2: 1/eps <= n"
              f" => {_W} <= eps"),
    (
        apply("f0", "textbook.fact_pos", n="n"), apply("fg", "textbook.fact_ge", n="n"),
        combine("Fp", "0 < F", "hF"), combine("d0", "0 < fact(n)*fact(n)*F", "f0 Fp", degree=3),
        combine("nn", "0 <= n*n", "h1"), combine("bn", "0 <= b*n", "hb h1"),
        combine("e0", "0 <= n*n + b*n + g", "nn bn hg", degree=1), combine("c0", "0 <= c", "hc"),
        apply("m", "textbook.pow_mono", x="c", y="1", n="n*n + b*n + g"),
        apply("o", "textbook.pow_one", n="n*n + b*n + g"),
        combine("t", "1 <= n*eps", "h2 he"),
        obtain("end", "fg", "g1 g2",
            combine("x1", "n*eps <= fact(n)*eps", "g1 he"),
            combine("y1", "0 <= fact(n)*eps", "f0 he"),
            combine("x2", "fact(n)*eps <= fact(n)*eps*fact(n)", "y1 g2"),
            combine("y2", "0 <= fact(n)*fact(n)*eps", "y1 f0"),
            combine("x3", "fact(n)*fact(n)*eps <= fact(n)*fact(n)*eps*F", "y2 hF"),
            combine("w", "pow(c, n*n + b*n + g) <= eps*(fact(n)*fact(n)*F)", "m o t x1 x2 x3", degree=1),
            combine("z", facts="w", mul="d0", degree=1)),
    ),
)

BOTH_LARGE = Lemma(
    "covering.volume_both_large",
    "Two adjacent widths, 2B = e^a > 1: the effective volume exceeds M from an explicit n on",
    statement(f"all {_TWO}, n:int, a M:real | {_H_TWO}, h1: 1 <= n, ha: 0 < a, hs: c = exp(a), h2: 23 <= n*a*a,"
              f" h3: M*F <= n => M <= {_W}"),
    (
        # e^x >= (x/4)^4, so c^n >= n^4 a^4 / 256 >= 2 n^2, and c^(n^2) >= (2 n^2)^n >= 2^n n!^2
        apply("e", "ax.exp_ge", x="n*a/4"), combine("na", "0 <= n*a", "h1 ha"),
        combine("lo", "n*a/4 <= exp(n*a/4)", "e"),
        apply("q4", "textbook.exp_pow", "exp(n*a) = pow(exp(n*a/4), 4)", x="n*a/4", n="4"),
        apply("m4", "textbook.pow_mono", x="n*a/4", y="exp(n*a/4)", n="4"),
        *(apply(f"s{k}", "ax.pow_succ", b="n*a/4", n=str(k)) for k in range(4)),
        apply("sz", "ax.pow_zero", b="n*a/4"),
        combine("p4", "pow(n*a/4, 4) = n^4*a^4/256", "s0 s1 s2 s3 sz", rounds=5),
        combine("naa", "0 <= n*a*a", "h2"), combine("sq", "529 <= n^2*a^4", "h2 naa"),
        combine("big", "2*n^2*256 <= n^2*(n^2*a^4)", "sq", squares=("n",)),
        apply("en", "textbook.exp_pow", x="a", n="n"),
        apply("cg", "ax.cong", f="t -> pow(t, n)", x="c", y="exp(a)"),
        combine("cn", "2*n^2 <= pow(c, n)", "big p4 m4 q4 en cg", degree=1),
        combine("n0", "0 <= 2*n^2", "h1"), combine("nr", "0 <= n", "h1"),
        apply("mm", "textbook.pow_mono", x="2*n^2", y="pow(c, n)", n="n"),
        apply("w1", "textbook.pow_mul", x="2", y="n^2", n="n"),
        apply("w2", "textbook.pow_mul", "pow(n^2, n) = pow(n, n)*pow(n, n)", x="n", y="n", n="n"),
        apply("pp", "textbook.pow_pow", x="c", p="n", n="n"),
        apply("fl", "textbook.fact_le_pow", k="n", x="n"), apply("f0", "textbook.fact_pos", n="n"),
        combine("ff", "fact(n)*fact(n) <= pow(n, n)*pow(n, n)", "fl f0"),
        apply("t", "textbook.two_pow_ge", n="n"), apply("t0", "textbook.pow_pos", x="2", n="n"),
        combine("ff0", "0 <= fact(n)*fact(n)", "f0"),
        combine("r1", "pow(2, n)*(fact(n)*fact(n)) <= pow(2, n)*(pow(n, n)*pow(n, n))", "ff t0"),
        combine("r2", "n*(fact(n)*fact(n)) <= pow(2, n)*(fact(n)*fact(n))", "t ff0"),
        combine("r3", "n*(fact(n)*fact(n)) <= pow(c, n*n)", "r1 r2 mm w1 w2 pp", degree=1, rounds=3),
        # the other factors of c^S are at least one
        apply("ge", "ax.exp_ge", x="a"), combine("c1", "1 <= c", "ge ha hs"),
        combine("nn", "0 <= n*n", "h1"), combine("bn", "0 <= b*n", "hb h1"), combine("e0", "0 <= b*n + g", "bn hg"),
        apply("o", "textbook.pow_ge_one", x="c", n="b*n + g"),
        apply("ad", "textbook.pow_add", "pow(c, n*n + b*n + g) = pow(c, n*n)*pow(c, b*n + g)", b="c", n="n*n",
              m="b*n + g"),
        apply("cp", "textbook.pow_pos", x="c", n="n*n"),
        combine("r4", "pow(c, n*n) <= pow(c, n*n)*pow(c, b*n + g)", "o cp"),
        combine("Fp", "0 < F", "hF"), combine("d0", "0 < fact(n)*fact(n)*F", "f0 Fp", degree=3),
        combine("r5", "M*F*(fact(n)*fact(n)) <= n*(fact(n)*fact(n))", "h3 ff0"),
        combine("w", "M*(fact(n)*fact(n)*F) <= pow(c, n*n + b*n + g)", "r3 r4 r5 ad", degree=1),
        combine("end", facts="w", mul="d0", degree=1),
    ),
)

SCALED_BOX = Lemma(
    "covering.volume_scaled_box",
    "A square layer with box C / sqrt(n) loses its volume: at most eps for n >= 16 C^2, 1/eps",
    statement("all n:int, C eps:real | h1: 1 <= n, hC: 0 < C, he: 0 < eps, h2: 16*C^2 <= n, h3: 1/eps <= n"
              " => pow(2*C/sqrt(n), n*(n + 1)) <= eps"),
    (
        combine("np", "0 < n", "h1"), combine("n0", "0 <= n", "h1"),
        apply("sp", "ax.sqrt_pos", x="n"), apply("ss", "ax.sqrt_sq", x="n"), apply("r", "ax.recip_pos", x="sqrt(n)"),
        # 4 C <= sqrt(n), since both are positive and the squares compare
        combine("su", "0 < sqrt(n) + 4*C", "sp hC"),
        combine("le", "4*C <= sqrt(n)", "h2 ss", mul="su", degree=1),
        combine("half", "2*C/sqrt(n) <= 1/2", "le", mul="sp", degree=1),
        combine("pos", "0 <= 2*C/sqrt(n)", "hC r"), combine("ex", "0 <= n*(n + 1)", "h1"),
        apply("m", "textbook.pow_mono", x="2*C/sqrt(n)", y="1/2", n="n*(n + 1)"),
        apply("t", "textbook.two_pow_ge", n="n*(n + 1)"), apply("t0", "textbook.pow_pos", x="2", n="n*(n + 1)"),
        apply("mu", "textbook.pow_mul", "pow(1, n*(n + 1)) = pow(1/2, n*(n + 1))*pow(2, n*(n + 1))", x="1/2", y="2",
              n="n*(n + 1)"),
        apply("o", "textbook.pow_one", n="n*(n + 1)"),
        combine("ne", "1 <= n*eps", "h3 he"),
        combine("big", "n*eps <= n*(n + 1)*eps", "h1 he", degree=3),
        combine("u", "n*(n + 1)*eps <= pow(2, n*(n + 1))*eps", "t he"),
        combine("v", "pow(1/2, n*(n + 1)) <= eps", "ne big u mu o", mul="t0", degree=1, rounds=3),
        combine("end", facts="m v"),
    ),
)

LEMMAS = (RATIO, VANISHES, BOTH_SMALL, BOTH_LARGE, SCALED_BOX)

STATEMENT = statement(
    "all c F:real, p S b g:int | H1: 0 < c, H2: 1 <= F, H3: 0 <= p, H4: 0 <= S, H5: 0 <= b, H6: 0 <= g => some |"
    f" (all n:int | 0 <= n => {_V.format('(n+1)')}*(n + 1) = pow(c, p)*{_V.format('n')}),"
    f" (all n:int | 0 <= n, n + 1 < pow(c, p) => {_V.format('n')} < {_V.format('(n+1)')}),"
    f" (all n:int | 0 <= n, n + 1 = pow(c, p) => {_V.format('n')} = {_V.format('(n+1)')}),"
    f" (all n:int | 0 <= n, pow(c, p) < n + 1 => {_V.format('(n+1)')} < {_V.format('n')}),"
    f" (all n:int, eps:real | 1 <= n, 0 < eps, 2*exp(1)*pow(c, p) <= n, pow(c, S)/(F*eps) <= n"
    f" => {_V.format('n')} <= eps),"
    f" (all n:int, eps:real | 1 <= n, 0 < eps, c <= 1, 1/eps <= n => {_W} <= eps),"
    f" (all n:int, a M:real | 1 <= n, 0 < a, c = exp(a), 23 <= n*a*a, M*F <= n => M <= {_W}),"
    f" (all n:int | 0 <= n => {_V.format('n')}/pow(c, S + p*n) = 1/(fact(n)*F)),"
    " (all n:int, C eps:real | 1 <= n, 0 < C, 0 < eps, 16*C^2 <= n, 1/eps <= n => pow(2*C/sqrt(n), n*(n + 1)) <= eps)"
)

_PEAK = (
    apply("R", "covering.volume_ratio", n="n", c="c", F="F", p="p", S="S"),
)


def _compared(id_: str, hypothesis: str, goal: str, *last: object) -> object:
    """One line of the rise and fall: from V(n+1) (n+1) = c^p V(n) and V(n) > 0."""
    return intro(id_, f"all n:int | 0 <= n, {hypothesis} => {goal}", "h1 h2", *_PEAK,
                 obtain("z", "R", "r1 r2", combine("np", "0 < n + 1", "h1"), *last))


_DERIVATION = (
    combine("Fp", "0 < F", "H2"),
    intro("A1", f"all n:int | 0 <= n => {_V.format('(n+1)')}*(n + 1) = pow(c, p)*{_V.format('n')}", "h1", *_PEAK,
          obtain("z", "R", "r1 r2", combine("y", facts="r1"))),
    _compared("A2", "n + 1 < pow(c, p)", f"{_V.format('n')} < {_V.format('(n+1)')}",
              combine("y0", f"(n + 1)*{_V.format('n')} < pow(c, p)*{_V.format('n')}", "h2 r2"),
              combine("y", facts="y0 r1", mul="np", degree=1)),
    _compared("A3", "n + 1 = pow(c, p)", f"{_V.format('n')} = {_V.format('(n+1)')}",
              combine("y", facts="r1 h2", mul="np")),
    _compared("A4", "pow(c, p) < n + 1", f"{_V.format('(n+1)')} < {_V.format('n')}",
              combine("y0", f"pow(c, p)*{_V.format('n')} < (n + 1)*{_V.format('n')}", "h2 r2"),
              combine("y", facts="y0 r1", mul="np", degree=1)),
    intro("A5", f"all n:int, eps:real | 1 <= n, 0 < eps, 2*exp(1)*pow(c, p) <= n, pow(c, S)/(F*eps) <= n"
          f" => {_V.format('n')} <= eps", "h1 h2 h3 h4", apply("z", "covering.volume_vanishes")),
    intro("A6", f"all n:int, eps:real | 1 <= n, 0 < eps, c <= 1, 1/eps <= n => {_W} <= eps", "h1 h2 h3 h4",
          apply("z", "covering.volume_both_small")),
    intro("A7", f"all n:int, a M:real | 1 <= n, 0 < a, c = exp(a), 23 <= n*a*a, M*F <= n => M <= {_W}",
          "h1 h2 h3 h4 h5", apply("z", "covering.volume_both_large", a="a")),
    intro("A8", f"all n:int | 0 <= n => {_V.format('n')}/pow(c, S + p*n) = 1/(fact(n)*F)", "h1",
          combine("pn", "0 <= p*n", "H3 h1"), apply("pp", "textbook.pow_pos", x="c", n="S + p*n"),
          combine("z", rounds=3)),
    intro("A9", "all n:int, C eps:real | 1 <= n, 0 < C, 0 < eps, 16*C^2 <= n, 1/eps <= n"
          " => pow(2*C/sqrt(n), n*(n + 1)) <= eps", "h1 h2 h3 h4 h5", apply("z", "covering.volume_scaled_box")),
)

CLAIM = Claim(
    id="covering.volume",
    title="The effective volume against width",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "strengthened", arxiv="2305.11417",
                  note="The paper's remark that the volume vanishes as width grows; limits replaced by explicit"
                  " thresholds, and the cases where it rises are part of the statement."),
    summary="The effective volume rises while a width is below (2B)^p, then falls to zero; with two adjacent widths"
            " growing together it vanishes exactly when 2B <= 1.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", c="2", F="1", p="3", S="1", b="4", g="2"),)),
    controls=(
        Control("always_decreasing",
                "monotone decreasing in width: with d_0 = 1, B = 1 the volume rises from 1 to 2 units",
                statement(f"all c F:real, p S n:int | 0 < c, 1 <= F, 0 <= p, 0 <= S, 0 <= n"
                          f" => {_V.format('(n+1)')} <= {_V.format('n')}"),
                Witness((witness("end", c="2", F="1", p="3", S="1", n="1"),))),
        Control("vanishes_for_every_box", "two widths growing together make the volume vanish also for B = 1",
                statement(f"all c F eps:real, b g n:int | 0 < c, 1 <= F, 0 < eps, 0 <= b, 0 <= g, 1 <= n, 1/eps <= n"
                          f" => {_W} <= eps"),
                Witness((witness("end", c="2", F="1", eps="1", b="4", g="2", n="5"),))),
        Control("falls_at_the_threshold", "strict decrease already at width (2B)^p: it is flat there",
                statement(f"all c F:real, p S n:int | 0 < c, 1 <= F, 0 <= p, 0 <= S, 0 <= n, pow(c, p) <= n + 1"
                          f" => {_V.format('(n+1)')} < {_V.format('n')}"),
                Witness((witness("end", c="2", F="1", p="3", S="1", n="7"),))),
    ),
    comparison=(
        Comparison("(a) one width", "V(d)/V(d-1) = (2B)^p / d; rises below (2B)^p, flat at it, then falls to 0",
                   "the recursion, the three comparisons and V(n) <= eps for n >= 2 e (2B)^p and n >= (2B)^S / (F eps)",
                   "S(n) affine in n with slope p = d_{l-1} + 1 + d_{l+1} is the parametrisation of the statement"),
        Comparison("(b) two adjacent widths", "V -> 0 iff 2B <= 1, else V -> infinity",
                   "V <= eps for n >= 1/eps when c <= 1; V >= M for n >= 23/a^2 and n >= M F when c = e^a, a > 0",
                   "explicit thresholds in place of limits"),
        Comparison("(c) fraction", "V / (2B)^S = 1 / prod d_l!", "as stated, for the width that varies", ""),
        Comparison("(d) scaled box", "B_l = c / sqrt(d_{l-1}) makes the volume vanish for all depths",
                   "one square layer: (2C/sqrt(n))^(n(n+1)) <= eps for n >= 16 C^2 and n >= 1/eps",
                   "weaker: one layer of the product, every hidden square layer obeys it"),
    ),
    tightness="At n + 1 = (2B)^p the volume is exactly flat.",
    attack="theory.covering.volume_attack",
)
