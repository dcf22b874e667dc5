"""Logs of the bounds: the known table, the failures of the quoted forms, and the unconditional bound."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import pytest

from theory.covering import (
    balanced_radii,
    log_bias_ordered_count,
    log_factorial_product,
    log_orbit_count,
    log_raw_count,
    parameter_modulus,
    points_per_axis,
    quoted_deep_base,
    quoted_deep_log_bound,
    quoted_deep_radius_limit,
    quoted_shallow_log_bound,
    single_radius,
    unconditional_grid,
    unconditional_log_bound,
)
from theory.language.errors import ExactnessError, InputError, TooManyCycleTypes

UNIT = {"bound": 1, "input_radius": 1, "lipschitz": 1}
NARROW = Fraction(1, 2**40)

TABLE = [
    ((2, 8, 1), "204.42", "193.81", "316.99", "10.60"),
    ((10, 100, 1), "12009.10", "11645.36", "16525.17", "363.74"),
    ((10, 1000, 1), "147629.4", "141717.3", "190483.7", "5912.1"),
    ((64, 32, 10), "25632.99", "25551.43", "35536.40", "81.56"),
    ((10, 50, 50, 50, 1), "101615.9", "101170.5", "132232.3", "445.4"),
    ((784, 300, 100, 10), "5432401.8", "5430623.2", "6723882.3", "1778.6"),
]


def agrees(enclosure, figure):
    """Whether a narrow enclosure rounds to the printed figure, up to one unit in its last place."""
    unit = Fraction(1, 10 ** len(figure.partition(".")[2]))
    return enclosure[1] - enclosure[0] < NARROW and abs(enclosure[0] - Fraction(figure)) <= unit


@pytest.mark.parametrize(("widths", "raw", "orbits", "quoted", "factorials"), TABLE)
def test_the_table_of_logs(widths, raw, orbits, quoted, factorials):
    """At eps = 0.1 with unit constants and one radius the logs are the known figures."""
    delta = single_radius(widths, eps="0.1", **UNIT)[0]
    m = points_per_axis(1, delta)
    try:
        counted = log_orbit_count(widths, m)
    except TooManyCycleTypes:
        counted = log_bias_ordered_count(widths, m)
    assert agrees(log_raw_count(widths, m), raw)
    assert agrees(counted, orbits)
    assert agrees(quoted_deep_log_bound(widths, eps="0.1", **UNIT), quoted)
    assert agrees(log_factorial_product(widths), factorials)


def test_bias_ordered_is_slightly_worse():
    """For (10, 1000, 1) the bias-ordered log is 141719.58 where multisets give 141717.31."""
    m = points_per_axis(1, single_radius((10, 1000, 1), eps="0.1", **UNIT)[0])
    assert agrees(log_bias_ordered_count((10, 1000, 1), m), "141719.58")
    assert agrees(log_orbit_count((10, 1000, 1), m), "141717.31")


def test_the_shallow_form():
    """The shallow form gives 259.81 for (2, 8, 1)."""
    assert agrees(quoted_shallow_log_bound((2, 8, 1), eps="0.1", **UNIT), "259.81")


@pytest.mark.parametrize(("eps", "figure"), [("1", "28.42"), ("0.5", "33.27"), ("0.25", "38.12"), ("0.15", "41.70")])
def test_the_shallow_form_on_the_tiny_net(eps, figure):
    """The shallow form on (1, 2, 1) follows the known row."""
    assert agrees(quoted_shallow_log_bound((1, 2, 1), eps=eps, **UNIT), figure)


def test_shallow_form_fails_for_a_small_lipschitz_constant():
    """With rho = 1e-4 the quoted value is 64^4 * 1e-8 < 1, although the class holds constants 2 apart."""
    lower, upper = quoted_shallow_log_bound((1, 1, 1), eps="0.5", bound=1, input_radius=1, lipschitz="1e-4")
    exact = Fraction(64**4, 10**8)
    # 2(y - 1)/(y + 1) <= ln y fails for y < 1, where ln y <= 2(y - 1)/(y + 1)
    assert upper < 0 and lower <= 2 * (exact - 1) / (exact + 1)
    assert agrees((lower, upper), "-1.78")


def test_shallow_form_fails_for_wide_coarse_classes():
    """At eps = 0.999 sup|f| the quoted log is -867.07 for 12000 units, and crosses ln 2 between 11162 and 11163."""
    figures = {12000: "-867.07", 11163: "0.2451", 11162: "1.2446"}
    for d, figure in figures.items():
        eps = Fraction(999, 1000) * (2 * d + 1)
        assert agrees(quoted_shallow_log_bound((1, d, 1), eps=eps, **UNIT), figure)


def test_deep_form_fails_for_small_weights():
    """With B = 0.1 and ten hidden layers of two units the quoted log is -272.51."""
    found = quoted_deep_log_bound((2,) * 11 + (1,), eps="0.05", bound="0.1", input_radius=1, lipschitz=1)
    assert agrees(found, "-272.51")


def test_the_tight_corner_of_the_guards():
    """At widths 1, B = 1/8, B_x = 0, rho = 8 and eps = eps_0 the base is 2 and the guard is met with equality."""
    limit = quoted_deep_radius_limit((1, 1, 1), bound="1/8", input_radius=0, lipschitz=8)
    base = quoted_deep_base((1, 1, 1), eps=limit, bound="1/8", input_radius=0, lipschitz=8)
    assert base == 2 and limit == 4 * Fraction(1, 64) * 8


@pytest.mark.parametrize("widths", [(1, 2, 1), (2, 8, 1), (3, 4, 4, 1), (1, 1, 1)])
@pytest.mark.parametrize("eps", ["0.01", "0.5", "3"])
def test_unconditional_is_below_the_guarded_form(widths, eps):
    """Wherever the guards hold, the unconditional bound is at most the quoted deep form, and at least 0."""
    lower, upper = unconditional_log_bound(widths, eps=eps, **UNIT)
    assert upper - lower < NARROW and lower >= -NARROW
    if Fraction(eps) <= quoted_deep_radius_limit(widths, **UNIT):
        assert upper < quoted_deep_log_bound(widths, eps=eps, **UNIT)[0]


@pytest.mark.parametrize("widths", [(2, 8, 1), (10, 100, 1), (2, 4, 4, 1)])
def test_unconditional_is_at_most_the_single_radius_bound(widths):
    """Balancing the radii never costs: the bound is at most the orbit count of one radius."""
    m = points_per_axis(1, single_radius(widths, eps="0.1", **UNIT)[0])
    assert unconditional_log_bound(widths, eps="0.1", **UNIT)[0] <= log_orbit_count(widths, m)[1]


@pytest.mark.parametrize("radii", [single_radius, balanced_radii])
def test_radii_spend_exactly_eps(radii):
    """Both choices of radii satisfy sum kappa_l delta_l = eps."""
    constants = {"bound": (1, 2, 3), "input_radius": "0.5", "lipschitz": (2, "0.7"), "offsets": (0, 1)}
    kappa = parameter_modulus((2, 3, 5, 1), **constants)
    assert sum(k * r for k, r in zip(kappa, radii((2, 3, 5, 1), eps="0.1", **constants))) == Fraction(1, 10)


def test_balanced_radii_skip_dead_layers():
    """Layers behind a constant activation need one grid point only."""
    grid = unconditional_grid((1, 2, 2, 1), eps="0.1", bound=2, input_radius=1, lipschitz=(1, 0))
    assert grid.points[:2] == (1, 1) and grid.points[2] == 20


def test_wide_deep_nets_fall_back_to_bias_ordered():
    """Where cycle types are too many the grid says that it counted bias-ordered points."""
    grid = unconditional_grid((10, 50, 50, 50, 1), eps="0.1", **UNIT)
    assert grid.count == "bias-ordered" and grid.log[1] < Fraction("101170.5")


def test_a_large_radius_needs_one_point():
    """At eps beyond the diameter one net covers the class: the log is zero."""
    assert unconditional_log_bound((1, 2, 1), eps=100, **UNIT)[0] == 0


def test_tiny_relu_net_row():
    """The orbit count of (1, 2, 1) at one radius has ln 14.69 at eps = 1 and 79.16 at eps = 1e-4."""
    for eps, figure in (("1", "14.69"), ("0.1", "30.81"), ("0.01", "46.92"), ("0.0001", "79.16")):
        m = points_per_axis(1, single_radius((1, 2, 1), eps=eps, **UNIT)[0])
        assert agrees(log_orbit_count((1, 2, 1), m), figure)


def test_inputs_are_checked():
    """Floats, non-positive radii, several outputs in the shallow form and linear maps in the deep form are refused."""
    with pytest.raises(ExactnessError, match="eps"):
        unconditional_log_bound((1, 2, 1), eps=0.1, **UNIT)
    for call in (
        lambda: unconditional_log_bound((1, 2, 1), eps=0, **UNIT),
        lambda: unconditional_log_bound((1, 2, 1), eps="-0.1", **UNIT),
        lambda: quoted_shallow_log_bound((1, 2, 3), eps=1, **UNIT),
        lambda: quoted_shallow_log_bound((1, 2, 2, 1), eps=1, **UNIT),
        lambda: quoted_deep_log_bound((1, 2), eps=1, **UNIT),
        lambda: quoted_deep_log_bound((1, 2, 1), eps=1, **(UNIT | {"lipschitz": 0})),
    ):
        with pytest.raises(InputError):
            call()


def test_huge_exponents_are_never_formed():
    """A net with 10^12 parameters is answered at once, and the log scales with their number."""
    widths = (10**6, 10**6, 1)
    lower, upper = quoted_deep_log_bound(widths, eps="0.1", **UNIT)
    assert upper - lower < NARROW and lower > 10 ** 12 and prod(widths) == 10**12
