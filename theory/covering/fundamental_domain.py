"""Networks with ordered hidden biases meet every orbit, at most once inside, and fill 1 / prod d_l! of the cube.

The volume of the ordered part is its iterated integral over all parameters, layer by layer: J runs over the biases
b_1 >= ... >= b_d of a hidden layer, K over the parameters that are free, Z(l) is the integral over the layers 1..l.
"""

from __future__ import annotations

from theory.covering import ordering
from theory.covering.perm_invariance import ENDS, HIDDEN, OUTPUTS, RELABELLED, STATES
from theory.language import Claim, Comparison, Control, Lemma, Source, Witness, statement
from theory.language.derivation import Step, apply, calculus, combine, compute, define, induct, intro, obtain, witness

_J = "def J(0, c:real, t:real) = c then J(k+1) = integral(u in leb(-B,t): J(k,c,u))"
_K = "def K(0, c:real) = c then K(k+1) = integral(u in leb(-B,B): K(k,c))"
_Z = "def Z(0) = 1 then Z(l+1) = K(d(l+1)*d(l), J(d(l+1), Z(l), B))"
_JS, _KS = "(k:int,c:real,t:real)->real", "(k:int,c:real)->real"

CHAIN = Lemma(
    "covering.ordered_integral", "The integral of c over t >= x_1 >= ... >= x_k >= -B is c (t+B)^k / k!",
    statement(f"all B:real, J:{_JS} | J0 J1: {_J} => (all c:real, e:int | 0 <= c, 0 <= e"
              " => (all t:real | -B <= t => J(e,c,t)*fact(e) = c*pow(t + B, e)))"),
    (
        intro("end", None, "hc hk0",
              induct("I", "all k:int | 0 <= k => (all t:real | -B <= t => J(k,c,t)*fact(k) = c*pow(t + B, k))", "hk ih",
                     [intro("z", None, "ht", apply("a", "J0", c="c", t="t"), apply("f", "ax.fact_zero"),
                            apply("p", "ax.pow_zero", b="t + B"), combine("y", facts="a f p", rounds=3))],
                     [intro("z", None, "ht", apply("f0", "textbook.fact_pos", n="k"),
                            apply("f1", "textbook.fact_pos", n="k + 1"), apply("f", "ax.fact_succ", n="k"),
                            intro("D", "all x:real | -B <= x, x <= t =>"
                                  " deriv(u: c*pow(u + B, k + 1)*(1/fact(k + 1)), x, J(k,c,x))", "x1 x2",
                                  apply("v", "ih", t="x"),
                                  combine("e1", "(c*(k + 1)*pow(x + B, k)*(1/fact(k + 1)) - J(k,c,x))*fact(k + 1) = 0",
                                          "v f f1", rounds=4),
                                  combine("e", "c*(k + 1)*pow(x + B, k)*(1/fact(k + 1)) = J(k,c,x)", "e1", mul="f1"),
                                  calculus("y", facts="e f1")),
                            intro("N", "all x:real | -B <= x, x <= t => 0 <= J(k,c,x)", "x1 x2",
                                  apply("v", "ih", t="x"), combine("s", "0 <= x + B", "x1"),
                                  apply("pp", "textbook.pow_nonneg", x="x + B", n="k"),
                                  combine("m", "0 <= c*pow(x + B, k)", "hc pp"),
                                  combine("y", facts="v m", mul="f0", degree=1)),
                            apply("F", "ax.ftc", F="x -> c*pow(x + B, k + 1)*(1/fact(k + 1))", f="x -> J(k,c,x)",
                                  a="-B",
                                  b="t", m="0"),
                            apply("s", "J1", k="k", c="c", t="t"), apply("p", "ax.pow_succ", b="-B + B", n="k"),
                            combine("o", "pow(-B + B, k + 1) = 0", "p"),
                            combine("y", facts="F s o f1", rounds=4))]),
              apply("z", "I", k="e")),
    ),
)

FREE = Lemma(
    "covering.free_integral", "The integral of c over k free parameters in [-B, B] is c (2B)^k",
    statement(f"all B:real, K:{_KS} | hB: 0 < B, K0 K1: {_K} => (all c:real, e:int | 0 <= e"
              " => K(e,c) = c*pow(2*B, e))"),
    (
        intro("end", None, "hk0",
              induct("I", "all k:int | 0 <= k => K(k,c) = c*pow(2*B, k)", "hk ih",
                     [apply("a", "K0", c="c"), apply("p", "ax.pow_zero", b="2*B"), combine("y", facts="a p")],
                     [apply("s", "K1", k="k", c="c"), apply("i", "textbook.integral_const", a="-B", b="B", c="K(k,c)"),
                      apply("p", "ax.pow_succ", b="2*B", n="k"), combine("y", facts="s i p ih", rounds=4)]),
              apply("z", "I", k="e")),
    ),
)

_WIDTHS = "(all l:int | 0 <= l, l <= L + 1 => 0 <= d(l))"
_SIZE = "sum(l=1..{0}: d(l)*(d(l-1) + 1))"
_FACTORIALS = "prod(l=1..{0}: fact(d(l)))"
VOLUME = "K(d(L+1)*(d(L) + 1), Z(L))"
"""The iterated integral of 1 over all parameters, the hidden biases in order."""
_FRACTION = f"{VOLUME}*{_FACTORIALS.format('L')} = pow(2*B, {_SIZE.format('L+1')})"
_FUNCTIONS = f"d:int->int, B:real, J:{_JS}, K:{_KS}, Z:int->real"

_LAYER = (
    apply("u", "ih"), apply("dk", "hd", l="k"), apply("dn", "hd", l="k + 1"), combine("w", "0 <= d(k+1)*d(k)", "dk dn"),
    obtain("y", "u", "u1 u2",
           apply("z1", "Z1", l="k"), apply("kf", "KF", c="J(d(k+1), Z(k), B)", e="d(k+1)*d(k)"),
           apply("jf", "JF", c="Z(k)", e="d(k+1)"),
           apply("jb", "jf", "J(d(k+1),Z(k),B)*fact(d(k+1)) = Z(k)*pow(2*B, d(k+1))",
                                                           t="B"),
           apply("fp", "textbook.fact_pos", n="d(k+1)"), apply("p1", "textbook.pow_pos", x="2*B", n="d(k+1)*d(k)"),
           apply("p2", "textbook.pow_pos", x="2*B", n="d(k+1)"), combine("zp", "0 <= Z(k)*pow(2*B, d(k+1))", "u1 p2"),
           combine("j0", "0 <= J(d(k+1),Z(k),B)", "jb zp", mul="fp", degree=1),
           combine("n0", "0 <= Z(k+1)", "z1 kf j0 p1"),
           apply("pl", "ax.prod_last", f="l -> fact(d(l))", a="1", b="k + 1"),
           apply("sl", "ax.sum_last", f="l -> d(l)*(d(l-1) + 1)", a="1", b="k + 1"),
           apply("s0", "textbook.sum_nonneg", f="l -> d(l)*(d(l-1) + 1)", a="1", b="k"),
           apply("a1", "textbook.pow_add", b="2*B", n=_SIZE.format("k"), m="d(k+1)*(d(k) + 1)"),
           apply("a2", "textbook.pow_add", "pow(2*B, d(k+1)*(d(k) + 1)) = pow(2*B, d(k+1)*d(k))*pow(2*B, d(k+1))",
                 b="2*B", n="d(k+1)*d(k)", m="d(k+1)"),
           apply("cg", "ax.cong_int", f="t -> pow(2*B, t)", x=_SIZE.format("k+1"),
                 y=f"{_SIZE.format('k')} + d(k+1)*(d(k) + 1)"),
           combine("m1", f"Z(k+1)*{_FACTORIALS.format('k+1')} = pow(2*B, d(k+1)*d(k))"
                   f"*(J(d(k+1),Z(k),B)*fact(d(k+1)))*{_FACTORIALS.format('k')}", "z1 kf pl", rounds=4),
           combine("m2", f"Z(k+1)*{_FACTORIALS.format('k+1')} = pow(2*B, d(k+1)*d(k))*pow(2*B, d(k+1))"
                   f"*pow(2*B, {_SIZE.format('k')})", "m1 jb u2", rounds=4),
           combine("m3", f"Z(k+1)*{_FACTORIALS.format('k+1')} = pow(2*B, {_SIZE.format('k+1')})", "m2 a1 a2 cg",
                   rounds=4),
           witness("x")),
)

ORDERED_VOLUME = Lemma(
    "covering.ordered_volume", "The part of the cube with ordered hidden biases has volume (2B)^S / prod d_l!",
    statement(f"all L:int, {_FUNCTIONS} | hL: 0 <= L, hd: {_WIDTHS}, hB: 0 < B, J0 J1: {_J}, K0 K1: {_K}, Z0 Z1: {_Z}"
              f" => {_FRACTION}"),
    (
        apply("JF", "covering.ordered_integral", B="B", J="k, c, t -> J(k,c,t)"),
        apply("KF", "covering.free_integral", B="B", K="k, c -> K(k,c)"),
        induct("I", f"all k:int | 0 <= k => (all | k <= L => some | 0 <= Z(k), Z(k)*{_FACTORIALS.format('k')}"
               f" = pow(2*B, {_SIZE.format('k')}))", "hk ih",
               [intro("z", None, "h", apply("pe", "ax.prod_empty", f="l -> fact(d(l))", a="1", b="0"),
                      apply("se", "ax.sum_empty", f="l -> d(l)*(d(l-1) + 1)", a="1", b="0"),
                      apply("cg", "ax.cong_int", f="t -> pow(2*B, t)", x=_SIZE.format("0"), y="0"),
                      apply("pz", "ax.pow_zero", b="2*B"), combine("v0", "0 <= Z(0)", "Z0"),
                      combine("v1", f"Z(0)*{_FACTORIALS.format('0')} = pow(2*B, {_SIZE.format('0')})", "Z0 pe cg pz",
                              rounds=3), witness("y"))],
               [intro("z", None, "h", *_LAYER)]),
        apply("E", "I", k="L"), apply("E1", "E"), apply("d0", "hd", l="L"), apply("d1", "hd", l="L + 1"),
        combine("w", "0 <= d(L+1)*(d(L) + 1)", "d0 d1"),
        obtain("end", "E1", "u1 u2", apply("kf", "KF", c="Z(L)", e="d(L+1)*(d(L) + 1)"),
               apply("sl", "ax.sum_last", f="l -> d(l)*(d(l-1) + 1)", a="1", b="L + 1"),
               apply("s0", "textbook.sum_nonneg", f="l -> d(l)*(d(l-1) + 1)", a="1", b="L"),
               apply("a1", "textbook.pow_add", b="2*B", n=_SIZE.format("L"), m="d(L+1)*(d(L) + 1)"),
               apply("cg", "ax.cong_int", f="t -> pow(2*B, t)", x=_SIZE.format("L+1"),
                     y=f"{_SIZE.format('L')} + d(L+1)*(d(L) + 1)"),
               combine("z", facts="kf u2 a1 cg", rounds=4)),
    ),
)

LEMMAS = (*ordering.LEMMAS, CHAIN, FREE, ORDERED_VOLUME)

_PLACE = "1 <= l, l <= L + 1, 1 <= i, i <= d(l)"
_PERMUTED = "1 <= l, l <= L, 1 <= i, i <= d(l)"


def _in_box(weights: str, biases: str) -> str:
    """All parameters lie in [-B, B]: two hypotheses."""
    return (f"(all l i j:int | {_PLACE}, 1 <= j, j <= d(l-1) => abs({weights}[i,j]) <= B),"
            f" (all l i:int | {_PLACE} => abs({biases}[i,1]) <= B)")


ORDERED = "(all l i:int | 1 <= l, l <= L, 1 <= i, i + 1 <= d(l) => {e}[i+1,1] <= {e}[i,1])"
"""The hidden biases fall: the network is in Theta_0."""

_SAME_FUNCTION = f"(all s:(l:int,u:real)->real, h g:(l:int)->mat(d(l),1) | {STATES} => {OUTPUTS})"
_REPRESENTED = (
    "(all W:(l:int)->mat(d(l),d(l-1)), b:(l:int)->mat(d(l),1) | " + _in_box("W(l)", "b(l)")
    + " => some p v:(l:int,i:int)->int, V:(l:int)->mat(d(l),d(l-1)), e:(l:int)->mat(d(l),1) |"
    f" {HIDDEN}, {ENDS}, {RELABELLED}, {_in_box('V(l)', 'e(l)')}, {ORDERED.format(e='e(l)')}, {_SAME_FUNCTION})"
)
_STRICT = "(all l i:int | 1 <= l, l <= L, 1 <= i, i + 1 <= d(l) => b(l,{1}) {2} b(l,{0}))"
_FALLING = f"{_STRICT.format('i', 'i+1', '<')}, {_STRICT.format('p(l,i)', 'p(l,i+1)', '<')}"
_INTO = (f"(all l i:int | {_PERMUTED} => 1 <= p(l,i)), (all l i:int | {_PERMUTED} => p(l,i) <= d(l))")
_IDENTITY = f"(all l i:int | {_PERMUTED} => p(l,i) = i)"
_ONCE = f"(all b:(l:int,i:int)->real, p:(l:int,i:int)->int | {_INTO}, {_FALLING} => {_IDENTITY})"
_HYPOTHESES = f"H1: 0 <= L, H2: {_WIDTHS}, H3: 0 < B, H4 H5: {_J}, H6 H7: {_K}, H8 H9: {_Z}"

STATEMENT = statement(f"all L:int, {_FUNCTIONS} | {_HYPOTHESES} => some | {_REPRESENTED}, {_ONCE}, {_FRACTION}")

_W_AT, _B_AT = "W(l)[p(l,i),p(l-1,j)]", "b(l)[p(l,i),1]"
_V = f"build(i<=d(l), j<=d(l-1): {_W_AT})"
_E = f"build(i<=d(l), j<=1: {_B_AT})"
_V_AT = apply("a", "ax.at_build", f=f"i, j -> {_W_AT}", r="d(l)", c="d(l-1)", p="i", v="j")
_E_AT = apply("a", "ax.at_build", f=f"i, j -> {_B_AT}", r="d(l)", c="1", p="i", v="1")
_PARTS = ("1 <= p(l,i)", "p(l,i) <= d(l)", "1 <= v(l,i)", "v(l,i) <= d(l)", "v(l,p(l,i)) = i", "p(l,v(l,i)) = i")


def _built(text: str) -> str:
    """The text with V and e written by their entries."""
    return text.replace("V(l)", _V).replace("e(l)", _E)


_RANGES = tuple(
    intro(f"q{n}", f"all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => {part}", "l1 l2 i1 i2",
          apply("a", "pp", l="l", i="i"), obtain("z", "a", "p1 p2 p3 p4 p5 p6", apply("y", f"p{n}")))
    for n, part in enumerate(_PARTS[:2], 1))

_RELABEL: tuple[Step, ...] = (
    intro("x1", f"all l i j:int | {_PLACE}, 1 <= j, j <= d(l-1) => {_V}[i,j] = {_W_AT}", "l1 l2 i1 i2 j1 j2", _V_AT),
    intro("x2", f"all l i:int | {_PLACE} => {_E}[i,1] = {_B_AT}", "l1 l2 i1 i2", _E_AT),
    intro("x3", f"all l i j:int | {_PLACE}, 1 <= j, j <= d(l-1) => abs({_V}[i,j]) <= B", "l1 l2 i1 i2 j1 j2",
          apply("a", "x1", l="l", i="i", j="j"), apply("r1", "q1", l="l", i="i"), apply("r2", "q2", l="l", i="i"),
          apply("r3", "q1", l="l - 1", i="j"), apply("r4", "q2", l="l - 1", i="j"),
          apply("w", "hW", l="l", i="p(l,i)", j="p(l-1,j)"),
          apply("c", "ax.cong", f="t -> abs(t)", x=f"{_V}[i,j]", y=_W_AT), combine("z", facts="w c", degree=1)),
    intro("x4", f"all l i:int | {_PLACE} => abs({_E}[i,1]) <= B", "l1 l2 i1 i2",
          apply("a", "x2", l="l", i="i"), apply("r1", "q1", l="l", i="i"), apply("r2", "q2", l="l", i="i"),
          apply("w", "hb", l="l", i="p(l,i)"),
          apply("c", "ax.cong", f="t -> abs(t)", x=f"{_E}[i,1]", y=_B_AT), combine("z", facts="w c", degree=1)),
    intro("x5", ORDERED.format(e=_E)[1:-1], "l1 l2 i1 i2", apply("a1", "x2", l="l", i="i"),
          apply("a2", "x2", l="l", i="i + 1"), apply("o", "po", l="l", i="i"), combine("z", facts="a1 a2 o")),
    intro("x6", HIDDEN[1:-1], "l1 l2 i1 i2", apply("a", "pp", l="l", i="i"),
          obtain("z", "a", "p1 p2 p3 p4 p5 p6", witness("y"))),
    intro("x7", "all i:int | 1 <= i, i <= d(0) => p(0,i) = i", "i1 i2", apply("z", "p0", i="i")),
    intro("x8", "all i:int | 1 <= i, i <= d(L+1) => p(L+1,i) = i", "i1 i2", apply("z", "pL", i="i")),
)

_DERIVATION = (
    intro("A", _REPRESENTED[1:-1], "hW hb",
          apply("O", "covering.order_biases", L="L", d="l -> d(l)", b="l, i -> b(l)[i,1]"),
          obtain("z", "O", "pp p0 pL po", *_RANGES, *_RELABEL,
                 intro("x9", _built(_SAME_FUNCTION)[1:-1], "s1 s2 s3",
                       apply("P", "covering.perm_invariance", L="L", d="l -> d(l)", W="l -> W(l)", V=f"l -> {_V}",
                             b="l -> b(l)", e=f"l -> {_E}", h="l -> h(l)", g="l -> g(l)", s="l, u -> s(l,u)",
                             p="l, i -> p(l,i)", v="l, i -> v(l,i)"),
                       obtain("y", "P", "y1 y2", intro("x", None, "i1 i2", apply("w", "y2")))),
                 witness("y", p="l, i -> p(l,i)", v="l, i -> v(l,i)", V=f"l -> {_V}", e=f"l -> {_E}"))),
    intro("B1", _ONCE[1:-1], "h1 h2 h3 h4", intro(
        "z", None, "l1 l2 i1 i2",
        intro("s1", "all j:int | 1 <= j, j + 1 <= d(l) => b(l,j+1) < b(l,j)", "m1 m2", apply("y", "h3", l="l", i="j")),
        intro("s2", "all j:int | 1 <= j, j + 1 <= d(l) => b(l,p(l,j+1)) < b(l,p(l,j))", "m1 m2",
              apply("y", "h4", l="l", i="j")),
        intro("s3", "all j:int | 1 <= j, j <= d(l) => 1 <= p(l,j)", "m1 m2", apply("y", "h1", l="l", i="j")),
        intro("s4", "all j:int | 1 <= j, j <= d(l) => p(l,j) <= d(l)", "m1 m2", apply("y", "h2", l="l", i="j")),
        apply("r", "covering.strict_order_rigid", b="i -> b(l,i)", p="i -> p(l,i)", n="d(l)"),
        apply("y", "r", i="i"))),
    apply("C", "covering.ordered_volume", L="L", d="l -> d(l)", B="B", J="k, c, t -> J(k,c,t)", K="k, c -> K(k,c)",
          Z="l -> Z(l)"),
)


def _with_integrals(widths: str, *inner: Step) -> tuple[Step, ...]:
    """The three recursions for the box [-1, 1] and widths d(l) (text in l), then the inner steps."""
    after = widths.replace("l", "(l+1)")
    return (
        define("z1", _J.replace("-B", "-1"), _JS, "j0 j1", define(
            "z2", _K.replace("-B", "-1").replace(",B)", ",1)"), _KS, "k0 k1", define(
                "z3", f"def Z(0) = 1 then Z(l+1) = K(({after})*({widths}), J({after}, Z(l), 1))", "int->real", "t0 t1",
                *inner))),
    )


def _given(widths: str) -> dict[str, str]:
    return {"d": f"l -> {widths}", "B": "1", "J": "k, c, t -> J(k,c,t)", "K": "k, c -> K(k,c)", "Z": "l -> Z(l)"}


def _valued(layers: str, widths: str, claimed: str, relation: str) -> tuple[Step, ...]:
    """The true volume for equal widths, and how the product `claimed` misses it."""
    total = f"pow(2*1, sum(l=1..{layers} + 1: {widths}*({widths} + 1)))"
    orders, product = f"prod(l=1..{layers}: fact({widths}))", f"K({widths}*({widths} + 1), Z({layers}))*{claimed}"
    return (
        apply("vol", "covering.ordered_volume", L=layers, **_given(widths)),
        compute("c1", f"0 < {total}"), compute("c3", f"{claimed} = {relation}*{orders}"),
        combine("miss", f"{total} < {product}" if relation == "2" else f"{product} < {total}", "vol c1 c3", degree=1,
                rounds=3),
    )


_WRONG_VOLUME = f"all L:int, {_FUNCTIONS} | {_HYPOTHESES} => {VOLUME}*{{0}} = pow(2*B, {_SIZE.format('L+1')})"

CLAIM = Claim(
    id="covering.fundamental_domain",
    title="Ordered hidden biases: one representative of every orbit, and 1 / prod d_l! of the volume",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "reconstructed", arxiv="2305.11417",
                  note="Abstract and introduction were seen; statement and proof are ours. That the iterated"
                  " integral is the Lebesgue measure of the ordered part is Tonelli's theorem, outside the"
                  " statement."),
    summary="Every network of the cube is a relabelling of one with falling hidden biases, with the same function;"
            " where the biases fall strictly it is the only one; the ordered part has volume (2B)^S / prod d_l!.",
    derivation=_DERIVATION,
    instance=Witness(_with_integrals("2", witness("end", L="1", **_given("2")))),
    controls=(
        Control("ties", "biases that only do not rise: zero biases leave every permutation",
                statement(f"all L:int, d:int->int, b:(l:int,i:int)->real, p:(l:int,i:int)->int | 0 <= L, {_WIDTHS},"
                          f" {_INTO}, {_FALLING.replace(' < ', ' <= ')} => {_IDENTITY}"),
                Witness((witness("end", L="1", d="l -> 2", b="l, i -> 0", p="l, i -> 3 - i"),))),
        Control("output_biases_too", "the factorial of the output layer counted as well",
                statement(_WRONG_VOLUME.format(_FACTORIALS.format("L+1"))),
                Witness(_with_integrals(
                    "2", *_valued("0", "2", "prod(l=1..0 + 1: fact(2))", "2"), witness("end", L="0", **_given("2"))))),
        Control("width_for_factorial", "d_l in place of d_l!: three units have six orders, not three",
                statement(_WRONG_VOLUME.format("prod(l=1..L: d(l))")),
                Witness(_with_integrals(
                    "3", *_valued("1", "3", "prod(l=1..1: 3)", "1/2"), witness("end", L="1", **_given("3"))))),
    ),
    comparison=(
        Comparison("(i) orbits", "each orbit meets Theta_0",
                   "for all W, b in the box: permutations p and relabelled V, e in the box, with falling hidden biases",
                   "as stated"),
        Comparison("(ii) functions", "{f_theta : Theta_0} = {f_theta : Theta}", "V, e has the outputs of W, b at every"
                   " input, for every activation", "as stated; the other inclusion is trivial"),
        Comparison("(iii) volume", "vol(Theta_0) = (2B)^S / prod d_l!",
                   "the iterated integral of 1 over the ordered part times prod d_l! is (2B)^S",
                   "volume = iterated integral (Tonelli) is the definition taken here; that layers are independent"
                   " is proved"),
        Comparison("(iv) uniqueness", "orbits meet the interior at most once",
                   "strictly falling b and b o p force p = id on the hidden layers", "as stated"),
    ),
    tightness="An equality; the fraction 1 / prod d_l! is exact for every B.",
    attack="theory.covering.fundamental_domain_attack",
    attacked=statement(f"all L:int, d:int->int | H1: 0 <= L, H2: {_WIDTHS} => {_ONCE[1:-1]}"),
)
