"""When A + I is singular, on paths and cycles of every length, and the top eigenpair of the normalised aggregation.

(A + I) x = 0 says that -1 is an eigenvalue of A. A sequence with f(i) + f(i+1) + f(i+2) = 0 has period three; it solves
the equations of a path of n = 3 m + 2 nodes when f(0) = 0, and those of a cycle of n = 3 m nodes always: a space of
dimension two. D^(-1/2) (A + I) D^(-1/2) has the eigenvector D^(1/2) 1 with eigenvalue 1, and none above.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Lemma, Source, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, define, induct, intro, obtain, witness

LINE = "I(n)[i,j] + I(n)[i-1,j] + I(n)[i+1,j]"
CORNERS = "I(n)[i,1]*I(n)[n,j] + I(n)[i,n]*I(n)[1,j]"
_VECTOR = "build(i<=n, j<=1: f(i))"
_P, _C = f"build(i<=n, j<=n: {LINE})", f"build(i<=n, j<=n: {LINE} + {CORNERS})"

_MINUS = "(all k d:int, A:mat(k,k), x:mat(k,d) => some | (all | (A + I(k))*x = 0*x => A*x = -1*x),"\
         " (all | A*x = -1*x => (A + I(k))*x = 0*x))"
_PERIOD = "(all m:int | 0 <= m => some | f(3*m) = f(0), f(3*m+1) = f(1), f(3*m+2) = -f(0) - f(1))"
_ON_PATH = f"(all n m:int | 0 <= m, n = 3*m + 2, f(0) = 0 => {_P}*{_VECTOR} = 0*({_P}*{_VECTOR}))"
_ON_CYCLE = f"(all n m:int | 1 <= m, n = 3*m => {_C}*{_VECTOR} = 0*({_C}*{_VECTOR}))"
_FORM = "sum(i=1..k: sum(j=1..k: a(i,j)*{0}))"
_TOP = ("(all k d:int, N R Q:mat(k,k), x:mat(k,d) | R*Q = I(k), Q*Q*x = N*x => R*N*R*(Q*x) = Q*x)")
_BELOW = ("(all k:int, a:(i:int,j:int)->real, y:int->real | 0 <= k,"
          " (all i j:int | 1 <= i, i <= k, 1 <= j, j <= k => 0 <= a(i,j)), (all i j:int => a(i,j) = a(j,i))"
          f" => {_FORM.format('(y(i)*y(j))')} <= {_FORM.format('y(i)^2')})")

STATEMENT = statement(
    "all f:int->real | H1: (all i:int | 0 <= i => f(i+2) = -f(i) - f(i+1))"
    f" => some | {_PERIOD}, {_ON_PATH}, {_ON_CYCLE}, {_MINUS}, {_TOP}, {_BELOW}")
"""The path joins i and i + 1, the cycle 1 and n as well; N = A + I, Q = D^(1/2), x = 1, R the inverse of Q."""

_OUT = "sum(j=1..n: I(n)[p,j]*f(j))"

OUTSIDE = Lemma(
    "gnn_convergence.row_outside", "A row of the identity beyond its ends picks nothing",
    statement("all f:int->real, n p:int | n0: 0 <= n, h: (all j:int | 1 <= j, j <= n => p != j)"
              f" => {_OUT} = 0"),
    (
        intro("z0", "all j:int | 1 <= j, j <= n => I(n)[p,j]*f(j) = 0*f(j)", "j1 j2", apply("a", "h", j="j"),
              apply("b", "ax.at_off_diagonal", n="n", p="p", v="j"), combine("z", facts="b")),
        apply("s", "textbook.sum_scale", f="j -> I(n)[p,j]*f(j)", g="j -> f(j)", c="0", a="1", b="n"),
        combine("end", facts="s"),
    ),
)


def _delta(shift: str, name: str) -> str:
    return f"sum(j=1..n: I(n)[i{shift},j]*f(j)) = {name}"


LINE_ROW = Lemma(
    "gnn_convergence.line_row", "A row of a path with self-loops adds a node and its neighbours",
    statement("all f:int->real, n i:int, l r:real | i1: 1 <= i, i2: i <= n, hl: (all | 1 < i => l = f(i-1)),"
              " h1: (all | i <= 1 => l = 0), hr: (all | i < n => r = f(i+1)), hn: (all | n <= i => r = 0)"
              f" => sum(j=1..n: ({LINE})*f(j)) = f(i) + l + r"),
    (
        combine("n0", "0 <= n", "i1 i2"),
        apply("a", "textbook.sum_add", f="j -> I(n)[i,j]*f(j)", g="j -> I(n)[i-1,j]*f(j) + I(n)[i+1,j]*f(j)", a="1",
              b="n"),
        apply("b", "textbook.sum_add", f="j -> I(n)[i-1,j]*f(j)", g="j -> I(n)[i+1,j]*f(j)", a="1", b="n"),
        apply("m", "textbook.sum_delta_row", f="j -> f(j)", n="n", m="i"),
        apply("o1", "ax.total", x="i", y="1"),
        cases("left", "o1", "e",
              [apply("x", "h1"),
               intro("ne", "all j:int | 1 <= j, j <= n => i - 1 != j", "j1 j2", combine("lt", "i - 1 < j", "e j1"),
                     apply("z", "ax.lt_ne", x="i - 1", y="j")),
               apply("y", "gnn_convergence.row_outside", f="j -> f(j)", n="n", p="i - 1"), combine("z", facts="x y")],
              [apply("x", "hl"), apply("st", "ax.int_step", m="1", n="i"), combine("s1", "1 <= i - 1", "st"),
               combine("s2", "i - 1 <= n", "i2"),
               apply("y", "textbook.sum_delta_row", f="j -> f(j)", n="n", m="i - 1"), combine("z", facts="x y")],
              goal=_delta("-1", "l")),
        apply("o2", "ax.total", x="n", y="i"),
        cases("right", "o2", "e",
              [apply("x", "hn"),
               intro("ne", "all j:int | 1 <= j, j <= n => i + 1 != j", "j1 j2", combine("lt", "j < i + 1", "e j2"),
                     apply("z", "ax.lt_ne", "i + 1 != j", x="j", y="i + 1")),
               apply("y", "gnn_convergence.row_outside", f="j -> f(j)", n="n", p="i + 1"), combine("z", facts="x y")],
              [apply("x", "hr"), apply("st", "ax.int_step", m="i", n="n"), combine("s1", "1 <= i + 1", "i1"),
               apply("y", "textbook.sum_delta_row", f="j -> f(j)", n="n", m="i + 1"), combine("z", facts="x y")],
              goal=_delta("+1", "r")),
        combine("end", facts="a b m left right", rounds=6),
    ),
)

_PERIOD_STEP = (
    induct("J", f"all m:int | 0 <= m => {_PERIOD[_PERIOD.index('some'):-1]}", "hm ih",
           [apply("a", "H1", i="0"), witness("z")],
           [apply("a", "H1", i="3*m+1"), apply("b", "H1", i="3*m+2"), apply("c", "H1", i="3*m+3"),
            obtain("z", "ih", "x0 x1 x2", combine("y0", "f(3*m+3) = f(0)", "a x1 x2"),
                   combine("y1", "f(3*m+4) = f(1)", "b x2 y0"), combine("y2", "f(3*m+5) = -f(0) - f(1)", "c y0 y1"),
                   witness("y"))]),
    intro("period", _PERIOD[1:-1], "m0", apply("z", "J", m="m")),
)


def _row(matrix: str, entry: str, middle: tuple[Step, ...], facts: str) -> Step:
    """Each entry of the product with the vector is 0; `middle` proves `sum` for the entries of a row."""
    return intro(
        "entry", f"all i:int | 1 <= i, i <= n => ({matrix}*{_VECTOR})[i,1] = (0*({matrix}*{_VECTOR}))[i,1]", "i1 i2",
        apply("mu", "ax.at_mul", r="n", k="n", c="1", p="i", v="1", A=matrix, B=_VECTOR),
        intro("e", f"all j:int | 1 <= j, j <= n => {matrix}[i,j]*{_VECTOR}[j,1] = ({entry})*f(j)", "j1 j2",
              apply("a", "ax.at_build", f=f"i, j -> {entry}", r="n", c="n", p="i", v="j"),
              apply("b", "ax.at_build", f="i, j -> f(i)", r="n", c="1", p="j", v="1"),
              combine("y", facts="a b", rounds=4)),
        combine("n0", "0 <= n", "i1 i2"),
        apply("sc", "textbook.sum_cong", f=f"j -> {matrix}[i,j]*{_VECTOR}[j,1]", g=f"j -> ({entry})*f(j)", a="1",
              b="n"),
        combine("i0", "0 <= i - 1", "i1"), apply("rec", "H1", i="i - 1"), *middle,
        apply("z0", "ax.at_scale", r="n", c="1", p="i", v="1", s="0", A=f"{matrix}*{_VECTOR}"),
        combine("z", facts=f"mu sc z0 rec {facts}", rounds=6))


_PATH_STEPS = intro(
    "path", _ON_PATH[1:-1], "m0 nm f0", apply("pe", "J", m="m + 1"),
    obtain("z", "pe", "x0 x1 x2", apply("fn", "ax.cong_int", f="j -> f(j)", x="n + 1", y="3*(m + 1)"),
           combine("end0", "f(n + 1) = 0", "fn x0 f0", rounds=4),
           _row(_P, LINE, (
               intro("hl", "all | 1 < i => f(i-1) = f(i-1)", "lt", combine("z")),
               intro("h1", "all | i <= 1 => f(i-1) = 0", "le", apply("a", "ax.antisym", "i = 1", x="i", y="1"),
                     apply("b", "ax.cong_int", f="j -> f(j-1)", x="i", y="1"), combine("z", facts="b f0")),
               intro("hr", "all | i < n => f(i+1) = f(i+1)", "lt", combine("z")),
               intro("hn", "all | n <= i => f(i+1) = 0", "le", apply("a", "ax.antisym", "i = n", x="i", y="n"),
                     apply("b", "ax.cong_int", f="j -> f(j+1)", x="i", y="n"), combine("z", facts="b end0")),
               apply("lr", "gnn_convergence.line_row", f="j -> f(j)", n="n", i="i", l="f(i-1)", r="f(i+1)"),
           ), "lr"),
           apply("y", "textbook.column_ext", n="n", x=f"{_P}*{_VECTOR}", y=f"0*({_P}*{_VECTOR})")),
)

_LL, _RR = "f(i-1) - I(n)[i,1]*f(n)", "f(i+1) - I(n)[i,n]*f(1)"
_CYCLE_STEPS = intro(
    "cycle", _ON_CYCLE[1:-1], "m1 nm", combine("m0", "0 <= m", "m1"), apply("pe", "J", m="m"),
    combine("nn", "1 <= n", "m1 nm"),
    obtain("z", "pe", "x0 x1 x2", apply("fn", "ax.cong_int", f="j -> f(j)", x="n", y="3*m"),
           apply("fm", "ax.cong_int", f="j -> f(j)", x="n + 1", y="3*m + 1"),
           _row(_C, f"{LINE} + {CORNERS}", (
               intro("hl", f"all | 1 < i => {_LL} = f(i-1)", "lt", apply("a", "ax.lt_ne", "i != 1", x="1", y="i"),
                     apply("b", "ax.at_off_diagonal", n="n", p="i", v="1"), combine("z", facts="b")),
               intro("h1", f"all | i <= 1 => {_LL} = 0", "le", apply("a", "ax.antisym", "i = 1", x="i", y="1"),
                     apply("b", "ax.cong_int", f="j -> f(j-1)", x="i", y="1"),
                     apply("c", "ax.cong_int", f="j -> I(n)[j,1]", x="i", y="1"),
                     apply("d", "ax.at_diagonal", n="n", p="1"), combine("z", facts="b c d fn x0", rounds=5)),
               intro("hr", f"all | i < n => {_RR} = f(i+1)", "lt", apply("a", "ax.lt_ne", x="i", y="n"),
                     apply("b", "ax.at_off_diagonal", n="n", p="i", v="n"), combine("z", facts="b")),
               intro("hn", f"all | n <= i => {_RR} = 0", "le", apply("a", "ax.antisym", "i = n", x="i", y="n"),
                     apply("b", "ax.cong_int", f="j -> f(j+1)", x="i", y="n"),
                     apply("c", "ax.cong_int", f="j -> I(n)[j,n]", x="i", y="n"),
                     apply("d", "ax.at_diagonal", n="n", p="n"), combine("z", facts="b c d fm x1", rounds=5)),
               apply("lr", "gnn_convergence.line_row", f="j -> f(j)", n="n", i="i", l=_LL, r=_RR),
               apply("s1", "textbook.sum_add", f=f"j -> ({LINE})*f(j)",
                     g="j -> I(n)[i,1]*(I(n)[n,j]*f(j)) + I(n)[i,n]*(I(n)[1,j]*f(j))", a="1", b="n"),
               apply("s2", "textbook.sum_add", f="j -> I(n)[i,1]*(I(n)[n,j]*f(j))",
                     g="j -> I(n)[i,n]*(I(n)[1,j]*f(j))", a="1", b="n"),
               intro("q1", "all j:int | 1 <= j, j <= n => I(n)[i,1]*(I(n)[n,j]*f(j)) = I(n)[i,1]*(I(n)[n,j]*f(j))",
                     "j1 j2", combine("y")),
               apply("s3", "textbook.sum_scale", f="j -> I(n)[i,1]*(I(n)[n,j]*f(j))", g="j -> I(n)[n,j]*f(j)",
                     c="I(n)[i,1]", a="1", b="n"),
               intro("q2", "all j:int | 1 <= j, j <= n => I(n)[i,n]*(I(n)[1,j]*f(j)) = I(n)[i,n]*(I(n)[1,j]*f(j))",
                     "j1 j2", combine("y")),
               apply("s4", "textbook.sum_scale", f="j -> I(n)[i,n]*(I(n)[1,j]*f(j))", g="j -> I(n)[1,j]*f(j)",
                     c="I(n)[i,n]", a="1", b="n"),
               apply("d1", "textbook.sum_delta_row", f="j -> f(j)", n="n", m="n"),
               apply("d2", "textbook.sum_delta_row", f="j -> f(j)", n="n", m="1"),
               combine("t1", "I(n)[i,1]*sum(j=1..n: I(n)[n,j]*f(j)) = I(n)[i,1]*f(n)", "d1"),
               combine("t2", "I(n)[i,n]*sum(j=1..n: I(n)[1,j]*f(j)) = I(n)[i,n]*f(1)", "d2"),
           ), "lr s1 s2 s3 s4 t1 t2"),
           apply("y", "textbook.column_ext", n="n", x=f"{_C}*{_VECTOR}", y=f"0*({_C}*{_VECTOR})")),
)

_YY, _ONE, _TWO = "a(i,j)*(y(i)*y(j))", "a(i,j)*y(i)^2", "a(i,j)*y(j)^2"
_BELOW_STEPS = intro(
    "below", _BELOW[1:-1], "k0 pos sym", combine("k1", "1 <= k + 1", "k0"),
    intro("row", f"all i:int | 1 <= i, i <= k => sum(j=1..k: {_YY})"
          f" <= 1/2*sum(j=1..k: {_ONE}) + 1/2*sum(j=1..k: {_TWO})", "i1 i2",
          intro("t", f"all j:int | 1 <= j, j <= k => {_YY} <= 1/2*({_ONE} + {_TWO})", "j1 j2",
                apply("p", "pos", i="i", j="j"),
                combine("s", "0 <= (y(i) - y(j))^2", squares=("y(i) - y(j)",)),
                combine("ps", "0 <= a(i,j)*(y(i) - y(j))^2", "p s"), combine("z", facts="ps", degree=1)),
          apply("m", "textbook.sum_mono", f=f"j -> {_YY}", g=f"j -> 1/2*({_ONE} + {_TWO})", a="1", b="k"),
          intro("e", f"all j:int | 1 <= j, j <= k => 1/2*({_ONE} + {_TWO}) = 1/2*({_ONE} + {_TWO})", "j1 j2",
                combine("z")),
          apply("s", "textbook.sum_scale", f=f"j -> 1/2*({_ONE} + {_TWO})", g=f"j -> {_ONE} + {_TWO}", c="1/2", a="1",
                b="k"),
          apply("ad", "textbook.sum_add", f=f"j -> {_ONE}", g=f"j -> {_TWO}", a="1", b="k"),
          combine("z", facts="m s ad", degree=1)),
    apply("mo", "textbook.sum_mono", f=f"i -> sum(j=1..k: {_YY})",
          g=f"i -> 1/2*sum(j=1..k: {_ONE}) + 1/2*sum(j=1..k: {_TWO})", a="1", b="k"),
    apply("ad", "textbook.sum_add", f=f"i -> 1/2*sum(j=1..k: {_ONE})", g=f"i -> 1/2*sum(j=1..k: {_TWO})", a="1", b="k"),
    *(step for name, part in (("h1", _ONE), ("h2", _TWO)) for step in (
        intro(f"{name}e", f"all i:int | 1 <= i, i <= k => 1/2*sum(j=1..k: {part}) = 1/2*sum(j=1..k: {part})", "i1 i2",
              combine("z")),
        apply(name, "textbook.sum_scale", f=f"i -> 1/2*sum(j=1..k: {part})", g=f"i -> sum(j=1..k: {part})", c="1/2",
              a="1", b="k"))),
    apply("ex", "textbook.double_sum", f=f"i, j -> {_TWO}", n="k", k="k"),
    intro("in", "all j:int | 1 <= j, j <= k => sum(i=1..k: a(i,j)*y(j)^2) = sum(i=1..k: a(j,i)*y(j)^2)", "j1 j2",
          intro("e", "all i:int | 1 <= i, i <= k => a(i,j)*y(j)^2 = a(j,i)*y(j)^2", "i1 i2",
                apply("s", "sym", i="i", j="j"), combine("z", facts="s")),
          apply("z", "textbook.sum_cong", f="i -> a(i,j)*y(j)^2", g="i -> a(j,i)*y(j)^2", a="1", b="k")),
    apply("sw", "textbook.sum_cong", f="j -> sum(i=1..k: a(i,j)*y(j)^2)", g="j -> sum(i=1..k: a(j,i)*y(j)^2)", a="1",
          b="k"),
    combine("z", facts="mo ad h1 h2 ex sw", degree=1),
)

_DERIVATION = (
    *_PERIOD_STEP, _PATH_STEPS, _CYCLE_STEPS,
    intro("minus", _MINUS[1:-1], "",
          intro("fro", "all | A*x = -1*x => (A + I(k))*x = 0*x", "h", combine("z", facts="h")), witness("z")),
    intro("top", _TOP[1:-1], "h g", combine("z", facts="h g", rounds=5)),
    _BELOW_STEPS,
    witness("end"),
)

INSTANCE = Witness((define(
    # F(k, 0) = f(k), F(k, 1) = f(k + 1): 0, 1, -1, 0, 1, -1, ...
    "end", "def F(0, c:int) = c then F(k+1) = (1 - c)*F(k,1) + c*(-F(k,0) - F(k,1))", "(k:int,c:int)->real", "f0 f1",
    intro("r", "all i:int | 0 <= i => F(i+2,0) = -F(i,0) - F(i+1,0)", "i0", apply("a", "f1", k="i + 1", c="0"),
          apply("b", "f1", k="i", c="1"), apply("d", "f1", k="i", c="0"), combine("z", facts="a b d", rounds=4)),
    witness("z", f="i -> F(i,0)"),
),))

ATTACKED = statement("all b c y z m:real | H1: 0 <= b, H2: 0 <= c, H3: m = 2*b*y*z => m <= b*y^2 + (b + c)*z^2")
"""The last part for two nodes: b joins them, c is the loop of the second."""


def _at(**values: str) -> Witness:
    return Witness((witness("end", **{**{"b": "1", "c": "0", "y": "1", "z": "1", "m": "2"}, **values}),))


KILLS = (
    Kill("ones", _at()), Kill("twos", _at(y="2", z="2", m="8")), Kill("halves", _at(y="1/2", z="1/2", m="1/2")),
    Kill("negative edge", _at(b="-1", z="-1")), Kill("negative loop", _at(b="0", c="-1", m="0")),
    Kill("form free", _at(m="3")), Kill("no edge", _at(b="0", m="0", z="0")),
)

CONTROLS = (
    Control("cycle_of_four", "A + I singular for every cycle: (1, -1, 0, 1) fails at a node of the cycle of four",
            statement("all a b c d:real | a + b + c = 0, b + c + d = 0 => d + a + b = 0"),
            Witness((witness("end", a="1", b="-1", c="0", d="1"),))),
    Control("path_of_three", "A + I singular for every path: (1, -1, 0) fails at the end of the path of three",
            statement("all a b c:real | a + b = 0, a + b + c = 0 => b + c = 0"),
            Witness((witness("end", a="1", b="-1", c="0"),))),
    Control("top_of_gin", "eigenvalue 1 of the constant vector for A + I as well: it is the degree plus one",
            statement("all x:mat(2,1) => [[1,1],[1,1]]*x = x"), Witness((witness("end", x="[[1],[1]]"),))),
)

CLAIM = Claim(
    id="gnn_convergence.spectra",
    title="Singular aggregations of paths and cycles of every length, and the top eigenpair after normalisation",
    statement=STATEMENT,
    source=Source("this library", 2025, "Ranks of aggregation matrices", "new",
                  note="Spectra of paths and cycles are classical; here the kernels are written down and proved for"
                  " every length, without trigonometric functions."),
    summary="A + I is singular for P_n, n = 2 mod 3, and doubly for C_n with 3 | n, with kernel vectors 1, -1, 0, ...,"
            " and D^(-1/2) (A + I) D^(-1/2) has the eigenvector D^(1/2) 1 with eigenvalue 1, and none above.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("-1 in spec(A)", "A + I singular iff", "part 4: (A + I) x = 0 iff A x = -x, for any columns x", ""),
        Comparison("paths", "n = 2 mod 3", "part 2: the vector f(1), ..., f(n) is in the kernel when f(0) = 0; not zero"
                   " when f(1) is not", "if, for all n; only if is gnn_convergence.regular_aggregation"),
        Comparison("cycles", "rank n - 2 for 3 | n", "part 3, for all f(0), f(1): two dimensions",
                   "corank at least 2; exactly 2, and 0 for other lengths, is gnn_convergence.regular_aggregation"),
        Comparison("GCN pair", "(1, D^(1/2) 1)", "part 5, with N = A + I, Q^2 x = N x for x = 1, R Q = I", "as stated"),
        Comparison("GCN top", "spectrum in (-1, 1]", "part 6: sum a_ij y_i y_j <= sum a_ij y_i^2, with y = D^(-1/2) z"
                   " the form of S at z and ||z||^2", "1 is the largest; that -1 is not attained is"
                   " gnn_convergence.spectral_ends"),
        Comparison("GIN top", ">= average degree + 1", "not stated here", "gnn_convergence.spectral_ends"),
    ),
    tightness="Part 6 is an equality at D^(1/2) 1.",
    kills=KILLS,
    attacked=ATTACKED,
)

LEMMAS = (OUTSIDE, LINE_ROW)
