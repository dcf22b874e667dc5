"""`lemmascope assumptions`: everything that is taken on trust, by one claim or by all."""

from __future__ import annotations

import argparse
import ast
from collections.abc import Iterable, Iterator

from theory.language.printing import text

from .checking import AXIOMS, CHECKER
from .cli_output import stdout, table
from .dependencies import facts_of_item
from .last_report import LastReport, read_last
from .registry import Registry, load, unknown
from .verification import axioms_digest


def run_assumptions(args: argparse.Namespace) -> int:
    """Print axioms, citations, unchecked steps and the caps of the checker."""
    registry, console = load(), stdout()
    last = read_last(args.ledger, registry)
    if args.claim is not None and args.claim not in registry.items:
        raise unknown("claim", args.claim, registry.items)
    names = registry.closure([args.claim]) if args.claim else tuple(registry.items)
    axioms, cited, complete = used_facts(names, registry, last)
    what = args.claim or "all claims and lemmas"
    console.print(f"axioms below {what}: {len(axioms)} of {len(registry.axioms)}"
                  + ("" if complete else " named in derivations (run `lemmascope verify` for what certificates use)"),
                  soft_wrap=True)
    table(("axiom", "statement"), [(name, text(registry.axioms[name])) for name in axioms], console)
    console.print(f"\ncited lemmas, taken from the literature without proof: {len(cited) or 'none'}")
    if cited:
        rows = [(name, text(registry.citations[name].statement.formula), str(registry.citations[name].source))
                for name in cited]
        table(("cited", "statement", "source"), rows, console)
    unchecked = [f"{name}: {finding}" for name in names for finding in last.verdicts.get(name, {}).get("findings", ())
                 if "decided" in finding]
    console.print(f"\nsteps decided by solvers and not checked: {len(unchecked) or 'none'}"
                  + ("" if complete else " known"))
    for line in unchecked:
        console.print(f"    {line}", soft_wrap=True)
    console.print("\ncaps: what is larger is rejected, never accepted")
    table(("cap", "value", "in"), list(caps()), console)
    console.print(f"\nalso trusted: Python itself, the rules in {CHECKER.name}/, and {AXIOMS.name} with SHA-256 "
                  f"{axioms_digest(registry)}", soft_wrap=True)
    return 0


def used_facts(names: Iterable[str], registry: Registry, last: LastReport) -> tuple[list[str], list[str], bool]:
    """Return the axioms and citations behind the names, and whether all were read off accepted certificates.

    A name without a certificate in the last report counts with what its derivation mentions.
    """
    found: set[str] = set()
    complete = True
    for name in names:
        verdict = last.verdicts.get(name)
        if verdict is not None and verdict["outcome"] == "Proved":
            found.update(verdict["axioms"], verdict["cited"])
        else:
            complete = False
            found.update(facts_of_item(registry.items[name]))
    return ([name for name in registry.axioms if name in found],
            [name for name in registry.citations if name in found], complete)


def caps() -> Iterator[tuple[str, str, str]]:
    """Yield name, value and file of every numeric constant of the checker, read from its sources."""
    for path in sorted(CHECKER.glob("*.py")):
        for node in ast.parse(path.read_bytes()).body:
            if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
                continue
            name = node.targets[0].id
            if name.isupper() and not name.startswith("_") and _whole_number(node.value):
                yield name, ast.unparse(node.value), path.name


def _whole_number(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _whole_number(node.left) and _whole_number(node.right)
    return isinstance(node, ast.Constant) and type(node.value) is int
