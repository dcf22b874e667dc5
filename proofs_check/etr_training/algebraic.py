"""Several outputs and sparse networks: polynomial systems over the reals, with algebraic weights where there must be.

Exact fits of identity networks are reduced by fixing the gauge and eliminating what is linear. What is left goes to
root isolation or to nlsat; a solution becomes weights in one number field, the lack of one an identity that equates -1
with a combination of the equations and squares. ReLU networks are first tried with every hidden vertex active. All
else goes to nlsat as it is; `unsat` without a certificate is only reported if cvc5 agrees.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.answers import agreed, rational_witness, refuted, satisfied, undecided
from proofs_check.etr_training.elimination import System, branches
from proofs_check.etr_training.float_search import candidates, rounded
from proofs_check.etr_training.identity_refutation import identity_leaf
from proofs_check.etr_training.nonlinear_solvers import cvc5_coverings, equations, nlsat, whole_question
from proofs_check.etr_training.number_field import (
    Field,
    FieldTooLarge,
    Root,
    coefficients_of,
    common_field,
    evaluate,
    real_roots,
)
from proofs_check.etr_training.polynomials import Polynomial, TooManyTerms, number, univariate
from proofs_check.etr_training.strictly_active import lifted

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.decision import Decision
    from theory.etr_training.instance import TrainingInstance

ENGINE = "algebraic"
COST = "complete for the existential theory of the reals; exponential in the number of weights at best"
_LARGEST = 3000
"""Weights times points beyond which the question is not even written down."""


@dataclass(frozen=True)
class Search:
    """What became of the branches: weights of a solution if one was found, and whether all others are refuted."""

    weights: tuple[Field, dict[str, Any]] | None = None
    refuted: bool = False
    systems: tuple[System, ...] = ()
    engines: frozenset[str] = field(default_factory=frozenset)


def applicable(instance: TrainingInstance) -> str | None:
    """Return why the method does not apply, or None where it does."""
    if any(activation in ("sigmoid", "sin") for _, activation in instance.vertices):
        return "some vertex is a sigmoid or a sine"
    if len(instance.free) * max(len(instance.points), 1) > _LARGEST:
        return f"more than {_LARGEST} weights times points"
    return None


def solve(instance: TrainingInstance, deadline: Deadline) -> Decision | None:
    """Return the decision, `unknown` where time ran out, None where the method does not apply."""
    if applicable(instance) is not None:
        return None
    found = None
    if instance.exact_fit and instance.box is None:
        linear = all(activation == "id" for _, activation in instance.vertices)
        found = _linear_fit(instance, deadline) if linear else active_fit(instance, deadline.within(deadline.left / 2))
    return found or _as_it_is(instance, deadline)


def _linear_fit(instance: TrainingInstance, deadline: Deadline) -> Decision | None:
    """Decide an identity network, or return None where its polynomials are too large."""
    try:
        search = search_branches(instance, deadline)
        if search.weights is not None:
            return satisfied(instance, witness(instance, *search.weights), _named(search), cost=COST,
                             upper=Fraction(0))
        if not search.refuted:
            return None
        leaf = identity_leaf(instance, deadline)
    except (TooManyTerms, FieldTooLarge):
        return None
    if leaf is not None:
        return refuted(instance, {"kind": "identity", "root": leaf}, "elimination, identity", cost=COST)
    return _second_opinion(instance, _named(search), deadline)


def active_fit(instance: TrainingInstance, deadline: Deadline) -> Decision | None:
    """Return an exact fit of a ReLU network with every ReLU active at all points, or None if none was found."""
    if not {activation for _, activation in instance.vertices} <= {"id", "relu"}:
        return None
    same = replace(instance, vertices=tuple((v, "id") for v, _ in instance.vertices))
    try:
        search = search_branches(same, deadline)
        if search.weights is None:
            return None
        number_field, weights = search.weights
        raised = lifted(instance, number_field, weights)
        if raised is None:
            return None
        return satisfied(instance, witness(instance, number_field, raised), f"{_named(search)}, all units active",
                         cost=COST, upper=Fraction(0))
    except (TooManyTerms, FieldTooLarge):
        return None


def _named(search: Search) -> str:
    return " + ".join(["elimination", *sorted(search.engines)])


def search_branches(instance: TrainingInstance, deadline: Deadline) -> Search:
    """Look for an exact fit of an identity network, branch by branch of the gauge."""
    systems, engines, certain = [], set(), True
    for system in branches(instance, deadline):
        systems.append(system)
        if system.contradictory:
            continue
        status, values, engine = _solve_system(system, deadline)
        engines |= {engine}
        if status == "sat":
            return Search(_back_substituted(instance, system, values), engines=frozenset(engines))
        certain = certain and status == "unsat"
    return Search(None, certain and not deadline.passed, tuple(systems), frozenset(engines))


def _solve_system(system: System, deadline: Deadline) -> tuple[str, Mapping[str, Fraction | Root], str]:
    """Return the status of a reduced system, a real zero of it, and who found it."""
    unknowns = system.unknowns
    if not unknowns:
        return "sat", {}, "linear algebra"
    if len(unknowns) == 1:
        root = common_root(system.equations)
        return ("unsat", {}, "root isolation") if root is None else ("sat", {unknowns[0]: root}, "root isolation")
    answer = nlsat(equations(system.equations, unknowns), deadline.left)
    return answer.status, answer.model, "nlsat"


def common_root(polynomials: Sequence[Polynomial]) -> Fraction | Root | None:
    """Return a common real root of polynomials in one unknown, a rational one where there is one."""
    import flint

    common = flint.fmpq_poly()
    for polynomial in polynomials:
        common = common.gcd(flint.fmpq_poly([flint.fmpq(c.numerator, c.denominator) for c in univariate(polynomial)]))
    roots = []
    for factor, _ in common.numer().factor()[1]:
        coefficients = tuple(int(c) for c in factor.coeffs())
        if len(coefficients) == 2:
            return Fraction(-coefficients[0], coefficients[1])
        count = len(real_roots(coefficients, 128))
        roots += [Root(coefficients, count - 1)] if count else []
    return min(roots, key=lambda root: len(root.coefficients), default=None)


def _back_substituted(instance: TrainingInstance, system: System, values: Mapping[str, Fraction | Root]
                      ) -> tuple[Field, dict[str, Any]]:
    """Return all weights as elements of one field; what no equation mentions is 0."""
    import flint

    number_field, elements = common_field(values)
    zero = flint.fmpq_poly()
    weights = dict.fromkeys(instance.free, zero) | elements
    for name, value in reversed(system.solved):
        weights[name] = evaluate(value, weights, number_field)
    pinned = {name: flint.fmpq_poly([flint.fmpq(q.numerator, q.denominator)]) for name, q in instance.pinned}
    return number_field, weights | pinned


def witness(instance: TrainingInstance, number_field: Field, weights: Mapping[str, Any]) -> dict[str, Any]:
    """Return the witness with these weights: rational if they all are, else over the generator of the field."""
    numbers = {name: coefficients_of(weights[name]) for name in instance.parameters}
    if all(not any(value[1:]) for value in numbers.values()):
        return rational_witness(instance, {name: value[0] for name, value in numbers.items()})
    return {"kind": "algebraic", "polynomial": list(number_field.generator.coefficients),
            "interval": [number(end) for end in number_field.interval()],
            "weights": {name: [number(c) for c in value] for name, value in numbers.items()}}


def _as_it_is(instance: TrainingInstance, deadline: Deadline) -> Decision:
    """Ask nlsat the whole question, and cvc5 too where the answer is no."""
    found, best = _rational_point(instance, deadline.within(deadline.left / 4))
    if found is not None:
        return found
    answer = nlsat(whole_question(instance), deadline.left * 2 / 3)
    if answer.status == "unsat":
        return _second_opinion(instance, "nlsat", deadline)
    if answer.status != "sat":
        return undecided(ENGINE, answer.reason or "nlsat gave up", cost=COST, upper=best)
    try:
        number_field, elements = common_field(answer.model)
    except FieldTooLarge:
        return undecided(ENGINE, "nlsat has a solution in a number field of too large a degree", cost=COST)
    import flint

    zero = flint.fmpq_poly()
    pinned = {name: flint.fmpq_poly([flint.fmpq(q.numerator, q.denominator)]) for name, q in instance.pinned}
    weights = dict.fromkeys(instance.parameters, zero) | elements | pinned
    return satisfied(instance, witness(instance, number_field, weights), "nlsat", cost=COST)


def _rational_point(instance: TrainingInstance, deadline: Deadline) -> tuple[Decision | None, Fraction | None]:
    """Return a decision `sat` if rounded local minima of the loss are good enough, and the lowest loss met."""
    best: Fraction | None = None
    if instance.exact_fit:
        return None, None
    for vector in candidates(instance, deadline):
        for bits in (12, 40):
            weights = rounded(instance, vector, bits)
            loss = instance.loss(weights)
            best = loss if best is None else min(best, loss)
            if instance.satisfied_by(weights):
                return satisfied(instance, rational_witness(instance, weights), "least squares, exact loss", cost=COST,
                                 upper=loss), loss
    return None, best


def _second_opinion(instance: TrainingInstance, first: str, deadline: Deadline) -> Decision:
    """Return `agreed-unsat` if a solver that had no part in the first verdict finds no weights either."""
    solvers = {"cvc5": cvc5_coverings} if "nlsat" in first else {"nlsat": nlsat, "cvc5": cvc5_coverings}
    for name, ask in solvers.items():
        answer = ask(whole_question(instance), deadline.left / len(solvers))
        if answer.status == "unsat":
            return agreed(f"{first}; {name}", "no certificate of ours: two engines found no weights", cost=COST)
    return undecided(first, f"{first} found no weights, but no second solver confirmed it in time", cost=COST)
