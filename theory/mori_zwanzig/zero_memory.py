"""When memory vanishes identically: invariant resolved spaces, affine layers, and exact removal of neurons.

If Q(l) M(l) P(l+1) = 0 at every level, all memory terms are 0. This holds when the resolved spaces, spanned by the
columns of R(l), are invariant: P(l+1) = R(l+1) Z(l+1), M(l) R(l+1) = R(l) A(l) and Q(l) R(l) = 0. Affine layers with
any noise take polynomials of degree k to polynomials of degree k, and a network whose resolved outputs read resolved
inputs only takes functions of these to functions of these.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, combine, enclose, induct, intro, witness
from theory.mori_zwanzig.dyson_mz import BACKWARD, CHAIN, MEMORY, PROPAGATOR, SPLITTING

AFFINE = Lemma(
    "mori_zwanzig.affine_layer", "An affine layer with any finite noise takes affine functions to affine functions",
    statement("all n d N:int, p beta c e x:int->real, W xi:(i:int,j:int)->real, m:int->real, b0:real |"
              " H1: 0 <= n, H2: 0 <= N, H4: sum(w=1..n: p(w)) = 1,"
              " H5: (all i:int | 1 <= i, i <= N => sum(w=1..n: p(w)*xi(w,i)) = m(i)),"
              " H6: (all i:int | 1 <= i, i <= N => e(i) = sum(j=1..d: W(i,j)*x(j)) + c(i))"
              " => sum(w=1..n: p(w)*(sum(i=1..N: beta(i)*(e(i) + xi(w,i))) + b0))"
              " = sum(i=1..N: beta(i)*(sum(j=1..d: W(i,j)*x(j)) + c(i) + m(i))) + b0"),
    (
        induct(
            "I", "all k:int | 0 <= k => (all | k <= N =>"
            " sum(w=1..n: p(w)*(1*sum(i=1..k: beta(i)*(e(i) + xi(w,i))) + b0*1))"
            " = sum(i=1..k: beta(i)*(sum(j=1..d: W(i,j)*x(j)) + c(i) + m(i))) + b0)", "hk ih",
            [intro("z", None, "hb",
                   intro("q", "all w:int | 1 <= w, w <= n => p(w)*(1*sum(i=1..0: beta(i)*(e(i) + xi(w,i))) + b0*1)"
                         " = b0*p(w)", "w1 w2",
                         apply("a", "ax.sum_empty", f="i -> beta(i)*(e(i) + xi(w,i))", a="1", b="0"),
                         combine("y", facts="a")),
                   apply("s", "textbook.sum_scale", f="w -> p(w)*(1*sum(i=1..0: beta(i)*(e(i) + xi(w,i))) + b0*1)",
                         g="w -> p(w)", c="b0", a="1", b="n"),
                   apply("r", "ax.sum_empty", f="i -> beta(i)*(sum(j=1..d: W(i,j)*x(j)) + c(i) + m(i))", a="1", b="0"),
                   combine("y", facts="s r H4"))],
            [intro("z", None, "hb", apply("use", "ih"), apply("h5", "H5", i="k + 1"), apply("h6", "H6", i="k + 1"),
                   intro("q", "all w:int | 1 <= w, w <= n =>"
                         " p(w)*(1*sum(i=1..k + 1: beta(i)*(e(i) + xi(w,i))) + b0*1)"
                         " = p(w)*(1*(1*sum(i=1..k: beta(i)*(e(i) + xi(w,i))) + b0*1)"
                         " + 1*(beta(k+1)*e(k+1)*1 + beta(k+1)*xi(w,k+1)))", "w1 w2",
                         apply("a", "ax.sum_last", f="i -> beta(i)*(e(i) + xi(w,i))", a="1", b="k + 1"),
                         combine("y", facts="a")),
                   apply("s", "textbook.sum_cong", f="w -> p(w)*(1*sum(i=1..k + 1: beta(i)*(e(i) + xi(w,i))) + b0*1)",
                         g="w -> p(w)*(1*(1*sum(i=1..k: beta(i)*(e(i) + xi(w,i))) + b0*1)"
                           " + 1*(beta(k+1)*e(k+1)*1 + beta(k+1)*xi(w,k+1)))", a="1", b="n"),
                   apply("t1", "mori_zwanzig.mean_linear", n="n", p="w -> p(w)",
                         f="w -> 1*sum(i=1..k: beta(i)*(e(i) + xi(w,i))) + b0*1",
                         g="w -> beta(k+1)*e(k+1)*1 + beta(k+1)*xi(w,k+1)", s="1", t="1"),
                   apply("t2", "mori_zwanzig.mean_linear", n="n", p="w -> p(w)", f="w -> 1", g="w -> xi(w,k+1)",
                         s="beta(k+1)*e(k+1)", t="beta(k+1)"),
                   apply("r", "ax.sum_last", f="i -> beta(i)*(sum(j=1..d: W(i,j)*x(j)) + c(i) + m(i))", a="1",
                         b="k + 1"),
                   combine("y1", "sum(w=1..n: p(w)*(1*sum(i=1..k + 1: beta(i)*(e(i) + xi(w,i))) + b0*1))"
                           " = sum(w=1..n: p(w)*(1*sum(i=1..k: beta(i)*(e(i) + xi(w,i))) + b0*1))"
                           " + beta(k+1)*e(k+1)*sum(w=1..n: p(w)*1) + beta(k+1)*sum(w=1..n: p(w)*xi(w,k+1))",
                           "s t1 t2"),
                   combine("y2", "beta(k+1)*e(k+1)*sum(w=1..n: p(w)*1) + beta(k+1)*sum(w=1..n: p(w)*xi(w,k+1))"
                           " = beta(k+1)*(sum(j=1..d: W(k+1,j)*x(j)) + c(k+1) + m(k+1))", "H4 h5 h6"),
                   combine("y", facts="use y1 y2 r"))]),
        apply("J", "I", k="N"), apply("end", "J"),
    ),
)

LUMPED = Lemma(
    "mori_zwanzig.lumped_layer", "Resolved outputs that read resolved inputs only: the unresolved state drops out",
    statement("all n:int, p xi:int->real, u F:real->real, G:(x:real,y:real)->real, x:real | hn: 0 <= n,"
              " h: (all y:real => G(x,y) = F(x)) => all y z:real =>"
              " sum(w=1..n: p(w)*u(G(x,y) + xi(w))) = sum(w=1..n: p(w)*u(G(x,z) + xi(w)))"),
    (
        intro("end", None, "", apply("a", "h", y="y"), apply("b", "h", y="z"),
              intro("q", "all w:int | 1 <= w, w <= n => p(w)*u(G(x,y) + xi(w)) = p(w)*u(G(x,z) + xi(w))", "w1 w2",
                    combine("e", "G(x,y) + xi(w) = G(x,z) + xi(w)", "a b"),
                    apply("c", "ax.cong", f="t -> u(t)", x="G(x,y) + xi(w)", y="G(x,z) + xi(w)"),
                    combine("z", facts="c")),
              apply("z", "textbook.sum_cong", f="w -> p(w)*u(G(x,y) + xi(w))", g="w -> p(w)*u(G(x,z) + xi(w))",
                    a="1", b="n")),
    ),
)

_TO_BOTH = "sum(v=1..m: sum(w=1..k: a(x,y,v,w)*u(v)))"

LUMPED_STATES = Lemma(
    "mori_zwanzig.lumped_states", "Resolved states of any dimension whose transitions do not read the unresolved ones",
    statement("all m k:int, a:(x:int,y:int,v:int,w:int)->real, A:(x:int,v:int)->real, u:int->real |"
              " hm: 0 <= m, hk: 0 <= k, h: (all x y v:int | 1 <= x, x <= m, 1 <= y, y <= k, 1 <= v, v <= m"
              " => sum(w=1..k: a(x,y,v,w)) = A(x,v))"
              f" => (all x y:int | 1 <= x, x <= m, 1 <= y, y <= k => {_TO_BOTH} = sum(v=1..m: A(x,v)*u(v)))"),
    (
        intro("end", None, "x1 x2 y1 y2",
              intro("q", "all v:int | 1 <= v, v <= m => sum(w=1..k: a(x,y,v,w)*u(v)) = A(x,v)*u(v)", "v1 v2",
                    apply("g", "h", x="x", y="y", v="v"),
                    intro("t", "all w:int | 1 <= w, w <= k => a(x,y,v,w)*u(v) = u(v)*a(x,y,v,w)", "w1 w2",
                          combine("z")),
                    apply("s", "textbook.sum_scale", f="w -> a(x,y,v,w)*u(v)", g="w -> a(x,y,v,w)", c="u(v)", a="1",
                          b="k"),
                    combine("z", facts="g s", rounds=3)),
              apply("z", "textbook.sum_cong", f="v -> sum(w=1..k: a(x,y,v,w)*u(v))", g="v -> A(x,v)*u(v)", a="1",
                    b="m")),
    ),
)

LEMMAS = (AFFINE, LUMPED, LUMPED_STATES)

_SPAN = ("s:int->int, R:(l:int)->mat(d(l),s(l)), A:(l:int)->mat(s(l),s(l+1)), Z:(l:int)->mat(s(l),d(l))")
_RANGE = "(all l:int | n + 1 <= l, l <= L => P(l) = R(l)*Z(l))"
_INVARIANT = "(all l:int | n + 1 <= l, l <= L - 1 => M(l)*R(l+1) = R(l)*A(l))"
_KEPT = "(all l:int | n + 1 <= l, l <= L - 1 => Q(l)*R(l) = 0*R(l))"
_ZERO = "(all m:int | n + 1 <= m, m <= L => S(m) = 0*u(n))"
_CLOSED = "u(n) = M(n)*P(n+1)*u(n+1) + G(L)*Q(L)*u(L)"


def _statement(conclusion: str = f"some | {_ZERO}, {_CLOSED}", invariant: str = _INVARIANT) -> Statement:
    return statement(f"{CHAIN}, {_SPAN} | H1: n + 1 <= L, H2: {BACKWARD}, H3: {SPLITTING}, H4 H5: {PROPAGATOR},"
                     f" H6 H7: {MEMORY}, H8: {_RANGE}, H9: {invariant}, H10: {_KEPT} => {conclusion}")


_DERIVATION = (
    induct("I", "all m:int | n + 1 <= m => (all | m <= L => S(m) = 0*u(n))", "hm ih",
           [intro("z", None, "hL", combine("y", facts="H6"))],
           [intro("z", None, "hL", apply("use", "ih"), apply("r", "H7", m="m"), apply("a", "H8", l="m + 1"),
                  apply("b", "H9", l="m"), apply("c", "H10", l="m"),
                  combine("k1", "M(m)*P(m+1) = R(m)*A(m)*Z(m+1)", "a b", rounds=3),
                  combine("k2", "Q(m)*M(m)*P(m+1) = 0*(Q(m)*M(m))*P(m+1)", "k1 c", rounds=3),
                  combine("k3", "G(m)*Q(m)*M(m)*P(m+1)*u(m+1) = 0*u(n)", "k2"),
                  combine("y", facts="use r k3", degree=1))]),
    intro("A", _ZERO[1:-1], "m1 m2", apply("a", "I", m="m"), apply("z", "a")),
    apply("T", "mori_zwanzig.dyson_truncated", L="L", n="n", r="r", K="L",
          **{name: f"l -> {name}(l)" for name in ("d", "M", "P", "Q", "u", "G", "S")}),
    apply("B", "A", m="L"), combine("C", _CLOSED, "T B"),
)


def scalar_statement() -> Statement:
    """Return the theorem for chains of width one."""
    text = ("all L n:int, M P Q u G S R A Z:int->real | H1: n + 1 <= L, "
            f"H2: {BACKWARD}, H3: {SPLITTING}, H4 H5: {PROPAGATOR}, H6 H7: {MEMORY}, H8: {_RANGE}, H9: {_INVARIANT},"
            f" H10: {_KEPT} => some | {_ZERO}, {_CLOSED}")
    return statement(text.replace("I(d(l))", "1").replace("0*u(n)", "0").replace("0*R(l)", "0"))


_PLANE = {"n": "0", "L": "3", "r": "1", "d": "l -> 2", "M": "l -> [[0,1],[0,1]]", "P": "l -> [[1,0],[0,0]]",
          "Q": "l -> [[0,0],[0,1]]", "u": "l -> [[1],[1]]", "G": "l -> [[0,1],[0,1]]", "S": "l -> [[0],[0]]",
          "s": "l -> 1", "R": "l -> [[1],[0]]", "A": "l -> [[0]]", "Z": "l -> [[1,0]]"}

CLAIM = Claim(
    id="mori_zwanzig.zero_memory",
    title="Memory vanishes identically when the resolved spaces are invariant",
    statement=_statement(),
    source=Source("D. Venturi, X. Li", 2022, "The Mori-Zwanzig formulation of deep learning", "new", arxiv="2209.05544",
                  note="The sufficient condition and its two cases were derived here; title, abstract and introduction"
                  " of the paper were seen."),
    summary="Q M P = 0 at every level makes all memory terms 0: affine layers with polynomials, and lumpable networks.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **_PLANE),)),
    controls=(
        Control("tanh", "a tanh layer keeps affine functions: tanh(0) - 2 tanh(1) + tanh(2) is negative",
                statement("all F:real->real | (all x:real => F(x) = tanh(2*x)) => 0 <= F(0) - 2*F(1/2) + F(1)"),
                Witness((enclose("box", "all t:real | 1 <= t, t <= 1 => tanh(0*t) - 2*tanh(t) + tanh(2*t) < 0"),
                         apply("bend", "box", t="1"), witness("end", F="x -> tanh(2*x)")))),
        Control("coupled", "a resolved output that also reads an unresolved input",
                statement("all n:int, p xi:int->real, u:real->real, G:(x:real,y:real)->real, x y z:real | 0 <= n =>"
                          " sum(w=1..n: p(w)*u(G(x,y) + xi(w))) = sum(w=1..n: p(w)*u(G(x,z) + xi(w)))"),
                Witness((witness("end", n="1", p="w -> 1", xi="w -> 0", u="t -> t", G="x, y -> x + y", x="0", y="0",
                                 z="1"),))),
        Control("any_projection", "P Q = 0 and Q M P = 0 for every idempotent P",
                statement("all n:int, P Q M:mat(n,n) | P*P = P, P + Q = I(n) => Q*M*P = 0*M"),
                Witness((witness("end", n="2", P="[[1,0],[0,0]]", Q="[[0,0],[0,1]]", M="[[1,0],[1,1]]"),))),
    ),
    comparison=(
        Comparison("general", "Q_n M_n P_{n+1} = 0 for all n is sufficient",
                   "resolved spaces with bases R(l): P = R Z, M R = R A, Q R = 0; then S(m) = 0 for every m", ""),
        Comparison("affine layers", "polynomials of degree <= d, any noise with moments",
                   "lemma mori_zwanzig.polynomial_layer: every degree, one input, coefficients by the recursion of"
                   " powers; lemma mori_zwanzig.affine_layer: degree 1, any widths",
                   "finite noise; weaker: degrees above 1 in several dimensions"),
        Comparison("lumpability", "block-triangular weights, independent noise, Zwanzig projection",
                   "lemma mori_zwanzig.lumped_layer: the mean of u(G(x, y) + xi) does not depend on y; lemma"
                   " mori_zwanzig.lumped_states: finitely many resolved and unresolved states of any dimension",
                   "finite noise or finitely many states"),
        Comparison("tanh", "|Q M P| = 0.0826664525 for tanh(2x), b = 1, affine functions",
                   "control tanh; the number is computed in a test", ""),
    ),
    tightness="Sufficient, not necessary: a later M Q may annihilate memory.",
    attack="theory.mori_zwanzig.zero_memory_attack",
)
