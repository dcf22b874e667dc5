"""Composition and transfer operators: norms against the closed forms, duality, depth invariant, Monte Carlo."""

from __future__ import annotations

from math import atanh, sqrt, tanh

import numpy as np
import pytest
import torch
from noisy_chains import grid, line, single, square
from torch import nn

from numerics.mori_zwanzig import NoisyChain, Residual
from numerics.mori_zwanzig.densities import densities, levels, transfer
from numerics.mori_zwanzig.monte_carlo import agrees, estimate, z_scores
from numerics.mori_zwanzig.operators import backward, composition_matrix, transfer_matrix
from numerics.mori_zwanzig.panels import Panels
from theory.language.errors import InputError

SANDWICH = [(1.0, "0.5", 0.986, 1.414, 1.115, 0.890), (1.0, "1", 0.850, 1.000, 1.000, 0.753),
            (1.0, "2", 0.656, 0.707, 0.707, 0.602), (3.0, "0.5", 0.871, 1.414, 1.0008, 0.818)]


@pytest.mark.parametrize("w, b, norm, hs, schur, lower", SANDWICH)
def test_norm_sandwich_of_tanh_layers(w, b, norm, hs, schur, lower):
    """lower <= norm <= Schur <= HS for tanh(wx) on [-1, 1]: measured norms, and closed forms of the other three."""
    row, = single(w, "tanh", f"uniform:{b}").layer_contraction_table()
    assert abs(row.op_norm - norm) < 6e-4
    assert row.op_lower < row.op_norm < row.schur <= row.hs*(1 + 1e-15)
    half = float(b)
    closed = 1/half if half >= tanh(w) else (1 - atanh(tanh(w) - 2*half)/w)/(2*half)
    assert abs(row.op_lower - sqrt(1/(half + tanh(w)))) < 1e-12 and abs(row.hs - sqrt(1/half)) < 1e-12
    assert abs(row.schur - sqrt(closed)) < 1e-4 and abs(row.schur - schur) < 6e-4
    assert abs(row.op_lower - lower) < 6e-4 and abs(row.hs - hs) < 6e-4


def test_a_constant_layer_attains_the_hilbert_schmidt_norm():
    """W = 0, b = 1/2 on [-1, 1]: ||M|| = HS = Schur = lower bound = sqrt 2, so noise alone does not contract."""
    row, = single(0.0, "tanh", "uniform:1/2").layer_contraction_table()
    assert max(abs(v - sqrt(2)) for v in (row.op_norm, row.hs, row.schur, row.op_lower)) < 1e-12


def test_width_two_norms_come_from_the_same_formulas():
    """Two independent coordinates: the norm of the product layer is the product of the norms, 0.850109^2 at b = 1."""
    module = nn.Sequential(nn.Linear(2, 2), nn.Tanh()).double()
    module[0].weight.data.copy_(torch.eye(2))
    module[0].bias.data.zero_()
    row, = NoisyChain.from_module(module, "uniform:1", [(-1, 1)]*2).layer_contraction_table()
    assert abs(row.op_norm - 0.850108759096**2) < 2e-4 and row.hs == 1.0
    assert abs(row.max_correlation - 0.651326902) < 2e-3  # that of one coordinate: correlations of products are less


def test_duality_witness_of_the_relu_layer():
    """ReLU, b = 1, p uniform on [-1, 1], u = y^2: forward and backward both give 1/2 exactly."""
    chain = single(1.0, "relu", "uniform:1")
    q = backward(chain, lambda y: y[:, 0]**2)
    found = levels(densities(chain), [lambda x: q.evaluate(0, x), lambda x: q.evaluate(1, x)])
    assert np.abs(found - 0.5).max() < 1e-14


@pytest.mark.parametrize("name", ["tanh", "relu", "sigmoid"])
def test_transfer_by_preimages_is_the_transpose_of_composition(name):
    """<N e_j, e_k> from preimages and panels equals <e_j, M e_k> from box means, to 1e-9 for the first functions."""
    chain = single(1.7, name, "uniform:0.4")
    from numerics.mori_zwanzig.legendre import TensorBasis

    before, after = (TensorBasis(box, 5) for box in chain.grid_boxes)
    inputs, outputs = Panels(np.linspace(-1, 1, 41)), Panels(np.linspace(*after.box[0], 2001))
    pushed = transfer(chain.layers[0], inputs, before.matrix(before.factors(inputs.nodes[:, None])), outputs.nodes)
    found = (after.matrix(after.factors(outputs.nodes[:, None]))*outputs.weights[:, None]).T @ pushed
    error = 2e-4 if name == "relu" else 1e-6  # Gauss nodes of the box means see the kink of ReLU
    assert np.abs(found - transfer_matrix(chain, 0, degree=5)).max() < error


def test_matrices_of_identity_layers_are_exact():
    """Identity, b = 1: M maps y to x and y^2 to x^2 + 1/3, read off the Legendre coefficients."""
    from numerics.mori_zwanzig.legendre import TensorBasis

    chain = single(1.0, "identity", "uniform:1")
    before, after = (TensorBasis(box, 3) for box in chain.grid_boxes)
    image = composition_matrix(chain, 0, degree=3) @ after.project(lambda y: y[:, 0]**2 + y[:, 0])
    x = np.linspace(-1, 1, 9)[:, None]
    assert np.abs(before.evaluate(image, x) - (x[:, 0]**2 + 1/3 + x[:, 0])).max() < 1e-13


def test_the_density_behind_an_identity_layer_is_the_trapezium():
    """U[-1, 1] + U[-1/2, 1/2]: height 1/2 up to 1/2, falling linearly to 0 at 3/2."""
    p = single(1.0, "identity", "uniform:1/2").density(1)
    y = np.linspace(-1.49, 1.49, 301)
    assert np.abs(p.evaluate(y[:, None]) - np.clip((1.5 - np.abs(y))/2, 0, 0.5)).max() < 1e-10
    assert abs(p.expectation(lambda x: x[:, 0]**2) - (1/3 + 1/12)) < 1e-13


CHAINS = {
    "tanh": lambda: line(5, "uniform:0.4"), "relu": lambda: line(4, "uniform:0.5", nn.ReLU),
    "gaussian": lambda: line(4, "gaussian:0.3"),
    "residual": lambda: NoisyChain.from_module(_residual(), "uniform:0.4", (-1, 1)),
}


def _residual() -> nn.Module:
    """x - 2.5 tanh(1.3 x), which is not monotone, then a monotone block."""
    first, second, last = nn.Linear(1, 1), nn.Linear(1, 1), nn.Linear(1, 1)
    for linear, w, c in ((first, 1.3, 0.1), (second, -0.9, 0.2), (last, 0.7, 0.0)):
        linear.weight.data.fill_(w)
        linear.bias.data.fill_(c)
    return nn.Sequential(Residual(first, nn.Tanh(), -2.5), Residual(second, nn.Tanh(), 0.5), last).double()


@pytest.mark.parametrize("name", CHAINS)
def test_the_integral_of_density_times_expectation_does_not_depend_on_the_depth(name):
    """int p_n q_n, forward by preimages and backward by box means, is constant in n to 1e-8."""
    chain = CHAINS[name]()
    q = backward(chain)
    found = levels(densities(chain), [lambda x, n=n: q.evaluate(n, x) for n in range(chain.depth + 1)])
    assert np.ptp(found) < 1e-8


def test_depth_invariant_in_two_dimensions():
    """Legendre moments forward (degree 30), box means backward (degree 28): constant to 1e-8."""
    chain = square(3, "uniform:1", scale=0.6)
    q = backward(chain, degree=28)
    found = levels(densities(chain, degree=30), [lambda x, n=n: q.evaluate(n, x) for n in range(4)])
    assert np.ptp(found) < 1e-8


def test_panels_and_legendre_expansions_agree():
    """q_0 of a tanh chain by adaptive panels and by degree 60."""
    chain = line(3, "uniform:0.6")
    x = grid(chain, 20)
    assert np.abs(chain.conditional_expectation(None, x) - chain.conditional_expectation(None, x, 60)).max() < 1e-9


@pytest.mark.parametrize("chain", [line(3, "uniform:0.5"), line(3, "uniform:0.5", nn.ReLU), line(3, "gaussian:0.4"),
                                   square(3, "uniform:0.8"), square(2, "gaussian:0.4"), square(2, "uniform:1", 3)],
                         ids=["tanh", "relu", "gaussian", "two", "two-gaussian", "three"])
def test_conditional_expectations_agree_with_monte_carlo(chain):
    """q_0 at 50 points against 4,000 draws each: all |z| below the Bonferroni bound at 1e-4."""
    x = grid(chain, 50)
    found = estimate(chain, None, x, 4000, torch.Generator().manual_seed(11))
    assert agrees(z_scores(found, chain.conditional_expectation(None, x)))


def test_monte_carlo_sees_a_wrong_amplitude():
    """The same chain computed with b = 0.6 instead of 0.5 fails the z-test for u = y^2."""
    wrong, right = (line(2, f"uniform:{b}") for b in ("0.6", "0.5"))
    x = grid(right, 20)
    found = estimate(right, lambda y: y[:, 0]**2, x, 20000, torch.Generator().manual_seed(1))
    assert agrees(z_scores(found, right.conditional_expectation(lambda y: y[:, 0]**2, x)))
    assert not agrees(z_scores(found, wrong.conditional_expectation(lambda y: y[:, 0]**2, x)))


def test_observables_may_be_torch_functions_modules_and_readouts():
    """u as (alpha, beta), as a torch function and as a module give the same q_0."""
    chain = line(2, "uniform:0.5")
    module = nn.Linear(1, 1).double()
    module.weight.data.fill_(2.0)
    module.bias.data.fill_(-1.0)
    x = grid(chain, 4)
    first = chain.conditional_expectation(([2.0], -1.0), x)
    for u in (module, lambda y: torch.add(torch.mul(y[:, 0], 2), -1)):
        assert np.abs(chain.conditional_expectation(u, x) - first).max() < 1e-12


def test_unweighted_norms_are_refused_behind_gaussian_noise():
    """Layer 0 has a bounded domain and a norm; layer 1 has not, the table says why, and weighted columns remain."""
    chain = line(2, "gaussian:0.5")
    with pytest.raises(InputError, match="not bounded on unweighted L.2"):
        composition_matrix(chain, 1)
    first, second = chain.layer_contraction_table()
    assert 0 < first.op_norm <= first.hs and second.op_norm is None and second.hs is None
    assert "unbounded range" in dict(second.notes)["op_norm"] and 0 < second.max_correlation < 1


def test_the_table_of_a_wide_chain_has_the_formula_columns():
    """Width 8: volume, Hilbert-Schmidt norm, lower bound and delta; reasons for the rest."""
    rows = square(2, "uniform:2.5", width=8).layer_contraction_table()
    assert abs(rows[0].hs - sqrt((2/5)**8)) < 1e-12 and rows[1].hs > 1 and 0 < rows[1].delta < 1
    assert rows[1].op_norm is None and "width above 3" in dict(rows[1].notes)["qmq_weighted"]
