"""The terms of `covering.generalization`: risks, confidence radius, and the hypotheses of the theorem."""

from __future__ import annotations

from theory.covering.hoeffding import INDEPENDENT, LAW, PLACES, WEIGHTS
from theory.language import statement

RISK = "sum(a=1..A: D(a)*l(a,f(o,a)))"
"""Mean loss of the chosen function under the law D."""

EMPIRICAL = "sum(t=1..n: l(z(t,o),f(o,z(t,o))))/n"
"""Its mean loss on the n samples of outcome o."""

CENTRES = ("sum(t=1..n: l(z(t,o),c(k,z(t,o))))/n", "sum(a=1..A: D(a)*l(a,c(k,a)))")
"""The same two for the k-th centre."""

RADIUS = "M*sqrt((log(2*N) + log(1/eta))/(2*n))"
"""Within this all centres' risks are estimated, with probability 1 - eta."""

CHOSEN = ("(all o:int | 1 <= o, o <= K => some k:int | 1 <= k, k <= N,"
          " (all a:int | 1 <= a, a <= A => abs(f(o,a) - c(k,a)) <= eps))")
"""In every outcome a function within eps of a centre is chosen: any training procedure with values in the class."""

GAP = f"abs({EMPIRICAL} - {RISK})"
"""What they differ by."""

LIPSCHITZ = "(all a:int, u v:real | 1 <= a, a <= A => abs(l(a,u) - l(a,v)) <= abs(u - v))"
"""The loss at a data point is 1-Lipschitz in the prediction."""

_AT = "1 <= k, k <= N, 1 <= a, a <= A"
LOSSES = (f"(all k a:int | {_AT} => 0 <= l(a,c(k,a))), (all k a:int | {_AT} => l(a,c(k,a)) <= M)")
"""Losses of the centres lie in [0, M]: centres in the class, or a loss clipped to [0, M]."""


def hypotheses(independent: str = INDEPENDENT) -> str:
    """Return variables and hypotheses H1..H17, with another dependence of the samples for a control."""
    return ("all n N A K:int, w D:int->real, z:(t:int,o:int)->int, l:(a:int,u:real)->real, c:(k:int,a:int)->real,"
            f" f:(o:int,a:int)->real, M eps eta:real | 1 <= n, 1 <= N, 0 <= A, 0 <= K, {LAW}, {WEIGHTS}, {PLACES},"
            f" {independent}, {LIPSCHITZ}, {LOSSES}, 0 < M, 0 < eta, eta <= 1, {CHOSEN}")


HYPOTHESES = hypotheses()


def good_event(bound: str = f"2*eps + {RADIUS}") -> str:
    """The event that true and empirical loss of the chosen function differ by at most `bound`."""
    return f"ite({GAP}, {bound}, 1, 0)"


REPEATED = ("(all t:int, u:int->real | 1 <= t, t <= n"
            " => sum(o=1..K: w(o)*u(z(t,o))) = sum(a=1..A: D(a)*u(a)))")
"""Each sample has the law D, whether or not the samples depend on each other."""

LOGARITHMS = "log(2*N) + log(1/eta) <= 2*n*r*r"
"""r is at least the square root in the radius."""

ATTACKED = statement(f"{HYPOTHESES.replace('eta:real', 'eta r:real')}, 0 <= r, {LOGARITHMS}"
                     f" => 1 - eta <= sum(o=1..K: w(o)*{good_event('2*eps + M*r')})")
"""The theorem with a number r above the square root: what mutants are made of, because `compute` knows no logarithm."""
