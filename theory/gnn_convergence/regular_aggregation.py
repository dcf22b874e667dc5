"""Paths and cycles of every other length have a regular A + I, and the kernels found are the whole kernels.

With g(0) = g(n+1) = 0 for a path, g(0) = x_n and g(n+1) = x_1 for a cycle, (A + I) x = 0 reads
g(i-1) + g(i) + g(i+1) = 0 for i = 1, ..., n. So g has period three up to its end, where a length that does not fit
leaves zero only; g(0) and g(1) determine x.
"""

from __future__ import annotations

from theory.gnn_convergence.spectra import CORNERS, LINE
from theory.language import Claim, Comparison, Control, Kill, Lemma, Source, Survivor, Witness, statement
from theory.language.derivation import Step, apply, combine, induct, intro, obtain, witness

_P, _C = f"build(i<=n, j<=n: {LINE})", f"build(i<=n, j<=n: {LINE} + {CORNERS})"
_ON, _ROUND = f"{_P}*x = 0*({_P}*x)", f"{_C}*x = 0*({_C}*x)"

_PATH_LINE = f"(all | {_ON}, x[1,1] = 0 => x = 0*x)"
_PATH_0 = f"(all m:int | 0 <= m, n = 3*m, {_ON} => x = 0*x)"
_PATH_1 = f"(all m:int | 0 <= m, n = 3*m + 1, {_ON} => x = 0*x)"
_CYCLE_PLANE = f"(all | {_ROUND}, x[1,1] = 0, x[n,1] = 0 => x = 0*x)"
_CYCLE_1 = f"(all m:int | 0 <= m, n = 3*m + 1, {_ROUND} => x = 0*x)"
_CYCLE_2 = f"(all m:int | 0 <= m, n = 3*m + 2, {_ROUND} => x = 0*x)"

STATEMENT = statement(
    "all n:int, x:mat(n,1) | H1: 1 <= n"
    f" => some | {_PATH_LINE}, {_PATH_0}, {_PATH_1}, {_CYCLE_PLANE}, {_CYCLE_1}, {_CYCLE_2}")
"""The path joins i and i + 1, the cycle 1 and n as well; the matrices are A + I."""

_THREE = "(all i:int | 1 <= i, i <= n => g(i-1) + g(i) + g(i+1) = 0)"
_SAME = "(all j:int | 1 <= j, j <= n => g(j) = x[j,1])"
_PERIOD = "(all m:int | 0 <= m, 3*m <= n => some | g(3*m) = g(0), g(3*m+1) = g(1))"
_STILL = "(all i:int | g(0) = 0, g(1) = 0, 0 <= i, i <= n => some | g(i) = 0, g(i+1) = 0)"

SUMS = Lemma(
    "gnn_convergence.zero_sums_of_three", "A finite sequence whose sums of three vanish has period three",
    statement(f"all g:int->real, n:int | h: {_THREE} => some | {_PERIOD}, {_STILL}"),
    (
        induct("J", "all k:int | 0 <= k => (all | 3*k <= n => some | g(3*k) = g(0), g(3*k+1) = g(1))", "hk ih",
               [intro("z", None, "b", witness("y"))],
               [intro("z", None, "b", combine("b0", "3*k <= n", "b"), apply("now", "ih"),
                      combine("i1", "1 <= 3*k + 1", "hk"), combine("i2", "1 <= 3*k + 2", "hk"),
                      combine("i3", "1 <= 3*k + 3", "hk"), combine("e1", "3*k + 1 <= n", "b"),
                      combine("e2", "3*k + 2 <= n", "b"), combine("e3", "3*k + 3 <= n", "b"),
                      apply("r1", "h", i="3*k + 1"), apply("r2", "h", i="3*k + 2"), apply("r3", "h", i="3*k + 3"),
                      obtain("y", "now", "x0 x1", combine("y0", "g(3*k+3) = g(0)", "r1 r2 x0"),
                             combine("y1", "g(3*k+4) = g(1)", "r2 r3 x1"), witness("x")))]),
        intro("period", _PERIOD[1:-1], "m0 m1", apply("a", "J", k="m"), apply("z", "a")),
        induct("K", "all k:int | 0 <= k => (all | g(0) = 0, g(1) = 0, k <= n => some | g(k) = 0, g(k+1) = 0)", "hk ih",
               [intro("z", None, "a b c", witness("y"))],
               [intro("z", None, "a b c", combine("c0", "k <= n", "c"), apply("now", "ih"),
                      combine("k1", "1 <= k + 1", "hk"), apply("r", "h", i="k + 1"),
                      obtain("y", "now", "x0 x1", combine("x2", "g(k+2) = 0", "r x0 x1"), witness("x")))]),
        intro("still", _STILL[1:-1], "a b i0 i1", apply("c", "K", k="i"), apply("z", "c")),
        witness("end"),
    ),
)

_G = "j -> ite(j, 0, s, ite(j, n, x[j,1], e))"

ENDS = Lemma(
    "gnn_convergence.with_ends", "A column as a sequence with a value before and a value after it",
    statement(f"all n:int, x:mat(n,1), s e:real | h1: 1 <= n => some g:int->real | g(0) = s, g(n+1) = e, {_SAME}"),
    (
        apply("a", "ax.ite_then", a="0", b="0", x="s", y="ite(0, n, x[0,1], e)"),
        combine("p", "0 < n + 1", "h1"), combine("q", "n < n + 1"),
        apply("b", "ax.ite_else", a="n + 1", b="0", x="s", y="ite(n + 1, n, x[n+1,1], e)"),
        apply("c", "ax.ite_else", a="n + 1", b="n", x="x[n+1,1]", y="e"),
        combine("d", "ite(n + 1, 0, s, ite(n + 1, n, x[n+1,1], e)) = e", "b c"),
        intro("same", "all j:int | 1 <= j, j <= n => ite(j, 0, s, ite(j, n, x[j,1], e)) = x[j,1]", "j1 j2",
              combine("j0", "0 < j", "j1"),
              apply("j3", "ax.ite_else", a="j", b="0", x="s", y="ite(j, n, x[j,1], e)"),
              apply("j4", "ax.ite_then", a="j", b="n", x="x[j,1]", y="e"), combine("z", facts="j3 j4")),
        witness("end", g=_G),
    ),
)


def _row(matrix: str, entry: str) -> tuple[Step, ...]:
    """Row i of the product with x vanishes: a sum over the entries of the row."""
    return (
        apply("z0", "ax.at_cong", r="n", c="1", p="i", v="1", A=f"{matrix}*x", B=f"0*({matrix}*x)"),
        apply("zs", "ax.at_scale", r="n", c="1", p="i", v="1", s="0", A=f"{matrix}*x"),
        apply("mu", "ax.at_mul", r="n", k="n", c="1", p="i", v="1", A=matrix, B="x"),
        intro("en", f"all j:int | 1 <= j, j <= n => {matrix}[i,j]*x[j,1] = ({entry})*x[j,1]", "j1 j2",
              apply("a", "ax.at_build", f=f"i, j -> {entry}", r="n", c="n", p="i", v="j"),
              combine("y", facts="a", rounds=4)),
        combine("n0", "0 <= n", "i1 i2"),
        apply("sc", "textbook.sum_cong", f=f"j -> {matrix}[i,j]*x[j,1]", g=f"j -> ({entry})*x[j,1]", a="1", b="n"),
        apply("gi", "same", j="i"),
    )




PATH_ROW = Lemma(
    "gnn_convergence.path_row", "A kernel vector of a path with self-loops has vanishing sums of three",
    statement(f"all n i:int, x:mat(n,1), g:int->real | h: {_ON}, same: {_SAME}, g0: g(0) = 0, ge: g(n+1) = 0,"
              " i1: 1 <= i, i2: i <= n => g(i-1) + g(i) + g(i+1) = 0"),
    (
        *_row(_P, LINE),
        intro("hl", "all | 1 < i => g(i-1) = x[i-1,1]", "lt", apply("st", "ax.int_step", m="1", n="i"),
              combine("p", "1 <= i - 1", "st"), combine("q", "i - 1 <= n", "i2"), apply("z", "same", j="i - 1")),
        intro("h1", "all | i <= 1 => g(i-1) = 0", "le", apply("a", "ax.antisym", "i = 1", x="i", y="1"),
              apply("b", "ax.cong_int", f="j -> g(j-1)", x="i", y="1"), combine("z", facts="b g0")),
        intro("hr", "all | i < n => g(i+1) = x[i+1,1]", "lt", apply("st", "ax.int_step", m="i", n="n"),
              combine("p", "1 <= i + 1", "i1"), apply("z", "same", j="i + 1")),
        intro("hn", "all | n <= i => g(i+1) = 0", "le", apply("a", "ax.antisym", "i = n", x="i", y="n"),
              apply("b", "ax.cong_int", f="j -> g(j+1)", x="i", y="n"), combine("z", facts="b ge")),
        apply("lr", "gnn_convergence.line_row", f="j -> x[j,1]", n="n", i="i", l="g(i-1)", r="g(i+1)"),
        combine("end", facts="lr sc mu zs z0 gi", rounds=6),
    ),
)

_LL, _RR = "g(i-1) - I(n)[i,1]*x[n,1]", "g(i+1) - I(n)[i,n]*x[1,1]"

CYCLE_ROW = Lemma(
    "gnn_convergence.cycle_row", "A kernel vector of a cycle with self-loops has vanishing sums of three",
    statement(f"all n i:int, x:mat(n,1), g:int->real | h: {_ROUND}, same: {_SAME}, g0: g(0) = x[n,1],"
              " ge: g(n+1) = x[1,1], i1: 1 <= i, i2: i <= n => g(i-1) + g(i) + g(i+1) = 0"),
    (
        *_row(_C, f"{LINE} + {CORNERS}"), combine("nn", "1 <= n", "i1 i2"),
        intro("hl", f"all | 1 < i => {_LL} = x[i-1,1]", "lt", apply("st", "ax.int_step", m="1", n="i"),
              combine("p", "1 <= i - 1", "st"), combine("q", "i - 1 <= n", "i2"), apply("s", "same", j="i - 1"),
              apply("a", "ax.lt_ne", "i != 1", x="1", y="i"), apply("b", "ax.at_off_diagonal", n="n", p="i", v="1"),
              combine("z", facts="s b")),
        intro("h1", f"all | i <= 1 => {_LL} = 0", "le", apply("a", "ax.antisym", "i = 1", x="i", y="1"),
              apply("b", "ax.cong_int", f="j -> g(j-1)", x="i", y="1"),
              apply("c", "ax.cong_int", f="j -> I(n)[j,1]", x="i", y="1"), apply("d", "ax.at_diagonal", n="n", p="1"),
              combine("z", facts="b c d g0", rounds=5)),
        intro("hr", f"all | i < n => {_RR} = x[i+1,1]", "lt", apply("st", "ax.int_step", m="i", n="n"),
              combine("p", "1 <= i + 1", "i1"), apply("s", "same", j="i + 1"), apply("a", "ax.lt_ne", x="i", y="n"),
              apply("b", "ax.at_off_diagonal", n="n", p="i", v="n"), combine("z", facts="s b")),
        intro("hn", f"all | n <= i => {_RR} = 0", "le", apply("a", "ax.antisym", "i = n", x="i", y="n"),
              apply("b", "ax.cong_int", f="j -> g(j+1)", x="i", y="n"),
              apply("c", "ax.cong_int", f="j -> I(n)[j,n]", x="i", y="n"), apply("d", "ax.at_diagonal", n="n", p="n"),
              combine("z", facts="b c d ge", rounds=5)),
        apply("lr", "gnn_convergence.line_row", f="j -> x[j,1]", n="n", i="i", l=_LL, r=_RR),
        apply("s1", "textbook.sum_add", f=f"j -> ({LINE})*x[j,1]",
              g="j -> I(n)[i,1]*(I(n)[n,j]*x[j,1]) + I(n)[i,n]*(I(n)[1,j]*x[j,1])", a="1", b="n"),
        apply("s2", "textbook.sum_add", f="j -> I(n)[i,1]*(I(n)[n,j]*x[j,1])",
              g="j -> I(n)[i,n]*(I(n)[1,j]*x[j,1])", a="1", b="n"),
        *(step for q, s, d, t, corner, end in (("q1", "s3", "d1", "t1", "I(n)[i,1]", "n"),
                                               ("q2", "s4", "d2", "t2", "I(n)[i,n]", "1"))
          for step in (
              intro(q, f"all j:int | 1 <= j, j <= n => {corner}*(I(n)[{end},j]*x[j,1])"
                    f" = {corner}*(I(n)[{end},j]*x[j,1])", "j1 j2", combine("y")),
              apply(s, "textbook.sum_scale", f=f"j -> {corner}*(I(n)[{end},j]*x[j,1])",
                    g=f"j -> I(n)[{end},j]*x[j,1]", c=corner, a="1", b="n"),
              apply(d, "textbook.sum_delta_row", f="j -> x[j,1]", n="n", m=end),
              combine(t, f"{corner}*sum(j=1..n: I(n)[{end},j]*x[j,1]) = {corner}*x[{end},1]", d))),
        combine("end", facts="lr s1 s2 s3 s4 t1 t2 sc mu zs z0 gi", rounds=6),
    ),
)


def _kernel(name: str, goal: str, ids: str, row: str, ends: tuple[str, str], *starts: Step) -> Step:
    """x = 0, once `starts` prove `both`: g(0) = 0 and g(1) = 0, from `rec`, `per`, and the first and last values."""
    return intro(
        name, goal[1:-1], ids, apply("ex", "gnn_convergence.with_ends", n="n", x="x", s=ends[0], e=ends[1]),
        obtain("z", "ex", "g0 ge same",
               intro("rec", _THREE[1:-1], "i1 i2",
                     apply("z", f"gnn_convergence.{row}", n="n", i="i", x="x", g="j -> g(j)")),
               apply("pr", "gnn_convergence.zero_sums_of_three", g="j -> g(j)", n="n"),
               obtain("y", "pr", "per st", *starts,
                      obtain("x", "both", "zero one",
                             intro("all0", "all i:int | 1 <= i, i <= n => x[i,1] = (0*x)[i,1]", "i1 i2",
                                   combine("i0", "0 <= i", "i1"), apply("a", "st", i="i"), apply("b", "same", j="i"),
                                   apply("c", "ax.at_scale", r="n", c="1", p="i", v="1", s="0", A="x"),
                                   obtain("z", "a", "v0 v1", combine("v2", facts="v0 b c"))),
                             apply("w", "textbook.column_ext", n="n", x="x", y="0*x")))))


def _at_length(offset: int, *steps: Step) -> tuple[Step, ...]:
    """The values at 3 m, 3 m + 1 and, for offset 1 and 2, beyond: facts p0, p1, r1, r2; steps prove zero and one."""
    out = [combine("mb", "3*m <= n", "nm"), apply("pm", "per", m="m")]
    inner = [apply("ee", "ax.cong_int", f="j -> g(j)", x="n + 1", y=f"3*m + {offset + 1}")]
    for k in range(1, offset + 1):
        inner += [combine(f"a{k}", f"1 <= 3*m + {k}", "m0"), combine(f"b{k}", f"3*m + {k} <= n", "nm"),
                  apply(f"r{k}", "rec", i=f"3*m + {k}")]
    return (*out, obtain("both", "pm", "p0 p1", *inner, *steps, witness("w"), goal="some | g(0) = 0, g(1) = 0"))


_FIRST, _LAST = apply("f1", "same", j="1"), apply("fn", "same", j="n")
_BOTH = witness("both", "some | g(0) = 0, g(1) = 0")
_DERIVATION = (
    _kernel("line", _PATH_LINE, "h x1", "path_row", ("0", "0"), _FIRST, combine("o", "g(1) = 0", "f1 x1"), _BOTH),
    _kernel("path0", _PATH_0, "m0 nm h", "path_row", ("0", "0"),
            *_at_length(0, combine("o", "g(1) = 0", "p1 ee ge", rounds=5))),
    _kernel("path1", _PATH_1, "m0 nm h", "path_row", ("0", "0"),
            *_at_length(1, combine("o", "g(1) = 0", "p0 p1 ee ge r1 g0", rounds=5))),
    _kernel("plane", _CYCLE_PLANE, "h x1 xn", "cycle_row", ("x[n,1]", "x[1,1]"),
            _FIRST, combine("u", "g(0) = 0", "g0 xn"), combine("o", "g(1) = 0", "f1 x1"), _BOTH),
    _kernel("cycle1", _CYCLE_1, "m0 nm h", "cycle_row", ("x[n,1]", "x[1,1]"),
            _FIRST, _LAST,
            *_at_length(1, apply("en", "ax.cong_int", f="j -> g(j)", x="n", y="3*m + 1"),
                        combine("q", "g(0) = g(1)", "p1 en fn g0", rounds=5),
                        combine("r", "g(1) + g(0) + g(1) = 0", "p0 p1 r1 ee ge f1", rounds=5),
                        combine("u", "g(0) = 0", "q r"), combine("o", "g(1) = 0", "q r"))),
    _kernel("cycle2", _CYCLE_2, "m0 nm h", "cycle_row", ("x[n,1]", "x[1,1]"),
            _FIRST, _LAST,
            *_at_length(2, apply("en", "ax.cong_int", f="j -> g(j)", x="n", y="3*m + 2"),
                        combine("q", "g(0) + g(1) + g(0) = 0", "p0 p1 r1 en fn g0", rounds=5),
                        combine("r", "g(1) + g(0) + g(1) = 0", "p1 r2 en ee ge f1 fn g0", rounds=5),
                        combine("u", "g(0) = 0", "q r"), combine("o", "g(1) = 0", "q r"))),
    witness("end"),
)

INSTANCE = Witness((witness("end", n="1", x="[[1]]"),))

ATTACKED = statement(
    "all a b c d:real | H1: a + b = 0, H2: a + b + c = 0, H3: b + c + d = 0, H4: c + d = 0 => a^2 + b^2 + c^2 <= 0")
"""The kernel of the path of four nodes, three of whose values are then zero; H1-H4 its rows."""


def _at(**values: str) -> Witness:
    return Witness((witness("end", **{**dict.fromkeys("abcd", "0"), **values}),))


KILLS = (
    Kill("zero", _at()), Kill("first row free", _at(a="1", b="0", c="-1", d="1")),
    Kill("second row free", _at(a="1", b="-1")), Kill("third row free", _at(c="0", d="0", a="1", b="-1")),
)

SURVIVORS = (
    Survivor(tuple(f"shift conclusion, power 2{end}" for end in ("", " (2)", " (3)")),
             "true: H1 to H4 force a = b = c = 0, and every power of 0 is 0"),
)

CONTROLS = (
    Control("path_of_five", "a length that fits, n = 2 mod 3: the path of five nodes has the kernel vector"
            " (1, -1, 0, 1, -1)",
            statement("all a b c d e:real | a + b = 0, a + b + c = 0, b + c + d = 0, c + d + e = 0, d + e = 0"
                      " => a^2 <= 0"),
            Witness((witness("end", a="1", b="-1", c="0", d="1", e="-1"),))),
    Control("one_value_on_a_cycle", "one value determines a kernel vector of a cycle, as on a path: (0, 1, -1)",
            statement("all a b c:real | a + b + c = 0, a = 0 => b^2 <= 0"),
            Witness((witness("end", a="0", b="1", c="-1"),))),
    Control("without_loops", "the same lengths without self-loops: the path of three nodes has the kernel vector"
            " (1, 0, -1) of A",
            statement("all a b c:real | b = 0, a + c = 0 => a^2 <= 0"),
            Witness((witness("end", a="1", b="0", c="-1"),))),
)

CLAIM = Claim(
    id="gnn_convergence.regular_aggregation",
    title="A + I is singular on no other path or cycle, and its kernels are a line and a plane",
    statement=STATEMENT,
    source=Source("this library", 2025, "Spectra of paths and cycles with self-loops", "new",
                  note="The eigenvalues 1 + 2 cos are classical; proved by the recursion of the kernel."),
    summary="(A + I) x = 0 forces x = 0 on paths with n = 0, 1 mod 3 and on cycles with n = 1, 2 mod 3; on every path"
            " x_1 = 0 forces it, on every cycle x_1 = x_n = 0.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("paths", "singular iff n = 2 mod 3", "parts 2, 3: only if; part 1: corank at most one",
                   "with gnn_convergence.spectra, which gives a kernel vector, as stated: corank 1"),
        Comparison("cycles", "rank n - 2 for 3 | n, else n", "parts 5, 6: only if; part 4: corank at most two",
                   "with gnn_convergence.spectra as stated: corank 2"),
        Comparison("small sizes", "n >= 3 for cycles", "n >= 1", "the formula of the matrix gives 3 for n = 1 and"
                   " ((1, 2), (2, 1)) for n = 2; the statement holds there too"),
    ),
    tightness="The lengths left out are singular, and the two kernels have these dimensions (gnn_convergence.spectra).",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)

LEMMAS = (SUMS, ENDS, PATH_ROW, CYCLE_ROW)
