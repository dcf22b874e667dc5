"""One neuron along a line: its second differences are not negative, and not zero only where its sign changes.

A neuron max(a x + b, 0) has one kink, so it changes its sign on at most one of several disjoint open intervals between
data points. `D(h; i)` is (x(i+1) - x(i)) h(i-1) - (x(i+1) - x(i-1)) h(i) + (x(i) - x(i-1)) h(i+1), the divided second
difference times the two distances.
"""

from __future__ import annotations

from theory.language import Lemma, Step, statement
from theory.language.derivation import apply, cases, combine, induct, intro

J_RANGE = "1 <= j, j <= w"
K_RANGE = "1 <= k, k <= P"
SORTED = "(all i l:int | 1 <= i, i <= n, i + 1 <= l, l <= n => x(i) < x(l))"


def difference(h: str, m: str) -> str:
    """D(h; m) for values h(i) at the points x(i)."""
    return (f"(x({m} + 1) - x({m}))*{h.format(m + ' - 1')} - (x({m} + 1) - x({m} - 1))*{h.format(m)}"
            f" + (x({m}) - x({m} - 1))*{h.format(m + ' + 1')}")


def sign_change(j: str, m: str) -> str:
    """1 if v(j) > 0 and the neuron j has strictly different signs at the neighbours of point m, else 0."""
    return (f"ite(min(v({j}), -1*((a({j})*x({m} - 1) + b({j}))*(a({j})*x({m} + 1) + b({j})))), 0, 0, 1)")


_Z = {name: f"(a*{name} + b)" for name in "stu"}
_H = {name: f"max({z}, 0)" for name, z in _Z.items()}
_D = f"(u - t)*{_H['s']} - (u - s)*{_H['t']} + (t - s)*{_H['u']}"
_ORDER = "hst: s < t, htu: t < u"

HAT_CONVEX = Lemma(
    "etr_training.hat_convex", "The second difference of a neuron is not negative",
    statement(f"all a b s t u:real | {_ORDER} => 0 <= {_D}"),
    (
        *(apply(f"l{n}", "ax.max_left", x=_Z[n], y="0") for n in "su"),
        *(apply(f"r{n}", "ax.max_right", x=_Z[n], y="0") for n in "su"),
        apply("or", "ax.total", x="0", y=_Z["t"]),
        cases("end", "or", "o",
              [apply("m", "etr_training.relu_on", z=_Z["t"]),
               combine("p1", f"0 <= (u - t)*({_H['s']} - {_Z['s']})", "ls htu"),
               combine("p2", f"0 <= (t - s)*({_H['u']} - {_Z['u']})", "lu hst"),
               combine("z", facts="p1 p2 m", degree=1)],
              [combine("o2", f"{_Z['t']} <= 0", "o"), apply("m", "etr_training.relu_off", z=_Z["t"]),
               combine("p1", f"0 <= (u - t)*{_H['s']}", "rs htu"), combine("p2", f"0 <= (t - s)*{_H['u']}", "ru hst"),
               combine("z", facts="p1 p2 m", degree=1)]),
    ),
)


def _flat(facts: str, relation: str) -> list[Step]:
    """All three signs alike: the second difference vanishes."""
    side = "0 <= {}" if relation == "on" else "{} <= 0"
    return [
        *(combine(f"k{n}", side.format(_Z[n]), facts) for n in "su"),
        combine("w1", side.format(f"(u - t)*{_Z['s']}"), "ks htu"),
        combine("w2", side.format(f"(t - s)*{_Z['u']}"), "ku hst"),
        combine("w3", side.format(f"(u - s)*{_Z['t']}"), "w1 w2", degree=1), combine("us", "0 < u - s", "hst htu"),
        combine("gt", side.format(_Z["t"]), "w3", mul="us"),
        *(apply(f"m{n}", f"etr_training.relu_{relation}", z=_Z[n]) for n in "stu"),
        combine("x", facts="ms mt mu"),
    ]


HAT_FLAT = Lemma(
    "etr_training.hat_flat", "Without a strict change of sign the second difference of a neuron is 0",
    statement(f"all a b s t u:real | {_ORDER}, hz: 0 <= {_Z['s']}*{_Z['u']} => {_D} = 0"),
    (
        apply("or", "ax.total", x=_Z["s"], y="0"),
        cases("end", "or", "gs",
              [apply("or2", "ax.total", x=_Z["u"], y="0"),
               cases("z", "or2", "gu", _flat("gs gu", "off"),
                     # z(s) <= 0 < z(u) and z(s) z(u) >= 0 leave z(s) = 0
                     [combine("p", f"0 <= {_Z['s']}", "hz", mul="gu"),
                      *_flat("p gu", "on")])],
              [combine("p", f"0 <= {_Z['u']}", "hz", mul="gs"), *_flat("p gs", "on")]),
    ),
)

ONE_OF = Lemma(
    "etr_training.positive_sum", "A positive sum has a positive term: at least one indicator is 1",
    statement("all f g:int->real, w:int | hw: 0 <= w, h: (all j:int | 1 <= j, j <= w, g(j) <= 0 => f(j) <= 0),"
              " hs: 0 < sum(j=1..w: f(j)) => 1 <= sum(j=1..w: ite(g(j), 0, 0, 1))"),
    (
        intro("ind", "all j:int => 0 <= ite(g(j), 0, 0, 1)", "", apply("t", "ax.total", x="g(j)", y="0"),
              cases("z", "t", "c",
                    [apply("e", "ax.ite_then", a="g(j)", b="0", x="0", y="1"), combine("y", facts="e")],
                    [apply("e", "ax.ite_else", a="g(j)", b="0", x="0", y="1"), combine("y", facts="e")])),
        induct("I", "all m:int | 0 <= m => (all | m <= w, 0 < sum(j=1..m: f(j)) => 1 <= sum(j=1..m: ite(g(j),0,0,1)))",
               "hm ih",
               [intro("z", None, "h1 h2", apply("e", "ax.sum_empty", f="j -> f(j)", a="1", b="0"),
                      combine("no", "0 < 0", "h2 e"), combine("y", mul="no"))],
               [intro("z", None, "h1 h2", apply("e", "ax.sum_last", f="j -> f(j)", a="1", b="m + 1"),
                      apply("l", "ax.sum_last", f="j -> ite(g(j), 0, 0, 1)", a="1", b="m + 1"),
                      apply("t", "ax.total", x="g(m + 1)", y="0"),
                      cases("y", "t", "c",
                            [apply("u", "h", j="m + 1"), combine("s", "0 < sum(j=1..m: f(j))", "h2 e u", degree=1),
                             apply("r", "ih"), apply("i", "ind", j="m + 1"), combine("x", facts="r l i", degree=1)],
                            [apply("i", "ax.ite_else", a="g(m + 1)", b="0", x="0", y="1"),
                             intro("nn", "all j:int | 1 <= j, j <= m => 0 <= ite(g(j), 0, 0, 1)", "j1 j2",
                                   apply("v", "ind", j="j")),
                             apply("r", "textbook.sum_nonneg", f="j -> ite(g(j), 0, 0, 1)", a="1", b="m"),
                             combine("x", facts="r l i", degree=1)]))]),
        apply("J", "I", m="w"), apply("end", "J"),
    ),
)

POSITIONS = (f"p1: (all k:int | {K_RANGE} => 2 <= p(k)), p2: (all k:int | {K_RANGE} => p(k) + 1 <= n),"
             " p3: (all k:int | 1 <= k, k <= P - 1 => p(k) + 2 <= p(k + 1))")
"""Inner points whose open intervals (x(p-1), x(p+1)) are disjoint, in order."""

TELESCOPE = Lemma(
    "etr_training.telescope", "What rises at most once from 0 to 1 rises on at most one of several disjoint intervals",
    statement(f"all g f:int->real, p:int->int, n P:int | hP: 0 <= P, {POSITIONS},"
              " g1: (all i l:int | 1 <= i, i <= l, l <= n => g(i) <= g(l)),"
              " g2: (all i:int | 1 <= i, i <= n => 0 <= g(i)), g3: (all i:int | 1 <= i, i <= n => g(i) <= 1),"
              f" h: (all k:int | {K_RANGE} => f(k) <= g(p(k) + 1) - g(p(k) - 1)) => sum(k=1..P: f(k)) <= 1"),
    (
        induct("I", "all m:int | 1 <= m => (all | m <= P => sum(k=1..m: f(k)) <= g(p(m) + 1))", "hm ih",
               [intro("z", None, "h1", apply("e", "ax.sum_last", f="k -> f(k)", a="1", b="1"),
                      apply("e0", "ax.sum_empty", f="k -> f(k)", a="1", b="0"), apply("u", "h", k="1"),
                      apply("q1", "p1", k="1"), apply("q2", "p2", k="1"), apply("v", "g2", i="p(1) - 1"),
                      combine("y", facts="e e0 u v", degree=1))],
               [intro("z", None, "h1", apply("e", "ax.sum_last", f="k -> f(k)", a="1", b="m + 1"), apply("r", "ih"),
                      apply("u", "h", k="m + 1"), apply("q1", "p1", k="m"), apply("q2", "p2", k="m + 1"),
                      apply("q3", "p3", k="m"),
                      apply("v", "g1", i="p(m) + 1", l="p(m + 1) - 1"), combine("y", facts="e r u v", degree=1))]),
        apply("or", "ax.int_split", m="0", n="P"),
        cases("end", "or", "o",
              [apply("e", "ax.sum_empty", f="k -> f(k)", a="1", b="P"), combine("z", facts="e")],
              [apply("J", "I", m="P"), apply("r", "J"), apply("q1", "p1", k="P"), apply("q2", "p2", k="P"),
               apply("v", "g3", i="p(P) + 1"), combine("z", facts="r v")]),
    ),
)

LEMMAS = (HAT_CONVEX, HAT_FLAT, ONE_OF, TELESCOPE)
