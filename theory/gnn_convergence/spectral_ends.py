"""The ends of the spectra: the sum aggregation reaches average degree + 1, the normalised one never -1.

A + I at the constant vector gives n (average degree + 1), so no smaller number bounds the form. For
S = D^(-1/2) (A + I) D^(-1/2) with S z = mu z and y = D^(-1/2) z, sum a_ij (y_i + y_j)^2 = 2 (1 + mu) ||z||^2: for
mu <= -1 all terms vanish, those of the loops too, so z = 0.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Survivor, Witness, statement
from theory.language.derivation import apply, combine, intro, witness

_ONE = "build(i<=k, j<=1: 1)"
_N, _S = "build(i<=k, j<=k: a(i,j))", "build(i<=k, j<=k: r(i)*a(i,j)*r(j))"
_MEAN = ("(all g top:real | g*k = sum(i=1..k: sum(j=1..k: a(i,j))),"
         f" (all x:mat(k,1) => tr(T(x)*{_N}*x) <= top*tr(T(x)*x)) => g <= top)")
_NEVER = f"(all z:mat(k,1), mu:real | mu <= -1, {_S}*z = mu*z => z = 0*z)"

STATEMENT = statement(
    "all k:int, a:(i:int,j:int)->real, r:int->real | H1: 1 <= k,"
    " H2: (all i j:int | 1 <= i, i <= k, 1 <= j, j <= k => 0 <= a(i,j)), H3: (all i j:int => a(i,j) = a(j,i)),"
    " H4: (all i:int | 1 <= i, i <= k => 0 < a(i,i)),"
    " H5: (all i:int | 1 <= i, i <= k => r(i)^2*sum(j=1..k: a(i,j)) = 1)"
    f" => some | {_MEAN}, {_NEVER}")
"""a(i,j) the entries of A + I, r(i) those of D^(-1/2); g the average degree + 1, top a bound of the form of A + I."""

_OUT = f"({_ONE}*T({_ONE}))"
_GIN = intro(
    "mean", _MEAN[1:-1], "gn up", combine("k2", "1 <= k + 1", "H1"),
    apply("t", "up", x=_ONE),
    intro("ou", f"all i j:int | 1 <= i, i <= k, 1 <= j, j <= k => {_OUT}[i,j] = 1", "i1 i2 j1 j2",
          apply("o", "textbook.outer_entry", r="k", c="k", A=_ONE, B=f"T({_ONE})", p="i", v="j"),
          apply("b", "ax.at_build", f="i, j -> 1", r="k", c="1", p="i", v="1"),
          apply("c", "ax.at_build", f="i, j -> 1", r="k", c="1", p="j", v="1"),
          apply("d", "ax.at_T", r="k", c="1", p="1", v="j", A=_ONE), combine("z", facts="o b c d", rounds=5)),
    apply("f", "textbook.frobenius", r="k", c="k", A=_N, B=_OUT),
    intro("row", f"all i:int | 1 <= i, i <= k => sum(j=1..k: {_N}[i,j]*{_OUT}[i,j]) = sum(j=1..k: a(i,j))", "i1 i2",
          intro("e", f"all j:int | 1 <= j, j <= k => {_N}[i,j]*{_OUT}[i,j] = a(i,j)", "j1 j2",
                apply("o", "ou", i="i", j="j"),
                apply("b", "ax.at_build", f="i, j -> a(i,j)", r="k", c="k", p="i", v="j"),
                combine("z", facts="o b")),
          apply("z", "textbook.sum_cong", f=f"j -> {_N}[i,j]*{_OUT}[i,j]", g="j -> a(i,j)", a="1", b="k")),
    apply("s", "textbook.sum_cong", f=f"i -> sum(j=1..k: {_N}[i,j]*{_OUT}[i,j])", g="i -> sum(j=1..k: a(i,j))", a="1",
          b="k"),
    apply("tn", "ax.tr_sum", n="k", A=_OUT),
    intro("di", f"all i:int | 1 <= i, i <= k => {_OUT}[i,i] = 1", "i1 i2", apply("z", "ou", i="i", j="i")),
    apply("sn", "textbook.sum_cong", f=f"i -> {_OUT}[i,i]", g="i -> 1", a="1", b="k"),
    apply("cn", "textbook.sum_const", c="1", n="k"), combine("len", f"tr({_OUT}) = k", "tn sn cn"),
    combine("val", f"tr({_N}*T({_OUT})) = g*k", "f s gn"),
    combine("all", "g*k <= top*k", "t val len", rounds=4), combine("k3", "0 < k", "H1"),
    combine("z", facts="all", mul="k3", degree=1),
)

_Y = "(r({0})*z[{0},1])"
_YY, _Y1, _Y2 = (f"a(i,j)*({_Y.format('i')}*{_Y.format('j')})", f"a(i,j)*{_Y.format('i')}^2",
                 f"a(i,j)*{_Y.format('j')}^2")
_SQ = f"a(i,j)*({_Y.format('i')} + {_Y.format('j')})^2"
_SUM = "sum(j=1..k: {0})"
_MINUS = intro(
    "never", _NEVER[1:-1], "mu1 eig", combine("k1", "1 <= k + 1", "H1"),
    intro("ev", f"all i:int | 1 <= i, i <= k => {_SUM.format(_YY)} = mu*z[i,1]^2", "i1 i2",
          apply("c", "ax.at_cong", r="k", c="1", p="i", v="1", A=f"{_S}*z", B="mu*z"),
          apply("s", "ax.at_scale", r="k", c="1", p="i", v="1", s="mu", A="z"),
          apply("m", "ax.at_mul", r="k", k="k", c="1", p="i", v="1", A=_S, B="z"),
          intro("e", f"all j:int | 1 <= j, j <= k => {_YY} = z[i,1]*({_S}[i,j]*z[j,1])", "j1 j2",
                apply("b", "ax.at_build", f="i, j -> r(i)*a(i,j)*r(j)", r="k", c="k", p="i", v="j"),
                combine("y", facts="b", rounds=4)),
          apply("sc", "textbook.sum_scale", f=f"j -> {_YY}", g=f"j -> {_S}[i,j]*z[j,1]", c="z[i,1]", a="1", b="k"),
          combine("w", f"{_SUM.format(f'{_S}[i,j]*z[j,1]')} = mu*z[i,1]", "c s m", rounds=4),
          combine("y", facts="sc w", rounds=4)),
    intro("own", f"all i:int | 1 <= i, i <= k => {_SUM.format(_Y1)} = z[i,1]^2", "i1 i2",
          intro("e", f"all j:int | 1 <= j, j <= k => {_Y1} = {_Y.format('i')}^2*a(i,j)", "j1 j2", combine("y")),
          apply("sc", "textbook.sum_scale", f=f"j -> {_Y1}", g="j -> a(i,j)", c=f"{_Y.format('i')}^2", a="1", b="k"),
          apply("d", "H5", i="i"),
          combine("dd", f"{_Y.format('i')}^2*sum(j=1..k: a(i,j)) = z[i,1]^2", "d", rounds=4),
          combine("y", facts="sc dd")),
    intro("row", f"all i:int | 1 <= i, i <= k => {_SUM.format(_SQ)} = (2*mu + 1)*z[i,1]^2 + {_SUM.format(_Y2)}",
          "i1 i2", apply("e1", "ev", i="i"), apply("e2", "own", i="i"),
          apply("a1", "textbook.sum_add", f=f"j -> 2*({_YY})", g=f"j -> {_Y1} + {_Y2}", a="1", b="k"),
          apply("a2", "textbook.sum_add", f=f"j -> {_Y1}", g=f"j -> {_Y2}", a="1", b="k"),
          intro("tw", f"all j:int | 1 <= j, j <= k => 2*({_YY}) = 2*({_YY})", "j1 j2", combine("y")),
          apply("a3", "textbook.sum_scale", f=f"j -> 2*({_YY})", g=f"j -> {_YY}", c="2", a="1", b="k"),
          combine("y", facts="a1 a2 a3 e1 e2", rounds=6)),
    apply("ex", "textbook.double_sum", f=f"i, j -> {_Y2}", n="k", k="k"),
    intro("in", f"all j:int | 1 <= j, j <= k => sum(i=1..k: {_Y2}) = z[j,1]^2", "j1 j2",
          intro("e", f"all i:int | 1 <= i, i <= k => {_Y2} = a(j,i)*{_Y.format('j')}^2", "i1 i2",
                apply("s", "H3", i="i", j="j"), combine("y", facts="s")),
          apply("c", "textbook.sum_cong", f=f"i -> {_Y2}", g=f"i -> a(j,i)*{_Y.format('j')}^2", a="1", b="k"),
          apply("o", "own", i="j"), combine("y", facts="c o")),
    apply("sw", "textbook.sum_cong", f=f"j -> sum(i=1..k: {_Y2})", g="j -> z[j,1]^2", a="1", b="k"),
    apply("tot", "textbook.sum_cong", f=f"i -> {_SUM.format(_SQ)}",
          g=f"i -> (2*mu + 1)*z[i,1]^2 + {_SUM.format(_Y2)}", a="1", b="k"),
    apply("ad", "textbook.sum_add", f="i -> (2*mu + 1)*z[i,1]^2", g=f"i -> {_SUM.format(_Y2)}", a="1", b="k"),
    intro("tm", "all i:int | 1 <= i, i <= k => (2*mu + 1)*z[i,1]^2 = (2*mu + 1)*z[i,1]^2", "i1 i2", combine("y")),
    apply("sc", "textbook.sum_scale", f="i -> (2*mu + 1)*z[i,1]^2", g="i -> z[i,1]^2", c="2*mu + 1", a="1", b="k"),
    intro("zz", "all i:int | 1 <= i, i <= k => 0 <= z[i,1]^2", "i1 i2", combine("y", squares=("z[i,1]",))),
    apply("nn", "textbook.sum_nonneg", f="i -> z[i,1]^2", a="1", b="k"),
    combine("form", f"sum(i=1..k: {_SUM.format(_SQ)}) = 2*(mu + 1)*sum(i=1..k: z[i,1]^2)", "tot ad sc ex sw", rounds=6),
    combine("neg", "2*(mu + 1)*sum(i=1..k: z[i,1]^2) <= 0", "mu1 nn"),
    intro("tp", f"all i:int | 1 <= i, i <= k => 0 <= {_SUM.format(_SQ)}", "i1 i2",
          intro("e", f"all j:int | 1 <= j, j <= k => 0 <= {_SQ}", "j1 j2", apply("p", "H2", i="i", j="j"),
                combine("q", f"0 <= ({_Y.format('i')} + {_Y.format('j')})^2",
                        squares=(f"{_Y.format('i')} + {_Y.format('j')}",)), combine("y", facts="p q")),
          apply("y", "textbook.sum_nonneg", f=f"j -> {_SQ}", a="1", b="k")),
    intro("each", "all i:int | 1 <= i, i <= k => z[i,1] = (0*z)[i,1]", "i1 i2",
          apply("t1", "textbook.term_at_most_sum", f=f"i -> {_SUM.format(_SQ)}", n="k", c="i"),
          intro("e", f"all j:int | 1 <= j, j <= k => 0 <= {_SQ}", "j1 j2", apply("p", "H2", i="i", j="j"),
                combine("q", f"0 <= ({_Y.format('i')} + {_Y.format('j')})^2",
                        squares=(f"{_Y.format('i')} + {_Y.format('j')}",)), combine("y", facts="p q")),
          apply("t2", "textbook.term_at_most_sum", f=f"j -> {_SQ}", n="k", c="i"), apply("lo", "H4", i="i"),
          combine("t3", f"a(i,i)*{_Y.format('i')}^2 <= a(i,i)*0", "t1 t2 form neg", degree=1),
          combine("t4", f"{_Y.format('i')}^2 <= 0", "t3", mul="lo", degree=1),
          combine("t5", f"0 <= {_Y.format('i')}^2", squares=(_Y.format("i"),)),
          apply("t6", "ax.antisym", f"{_Y.format('i')}^2 = 0", x=f"{_Y.format('i')}^2", y="0"),
          apply("d", "H5", i="i"),
          combine("t7", f"{_Y.format('i')}^2*sum(j=1..k: a(i,j)) = z[i,1]^2", "d", rounds=4),
          combine("t8", f"{_Y.format('i')}^2*sum(j=1..k: a(i,j)) = 0", "t6"),
          combine("t9", "z[i,1]*z[i,1] <= 0", "t7 t8"), apply("ta", "textbook.square_zero", x="z[i,1]"),
          apply("sz", "ax.at_scale", r="k", c="1", p="i", v="1", s="0", A="z"), combine("y", facts="ta sz")),
    apply("y", "textbook.column_ext", n="k", x="z", y="0*z"),
)

_DERIVATION = (_GIN, _MINUS, witness("end"))

INSTANCE = Witness((witness("end", k="1", a="i, j -> 1", r="i -> 1"),))
"""One node with its loop."""

ATTACKED = statement(
    "all b c d y z m:real | H1: 0 <= b, H2: 0 < c, H3: 0 < d, H4: b*(y + z)^2 + c*y^2 + d*z^2 = 2*(1 + m)*(y^2 + z^2),"
    " H5: m <= -1 => y^2 + z^2 <= 0")
"""The second part for two nodes: b joins them, c and d are the loops."""


def _at(**values: str) -> Witness:
    return Witness((witness("end", **{**{"b": "0", "c": "1", "d": "1", "y": "0", "z": "0", "m": "-1"}, **values}),))


KILLS = (
    Kill("zero", _at()), Kill("no first loop", _at(c="0", y="1")), Kill("no second loop", _at(d="0", z="1")),
    Kill("negative edge", _at(b="-1/2", y="1", z="1")), Kill("another eigenvalue", _at(m="0", y="1", z="-1", b="0",
                                                                                    c="2", d="2")),
    Kill("form free", _at(y="1")),
    # other powers
    Kill("negative sum", _at(b="1", y="-1")), Kill("negative first value", _at(y="-1", z="1")),
    Kill("negative second value", _at(y="1", z="-1")), Kill("negative length, first", _at(b="1", y="-1", m="-2")),
    Kill("negative length, second", _at(b="1", z="-1", m="-2")),
)
SURVIVORS = (
    Survivor(("shift conclusion, power 2", "shift conclusion, power 2 (2)"),
             "true: H1 to H5 force y = z = 0, and every power of 0 is 0"),
)

CONTROLS = (
    Control("without_loops", "the same without self-loops: the edge has the eigenvalue -1 with (1, -1)",
            statement("all x:mat(2,1) | [[0,1],[1,0]]*x = -1*x => x = 0*x"),
            Witness((witness("end", x="[[1],[-1]]"),))),
    Control("degree_and_two", "average degree + 2: the edge's A + I has the largest value 2 on unit vectors",
            statement("all g top:real | g = 1, (all u v:real => (u + v)^2 <= top*(u^2 + v^2)) => g + 2 <= top"),
            Witness((intro("b", "all u v:real => (u + v)^2 <= 2*(u^2 + v^2)", "", combine("z", squares=("u - v",))),
                     witness("end", g="1", top="2")))),
    Control("largest_degree", "largest degree + 1 in place of the average: the path of three nodes, whose form is at"
            " most 5/2",
            statement("all top:real | (all u v w:real => u^2 + v^2 + w^2 + 2*u*v + 2*v*w <= top*(u^2 + v^2 + w^2))"
                      " => 3 <= top"),
            Witness((intro("b", "all u v w:real => u^2 + v^2 + w^2 + 2*u*v + 2*v*w <= 5/2*(u^2 + v^2 + w^2)", "",
                           combine("z", squares=("3*u - 2*v", "3*w - 2*v", "u", "v", "w"))),
                     witness("end", top="5/2")))),
)

CLAIM = Claim(
    id="gnn_convergence.spectral_ends",
    title="The sum aggregation reaches average degree + 1; the normalised one never has the eigenvalue -1",
    statement=STATEMENT,
    source=Source("this library", 2025, "Ends of the spectra of aggregation matrices", "new",
                  note="Both are classical in graph theory; stated with weights and self-loops."),
    summary="A bound of the form of A + I is at least the average degree + 1; if S z = mu z for the normalised S and"
            " mu <= -1, then z = 0.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("GIN top", "top eigenvalue >= average degree + 1", "part 1: top with x'(A + I) x <= top x'x for all"
                   " x, which the largest eigenvalue is", "Rayleigh's form of the largest eigenvalue"),
        Comparison("GCN bottom", "spectrum in (-1, 1]", "part 2: no eigenvalue mu <= -1",
                   "with gnn_convergence.spectra, which has the top, as stated"),
        Comparison("graph", "0/1 adjacency", "H2-H4: symmetric weights, positive loops", "more general"),
        Comparison("growth", "GIN grows with depth", "not stated", "the powers of a number above 1"),
    ),
    tightness="Part 1 is attained by regular graphs; cycles of even length come near -1 as self-loops lose weight.",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)
