"""Formulas of prior covering bounds against the known table, second computations, and what is proved about them."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product
from math import ceil, prod

import pytest
from flint import arb, ctx, fmpq

import theory.covering as covering
from theory.covering import (
    PRIOR_BOUNDS,
    anthony_bartlett_log_bound,
    log_raw_count,
    parameter_count,
    parameter_modulus,
    pseudo_dimension_bound,
    pseudo_dimension_log_bound,
    schmidt_hieber_log_bound,
    single_radius,
    spectral_log_bound,
    suzuki_log_bound,
    unconditional_log_bound,
    universal_floor,
    universal_floor_log,
)
from theory.language.claims import Side
from theory.language.errors import ExactnessError, InputError
from theory.textbook.logarithm import log_enclosure

UNIT = {"bound": 1, "input_radius": 1, "lipschitz": 1}
TABLE = [
    ((2, 8, 1), "396.67", "388.89"),
    ((10, 100, 1), "22959.65", "25768.91"),
    ((10, 1000, 1), "284309.1", "367599.6"),
    ((64, 32, 10), "57445.59", "47460.81"),
    ((10, 50, 50, 50, 1), "194752.2", "200353.0"),
    ((784, 300, 100, 10), "11428537.6", "11569620.8"),
]
SHAPES = [row[0] for row in TABLE] + [(1, 1), (3, 2, 2), (1, 5, 1, 4)]


def agrees(enclosure, figure):
    """Whether a narrow enclosure rounds to the printed figure, up to one unit in its last place."""
    unit = Fraction(1, 10 ** len(figure.partition(".")[2]))
    return enclosure[1] - enclosure[0] < Fraction(1, 2**40) and abs(enclosure[0] - Fraction(figure)) <= unit


def contains(enclosure, ball):
    """Whether an enclosure contains a ball of arb."""
    lower, upper = (arb(fmpq(end.numerator, end.denominator)) for end in enclosure)
    return bool(lower <= ball) and bool(ball <= upper)


@pytest.fixture(autouse=True)
def precise():
    """Balls far narrower than the enclosures."""
    old, ctx.prec = ctx.prec, 300
    yield
    ctx.prec = old


@pytest.mark.parametrize(("widths", "first", "second"), TABLE)
def test_the_table(widths, first, second):
    """At eps = 0.1 with unit constants the two formulas give the known figures."""
    assert agrees(schmidt_hieber_log_bound(widths, eps="0.1"), first)
    assert agrees(suzuki_log_bound(widths, eps="0.1"), second)


def test_every_comparator_is_described():
    """Each entry names a function of the package, its metric, hypotheses and source; one alone is proved."""
    assert all(callable(getattr(covering, one.name)) for one in PRIOR_BOUNDS)
    assert all(one.metric and one.hypotheses and one.source for one in PRIOR_BOUNDS)
    assert {one.mark for one in PRIOR_BOUNDS} == {"recalled", "recheck", "proved"}
    assert [one.name for one in PRIOR_BOUNDS if one.mark == "proved"] == ["universal_floor"]
    assert [one.name for one in PRIOR_BOUNDS if one.side is Side.LOWER] == ["universal_floor"]


def test_fewer_active_parameters():
    """With s active parameters the count s replaces S."""
    assert agrees(schmidt_hieber_log_bound((2, 8, 1), eps="0.1", active=16), str(round(396.672 / 2, 2)))
    full, half = suzuki_log_bound((1, 1), eps=1), suzuki_log_bound((1, 1), eps=1, active=1)
    assert abs(full[0] - 2 * half[0]) < Fraction(1, 2**40)


def test_larger_weights_in_suzuki():
    """A box B = 2 adds S (Lambda - 1) ln 2, and a box below 1 changes nothing."""
    shape = (2, 8, 1)
    one, two = suzuki_log_bound(shape, eps="0.1"), suzuki_log_bound(shape, eps="0.1", bound=2)
    assert abs(two[0] - one[0] - parameter_count(shape) * log_enclosure(2)[0]) < Fraction(1, 2**40)
    assert suzuki_log_bound(shape, eps="0.1", bound="0.5") == one


def test_spectral_with_rational_roots():
    """(8/1)^(2/3) = 4 twice: |X|^2/eps^2 * prod (s rho)^2 * (4 + 4)^3 ln(2 * 9) by hand."""
    found = spectral_log_bound((2, 3, 1), eps=2, data_norm=6, spectral=(1, "1/2"), deviation=(8, 4), lipschitz=(1, 3))
    assert contains(found, 9 * arb(9) / 4 * 512 * arb(18).log())
    assert found[1] - found[0] < Fraction(1, 10**9)


def test_spectral_with_an_irrational_root():
    """(b/s)^(2/3) is enclosed: 3^(2/3)."""
    found = spectral_log_bound((1, 1), eps=1, data_norm=1, spectral=1, deviation=3)
    assert contains(found, arb(9) * arb(2).log())
    assert spectral_log_bound((1, 1), eps=1, data_norm=1, spectral=1, deviation=0)[0] == 0


def test_anthony_and_bartlett():
    """Both formulas agree with balls of arb."""
    e = arb(1).exp()
    given = {"samples": 50, "activation_bound": 1, "incoming": 3, "lipschitz": "1/2"}
    found = anthony_bartlett_log_bound((2, 3, 1), eps="0.1", **given)
    assert contains(found, 13 * (4 * e * 50 * 13 * (arb(3) / 2) ** 2 * 10 / (arb(3) / 2 - 1)).log())
    assert contains(pseudo_dimension_log_bound(7, eps="0.1", samples=50, value_range=2), 7 * (e * 1000 / 7).log())


def test_pseudo_dimension():
    """L' + S' log2(4 e p R log2(2 e p R)) for (2, 3, 1) by hand: L' = 2, R = 3 + 2, S' = 9 + 13."""
    R, e = 5, arb(1).exp()
    inner = (2 * e * R).log() / arb(2).log()
    assert contains(pseudo_dimension_bound((2, 3, 1)), 2 + 22 * (4 * e * R * inner).log() / arb(2).log())


@pytest.mark.parametrize(("eps", "count"), [("1", 1), ("0.3", 4), ("0.1", 10), ("7", 1)])
def test_floor(eps, count):
    """ceil(1/eps) functions at least, exact at integer quotients."""
    assert universal_floor(eps=eps, bound=1) == count
    assert contains(universal_floor_log(eps=eps, bound=1), arb(count).log())


@pytest.mark.parametrize("widths", SHAPES)
def test_modulus_below_the_product(widths):
    """With unit constants sum kappa_l <= (L+1) prod_{j<=L} (d_j + 1), as the claim uses."""
    assert sum(parameter_modulus(widths, **UNIT)) <= (len(widths) - 1) * prod(d + 1 for d in widths[:-1])


@pytest.mark.parametrize("widths", SHAPES)
@pytest.mark.parametrize("eps", ["0.001", "0.1", "1", "2"])
def test_our_bound_is_below_both(widths, eps):
    """The proved gains: S ln(2V) against the one, S ln((w+1)^(L+1)/2) against the other, down to the floor."""
    size, layers = parameter_count(widths), len(widths) - 1
    points = ceil(layers * prod(d + 1 for d in widths[:-1]) / Fraction(eps))
    ours = log_raw_count(widths, points)
    first, second = schmidt_hieber_log_bound(widths, eps=eps), suzuki_log_bound(widths, eps=eps)
    assert ours[1] + size * log_enclosure(2 * prod(d + 1 for d in widths))[0] <= first[1]
    assert ours[1] + size * log_enclosure(Fraction((max(widths) + 1) ** layers, 2))[0] <= second[1]
    assert universal_floor_log(eps=eps, bound=1)[0] <= unconditional_log_bound((1, 2, 1), eps=eps, **UNIT)[1]


@pytest.mark.parametrize("widths", SHAPES[:3])
def test_the_grid_in_use_is_finer_than_the_proved_one(widths):
    """The radius that the tables use is at least the one of the comparison."""
    radius = single_radius(widths, eps="0.1", **UNIT)[0]
    assert radius >= Fraction(1, 10) / ((len(widths) - 1) * prod(d + 1 for d in widths[:-1]))


def test_sorting_changes_no_function():
    """Over a small grid of shallow ReLU networks the sets of functions before and after sorting by bias are equal."""
    grid = (-1, 0, 1)
    inputs = (-2, -1, 0, 1, 2)

    def values(units):
        return tuple(sum(a * max(w * x + b, 0) for w, b, a in units) for x in inputs)

    units = list(product(grid, repeat=3))
    pairs = list(product(units, repeat=2))
    ordered = [tuple(sorted(pair, key=lambda unit: -unit[1])) for pair in pairs]
    assert {values(pair) for pair in pairs} == {values(pair) for pair in ordered}
    assert all(values(p) == values(pair) for pair in pairs[::50] for p in permutations(pair))


def test_what_is_refused():
    """Floats, numbers out of range and impossible counts are refused with what to do."""
    with pytest.raises(ExactnessError):
        schmidt_hieber_log_bound((2, 8, 1), eps=0.1)
    with pytest.raises(InputError, match="at most the 33 parameters"):
        suzuki_log_bound((2, 8, 1), eps="0.1", active=34)
    with pytest.raises(InputError, match="V > 1/rho"):
        anthony_bartlett_log_bound((1, 1), eps=1, samples=1, activation_bound=1, incoming=1, lipschitz=1)
    with pytest.raises(InputError, match="pseudo-dimension"):
        pseudo_dimension_log_bound(5, eps=1, samples=4, value_range=1)
    with pytest.raises(InputError, match="at least 2"):
        pseudo_dimension_bound((1, 1), pieces=1)
    with pytest.raises(InputError, match="integer >= 1"):
        pseudo_dimension_log_bound(0, eps=1, samples=4, value_range=1)
