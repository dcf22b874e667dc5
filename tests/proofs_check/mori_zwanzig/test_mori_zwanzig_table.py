"""The tables of noisy chains: columns, certificates by hand, what fails and by how much, the command line."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
import torch
from torch import nn

from numerics.mori_zwanzig.chain import NoisyChain
from proofs_check.cli import main
from proofs_check.mori_zwanzig.table_of import COLUMNS, below_one, lower_text, table_of, upper_text
from proofs_check.tables import bound_table
from theory.language.errors import InputError, LemmascopeError


def network(width: int, depth: int = 2, weight: float = 0.75, kind: type[nn.Module] = nn.Tanh) -> nn.Sequential:
    """Equal widths, W = weight * identity, no biases."""
    layers: list[nn.Module] = []
    for _ in range(depth):
        linear = nn.Linear(width, width)
        linear.weight.data.copy_(weight*torch.eye(width))
        linear.bias.data.zero_()
        layers += [linear, kind()]
    last = nn.Linear(width, 1)
    last.weight.data.fill_(1.0)
    last.bias.data.zero_()
    return nn.Sequential(*layers, last)


def test_identity_layers_by_hand():
    """F(x) = 3x/4, b = 1 on [-1, 1]: Omega_1 has length 7/2; HS^2 = 1, 7/4; delta = 3/4 and 1, product 3/4."""
    found = table_of(network(1, kind=nn.Identity), noise="uniform:1", estimates=False)
    first, second = found.records
    assert found.columns == COLUMNS and [row[0] for row in found.rows] == ["0", "1"]
    assert (first.volume, second.volume) == (2, Fraction(7, 2))
    assert first.hs == 1 and second.hs**2 >= Fraction(7, 4) > (second.hs - Fraction(1, 10**9))**2
    assert (first.delta, second.delta) == (Fraction(3, 4), 1) and first.product == second.product == Fraction(3, 4)
    assert first.valid == ("Schur", "Dobrushin") and second.valid == ()
    assert found.rows[1][COLUMNS.index("valid")] == "none"
    assert "found 2.625: 0.625 too wide" in second.fails and "needs ||M||_HS^2 < 1, found 1.75" in second.fails


def test_where_hs_fails_memory_still_decays():
    """tanh, b = 6/5: the HS condition fails at layer 1 and says so; Dobrushin and the weighted QMQ norm hold."""
    found = table_of(network(1), noise="uniform:1.2")
    second = found.records[1]
    assert second.hs > 1 and second.valid == ("Dobrushin", "weighted QMQ")
    # |tanh| <= 1: delta <= 1/b = 5/6
    assert second.delta <= Fraction(5, 6) and 0 < second.qmq_weighted < second.max_correlation < 1
    assert second.max_correlation**2 <= second.delta and found.records[0].op_lower <= found.records[0].schur
    assert any("fails at layers 1, and delta < 1 certifies" in note for note in found.notes)
    assert found.rows[1][COLUMNS.index("max. correlation")].startswith("~0.")


def test_sixty_four_neurons_have_formulas_only():
    """Width 64: no grids, so no estimates; HS at layer 0, Dobrushin everywhere, huge volumes with an exponent."""
    found = table_of(network(64), noise="uniform:64")
    assert [record.valid for record in found.records] == [("HS", "Dobrushin"), ("Dobrushin",)]
    assert all(record.max_correlation is None and record.kind == "rational" for record in found.records)
    assert "e" in found.rows[1][1] and found.rows[1][COLUMNS.index("QMQ weighted")] == "-"


def test_gaussian_noise_has_no_unweighted_norms_behind_layer_0():
    """Layer 0 has a Hilbert-Schmidt norm by balls; layer 1 none, with the reason; its delta is below 2 Phi(1) - 1."""
    first, second = table_of(network(1), noise="gaussian:1", estimates=False).records
    assert first.hs is not None and first.kind == "ball" and second.hs is None and second.schur is None
    assert "unbounded" in second.fails and second.valid == ("Dobrushin",) and second.delta < Fraction(6827, 10000)


def test_without_noise_the_answer_is_none():
    """Amplitude 0: nothing is valid and every layer says why."""
    found = table_of(network(1), noise="uniform:0")
    assert all(record.valid == () and "amplitude 0" in record.fails for record in found.records)
    assert found.records[-1].product == 1


@pytest.mark.parametrize(("options", "message"), [
    ({}, "noise: required the noise of the layers"), ({"noise": "uniform:x"}, "a decimal or fraction"),
    ({"noise": "cauchy:1"}, "the kind uniform or gaussian"), ({"noise": "uniform:-1"}, "at least 0"),
    ({"noise": "uniform:1", "input_box": (1, -1)}, "finite intervals low < high")])
def test_bad_options_are_refused(options: dict[str, object], message: str):
    """No noise, a noise that is none, an empty input box: errors that name the remedy."""
    with pytest.raises(InputError, match=message):
        table_of(network(1), **options)


def test_unknown_activations_are_refused():
    """GELU is not monotone and is refused by name."""
    with pytest.raises(LemmascopeError, match="(?i)gelu"):
        table_of(network(1, kind=nn.GELU), noise="uniform:1")


def test_chains_are_taken_as_they_are():
    """A `NoisyChain` and its module give the same table."""
    module = network(1)
    chain = NoisyChain.from_module(module, "uniform:1.5", [(-1, 1)])
    options = {"estimates": False, "cells": 50}
    assert table_of(chain, **options) == table_of(module, noise="uniform:1.5", **options)


def test_amplitudes_of_the_dossier():
    """kappa = 1/2: 2, 6, 14, 30, 62, 126 at width 1; at width 4 and 64 the roots, rounded outward."""
    one = table_of((1, "1/2", 6))
    assert [record.amplitude for record in one.records] == [(Fraction(n), Fraction(n)) for n in (2, 6, 14, 30, 62, 126)]
    four = [float(record.amplitude[1]) for record in table_of((4, "0.5", 5)).records]
    assert [round(b, 4) for b in four] == [1.1892, 2.6034, 4.2852, 6.2852, 8.6636]
    wide = [float(record.amplitude[1]) for record in table_of((64, "0.1", 4)).records]
    assert [round(b, 4) for b in wide] == [1.0366, 2.1112, 3.2252, 4.3800]
    assert all(r.amplitude[1] - r.amplitude[0] < Fraction(1, 2**50) for r in table_of((4, "0.5", 5)).records)


def test_at_the_borderline_amplitudes_grow_linearly():
    """kappa = 1: b_n = n + 1 exactly, and delta = 1/b is 1 at the first and 1/4 at the fourth."""
    records = table_of((1, 1, 4)).records
    assert [record.amplitude[1] for record in records] == [1, 2, 3, 4]
    assert [record.delta for record in records][::3] == [1, Fraction(1, 4)]


@pytest.mark.parametrize(("subject", "message"), [
    ((1, "1/2"), r"\(N, kappa, L\)"), ((0, "1/2", 3), "N: required an integer from 1"),
    ((1, "2", 3), r"a number in \(0, 1\]"), ((1, "1/2", "x"), "L: required an integer")])
def test_bad_amplitude_questions_are_refused(subject: tuple[object, ...], message: str):
    """Widths, contractions and depths out of range."""
    with pytest.raises(InputError, match=message):
        bound_table(subject, "mori_zwanzig")


def test_shown_numbers_are_rounded_outward():
    """Large and small numbers keep four digits and their side; numbers near 1 show what is missing."""
    assert (upper_text(Fraction(10)**6), upper_text(Fraction(99995)*10**20 + 1)) == ("1.000e6", "1.000e25")
    assert lower_text(Fraction(99999)*10**20) == "9.999e24" and upper_text(Fraction(0)) == "0.0000"
    assert below_one(Fraction(1)) == "1" and below_one(1 - Fraction(1, 10**9)) == "1 - 1.000e-9"
    assert below_one(Fraction(1, 3)) == "0.3334"


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A model of a user's file as JSON, amplitudes as text, and refusals with exit code 2."""
    model = tmp_path / "model.py"
    model.write_text("from torch import nn\n\n\ndef make():\n    return nn.Sequential(nn.Linear(1, 1), nn.Tanh())\n")
    command = ["table", "mori_zwanzig", "--model", f"{model}:make", "--noise", "uniform:1.2", "--certified-only"]
    assert main([*command, "--input-box", "1/2", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["records"][0]["volume"] == "1"
    assert main(["table", "mori_zwanzig", "--amplitudes", "1", "0.5", "3"]) == 0
    assert "14.0000" in capsys.readouterr().out
    assert main(command[:4]) == 2
    assert main(["table", "mori_zwanzig", "--amplitudes", "1", "1", "1", "--noise", "x"]) == 2
    capsys.readouterr()
