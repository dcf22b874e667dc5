"""The bound table of a torch module: certified constants of the module, and bounds on the class it belongs to.

A fully connected module gets every row of its architecture's table, with measured B and B_x and known activations; any
other module that can be read gets the counts of its parameter grid and the order of its symmetry group.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import comb, prod

from torch import Tensor, nn

from numerics.covering.axes import find_axes
from numerics.covering.layer_bounds import BoundedLayers
from numerics.covering.module_class import ModuleClass, describe
from proofs_check.covering.rows import BITS, DERIVED, EVERY_EPS, BoundRow, Hypothesis
from proofs_check.covering.table import COLUMNS, bound_records, notes, shown
from proofs_check.tables import Table, decimal_above, decimal_below
from theory.covering import exact, graph_moduli, points_per_axis
from theory.covering.architecture import positive
from theory.exact.rationals import Exact
from theory.language.errors import InputError, explain
from theory.textbook.logarithm import log_enclosure

SEMANTICS = ("Certified values speak of the real function of the exact (dyadic) weights in evaluation mode; a float32"
             " run of the module differs from it by rounding, which no row bounds.")

SATURATING = {"tanh", "sigmoid", "hardtanh", "softsign", "hardsigmoid"}
"""Activations with |sigma| <= 1."""


def module_rows(module: nn.Module, example_input: Tensor, *, eps: Sequence[Exact] | Exact,
                bound: Exact | None = None) -> Table:
    """Return the bound table of a torch module.

    Args:
        module: see `numerics.modules.read` for what can be read.
        example_input: a batch of inputs; B_x is its largest absolute value.
        eps: one radius or several, positive exact numbers.
        bound: the box [-B, B] of the class; by default the measured range of the module's parameters.

    Raises:
        UnreadableLayer: names the layer. InputError: the parameters do not lie in the box. ExactnessError: a float.
    """
    radii = tuple(exact(positive(e, "eps"), "eps") for e in (eps if isinstance(eps, (list, tuple)) else (eps,)))
    box = None if bound is None else exact(positive(bound, "bound"), "bound")
    found = describe(module, example_input, bound=box)
    if found.measured_bound > found.bound:
        raise InputError(explain("bound", f"a box that holds the parameters, B >= {_brief(found.measured_bound)}",
                                 str(found.bound), "Leave it out to measure it."))
    if found.bound == 0:
        raise InputError(explain("module", "a parameter that is not 0", "all parameters are 0", "Give --bound."))
    rows = _architecture_rows(found, radii) if found.graph.widths else _graph_rows(found, radii)
    records = (*rows, *_symmetry_rows(found), *_spectral_rows(found))
    title = (f"Covering numbers of {type(module).__name__} with {found.graph.parameter_count} parameters,"
             f" B = {_brief(found.bound)}, B_x = {_brief(found.input_radius)}")
    return Table(title, COLUMNS, tuple(map(shown, records)), (*notes(records), SEMANTICS), records)


def _certified(found: ModuleClass) -> tuple[Hypothesis, ...]:
    """The constants of the class, as measured."""
    rates = ", ".join(sorted({f"{name}: rho = {rho}, |sigma(0)| <= {_short(shift)}" for name, rho, shift
                              in found.activations})) or "none"
    return (
        Hypothesis("|theta| <= B", f"max |theta| = {_brief(found.measured_bound)}", True),
        Hypothesis("|x| <= B_x", f"max |x| = {_brief(found.input_radius)} over the inputs given", True),
        Hypothesis("activations", rates, True),
    )


def _architecture_rows(found: ModuleClass, radii: tuple[Fraction, ...]) -> tuple[BoundRow, ...]:
    widths = found.graph.widths or ()
    hidden = len(widths) - 2
    rates = tuple(rho for _, rho, _ in found.activations)
    shifts = tuple(shift for _, _, shift in found.activations)
    if len(rates) != hidden:
        raise InputError(explain("module", f"one activation behind each of the {hidden} hidden layers",
                                 f"{len(rates)} activations", "Put an activation behind every hidden layer."))
    names = {name for name, _, _ in found.activations}
    records = bound_records(widths, eps=radii, bound=found.bound, input_radius=found.input_radius,
                            lipschitz=rates, offsets=shifts, odd=names <= {"tanh"}, homogeneous=names <= {"relu"},
                            saturation=Fraction(1) if names <= SATURATING else None, samples=found.samples)
    return tuple(replace(row, hypotheses=(*_certified(found), *(h for h in row.hypotheses if not h.given)))
                 if row.log is not None and row.eps is not None else row for row in records)


def _graph_rows(found: ModuleClass, radii: tuple[Fraction, ...]) -> tuple[BoundRow, ...]:
    """The rows of a module that is no plain network."""
    size = Fraction(found.graph.parameter_count)
    count = BoundRow("parameters S", None, "exact", (size, size), (), "", DERIVED,
                     "a number of parameters, no logarithm")
    if found.bounded is None:
        reason = Hypothesis("parameter modulus", found.without_modulus, False)
        return (*(BoundRow(name, eps, "not applicable", None, (reason,), "", DERIVED, f"needs: {found.without_modulus}")
                  for eps in radii for name in ("raw m^S", "bias-ordered")),
                *(_floor(found, eps) for eps in radii), count)
    return (*(row for eps in radii for row in _grid_rows(found, found.bounded, eps)), count)


def _grid_rows(found: ModuleClass, bounded: BoundedLayers, eps: Fraction) -> tuple[BoundRow, ...]:
    """Raw and bias-ordered counts of a grid that `covering.graph_modulus` makes a cover."""
    sizes = dict(zip(bounded.groups, bounded.sizes))
    kappa = dict(zip(bounded.groups, graph_moduli(bounded.layers, input_radius=found.input_radius, groups=len(sizes))))
    moving = sum(size for name, size in sizes.items() if kappa[name])
    points = {name: points_per_axis(found.bound, eps*size/(kappa[name]*moving)) if kappa[name] else 1
              for name, size in sizes.items()}
    raw = _powers(sizes, points)
    ordered, sorted_units = _ordered(found, points, raw)
    largest = max(points.values())
    remark = f"up to {_digits(largest)} points per parameter, layer by layer"
    hypotheses = _certified(found)
    return (
        BoundRow("raw m^S", eps, "upper", raw, hypotheses, EVERY_EPS, DERIVED, remark),
        BoundRow("bias-ordered", eps, "upper", ordered, hypotheses, EVERY_EPS, DERIVED,
                 f"{sorted_units} units in the order of a bias each"),
        _floor(found, eps),
    )


def _powers(sizes: dict[str, int], points: dict[str, int]) -> tuple[Fraction, Fraction]:
    ends = [(size*low, size*high) for name, size in sizes.items() for low, high in [log_enclosure(points[name], BITS)]]
    return sum((low for low, _ in ends), Fraction(0)), sum((high for _, high in ends), Fraction(0))


def _ordered(found: ModuleClass, points: dict[str, int], raw: tuple[Fraction, Fraction]
             ) -> tuple[tuple[Fraction, Fraction], int]:
    """ln of raw prod_c C(m_c + d_c - 1, d_c) / m_c^d_c over unit classes with a bias that orders them."""
    low, high = raw
    units = 0
    for bias, size in _ordering_biases(found).items():
        m = points[bias]
        chosen = log_enclosure(comb(m + size - 1, size), BITS)
        free = log_enclosure(m, BITS)
        low, high = low + chosen[0] - size*free[1], high + chosen[1] - size*free[0]
        units += size
    return (low, high), units


def _ordering_biases(found: ModuleClass) -> dict[str, int]:
    """For every free unit class all of whose permutations are symmetries: the group of one of its biases, its size."""
    axes, chosen = find_axes(found.graph), {}
    owner = {layer.parameters[role]: layer.parameters["weight"] for layer in found.graph.layers
             for role in ("bias",) if role in layer.parameters}
    for root, size in axes.unit_classes().items():
        proper = [g for g in axes.grouping(root) if 1 < g < size]
        own = [use.name for use in axes.uses if use.name in owner and axes.units.root(use.label.units) == root]
        if own and not proper:
            group = owner[own[0]]
            if group not in chosen:
                chosen[group] = size
    return chosen


def _floor(found: ModuleClass, eps: Fraction) -> BoundRow:
    last = next(layer for layer in reversed(found.graph.layers) if layer.kind != "output")
    biased = last.kind == "linear" and "bias" in last.parameters
    if not biased:
        reason = Hypothesis("an output bias", f"the last layer is {last.kind} {last.path}", False)
        return BoundRow("universal floor", eps, "not applicable", None, (reason,), "", DERIVED, "needs: an output bias")
    number = points_per_axis(found.bound, eps)
    return BoundRow("universal floor", eps, "lower", log_enclosure(number, BITS), (), EVERY_EPS, DERIVED,
                    f"the constants in [-B, B] need {number} balls", vacuous=number == 1)


def _symmetry_rows(found: ModuleClass) -> tuple[BoundRow, ...]:
    report = found.symmetries
    order = report.permutation_order*2**report.sign_flips
    checked = f"a random element changes outputs by {report.error:.0e} (float64)"
    lost = Fraction(report.lost_dimension)
    parts = "; ".join(f"{f.kind} of {f.units} {f.of}" for f in report.factors) or "no symmetry found"
    return (
        BoundRow("ln |G|", None, "exact", log_enclosure(order, BITS), (), "", DERIVED,
                 f"the most that permutations and signs can take off ln N; {checked}"),
        BoundRow("lost dimensions", None, "exact", (lost, lost), (), "", DERIVED, parts),
    )


def _spectral_rows(found: ModuleClass) -> tuple[BoundRow, ...]:
    if not found.spectral_norms:
        return ()
    norms = ", ".join(f"{name}: {_brief(high)}" for name, (_, high) in found.spectral_norms.items())
    total = prod((high for _, high in found.spectral_norms.values()), start=Fraction(1))
    value = (log_enclosure(total, BITS) if total else (Fraction(0), Fraction(0)))
    return (BoundRow("ln prod |W|_2", None, "upper", value, (), "", "certified by positive definiteness", norms),)


def _brief(value: Fraction) -> str:
    return str(value) if value.denominator == 1 or len(str(value)) <= 9 else decimal_above(value, 4)


def _short(value: Fraction) -> str:
    return str(value) if len(str(value)) <= 9 else decimal_below(value, 4)


def _digits(number: int) -> str:
    return str(number) if number < 10**12 else f"about 2^{number.bit_length() - 1}"
