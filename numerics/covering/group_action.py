"""A random element of a module's symmetry group, applied to its parameters: does the function stay the same?"""

from __future__ import annotations

import copy
import random
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from numerics.covering.axes import FIXED, Axes, Label, Use
from numerics.modules.layers import Layer


@dataclass(frozen=True)
class Element:
    """Permutations of unit classes (before anything else), then factors or matrices of value classes.

    `heads` holds for each attention layer its permutation of heads and the matrices of queries and values of each
    head. A class without an entry is left alone.
    """

    permutations: Mapping[int, Tensor]
    factors: Mapping[int, Tensor]
    heads: Mapping[str, tuple[Tensor, Tensor, Tensor]]


def random_element(axes: Axes, generator: random.Random) -> Element:
    """Return an element in which every free class moves."""
    torch_generator = torch.Generator().manual_seed(generator.getrandbits(48))
    permutations = {root: _permutation(size, axes.grouping(root), generator)
                    for root, size in axes.unit_classes().items()}
    factors = {}
    for root, label in axes.value_classes().items():
        may = axes.may(root)
        if "linear" in may:
            factors[root] = _matrix(label.size, torch_generator)
        elif may:
            draws = torch.rand(2, label.size, generator=torch_generator, dtype=torch.float64)
            signs = torch.where(draws[0] < 0.5, -1.0, 1.0) if "sign" in may else torch.ones_like(draws[0])
            factors[root] = signs*(draws[1] + 0.5 if "scale" in may else torch.ones_like(draws[1]))
    heads = {name: _head_element(layer, generator, torch_generator) for name, layer in axes.attentions.items()}
    return Element(permutations, factors, heads)


def _permutation(size: int, groupings: frozenset[int], generator: random.Random) -> Tensor:
    """A permutation that respects each grouping into equal consecutive groups (one of them at most is proper)."""
    proper = [g for g in groupings if 1 < g < size]
    groups = max(proper, default=1)
    blocks = [list(range(k*size//groups, (k + 1)*size//groups)) for k in range(groups)]
    for block in blocks:
        generator.shuffle(block)
    generator.shuffle(blocks)
    return torch.tensor([k for block in blocks for k in block])


def _matrix(size: int, generator: torch.Generator) -> Tensor:
    """A well-conditioned invertible matrix: a rotation with factors between 1/2 and 3/2."""
    rotation, _ = torch.linalg.qr(torch.randn(size, size, generator=generator, dtype=torch.float64))
    return rotation*(torch.rand(size, generator=generator, dtype=torch.float64) + 0.5)


def _head_element(layer: Layer, generator: random.Random, torch_generator: torch.Generator
                  ) -> tuple[Tensor, Tensor, Tensor]:
    heads, width = layer.settings["heads"], layer.settings["size"]//layer.settings["heads"]
    order = list(range(heads))
    generator.shuffle(order)
    keys, values = (torch.stack([_matrix(width, torch_generator) for _ in range(heads)]) for _ in range(2))
    return torch.tensor(order), keys, values


def moved(module: nn.Module, axes: Axes, element: Element, *, forget: str = "") -> nn.Module:
    """Return a float64 copy of the module with the element applied.

    `forget` names a side of uses ("in" or "out") that is left out: a wrong action, to show that outputs notice.
    """
    other = copy.deepcopy(module).double().eval()
    tensors = dict(other.named_parameters()) | dict(other.named_buffers())
    with torch.no_grad():
        for use in axes.uses:
            if use.side != forget:
                tensors[use.name].copy_(_transformed(tensors[use.name], use, axes, element))
        for name, heads in element.heads.items():
            _turn_heads(tensors, axes.attentions[name], *heads)
    return other


def _transformed(tensor: Tensor, use: Use, axes: Axes, element: Element) -> Tensor:
    label = use.label
    if axes.units.root(label.units) == FIXED:
        return tensor
    first = tensor.movedim(use.axis, 0)
    shape, entries = first.shape, first.reshape(label.size, -1)
    order = element.permutations.get(axes.units.root(label.units))
    entries = entries if order is None else entries[order]
    if use.side == "in":
        entries = _scaled(entries, _factor(label, axes, element), inverse=True)
    elif use.side in ("out", "norm"):
        entries = _scaled(entries, _factor(label, axes, element))
    if use.side == "norm":
        entries = _scaled(entries, _factor(use.source, axes, element), inverse=True)
    return entries.reshape(shape).movedim(0, use.axis)


def _factor(label: Label, axes: Axes, element: Element) -> Tensor | None:
    return element.factors.get(axes.values.root(label.values))


def _scaled(entries: Tensor, factor: Tensor | None, *, inverse: bool = False) -> Tensor:
    """G t for rows, or t G^-1 written for the columns as rows: (G^-1)^T t."""
    if factor is None:
        return entries
    if factor.dim() == 1:
        return entries/factor[:, None] if inverse else entries*factor[:, None]
    return torch.linalg.solve(factor.T, entries) if inverse else factor @ entries


def _turn_heads(tensors: dict[str, Tensor], layer: Layer, order: Tensor, keys: Tensor, values: Tensor) -> None:
    """Permute the heads; Q -> M Q, K -> M^-T K, V -> N V and the output projection O -> O N^-1 for every head."""
    heads, size = layer.settings["heads"], layer.settings["size"]
    for role in ("in_proj_weight", "in_proj_bias"):
        if role not in layer.parameters:
            continue
        tensor = tensors[layer.parameters[role]]
        parts = tensor.reshape(3, heads, size//heads, -1)[:, order]
        turned = torch.stack([keys @ parts[0], torch.linalg.solve(keys.mT, parts[1]), values @ parts[2]])
        tensor.copy_(turned.reshape(tensor.shape))
    out = tensors[layer.parameters["out_proj.weight"]]
    columns = out.T.reshape(heads, size//heads, -1)[order]
    out.copy_(torch.linalg.solve(values.mT, columns).reshape(size, -1).T)


def difference(one: nn.Module, other: nn.Module, inputs: Tensor) -> float:
    """Return the largest difference of the outputs, relative to the largest output (or 1 if that is smaller)."""
    with torch.no_grad():
        a, b = one(inputs), other(inputs)
    return float((a - b).abs().max()/max(1.0, float(a.abs().max())))
