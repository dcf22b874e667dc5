"""One layer of ReLU neurons for the second opinion on decisions: its shape, and the cones of its patterns.

A neuron is a point (a, b) of a space on which a point x of the data is the linear form a x + b. The hyperplanes of all
points cut the space into cones, on each of which every relu(a x_i + b) is linear; the cones are built one hyperplane
after the other, by double description.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import gcd, lcm
from typing import Any

from flint import fmpq, fmpq_mat

from proofs_check.certificates.second_networks import ZERO, Question, confirm, number

Vector = tuple[fmpq, ...]


@dataclass(frozen=True)
class SingleLayer:
    """A sink, or a combination of sinks, that is a sum of `width` ReLU neurons on the sources, perhaps with a bias.

    `question` asks for the combination alone: its labels, and the threshold times the sum of squared coefficients.
    """

    question: Question
    sink: str
    labels: dict[int, fmpq]
    width: int
    biased: bool


def single_layer(q: Question, sink: Any) -> SingleLayer:
    """Return the layer of a sink given by its index, or of a combination given by coefficients for all sinks."""
    c = {t: number(v) for t, v in zip(q.sinks, sink, strict=True) if number(v)} if isinstance(sink, list) else {
        t: fmpq(1) for k, t in enumerate(q.sinks) if type(sink) is int and k == sink}
    hidden = {u for t in c for u in q.tails[t]}
    plain = all(q.kinds.get(u) == "relu" and set(q.tails[u]) <= set(q.sources) for u in hidden)
    confirm(c and plain and all(q.kinds[t] == "id" for t in c), "no sum of ReLU neurons on the sources")
    labels = {i: sum((v * q.labels[i, t] for t, v in c.items()), ZERO) for i in range(len(q.points))
              if all((i, t) in q.labels for t in c)}
    name = next(iter(c))
    alone = replace(q, labels={(i, name): y for i, y in labels.items()},
                    threshold=q.threshold * sum((v * v for v in c.values()), ZERO))
    return SingleLayer(alone, name, labels, len(hidden), q.biased(c))


@dataclass(frozen=True)
class Cone:
    """A cone with interior: the sign of each form so far, spanned by lines in both directions and by rays."""

    signs: tuple[int, ...]
    forms: tuple[Vector, ...]
    lines: tuple[Vector, ...]
    rays: tuple[Vector, ...]


def pieces(forms: Sequence[Vector]) -> list[Cone]:
    """Return the cones with interior into which the hyperplanes of some forms, none of them zero, cut the space."""
    d = len(forms[0]) if forms else 0
    cones = [Cone((), (), tuple(tuple(fmpq(int(i == j)) for j in range(d)) for i in range(d)), ())]
    for form in forms:
        cones = [part for cone in cones for part in _cut(cone, form)]
    return cones


def responses(cone: Cone) -> frozenset[tuple[int, ...]]:
    """Return relu(form_1), relu(form_2), ... at each ray of a cone, scaled to integers; at its lines all are zero.

    They are linear on the cone, so sum r_i relu(form_i) >= 0 on it if that holds for these vectors.
    """
    return frozenset(_whole([max(_at(form, v), ZERO) for form in cone.forms]) for v in cone.rays)


def _at(form: Vector, v: Vector) -> fmpq:
    return sum((a * b for a, b in zip(form, v)), ZERO)


def _whole(v: Sequence[fmpq]) -> tuple[int, ...]:
    """Return the primitive integer vector in a direction, or zero."""
    scale = lcm(*(int(a.q) for a in v))
    whole = [int((a * scale).p) for a in v]
    return tuple(a // (gcd(*whole) or 1) for a in whole)


def _primitive(v: Sequence[fmpq]) -> Vector:
    return tuple(map(fmpq, _whole(v)))


def _cut(cone: Cone, form: Vector) -> list[Cone]:
    """Return the parts of a cone on both sides of a hyperplane, those with interior."""
    forms = (*cone.forms, form)
    across = next((v for v in cone.lines if _at(form, v)), None)
    if across is not None:
        up = across if _at(form, across) > 0 else tuple(-a for a in across)

        def level(v: Vector) -> Vector:
            return _primitive([a - _at(form, v) / _at(form, up) * b for a, b in zip(v, up)])

        lines, rays = tuple(level(v) for v in cone.lines if v is not across), tuple(map(level, cone.rays))
        return [Cone((*cone.signs, s), forms, lines, (*rays, tuple(s * a for a in up))) for s in (1, -1)]
    value = {v: _at(form, v) for v in cone.rays}
    above, below = ([v for v in cone.rays if s * value[v] > 0] for s in (1, -1))
    level_rays = [v for v in cone.rays if value[v] == 0]
    for first in above:
        for second in below:
            mixed = _primitive([value[first] * b - value[second] * a for a, b in zip(first, second)])
            if mixed not in level_rays and _extreme(mixed, forms, len(cone.lines)):
                level_rays.append(mixed)
    return [Cone((*cone.signs, s), forms, cone.lines, (*side, *level_rays)) for s, side in ((1, above), (-1, below))
            if side]


def _extreme(v: Vector, forms: Sequence[Vector], lines: int) -> bool:
    """Whether the forms that vanish at v leave it one dimension besides the lines."""
    tight = [form for form in forms if _at(form, v) == 0]
    return bool(tight) and fmpq_mat(len(tight), len(v), [a for form in tight for a in form]).rank() == (
        len(v) - lines - 1)
