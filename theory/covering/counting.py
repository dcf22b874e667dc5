"""Exact numbers of grid points, of bias-ordered grid points, and of orbits under permutations of hidden units.

On a grid of `m_l` points for every parameter of layer `l` the group `G = S_{d_1} x ... x S_{d_L}` acts by
`W_l -> P_l W_l P_{l-1}^T`, `b_l -> P_l b_l`. Every network has a copy whose biases are ordered in each layer, so

    prod_l m_l^{S_l} / prod d_l!  <  orbits  <=  bias-ordered grid points  <=  prod_l m_l^{S_l}

whenever the group is not trivial. With one hidden layer an orbit is a multiset of neurons.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import comb, prod

from theory.covering.architecture import check_shallow, check_widths, layer_sizes
from theory.covering.burnside import burnside_count
from theory.exact.rationals import Exact, exact
from theory.language.errors import ExactnessError, InputError, explain
from theory.textbook.logarithm import Enclosure, add, log_enclosure, log_factorial_enclosure, scale


def parameter_count(widths: Sequence[int]) -> int:
    """Return `S = sum_l d_l (d_{l-1} + 1)`, the number of weights and biases; widths may be SymPy symbols.

    >>> parameter_count((784, 300, 100, 10))
    266610
    """
    return sum(layer_sizes(check_widths(widths, symbols=True)))


def points_per_axis(bound: Exact, radius: Exact) -> int:
    """Return `ceil(bound / radius)`: the least number of intervals of this radius that cover [-bound, bound].

    >>> points_per_axis(1, "0.1"), points_per_axis("0.3", "0.1")
    (10, 3)
    """
    half, step = exact(bound, "bound"), exact(radius, "radius")
    for value, name in ((half, "bound"), (step, "radius")):
        if value <= 0:
            raise InputError(explain(name, "a number > 0", value, f"Use {name} > 0."))
    return -(-half // step)


def raw_count(widths: Sequence[int], points: int | Sequence[int]) -> int:
    """Return `prod_l m_l^{S_l}`, the number of grid points.

    >>> raw_count((1, 2, 1), 2)
    128
    """
    checked = check_widths(widths)
    return prod(m**size for m, size in zip(check_points(points, checked), layer_sizes(checked)))


def bias_ordered_count(widths: Sequence[int], points: int | Sequence[int]) -> int:
    """Return `prod_l m_l^{S_l} / prod_{l<=L} m_l^{d_l} * prod_{l<=L} binom(m_l + d_l - 1, d_l)`.

    This counts the grid points with `b_{l,1} >= ... >= b_{l,d_l}` in every hidden layer; they meet every orbit, so
    it is an upper bound on `orbit_count`, cheap for any depth.

    >>> bias_ordered_count((1, 2, 1), 2), bias_ordered_count((1, 2, 2, 1), 2)
    (96, 4608)
    """
    checked = check_widths(widths)
    m = check_points(points, checked)
    biases = prod(comb(m[depth] + d - 1, d) for depth, d in enumerate(checked[1:-1]))
    return biases * prod(m[depth] ** free for depth, free in enumerate(_without_hidden_biases(checked)))


def orbit_count(widths: Sequence[int], points: int | Sequence[int], *, signs: bool = False) -> int:
    """Return the exact number of orbits of the parameter grid under permutations of hidden units.

    Args:
        widths: `(d_0, ..., d_{L+1})`.
        points: grid points per parameter, one number for all or one for each of the L + 1 layers.
        signs: also identify `(w, b, a)` with `(-w, -b, -a)` unit by unit, as odd activations allow, on a grid that is
            symmetric about 0; one hidden layer only.

    Returns:
        An exact int. For `points = ceil(B/delta)` it is the covering number at radius delta of the cube [-B, B]^S
        modulo permutations, in the sup norm.

    Raises:
        TooManyCycleTypes: the sum would need more than `burnside.WORK_LIMIT` steps; `bias_ordered_count` still applies.

    >>> orbit_count((1, 2, 1), 2), orbit_count((1, 2, 2, 1), 2), orbit_count((1, 2, 1), 2, signs=True)
    (72, 2336, 20)
    """
    checked = check_widths(widths)
    m = check_points(points, checked)
    if signs or len(checked) == 3:
        choices, extra = _neuron_choices(check_shallow(checked, "signs"), m, signs)
        return extra * comb(choices + checked[1] - 1, checked[1])
    return burnside_count(checked, m)


def log_raw_count(widths: Sequence[int], points: int | Sequence[int], bits: int = 64) -> Enclosure:
    """Return an enclosure of `ln raw_count`, closer than `2^-bits`, without forming the number.

    >>> lower, upper = log_raw_count((784, 300, 100, 10), 10**9)
    >>> 5525029 < lower < upper < 5525030
    True
    """
    checked = check_widths(widths)
    return _log_powers(check_points(points, checked), layer_sizes(checked), bits)


def log_bias_ordered_count(widths: Sequence[int], points: int | Sequence[int], bits: int = 64) -> Enclosure:
    """Return an enclosure of `ln bias_ordered_count`, closer than `2^-bits`, without forming the number.

    >>> lower, upper = log_bias_ordered_count((1, 2, 1), 2)
    >>> lower <= log_enclosure(96)[1] and log_enclosure(96)[0] <= upper
    True
    """
    checked = check_widths(widths)
    m = check_points(points, checked)
    fine = bits + len(checked).bit_length() + 1
    ordered = [log_multisets(choices, d, fine) for choices, d in zip(m, checked[1:-1])]
    return add(_log_powers(m, _without_hidden_biases(checked), fine), *ordered)


def log_orbit_count(
    widths: Sequence[int], points: int | Sequence[int], *, signs: bool = False, bits: int = 64
) -> Enclosure:
    """Return an enclosure of `ln orbit_count`, closer than `2^-bits`; for one hidden layer without forming it.

    Raises:
        TooManyCycleTypes: as `orbit_count`.

    >>> lower, upper = log_orbit_count((10, 100, 1), 22010)
    >>> lower < upper and abs(lower - Fraction("11645.36")) < Fraction("0.01")
    True
    """
    checked = check_widths(widths)
    m = check_points(points, checked)
    if not signs and len(checked) != 3:
        return log_enclosure(burnside_count(checked, m), bits)
    shallow = check_shallow(checked, "signs")
    fine = bits + 2
    choices, _ = _neuron_choices(shallow, m, signs)
    return add(log_multisets(choices, shallow[1], fine), _log_powers(m, (0, shallow[2]), fine))


def check_points(points: int | Sequence[int], widths: tuple[int, ...]) -> tuple[int, ...]:
    """Return the grid points of each of the L + 1 layers, positive integers, from one for all or one per layer."""
    layers = len(widths) - 1
    given = tuple(points) if isinstance(points, (list, tuple)) else (points,) * layers
    if len(given) != layers:
        remedy = "Give one number for all layers, or one per affine map."
        raise InputError(explain("points", f"{layers} integers, one per layer", f"{len(given)} of them", remedy))
    for value in given:
        if isinstance(value, float):
            raise ExactnessError(explain("points", "an integer >= 1", f"the float {value}", "Write it as an int."))
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            remedy = "Use points_per_axis(bound, radius)."
            raise InputError(explain("points", "an integer >= 1", repr(value), remedy))
    return given


def _neuron_choices(widths: tuple[int, int, int], m: tuple[int, ...], signs: bool) -> tuple[int, int]:
    """Return (choices for one hidden neuron up to sign, choices for the output biases)."""
    inputs, _, outputs = widths
    grid = m[0] ** (inputs + 1) * m[1] ** outputs
    if signs:
        # v -> -v fixes only v = 0, which is a grid point when both grids have a midpoint
        grid = (grid + (m[0] % 2) * (m[1] % 2)) // 2
    return grid, m[1] ** outputs


def _without_hidden_biases(widths: tuple[int, ...]) -> tuple[int, ...]:
    sizes = layer_sizes(widths)
    return tuple(size - d for size, d in zip(sizes, widths[1:-1])) + sizes[-1:]


def _log_powers(m: Sequence[int], exponents: Sequence[int], bits: int) -> Enclosure:
    fine = bits + sum(exponents).bit_length() + 1
    return add(*(scale(exponent, log_enclosure(base, fine)) for base, exponent in zip(m, exponents)))


def log_multisets(choices: int, size: int, bits: int) -> Enclosure:
    """Enclose ln binom(choices + size - 1, size), the number of multisets of this size."""
    fine = bits + size.bit_length() + 3
    if size * size <= choices >> fine:
        # choices^size <= product of (choices + i) <= choices^size * exp(size (size - 1) / (2 choices))
        excess = (Fraction(0), Fraction(size * (size - 1), 2 * choices))
        return add(scale(size, log_enclosure(choices, fine)), excess, scale(-1, log_factorial_enclosure(size, fine)))
    few = min(size, choices - 1)
    if few <= 4000:
        return log_enclosure(comb(choices + size - 1, few), bits)
    parts = ((1, choices + size - 1), (-1, size), (-1, choices - 1))
    return add(*(scale(sign, log_factorial_enclosure(n, fine)) for sign, n in parts))
