"""One question to one solver, in a process of its own: run as `python -I solver_process.py SOLVER MS MEGABYTES`.

The text comes in on standard input, the answer goes out as one line of JSON. The process limits its own address space
before it loads the solver; the parent limits its time and can kill it.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any


def _ask_z3(text: str, milliseconds: int, megabytes: int) -> dict[str, str]:
    import z3

    z3.set_param("memory_max_size", megabytes)
    solver: Any = z3.Solver()
    solver.set("timeout", milliseconds)
    solver.from_string(text)
    answer = str(solver.check())
    reason = solver.reason_unknown() if answer == "unknown" else ""
    return {"answer": answer, "reason": reason, "version": z3.get_version_string()}


def _ask_cvc5(text: str, milliseconds: int, _megabytes: int) -> dict[str, str]:
    import cvc5

    solver: Any = cvc5.Solver()
    solver.setOption("tlimit-per", str(milliseconds))
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "step")
    symbols, answer = parser.getSymbolManager(), ""
    while not (command := parser.nextCommand()).isNull():
        output = str(command.invoke(solver, symbols)).strip()
        if output:
            answer = output
    first = answer.split()[0] if answer else "unknown"
    verdict = first if first in ("sat", "unsat") else "unknown"
    reason = "" if verdict != "unknown" else answer.removeprefix("unknown").strip() or _unknown_reason(solver)
    return {"answer": verdict, "reason": reason, "version": _decoded(solver.getVersion())}


def _unknown_reason(solver: Any) -> str:
    """What cvc5 says on request about its last answer; it may say nothing."""
    try:
        return str(solver.getInfo("reason-unknown")).strip()
    except RuntimeError:
        return "no answer"


def _decoded(version: str | bytes) -> str:
    """The version comes as bytes from some releases."""
    return version.decode() if isinstance(version, bytes) else str(version)


def main() -> int:
    """Answer the question on standard input; every failure is an `unknown` with its reason."""
    name, milliseconds, megabytes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    text = sys.stdin.read()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    try:
        result = (_ask_z3 if name == "z3" else _ask_cvc5)(text, milliseconds, megabytes)
    except MemoryError:
        result = {"answer": "unknown", "reason": "out of memory", "version": ""}
    except Exception as error:  # the boundary of the process: the parent gets a reason, never a traceback
        result = {"answer": "unknown", "reason": f"{type(error).__name__}: {error}", "version": ""}
    sys.stdout.write(json.dumps(result) + "\n")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
