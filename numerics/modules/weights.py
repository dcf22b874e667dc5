"""Weights as the exact numbers they are: every finite float is a dyadic fraction."""

from __future__ import annotations

from fractions import Fraction

import torch
from torch import Tensor, nn

from theory.language.errors import InputError, explain


def dyadic(tensor: Tensor) -> list[Fraction]:
    """Return the entries of a tensor, flattened, as the exact fractions that its floats stand for.

    Raises InputError for NaN, infinities and complex or integer-quantized tensors.
    """
    if not tensor.is_floating_point():
        raise InputError(explain("weights", "a real floating point tensor", str(tensor.dtype), "Convert it first."))
    values = tensor.detach().to("cpu", torch.float64).flatten()
    if not bool(torch.isfinite(values).all()):
        raise InputError(explain("weights", "finite numbers", "NaN or infinity", "Look at the training run."))
    return [Fraction(x) for x in values.tolist()]


def largest(tensor: Tensor) -> Fraction:
    """Return the largest absolute value of the entries, exactly; 0 for an empty tensor."""
    if tensor.numel() == 0:
        return Fraction(0)
    (value,) = dyadic(tensor.detach().abs().max().reshape(1))
    return value


def parameter_range(module: nn.Module) -> Fraction:
    """Return B = max |theta| over all parameters of a module, exactly."""
    return max((largest(p) for p in module.parameters()), default=Fraction(0))
