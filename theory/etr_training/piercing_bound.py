"""The piercing bound: disjoint intervals with positive and with negative second difference count neurons.

Data x(1) < ... < x(n) on a line, fitted exactly by w ReLU neurons and an output bias. P inner points whose open
intervals (x(p-1), x(p+1)) are disjoint and whose divided second differences are positive need P neurons with positive
output weights, because a neuron bends only at its kink; N intervals with negative ones need N other neurons.
"""

from __future__ import annotations

from theory.etr_training.piercing_side import FIT
from theory.etr_training.second_differences import SORTED, difference
from theory.language import Claim, Comparison, Control, Source, Statement, Step, Witness, statement
from theory.language.derivation import apply, cases, combine, intro, witness


def divided(p: str) -> str:
    """The divided second difference of y at the point number p: slope after it minus slope before it."""
    return f"(y({p} + 1) - y({p}))/(x({p} + 1) - x({p})) - (y({p}) - y({p} - 1))/(x({p}) - x({p} - 1))"


def positions(p: str, count: str, apart: int = 2) -> tuple[str, ...]:
    """Inner points p(1), ..., p(count) in order, whose open intervals to their neighbours are disjoint."""
    return (f"(all k:int | 1 <= k, k <= {count} => 2 <= {p}(k))",
            f"(all k:int | 1 <= k, k <= {count} => {p}(k) + 1 <= n)",
            f"(all k:int | 1 <= k, k <= {count} - 1 => {p}(k) + {apart} <= {p}(k + 1))")


_UP = f"(all k:int | 1 <= k, k <= P => 0 < {divided('p(k)')})"
_DOWN = f"(all k:int | 1 <= k, k <= N => {divided('r(k)')} < 0)"
_POSITIVE, _NEGATIVE = "sum(j=1..w: ite(v(j), 0, 0, 1))", "sum(j=1..w: ite(-1*v(j), 0, 0, 1))"
_CONCLUSION = f"some | P <= {_POSITIVE}, N <= {_NEGATIVE}, P + N <= w"
_ALL = "all n w P N:int, x y v a b:int->real, p r:int->int, e:real"


def _statement(conclusion: str = _CONCLUSION, *, apart: int = 2, up: str = _UP, ordered: str = SORTED) -> Statement:
    parts = ("0 <= w", "0 <= P", "0 <= N", ordered, FIT, *positions("p", "P", apart), *positions("r", "N", apart), up,
             _DOWN)
    return statement(f"{_ALL} | {', '.join(part for part in parts if part)} => {conclusion}")


STATEMENT = _statement()
"""H1-H3 counts; H4 different points in order; H5 the fit; H6-H8, H9-H11 disjoint intervals; H12, H13 their signs."""


def _multiplied(name: str, p: str, count: str, given: tuple[str, str, str], sign: int) -> Step:
    """From divided second differences to those multiplied by the two distances, with the sign taken off."""
    first, second, fact = given
    y = "y({})" if sign > 0 else "(-1*y({}))"
    after, before = f"(x({p} + 1) - x({p}))", f"(x({p}) - x({p} - 1))"
    up, low = f"(y({p} + 1) - y({p}))", f"(y({p}) - y({p} - 1))"
    relation = "0 < {}" if sign > 0 else "{} < 0"
    return intro(
        name, f"all k:int | 1 <= k, k <= {count} => 0 < {difference(y, p)}", "k1 k2",
        apply("q1", first, k="k"), apply("q2", second, k="k"), apply("d", fact, k="k"),
        apply("x1", "H4", i=f"{p} - 1", l=p), apply("x2", "H4", i=p, l=f"{p} + 1"),
        combine("pa", f"0 < {after}", "x2"), combine("pb", f"0 < {before}", "x1"),
        combine("d1", relation.format(f"{up} - {low}/{before}*{after}"), "d pa"),
        combine("d2", relation.format(f"{up}*{before} - {low}*{after}"), "d1 pb"),
        combine("z", facts="d2", degree=1))


_NEURONS = {"n": "n", "w": "w", "x": "i -> x(i)"}

_DERIVATION = (
    _multiplied("dp", "p(k)", "P", ("H6", "H7", "H12"), 1), _multiplied("dn", "r(k)", "N", ("H9", "H10", "H13"), -1),
    apply("A", "etr_training.piercing_side", **_NEURONS, P="P", y="i -> y(i)", v="j -> v(j)", a="j -> a(j)",
          b="j -> b(j)", p="k -> p(k)", e="e"),
    intro("fit", "all i:int | 1 <= i, i <= n => -1*y(i) = sum(j=1..w: -1*v(j)*max(a(j)*x(i) + b(j), 0)) + -1*e",
          "i1 i2",
          apply("h", "H5", i="i"),
          apply("s", "textbook.sum_scale", "sum(j=1..w: -1*v(j)*max(a(j)*x(i) + b(j), 0))"
                " = -1*sum(j=1..w: v(j)*max(a(j)*x(i) + b(j), 0))", f="j -> -1*v(j)*max(a(j)*x(i) + b(j), 0)",
                g="j -> v(j)*max(a(j)*x(i) + b(j), 0)", c="-1", a="1", b="w"), combine("z", facts="h s")),
    apply("B", "etr_training.piercing_side", **_NEURONS, P="N", y="i -> -1*y(i)", v="j -> -1*v(j)", a="j -> a(j)",
          b="j -> b(j)", p="k -> r(k)", e="-1*e"),
    intro("t", "all j:int | 1 <= j, j <= w => ite(v(j), 0, 0, 1) + ite(-1*v(j), 0, 0, 1) <= 1", "j1 j2",
          apply("or", "ax.total", x="v(j)", y="0"), apply("or2", "ax.total", x="-1*v(j)", y="0"),
          cases("z", "or", "o",
                [apply("e1", "ax.ite_then", a="v(j)", b="0", x="0", y="1"),
                 cases("y1", "or2", "o2",
                       [apply("e2", "ax.ite_then", a="-1*v(j)", b="0", x="0", y="1"), combine("w1", facts="e1 e2")],
                       [apply("e2", "ax.ite_else", a="-1*v(j)", b="0", x="0", y="1"), combine("w1", facts="e1 e2")])],
                [apply("e1", "ax.ite_else", a="v(j)", b="0", x="0", y="1"), combine("m", "-1*v(j) <= 0", "o"),
                 apply("e2", "ax.ite_then", a="-1*v(j)", b="0", x="0", y="1"), combine("y1", facts="e1 e2")])),
    apply("C", "textbook.sum_mono", f="j -> ite(v(j), 0, 0, 1) + ite(-1*v(j), 0, 0, 1)", g="j -> 1", a="1", b="w"),
    apply("D", "textbook.sum_add", f="j -> ite(v(j), 0, 0, 1)", g="j -> ite(-1*v(j), 0, 0, 1)", a="1", b="w"),
    apply("E", "textbook.sum_const", c="1", n="w"),
    combine("F", "P + N <= w", "A B C D E", degree=1), witness("end"),
)


def _posed(first: str, second: str, low: str, high: str) -> tuple[Step, ...]:
    """The distance of the neighbours `low` and `high` of the list of positions with these hypotheses is not 0."""
    return (apply("q1", first, k="k"), apply("q2", second, k="k"), apply("x1", "o4", i=low, l=high),
            combine("d", f"0 < x({high}) - x({low})", "x1"), apply("z", "ax.lt_ne", x="0", y=f"x({high}) - x({low})"))


_SQUARES = {"n": "5", "w": "2", "P": "2", "N": "0", "x": "i -> i - 1", "y": "i -> (i - 1)^2", "v": "j -> 1",
            "a": "j -> 2 + j", "b": "j -> 6 - 8*j", "p": "k -> 2*k", "r": "k -> 0", "e": "0"}
"""x^2 = ReLU(3 x - 2) + ReLU(4 x - 10) on 0, ..., 4; the intervals (0, 2) and (2, 4)."""

INSTANCE = Witness((witness("end", **_SQUARES),))

CONTROLS = (
    Control("every_difference", "a neuron for every positive second difference: x^2 on 0..4 has three, and two neurons",
            _statement(f"P <= {_POSITIVE}", apart=1),
            Witness((witness("end", **{**_SQUARES, "P": "3", "p": "k -> k + 1"}),))),
    Control("plain_differences", "y(i+1) - 2 y(i) + y(i-1) instead of divided differences: y = x on 0, 1, 3 without a"
            " positive neuron",
            _statement(f"P <= {_POSITIVE}",
                       up="(all k:int | 1 <= k, k <= P => 0 < y(p(k) + 1) - 2*y(p(k)) + y(p(k) - 1))"),
            Witness((witness("end", n="3", w="1", P="1", N="0", x="i -> [[0],[1],[3]][i,1]",
                             y="i -> [[0],[1],[3]][i,1]", v="j -> -1", a="j -> -1", b="j -> 10", p="k -> 2",
                             r="k -> 0", e="10"),))),
    Control("one_more", "one neuron more than there are intervals: x^2 on 0..4 has two intervals and two neurons",
            _statement("P + N + 1 <= w"), Witness((witness("end", **_SQUARES),))),
    Control("unsorted", "points that are not in order: a concave function on 2, 1, 0 without a positive neuron",
            _statement(f"P <= {_POSITIVE}", ordered=""),
            Witness((witness("end", n="3", w="1", P="1", N="0", x="i -> 3 - i", y="i -> [[-1],[0],[0]][i,1]",
                             v="j -> -1", a="j -> 1", b="j -> -1", p="k -> 2", r="k -> 0", e="0"),))),
)

CLAIM = Claim(
    id="etr_training.piercing_bound",
    title="The piercing bound: disjoint intervals with curvature count neurons",
    statement=STATEMENT,
    source=Source("Lemmascope", 2026, "Piercing numbers of second differences bound the width of a fit", "new",
                  note="That a piecewise linear function with p kinks needs about p neurons is classical; the count by"
                  " disjoint intervals of the data was not seen in print."),
    summary="A neuron bends at its kink only, so disjoint open intervals with positive divided second difference have"
            " different positive neurons, those with negative ones different negative neurons: w >= pi_+ + pi_-.",
    derivation=_DERIVATION,
    posed=(_posed("o6", "o7", "p(k)", "p(k) + 1"), _posed("o6", "o7", "p(k) - 1", "p(k)"),
           _posed("o9", "o10", "r(k)", "r(k) + 1"), _posed("o9", "o10", "r(k) - 1", "r(k)")),
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("objects", "n sorted distinct points of a line, one hidden ReLU layer, one output, exact fit",
                   "the same, all n and w; an output bias e, 0 if there is none", "points on a line of R^d are points"
                   " of a line: z is affine along it (in words)"),
        Comparison("piercing number", "pi_+, the least number of points that pierce all open intervals (x(i-1), x(i+1))"
                   " with positive divided second difference", "the number P of any list of such intervals that are"
                   " disjoint", "the greatest P is pi_+ (intervals on a line: piercing = packing), in words; the greedy"
                   " list is piercing_numbers"),
        Comparison("conclusion", "#positive neurons >= pi_+, #negative >= pi_-, w >= pi_+ + pi_-",
                   "P and N at most the number of j with v(j) > 0 and with v(j) < 0, P + N <= w", "as stated"),
        Comparison("proof", "second difference = sum v_j |a_j| hat_i(kink_j)", "the second difference of a neuron is"
                   " not negative, and 0 unless its signs at the two neighbours differ strictly; that happens on one"
                   " of several disjoint intervals at most", "no kinks, no division by a_j: a_j = 0 needs no case"),
    ),
    tightness="Attained: x^2 on 0..4 by ReLU(3 x - 2) + ReLU(4 x - 10), pi_+ = 2 = w (control one_more).",
    experiments=("etr_training.width_pairs",),
    attack="theory.etr_training.piercing_bound_attack",
)
