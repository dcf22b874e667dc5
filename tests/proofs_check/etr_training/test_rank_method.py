"""Networks of identities: ranks decide exact fits, eigenvalues thresholds, least squares refutes what is sparse."""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofs_check.etr_training import rank
from proofs_check.etr_training.deadline import Deadline
from proofs_check.etr_training.decide import decide
from proofs_check.etr_training.linear_layers import fully_connected, semidefinite, vertex_cut
from theory.etr_training.instance import TrainingInstance

net = TrainingInstance.one_hidden_layer
CORNERS = [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)]


def plain(points: list[tuple[int, ...]], labels: list[tuple[int, ...]], width: int, **question: object
          ) -> TrainingInstance:
    """Return a net of identities with one hidden layer and no biases."""
    d, k = len(points[0]), len(labels[0])
    sources, hidden = [f"x{i}" for i in range(d)], [f"h{j}" for j in range(width)]
    sinks = [f"y{t}" for t in range(k)]
    edges = [(s, h) for h in hidden for s in sources] + [(h, t) for t in sinks for h in hidden]
    return TrainingInstance(tuple(sources), tuple((v, "id") for v in [*hidden, *sinks]), tuple(sinks), tuple(edges),
                            tuple(points), tuple(labels), biases=(), **question)  # type: ignore[arg-type]


def test_the_identity_on_three_coordinates_needs_three_hidden_units() -> None:
    """Differences of the labels have rank 3: width 2 is refuted by a minor, width 3 has rational weights."""
    narrow = decide(net(CORNERS, CORNERS, 2, "id", output_bias=True), method="rank")
    wide = net(CORNERS, CORNERS, 3, "id", output_bias=True)
    found = decide(wide, method="rank")
    assert (narrow.status, narrow.certificate["refutation"]["kind"]) == ("unsat", "rank")  # type: ignore[index]
    assert (found.status, wide.loss(found.weights or {})) == ("sat", 0)


def test_labels_of_rank_one_fit_through_one_unit_although_the_inputs_are_dependent() -> None:
    """The least squares map of least rank is chosen, not any map that fits."""
    instance = plain([(1, 1, 2), (2, 2, 4), (0, 1, 1)], [(1, 2), (2, 4), (3, 6)], 1)
    assert decide(instance, method="rank").status == "sat"


def test_a_line_through_three_points_has_the_loss_of_least_squares() -> None:
    """(0,0), (1,1), (2,3): the residual is (1, -2, 1)/6, so the optimum is 1/6, and anything below is refuted."""
    def ask(threshold: Fraction, strict: bool = False) -> str:
        return decide(net([0, 1, 2], [0, 1, 3], 1, "id", threshold=threshold, strict=strict), method="rank").status

    assert ask(Fraction(1, 6)) == "sat"
    assert ask(Fraction(1, 6) - Fraction(1, 10**12)) == "unsat"
    assert ask(Fraction(1, 6), strict=True) == "unsat"


def test_the_optimum_of_rank_one_is_the_smaller_eigenvalue() -> None:
    """On labels diag(3, 1) one unit leaves loss 1, exactly attained; just below, the dual matrix refutes."""
    def ask(threshold: Fraction) -> str:
        return decide(plain([(1, 0), (0, 1)], [(3, 0), (0, 1)], 1, threshold=threshold), method="rank").status

    assert ask(Fraction(1)) == "sat"
    assert ask(1 - Fraction(1, 10**9)) == "agreed-unsat"


def test_an_irrational_optimum_is_met_from_both_sides() -> None:
    """Labels [[1,1],[1,0]] leave (3 - sqrt 5)/2 = 0.381966...: 0.381967 is enough and 0.381966 is not."""
    def ask(threshold: str) -> str:
        return decide(plain([(1, 0), (0, 1)], [(1, 1), (1, 0)], 1, threshold=threshold), method="rank").status

    assert (ask("0.381967"), ask("0.381966")) == ("sat", "agreed-unsat")


def test_sparse_nets_are_refuted_through_a_vertex_cut_and_otherwise_left_alone() -> None:
    """Two inputs, one hidden unit, then two layers: the cut is that unit, and the unit matrix has rank 2."""
    edges = (("x", "h"), ("z", "h"), ("h", "g"), ("g", "y"), ("h", "y"), ("h", "v"))
    vertices = (("h", "id"), ("g", "id"), ("y", "id"), ("v", "id"))
    def ask(labels: tuple[tuple[int, int], ...]) -> TrainingInstance:
        return TrainingInstance(("x", "z"), vertices, ("y", "v"), edges, ((1, 0), (0, 1)),  # type: ignore[arg-type]
                                labels, biases=())  # type: ignore[arg-type]

    assert vertex_cut(ask(((1, 0), (0, 1)))) == ["h"]
    assert fully_connected(ask(((1, 0), (0, 1)))) is None
    assert decide(ask(((1, 0), (0, 1))), method="rank").status == "unsat"
    assert rank.solve(ask(((1, 1), (1, 1))), Deadline.after(5)) is None


def test_other_activations_are_not_for_this_method() -> None:
    """A ReLU net gets the reason instead of a wrong answer."""
    decision = decide(net([0, 1], [0, 1], 1), method="rank")
    assert decision.status == "unknown" and "no identity" in decision.reason


@pytest.mark.parametrize(("matrix", "expected"), [
    ([[2, -1], [-1, 2]], True), ([[1, 2], [2, 1]], False), ([[0, 1], [1, 0]], False), ([[1, 1], [1, 1]], True)])
def test_semidefiniteness_is_decided_exactly(matrix: list[list[int]], expected: bool) -> None:
    """Eigenvalues 1 and 3; 3 and -1; 1 and -1; 2 and 0."""
    assert semidefinite([[Fraction(x) for x in row] for row in matrix]) is expected
