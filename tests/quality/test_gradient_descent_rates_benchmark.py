"""The benchmark of gradient descent's rates: closed forms by hand, measured steps, and it runs. No time is asserted."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import gradient_descent_rates as benchmark  # noqa: E402


def test_the_worst_case_of_the_class_by_hand():
    """eta M = 1: 1 - (2 M - 2 mu)/(2 M + mu) = 3 mu/(2 M + mu); never less than the textbook's eta mu."""
    assert benchmark.closed_form(0.2, 1.0, 1.0) == pytest.approx(0.6/2.2)
    assert benchmark.closed_form(2.0, 10.0, 0.1) == pytest.approx(0.6/2.2)
    for share in (0.01, 0.3, 1.0):
        assert benchmark.closed_form(1e-6, 1.0, share) >= 1e-6*share


def test_measured_steps_of_one_number():
    """G = Y = 1, beta = 1, step 1/10: the head moves to 1/5 and B stays, so the gap goes from 1 to 16/25."""
    one = np.array([[1.0]])
    assert benchmark.measured(one, one, 1.0, 0.1, 0.0, 1) == pytest.approx(9/25)


def test_exact_copies_of_floats():
    """A float becomes the rational that it is."""
    assert benchmark.exact(np.array([[0.5, 3.0]])) == [[1/2, 3]]


def test_the_quick_rates_benchmark_runs(tmp_path, capsys):
    """Certificates lie below the closed form and the measured contraction; both files are written."""
    assert benchmark.main(["--quick", "--out", str(tmp_path / "rates")]) == 0
    rows = {row["method"]: row for row in json.loads((tmp_path / "rates.json").read_text())}
    assert {"certificate", "certificate, second form", "closed form of the class", "measured"} <= set(rows)
    first, second, form, seen = (rows[name]["one_minus_factor"] for name in (
        "certificate", "certificate, second form", "closed form of the class", "measured"))
    assert 0 < first <= second <= form and second <= seen
    assert (tmp_path / "rates.md").read_text() in capsys.readouterr().out
