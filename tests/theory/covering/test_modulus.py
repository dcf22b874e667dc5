"""The parameter modulus: known figures, its closed form, and its attainment by linear nets."""

from __future__ import annotations

import random
from fractions import Fraction
from math import prod

import pytest
import sympy

from theory.covering import closed_form_modulus, parameter_modulus
from theory.language.errors import ExactnessError, InputError


@pytest.mark.parametrize(
    ("widths", "total"),
    [
        ((2, 8, 1), 49),
        ((10, 100, 1), 2201),
        ((64, 32, 10), 4161),
        ((784, 300, 100, 10), 70650201),
        ((10, 50, 50, 50, 1), 5507601),
    ],
)
def test_known_moduli(widths, total):
    """With unit constants the modulus for one radius is the known integer."""
    assert sum(parameter_modulus(widths, bound=1, input_radius=1, lipschitz=1)) == total


def forward(widths, entries, inputs, rho, shift):
    """Run h -> rho z + s through constant matrices, exactly; `entries[l]` is every parameter of layer l + 1."""
    h = inputs
    for depth, value in enumerate(entries):
        z = value * widths[depth] * h + value
        h = z if depth == len(entries) - 1 else rho * z + shift
    return h


@pytest.mark.parametrize("widths", [(2, 8, 1), (3, 4, 2, 5, 1), (1, 1)])
def test_linear_nets_attain_the_modulus(widths):
    """With all parameters B, x = B_x 1 and sigma = rho z + s the derivative along each layer equals kappa_l."""
    B, radius, rho, shift = Fraction(3, 2), Fraction(2, 3), Fraction(4, 5), Fraction(1, 7)
    kappa = parameter_modulus(widths, bound=B, input_radius=radius, lipschitz=rho, offsets=shift)
    t = sympy.Symbol("t")
    for depth, expected in enumerate(kappa):
        entries = [sympy.Rational(3, 2) + (t if depth == k else 0) for k in range(len(kappa))]
        value = forward(widths, entries, sympy.Rational(2, 3), sympy.Rational(4, 5), sympy.Rational(1, 7))
        assert sympy.diff(sympy.expand(value), t) == sympy.Rational(expected.numerator, expected.denominator)


def test_no_change_exceeds_the_modulus():
    """On random ReLU nets with rational entries, perturbed within the box, outputs move by at most the bound."""
    rng = random.Random(11)
    widths, B = (2, 3, 2, 2), Fraction(2)
    kappa = parameter_modulus(widths, bound=B, input_radius=1, lipschitz=1)
    draw = lambda: Fraction(rng.randint(-16, 16), 8)  # noqa: E731
    for _ in range(30):
        delta = [Fraction(rng.randint(0, 8), 16) for _ in kappa]
        first, second = [], []
        for depth, (before, here) in enumerate(zip(widths, widths[1:])):
            rows = [[draw() for _ in range(before + 1)] for _ in range(here)]
            moved = [[max(-B, min(B, x + rng.choice((-1, 1)) * delta[depth])) for x in row] for row in rows]
            first.append(rows)
            second.append(moved)
        x = [Fraction(rng.randint(-4, 4), 4) for _ in range(2)]
        change = max(abs(a - b) for a, b in zip(run(first, x), run(second, x)))
        assert change <= sum(k * d for k, d in zip(kappa, delta))


def run(layers, x):
    """Evaluate a ReLU net whose rows carry the bias last."""
    for depth, rows in enumerate(layers):
        x = [sum(w * v for w, v in zip(row, x)) + row[-1] for row in rows]
        x = x if depth == len(layers) - 1 else [max(Fraction(0), v) for v in x]
    return x


def test_a_bound_and_constants_per_layer():
    """Layer-wise constants enter kappa_l = a_l rho_l prod_{j>l} B_j d_{j-1} rho_j, by hand for two hidden layers."""
    kappa = parameter_modulus((2, 3, 5, 1), bound=(1, 2, 3), input_radius=1, lipschitz=(2, 7), offsets=(1, 0))
    a1, r1 = 3, 2 * 1 * 3 + 1
    a2 = 3 * r1 + 1
    a3 = 5 * (7 * 2 * a2) + 1
    assert kappa == (a1 * 2 * (2 * 3 * 7) * (3 * 5), a2 * 7 * (3 * 5), a3)


def test_the_closed_form_is_an_upper_bound():
    """B sum kappa_l is at most the closed form wherever its condition holds, corners B rho d = 1 included."""
    rng = random.Random(3)
    for _ in range(200):
        widths = tuple(rng.randint(1, 6) for _ in range(rng.randint(3, 6)))
        B = Fraction(rng.randint(1, 24), 8)
        rho = tuple(max(Fraction(rng.randint(0, 6), 4), 1 / (B * d)) for d in widths[1:-1])
        radius = Fraction(rng.randint(0, 8), 4)
        closed = closed_form_modulus(widths, bound=B, input_radius=radius, lipschitz=rho)
        assert B * sum(parameter_modulus(widths, bound=B, input_radius=radius, lipschitz=rho)) <= closed


def test_the_closed_form_refuses_small_gain():
    """Below B rho d = 1 the closed form does not apply and says so."""
    with pytest.raises(InputError, match="d_1 >= 1"):
        closed_form_modulus((1, 2, 1), bound="0.1", input_radius=1, lipschitz=1)


def test_symbols_give_the_polynomial():
    """With a symbolic bound the shallow modulus is the polynomial found by hand."""
    B, d = sympy.Symbol("B", positive=True), sympy.Symbol("d", positive=True, integer=True)
    kappa = parameter_modulus((2, d, 1), bound=B, input_radius=1, lipschitz=1)
    assert [sympy.expand(k) for k in kappa] == [3 * B * d, 3 * B * d + 1]
    closed = closed_form_modulus((2, d, 1), bound=B, input_radius=1, lipschitz=1)
    assert sympy.expand(closed) == 16 * B**2 * d


def test_a_constant_activation_stops_the_influence():
    """With rho_2 = 0 the first two layers have modulus zero."""
    kappa = parameter_modulus((1, 2, 2, 1), bound=1, input_radius=1, lipschitz=(1, 0), offsets=(0, 3))
    assert kappa[:2] == (0, 0) and kappa[2] == 7


def test_inputs_are_checked():
    """Floats and negative constants are refused, each naming its argument."""
    good = {"bound": 1, "input_radius": 1, "lipschitz": 1}
    for name in good:
        with pytest.raises(InputError, match=name):
            parameter_modulus((1, 2, 1), **(good | {name: -1}))
        with pytest.raises(ExactnessError, match=name):
            parameter_modulus((1, 2, 1), **(good | {name: 0.5}))
    with pytest.raises(InputError, match="offsets"):
        parameter_modulus((1, 2, 1), **good, offsets=(0, 0))


def test_results_are_fractions():
    """Every coefficient is a Fraction, whatever exact form the arguments had."""
    kappa = parameter_modulus((2, 8, 1), bound="0.5", input_radius=sympy.Rational(1, 3), lipschitz=1)
    assert all(type(k) is Fraction for k in kappa) and prod(kappa) > 0
