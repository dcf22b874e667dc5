"""The exact parameter-to-function modulus of a feed-forward network, all depths and widths (Shen 2023, reconstructed).

If layer l's parameters move by at most delta_l in sup norm, every output moves by at most sum_l kappa_l delta_l with
kappa_l = a_l rho_l prod_{j>l} (B_j d_{j-1} rho_j), a_l = d_{l-1} r_{l-1} + 1, r_0 = B_x and r_l either
rho_l B_l a_l + s_l or any bound of |sigma_l|.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, combine, compute, define, induct, intro, witness

_TEXT = (
    "all L:int, d:int->int, W V:(l:int)->mat(d(l),d(l-1)), b c h g:(l:int)->mat(d(l),1), s:(l:int,u:real)->real,"
    " B rho {offsets}r delta:int->real, X:real{extra} |"
    " H1: 0 <= L,"
    " H2: (all l:int | 0 <= l, l <= L + 1 => 0 <= d(l)),"
    " H3: (all l i j:int | 1 <= l, l <= L + 1, 1 <= i, i <= d(l), 1 <= j, j <= d(l-1) => abs(W(l)[i,j]) <= B(l)),"
    " H4: (all l i j:int | 1 <= l, l <= L + 1, 1 <= i, i <= d(l), 1 <= j, j <= d(l-1) => abs(V(l)[i,j]) <= B(l)),"
    " H5: (all l i:int | 1 <= l, l <= L + 1, 1 <= i, i <= d(l) => abs(b(l)[i,1]) <= B(l)),"
    " H6: (all l i j:int | 1 <= l, l <= L + 1, 1 <= i, i <= d(l), 1 <= j, j <= d(l-1)"
    " => abs(W(l)[i,j] - V(l)[i,j]) <= delta(l)),"
    " H7: (all l i:int | 1 <= l, l <= L + 1, 1 <= i, i <= d(l) => abs(b(l)[i,1] - c(l)[i,1]) <= delta(l)),"
    " H8: (all l:int | 1 <= l, l <= L + 1 => 0 <= rho(l)),"
    " H9: (all l:int, u v:real | 1 <= l, l <= L + 1 => abs(s(l,u) - s(l,v)) <= rho(l)*abs(u - v)),"
    " H11: r(0) = X,"
    "{range}"
    " H13: (all i:int | 1 <= i, i <= d(0) => abs(h(0)[i,1]) <= X),"
    " H14: g(0) = h(0),"
    " H15: (all l i:int | 1 <= l, l <= L + 1, 1 <= i, i <= d(l) => h(l)[i,1] = s(l, (W(l)*h(l-1) + b(l))[i,1])),"
    " H16: (all l i:int | 1 <= l, l <= L + 1, 1 <= i, i <= d(l) => g(l)[i,1] = s(l, (V(l)*g(l-1) + c(l))[i,1])){more}"
    " => (all i:int | 1 <= i, i <= d(L+1) => abs(h(L+1)[i,1] - g(L+1)[i,1])"
    " <= sum(l=1..L+1: ({width}*r(l-1) + 1)*rho(l)*prod(j=l+1..L+1: B(j)*{factor}*rho(j))*delta(l)))"
)
_RECURSION = (" H10: (all l:int | 1 <= l, l <= L => abs(s(l,0)) <= o(l)),"
              " H12: (all l:int | 1 <= l, l <= L => rho(l)*B(l)*({width}*r(l-1) + 1){offset} <= r(l)),")
_REACHABLE = (" H12: (all l:int, u:real | 1 <= l, l <= L, abs(u) <= B(l)*(d(l-1)*r(l-1) + 1) => abs(s(l,u)) <= r(l)),")


def _statement(width: str = "d(l-1)", offset: str = " + o(l)", factor: str = "d(j-1)", extra: str = "", more: str = "",
               reach: str = _RECURSION) -> Statement:
    return statement(_TEXT.format(width=width, factor=factor, extra=extra, more=more,
                                  offsets="o " if reach is _RECURSION else "",
                                  range=reach.format(width=width, offset=offset)))


STATEMENT = _statement()

_Z = "(W(k+1)*h(k) + b(k+1))[i,1]"
_Y = "(V(k+1)*g(k) + c(k+1))[i,1]"

_DERIVATION = (
    # every hidden layer of the first network stays within r
    induct("R", "all k:int | 0 <= k => (all | k <= L => (all i:int | 1 <= i, i <= d(k) => abs(h(k)[i,1]) <= r(k)))",
           "hk ih",
           [intro("z", None, "hL", intro("y", None, "i1 i2", apply("a", "H13", i="i"), combine("x", facts="a H11")))],
           [intro("z", None, "hL",
                  apply("IH", "ih"), apply("n", "H2", l="k"),
                  apply("A", "covering.affine_bound", m="d(k+1)", n="d(k)", A="W(k+1)", c="b(k+1)", x="h(k)",
                        B="B(k+1)", r="r(k)"),
                  intro("y", None, "i1 i2",
                        apply("net", "H15", l="k + 1", i="i"), apply("A1", "A", i="i"),
                        apply("q1", "H12", l="k + 1", u=_Z),
                        apply("e", "ax.cong", f="t -> abs(t)", x="h(k+1)[i,1]", y=f"s(k+1, {_Z})"),
                        combine("y3", facts="q1 e", degree=1)))]),
    # the distance of the two networks, layer by layer, is at most a function e given by a recursion
    define("end", "def e(0) = 0 then e(l+1) = rho(l+1)*(delta(l+1)*(d(l)*r(l) + 1) + B(l+1)*d(l)*e(l))", "int->real",
           "e0 eS",
           induct("E", "all k:int | 0 <= k => (all | k <= L + 1 =>"
                  " (all i:int | 1 <= i, i <= d(k) => abs(h(k)[i,1] - g(k)[i,1]) <= e(k)))", "hk ih",
                  [intro("z", None, "hL", intro("y", None, "i1 i2",
                         apply("a", "ax.at_cong", r="d(0)", c="1", p="i", v="1", A="g(0)", B="h(0)"),
                         combine("a0", "h(0)[i,1] - g(0)[i,1] = 0", "a"),
                         apply("e", "ax.cong", f="t -> abs(t)", x="h(0)[i,1] - g(0)[i,1]", y="0"),
                         compute("o", "abs(0) = 0"), combine("x", facts="e o e0")))],
                  [intro("z", None, "hL",
                         apply("IH", "ih"), apply("n", "H2", l="k"), apply("R0", "R", k="k"), apply("R1", "R0"),
                         apply("A", "covering.affine_difference", m="d(k+1)", n="d(k)", A="W(k+1)", C="V(k+1)",
                               b="b(k+1)", c="c(k+1)", x="h(k)", y="g(k)", B="B(k+1)", r="r(k)", delta="delta(k+1)",
                               e="e(k)"),
                         intro("y", None, "i1 i2",
                               apply("n1", "H15", l="k + 1", i="i"), apply("n2", "H16", l="k + 1", i="i"),
                               apply("A1", "A", i="i"), apply("p", "H8", l="k + 1"), apply("rec", "eS", l="k"),
                               apply("lip", "H9", l="k + 1", u=_Z, v=_Y),
                               combine("m", f"rho(k+1)*abs({_Z} - {_Y}) <= rho(k+1)*(delta(k+1)*(d(k)*r(k) + 1)"
                                       " + B(k+1)*d(k)*e(k))", "p A1"),
                               combine("eq", f"h(k+1)[i,1] - g(k+1)[i,1] = s(k+1, {_Z}) - s(k+1, {_Y})", "n1 n2"),
                               apply("e", "ax.cong", f="t -> abs(t)", x="h(k+1)[i,1] - g(k+1)[i,1]",
                                     y=f"s(k+1, {_Z}) - s(k+1, {_Y})"),
                               combine("x", facts="lip m e rec", degree=1)))]),
           apply("E1", "E", k="L + 1"), apply("E2", "E1"),
           apply("U", "covering.unrolled", e="l -> e(l)", a="l -> d(l-1)*r(l-1) + 1", rho="l -> rho(l)",
                 delta="l -> delta(l)", B="l -> B(l)", d="l -> d(l)", N="L + 1"),
           intro("z", None, "i1 i2", apply("y", "E2", i="i"), combine("x", facts="y U", degree=1))),
)

ON_RANGE = Lemma(
    "covering.modulus_on_range", "The modulus with any bounds r(l) of the activations on the reachable range",
    _statement(reach=_REACHABLE), _DERIVATION,
)

_FROM_RANGE = (
    intro("range", "all l:int, u:real | 1 <= l, l <= L, abs(u) <= B(l)*(d(l-1)*r(l-1) + 1) => abs(s(l,u)) <= r(l)",
          "l1 l2 l3",
          apply("p", "H8", l="l"), apply("lip", "H9", l="l", u="u", v="0"), apply("off", "H10", l="l"),
          apply("rec", "H12", l="l"), apply("sum", "textbook.abs_add_le", use="lip off"),
          combine("m", "rho(l)*abs(u) <= rho(l)*(B(l)*(d(l-1)*r(l-1) + 1))", "p l3"),
          combine("z", facts="sum m rec", degree=1)),
    apply("end", "covering.modulus_on_range", X="X", W="l -> W(l)", V="l -> V(l)", b="l -> b(l)", c="l -> c(l)",
          h="l -> h(l)", g="l -> g(l)", s="l, u -> s(l,u)", B="l -> B(l)", rho="l -> rho(l)", r="l -> r(l)",
          delta="l -> delta(l)", L="L", d="l -> d(l)"),
)

LEMMAS = (ON_RANGE,)

# One hidden unit and one output, all parameters 1 against 9/10, x = 1, identity activation: everything can be computed.
INSTANCE = Witness((
    witness("end", L="1", d="l -> 1", W="l -> [[1]]", V="l -> [[9/10]]", b="l -> [[1]]", c="l -> [[9/10]]",
            h="l -> [[[[1],[2],[3]][l+1,1]]]", g="l -> [[[[1],[9/5],[63/25]][l+1,1]]]", s="l, u -> u",
            B="l -> 1", rho="l -> 1", o="l -> 0", r="l -> l + 1", delta="l -> 1/10", X="1"),
))

CONTROLS = (
    Control(
        "no_offset", "the term |sigma(0)| left out of the recursion of r: sigma(u) = u + 10",
        _statement(offset=""),
        Witness((
            witness("end", L="1", d="l -> 1", W="l -> [[1]]", V="l -> [[9/10]]", b="l -> [[1]]", c="l -> [[9/10]]",
                    h="l -> [[[[1],[12],[23]][l+1,1]]]",
                    g="l -> [[[[1],[59/5],[538/25]][l+1,1]]]", s="l, u -> u + 10", B="l -> 1",
                    rho="l -> 1", o="l -> 10", r="l -> l + 1", delta="l -> 1/10", X="1"),
        )),
    ),
    Control(
        "root_of_width", "sqrt(d) in place of d although inputs are bounded in the sup norm: x = (1, 1, 1, 1)",
        _statement(extra=", y:int->real", width="y(l-1)", factor="y(j-1)",
                   more=", H17: (all l:int | 0 <= l, l <= L + 1 => y(l)*y(l) = d(l))"),
        Witness((
            witness("end", L="0", d="l -> [[4],[1]][l+1,1]",
                    W="l -> build(i<=[[4],[1]][l+1,1], j<=[[4],[1]][l,1]: 1)",
                    V="l -> build(i<=[[4],[1]][l+1,1], j<=[[4],[1]][l,1]: 1/2)",
                    b="l -> build(i<=[[4],[1]][l+1,1], j<=1: 1)",
                    c="l -> build(i<=[[4],[1]][l+1,1], j<=1: 1/2)",
                    h="l -> build(i<=[[4],[1]][l+1,1], j<=1: [[1],[5]][l+1,1])",
                    g="l -> build(i<=[[4],[1]][l+1,1], j<=1: [[1],[5/2]][l+1,1])", s="l, u -> u",
                    B="l -> 1", rho="l -> 1", o="l -> 0", r="l -> 1", delta="l -> 1/2", X="1",
                    y="l -> [[2],[1]][l+1,1]"),
        )),
    ),
)

CLAIM = Claim(
    id="covering.param_lipschitz",
    title="Parameter-to-function modulus of a feed-forward network",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "strengthened", arxiv="2305.11417",
                  note="The modulus behind the paper's covering bound, reconstructed; boxes B_l may differ from layer"
                  " to layer, the output layer may have any activation, and only the weights of the second network need"
                  " to lie in the box."),
    summary="Moving the parameters of layer l by at most delta_l moves every output by at most sum_l kappa_l delta_l.",
    derivation=_FROM_RANGE,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("objects", "widths d_0..d_{L+1}, f = W_{L+1} h_L + b_{L+1}",
                   "matrix families W, V of shapes d(l) x d(l-1), any d(l) >= 0; layers 1..L+1 activate by s(l, .)",
                   "the dossier's output layer is s(L+1, u) = u with rho(L+1) = 1"),
        Comparison("parameters", "|parameters| <= B for both networks", "W, V, b within B(l), c free",
                   "stronger: one B for each layer, no box for the second biases"),
        Comparison("range", "r_l = rho_l B a_l + s_l, or sup |sigma_l| if smaller",
                   "r(l) >= rho B a + o (H12); the lemma covering.modulus_on_range takes any bound of |sigma_l| on the"
                   " reachable range",
                   "as stated"),
        Comparison("conclusion", "sup norm over |x| <= B_x of the outputs",
                   "every output i at every input h(0) within X",
                   "as stated"),
    ),
    tightness="Linear activation, all parameters B, x = B_x (1, ..., 1): the first-order term is attained.",
    experiments=("covering.digits_modulus",),
    attack="theory.covering.param_lipschitz_attack",
)
