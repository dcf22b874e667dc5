"""The bound table of the covering family: every cell an instance of a statement, with its hypotheses and side.

The class is that of all networks of the given widths with parameters in [-B, B] on inputs `|x|_inf <= B_x`; N(eps) is
its covering number in the sup norm. Numbers are `ln N(eps)`, as exact enclosures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofs_check.covering.comparators import Given, comparator_rows
from proofs_check.covering.rows import BITS, DERIVED, EVERY_EPS, BoundRow, Enclosure, Hypothesis
from proofs_check.tables import Table, decimal_above, decimal_below, show_enclosure
from theory.covering import (
    check_widths,
    exact,
    log_bias_ordered_count,
    log_factorial_product,
    log_orbit_count,
    log_raw_count,
    parameter_count,
    parameter_modulus,
    points_per_axis,
    quoted_deep_log_bound,
    quoted_deep_radius_limit,
    quoted_shallow_log_bound,
    single_radius,
    unconditional_grid,
)
from theory.covering.architecture import per_layer, positive
from theory.exact.rationals import Exact
from theory.language.errors import InputError, TooManyCycleTypes, explain
from theory.textbook.logarithm import log_enclosure

COLUMNS = ("bound", "eps", "side", "ln N", "vacuous", "hypotheses", "valid for", "source", "remark")
_QUOTED = "as usually quoted, Shen 2023"


@dataclass(frozen=True)
class _Class:
    """The class of networks, with exact constants."""

    widths: tuple[int, ...]
    bound: Fraction
    input_radius: Fraction
    lipschitz: tuple[Fraction, ...]
    offsets: tuple[Fraction, ...]
    odd: bool = False
    homogeneous: bool = False
    saturation: Fraction | None = None
    samples: int | None = None

    @property
    def compared(self) -> Given:
        """What the comparators need."""
        return Given(self.widths, self.bound, self.input_radius, self.lipschitz, self.offsets, self.homogeneous,
                     self.saturation, self.samples, self.largest_output)

    @property
    def quoted(self) -> dict:
        """The arguments of the quoted forms, which know no offsets."""
        return {"bound": self.bound, "input_radius": self.input_radius, "lipschitz": self.lipschitz}

    @property
    def constants(self) -> dict:
        """The arguments of `parameter_modulus`."""
        return {**self.quoted, "offsets": self.offsets}

    @property
    def largest_output(self) -> Fraction:
        """The last `a_l B`: no output of the class exceeds it, so that one ball of this radius covers the class."""
        return parameter_modulus(self.widths, **self.constants)[-1] * self.bound


def bound_rows(
    widths: Sequence[int],
    *,
    eps: Sequence[Exact] | Exact,
    bound: Exact = 1,
    input_radius: Exact = 1,
    lipschitz: Exact | Sequence[Exact] = 1,
    offsets: Exact | Sequence[Exact] = 0,
) -> Table:
    """Return the bound table of a fully connected architecture.

    Args:
        widths: `(d_0, ..., d_{L+1})`.
        eps: one radius or several, positive exact numbers.
        bound, input_radius: B > 0 and B_x >= 0.
        lipschitz: Lipschitz constants of the activations, one or one per hidden layer.
        offsets: bounds on `|sigma_l(0)|`, one or one per hidden layer.

    Returns:
        A Table whose `records` are `BoundRow`s with exact enclosures.

    Raises:
        ExactnessError: a float was given. InputError: a number is out of range.
    """
    records = bound_records(widths, eps=eps, bound=bound, input_radius=input_radius, lipschitz=lipschitz,
                            offsets=offsets)
    dims = "-".join(map(str, check_widths(widths)))
    title = f"Covering numbers of {dims}, B = {exact(bound, 'bound')}, B_x = {exact(input_radius, 'input_radius')}"
    return Table(title, COLUMNS, tuple(map(shown, records)), notes(records), records)


def bound_records(
    widths: Sequence[int],
    *,
    eps: Sequence[Exact] | Exact,
    bound: Exact = 1,
    input_radius: Exact = 1,
    lipschitz: Exact | Sequence[Exact] = 1,
    offsets: Exact | Sequence[Exact] = 0,
    odd: bool = False,
    homogeneous: bool = False,
    saturation: Fraction | None = None,
    samples: int | None = None,
) -> tuple[BoundRow, ...]:
    """Return the rows of `bound_rows` as data.

    `odd`, `homogeneous` and bounded activations (|sigma| <= saturation), and a sample of inputs, allow further rows.
    """
    dims = check_widths(widths)
    radii = tuple(exact(positive(e, "eps"), "eps") for e in (eps if isinstance(eps, (list, tuple)) else (eps,)))
    if not radii:
        raise InputError(explain("eps", "at least one radius", "none", "Give one like '0.1'."))
    hidden = len(dims) - 2
    given = _Class(
        dims,
        exact(positive(bound, "bound"), "bound"),
        exact(input_radius, "input_radius"),
        tuple(exact(value, "lipschitz") for value in per_layer(lipschitz, hidden, "lipschitz", zero=True)),
        tuple(exact(value, "offsets") for value in per_layer(offsets, hidden, "offsets", zero=True)),
        odd,
        homogeneous,
        saturation,
        samples,
    )
    return (*(row for radius in radii for row in _rows_at(given, radius)), *_counts(given))


def _rows_at(given: _Class, eps: Fraction) -> tuple[BoundRow, ...]:
    floor = _floor(given, eps)
    grid = _grid_rows(given, eps)
    rows = (*grid, *_signed(given, eps), _quoted_shallow(given, eps), _quoted_deep(given, eps),
            _unconditional(given, eps), *comparator_rows(given.compared, eps))
    return (*(_marked(row, given, grid[0], floor) for row in rows), floor)


def _lipschitz_given(given: _Class) -> tuple[Hypothesis, ...]:
    rho = ", ".join(map(str, sorted(set(given.lipschitz)))) or "none"
    shift = ", ".join(map(str, sorted(set(given.offsets)))) or "none"
    return (
        Hypothesis("|sigma_l(u) - sigma_l(v)| <= rho_l |u - v|", f"rho = {rho}", True, given=True),
        Hypothesis("|sigma_l(0)| <= s_l", f"s = {shift}", True, given=True),
    )


def _grid_rows(given: _Class, eps: Fraction) -> tuple[BoundRow, ...]:
    """Return raw, bias-ordered and orbit counts of the grid with one radius for all parameters."""
    delta = single_radius(given.widths, eps=eps, **given.constants)[0]
    m = points_per_axis(given.bound, delta)
    hypotheses, layers = _lipschitz_given(given), f"m = {m} points per parameter"
    raw = log_raw_count(given.widths, m, BITS)
    ordered = log_bias_ordered_count(given.widths, m, BITS)
    try:
        name, orbits, remark = "orbits", log_orbit_count(given.widths, m, bits=BITS), layers
    except TooManyCycleTypes:
        name, orbits = "orbits (as bias-ordered)", ordered
        remark = f"{layers}; too many cycle types for the exact count"

    def row(name: str, log: Enclosure, text: str) -> BoundRow:
        return BoundRow(name, eps, "upper", log, hypotheses, EVERY_EPS, DERIVED, text)

    return row("raw m^S", raw, layers), row("bias-ordered", ordered, layers), row(name, orbits, remark)


def _signed(given: _Class, eps: Fraction) -> tuple[BoundRow, ...]:
    """Return the orbit count with sign flips, for odd activations; exact for one hidden layer only."""
    name = "orbits with signs"
    needed = (Hypothesis("odd activations", "tanh or the like" if given.odd else "not known to be odd", given.odd),
              Hypothesis("one hidden layer", f"L = {len(given.widths) - 2}", len(given.widths) == 3))
    if not given.odd:
        return ()
    if not all(h.met for h in needed):
        return (_not_applicable(name, eps, needed),)
    m = points_per_axis(given.bound, single_radius(given.widths, eps=eps, **given.constants)[0])
    log = log_orbit_count(given.widths, m, signs=True, bits=BITS)
    return (BoundRow(name, eps, "upper", log, (*needed, *_lipschitz_given(given)), EVERY_EPS, DERIVED,
                     f"m = {m} points per parameter"),)


def _unconditional(given: _Class, eps: Fraction) -> BoundRow:
    grid = unconditional_grid(given.widths, eps=eps, **given.constants)
    remark = f"{grid.count} of a grid with {', '.join(map(str, grid.points))} points, layer by layer"
    return BoundRow("unconditional", eps, "upper", grid.log, _lipschitz_given(given), EVERY_EPS, DERIVED, remark)


def _quoted_shallow(given: _Class, eps: Fraction) -> BoundRow:
    name, dims = "quoted shallow", given.widths
    needed = (
        Hypothesis("one hidden layer", f"L = {len(dims) - 2}", len(dims) == 3),
        Hypothesis("one output", f"d = {dims[-1]}", dims[-1] == 1),
        *_positive_lipschitz(given),
    )
    if not all(hypothesis.met for hypothesis in needed):
        return _not_applicable(name, eps, needed)
    log = quoted_shallow_log_bound(dims, eps=eps, **{**given.quoted, "lipschitz": given.lipschitz[0]})
    hypotheses, remark = (*needed, _vanishing(given)), "no guarded version is proved here"
    return BoundRow(name, eps, "estimate", log, hypotheses, "unknown", _QUOTED, remark)


def _not_applicable(name: str, eps: Fraction, needed: tuple[Hypothesis, ...]) -> BoundRow:
    failing = "; ".join(f"{hypothesis.text}, found {hypothesis.value}" for hypothesis in needed if not hypothesis.met)
    return BoundRow(name, eps, "not applicable", None, needed, "", _QUOTED, f"needs: {failing}")


def _quoted_deep(given: _Class, eps: Fraction) -> BoundRow:
    name, dims = "quoted deep", given.widths
    needed = (Hypothesis("a hidden layer", f"L = {len(dims) - 2}", len(dims) > 2), *_positive_lipschitz(given))
    if not all(hypothesis.met for hypothesis in needed):
        return _not_applicable(name, eps, needed)
    limit = quoted_deep_radius_limit(dims, **given.quoted)
    gain = min(given.bound * rho * d for rho, d in zip(given.lipschitz, dims[1:-1]))
    guards = (
        Hypothesis("eps <= eps_0", f"{_brief(eps)} <= {_brief(limit, below=True)}", eps <= limit),
        Hypothesis("B >= 1/8", f"B = {given.bound}", given.bound >= Fraction(1, 8)),
        Hypothesis("B rho_l d_l >= 1 for all l", f"least {gain}", gain >= 1),
        _vanishing(given),
    )
    proved = all(guard.met for guard in guards)
    failing = "; ".join(guard.text for guard in guards if not guard.met)
    log = quoted_deep_log_bound(dims, eps=eps, **given.quoted)
    return BoundRow(
        name,
        eps,
        "upper" if proved else "estimate",
        log,
        guards,
        f"eps <= {_brief(limit, below=True)} if the other guards hold",
        _QUOTED + (", guards added here" if proved else ""),
        "all guards hold" if proved else f"no bound is proved: {failing} fails",
    )


def _vanishing(given: _Class) -> Hypothesis:
    largest = max(given.offsets, default=Fraction(0))
    return Hypothesis("sigma_l(0) = 0", f"s <= {largest}", largest == 0, given=True)


def _positive_lipschitz(given: _Class) -> tuple[Hypothesis, ...]:
    least = min(given.lipschitz, default=Fraction(1))
    return (Hypothesis("rho_l > 0", f"least {least}", least > 0),)


def _floor(given: _Class, eps: Fraction) -> BoundRow:
    """Return the universal lower bound: the output bias makes all constants in [-B, B] members of the class."""
    number = points_per_axis(given.bound, eps)
    return BoundRow(
        "universal floor", eps, "lower", log_enclosure(number, BITS), (), EVERY_EPS, DERIVED,
        f"the constants in [-B, B] need {number} balls", vacuous=number == 1,
    )


def _marked(row: BoundRow, given: _Class, raw: BoundRow, floor: BoundRow) -> BoundRow:
    """Mark an upper bound above the trivial one, and a quoted value that contradicts the floor or loses to raw."""
    if row.log is None or row.eps is None:
        return row
    remarks = [row.remark]
    if row.log[1] < floor.log[0]:  # type: ignore[index]
        remarks.append("below the universal floor, so it is no upper bound")
    elif row.name.startswith("quoted") and row.log[0] > raw.log[1]:  # type: ignore[index]
        remarks.append("weaker than the raw count")
    # beyond the largest output one ball suffices, and everything above ln 1 = 0 says nothing
    vacuous = row.eps >= given.largest_output and row.log[1] > 0
    return BoundRow(
        row.name, row.eps, row.side, row.log, row.hypotheses, row.valid, row.source, "; ".join(remarks), vacuous
    )


def _counts(given: _Class) -> tuple[BoundRow, ...]:
    size = Fraction(parameter_count(given.widths))
    log = log_factorial_product(given.widths, BITS)
    return (
        BoundRow("parameters S", None, "exact", (size, size), (), "", DERIVED, "a number of parameters, no logarithm"),
        BoundRow("ln prod d_l!", None, "exact", log, (), "", DERIVED, "the most that permutations can take off ln N"),
    )


def _brief(value: Fraction, below: bool = False) -> str:
    """Return a decimal of the value, rounded up or down; integers and short fractions stay as they are."""
    if value.denominator == 1 or len(str(value)) <= 9:
        return str(value)
    return decimal_below(value, 4) if below else decimal_above(value, 4)


def shown(row: BoundRow) -> tuple[str, ...]:
    """Return a row as the texts of its cells."""
    if row.log is None:
        value = ""
    else:
        value = str(row.log[0]) if row.name == "parameters S" else show_enclosure(row.log)
    hypotheses = "; ".join(map(str, row.hypotheses))
    eps = "" if row.eps is None else str(row.eps)
    mark = "vacuous" if row.vacuous else ""
    return (row.name, eps, row.side, value, mark, hypotheses, row.valid, row.source, row.remark)


def notes(records: tuple[BoundRow, ...]) -> tuple[str, ...]:
    """Return what has to be said below a table with these rows."""
    found = [
        "ln N: natural logarithm of the covering number in the sup norm, of the real functions of all parameters in "
        "[-B, B]; enclosures are exact and shown rounded outwards.",
        "estimate: a formula as quoted whose hypotheses are not all met or not proved; it bounds nothing.",
    ]
    if any(row.vacuous for row in records):
        found.append("vacuous: an upper bound above 0 where one ball suffices, or a lower bound of 0.")
    if any("too many cycle types" in row.remark for row in records):
        found.append("The exact orbit count needs more cycle types than the limit; the bias-ordered count is used.")
    return tuple(found)
