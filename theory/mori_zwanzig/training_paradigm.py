"""What training on noisy outputs minimises: the squared error of the mean plus a share of the variance.

On a finite probability space with weights p, the outputs Y(., i) of K independent noise draws have mean m, variance V
and no correlation. Their average has E |average - f|^2 = (m - f)^2 + V / K: K = 1 is training on single noisy outputs,
and a plug-in estimate from K samples is too large by exactly V / K.
"""

from __future__ import annotations

from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, cases, combine, induct, intro, witness
from theory.language.errors import InputError, explain

_E = "sum(w=1..n: p(w)*{})"
_SUM = "sum(i=1..{}: Y(w,i) - m)"
_NAMES = "all n K:int, p:int->real, Y:(w:int,i:int)->real, m f V:real"
_LAW = f"{_E.format('1').replace('*1', '')} = 1"
_MEAN = f"(all i:int | 1 <= i, i <= K => {_E.format('Y(w,i)')} = m)"
_VARIANCE = f"(all i:int | 1 <= i, i <= K => {_E.format('((Y(w,i) - m)*(Y(w,i) - m))')} = V)"
_UNCORRELATED = ("(all j i:int | 1 <= j, j <= K, 1 <= i, i <= j - 1 => "
                 f"{_E.format('((Y(w,i) - m)*(Y(w,j) - m))')} = 0)")
_AVERAGE = "(sum(i=1..K: Y(w,i))/K - f)"
_LOSS = _E.format(f"({_AVERAGE}*{_AVERAGE})")


def _statement(conclusion: str = f"{_LOSS} = (m - f)^2 + V/K", uncorrelated: str = _UNCORRELATED) -> Statement:
    return statement(f"{_NAMES} | H1: 0 <= n, H2: 1 <= K, H3: {_LAW}, H4: {_MEAN}, H5: {_VARIANCE},"
                     f" H6: {uncorrelated} => {conclusion}")


_T, _T1 = _SUM.format("k"), _SUM.format("k + 1")
_NEXT = "(Y(w,k + 1) - m)"
_OVER = {"a": "1", "b": "n"}


_LINEAR = Lemma(
    "mori_zwanzig.mean_linear", "A weighted sum of a combination is the combination of the weighted sums",
    statement("all n:int, p f g:int->real, s t:real | hn: 0 <= n =>"
              " sum(w=1..n: p(w)*(s*f(w) + t*g(w))) = s*sum(w=1..n: p(w)*f(w)) + t*sum(w=1..n: p(w)*g(w))"),
    (
        induct("I", "all k:int | 0 <= k => sum(w=1..k: p(w)*(s*f(w) + t*g(w)))"
               " = s*sum(w=1..k: p(w)*f(w)) + t*sum(w=1..k: p(w)*g(w))", "hk ih",
               [*(apply(f"e{j}", "ax.sum_empty", f=f"w -> {b}", a="1", b="0") for j, b in enumerate(
                   ("p(w)*(s*f(w) + t*g(w))", "p(w)*f(w)", "p(w)*g(w)"))), combine("z", facts="e0 e1 e2")],
               [*(apply(f"e{j}", "ax.sum_last", f=f"w -> {b}", a="1", b="k + 1") for j, b in enumerate(
                   ("p(w)*(s*f(w) + t*g(w))", "p(w)*f(w)", "p(w)*g(w)"))), combine("z", facts="e0 e1 e2 ih")]),
        apply("end", "I", k="n"),
    ),
)

LEMMAS = (_LINEAR,)
_CROSS_AT = _E.format(f"({_SUM.format('l')}*(Y(w,k + 1) - m))")

_REST = f"2*({_T}*{_NEXT}) + 1*({_NEXT}*{_NEXT})"
_TK = _SUM.format("K")
_OFFSET = f"2*(1/K)*(m - f)*{_TK} + (m - f)^2*1"

_DERIVATION = (
    # the sum of the first l deviations is uncorrelated with the next one
    intro("X", f"all k:int | 1 <= k, k + 1 <= K => {_E.format(f'({_T}*{_NEXT})')} = 0", "k1 k2",
          induct("I", f"all l:int | 0 <= l => (all | l <= k => {_CROSS_AT} = 0)", "hl ih",
                 [intro("z", None, "hb",
                        intro("q", f"all w:int | 1 <= w, w <= n => p(w)*({_SUM.format('0')}*{_NEXT}) = 0*p(w)", "w1 w2",
                              apply("e", "ax.sum_empty", f="i -> Y(w,i) - m", a="1", b="0"), combine("y", facts="e")),
                        apply("s", "textbook.sum_scale", f=f"w -> p(w)*({_SUM.format('0')}*{_NEXT})", g="w -> p(w)",
                              c="0", **_OVER), combine("y", facts="s"))],
                 [intro("z", None, "hb", apply("use", "ih"), apply("u", "H6", i="l + 1", j="k + 1"),
                        intro("q", "all w:int | 1 <= w, w <= n =>"
                              f" p(w)*({_SUM.format('l + 1')}*{_NEXT}) = p(w)*(1*({_SUM.format('l')}*{_NEXT})"
                              f" + 1*((Y(w,l + 1) - m)*{_NEXT}))", "w1 w2",
                              apply("e", "ax.sum_last", f="i -> Y(w,i) - m", a="1", b="l + 1"),
                              combine("y", facts="e", rounds=3)),
                        apply("s", "textbook.sum_cong", f=f"w -> p(w)*({_SUM.format('l + 1')}*{_NEXT})",
                              g=f"w -> p(w)*(1*({_SUM.format('l')}*{_NEXT}) + 1*((Y(w,l + 1) - m)*{_NEXT}))", **_OVER),
                        apply("t", "mori_zwanzig.mean_linear", n="n", p="w -> p(w)",
                              f=f"w -> {_SUM.format('l')}*{_NEXT}", g=f"w -> (Y(w,l + 1) - m)*{_NEXT}", s="1", t="1"),
                        combine("y1", _E.format(f"({_SUM.format('l + 1')}*{_NEXT})") + " = "
                                + _E.format(f"({_SUM.format('l')}*{_NEXT})") + " + "
                                + _E.format(f"((Y(w,l + 1) - m)*{_NEXT})"), "s t"),
                        combine("y2", _E.format(f"((Y(w,l + 1) - m)*{_NEXT})") + " = 0", "u"),
                        combine("y", facts="use y1 y2", degree=1))]),
          apply("J", "I", l="k"), apply("J1", "J")),
    induct("A", f"all k:int | 0 <= k => (all | k <= K => {_E.format(f'({_T}*{_T})')} = k*V)", "hk ih",
           [intro("z", None, "hb",
                  intro("q", f"all w:int | 1 <= w, w <= n => p(w)*({_SUM.format('0')}*{_SUM.format('0')}) = 0*p(w)",
                        "w1 w2", apply("e", "ax.sum_empty", f="i -> Y(w,i) - m", a="1", b="0"),
                        combine("y", facts="e", rounds=3)),
                  apply("s", "textbook.sum_scale", f=f"w -> p(w)*({_SUM.format('0')}*{_SUM.format('0')})",
                        g="w -> p(w)", c="0", **_OVER), combine("y", facts="s"))],
           [intro("z", None, "hb", apply("use", "ih"), apply("v", "H5", i="k + 1"),
                  apply("or1", "ax.int_split", m="0", n="k"),
                  cases("x0", "or1", "o",
                        [intro("q0", f"all w:int | 1 <= w, w <= n => p(w)*({_T}*{_NEXT}) = 0*p(w)", "w1 w2",
                               apply("e", "ax.sum_empty", f="i -> Y(w,i) - m", a="1", b="k"),
                               combine("y", facts="e")),
                         apply("s0", "textbook.sum_scale", f=f"w -> p(w)*({_T}*{_NEXT})", g="w -> p(w)", c="0",
                               **_OVER), combine("y", facts="s0")],
                        [apply("y", "X", k="k")], goal=f"{_E.format(f'({_T}*{_NEXT})')} = 0"),
                  intro("q", f"all w:int | 1 <= w, w <= n => p(w)*({_T1}*{_T1})"
                        f" = p(w)*(1*({_T}*{_T}) + 1*({_REST}))", "w1 w2",
                        apply("e", "ax.sum_last", f="i -> Y(w,i) - m", a="1", b="k + 1"),
                        combine("y", facts="e", rounds=4)),
                  apply("s", "textbook.sum_cong", f=f"w -> p(w)*({_T1}*{_T1})",
                        g=f"w -> p(w)*(1*({_T}*{_T}) + 1*({_REST}))", **_OVER),
                  apply("t", "mori_zwanzig.mean_linear", n="n", p="w -> p(w)", f=f"w -> {_T}*{_T}",
                        g=f"w -> {_REST}", s="1", t="1"),
                  apply("t2", "mori_zwanzig.mean_linear", n="n", p="w -> p(w)", f=f"w -> {_T}*{_NEXT}",
                        g=f"w -> {_NEXT}*{_NEXT}", s="2", t="1"),
                  combine("y1", _E.format(f"({_T1}*{_T1})") + " = " + _E.format(f"({_T}*{_T})") + " + 2*"
                          + _E.format(f"({_T}*{_NEXT})") + " + " + _E.format(f"({_NEXT}*{_NEXT})"), "s t t2"),
                  combine("y", facts="use v y1 x0"))]),
    apply("A1", "A", k="K"), apply("A2", "A1"),
    induct("B", f"all k:int | 0 <= k => (all | k <= K => {_E.format(f'({_T})')} = 0)", "hk ih",
           [intro("z", None, "hb",
                  intro("q", f"all w:int | 1 <= w, w <= n => p(w)*({_SUM.format('0')}) = 0*p(w)",
                        "w1 w2", apply("e", "ax.sum_empty", f="i -> Y(w,i) - m", a="1", b="0"),
                        combine("y", facts="e", rounds=3)),
                  apply("s", "textbook.sum_scale", f=f"w -> p(w)*({_SUM.format('0')})",
                        g="w -> p(w)", c="0", **_OVER), combine("y", facts="s"))],
           [intro("z", None, "hb", apply("use", "ih"), apply("v", "H4", i="k + 1"),
                  intro("q", f"all w:int | 1 <= w, w <= n => p(w)*({_T1})"
                        f" = p(w)*(1*({_T}) + 1*(1*Y(w,k + 1) + (-m)*1))", "w1 w2",
                        apply("e", "ax.sum_last", f="i -> Y(w,i) - m", a="1", b="k + 1"),
                        combine("y", facts="e", rounds=4)),
                  apply("s", "textbook.sum_cong", f=f"w -> p(w)*({_T1})",
                        g=f"w -> p(w)*(1*({_T}) + 1*(1*Y(w,k + 1) + (-m)*1))", **_OVER),
                  apply("t", "mori_zwanzig.mean_linear", n="n", p="w -> p(w)", f=f"w -> {_T}",
                        g="w -> 1*Y(w,k + 1) + (-m)*1", s="1", t="1"),
                  apply("t2", "mori_zwanzig.mean_linear", n="n", p="w -> p(w)", f="w -> Y(w,k + 1)",
                        g="w -> 1", s="1", t="-m"),
                  combine("y1", _E.format(f"({_T1})") + " = " + _E.format(f"({_T})") + " + "
                          + _E.format("Y(w,k + 1)") + " - m*" + _E.format("1"), "s t t2"),
                  combine("y", facts="use v y1 H3"))]),
    apply("B1", "B", k="K"), apply("B2", "B1"),
    combine("K0", "0 < K", "H2"), combine("one", "K*(1/K) = 1", "K0"),
    intro("F", f"all w:int | 1 <= w, w <= n => p(w)*({_AVERAGE}*{_AVERAGE})"
          f" = p(w)*((1/K)^2*({_TK}*{_TK}) + 1*({_OFFSET}))", "w1 w2",
          apply("a", "textbook.sum_add", "sum(i=1..K: Y(w,i) - m + m) = sum(i=1..K: Y(w,i) - m) + sum(i=1..K: m)",
                f="i -> Y(w,i) - m", g="i -> m", a="1", b="K"),
          apply("c", "textbook.sum_const", c="m", n="K"),
          combine("av", f"sum(i=1..K: Y(w,i))/K - f = (1/K)*{_TK} + (m - f)", "a c one", rounds=3),
          combine("y", facts="av", rounds=3)),
    apply("S", "textbook.sum_cong", f=f"w -> p(w)*({_AVERAGE}*{_AVERAGE})",
          g=f"w -> p(w)*((1/K)^2*({_TK}*{_TK}) + 1*({_OFFSET}))", **_OVER),
    apply("S1", "mori_zwanzig.mean_linear", n="n", p="w -> p(w)", f=f"w -> {_TK}*{_TK}", g=f"w -> {_OFFSET}",
          s="(1/K)^2", t="1"),
    apply("S2", "mori_zwanzig.mean_linear", n="n", p="w -> p(w)", f=f"w -> {_TK}", g="w -> 1",
          s="2*(1/K)*(m - f)", t="(m - f)^2"),
    combine("G", f"{_LOSS} = (1/K)^2*" + _E.format(f"({_TK}*{_TK})") + " + 2*(1/K)*(m - f)*" + _E.format(_TK)
            + " + (m - f)^2*" + _E.format("1"), "S S1 S2"),
    combine("end", facts="G A2 B2 H3 one", rounds=4),
)

PAIRS = {"n": "4", "K": "2", "p": "w -> 1/4", "Y": "w, i -> [[1,1],[1,-1],[-1,1],[-1,-1]][w,i]", "m": "0", "f": "1",
         "V": "1"}
"""Two independent signs: their average has variance 1/2."""
ONE_SIGN = {"n": "2", "K": "1", "p": "w -> 1/2", "Y": "w, i -> 3 - 2*w", "m": "0", "f": "0", "V": "1"}
"""One sample of a constant network 0 with noise +1 or -1, target 0."""

CLAIM = Claim(
    id="mori_zwanzig.training_paradigm",
    title="The loss on K noise samples is the loss of the mean plus Var / K",
    statement=_statement(),
    source=Source("D. Venturi, X. Li", 2022, "The Mori-Zwanzig formulation of deep learning", "reconstructed",
                  arxiv="2209.05544",
                  note="Title, abstract and introduction of the paper were seen; the bias of a K-sample estimate was"
                  " derived here."),
    summary="Training on single noisy outputs adds the conditional variance; a plug-in mean of K samples adds Var / K.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **PAIRS),)),
    controls=(
        Control("plug_in_unbiased", "the estimate from K samples is unbiased: a constant network, K = 1",
                _statement(f"{_LOSS} = (m - f)^2"), Witness((witness("end", **ONE_SIGN),))),
        Control("shared_noise", "samples that share one noise draw: two equal signs do not average out",
                _statement(uncorrelated="(all i:int | 1 <= i, i <= K => i <= K)"),
                Witness((witness("end", **{**PAIRS, "Y": "w, i -> [[1,1,-1,-1]][1,w]"}),))),
        Control("too_few_samples", "bias V / (K + 1)", _statement(f"{_LOSS} = (m - f)^2 + V/(K + 1)"),
                Witness((witness("end", **PAIRS),))),
    ),
    comparison=(
        Comparison("noise", "independent layer noises with densities", "a finite probability space and K uncorrelated"
                   " outputs of equal mean and variance", "weaker: finite; stronger: uncorrelated in place of"
                   " independent, weights of any sign"),
        Comparison("single outputs", "E |u(X_L) - f|^2 = |q_0 - f|^2 + Var", "K = 1", ""),
        Comparison("K samples", "bias exactly Var / K", "as stated, for every K >= 1", ""),
        Comparison("inputs", "averaged over the data", "one input; averages over inputs are sums of it", ""),
    ),
    tightness="An identity.",
    experiments=("mori_zwanzig.hs_regime",),
    attack="theory.mori_zwanzig.training_paradigm_attack",
)


def sampled_loss(error: int | Fraction | str, variance: int | Fraction | str, samples: int) -> Fraction:
    """Return error^2 + variance / samples, what a mean of `samples` noisy outputs is expected to report, exactly.

    Args:
        error: q_0 - f, the error of the mean.
        variance: Var(u(X_L) | X_0), at least 0.
        samples: K >= 1.

    Raises:
        InputError: no sample or a negative variance.

    >>> sampled_loss(0, 1, 1), sampled_loss("1/2", 1, 4)
    (Fraction(1, 1), Fraction(1, 2))
    """
    bias, spread = exact(error, "error"), exact(variance, "variance")
    if samples < 1 or spread < 0:
        raise InputError(explain("sampled_loss", "at least one sample and a variance >= 0", (samples, str(spread)),
                                 "Draw more samples."))
    return bias**2 + spread / samples
