"""Claims about training applied to small instances."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from proofs_check import applications
from proofs_check.applying import Application
from proofs_check.verdicts import Outcome
from theory.etr_training import TrainingInstance
from theory.language.errors import InputError

EXAMPLES = Path(__file__).resolve().parents[3]/"examples"/"instances"


def linear(labels: list[int | None]) -> TrainingInstance:
    """x -> h -> t with a direct edge x -> t, identity neurons, at x = 0, 1, 2."""
    return TrainingInstance(("x",), (("h", "id"), ("t", "id")), ("t",), (("x", "h"), ("h", "t"), ("x", "t")),
                            ((0,), (1,), (2,)), tuple((y,) for y in labels))  # type: ignore[arg-type]


def of(instance: TrainingInstance, claim: str) -> Application:
    """The row of one claim."""
    row, = applications(instance, "etr_training", claim).rows
    return row


@pytest.mark.parametrize(("labels", "ranks", "answer"), [
    ([1, 3, 5], (2, 2), "there is an exact fit"), ([0, 1, 4], (2, 3), "there is no exact fit")])
def test_identity_training_with_direct_edges_is_linear_algebra(labels: list[int | None], ranks: tuple[int, int],
                                                               answer: str) -> None:
    """1, 3, 5 are affine in 0, 1, 2 and 0, 1, 4 are not: the rank with labels tells."""
    row = of(linear(labels), "one_sink_linear")
    assert row.outcome is Outcome.PROVED and row.conclusion.split(", so ")[1].startswith(answer)
    assert tuple(int(value) for _, value in row.numbers) == ranks


@pytest.mark.parametrize(("changes", "words"), [
    ({"vertices": (("h", "relu"), ("t", "id"))}, "identity"), ({"edges": (("x", "h"), ("h", "t"))}, "edge"),
    ({"biases": ("h",)}, "bias"), ({"box": 1}, "reals"), ({"pinned": (("x->h", 0),)}, "trained"),
    ({"threshold": 1}, "exact"), ({"labels": ((1,), (None,), (5,))}, "label")])
def test_each_condition_of_linear_training_is_counted(changes: dict[str, object], words: str) -> None:
    """One thing is wrong, and it is named."""
    row = of(replace(linear([1, 3, 5]), **changes), "one_sink_linear")  # type: ignore[arg-type]
    assert (row.outcome, row.by) == (Outcome.NOT_APPLICABLE, (1, 1)) and words in row.words


def test_the_piercing_bound_counts_neurons() -> None:
    """Six points that go up and down bend four times, so two neurons are two too few."""
    row = of(TrainingInstance.from_json(EXAMPLES/"zig6-w2.json"), "piercing_bound")
    assert dict(row.numbers) == {"least": 4} and "too few by 2" in row.conclusion
    questioned = of(TrainingInstance.from_json(EXAMPLES/"zig6-w2-le-6-5.json"), "piercing_bound")
    assert questioned.hypothesis == "H5" and "6/5" in questioned.margin


def test_two_labels_at_a_point_break_the_order() -> None:
    """The points of the piercing bound are different."""
    instance = TrainingInstance.one_hidden_layer([0, 0, 1], [0, 1, 2], width=2)
    assert of(instance, "piercing_bound").hypothesis == "H4"
    assert dict(of(instance, "cells").numbers) == {"patterns": 4}


def test_relu_networks_with_one_output_have_signs() -> None:
    """A second output, another activation or a box takes the normal form away."""
    plain = TrainingInstance.one_hidden_layer([0, 1, 2], [0, 1, 0], width=2)
    assert of(plain, "sign_normal_form").outcome is Outcome.PROVED
    assert of(replace(plain, box=1), "sign_normal_form").words == "weights range over all reals"
    assert of(linear([1, 3, 5]), "sign_normal_form").words == "neurons are ReLU"


def test_linear_networks_are_decided_by_ranks() -> None:
    """The example of width 1 has labels of rank 2."""
    row = of(TrainingInstance.from_json(EXAMPLES/"chain-r1.json"), "linear_rank")
    assert row.outcome is Outcome.PROVED and "no exact fit" in row.conclusion
    assert dict(row.numbers)["rank_labels"] == 2


def test_labels_that_do_not_count_become_sources() -> None:
    """One slack source for each label *."""
    assert dict(of(linear([1, None, None]), "dont_care").numbers) == {"slack": 2}
    assert "nothing changes" in of(linear([1, 3, 5]), "dont_care").conclusion


def test_several_instances_are_told_apart() -> None:
    """A row for each, named after it; something else is refused."""
    names = ("zig6-w2", "abs5-w2")
    found = applications([TrainingInstance.from_json(EXAMPLES/f"{name}.json") for name in names], "etr_training")
    assert {row.subject for row in found.rows} == set(names)
    for wrong in ("zoo", [], [1]):
        with pytest.raises(InputError, match="TrainingInstance"):
            applications(wrong, "etr_training")
