"""Indicators and finite sums: exclusive events, unions. The counting behind `covering.init_probability`.

An event is a number that is 0 or 1. "All summands vanish" is written `ite(sum, 0, 1, 0)` for summands >= 0, and "some
event of a list occurs" is `ite(1, sum, 1, 0)`, because `ite(a, b, x, y)` is x if a <= b and y otherwise.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain

INDICATOR = Lemma(
    "covering.indicator", "ite(a, b, 1, 0) is an event: it equals its square and lies between 0 and 1",
    statement("all a b:real => some | ite(a,b,1,0)*ite(a,b,1,0) = ite(a,b,1,0), 0 <= ite(a,b,1,0), ite(a,b,1,0) <= 1"),
    (
        apply("t", "ax.total", x="a", y="b"),
        cases("end", "t", "w",
              [apply("e", "ax.ite_then", a="a", b="b", x="1", y="0"),
               combine("x1", "ite(a,b,1,0)*ite(a,b,1,0) = ite(a,b,1,0)", "e", rounds=3),
               combine("x2", "0 <= ite(a,b,1,0)", "e"), combine("x3", "ite(a,b,1,0) <= 1", "e")],
              [apply("e", "ax.ite_else", a="a", b="b", x="1", y="0"),
               combine("x1", "ite(a,b,1,0)*ite(a,b,1,0) = ite(a,b,1,0)", "e", rounds=3),
               combine("x2", "0 <= ite(a,b,1,0)", "e"), combine("x3", "ite(a,b,1,0) <= 1", "e")]),
    ),
)

_H, _G = "ite(sum(c=1..S: h(c)), 0, 1, 0)", "ite(sum(c=1..S: g(c)), 0, 1, 0)"

EXCLUSIVE = Lemma(
    "covering.exclusive", "Two non-negative sequences that do not vanish at one place do not both vanish",
    statement("all h g:int->real, S c:int | hh: (all l:int | 1 <= l, l <= S => 0 <= h(l)),"
              " hg: (all l:int | 1 <= l, l <= S => 0 <= g(l)), c1: 1 <= c, c2: c <= S, hc: 0 < h(c) + g(c)"
              f" => {_H}*{_G} = 0"),
    (
        apply("a", "textbook.term_at_most_sum", f="l -> h(l)", n="S", c="c"),
        apply("b", "textbook.term_at_most_sum", f="l -> g(l)", n="S", c="c"),
        apply("t", "ax.total", x="sum(c=1..S: h(c))", y="0"), apply("u", "ax.total", x="sum(c=1..S: g(c))", y="0"),
        cases("end", "t", "w",
              [cases("z", "u", "v",
                     [combine("no", "0 < 0", "a b w v hc", degree=1), combine("y", mul="no")],
                     [apply("e", "ax.ite_else", a="sum(c=1..S: g(c))", b="0", x="1", y="0"), combine("y", facts="e")])],
              [apply("e", "ax.ite_else", a="sum(c=1..S: h(c))", b="0", x="1", y="0"), combine("z", facts="e")]),
    ),
)

_EVENTS = "(all j:int | 1 <= j, j <= {k} => {e}(j)*{e}(j) = {e}(j))"
_SUM = "sum(j=1..k: e(j))"

UNION = Lemma(
    "covering.exclusive_union", "Of exclusive events at most one occurs: their sum is the event that one occurs",
    statement(f"all e:int->real, k:int | hk: 0 <= k, he: {_EVENTS.format(k='k', e='e')},"
              " hx: (all j l:int | 1 <= j, j + 1 <= l, l <= k => e(j)*e(l) = 0)"
              f" => ite(1, {_SUM}, 1, 0) = {_SUM}"),
    (
        induct("I", "all n:int | 0 <= n => (all | n <= k => sum(j=1..n: e(j))*sum(j=1..n: e(j)) = sum(j=1..n: e(j)))",
               "hn ih",
               [intro("z", None, "h", apply("a", "ax.sum_empty", f="j -> e(j)", a="1", b="0"),
                      combine("y", facts="a"))],
               [intro("z", None, "h", apply("u", "ih"), apply("a", "ax.sum_last", f="j -> e(j)", a="1", b="n + 1"),
                      apply("s", "he", j="n + 1"),
                      intro("o", "all j:int | 1 <= j, j <= n => e(j)*e(n+1) = 0", "j1 j2",
                            apply("x", "hx", j="j", l="n + 1")),
                      apply("c", "textbook.sum_cong", f="j -> e(j)*e(n+1)", g="j -> 0", a="1", b="n"),
                      apply("d", "textbook.sum_const", c="0", n="n"),
                      apply("m", "textbook.sum_scale", f="j -> e(j)*e(n+1)", g="j -> e(j)", c="e(n+1)", a="1", b="n"),
                      combine("x0", "e(n+1)*sum(j=1..n: e(j)) = 0", "c d m", rounds=4),
                      combine("sq", "sum(j=1..n+1: e(j))*sum(j=1..n+1: e(j)) = sum(j=1..n: e(j))*sum(j=1..n: e(j))"
                              " + 2*(e(n+1)*sum(j=1..n: e(j))) + e(n+1)*e(n+1)", "a", rounds=4),
                      combine("y", facts="sq x0 u a s"))]),
        apply("J", "I", n="k"), apply("K", "J"),
        apply("t", "ax.total", x="1", y=_SUM),
        cases("end", "t", "w",
              [apply("i", "ax.ite_then", a="1", b=_SUM, x="1", y="0"), combine("p", f"0 < {_SUM}", "w"),
               combine("one", f"{_SUM} = 1", "K", mul="p"), combine("z", facts="i one")],
              [apply("i", "ax.ite_else", a="1", b=_SUM, x="1", y="0"), combine("p", f"0 < 1 - {_SUM}", "w"),
               combine("o", f"{_SUM} = 0", "K", mul="p"), combine("z", facts="i o")]),
    ),
)

NONE_OCCURS = Lemma(
    "covering.none_occurs", "If fewer than one of the events occurs, none does",
    statement(f"all e:int->real, k j:int | he: {_EVENTS.format(k='k', e='e')}, hs: {_SUM} < 1, j1: 1 <= j, j2: j <= k"
              " => e(j) = 0"),
    (
        intro("p", "all l:int | 1 <= l, l <= k => 0 <= e(l)", "l1 l2", apply("a", "he", j="l"),
              combine("s", "0 <= e(l)*e(l)", squares=("e(l)",)), combine("z", facts="a s")),
        apply("t", "textbook.term_at_most_sum", f="l -> e(l)", n="k", c="j"), apply("a", "he", j="j"),
        combine("u", "0 < 1 - e(j)", "t hs", degree=1), combine("end", facts="a", mul="u"),
    ),
)


def _vanish(which: str, other: str, count: str, link: str) -> list[Step]:
    """The sum of `which` is less than 1 (fact v), that of `other` is at least 1 (fact w): impossible."""
    return [
        intro("o", f"all j:int | 1 <= j, j <= {count} => {other}(j) = 0", "j1 j2", apply("a", link, j="j"),
              *_obtained(which)),
        apply("c", "textbook.sum_cong", f=f"j -> {other}(j)", g="j -> 0", a="1", b=count),
        apply("d", "textbook.sum_const", c="0", n=count),
    ]


def _obtained(which: str) -> list[Step]:
    bound, name = ("n", "r(j)") if which == "f" else ("k", "m(j)")
    return [obtain("z", "a", "a1 a2 a3",
                   apply("b", "covering.none_occurs", e=f"l -> {which}(l)", k=bound, j=name),
                   combine("y", facts="a3 b"))]


SAME_UNION = Lemma(
    "covering.same_union", "Two lists of events with the same members have the same union",
    statement(f"all e f:int->real, k n:int, r m:int->int | hk: 0 <= k, hn: 0 <= n, he: {_EVENTS.format(k='k', e='e')},"
              f" hf: {_EVENTS.format(k='n', e='f')},"
              " hr: (all j:int | 1 <= j, j <= k => some | 1 <= r(j), r(j) <= n, e(j) = f(r(j))),"
              " hm: (all j:int | 1 <= j, j <= n => some | 1 <= m(j), m(j) <= k, f(j) = e(m(j)))"
              f" => ite(1, {_SUM}, 1, 0) = ite(1, sum(j=1..n: f(j)), 1, 0)"),
    (
        apply("t", "ax.total", x="1", y=_SUM), apply("u", "ax.total", x="1", y="sum(j=1..n: f(j))"),
        cases("end", "t", "w",
              [apply("i", "ax.ite_then", a="1", b=_SUM, x="1", y="0"),
               cases("z", "u", "v",
                     [apply("i2", "ax.ite_then", a="1", b="sum(j=1..n: f(j))", x="1", y="0"),
                      combine("y", facts="i i2")],
                     [*_vanish("f", "e", "k", "hr"), combine("no", "0 < 0", "c d w", degree=1),
                      combine("y", mul="no")])],
              [apply("i", "ax.ite_else", a="1", b=_SUM, x="1", y="0"),
               cases("z", "u", "v",
                     [*_vanish("e", "f", "n", "hm"), combine("no", "0 < 0", "c d v", degree=1),
                      combine("y", mul="no")],
                     [apply("i2", "ax.ite_else", a="1", b="sum(j=1..n: f(j))", x="1", y="0"),
                      combine("y", facts="i i2")])]),
    ),
)

TWO_DISTANCES = Lemma(
    "covering.two_distances", "No number is at distance 0 from two different ones",
    statement("all u a b:real | h: a != b => 0 < abs(u - a) + abs(u - b)"),
    (
        apply("p1", "ax.abs_ge", x="u - a"), apply("p2", "ax.abs_neg", x="u - a"),
        apply("q1", "ax.abs_ge", x="u - b"), apply("q2", "ax.abs_neg", x="u - b"),
        apply("t", "ax.total", x="abs(u - a) + abs(u - b)", y="0"),
        cases("end", "t", "w",
              [combine("x", "a <= b", "p1 p2 q1 q2 w", degree=1), combine("y", "b <= a", "p1 p2 q1 q2 w", degree=1),
               apply("e", "ax.antisym", "a = b"), combine("no", "0 = 1", "e", mul="h"),
               combine("none", "0 < 0", "no"), combine("z", facts="no", mul="none")], [combine("z", facts="w")]),
    ),
)

TWO_BALLS = Lemma(
    "covering.two_balls", "No number is closer than r to two numbers that are 2 r or more apart",
    statement("all u a b r:real | h: 2*r <= abs(a - b) => 0 < ite(r, abs(u - a), 1, 0) + ite(r, abs(u - b), 1, 0)"),
    (
        apply("t", "ax.total", x="r", y="abs(u - a)"), apply("s", "ax.total", x="r", y="abs(u - b)"),
        apply("i1", "covering.indicator", a="r", b="abs(u - a)"),
        apply("i2", "covering.indicator", a="r", b="abs(u - b)"),
        obtain("end", "i1", "a1 a2 a3", obtain("z", "i2", "b1 b2 b3",
               cases("y", "t", "w",
                     [apply("e", "ax.ite_then", a="r", b="abs(u - a)", x="1", y="0"), combine("x", facts="e b2")],
                     [cases("x", "s", "m",
                            [apply("e", "ax.ite_then", a="r", b="abs(u - b)", x="1", y="0"),
                             combine("v", facts="e a2")],
                            [apply("p1", "ax.abs_ge", x="u - a"), apply("p2", "ax.abs_neg", x="u - a"),
                             apply("q1", "ax.abs_ge", x="u - b"), apply("q2", "ax.abs_neg", x="u - b"),
                             apply("d", "ax.abs_le", x="a - b", y="abs(u - a) + abs(u - b)"),
                             combine("none", "0 < 0", "d h w m", degree=1),
                             combine("v", facts="d h w m", mul="none", degree=1)])]))),
    ),
)

LEMMAS = (INDICATOR, EXCLUSIVE, UNION, NONE_OCCURS, SAME_UNION, TWO_DISTANCES, TWO_BALLS)
