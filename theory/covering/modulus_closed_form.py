"""A closed form of the parameter modulus when every activation vanishes at 0 and no layer contracts (dossier 3.3).

With r(0) = X, a(l) = d(l-1) r(l-1) + 1 and r(l) = rho(l) B a(l), each layer at most doubles the bound of a(l), because
t + 1 <= 2t as soon as t >= 1; this is what 1 <= B rho(l) d(l) secures.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, define, induct, intro, witness

REACH = "(d(l-1)*r(l-1) + 1)"
"""a(l), which bounds B^-1 times a pre-activation of layer l."""

SUM = f"sum(l=1..L+1: {REACH}*rho(l)*prod(j=l+1..L+1: B*d(j-1)*rho(j)))"
"""sum_l kappa_l, in the form of `covering.param_lipschitz` with one bound B for all layers."""

BOUND = "(L + 1)*(X + 1)*pow(2, L)*pow(B, L + 1)*prod(j=1..L: rho(j))*(d(0)*prod(j=1..L: d(j)))"
"""The closed form of B sum_l kappa_l."""

_GAIN = "(all l:int | 1 <= l, l <= L => 1 <= B*rho(l)*d(l))"
_LAYER = "(X + 1)*pow(2*B, l - 1)*prod(j=1..l-1: rho(j))*(d(0)*prod(j=1..l-1: d(j)))"


def _statement(*, gain: str = f" H7: {_GAIN},", inputs: str = " H6: 1 <= d(0),", depth: str = "0 <= L",
               layers: bool = False, bound: str = BOUND) -> Statement:
    """The theorem, or a neighbour of it; only the theorem has the layer-wise part (i) besides the sum (ii)."""
    total = f"B*{SUM} <= {bound}"
    both = f"some | (all l:int | 1 <= l, l <= L + 1 => {REACH} <= {_LAYER}), {total}"
    return statement(
        "all L:int, d:int->int, r rho:int->real, B X:real |"
        f" H1: {depth}, H2: 0 <= X, H3: 0 < B, H4: (all l:int | 1 <= l, l <= L => 0 <= rho(l)), H5: rho(L+1) = 1,"
        f"{inputs}{gain} H8 H9: def r(0) = X then r(l+1) = rho(l+1)*B*(d(l)*r(l) + 1) => {both if layers else total}")


STATEMENT = _statement(layers=True)

_REACHED = "(X + 1)*pow(2, {0})*d(0)*G({0})"
"""The bound of a({0} + 1), with G(k) = prod_{j<=k} B rho(j) d(j)."""

_GAINS = (
    induct("GC", "all k:int | 0 <= k => G(k) = pow(B, k)*prod(j=1..k: rho(j))*prod(j=1..k: d(j))", "hk ih",
           [apply("p", "ax.pow_zero", b="B"), apply("u", "ax.prod_empty", f="j -> rho(j)", a="1", b="0"),
            apply("v", "ax.prod_empty", f="j -> d(j)", a="1", b="0"), combine("z", facts="g0 p u v", rounds=3)],
           [apply("p", "ax.pow_succ", b="B", n="k"), apply("u", "ax.prod_last", f="j -> rho(j)", a="1", b="k + 1"),
            apply("v", "ax.prod_last", f="j -> d(j)", a="1", b="k + 1"), apply("s", "gS", l="k"),
            combine("z", facts="ih p u v s", rounds=4)]),
    induct("G1", "all k:int | 0 <= k => (all | k <= L => 1 <= G(k))", "hk ih",
           [intro("z", None, "hL", combine("y", facts="g0"))],
           [intro("z", None, "hL", apply("u", "ih"), apply("q", "H7", l="k + 1"), apply("s", "gS", l="k"),
                  combine("y", facts="u q s"))]),
)
"""G in terms of pow and prod, and 1 <= G(k) for k <= L."""

_SIGNS = (
    intro("D", "all l:int | 1 <= l, l <= L => 0 <= d(l)", "l1 l2",
          apply("p", "H4", l="l"), apply("q", "H7", l="l"), apply("t", "ax.total", x="0", y="d(l)"),
          cases("z", "t", "c", [combine("y", "0 <= d(l)", "c")],
                # a negative width would make B rho(l) d(l) negative
                [combine("b", "0 <= B*rho(l)", "p H3"), combine("n", "B*rho(l)*d(l) <= 0", "b c"),
                 combine("y", "0 <= d(l)", "n q c")])),
    intro("P", "all l:int | 1 <= l, l <= L + 1 => 0 <= rho(l)", "l1 l2",
          apply("t", "ax.int_split", m="l", n="L + 1"),
          cases("z", "t", "c",
                [apply("e", "ax.cong_int", f="t -> rho(t)", x="L + 1", y="l"), combine("y", "0 <= rho(l)", "e H5")],
                [apply("y", "H4", "0 <= rho(l)", l="l")])),
)
"""Widths and Lipschitz constants are not negative."""

_LAYERS = (
    induct("A", f"all k:int | 0 <= k => (all | k <= L => d(k)*r(k) + 1 <= {_REACHED.format('k')})", "hk ih",
           [intro("z", None, "hL", apply("p", "ax.pow_zero", b="2"),
                  combine("x", "d(0)*X + 1 <= (X + 1)*d(0)", "H2 H6"), combine("y", facts="x p g0 H8", rounds=3))],
           [intro("z", None, "hL", apply("u", "ih"), apply("q", "H7", l="k + 1"), apply("s", "gS", l="k"),
                  apply("t", "H9", l="k"), apply("p", "ax.pow_succ", b="2", n="k"),
                  combine("q0", "0 <= B*rho(k+1)*d(k+1)", "q"),
                  combine("m", f"B*rho(k+1)*d(k+1)*(d(k)*r(k) + 1) <= B*rho(k+1)*d(k+1)*({_REACHED.format('k')})",
                          "q0 u"),
                  # t = (X + 1) 2^k d(0) G(k+1) is at least 1, so t + 1 <= 2t
                  apply("w0", "textbook.pow_ge_one", x="2", n="k"), apply("w1", "G1", k="k + 1"), apply("w2", "w1"),
                  combine("w3", "1 <= pow(2, k)*G(k+1)", "w0 w2"), combine("w4", "1 <= (X + 1)*d(0)", "H2 H6"),
                  combine("w", "1 <= (X + 1)*d(0)*(pow(2, k)*G(k+1))", "w3 w4"),
                  combine("e1", "d(k+1)*r(k+1) = B*rho(k+1)*d(k+1)*(d(k)*r(k) + 1)", "t"),
                  combine("e2", f"B*rho(k+1)*d(k+1)*({_REACHED.format('k')}) = (X + 1)*d(0)*(pow(2, k)*G(k+1))", "s"),
                  combine("e3", f"{_REACHED.format('(k+1)')} = 2*((X + 1)*d(0)*(pow(2, k)*G(k+1)))", "p"),
                  combine("y", facts="m w e1 e2 e3", degree=1))]),
    intro("I", f"all l:int | 1 <= l, l <= L + 1 => {REACH} <= {_LAYER}", "l1 l2",
          apply("a0", "A", k="l - 1"), apply("a1", "a0"), apply("c", "GC", k="l - 1"),
          apply("m", "textbook.pow_mul", x="2", y="B", n="l - 1"),
          combine("e", f"{_REACHED.format('(l - 1)')} = {_LAYER}", "c m", rounds=3),
          combine("z", facts="a1 e", degree=1)),
)
"""Part (i), as a bound of a(k + 1) by induction on k, then in the statement's form."""

_TOTAL = "rho({0}+1)*({0} + 1)*((X + 1)*pow(2, {0})*d(0)*G({0}))"
"""The bound of e({0} + 1), the sum for the network cut after layer {0} + 1."""

_SUMMED: tuple[Step, ...] = (
    induct("E", f"all k:int | 0 <= k => (all | k <= L => e(k+1) <= {_TOTAL.format('k')})", "hk ih",
           [intro("z", None, "hL", apply("a0", "A", k="0"), apply("a1", "a0"), apply("p", "P", l="1"),
                  apply("t", "eS", l="0"),
                  combine("m", f"rho(1)*(d(0)*r(0) + 1) <= rho(1)*({_REACHED.format('0')})", "a1 p"),
                  combine("e1", "e(1) = rho(1)*(d(0)*r(0) + 1)", "t e0"), combine("y", facts="m e1", degree=1))],
           [intro("z", None, "hL", apply("u", "ih"), apply("a0", "A", k="k + 1"), apply("a1", "a0"),
                  apply("p", "P", l="k + 2"), apply("n", "D", l="k + 1"), apply("t", "eS", l="k + 1"),
                  apply("s", "gS", l="k"), apply("w", "ax.pow_succ", b="2", n="k"),
                  combine("n0", "0 <= B*d(k+1)", "n H3"), combine("c", "0 <= rho(k+2)*(B*d(k+1))", "n0 p"),
                  combine("m1", f"rho(k+2)*(B*d(k+1))*e(k+1) <= rho(k+2)*(B*d(k+1))*({_TOTAL.format('k')})", "u c"),
                  combine("m2", f"rho(k+2)*(d(k+1)*r(k+1) + 1) <= rho(k+2)*({_REACHED.format('(k+1)')})", "a1 p"),
                  # with Y = rho(k+2) (X+1) 2^k d(0) G(k+1) the new sum is at most (k+1) Y + 2 Y <= (k+2) 2 Y
                  apply("v0", "G1", k="k + 1"), apply("v1", "v0"), apply("w0", "textbook.pow_pos", x="2", n="k"),
                  combine("y0", "0 <= (X + 1)*d(0)", "H2 H6"), combine("y1", "0 <= pow(2, k)*G(k+1)", "w0 v1"),
                  combine("y2", "0 <= (X + 1)*d(0)*(pow(2, k)*G(k+1))", "y0 y1"),
                  combine("y3", "0 <= rho(k+2)*((X + 1)*d(0)*(pow(2, k)*G(k+1)))", "y2 p"),
                  combine("y4", "0 <= (k + 1)*(rho(k+2)*((X + 1)*d(0)*(pow(2, k)*G(k+1))))", "y3 hk"),
                  combine("f0", "e(k+2) = rho(k+2)*(d(k+1)*r(k+1) + 1) + rho(k+2)*(B*d(k+1))*e(k+1)", "t"),
                  combine("f1", f"rho(k+2)*(B*d(k+1))*({_TOTAL.format('k')})"
                          " = (k + 1)*(rho(k+2)*((X + 1)*d(0)*(pow(2, k)*G(k+1))))", "s"),
                  combine("f2", f"rho(k+2)*({_REACHED.format('(k+1)')})"
                          " = 2*(rho(k+2)*((X + 1)*d(0)*(pow(2, k)*G(k+1))))", "w"),
                  combine("f3", f"{_TOTAL.format('(k+1)')}"
                          " = 2*(k + 2)*(rho(k+2)*((X + 1)*d(0)*(pow(2, k)*G(k+1))))", "w"),
                  combine("y", facts="m1 m2 y4 f0 f1 f2 f3", degree=1))]),
    apply("E1", "E", k="L"), apply("E2", "E1"),
    apply("U", "covering.unrolled", e="l -> e(l)", a="l -> d(l-1)*r(l-1) + 1", rho="l -> rho(l)", delta="l -> 1",
          B="l -> B", d="l -> d(l)", N="L + 1"),
    combine("S", f"{SUM} <= rho(L+1)*(L + 1)*((X + 1)*pow(2, L)*d(0)*G(L))", "E2 U", degree=1),
    combine("SB", f"B*{SUM} <= B*(rho(L+1)*(L + 1)*((X + 1)*pow(2, L)*d(0)*G(L)))", "S H3"),
    apply("c", "GC", k="L"), apply("w", "ax.pow_succ", b="B", n="L"),
    combine("q", f"B*(rho(L+1)*(L + 1)*((X + 1)*pow(2, L)*d(0)*G(L))) = {BOUND}", "c w H5", rounds=4),
    combine("T", f"B*{SUM} <= {BOUND}", "SB q", degree=1),
    witness("z"),
)
"""Part (ii): the sum is the value at L + 1 of the recursion e, which stays below its bound layer by layer."""

_DERIVATION = (
    define("end", "def G(0) = 1 then G(l+1) = G(l)*(B*rho(l+1)*d(l+1))", "int->real", "g0 gS",
           *_GAINS, *_SIGNS, *_LAYERS,
           define("x", "def e(0) = 0 then e(l+1) = rho(l+1)*(1*(d(l)*r(l) + 1) + B*d(l)*e(l))", "int->real", "e0 eS",
                  *_SUMMED)),
)

_UNIT = {"d": "l -> 1", "rho": "l -> 1", "B": "1"}
"""Widths, Lipschitz constants and bound 1, so that r(l) = X + l."""

CONTROLS = (
    Control("contracting_layers", "without 1 <= B rho(l) d(l): one hidden unit, B = 1/10",
            _statement(gain=""),
            Witness((witness("end", L="1", d="l -> 1", r="l -> 1/9", rho="l -> 1", B="1/10", X="1/9"),))),
    Control("one_doubling_less", "2^(L-1) in place of 2^L: one hidden unit, X = 0, B = 1",
            _statement(depth="1 <= L", bound=BOUND.replace("pow(2, L)", "pow(2, L - 1)")),
            Witness((witness("end", L="1", r="l -> l", X="0", **_UNIT),))),
    Control("biases_forgotten", "X in place of X + 1: at X = 0 the biases alone move the output",
            _statement(bound=BOUND.replace("(X + 1)", "X")),
            Witness((witness("end", L="1", r="l -> l", X="0", **_UNIT),))),
    Control("output_layer_forgotten", "L in place of L + 1: a linear map has one layer",
            _statement(bound=BOUND.replace("(L + 1)*(X", "L*(X")),
            Witness((witness("end", L="0", r="l -> l", X="0", **_UNIT),))),
    Control("no_inputs", "without 1 <= d(0): a network without inputs still has biases",
            _statement(inputs=""),
            Witness((witness("end", L="0", d="l -> 0", r="l -> 1", rho="l -> 1", B="1", X="1"),))),
)

CLAIM = Claim(
    id="covering.modulus_closed_form",
    title="Closed form of the parameter modulus without contracting layers",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "reconstructed", arxiv="2305.11417",
                  note="The closed form behind the base of the paper's deep covering bound, reconstructed; the text of"
                  " its proof was not seen. The condition 1 <= B rho_l d_l is made explicit."),
    summary="If activations vanish at 0 and B rho_l d_l >= 1, then B sum_l kappa_l is at most"
            " (L+1)(X+1) 2^L B^(L+1) prod rho_l prod d_l.",
    derivation=_DERIVATION,
    # widths 2 with B = 1/2 are just not contracting: r(l+1) = r(l) + 1/2
    instance=Witness((witness("end", L="2", d="l -> 2", r="l -> 1 + l/2", rho="l -> 1", B="1/2", X="1"),)),
    controls=CONTROLS,
    comparison=(
        Comparison("objects", "r_0 = B_x, a_l = d_{l-1} r_{l-1} + 1, r_l = rho_l B a_l, rho_{L+1} = 1",
                   "r by recursion from X, a(l) written out, one B for all layers", "as stated; no offsets"),
        Comparison("hypotheses", "s_l = 0, B rho_l d_l >= 1 for l = 1..L",
                   "the same, 1 <= d(0), 0 < B, 0 <= X, 0 <= rho(l); hidden widths are positive by H7",
                   "d_0 >= 1 is tacit in the dossier"),
        Comparison("(i) layers", "a_l <= (B_x+1)(2B)^(l-1) prod_{j<l} rho_j prod_{j<l} d_j",
                   "the same for l = 1..L+1, the product of the widths split as d(0) times the hidden ones",
                   "as stated"),
        Comparison("(ii) sum", "B sum_l kappa_l <= (L+1)(B_x+1) 2^L B^(L+1) prod rho_j prod_{j=0..L} d_j",
                   "the same, kappa_l as in covering.param_lipschitz", "as stated"),
    ),
    tightness="Equality for a linear map (L = 0) with one input.",
    attack="theory.covering.modulus_closed_form_attack",
)
