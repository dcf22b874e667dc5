"""Figures of the covering family as data: effective volume, reduction by permutations, entropy against the radius.

Each value is the middle of an exact enclosure that is far narrower than a line of the picture; nothing is sampled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from numerics.experiments.plots import Plot, Series, line, series
from proofs_check.tables import decimal_above
from theory.covering import (
    check_widths,
    exact,
    log_bias_ordered_count,
    log_effective_volume,
    log_factorial_product,
    log_orbit_count,
    log_raw_count,
    parameter_count,
    points_per_axis,
    single_radius,
    unconditional_log_bound,
    volume_peak_width,
)
from theory.covering.architecture import per_layer, positive
from theory.covering.symmetry_bounds import relu_scaling_log_bound
from theory.exact.rationals import Exact
from theory.language.errors import InputError, TooManyCycleTypes, explain
from theory.textbook.logarithm import Enclosure, log_enclosure

if TYPE_CHECKING:
    from torch import Tensor, nn

_BITS = 44
_POINTS = 60
_LARGEST = 10**6
"""Widths up to this are drawn; a peak beyond it is named below the axis."""


def figures(network: Sequence[int] | nn.Module, **options: Any) -> dict[str, Plot]:
    """Return the three figures of a network by name, "volume", "reduction" and "entropy"; options as for its table.

    Args:
        network: widths `(d_0, ..., d_{L+1})`, or a fully connected torch module.
        options: `eps` and the constants of `entropy_plot` for widths, `example_input`, `eps` and `bound` for a module.

    Raises:
        InputError: no hidden layer, a module that is not fully connected, or a number out of range.
        ExactnessError: a float was given.
    """
    widths, constants = (network, options) if isinstance(network, Sequence) else _measured(network, **options)
    return {
        "volume": volume_plot(widths, bound=constants.get("bound", 1)),
        "reduction": reduction_plot(widths),
        "entropy": entropy_plot(widths, **constants),
    }


def _measured(module: nn.Module, *, example_input: Tensor, eps: Sequence[Exact], bound: Exact | None = None
              ) -> tuple[tuple[int, ...], dict[str, Any]]:
    """Return widths and constants of a fully connected module, measured where they are not given."""
    from numerics.covering.module_class import describe
    from numerics.modules import read

    if read(module, example_input[:2]).widths is None:
        remedy = "Use --arch, or take the table without figures."
        raise InputError(explain("figures", "a fully connected network with biases", type(module).__name__, remedy))
    found = describe(module, example_input, bound=None if bound is None else exact(bound, "bound"))
    names = {name for name, _, _ in found.activations}
    return found.graph.widths or (), {
        "eps": eps,
        "bound": found.bound,
        "input_radius": found.input_radius,
        "lipschitz": tuple(rho for _, rho, _ in found.activations),
        "offsets": tuple(shift for _, _, shift in found.activations),
        "homogeneous": names <= {"relu"},
    }


def volume_plot(widths: Sequence[int], layer: int | None = None, *, bound: Exact = 1) -> Plot:
    """Return ln V against the width of one hidden layer, all else fixed, with the largest value.

    V is the effective volume `(2B)^S / prod d_l!`; it rises while the width is below `(2B)^p`,
    `p = d_{l-1} + 1 + d_{l+1}`, and falls to zero from there on. The layer is the widest one unless given.
    """
    dims = _with_hidden(widths)
    at = layer or max(range(1, len(dims) - 1), key=lambda k: dims[k])
    own = dims[at] if 1 <= at < len(dims) - 1 else 1
    first, last = volume_peak_width(dims, at, bound=bound)

    def value(width: int) -> float:
        return _middle(log_effective_volume((*dims[:at], width, *dims[at + 1 :]), bound=bound, bits=_BITS))

    # V falls below its value at width 0 at about e times the peak
    far = last > _LARGEST
    end = max(4 * own if far else 3 * last, 12)
    curve = {width: value(width) for width in sorted({1, own, end, *(1 + k * end // _POINTS for k in range(_POINTS)),
                                                      *(() if far else (first, last))}) if width <= end}
    measured = [line("ln V", tuple(curve), tuple(curve.values()))]
    if own <= end:
        measured.append(series(f"width {own}", [(own, curve[own])]))
    top, axis = max(curve.values()), f"width of hidden layer {at}"
    if far:
        label, axis = "largest drawn", f"{axis} (peak above 10^{len(str(last)) - 1})"
    else:
        label = f"peak at {first}" + (f" and {last}" if last > first else "")
    title = f"Effective volume of {_name(dims)}, B = {_brief(bound)}"
    return Plot(title, axis, "ln V", tuple(measured), line(label, (1, end), (top, top)))


def reduction_plot(widths: Sequence[int], points: Sequence[int] | None = None) -> Plot:
    """Return ln of (number of orbits) / (m^S / prod d_l!) against the grid size m: what is missing of the factorial.

    The quotient is 1 or more: division by the order of the group is a lower bound, nearly attained once m is large
    against d^2. At m = 1 it is prod d_l!, nothing is gained. Bias-ordered points are counted too; where the orbits
    need too many cycle types they stand alone.
    """
    dims = _with_hidden(widths)
    widest = max(dims[1:-1])
    grid = sorted(set(points or [2**k for k in range(max(8, 2 * widest.bit_length() + 5))]))
    order = log_factorial_product(dims, _BITS)

    def missing(count: Enclosure, m: int) -> float:
        raw = log_raw_count(dims, m, _BITS)
        return float(sum(count) / 2 - sum(raw) / 2 + sum(order) / 2)

    def curve(label: str, count: Callable[[int], Enclosure]) -> Series:
        return line(label, tuple(grid), tuple(missing(count(m), m) for m in grid))

    measured = [curve("bias-ordered", lambda m: log_bias_ordered_count(dims, m, _BITS))]
    try:
        measured.append(curve("orbits", lambda m: log_orbit_count(dims, m, bits=_BITS)))
    except TooManyCycleTypes:
        measured[0] = Series("bias-ordered only", measured[0].x, measured[0].y, True)
    square = widest**2
    ordered = missing(log_bias_ordered_count(dims, square, _BITS), square)
    measured.append(series(f"m = {widest}^2", [(square, ordered)]))
    title = f"What permutations take off the grid count of {_name(dims)}"
    ends = (float(min(*grid, square)), float(max(*grid, square)))
    return Plot(title, "grid points m per parameter", "ln (count / (m^S / prod d!))", tuple(measured),
                line("m^S / prod d!", ends, (0.0, 0.0)), log_x=True)


def entropy_plot(
    widths: Sequence[int],
    *,
    eps: Sequence[Exact],
    bound: Exact = 1,
    input_radius: Exact = 1,
    lipschitz: Exact | Sequence[Exact] = 1,
    offsets: Exact | Sequence[Exact] = 0,
    homogeneous: bool | None = None,
) -> Plot:
    """Return bounds on ln N against eps with the slope S that they approach as eps falls.

    With one hidden layer and one output the bound for positively homogeneous activations is drawn too, with its
    slope: S minus the number of hidden units.

    Args:
        widths: `(d_0, ..., d_{L+1})` with at least one hidden layer.
        eps: radii that the figure spans, and a thousandth of the least; positive exact numbers.
        bound, input_radius, lipschitz, offsets: the class, as for the bound table.
        homogeneous: whether the activations are; None where it is not known, which the legend then says.
    """
    dims = _with_hidden(widths)
    given: dict[str, Any] = {"bound": bound, "input_radius": input_radius, "lipschitz": lipschitz, "offsets": offsets}
    radii = _radii([exact(positive(e, "eps"), "eps") for e in eps])
    size, hidden = parameter_count(dims), sum(dims[1:-1])

    def raw(radius: Fraction) -> float:
        delta = single_radius(dims, eps=radius, **given)[0]
        return _middle(log_raw_count(dims, points_per_axis(bound, delta), _BITS))

    def floor(radius: Fraction) -> float:
        return _middle(log_enclosure(points_per_axis(bound, radius), _BITS))

    curves = [_curve("raw m^S", radii, raw),
              _curve("permutations", radii, lambda r: _middle(unconditional_log_bound(dims, eps=r, **given)))]
    relu = None if homogeneous is False else _relu(dims, given)
    if relu is not None:
        curves.append(_curve("ReLU scaling" if homogeneous else "if ReLU", radii, relu))
        curves.append(_slope(f"slope {size - hidden}", curves[-1], size - hidden))
    curves.append(_curve("lower bound", radii, floor))
    title = f"Covering numbers of {_name(dims)}, B = {_brief(bound)}, B_x = {_brief(input_radius)}"
    return Plot(title, "eps", "ln N(eps)", tuple(curves), _slope(f"slope S = {size}", curves[1], size), log_x=True)


def _relu(dims: tuple[int, ...], given: dict[str, Any]) -> Callable[[Fraction], float] | None:
    """Return the bound for positively homogeneous activations, or None where it does not apply."""
    hidden = len(dims) - 2
    if hidden != 1 or dims[-1] != 1 or any(per_layer(given["offsets"], hidden, "offsets", zero=True)):
        return None
    (rho,) = per_layer(given["lipschitz"], hidden, "lipschitz", zero=True)
    arguments = {"bound": given["bound"], "input_radius": given["input_radius"], "lipschitz": rho}
    return lambda radius: _middle(relu_scaling_log_bound(dims, eps=radius, **arguments))


def _radii(given: list[Fraction]) -> tuple[Fraction, ...]:
    """Return radii from the largest given one to a thousandth of the least, each half of the one before."""
    if not given:
        raise InputError(explain("eps", "at least one radius", "none", "Give one like '0.1'."))
    radii = [max(given)]
    while radii[-1] > min(given) / 1000:
        radii.append(radii[-1] / 2)
    return tuple(radii)


def _curve(label: str, radii: tuple[Fraction, ...], value: Callable[[Fraction], float]) -> Series:
    return line(label, tuple(map(float, radii)), tuple(map(value, radii)))


def _slope(label: str, curve: Series, size: int) -> Series:
    """Return the straight line `value + size ln(least eps / eps)` through the curve's point at the least radius."""
    start, end = curve.x[0], curve.x[-1]
    fall = size * _middle(log_enclosure(Fraction(start) / Fraction(end), _BITS))
    return line(label, (start, end), (curve.y[-1] - fall, curve.y[-1]))


def _middle(enclosure: Enclosure) -> float:
    return float((enclosure[0] + enclosure[1]) / 2)


def _brief(value: Exact) -> str:
    """Return a number as it was written if that is short, else as a decimal rounded up."""
    return str(value) if len(str(value)) <= 9 else decimal_above(exact(value, "value"), 4)


def _name(dims: tuple[int, ...]) -> str:
    return "-".join(map(str, dims))


def _with_hidden(widths: Sequence[int]) -> tuple[int, ...]:
    dims = check_widths(widths)
    if len(dims) < 3:
        remedy = "A linear map has no units to permute."
        raise InputError(explain("figures", "at least one hidden layer", f"widths {dims}", remedy))
    return dims
