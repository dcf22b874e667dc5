"""What a bound table needs to know about a torch module: its class of functions with certified constants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import torch
from torch import Tensor, nn

from numerics.covering.layer_bounds import OFFSET, BoundedLayers, NoModulus, bounded_layers
from numerics.covering.symmetry import SymmetryReport, symmetry_report
from numerics.enclosures import spectral_norm
from numerics.modules import LayerGraph, largest, parameter_range, read
from numerics.modules.layers import LIPSCHITZ

MAX_ENTRIES = 2**20
"""Spectral norms of larger matrices are left out."""


@dataclass(frozen=True)
class ModuleClass:
    """A module, seen as a member of the class of all modules of its graph with parameters in a box.

    - `bound`: B, the largest absolute value of a parameter, exactly, or the box that was asked for;
    - `input_radius`, `samples`: B_x, the largest absolute value of the inputs given, and how many they are;
    - `activations`: name, Lipschitz constant and |sigma(0)| of each activation of a fully connected network;
    - `spectral_norms`: by parameter name, as enclosures, for matrices (convolutions as matrices of their filters);
    - `bounded`: the layer graph with its boxes, or None with the reason in `without_modulus`.
    """

    graph: LayerGraph
    bound: Fraction
    measured_bound: Fraction
    input_radius: Fraction
    samples: int
    activations: tuple[tuple[str, Fraction, Fraction], ...]
    spectral_norms: Mapping[str, tuple[Fraction, Fraction]]
    symmetries: SymmetryReport
    bounded: BoundedLayers | None
    without_modulus: str = ""


def describe(module: nn.Module, example_input: Tensor, *, bound: Fraction | None = None) -> ModuleClass:
    """Return the class of a module on inputs with |x|_inf at most that of the example.

    Args:
        module: see `numerics.modules.read`.
        example_input: a batch of inputs; its largest absolute value is B_x.
        bound: the box [-B, B] of the class; the measured range of the parameters if None.

    Raises:
        UnreadableLayer: a layer that cannot be read. InputError: the box does not hold the module's parameters.
    """
    graph = read(module, example_input[:2])
    measured = parameter_range(module)
    box = measured if bound is None else bound
    try:
        bounded, reason = bounded_layers(graph, module, box), ""
    except NoModulus as error:
        bounded, reason = None, str(error)
    return ModuleClass(
        graph=graph, bound=box, measured_bound=measured, input_radius=largest(example_input),
        samples=len(example_input),
        activations=_activations(graph), spectral_norms=_spectral_norms(module),
        symmetries=symmetry_report(module, example_input[:2]), bounded=bounded, without_modulus=reason)


def _activations(graph: LayerGraph) -> tuple[tuple[str, Fraction, Fraction], ...]:
    names = [layer.settings["name"] for layer in graph.layers if layer.kind == "activation"]
    return tuple((n, Fraction(LIPSCHITZ[n]), OFFSET.get(n, Fraction(0))) for n in names if n in LIPSCHITZ)


def _spectral_norms(module: nn.Module) -> dict[str, tuple[Fraction, Fraction]]:
    found = {}
    for name, parameter in module.named_parameters():
        if parameter.dim() >= 2 and parameter.numel() <= MAX_ENTRIES:
            matrix = parameter.detach().to(torch.float64).flatten(1).numpy()
            found[name] = spectral_norm(matrix)
    return found
