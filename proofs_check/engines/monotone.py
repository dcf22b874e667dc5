"""Inequalities in one variable that no tree of intervals proves, or only a huge one: by the signs of derivatives.

With gap = larger - smaller side, the interval is cut where the derivative of the gap changes its sign; on a piece where
it keeps it, the gap is at least its value at one end. This settles tangencies, where the gap vanishes. The sign of the
derivative is proved in the same way, by a tree or by the next derivative, so Taylor's bounds are covered too.
The result is a list of steps like an author's; the mean-value axiom `ax.nonincreasing` carries all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from theory.language.derivation import Step, apply, calculus, cases, combine, compute, enclose, intro
from theory.language.errors import SearchFailed, explain
from theory.language.printing import text
from theory.language.substitution import substitute
from theory.language.terms import rational

from .enclosure import find_tree, read_goal
from .evaluate import NotComputable, holds, value
from .intervals import fraction
from .signs import sign_of_derivative

Term = Any
Goal = Any

ORDERS, HALVINGS, LEAVES = 4, 6, 24
"""Derivatives used inside one another, bisections of a piece, leaves of an auxiliary tree."""

VALUES = {("exp", 0): "ax.exp_zero", ("log", 1): "textbook.log_one", ("sin", 0): "textbook.sin_zero",
          ("cos", 0): "textbook.cos_zero"}
"""Values that lemmas give exactly, where an enclosure leaves an interval."""


@dataclass(frozen=True)
class _Piece:
    """The goal `all x:real, lo <= x, x <= hi: ...` with 0 <= gap as its meaning; `name` is the step that proves it."""

    name: str
    x: str
    lo: Fraction
    hi: Fraction
    relation: Any
    gap: Term

    @property
    def goal(self) -> Goal:
        return self.over(self.relation)

    def over(self, relation: Any, lo: Any = None, hi: Any = None, x: str = "") -> Goal:
        """A relation for all x of the piece, or of [lo, hi]."""
        lo, hi, x = self.lo if lo is None else lo, self.hi if hi is None else hi, x or self.x
        return ("all", ((x, "real"),), (("<=", _number(lo), x), ("<=", x, _number(hi))), relation)

    def at(self, term: Term, place: Any) -> Term:
        return substitute(term, {self.x: _number(place)})


def plan(goal: Goal, name: str) -> tuple[Step, ...]:
    """Return steps that prove `all x:real, lo <= x, x <= hi: a <= b`; the last one, `name`, has this goal.

    Raises SearchFailed where the gap is not positive at an end that has to carry a piece, or nothing settles a piece.
    """
    problem = read_goal(goal)
    if len(problem.box) != 1:
        raise SearchFailed(explain("signs of derivatives", "one variable", f"{len(problem.box)} in {text(goal)}",
                                   "Fix the others, or raise the number of leaves of the tree."))
    (x, (lo, hi)), = problem.box
    return tuple(_prove(_Piece(name, x, fraction(lo), fraction(hi), goal[3], problem.gap), ORDERS, HALVINGS))


def _number(value: Any) -> Term:
    return value if isinstance(value, str) else rational(Fraction(value))


def _minus(term: Term) -> Term:
    return ("*", -1, term)


def _prove(piece: _Piece, order: int, halvings: int) -> list[Step]:
    """A tree if a small one does it, else derivatives, else both halves."""
    try:
        find_tree(piece.goal, max_leaves=LEAVES)
        return [enclose(piece.name, piece.goal)]
    except SearchFailed as error:
        failure = error
    if order == 0 or halvings < 0 or piece.lo == piece.hi:
        raise failure
    signs = sign_of_derivative(piece.gap, piece.x, piece.lo, piece.hi)
    if len(signs.pieces) > 1:
        return _split(piece, signs.breakpoints[1:-1], order, halvings - 1)
    if signs.pieces[0].sign:
        return _monotone(piece, signs.derivative, signs.pieces[0].sign, order)
    return _split(piece, ((piece.lo + piece.hi) / 2,), order, halvings - 1)


def _split(piece: _Piece, at: tuple[Fraction, ...], order: int, halvings: int) -> list[Step]:
    ends = (piece.lo, *at, piece.hi)
    parts = [replace(piece, name=f"{piece.name}_{k}", lo=lo, hi=hi) for k, (lo, hi) in enumerate(zip(ends, ends[1:]))]
    steps = [step for part in parts for step in _prove(part, order, halvings)]
    return [*steps, intro(piece.name, piece.goal, f"{piece.name}l {piece.name}r", *_choose(piece, parts))]


def _choose(piece: _Piece, parts: list[_Piece]) -> tuple[Step, ...]:
    """x lies in the first part or beyond its end."""
    first, *rest = parts
    name = f"{first.name}x"
    here = apply(f"{name}p", first.name, None, **{piece.x: piece.x})
    if not rest:
        return (here,)
    return (apply(name, "ax.total", None, x=piece.x, y=_number(first.hi)),
            cases(f"{name}c", name, f"{name}o", (here,), _choose(piece, rest)))


def _nonincreasing(piece: _Piece, name: str, f: Term, slope: Term, bound: str, lo: Any, hi: Any) -> tuple[Step, ...]:
    """f(hi) <= f(lo), since slope <= 0 on the whole piece follows from the fact `bound`."""
    t = f"{piece.x}_t"
    at = lambda term: substitute(term, {piece.x: t})  # noqa: E731
    return (
        intro(f"{name}d", piece.over(("pred", "deriv", "u", substitute(f, {piece.x: "u"}), t, at(slope)), lo, hi, t),
              f"{name}1 {name}2", calculus(f"{name}3")),
        intro(f"{name}s", piece.over(("<=", at(slope), 0), lo, hi, t), f"{name}4 {name}5",
              apply(f"{name}6", bound, None, **{piece.x: t}), combine(f"{name}7", None, f"{name}6")),
        apply(f"{name}m", "ax.nonincreasing", None, f=("lam", ("u",), substitute(f, {piece.x: "u"})),
              g=("lam", ("u",), substitute(slope, {piece.x: "u"})), a=_number(lo), b=_number(hi)),
    )


def _monotone(piece: _Piece, slope: Term, sign: int, order: int) -> list[Step]:
    name, end = piece.name, piece.lo if sign > 0 else piece.hi
    relation = ("<=", 0, slope) if sign > 0 else ("<=", slope, 0)
    signed = replace(piece, name=f"{name}s", relation=relation, gap=slope if sign > 0 else _minus(slope))
    if sign > 0:
        moves = _nonincreasing(piece, f"{name}_", _minus(piece.gap), _minus(slope), signed.name, end, piece.x)
    else:
        moves = _nonincreasing(piece, f"{name}_", piece.gap, slope, signed.name, piece.x, end)
    return [
        *_prove(signed, order - 1, 1),
        *_at_point(piece, f"{name}a", (piece.relation[0], 0, piece.at(piece.gap, end)), end),
        intro(name, piece.goal, f"{name}l {name}r", *moves, combine(f"{name}z", None, f"{name}_m {name}a", degree=1)),
    ]


def _at_point(piece: _Piece, name: str, relation: Any, place: Fraction) -> list[Step]:
    """A relation at one point of the piece: computed, or enclosed on a box without width."""
    if holds(relation):
        return [compute(name, relation)]
    general = piece.over((relation[0], relation[1], piece.gap), place, place)
    try:
        find_tree(general, max_leaves=1)
    except SearchFailed:
        known = {f"{name}{k}": fact for k, fact in enumerate(sorted(_values(piece.gap, piece.x, place)))}
        return [*(apply(*pair) for pair in known.items()), combine(name, relation, " ".join(known))]
    return [enclose(f"{name}e", general), apply(name, f"{name}e", relation, **{piece.x: _number(place)})]


def _values(term: Term, x: str, place: Fraction) -> set[str]:
    """The lemmas about values of functions that occur in the term at the point."""
    if not isinstance(term, tuple):
        return set()
    found = set().union(*(_values(part, x, place) for part in term[1:]))
    if len(term) == 2:
        try:
            key = (term[0], value(substitute(term[1], {x: _number(place)}), {}))
        except NotComputable:
            return found
        found |= {VALUES[key]} if key in VALUES else set()
    return found
