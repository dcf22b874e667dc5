"""Training instances for the second opinion on decisions, and outputs over intervals whose ends are balls of arb.

Written from the meaning of the format, not from the checker's files: numbers are `fmpq`, ranges of sin and of the
derivative of the sigmoid are exact up to rounding, by their turning points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flint import arb, fmpq

from proofs_check.certificates.second_terms import Doubt

Act = Callable[[str, str, Any], Any]
Limits = tuple[fmpq, fmpq] | None

ZERO, ONE = fmpq(0), fmpq(1)


def confirm(condition: object, why: str) -> None:
    """Raise Doubt unless the condition holds."""
    if not condition:
        raise Doubt(why)


def number(value: Any) -> fmpq:
    """Return the rational of an integer or a text p/q."""
    confirm(type(value) in (int, str), f"{value!r} is no rational")
    top, _, bottom = str(value).partition("/")
    return fmpq(int(top), int(bottom or 1))


@dataclass(frozen=True)
class Question:
    """Are there weights with sum (output - label)^2 <= threshold, or < if strict? Limits are None without a box."""

    sources: tuple[str, ...]
    kinds: Mapping[str, str]
    sinks: tuple[str, ...]
    tails: Mapping[str, tuple[str, ...]]
    points: tuple[tuple[fmpq, ...], ...]
    labels: Mapping[tuple[int, str], fmpq]
    threshold: fmpq
    strict: bool
    limits: Mapping[str, Limits]
    free: tuple[str, ...]

    def above(self, *targets: str) -> set[str]:
        """Return the vertices from which a path leads to a target, sources left out."""
        found: set[str] = set()
        waiting = [v for v in targets if v in self.kinds]
        while waiting:
            v = waiting.pop()
            if v not in found:
                found.add(v)
                waiting += [u for u in self.tails[v] if u in self.kinds]
        return found

    def biased(self, vertices: Iterable[str]) -> bool:
        """Whether one of these vertices has a bias that need not be zero."""
        return any(v in self.limits and self.limits[v] != (ZERO, ZERO) for v in vertices)

    def excluded(self, loss: fmpq, more: bool = False) -> bool:
        """Whether all weights miss the threshold if their loss is at least this, or more than this."""
        return loss > self.threshold or loss == self.threshold and (self.strict or more)

    def within(self, name: str, low: fmpq, high: fmpq) -> bool:
        """Whether a parameter may have all values from low to high."""
        ends = self.limits[name]
        return low <= high and (ends is None or ends[0] <= low and high <= ends[1])

    def output(self, target: str, i: int, weights: Mapping[str, Any], lift: Callable[[fmpq], Any], act: Act) -> Any:
        """Return the value of a vertex at point i in the ring that `lift` leads into."""
        at = dict(zip(self.sources, map(lift, self.points[i])))
        wanted = self.above(target)
        for v in (v for v in self.kinds if v in wanted):
            z = weights[v] if v in self.limits else lift(ZERO)
            for u in self.tails[v]:
                z = z + weights[f"{u}->{v}"] * at[u]
            at[v] = act(v, self.kinds[v], z)
        return at[target]


def question(data: Mapping[str, Any]) -> Question:
    """Return the instance of a certificate; raises Doubt where it is none."""
    head = data["format"], repr(data["schema"])
    confirm(head == ("lemmascope-training-instance", "1"), "another format of instances")
    sources, sinks = tuple(data["sources"]), tuple(data["sinks"])
    kinds = {name: kind for name, kind in data["vertices"]}
    order = {name: k for k, name in enumerate([*sources, *kinds])}
    confirm(len(order) == len(sources) + len(data["vertices"]), "two vertices of one name")
    confirm(set(kinds.values()) <= {"id", "relu", "sigmoid", "sin", "step"}, "an unknown activation")
    confirm(set(sinks) <= kinds.keys() and set(data["biases"]) <= kinds.keys(), "a sink or bias of no vertex")
    edges = [tuple(edge) for edge in data["edges"]]
    confirm(len(set(edges)) == len(edges), "an edge twice")
    confirm(all(v in kinds and order[u] < order[v] for u, v in edges), "an edge backwards")
    tails = {v: tuple(u for u, w in edges if w == v) for v in kinds}
    box = None if data["box"] is None else number(data["box"])
    confirm((box is None or box > 0) and type(data["strict"]) is bool, "another box, or strict")
    names = [p for v in kinds for p in (*([v] if v in data["biases"] else ()), *(f"{u}->{v}" for u in tails[v]))]
    limits: dict[str, Limits] = dict.fromkeys(names, None if box is None else (-box, box))
    confirm(data["pinned"].keys() <= limits.keys(), "a pin of no parameter")
    limits |= {p: (number(q), number(q)) for p, q in data["pinned"].items()}
    points = tuple(tuple(map(number, row)) for row in data["points"])
    confirm(all(len(row) == len(sources) for row in points), "a point of another dimension")
    confirm([len(row) for row in data["labels"]] == [len(sinks)] * len(points), "labels of another shape")
    labels = {(i, t): number(y) for i, row in enumerate(data["labels"]) for t, y in zip(sinks, row) if y != "*"}
    threshold = number(data["threshold"])
    confirm(threshold >= 0, "a negative threshold")
    return Question(sources, kinds, sinks, tails, points, labels, threshold, data["strict"], limits,
                    tuple(p for p in names if p not in data["pinned"]))


@dataclass(frozen=True)
class Interval:
    """All reals between two exact balls, lo <= hi; sums and products are rounded outwards."""

    lo: arb
    hi: arb

    def __add__(self, other: Interval) -> Interval:
        return Interval((self.lo + other.lo).lower(), (self.hi + other.hi).upper())

    def __mul__(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return Interval(min(e.lower() for e in ends), max(e.upper() for e in ends))

    def meet(self, other: Interval) -> Interval:
        """Return the part in another interval that contains the number in question, too."""
        return Interval(max(self.lo, other.lo), min(self.hi, other.hi))

    def apply(self, f: Callable[[arb], arb], low: arb | None = None, high: arb | None = None) -> Interval:
        """Return the range of a function that is monotone between its least and its largest value, where they lie."""
        ends = [f(self.lo), f(self.hi)]
        lowest = min(e.lower() for e in ends) if low is None else low
        highest = max(e.upper() for e in ends) if high is None else high
        confirm(lowest.is_finite() and highest.is_finite(), "a number that is too large to enclose")
        return Interval(lowest, highest)

    def turns(self, at: arb) -> bool:
        """Whether the interval may contain at + 2 pi k for an integer k."""
        first, last = ((end - at) / (2 * arb.pi()) for end in (self.lo, self.hi))
        return bool(first.lower().ceil() <= last.upper().floor())

    def sine(self, shift: int = 0) -> Interval:
        """Return the range of sin(x + shift pi/2)."""
        quarter = arb.pi() / 2
        top, bottom = (quarter * (k - shift) for k in (1, 3))
        return self.apply(lambda x: (x + shift * quarter).sin(), arb(-1) if self.turns(bottom) else None,
                          arb(1) if self.turns(top) else None)


def between(low: fmpq, high: fmpq | None = None) -> Interval:
    """Return an interval around all from low to high, or low alone."""
    return Interval(arb(low).lower(), arb(low if high is None else high).upper())


def logistic(x: arb) -> arb:
    """Return 1/(1 + exp(-x))."""
    return 1 / (1 + (-x).exp()) if x >= 0 else x.exp() / (1 + x.exp())


@dataclass(frozen=True)
class Jet:
    """The range of a function on a box, and ranges of its derivatives by parameter."""

    value: Interval
    slopes: Mapping[str, Interval]

    def __add__(self, other: Jet) -> Jet:
        both = {p: self.slopes[p] + other.slopes[p] for p in self.slopes.keys() & other.slopes.keys()}
        return Jet(self.value + other.value, {**self.slopes, **other.slopes, **both})

    def __mul__(self, other: Jet) -> Jet:
        mine, theirs = self.chain(self.value, other.value), other.chain(other.value, self.value)
        return Jet(self.value * other.value, (mine + theirs).slopes)

    def chain(self, value: Interval, factor: Interval) -> Jet:
        """Return a function with this range whose derivatives are those of self times a factor."""
        return Jet(value, {p: slope * factor for p, slope in self.slopes.items()})


def jet(low: fmpq, high: fmpq | None = None, name: str = "") -> Jet:
    """Return a number, or a parameter between two ends."""
    return Jet(between(low, high), {name: between(ONE)} if high is not None and low < high else {})


def activated(vertex: str, kind: str, z: Jet) -> Jet:
    """Apply an activation that is continuous; for a kink all slopes from 0 to 1 count."""
    x, zero = z.value, arb(0)
    if kind == "id" or kind == "relu" and x.lo >= 0:
        return z
    if kind == "relu":
        return z.chain(Interval(zero, max(x.hi, zero)), Interval(zero, arb(1) if x.hi > 0 else zero))
    if kind == "sigmoid":
        steepest = arb(0.25) if x.lo <= 0 <= x.hi else None
        return z.chain(x.apply(logistic), x.apply(lambda u: logistic(u) * logistic(-u), high=steepest))
    confirm(kind == "sin", f"{kind} at {vertex} has no enclosure")
    return z.chain(x.sine(), x.sine(shift=1))
