"""Theorems on noisy networks applied to small chains whose margins are computed by hand."""

from __future__ import annotations

from fractions import Fraction
from math import pi, sqrt, tanh

import pytest
import torch
from torch import nn

from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer
from proofs_check import applications
from proofs_check.applying import Application, Applications
from proofs_check.mori_zwanzig.range_sizes import image_widths, inner_ranges
from proofs_check.verdicts import Outcome
from theory.language.errors import InputError

BOX = ((-1.0, 1.0),)


def chain(*noises: str, phi: str = "tanh", weight: float = 1.0, readout: float | None = None) -> NoisyChain:
    """One neuron a level, phi(w x), a layer for each noise."""
    layers = tuple(NoisyLayer.plain([[weight]], [0.0], phi, noise) for noise in noises)
    if readout is None:
        return NoisyChain(layers, BOX)
    return NoisyChain(layers, BOX, (torch.tensor([[readout]]).double().numpy(), torch.zeros(1).double().numpy()))


def only(found: Applications, claim: str, subject: str = "") -> Application:
    """The single row of a claim, or that of a part of the model."""
    rows = [row for row in found.of(claim) if subject in ("", row.subject)]
    assert len(rows) == 1, rows
    return rows[0]


def test_where_the_hilbert_schmidt_route_fails_oscillations_still_contract() -> None:
    """Noise 2 in both layers: growth needs b_1 >= 1 + b_0 = 3, one more than there is; Dobrushin asks for no growth."""
    found = applications(chain("uniform:2", "uniform:2"), "mori_zwanzig")
    failing = only(found, "contraction_uniform")
    assert (failing.outcome, failing.hypothesis, failing.by) == (Outcome.NOT_APPLICABLE, "H6", (1, 1))
    assert "r*(1 + B(l)) <= B(l + 1)" in failing.formal
    whole = dict(only(found, "dobrushin", "the chain").numbers)["product"]
    widths = [2*tanh(1), 2*tanh(2 + tanh(1))]
    assert 0 <= float(whole) - widths[0]*widths[1]/16 < 1e-9
    second = only(found, "hs_norm", "layer 1")
    assert second.outcome is Outcome.PROVED and "no contraction follows" in second.margin


def test_growing_noise_contracts_by_kappa() -> None:
    """b = 2, 6: r = min(2/1, 6/3) = 2, kappa = 1/2, two layers make 1/4."""
    row = only(applications(chain("uniform:2", "uniform:6"), "mori_zwanzig"), "contraction_uniform")
    assert (row.outcome, row.grade) == (Outcome.PROVED, "exact")
    assert dict(row.numbers) == {"kappa": Fraction(1, 2), "bound": Fraction(1, 4)}
    assert row.by == (1, 1)


def test_a_wide_input_box_counts_as_noise_before_the_first_layer() -> None:
    """On [-3, 3] the range is 6 = 2 + 2 * 2 wide, so b_0 = 2 is 1 below 1 + 2."""
    layer = NoisyLayer.plain([[1.0]], [0.0], "tanh", "uniform:2")
    row = only(applications(NoisyChain((layer,), ((-3.0, 3.0),)), "mori_zwanzig"), "contraction_uniform")
    assert (row.hypothesis, row.by) == ("H6", (1, 1))


def test_images_wider_than_two_fail_for_certain_in_the_first_layer() -> None:
    """ReLU(3 x) on [-1, 1] is 3 wide, 1 more than 2."""
    row = only(applications(chain("uniform:4", "uniform:10", phi="relu", weight=3.0), "mori_zwanzig"),
               "contraction_uniform")
    assert (row.outcome, row.hypothesis, row.by) == (Outcome.NOT_APPLICABLE, "H8", (1, 1))


def test_a_width_between_two_bounds_is_undecided() -> None:
    """ReLU(x/2) after ReLU(x) + noise 4: its width is between 2, on a cube inside, and 5/2, on a box around."""
    layers = (NoisyLayer.plain([[1.0]], [0.0], "relu", "uniform:4"),
              NoisyLayer.plain([[0.5]], [0.0], "relu", "uniform:10"),
              NoisyLayer.plain([[1.0]], [0.0], "tanh", "uniform:30"))
    row = only(applications(NoisyChain(layers, BOX), "mori_zwanzig"), "contraction_uniform")
    assert (row.outcome, row.hypothesis) == (Outcome.UNDECIDED, "H8")
    assert row.by == (2, Fraction(5, 2)) and row.grade == ""


def test_levels_of_different_width_are_counted() -> None:
    """Two inputs and one neuron: the claim has one width for all levels, one neuron is missing."""
    layer = NoisyLayer.plain([[1.0, 1.0]], [0.0], "tanh", "uniform:2")
    row = only(applications(NoisyChain((layer,), BOX*2), "mori_zwanzig"), "contraction_uniform")
    assert (row.hypothesis, row.by) == ("C2.H1", (1, 1))


def test_gaussian_noise_contracts_the_first_level_only() -> None:
    """2/(2 sqrt(pi)) = 0.564 for sigma = 1; behind Gaussian noise the range is unbounded."""
    rows = applications(chain("gaussian:1", "gaussian:1"), "mori_zwanzig").of("gaussian_noise")
    assert [row.outcome for row in rows] == [Outcome.PROVED, Outcome.NOT_APPLICABLE]
    assert 0 <= float(dict(rows[0].numbers)["hs_squared"]) - 1/sqrt(pi) < 1e-12 and rows[0].grade == "enclosed"
    assert rows[1].hypothesis == "H4" and rows[1].by is None and "unbounded" in rows[1].margin


def test_too_little_gaussian_noise_is_enclosed() -> None:
    """2/sqrt(pi) - 1 = 0.128... is too much for sigma = 1/2."""
    row = applications(chain("gaussian:0.5"), "mori_zwanzig", claim="gaussian_noise").rows[0]
    assert (row.outcome, row.hypothesis, row.grade) == (Outcome.NOT_APPLICABLE, "H4", "enclosed")
    low, high = row.by or (0, 0)
    assert low < high and float(low) == pytest.approx(2/sqrt(pi) - 1, abs=1e-12)
    assert float(high) == pytest.approx(2/sqrt(pi) - 1, abs=1e-12)


def test_claims_about_cubes_do_not_apply_to_gaussian_layers() -> None:
    """Equal layers are one row; the kind of noise is named, and no coefficient is claimed."""
    found = applications(chain("gaussian:1", "gaussian:1", "gaussian:1"), "mori_zwanzig")
    row = only(found, "dobrushin")
    assert (row.outcome, row.hypothesis, row.subject) == (Outcome.NOT_APPLICABLE, "C3", "layers 0 to 2")
    assert only(found, "hs_norm").hypothesis == "C2.H4"
    assert only(found, "constant_mode_obstruction").outcome is Outcome.PROVED


def test_uniform_noise_is_not_gaussian() -> None:
    """Asked by name, the claim on Gaussian noise says which noise there is; unasked it says nothing."""
    assert applications(chain("uniform:1"), "mori_zwanzig").of("gaussian_noise") == ()
    row = applications(chain("uniform:1"), "mori_zwanzig", claim="gaussian_noise").rows[0]
    assert (row.outcome, row.hypothesis) == (Outcome.NOT_APPLICABLE, "C3") and "uniform:1" in row.margin


def test_without_noise_nothing_contracts() -> None:
    """Amplitude 0: each claim names the hypothesis that asks for a density."""
    found = applications(chain("uniform:0"), "mori_zwanzig")
    expected = {"hs_norm": "C2.C2.H2", "norm_sandwich": "C4.H1", "contraction_uniform": "C2.H2", "dobrushin": "C3.H2",
                "neuron_removal": "H3", "constant_mode_obstruction": "C3.H1"}
    assert {claim: only(found, claim).hypothesis for claim in expected} == expected
    assert Outcome.PROVED not in {row.outcome for row in found.rows}


def test_freezing_an_input_costs_its_weight() -> None:
    """|W_j| * 2 / (4 b) for inputs in [-1, 1], b = 2: 1/4 for the weight 1, 1/2 for the weight -2."""
    layer = NoisyLayer.plain([[1.0, -2.0]], [0.0], "tanh", "uniform:2")
    row = only(applications(NoisyChain((layer,), BOX*2), "mori_zwanzig"), "neuron_removal")
    assert dict(row.numbers) == {"input_1": Fraction(1, 4), "input_2": Fraction(1, 2)}
    assert "freezing input 1" in row.conclusion and "1/4 osc(u)" in row.conclusion


def test_a_residual_block_is_no_plain_layer() -> None:
    """The coefficient of x is 1 where the claim has 0."""
    layer = NoisyLayer.plain([[1.0]], [0.0], "tanh", "uniform:2", 0.5)
    row = only(applications(NoisyChain((layer,), BOX), "mori_zwanzig"), "neuron_removal")
    assert (row.hypothesis, row.by) == ("H4", (1, 1))


def test_small_noise_makes_dobrushin_vacuous() -> None:
    """tanh(x) on [-1, 1] is wider than 2b = 1: the bound is that of any average, and says so."""
    row = only(applications(chain("uniform:1/2"), "mori_zwanzig"), "dobrushin", "layer 0")
    assert row.outcome is Outcome.PROVED and "vacuous" in row.conclusion
    assert float(row.by[0]) == pytest.approx(2*tanh(1) - 1)  # type: ignore[index]


def test_relu_behind_gaussian_noise_has_no_width() -> None:
    """Its image is unbounded for certain; under a bounded range it is not."""
    found = applications(chain("gaussian:1", "uniform:2", phi="relu"), "mori_zwanzig", claim="dobrushin")
    assert [(row.subject, row.hypothesis) for row in found.rows] == [("layer 0", "C3"), ("layer 1", "C3.H6")]
    assert found.rows[1].outcome is Outcome.NOT_APPLICABLE and found.rows[1].by is None


def test_the_readout_turns_the_product_into_a_number() -> None:
    """osc(u) <= |alpha| times the width of the last range, 2 tanh(1) + 2b = 2 tanh(1) + 8."""
    row = only(applications(chain("uniform:4", readout=-3.0), "mori_zwanzig"), "dobrushin", "the chain")
    numbers = {name: float(value) for name, value in row.numbers}
    assert numbers["readout"] == pytest.approx(3*(2*tanh(1) + 8))
    assert numbers["oscillation"] == pytest.approx(numbers["readout"]*2*tanh(1)/8)


def test_claims_about_finitely_many_states_do_not_apply() -> None:
    """A level behind noise with a density is infinite: no estimate makes up for that."""
    row = only(applications(chain("uniform:2"), "mori_zwanzig"), "maximal_correlation")
    assert row.outcome is Outcome.NOT_APPLICABLE and "finitely many" in row.words


def test_what_two_forgetting_layers_represent_hardly_oscillates() -> None:
    """Noise 4, readout -3: the product of tanh(1)/4 and tanh(4 + tanh(1))/4 times 3 (8 + 2 tanh(4 + tanh(1)))."""
    row = only(applications(chain("uniform:4", "uniform:4", readout=-3.0), "mori_zwanzig"), "capacity_memory_tradeoff")
    last = tanh(4 + tanh(1))
    numbers = {name: float(value) for name, value in row.numbers}
    assert row.outcome is Outcome.PROVED and "2 eps" in row.conclusion
    assert numbers["product"] == pytest.approx(tanh(1)*last/16)
    assert numbers["readout"] == pytest.approx(3*(8 + 2*last))
    assert numbers["oscillation"] == pytest.approx(tanh(1)*last/16*3*(8 + 2*last))


def test_levels_of_any_widths_have_a_capacity() -> None:
    """Two inputs, one neuron, no readout: tanh(x_1 + x_2) is 2 tanh(2) wide, the coefficient tanh(2)/2 for b = 2."""
    layer = NoisyLayer.plain([[1.0, 1.0]], [0.0], "tanh", "uniform:2")
    row = only(applications(NoisyChain((layer,), BOX*2), "mori_zwanzig"), "capacity_memory_tradeoff")
    assert row.outcome is Outcome.PROVED and "osc(u) + 2 eps" in row.conclusion
    assert float(dict(row.numbers)["product"]) == pytest.approx(tanh(2)/2)


def test_constants_enclose_the_mean_output() -> None:
    """The mean of -3 (tanh(y) + noise) lies within 3 tanh(2 + tanh(1)) of 0: the last noise has mean 0."""
    row = only(applications(chain("uniform:2", "uniform:4", readout=-3.0), "mori_zwanzig"), "monotone_enclosure")
    numbers = {name: float(value) for name, value in row.numbers}
    assert row.outcome is Outcome.PROVED and row.conclusion.startswith("-") and "<= q_0(x) <=" in row.conclusion
    assert numbers["upper"] == pytest.approx(3*tanh(2 + tanh(1))) and numbers["lower"] == -numbers["upper"]


def test_order_and_capacity_ask_for_uniform_noise() -> None:
    """Gaussian noise has no cubes, and levels of infinite volume; amplitude 0 has no density."""
    found = applications(chain("uniform:2", "gaussian:1", readout=1.0), "mori_zwanzig")
    capacity, order = (only(found, claim) for claim in ("capacity_memory_tradeoff", "monotone_enclosure"))
    assert (capacity.outcome, capacity.hypothesis) == (Outcome.NOT_APPLICABLE, "C3") and "gaussian" in capacity.margin
    assert (order.outcome, order.hypothesis) == (Outcome.NOT_APPLICABLE, "C4") and "infinite volume" in order.margin
    silent = applications(chain("uniform:0", readout=1.0), "mori_zwanzig")
    assert only(silent, "capacity_memory_tradeoff").hypothesis == "C3.H4"
    assert only(silent, "monotone_enclosure").hypothesis == "C4.H2"


def test_boxes_inside_lie_inside_and_widths_are_enclosed() -> None:
    """Inner boxes are contained in outer ones; the true width of tanh(2 x) lies between the two bounds."""
    found = chain("uniform:2", "uniform:1", "uniform:1", weight=2.0)
    inner = inner_ranges(found)
    assert all(a[0][0] <= b[0][0] and b[0][1] <= a[0][1] for a, b in zip(found.ranges, inner))
    (low, high), = image_widths(found.layers[0], found.ranges[0], inner[0])
    assert low <= Fraction(2*tanh(2)) + Fraction(1, 10**12) and Fraction(2*tanh(2)) - Fraction(1, 10**12) <= high
    assert high - low < Fraction(1, 10**12)


def test_a_torch_module_needs_noise() -> None:
    """As for the table; with noise it is read like a chain."""
    model = nn.Sequential(nn.Linear(1, 1), nn.Tanh()).double()
    with pytest.raises(InputError, match="noise"):
        applications(model, "mori_zwanzig")
    found = applications(model, "mori_zwanzig", noise="uniform:2", claim="hs_norm")
    assert dict(found.rows[0].numbers)["hs_squared"] == Fraction(1, 2)
