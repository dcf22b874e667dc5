"""How many kinks data on a line need: piercing numbers of second differences, and an interpolant close to them.

For a net with one hidden ReLU layer and one output, the second difference at a middle point is
`sum_j v_j |a_j| hat(kink of j)` with a hat that is positive on the open interval between the two neighbours and 0
elsewhere. So every interval with positive second difference holds a kink of a unit with v > 0, and disjoint intervals
need different units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from theory.etr_training.rationals import Number, rational
from theory.language.errors import InputError, explain


@dataclass(frozen=True)
class Line:
    """Data on a line without repetitions, sorted; `order[k]` is the index in the data of the k-th point."""

    order: tuple[int, ...]
    xs: tuple[Fraction, ...]
    ys: tuple[Fraction, ...]

    @property
    def second_differences(self) -> tuple[Fraction, ...]:
        """Changes of slope at the inner points 1..m-2, in order."""
        slopes = [(v - y) / (u - x) for x, u, y, v in zip(self.xs, self.xs[1:], self.ys, self.ys[1:])]
        return tuple(right - left for left, right in zip(slopes, slopes[1:]))


@dataclass(frozen=True)
class Piercing:
    """Positions k of the line whose open intervals (x_{k-1}, x_{k+1}) are disjoint and bend upwards, and downwards.

    No net with fewer than `len(positive) + len(negative)` hidden ReLU units fits the data, and no smaller number of
    points pierces all intervals of either sign.
    """

    line: Line
    positive: tuple[int, ...]
    negative: tuple[int, ...]

    @property
    def numbers(self) -> tuple[int, int]:
        """The pair of piercing numbers."""
        return len(self.positive), len(self.negative)


def conflict(xs: Sequence[Number], ys: Sequence[Number]) -> tuple[int, int] | None:
    """Return the indices of two points with equal x and different y, which no function fits; None if there are none.

    >>> conflict([0, 1, 0], [1, 1, 2])
    (0, 2)
    """
    seen: dict[Fraction, int] = {}
    points = _data(xs, ys)
    for index, (x, y) in enumerate(points):
        first = seen.setdefault(x, index)
        if points[first][1] != y:
            return first, index
    return None


def merged_line(xs: Sequence[Number], ys: Sequence[Number]) -> Line:
    """Return the data sorted, equal points merged; InputError if equal x have different y."""
    clash = conflict(xs, ys)
    if clash is not None:
        raise InputError(explain(f"points {clash[0]} and {clash[1]}", "one label for each point",
                                 f"two labels at x = {rational(xs[clash[0]], 'xs')}", "No function fits both."))
    points = _data(xs, ys)
    first: dict[Fraction, int] = {}
    for index, (x, _) in enumerate(points):
        first.setdefault(x, index)
    order = tuple(first[x] for x in sorted(first))
    return Line(order, tuple(points[k][0] for k in order), tuple(points[k][1] for k in order))


def piercing(xs: Sequence[Number], ys: Sequence[Number]) -> Piercing:
    """Return largest families of disjoint intervals of each sign, from left to right.

    Two intervals (x_{k-1}, x_{k+1}) and (x_{l-1}, x_{l+1}), k < l, are disjoint exactly if l >= k + 2.
    """
    line = merged_line(xs, ys)
    chosen: dict[bool, list[int]] = {True: [], False: []}
    for k, bend in enumerate(line.second_differences, 1):
        family = chosen[bend > 0]
        if bend and (not family or k >= family[-1] + 2):
            family.append(k)
    return Piercing(line, tuple(chosen[True]), tuple(chosen[False]))


def piercing_numbers(xs: Sequence[Number], ys: Sequence[Number]) -> tuple[int, int]:
    """Return (pi_plus, pi_minus): the least numbers of points that pierce all intervals that bend up, and down.

    A net with one hidden ReLU layer that fits the data has at least pi_plus units with positive output weight and at
    least pi_minus with negative output weight. The points need not be sorted; equal points are merged.

    Raises InputError if equal points have different labels.

    >>> piercing_numbers([-2, -1, 0, 1, 2], [2, 1, 0, 1, 2])
    (1, 0)
    """
    return piercing(xs, ys).numbers


@dataclass(frozen=True)
class Interpolant:
    """The function `sum_j v_j max(a_j x + b_j, 0) + bias`; `units` holds (v_j, a_j, b_j)."""

    units: tuple[tuple[Fraction, Fraction, Fraction], ...]
    bias: Fraction = Fraction(0)

    @property
    def width(self) -> int:
        """The number of hidden units."""
        return len(self.units)

    def __call__(self, x: Number) -> Fraction:
        """Return the exact value at x."""
        at, zero = rational(x, "x"), Fraction(0)
        return sum((v * max(a * at + b, zero) for v, a, b in self.units), self.bias)

    def weights(self, width: int | None = None) -> dict[str, Fraction]:
        """Return the weights for `TrainingInstance.one_hidden_layer` of one input, with zero units up to `width`.

        The bias `y1` is among them exactly if it is not 0; a net with `output_bias=True` needs it in any case.
        """
        width = self.width if width is None else width
        if width < self.width:
            raise InputError(explain("width", f"at least {self.width}", width, "Ask for more hidden units."))
        zero = Fraction(0)
        units = self.units + ((zero, zero, zero),) * (width - self.width)
        out = {"y1": self.bias} if self.bias else {}
        for j, (v, a, b) in enumerate(units, 1):
            out |= {f"h{j}": b, f"x1->h{j}": a, f"h{j}->y1": v}
        return out


def interpolant(xs: Sequence[Number], ys: Sequence[Number], *, output_bias: bool = False) -> Interpolant:
    """Return an exact fit with at most pi_plus + pi_minus + 2 hidden units, + 1 with an output bias.

    Walk along the data line by line. A run of an odd number of bends of equal sign starts with a kink at its first
    point; each further pair of bends at x_i, x_{i+1} takes one kink strictly between them, where the line through
    x_{i-1}, x_i meets the line through x_{i+1}, x_{i+2}. What is left is affine, which two units give on the data (or
    one, if it does not change its sign there, or together with an output bias).
    """
    line = merged_line(xs, ys)
    slope = (line.ys[1] - line.ys[0]) / (line.xs[1] - line.xs[0]) if len(line.xs) > 1 else Fraction(0)
    constant = line.ys[0] - slope * line.xs[0]
    units = tuple((change, Fraction(1), -kink) for kink, change in _kinks(line))
    rest, bias = _affine(slope, constant, line, output_bias)
    return Interpolant(units + rest, bias)


def _kinks(line: Line) -> list[tuple[Fraction, Fraction]]:
    """(place, change of slope) of all kinks."""
    bends = (Fraction(0), *line.second_differences)
    out, k = [], 1
    while k < len(bends):
        end = k
        while end + 1 < len(bends) and bends[end + 1] * bends[k] > 0:
            end += 1
        if (end - k + 1) % 2:
            if bends[k]:
                out.append((line.xs[k], bends[k]))
            k += 1
        for i in range(k, end, 2):
            # The lines differ by bends[i] (x - x_i) + bends[i+1] (x - x_{i+1}): zero at a mean of x_i and x_{i+1}.
            change = bends[i] + bends[i + 1]
            out.append(((bends[i] * line.xs[i] + bends[i + 1] * line.xs[i + 1]) / change, change))
        k = end + 1
    return out


def _affine(slope: Fraction, constant: Fraction, line: Line,
            output_bias: bool) -> tuple[tuple[tuple[Fraction, Fraction, Fraction], ...], Fraction]:
    """Units and an output bias that give `slope * x + constant` on the data."""
    zero, one = Fraction(0), Fraction(1)
    if not slope and (output_bias or not constant):
        return (), constant
    values = [slope * x + constant for x in line.xs]
    if min(values) >= 0:
        return ((one, slope, constant),), zero
    if max(values) <= 0:
        return ((-one, -slope, -constant),), zero
    lift = -min(values)
    if output_bias:
        return ((one, slope, constant + lift),), -lift
    return ((one, slope, constant + lift), (-one, zero, lift)), zero


def _data(xs: Sequence[Number], ys: Sequence[Number]) -> list[tuple[Fraction, Fraction]]:
    if len(xs) != len(ys) or not len(xs):
        raise InputError(explain("ys", f"{len(xs) or 'at least one'} labels, one for each point", len(ys),
                                 "Give both lists with equal length."))
    return [(rational(x, f"xs[{k}]"), rational(y, f"ys[{k}]")) for k, (x, y) in enumerate(zip(xs, ys))]
