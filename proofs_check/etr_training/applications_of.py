"""What the claims about training say about an instance: which apply to its network and data, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from proofs_check.applying import Application, Applications, counted, exactly, fails, holds
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.piercing import conflict, piercing_numbers
from theory.exact.matrices import exact_rank, matrix
from theory.language.errors import InputError, explain

_DATA = "by construction: the data of the instance"
HYPOTHESES = {
    "etr_training.one_sink_linear": {
        "C1": "checked: identity neurons, one sink with a bias, an edge to it from every source, one hidden layer, "
        "nothing pinned, no box, every label counts, threshold 0"},
    "etr_training.linear_rank": {
        "C1, C2": "checked: one hidden layer of identity neurons without biases, all edges and no others, every label "
        "counts, threshold 0"},
    "etr_training.sign_normal_form": {
        "H1, H2": _DATA, "H3-H5": "by construction: s_j is the sign of v_j",
        "C1, C2": "checked: one output, one hidden layer of ReLU neurons, nothing pinned, no box"},
    "etr_training.cells": {
        "H1": "checked: a point", "H2": "by construction: the different points in order", "C1": "checked: one input"},
    "etr_training.piercing_bound": {
        "H1-H3": _DATA, "H4": "by construction: the different points in order", "H5": "checked: an exact fit by one "
        "hidden layer of ReLU neurons, one input, one output", "H6-H13": "by construction: intervals chosen greedily"},
    "etr_training.dont_care": {
        "H1, H2, H5": _DATA, "H3": "by construction: M is 0 or 1", "H4": "checked: identity sinks"},
}
_Obstacle = tuple[int, str, str]
"""How many things are wrong, the words of the hypothesis, what is wrong."""


def applications_of(subject: Any, *, claim: str | None = None) -> Applications:
    """Apply the family's claims to a training instance, or to several.

    Args:
        subject: a `TrainingInstance`, or a sequence of them. claim: the id of the only claim that is asked for.

    Raises InputError for something else.
    """
    given = [subject] if isinstance(subject, TrainingInstance) else subject
    if not isinstance(given, Sequence) or isinstance(given, str) or not given \
            or not all(isinstance(one, TrainingInstance) for one in given):
        raise InputError(explain("subject", "a TrainingInstance, or several", type(subject).__name__,
                                 "Read one with TrainingInstance.from_json(path)."))
    asked = HYPOTHESES if claim is None else (claim,)
    names = [one.name or f"instance {k}" for k, one in enumerate(given, 1)]
    rows = tuple(_CLAIMS[name](one, where) for name in asked for one, where in zip(given, names))
    title = f"Claims about training, on {names[0]}" if len(names) == 1 else f"Claims about training, on {len(names)} " \
        "instances"
    return Applications(title, rows, ("Which claims apply is one question, whether there are weights another: "
                                      "`lemmascope decide INSTANCE.json` answers it.",))


def _failing(claim: str, where: str, hypothesis: str, found: Sequence[_Obstacle]) -> Application | None:
    """The first thing that is wrong."""
    for count, words, told in found:
        if count:
            return fails(claim, where, hypothesis, words, f"{count} {told.replace('(s)', 's'*(count != 1))}",
                         by=exactly(count))
    return None


def _others(given: TrainingInstance, names: Sequence[str], activation: str) -> _Obstacle:
    count = sum(given.activation[v] != activation for v in names)
    return count, f"neurons are {'ReLU' if activation == 'relu' else 'identity'}", f"of {len(names)} are not"


def _free(given: TrainingInstance) -> tuple[_Obstacle, ...]:
    return ((len(given.pinned), "all weights are trained", "pinned weight(s)"),
            (int(given.box is not None), "weights range over all reals", f"box: weights lie in [-{given.box}, "
             f"{given.box}]"))


def _exact(given: TrainingInstance) -> tuple[_Obstacle, ...]:
    unlabelled = sum(label is None for row in given.labels for label in row)
    return ((unlabelled, "every label counts", "label(s) *"),
            (int(not given.exact_fit), "the fit is exact", f"question of another kind: the threshold is "
             f"{given.threshold}"))


def _one_sink_linear(given: TrainingInstance, where: str) -> Application:
    claim, edges = "etr_training.one_sink_linear", set(given.edges)
    missing = sum((s, t) not in edges for s in given.sources for t in given.sinks)
    deeper = sum((u, v) in edges for u in given.hidden for v in given.hidden)
    found = (_others(given, [v for v, _ in given.vertices], "id"),
             (len(given.sinks) - 1, "there is one sink", "sink(s) too many"),
             (missing, "every source has an edge to the sink", "edge(s) missing"),
             (deeper, "hidden neurons read sources only", "edge(s) between hidden neurons"),
             (int(not given.output_bias), "the sink has a bias", "bias missing"), *_free(given), *_exact(given))
    if row := _failing(claim, where, "C1", found):
        return row
    rows = [[*point, Fraction(1)] for point in given.points]
    rank = exact_rank(matrix(rows, "X"))
    whole = exact_rank(matrix([[*x, *y] for x, y in zip(rows, given.labels)], "X, Y"))
    answer = "are affine in the inputs, so there is an exact fit" if rank == whole else \
        "are not affine in the inputs, so there is no exact fit"
    return holds(claim, where, f"the labels {answer} (ranks {rank} and {whole})", rank=Fraction(rank),
                 rank_with_labels=Fraction(whole))


def _linear_rank(given: TrainingInstance, where: str) -> Application:
    claim, hidden = "etr_training.linear_rank", given.hidden
    expected = {(s, h) for s in given.sources for h in hidden} | {(h, t) for h in hidden for t in given.sinks}
    found = (_others(given, [v for v, _ in given.vertices], "id"),
             (len(given.biased), "no neuron has a bias", "neuron(s) with a bias"),
             (len(expected ^ set(given.edges)), "one hidden layer, fully connected, no direct edges",
              "edge(s) missing or too many"), *_free(given), *_exact(given))
    if row := _failing(claim, where, "C1", found):
        return row
    inputs = exact_rank(matrix(given.points, "X"))
    labels = exact_rank(matrix(given.labels, "Y"))  # type: ignore[arg-type]
    both = exact_rank(matrix([[*x, *y] for x, y in zip(given.points, given.labels)], "X, Y"))
    fits = both == inputs and labels <= len(hidden)
    return holds(claim, where, f"there is {'an' if fits else 'no'} exact fit: ranks of X and (X, Y) {inputs} and {both}"
                 f", of Y {labels}, width {len(hidden)}", rank_inputs=Fraction(inputs), rank_both=Fraction(both),
                 rank_labels=Fraction(labels))


def _one_layer(given: TrainingInstance, inputs: int | None = None) -> tuple[_Obstacle, ...]:
    """One output, one hidden layer of ReLU neurons, perhaps a fixed number of inputs."""
    hidden, edges = given.hidden, set(given.edges)
    wrong = sum((u, v) in edges for u in hidden for v in hidden) \
        + sum((s, t) in edges for s in given.sources for t in given.sinks)
    return ((0 if inputs is None else len(given.sources) - inputs, "there is one input", "input(s) too many"),
            (len(given.sinks) - 1, "there is one output", "output(s) too many"), _others(given, hidden, "relu"),
            _others(given, given.sinks, "id"),
            (wrong, "there is one hidden layer", "edge(s) past the layer or inside it"))


def _sign_normal_form(given: TrainingInstance, where: str) -> Application:
    claim = "etr_training.sign_normal_form"
    if row := _failing(claim, where, "C1", (*_one_layer(given), *_free(given))):
        return row
    width = len(given.hidden)
    return holds(claim, where, f"output weights of the {width} neurons may be taken from -1 and 1, or 0: {3**width} "
                 "cases instead of real numbers" if width <= 30 else
                 f"output weights of the {width} neurons may be taken from -1 and 1, or 0", width=Fraction(width))


def _cells(given: TrainingInstance, where: str) -> Application:
    claim = "etr_training.cells"
    found = ((len(given.sources) - 1, "points lie on a line", "input(s) too many"),)
    if row := _failing(claim, where, "C1", found):
        return row
    if not given.points:
        return fails(claim, where, "H1", "there is a point", "1 point: there is none", by=exactly(1))
    points = len(set(given.points))
    return holds(claim, where, f"a neuron has {2*points} patterns on the {points} different points",
                 patterns=Fraction(2*points))


def _piercing_bound(given: TrainingInstance, where: str) -> Application:
    claim = "etr_training.piercing_bound"
    found = (*_one_layer(given, 1), (int(not given.exact_fit), "the fit is exact", "question of another kind: the "
                                     f"threshold is {given.threshold}"))
    if row := _failing(claim, where, "H5", found):
        return row
    data = [(x[0], y[0]) for x, y in zip(given.points, given.labels) if y[0] is not None]
    if not data:
        return fails(claim, where, "H5", "some label counts", "1 label: there is none", by=exactly(1))
    xs, ys = zip(*data)
    if conflict(xs, ys):
        return fails(claim, where, "H4", "the points are different", "1 pair at least: one point has two labels, and "
                     "there is no exact fit of any width", by=exactly(1))
    least, width = sum(piercing_numbers(xs, ys)), len(given.hidden)
    answer = f"so {width} are too few by {least - width}" if least > width else f"and there are {width}"
    return holds(claim, where, f"an exact fit takes at least {counted(least, 'neuron')}, {answer}",
                 least=Fraction(least))


def _dont_care(given: TrainingInstance, where: str) -> Application:
    claim = "etr_training.dont_care"
    if row := _failing(claim, where, "H4", (_others(given, given.sinks, "id"),)):
        return row
    count = sum(label is None for row in given.labels for label in row)
    told = f"{counted(count, 'label')} *: as many slack sources make them count, with the same least loss" if count \
        else "no label is *, so that nothing changes"
    return holds(claim, where, told, slack=Fraction(count))


_CLAIMS: dict[str, Callable[[TrainingInstance, str], Application]] = {
    "etr_training.one_sink_linear": _one_sink_linear, "etr_training.linear_rank": _linear_rank,
    "etr_training.sign_normal_form": _sign_normal_form, "etr_training.cells": _cells,
    "etr_training.piercing_bound": _piercing_bound, "etr_training.dont_care": _dont_care,
}
