"""How far outputs can move when parameters move: the exact modulus `sum_l kappa_l delta_l`, and its closed form."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod

import sympy

from theory.covering.architecture import PerLayer, Symbolic, check_widths, is_symbolic, nonnegative, per_layer, positive
from theory.language.errors import InputError, explain

Number = Fraction | sympy.Expr


def parameter_modulus(
    widths: Sequence[int], *, bound: PerLayer, input_radius: Symbolic, lipschitz: PerLayer, offsets: PerLayer = 0
) -> tuple[Number, ...]:
    """Return `(kappa_1, ..., kappa_{L+1})`: if layer l's parameters move by at most delta_l, outputs move by at most
    `sum_l kappa_l delta_l`, for all inputs with `|x|_inf <= input_radius`, in the sup norm.

    With `r_0 = input_radius`, `a_l = d_{l-1} r_{l-1} + 1`, `r_l = rho_l B_l a_l + s_l`:
    `kappa_l = a_l rho_l prod_{j > l} (B_j d_{j-1} rho_j)`, `rho_{L+1} = 1`.

    Args:
        widths: `(d_0, ..., d_{L+1})`; entries may be SymPy symbols for positive integers.
        bound: `B_l > 0`, all parameters of layer l, before and after, lie in [-B_l, B_l]; one, or L + 1 of them.
        input_radius: `>= 0`.
        lipschitz: Lipschitz constants `rho_l >= 0` of the activations; one, or one per hidden layer.
        offsets: `s_l >= |sigma_l(0)|`; one, or one per hidden layer.

    Returns:
        Exact upper-bound coefficients: Fractions, or SymPy expressions where an argument is symbolic.

    >>> parameter_modulus((2, 8, 1), bound=1, input_radius=1, lipschitz=1)
    (Fraction(24, 1), Fraction(25, 1))
    """
    dims = check_widths(widths, symbols=True)
    layers = len(dims) - 1
    B = per_layer(bound, layers, "bound")
    rho = per_layer(lipschitz, layers - 1, "lipschitz", zero=True) + (Fraction(1),)
    shift = per_layer(offsets, layers - 1, "offsets", zero=True)
    reach, radius = [], nonnegative(input_radius, "input_radius")
    for depth in range(layers):
        reach.append(dims[depth] * radius + 1)
        if depth < layers - 1:
            radius = rho[depth] * B[depth] * reach[depth] + shift[depth]
    # index l here is layer l + 1: a factor B_j d_{j-1} rho_j for every later layer j
    return tuple(
        reach[depth] * rho[depth] * prod((B[j] * dims[j] * rho[j] for j in range(depth + 1, layers)), start=Fraction(1))
        for depth in range(layers)
    )


def closed_form_modulus(
    widths: Sequence[int], *, bound: Symbolic, input_radius: Symbolic, lipschitz: PerLayer
) -> Number:
    """Return `(L+1)(B_x+1) 2^L B^{L+1} prod_{j=1}^L rho_j prod_{j=0}^L d_j`, at least `B sum_l kappa_l` when all
    activations vanish at 0 and `B rho_l d_l >= 1` for l = 1..L.

    Raises:
        InputError: some `B rho_l d_l < 1` (for numbers; with symbols the condition is left to the caller).

    >>> closed_form_modulus((2, 8, 1), bound=1, input_radius=1, lipschitz=1)
    Fraction(128, 1)
    """
    dims = check_widths(widths, symbols=True)
    hidden = len(dims) - 2
    B, radius = positive(bound, "bound"), nonnegative(input_radius, "input_radius")
    rho = per_layer(lipschitz, hidden, "lipschitz", zero=True)
    for depth, constant in enumerate(rho, 1):
        gain = B * constant * dims[depth]
        if not is_symbolic(gain) and gain < 1:
            remedy = "Use sum(parameter_modulus(...)), which needs no such condition."
            raise InputError(explain("closed_form_modulus", f"bound*lipschitz*d_{depth} >= 1", gain, remedy))
    return (hidden + 1) * (radius + 1) * 2**hidden * B ** (hidden + 1) * prod(rho) * prod(dims[:-1])
