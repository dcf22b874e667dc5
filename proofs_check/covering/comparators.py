"""Rows of the bound table that come from the literature or need a special activation, each with its own metric.

A bound of the literature is shown as an upper bound only where `covering.prior_bounds` proves it under hypotheses that
are met; elsewhere it is an estimate, as recalled, or not applicable with the hypothesis that fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from proofs_check.covering.rows import EVERY_EPS, BoundRow, Enclosure, Hypothesis
from theory.covering import relu_scaling_log_bound
from theory.covering.prior_bounds import (
    PRIOR_BOUNDS,
    anthony_bartlett_log_bound,
    pseudo_dimension_bound,
    pseudo_dimension_log_bound,
    schmidt_hieber_log_bound,
    spectral_log_bound,
    suzuki_log_bound,
)

RECORDS = {bound.name: bound for bound in PRIOR_BOUNDS}
SPECIAL = {"relu_scaling_log_bound": "ReLU scaling", "schmidt_hieber_log_bound": "Schmidt-Hieber",
           "suzuki_log_bound": "Suzuki", "spectral_log_bound": "Bartlett-Foster-Telgarsky",
           "anthony_bartlett_log_bound": "Anthony-Bartlett", "pseudo_dimension_log_bound": "pseudo-dimension"}
"""Names of the rows."""


@dataclass(frozen=True)
class Given:
    """A fully connected class with what is known about its activations and a sample of inputs.

    `saturation` bounds |sigma| (None if unknown); `samples` is the number of inputs given (None for an architecture).
    """

    widths: tuple[int, ...]
    bound: Fraction
    input_radius: Fraction
    lipschitz: tuple[Fraction, ...]
    offsets: tuple[Fraction, ...]
    homogeneous: bool = False
    saturation: Fraction | None = None
    samples: int | None = None
    largest_output: Fraction = Fraction(0)


def comparator_rows(given: Given, eps: Fraction) -> tuple[BoundRow, ...]:
    """Return the rows for one radius; those that need a sample only where one is given."""
    rows = [_relu_scaling(given, eps)] if given.homogeneous else []
    rows += [_schmidt_hieber(given, eps), _suzuki(given, eps)]
    if given.samples is not None:
        rows += [_spectral(given, eps), _anthony_bartlett(given, eps), _pseudo_dimension(given, eps)]
    return tuple(rows)


def _row(name: str, eps: Fraction, needed: tuple[Hypothesis, ...], value: Callable[[], Enclosure], proved: bool,
         remark: str = "") -> BoundRow:
    """The row of one bound: its value where all hypotheses are met."""
    title, record = SPECIAL[name], RECORDS.get(name)
    source = f"{record.source} [{record.mark}]" if record else "derived here"
    metric = f"metric: {record.metric}" if record else ""
    if not all(h.met for h in needed):
        failing = "; ".join(f"{h.text}, found {h.value}" for h in needed if not h.met)
        return BoundRow(title, eps, "not applicable", None, needed, "", source, f"needs: {failing}")
    words = "; ".join(part for part in (metric, remark) if part)
    return BoundRow(title, eps, "upper" if proved else "estimate", value(), needed, EVERY_EPS, source, words)


def _shallow(given: Given) -> tuple[Hypothesis, ...]:
    return (Hypothesis("one hidden layer", f"L = {len(given.widths) - 2}", len(given.widths) == 3),
            Hypothesis("one output", f"d = {given.widths[-1]}", given.widths[-1] == 1))


def _relu_scaling(given: Given, eps: Fraction) -> BoundRow:
    needed = (Hypothesis("positively homogeneous activations", "ReLU", True), *_shallow(given))
    return _row("relu_scaling_log_bound", eps, needed, lambda: relu_scaling_log_bound(
        given.widths, eps=eps, bound=given.bound, input_radius=given.input_radius, lipschitz=given.lipschitz[0]),
        proved=True, remark="the exponent is S less the number of hidden units")


def _unit_box(given: Given) -> tuple[Hypothesis, ...]:
    rate, shift = max(given.lipschitz, default=Fraction(1)), max(given.offsets, default=Fraction(0))
    return (
        Hypothesis("all parameters in [-1, 1]", f"B = {_short(given.bound)}", given.bound <= 1),
        Hypothesis("inputs in [-1, 1]", f"B_x = {_short(given.input_radius)}", given.input_radius <= 1),
        Hypothesis("activations 1-Lipschitz and 0 at 0", f"rho = {rate}, |sigma(0)| <= {_short(shift)}",
                   rate <= 1 and shift == 0),
    )


def _guard(given: Given, eps: Fraction) -> bool:
    """eps <= (L+1) prod_(j <= L) (d_j + 1), under which covering.prior_bounds proves both comparators."""
    return eps <= (len(given.widths) - 1)*prod(d + 1 for d in given.widths[:-1])


def _schmidt_hieber(given: Given, eps: Fraction) -> BoundRow:
    return _row("schmidt_hieber_log_bound", eps, _unit_box(given),
                lambda: schmidt_hieber_log_bound(given.widths, eps=eps), proved=_guard(given, eps),
                remark="proved by covering.prior_bounds" if _guard(given, eps) else "eps beyond the guard")


def _suzuki(given: Given, eps: Fraction) -> BoundRow:
    box = _unit_box(given)
    proved = all(h.met for h in box) and _guard(given, eps)
    return _row("suzuki_log_bound", eps, box[1:], lambda: suzuki_log_bound(given.widths, eps=eps, bound=given.bound),
                proved=proved, remark="proved by covering.prior_bounds" if proved else "as recalled")


def _spectral(given: Given, eps: Fraction) -> BoundRow:
    needed = (Hypothesis("no biases", f"{sum(given.widths[1:])} biases in [-B, B]", False),)
    return _row("spectral_log_bound", eps, needed, lambda: spectral_log_bound(
        given.widths, eps=eps, data_norm=1, spectral=1, deviation=1), proved=False)


def _anthony_bartlett(given: Given, eps: Fraction) -> BoundRow:
    incoming, rate = given.bound*(max(given.widths[:-1]) + 1), max(given.lipschitz, default=Fraction(1))
    needed = (
        Hypothesis("bounded activations", "|sigma| <= b unknown" if given.saturation is None
                   else f"|sigma| <= {given.saturation}", given.saturation is not None),
        Hypothesis("V > 1/rho", f"rho V = {_short(incoming*rate)}", incoming*rate > 1),
    )
    return _row("anthony_bartlett_log_bound", eps, needed, lambda: anthony_bartlett_log_bound(
        given.widths, eps=eps, samples=given.samples or 1, activation_bound=given.saturation or 1, incoming=incoming,
        lipschitz=rate), proved=False, remark=f"n = {given.samples} points, V = B (d + 1)")


def _pseudo_dimension(given: Given, eps: Fraction) -> BoundRow:
    upper = int(pseudo_dimension_bound(given.widths)[1]) + 1 if given.homogeneous else 0
    samples = given.samples or 0
    needed = (
        Hypothesis("piecewise linear activations", "ReLU" if given.homogeneous else "not", given.homogeneous),
        Hypothesis("one output", f"d = {given.widths[-1]}", given.widths[-1] == 1),
        Hypothesis("n >= pseudo-dimension", f"n = {samples}, pseudo-dimension <= {upper or 'unknown'}",
                   given.homogeneous and samples >= upper),
    )
    return _row("pseudo_dimension_log_bound", eps, needed, lambda: pseudo_dimension_log_bound(
        upper, eps=eps, samples=samples, value_range=2*given.largest_output), proved=False)


def _short(value: Fraction) -> str:
    text = str(value)
    return text if len(text) <= 12 else f"about {float(value):.4g}"
