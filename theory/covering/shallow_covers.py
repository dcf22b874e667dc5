"""Statements about shallow networks: n inputs within X, d units, one output, parameters in the box [-B, B].

Either p C(K + d - 1, d) networks cover the class, or, what follows from that and whose negation can be proved, there
are no more networks than that with pairwise distances above twice the radius.
"""

from __future__ import annotations

from theory.covering.homogeneous_networks import COUNT
from theory.covering.homogeneous_neurons import HOMOGENEOUS
from theory.language import Statement, statement

LIPSCHITZ = "(all u v:real => abs(s(u) - s(v)) <= rho*abs(u - v))"
"""The activation s is Lipschitz with the constant rho."""

NEURONS = "K = 2*M*(n + 1)*pow(m, n)"
"""The number of listed neurons."""

ERROR = "d*((B^2/M + B^2/m)*(rho*(n*X + 1))) + B/p"
"""The radius of the cover."""

UNIT = "1 <= i, i <= d"
"""The index of a hidden unit."""

BOX = (f"(all i j:int | {UNIT}, 1 <= j, j <= n => abs(w(i,j)) <= B), (all i:int | {UNIT} => abs(b(i)) <= B),"
       f" (all i:int | {UNIT} => abs(a(i)) <= B), abs(c) <= B")
"""(w, b, a, c) are the parameters of a network of the box."""

INPUTS = "(all j:int | 1 <= j, j <= n => abs(x(j)) <= X)"
"""The inputs of the class."""


def weighted(weight: str) -> str:
    """The weighted sum of the inputs as text."""
    return f"sum(j=1..n: {weight}*x(j))"


def output(a: str, w: str, b: str, c: str) -> str:
    """The value of a network at the input x as text."""
    return f"sum(i=1..d: {a}*s({weighted(w)} + {b})) + {c}"


def index(count: str) -> str:
    """k is the number of a listed network."""
    return f"1 <= k, k <= {count}"


def near(v: str = "v(k,i,j)", e: str = "e(k,i)") -> str:
    """The network is within eps of the listed one at x."""
    return f"abs({output('a(i)', 'w(i,j)', 'b(i)', 'c')} - ({output('y(k,i)', v, e, 'z(k)')})) <= eps"


def _hypotheses(error: str, homogeneous: str) -> str:
    parts = ("0 <= n", "0 <= d", "1 <= m", "1 <= M", "1 <= p", "0 < B", homogeneous, LIPSCHITZ, NEURONS,
             f"{error} <= eps")
    names = (f"H{k}: {part}" for k, part in enumerate(parts, 1) if part)
    return ", ".join(names)


def cover_statement() -> Statement:
    """COUNT networks of the box cover the class at the radius eps."""
    place = index(COUNT)
    return statement(
        f"all s:real->real, n d m M p K:int, B X rho eps:real | {_hypotheses(ERROR, HOMOGENEOUS)} => some"
        " v:(k:int,i:int,j:int)->real, e:(k:int,i:int)->real, y:(k:int,i:int)->real, z:int->real |"
        f" (all k i j:int | {place} => abs(v(k,i,j)) <= B), (all k i:int | {place} => abs(e(k,i)) <= B),"
        f" (all k i:int | {place} => abs(y(k,i)) <= B), (all k:int | {place} => abs(z(k)) <= B),"
        f" (all w:(i:int,j:int)->real, b a:int->real, c:real | {BOX} => some k:int | {place},"
        f" (all x:int->real | {INPUTS} => {near()}))")


def separated_statement(count: str = COUNT, error: str = ERROR, homogeneous: str = HOMOGENEOUS) -> Statement:
    """Of G networks of the box with pairwise distances above 2 eps there are at most `count`."""
    at = "1 <= t, t <= G"
    first, second = (output(f"a({t},i)", f"w({t},i,j)", f"b({t},i)", f"c({t})") for t in "tr")
    return statement(
        "all s:real->real, n d m M p K G:int, B X rho eps:real, w:(t:int,i:int,j:int)->real,"
        f" b a:(t:int,i:int)->real, c:int->real | {_hypotheses(error, homogeneous)},"
        f" K1: (all t i j:int | {at}, {UNIT}, 1 <= j, j <= n => abs(w(t,i,j)) <= B),"
        f" K2: (all t i:int | {at}, {UNIT} => abs(b(t,i)) <= B), K3: (all t i:int | {at}, {UNIT} => abs(a(t,i)) <= B),"
        f" K4: (all t:int | {at} => abs(c(t)) <= B), K5: (all t r:int | 1 <= t, t < r, r <= G => some x:int->real |"
        f" {INPUTS}, 2*eps < abs({first} - ({second}))) => G <= {count}")
