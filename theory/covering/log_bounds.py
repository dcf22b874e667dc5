"""Logarithms of upper bounds on the covering number of a class of networks, as pairs of Fractions around the value.

The class: all networks of the given widths with parameters in [-B, B] on inputs `|x|_inf <= B_x`, in the sup norm.
The two quoted forms are evaluated as they are usually quoted, whether or not their guards hold; the unconditional
form needs only the hypotheses of `parameter_modulus`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from theory.covering.architecture import (
    PerLayer,
    check_shallow,
    check_widths,
    layer_sizes,
    nonnegative,
    per_layer,
    positive,
)
from theory.covering.counting import (
    log_bias_ordered_count,
    log_orbit_count,
    parameter_count,
    points_per_axis,
)
from theory.covering.effective_volume import log_factorial_product
from theory.covering.modulus import parameter_modulus
from theory.exact.rationals import Exact, exact
from theory.language.errors import InputError, TooManyCycleTypes, explain
from theory.textbook.logarithm import Enclosure, add, log_enclosure, log_factorial_enclosure, scale

_BITS = 44
"""Enclosures are closer than 2^-44, narrower than the promised 2^-40 even after a few additions."""


@dataclass(frozen=True)
class Grid:
    """A grid of parameters whose networks cover the class at radius eps.

    Attributes:
        points: grid points per parameter of each of the L + 1 layers.
        radii: the distance `delta_l` within which every parameter of layer l has a grid point.
        count: "orbits" where the exact orbit count was affordable, else "bias-ordered".
        log: enclosure of the natural logarithm of that count.
    """

    points: tuple[int, ...]
    radii: tuple[Fraction, ...]
    count: str
    log: Enclosure


def quoted_shallow_log_bound(
    widths: Sequence[int], *, eps: Exact, bound: Exact, input_radius: Exact, lipschitz: Exact
) -> Enclosure:
    """Return `ln[(16 B^2 (B_x + 1) sqrt(d_0) d_1 / eps)^S rho^{S_h} / d_1!]` for widths (d_0, d_1, 1).

    `S = d_0 d_1 + 2 d_1 + 1`, `S_h = d_0 d_1 + d_1`. As usually quoted (Shen 2023, shallow form); it is no upper
    bound for every eps: the value can even be negative.

    >>> lower, upper = quoted_shallow_log_bound((2, 8, 1), eps="0.1", bound=1, input_radius=1, lipschitz=1)
    >>> Fraction("259.80") < lower < upper < Fraction("259.82")
    True
    """
    inputs, hidden, outputs = check_shallow(widths, "quoted_shallow_log_bound")
    if outputs != 1:
        remedy = "Use quoted_deep_log_bound or unconditional_log_bound."
        raise InputError(explain("quoted_shallow_log_bound", "one output", f"{outputs} outputs", remedy))
    radius, B, reach, (rho,) = _constants(eps, bound, input_radius, lipschitz, 1)
    size, first = parameter_count(widths), inputs * hidden + hidden
    fine = _BITS + size.bit_length() + 3
    # sqrt(d_0)^S = exp(S/2 ln d_0): no root is taken
    base = log_enclosure(16 * B**2 * (reach + 1) * hidden / radius, fine)
    root = scale(Fraction(size, 2), log_enclosure(inputs, fine))
    parts = (scale(size, base), root, scale(first, log_enclosure(rho, fine)))
    return add(*parts, scale(-1, log_factorial_enclosure(hidden, fine)))


def quoted_deep_log_bound(
    widths: Sequence[int], *, eps: Exact, bound: Exact, input_radius: Exact, lipschitz: PerLayer
) -> Enclosure:
    """Return `ln[(4 (L+1)(B_x+1)(2B)^{L+2} prod_{j=1}^L rho_j prod_{j=0}^L d_j / eps)^S / (d_1! ... d_L!)]`.

    As usually quoted (Shen 2023, deep form) "for every eps > 0"; an upper bound is proved only under the guards of
    `quoted_deep_radius_limit`, `B >= 1/8`, `B rho_l d_l >= 1` and `sigma_l(0) = 0`.

    >>> lower, upper = quoted_deep_log_bound((2, 8, 1), eps="0.1", bound=1, input_radius=1, lipschitz=1)
    >>> Fraction("316.98") < lower < upper < Fraction("317")
    True
    """
    dims = _with_hidden(widths)
    base = quoted_deep_base(dims, eps=eps, bound=bound, input_radius=input_radius, lipschitz=lipschitz)
    size = parameter_count(dims)
    fine = _BITS + size.bit_length() + 2
    return add(scale(size, log_enclosure(base, fine)), scale(-1, log_factorial_product(dims, fine)))


def quoted_deep_base(
    widths: Sequence[int], *, eps: Exact, bound: Exact, input_radius: Exact, lipschitz: PerLayer
) -> Fraction:
    """Return `Q = 4 (L+1)(B_x+1)(2B)^{L+2} prod rho_j prod_{j=0}^L d_j / eps`, the base of the quoted deep form.

    >>> quoted_deep_base((2, 8, 1), eps="0.1", bound=1, input_radius=1, lipschitz=1)
    Fraction(20480, 1)
    """
    dims = _with_hidden(widths)
    hidden = len(dims) - 2
    radius, B, reach, rho = _constants(eps, bound, input_radius, lipschitz, hidden)
    return 4 * (hidden + 1) * (reach + 1) * (2 * B) ** (hidden + 2) * prod(rho) * prod(dims[:-1]) / radius


def quoted_deep_radius_limit(
    widths: Sequence[int], *, bound: Exact, input_radius: Exact, lipschitz: PerLayer
) -> Fraction:
    """Return `eps_0 = 2 (L+1)(B_x+1)(2B)^{L+2} prod rho prod_{j=0}^L d_j / max_{1<=l<=L} d_l`.

    >>> quoted_deep_radius_limit((2, 8, 1), bound=1, input_radius=1, lipschitz=1)
    Fraction(128, 1)
    """
    base = quoted_deep_base(widths, eps=1, bound=bound, input_radius=input_radius, lipschitz=lipschitz)
    return base / (2 * max(widths[1:-1]))


def unconditional_log_bound(
    widths: Sequence[int],
    *,
    eps: Exact,
    bound: PerLayer,
    input_radius: Exact,
    lipschitz: PerLayer,
    offsets: PerLayer = 0,
) -> Enclosure:
    """Return an enclosure, closer than `2^-40`, of the log of an upper bound that holds for every eps > 0.

    The bound is the number of orbits (or, where that is too long, of bias-ordered points) of the better of two
    grids, see `unconditional_grid`. It is at least 0: the bound is at least 1.

    Raises:
        ExactnessError: a float was given. InputError: a number is out of range.

    >>> lower, upper = unconditional_log_bound((2, 8, 1), eps="0.1", bound=1, input_radius=1, lipschitz=1)
    >>> Fraction("189.9635") < lower < upper < Fraction("189.9636"), upper - lower < Fraction(1, 2**40)
    (True, True)
    """
    grid = unconditional_grid(
        widths, eps=eps, bound=bound, input_radius=input_radius, lipschitz=lipschitz, offsets=offsets
    )
    return grid.log


def unconditional_grid(
    widths: Sequence[int],
    *,
    eps: Exact,
    bound: PerLayer,
    input_radius: Exact,
    lipschitz: PerLayer,
    offsets: PerLayer = 0,
) -> Grid:
    """Return the grid behind `unconditional_log_bound`: `sum_l kappa_l delta_l <= eps`, `m_l = ceil(B_l / delta_l)`.

    Of one radius for all layers and radii proportional to `S_l / kappa_l` the one with the smaller count is taken.

    >>> grid = unconditional_grid((2, 8, 1), eps="0.1", bound=1, input_radius=1, lipschitz=1)
    >>> grid.points, grid.count
    ((330, 917), 'orbits')
    """
    dims = check_widths(widths)
    given = {"bound": bound, "input_radius": input_radius, "lipschitz": lipschitz, "offsets": offsets}
    candidates = [radii_of(dims, eps=eps, **given) for radii_of in (single_radius, balanced_radii)]
    bounds = [exact(value, "bound") for value in per_layer(bound, len(dims) - 1, "bound")]
    grids = {tuple(points_per_axis(B, r) for B, r in zip(bounds, radii)): radii for radii in candidates}
    return min((_grid(dims, points, radii) for points, radii in grids.items()), key=lambda grid: grid.log[1])


def _grid(dims: tuple[int, ...], points: tuple[int, ...], radii: tuple[Fraction, ...]) -> Grid:
    try:
        return Grid(points, radii, "orbits", log_orbit_count(dims, points, bits=_BITS))
    except TooManyCycleTypes:
        return Grid(points, radii, "bias-ordered", log_bias_ordered_count(dims, points, _BITS))


def single_radius(widths: Sequence[int], *, eps: Exact, **hypotheses: PerLayer) -> tuple[Fraction, ...]:
    """Return L + 1 times the radius `delta = eps / sum_l kappa_l`; `hypotheses` as for `parameter_modulus`.

    >>> single_radius((2, 8, 1), eps="0.1", bound=1, input_radius=1, lipschitz=1)
    (Fraction(1, 490), Fraction(1, 490))
    """
    kappa = _moduli(widths, hypotheses)
    return (_radius(eps) / sum(kappa),) * len(kappa)


def balanced_radii(widths: Sequence[int], *, eps: Exact, **hypotheses: PerLayer) -> tuple[Fraction, ...]:
    """Return `delta_l = eps S_l / (kappa_l sum_j S_j)`, the minimiser of `sum_l S_l ln(B_l / delta_l)`.

    Layers with `kappa_l = 0` do not matter: their radius is the whole bound.

    >>> balanced_radii((2, 8, 1), eps="0.1", bound=1, input_radius=1, lipschitz=1)
    (Fraction(1, 330), Fraction(3, 2750))
    """
    kappa, sizes = _moduli(widths, hypotheses), layer_sizes(widths)
    bounds = [exact(value, "bound") for value in per_layer(hypotheses["bound"], len(kappa), "bound")]
    moving = sum(size for k, size in zip(kappa, sizes) if k)
    return tuple(_radius(eps) * size / (k * moving) if k else B for k, size, B in zip(kappa, sizes, bounds))


def _radius(eps: Exact) -> Fraction:
    return exact(positive(eps, "eps"), "eps")


def _moduli(widths: Sequence[int], hypotheses: dict[str, PerLayer]) -> tuple[Fraction, ...]:
    return tuple(exact(value, "parameter_modulus") for value in parameter_modulus(check_widths(widths), **hypotheses))


def _with_hidden(widths: Sequence[int]) -> tuple[int, ...]:
    dims = check_widths(widths)
    if len(dims) < 3:
        remedy = "Use unconditional_log_bound for a linear map."
        raise InputError(explain("widths", "at least one hidden layer", dims, remedy))
    return dims


def _constants(
    eps: Exact, bound: Exact, input_radius: Exact, lipschitz: PerLayer, hidden: int
) -> tuple[Fraction, Fraction, Fraction, tuple[Fraction, ...]]:
    reach = exact(nonnegative(input_radius, "input_radius"), "input_radius")
    rho = tuple(exact(value, "lipschitz") for value in per_layer(lipschitz, hidden, "lipschitz"))
    return _radius(eps), exact(positive(bound, "bound"), "bound"), reach, rho
