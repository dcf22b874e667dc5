"""Each class of closed twins takes its size less one from the rank of the aggregation matrix.

For twins u(l), v(l) (equal columns of S) with different u(l), none of which is a v, the differences e_u(l) - e_v(l) are
in the kernel of S and independent: the rows u(1), ..., u(k) of them form the identity. With one node of each class as v
and the others as u, k is the sum of class size - 1.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Survivor, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, compute, finite, intro, witness

_C = "build(i<=n, j<=k: I(n)[i,u(j)] - I(n)[i,v(j)])"
_R = "build(i<=k, j<=n: I(n)[u(i),j])"
_IN = "(all l:int | 1 <= l, l <= k => {0})"

STATEMENT = statement(
    "all n k:int, S:mat(n,n), u v:int->int |"
    f" H1: {_IN.format('1 <= u(l)')}, H2: {_IN.format('u(l) <= n')}, H3: {_IN.format('1 <= v(l)')},"
    f" H4: {_IN.format('v(l) <= n')},"
    " H5: (all i l:int | 1 <= i, i <= n, 1 <= l, l <= k => S[i,u(l)] = S[i,v(l)]),"
    " H6: (all p l:int | 1 <= p, p <= k, 1 <= l, l <= k => u(p) != v(l)),"
    " H7: (all p l:int | 1 <= p, p <= k, 1 <= l, l <= k, p < l => u(p) < u(l))"
    " => some C:mat(n,k), R:mat(k,n) | S*C = 0*(S*C), R*C = I(k)")
"""H5 twins, H6-H7 the nodes u(l), in increasing order, are different from every v."""

_F = "S[p,j]*(I(n)[j,u(l)] - I(n)[j,v(l)])"
_ROW = "I(n)[u(p),j]*(I(n)[j,u(l)] - I(n)[j,v(l)])"

_KERNEL = intro(
    "ker", f"all p l:int | 1 <= p, p <= n, 1 <= l, l <= k => (S*{_C})[p,l] = (0*(S*{_C}))[p,l]", "p1 p2 q1 q2",
    apply("m", "ax.at_mul", r="n", k="n", c="k", p="p", v="l", A="S", B=_C),
    intro("e", f"all j:int | 1 <= j, j <= n => S[p,j]*{_C}[j,l] = S[p,j]*I(n)[j,u(l)] + -1*(S[p,j]*I(n)[j,v(l)])",
          "j1 j2", apply("b", "ax.at_build", f="i, j -> I(n)[i,u(j)] - I(n)[i,v(j)]", r="n", c="k", p="j", v="l"),
          combine("z", facts="b")),
    combine("n0", "1 <= n + 1", "p1 p2"),
    apply("s", "textbook.sum_cong", f=f"j -> S[p,j]*{_C}[j,l]",
          g="j -> S[p,j]*I(n)[j,u(l)] + -1*(S[p,j]*I(n)[j,v(l)])", a="1", b="n"),
    apply("a", "textbook.sum_add", f="j -> S[p,j]*I(n)[j,u(l)]", g="j -> -1*(S[p,j]*I(n)[j,v(l)])", a="1", b="n"),
    intro("o", "all j:int | 1 <= j, j <= n => -1*(S[p,j]*I(n)[j,v(l)]) = -1*(S[p,j]*I(n)[j,v(l)])", "j1 j2",
          combine("z")),
    apply("c1", "textbook.sum_scale", f="j -> -1*(S[p,j]*I(n)[j,v(l)])", g="j -> S[p,j]*I(n)[j,v(l)]", c="-1", a="1",
          b="n"),
    apply("u1", "H1", l="l"), apply("u2", "H2", l="l"), apply("v1", "H3", l="l"), apply("v2", "H4", l="l"),
    apply("du", "textbook.sum_delta", f="j -> S[p,j]", n="n", m="u(l)"),
    apply("dv", "textbook.sum_delta", f="j -> S[p,j]", n="n", m="v(l)"), apply("tw", "H5", i="p", l="l"),
    apply("sc", "ax.at_scale", r="n", c="k", p="p", v="l", s="0", A=f"S*{_C}"),
    combine("z", facts="m s a c1 du dv tw sc", rounds=7),
)

_ENTRY = f"({_R}*{_C})[p,l] = I(k)[p,l]"
_SAME = [apply("eq", "ax.antisym", "p = l", x="p", y="l"), apply("t", "ax.cong_ii", f="j -> u(j)", x="p", y="l"),
         apply("yy", "ax.cong_int", f="j -> I(n)[u(p),j]", x="u(l)", y="u(p)"),
         apply("d", "ax.at_diagonal", n="n", p="u(p)"),
         apply("x", "ax.cong_int", f="j -> I(k)[p,j]", x="l", y="p"), apply("dk", "ax.at_diagonal", n="k", p="p"),
         combine("w", facts="val yy d x dk", rounds=5)]


def _different(a: str, b: str) -> list[Step]:
    """The entry is 0 on both sides if a < b."""
    return [apply("lt", "H7", p=a, l=b), apply("nu", "ax.lt_ne", f"u({a}) != u({b})", x=f"u({a})", y=f"u({b})"),
            apply("nk", "ax.lt_ne", f"{a} != {b}", x=a, y=b),
            apply("d", "ax.at_off_diagonal", n="n", p="u(p)", v="u(l)"),
            apply("dk", "ax.at_off_diagonal", n="k", p="p", v="l"), combine("w", facts="val d dk", rounds=5)]


_INVERSE = intro(
    "inv", f"all p l:int | 1 <= p, p <= k, 1 <= l, l <= k => ({_R}*{_C})[p,l] = I(k)[p,l]", "p1 p2 q1 q2",
    apply("u1", "H1", l="l"), apply("u2", "H2", l="l"), apply("v1", "H3", l="l"), apply("v2", "H4", l="l"),
    apply("w1", "H1", l="p"), apply("w2", "H2", l="p"), combine("n0", "1 <= n + 1", "u1 u2"),
    apply("m", "ax.at_mul", r="k", k="n", c="k", p="p", v="l", A=_R, B=_C),
    intro("e", f"all j:int | 1 <= j, j <= n => {_R}[p,j]*{_C}[j,l]"
          " = I(n)[u(p),j]*I(n)[j,u(l)] + -1*(I(n)[u(p),j]*I(n)[j,v(l)])", "j1 j2",
          apply("b", "ax.at_build", f="i, j -> I(n)[i,u(j)] - I(n)[i,v(j)]", r="n", c="k", p="j", v="l"),
          apply("a", "ax.at_build", f="i, j -> I(n)[u(i),j]", r="k", c="n", p="p", v="j"),
          combine("z", facts="a b", rounds=4)),
    apply("s", "textbook.sum_cong", f=f"j -> {_R}[p,j]*{_C}[j,l]",
          g="j -> I(n)[u(p),j]*I(n)[j,u(l)] + -1*(I(n)[u(p),j]*I(n)[j,v(l)])", a="1", b="n"),
    apply("a", "textbook.sum_add", f="j -> I(n)[u(p),j]*I(n)[j,u(l)]", g="j -> -1*(I(n)[u(p),j]*I(n)[j,v(l)])",
          a="1", b="n"),
    intro("o", "all j:int | 1 <= j, j <= n => -1*(I(n)[u(p),j]*I(n)[j,v(l)]) = -1*(I(n)[u(p),j]*I(n)[j,v(l)])",
          "j1 j2", combine("z")),
    apply("c1", "textbook.sum_scale", f="j -> -1*(I(n)[u(p),j]*I(n)[j,v(l)])", g="j -> I(n)[u(p),j]*I(n)[j,v(l)]",
          c="-1", a="1", b="n"),
    apply("du", "textbook.sum_delta", f="j -> I(n)[u(p),j]", n="n", m="u(l)"),
    apply("dv", "textbook.sum_delta", f="j -> I(n)[u(p),j]", n="n", m="v(l)"),
    apply("ne", "H6", p="p", l="l"), apply("nv", "ax.at_off_diagonal", n="n", p="u(p)", v="v(l)"),
    combine("val", f"({_R}*{_C})[p,l] = I(n)[u(p),u(l)]", "m s a c1 du dv nv", rounds=7),
    apply("or", "ax.total", x="p", y="l"),
    cases("z", "or", "le", [apply("on", "ax.total", x="l", y="p"),
                            cases("y", "on", "ge", _SAME, _different("p", "l"), goal=_ENTRY)],
          _different("l", "p"), goal=_ENTRY),
)

_DERIVATION = (
    _KERNEL, _INVERSE,
    apply("x1", "ax.ext", r="n", c="k", A=f"S*{_C}", B=f"0*(S*{_C})"),
    apply("x2", "ax.ext", r="k", c="k", A=f"{_R}*{_C}", B="I(k)"),
    witness("end", C=_C, R=_R),
)

INSTANCE = Witness((
    intro("h5", "all i l:int | 1 <= i, i <= 2, 1 <= l, l <= 1 => [[1,1],[1,1]][i,2] = [[1,1],[1,1]][i,1]",
          "i1 i2 q1 q2",
          finite("f", "all j:int | 1 <= j, j <= 2 => [[1,1],[1,1]][j,2] = [[1,1],[1,1]][j,1]"), apply("z", "f", j="i")),
    intro("h6", "all p l:int | 1 <= p, p <= 1, 1 <= l, l <= 1 => 2 != 1", "p1 p2 q1 q2", compute("z", "2 != 1")),
    intro("h7", "all p l:int | 1 <= p, p <= 1, 1 <= l, l <= 1, p < l => 2 < 2", "p1 p2 l1 l2 lt",
          combine("z", facts="lt p1 l2", degree=1)),
    witness("end", n="2", k="1", S="[[1,1],[1,1]]", u="l -> 2", v="l -> 1"),
))
"""An edge: one class of two twins."""

ATTACKED = statement(
    "all a b c d e f:real | H5: a = b, H6: c = d, H1: e = a - b, H2: f = c - d => e^2 + f^2 <= 0")
"""Two rows of S at two twins, and the product of S with the difference."""


def _at(**values: str) -> Witness:
    return Witness((witness("end", **{**dict.fromkeys("abcd", "1"), "e": "0", "f": "0", **values}),))


KILLS = (
    Kill("twins", _at()), Kill("first row differs", _at(b="2", e="-1")), Kill("second row differs", _at(d="2", f="-1")),
    Kill("first product free", _at(e="1")), Kill("second product free", _at(f="1")),
)
SURVIVORS = (
    Survivor(("shift conclusion, power 2", "shift conclusion, power 2 (2)"), "true: every power of 0 is 0"),
)

CONTROLS = (
    Control("class_size", "the class size in place of class size - 1: the edge's matrix has rank 1, not 0",
            statement("all S:mat(2,2) | S[1,1] = S[1,2], S[2,1] = S[2,2] => S[1,1] = 0"),
            Witness((witness("end", S="[[1,1],[1,1]]"),))),
    Control("open_twins", "nodes with equal neighbours without an edge between them: the ends of a path of three nodes",
            statement("all X:mat(1,3), S:mat(3,3) | S[2,1] = S[2,3] => (X*S)[1,1] = (X*S)[1,3]"),
            Witness((witness("end", X="[[1,0,0]]", S="[[1,1,0],[1,1,1],[0,1,1]]"),))),
    Control("only_twins", "no twins, so full rank: the path of five nodes has the kernel vector (1, -1, 0, 1, -1)",
            statement("all a b c d e:real | a + b = 0, a + b + c = 0, b + c + d = 0, c + d + e = 0, d + e = 0"
                      " => a^2 <= 0"),
            Witness((witness("end", a="1", b="-1", c="0", d="1", e="-1"),))),
)

CLAIM = Claim(
    id="gnn_convergence.twin_corank",
    title="The corank of the aggregation is at least the sum of class size less one over the classes of closed twins",
    statement=STATEMENT,
    source=Source("this library", 2025, "Ranks of aggregation matrices", "new",
                  note="Equal columns lose rank; stated as a matrix of kernel vectors with a left inverse."),
    summary="For k pairs of twins with different first nodes, none a second node, S C = 0 with R C = I_k: the kernel of"
            " S has dimension at least k.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("corank", "n - rank S", "k columns C of the kernel with a left inverse", "independent columns; that"
                   " their number is at most the corank is the definition"),
        Comparison("classes", "sum of (class size - 1)", "u the nodes of a class but one, v the one left", "as stated,"
                   " with k that sum"),
        Comparison("powers", "every X S^l, l >= 1", "S C = 0", "X S^l C = 0 follows; gnn_convergence.conditions"),
        Comparison("equality", "Les Miserables: 14 from twins, corank 16", "not claimed", "more can be lost; exact"
                   " ranks by elimination"),
    ),
    tightness="Attained by complete graphs: one class of n twins, rank 1.",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)
