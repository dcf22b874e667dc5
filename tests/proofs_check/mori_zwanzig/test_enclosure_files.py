"""Enclosures asked for with a table: written, replayed by the checker, and told below the table."""

from __future__ import annotations

import json
from argparse import Namespace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from numerics.mori_zwanzig import NoisyChain
from proofs_check.mori_zwanzig.cli_table import run
from proofs_check.mori_zwanzig.enclosure_files import points_of, write_enclosure
from theory.language.errors import InputError


def chain(width: int = 1, noise: str = "uniform:1") -> NoisyChain:
    """Two tanh layers with fixed weights."""
    torch.manual_seed(3)
    module = nn.Sequential(nn.Linear(1, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 1))
    return NoisyChain.from_module(module.double(), noise, [(-1, 1)])


def test_written_bounds_hold_and_are_replayed(tmp_path: Path) -> None:
    """The file has 65 points, the checker grades it, and simulated means lie within the bounds."""
    subject = chain()
    found = write_enclosure(subject, tmp_path / "new" / "q.json", 200)
    assert (found.points, found.cells, found.grade) == (65, 200, "enclosed") and 0 < found.widest < Fraction(1, 10)
    claims = json.loads(found.path.read_text())["claims"]
    lows, highs = ([float(Fraction(claim["bounds"][k])) for claim in claims] for k in (0, 1))
    x = [[float(Fraction(claim["box"][0][0]))] for claim in claims]
    u = subject.observable()
    drawn = subject.sample(x, 4000, torch.Generator().manual_seed(1))
    values = u(drawn.reshape(-1, drawn.shape[-1])).reshape(4000, 65)
    error = 5*values.std(0)/4000**0.5  # five standard errors: 65 points fail with probability below 1e-4
    mean = values.mean(0)
    assert all(mean + error >= lows) and all(mean - error <= highs)
    assert "grade enclosed" in found.note() and str(found.path) in found.note()


@pytest.mark.parametrize(("subject", "reason"), [
    ((3, "uniform:1"), "widths of at most 2"), ((1, "gaussian:1"), "uniform"),
])
def test_what_cannot_be_enclosed_is_refused(subject: tuple[int, str], reason: str, tmp_path: Path) -> None:
    """Wide levels and Gaussian noise have no step functions; nothing is written."""
    with pytest.raises(InputError, match=reason):
        write_enclosure(chain(*subject), tmp_path / "q.json")
    assert not list(tmp_path.iterdir())


def test_a_path_that_cannot_be_written_is_an_input_error(tmp_path: Path) -> None:
    """A folder in the place of the file is told with the remedy."""
    with pytest.raises(InputError, match="another path"):
        write_enclosure(chain(), tmp_path, 20)


def test_points_of_wide_inputs_are_the_centre() -> None:
    """A grid in three dimensions would be long: one point stands for it."""
    third = (Fraction(0), Fraction(1, 3))
    assert points_of([third]*3) == [[(Fraction(1, 6), Fraction(1, 6))]*3]
    assert points_of([third])[-1] == [(Fraction(1, 3), Fraction(1, 3))]


def _arguments(**more: Any) -> Namespace:
    plain = {"model": None, "amplitudes": None, "noise": None, "input_box": None, "certified_only": False,
             "enclosure": None, "cells": None, "figures": None}
    return Namespace(**{**plain, **more})


def test_options_that_do_not_go_together_are_refused() -> None:
    """Amplitudes have no network to enclose, and cells without a file would do nothing."""
    with pytest.raises(InputError, match="--enclosure"):
        run(_arguments(amplitudes=["2", "1/2", "3"], enclosure="q.json"))
    with pytest.raises(InputError, match="--cells"):
        run(_arguments(model="m.py:f", noise="uniform:1", cells=5))
