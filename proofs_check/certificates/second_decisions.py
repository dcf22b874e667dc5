"""A second opinion on a decision about a training instance: its witness or refutation checked again with python-flint.

The answer is derived another way than in the checker wherever there is one: signs at an algebraic number in the field
of an irreducible factor; relations of outputs as polynomials that vanish; products of powers over a coprime base; cones
of ReLU patterns by double description; Krawczyk's test with a preconditioner of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from operator import mul
from typing import Any

from flint import Ordering, arb, ctx, fmpq, fmpq_mat, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

from proofs_check.certificates.second_layers import pieces, responses, single_layer
from proofs_check.certificates.second_networks import (
    ONE,
    ZERO,
    Interval,
    Jet,
    Question,
    activated,
    between,
    confirm,
    jet,
    number,
    question,
)
from proofs_check.certificates.second_terms import Doubt

__all__ = ["DecisionOpinion", "recheck_decision"]

BITS = 512
EXACT = ("piercing", "rank", "identity", "multiplicative")
"""Refutations that show a loss > 0 and nothing more."""


@dataclass(frozen=True)
class DecisionOpinion:
    """Whether the second opinion confirms the answer of a certificate, and if not, why."""

    agrees: bool
    reason: str


def recheck_decision(certificate: Mapping[str, Any]) -> DecisionOpinion:
    """Check the witness or refutation of a parsed certificate again; what cannot be read is not confirmed."""
    precision, ctx.prec = ctx.prec, BITS
    try:
        head = certificate["format"], repr(certificate["schema"])
        confirm(head == ("lemmascope-decision", "1"), "another format of decisions")
        q = question(certificate["instance"])
        known, part = {"sat": (_WITNESSES, "witness"), "unsat": (_REFUTATIONS, "refutation")}[certificate["status"]]
        body = certificate[part]
        confirm(body["kind"] not in EXACT or q.excluded(ZERO, more=True), "a loss > 0 is within the threshold")
        known[body["kind"]](q, body)
    except Exception as error:  # whatever a malformed or exhausting certificate raises, it confirms nothing
        return DecisionOpinion(False, f"{type(error).__name__}: {error}"[:300])
    finally:
        ctx.prec = precision
    return DecisionOpinion(True, "")


# ---- witnesses


def _weights(q: Question, given: Mapping[str, Any]) -> dict[str, fmpq]:
    found = {p: ends[0] for p, ends in q.limits.items() if ends} | {p: number(v) for p, v in given.items()}
    confirm(found.keys() == q.limits.keys() and given.keys() >= set(q.free), "not a value for each parameter")
    confirm(all(q.within(p, v, v) for p, v in found.items()), "a weight outside the box, or not as pinned")
    return found


def _rational(q: Question, body: Mapping[str, Any]) -> None:
    weights = _weights(q, body["weights"])
    if {"sigmoid", "sin"} & set(q.kinds.values()):
        jets, loss = {p: jet(v) for p, v in weights.items()}, between(ZERO)
        for (i, t), y in q.labels.items():
            miss = q.output(t, i, jets, jet, activated).value + between(-y)
            loss = loss + miss * miss
        confirm(loss.hi < q.threshold or loss.hi <= q.threshold and not q.strict, "the loss may exceed the threshold")
        return

    def act(vertex: str, kind: str, z: fmpq) -> fmpq:
        return z if kind == "id" else ONE * int(z > 0) if kind == "step" else max(z, ZERO)

    loss = sum(((q.output(t, i, weights, fmpq, act) - y)**2 for (i, t), y in q.labels.items()), ZERO)
    confirm(loss < q.threshold or loss == q.threshold and not q.strict, "the loss exceeds the threshold")


def _signs(f: fmpq_poly, low: fmpq, high: fmpq) -> Iterator[tuple[fmpq_poly, Callable[[fmpq_poly], int]]]:
    """Yield for each real root of f between two rationals its minimal polynomial and the sign of a polynomial there."""
    for factor, _ in f.factor()[1]:
        roots = [k for k, (root, _) in enumerate(factor.complex_roots()) if root.imag.is_zero()
                 and root.real > low and root.real < high]
        for k in roots:

            def sign(g: fmpq_poly, factor: fmpq_poly = factor, k: int = k) -> int:
                g = g % factor
                if g == 0:
                    return 0
                for bits in (128, 512, 2048, 8192):
                    ctx.prec = bits
                    root = factor.complex_roots()[k][0].real
                    value = reduce(lambda total, c: total * root + c, reversed(g.coeffs()), arb(0))
                    ctx.prec = BITS
                    if value > 0 or value < 0:
                        return 1 if value > 0 else -1
                raise Doubt("a sign at the algebraic number is not found")

            yield factor, sign


def _algebraic(q: Question, body: Mapping[str, Any]) -> None:
    f = fmpq_poly([number(c) for c in body["polynomial"]])
    weights = {p: fmpq_poly([number(c) for c in cs]) for p, cs in body["weights"].items()}
    confirm(weights.keys() >= set(q.free) and weights.keys() <= q.limits.keys(), "not a value for each parameter")
    weights = {p: fmpq_poly([ends[0]]) for p, ends in q.limits.items() if ends} | weights
    doubts = ["no real root on the interval"]
    for factor, sign in _signs(f, *map(number, body["interval"])):

        def act(vertex: str, kind: str, z: fmpq_poly, sign: Any = sign) -> fmpq_poly:
            confirm(kind in ("id", "relu", "step"), f"{kind} leaves the number field")
            on = kind == "id" or sign(z) > 0
            return fmpq_poly([1]) if kind == "step" and on else z if on else fmpq_poly([0])

        try:
            for p, ends in q.limits.items():
                inside = ends is None or sign(weights[p] - ends[0]) >= 0 and sign(ends[1] - weights[p]) >= 0
                confirm(inside, f"{p} is outside the box, or not as pinned")
            misses = [q.output(t, i, weights, lambda c: fmpq_poly([c]), act) - y for (i, t), y in q.labels.items()]
            rest = reduce(lambda loss, miss: (loss - miss * miss) % factor, misses, fmpq_poly([q.threshold]))
            return confirm(sign(rest) >= int(q.strict), "the loss exceeds the threshold")
        except Doubt as error:
            doubts.append(str(error))
    raise Doubt(doubts[-1])


def _krawczyk(q: Question, body: Mapping[str, Any]) -> None:
    names, centre, radius = body["variables"], *(list(map(number, body[k])) for k in ("centre", "radius"))
    fixed = {p: number(v) for p, v in body["fixed"].items()}
    n, pairs = len(names), list(q.labels.items())
    confirm(n == len(set(names)) == len(pairs) == len(centre) == len(radius), "not one variable for each label")
    confirm(sorted([*names, *fixed]) == sorted(q.free) and not q.excluded(ZERO), "not a value for each parameter")
    box = {p: (c - r, c + r) for p, c, r in zip(names, centre, radius)} | {p: (v, v) for p, v in fixed.items()}
    confirm(all(q.within(p, *ends) for p, ends in box.items()), "the box leaves the admitted weights")
    box |= {p: ends for p, ends in q.limits.items() if ends and p not in box}

    def misses(ends: Mapping[str, tuple[fmpq, fmpq]]) -> list[Jet]:
        weights = {p: jet(*pair, p) for p, pair in ends.items()}
        return [q.output(t, i, weights, jet, activated) + jet(-y) for (i, t), y in pairs]

    wide, none = misses(box), between(ZERO)
    # an invertible matrix near the inverse of the derivative: with it F vanishes where x - Y F(x) = x
    slopes = [[row.slopes.get(p, none) for p in names] for row in wide]
    middle = fmpq_mat(n, n, [_dyadic((s.lo + s.hi) / 2, 256) for row in slopes for s in row])
    exact = middle.inv()
    y = fmpq_mat(n, n, [_dyadic(arb(v), 256) for v in exact.entries()])
    confirm(y.rank() == n, "a singular derivative")
    near = misses(box | {p: (c, c) for p, c in zip(names, centre)})
    for k, (c, r) in enumerate(zip(centre, radius)):
        row = [between(-y[k, e]) for e in range(n)]
        image = reduce(Interval.__add__, (a * f.value for a, f in zip(row, near)), between(c))
        for m, s in enumerate(radius):
            change = reduce(Interval.__add__, (a * slopes[e][m] for e, a in enumerate(row)), between(ONE * int(k == m)))
            image = image + change * between(-s, s)
        confirm(image.lo > c - r and image.hi < c + r, f"the image of {names[k]} leaves the box")


def _dyadic(x: arb, bits: int) -> fmpq:
    """Return the middle of a ball, rounded to a number of bits after the point."""
    man, exp = x.mid().man_exp()
    whole = int(man) << max(int(exp) + bits, 0) if exp + bits >= 0 else int(man) >> -int(exp + bits)
    return fmpq(whole, 1 << bits)


def _one(powers: Sequence[tuple[fmpq, fmpq]]) -> bool:
    """Whether a product of rational powers of positive rationals is 1, over pairwise coprime bases."""
    factors = [(int(part), sign * e) for v, e in powers for part, sign in ((v.p, 1), (v.q, -1)) if part != 1]
    base: list[int] = []
    waiting = [a for a, _ in factors]
    while waiting:
        a = waiting.pop()
        other = next((b for b in base if gcd(a, b) > 1), None)
        if other is None:
            base += [a] * (a > 1)
        elif other != a:
            base.remove(other)
            g = gcd(a, other)
            waiting += [x for x in (g, a // g, other // g) if x > 1]
    return all(sum((e * _valuation(a, b) for a, e in factors), ZERO) == 0 for b in base)


def _valuation(a: int, b: int) -> int:
    count = 0
    while a % b == 0:
        a, count = a // b, count + 1
    return count


def _logits(q: Question, body: Mapping[str, Any]) -> None:
    weights = {p: [(number(e), number(r)) for e, r in parts] for p, parts in body["weights"].items()}
    confirm(weights.keys() == set(q.free) == q.limits.keys() and not any(q.limits.values()), "pins, a box, or no value")
    confirm(all(r > 0 for parts in weights.values() for _, r in parts), "a logarithm of r <= 0")
    confirm(not q.excluded(ZERO), "a loss 0 exceeds the threshold")
    for (i, t), y in q.labels.items():
        confirm(q.kinds[t] == "sigmoid" and set(q.tails[t]) <= set(q.sources) and 0 < y < 1, "no logit")
        inputs = [(f"{u}->{t}", q.points[i][q.sources.index(u)]) for u in q.tails[t]] + [(t, ONE)]
        powers = [(r, e * x) for p, x in inputs for e, r in weights.get(p, ())]
        confirm(_one([*powers, (y / (1 - y), -ONE)]), f"the logit of {t} at point {i} differs")


# ---- refutations


def _vector(q: Question, t: str, pairs: Sequence[Any]) -> dict[int, fmpq]:
    found = {i: number(v) for i, v in pairs}
    confirm(len(found) == len(pairs) and all((i, t) in q.labels for i in found), "a point twice, or without label")
    return found


def _separated(q: Question, t: str, r: Mapping[int, fmpq], low: fmpq = ZERO) -> None:
    """Given <r, out> >= low: by Cauchy-Schwarz the loss is at least (low - <r, y>)^2/|r|^2."""
    gap = low - sum((v * q.labels[i, t] for i, v in r.items()), ZERO)
    confirm(gap > 0 and q.excluded(gap**2 / sum((v * v for v in r.values()), ZERO)), "the vector does not separate")


class _Symbols:
    """The free parameters as polynomials, and outputs in them where activations are linear."""

    def __init__(self, q: Question) -> None:
        self.q = q
        self.context = fmpq_mpoly_ctx.get([f"w{k}" for k in range(max(1, len(q.free)))], Ordering.degrevlex)
        gens = dict(zip(q.free, self.context.gens()))
        self.weights = {p: gens[p] if p in gens else self.lift((q.limits[p] or (ZERO,))[0]) for p in q.limits}

    def lift(self, value: fmpq) -> fmpq_mpoly:
        return self.context.constant(value)

    def read(self, terms: Sequence[Any]) -> fmpq_mpoly:
        total = self.lift(ZERO)
        for c, monomial in terms:
            confirm(monomial.keys() <= set(self.q.free), "a polynomial in other names")
            total += reduce(lambda m, p: m * self.weights[p]**_index(monomial[p], 200), monomial, self.lift(number(c)))
        return total

    def value(self, v: str, i: int, signs: Mapping[tuple[str, int], int], inner: bool = False) -> fmpq_mpoly:
        """The output of a vertex at a point, or what enters it, where the sign of each ReLU's input is known."""

        def act(u: str, kind: str, z: fmpq_mpoly) -> fmpq_mpoly:
            if kind == "id" or inner and u == v:
                return z
            confirm(kind == "relu" and (u, i) in signs, f"{kind} {u} is not linear at point {i}")
            return z if signs[u, i] > 0 else self.lift(ZERO)

        return self.q.output(v, i, self.weights, self.lift, act)

    def relation(self, t: str, r: Mapping[int, fmpq]) -> fmpq_mpoly:
        """The combination of what enters a vertex at some points."""
        return sum((self.lift(c) * self.value(t, i, {}, inner=True) for i, c in r.items()), self.lift(ZERO))


def _conflict(q: Question, body: Mapping[str, Any]) -> None:
    t = q.sinks[_index(body["sink"])]
    r = _vector(q, t, body["r"])
    confirm(len({q.points[i] for i in r}) == 1 and sum(r.values(), ZERO) == 0, "the points differ, or sum r is not 0")
    _separated(q, t, r)


def _null(q: Question, body: Mapping[str, Any]) -> None:
    t = q.sinks[_index(body["sink"])]
    r = _vector(q, t, body["r"])
    confirm(q.kinds[t] == "id" and _Symbols(q).relation(t, r) == 0, "the outputs do not satisfy the relation")
    _separated(q, t, r)


def _multiplicative(q: Question, body: Mapping[str, Any]) -> None:
    t = q.sinks[_index(body["sink"])]
    c = _vector(q, t, body["circuit"])
    confirm(q.kinds[t] == "sigmoid" and _Symbols(q).relation(t, c) == 0, "the logits do not satisfy the relation")
    confirm(all(0 < q.labels[i, t] < 1 for i in c), "a label that is no value of the sigmoid")
    confirm(not _one([(q.labels[i, t] / (1 - q.labels[i, t]), v) for i, v in c.items()]), "the odds satisfy it too")


def _index(value: Any, size: int = 1 << 31) -> int:
    confirm(type(value) is int and 0 <= value < size, f"{value!r} is no index")
    return value


def _rank(q: Question, body: Mapping[str, Any]) -> None:
    cut, sinks = set(body["cut"]), [q.sinks[_index(k)] for k in body["sinks"]]
    n, above = len(cut) + 1, q.above(*sinks)
    confirm(all(q.kinds[v] == "id" for v in above), "a vertex that is no identity")
    reached = set(q.sources) - cut
    for v in q.kinds:
        if v not in cut and reached & set(q.tails[v]):
            reached.add(v)
    confirm(not reached & set(sinks), "a path avoids the cut")
    rows = [[_vector(q, t, part) for t in sinks] for part in body["combinations"]]
    confirm(len(rows) == len(sinks) == n, "not one combination and one sink more than the cut has vertices")
    confirm(not q.biased(above) or all(sum(row[0].values(), ZERO) == 0 for row in rows), "a combination with biases")
    entries = [sum((v * q.labels[i, t] for i, v in r.items()), ZERO) for row in rows for t, r in zip(sinks, row)]
    confirm(fmpq_mat(n, n, entries).det() != 0, "the matrix is singular")


def _range(q: Question, body: Mapping[str, Any]) -> None:
    pairs = [(_index(i), q.sinks[_index(k)]) for i, k in body.get("entries", ())]
    confirm(len(set(pairs)) == len(pairs), "an entry twice")
    total, open_end = ZERO, False
    for i, t in pairs:
        y, kind = q.labels[i, t], q.kinds[t]
        if kind == "step":
            total += min(y * y, (1 - y)**2)
            continue
        low, high = {"sigmoid": (ZERO, ONE), "sin": (-ONE, ONE), "relu": (ZERO, None)}[kind]
        off = max(low - y, ZERO) if high is None else max(low - y, y - high, ZERO)
        total, open_end = total + off * off, open_end or kind == "sigmoid" and not 0 < y < 1
    confirm(q.excluded(total, open_end), "the labels are not far enough from the ranges")


def _piercing(q: Question, body: Mapping[str, Any]) -> None:
    layer, line = single_layer(q, body["sink"]), [_index(i) for i in body["line"]]
    xs, ys = [q.points[i] for i in line], [layer.labels[i] for i in line]
    way = [b - a for a, b in zip(xs[0], xs[-1])]
    confirm(any(way), "not on a line")
    axis = way.index(next(filter(None, way)))
    at = [(x[axis] - xs[0][axis]) / way[axis] for x in xs]
    confirm(all(x == tuple(a + u * w for a, w in zip(xs[0], way)) for x, u in zip(xs, at)), "not on a line")
    confirm(all(u < v for u, v in zip(at, at[1:])), "not in order")
    for name, sign in (("positive", 1), ("negative", -1)):
        ks = [_index(k) for k in body[name]]
        confirm(all(k >= 1 for k in ks) and all(b - a >= 2 for a, b in zip(ks, ks[1:])), "intervals that meet")
        for k in ks:
            chord = ys[k-1] + (ys[k+1] - ys[k-1]) * (at[k] - at[k-1]) / (at[k+1] - at[k-1])
            confirm((chord - ys[k]) * sign > 0, "a second difference of the other sign")
    confirm(len(body["positive"]) + len(body["negative"]) > layer.width, "no more intervals than neurons")


def _leaves(root: Any, start: Any, sides: tuple[str, str], split: Callable[[Any, Any], Any]) -> Iterator[Any]:
    waiting = [(root, start)]
    while waiting:
        node, known = waiting.pop()
        if "split" in node:
            waiting += zip((node[side] for side in sides), split(known, node["split"]))
        else:
            yield node, known


def _identity(q: Question, body: Mapping[str, Any]) -> None:
    symbols = _Symbols(q)

    def split(known: Mapping[Any, int], pair: Any) -> Any:
        v, i = pair
        confirm(v in q.kinds and 0 <= _index(i) < len(q.points), "a split at no vertex or point")
        return [{**known, (v, i): side} for side in (1, -1)]

    for node, signs in _leaves(body["root"], {}, ("on", "off"), split):
        total = symbols.lift(ONE)
        for i, k, factor in node["equations"]:
            t = q.sinks[_index(k)]
            total += symbols.read(factor) * (symbols.value(t, _index(i), signs) - symbols.lift(q.labels[i, t]))
        for weight, pairs, factor in node["squares"]:
            confirm(number(weight) >= 0 and all((v, i) in signs for v, i in pairs), "a term that may be negative")
            term = symbols.lift(number(weight)) * symbols.read(factor)**2
            for v, i in pairs:
                term *= symbols.lift(fmpq(signs[v, i])) * symbols.value(v, i, signs, inner=True)
            total += term
        confirm(total == 0, "the identity does not hold")


def _rays(q: Question, body: Mapping[str, Any]) -> None:
    layer = single_layer(q, body["sink"])
    points, w = sorted(layer.labels), layer.width
    cells = pieces([(*q.points[i], ONE) for i in points])
    whole = {j: frozenset(range(len(cells))) for j in range(w)}
    spanned = [responses(cell) for cell in cells]
    ranges: dict[frozenset[int], frozenset[tuple[int, ...]]] = {}
    confirm([part["positive"] for part in body["signs"]] == list(range(w + 1)), "not all counts of positive neurons")
    for p, part in enumerate(body["signs"]):

        def split(known: Mapping[int, frozenset[int]], pair: Any, p: int = p) -> Any:
            js, place = pair[0], points.index(pair[1])
            confirm(js and set(js) <= known.keys() and len({(j < p, known[j]) for j in js}) == 1, "unlike neurons")
            on, off = (frozenset(k for k in known[js[0]] if cells[k].signs[place] == s) for s in (1, -1))
            return [{**known, js[0]: on}, {**known, **dict.fromkeys(js, off)}]

        for node, known in _leaves(part["root"], whole, ("on", "off"), split):
            r = _vector(layer.question, layer.sink, node["r"])
            _separated(layer.question, layer.sink, r)
            confirm(not layer.biased or sum(r.values(), ZERO) == 0, "sum r is not 0, and the sink has a bias")
            scale = lcm(*(int(v.q) for v in r.values()))
            dense = [int((r.get(i, ZERO) * scale).p) for i in points]
            for side, chosen in {(1 if j < p else -1, known[j]) for j in known}:
                if chosen not in ranges:
                    ranges[chosen] = frozenset().union(*(spanned[k] for k in chosen))
                negative = any(side * sum(map(mul, dense, values)) < 0 for values in ranges[chosen])
                confirm(not negative, "<r, output> may be negative in a cell")


def _boxes(q: Question, body: Mapping[str, Any]) -> None:
    t = q.sinks[_index(body["sink"])]
    confirm(q.kinds[t] == "id" and None not in q.limits.values(), "no identity sink, or no box")

    def split(box: Mapping[str, Any], pair: Any) -> Any:
        p, middle = pair[0], number(pair[1])
        confirm(box[p][0] < middle < box[p][1], "a split outside the box")
        return [{**box, p: (box[p][0], middle)}, {**box, p: (middle, box[p][1])}]

    for node, box in _leaves(body["root"], dict(q.limits), ("low", "high"), split):
        r, middle = _vector(q, t, node["r"]), {p: (a + b) / 2 for p, (a, b) in box.items()}
        bias = box.get(t, (ZERO, ZERO))
        total = between(*bias) * between(sum(r.values(), ZERO))
        for u in q.tails[t]:
            sums = []
            for ends in (box, {p: (m, m) for p, m in middle.items()}):
                weights = {p: jet(*pair, p) for p, pair in ends.items()}
                parts = [q.output(u, i, weights, jet, activated) * jet(v) for i, v in r.items()]
                sums.append(reduce(Jet.__add__, parts, jet(ZERO)))
            offsets = [slope * between(box[p][0] - middle[p], box[p][1] - middle[p])
                       for p, slope in sums[0].slopes.items()]
            value = sums[0].value.meet(reduce(Interval.__add__, offsets, sums[1].value))
            total = total + between(*box[f"{u}->{t}"]) * value
        man, exp = total.lo.man_exp()
        low = Fraction(int(man)) * Fraction(2)**int(exp)
        _separated(q, t, r, fmpq(low.numerator, low.denominator))


_WITNESSES: Mapping[str, Callable[[Question, Mapping[str, Any]], None]] = {
    "rational": _rational, "algebraic": _algebraic, "krawczyk": _krawczyk, "logits": _logits}
_REFUTATIONS: Mapping[str, Callable[[Question, Mapping[str, Any]], None]] = {
    "threshold": _range, "range": _range, "conflict": _conflict, "null": _null, "multiplicative": _multiplicative,
    "rank": _rank, "piercing": _piercing, "identity": _identity, "rays": _rays, "boxes": _boxes}
