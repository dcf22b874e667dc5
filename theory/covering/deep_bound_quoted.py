"""The deep covering bound as it is usually quoted, "for any eps > 0", and how it fails without guards.

As in `shallow_bound_quoted`, the statement is the consequence for functions pairwise more than 2 eps apart.
"""

from __future__ import annotations

from theory.covering.uniform_networks import uniform_witness
from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement

BASE = "4*(L + 1)*(X + 1)*pow(2*B, L + 2)*prod(j=1..L: rho(j))*(d(0)*prod(j=1..L: d(j)))"
"""eps times the base Q of the quoted bound."""

COUNT = "sum(l=1..L+1: d(l)*(d(l-1) + 1))"
"""S, the number of parameters."""


def separated(*guards: str) -> Statement:
    """The quoted bound for M networks, pairwise more than 2 eps apart at some input, with guards as last hypotheses."""
    extra = "".join(f", {g}" for g in guards)
    return statement(
        "all L M:int, d:int->int, W:(t:int,l:int)->mat(d(l),d(l-1)), b:(t:int,l:int)->mat(d(l),1),"
        " h:(t:int,k:int,p:int,l:int)->mat(d(l),1), x:(k:int,p:int)->mat(d(0),1), s:(l:int,u:real)->real,"
        " rho:int->real, B X eps:real |"
        " 1 <= L, 1 <= M, 0 < B, 0 <= X, 0 < eps, (all l:int | 0 <= l, l <= L + 1 => 1 <= d(l)), d(L+1) = 1,"
        " (all l:int | 1 <= l, l <= L => 0 < rho(l)),"
        " (all l:int, u v:real | 1 <= l, l <= L => abs(s(l,u) - s(l,v)) <= rho(l)*abs(u - v)),"
        " (all t l i j:int | 1 <= t, t <= M, 1 <= l, l <= L + 1, 1 <= i, i <= d(l), 1 <= j, j <= d(l-1)"
        " => abs(W(t,l)[i,j]) <= B),"
        " (all t l i:int | 1 <= t, t <= M, 1 <= l, l <= L + 1, 1 <= i, i <= d(l) => abs(b(t,l)[i,1]) <= B),"
        " (all k p i:int | 1 <= k, k <= M, 1 <= p, p <= M, 1 <= i, i <= d(0) => abs(x(k,p)[i,1]) <= X),"
        " (all t k p:int | 1 <= t, t <= M, 1 <= k, k <= M, 1 <= p, p <= M => h(t,k,p,0) = x(k,p)),"
        " (all t k p l i:int | 1 <= t, t <= M, 1 <= k, k <= M, 1 <= p, p <= M, 1 <= l, l <= L, 1 <= i, i <= d(l)"
        " => h(t,k,p,l)[i,1] = s(l, (W(t,l)*h(t,k,p,l-1) + b(t,l))[i,1])),"
        " (all t k p:int | 1 <= t, t <= M, 1 <= k, k <= M, 1 <= p, p <= M"
        " => h(t,k,p,L+1) = W(t,L+1)*h(t,k,p,L) + b(t,L+1)),"
        " (all k p:int | 1 <= k, k <= M, k + 1 <= p, p <= M"
        f" => 2*eps < abs(h(k,k,p,L+1)[1,1] - h(p,k,p,L+1)[1,1])){extra}"
        f" => M <= pow({BASE}/eps, {COUNT})/prod(l=1..L: fact(d(l)))")


_LAST = "ite(l, 10, 0, (3 - 2*t)/10)"

SMALL_WEIGHTS = uniform_witness("10", "2", "iite(l, 10, 2, 1)", "0", _LAST, _LAST, "u", "1", "1/10", "1", "1/20")
"""Ten hidden layers of two units, B = 1/10: the constants +-1/10 are 4 eps apart, ln of the bound is -272.5."""


def _single_unit(members: str, sign: str) -> Witness:
    """One hidden unit, sigma(u) = u + 10^6, output weight +-1."""
    states = f"ite(l, 0, 0, ite(l, 1, 1000000, {sign}*1000000))"
    return uniform_witness("1", members, "1", f"ite(l, 1, 0, {sign})", "0", states, "u + 1000000", "1", "1", "1",
                           "100000")


OFFSET = _single_unit("2", "(3 - 2*t)")
"""sigma(u) = u + 10^6 with one hidden unit: two functions 2 * 10^6 apart, the bound is below 10^-11."""

CLAIM = Claim(
    id="covering.deep_bound_quoted",
    title="The deep covering bound as usually quoted, for every eps > 0",
    statement=separated(),
    declared="Refuted",
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "reconstructed", arxiv="2305.11417",
                  note="Quoted from memory of the literature, the text of the theorem was not seen: these are"
                  " hypotheses that the statement needs, not errors of the published text."),
    summary="N(F, eps) <= (4 (L+1)(B_x+1)(2B)^(L+2) prod rho prod d / eps)^S / prod d_l! fails for small weights and"
            " for activations with sigma(0) != 0.",
    instance=_single_unit("1", "1"),
    refutations=(("small weights", SMALL_WEIGHTS), ("activation with an offset", OFFSET)),
    controls=(
        Control("offset_guard_alone", "adding only sigma_l(0) = 0",
                separated("(all l:int | 1 <= l, l <= L => s(l,0) = 0)"), SMALL_WEIGHTS),
        Control("box_guard_alone", "adding only B rho_l d_l >= 1 and B >= 1/8",
                separated("(all l:int | 1 <= l, l <= L => 1 <= B*rho(l)*d(l))", "1/8 <= B"), OFFSET),
    ),
    comparison=(
        Comparison("quantity", "covering number of the class in sup norm over |x| <= B_x, radius eps",
                   "number M of functions pairwise more than 2 eps apart", "implied by the covering bound (pigeonhole);"
                   " refuting it refutes the bound"),
        Comparison("class", "L hidden layers, |parameters| <= B, one output", "the same, networks t = 1..M",
                   "as quoted"),
    ),
)
