"""Exact fits by one hidden ReLU layer with several outputs: cell by cell, each a bilinear system of path monomials.

The sides on which the units are active are decided point by point. As soon as the equations of the points decided so
far contradict each other, by linear algebra, by the identities m_a m_b = m_c m_d of path monomials or by a sign, the
cell is closed with an identity that the checker multiplies out. A cell that stays open at the last point goes to
nlsat, which finds weights, or refutes it without a certificate.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.algebraic import active_fit, witness
from proofs_check.etr_training.answers import agreed, rational_witness, refuted, satisfied, undecided
from proofs_check.etr_training.bilinear_leaves import (
    Cell,
    CellRefutation,
    economical,
    flipped,
    rational_weights,
    refute_cell,
)
from proofs_check.etr_training.nonlinear_solvers import cvc5_coverings, equations, nlsat, whole_question
from proofs_check.etr_training.number_field import FieldTooLarge, common_field
from proofs_check.etr_training.polynomials import Polynomial, names, scale
from proofs_check.etr_training.relu_patterns import units

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.decision import Decision
    from theory.etr_training.instance import TrainingInstance

ENGINE = "bilinear cells"
COST = "one polynomial system for each of the O(n^(d w)) cells; complete, exponential in inputs times width"
MOST_FLIPS = 10
_CELL_SECONDS = 5.0


@dataclass
class Progress:
    """What the search has met so far."""

    deadline: Deadline
    leaves: int = 0
    uncertified: int = 0
    unknown: int = 0
    weights: dict[str, Any] | None = None
    reasons: list[str] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether to stop: a solution was found, a cell could not be decided, or time is up."""
        return self.weights is not None or self.unknown > 0 or self.deadline.passed


def applicable(instance: TrainingInstance) -> str | None:
    """Return why the method does not apply, or None where it does."""
    if not instance.exact_fit:
        return "the threshold is not 0"
    if instance.box is not None or instance.pinned:
        return "weights are pinned or in a box"
    if len(instance.sinks) < 2:
        return "there is one output: methods of linear arithmetic decide it"
    if not instance.hidden or any(instance.activation[t] != "id" for t in instance.sinks):
        return "there is no hidden layer, or a sink is no identity"
    if units(instance) is None:
        return "it is no net with one hidden ReLU layer, or there are too many points for its patterns"
    return None


def solve(instance: TrainingInstance, deadline: Deadline) -> Decision | None:
    """Return the decision, `unknown` where a cell stays open or time ran out."""
    found = units(instance) if applicable(instance) is None else None
    if found is None:
        return None
    active = active_fit(instance, deadline.within(deadline.left / 8))
    if active is not None:
        return active
    progress = Progress(deadline.within(deadline.left / 2))
    order = [i for i, row in enumerate(instance.labels) if any(y is not None for y in row)]
    start = Cell(instance, tuple(found), tuple({} for _ in found), tuple({} for _ in found))
    tree = _explore(start, [frozenset(range(len(unit.rays))) for unit in found], order, progress)
    if progress.weights is not None:
        return satisfied(instance, progress.weights, ENGINE, cost=COST, upper=Fraction(0))
    if progress.unknown or deadline.passed or tree is None:
        reason = progress.reasons[0] if progress.reasons else "time is up"
        return undecided(ENGINE, f"{reason}; {progress.leaves} cells refuted", cost=COST)
    if not progress.uncertified:
        return refuted(instance, {"kind": "identity", "root": tree}, ENGINE, cost=COST)
    answer = cvc5_coverings(whole_question(instance), deadline.left)
    if answer.status == "unsat":
        return agreed(f"{ENGINE} with nlsat; cvc5", f"{progress.uncertified} cells have no certificate", cost=COST)
    return undecided(ENGINE, f"all cells are empty by nlsat, {progress.uncertified} without a certificate, and cvc5 "
                             "did not confirm it in time", cost=COST)


def _explore(cell: Cell, rays: Sequence[frozenset[int]], order: Sequence[int], progress: Progress, tested: int = 0
             ) -> dict[str, Any] | None:
    """Return the tree that refutes a cell, {} where nlsat alone refutes a part of it, None to stop.

    `tested` is the number of known points at which the elimination found nothing.
    """
    if progress.over:
        return None
    cell, pair = _completed(cell, rays, order)
    count, left = len(cell.known), None
    if count > tested or pair is None:
        refutation, left = refute_cell(cell)
        tree = None if refutation is None else _closed(cell, refutation)
        if tree is not None:
            progress.leaves += 1
            return tree
    if pair is None:
        weights = None if left is None else rational_weights(cell, left)
        if weights is not None:
            progress.weights = rational_witness(cell.instance, weights)
            return None
        return _open_cell(cell, progress)
    j, i = pair
    children = {}
    for key, sign in (("on", 1), ("off", -1)):
        decided = tuple({**d, i: sign} if u == j else d for u, d in enumerate(cell.decided))
        signs = tuple({**s, i: sign} if u == j else s for u, s in enumerate(cell.signs))
        inside = [cell.units[j].side(r, i, sign) if u == j else r for u, r in enumerate(rays)]
        tree = _explore(Cell(cell.instance, cell.units, decided, signs), inside, order, progress, count)
        if tree is None:
            return None
        children[key] = tree
    return {"split": [cell.units[j].name, i], **children}


def _completed(cell: Cell, rays: Sequence[frozenset[int]], order: Sequence[int]
               ) -> tuple[Cell, tuple[int, int] | None]:
    """Return the cell with implied signs up to the first open pair (unit, point), and that pair or None."""
    signs = [dict(s) for s in cell.signs]
    pair = None
    for i, (j, unit) in itertools.product(order, enumerate(cell.units)):
        if i not in signs[j]:
            implied = unit.implied(rays[j], i)
            if implied == 0:
                pair = (j, i)
                break
            signs[j][i] = implied
    return Cell(cell.instance, cell.units, cell.decided, tuple(signs)), pair


def _closed(cell: Cell, refutation: CellRefutation) -> dict[str, Any] | None:
    """Return the subtree of a refuted cell: implied signs at the points it uses are split too, both sides closed."""
    refutation = economical(cell, refutation)
    pairs = cell.implied_at(sorted({i for i, _ in refutation.cofactors}))
    if len(pairs) > MOST_FLIPS:
        return None

    def build(rest: Sequence[tuple[int, int]], flips: list[tuple[int, int]]) -> dict[str, Any]:
        if not rest:
            return flipped(cell, refutation, flips).leaf(cell.units)
        (j, i), later = rest[0], rest[1:]
        same, turned = build(later, flips), build(later, [*flips, (j, i)])
        on, off = (same, turned) if cell.signs[j][i] > 0 else (turned, same)
        return {"split": [cell.units[j].name, i], "on": on, "off": off}

    return build(pairs, [])


def _open_cell(cell: Cell, progress: Progress) -> dict[str, Any] | None:
    """Ask nlsat for weights in a cell with all signs known; {} if there are none."""
    conditions = [scale(cell.pre_activation(j, i), sign) for j, decided in enumerate(cell.decided)
                  for i, sign in decided.items()]
    system: list[Polynomial] = [e for e in cell.equations().values() if e]
    unknowns = sorted(set(itertools.chain.from_iterable(map(names, [*system, *conditions]))))
    answer = nlsat(equations(system, unknowns, conditions), min(_CELL_SECONDS, progress.deadline.left))
    if answer.status == "unsat":
        progress.uncertified += 1
        return {}
    if answer.status != "sat":
        progress.unknown += 1
        progress.reasons.append(f"a cell was not decided: {answer.reason}")
        return None
    try:
        number_field, elements = common_field(answer.model)
    except FieldTooLarge:
        progress.unknown += 1
        progress.reasons.append("the weights of a cell lie in a number field of too large a degree")
        return None
    import flint

    weights = dict.fromkeys(cell.instance.parameters, flint.fmpq_poly()) | elements
    progress.weights = witness(cell.instance, number_field, weights)
    return None
