"""Relabelling hidden units, layer by layer, leaves the function of a network unchanged: any depth, width, activation.

The relabelled network has V(l)[i,j] = W(l)[p(l,i), p(l-1,j)] and e(l)[i] = b(l)[p(l,i)], with p(l, .) a permutation of
1..d(l) for every hidden layer and the identity at input and output: P_l W_l P_{l-1}^T and P_l b_l by entries.
"""

from __future__ import annotations

from theory.covering.small_networks import BEFORE_121, CHOICE, FIRST, WIDTHS_121, table_121
from theory.language import Claim, Comparison, Control, Source, Witness, statement
from theory.language.derivation import apply, cases, combine, induct, intro, obtain, witness

_RANGE = "1 <= l, l <= L + 1, 1 <= i, i <= d(l)"
_NETWORKS = "W V:(l:int)->mat(d(l),d(l-1)), b e h g:(l:int)->mat(d(l),1)"

HIDDEN = ("(all l i:int | 1 <= l, l <= L, 1 <= i, i <= d(l) => some | 1 <= p(l,i), p(l,i) <= d(l), 1 <= v(l,i),"
          " v(l,i) <= d(l), v(l,p(l,i)) = i, p(l,v(l,i)) = i)")
"""p(l, .) and v(l, .) are inverse permutations of 1..d(l) for the hidden layers l = 1..L."""

ENDS = "(all i:int | 1 <= i, i <= d(0) => p(0,i) = i), (all i:int | 1 <= i, i <= d(L+1) => p(L+1,i) = i)"
"""Inputs and outputs keep their places."""

RELABELLED = (f"(all l i j:int | {_RANGE}, 1 <= j, j <= d(l-1) => V(l)[i,j] = W(l)[p(l,i),p(l-1,j)]),"
              f" (all l i:int | {_RANGE} => e(l)[i,1] = b(l)[p(l,i),1])")
"""The relabelled parameters (V, e) of (W, b)."""

STATES = (f"(all l i:int | {_RANGE} => h(l)[i,1] = s(l, (W(l)*h(l-1) + b(l))[i,1])),"
          f" (all l i:int | {_RANGE} => g(l)[i,1] = s(l, (V(l)*g(l-1) + e(l))[i,1])),"
          " (all i:int | 1 <= i, i <= d(0) => g(0)[i,1] = h(0)[i,1])")
"""h and g are the states of the two networks on one input."""

OUTPUTS = "(all i:int | 1 <= i, i <= d(L+1) => g(L+1)[i,1] = h(L+1)[i,1])"
"""Equal outputs."""

_WIDTHS = "(all l:int | 0 <= l, l <= L => 0 <= d(l))"


def _named(*parts: str) -> str:
    """Hypotheses in one text, named H1, H2, ... by their order."""
    return ", ".join(parts).replace(",,", ",")


_ALL = f"all L:int, d:int->int, {_NETWORKS}, s:(l:int,u:real)->real, p v:(l:int,i:int)->int"

STATEMENT = statement(
    f"{_ALL} | {_named('0 <= L', _WIDTHS, HIDDEN, ENDS, RELABELLED, STATES)} => some |"
    f" (all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => g(l)[i,1] = h(l)[p(l,i),1]), {OUTPUTS}")
"""H1, H2 sizes; H3-H5 permutations; H6, H7 relabelled parameters; H8, H9 states; H10 one input."""

_COLUMNS = (
    "some w:int->int |"
    " (all i:int | 1 <= i, i <= d(k) => 1 <= p(k,i)), (all i:int | 1 <= i, i <= d(k) => p(k,i) <= d(k)),"
    " (all i:int | 1 <= i, i <= d(k) => 1 <= w(i)), (all i:int | 1 <= i, i <= d(k) => w(i) <= d(k)),"
    " (all i:int | 1 <= i, i <= d(k) => w(p(k,i)) = i), (all i:int | 1 <= i, i <= d(k) => p(k,w(i)) = i)"
)
_PARTS = ("1 <= p(k,i)", "p(k,i) <= d(k)", "1 <= v(k,i)", "v(k,i) <= d(k)", "v(k,p(k,i)) = i", "p(k,v(k,i)) = i")

_AT_INPUT = (
    intro("q1", "all i:int | 1 <= i, i <= d(k) => p(k,i) = i", "i1 i2",
          apply("a", "ax.cong_ii", f="t -> d(t)", x="k", y="0"),
          apply("b", "H4", i="i"), apply("f", "ax.cong_ii", f="t -> p(t,i)", x="k", y="0"), combine("z", facts="b f")),
    intro("q2", "all i:int | 1 <= i, i <= d(k) => 1 <= p(k,i)", "i1 i2", apply("a", "q1", i="i"),
          combine("z", facts="a i1")),
    intro("q3", "all i:int | 1 <= i, i <= d(k) => p(k,i) <= d(k)", "i1 i2", apply("a", "q1", i="i"),
          combine("z", facts="a i2")),
    witness("y", w="i -> i"),
)
_AT_HIDDEN = (
    *(intro(f"q{n}", f"all i:int | 1 <= i, i <= d(k) => {part}", "i1 i2", apply("a", "H3", l="k", i="i"),
            obtain("z", "a", "p1 p2 p3 p4 p5 p6", combine("y", facts=f"p{n}"))) for n, part in enumerate(_PARTS, 1)),
    witness("y", w="i -> v(k,i)"),
)

_DERIVATION = (
    induct(
        "I",
        "all k:int | 0 <= k => (all | k <= L + 1 => (all i:int | 1 <= i, i <= d(k) => g(k)[i,1] = h(k)[p(k,i),1]))",
        "hk ih",
        [intro("z", None, "hk", intro(
            "y", None, "i1 i2", apply("a", "H10", i="i"), apply("c", "H4", i="i"),
            apply("f", "ax.cong_int", f="t -> h(0)[t,1]", x="p(0,i)", y="i"), combine("x", facts="a f")))],
        [intro("z", None, "hL", apply("J", "ih"), apply("dk", "H2", l="k"), apply("or1", "ax.int_split", m="0", n="k"),
               cases("C", "or1", "c", list(_AT_INPUT), list(_AT_HIDDEN), goal=_COLUMNS),
               obtain("y", "C", "c1 c2 c3 c4 c5 c6", intro(
                   "x", None, "i1 i2", apply("or2", "ax.int_split", m="k + 1", n="L + 1"),
                   cases("R", "or2", "c",
                         [apply("dl", "ax.cong_ii", f="t -> d(t)", x="L + 1", y="k + 1"),
                          combine("i3", "i <= d(L+1)", "i2 dl"), apply("a", "H5", i="i"),
                          apply("f", "ax.cong_ii", f="t -> p(t,i)", x="L + 1", y="k + 1"),
                          combine("r1", "1 <= p(k+1,i)", "a f i1"), combine("r2", "p(k+1,i) <= d(k+1)", "a f i2")],
                         [apply("a", "H3", l="k + 1", i="i"), obtain("w1", "a", "p1 p2 p3 p4 p5 p6")],
                         goal="some | 1 <= p(k+1,i), p(k+1,i) <= d(k+1)"),
                   obtain("w", "R", "r1 r2",
                          intro("V1", "all i' j:int | 1 <= i', i' <= d(k+1), 1 <= j, j <= d(k)"
                                " => V(k+1)[i',j] = W(k+1)[p(k+1,i'),p(k,j)]", "m1 m2 n1 n2",
                                apply("t", "H6", l="k + 1", i="i'", j="j")),
                          intro("V2", "all i':int | 1 <= i', i' <= d(k+1) => e(k+1)[i',1] = b(k+1)[p(k+1,i'),1]",
                                "m1 m2",
                                apply("t", "H7", l="k + 1", i="i'")),
                          apply("eq", "covering.layer_equivariance", r="d(k+1)", c="d(k)", W="W(k+1)", V="V(k+1)",
                                b="b(k+1)", e="e(k+1)", h="h(k)", g="g(k)", t="i -> p(k+1,i)", p="i -> p(k,i)",
                                v="i -> w(i)"),
                          apply("eq1", "eq", "(V(k+1)*g(k) + e(k+1))[i,1] = (W(k+1)*h(k) + b(k+1))[p(k+1,i),1]"),
                          apply("s1", "H9", l="k + 1", i="i"), apply("s2", "H8", l="k + 1", i="p(k+1,i)"),
                          apply("cg", "ax.cong", f="u -> s(k+1,u)", x="(V(k+1)*g(k) + e(k+1))[i,1]",
                                y="(W(k+1)*h(k) + b(k+1))[p(k+1,i),1]"),
                          combine("t", facts="s1 s2 cg")))))]),
    intro("A", "all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => g(l)[i,1] = h(l)[p(l,i),1]", "l1 l2 i1 i2",
          apply("a", "I", k="l"), apply("a1", "a"), apply("z", "a1", i="i")),
    intro("B", OUTPUTS[1:-1], "i1 i2", apply("a", "A", l="L + 1", i="i"), apply("c", "H5", i="i"),
          apply("f", "ax.cong_int", f="t -> h(L+1)[t,1]", x="p(L+1,i)", y="i"), combine("z", facts="a f")),
)

_TWO = {"L": "1", "d": f"l -> {WIDTHS_121}", "p": f"l, i -> {CHOICE.format('i', '3 - i', 'i')}",
        "v": f"l, i -> {CHOICE.format('i', '3 - i', 'i')}"}
"""Network 1-2-1 with its two hidden units exchanged."""

INSTANCE = Witness((witness(
    "end", **_TWO, s="l, u -> u",
    W=table_121(FIRST.format("i", "2*j + 1"), BEFORE_121), V=table_121(FIRST.format("3 - i", "7 - 2*j"), BEFORE_121),
    b=table_121(FIRST.format("i", "0")), e=table_121(FIRST.format("3 - i", "0")),
    h=table_121("ite(l, 0, 1, ite(l, 1, 2*i, 26))"), g=table_121("ite(l, 0, 1, ite(l, 1, 6 - 2*i, 26))")),))
"""Linear units with weights 1, 2 and biases 1, 2 into an output 3 a + 5 b: 26 at input 1, before and after."""

_SIGN = CHOICE.replace("iite", "ite").format("1", "-1", "1")
_SHALLOW = "sum(i=1..n: {a}(i)*max({w}(i)*x + {b}(i), 0))"

CLAIM = Claim(
    id="covering.perm_invariance",
    title="Relabelling hidden units leaves the function of a network unchanged",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "reconstructed", arxiv="2305.11417",
                  note="Standard; abstract and introduction of the paper were seen, the proof is ours."),
    summary="The states of the relabelled network are the relabelled states, so the outputs agree on every input.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=(
        Control("invertible_for_permutation", "an invertible matrix in place of a permutation: diag(-1) and ReLU",
                statement(
                    f"all L:int, d:int->int, {_NETWORKS}, s:(l:int,u:real)->real, M N:(l:int)->mat(d(l),d(l)) | 0 <= L,"
                    f" {_WIDTHS}, (all l:int | 0 <= l, l <= L + 1 => M(l)*N(l) = I(d(l))),"
                    " (all l:int | 0 <= l, l <= L + 1 => N(l)*M(l) = I(d(l))), M(0) = I(d(0)), M(L+1) = I(d(L+1)),"
                    " (all l:int | 1 <= l, l <= L + 1 => V(l) = M(l)*W(l)*N(l-1)),"
                    f" (all l:int | 1 <= l, l <= L + 1 => e(l) = M(l)*b(l)), {STATES} => {OUTPUTS}"),
                Witness((witness(
                    "end", L="1", d="l -> 1", W="l -> [[1]]", V="l -> [[-1]]", b="l -> [[0]]", e="l -> [[0]]",
                    h="l -> [[1]]", g="l -> [[ite(l, 0, 1, 0)]]", s="l, u -> ite(l, 1, max(u, 0), u)",
                    M=f"l -> [[{_SIGN}]]", N=f"l -> [[{_SIGN}]]"),))),
        Control("unit_dependent_activation", "the activation may differ from unit to unit of a layer",
                statement(
                    f"all L:int, d:int->int, {_NETWORKS}, A:(l:int,i:int,u:real)->real, p v:(l:int,i:int)->int |"
                    f" {_named('0 <= L', _WIDTHS, HIDDEN, ENDS, RELABELLED, STATES.replace('s(l, ', 'A(l, i, '))}"
                    f" => {OUTPUTS}"),
                Witness((witness(
                    "end", **_TWO, A="l, i, u -> ite(i, 1, u, 0)",
                    W=table_121(FIRST.format("i", "1"), BEFORE_121),
                    V=table_121(FIRST.format("3 - i", "1"), BEFORE_121),
                    b=table_121("0"), e=table_121("0"), h=table_121("ite(l, 0, 1, ite(i, 1, 1, 0))"),
                    g=table_121("ite(l, 0, 1, ite(i, 1, 2, 0))")),))),
        Control("columns_forgotten", "rows relabelled, the columns of the next layer left as they are",
                statement(f"{_ALL} | "
                          + _named("0 <= L", _WIDTHS, HIDDEN, ENDS, RELABELLED.replace("p(l-1,j)", "j"), STATES)
                          + f" => {OUTPUTS}"),
                Witness((witness(
                    "end", **_TWO, s="l, u -> u",
                    W=table_121(FIRST.format("i", "j"), BEFORE_121),
                    V=table_121(FIRST.format("3 - i", "j"), BEFORE_121),
                    b=table_121("0"), e=table_121("0"), h=table_121("ite(l, 0, 1, ite(l, 1, i, 5))"),
                    g=table_121("ite(l, 0, 1, ite(l, 1, 3 - i, 4))")),))),
        Control("only_permutations",
                "equal functions come from relabelling alone, so the biases have one sum: ReLU scaling",
                statement(
                    "all n:int, w f a u c t:int->real | 0 <= n,"
                    f" (all x:real => {_SHALLOW.format(a='a', w='w', b='f')} = {_SHALLOW.format(a='t', w='u', b='c')})"
                    " => sum(i=1..n: f(i)) = sum(i=1..n: c(i))"),
                Witness((
                    intro("same", "all x:real => sum(i=1..1: 1*max(1*x + 1, 0)) = sum(i=1..1: 1/2*max(2*x + 2, 0))", "",
                          *(apply(f"{name}1", "ax.sum_last", f=f"i -> {body}", a="1", b="1")
                            for name, body in (("s", "1*max(1*x + 1, 0)"), ("t", "1/2*max(2*x + 2, 0)"))),
                          *(apply(f"{name}0", "ax.sum_empty", f=f"i -> {body}", a="1", b="0")
                            for name, body in (("s", "1*max(1*x + 1, 0)"), ("t", "1/2*max(2*x + 2, 0)"))),
                          apply("m1", "ax.max_left", x="x + 1", y="0"), apply("m2", "ax.max_right", x="x + 1", y="0"),
                          apply("n1", "ax.max_left", x="2*x + 2", y="0"),
                          apply("n2", "ax.max_right", x="2*x + 2", y="0"),
                          apply("u1", "ax.max_le", x="2*x + 2", y="0", z="2*max(x + 1, 0)"),
                          apply("u2", "ax.max_le", x="x + 1", y="0", z="1/2*max(2*x + 2, 0)"),
                          apply("eq", "ax.antisym", x="max(2*x + 2, 0)", y="2*max(x + 1, 0)"),
                          combine("z", facts="s1 s0 t1 t0 eq")),
                    witness("end", n="1", w="i -> 1", f="i -> 1", a="i -> 1", u="i -> 2", c="i -> 2", t="i -> 1/2")))),
    ),
    comparison=(
        Comparison("group", "G = prod S_{d_l} acts by P_l W_l P_{l-1}^T and P_l b_l, P_0 = P_{L+1} = I",
                   "inverse permutations p(l, .), v(l, .) of 1..d(l) for 1 <= l <= L, the identity at both ends;"
                   " entries W(l)[p(l,i), p(l-1,j)] and b(l)[p(l,i)]", "as stated, by entries in place of matrices"),
        Comparison("activation", "sigma_l, the same function for every unit of layer l",
                   "any function s(l, .) of a real number, at the output layer too", "more general at the output"),
        Comparison("conclusion", "f_{g theta} = f_theta", "equal outputs at every input, and every state of the"
                   " relabelled network is the relabelled state", "as stated"),
        Comparison("not iff", "tanh sign flip, ReLU scaling, equal neurons, dead units give further equalities",
                   "control only_permutations: ReLU scaling", "the others are not formalised here"),
    ),
    tightness="An equality. Hypotheses on s: none; that it is one function for each layer is needed (control).",
    attack="theory.covering.perm_invariance_attack",
)

LEMMAS = ()
