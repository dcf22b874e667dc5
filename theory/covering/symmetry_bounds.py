"""Logarithms of covering bounds that use more symmetries than permutations, as pairs of Fractions around the value.

Shallow networks (d_0, d_1, 1) with parameters in [-B, B] on inputs `|x|_inf <= B_x`, in the sup norm. With positively
homogeneous activations a unit costs d_0 + 1 dimensions in place of d_0 + 2 (`covering.relu_scaling_cover`); with odd
ones the orbits of a symmetric grid under signed permutations suffice (`covering.sign_flip`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from theory.covering.architecture import check_shallow, nonnegative, positive
from theory.covering.counting import log_multisets, log_orbit_count, points_per_axis
from theory.exact.rationals import Exact, exact
from theory.language.errors import InputError, explain
from theory.textbook.logarithm import Enclosure, add, log_enclosure

_BITS = 44


@dataclass(frozen=True)
class NeuronGrid:
    """Cells of `covering.relu_scaling_cover`.

    Attributes:
        amplitudes: M cells for the amplitude a |w| of a unit, in [-B^2, B^2].
        directions: m cells on every axis of the faces of its direction.
        offsets: p cells of the output bias.
        neurons: K = 2 M (d_0 + 1) m^{d_0}, the number of listed units.
        units: d_1; the cover has p C(K + d_1 - 1, d_1) networks.
    """

    amplitudes: int
    directions: int
    offsets: int
    neurons: int
    units: int

    @property
    def count(self) -> int:
        """The number of networks of the cover.

        >>> relu_scaling_grid((1, 2, 1), eps=1, bound=1, input_radius=1, lipschitz=1).count
        401000
        """
        return self.offsets * comb(self.neurons + self.units - 1, self.units)


def relu_scaling_grid(
    widths: Sequence[int], *, eps: Exact, bound: Exact, input_radius: Exact, lipschitz: Exact
) -> NeuronGrid:
    """Return cells whose networks cover the class at the radius eps, positively homogeneous activations.

    The radius is split as `d_1 (tau_1 + tau_2) + eps_c` with `eps_c = tau_1 = tau_2 / d_0 = eps / (S - d_1)`, the best
    split but for rounding up; `M = ceil(B^2 R / tau_1)`, `m = ceil(B^2 R / tau_2)`, `p = ceil(B / eps_c)` where
    `R = rho (d_0 B_x + 1)`.

    Args:
        widths: `(d_0, d_1, 1)`.
        eps: radius of the cover, `> 0`.
        bound: B `> 0`, all parameters lie in [-B, B].
        input_radius: B_x `>= 0`.
        lipschitz: Lipschitz constant rho `>= 0` of the activation.

    Raises:
        ExactnessError: a float was given. InputError: a number is out of range, or there is not one output.

    >>> relu_scaling_grid((1, 2, 1), eps=1, bound=1, input_radius=1, lipschitz=1)
    NeuronGrid(amplitudes=10, directions=10, offsets=5, neurons=400, units=2)
    """
    inputs, units, outputs = check_shallow(widths, "relu_scaling_grid")
    if outputs != 1:
        remedy = "Sum the bounds of the outputs, or use unconditional_log_bound."
        raise InputError(explain("relu_scaling_grid", "one output", f"{outputs} outputs", remedy))
    radius, B = exact(positive(eps, "eps"), "eps"), exact(positive(bound, "bound"), "bound")
    reach = exact(nonnegative(input_radius, "input_radius"), "input_radius")
    range_ = exact(nonnegative(lipschitz, "lipschitz"), "lipschitz") * (inputs * reach + 1)
    tolerance = radius / (units * (inputs + 1) + 1)
    amplitudes = _cells(B**2 * range_, tolerance)
    directions = _cells(B**2 * range_, inputs * tolerance)
    neurons = 2 * amplitudes * (inputs + 1) * directions**inputs
    return NeuronGrid(amplitudes, directions, points_per_axis(B, tolerance), neurons, units)


def _cells(size: Fraction, tolerance: Fraction) -> int:
    return max(1, -(-size // tolerance))


def relu_scaling_log_bound(
    widths: Sequence[int], *, eps: Exact, bound: Exact, input_radius: Exact, lipschitz: Exact
) -> Enclosure:
    """Return an enclosure, closer than `2^-40`, of `ln [p C(K + d_1 - 1, d_1)]`: see `relu_scaling_grid`.

    An upper bound on the log of the (internal) covering number for every eps > 0; arguments as there.

    >>> lower, upper = relu_scaling_log_bound((1, 2, 1), eps=1, bound=1, input_radius=1, lipschitz=1)
    >>> Fraction("12.90") < lower < upper < Fraction("12.91"), upper - lower < Fraction(1, 2**40)
    (True, True)
    """
    grid = relu_scaling_grid(widths, eps=eps, bound=bound, input_radius=input_radius, lipschitz=lipschitz)
    return add(log_multisets(grid.neurons, grid.units, _BITS), log_enclosure(grid.offsets, _BITS))


def sign_flip_log_bound(
    widths: Sequence[int], *, eps: Exact, bound: Exact, input_radius: Exact, lipschitz: Exact,
    saturation: Exact | None = None,
) -> Enclosure:
    """Return an enclosure of the log of the number of grid orbits under signed permutations, odd activations.

    One radius for all parameters, `eps / (kappa_1 + kappa_2)`; the cell centres are symmetric about 0, so the signed
    permutations act on them.

    Args:
        widths: `(d_0, d_1, d_2)`.
        eps, bound, input_radius, lipschitz: as for `relu_scaling_grid`.
        saturation: a bound of |sigma| (1 for tanh); where it is smaller, it replaces `rho B (d_0 B_x + 1)`.

    >>> lower, upper = sign_flip_log_bound((1, 2, 1), eps=1, bound=1, input_radius=1, lipschitz=1, saturation="0.9641")
    >>> Fraction("11.55") < lower < upper < Fraction("11.56")
    True
    """
    inputs, units, _ = dims = check_shallow(widths, "sign_flip_log_bound")
    radius, B = exact(positive(eps, "eps"), "eps"), exact(positive(bound, "bound"), "bound")
    reach = inputs * exact(nonnegative(input_radius, "input_radius"), "input_radius") + 1
    rho = exact(nonnegative(lipschitz, "lipschitz"), "lipschitz")
    hidden = rho * B * reach
    if saturation is not None:
        hidden = min(hidden, exact(nonnegative(saturation, "saturation"), "saturation"))
    # kappa_1 = a_1 rho B d_1 and kappa_2 = a_2 = d_1 r_1 + 1 of `parameter_modulus`, with the better r_1
    modulus = reach * rho * B * units + units * hidden + 1
    return log_orbit_count(dims, points_per_axis(B, radius / modulus), signs=True, bits=_BITS)
