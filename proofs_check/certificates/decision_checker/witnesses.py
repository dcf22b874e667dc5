"""Weights that answer yes: rational, in one algebraic number, in a Krawczyk box, or sums of logarithms."""

from math import lcm
from typing import Any

from algebra import Polynomial, Root, constant
from network import Network, is_one
from ranges import ZERO, Slope, act, around, dot, slope
from refusal import Item


def reached(net: Network, item: Item, weights: dict[str, Any], lift: Any, act: Any, sign: Any) -> None:
    """Refuse unless all parameters have a value and threshold - loss >= 0, > 0 if strict, by a lower bound `sign`."""
    item.need(weights.keys() >= set(net.free), "a value for each free parameter expected")
    weights, rest = {p: lift(ends[0]) for p, ends in net.limits.items() if ends} | weights, lift(net.threshold)
    for (i, t), y in net.labels.items():
        miss = net.values([t], weights, i, lift, act)[t] + lift(-y)
        rest = rest + lift(-1) * miss * miss
    item.need(sign(rest) >= net.strict, "the loss is not certainly within the threshold")


def rational_weights(net: Network, item: Item) -> None:
    """Rational weights bring the loss to the threshold (in intervals where activations leave the rationals)."""
    _, given = item.fields("kind weights")
    weights = {p: q.rational() for p, q in given.members(net.limits).items()}
    given.need(all(net.admits(p, q, q) for p, q in weights.items()), "a weight outside the box, or not as pinned")
    if {"sigmoid", "sin"} & set(net.kinds.values()):
        return reached(net, given, {p: slope(q) for p, q in weights.items()}, slope, act, lambda z: z.value.lo)
    lists = {p: [q] for p, q in given.value.items()}
    algebraic_weights(net, Item({"kind": "", "polynomial": [0, 1], "interval": [-1, 1], "weights": lists}, item.place))


def algebraic_weights(net: Network, item: Item) -> None:
    """Weights in Q[alpha] bring the loss to the threshold, by exact arithmetic and exact signs."""
    _, f, interval, given = item.fields("kind polynomial interval weights")
    weights = {p: Polynomial((("alpha",) * k, c) for k, c in enumerate(g.numbers()))
               for p, g in given.members(net.limits).items()}
    root = Root(f.numbers(), interval.numbers(2), f)

    def exact(vertex: str, kind: str, z: Polynomial) -> Polynomial:
        item.need(kind in ("id", "relu", "step"), f"{kind} at {vertex} leaves the field")
        on = kind == "id" or root.sign(z) > 0
        return constant(int(on)) if kind == "step" else z if on else constant(0)

    for p, value in weights.items():
        parts = [constant(s * end) + constant(-s) * value for s, end in zip((-1, 1), net.limits[p] or ())]
        given.need(all(root.sign(part) >= 0 for part in parts), f"{p} is outside the box, or not as pinned")
    reached(net, given, weights, constant, exact, root.sign)


def krawczyk(net: Network, item: Item) -> None:
    """A box contains weights that fit all labels, by Krawczyk's test; some weights are fixed.

    T(x) = x - Y F(x) maps the box X around c into K = c - Y F(c) + (I - Y F'(X))(X - c). If K lies in the interior
    of X, T has a fixed point in X (Brouwer), and sum_j |I - Y F'|_ij r_j < r_i makes Y invertible, so F vanishes there.
    """
    _, names, centre, radius, inverse, equations, fixed = item.fields(
        "kind variables centre radius preconditioner equations fixed")
    m, box = len(net.labels), {p: (q.rational(), q.rational()) for p, q in fixed.members(net.free).items()}
    ps, cs, rs = [p.among(net.free) for p in names.parts(m)], centre.numbers(m), radius.numbers(m)
    names.need(sorted([*ps, *box]) == sorted(net.free) and not net.beaten(0), "each free parameter once expected")
    equations.need(equations.value == [[i, net.sinks.index(t)] for i, t in net.labels], "all labels in order expected")
    box |= {p: (c - r, c + r) for p, c, r in zip(ps, cs, rs)}
    item.need(all(net.admits(p, *ends) for p, ends in box.items()), "a radius < 0, or a weight outside the box")
    box |= {p: ends for p, ends in net.limits.items() if ends and p not in box}

    def misses(ends: dict[str, Any]) -> list[Slope]:
        weights = {p: slope(*pair, p) for p, pair in ends.items()}
        return [net.values([t], weights, i, slope, act)[t] + slope(-y) for (i, t), y in net.labels.items()]

    at_centre, over_box = misses(box | {p: (c, c) for p, c in zip(ps, cs)}), misses(box)
    for p, c, r, row in zip(ps, cs, rs, inverse.parts(m)):
        ys = [around(y) for y in row.numbers(m)]
        changes = [around(int(q == p)) - dot(ys, [f.gradient.get(q, ZERO) for f in over_box]) for q in ps]
        image = around(c) - dot(ys, [f.value for f in at_centre]) + dot(changes, [around(-s, s) for s in rs])
        item.need(around(c - r).hi < image.lo and image.hi < around(c + r).lo, f"the image of {p} leaves the interior")


def logarithms(net: Network, item: Item) -> None:
    """Weights sum q ln r fit all labels y of sigmoid sinks: exp of the input of a sink is y/(1 - y)."""
    _, given = item.fields("kind weights")
    affine = all(net.kinds[t] == "sigmoid" and set(net.tails[t]) <= set(net.sources) for t in net.sinks)
    item.need(affine and not any(net.limits.values()), "sigmoid sinks on the sources, no box and no pins expected")
    weights = {p: [pair.numbers(2) for pair in part.parts()] for p, part in given.members(net.free).items()}
    good = len(weights) == len(net.free) and all(r > 0 for parts in weights.values() for _, r in parts)
    given.need(good and not net.beaten(0), "pairs [q, r > 0] for each parameter, and a loss 0 allowed, expected")
    for (i, t), y in net.labels.items():
        given.need(0 < y < 1, f"the label of {t} at point {i} is outside (0, 1)")
        inputs = {f"{u}->{t}": net.points[i][net.sources.index(u)] for u in net.tails[t]} | {t: 1}
        powers = [(y / (1 - y), -1), *((r, q * x) for p, x in inputs.items() for q, r in weights.get(p, ()))]
        whole = lcm(*(e.denominator for _, e in powers))
        given.need(is_one([(r, int(e * whole)) for r, e in powers], given), f"the logit of {t} at point {i} differs")


WITNESSES = {"rational": rational_weights, "algebraic": algebraic_weights, "krawczyk": krawczyk, "logits": logarithms}
