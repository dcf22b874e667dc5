"""The discrete Mori-Zwanzig equation: exact for any splitting, zero memory cases, truncation, its certified line."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from noisy_chains import grid, line, single, square, trained
from scipy.integrate import quad
from torch import nn

from numerics.mori_zwanzig import Mori, NoisyChain, Zwanzig
from numerics.mori_zwanzig.decomposition import Decomposition, decompose_density, from_matrices
from numerics.mori_zwanzig.truncation import decay_rate, propagator_norms, remainder_bound, truncation_errors
from theory.language.errors import InputError


def drawn(sizes: tuple[int, ...], seed: int, idempotent: bool) -> Decomposition:
    """Random matrices of level-dependent sizes; oblique projections or arbitrary splittings."""
    generator = np.random.default_rng(seed)
    matrices = [generator.normal(size=shape) for shape in zip(sizes, sizes[1:])]
    splittings = []
    for n in sizes:
        p = generator.normal(size=(n, n))
        if idempotent:
            p = p @ np.diag(np.arange(n) < n//2) @ np.linalg.inv(p)
        splittings.append(p)
    return from_matrices(matrices, splittings, generator.normal(size=sizes[-1]))


@pytest.mark.parametrize("idempotent", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_the_equation_holds_for_every_splitting(seed, idempotent):
    """Sizes 3, 5, 2, 4, 6: all terms add up to q_n at every level, also for P that are not idempotent."""
    found = drawn((3, 5, 2, 4, 6), seed, idempotent)
    for n in range(4):
        assert np.allclose(found.truncated(n, 4), found.states[n], rtol=1e-9, atol=1e-9*np.abs(found.states[n]).max())


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("projection", [Mori(0), Mori(1), Mori(3), Mori(functions=(np.sin,))])
def test_full_lag_is_exact_on_a_chain(projection, weighted):
    """Orthogonal projections on a tanh chain: the defect is below 1e-12."""
    if projection.functions:
        projection = Mori(functions=(lambda y: np.sin(y[:, 0]), lambda y: np.ones(len(y))))
    found = line(4, "uniform:0.5").mz_decompose(projection, weighted=weighted)
    assert found.defect() < 1e-12
    assert max(np.abs(p @ p - p).max() for p in found.projections) < 1e-12


def test_one_missing_complement_is_seen():
    """Leaving out one Q in the product of the memory terms breaks the equation by far more than rounding."""
    found = line(4, "uniform:0.5").mz_decompose(Mori(1))
    broken = found.streaming(0) + found.noise(0)
    for m in range(2, 5):
        vector = found.complement(m - 1) @ (found.matrices[m - 1] @ (found.projections[m] @ found.states[m]))
        for k in range(m - 2, 0, -1):
            vector = found.matrices[k] @ vector if k == 1 else found.complement(k) @ (found.matrices[k] @ vector)
        broken = broken + found.matrices[0] @ vector
    assert np.linalg.norm(broken - found.states[0]) > 1e-3*np.linalg.norm(found.states[0])


def test_starting_the_sum_one_level_early_counts_the_streaming_term_twice():
    """The error of the sum from m = n + 1 is exactly the streaming term."""
    found = line(3, "uniform:0.5").mz_decompose(Mori(1))
    twice = found.truncated(0, 3) + found.streaming(0)
    assert np.allclose(twice - found.states[0], found.streaming(0), atol=1e-13)
    assert np.linalg.norm(found.streaming(0)) > 0.01


def test_constants_only_never_decay_and_the_noise_term_repairs_it():
    """P = constants, u linear: the relative error stays near 1 for every memory length until noise is kept."""
    found = line(5, "uniform:0.5").mz_decompose(Mori(0), u=lambda y: y[:, 0])
    centred = line(5, "uniform:0.5").mz_decompose(Mori(0), u=lambda y: y[:, 0] - 0.0)
    errors = truncation_errors(found)
    assert np.ptp(errors) < 1e-3*errors[0] and errors[0] > 0.3
    assert truncation_errors(found, with_noise=True).max() < 1e-12
    assert np.allclose(errors, truncation_errors(centred))


def test_affine_layers_have_zero_memory():
    """Identity activations and polynomials of degree 2: every memory term vanishes, streaming is everything."""
    module = nn.Sequential(*(nn.Linear(1, 1) for _ in range(4))).double()
    found = NoisyChain.from_module(module, "uniform:0.7", (-1, 1)).mz_decompose(Mori(2), u=lambda y: y[:, 0]**2)
    assert all(np.abs(term).max() < 1e-12 for n in range(3) for term in found.memory(n).values())
    assert truncation_errors(found)[0] < 1e-12


def test_streaming_leak_of_a_tanh_layer():
    """F = tanh 2x, b = 1, affine P: ||Q M P|| = 0.0826664525, by an independent formula with adaptive quadrature."""
    found = single(2.0, "tanh", "uniform:1").mz_decompose(Mori(1), u=lambda y: y[:, 0])
    leak = np.linalg.norm(found.complement(0) @ found.matrices[0] @ found.projections[1], 2)
    half = np.tanh(2) + 1
    square_norm = quad(lambda x: np.tanh(2*x)**2, -1, 1)[0] - 1.5*quad(lambda x: x*np.tanh(2*x), -1, 1)[0]**2
    assert abs(leak - np.sqrt(square_norm/(2*half**3/3))) < 1e-9
    assert abs(leak - 0.0826664525) < 1e-9


def test_block_triangular_weights_have_zero_zwanzig_memory():
    """Resolved neuron 0 reads only itself: conditioning on it leaves no memory; a coupling brings it back."""
    def chain(coupling):
        module = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 2), nn.Tanh())
        for k in (0, 2, 4):
            module[k].weight.data.copy_(torch.tensor([[1.2, coupling], [0.7, -0.9]]))
            module[k].bias.data.copy_(torch.tensor([0.1, -0.2]))
        return NoisyChain.from_module(module.double(), "uniform:0.8", [(-1, 1)]*2)

    def memory(coupling):
        found = chain(coupling).mz_decompose(Zwanzig((0,)), u=lambda y: y[:, 0])
        assert found.defect() < 1e-12
        return max(np.linalg.norm(term) for term in found.memory(0).values())

    assert memory(0.0) < 1e-12 < 1e-5 < memory(0.5)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("degree", [1, 3])
def test_truncation_errors_lie_below_the_certified_line(degree, weighted):
    """One step with exact q_m: the remainder is at most its bound at every lag, and rounding at the last."""
    found = line(5, "uniform:0.8").mz_decompose(Mori(degree), weighted=weighted)
    errors = truncation_errors(found)*np.linalg.norm(found.states[0])
    bounds = [remainder_bound(found, 0, h) for h in range(5)]
    assert max(found.qmq(n) for n in range(5)) < 1
    assert all(e <= b*(1 + 1e-9) + 1e-12 for e, b in zip(errors, bounds))
    assert errors[-1] < 1e-12 and errors[0] > 1e-4


def test_recursion_with_truncated_states_is_exact_at_full_lag():
    """Run on its own, the truncated model has larger errors at short lags and none at the full one."""
    found = line(5, "uniform:0.5").mz_decompose(Mori(1))
    errors = truncation_errors(found, recursive=True)
    assert errors[-1] < 1e-12 < errors[-2] < errors[0]


def test_full_memory_propagates_like_the_operators():
    """||T P_j|| at full lag is ||M_{0:j} P_j||, from the product of the matrices."""
    found = line(4, "uniform:0.5").mz_decompose(Mori(1), u=lambda y: y[:, 0])
    product, expected = np.eye(len(found.matrices[0])), []
    for matrix, p in zip(found.matrices, found.projections[1:]):
        product = product @ matrix
        expected.append(np.linalg.norm(product @ p, 2))
    assert np.allclose(propagator_norms(found, 4), expected, atol=1e-10)


def test_weighted_operators_have_norm_one_and_complements_shrink_with_the_projection():
    """||M_n|| = 1 in L^2(p); ||QMQ|| is at most the maximal correlation and does not grow with the degree of P."""
    chain = line(3, "uniform:0.5")
    found = [chain.mz_decompose(Mori(d), weighted=True) for d in (0, 1, 3)]
    assert all(abs(np.linalg.norm(m, 2) - 1) < 1e-9 for m in found[0].matrices)
    for n, row in enumerate(chain.layer_contraction_table()):
        sizes = [f.qmq(n) for f in found]
        assert all(a >= b - 1e-12 for a, b in zip(sizes, sizes[1:]))
        assert sizes[0] <= row.max_correlation + 1e-3 and abs(sizes[1] - row.qmq_weighted) < 1e-9


def test_unweighted_norms_may_exceed_one_while_the_memory_decays():
    """b = 0.5: ||M_1|| > 1, yet affine ||QMQ|| < 1 and errors fall at least as fast as it says."""
    found = line(6, "uniform:0.5").mz_decompose(Mori(1))
    kappa = max(found.qmq(n) for n in range(6))
    assert max(np.linalg.norm(m, 2) for m in found.matrices) > 1 > kappa
    assert decay_rate(truncation_errors(found)) < kappa


@pytest.mark.parametrize("width, degree", [(2, 8), (3, 4)])
def test_width_two_and_three_equations_are_exact(width, degree):
    """Tensor bases, unweighted and weighted: defects are rounding; weighted norms are 1 up to quadrature."""
    for weighted in (False, True):
        found = square(2, "uniform:1", width).mz_decompose(Mori(1), degree=degree, weighted=weighted)
        assert found.defect() < 1e-12
    assert all(abs(np.linalg.norm(m, 2) - 1) < 1e-2 for m in found.matrices)


def test_the_equation_for_densities_is_the_transpose():
    """p_L from streaming, memory and noise; its integral is 1 and its mean is that of the piecewise density."""
    chain = line(3, "uniform:0.8")
    found = decompose_density(chain, Mori(1))
    assert found.defect() < 1e-12
    last = chain.mz_decompose(Mori(1)).space
    mean = found.states[0] @ last.coordinates(3, lambda y: y[:, 0])
    assert abs(found.states[0] @ last.coordinates(3, lambda y: np.ones(len(y))) - 1) < 1e-9
    assert abs(mean - chain.density(3).expectation(lambda y: y[:, 0])) < 1e-6


LAGS = {(1, False): (4.3e-1, 3.6e-2, 1.2e-2, 5.1e-3, 1.5e-3, 5.9e-4, 2.1e-4),
        (3, False): (2.3e-1, 3.5e-2, 4.6e-3, 5.3e-4, 4.4e-5, 3.1e-6, 4.2e-7),
        (3, True): (1.1e-1, 1.1e-2, 1.9e-3, 3.7e-4, 1.7e-4, 6.6e-5, 4.2e-5)}
"""Relative errors measured on the trained network of eight layers, b = 0.5, by lag; rounded."""


@pytest.mark.parametrize("degree, weighted", LAGS)
def test_memory_of_a_trained_network_is_cut_with_the_measured_errors(degree, weighted):
    """L = 8, b = 1/2: the self-consistent recursion has the recorded errors, and rounding at full lag."""
    found = trained("line").mz_decompose(Mori(degree), weighted=weighted)
    errors = truncation_errors(found, recursive=True)
    assert np.abs(errors[:-1]/LAGS[degree, weighted] - 1).max() < 0.1 and errors[-1] < 1e-12


def test_the_unweighted_condition_fails_on_a_trained_network_and_complements_contract():
    """L = 8, b = 1/2: ||M_n|| > 1 from layer 1 on and every Hilbert-Schmidt norm is above 1; affine ||QMQ|| < 0.65."""
    chain = trained("line")
    found = chain.mz_decompose(Mori(1))
    assert all(np.linalg.norm(m, 2) > 1 for m in found.matrices[1:])
    assert max(found.qmq(n) for n in range(8)) < 0.65


@pytest.mark.slow
def test_condition_table_of_a_trained_network_of_width_two():
    """N = 2, b = 1.2: HS^2 = .69, 3.36, 3.36, 3.36 while delta = .972 and affine weighted ||QMQ|| < .5."""
    rows = trained("square").layer_contraction_table()
    assert np.allclose([row.hs**2 for row in rows], [0.694, 3.36, 3.36, 3.36], atol=5e-3)
    assert all(abs(row.delta - 0.9722) < 1e-4 and row.qmq_weighted < 0.5 and row.max_correlation < 0.96 for row in rows)
    assert rows[0].op_norm < 1 < rows[1].op_norm


def test_states_are_the_conditional_expectations():
    """The coordinates of q_0 evaluate to what `conditional_expectation` gives."""
    chain = line(3, "uniform:0.8")
    found = chain.mz_decompose(Mori(1))
    x = grid(chain, 10)
    values = found.space.bases[0].evaluate(found.space.legendre(0, found.states[0]), x)
    assert np.abs(values - chain.conditional_expectation(None, x)).max() < 1e-6


def test_wrong_projections_are_refused():
    """Counts, empty Mori, unknown coordinates, shapes."""
    chain = line(3, "uniform:0.8")
    wrongs = {"one, 3": [Mori(1)]*2, "degree or functions": Mori(), "coordinates below 1": Zwanzig((1,))}
    for words, wrong in wrongs.items():
        with pytest.raises(InputError, match=words):
            chain.mz_decompose(wrong)
    with pytest.raises(InputError, match="shape"):
        from_matrices([np.eye(2)], [np.eye(2), np.eye(3)], np.ones(2))
