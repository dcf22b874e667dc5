"""The shallow covering bound as it is usually quoted, and the three ways in which it fails without guards.

A covering number of at most Q at radius eps forbids more than Q functions of the class that are pairwise more than
2 eps apart somewhere on the domain (no ball of radius eps holds two of them). This consequence is the statement, and it
is refuted: networks t = 1..M, inputs x(k, p) at which the networks k and p differ.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement
from theory.language.derivation import Step, apply, combine, compute, intro, witness

_NETWORK = "(sum(i=1..d1: a({t},i)*s(sum(j=1..d0: w({t},i,j)*x(k,p,j)) + b({t},i))) + c({t}))"


def _statement(*guards: str) -> Statement:
    extra = "".join(f", {g}" for g in guards)
    return statement(
        "all d0 d1 M:int, B X eps rho:real, s:real->real, w:(t:int,i:int,j:int)->real, b a:(t:int,i:int)->real,"
        " c:int->real, x:(k:int,p:int,j:int)->real |"
        " 1 <= d0, 1 <= d1, 1 <= M, 0 < B, 0 <= X, 0 < eps, 0 < rho,"
        " (all u v:real => abs(s(u) - s(v)) <= rho*abs(u - v)),"
        " (all t i j:int | 1 <= t, t <= M, 1 <= i, i <= d1, 1 <= j, j <= d0 => abs(w(t,i,j)) <= B),"
        " (all t i:int | 1 <= t, t <= M, 1 <= i, i <= d1 => abs(b(t,i)) <= B),"
        " (all t i:int | 1 <= t, t <= M, 1 <= i, i <= d1 => abs(a(t,i)) <= B),"
        " (all t:int | 1 <= t, t <= M => abs(c(t)) <= B),"
        " (all k p j:int | 1 <= k, k <= M, 1 <= p, p <= M, 1 <= j, j <= d0 => abs(x(k,p,j)) <= X),"
        f" (all k p:int | 1 <= k, k <= M, k + 1 <= p, p <= M"
        f" => 2*eps < abs({_NETWORK.format(t='k')} - {_NETWORK.format(t='p')})){extra}"
        " => M <= pow(16*B^2*(X + 1)*sqrt(d0)*d1/eps, d0*d1 + 2*d1 + 1)*pow(rho, d0*d1 + d1)/fact(d1)")


def _lipschitz(slope: str) -> Step:
    """u -> slope*u + offset is Lipschitz with its slope."""
    return intro("lip", f"all u v:real => abs({slope}*u - {slope}*v) <= {slope}*abs(u - v)", "",
                 compute("a", f"abs({slope}) <= {slope}"), combine("b", "abs(u - v) <= abs(u - v)"),
                 apply("z", "textbook.abs_mul_le", use="a b"))


_ZERO = {"w": "t, i, j -> 0", "b": "t, i -> 0", "x": "k, p, j -> 0"}

SMALL_LIPSCHITZ = Witness((
    _lipschitz("1/10000"),
    witness("end", d0="1", d1="1", M="2", B="1", X="1", eps="1/2", rho="1/10000", s="u -> 1/10000*u", **_ZERO,
            a="t, i -> 0", c="t -> 3 - 2*t"),
))
"""sigma(z) = rho z with rho = 10^-4: the constants 1 and -1 need two balls of radius 1/2, the bound is 0.1678."""

WIDE_AND_COARSE = Witness((
    witness("end", d0="1", d1="12000", M="2", B="1", X="1", eps="999/1000*24001", rho="1", s="u -> u",
            w="t, i, j -> 1", b="t, i -> 1", a="t, i -> 3 - 2*t", c="t -> 3 - 2*t", x="k, p, j -> 1"),
))
"""12000 linear units and eps just below the sup norm: two extreme functions are 2 R apart, ln of the bound is -867."""

STEEP = Witness((
    _lipschitz("1000000"),
    witness("end", d0="1", d1="1", M="2", B="1", X="0", eps="1000000", rho="1000000", s="u -> 1000000*u",
            w="t, i, j -> 0", b="t, i -> 1", a="t, i -> 3 - 2*t", c="t -> 3 - 2*t", x="k, p, j -> 0"),
))
"""sigma(z) = 10^6 z at eps = rho: the functions +-(10^6 + 1) need two balls, the bound is 6.6 * 10^-8."""

OFFSET = Witness((
    witness("end", d0="1", d1="1", M="2", B="1", X="1", eps="100", rho="1", s="u -> u + 1000", **_ZERO,
            a="t, i -> 3 - 2*t", c="t -> 0"),
))
"""sigma(u) = u + 1000: the class reaches +-1000, the bound knows nothing of sigma(0)."""

CLAIM = Claim(
    id="covering.shallow_bound_quoted",
    title="The shallow covering bound as usually quoted, for every eps > 0",
    statement=_statement(),
    declared="Refuted",
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "reconstructed", arxiv="2305.11417",
                  note="Quoted from memory of the literature, the text of the theorem was not seen: these are"
                  " hypotheses that the statement needs, not errors of the published text."),
    summary="N(F, eps) <= (16 B^2 (B_x+1) sqrt(d_0) d_1 / eps)^S rho^(S_h) / d_1! fails for small rho, for wide nets at"
            " coarse eps, and for activations with sigma(0) != 0.",
    instance=Witness((
        witness("end", d0="1", d1="1", M="1", B="1", X="1", eps="1", rho="1", s="u -> u", **_ZERO, a="t, i -> 0",
                c="t -> 0"),
    )),
    refutations=(("small Lipschitz constant", SMALL_LIPSCHITZ), ("wide and coarse", WIDE_AND_COARSE),
                 ("activation with an offset", OFFSET)),
    controls=(
        Control("rho_guard_alone", "adding only the guard 1 <= rho", _statement("1 <= rho", "s(0) = 0"), STEEP),
        Control("eps_guard_alone", "adding only the guard on eps: 2 d_1 at most the base",
                _statement("2*d1*eps <= 16*B^2*(X + 1)*sqrt(d0)*d1", "s(0) = 0"), SMALL_LIPSCHITZ),
    ),
    comparison=(
        Comparison("quantity", "covering number of the class in sup norm over |x| <= B_x, radius eps",
                   "number M of functions pairwise more than 2 eps apart", "implied by the covering bound (pigeonhole);"
                   " refuting it refutes the bound"),
        Comparison("class", "f = a . sigma(W x + b) + c, |parameters| <= B", "the same, networks t = 1..M",
                   "as quoted"),
        Comparison("domain", "|x| <= B_x", "the inputs x(k, p) with entries within X", "as quoted"),
    ),
    tightness="At d_1 = 11163 the quoted bound first drops below 2 for eps = 0.999 R.",
)
