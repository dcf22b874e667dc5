"""Exact fit with one hidden ReLU layer and one output by linear arithmetic: two solvers, two encodings, side by side.

The encodings (`theory.etr_training.encodings`: L1, and L3 with circuit clauses) contain no products of unknowns. A
model is an exact rational witness. "unsat" of two different solvers is an agreement; the tree search is then asked for
a certificate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.answers import agreed, rational_witness, satisfied, undecided

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.decision import Decision
    from theory.etr_training.instance import TrainingInstance

ENGINE = "linear arithmetic"
COST = "NP: linear programs for at most 2^w times the number of sign patterns"
_PORTFOLIO = (("z3", "L3"), ("cvc5", "L3"), ("z3", "L1"), ("cvc5", "L1"))
_LONGEST = 600.0


def applicable(instance: TrainingInstance) -> str | None:
    """Return why the method does not apply, or None if it does."""
    from theory.etr_training import encodings

    if not instance.exact_fit:
        return "not an exact fit"
    if len(instance.sinks) != 1:
        return f"{len(instance.sinks)} outputs"
    reason = encodings.inapplicable(instance, "L1")
    return reason[0] if reason else None


def solve(instance: TrainingInstance, deadline: Deadline) -> Decision | None:
    """Return `sat` with a model, `unsat` or `agreed-unsat` where two solvers agree, `unknown` when time is up."""
    if applicable(instance) is not None:
        return None
    from theory.etr_training.encodings import read_model

    refusals: dict[str, str] = {}
    reasons: list[str] = []
    for solver, encoding, answer in _answers(instance, deadline.within(0.8 * min(deadline.left, _LONGEST))):
        if answer["answer"] == "sat":
            weights = read_model(instance, encoding, answer["model"])
            witness = rational_witness(instance, weights)
            return satisfied(instance, witness, f"{ENGINE}: {solver}, {encoding}", cost=COST)
        if answer["answer"] == "unsat":
            refusals[solver] = encoding
        else:
            reasons.append(f"{solver} on {encoding}: {answer['reason']}")
        if len(refusals) > 1:
            return _certified(instance, deadline, refusals)
    one = [f"{solver} on {encoding}: unsat, not confirmed by another solver" for solver, encoding in refusals.items()]
    return undecided(ENGINE, "; ".join(one + reasons), cost=COST)


def _certified(instance: TrainingInstance, deadline: Deadline, refusals: Mapping[str, str]) -> Decision:
    """Ask the tree search for a certificate of what two solvers agree on."""
    from proofs_check.etr_training import cells

    who = f"{ENGINE}: " + " and ".join(f"{solver} on {encoding}" for solver, encoding in refusals.items())
    if cells.applicable(instance) is None:
        decision = cells.solve(instance, deadline)
        if decision is not None and decision.status == "unsat":
            return replace(decision, engine=f"{who}; certificate by {decision.engine}")
    return agreed(who, "no certificate was found in time", cost=COST)


def _answers(instance: TrainingInstance, deadline: Deadline) -> Any:
    """Yield (solver, encoding, answer) as the solvers end; those still running are killed when the caller stops."""
    from proofs_check.processes import Ending, Task, processors, run_all
    from theory.etr_training.encodings import to_smt2

    tasks = [Task(f"{solver} {encoding}", ask, (solver, to_smt2(instance, encoding)), deadline.left)
             for solver, encoding in _PORTFOLIO]
    for outcome in run_all(tasks, min(2, processors())):
        solver, encoding = outcome.key.split()
        ended = outcome.ending is Ending.GOOD
        yield solver, encoding, outcome.value if ended else {"answer": "unknown", "reason": outcome.reason}
        if deadline.passed:
            return


def ask(solver: str, text: str) -> dict[str, Any]:
    """Return {"answer", "reason", "model"} of a solver on an SMT-LIB 2 text; model values are texts or booleans."""
    return _ask_z3(text) if solver == "z3" else _ask_cvc5(text)


def _ask_z3(text: str) -> dict[str, Any]:
    import z3

    solver: Any = z3.SolverFor("QF_LRA")
    solver.from_string(text)
    answer = str(solver.check())
    if answer != "sat":
        return {"answer": answer, "reason": solver.reason_unknown() if answer == "unknown" else "", "model": {}}
    model = solver.model()
    values: dict[str, Any] = {}
    for symbol in model.decls():
        value = model[symbol]
        if z3.is_bool(value):
            values[symbol.name()] = z3.is_true(value)
        elif z3.is_rational_value(value):  # abbreviations come as terms
            values[symbol.name()] = str(value.as_fraction())
    return {"answer": answer, "reason": "", "model": values}


def _ask_cvc5(text: str) -> dict[str, Any]:
    import cvc5

    solver: Any = cvc5.Solver()
    solver.setOption("produce-models", "true")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "instance")
    symbols, answer = parser.getSymbolManager(), "unknown"
    while not (command := parser.nextCommand()).isNull():
        answer = str(command.invoke(solver, symbols)).strip() or answer
    if answer != "sat":
        verdict = answer if answer == "unsat" else "unknown"
        return {"answer": verdict, "reason": "" if verdict == "unsat" else answer[:200], "model": {}}
    values = {}
    for term in symbols.getDeclaredTerms():
        value = solver.getValue(term)
        name = term.getSymbol()
        values[name] = value.getBooleanValue() if value.isBooleanValue() else str(value.toPythonObj())
    return {"answer": answer, "reason": "", "model": values}
