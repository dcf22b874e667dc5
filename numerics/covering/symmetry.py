"""The symmetry group of a torch module: which changes of its parameters leave its function alone, counted exactly."""

from __future__ import annotations

import copy
import html
import random
from dataclasses import dataclass
from math import factorial, prod

import torch
from torch import Tensor, nn

from numerics.covering.axes import Axes, find_axes
from numerics.covering.group_action import Element, difference, moved, random_element
from numerics.modules.trace import read
from theory.language.errors import InputError, explain

TOLERANCE = 1e-9
"""Largest relative change of the outputs, in float64, that rounding may explain."""


@dataclass(frozen=True)
class Factor:
    """One factor of the group: `kind` is permutation, signs, scaling or linear; `of` says which units.

    `order` is exact for finite factors, `dimension` for continuous ones; the other one is 1 or 0.
    """

    kind: str
    of: str
    units: int
    order: int = 1
    dimension: int = 0


@dataclass(frozen=True)
class SymmetryReport:
    """Symmetries of a module, found in its graph and confirmed by a random group element.

    - `permutation_order`: how many permutations of hidden units, channels and attention heads keep the function;
      a stream through residual additions counts once, GroupNorm lets only permutations that respect its groups.
    - `sign_flips`: units whose sign can be turned one by one (odd activations, or directly behind a normalisation with
      weights), so that there are 2^sign_flips combinations. Signs inside a linear factor are not counted again.
    - `scaling_dimension`: units with a free positive factor (positively homogeneous activations, or directly behind a
      normalisation with weights).
    - `general_linear_dimension`: dimensions of the general linear groups of streams on which nothing nonlinear acts,
      d^2 each, and of attention heads, d_k^2 + d_v^2 each.
    - `error`: relative change of the outputs under a random element (rounding only); `broken`: the same if the
      columns that read the moved units are left as they were (not a symmetry; None if nothing moves).
    """

    permutation_order: int
    sign_flips: int
    scaling_dimension: int
    general_linear_dimension: int
    parameter_count: int
    factors: tuple[Factor, ...]
    error: float
    broken: float | None

    @property
    def lost_dimension(self) -> int:
        """How many dimensions of the parameters the function does not see, at a generic point."""
        return self.scaling_dimension + self.general_linear_dimension

    def to_text(self) -> str:
        """Return the report as lines of text."""
        lines = [f"{self.parameter_count} parameters, {self.lost_dimension} dimensions lost,"
                 f" permutations {_short(self.permutation_order)}, sign flips 2^{self.sign_flips}"]
        lines += [f"  {f.kind:12} {_size(f):>14}  {f.units} x {f.of}" for f in self.factors]
        broken = "" if self.broken is None else f"; columns left behind: {self.broken:.1e}"
        return "\n".join([*lines, f"  random element: outputs change by {self.error:.1e}{broken}"])

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><td>{f.kind}</td><td>{html.escape(f.of)}</td><td>{f.units}</td><td>{_size(f)}</td></tr>"
                       for f in self.factors)
        head = "<tr><th>factor</th><th>of</th><th>units</th><th>order or dimension</th></tr>"
        return f"<p>{html.escape(self.to_text().splitlines()[0])}</p><table>{head}{rows}</table>"


def _short(order: int) -> str:
    text = str(order) if order < 10**15 else ""
    return text or f"about 2^{order.bit_length() - 1}"


def _size(factor: Factor) -> str:
    return f"dim {factor.dimension}" if factor.dimension else _short(factor.order)


def symmetry_report(module: nn.Module, example_input: Tensor, *, seed: int = 0) -> SymmetryReport:
    """Return the symmetries of a module.

    Args:
        module: see `numerics.modules.read` for the layers that can be read.
        example_input: a tensor with a batch axis; random inputs of its shape confirm what was found.
        seed: of the random group element and inputs.

    Raises:
        UnreadableLayer: an operation that is not understood, by path and type.
        InputError: a symmetry found in the graph changes the outputs, or a tie is not understood.
    """
    graph = read(module, example_input)
    axes = find_axes(graph)
    factors = (*_permutations(axes), *_continuous(axes), *_heads(axes))
    error, broken = _confirm(module, axes, example_input, seed)
    return SymmetryReport(
        permutation_order=prod(f.order for f in factors if f.kind == "permutation"),
        sign_flips=sum(f.units for f in factors if f.kind == "signs"),
        scaling_dimension=sum(f.dimension for f in factors if f.kind == "scaling"),
        general_linear_dimension=sum(f.dimension for f in factors if f.kind == "linear"),
        parameter_count=graph.parameter_count, factors=factors, error=error, broken=broken)


def _permutations(axes: Axes) -> list[Factor]:
    found = []
    for root, size in axes.unit_classes().items():
        proper = [g for g in axes.grouping(root) if 1 < g < size]
        if len(set(proper)) > 1:
            raise InputError(explain(_name(axes, root), "one grouping of the channels", f"groups of {sorted(proper)}",
                                     "Permutations that respect several groupings are not counted."))
        groups = proper[0] if proper else 1
        order = factorial(size//groups)**groups*factorial(groups)
        found.append(Factor("permutation", _name(axes, root), size, order))
    return found


def _name(axes: Axes, root: int) -> str:
    made = [path for unit, paths in axes.paths.items() if axes.units.root(unit) == root for path in paths]
    return "units of " + ", ".join(dict.fromkeys(made))


def _continuous(axes: Axes) -> list[Factor]:
    found = []
    for root, label in axes.value_classes().items():
        may, name = axes.may(root), _name(axes, axes.units.root(label.units))
        if "linear" in may:
            found.append(Factor("linear", name, label.size, dimension=label.size**2))
            continue
        if "scale" in may:
            found.append(Factor("scaling", name, label.size, dimension=label.size))
        if "sign" in may:
            found.append(Factor("signs", name, label.size, 2**label.size))
    return found


def _heads(axes: Axes) -> list[Factor]:
    found = []
    for layer in axes.attentions.values():
        heads, width = layer.settings["heads"], layer.settings["size"]//layer.settings["heads"]
        found.append(Factor("permutation", f"heads of {layer.path}", heads, factorial(heads)))
        found.append(Factor("linear", f"queries, keys and values of {layer.path}", heads, dimension=2*heads*width**2))
    return found


def _confirm(module: nn.Module, axes: Axes, example_input: Tensor, seed: int) -> tuple[float, float | None]:
    """Apply a random element; outputs may change by rounding only. Without the columns they have to change."""
    generator = torch.Generator().manual_seed(seed)
    inputs = torch.randn(example_input.shape, generator=generator, dtype=torch.float64)
    original = copy.deepcopy(module).double().eval()
    element = random_element(axes, random.Random(seed))
    error = difference(original, moved(module, axes, element), inputs)
    if not error < TOLERANCE:
        raise InputError(explain("symmetries", f"outputs within {TOLERANCE} of the original",
                                 f"a change of {error:.3g}", "The trace does not show all the module does; report it."))
    if not element.permutations:
        return error, None
    wrong = moved(module, axes, Element(element.permutations, {}, {}), forget="in")
    return error, difference(original, wrong, inputs)
