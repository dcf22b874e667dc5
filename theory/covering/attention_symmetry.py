"""Attention: heads may be permuted, and each head has an invertible matrix between W_Q and W_K, another for W_V, W_O.

Head t scores queries against keys, (X Q(t) + a(t)) (Y K(t) + b(t))', makes weights A(t) of the scores in any way
(scaling, mask, softmax), and adds A(t) (Z V(t) + c(t)) O(t) to the output. Self-attention is X = Y = Z. Primed letters
belong to the changed attention, whose heads may have other sizes k', v' as long as M M' = I and N N' = I.
"""

from __future__ import annotations

from theory.covering.channels import INVERSE
from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement
from theory.language.derivation import apply, combine, intro, obtain, witness

_HEAD = "1 <= t, t <= H"
_HEADS = f"all t:int | {_HEAD}"
_INPUTS = "all H s n D E F o {0}:int, X:mat(s,D), Y:mat(n,E), Z:mat(n,F)"
_MATRICES = (
    " Q{2}:(t:int)->mat(D,{0}), K{2}:(t:int)->mat(E,{0}), V{2}:(t:int)->mat(F,{1}), O{2}:(t:int)->mat({1},o),"
    " a{2}:(t:int)->mat(s,{0}), b{2}:(t:int)->mat(n,{0}), c{2}:(t:int)->mat(n,{1}), A{2}:(t:int)->mat(s,n)")
_FACTORS = " M:(t:int)->mat(k,{0}), M':(t:int)->mat({0},k), N:(t:int)->mat(v,{1}), N':(t:int)->mat({1},v)"
_REST = " R R':mat(s,o), p w:int->int"

_SCORES = "(X*Q{1}({0}) + a{1}({0}))*T(Y*K{1}({0}) + b{1}({0}))"
SAME = f"{_SCORES.format('t', chr(39))} = {_SCORES.format('p(t)', '')}"
"""The changed head t has the scores of the head p(t)."""
_OUTPUT = "R'"
_OLD, _NEW = "(A'(t)*(Z*V'(t) + c'(t))*O'(t))", "(A({0})*(Z*V({0}) + c({0}))*O({0}))"

_CHANGED = {"Q'": "Q(p(t))*M(t)", "a'": "a(p(t))*M(t)", "K'": "K(p(t))*T(M'(t))", "b'": "b(p(t))*T(M'(t))",
            "V'": "V(p(t))*N(t)", "c'": "c(p(t))*N(t)", "O'": "N'(t)*O(p(t))"}
"""H5-H11: the changed matrices and biases."""


def _statement(conclusion: str, square: bool = True, **changed: str) -> Statement:
    """The statement with another conclusion, or with other changes of the matrices (sizes of heads kept).

    If it is about scores alone, what becomes of them is left out.
    """
    k, v = ("k", "v") if square else ("k'", "v'")
    sizes = "k v" if square else "k v k' v'"
    variables = ",".join((_INPUTS.format(sizes), _MATRICES.format("k", "v", ""), _MATRICES.format(k, v, "'"),
                          _FACTORS.format(k, v), _REST))
    rules = {**_CHANGED, **{name.replace("_", "'"): rule for name, rule in changed.items()}}
    summed = "(all i j:int | 1 <= i, i <= s, 1 <= j, j <= o => {0}[i,j] = sum(t=1..H: {1}[i,j]))"
    outputs = (f", ({_HEADS}, {SAME} => A'(t) = A(p(t))), {summed.format('R', _NEW.format('t'))},"
               f" {summed.format(_OUTPUT, _OLD)}")
    return statement(
        f"{variables} | 0 <= H, (all i:int | 1 <= i, i <= H => {INVERSE.format('', 'H').replace('v(', 'w(')}),"
        f" ({_HEADS} => M(t)*M'(t) = I(k)), ({_HEADS} => N(t)*N'(t) = I(v)),"
        + ",".join(f" ({_HEADS} => {name}(t) = {rule})" for name, rule in rules.items())
        + (outputs if conclusion != SCORES else "") + f" => {conclusion}")


SCORES = f"({_HEADS} => {SAME})"
_FREE = (f" ({_HEADS} => (all G:mat(k,D) | G*Q(p(t)) = I(k) => G*Q'(t) = M(t))),"
         f" ({_HEADS} => (all G':mat(v,F) | G'*V(p(t)) = I(v) => G'*V'(t) = N(t)))")
STATEMENT = _statement(f"some | {SCORES}, R' = R,{_FREE}", square=False)
"""H1 heads; H2 their permutation; H3, H4 one-sided inverses; H5-H11 changes; H12 weights; H13, H14 outputs."""

_PARTS = ("1 <= p(i)", "p(i) <= H", "1 <= w(i)", "w(i) <= H", "w(p(i)) = i", "p(w(i)) = i")

_DERIVATION = (
    intro("same", SCORES[1:-1], "t1 t2",
          *(apply(f"h{n}", f"H{n}", t="t") for n in (3, 5, 6, 7, 8)), combine("z", facts="h3 h5 h6 h7 h8")),
    intro("heads", f"{_HEADS} => {_OLD} = {_NEW.format('p(t)')}", "t1 t2",
          *(apply(f"h{n}", f"H{n}", t="t") for n in (4, 9, 10, 11)), apply("s1", "same", t="t"),
          apply("h12", "H12", t="t"), combine("z", facts="h4 h9 h10 h11 h12")),
    *(intro(f"q{n}", f"all i:int | 1 <= i, i <= H => {part}", "i1 i2", apply("a0", "H2", i="i"),
            obtain("z", "a0", "p1 p2 p3 p4 p5 p6", apply("y", f"p{n}"))) for n, part in enumerate(_PARTS, 1)),
    intro("entries", "all i j:int | 1 <= i, i <= s, 1 <= j, j <= o => R'[i,j] = R[i,j]", "i1 i2 j1 j2",
          intro("t0", f"{_HEADS} => {_OLD}[i,j] = {_NEW.format('p(t)')}[i,j]", "t1 t2", apply("h0", "heads", t="t"),
                apply("z", "ax.at_cong", r="s", c="o", p="i", v="j", A=_OLD, B=_NEW.format("p(t)"))),
          apply("x1", "textbook.sum_cong", f=f"t -> {_OLD}[i,j]", g=f"t -> {_NEW.format('p(t)')}[i,j]", a="1", b="H"),
          apply("x2", "textbook.sum_bijection", f=f"t -> {_NEW.format('t')}[i,j]", p="i -> p(i)", v="i -> w(i)", n="H"),
          apply("x3", "H13", i="i", j="j"), apply("x4", "H14", i="i", j="j"), combine("z", facts="x1 x2 x3 x4")),
    apply("out", "ax.ext", "R' = R", r="s", c="o", A="R'", B="R"),
    intro("free1", f"{_HEADS} => (all G:mat(k,D) | G*Q(p(t)) = I(k) => G*Q'(t) = M(t))", "t1 t2", intro(
        "y", None, "hg", apply("h5", "H5", t="t"), combine("z", facts="h5 hg"))),
    intro("free2", f"{_HEADS} => (all G':mat(v,F) | G'*V(p(t)) = I(v) => G'*V'(t) = N(t))", "t1 t2", intro(
        "y", None, "hg", apply("h9", "H9", t="t"), combine("z", facts="h9 hg"))),
    witness("end"),
)

_SMALL = {name: "1" for name in ("s", "n", "D", "E", "F", "o")} | {"X": "[[1]]", "Y": "[[1]]", "Z": "[[1]]"}
"""One token of one unit: the weights of a softmax are 1."""
_NONE = {f"{name}{prime}": "t -> [[0]]" for name in "abc" for prime in ("", "'")}
_PLAIN = {"k": "1", "v": "1", "A": "t -> [[1]]", "A'": "t -> [[1]]", "M": "t -> [[1]]", "M'": "t -> [[1]]",
          "N": "t -> [[1]]", "N'": "t -> [[1]]", **_SMALL, **_NONE}
_SINGLE = {"H": "1", "p": "i -> i", "w": "i -> i", **{name: "t -> [[1]]" for name in ("Q", "K", "V", "O")},
           **{f"{name}'": "t -> [[1]]" for name in ("Q", "K", "V", "O")}, "R": "[[1]]", "R'": "[[1]]"}
"""One head, all weights 1."""
_PAIR = {"H": "2", "p": "i -> 3 - i", "w": "i -> 3 - i"}
_SHEAR = {"M": "t -> [[1, 1], [0, 1]]", "M'": "t -> [[1, -1], [0, 1]]"}

INSTANCE = Witness((witness(
    "end", **_PAIR, k="2", v="1", **{"k'": "2", "v'": "1"}, **_SMALL, **_SHEAR,
    **{"A": "t -> [[1]]", "A'": "t -> [[1]]", "N": "t -> [[2]]", "N'": "t -> [[1/2]]",
       "Q": "t -> [[1, t]]", "K": "t -> [[t, 1]]", "V": "t -> [[t]]", "O": "t -> [[t]]",
       "Q'": "t -> [[1, 4 - t]]", "K'": "t -> [[2 - t, 1]]", "V'": "t -> [[6 - 2*t]]", "O'": "t -> [[3/2 - t/2]]",
       "a": "t -> [[0, 1]]", "b": "t -> [[1, 0]]", "c": "t -> [[1]]", "a'": "t -> [[0, 1]]", "b'": "t -> [[1, 0]]",
       "c'": "t -> [[2]]", "R": "[[8]]", "R'": "[[8]]"}),))
"""Two heads exchanged, a shear between W_Q and W_K, the factor 2 between W_V and W_O: the output is 8 both times."""

CLAIM = Claim(
    id="covering.attention_symmetry",
    title="Attention: permuted heads, one invertible matrix for queries and keys, one for values, in every head",
    statement=STATEMENT,
    source=Source("G. Shen", 2024, "Exploring the Complexity of Deep Neural Networks through Functional Equivalence",
                  "reconstructed", note="The abstract names attention networks; statement and proof are ours (dossier"
                  " 3.11); biases, cross-attention and the freeness of the action were added."),
    summary="W_Q M, W_K M^-T leave the scores, W_V N, N^-1 W_O leave what a head adds, a permutation of the heads"
            " leaves the sum: for all sizes, with biases, whatever makes weights of scores.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=(
        Control("factor_on_queries_alone", "M acts on W_Q and its bias, W_K stays",
                _statement(SCORES, K_="K(p(t))", b_="b(p(t))"), Witness((witness(
                    "end", **{**_PLAIN, **_SINGLE, "Q'": "t -> [[2]]", "M": "t -> [[2]]", "M'": "t -> [[1/2]]"}),))),
        Control("inverse_not_transposed", "W_K M^-1 in place of W_K M^-T",
                _statement(SCORES, K_="K(p(t))*M'(t)", b_="b(p(t))*M'(t)"), Witness((witness(
                    "end", **{**_PLAIN, **_SINGLE, **_SHEAR, "k": "2", "Q": "t -> [[1, 0]]", "K": "t -> [[1, 0]]",
                              "Q'": "t -> [[1, 1]]", "K'": "t -> [[1, -1]]",
                              **{name: "t -> [[0, 0]]" for name in ("a", "b", "a'", "b'")}}),))),
        Control("biases_left", "the biases of queries and keys are not changed along",
                _statement(SCORES, a_="a(p(t))", b_="b(p(t))"), Witness((witness(
                    "end", **{**_PLAIN, **_SINGLE, "M": "t -> [[2]]", "M'": "t -> [[1/2]]", "Q'": "t -> [[2]]",
                              "K'": "t -> [[1/2]]", "a": "t -> [[1]]", "a'": "t -> [[1]]"}),))),
        Control("heads_half_permuted", "heads permuted in W_Q, W_K and W_O, but not in W_V",
                _statement("R' = R", V_="V(t)*N(t)", c_="c(t)*N(t)"), Witness((witness(
                    "end", **{**_PLAIN, **_SINGLE, **_PAIR, "V": "t -> [[t]]", "V'": "t -> [[t]]", "O": "t -> [[t]]",
                              "O'": "t -> [[3 - t]]", "R": "[[5]]", "R'": "[[4]]"}),))),
        Control("factor_on_values_alone", "N acts on W_V, W_O stays",
                _statement("R' = R", O_="O(p(t))"), Witness((witness(
                    "end", **{**_PLAIN, **_SINGLE, "N": "t -> [[2]]", "N'": "t -> [[1/2]]", "V'": "t -> [[2]]",
                              "R'": "[[2]]"}),))),
    ),
    comparison=(
        Comparison("queries and keys", "W_Q -> W_Q M, W_K -> W_K M^-T for M in GL(d_k), each head",
                   "the same with M M' = I, for all sizes, and with the biases changed along",
                   "more general: heads may also become wider; `biases_left` shows that biases matter"),
        Comparison("values", "GL(d_v) on (W_V, W_O)", "W_V N, N' W_O with N N' = I, biases of values too", "as stated"),
        Comparison("heads", "h! permutations", "any permutation of the heads, combined with the matrices", "as stated"),
        Comparison("weights", "softmax of scaled scores", "any function of the scores of a head, cross-attention",
                   "more general: masks and scalings that all heads share"),
        Comparison("dimension", "the exponent drops by h (d_k^2 + d_v^2) when full rank",
                   "if W_Q and W_V of a head have left inverses, M and N are determined by the changed W_Q and W_V",
                   "the action is free there; a covering bound with the smaller exponent is not proved here"),
    ),
    tightness="An equality. Where W_Q and W_V have full column rank, different M, N give different parameters.",
    attack="theory.covering.attention_symmetry_attack",
)

LEMMAS = ()
