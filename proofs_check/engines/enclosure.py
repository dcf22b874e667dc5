"""Search for the tree of an `enclose` step: which splits of a rational box let interval arithmetic prove a bound.

Plain interval arithmetic decides each leaf, because that is all the checker does. An inequality that is attained
inside its box (a tangency) is proved by no tree; the search then says so and names the place. In one variable the step
then goes to `monotone`, which proves it by the signs of derivatives.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from flint import fmpq

from proofs_check.engines.intervals import Box, Interval, OutsideDomain, closed_number, evaluate, fraction
from theory.language.errors import InputError, SearchFailed, explain
from theory.language.terms import rational

Term = Any
Tree = Any

BITS_LADDER = (8, 12, 16, 20, 24, 32, 40, 48, 64, 96, 128, 192, 256)
MAX_DEPTH = 120
POINT_BITS = 200


@dataclass(frozen=True)
class EncloseGoal:
    """all x in box: 0 <= gap (or <): the gap is the larger side minus the smaller one."""

    gap: Term
    strict: bool
    box: tuple[tuple[str, Interval], ...]


class _Node:
    """A box of the growing tree; it ends as a leaf (bits) or as a split in two."""

    __slots__ = ("bits", "box", "depth", "name", "parts", "split")

    def __init__(self, box: dict[str, Interval], depth: int) -> None:
        self.box, self.depth = box, depth
        self.bits = 0
        self.name = ""
        self.split: fmpq = fmpq(0)
        self.parts: tuple[_Node, ...] = ()


def read_goal(goal: Any) -> EncloseGoal:
    """Read `all x:real, lo <= x, x <= hi, ...: a <= b` (or <).

    **Raises** InputError when the goal is not of this shape or an end of the box is no rational number.
    """
    shape = 'all x:real, lo <= x, x <= hi (in this order for each variable): a <= b or a < b'
    try:
        head, variables, hyps, (relation, small, large) = goal
        fits = head == "all" and relation in ("<=", "<") and len(hyps) == 2 * len(variables) > 0
        box = []
        for (name, sort), low, high in zip(variables, hyps[::2], hyps[1::2], strict=True):
            fits = fits and sort == "real" and low[0] == high[0] == "<=" and low[2] == name == high[1]
            lo, hi = closed_number(low[1]), closed_number(high[2])
            fits = fits and lo <= hi
            box.append((name, (lo, hi)))
    except (TypeError, ValueError, IndexError) as error:
        raise InputError(explain("enclose", shape, repr(goal)[:200], "Write the goal over one box.")) from error
    if not fits:
        raise InputError(explain("enclose", shape, repr(goal)[:200], "Write the goal over one non-empty box."))
    return EncloseGoal(("+", large, ("*", -1, small)), relation == "<", tuple(box))


def find_tree(goal: Any, *, bits: int = 40, max_leaves: int = 4000) -> Tree:
    """Return a tree for the rule `enclose`: an int (bits) at a leaf, or (name, split, left, right).

    **Arguments**
    - `goal`: `all x in a rational box: a <= b` or `a < b`, as nested tuples.
    - `bits`: precision of the search; each leaf then gets the smallest one that works, or up to four times as many
      bits where rounding alone stands in the way.
    - `max_leaves`: the budget.

    **Raises** SearchFailed with the worst box, saying whether the gap is 0 or negative there; InputError for a goal of
    another shape.
    """
    problem = read_goal(goal)
    root = _Node(dict(problem.box), 0)
    waiting, leaves = deque([root]), 1
    while waiting:
        node = waiting.popleft()
        node.bits = _bits_needed(problem, node, bits)
        if node.bits:
            continue
        _refuse_counterexample(problem, node)
        leaves += 1
        if leaves > max_leaves or node.depth >= MAX_DEPTH or not _divide(problem, node, bits):
            raise SearchFailed(_report(problem, [node, *waiting], max_leaves))
        waiting.extend(node.parts)
    return _tree(root)


def count_leaves(tree: Tree) -> int:
    """Return the number of leaves of a tree."""
    pending, leaves = [tree], 0
    while pending:
        node = pending.pop()
        if isinstance(node, int):
            leaves += 1
        else:
            pending.extend(node[2:])
    return leaves


def _holds(problem: EncloseGoal, box: Box, bits: int, short: bool = False) -> bool:
    try:
        low, _ = evaluate(problem.gap, box, bits, short)
    except OutsideDomain:
        return False
    return low > 0 or (low == 0 and not problem.strict)


def _bits_needed(problem: EncloseGoal, node: _Node, bits: int) -> int:
    """The smallest precision at which the box is a leaf, 0 if there is none."""
    if _holds(problem, node.box, bits):
        return next((b for b in BITS_LADDER if b < bits and _holds(problem, node.box, b)), bits)
    # A bound attained at a rational end: only exact ends prove it. Two precisions guard against luck in rounding.
    if _holds(problem, node.box, bits, True) and _holds(problem, node.box, 2 * bits, True):
        return 2 * bits
    if node.depth < 12 and any(lo < hi for lo, hi in node.box.values()):
        return 0
    # Far down the tree the width of the box is no longer the obstacle; rounding may be.
    return next((b for b in BITS_LADDER if bits < b <= 4 * bits and _holds(problem, node.box, b)), 0)


def _centre(box: Box) -> dict[str, Interval]:
    return {name: ((lo + hi) / 2,) * 2 for name, (lo, hi) in box.items()}


def _text(box: Box) -> str:
    parts = []
    for name, (lo, hi) in box.items():
        parts.append(f"{name} = {lo}" if lo == hi else f"{name} in [{lo}, {hi}]")
    return ", ".join(parts)


def _refuse_counterexample(problem: EncloseGoal, node: _Node) -> None:
    """A certainly negative gap at one point ends the search: the goal is false there."""
    centre = _centre(node.box)
    gap = _gap_at(problem, centre, POINT_BITS)
    if gap and (gap[1] < 0 or (gap[1] == 0 and problem.strict)):
        raise SearchFailed(explain("enclose", "a gap b - a that is positive on the whole box",
                                   f"a negative or zero gap at {_text(centre)}", "The goal is false there."))


def _divide(problem: EncloseGoal, node: _Node, bits: int) -> bool:
    """Split the box near the middle of its most relevant variable; False if every side is a point."""
    wide = {name: hi - lo for name, (lo, hi) in node.box.items() if lo < hi}
    if not wide:
        return False
    node.name = _relevant(problem, node, wide, bits)
    lo, hi = node.box[node.name]
    node.split = _short_middle(lo, hi)
    node.parts = (_Node({**node.box, node.name: (lo, node.split)}, node.depth + 1),
                  _Node({**node.box, node.name: (node.split, hi)}, node.depth + 1))
    return True


def _relevant(problem: EncloseGoal, node: _Node, wide: dict[str, fmpq], bits: int) -> str:
    """The variable whose width costs most: fixing it at its middle shortens the enclosure most.

    Every third level the widest side relative to the whole box is taken, so that no variable is neglected for ever.
    """
    whole = {name: hi - lo for name, (lo, hi) in problem.box}
    widest = max(sorted(wide), key=lambda name: wide[name] / whole[name])
    if len(wide) == 1 or node.depth % 3 == 2:
        return widest
    try:
        gains = {}
        for name in sorted(wide):
            middle = (node.box[name][0] + node.box[name][1]) / 2
            low, high = evaluate(problem.gap, {**node.box, name: (middle, middle)}, bits)
            gains[name] = low - high
    except OutsideDomain:
        return widest
    return max(gains, key=lambda name: gains[name])


def _short_middle(lo: fmpq, hi: fmpq) -> fmpq:
    """A dyadic number of few digits within an eighth of the width from the middle."""
    step = (hi - lo) / 4
    grid = fmpq(2) ** (int(step.p).bit_length() - int(step.q).bit_length())
    while grid > step:
        grid /= 2
    return fmpq(((lo + hi) / 2 / grid + fmpq(1, 2)).floor()) * grid


def _tree(root: _Node) -> Tree:
    """The nested tuples of a finished tree, without recursion (trees are deeper than the stack allows to be sure)."""
    order, pending = [], [root]
    while pending:
        node = pending.pop()
        order.append(node)
        pending.extend(node.parts)
    built: dict[int, Tree] = {}
    for node in reversed(order):
        if node.parts:
            left, right = (built.pop(id(part)) for part in node.parts)
            built[id(node)] = (node.name, rational(fraction(node.split)), left, right)
        else:
            built[id(node)] = node.bits
    return built[id(root)]


def _report(problem: EncloseGoal, waiting: list[_Node], max_leaves: int) -> str:
    """Name the worst box: the one with the smallest gap at one of its corners or at its centre."""
    budget = f"a tree of at most {max_leaves} leaves"
    ranked = sorted(((gap[1], k) for k, node in enumerate(waiting) if (gap := _gap_at(problem, _centre(node.box), 64))))
    found: list[tuple[fmpq, int, fmpq, _Node, Box]] = []
    for _, k in ranked[:40]:
        for point in (_centre(waiting[k].box), *_corners(waiting[k].box)):
            if gap := _gap_at(problem, point, POINT_BITS):
                found.append((gap[1], len(found), gap[0], waiting[k], point))
    if not found:
        return explain("enclose", budget, f"no value on {_text(waiting[0].box)}",
                       "A denominator, logarithm or root leaves its domain there; shrink the box.")
    high, _, low, worst, at = min(found, key=lambda entry: entry[:2])
    place = f"box {_text(worst.box)}, where the gap at {_text(at)} is in [{_decimal(low)}, {_decimal(high)}]"
    if low <= 0 <= high:
        remedy = ("The gap is 0 there (a tangency): no tree proves it. Fix all variables but one, so that signs of "
                  "derivatives apply, or factor the gap.")
    elif high < fmpq(1, 4096):
        remedy = ("The gap is almost 0 there, perhaps a tangency near by: fix all variables but one, so that signs of "
                  "derivatives apply, or raise `leaves`.")
    else:
        remedy = "The gap is not 0 there; factor the gap, or raise `leaves`."
    return explain("enclose", budget, place, remedy)


def _gap_at(problem: EncloseGoal, point: Box, bits: int) -> Interval | None:
    try:
        return evaluate(problem.gap, point, bits)
    except OutsideDomain:
        return None


def _corners(box: Box) -> list[dict[str, Interval]]:
    names = list(box)[:6]
    return [{**_centre(box), **{n: (x, x) for n, x in zip(names, ends, strict=True)}}
            for ends in product(*(box[n] for n in names))]


def _decimal(value: fmpq) -> str:
    """Three significant digits, for messages only."""
    return f"{float(Fraction(int(value.p), int(value.q))):.3g}"
