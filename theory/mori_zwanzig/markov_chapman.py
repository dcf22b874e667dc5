"""Independent layer noise makes the states a Markov chain: means of the output are products of the layer operators.

Outcomes o = 1..S have probabilities p(o); X(l+1, o) = F(l, X(l, o), e(l, o)) with the noise e(l, o) in 1..n, of law
w(l, .). X(0, .), e(0, .), ..., e(L-1, .) are mutually independent: their joint law is the product of their laws.
"""

from __future__ import annotations

from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Statement, Witness, statement
from theory.language.derivation import Step, apply, calculus, combine, induct, intro, witness
from theory.mori_zwanzig.markov_points import COINS, INDEPENDENT, OPERATOR, SHARED, SHARED_OPERATOR
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
_OUTCOME = f"{_LAYER}, 1 <= o, o <= S"
MEANS = ("(all l:int | 0 <= l, l <= L => sum(o=1..S: p(o)*h(l,X(l,o))) = sum(o=1..S: p(o)*h(L,X(L,o))))")
_TAIL, _LAW = "prod(j={0}..L - 1: g(j,e(j,o)))", "prod(j={0}..L - 1: sum(k=1..n: w(j,k)*g(j,k)))"
_INDEPENDENT = ("(all f:real->real, g:(j:int,k:int)->real => sum(o=1..S: p(o)*f(X(0,o))*" + _TAIL.format("0") + ")"
                " = sum(o=1..S: p(o)*f(X(0,o)))*" + _LAW.format("0") + ")")
_HYPOTHESES = (
    "H1: 0 <= S", "H2: 0 <= n", f"H3: (all l o:int | {_OUTCOME} => X(l+1,o) = F(l,X(l,o),e(l,o)))",
    f"H4: (all l o:int | {_OUTCOME} => 1 <= e(l,o))", f"H5: (all l o:int | {_OUTCOME} => e(l,o) <= n)",
    f"H6: (all l:int | {_LAYER} => sum(k=1..n: w(l,k)) = 1)", f"H7: {_INDEPENDENT}",
    f"H8: (all l:int | {_LAYER} => (all r:real => h(l,r) = sum(k=1..n: w(l,k)*h(l+1,F(l,r,k)))))")


def chain_of_states(conclusion: str, *, without: int = 0) -> Statement:
    """States X along the layers F with noise e, mean functions h backward by the layer operators."""
    kept = [text for number, text in enumerate(_HYPOTHESES, 1) if number != without]
    return statement("all L S n:int, p:int->real, w:(l:int,k:int)->real, e:(l:int,o:int)->int, X:(l:int,o:int)->real,"
                     " F:(l:int,r:real,k:int)->real, h:(l:int,r:real)->real |"
                     f" {', '.join(kept)} => {conclusion}")


_START = ("(all s:real | sum(o=1..S: p(o)) = 1, 0 <= L, (all o:int | 1 <= o, o <= S => X(0,o) = s)"
          " => h(0,s) = sum(o=1..S: p(o)*h(L,X(L,o))))")
_PAST = "p(o)*prod(j=0..{0}: t(j,X(j,o)))"
_MARKOV = (f"(all l:int, t:(j:int,r:real)->real, v:(r:real,k:int)->real | {_LAYER} => sum(o=1..S:"
           f" {_PAST.format('l')}*v(X(l,o),e(l,o))) = sum(o=1..S: {_PAST.format('l')}"
           "*sum(k=1..n: w(l,k)*v(X(l,o),k))))")

STATEMENT = chain_of_states(f"some | {MEANS}, {_START}, {_MARKOV}, ({TWO_LAYERS.statement})")
"""H1, H2 outcomes and noise values; H3 the layers; H4, H5 values of the noise; H6 its laws; H7 the noises and X(0, .)
are mutually independent: means of products factor, for all functions; H8 the layer operators."""

_BACK = "p(o)*sum(k=1..n: w(j,k)*h(j + 1,F(j,X(j,o),k)))"

_BEFORE = _PAST.format("l - 1")
_CHAIN = {"S": "S", "n": "n", "a": "l", "b": "L - 1", "c": f"o -> {_BEFORE}", "Y": "o -> X(l,o)",
          "w": "j, k -> w(j,k)", "e": "j, o -> e(j,o)"}
"""The lemmas of independent_noise at layer l, weighted by a function of each state before l."""


def _factors(level: str, before: str) -> str:
    """Functions of the states up to `before`, of the state `level` and of the later noises: the mean factors."""
    past = f"{_PAST.format(before)}*f(X({level},o))"
    return (f"all f:real->real, g:(j:int,k:int)->real => sum(o=1..S: {past}*{_TAIL.format(level)})"
            f" = sum(o=1..S: {past})*{_LAW.format(level)}")


_LONGER = apply("pl", "ax.prod_last", f="j -> t(j,X(j,o))", a="0", b="l")


def _same(name: str, left: str, right: str, *steps: Step) -> tuple[Step, ...]:
    """Two functions of the outcomes agree, so their sums do (fact `name`)."""
    return (intro(f"{name}p", f"all o:int | 1 <= o, o <= S => {left} = {right}", f"{name}1 {name}2", *steps),
            apply(name, "textbook.sum_cong", f=f"o -> {left}", g=f"o -> {right}", a="1", b="S"))


_AT_LAYER = (
    intro("lo", "all o:int | 1 <= o, o <= S => 1 <= e(l,o)", "a1 a2", apply("w1", "H4", l="l", o="o")),
    intro("hi", "all o:int | 1 <= o, o <= S => e(l,o) <= n", "b1 b2", apply("w2", "H5", l="l", o="o")),
)

_FACTORS = intro("TT", f"all t:(j:int,r:real)->real => (all l:int | 0 <= l => (all | l <= L - 1 =>"
                 f" ({_factors('l', 'l - 1')})))", "", induct(
    "T", f"all l:int | 0 <= l => (all | l <= L - 1 => ({_factors('l', 'l - 1')}))", "hl ih",
    [intro("z", None, "h0", intro(
        "y", _factors("0", "-1"), "", apply("i", "H7", f="r -> f(r)", g="j, k -> g(j,k)"),
        *_same("ca", f"{_PAST.format('-1')}*f(X(0,o))*{_TAIL.format('0')}",
               f"p(o)*f(X(0,o))*{_TAIL.format('0')}",
               apply("e1", "ax.prod_empty", f="j -> t(j,X(j,o))", a="0", b="-1"), combine("w1", facts="e1", rounds=3)),
        *_same("cb", f"{_PAST.format('-1')}*f(X(0,o))", "p(o)*f(X(0,o))",
               apply("e2", "ax.prod_empty", f="j -> t(j,X(j,o))", a="0", b="-1"), combine("w2", facts="e2", rounds=3)),
        combine("x", facts="i ca cb", rounds=4)))],
    [intro("z", None, "h0", apply("use", "ih"), *_AT_LAYER,
           intro("hw", "all j:int | l <= j, j <= L - 1 => sum(k=1..n: w(j,k)) = 1", "c1 c2",
                 apply("w3", "H6", l="j")),
           intro("hz", "all o:int | 1 <= o, o <= S => X(l + 1,o) = F(l,X(l,o),e(l,o))", "d1 d2",
                 apply("w4", "H3", l="l", o="o")),
           apply("n0", "mori_zwanzig.later_noises", Z="o -> X(l + 1,o)", F="r, k -> F(l,r,k)", t="r -> t(l,r)",
                 **_CHAIN),
           intro("y", _factors("l + 1", "l"), "", apply("i", "n0", f="r -> f(r)", g="j, k -> g(j,k)"),
                 *_same("ca", f"{_PAST.format('l')}*f(X(l + 1,o))*{_TAIL.format('l + 1')}",
                        f"{_BEFORE}*t(l,X(l,o))*f(X(l + 1,o))*{_TAIL.format('l + 1')}", _LONGER,
                        combine("w5", facts="pl", rounds=3)),
                 *_same("cb", f"{_PAST.format('l')}*f(X(l + 1,o))", f"{_BEFORE}*t(l,X(l,o))*f(X(l + 1,o))", _LONGER,
                        combine("w6", facts="pl", rounds=3)),
                 combine("x", facts="i ca cb", rounds=4)))]))

_MARKOV_STEP = intro(
    "M", _MARKOV[1:-1], "l1 l2", apply("tt", "TT", t="j, r -> t(j,r)"), apply("u0", "tt", l="l"), apply("u", "u0"),
    *_AT_LAYER,
    apply("n0", "mori_zwanzig.one_noise", G="r, k -> t(l,r)*v(r,k)", **_CHAIN), apply("n1", "n0", g="j, k -> 1"),
    apply("q1", "mori_zwanzig.prod_ones", a="l + 1", b="L - 1"),
    intro("wl", "all j:int | l + 1 <= j, j <= L - 1 => sum(k=1..n: w(j,k)*1) = 1", "c1 c2",
          apply("q", "H6", l="j"), combine("y1", facts="q")),
    apply("wc", "textbook.prod_cong", f="j -> sum(k=1..n: w(j,k)*1)", g="j -> 1", a="l + 1", b="L - 1"),
    *_same("ca", f"{_PAST.format('l')}*v(X(l,o),e(l,o))",
           f"{_BEFORE}*(t(l,X(l,o))*v(X(l,o),e(l,o)))*prod(j=l + 1..L - 1: 1)", _LONGER,
           combine("y2", facts="pl q1", rounds=4)),
    *_same("cb", f"{_PAST.format('l')}*sum(k=1..n: w(l,k)*v(X(l,o),k))",
           f"{_BEFORE}*sum(k=1..n: w(l,k)*(t(l,X(l,o))*v(X(l,o),k)))", _LONGER,
           intro("t1", "all k:int | 1 <= k, k <= n => w(l,k)*(t(l,X(l,o))*v(X(l,o),k))"
                 " = t(l,X(l,o))*(w(l,k)*v(X(l,o),k))", "k1 k2", combine("y3")),
           apply("sc", "textbook.sum_scale", f="k -> w(l,k)*(t(l,X(l,o))*v(X(l,o),k))",
                 g="k -> w(l,k)*v(X(l,o),k)", c="t(l,X(l,o))", a="1", b="n"),
           combine("y4", facts="pl sc", rounds=4)),
    combine("y", facts="n1 ca cb wc q1", rounds=5))

_ONE_LAYER = intro(
    "N", f"all l:int | {_LAYER} => (all g:(r:real,k:int)->real => sum(o=1..S: p(o)*g(X(l,o),e(l,o)))"
    " = sum(o=1..S: p(o)*sum(k=1..n: w(l,k)*g(X(l,o),k))))", "l1 l2", intro(
        "z", None, "", apply("m", "M", l="l", t="j, r -> 1", v="r, k -> g(r,k)"),
        apply("q1", "mori_zwanzig.prod_ones", a="0", b="l"),
        *_same("ca", "p(o)*prod(j=0..l: 1)*g(X(l,o),e(l,o))", "p(o)*g(X(l,o),e(l,o))", combine("y1", facts="q1",
                                                                                              rounds=3)),
        *_same("cb", "p(o)*prod(j=0..l: 1)*sum(k=1..n: w(l,k)*g(X(l,o),k))", "p(o)*sum(k=1..n: w(l,k)*g(X(l,o),k))",
               combine("y2", facts="q1", rounds=3)),
        combine("y", facts="m ca cb", rounds=4)))

_DERIVATION = (
    _FACTORS, _MARKOV_STEP, _ONE_LAYER,
    induct("I", "all j:int | 0 <= j => (all | j <= L => sum(o=1..S: p(o)*h(j,X(j,o))) = sum(o=1..S: p(o)*h(0,X(0,o))))",
           "hj ih",
           [intro("z", None, "h0", combine("y"))],
           [intro("z", None, "h0", apply("v", "ih"), apply("i0", "N", l="j"),
                  apply("i1", "i0", g="r, k -> h(j + 1,F(j,r,k))"), apply("q0", "H8", l="j"),
                  intro("a", f"all o:int | 1 <= o, o <= S => p(o)*h(j,X(j,o)) = {_BACK}", "o1 o2",
                        apply("q1", "q0", r="X(j,o)"), combine("w1", facts="q1")),
                  apply("ca", "textbook.sum_cong", f="o -> p(o)*h(j,X(j,o))", g=f"o -> {_BACK}", a="1", b="S"),
                  intro("b", "all o:int | 1 <= o, o <= S => p(o)*h(j + 1,X(j + 1,o))"
                        " = p(o)*h(j + 1,F(j,X(j,o),e(j,o)))", "o1 o2", apply("s", "H3", l="j", o="o"),
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


CONTROLS = (
    Control("shared_noise", "one draw of the noise used by both layers: 4, the operators give 2",
            chain_of_states(MEANS, without=7), Witness((SHARED_OPERATOR, witness("end", **SHARED)))),
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
    instance=Witness((INDEPENDENT, OPERATOR, witness("end", **COINS))),
    controls=CONTROLS,
    comparison=(
        Comparison("recursion", "q_n = M_n q_{n+1}, E u(X_L) = E q_n(X_n), M_{m:k} M_{k:j} = M_{m:j}",
                   "parts 1, 2: by induction on the depth, for finitely many outcomes and noise values, any layers",
                   "exact; the composition law is the recursion read at two depths"),
        Comparison("independence", "noises independent of each other and of X_0",
                   "H7: the mean of f(X_0) prod_j g(j, e_j) is the product of the means, for all functions: the"
                   " joint law is the product",
                   "as stated; that noise l is independent of X_0, ..., X_l is derived"),
        Comparison("Markov", "X is Markov",
                   "part 3: given any product of functions of X_0, ..., X_l, the mean of v(X_l, e_l) is taken with the"
                   " law of e_l", "as stated: products of functions of the past determine it"),
        Comparison("integrals", "noise with densities", "part 4: two layers, finite noise measures, by Fubini",
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
