"""Theorems on training graph networks applied to graphs whose ranks, gaps and rates are computed by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from proofs_check import applications
from proofs_check.applying import Application, Applications
from proofs_check.verdicts import Outcome

TRIANGLE = np.ones((3, 3), dtype=int) - np.eye(3, dtype=int)
PATH = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
LABELS = [[1.0, 2.0, 4.0]]


def on(graph: np.ndarray, **options: object) -> Applications:
    """One-hot features, all nodes trained, GIN aggregation A + I, one layer unless said otherwise."""
    given = {"graph": graph, "X": np.eye(3), "train": (0, 1, 2), "Y": LABELS, "aggregation": "gin"}
    return applications({**given, **options.pop("task", {})}, "gnn_convergence",  # type: ignore[dict-item]
                        **{"layers": (1,), **options})  # type: ignore[arg-type]


def row(found: Applications, claim: str, subject: str) -> Application:
    """The row of a claim for a part of the model."""
    return next(each for each in found.of(claim) if each.subject == subject)


def test_twins_break_the_printed_rate_and_not_the_sharpened_one() -> None:
    """On a triangle G is all ones, of rank 1: two less than the printed form needs; sigma_+^2 = 9 and lambda = 1."""
    found = on(TRIANGLE)
    printed = row(found, "linear_rate", "H = 1, as printed")
    assert (printed.outcome, printed.hypothesis, printed.by) == (Outcome.NOT_APPLICABLE, "C3.H2", (2, 2))
    assert "rank 1, since twins leave 1 different columns" in printed.margin
    sharp = row(found, "linear_rate", "H = 1, sharpened")
    assert (sharp.outcome, sharp.grade) == (Outcome.PROVED, "enclosed")
    exponent = dict(sharp.numbers)["exponent"]
    assert Fraction(0) < 36 - exponent < Fraction(1, 10**6)
    assert row(found, "conditions", "training nodes").outcome is Outcome.PROVED
    assert dict(row(found, "twin_corank", "all nodes").numbers) == {"corank": 2}


def test_without_twins_both_forms_hold_and_the_nearest_pair_is_told() -> None:
    """A + I of a path of three nodes has determinant -1; its ends differ from the middle in one neighbour."""
    found = on(PATH)
    forms = [row(found, "linear_rate", f"H = 1, {form}") for form in ("sharpened", "as printed")]
    assert [each.outcome for each in forms] == [Outcome.PROVED]*2
    assert dict(forms[0].numbers) == dict(forms[1].numbers)
    near = row(found, "conditions", "training nodes")
    assert (near.outcome, near.hypothesis, near.by) == (Outcome.NOT_APPLICABLE, "H6", (1, 1))
    assert row(found, "twin_corank", "all nodes").hypothesis == "H5"


def test_twins_count_for_gcn_as_well() -> None:
    """Normalised columns of twins are equal, whatever their square roots are."""
    found = on(TRIANGLE, task={"aggregation": "gcn"})
    assert row(found, "conditions", "training nodes").outcome is Outcome.PROVED


def test_columns_of_an_own_aggregation_are_compared_exactly() -> None:
    """The closest columns of this S are the first two, 1/4 apart in their largest difference."""
    own = np.array([[1.0, 0.75, 0.0], [0.0, 0.25, 0.0], [0.0, 0.0, 2.0]])
    near = row(on(PATH, task={"aggregation": own}), "conditions", "training nodes")
    assert near.by == (Fraction(1, 4), Fraction(1, 4)) and near.hypothesis == "H6"


def test_a_narrow_layer_is_counted() -> None:
    """Two neurons for three features: one is missing, and lambda is 0 for certain."""
    found = on(PATH, width=2)
    expected = {"linear_rate": ("H = 1, sharpened", "H11"), "a_priori_lambda": ("H = 1", "H7"),
                "a_priori_descent": ("H = 1", "H12")}
    for claim, (subject, hypothesis) in expected.items():
        found_row = row(found, claim, subject)
        assert (found_row.outcome, found_row.hypothesis, found_row.by) == (Outcome.NOT_APPLICABLE, hypothesis, (1, 1))


def test_large_heads_leave_the_rate_undecided() -> None:
    """Nothing is conserved below: s_1 < 0 for certain, and lambda at later times is not known."""
    found = on(PATH, heads="3", width=3)
    kept = row(found, "a_priori_lambda", "H = 1")
    assert (kept.outcome, kept.hypothesis, kept.grade) == (Outcome.NOT_APPLICABLE, "H9", "enclosed")
    assert kept.by is not None and 0 < kept.by[0] <= kept.by[1]
    rate = row(found, "linear_rate", "H = 1, sharpened")
    assert (rate.outcome, rate.hypothesis) == (Outcome.UNDECIDED, "H11") and rate.by is not None and rate.by[0] == 0
    assert row(found, "discrete_gd", "H = 1").outcome is Outcome.UNDECIDED
    assert row(found, "a_priori_descent", "H = 1").hypothesis == "H14"


def test_heads_on_all_layers_are_another_theorem() -> None:
    """With skips the one-head claims fail by the number of other heads, and the multiscale rate holds."""
    found = on(PATH, skip=True, layers=(1, 2))
    for claim, hypothesis in (("linear_rate", "H4"), ("discrete_gd", "H2"), ("a_priori_descent", "H3"),
                              ("margin_vacuous", "C3"), ("landscape", "C1")):
        rows = found.of(claim)
        assert [each.hypothesis for each in rows] == [hypothesis]*2
        assert [each.by for each in rows] == [(1, 1), (2, 2)]
    assert {each.outcome for each in found.of("multiscale_rate")} == {Outcome.PROVED}
    without = on(PATH, layers=(2,)).of("multiscale_rate")[0]
    assert (without.hypothesis, without.by) == ("H5", (2, 2))


def test_a_step_size_is_known_for_one_layer() -> None:
    """Deeper networks fail the claim on one layer by their other layers; no smoothness constant is invented."""
    found = on(PATH, layers=(1, 3))
    step = row(found, "a_priori_descent", "H = 1")
    assert step.outcome is Outcome.PROVED
    assert dict(step.numbers)["step"] > 0 and 0 < dict(step.numbers)["factor"] < 1
    deep = row(found, "a_priori_descent", "H = 3")
    assert (deep.hypothesis, deep.by) == ("H3", (2, 2))
    assert row(found, "discrete_gd", "H = 3").outcome is Outcome.UNDECIDED
    assert row(found, "discrete_gd", "H = 1").numbers == step.numbers


def test_no_layer_at_all() -> None:
    """H = 0 is linear regression: lambda is 1, sigma_+ that of the features, margins need a layer."""
    found = on(PATH, layers=(0,))
    assert dict(row(found, "linear_rate", "H = 0, sharpened").numbers)["lambda"] == 1
    assert row(found, "margin_vacuous", "H = 0").by == (1, 1)


def test_a_rank_that_is_only_estimated_proves_nothing() -> None:
    """Decimals with two equal columns: of rank 2 by a tolerance, which is no proof, so both forms stay undecided."""
    own = np.array([[0.1, 0.1, 0.3], [0.2, 0.2, 0.1], [0.7, 0.7, 0.9]])
    found = on(PATH, task={"aggregation": own})
    rows = [row(found, "linear_rate", f"H = 1, {form}") for form in ("sharpened", "as printed")]
    assert [(each.outcome, each.hypothesis) for each in rows] == [(Outcome.UNDECIDED, "H12"),
                                                                  (Outcome.UNDECIDED, "C3.H2")]
    assert all(each.by is not None and each.by[0] == 0 < each.by[1] for each in rows)
    assert row(found, "a_priori_descent", "H = 1").hypothesis == "H20"
    assert "was not enclosed" in row(found, "landscape", "H = 1").conclusion


def test_zero_features_have_a_constant_loss() -> None:
    """G = 0: the rate is vacuous and says so, and gradient descent has nothing to do."""
    found = on(PATH, task={"X": np.zeros((3, 3))})
    assert "vacuous" in row(found, "linear_rate", "H = 1, sharpened").conclusion
    assert row(found, "a_priori_descent", "H = 1").hypothesis == "H21"


@pytest.mark.parametrize(("labels", "least"), [(LABELS, Fraction(14, 3)), ([[2.0, 2.0, 2.0]], Fraction(0))])
def test_the_least_loss_is_enclosed(labels: list[list[float]], least: Fraction) -> None:
    """On a triangle outputs are equal: L* is the sum of squares around the mean, 16/9 + 1/9 + 25/9 for 1, 2, 4."""
    found = row(on(TRIANGLE, task={"Y": labels}), "landscape", "H = 1")
    low, high = dict(found.numbers)["least_loss_lower"], dict(found.numbers)["least_loss_upper"]
    assert low <= least <= high and high - low < Fraction(1, 10**9)
