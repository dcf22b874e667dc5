"""The benchmark of the operator engine: its Ulam matrices are right, and it runs. No time is asserted."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import operators as benchmark  # noqa: E402
from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer  # noqa: E402

SUMMED = 100 * 2.0**-52
"""The rounding of a sum of 100 shares that add up to 1, each with a rounding of its own."""


def affine(width: int) -> NoisyChain:
    """Two identity layers x/2, readout the sum of coordinates: q_0(x) = sum x/4."""
    layer = NoisyLayer.plain(np.eye(width)/2, np.zeros(width), "identity", "uniform:0.5")
    return NoisyChain((layer, layer), ((-1.0, 1.0),)*width, (np.ones((1, width)), np.zeros(1)))


@pytest.mark.parametrize("width", [1, 2])
def test_exact_overlaps_are_a_markov_matrix_and_converge(width):
    """Rows sum to 1 and are nonnegative; on an affine chain the Ulam value of q_0 comes within the width of a cell."""
    chain, x = affine(width), np.full((3, width), 0.25)*np.array([[-1], [0], [2]])
    edges = [np.linspace(low, high, 11) for low, high in chain.ranges[1]]
    matrix = benchmark.overlaps(chain.layers[0], x, edges)
    assert matrix.shape == (3, 10**width) and (matrix >= 0).all() and np.abs(matrix.sum(1) - 1).max() < SUMMED
    assert np.abs(benchmark.ulam(chain, x, 20, benchmark.overlaps) - x.sum(1)/4).max() < 0.1


def test_counted_transitions_estimate_the_overlaps():
    """200 draws a row: each share is within six standard errors of the exact one."""
    chain, x = affine(1), np.linspace(-1, 1, 9)[:, None]
    edges = [np.linspace(low, high, 6) for low, high in chain.ranges[1]]
    exact, counts = (matrix(chain.layers[0], x, edges) for matrix in (benchmark.overlaps, benchmark.counted))
    assert np.abs(counts.sum(1) - 1).max() < SUMMED
    assert (np.abs(counts - exact) <= 6*np.sqrt(exact*(1 - exact)/benchmark.SAMPLES) + SUMMED).all()


@pytest.mark.slow
def test_the_quick_benchmark_runs(tmp_path, capsys):
    """Every method has its rows, the enclosure holds the reference, and both files are written."""
    assert benchmark.main(["--quick", "--out", str(tmp_path / "operators")]) == 0
    rows = json.loads((tmp_path / "operators.json").read_text())
    methods = {row["method"] for row in rows}
    assert {"operators", "Monte Carlo", "Monte Carlo at equal error", "Ulam, exact", "Ulam, samples",
            "enclosure"} <= methods
    assert all(row["error"] >= 0 and row["seconds"] > 0 for row in rows)
    assert (tmp_path / "operators.md").read_text() in capsys.readouterr().out
