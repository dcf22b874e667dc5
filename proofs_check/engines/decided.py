"""The engine `decided`: ask Z3 and cvc5, each in a process that can be killed, whether facts imply a goal.

It is the last resort, where no certificate of positivity is found. Both have to say unsat; a disagreement is an outcome
of its own and is never averaged; time-out, memory limit and crash are `unknown` with their reason. The text that was
asked is part of the answer. The checker writes the text again by itself, so nothing here is trusted.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from proofs_check.engines.smt_text import smt_text
from theory.language.errors import InputError, explain

Formula = Any
Outcome = Literal["unsat", "sat", "disagreement", "unknown"]

_WORKER = Path(__file__).with_name("solver_process.py")
START_SECONDS = 2.0
MIN_MEGABYTES = 64


@dataclass(frozen=True)
class SolverAnswer:
    """What one solver said: "unsat", "sat" or "unknown", with the reason if unknown, its version and the wall time."""

    solver: str
    answer: Literal["unsat", "sat", "unknown"]
    reason: str
    version: str
    seconds: float


@dataclass(frozen=True)
class Decision:
    """Both answers to one text."""

    by_z3: SolverAnswer
    by_cvc5: SolverAnswer
    text: str

    @property
    def z3(self) -> str:
        """Z3's answer: "unsat", "sat" or "unknown"."""
        return self.by_z3.answer

    @property
    def cvc5(self) -> str:
        """cvc5's answer: "unsat", "sat" or "unknown"."""
        return self.by_cvc5.answer

    @property
    def outcome(self) -> Outcome:
        """"unsat" or "sat" if both say so, "disagreement" if one says sat and the other unsat, else "unknown"."""
        if {self.z3, self.cvc5} == {"sat", "unsat"}:
            return "disagreement"
        return self.by_z3.answer if self.z3 == self.cvc5 else "unknown"

    @property
    def proved(self) -> bool:
        """Both solvers found the negation unsatisfiable."""
        return self.outcome == "unsat"

    @property
    def answers(self) -> dict[str, str]:
        """The field `answers` of a `decided` step."""
        return {"z3": self.z3, "cvc5": self.cvc5}

    @property
    def versions(self) -> dict[str, str]:
        """The versions of the solvers; empty where a process ended before it told."""
        return {"z3": self.by_z3.version, "cvc5": self.by_cvc5.version}

    @property
    def seconds(self) -> dict[str, float]:
        """Wall time of each solver, start of its process included."""
        return {"z3": self.by_z3.seconds, "cvc5": self.by_cvc5.seconds}

    @property
    def reason(self) -> str:
        """One line for the reader: why the goal is not proved, or which versions agree."""
        both = (self.by_z3, self.by_cvc5)
        if self.outcome == "disagreement":
            return "the solvers disagree: " + ", ".join(f"{a.solver} {a.version} says {a.answer}" for a in both)
        if self.outcome == "unknown":
            return "; ".join(f"{a.solver}: {a.answer}" + (f" ({a.reason})" if a.reason else "") for a in both)
        return f"{self.outcome} by " + " and ".join(f"{a.solver} {a.version}" for a in both)


def decide(facts: Sequence[Formula], goal: Formula, sorts: Mapping[str, Any], *, timeout: float = 10,
           megabytes: int = 2048) -> Decision:
    """Ask both solvers whether the facts imply the goal.

    **Arguments**
    - `facts`, `goal`: relations between scalars, as nested tuples; the goal is negated.
    - `sorts`: sorts of the free names.
    - `timeout`: seconds for each solver; it is killed shortly after.
    - `megabytes`: limit of the address space of each solver's process (start-up alone needs about 200).

    **Returns** a Decision; "sat" speaks of the text, where calls and quotients are free constants, so it refutes
    nothing by itself.

    **Raises** InputError where the text cannot be written or a limit is not positive.
    """
    if timeout <= 0 or megabytes < MIN_MEGABYTES:
        raise InputError(explain("decide", f"timeout > 0 and megabytes >= {MIN_MEGABYTES}", (timeout, megabytes),
                                 "Raise the limit."))
    return decide_text(smt_text(facts, goal, sorts), timeout=timeout, megabytes=megabytes)


def decide_text(text: str, *, timeout: float = 10, megabytes: int = 2048) -> Decision:
    """Ask both solvers about one SMT-LIB 2 text with a single check-sat."""
    return Decision(ask("z3", text, timeout=timeout, megabytes=megabytes),
                    ask("cvc5", text, timeout=timeout, megabytes=megabytes), text)


def ask(solver: Literal["z3", "cvc5"], text: str, *, timeout: float = 10, megabytes: int = 2048,
        start_seconds: float = START_SECONDS) -> SolverAnswer:
    """Ask one solver in a process of its own, killed `start_seconds` after its own time limit."""
    command = [sys.executable, "-I", str(_WORKER), solver, str(max(1, int(timeout * 1000))), str(megabytes)]
    begun = time.monotonic()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as process:
        try:
            output, errors = process.communicate(text, timeout=timeout + start_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            output, errors = "", ""
            return SolverAnswer(solver, "unknown", f"killed after {timeout:g} s", "", time.monotonic() - begun)
        except BaseException:
            process.kill()
            raise
    return _read(solver, output, errors, process.returncode, time.monotonic() - begun)


def _read(solver: str, output: str, errors: str, code: int, seconds: float) -> SolverAnswer:
    """Turn what the process left into an answer; a reason always says whether time or memory ran out."""
    try:
        result = json.loads(output)
    except json.JSONDecodeError:
        memory = any(word in errors for word in ("bad_alloc", "MemoryError", "out of memory", "cannot allocate"))
        if memory:
            why = "out of memory"
        elif code < 0:
            # A library that meets its memory limit in the middle of its own code ends by a signal.
            why = f"ended by signal {-code}, probably out of memory"
        else:
            why = f"ended with code {code}: {errors.strip()[-200:]}"
        return SolverAnswer(solver, "unknown", why, "", seconds)
    reason = result["reason"]
    lowered = reason.lower()
    if "memory" in lowered or "bad_alloc" in lowered or "failed to map" in lowered:
        reason = "out of memory"
    elif "timeout" in lowered or "canceled" in lowered:
        reason = "time limit"
    answers: dict[str, Literal["sat", "unsat"]] = {"sat": "sat", "unsat": "unsat"}
    return SolverAnswer(solver, answers.get(result["answer"], "unknown"), reason, result["version"], seconds)
