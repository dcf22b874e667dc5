"""Thresholds by counterexample-guided refinement: linear arithmetic proposes a cell, its exact projection cuts it off.

For each number of positive neurons a linear formula describes the network, its residuals `r_i` and bounds
`|r_i| <= B`, B^2 >= threshold. A model lies in a cell; let r* be the residual of the labels' projection onto the cell's
cone. If |r*|^2 meets the threshold, the cell has a witness. Otherwise `2 <r*, r> - |r*|^2 <= threshold`, which holds
for every r with |r|^2 <= threshold because |r - r*|^2 >= 0, excludes the cell: on it <r*, r> >= |r*|^2. So there are at
most as many rounds as cells.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.answers import agreed, rational_witness, satisfied, undecided

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.decision import Decision
    from theory.etr_training.instance import TrainingInstance

ENGINE = "cegar"
COST = "at most one linear-arithmetic query and one exact projection for each cell, 2^w n^(O(d w)) of them"
_PART = 0.6  # of the time left; the rest is for a second solver and the certificate
_LONGEST = 3600.0


def applicable(instance: TrainingInstance) -> str | None:
    """Return why the method does not apply, or None if it does."""
    from proofs_check.etr_training import cells
    from proofs_check.etr_training.arrangement import labelled

    reason = cells.applicable(instance)
    if reason is None and len(instance.sinks) > 1:
        return f"{len(instance.sinks)} outputs"
    if reason is None and not labelled(instance):
        return "no labels"
    if reason is None and instance.strict and not instance.threshold:
        return "no loss is below 0"
    return reason


def solve(instance: TrainingInstance, deadline: Deadline) -> Decision | None:
    """Decide the instance by cuts; "no" is certified by the tree search, or agreed by a second solver."""
    if applicable(instance) is not None:
        return None
    from proofs_check.processes import Ending, Task, run_all

    seconds = _PART * min(deadline.left, _LONGEST)
    (outcome,) = run_all([Task("cegar", refine, (instance,), seconds)], 1)
    if outcome.ending is not Ending.GOOD:
        return undecided(ENGINE, outcome.reason, cost=COST)
    status, weights, rounds, texts = outcome.value
    if status == "sat":
        return satisfied(instance, rational_witness(instance, weights), f"{ENGINE}, {rounds} rounds", cost=COST)
    if status == "unknown":
        return undecided(ENGINE, f"the solver gave up after {rounds} rounds", cost=COST)
    return _certified(instance, deadline, rounds, texts)


def _certified(instance: TrainingInstance, deadline: Deadline, rounds: int, texts: list[str]) -> Decision:
    """Certify "no" by the tree search; otherwise ask a second solver about the final formulas."""
    from proofs_check.etr_training import cells
    from proofs_check.etr_training.linear_arithmetic import ask
    from proofs_check.processes import Ending, Task, run_all

    decision = cells.solve(instance, deadline.within(0.7 * deadline.left))
    if decision is not None and decision.status == "unsat":
        return replace(decision, engine=f"{ENGINE}, {rounds} rounds; certificate by {decision.engine}")
    if deadline.passed:
        return undecided(ENGINE, "z3 refuted it, but there was no time for a second solver or a certificate", cost=COST)
    tasks = [Task(str(k), ask, ("cvc5", text), max(0.1, min(deadline.left, _LONGEST))) for k, text in enumerate(texts)]
    second = [o.value["answer"] if o.ending is Ending.GOOD else o.reason for o in run_all(tasks, 1)]
    if all(answer == "unsat" for answer in second):
        return agreed(f"{ENGINE}: z3 and cvc5", "no certificate was found in time", cost=COST)
    return undecided(ENGINE, f"z3 refuted it, cvc5 said {', '.join(second)}", cost=COST)


def refine(instance: TrainingInstance) -> tuple[str, dict[str, Fraction], int, list[str]]:
    """Return (status, weights of a witness, number of rounds, final formulas as SMT-LIB 2 texts)."""
    import numpy as np
    import z3

    from proofs_check.etr_training.cells import search_for
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.witnesses import network_weights

    search = search_for(instance, Deadline.after(None))
    signs, texts, rounds = search.arrangement.signs, [], 0
    for positive in range(search.width + 1):
        formula = _Formula(instance, search.arrangement.points, positive)
        while (answer := formula.solver.check()) == z3.sat:
            rounds += 1
            patterns = [np.array(row) for row in formula.patterns()]
            masks = tuple((signs * row >= 0).all(axis=1) for row in patterns)
            node = search.node(masks, positive, {})
            network, exact = search.network(node), search.project(node)
            if network is not None and search.satisfied(network.loss):
                return "sat", network_weights(instance, search.arrangement, network), rounds, []
            if exact is None:
                return "unknown", {}, rounds, []
            formula.cut(exact.residual, exact.value)
        if answer != z3.unsat:
            return "unknown", {}, rounds, []
        texts.append("(set-logic QF_LRA)\n" + formula.solver.to_smt2())
    return "unsat", {}, rounds, texts


class _Formula:
    """The linear formula for one number of positive neurons."""

    def __init__(self, instance: TrainingInstance, points: tuple[int, ...], positive: int) -> None:
        import z3

        self.solver: Any = z3.SolverFor("QF_LRA")
        self.strict, self.threshold = instance.strict, instance.threshold
        d, width = len(instance.sources), len(instance.hidden)
        a = [[z3.Real(f"a_{j}_{c}") for c in range(d)] for j in range(width)]
        b = [z3.Real(f"b_{j}") for j in range(width)]
        beta = z3.Real("beta") if instance.output_bias else z3.RealVal(0)
        self.before = [[z3.Sum([_value(instance.points[i][c]) * a[j][c] for c in range(d)] + [b[j]]) for i in points]
                       for j in range(width)]
        outputs: list[list[Any]] = [[beta] for _ in points]
        for j in range(width):
            for k, z in enumerate(self.before[j]):
                h = z3.Real(f"h_{j}_{k}")
                self.solver.add(h >= 0, h >= z, z3.Or(h <= 0, h <= z))
                outputs[k].append(h if j < positive else -h)
            if j and j != positive and d:
                self.solver.add(a[j - 1][0] <= a[j][0])
        bound = _value(_root_above(instance.threshold))
        self.residuals = [z3.Real(f"r_{k}") for k in range(len(points))]
        for k, i in enumerate(points):
            self.solver.add(self.residuals[k] == z3.Sum(outputs[k]) - _value(instance.labels[i][0] or Fraction(0)))
            self.solver.add(self.residuals[k] <= bound, self.residuals[k] >= -bound)

    def patterns(self) -> list[list[int]]:
        """Return the signs of all pre-activations in the model, 1 where positive, -1 elsewhere."""
        model = self.solver.model()
        return [[1 if model.eval(z, model_completion=True).as_fraction() > 0 else -1 for z in row]
                for row in self.before]

    def cut(self, residual: tuple[Fraction, ...], value: Fraction) -> None:
        """Add the valid cut of a projection."""
        import z3

        left = z3.Sum([_value(2 * q) * r for q, r in zip(residual, self.residuals)]) - _value(value)
        self.solver.add(left < _value(self.threshold) if self.strict else left <= _value(self.threshold))


def _value(number: Fraction) -> Any:
    import z3

    return z3.RealVal(str(number))


def _root_above(value: Fraction) -> Fraction:
    """Return a rational that is at least the square root."""
    return Fraction(isqrt(value.numerator * value.denominator) + 1, value.denominator) if value else Fraction(0)
