"""A layer M under an input law p contracts functions of mean zero: E (E[f(Y)|X])^2 <= delta E f(Y)^2.

The layer backward is S(y, x) = p(x) M(x, y)/w(y), w(y) the law of the output, and p where w(y) = 0: no weight need be
positive. What follows is the bound of the correlation, of the adjoint, and of whole chains.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain, witness

LAW = ("H1: (all x:int | 1 <= x, x <= m => 0 <= p(x)), H2: sum(x=1..m: p(x)) = 1,"
       " H3: (all x y:int | 1 <= x, x <= m, 1 <= y, y <= n => 0 <= M(x,y)),"
       " H4: (all x:int | 1 <= x, x <= m => sum(y=1..n: M(x,y)) = 1),"
       " H5: (all x z:int | 1 <= x, x <= m, 1 <= z, z <= m => 1 - sum(y=1..n: min(M(x,y), M(z,y))) <= delta)")
"""H1, H2 the law of the input; H3, H4 transition probabilities; H5 Dobrushin's coefficient, by overlaps of rows."""
_MASSES = ", ".join(part for part in (LAW[LAW.index("H2"):LAW.index(", H3")], LAW[LAW.index("H4"):]))
VARIABLES = "m n:int, p:int->real, M:(x:int,y:int)->real"
MEAN = "sum(x=1..m: p(x)*sum(y=1..n: M(x,y)*f(y)))"
SECOND = "sum(x=1..m: p(x)*sum(y=1..n: M(x,y)*(f(y)*f(y))))"
IMAGE = "sum(x=1..m: p(x)*(sum(y=1..n: M(x,y)*f(y))*sum(y=1..n: M(x,y)*f(y))))"
_W = "sum(x=1..m: p(x)*M(x,{0}))"
_BACK = f"ite({_W.format('y').replace('x', 'i')}, 0, p(x), p(x)*M(x,y)/{_W.format('y').replace('x', 'i')})"
_WY = _W.format("y").replace("x", "i")
_ROW = "1 <= y, y <= n"
_BOTH = f"{_ROW}, 1 <= x, x <= m"
_THEN = {"a": _WY, "b": "0", "x": "p(x)", "y": f"p(x)*M(x,y)/{_WY}"}


def _sizes() -> tuple[Step, ...]:
    """1 <= m, 1 <= n and 0 <= delta (facts hm, hn, hd) from the masses of p and of a row."""
    return (
        apply("om", "ax.total", x="m", y="0"),
        cases("hm", "om", "c", [apply("e", "ax.sum_empty", f="x -> p(x)", a="1", b="m"), combine("z", facts="e H2")],
              [apply("e", "ax.int_step", m="0", n="m"), combine("z", facts="e")], goal="1 <= m"),
        apply("r1", "H4", x="1"), apply("on", "ax.total", x="n", y="0"),
        cases("hn", "on", "c", [apply("e", "ax.sum_empty", f="y -> M(1,y)", a="1", b="n"), combine("z", facts="e r1")],
              [apply("e", "ax.int_step", m="0", n="n"), combine("z", facts="e")], goal="1 <= n"),
        apply("o1", "H5", x="1", z="1"),
        intro("mi", "all y:int | 1 <= y, y <= n => min(M(1,y), M(1,y)) <= M(1,y)", "y1 y2",
              apply("z", "ax.min_left", x="M(1,y)", y="M(1,y)")),
        apply("mo", "textbook.sum_mono", f="y -> min(M(1,y), M(1,y))", g="y -> M(1,y)", a="1", b="n"),
        combine("hd", "0 <= delta", "o1 mo r1"),
    )


def _backward() -> tuple[Step, ...]:
    """The layer backward: not negative, in balance, rows of mass one (facts S0, bal, S1); the output law (w0, w1)."""
    return (
        intro("w0", f"all y:int | {_ROW} => 0 <= {_WY}", "y1 y2",
              intro("t", "all x:int | 1 <= x, x <= m => 0 <= p(x)*M(x,y)", "x1 x2", apply("a", "H1", x="x"),
                    apply("b", "H3", x="x", y="y"), combine("z", facts="a b")),
              apply("z", "textbook.sum_nonneg", f="x -> p(x)*M(x,y)", a="1", b="m")),
        intro("w1a", "all x:int | 1 <= x, x <= m => sum(y=1..n: p(x)*M(x,y)) = p(x)", "x1 x2",
              intro("t", f"all y:int | {_ROW} => p(x)*M(x,y) = p(x)*M(x,y)", "y1 y2", combine("z")),
              apply("s", "textbook.sum_scale", f="y -> p(x)*M(x,y)", g="y -> M(x,y)", c="p(x)", a="1", b="n"),
              apply("r", "H4", x="x"), combine("z", facts="s r", rounds=3)),
        apply("w1b", "textbook.sum_cong", f="x -> sum(y=1..n: p(x)*M(x,y))", g="x -> p(x)", a="1", b="m"),
        apply("w1c", "mori_zwanzig.sum_swap", f="x, y -> p(x)*M(x,y)", m="m", n="n"),
        combine("w1", f"sum(y=1..n: {_WY}) = 1", "w1b w1c H2"),
        intro("bal", f"all x y:int | 1 <= x, x <= m, {_ROW} => {_WY}*{_BACK} = p(x)*M(x,y)", "x1 x2 y1 y2",
              apply("o", "ax.total", x=_WY, y="0"), apply("wy", "w0", y="y"),
              cases("z", "o", "c", [
                  apply("z0", "ax.antisym", f"{_WY} = 0", x=_WY, y="0"),
                  intro("t", "all i:int | 1 <= i, i <= m => 0 <= p(i)*M(i,y)", "i1 i2", apply("a", "H1", x="i"),
                        apply("b", "H3", x="i", y="y"), combine("z", facts="a b")),
                  apply("k", "textbook.term_at_most_sum", f="i -> p(i)*M(i,y)", n="m", c="x"),
                  apply("l", "t", i="x"), combine("k0", "p(x)*M(x,y) <= 0", "k z0"),
                  apply("v", "ax.antisym", "p(x)*M(x,y) = 0", x="p(x)*M(x,y)", y="0"),
                  combine("y", facts="z0 v", rounds=3)],
                  [apply("e", "ax.ite_else", **_THEN), combine("y", facts="e c", rounds=3)])),
        intro("S0", f"all y x:int | {_BOTH} => 0 <= {_BACK}", "y1 y2 x1 x2",
              apply("o", "ax.total", x=_WY, y="0"), apply("a", "H1", x="x"), apply("b", "H3", x="x", y="y"),
              cases("z", "o", "c", [apply("e", "ax.ite_then", **_THEN), combine("y", facts="e a")],
                    [apply("e", "ax.ite_else", **_THEN), apply("i", "ax.recip_pos", x=_WY),
                     combine("pm", "0 <= p(x)*M(x,y)", "a b"), combine("y", facts="e pm i")])),
        intro("S1", f"all y:int | {_ROW} => sum(x=1..m: {_BACK}) = 1", "y1 y2", apply("o", "ax.total", x=_WY, y="0"),
              cases("z", "o", "c", [
                  intro("t", f"all x:int | 1 <= x, x <= m => {_BACK} = p(x)", "x1 x2",
                        apply("z", "ax.ite_then", **_THEN)),
                  apply("s", "textbook.sum_cong", f=f"x -> {_BACK}", g="x -> p(x)", a="1", b="m"),
                  combine("y", facts="s H2")],
                  [intro("t", f"all x:int | 1 <= x, x <= m => {_BACK} = 1/{_WY}*(p(x)*M(x,y))", "x1 x2",
                         apply("e", "ax.ite_else", **_THEN), combine("z", facts="e")),
                   apply("s", "textbook.sum_scale", f=f"x -> {_BACK}", g="x -> p(x)*M(x,y)", c=f"1/{_WY}", a="1",
                         b="m"), combine("y", facts="s c", rounds=3)])),
    )


def _under(name: str, observable: str) -> Step:
    """The mean of an observable under the output law is that of its conditional mean (fact `name`)."""
    return apply(name, "mori_zwanzig.dual_sums", m="m", n="n", k="x, y -> M(x,y)", v="x -> 1", w="y -> 1",
                 p="x -> p(x)", u=f"y -> {observable}")


SIZES = Lemma(
    "mori_zwanzig.layer_sizes", "A layer under a law has states on both sides, and its coefficient is not negative",
    statement(f"all {VARIABLES}, delta:real | {_MASSES} => some | 1 <= m, 1 <= n, 0 <= delta"),
    (*_sizes(), witness("end")),
)

LAYER = Lemma(
    "mori_zwanzig.correlation_contraction_layer", "A layer contracts functions of mean zero by Dobrushin's coefficient",
    statement(f"all {VARIABLES}, delta:real, f:int->real | {LAW}, H6: {MEAN} = 0 => {IMAGE} <= delta*{SECOND}"),
    (
        *_sizes(), combine("m0", "0 <= m", "hm"), combine("n0", "0 <= n", "hn"), *_backward(),
        _under("u1", "f(y)"), _under("u2", "f(y)*f(y)"),
        combine("mean", f"sum(y=1..n: {_WY}*f(y)) = 0", "u1 H6"),
        apply("la", "mori_zwanzig.correlation_contraction_balanced", m="m", n="n", p="x -> p(x)", w=f"y -> {_WY}",
              M="x, y -> M(x,y)", S=f"y, x -> {_BACK}", f="y -> f(y)", delta="delta"),
        combine("end", facts="la u2", rounds=3),
    ),
)

INPUT = "sum(x=1..m: p(x)*(g(x)*g(x)))"
CROSS = "sum(x=1..m: p(x)*(g(x)*sum(y=1..n: M(x,y)*f(y))))"

CORRELATION = Lemma(
    "mori_zwanzig.correlation_squared", "The squared maximal correlation is at most Dobrushin's coefficient",
    statement(f"all {VARIABLES}, delta:real, f g:int->real | {LAW}, H6: {MEAN} = 0"
              f" => {CROSS}*{CROSS} <= delta*({INPUT}*{SECOND})"),
    (
        *_sizes()[:2],
        combine("m0", "0 <= m", "hm"),
        apply("la", "mori_zwanzig.correlation_contraction_layer", m="m", n="n", p="x -> p(x)", M="x, y -> M(x,y)",
              delta="delta", f="y -> f(y)"),
        apply("cs", "mori_zwanzig.weighted_cauchy", n="m", w="x -> p(x)", a="x -> g(x)",
              b="x -> sum(y=1..n: M(x,y)*f(y))"),
        intro("t", "all x:int | 1 <= x, x <= m => 0 <= p(x)*(g(x)*g(x))", "x1 x2", apply("a", "H1", x="x"),
              combine("z", facts="a", squares=("g(x)",))),
        apply("g0", "textbook.sum_nonneg", f="x -> p(x)*(g(x)*g(x))", a="1", b="m"),
        combine("end", facts="cs la g0"),
    ),
)

OUTPUT = "sum(x=1..m: p(x)*sum(y=1..n: M(x,y)*(h(y)*h(y))))"
ADJOINT_OF = ("(all y:int | 1 <= y, y <= n => sum(x=1..m: p(x)*M(x,y))*h(y) = sum(x=1..m: p(x)*M(x,y)*g(x)))")

ADJOINT = Lemma(
    "mori_zwanzig.adjoint_contraction", "The layer backward contracts functions of mean zero by the same number",
    statement(f"all {VARIABLES}, delta:real, g h:int->real | {LAW}, H6: {ADJOINT_OF}, H7: sum(x=1..m: p(x)*g(x)) = 0"
              f" => {OUTPUT} <= delta*{INPUT}"),
    (
        *_sizes(), combine("m0", "0 <= m", "hm"), combine("n0", "0 <= n", "hn"),
        intro("rw", "all x:int | 1 <= x, x <= m => sum(y=1..n: p(x)*M(x,y)*g(x)) = p(x)*g(x)", "x1 x2",
              intro("t", "all y:int | 1 <= y, y <= n => p(x)*M(x,y)*g(x) = p(x)*g(x)*M(x,y)", "y1 y2", combine("z")),
              apply("s", "textbook.sum_scale", f="y -> p(x)*M(x,y)*g(x)", g="y -> M(x,y)", c="p(x)*g(x)", a="1", b="n"),
              apply("r", "H4", x="x"), combine("z", facts="s r", rounds=3)),
        apply("rwc", "textbook.sum_cong", f="x -> sum(y=1..n: p(x)*M(x,y)*g(x))", g="x -> p(x)*g(x)", a="1", b="m"),
        apply("sw", "mori_zwanzig.sum_swap", f="x, y -> p(x)*M(x,y)*g(x)", m="m", n="n"),
        apply("adc", "textbook.sum_cong", f="y -> sum(x=1..m: p(x)*M(x,y))*h(y)",
              g="y -> sum(x=1..m: p(x)*M(x,y)*g(x))", a="1", b="n"),
        _under("u1", "h(y)"), _under("u2", "h(y)*h(y)"),
        combine("mean", f"{MEAN.replace('f(', 'h(')} = 0", "rwc sw adc u1 H7",
                rounds=6),
        intro("hh", "all y:int | 1 <= y, y <= n => sum(x=1..m: p(x)*M(x,y))*(h(y)*h(y))"
              " = sum(x=1..m: p(x)*g(x)*M(x,y)*h(y))", "y1 y2", apply("a", "H6", y="y"),
              intro("t", "all x:int | 1 <= x, x <= m => p(x)*g(x)*M(x,y)*h(y) = h(y)*(p(x)*M(x,y)*g(x))", "x1 x2",
                    combine("z")),
              apply("s", "textbook.sum_scale", f="x -> p(x)*g(x)*M(x,y)*h(y)", g="x -> p(x)*M(x,y)*g(x)", c="h(y)",
                    a="1", b="m"), combine("z", facts="s a", rounds=3)),
        apply("hc", "textbook.sum_cong", f="y -> sum(x=1..m: p(x)*M(x,y))*(h(y)*h(y))",
              g="y -> sum(x=1..m: p(x)*g(x)*M(x,y)*h(y))", a="1", b="n"),
        apply("hs", "mori_zwanzig.sum_swap", f="x, y -> p(x)*g(x)*M(x,y)*h(y)", m="m", n="n"),
        intro("gg", "all x:int | 1 <= x, x <= m => sum(y=1..n: p(x)*g(x)*M(x,y)*h(y))"
              " = p(x)*(g(x)*sum(y=1..n: M(x,y)*h(y)))", "x1 x2",
              intro("t", "all y:int | 1 <= y, y <= n => p(x)*g(x)*M(x,y)*h(y) = p(x)*g(x)*(M(x,y)*h(y))", "y1 y2",
                    combine("z")),
              apply("s", "textbook.sum_scale", f="y -> p(x)*g(x)*M(x,y)*h(y)", g="y -> M(x,y)*h(y)", c="p(x)*g(x)",
                    a="1", b="n"), combine("z", facts="s")),
        apply("gc", "textbook.sum_cong", f="x -> sum(y=1..n: p(x)*g(x)*M(x,y)*h(y))",
              g="x -> p(x)*(g(x)*sum(y=1..n: M(x,y)*h(y)))", a="1", b="m"),
        combine("eq", f"{OUTPUT} = {CROSS.replace('f(', 'h(')}", "u2 hc hs gc"),
        apply("co", "mori_zwanzig.correlation_squared", m="m", n="n", p="x -> p(x)", M="x, y -> M(x,y)",
              delta="delta", f="y -> h(y)", g="x -> g(x)"),
        combine("sq", f"{OUTPUT}*{OUTPUT} <= delta*{INPUT}*{OUTPUT}", "co eq", rounds=4),
        intro("t", "all x:int | 1 <= x, x <= m => 0 <= p(x)*(g(x)*g(x))", "x1 x2", apply("a", "H1", x="x"),
              combine("z", facts="a", squares=("g(x)",))),
        apply("g0", "textbook.sum_nonneg", f="x -> p(x)*(g(x)*g(x))", a="1", b="m"),
        combine("dg", f"0 <= delta*{INPUT}", "g0 hd"),
        apply("o", "ax.total", x=OUTPUT, y="0"),
        cases("end", "o", "c", [combine("z", facts="c dg")], [combine("z", facts="sq", mul="c")]),
    ),
)

_LAYERS = "0 <= l, l <= L - 1"
CHAIN_LAW = (
    "H1: (all x:int | 1 <= x, x <= d(0) => 0 <= w(0,x)), H2: sum(x=1..d(0): w(0,x)) = 1,"
    f" H3: (all l x y:int | {_LAYERS}, 1 <= x, x <= d(l), 1 <= y, y <= d(l+1) => 0 <= K(l,x,y)),"
    f" H4: (all l x:int | {_LAYERS}, 1 <= x, x <= d(l) => sum(y=1..d(l+1): K(l,x,y)) = 1),"
    f" H5: (all l x z:int | {_LAYERS}, 1 <= x, x <= d(l), 1 <= z, z <= d(l)"
    " => 1 - sum(y=1..d(l+1): min(K(l,x,y), K(l,z,y))) <= t(l)),"
    f" H6: (all l y:int | {_LAYERS}, 1 <= y, y <= d(l+1) => w(l+1,y) = sum(x=1..d(l): w(l,x)*K(l,x,y))),"
    f" H7: (all l x:int | {_LAYERS}, 1 <= x, x <= d(l) => h(l,x) = sum(y=1..d(l+1): K(l,x,y)*h(l+1,y)))")
_VARIANCE = "sum(x=1..d({0}): w({0},x)*(h({0},x)*h({0},x)))"
_CHAIN_MEAN = "sum(x=1..d({0}): w({0},x)*h({0},x))"
_ON = {"m": "d(k)", "n": "d(k + 1)", "p": "x -> w(k,x)", "M": "x, y -> K(k,x,y)"}


def _chain_under(name: str, observable: str) -> Step:
    return apply(name, "mori_zwanzig.dual_sums", m="d(k)", n="d(k + 1)", k="x, y -> K(k,x,y)", v="x -> 1",
                 w="y -> 1", p="x -> w(k,x)", u=f"y -> {observable}")


def _new_law(name: str, factor: str) -> tuple[Step, ...]:
    """Sums of factor times p(k + 1, .) by the transferred law (fact name)."""
    law = "sum(x=1..d(k): w(k,x)*K(k,x,y))"
    return (
        intro(f"{name}t", f"all y:int | 1 <= y, y <= d(k + 1) => w(k + 1,y)*{factor} = {law}*{factor}", "y1 y2",
              apply("e", "H6", l="k", y="y"), combine("z", facts="e", rounds=3)),
        apply(name, "textbook.sum_cong", f=f"y -> w(k + 1,y)*{factor}", g=f"y -> {law}*{factor}", a="1", b="d(k + 1)"))

def _layer() -> tuple[Step, ...]:
    """The layer k is one: its hypotheses and sizes (facts r3 to r5, sz)."""
    return (
        intro("r3", "all x y:int | 1 <= x, x <= d(k), 1 <= y, y <= d(k + 1) => 0 <= K(k,x,y)", "x1 x2 y1 y2",
              apply("e", "H3", l="k", x="x", y="y")),
        intro("r4", "all x:int | 1 <= x, x <= d(k) => sum(y=1..d(k + 1): K(k,x,y)) = 1", "x1 x2",
              apply("e", "H4", l="k", x="x")),
        intro("r5", "all x z:int | 1 <= x, x <= d(k), 1 <= z, z <= d(k)"
              " => 1 - sum(y=1..d(k + 1): min(K(k,x,y), K(k,z,y))) <= t(k)", "x1 x2 z1 z2",
              apply("e", "H5", l="k", x="x", z="z")),
        apply("sz", "mori_zwanzig.layer_sizes", **_ON, delta="t(k)"))


def _zero_mean() -> tuple[Step, ...]:
    """The mean at level k + 1 is zero (fact mz)."""
    return (apply("n1", "N", k="k + 1"), apply("n2", "n1"), combine("nl", "0 <= L", "hk h0"), apply("n3", "N", k="L"),
            apply("n4", "n3"), combine("mz", f"{_CHAIN_MEAN.format('(k + 1)')} = 0", "n2 n4 H8",
                    rounds=4))


def _contracted() -> tuple[Step, ...]:
    """The variance at level k is at most t(k) times that of level k + 1, times the product so far (fact mu)."""
    image = "sum(y=1..d(k + 1): K(k,x,y)*h(k + 1,y))"
    return (
        *_layer()[:3], *_new_law("ml", "h(k + 1,y)"), _chain_under("md", "h(k + 1,y)"),
        combine("cm", f"sum(x=1..d(k): w(k,x)*{image}) = 0", "ml md mz", rounds=4),
        apply("la", "mori_zwanzig.correlation_contraction_layer", **_ON, delta="t(k)", f="y -> h(k + 1,y)"),
        *_new_law("nl2", "(h(k + 1,y)*h(k + 1,y))"), _chain_under("du", "h(k + 1,y)*h(k + 1,y)"),
        intro("r", f"all x:int | 1 <= x, x <= d(k) => w(k,x)*(h(k,x)*h(k,x)) = w(k,x)*({image}*{image})", "x1 x2",
              apply("e", "H7", l="k", x="x"), combine("z1", facts="e", rounds=4)),
        apply("rc", "textbook.sum_cong", f="x -> w(k,x)*(h(k,x)*h(k,x))", g=f"x -> w(k,x)*({image}*{image})", a="1",
              b="d(k)"),
        combine("st", f"{_VARIANCE.format('k')} <= t(k)*{_VARIANCE.format('(k + 1)')}", "la nl2 du rc", rounds=3),
        combine("mu", f"prod(j=0..k-1: t(j))*{_VARIANCE.format('k')} <= prod(j=0..k-1: t(j))*(t(k)"
                f"*{_VARIANCE.format('(k + 1)')})", "st u2"))


CHAIN = Lemma(
    "mori_zwanzig.correlation_chain", "Along a chain variances shrink by the product of Dobrushin's coefficients",
    statement(f"all L:int, d:int->int, w h:(l:int,x:int)->real, K:(l:int,x:int,y:int)->real, t:int->real |"
              f" {CHAIN_LAW}, H8: {_CHAIN_MEAN.format('L')} = 0"
              f" => (all l:int | 0 <= l, l <= L => {_VARIANCE.format('0')}"
              f" <= prod(j=0..l-1: t(j))*{_VARIANCE.format('l')})"),
    (
        induct("P", "all k:int | 0 <= k => (all | k <= L => some | (all x:int | 1 <= x, x <= d(k) => 0 <= w(k,x)),"
               " sum(x=1..d(k): w(k,x)) = 1)", "hk ih",
               [intro("z", None, "h0", witness("y"))],
               [intro("z", None, "h0", apply("u", "ih"), obtain("y", "u", "u1 u2", *_layer()[1:], obtain(
                   "x", "sz", "hm hn hd", combine("m0", "0 <= d(k)", "hm"), combine("n0", "0 <= d(k + 1)", "hn"),
                   intro("tn", "all y:int | 1 <= y, y <= d(k + 1) => 0 <= w(k + 1,y)", "y1 y2",
                         intro("v2", "all x:int | 1 <= x, x <= d(k) => 0 <= w(k,x)*K(k,x,y)", "x1 x2",
                               apply("a", "u1", x="x"), apply("b", "H3", l="k", x="x", y="y"),
                               combine("v", facts="a b")),
                         apply("s", "textbook.sum_nonneg", f="x -> w(k,x)*K(k,x,y)", a="1", b="d(k)"),
                         apply("e", "H6", l="k", y="y"), combine("z1", facts="s e")),
                   *_new_law("nl", "1"), _chain_under("du", "1"),
                   intro("r", "all x:int | 1 <= x, x <= d(k) => w(k,x)*sum(y=1..d(k + 1): K(k,x,y)*1) = w(k,x)",
                         "x1 x2", apply("e", "H4", l="k", x="x"), combine("z1", facts="e", rounds=3)),
                   apply("rc", "textbook.sum_cong", f="x -> w(k,x)*sum(y=1..d(k + 1): K(k,x,y)*1)", g="x -> w(k,x)",
                         a="1", b="d(k)"),
                   combine("o", "sum(x=1..d(k + 1): w(k + 1,x)) = 1", "nl du rc u2"), witness("v1"))))]),
        intro("S", f"all k:int | 0 <= k, k <= L - 1 => some | {_CHAIN_MEAN.format('(k + 1)')}"
              f" = {_CHAIN_MEAN.format('k')}, 0 <= t(k), 0 <= d(k), 0 <= d(k + 1),"
              " (all x:int | 1 <= x, x <= d(k) => 0 <= w(k,x)), sum(x=1..d(k): w(k,x)) = 1", "k1 k2",
              apply("v", "P", k="k"), apply("u", "v"), obtain("y", "u", "u1 u2", *_layer()[1:], obtain(
                  "x", "sz", "hm hn hd", combine("m0", "0 <= d(k)", "hm"), combine("n0", "0 <= d(k + 1)", "hn"),
                  *_new_law("nl", "h(k + 1,y)"), _chain_under("du", "h(k + 1,y)"),
                  intro("r", "all x:int | 1 <= x, x <= d(k) => w(k,x)*sum(y=1..d(k + 1): K(k,x,y)*h(k + 1,y))"
                        " = w(k,x)*h(k,x)", "x1 x2", apply("e", "H7", l="k", x="x"),
                        combine("z1", facts="e", rounds=3)),
                  apply("rc", "textbook.sum_cong", f="x -> w(k,x)*sum(y=1..d(k + 1): K(k,x,y)*h(k + 1,y))",
                        g="x -> w(k,x)*h(k,x)", a="1", b="d(k)"),
                  combine("o", f"{_CHAIN_MEAN.format('(k + 1)')} = {_CHAIN_MEAN.format('k')}", "nl du rc"),
                  witness("v1")))),
        induct("N", f"all k:int | 0 <= k => (all | k <= L => {_CHAIN_MEAN.format('k')} = {_CHAIN_MEAN.format('0')})",
               "hk ih", [intro("z", None, "h0", combine("y"))],
               [intro("z", None, "h0", apply("u", "ih"), apply("s", "S", k="k"),
                      obtain("y", "s", "s1 s2 s3 s4 s5 s6", combine("x", facts="s1 u")))]),
        induct("I", f"all k:int | 0 <= k => (all | k <= L => some | {_VARIANCE.format('0')}"
               f" <= prod(j=0..k-1: t(j))*{_VARIANCE.format('k')}, 0 <= prod(j=0..k-1: t(j)))", "hk ih",
               [intro("z", None, "h0", apply("e", "ax.prod_empty", f="j -> t(j)", a="0", b="-1"),
                      combine("a", f"{_VARIANCE.format('0')} <= prod(j=0..0-1: t(j))*{_VARIANCE.format('0')}", "e"),
                      combine("b", "0 <= prod(j=0..0-1: t(j))", "e"), witness("y"))],
               [intro("z", None, "h0", apply("u", "ih"), apply("s", "S", k="k"), *_zero_mean(), obtain(
                   "y", "s", "s1 s2 s3 s4 s5 s6", obtain(
                       "x", "u", "u1 u2", *_contracted(),
                       apply("pl", "ax.prod_last", f="j -> t(j)", a="0", b="k"),
                       combine("a", f"{_VARIANCE.format('0')} <= prod(j=0..k+1-1: t(j))"
                               f"*{_VARIANCE.format('(k + 1)')}", "u1 mu pl", rounds=3),
                       combine("b", "0 <= prod(j=0..k+1-1: t(j))", "pl u2 s2"), witness("v3"))))]),
        intro("end", None, "l1 l2", apply("i", "I", k="l"), apply("j", "i"), obtain("z", "j", "j1 j2",
                                                                                  combine("y", facts="j1"))),
    ),
)

LEMMAS: tuple[Lemma, ...] = (SIZES, LAYER, CORRELATION, ADJOINT, CHAIN)
