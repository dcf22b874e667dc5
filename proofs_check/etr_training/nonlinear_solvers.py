"""Questions of real polynomial arithmetic to z3's nlsat and to cvc5, each in a process that can be killed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.number_field import Root
from proofs_check.etr_training.polynomials import Polynomial, smt_text
from proofs_check.processes import Ending, Task, run_all

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance

MARGIN = 0.25
"""Seconds of a time limit that are kept for starting a process and reading its answer."""


@dataclass(frozen=True)
class Answer:
    """What a solver said: "sat" (with the values of the model), "unsat" or "unknown" (with the reason)."""

    status: str
    model: Mapping[str, Fraction | Root] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Problem:
    """Declarations and assertions in SMT-LIB 2, and the unknown that each symbol of interest stands for."""

    text: str
    names: Mapping[str, str]


def equations(polynomials: Sequence[Polynomial], unknowns: Sequence[str], conditions: Sequence[Polynomial] = ()
              ) -> Problem:
    """Return the problem that asks for a common real zero at which the conditions are >= 0."""
    symbols = {name: f"p{k}" for k, name in enumerate(unknowns)}
    lines = [f"(declare-fun {symbol} () Real)" for symbol in symbols.values()]
    lines += [f"(assert (= {smt_text(p, symbols)} 0.0))" for p in polynomials]
    lines += [f"(assert (>= {smt_text(p, symbols)} 0.0))" for p in conditions]
    return Problem("\n".join(lines), {symbol: name for name, symbol in symbols.items()})


def whole_question(instance: TrainingInstance) -> Problem:
    """Return the instance as it is: products of weights and values, maxima as disjunctions."""
    from theory.etr_training.encodings import to_smt2

    lines = [line for line in to_smt2(instance, "N1").splitlines() if not line.startswith(("(set-logic", "(check-sat"))]
    return Problem("\n".join(lines), {name: name for name in instance.free})


def nlsat(problem: Problem, seconds: float) -> Answer:
    """Ask z3's tactic qfnra-nlsat; a model holds rationals and roots of integer polynomials."""
    answer = _asked("nlsat", _nlsat, problem, seconds)
    if answer.status != "sat":
        return answer
    model: dict[str, Fraction | Root] = dict.fromkeys(problem.names.values(), Fraction(0))
    model |= {problem.names[symbol]: Fraction(value) if isinstance(value, str) else Root(tuple(value[0]), value[1])
              for symbol, value in answer.model.items() if symbol in problem.names}  # type: ignore[misc]
    return Answer("sat", model)


def cvc5_coverings(problem: Problem, seconds: float) -> Answer:
    """Ask cvc5, which decides by cylindrical algebraic coverings; no model is read."""
    return _asked("cvc5", _cvc5, problem, seconds)


def _asked(key: str, function: Any, problem: Problem, seconds: float) -> Answer:
    if seconds <= MARGIN:
        return Answer("unknown", reason="no time left")
    outcome = next(iter(run_all([Task(key, function, (problem.text, seconds - MARGIN), seconds)], 1)))
    if outcome.ending is not Ending.GOOD:
        return Answer("unknown", reason=f"{key} {outcome.reason}")
    status, model, reason = outcome.value
    return Answer(status, model, reason)


def _nlsat(text: str, seconds: float) -> tuple[str, dict[str, Any], str]:
    import z3

    solver: Any = z3.Tactic("qfnra-nlsat").solver()
    solver.set("timeout", max(1, int(1000 * seconds)))
    solver.from_string(text)
    status = str(solver.check())
    if status != "sat":
        return status, {}, solver.reason_unknown() if status == "unknown" else ""
    found, values = solver.model(), {}
    for declaration in found.decls():
        value = found[declaration]
        if isinstance(value, z3.AlgebraicNumRef):
            values[declaration.name()] = ([c.as_long() for c in value.poly()], value.index() - 1)
        else:
            values[declaration.name()] = str(value.as_fraction())
    return status, values, ""


def _cvc5(text: str, seconds: float) -> tuple[str, dict[str, Any], str]:
    import cvc5

    solver: Any = cvc5.Solver()
    solver.setOption("tlimit-per", str(max(1, int(1000 * seconds))))
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, f"(set-logic QF_NRA)\n{text}\n(check-sat)\n", "question")
    table, answer = parser.getSymbolManager(), "unknown"
    while not (command := parser.nextCommand()).isNull():
        answer = str(command.invoke(solver, table)).strip() or answer
    word = answer.split()[0] if answer else "unknown"
    return (word if word in ("sat", "unsat") else "unknown"), {}, "" if word in ("sat", "unsat") else answer
