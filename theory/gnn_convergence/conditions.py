"""Closed twins make the printed rate of a graph network vacuous, for all features and every depth.

Two nodes with the same closed neighbourhood have equal columns in S, so X S^l has equal columns for every l >= 1. With
both in the training set G c = 0 for a column c that is not zero: sigma_min(G) over the columns is 0. The least non-zero
singular value is not affected.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Survivor, Witness, statement
from theory.language.derivation import apply, combine, compute, define, finite, intro, witness

_D = "build(i<=n, j<=1: I(n)[i,u] - I(n)[i,v])"
_EQUAL = "(all l:int | 1 <= l => F(l)*J*c = 0*(F(l)*J*c))"
_VACUOUS = ("(all l:int, s:real | 1 <= l, (all V:mat(1,k) => s*tr(V*T(V)) <= tr(V*T(F(l)*J)*T(V*T(F(l)*J))))"
            " => s <= 0)")

STATEMENT = statement(
    "all n k p u v:int, S:mat(n,n), J:mat(n,k), c:mat(k,1), F:(l:int)->mat(p,n) |"
    " H1: (all l:int | 0 <= l => F(l+1) = F(l)*S), H2: 1 <= u, H3: u <= n, H4: 1 <= v, H5: v <= n,"
    f" H6: (all i:int | 1 <= i, i <= n => S[i,u] = S[i,v]), H7: J*c = {_D}, H8: 0 < tr(c*T(c))"
    f" => some | {_EQUAL}, {_VACUOUS}")
"""F(0) the features; H6 u and v are closed twins, H7-H8 both are trained: J selects the nodes, J c = e_u - e_v."""

_F = "S[i,j]*(I(n)[j,u] - I(n)[j,v])"

_DERIVATION = (
    intro("entry", f"all i:int | 1 <= i, i <= n => (S*{_D})[i,1] = (0*(S*{_D}))[i,1]", "i1 i2",
          apply("m", "ax.at_mul", r="n", k="n", c="1", p="i", v="1", A="S", B=_D),
          intro("e", f"all j:int | 1 <= j, j <= n => S[i,j]*{_D}[j,1] = S[i,j]*I(n)[j,u] + -1*(S[i,j]*I(n)[j,v])",
                "j1 j2", apply("b", "ax.at_build", f="i, j -> I(n)[i,u] - I(n)[i,v]", r="n", c="1", p="j", v="1"),
                combine("z", facts="b")),
          combine("n0", "1 <= n + 1", "i1 i2"),
          apply("s", "textbook.sum_cong", f=f"j -> S[i,j]*{_D}[j,1]",
                g="j -> S[i,j]*I(n)[j,u] + -1*(S[i,j]*I(n)[j,v])", a="1", b="n"),
          apply("a", "textbook.sum_add", f="j -> S[i,j]*I(n)[j,u]", g="j -> -1*(S[i,j]*I(n)[j,v])", a="1", b="n"),
          intro("q", "all j:int | 1 <= j, j <= n => -1*(S[i,j]*I(n)[j,v]) = -1*(S[i,j]*I(n)[j,v])", "j1 j2",
                combine("z")),
          apply("c1", "textbook.sum_scale", f="j -> -1*(S[i,j]*I(n)[j,v])", g="j -> S[i,j]*I(n)[j,v]", c="-1", a="1",
                b="n"),
          apply("du", "textbook.sum_delta", f="j -> S[i,j]", n="n", m="u"),
          apply("dv", "textbook.sum_delta", f="j -> S[i,j]", n="n", m="v"), apply("tw", "H6", i="i"),
          apply("sc", "ax.at_scale", r="n", c="1", p="i", v="1", s="0", A=f"S*{_D}"),
          combine("z", facts="m s a c1 du dv tw sc", rounds=7)),
    apply("sd", "textbook.column_ext", n="n", x=f"S*{_D}", y=f"0*(S*{_D})"),
    combine("sj", "S*J*c = 0*(S*J*c)", "sd H7"),
    intro("cols", _EQUAL[1:-1], "l1", combine("l0", "0 <= l - 1", "l1"), apply("f", "H1", l="l - 1"),
          combine("z", facts="f sj")),
    intro("vac", _VACUOUS[1:-1], "l1 h", apply("a", "h", V="T(c)"), apply("b", "cols", l="l"),
          combine("z0", "tr(T(c)*T(F(l)*J)*F(l)*J*c) = 0", "b"), combine("y", "s*tr(c*T(c)) <= 0", "a z0"),
          combine("z", facts="y", mul="H8", degree=1)),
    witness("end"),
)

INSTANCE = Witness((define(
    "end", "def F(0) = [[1,2]] then F(l+1) = F(l)*[[1,1],[1,1]]", "(l:int)->mat(1,2)", "f0 f1",
    finite("tw", "all i:int | 1 <= i, i <= 2 => [[1,1],[1,1]][i,1] = [[1,1],[1,1]][i,2]"),
    compute("j", "[[1,0],[0,1]]*[[1],[-1]] = build(i<=2, j<=1: I(2)[i,1] - I(2)[i,2])"),
    witness("z", n="2", k="2", p="1", u="1", v="2", S="[[1,1],[1,1]]", J="[[1,0],[0,1]]", c="[[1],[-1]]",
            F="l -> F(l)"),
),))
"""Two nodes joined by an edge, both trained."""

ATTACKED = statement(
    "all a b c d f g x y s:real | H1: f = x*a + y*c, H2: g = x*b + y*d, H6: a = b, H7: c = d,"
    " H8: 2*s <= (f - g)^2 => s <= 0")
"""Two nodes with features x, y and the columns (a, c), (b, d) of S; f, g are the aggregated features."""


def _at(**values: str) -> Witness:
    plain = {name: "1" for name in "abcdxy"}
    return Witness((witness("end", **{**plain, "f": "2", "g": "2", "s": "0", **values}),))


KILLS = (
    Kill("twins", _at()), Kill("first row differs", _at(b="3", g="4", s="2")),
    Kill("second row differs", _at(d="3", g="4", s="2")), Kill("first feature free", _at(f="4", s="2")),
    Kill("second feature free", _at(g="4", s="2")), Kill("bound free", _at(s="1")),
)
SURVIVORS = (Survivor(("shift H8, power 2",), "true: every power of the difference of equal features is 0"),)

CONTROLS = (
    Control("open_twins", "the same neighbours without an edge between them: the ends of a path of three nodes",
            statement("all X:mat(1,3), S:mat(3,3) | S[2,1] = S[2,3] => (X*S)[1,1] = (X*S)[1,3]"),
            Witness((witness("end", X="[[1,0,0]]", S="[[1,1,0],[1,1,1],[0,1,1]]"),))),
    Control("no_aggregation", "twins have equal features before any aggregation as well",
            statement("all X:mat(1,2), S:mat(2,2) | S[1,1] = S[1,2], S[2,1] = S[2,2] => X[1,1] = X[1,2]"),
            Witness((witness("end", X="[[1,2]]", S="[[1,1],[1,1]]"),))),
    Control("one_twin_trained", "one of two twins among the training nodes: its feature alone has full column rank",
            statement("all X:mat(1,2), S:mat(2,2), s:real | S[1,1] = S[1,2], S[2,1] = S[2,2], s <= (X*S)[1,1]^2"
                      " => s <= 0"),
            Witness((compute("x", "([[1,2]]*[[1,1],[1,1]])[1,1] = 3"),
                     witness("end", X="[[1,2]]", S="[[1,1],[1,1]]", s="1")))),
)

CLAIM = Claim(
    id="gnn_convergence.conditions",
    title="Closed twins in the training set make the least singular value zero, for all features and depths",
    statement=STATEMENT,
    source=Source("K. Xu, M. Zhang, S. Jegelka, K. Kawaguchi", 2021,
                  "Optimization of Graph Neural Networks: Implicit Acceleration by Skip Connections and More Depth",
                  "new", arxiv="2105.04550",
                  note="A combinatorial reason why the graph condition sigma_min > 0 of the paper fails; the rate with"
                  " the least non-zero singular value is not affected."),
    summary="If two training nodes have the same closed neighbourhood, G_l c = 0 for some c != 0 and every l >= 1, and"
            " no positive bound of G_l over its columns holds.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("twins", "N[u] = N[v], for GIN and GCN", "H6: equal columns of S", "for GIN the definition; for GCN"
                   " their degrees are equal too"),
        Comparison("conclusion", "sigma_min(G_H) = 0 for every X and H >= 1, if m_x >= nodes",
                   "s <= 0 whenever s ||V||^2 <= ||V G'||^2 for all rows V", "as stated, over the columns of G"),
        Comparison("corank", "at least the sum of (class size - 1)", "gnn_convergence.twin_corank", "exact ranks"
                   " of given graphs: theory.gnn_convergence.exact_rank"),
        Comparison("spectra", "A + I singular iff -1 is an eigenvalue of A", "gnn_convergence.spectra", "paths and"
                   " cycles of every length; complete graphs and the Petersen graph by elimination in tests"),
    ),
    tightness="Exact: the least singular value is 0.",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)
