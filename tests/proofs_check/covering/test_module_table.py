"""The bound table of a torch module: certified constants, rows against the architecture's, and clear refusals."""

from __future__ import annotations

from fractions import Fraction
from math import comb, factorial, log
from pathlib import Path

import pytest
import torch
from torch import nn

from proofs_check import bound_table
from proofs_check.cli import main
from proofs_check.covering.rows import BoundRow
from proofs_check.covering.table import bound_rows
from theory.language.errors import ExactnessError, InputError

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ("residual_mlp.py:untrained", "transformer_block.py:untrained")


def linear(inputs: int, outputs: int, value: float) -> nn.Linear:
    """A layer whose parameters are all one number."""
    layer = nn.Linear(inputs, outputs)
    with torch.no_grad():
        layer.weight.fill_(value)
        layer.bias.fill_(value)
    return layer


def by_name(module: nn.Module, example: torch.Tensor, **options) -> dict[str, BoundRow]:
    """The rows of a table for one radius."""
    table = bound_table(module, "covering", example_input=example, eps="0.1", **options)
    return {row.name: row for row in table.records}


LOGS = 16 * 2.0**-49
"""Sums of a few logarithms below 32 in float64, and the middle of an enclosure that is narrower."""


def middle(row: BoundRow) -> float:
    """The value of a row."""
    assert row.log is not None
    return float(sum(row.log)/2)


def test_a_plain_network_has_the_rows_of_its_architecture() -> None:
    """With all parameters +-1 and |x| <= 1 the numbers are those of --arch 2-8-1, and B and B_x are measured."""
    module = nn.Sequential(linear(2, 8, 1.0), nn.Tanh(), linear(8, 1, -1.0))
    rows = by_name(module, torch.tensor([[1.0, -0.5]]))
    expected = {row.name: row for row in bound_rows((2, 8, 1), eps="0.1").records}
    for name in ("raw m^S", "bias-ordered", "orbits", "quoted shallow", "quoted deep", "unconditional",
                 "universal floor"):
        assert rows[name].log == expected[name].log, name
    assert rows["orbits with signs"].log[1] < rows["orbits"].log[0]
    assert "max |theta| = 1" in str(rows["raw m^S"].hypotheses[0]) and all(h.met for h in rows["raw m^S"].hypotheses)


def test_symmetries_and_norms_are_rows() -> None:
    """ln |G| = ln (8! 2^8) for eight tanh units; the spectral norms of matrices of ones are sqrt(16) and sqrt(8)."""
    rows = by_name(nn.Sequential(linear(2, 8, 1.0), nn.Tanh(), linear(8, 1, 1.0)), torch.ones(1, 2))
    assert abs(middle(rows["ln |G|"]) - log(factorial(8)*2**8)) < LOGS
    # `spectral_norm` encloses each norm up to one part in 10^5, and its middle up to one in 10^6
    assert abs(middle(rows["ln prod |W|_2"]) - log(16**0.5*8**0.5)) < 1e-6
    assert rows["lost dimensions"].log == (0, 0)


def test_a_convolution_by_hand() -> None:
    """One filter row of two on |x| <= 2, then a linear layer on two places: the grid of the modulus by hand."""
    convolution = nn.Conv1d(1, 2, 2)
    with torch.no_grad():
        convolution.weight.fill_(0.5)
        convolution.bias.fill_(0.5)
    module = nn.Sequential(convolution, nn.ReLU(), nn.Flatten(), linear(4, 1, 0.5))
    rows = by_name(module, torch.full((1, 1, 3), 2.0))
    # r_1 = (2*2 + 1)/2 = 5/2; kappa_1 = (2*2 + 1) * 4/2 = 10, kappa_2 = 4*5/2 + 1 = 11; S_1 = 6, S_2 = 5
    first, second = (-(-Fraction(1, 2)//(Fraction(1, 10)*size/(kappa*11))) for size, kappa in ((6, 10), (5, 11)))
    assert abs(middle(rows["raw m^S"]) - (6*log(first) + 5*log(second))) < LOGS
    # two channels in the order of their biases: C(m + 1, 2) in place of m^2
    assert abs(middle(rows["bias-ordered"]) - (4*log(first) + log(comb(first + 1, 2)) + 5*log(second))) < LOGS
    assert abs(middle(rows["ln |G|"]) - log(2)) < LOGS and rows["lost dimensions"].log == (2, 2)


def test_batch_norm_enters_with_its_statistics() -> None:
    """A larger running variance makes the modulus, and with it the bound, smaller."""
    def table(variance: float) -> float:
        norm = nn.BatchNorm1d(3)
        norm.running_var.fill_(variance)
        module = nn.Sequential(linear(2, 3, 0.5), norm, nn.ReLU(), linear(3, 1, 0.5))
        return middle(by_name(module, torch.ones(2, 2))["raw m^S"])

    assert table(4.0) < table(1.0) < table(0.25)


def test_what_does_not_apply_names_the_layer() -> None:
    """LayerNorm has no modulus here: the rows say so, while symmetries and counts are numbers."""
    module = nn.Sequential(linear(2, 4, 0.5), nn.LayerNorm(4), linear(4, 1, 0.5))
    rows = by_name(module, torch.ones(2, 2))
    assert rows["raw m^S"].side == "not applicable" and "layer 1" in rows["raw m^S"].remark
    assert rows["ln |G|"].log[0] > 0 and rows["parameters S"].log[0] == 25
    assert any(row.log is not None and row.side == "lower" for row in rows.values())


def test_a_larger_box_is_allowed_and_a_smaller_one_refused() -> None:
    """B may be given; it has to hold the parameters, and it has to be exact."""
    module, example = nn.Sequential(linear(2, 3, 0.5), nn.ReLU(), linear(3, 1, 0.5)), torch.ones(1, 2)
    assert by_name(module, example, bound=1)["raw m^S"].log[0] > by_name(module, example)["raw m^S"].log[1]
    with pytest.raises(InputError, match="a box that holds the parameters, B >= 1/2, found 1/4"):
        by_name(module, example, bound="1/4")
    with pytest.raises(ExactnessError):
        by_name(module, example, bound=0.75)


@pytest.mark.parametrize("network", [3, "abc", None])
def test_what_is_no_network_is_refused(network) -> None:
    """Neither widths nor a module: the message says what to give."""
    with pytest.raises((InputError, ExactnessError)):
        bound_table(network, "covering", eps="0.1", **({"example_input": torch.ones(1)} if network == 3 else {}))
    with pytest.raises(InputError, match="example_input"):
        bound_table(nn.Linear(2, 1), "covering", eps="0.1")


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_have_tables(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The example files work from the command line, and at least one row is a number."""
    assert main(["table", "covering", "--model", str(ROOT/"examples"/example), "--eps", "0.1", "--format", "csv"]) == 0
    printed = capsys.readouterr().out
    assert "upper" in printed or "exact" in printed and "float32" not in printed.splitlines()[0]


def test_the_text_says_its_semantics(capsys: pytest.CaptureFixture[str]) -> None:
    """The table speaks of exact weights and says in plain words that float32 runs differ."""
    main(["table", "covering", "--model", f"{ROOT}/examples/residual_mlp.py:untrained", "--eps", "0.1"])
    assert "float32 run of the module differs" in capsys.readouterr().out.replace("\n", " ")


BAD = {
    "no factory": (["--model", "examples/residual_mlp.py"], "FILE.py:FACTORY"),
    "no such factory": (["--model", "examples/residual_mlp.py:nothing"], "functions: Block, example_input, untrained"),
    "no file": (["--model", "examples/none.py:f"], "a Python file that exists"),
    "both": (["--model", "examples/residual_mlp.py:untrained", "--arch", "2-1"], "not allowed with"),
    "bad shape": (["--model", "examples/residual_mlp.py:untrained", "--input-shape", "2,x"], "positive sizes"),
    "wrong shape": (["--model", "examples/residual_mlp.py:untrained", "--input-shape", "2,5"], "runs through it"),
    "small box": (["--model", "examples/residual_mlp.py:untrained", "--bound", "0.01"], "holds the parameters"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_models_get_one_paragraph(name: str, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    """Exit 2 and one paragraph that says what was required and found."""
    monkeypatch.chdir(ROOT)
    arguments, words = BAD[name]
    try:
        code = main(["table", "covering", *arguments, "--eps", "0.1"])
    except SystemExit as stop:
        code = stop.code
    error = capsys.readouterr().err
    assert code == 2 and words in error and "Traceback" not in error


class ResidualBlock(nn.Module):
    """Two convolutions with BatchNorm and a shortcut, as in ResNet-18."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs),
                                   nn.ReLU())
        self.second = nn.Sequential(nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        same = stride == 1 and inputs == outputs
        self.shortcut = nn.Identity() if same else nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return torch.relu(self.second(self.first(x)) + self.shortcut(x))


@pytest.mark.slow
def test_a_network_of_the_size_of_resnet18() -> None:
    """11.7 million random parameters: raw, bias-ordered and group-order rows are numbers."""
    torch.manual_seed(0)
    blocks: list[nn.Module] = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(),
                               nn.MaxPool2d(3, 2, 1)]
    for inputs, outputs in ((64, 64), (64, 128), (128, 256), (256, 512)):
        blocks += [ResidualBlock(inputs, outputs, 1 if inputs == outputs else 2), ResidualBlock(outputs, outputs, 1)]
    module = nn.Sequential(*blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 1000))
    rows = by_name(module, torch.linspace(-1, 1, 3*64*64).reshape(1, 3, 64, 64))
    assert rows["parameters S"].log[0] == 11689512
    assert rows["raw m^S"].log[0] > rows["bias-ordered"].log[1] > 0
    # one permutation for each stream and one inside each of the eight blocks
    order = sum(log(factorial(d)) for d in (64, 128, 256, 512, 64, 64, 128, 128, 256, 256, 512, 512))
    signs = 64 + 2*(2*64 + 2*128 + 2*256 + 2*512) + 128 + 256 + 512  # in front of every BatchNorm, one a channel
    # logarithms below 2^15, twelve of them added: each step rounds by 2^-39 at most
    assert abs(middle(rows["ln |G|"]) - order - signs*log(2)) < 16 * 2.0**-39
