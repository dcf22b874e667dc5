"""Step-function enclosures of conditional expectations: closed forms, the operator engine, brute force, refusals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from noisy_chains import line, square

from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer
from numerics.mori_zwanzig.enclosure import enclose
from numerics.mori_zwanzig.fixed_point import BITS, ONE, UNIT, activated, images, largest, mean_bounds, window_sums
from theory.language.errors import InputError


def chain_of(*layers: NoisyLayer, box=((-1.0, 1.0),), alpha=(1.0,), beta=0.0) -> NoisyChain:
    """A chain with an affine readout."""
    return NoisyChain(layers, box, (np.array([alpha]), np.array([beta])))


def kink(noise: str = "uniform:0.5") -> NoisyChain:
    """x + noise, then relu: q_0(x) = (x + b)^2/(4b) for |x| <= b."""
    return chain_of(*(NoisyLayer.plain([[1.0]], [0.0], name, noise) for name in ("identity", "relu")))


def test_a_kink_is_enclosed_and_finer_cells_are_tighter():
    """E relu(x + U[-1/2, 1/2]) = (x + 1/2)^2/2 lies inside; four times the cells leave a quarter of the gap."""
    points = [[k/8] for k in range(-4, 5)]
    gaps = []
    for cells in (200, 800):
        found = enclose(kink(), cells)
        for (low, high), (x,) in zip(found.at(points), points):
            assert low <= (Fraction(x) + Fraction(1, 2))**2/2 <= high
        gaps.append(found.gap())
    assert gaps[0] < Fraction(3, 100) and Fraction(3) < gaps[0]/gaps[1] < Fraction(5)


def test_another_noise_is_outside():
    """The mean with b = 0.4 at 0 is b/4 = 0.1, outside of the enclosure for b = 0.5, around 0.125."""
    ((low, high),) = enclose(kink(), 800).at([[0.0]])
    assert low <= Fraction(1, 8) <= high and low > Fraction(1, 10)


def test_one_layer_costs_nothing():
    """q_0 = 2 relu(x) + 1 for one layer: the noise has mean 0 and the readout is affine."""
    found = enclose(chain_of(NoisyLayer.plain([[1.0]], [0.0], "relu", "uniform:3"), alpha=(2.0,), beta=1.0))
    assert found.at([[0.25], [-0.5]]) == [(Fraction(3, 2), Fraction(3, 2)), (Fraction(1), Fraction(1))]


def test_six_layers_at_the_gaps_of_the_prototype():
    """Width 1, b = 1/2: a gap below 0.055 at 500 cells, the operator engine's values inside."""
    chain = line(6, "uniform:0.5")
    x = np.linspace(-1, 1, 21)[:, None]
    exact = chain.conditional_expectation(None, x)
    found = enclose(chain, 500)
    assert found.gap() < 0.055
    assert all(low <= value <= high for (low, high), value in zip(found.at(x), exact.tolist()))
    assert all(high - low <= found.gap() for low, high in found.at(x))


@pytest.mark.slow
def test_a_trained_network_at_the_gaps_of_the_prototype():
    """Six trained layers: at most 0.055, 0.0138, 0.0034 at 500, 2000, 8000 cells, the operator engine inside."""
    import sys
    from pathlib import Path

    sys.path.append(str(Path(__file__).resolve().parents[3] / "examples"))
    from noisy_tanh import line as trained

    chain = NoisyChain.from_module(trained(), "uniform:0.5", (-1, 1))
    x = np.linspace(-1, 1, 41)[:, None]
    exact = chain.conditional_expectation(None, x)
    for cells, most in ((500, 0.055), (2000, 0.0138), (8000, 0.0034)):
        found = enclose(chain, cells)
        assert found.gap() <= most
        assert all(low <= value <= high for (low, high), value in zip(found.at(x), exact.tolist()))


def test_two_neurons_a_layer():
    """Width 2, three tanh layers: values of the operator engine at random points inside, on points and on cells."""
    chain = square(3, "uniform:1")
    found = enclose(chain, 20)
    x = np.random.default_rng(0).uniform(-1, 1, (25, 2))
    exact = chain.conditional_expectation(None, x)
    assert all(low <= value <= high for (low, high), value in zip(found.at(x), exact.tolist()))
    grid, low, high = found.step(0)
    assert low.shape == (20, 20) == tuple(axis.count for axis in grid)
    cell = tuple(np.minimum((x.T + 1)*10, 19).astype(int))
    assert all(a <= v*ONE <= b for a, v, b in zip(low[cell], exact, high[cell]))


def test_a_sum_of_two_kinks():
    """Two coordinates that do not mix: q_0 = 2 (x + b)^2/(4b) - (y + b)^2/(4b), b = 1, by hand at four points."""
    one = np.eye(2)
    chain = chain_of(NoisyLayer.plain(one, [0.0, 0.0], "identity", "uniform:1"),
                     NoisyLayer.plain(one, [0.0, 0.0], "relu", "uniform:1"), box=((-1.0, 1.0),)*2, alpha=(2.0, -1.0))
    found = enclose(chain, 40)
    for x, y in ((0.0, 0.0), (0.5, -0.5), (-1.0, 1.0), (0.25, 0.75)):
        value = (2*(Fraction(x) + 1)**2 - (Fraction(y) + 1)**2)/4
        ((low, high),) = found.at([[x, y]])
        assert low <= value <= high and high - low < Fraction(1, 2)


@pytest.mark.parametrize(("name", "step"), [("sigmoid", None), ("leaky_relu", None), ("hardtanh", None),
                                            ("softsign", None), ("tanh", 0.5), ("tanh", -0.75)])
def test_other_activations_and_residual_blocks(name: str, step: float | None):
    """Monotone activations of every kind and x + h phi(w x + c) with h of both signs, against the operator engine."""
    layers = [NoisyLayer.plain([[w]], [0.2], name, "uniform:0.75", step) for w in (1.5, -2.0, 1.0)]
    chain = chain_of(*layers, alpha=(-1.5,), beta=0.25)
    x = np.linspace(-1, 1, 9)[:, None]
    found = enclose(chain, 300).at(x)
    exact = chain.conditional_expectation(None, x)
    assert all(low <= value <= high for (low, high), value in zip(found, exact.tolist()))
    assert max(high - low for low, high in found) < Fraction(1, 10)


def test_wide_ends_are_no_obstacle():
    """Five inputs, a level of one neuron, three outputs of the last layer: only the levels between need cells."""
    layers = (NoisyLayer.plain([[0.5, -1.0, 0.25, 1.0, 0.125]], [0.1], "tanh", "uniform:1"),
              NoisyLayer.plain([[1.0], [-0.5], [2.0]], [0.0, 0.1, 0.2], "tanh", "uniform:1"))
    chain = chain_of(*layers, box=((-1.0, 1.0),)*5, alpha=(1.0, 2.0, -1.0))
    x = np.linspace(-1, 1, 5)[None, :]
    ((low, high),) = enclose(chain, 500).at(x)
    assert low <= float(chain.conditional_expectation(None, x)[0]) <= high
    with pytest.raises(InputError, match="at most 2 inputs"):
        enclose(chain, 500).gap()


def test_boxes_hold_their_points():
    """The enclosure over a box contains those of its corners; a box outside of the inputs is refused."""
    found = enclose(line(3, "uniform:0.5"), 300)
    ((low, high),) = found.over([[(Fraction(-1, 4), Fraction(1, 4))]])
    assert all(low <= a and b <= high for a, b in found.at([[-0.25], [0.0], [0.25]]))
    with pytest.raises(InputError, match="box: required 1 intervals within"):
        found.over([[(Fraction(0), Fraction(2))]])


def test_window_sums_by_brute_force():
    """Summed-area tables are sums over all windows; numbers beyond 64 bits do not overflow."""
    values = np.array([[(3*i + 7*j*j) % 11 - 5 for j in range(5)] for i in range(6)], dtype=object)*2**70
    table = window_sums(values, 2)
    assert table.shape == (5, 4)
    assert all(table[i, j] == values[i:i + 2, j:j + 2].sum() for i in range(5) for j in range(4))


def test_extreme_values_by_brute_force():
    """The maximum over boxes is that over a fine grid which holds the corners, for the function is bilinear."""
    rng = np.random.default_rng(1)
    table = rng.integers(-9, 9, (5, 4)).astype(object)
    low = np.array([[0, ONE//4], [ONE//2, ONE], [ONE, ONE]], dtype=object)
    high = np.array([[5*ONE//2, ONE//2], [4*ONE, 3*ONE], [ONE, ONE]], dtype=object)

    def at(s: Fraction, t: Fraction) -> Fraction:
        i, j = min(int(s), 3), min(int(t), 2)
        a, b = s - i, t - j
        return (1 - a)*((1 - b)*table[i, j] + b*table[i, j + 1]) + a*((1 - b)*table[i + 1, j] + b*table[i + 1, j + 1])

    found = largest(table, low, high)
    for row, first, last in zip(found, low.tolist(), high.tolist()):
        axes = [[Fraction(k, 8) for k in range(33) if Fraction(a, ONE) <= Fraction(k, 8) <= Fraction(b, ONE)]
                for a, b in zip(first, last)]
        assert Fraction(int(row), ONE**2) == max(at(s, t) for s in axes[0] for t in axes[1])


def test_roundings_go_outward():
    """A mean of 1/3 is rounded to both sides; tanh at 1/2 is enclosed within 2^-50 around its value from exp."""
    table = np.array([1, 1], dtype=object)
    zero = np.array([[0]], dtype=object)
    low, high = mean_bounds(table, table, 3, zero, zero)
    assert (low[0], high[0]) == (0, 1)
    chain = NoisyLayer.plain([[1.0]], [0.0], "tanh", "uniform:1")
    half = np.array([[UNIT//2]], dtype=object)
    bottom, top = images(chain, half, half)
    assert 0 <= int(top[0, 0]) - int(bottom[0, 0]) <= UNIT >> 50
    # tanh(1/2) = (e - 1)/(e + 1) from the series of e
    e = sum(Fraction(1, int(np.prod(range(1, k + 1), dtype=object))) for k in range(25))
    assert Fraction(int(bottom[0, 0]), UNIT) <= (e - 1)/(e + 1) <= Fraction(int(top[0, 0]), UNIT)


def test_tanh_never_leaves_its_range():
    """At very large arguments the bounds of tanh stop at -1 and 1, those of the logistic function at 0 and 1."""
    far = np.array([[-(UNIT << 20)], [UNIT << 20]], dtype=object)
    for name, least in (("tanh", -UNIT), ("sigmoid", 0)):
        phi = NoisyLayer.plain([[1.0]], [0.0], name, "uniform:1").phi
        assert activated(phi, far, False)[0, 0] == least and activated(phi, far, True)[1, 0] == UNIT
        assert activated(phi, far, True)[0, 0] < least + (UNIT >> BITS//2)


@pytest.mark.parametrize(("chain", "message"), [
    (kink("uniform:0"), "positive amplitude"),
    (kink("gaussian:1"), "uniform noise in every layer .* unbounded"),
    (square(3, "uniform:1", 3), "width 3 at level 1, 1 too many"),
    (NoisyChain(kink().layers, ((-1.0, 1.0),)), "an affine readout"),
])
def test_what_does_not_apply_is_refused(chain: NoisyChain, message: str):
    """No noise, Gaussian noise, width 3 and a missing readout: an error that names what is missing."""
    with pytest.raises(InputError, match=message):
        enclose(chain)


def test_bad_cells_and_outputs_are_refused():
    """Cells that are no positive integer, too few of them for the noise, an output that does not exist."""
    with pytest.raises(InputError, match="an integer of at least 1"):
        enclose(kink(), 0)
    with pytest.raises(InputError, match="at least 22 cells"):
        enclose(kink("uniform:0.05"), 5)
    with pytest.raises(InputError, match="a number below 1"):
        enclose(kink(), 50, output=1)
