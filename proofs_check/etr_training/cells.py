"""Deciding nets with one hidden ReLU layer by branch and bound: complete for one sink, refutations for several.

A certificate is a tree of signs with a rational vector at each leaf (see `ray_search`). With several sinks each sink
alone is a necessary condition, and only "no" can be concluded.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from proofs_check.etr_training.answers import rational_witness, refuted, satisfied, undecided
from proofs_check.etr_training.arrangement import MAX_ENTRIES, MAX_RAYS, arrange, labelled, ray_bound

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.decision import Decision
    from proofs_check.etr_training.ray_search import Search
    from theory.etr_training.instance import TrainingInstance

ENGINE = "cells"
COST = ("2^w n^(O(d w)) cells, a convex quadratic program each, in the worst case; "
        "NP-hard, and not in n^(o(d)) time under the exponential time hypothesis")
_COEFFICIENTS = ((1, 1), (1, -1), (2, 1), (1, 2), (2, -1), (1, -2))
_ROUNDS = 12
_SEED = 20_231
_DESCENT = 0.1  # part of the time that goes to local search before the tree


def applicable(instance: TrainingInstance) -> str | None:
    """Return why the method does not apply, or None if it does."""
    shape = instance.one_hidden_shape()
    if shape is None:
        return "not a plain net with one hidden layer, all biases, no pins and no box"
    if any(instance.activation[h] != "relu" for h in instance.hidden):
        return "hidden units that are not ReLU"
    if not instance.sinks:
        return "no sink"
    rays = ray_bound(instance)
    if rays > MAX_RAYS or rays * len(instance.points) > MAX_ENTRIES:
        return f"up to {rays} rays at {len(instance.points)} points, too many numbers"
    return None


def search_for(instance: TrainingInstance, deadline: Deadline, improve: bool = False) -> Search:
    """Return the search that an applicable one-sink instance with some label needs."""
    from proofs_check.etr_training.ray_search import Search

    return Search(arrange(instance), len(instance.hidden), instance.output_bias, instance.threshold, instance.strict,
                  deadline, improve)


def one_sink(instance: TrainingInstance, sink: int) -> TrainingInstance:
    """Return the question whether sink number `sink` alone can meet the threshold."""
    name = instance.sinks[sink]
    others = set(instance.sinks) - {name}
    return replace(
        instance, vertices=tuple(v for v in instance.vertices if v[0] not in others), sinks=(name,),
        edges=tuple(e for e in instance.edges if e[1] not in others),
        labels=tuple((row[sink],) for row in instance.labels),
        biases=tuple(v for v in instance.biases if v not in others))


def solve(instance: TrainingInstance, deadline: Deadline) -> Decision | None:
    """Decide the instance; `unknown` with the best bounds when time is up; None if the method does not apply."""
    if applicable(instance) is not None:
        return None
    if instance.strict and not instance.threshold:
        return refuted(instance, {"kind": "threshold"}, ENGINE, cost="none: no loss is negative", lower=Fraction(0))
    if len(instance.sinks) > 1:
        return _each_sink(instance, deadline)
    if not labelled(instance):
        return satisfied(instance, rational_witness(instance, {}), ENGINE, cost="none: no labels", upper=Fraction(0))
    from proofs_check.etr_training.descent import descend
    from proofs_check.etr_training.witnesses import network_weights

    search = search_for(instance, deadline)
    budget = deadline.within(_DESCENT * min(deadline.left, 100.0))
    best = descend(search, _SEED, _ROUNDS, budget) if instance.hidden else None
    status = "sat" if best is not None and search.satisfied(best.loss) else search.run()
    if status == "sat" and search.best is not None:
        weights = network_weights(instance, search.arrangement, search.best)
        return satisfied(instance, rational_witness(instance, weights), ENGINE, cost=COST, upper=search.best.loss)
    if status == "unsat" and search.refutation is not None:
        return refuted(instance, search.refutation, ENGINE, cost=COST, lower=instance.threshold)
    upper = search.best.loss if search.best else _total(instance)
    return undecided(ENGINE, f"time is up after {search.nodes} nodes", cost=COST, lower=search.lower, upper=upper)


def _total(instance: TrainingInstance) -> Fraction:
    """The loss of the zero function."""
    return sum((y * y for (y,) in instance.labels if y is not None), Fraction(0))


def _each_sink(instance: TrainingInstance, deadline: Deadline) -> Decision:
    """Refute a net with several sinks by one of them; unknown if each sink alone can meet the threshold."""
    lower = Fraction(0)
    for t in range(len(instance.sinks)):
        alone = one_sink(instance, t)
        if not labelled(alone):
            continue
        search = search_for(alone, deadline.within(deadline.left / (len(instance.sinks) - t)))
        search.sink = t
        if search.run() == "unsat" and search.refutation is not None:
            return refuted(instance, search.refutation, ENGINE, cost=COST, lower=instance.threshold)
        lower = max(lower, search.lower)
    refutation = combined(instance, deadline)
    if refutation is not None:
        return refuted(instance, refutation, f"{ENGINE}, sinks combined", cost=COST, lower=instance.threshold)
    return undecided(ENGINE, "no sink alone misses the threshold", cost=COST, lower=lower)


def combined(instance: TrainingInstance, deadline: Deadline) -> dict[str, object] | None:
    """Refute a net with several sinks by a linear combination of two of them with small integer coefficients.

    Such a combination is a sink of the same hidden units; its loss is at most the sum of the squared coefficients times
    the total loss.
    """
    k = len(instance.sinks)
    tries = [(s, t, a, b) for a, b in _COEFFICIENTS for s in range(k) for t in range(s + 1, k)]
    for place, (s, t, a, b) in enumerate(tries):
        alone = one_sink(instance, s)
        labels = tuple((None if u[s] is None or u[t] is None else a * u[s] + b * u[t],) for u in instance.labels)
        one = replace(alone, labels=labels, threshold=instance.threshold * (a * a + b * b))
        if not labelled(one) or deadline.passed:
            continue
        search = search_for(one, deadline.within(min(2.0, deadline.left / (2 * (len(tries) - place)))))
        if search.run() == "unsat" and search.refutation is not None:
            coefficients = [0] * k
            coefficients[s], coefficients[t] = a, b
            return {**search.refutation, "sink": coefficients}
    return None
