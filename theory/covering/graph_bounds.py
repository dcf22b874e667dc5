"""Ranges and parameter moduli of layer graphs: the least functions r and E that `covering.graph_modulus` admits.

E is linear in the changes of the parameters, so it is given as one coefficient for each group of parameters:
|change of an output| <= sum over groups of kappa_group delta_group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from theory.covering.architecture import nonnegative
from theory.exact.rationals import Exact
from theory.language.errors import InputError, explain


@dataclass(frozen=True)
class Reads:
    """`count` weights of absolute value at most `bound` on values of the layer `source` (0 is the input).

    They belong to the parameters `group` and change by at most `scale` times the change of these; fixed weights (of a
    stream, of average pooling) have the group None.
    """

    source: int
    count: int
    bound: Fraction
    group: int | None = None
    scale: Fraction = Fraction(1)


@dataclass(frozen=True)
class GraphLayer:
    """One layer: what a unit reads, its bias, its activation; or the maximum of what it reads.

    `lipschitz` is rho and `offset` a bound of |sigma(0)|.
    """

    reads: tuple[Reads, ...]
    bias_bound: Fraction = Fraction(0)
    bias_group: int | None = None
    bias_scale: Fraction = Fraction(1)
    lipschitz: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)
    maximum: bool = False


def graph_ranges(layers: Sequence[GraphLayer], *, input_radius: Exact) -> tuple[Fraction, ...]:
    """Return r_0 = B_x, r_1, ..., r_N with |h_l| <= r_l for all parameters in the box.

    r_l = rho_l (sum_j B_lj r_(a_j) + C_l) + o_l, or the largest r_(a_j) for a maximum.

    >>> one = GraphLayer((Reads(0, 3, Fraction(1, 2)),), Fraction(1))
    >>> graph_ranges([one], input_radius=2)
    (Fraction(2, 1), Fraction(4, 1))
    """
    r = [Fraction(nonnegative(input_radius, "input_radius"))]
    for place, layer in enumerate(layers, 1):
        _check(layer, place)
        if layer.maximum:
            r.append(max(r[part.source] for part in layer.reads))
        else:
            total = sum((part.count*part.bound*r[part.source] for part in layer.reads), layer.bias_bound)
            r.append(layer.lipschitz*total + layer.offset)
    return tuple(r)


def graph_moduli(layers: Sequence[GraphLayer], *, input_radius: Exact, groups: int) -> tuple[Fraction, ...]:
    """Return kappa_0, ..., kappa_(groups-1), the coefficients of delta in E_N.

    E_l = rho_l (sum_j (delta_lj r_(a_j) + B_lj E_(a_j)) + beta_l), or coefficient by coefficient the largest E_(a_j)
    for a maximum, which is an upper bound of the largest.

    >>> one = GraphLayer((Reads(0, 3, Fraction(1, 2), 0),), Fraction(1), 0)
    >>> graph_moduli([one], input_radius=2, groups=1)
    (Fraction(7, 1),)
    """
    r = graph_ranges(layers, input_radius=input_radius)
    changes = [(Fraction(0),)*groups]
    for layer in layers:
        if layer.maximum:
            changes.append(tuple(max(changes[part.source][k] for part in layer.reads) for k in range(groups)))
            continue
        own = [Fraction(0)]*groups
        for part in layer.reads:
            for k, passed in enumerate(changes[part.source]):
                own[k] += part.count*part.bound*passed
            if part.group is not None:
                own[part.group] += part.count*part.scale*r[part.source]
        if layer.bias_group is not None:
            own[layer.bias_group] += layer.bias_scale
        changes.append(tuple(layer.lipschitz*k for k in own))
    return changes[-1]


def _check(layer: GraphLayer, place: int) -> None:
    """Refuse a layer that reads itself or later ones, or nothing though it takes a maximum."""
    late = [part.source for part in layer.reads if not 0 <= part.source < place]
    if late:
        remedy = "Order the layers by what they read."
        raise InputError(explain(f"layer {place}", f"sources 0..{place - 1}", late[0], remedy))
    if layer.maximum and not layer.reads:
        raise InputError(explain(f"layer {place}", "something to take the maximum of", "no source", "Add a source."))
