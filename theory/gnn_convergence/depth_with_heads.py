"""One more layer under heads that are not zero: what it adds to the decrease of the loss, exactly.

With A_i what reaches layer i backwards and N_i = (W_{H+1} B_{H+1} ... B_{i+1})' V G_{H+1}' what the new scale sends,
the decrease grows by ||V G_{H+1}' P_{H+1}'||^2 + sum_i ||N_i P_{i-1}'||^2 + 2 sum_{i<=H} <A_i P_{i-1}', N_i P_{i-1}'>.
The last sum may have either sign (controls). It is not there when the new head starts at zero: then no other head
matters and the new layer never slows the start.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Survivor, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, witness

_TERM = "tr(V*T(G(l))*T(P(l))*T(V*T(G(l))*T(P(l))))"
_NEW = _TERM.replace("(l)", "(H+1)")


def _back(name: str, other: str = "") -> str:
    return f"tr({name}(i)*T(P(i-1))*T({other or name}(i)*T(P(i-1))))"


_SHORT = f"(sum(l=0..H: {_TERM}) + sum(i=1..H: {_back('A')}))"
_DEEP = f"(sum(l=0..H+1: {_TERM}) + sum(i=1..H+1: {_back('C')}))"
_SPLIT = "(all l:int | 0 <= l, l <= H => C(l) = A(l) + N(l))"
_ADDS = (f"{_DEEP} = {_SHORT} + {_NEW} + sum(i=1..H+1: {_back('N')}) + 2*sum(i=1..H: {_back('A', 'N')})")
_ZERO = f"(all | W(H+1) = 0*W(H+1) => some | {_DEEP} = {_SHORT} + {_NEW}, {_SHORT} <= {_DEEP})"


def _recursion(name: str, top: str, own: bool) -> str:
    head = "T(W(l-1))*V*T(G(l-1)) + " if own else ""
    return (f"{name}({top}) = T(W({top}))*V*T(G({top})),",
            f"(all l:int | 1 <= l, l <= {top} => {name}(l-1) = {head}T(B(l))*{name}(l))")


_A, _C, _N = _recursion("A", "H", True), _recursion("C", "H+1", True), _recursion("N", "H+1", False)

STATEMENT = statement(
    "all H r n:int, m:int->int, P:(l:int)->mat(m(l),m(0)), G:(l:int)->mat(m(0),n), V:mat(r,n), W:(l:int)->mat(r,m(l)),"
    " B:(l:int)->mat(m(l),m(l-1)), A C N:(l:int)->mat(m(l),m(0)) | H1: 0 <= H,"
    f" H2: {_A[0]} H3: {_A[1]}, H4: {_C[0]} H5: {_C[1]}, H6: {_N[0]} H7: {_N[1]}"
    f" => some | {_SPLIT}, {_ADDS}, {_ZERO}")
"""A the backward recursion of H layers, C that of H + 1 layers, N the part of the new scale; V the same for both."""

_PAIR = f"2*{_back('A', 'N')} + {_back('N')}"
_FLAT = "0*N({0})"

_DERIVATION = (
    combine("h1", "0 <= H + 1", "H1"), combine("h2", "1 <= H + 1", "H1"),
    induct("J", "all j:int | 0 <= j => (all | j <= H => C(H-j) = A(H-j) + N(H-j))", "hj ih",
           [intro("z", None, "jb", apply("c", "H5", l="H + 1"), apply("d", "H7", l="H + 1"),
                  combine("y", facts="c d H2 H4 H6", rounds=4))],
           [intro("z", None, "jb", combine("jb0", "j <= H", "jb"), apply("now", "ih"),
                  combine("l1", "1 <= H - j", "jb"), combine("l2", "H - j <= H", "hj"),
                  combine("l3", "H - j <= H + 1", "hj"), apply("a", "H3", l="H - j"), apply("c", "H5", l="H - j"),
                  apply("d", "H7", l="H - j"), combine("y", facts="a c d now", rounds=4))]),
    intro("split", _SPLIT[1:-1], "l0 l1", combine("j0", "0 <= H - l", "l1"), combine("j1", "H - l <= H", "l0"),
          apply("a", "J", j="H - l"), apply("z", "a")),
    intro("open", f"all i:int | 1 <= i, i <= H => {_back('C')} = {_back('A')} + ({_PAIR})", "i1 i2",
          combine("i0", "0 <= i", "i1"), apply("a", "split", l="i"), combine("z", facts="a", rounds=4)),
    apply("c", "textbook.sum_cong", f=f"i -> {_back('C')}", g=f"i -> {_back('A')} + ({_PAIR})", a="1", b="H"),
    apply("s1", "textbook.sum_add", f=f"i -> {_back('A')}", g=f"i -> {_PAIR}", a="1", b="H"),
    apply("s2", "textbook.sum_add", f=f"i -> 2*{_back('A', 'N')}", g=f"i -> {_back('N')}", a="1", b="H"),
    intro("two", f"all i:int | 1 <= i, i <= H => 2*{_back('A', 'N')} = 2*{_back('A', 'N')}", "i1 i2", combine("z")),
    apply("s3", "textbook.sum_scale", f=f"i -> 2*{_back('A', 'N')}", g=f"i -> {_back('A', 'N')}", c="2", a="1", b="H"),
    apply("e1", "ax.sum_last", f=f"l -> {_TERM}", a="0", b="H + 1"),
    apply("e2", "ax.sum_last", f=f"i -> {_back('C')}", a="1", b="H + 1"),
    apply("e3", "ax.sum_last", f=f"i -> {_back('N')}", a="1", b="H + 1"),
    combine("top", _back("C").replace("(i", "(H+1").replace("i-1", "H") + " = "
            + _back("N").replace("(i", "(H+1").replace("i-1", "H"), "H4 H6", rounds=4),
    combine("adds", _ADDS, "c s1 s2 s3 e1 e2 e3 top", rounds=6),
    intro("zero", _ZERO[1:-1], "w0",
          induct("K", f"all j:int | 0 <= j => (all | j <= H + 1 => N(H+1-j) = {_FLAT.format('H+1-j')})", "hj ih",
                 [intro("z", None, "jb", combine("y", facts="H6 w0", rounds=4))],
                 [intro("z", None, "jb", combine("jb0", "j <= H + 1", "jb"), apply("now", "ih"),
                        combine("l1", "1 <= H + 1 - j", "jb"), combine("l2", "H + 1 - j <= H + 1", "hj"),
                        apply("d", "H7", l="H + 1 - j"), combine("y", facts="d now", rounds=4))]),
          intro("nn", f"all i:int | 1 <= i, i <= H + 1 => {_back('N')} = 0*i", "i1 i2",
                combine("j0", "0 <= H + 1 - i", "i2"), combine("j1", "H + 1 - i <= H + 1", "i1"),
                apply("a", "K", j="H + 1 - i"), apply("b", "a"), combine("y", facts="b")),
          intro("an", f"all i:int | 1 <= i, i <= H => {_back('A', 'N')} = 0*i", "i1 i2",
                combine("j0", "0 <= H + 1 - i", "i2"), combine("j1", "H + 1 - i <= H + 1", "i1"),
                apply("a", "K", j="H + 1 - i"), apply("b", "a"), combine("y", facts="b")),
          apply("z1", "textbook.sum_scale", f=f"i -> {_back('N')}", g="i -> i", c="0", a="1", b="H + 1"),
          apply("z2", "textbook.sum_scale", f=f"i -> {_back('A', 'N')}", g="i -> i", c="0", a="1", b="H"),
          combine("gain", f"{_DEEP} = {_SHORT} + {_NEW}", "adds z1 z2"),
          combine("p", f"0 <= {_NEW}", squares=("V*T(G(H+1))*T(P(H+1))",)),
          combine("more", f"{_SHORT} <= {_DEEP}", "gain p", degree=1), witness("y")),
    witness("end"),
)

INSTANCE = Witness((witness("end", H="0", r="2", n="2", m="l -> 2", P="l -> I(2)", G="l -> I(2)", V="I(2)",
                            W="l -> 0*I(2)", B="l -> I(2)", A="l -> 0*I(2)", C="l -> 0*I(2)", N="l -> 0*I(2)"),))

ATTACKED = statement(
    "all b c k v w u y z d:real | H1: y = w*v, H2: z = k*v, H3: u = y + c*z, H4: d = (b*c*v)^2 + u^2 + (z*b)^2"
    " => d = (b*c*v)^2 + y^2 + (c*z)^2 + 2*y*(c*z) + (z*b)^2")
"""Layers b, c and heads w, k in numbers: y and u reach the first layer without and with the second, z the second."""


def _at(**values: str) -> Witness:
    plain = {**dict.fromkeys("bckvwyz", "1"), "u": "2", "d": "6"}
    return Witness((witness("end", **{**plain, **values}),))


KILLS = (
    Kill("ones", _at()), Kill("two", _at(v="2", y="2", u="4", z="2", d="24")),
    Kill("half", _at(v="1/2", y="1/2", u="1", z="1/2", d="3/2")),
    Kill("negative", _at(v="-1", y="-1", u="-2", z="-1")), Kill("layer of two", _at(b="2", d="12")),
    Kill("second layer of two", _at(c="2", u="3", d="14")), Kill("old head only", _at(k="0", u="1", z="0", d="2")),
    Kill("new head only", _at(w="0", y="0", u="1", d="3")),
    Kill("new head only, two", _at(w="0", y="0", v="2", u="2", z="2", d="12")),
    Kill("layer of two, another power", _at(b="2", d="10")), Kill("sum of two, another power", _at(d="4")),
    Kill("sum free", _at(u="0", d="2")), Kill("decrease free", _at(d="0")),
)
SURVIVORS = (
    Survivor(("drop H1", "drop H2"), "true: the identity holds for any y and z; the recursion makes them gradients"),
)

CONTROLS = (
    Control("never_slower", "one more layer never slows for the same V: heads -10 and 1 above one another",
            statement("all b c k v w:real => (v^2 + (b*v)^2) + (w*v)^2"
                      " <= (v^2 + (b*v)^2 + (b*c*v)^2) + ((w*v + c*k*v)^2 + (k*v*b)^2)"),
            Witness((witness("end", b="1", c="1", k="1", v="1", w="-10"),))),
    Control("cross_terms_negative", "the cross terms only slow: heads of one sign",
            statement("all c k v w:real => 2*(w*v)*(c*k*v) <= 0"),
            Witness((witness("end", c="1", k="1", v="1", w="1"),))),
    Control("cross_terms_positive", "the cross terms only speed up: heads of different signs",
            statement("all c k v w:real => 0 <= 2*(w*v)*(c*k*v)"),
            Witness((witness("end", c="1", k="1", v="1", w="-1"),))),
)

CLAIM = Claim(
    id="gnn_convergence.depth_with_heads",
    title="What one more layer adds to the decrease of the loss when heads are not zero",
    statement=STATEMENT,
    source=Source("K. Xu, M. Zhang, S. Jegelka, K. Kawaguchi", 2021,
                  "Optimization of Graph Neural Networks: Implicit Acceleration by Skip Connections and More Depth",
                  "strengthened", arxiv="2105.04550", note="The extra terms as an identity, with their signs."),
    summary="The decrease grows by ||V G' P'||^2 of the new scale, the squares of what it sends to the layers and twice"
            " the inner products with what they had; with a new head at zero by the first term only.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("general W", "extra terms and cross terms of either sign", "part 2, exact, with a control for each"
                   " sign", "as stated"),
        Comparison("residual", "V = 2 (f - Y) changes with the new head", "V the same for both networks, any loss",
                   "exact for a new head at zero (part 3), where f does not change"),
        Comparison("new head at zero", "all heads zero (gnn_convergence.depth_accelerates)", "part 3: the other heads"
                   " are arbitrary, the layers too", "stronger"),
        Comparison("decrease", "-dL/dt", "the two sums of squares", "gnn_convergence.dynamics_identity"),
    ),
    tightness="Identities.",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)
