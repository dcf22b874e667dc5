"""Independent layer noise makes the states a Markov chain: means of the output are products of the layer operators.

Outcomes o = 1..S have probabilities p(o); X(l+1, o) = F(l, X(l, o), e(l, o)) with the noise e(l, o) in 1..n, of law
w(l, .). "Noise l is independent of the past" is used as: it is independent of X(l, .), for all functions of the two.
"""

from __future__ import annotations

from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Statement, Witness, statement
from theory.language.derivation import Step, apply, calculus, combine, induct, intro, witness
from theory.mori_zwanzig.noise_laws import venturi_li
from theory.mori_zwanzig.restating import restated

TWO_LAYERS = Lemma(
    "mori_zwanzig.two_layer_integrals", "Two independent noises: the joint mean is the product of two operators",
    statement("all mu nu:obj, A B:(x:real,y:real)->real, u:real->real, x U:real | hu: (all y:real => abs(u(y)) <= U)"
              " => integral(z in nu: integral(y in mu: u(B(A(x,y),z))))"
              " = integral(y in mu: integral(z in nu: u(B(A(x,y),z))))"),
    (
        intro("b", "all z y:real => abs(u(B(A(x,y),z))) <= U", "", apply("w", "hu", y="B(A(x,y),z)")),
        apply("end", "cite.fubini", mu="nu", nu="mu", f="z, y -> u(B(A(x,y),z))", B="U"),
    ),
)

LEMMAS = (TWO_LAYERS,)

_LAYER = "0 <= l, l <= L - 1"
MEANS = ("(all l:int | 0 <= l, l <= L => sum(o=1..S: p(o)*h(l,X(l,o))) = sum(o=1..S: p(o)*h(L,X(L,o))))")
_HYPOTHESES = (
    "H1: 0 <= S", f"H2: (all l o:int | {_LAYER}, 1 <= o, o <= S => X(l+1,o) = F(l,X(l,o),e(l,o)))",
    f"H3: (all l:int | {_LAYER} => (all g:(r:real,k:int)->real => sum(o=1..S: p(o)*g(X(l,o),e(l,o)))"
    " = sum(o=1..S: p(o)*sum(k=1..n: w(l,k)*g(X(l,o),k)))))",
    f"H4: (all l:int | {_LAYER} => (all r:real => h(l,r) = sum(k=1..n: w(l,k)*h(l+1,F(l,r,k)))))")


def chain_of_states(conclusion: str, *, without: int = 0) -> Statement:
    """States X along the layers F with noise e, mean functions h backward by the layer operators."""
    kept = [text for number, text in enumerate(_HYPOTHESES, 1) if number != without]
    return statement("all L S n:int, p:int->real, w:(l:int,k:int)->real, e:(l:int,o:int)->int, X:(l:int,o:int)->real,"
                     " F:(l:int,r:real,k:int)->real, h:(l:int,r:real)->real |"
                     f" {', '.join(kept)} => {conclusion}")


_START = ("(all s:real | sum(o=1..S: p(o)) = 1, 0 <= L, (all o:int | 1 <= o, o <= S => X(0,o) = s)"
          " => h(0,s) = sum(o=1..S: p(o)*h(L,X(L,o))))")

STATEMENT = chain_of_states(f"some | {MEANS}, {_START}, ({TWO_LAYERS.statement})")
"""H1 outcomes; H2 the layers; H3 noise l is independent of the state l and has the law w(l, .); H4 layer operators."""

_BACK = "p(o)*sum(k=1..n: w(j,k)*h(j + 1,F(j,X(j,o),k)))"

_DERIVATION = (
    induct("I", "all j:int | 0 <= j => (all | j <= L => sum(o=1..S: p(o)*h(j,X(j,o))) = sum(o=1..S: p(o)*h(0,X(0,o))))",
           "hj ih",
           [intro("z", None, "h0", combine("y"))],
           [intro("z", None, "h0", apply("v", "ih"), apply("i0", "H3", l="j"),
                  apply("i1", "i0", g="r, k -> h(j + 1,F(j,r,k))"), apply("q0", "H4", l="j"),
                  intro("a", f"all o:int | 1 <= o, o <= S => p(o)*h(j,X(j,o)) = {_BACK}", "o1 o2",
                        apply("q1", "q0", r="X(j,o)"), combine("w1", facts="q1")),
                  apply("ca", "textbook.sum_cong", f="o -> p(o)*h(j,X(j,o))", g=f"o -> {_BACK}", a="1", b="S"),
                  intro("b", "all o:int | 1 <= o, o <= S => p(o)*h(j + 1,X(j + 1,o))"
                        " = p(o)*h(j + 1,F(j,X(j,o),e(j,o)))", "o1 o2", apply("s", "H2", l="j", o="o"),
                        apply("c", "ax.cong", f="r -> h(j + 1,r)", x="X(j + 1,o)", y="F(j,X(j,o),e(j,o))"),
                        combine("w1", facts="c")),
                  apply("cb", "textbook.sum_cong", f="o -> p(o)*h(j + 1,X(j + 1,o))",
                        g="o -> p(o)*h(j + 1,F(j,X(j,o),e(j,o)))", a="1", b="S"),
                  combine("y", facts="v i1 ca cb", rounds=5))]),
    intro("A", MEANS[1:-1], "l1 l2", apply("x1", "I", j="l"), apply("x2", "x1"), combine("l0", "0 <= L", "l1 l2"),
          apply("y1", "I", j="L"), apply("y2", "y1"), combine("z", facts="x2 y2")),
    intro("B", _START[1:-1], "hp hL hs", apply("m", "A", l="0"),
          intro("c", "all o:int | 1 <= o, o <= S => p(o)*h(0,X(0,o)) = h(0,s)*p(o)", "o1 o2", apply("e1", "hs", o="o"),
                apply("c1", "ax.cong", f="r -> h(0,r)", x="X(0,o)", y="s"), combine("w1", facts="c1")),
          apply("sc", "textbook.sum_scale", f="o -> p(o)*h(0,X(0,o))", g="o -> p(o)", c="h(0,s)", a="1", b="S"),
          combine("z", facts="m sc hp", rounds=4)),
    restated("C", TWO_LAYERS),
)


def _sum_of_two(name: str, body: str, variable: str) -> tuple[Step, ...]:
    """sum(variable=1..2: body) written out (fact `name`)."""
    at = f"{variable} -> {body}"
    return (apply(f"{name}0", "ax.sum_empty", f=at, a="1", b="0"), apply(f"{name}1", "ax.sum_last", f=at, a="1", b="1"),
            apply(f"{name}2", "ax.sum_last", f=at, a="1", b="2"))


SHARED = {"L": "2", "S": "2", "n": "2", "p": "o -> 1/2", "w": "l, k -> 1/2", "e": "l, o -> o",
          "X": "l, o -> l*(2*o - 3)", "F": "l, r, k -> r + 2*k - 3", "h": "l, r -> r*r + 2 - l"}
"""One draw of the noise -1 or 1 used by both layers: the sum has mean square 4, the operators give 2."""

_SHARED_OPERATOR = (
    intro("op", "all l:int | 0 <= l, l <= 2 - 1 => (all r:real => r*r + 2 - l"
          " = sum(k=1..2: 1/2*((r + 2*k - 3)*(r + 2*k - 3) + 2 - (l + 1))))", "l1 l2",
          intro("w1", None, "", *_sum_of_two("t", "1/2*((r + 2*k - 3)*(r + 2*k - 3) + 2 - (l + 1))", "k"),
                combine("w2", facts="t0 t1 t2", rounds=4))),)

_ONE_LAYER = {**SHARED, "L": "1", "h": "l, r -> r*r + 1 - l"}

ONE_OPERATOR = (
    intro("op", "all l:int | 0 <= l, l <= 1 - 1 => (all r:real => r*r + 1 - l"
          " = sum(k=1..2: 1/2*((r + 2*k - 3)*(r + 2*k - 3) + 1 - (l + 1))))", "l1 l2",
          intro("w1", None, "", *_sum_of_two("t", "1/2*((r + 2*k - 3)*(r + 2*k - 3) + 1 - (l + 1))", "k"),
                combine("w2", facts="t0 t1 t2", rounds=4))),)

CONTROLS = (
    Control("shared_noise", "one draw of the noise used by both layers: 4, the operators give 2",
            chain_of_states(MEANS, without=3), Witness((*_SHARED_OPERATOR, witness("end", **SHARED)))),
    Control("shared_uniform_noise", "the same with U[-b, b] and u = y^2: x^2 + 4 b^2/3, not x^2 + 2 b^2/3, at b = 1,"
                                    " x = 0",
            statement("all b x:real | 0 < b => integral(z in leb(-b,b): (x + 2*z)*(x + 2*z)/(2*b)) = x*x + 2*b*b/3"),
            Witness((
                intro("d", "all z:real | -1 <= z, z <= 1 => deriv(u: 2/3*u*u*u, z, (0 + 2*z)*(0 + 2*z)/(2*1))", "z1 z2",
                      calculus("w1")),
                intro("m", "all z:real | -1 <= z, z <= 1 => 0 <= (0 + 2*z)*(0 + 2*z)/(2*1)", "z1 z2",
                      combine("w2", squares=("z",))),
                apply("i", "ax.ftc", F="z -> 2/3*z*z*z", f="z -> (0 + 2*z)*(0 + 2*z)/(2*1)", a="-1", b="1", m="0"),
                witness("end", b="1", x="0")))),
)

CLAIM = Claim(
    id="mori_zwanzig.markov_chapman",
    title="With independent layer noise the mean output is a product of linear operators",
    statement=STATEMENT,
    source=venturi_li("Exact linear operator equations for neural networks with random layers are announced in the"
                      " abstract; the recursion and its proof from independence are ours."),
    summary="E h(L, X_L) = E h(l, X_l) for every depth l, where h goes backward by the layer operators; started at x"
            " the network's mean output is the product of all operators applied to the readout.",
    derivation=_DERIVATION,
    instance=Witness((
        intro("ind", "all l:int | 0 <= l, l <= 0 - 1 => (all g:(r:real,k:int)->real => sum(o=1..2: 1/2*g(l*(2*o -"
                     " 3),o))"
              " = sum(o=1..2: 1/2*sum(k=1..2: 1/2*g(l*(2*o - 3),k))))", "l1 l2",
              combine("no", "0 < 0", "l1 l2", degree=1),
              intro("w1", None, "", combine("w2", mul="no"))),
        intro("op", "all l:int | 0 <= l, l <= 0 - 1 => (all r:real => r*r + 1 - l"
              " = sum(k=1..2: 1/2*((r + 2*k - 3)*(r + 2*k - 3) + 1 - (l + 1))))", "l1 l2",
              intro("w3", None, "", *_sum_of_two("t", "1/2*((r + 2*k - 3)*(r + 2*k - 3) + 1 - (l + 1))", "k"),
                    combine("w4", facts="t0 t1 t2", rounds=4))),
        witness("end", **{**_ONE_LAYER, "L": "0"}))),
    controls=CONTROLS,
    comparison=(
        Comparison("recursion", "q_n = M_n q_{n+1}, E u(X_L) = E q_n(X_n), M_{m:k} M_{k:j} = M_{m:j}",
                   "parts 1, 2: by induction on the depth, for finitely many outcomes and noise values, any layers",
                   "exact; the composition law is the recursion read at two depths"),
        Comparison("independence", "noises independent of each other and of X_0",
                   "H3: noise l is independent of the state X_l, for all functions of the two",
                   "weaker as a hypothesis, so the claim is stronger: X_l is a function of X_0 and the earlier noises"),
        Comparison("integrals", "noise with densities", "part 3: two layers, finite noise measures, by Fubini",
                   "weaker: two layers; deeper chains repeat it"),
        Comparison("M 1 = 1, positivity, mass", "also stated", "mori_zwanzig.constant_mode_obstruction and"
                   " mori_zwanzig.monotone_enclosure", "claims of their own"),
    ),
    tightness="An equality; independence cannot be left out (control shared_noise).",
    attack="theory.mori_zwanzig.markov_chapman_attack",
)


def two_layer_square_means(start: int | Fraction | str, amplitude: int | Fraction | str) -> tuple[Fraction, Fraction]:
    """Return E X_2^2 for X_{l+1} = X_l + U[-b, b] from X_0 = x: with independent noises, and with one shared draw.

    Raises:
        ExactnessError: a float.

    >>> two_layer_square_means(0, 1)
    (Fraction(2, 3), Fraction(4, 3))
    """
    x, b = exact(start, "start"), exact(amplitude, "amplitude")
    return x * x + 2 * b * b / 3, x * x + 4 * b * b / 3
