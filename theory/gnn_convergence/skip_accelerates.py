"""Heads on all layers make the first descent faster: at zero heads for certain, with random heads on average.

At W = 0 what reaches the layers backwards is zero and -dL/dt = sum_l ||V G_l' P_l'||^2; only the last is there
without skips. With independent heads of mean zero (and V held fixed) the parts M of the top head and N of the others do
not mix in a squared norm: E ||M + N||^2 = E ||M||^2 + E ||N||^2. At a given point skips can be slower (a control).
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, witness

_TERM = "tr(V*T(G({0}))*T(P({0}))*T(V*T(G({0}))*T(P({0}))))"
_BACK = "tr(A({0})*T(P({0}-1))*T(A({0})*T(P({0}-1))))"
_MS = f"(sum(l=0..H: {_TERM.format('l')}) + sum(i=1..H: {_BACK.format('i')}))"
_FASTER = f"{_TERM.format('H')} <= {_MS}"
_GAIN = f"{_MS} = {_TERM.format('H')} + sum(l=0..H-1: {_TERM.format('l')})"
_EQUALITY = (f"(all | {_MS} = {_TERM.format('H')} => (all l:int | 0 <= l, l <= H - 1 => {_TERM.format('l')} = 0))")
_MIXED = "sum(i=1..a: sum(j=1..b: u(i)*v(j)*tr((M(i) + N(j))*T(M(i) + N(j)))))"
_APART = "sum(i=1..a: u(i)*tr(M(i)*T(M(i)))) + sum(j=1..b: v(j)*tr(N(j)*T(N(j))))"
_MEAN = ("(all a b k p:int, u v:int->real, M N:int->mat(k,p) | 0 <= a, 0 <= b, sum(i=1..a: u(i)) = 1,"
         " sum(j=1..b: v(j)) = 1, (all j:int | 1 <= j, j <= b => 0 <= v(j)),"
         " (all K:mat(k,p) => sum(j=1..b: v(j)*tr(N(j)*T(K))) = 0)"
         f" => some | {_MIXED} = {_APART}, sum(i=1..a: u(i)*tr(M(i)*T(M(i)))) <= {_MIXED})")

STATEMENT = statement(
    "all H r n:int, m:int->int, P:(l:int)->mat(m(l),m(0)), G:(l:int)->mat(m(0),n), V:mat(r,n), W:(l:int)->mat(r,m(l)),"
    " B:(l:int)->mat(m(l),m(l-1)), A:(l:int)->mat(m(l),m(0)) | H1: 0 <= H,"
    " H2: (all l:int | 0 <= l, l <= H => W(l) = 0*W(l)), H3: A(H) = T(W(H))*V*T(G(H)),"
    " H4: (all l:int | 1 <= l, l <= H => A(l-1) = T(W(l-1))*V*T(G(l-1)) + T(B(l))*A(l))"
    f" => some | {_FASTER}, {_GAIN}, {_EQUALITY}, {_MEAN}")
"""H2 zero heads, H3-H4 the backward recursion. Faster, by how much, when equal; and on average over random heads."""

_ALL = f"l -> {_TERM.format('l')}"

_INNER = "u(i)*v(j)*tr((M(i) + N(j))*T(M(i) + N(j)))"
_ROW = "u(i)*tr(M(i)*T(M(i))) + u(i)*sum(j=1..b: v(j)*tr(N(j)*T(N(j))))"
_PARTS = "v(j)*tr(M(i)*T(M(i))) + (2*v(j)*tr(N(j)*T(M(i))) + v(j)*tr(N(j)*T(N(j))))"

_MEAN_STEPS = intro(
    "mean", _MEAN[1:-1], "a0 b0 su sv v0 zero",
    combine("b1", "1 <= b + 1", "b0"), combine("a1", "1 <= a + 1", "a0"),
    intro("row", f"all i:int | 1 <= i, i <= a => sum(j=1..b: {_INNER}) = {_ROW}", "i1 i2",
          intro("open", f"all j:int | 1 <= j, j <= b => {_INNER} = u(i)*({_PARTS})", "j1 j2", combine("z")),
          apply("s0", "textbook.sum_scale", f=f"j -> {_INNER}", g=f"j -> {_PARTS}", c="u(i)", a="1", b="b"),
          apply("s1", "textbook.sum_add", f="j -> v(j)*tr(M(i)*T(M(i)))",
                g="j -> 2*v(j)*tr(N(j)*T(M(i))) + v(j)*tr(N(j)*T(N(j)))", a="1", b="b"),
          apply("s2", "textbook.sum_add", f="j -> 2*v(j)*tr(N(j)*T(M(i)))", g="j -> v(j)*tr(N(j)*T(N(j)))", a="1",
                b="b"),
          intro("one", "all j:int | 1 <= j, j <= b => v(j)*tr(M(i)*T(M(i))) = tr(M(i)*T(M(i)))*v(j)", "j1 j2",
                combine("z")),
          apply("s3", "textbook.sum_scale", f="j -> v(j)*tr(M(i)*T(M(i)))", g="j -> v(j)", c="tr(M(i)*T(M(i)))", a="1",
                b="b"),
          intro("two", "all j:int | 1 <= j, j <= b => 2*v(j)*tr(N(j)*T(M(i))) = 2*(v(j)*tr(N(j)*T(M(i))))", "j1 j2",
                combine("z")),
          apply("s4", "textbook.sum_scale", f="j -> 2*v(j)*tr(N(j)*T(M(i)))", g="j -> v(j)*tr(N(j)*T(M(i)))", c="2",
                a="1", b="b"),
          apply("mz", "zero", K="M(i)"),
          combine("in", f"sum(j=1..b: {_PARTS}) = tr(M(i)*T(M(i))) + sum(j=1..b: v(j)*tr(N(j)*T(N(j))))",
                  "s1 s2 s3 s4 mz sv", rounds=6),
          combine("z", facts="s0 in", rounds=3)),
    apply("c", "textbook.sum_cong", f=f"i -> sum(j=1..b: {_INNER})", g=f"i -> {_ROW}", a="1", b="a"),
    apply("ad", "textbook.sum_add", f="i -> u(i)*tr(M(i)*T(M(i)))",
          g="i -> u(i)*sum(j=1..b: v(j)*tr(N(j)*T(N(j))))", a="1", b="a"),
    intro("out", "all i:int | 1 <= i, i <= a => u(i)*sum(j=1..b: v(j)*tr(N(j)*T(N(j))))"
          " = sum(j=1..b: v(j)*tr(N(j)*T(N(j))))*u(i)", "i1 i2", combine("z")),
    apply("sc", "textbook.sum_scale", f="i -> u(i)*sum(j=1..b: v(j)*tr(N(j)*T(N(j))))", g="i -> u(i)",
          c="sum(j=1..b: v(j)*tr(N(j)*T(N(j))))", a="1", b="a"),
    combine("apart", f"{_MIXED} = {_APART}", "c ad sc su", rounds=5),
    intro("nn", "all j:int | 1 <= j, j <= b => 0 <= v(j)*tr(N(j)*T(N(j)))", "j1 j2", apply("w", "v0", j="j"),
          combine("q", "0 <= tr(N(j)*T(N(j)))", squares=("N(j)",)), combine("z", facts="w q")),
    apply("np", "textbook.sum_nonneg", f="j -> v(j)*tr(N(j)*T(N(j)))", a="1", b="b"),
    combine("more", f"sum(i=1..a: u(i)*tr(M(i)*T(M(i)))) <= {_MIXED}", "apart np", degree=1),
    witness("z"),
)

_DERIVATION = (
    induct("J", "all j:int | 0 <= j => (all | j <= H => A(H-j) = 0*A(H-j))", "hj ih",
           [intro("z", None, "jb", apply("w", "H2", l="H"), combine("y", facts="H3 w"))],
           [intro("z", None, "jb", combine("jb0", "j <= H", "jb"), apply("now", "ih"),
                  combine("l2", "H - j <= H", "hj"), combine("l3", "0 <= H - j - 1", "jb"),
                  combine("l4", "H - j - 1 <= H", "hj"), apply("a", "H4", l="H - j"), apply("w", "H2", l="H - j - 1"),
                  combine("y", facts="a w now"))]),
    intro("still", f"all i:int | 1 <= i, i <= H => {_BACK.format('i')} = 0*i", "i1 i2",
          combine("j0", "0 <= H - i", "i2"), combine("j1", "H - i <= H", "i1"), apply("a", "J", j="H - i"),
          apply("b", "a"), combine("z", facts="b")),
    apply("back", "textbook.sum_scale", f=f"i -> {_BACK.format('i')}", g="i -> i", c="0", a="1", b="H"),
    apply("last", "ax.sum_last", f=_ALL, a="0", b="H"),
    intro("pos", f"all l:int | 0 <= l, l <= H - 1 => 0 <= {_TERM.format('l')}", "l1 l2",
          combine("z", squares=("V*T(G(l))*T(P(l))",))),
    apply("low", "textbook.sum_nonneg", f=_ALL, a="0", b="H - 1"),
    combine("gain", _GAIN, "back last"), combine("faster", _FASTER, "gain low", degree=1),
    intro("equal", _EQUALITY[1:-1], "eq",
          intro("z", None, "l1 l2", combine("sum0", f"sum(l=0..H-1: {_TERM.format('l')}) = 0", "eq gain"),
                # a term of a sum of squares is at most the sum
                induct("K", f"all k:int | l <= k => (all | k <= H - 1 => {_TERM.format('l')}"
                       f" <= sum(j=0..k: {_TERM.format('j')}))", "hk ih",
                       [intro("x", None, "kb", apply("e", "ax.sum_last", f=_ALL, a="0", b="l"),
                              intro("p", f"all c:int | 0 <= c, c <= l - 1 => 0 <= {_TERM.format('c')}", "c1 c2",
                                    combine("w", f"0 <= {_TERM.format('c')}", squares=("V*T(G(c))*T(P(c))",))),
                              apply("s", "textbook.sum_nonneg", f=_ALL, a="0", b="l - 1"),
                              combine("w", facts="e s", degree=1))],
                       [intro("x", None, "kb", combine("k0", "0 <= k + 1", "hk l1"), apply("now", "ih"),
                              apply("e", "ax.sum_last", f=_ALL, a="0", b="k + 1"),
                              combine("q", f"0 <= {_TERM.format('(k+1)')}", squares=("V*T(G(k+1))*T(P(k+1))",)),
                              combine("w", facts="now e q", degree=1))]),
                apply("k1", "K", k="H - 1"), apply("k2", "k1"),
                combine("q", f"0 <= {_TERM.format('l')}", squares=("V*T(G(l))*T(P(l))",)),
                combine("up", f"{_TERM.format('l')} <= 0", "sum0 k2", degree=1),
                apply("y", "ax.antisym", x=_TERM.format("l"), y="0"))),
    _MEAN_STEPS,
    witness("end"),
)

ATTACKED = statement(
    "all M N K u v:real | H1: 0 <= u, H2: 0 <= v, H3: u + v = 1, H4: u*N + v*K = 0"
    " => M^2 <= u*(M + N)^2 + v*(M + K)^2")
"""The mean over two outcomes N, K of the lower heads, in numbers."""


def _at(**values: str) -> Witness:
    return Witness((witness("end", **{**{"M": "1", "N": "0", "K": "0", "u": "1/2", "v": "1/2"}, **values}),))


KILLS = (
    Kill("lower heads at zero", _at()), Kill("lower heads at zero, two", _at(M="2")),
    Kill("lower heads at zero, half", _at(M="1/2")),
    Kill("negative weight", _at(u="-1", v="2", N="2", K="1")), Kill("other negative", _at(u="2", v="-1", N="1", K="2")),
    Kill("weights too small", _at(u="0", v="0")), Kill("weights too large", _at(u="-1", v="-1")),
    Kill("a mean", _at(N="-1", K="-1")), Kill("small mean", _at(N="-1/100", K="-1/100")),
)

CONTROLS = (
    Control("pointwise", "skips are faster at every point: three scales of one number, heads 0, -3, 3, layers 1: the"
            " loss falls at 48 L with skips, at 76 L without",
            statement("all a c d y f h:real | a = 0, c = -3, d = 3, f = a + c + d - y, h = d - y"
                      " => (1 + d^2 + d^2)*f^2 <= (3 + (c + d)^2 + d^2)*f^2"),
            Witness((witness("end", a="0", c="-3", d="3", y="1", f="-1", h="2"),))),
    Control("residual_of_its_own", "with W_0 = 1 the network with skips fits y = 1 and stands still, the other falls",
            statement("all a b c y:real => (2*(b*c - y)*b)^2 <= (2*(a + b*c - y))^2 + (2*(a + b*c - y)*b)^2"),
            Witness((witness("end", a="1", b="1", c="0", y="1"),))),
    Control("dependent_heads", "lower heads that follow the top head: N = -M",
            statement("all M N:real => M^2 <= (M + N)^2"), Witness((witness("end", M="1", N="-1"),))),
)

CLAIM = Claim(
    id="gnn_convergence.skip_accelerates",
    title="Skip connections accelerate the start of training, from zero heads or on average",
    statement=STATEMENT,
    source=Source("K. Xu, M. Zhang, S. Jegelka, K. Kawaguchi", 2021,
                  "Optimization of Graph Neural Networks: Implicit Acceleration by Skip Connections and More Depth",
                  "reconstructed", arxiv="2105.04550",
                  note="The theorem on implicit acceleration, recalled in spirit; two exact forms, and a point where"
                  " the comparison fails."),
    summary="At zero heads the network with skips falls faster by sum_{l<H} ||V G_l' P_l'||^2; with independent heads"
            " of mean zero and V held fixed the lower heads only add to the mean of every squared norm.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", H="0", r="2", n="2", m="l -> 2", P="l -> I(2)", G="l -> I(2)", V="I(2)",
                              W="l -> 0*I(2)", B="l -> I(2)", A="l -> 0*I(2)"),)),
    controls=CONTROLS,
    comparison=(
        Comparison("zero heads", "-dL/dt with skips >= without, equality iff P_l G_l Y' = 0 for l < H",
                   "parts 1 to 3, with V in place of -2 Y", "the decrease is gnn_convergence.dynamics_identity"),
        Comparison("random heads", "independent, mean zero; E of all cross terms vanishes", "part 4: two groups, the"
                   " top head and the others, finite laws u and v", "the term of one head or layer; sum over them"),
        Comparison("V held fixed", "V = 2 (f - Y) depends on the heads: O(E ||W||^2)", "V does not appear in part 4",
                   "the correction is not bounded here"),
        Comparison("pointwise", "false: 48 against 76", "a control", ""),
    ),
    tightness="Identities; equal when the lower scales do not see the residual.",
    experiments=("gnn_convergence.skip_depth_labels", "gnn_convergence.acceleration_limits"),
    kills=KILLS,
    attacked=ATTACKED,
)
