"""Answers no, most by a lower bound of the loss from one vector r on the labelled points of one sink.

If <r, out> >= low for the outputs of all admitted weights and L = low - <r, y> > 0, then L <= <r, out - y>, so by
Cauchy-Schwarz the loss is at least L^2/|r|^2. Refutations that ignore pins, the box, or missing edges and biases
refute a larger class of functions.
"""

from fractions import Fraction
from functools import reduce
from itertools import combinations, islice
from math import lcm
from typing import Any

from algebra import Polynomial, constant, read
from network import Network, is_one
from ranges import UNIT, act, around, dot, slope
from refusal import Item


def separate(net: Network, t: str, r: dict[int, Fraction], item: Item, low: Fraction | int = 0) -> None:
    """Refuse a vector r that does not lift the loss above the threshold, given <r, out> >= low."""
    gap = low - sum(q * net.labels[i, t] for i, q in r.items())
    item.need(gap > 0, "<r, label> is not below the bound of <r, output>")
    item.need(net.beaten(gap ** 2 / sum(q ** 2 for q in r.values())), "the bound does not exceed the threshold")


def affine(net: Network, t: str, kind: str, item: Item) -> dict[int, Fraction]:
    """Read r with sum r_i f(x_i) = 0 for the input f of a sink of a kind, which is affine, or linear without biases."""
    r, above = net.vector(t, item), net.ancestors(t)
    item.need(all(net.kinds[v] == (kind if v == t else "id") for v in above), f"no {kind} sink of identities")
    rows = [[q * x for x in (*net.points[i], int(net.shifts(above)))] for i, q in r.items()]
    item.need(not any(map(sum, zip(*rows))), "sum r x, or with biases sum r, is not zero")
    return r


def relation(net: Network, item: Item) -> None:
    """A relation of the outputs, for equal points or in a network of identities, is violated by the labels."""
    kind, sink, vector = item.fields("kind sink r")
    r = affine(net, net.sink(sink), "id", vector) if kind.value == "null" else net.vector(net.sink(sink), vector)
    vector.need(kind.value == "null" or len({(*net.points[i],) for i in r}) == 1 and not sum(r.values()), "unequal")
    separate(net, net.sink(sink), r, vector)


def multiplicative(net: Network, item: Item) -> None:
    """An affine relation of the points, so of the logits of a sigmoid sink, is violated by the odds of the labels."""
    _, sink, circuit = item.fields("kind sink circuit")
    t = net.sink(sink)
    c = affine(net, t, "sigmoid", circuit)
    circuit.need(all(0 < net.labels[i, t] < 1 and q.denominator == 1 for i, q in c.items()), "no integer, or no odds")
    circuit.need(not is_one([(net.labels[i, t] / (1 - net.labels[i, t]), int(q)) for i, q in c.items()], circuit),
                 "the product of the odds is 1")


def rank(net: Network, item: Item) -> None:
    """Labels have a rank, on affine relations of points, above a cut of vertices of a network of identities."""
    _, vertices, parts, columns = item.fields("kind cut combinations sinks")
    cut = {v.among({*net.sources, *net.kinds}) for v in vertices.parts()}
    targets, seen = [net.sink(t) for t in columns.parts(len(cut) + 1)], set(net.sources) - cut
    above = net.ancestors(*targets)
    item.need(all(net.kinds[v] == "id" for v in above), "a vertex that is no identity")
    for v in net.kinds:
        seen |= {v} if v not in cut and seen & set(net.tails[v]) else set()
    vertices.need(not seen & set(targets), "a path from a source to a sink avoids the cut")
    vectors = [[net.vector(t, part) for t in targets] for part in parts.parts(len(cut) + 1)]
    parts.need(not net.shifts(above) or not any(sum(row[0].values()) for row in vectors), "sums 0 expected")
    matrix = [[sum(q * net.labels[i, t] for i, q in r.items()) for t, r in zip(targets, row)] for row in vectors]
    parts.need(not reduce(vanishing, range(len(cut) + 1), matrix), "the matrix of the labels is singular")


def vanishing(space: list[list[Fraction]], i: int) -> list[list[Fraction]]:
    """Return vectors that span the part of the span of others in which entry i is zero, one less if that is smaller."""
    top = next((v for v in space if v[i]), None)
    return space if top is None else [[a - v[i] / top[i] * b for a, b in zip(v, top)] for v in space if v is not top]


def distances(net: Network, item: Item) -> None:
    """Labels outside the range of the activation of their sink, if any, make the loss too large for the threshold."""
    entries = item.members(["kind", "entries"]).get("entries", Item([], item.place))
    pairs = [(i.below(len(net.points)), net.sink(t)) for i, t in (entry.parts(2) for entry in entries.parts())]
    good = len(set(pairs)) == len(pairs) and net.labels.keys() >= set(pairs)
    entries.need(good and all(net.kinds[t] != "id" for _, t in pairs), "different labels of no identity sinks expected")
    bound, beyond = 0, False
    for y, kind in ((net.labels[i, t], net.kinds[t]) for i, t in pairs):
        nearest = {"sigmoid": min(max(y, 0), 1), "sin": min(max(y, -1), 1), "relu": max(y, 0), "step": int(2 * y > 1)}
        bound, beyond = bound + (y - nearest[kind]) ** 2, beyond or kind == "sigmoid" and not 0 < y < 1
    entries.need(net.beaten(bound, beyond), "the distances do not exceed the threshold")


def layer(net: Network, item: Item) -> tuple[Network, str, int]:
    """Return a network, a sink that is a sum of ReLU neurons on the sources, and how many there are.

    Given is a sink, or coefficients c of all sinks. A combination of sinks is a sum of their neurons too; it stands in
    place of one of them, and by Cauchy-Schwarz its loss is at most sum c^2 times the total loss.
    """
    given = item.numbers(len(net.sinks)) if type(item.value) is list else [t == net.sink(item) for t in net.sinks]
    c = {t: q for t, q in zip(net.sinks, given) if q}
    tails = {u for t in c for u in net.tails[t]}
    plain = all(net.kinds.get(u) == "relu" and set(net.tails[u]) <= set(net.sources) for u in tails)
    item.need(c and plain and all(net.kinds[t] == "id" for t in c), "an identity sink of one ReLU layer expected")
    labels = {(i, next(iter(c))): sum(q * net.labels[i, t] for t, q in c.items())
              for i in range(len(net.points)) if net.labels.keys() >= {(i, t) for t in c}}
    net = net._replace(labels=labels, threshold=net.threshold * sum(q * q for q in c.values()),
                       limits=net.limits | {t: None for t in c if net.shifts({*c})})
    return net, next(iter(c)), len(tails)


def piercing(net: Network, item: Item) -> None:
    """Disjoint intervals on a line outnumber the ReLU neurons; each needs a kink in it, with its own sign.

    The second difference at an inner point of the line is a sum over the neurons whose kink lies in the open interval
    between its neighbours. So disjoint intervals of positive (negative) differences need different neurons with
    positive (negative) weight.
    """
    _, sink, order, *parts = item.fields("kind sink line positive negative")
    net, t, w = layer(net, sink)
    line = list(net.vector(t, Item([[i, 0] for i in order.parts() and order.value], order.place)))
    xs, ys = [net.points[i] for i in line], [net.labels[i, t] for i in line]
    step = [b - a for a, b in zip(xs[0], xs[-1])]
    at = [sum(s * (b - a) for s, a, b in zip(step, xs[0], x)) for x in xs]
    straight = all(at[-1] * (b - a) == u * s for x, u in zip(xs, at) for s, a, b in zip(step, xs[0], x))
    order.need(straight and all(u < v for u, v in zip(at, at[1:])), "the points are not in order on a line")
    slopes = [(d - c) / (b - a) for a, b, c, d in zip(at, at[1:], ys, ys[1:])]
    for part, sign in zip(parts, (1, -1)):
        ks = [k.below(len(line) - 1) for k in part.parts()]
        part.need(all(a + 1 < b for a, b in zip([-1, *ks], ks)), "inner positions with disjoint intervals expected")
        part.need(all((slopes[k] - slopes[k - 1]) * sign > 0 for k in ks), "a second difference without this sign")
    item.need(sum(len(part.value) for part in parts) > w, f"not more intervals than {w} neurons")


def leaves(root: Item, start: Any, sides: str, refine: Any) -> Any:
    """Yield the leaves of a tree with what is known there; `refine` returns what is known on both sides of a split."""
    waiting = [(root, start)]
    while waiting:
        node, known = waiting.pop()
        if type(node.value) is dict and "split" in node.value:
            pair, *children = node.fields(f"split {sides}")
            waiting += zip(children, refine(known, *pair.parts(2)))
        else:
            yield node, known


def generators(xs: list[list[Fraction]], item: Item) -> list[tuple[int, ...]]:
    """Return vectors z = (a x_i + b)_i such that each pattern of signs, closed, is the cone of those in it.

    All z form a space, on which the z_i are coordinates; a closed pattern is a cone without lines in it, so it is
    generated by its edges, on each of which all but one of a maximal independent set of z_i vanish. Further z, from
    smaller or dependent sets, do no harm.
    """
    columns = [list(column) for column in zip(*((*x, Fraction(1)) for x in xs))]
    subsets = [chosen for k in range(len(columns)) for chosen in islice(combinations(range(len(xs)), k), 30_000)]
    item.need(len(subsets) < 30_000, "too many choices of points for rays")
    lines = [z for chosen in subsets for z in reduce(vanishing, chosen, columns) if any(z)]
    scaled = [[a / abs(next(filter(None, z))) for a in z] for z in lines]
    whole = [[int(a * lcm(*(b.denominator for b in z))) for a in z] for z in scaled]
    return sorted({tuple(sign * a for a in z) for z in whole for sign in (1, -1)})


def rays(net: Network, item: Item) -> None:
    """A tree of signs covers all weights of one ReLU layer, and in each cell a vector r bounds the loss from below.

    The output is sum_(j<p) relu(z_j) - sum_(j>=p) relu(z_j) plus perhaps a bias, z_j = a_j x + b_j: output weights move
    inside the neurons up to their signs, so p = 0, ..., w covers all weights. A split at a point says of some neurons
    of one sign and equal cone that the first, say, has z_j >= 0 there, or all have z_j <= 0. On a cone
    sum_i r_i relu(z_i) is linear between generators, so it is >= 0 if it is at those.
    """
    _, sink, signs = item.fields("kind sink signs")
    net, t, w = layer(net, sink)
    points = [i for i, s in net.labels if s == t]
    start = dict.fromkeys(range(w), generators([net.points[i] for i in points], sink))

    def refine(known: Any, group: Item, point: Item) -> list[Any]:
        (p, cones), js, i = known, [j.below(w) for j in group.parts()], point.below(len(net.points))
        alike = js and len({j < p for j in js}) == 1 and all(cones[j] == cones[js[0]] for j in js)
        group.need(alike and i in points, "neurons of one sign and equal cones, and a point with label expected")
        on, off = ([z for z in cones[js[0]] if s * z[points.index(i)] >= 0] for s in (1, -1))
        return [(p, cones | {js[0]: on}), (p, cones | dict.fromkeys(js, off))]

    for p, part in enumerate(signs.parts(w + 1)):
        positive, root = part.fields("positive root")
        positive.need(positive.below(w + 1) == p, f"{p} expected")
        for node, (_, cones) in leaves(root, (p, start), "on off", refine):
            r = net.vector(t, *node.fields("r"))
            separate(net, t, r, node)
            node.need(not net.shifts({t}) or not sum(r.values()), "sum r is not zero, and the sink has a bias")
            m = lcm(*(q.denominator for q in r.values()))
            for j, cone in {(j < p, id(cone)): (j, cone) for j, cone in cones.items()}.values():
                q = [int(r.get(i, 0) * m) * (1 if j < p else -1) for i in points]
                good = all(sum(a * x for a, x in zip(q, z) if a and x > 0) >= 0 for z in cone)
                node.need(good, f"<r, output> is negative on a ray of neuron {j}")


def boxes(net: Network, item: Item) -> None:
    """Boxes cover all weights before the last layer, and on each one a vector r bounds the loss from below.

    For each u before the sink, sum r_i u(x_i) lies in its natural enclosure and in that by the mean value form.
    """
    _, sink, root = item.fields("kind sink root")
    t = net.sink(sink)
    sink.need(net.kinds[t] == "id" and None not in net.limits.values(), "a box and an identity sink expected")
    inner = [p for p in net.free if p.split("->")[-1] in net.ancestors(*net.tails[t])]

    def refine(box: Any, parameter: Item, value: Item) -> list[Any]:
        p, middle = parameter.among(inner), value.rational()
        value.need(box[p][0] < middle < box[p][1], "not inside the box")
        return [{**box, p: (box[p][0], middle)}, {**box, p: (middle, box[p][1])}]

    for node, box in leaves(root, net.limits, "low high", refine):
        r, middles, sums = net.vector(t, *node.fields("r")), {p: sum(ends) / 2 for p, ends in box.items()}, []
        for ends in (box, {p: (q, q) for p, q in middles.items()}):
            weights, total = {p: slope(*e, p) for p, e in ends.items()}, {u: slope(0) for u in net.tails[t]}
            for i, q in r.items():
                values = net.values(net.tails[t], weights, i, slope, act)
                total = {u: part + values[u].times(around(q)) for u, part in total.items()}
            sums.append(total)
        offsets = {p: around(low - middles[p], high - middles[p]) for p, (low, high) in box.items()}
        result = around(*box.get(t, (0, 0))) * around(sum(r.values()))
        for u, (value, gradient) in sums[0].items():
            mean = sums[1][u].value + dot(gradient.values(), [offsets[p] for p in gradient])
            result = result + around(*box[f"{u}->{t}"]) * value.meet(*mean)
        separate(net, t, r, node, Fraction(result.lo, UNIT))


def identity(net: Network, item: Item) -> None:
    """In each cell of signs, -1 = sum f (output - label) + sum q (product of terms >= 0) g^2 as polynomials.

    A split says that the input of a vertex at a point is >= 0 (on) or <= 0 (off); a ReLU there is linear in the cell.
    """
    _, root = item.fields("kind root")
    weights = {p: Polynomial([((p,), 1)]) if p in net.free else constant(net.limits[p][0]) for p in net.limits}

    def value(v: str, i: int, known: Any, node: Item, before: bool = False) -> Polynomial:
        def linear_act(u: str, kind: str, z: Polynomial) -> Polynomial:
            linear = kind == "id" or before and u == v
            node.need(linear or kind == "relu" and (u, i) in known, f"{kind} {u} is not decided at point {i}")
            return z if linear or known[u, i] > 0 else constant(0)

        return net.values([v], weights, i, constant, linear_act)[v]

    for node, known in leaves(root, {}, "on off", lambda known, v, i: [
            known | {(v.among(net.kinds), i.below(len(net.points))): side} for side in (1, -1)]):
        equations, squares = node.fields("equations squares")
        total = constant(1)
        for point, sink, factor in (entry.parts(3) for entry in equations.parts()):
            key = point.below(len(net.points)), net.sink(sink)
            point.need(key in net.labels, "a point without label")
            total += read(factor, net.free) * (value(key[1], key[0], known, node) + constant(-net.labels[key]))
        for weight, pairs, factor in (entry.parts(3) for entry in squares.parts()):
            weight.need(weight.rational() >= 0, "a weight >= 0 expected")
            term = constant(weight.rational()) * read(factor, net.free) * read(factor, net.free)
            for v, point in (pair.parts(2) for pair in pairs.parts()):
                key = v.among(net.kinds), point.below(len(net.points))
                point.need(key in known, "not decided in this cell")
                term *= constant(known[key]) * value(*key, known, node, before=True)
            total += term
        node.need(not total.terms, "1 + the combination is not the zero polynomial")


REFUTATIONS = {"threshold": distances, "piercing": piercing, "rank": rank, "identity": identity, "range": distances,
               "multiplicative": multiplicative, "conflict": relation, "null": relation, "rays": rays, "boxes": boxes}
