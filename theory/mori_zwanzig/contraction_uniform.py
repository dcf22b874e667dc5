"""Uniform noise whose amplitude grows fast enough makes every composition operator a contraction on plain L^2.

B(l) is the amplitude of the noise that enters level l, B(0) = 0 for inputs in [-1, 1]^N; bounded activations put level
l into a box [A(l, i), Z(l, i)] of sides at most 2 + 2 B(l). With r^N kappa = 1 and B(l+1) >= r (1 + B(l)) the volume of
level l is at most kappa (2 B(l+1))^N, so that Schur's bound makes every squared norm at most kappa. kappa bounds
squares of norms; the norms themselves are computed from the layer's kernel (`uniform_chains`), none is assumed.
"""

from __future__ import annotations

from fractions import Fraction

import sympy

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig import uniform_chains as chains

SCHEDULE = Lemma(
    "mori_zwanzig.noise_schedule", "The minimal schedule b(n+1) = r (1 + b(n)) in closed form",
    statement("all r c:real, b:int->real | hb hs: def b(0) = c then b(n+1) = r*(1 + b(n)) =>"
              " all n:int | 0 <= n => some | b(n)*(r - 1) = pow(r, n)*c*(r - 1) + r*(pow(r, n) - 1),"
              " (all | r = 1 => b(n) = c + n)"),
    (
        induct("A", "all n:int | 0 <= n => b(n)*(r - 1) = pow(r, n)*c*(r - 1) + r*(pow(r, n) - 1)", "hn ih",
               [apply("p", "ax.pow_zero", b="r"), combine("z", facts="p hb")],
               [apply("p", "ax.pow_succ", b="r", n="n"), apply("s", "hs", n="n"), combine("z", facts="p s ih")]),
        induct("B", "all n:int | 0 <= n => (all | r = 1 => b(n) = c + n)", "hn ih",
               [intro("z", None, "h", combine("y", facts="hb"))],
               [intro("z", None, "h", apply("u", "ih"), apply("s", "hs", n="n"), combine("y", facts="u s h"))]),
        intro("end", None, "h", apply("a", "A", n="n"), apply("b1", "B", n="n"), witness("z")),
    ),
)

LEMMAS = (SCHEDULE,)

_AT = "0 <= l, l <= L - 1"
_PLACE = f"{_AT}, 1 <= i, i <= N"
_VOLUME = "prod(i=1..N: Z(l,i) - A(l,i))"
_GROWTH = f"(all l:int | {_AT} => r*(1 + B(l)) <= B(l+1))"
_ROOT = "pow(r, N)*kappa = 1"
_LAYER = f"(all l:int | {_AT} => {_VOLUME} <= kappa*pow(2*B(l+1), N))"


def _with_amplitudes(text: str) -> str:
    """A text about the chain with the amplitudes B of this claim."""
    return text.replace("b(l+1)", "B(l+1)")


_SQUARE = "integral(x in om({0}): h({0},x)*h({0},x))"
_CHAIN = ", ".join(_with_amplitudes(text) for text in (
    chains.LEVELS, chains.NOISE, chains.LOW, chains.HIGH, chains.BACKWARD, chains.BOUNDED))
_NETWORK = ("(all om:int->obj, c F:(l:int,i:int,y:real)->real, h:(l:int,x:real)->real, U:real |"
            f" {_CHAIN} => {_SQUARE.format('0')} <= pow(kappa, L)*{_SQUARE.format('L')})")


def _statement(conclusion: str = f"some | {_LAYER}, {_NETWORK}", growth: str = _GROWTH, root: str = _ROOT) -> Statement:
    return statement(
        "all L N:int, B:int->real, A Z:(l:int,i:int)->real, r kappa:real | H1: 0 <= L, H2: 0 <= N, H3: 0 < r,"
        f" H4: {root}, H5: 0 <= B(0), H6: {growth}, H7: (all l i:int | {_PLACE} => A(l,i) <= Z(l,i)),"
        f" H8: (all l i:int | {_PLACE} => Z(l,i) - A(l,i) <= 2 + 2*B(l)) => {conclusion}")


ATTACKED = _statement(_LAYER)

_DERIVATION = (
    apply("rN", "textbook.pow_pos", x="r", n="N"),
    combine("kap", "0 < kappa", "H4", mul="rN"), combine("kap0", "0 <= kappa", "kap"),
    induct("P", "all l:int | 0 <= l => (all | l <= L => 0 <= B(l))", "hl ih",
           [intro("z", None, "h", combine("y", facts="H5"))],
           [intro("z", None, "h", apply("u", "ih"), apply("g", "H6", l="l"), combine("y", facts="u g H3"))]),
    intro("A", _LAYER[1:-1], "l1 l2", combine("lL", "l <= L", "l2"), apply("p0", "P", l="l"), apply("p", "p0"),
          apply("g", "H6", l="l"), combine("y0", "0 <= 2 + 2*B(l)", "p"), combine("r0", "0 <= r", "H3"),
          intro("f0", "all i:int | 1 <= i, i <= N => 0 <= Z(l,i) - A(l,i)", "i1 i2", apply("q", "H7", l="l", i="i"),
                combine("z", facts="q")),
          intro("f1", "all i:int | 1 <= i, i <= N => Z(l,i) - A(l,i) <= 2 + 2*B(l)", "i1 i2",
                apply("z", "H8", l="l", i="i")),
          apply("m", "textbook.prod_mono", f="i -> Z(l,i) - A(l,i)", g="i -> 2 + 2*B(l)", a="1", b="N"),
          apply("c", "textbook.prod_const", c="2 + 2*B(l)", n="N"),
          combine("ry", "0 <= r*(2 + 2*B(l))", "y0 r0"), combine("up", "r*(2 + 2*B(l)) <= 2*B(l+1)", "g"),
          apply("pm", "textbook.pow_mono", x="r*(2 + 2*B(l))", y="2*B(l+1)", n="N"),
          apply("pp", "textbook.pow_mul", x="r", y="2 + 2*B(l)", n="N"),
          combine("k1", "kappa*pow(r*(2 + 2*B(l)), N) <= kappa*pow(2*B(l+1), N)", "pm kap0"),
          combine("k2", "kappa*pow(r*(2 + 2*B(l)), N) = pow(2 + 2*B(l), N)", "pp H4"),
          combine("z", facts="m c k1 k2", degree=1)),
    intro("C", _NETWORK[1:-1], "law hb in1 in2 hh hu",
          apply("z", "mori_zwanzig.chain_norm", **{**chains.CHAIN, "b": "l -> B(l)"}, kappa="kappa", U="U")),
    witness("E"),
)

TIGHT = {"L": "2", "N": "1", "B": "l -> l*(l + 1)", "A": "l, i -> -1 - l*(l + 1)", "Z": "l, i -> 1 + l*(l + 1)",
         "r": "2", "kappa": "1/2"}
"""N = 1, kappa = 1/2: amplitudes 2 and 6 after 0, ranges of lengths 2 and 6; every squared norm is halved."""

CLAIM = Claim(
    id="mori_zwanzig.contraction_uniform",
    title="Noise that grows like r (1 + b) makes every layer contract by sqrt(kappa) on plain L^2",
    statement=_statement(),
    source=Source("D. Venturi, X. Li", 2022, "The Mori-Zwanzig formulation of deep learning", "reconstructed",
                  arxiv="2209.05544",
                  note="Title, abstract and introduction of the paper were seen; this is the condition that follows"
                  " from the announced Hilbert-Schmidt route with uniform noise."),
    summary="(2 b_n)^N >= volume(Omega_n) / kappa for every layer, hence |M_0 ... M_{L-1}|^2 <= kappa^L.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **TIGHT),)),
    controls=(
        Control("growing_is_enough", "amplitudes that merely grow, 1 and then 3/2: a layer that is constant on a range"
                                     " of length 4 has squared norm 4/3",
                _statement("(all l:int | 0 <= l, l <= L - 1 => " + _VOLUME + " <= pow(2*B(l+1), N))",
                           growth=f"(all l:int | {_AT} => B(l) < B(l+1))", root="kappa < 1"),
                Witness((witness("end", L="1", N="1", B="l -> 1 + l/2", A="l, i -> -2", Z="l, i -> 2", r="1",
                                 kappa="1/2"),))),
        Control("half_exponent", "r = kappa^(-1/(2N))",
                _statement(_LAYER, root="pow(r, 2*N)*kappa = 1"),
                Witness((witness("end", L="1", N="1", B="l -> 2*l", A="l, i -> -1", Z="l, i -> 1", r="2",
                                 kappa="1/4"),))),
        Control("range_of_the_next_level", "the volume of level l + 1 in place of level l",
                _statement(f"(all l:int | {_AT} => {_VOLUME.replace('(l,', '(l+1,')} <= kappa*pow(2*B(l+1), N))"),
                Witness((witness("end", **TIGHT),))),
    ),
    comparison=(
        Comparison("ranges", "Omega_0 = [-1, 1]^N, |phi| <= 1, Omega_{n+1} = F_n(Omega_n) + supp(rho_n)",
                   "level l is a box with sides Z(l, i) - A(l, i) <= 2 + 2 B(l) that contains the cubes of side 2 B(l)"
                   " around every F(l - 1, ., x)", "for |phi| <= 1 the box [-1 - B(l), 1 + B(l)]^N is one;"
                   " B(0) > 0 is a larger input box"),
        Comparison("norm", "|M_n|^2 <= lambda(Omega_n) / (2 b_n)^N",
                   "derived: part 2 starts from the kernel, the product of the densities 1/(2b) on [-b, b] at"
                   " y_i - F_i(x); its mass is computed from the product law, its columns by the volume, the norm by"
                   " Jensen and Fubini", "no property of a layer's norm is assumed; bounded functions h, which are"
                   " dense in L^2; |N_n| = |M_n| by mori_zwanzig.duality"),
        Comparison("measure", "Lebesgue measure on Omega_l in R^N",
                   "the product law: integrals over om(l) of products of N functions of one coordinate each are"
                   " products of integrals over [A(l, i), Z(l, i)]",
                   "Fubini's theorem, which defines that measure; mori_zwanzig.line_level proves it at N = 1"),
        Comparison("schedule", "b_n = r^n b_0 + r (r^n - 1)/(r - 1), n + 1 at kappa = 1",
                   "lemma mori_zwanzig.noise_schedule", "multiplied by r - 1"),
        Comparison("product", "|M_{0:L}| <= kappa^(L/2)", "part 2: the square integral of M_0 ... M_{L-1} u over"
                   " level 0 is at most kappa^L that of u over level L", "squared"),
        Comparison("widths", "equal; else the exponents differ", "equal widths N", "weaker"),
    ),
    tightness="Attained by constant layers, for which the Hilbert-Schmidt norm is the norm: N = 1, amplitudes 2, 6.",
    attack="theory.mori_zwanzig.contraction_uniform_attack",
)

Number = int | Fraction | str


def noise_amplitudes(width: int, kappa: Number, layers: int) -> tuple[sympy.Expr, ...]:
    """Return the least amplitudes b_0, ..., b_{layers-1} for squared norms at most kappa, as exact SymPy numbers.

    Inputs lie in [-1, 1]^width, activations in [-1, 1], all widths are equal. b_n = r + r^2 + ... + r^(n+1) with the
    algebraic number r = kappa^(-1/width); at kappa = 1 it is n + 1.

    Args:
        width: N >= 1.
        kappa: bound on the squared norm of a layer, 0 < kappa <= 1 (at 1 nothing contracts).
        layers: how many amplitudes, at least 1.

    Raises:
        InputError: a number out of its range.

    >>> noise_amplitudes(1, "1/2", 4)
    (2, 6, 14, 30)
    """
    bound = exact(kappa, "kappa")
    if width < 1 or layers < 1 or not 0 < bound <= 1:
        raise InputError(explain("noise_amplitudes", "width >= 1, layers >= 1 and 0 < kappa <= 1",
                                 (width, layers, str(bound)), "Choose kappa below 1 for a contraction."))
    root = sympy.Rational(bound.denominator, bound.numerator) ** sympy.Rational(1, width)
    return tuple(sympy.expand(sum((root**k for k in range(1, n + 2)), sympy.Integer(0))) for n in range(layers))
