"""Refutations of exact fits of identity networks: -1 = sum q_e (output - label) + sum c s^2 in the parameters.

The cofactors come out of an elimination in path monomials, which no choice of gauge changes, or are looked for by
degree. Where a datum is zero at all sources, it is subtracted from the others first, and no bias is left in them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.ideal_membership import combination
from proofs_check.etr_training.polynomials import (
    ONE,
    Monomial,
    Polynomial,
    add,
    constant,
    number,
    residuals,
    scale,
    times,
    to_json,
)
from proofs_check.etr_training.tracked_elimination import Contradiction, Fact, PathMonomials, eliminate

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from theory.etr_training.instance import TrainingInstance

Labelled = tuple[tuple[int, int], Polynomial]
COLUMNS = 2000
"""Largest number of unknown coefficients of cofactors that are looked for by degree."""


def identity_leaf(instance: TrainingInstance, deadline: Deadline) -> dict[str, Any] | None:
    """Return {"equations", "squares"} of an identity that refutes the instance, or None if none was found."""
    zero = {t: i for i, point in enumerate(instance.points) if not any(point) for t in range(len(instance.sinks))
            if instance.labels[i][t] is not None}
    plain = {(i, t): equation for i, t, equation in residuals(instance)}
    labelled = [(key, add(equation, plain[zero[key[1]], key[1]], -1) if key[1] in zero else equation)
                for key, equation in plain.items() if key[1] not in zero or zero[key[1]] != key[0]]
    labelled = without_slack(labelled)
    equations = [equation for _, equation in labelled]
    paths = PathMonomials(equations)
    facts = [Fact(paths.rewritten(equation), {k: constant(1)}) for k, equation in enumerate(equations)]
    facts += [Fact(binomial, {}) for binomial in paths.binomials()]
    found = eliminate(facts)
    if isinstance(found, Contradiction):
        cofactors = [paths.expanded(found.cofactors.get(k, {})) for k in range(len(equations))]
        squares = [(q, paths.expanded(s)) for q, s in found.squares]
    else:
        searched = _by_degree(equations, paths.monomials, deadline)
        if searched is None:
            return None
        cofactors, squares = searched, []
    total = _with_zero_datum([key for key, _ in labelled], cofactors, zero)
    return {"equations": [[i, t, to_json(p)] for (i, t), p in sorted(total.items()) if p],
            "squares": [[number(q), [], to_json(p)] for q, p in squares]}


def _by_degree(equations: Sequence[Polynomial], paths: Sequence[Monomial], deadline: Deadline
               ) -> list[Polynomial] | None:
    """Return cofactors of -1 that are combinations of products of at most two path monomials."""
    for size in (1, 2):
        multipliers = _products(paths, size)
        if deadline.passed or len(multipliers) * len(equations) > COLUMNS:
            return None
        found = combination(constant(-1), equations, [multipliers] * len(equations))
        if found is not None:
            return found
    return None


def without_slack(equations: Sequence[Labelled]) -> list[Labelled]:
    """Drop equations with a parameter that stands alone in them and occurs nowhere else: they never help."""
    kept = list(equations)
    while True:
        uses = Counter(name for _, equation in kept for name in {n for m in equation for n, _ in m})
        slack = [entry for entry in kept
                 if any(len(m) == 1 and m[0][1] == 1 and uses[m[0][0]] == 1
                        and sum(m[0][0] in dict(other) for other in entry[1]) == 1 for m in entry[1])]
        if not slack:
            return kept
        kept = [entry for entry in kept if entry not in slack]


def _products(paths: Sequence[Monomial], degree: int) -> list[Monomial]:
    """Return all products of at most that many path monomials."""
    found: dict[Monomial, None] = {ONE: None}
    for size in range(1, degree + 1):
        for factors in itertools.combinations_with_replacement(paths, size):
            product = ONE
            for factor in factors:
                product = times(product, factor)
            found[product] = None
    return list(found)


def _with_zero_datum(keys: Sequence[tuple[int, int]], cofactors: Sequence[Polynomial], zero: dict[int, int]
                     ) -> dict[tuple[int, int], Polynomial]:
    """Return cofactors of the original equations: what was subtracted gets the opposite of their sum."""
    total = dict(zip(keys, cofactors, strict=True))
    for (_, t), cofactor in zip(keys, cofactors, strict=True):
        if t in zero:
            total[zero[t], t] = add(total.get((zero[t], t), {}), scale(cofactor, -1))
    return total
