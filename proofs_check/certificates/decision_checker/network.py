"""Training instances: a directed acyclic graph with activations, exact data, and a bound on the total squared loss."""

import hashlib
import json
from collections import namedtuple
from fractions import Fraction
from math import prod
from typing import Any

from refusal import Item

FIELDS = "format schema sources vertices sinks edges points labels threshold strict box biases pinned"


class Network(namedtuple("Network", "sources kinds sinks tails points labels threshold strict limits free")):
    """An instance: are there weights within their limits with sum (output - label)^2 <= threshold (< if strict)?

    The bias of v is the parameter `v`, the weight of the edge from u to v is `u->v`. step(z) is 1 if z > 0, else 0.

    `sources`: names; `kinds`: activation of each other vertex, in topological order; `sinks`: names; `tails`: where the
    edges into each vertex come from; `points`: rows of rationals; `labels`: of pairs (point, sink), where they matter,
    in order; `threshold`, `strict`; `limits`: of each parameter, a pair of rationals, equal for a pinned one, or None
    without a box; `free`: the parameters that are not pinned.
    """

    def ancestors(self, *targets: str) -> set[str]:
        """The vertices other than sources that some path leads from to a target, the targets among them."""
        found = set(targets) & self.kinds.keys()
        for v in reversed(self.kinds):
            found |= self.kinds.keys() & self.tails[v] if v in found else set()
        return found

    def shifts(self, vertices: set[str]) -> bool:
        """Whether some of these vertices has a bias that may differ from zero."""
        return any(self.limits.get(v, (0, 0)) != (0, 0) for v in vertices)

    def admits(self, p: str, low: Fraction, high: Fraction) -> bool:
        """Whether a parameter may take all values from low to high, low <= high."""
        least, most = self.limits[p] or (low, high)
        return least <= low <= high <= most

    def beaten(self, bound: Fraction | int, beyond: bool = False) -> bool:
        """Whether loss >= bound, or loss > bound if `beyond`, excludes a solution."""
        return bound > self.threshold or (self.strict or beyond) and bound == self.threshold

    def sink(self, item: Item) -> str:
        """Read the index of a sink."""
        return self.sinks[item.below(len(self.sinks))]

    def vector(self, t: str, item: Item) -> dict[int, Fraction]:
        """Read a vector on points with a label at a sink, given by pairs of a point and a rational, each point once."""
        found = {i.below(len(self.points)): q.rational() for i, q in (pair.parts(2) for pair in item.parts())}
        item.need({(i, t) for i in found} <= self.labels.keys() and len(found) == len(item.value), "twice or unlabeled")
        return found

    def values(self, targets: Any, weights: Any, i: int, lift: Any, act: Any) -> dict[str, Any]:
        """Return the values at point i of all ancestors of the targets, in any ring that `lift` leads rationals into.

        `act(vertex, kind, z)` applies an activation.
        """
        found, wanted = dict(zip(self.sources, map(lift, self.points[i]))), self.ancestors(*targets)
        for v in filter(wanted.__contains__, self.kinds):
            z = weights[v] if v in self.limits else lift(Fraction(0))
            for u in self.tails[v]:
                z = z + weights[f"{u}->{v}"] * found[u]
            found[v] = act(v, self.kinds[v], z)
        return found


def names(item: Item, known: Any = None) -> list[str]:
    """Return different names without `->`, if asked only known ones."""
    found = [v.value for v in item.parts()]
    good = all(type(v) is str and "->" not in v and (known is None or v in known) for v in found)
    item.need(good and len(set(found)) == len(found), "different names without -> expected, of what they refer to")
    return found


def parse(item: Item) -> Network:
    """Return the instance of a JSON object; refuse everything that does not determine a question."""
    head, v, inputs, pairs, outputs, edges, points, rows, bound, strict, box, biased, pins = item.fields(FIELDS, "name")
    item.need((head.value, repr(v.value)) == ("lemmascope-training-instance", "1"), "another format or schema")
    inner = [pair.parts(2) for pair in pairs.parts()]
    order = names(Item(names(inputs) + [v.value for v, _ in inner], pairs.place))
    kinds = {v.value: kind.among(("id", "relu", "sigmoid", "sin", "step")) for v, kind in inner}
    tails: dict[str, list[str]] = {v: [] for v in kinds}
    for u, v in (edge.parts(2) for edge in edges.parts()):
        v.need(u.value in order[:order.index(v.among(kinds))] and u.value not in tails[v.value], "twice, or backwards")
        tails[v.value].append(u.value)
    sinks, biases = names(outputs, kinds), names(biased, kinds)
    limit = None if box.value is None else (-box.rational(), box.rational())
    good = type(strict.value) is bool and bound.rational() >= 0 and (limit is None or limit[1] > 0)
    item.need(good, "strict true or false, threshold >= 0, box null or > 0 expected")
    limits = {p: limit for v in kinds for p in ([v] if v in biases else []) + [f"{u}->{v}" for u in tails[v]]}
    fixed = {p: (q.rational(), q.rational()) for p, q in pins.members(limits).items()}
    xs = [row.numbers(len(inputs.value)) for row in points.parts()]
    labels = {(i, t): y.rational() for i, row in enumerate(rows.parts(len(xs)))
              for t, y in zip(sinks, row.parts(len(sinks))) if y.value != "*"}
    return Network(inputs.value, kinds, sinks, tails, xs, labels, bound.rational(), strict.value, limits | fixed,
                   [p for p in limits if p not in fixed])


def digest(net: Network, instance: dict[str, Any]) -> str:
    """Return the SHA-256 of an instance without its name, one field on each line, pins in the order of parameters."""
    instance = {**instance, "pinned": {p: instance["pinned"][p] for p in net.limits if p in instance["pinned"]}}
    lines = ",\n".join(f"  {json.dumps(k)}: {json.dumps(instance[k], ensure_ascii=False)}" for k in FIELDS.split())
    return hashlib.sha256(f"{{\n{lines}\n}}\n".encode()).hexdigest()


def is_one(factors: list[tuple[Fraction, int]], item: Item) -> bool:
    """Whether a product of powers is 1; refuse a long one."""
    bits = sum(abs(e) * (q.numerator.bit_length() + q.denominator.bit_length()) for q, e in factors)
    item.need(bits <= 1 << 18, "a product of too many bits")
    return prod(q ** e for q, e in factors) == 1
