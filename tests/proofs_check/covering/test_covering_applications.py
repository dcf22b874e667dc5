"""Covering theorems applied to architectures and modules, with margins computed by hand."""

from __future__ import annotations

from fractions import Fraction
from math import log, tanh

import pytest
import torch
from torch import nn
from torch.nn import functional

from numerics.modules.layers import LIPSCHITZ
from proofs_check import applications, bound_table
from proofs_check.applying import Application, Applications, applied_claims
from proofs_check.covering.activation_laws import HOMOGENEOUS, ODD, homogeneity_defect, oddness_defect
from proofs_check.verdicts import Outcome
from theory.language.errors import ExactnessError, InputError

MODULES = {
    "relu": nn.ReLU(), "leaky_relu": nn.LeakyReLU(), "identity": nn.Identity(), "tanh": nn.Tanh(),
    "sigmoid": nn.Sigmoid(), "hardtanh": nn.Hardtanh(), "softsign": nn.Softsign(), "tanhshrink": nn.Tanhshrink(),
    "softshrink": nn.Softshrink(), "elu": nn.ELU(), "softplus": nn.Softplus(), "relu6": nn.ReLU6(), "gelu": nn.GELU(),
    "silu": nn.SiLU(), "hardsigmoid": nn.Hardsigmoid(),
}


def on(widths: tuple[int, ...], claim: str | None = None, **options: object) -> Applications:
    """An architecture at eps = 1/10, B = B_x = rho = 1, s = 0 unless said otherwise."""
    return applications(widths, "covering", claim, **{"eps": "1/10", **options})


def network(*parts: nn.Module, inputs: int = 3, claim: str | None = None) -> Applications:
    """A module on inputs with |x| <= 1."""
    return applications(nn.Sequential(*parts).double(), "covering", claim, eps="1/10",
                        example_input=torch.ones(2, inputs, dtype=torch.float64))


def linear(inputs: int, outputs: int, value: float = 0.5) -> nn.Linear:
    """A layer all of whose parameters are the value, so that B is that value."""
    layer = nn.Linear(inputs, outputs)
    for parameter in layer.parameters():
        nn.init.constant_(parameter, value)
    return layer


def only(found: Applications, claim: str) -> Application:
    """The single row of a claim."""
    row, = found.of(claim)
    return row


def test_a_small_network_is_covered_by_the_deep_bound() -> None:
    """2-8-1: kappa = 24 + 25, eps_0 = 128, and the same logarithm as in the table."""
    found = on((2, 8, 1))
    assert dict(only(found, "param_lipschitz").numbers) == {"modulus": 49}
    deep = only(found, "deep_bound")
    assert deep.outcome is Outcome.PROVED and deep.by == (Fraction(1279, 10),)*2
    record = next(r for r in bound_table((2, 8, 1), "covering", eps="1/10").records if r.name == "quoted deep")
    assert dict(deep.numbers)["log"] == record.log[1]


@pytest.mark.parametrize(("options", "hypothesis", "by"), [
    ({"eps": "1000"}, "H11", Fraction(872)), ({"bound": "1/10"}, "H4", Fraction(1, 40)),
    ({"bound": "1/10"}, "H10", Fraction(1, 5)), ({"lipschitz": "1/16"}, "H10", Fraction(1, 2))])
def test_each_guard_of_the_deep_bound_has_its_margin(options: dict[str, str], hypothesis: str, by: Fraction) -> None:
    """eps - eps_0, 1/8 - B, 1 - B rho d, as exact fractions."""
    rows = {row.hypothesis: row for row in on((2, 8, 1), "deep_bound", **options).rows}
    assert rows[hypothesis].outcome is Outcome.NOT_APPLICABLE
    assert rows[hypothesis].by == (by, by) and rows[hypothesis].grade == "exact"


def test_the_unconditional_bound_needs_no_guard() -> None:
    """Where the deep bound does not apply this one does."""
    found = on((2, 8, 1), bound="1/10", offsets="1/2")
    assert only(found, "deep_bound_unconditional").outcome is Outcome.PROVED
    assert "H4" in {row.hypothesis for row in found.of("deep_bound")}


def test_a_network_without_hidden_layers_has_no_deep_bound() -> None:
    """L = 0: one hidden layer is missing."""
    found = on((3, 2))
    assert (only(found, "deep_bound").hypothesis, only(found, "deep_bound").by) == ("H1", (1, 1))
    assert only(found, "relative_gain").by == (1, 1)
    assert only(found, "perm_invariance").outcome is Outcome.PROVED


def test_offsets_that_are_only_bounded_are_not_known_to_be_positive() -> None:
    """An architecture's s is an upper bound, so that sigma(0) = 0 is neither met nor broken."""
    row = on((2, 8, 1), "deep_bound", offsets="1/2").rows[0]
    assert (row.outcome, row.hypothesis, row.by) == (Outcome.UNDECIDED, "H9", (Fraction(0), Fraction(1, 2)))


@pytest.mark.parametrize("claim", ["sign_flip", "relu_scaling", "relu_scaling_cover"])
def test_an_architecture_names_no_activation(claim: str) -> None:
    """Symmetries of activations are undecided without a module."""
    assert only(on((2, 8, 1)), claim).outcome is Outcome.UNDECIDED


@pytest.mark.parametrize(("widths", "hypothesis", "by"), [
    ((2, 8, 5, 1), "C3.H5", 3), ((2, 8, 3), "C1", 2), ((2, 8, 8, 4), "C3", 3)])
def test_unequal_widths_and_outputs_are_counted(widths: tuple[int, ...], hypothesis: str, by: int) -> None:
    """The relative gain is for equal hidden widths and one output."""
    row = only(on(widths), "relative_gain")
    assert (row.hypothesis, row.by) == (hypothesis, (by, by))


def test_the_relative_gain_is_a_quotient_of_logarithms() -> None:
    """ln 8! over 33 ln 490 for 2-8-1, m = 490."""
    row = only(on((2, 8, 1)), "relative_gain")
    share = sum(log(k) for k in range(1, 9))/(33*log(490))
    assert float(dict(row.numbers)["share"]) == pytest.approx(share, rel=1e-9)


def test_a_relu_module_scales_and_a_tanh_module_turns() -> None:
    """Each symmetry holds for one activation and fails for the other, by an exact or enclosed defect."""
    relu, tanh_net = (network(linear(3, 4), part, linear(4, 1)) for part in (nn.ReLU(), nn.Tanh()))
    assert only(relu, "relu_scaling").outcome is only(tanh_net, "sign_flip").outcome is Outcome.PROVED
    assert dict(only(relu, "relu_scaling").numbers) == {"units": 4}
    flip = only(relu, "sign_flip")
    assert (flip.hypothesis, flip.by, flip.grade) == ("H6", (1, 1), "exact")
    scale = only(tanh_net, "relu_scaling")
    assert (scale.hypothesis, scale.grade) == ("H6", "enclosed") and scale.by is not None
    assert float(scale.by[0]) == pytest.approx(2*tanh(1) - tanh(2))
    cover = only(relu, "relu_scaling_cover")
    assert cover.outcome is Outcome.PROVED and "exponent 17 in place of S = 21" in cover.conclusion


def test_a_deeper_or_wider_network_has_no_scaling_cover() -> None:
    """One hidden layer and one output, counted."""
    deep = network(linear(3, 4), nn.ReLU(), linear(4, 4), nn.ReLU(), linear(4, 1), claim="relu_scaling_cover").rows[0]
    wide = network(linear(3, 4), nn.ReLU(), linear(4, 3), claim="relu_scaling_cover").rows[0]
    assert (deep.hypothesis, deep.by) == ("C1", (1, 1)) and (wide.hypothesis, wide.by) == ("C1", (2, 2))


def test_constants_of_a_module_are_measured() -> None:
    """Sigmoid units are 1/2 at 0 and 1/4-Lipschitz: both guards fail, with B = 1/2 and four units."""
    rows = {row.hypothesis: row for row in network(linear(3, 4), nn.Sigmoid(), linear(4, 1)).of("deep_bound")}
    assert rows["H9"].outcome is Outcome.NOT_APPLICABLE and rows["H9"].by == (Fraction(1, 2),)*2
    assert rows["H10"].by == (Fraction(1, 2),)*2


def test_prior_bounds_are_for_the_unit_box() -> None:
    """B = 1/2 is 1/2 short; eps beyond (L + 1) prod (d_j + 1) = 54 is 46 too large; else ceil(1/eps) is the floor."""
    small = on((2, 8, 1), "prior_bounds", bound="1/2").rows[0]
    assert (small.hypothesis, small.by) == ("C1.H1.H1", (Fraction(1, 2),)*2)
    assert "<= 1" in small.formal
    assert on((2, 8, 1), "prior_bounds", eps="100").rows[0].by == (46, 46)
    assert dict(on((2, 8, 1), "prior_bounds", eps="3/10").rows[0].numbers) == {"floor": 4}


class Residual(nn.Module):
    """x + tanh(W x + b), then an output."""

    def __init__(self) -> None:
        super().__init__()
        self.inner, self.last = linear(3, 3), linear(3, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the output."""
        return self.last(x + torch.tanh(self.inner(x)))


def test_a_residual_module_has_the_graph_modulus_only() -> None:
    """Every claim on fully connected layers names the addition."""
    found = applications(Residual(), "covering", eps="1/10", example_input=torch.ones(2, 3))
    assert only(found, "graph_modulus").outcome is Outcome.PROVED
    others = [row for row in found.rows if row.claim != "covering.graph_modulus"]
    assert len(others) == len(applied_claims("covering")) - 1
    assert all(row.outcome is Outcome.NOT_APPLICABLE and row.margin.startswith("1 layer of another kind: add")
               for row in others)


class Functional(nn.Module):
    """x, then an activation as a function, then an output."""

    def __init__(self, slope: float | None) -> None:
        super().__init__()
        self.inner, self.last, self.slope = linear(3, 3), linear(3, 1), slope

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return the output."""
        x = self.inner(x)
        return self.last(functional.leaky_relu(x) if self.slope is None else functional.leaky_relu(x, self.slope))


@pytest.mark.parametrize("part", [nn.LeakyReLU(3.0), nn.Hardtanh(-1, 2), nn.ELU(5.0), nn.Softplus(beta=9)])
def test_activations_with_settings_of_their_own_are_refused(part: nn.Module) -> None:
    """LeakyReLU(3) is not 1-Lipschitz and Hardtanh(-1, 2) is not odd: nothing is proved with default constants."""
    with pytest.raises(InputError, match="default settings"):
        network(linear(3, 4), part, linear(4, 1))


def test_functions_with_settings_of_their_own_are_refused() -> None:
    """As for modules; the default slope is read."""
    inputs = torch.ones(2, 3)
    found = applications(Functional(None), "covering", eps="1/10", example_input=inputs)
    assert only(found, "relu_scaling").outcome is Outcome.PROVED
    with pytest.raises(InputError, match="default settings"):
        applications(Functional(3.0), "covering", eps="1/10", example_input=inputs)


def test_floats_and_missing_inputs_are_refused() -> None:
    """As for the table."""
    with pytest.raises(ExactnessError):
        on((2, 8, 1), eps=0.1)
    with pytest.raises(InputError, match="example_input"):
        applications(nn.Linear(2, 1), "covering", eps="1")
    with pytest.raises(InputError):
        on((2, 8, 1), eps=[])


@pytest.mark.parametrize("name", sorted(LIPSCHITZ))
def test_defects_of_activations_agree_with_torch(name: str) -> None:
    """An activation that is said to obey a law does so at many points, one said to break it does so at the point."""
    phi, points = MODULES[name], torch.linspace(-4, 4, 161, dtype=torch.float64)
    odd = (phi(points) + phi(-points)).abs().max().item()
    scaled = max((phi(2*points) - 2*phi(points)).abs().max().item(),
                 (phi(torch.tensor([12.0])) - 2*phi(torch.tensor([6.0]))).abs().item())
    for defect, largest, law in ((oddness_defect(name), odd, ODD), (homogeneity_defect(name), scaled, HOMOGENEOUS)):
        if name in law:
            assert defect == (0, 0) and largest < 1e-12
        elif defect is None:
            assert largest > 1e-6
        else:
            assert 0 < defect[0] <= defect[1] and float(defect[0]) <= largest + 1e-6
