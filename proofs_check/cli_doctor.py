"""`lemmascope doctor`: versions, digests, whether the solvers answer, and the health of the ledger."""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from theory.language.errors import LemmascopeError

from . import __version__, fingerprint
from .checking import AXIOMS, check
from .cli_output import outcome_text, stdout, table
from .ledger import Ledger
from .processes import Ending, Task, processors, run_all
from .registry import load
from .verification import axioms_digest


def run_doctor(args: argparse.Namespace) -> int:
    """Print what is installed and whether it works; 0 if all is well, 4 if something does not work."""
    console = stdout()
    versions = fingerprint.versions((*fingerprint.ENGINES, *fingerprint.LEARNING, "rich", "networkx"))
    rows = [("lemmascope", __version__), *versions.items(), ("processors", str(processors()))]
    table(("component", "version"), rows, console)
    findings = [_try("axioms of theory and checker", _axioms), _try("checker in a fresh process", _checker),
                ("claims of other packages", *_packages())]
    solvers = (("z3", ask_z3), ("cvc5", ask_cvc5), ("flint", ask_flint))
    tasks = [Task(name, function, (), 30.0) for name, function in solvers]
    for outcome in run_all(tasks, 1):
        good = outcome.ending is Ending.GOOD
        findings.append((f"{outcome.key} answers", outcome.value if good else outcome.reason, good))
    health = Ledger(Path(args.ledger)).health()
    entries = ", ".join(f"{count} {kind}" for kind, count in health.entries.items())
    findings.append(("ledger", f"{args.ledger}: {entries}, {health.bytes / 1e6:.1f} MB"
                     + (f", {health.leftovers} leftovers of killed writers" if health.leftovers else ""), True))
    console.print()
    table(("check", "result"), [(name, outcome_text(text, good)) for name, text, good in findings], console)
    for line in health.broken:
        # No failure: a damaged entry is treated as absent and computed again.
        console.print(f"ledger entry to be recomputed: {line}", soft_wrap=True)
    return 0 if all(good for _, _, good in findings) else 4


def ask_z3() -> str:
    """Return a sentence if Z3 refutes x*x < 0 over the reals."""
    import z3

    solver, x = z3.Solver(), z3.Real("x")
    solver.add(x * x < 0)
    return _expected("x*x < 0 is", str(solver.check()), "unsat")


def ask_cvc5() -> str:
    """Return a sentence if cvc5 refutes x*x < 0 over the reals."""
    import cvc5

    solver = cvc5.Solver()
    solver.setLogic("QF_NRA")
    x = solver.mkConst(solver.getRealSort(), "x")
    square = solver.mkTerm(cvc5.Kind.MULT, x, x)
    solver.assertFormula(solver.mkTerm(cvc5.Kind.LT, square, solver.mkReal(0)))
    return _expected("x*x < 0 is", str(solver.checkSat()), "unsat")


def ask_flint() -> str:
    """Return a sentence if python-flint encloses exp(1) between its first digits."""
    from flint import arb

    value = arb(1).exp()
    return _expected("exp(1) is enclosed:", str(arb("2.71828") < value and value < arb("2.71829")), "True")


def _expected(what: str, found: str, wanted: str) -> str:
    if found != wanted:
        raise RuntimeError(f"{what} {found}, expected {wanted}")
    return f"{what} {found}"


def _try(name: str, function: Callable[[], str]) -> tuple[str, str, bool]:
    try:
        return name, function(), True
    except LemmascopeError as error:
        return name, str(error), False


def _packages() -> tuple[str, bool]:
    """Say whether everything that entry points name could be loaded."""
    broken = load().broken
    return "; ".join(broken.values()) or "every entry point can be loaded", not broken


def _axioms() -> str:
    return f"{len(load().axioms)} axioms, SHA-256 {axioms_digest(load())}"


def _checker() -> str:
    """Have the checker accept a report about nothing."""
    sha = hashlib.sha256(AXIOMS.read_bytes()).hexdigest()
    empty = {"format": "lemmascope-report", "schema": 1, "axioms": sha, "cited": [], "claims": [], "points": []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        path.write_text(json.dumps(empty), encoding="ascii")
        checked = check(path, seconds=60)
    return f"SHA-256 of its files {checked.checker}"
