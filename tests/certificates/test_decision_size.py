"""The decision checker is small, uses the standard library only, and shares no module name with the other checker."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CERTIFICATES = ROOT / "proofs_check" / "certificates"
FILES = sorted((CERTIFICATES / "decision_checker").glob("*.py"))
CODE_LINES = 500


def code_lines(path: Path) -> int:
    """Lines that hold code: no blank lines, comments or docstrings."""
    text = path.read_text(encoding="utf-8")
    docstrings = {line for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Expr)
                  and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
                  for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    return sum(1 for n, line in enumerate(text.splitlines(), 1)
               if n not in docstrings and line.strip() and not line.strip().startswith("#"))


def test_at_most_500_lines_of_code() -> None:
    """All files of the decision checker together have at most 500 lines of code."""
    assert sum(map(code_lines, FILES)) <= CODE_LINES


def test_one_statement_a_line() -> None:
    """The count is honest: no two statements share a line."""
    for path in FILES:
        starts = [node.lineno for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.stmt)]
        assert len(starts) == len(set(starts)), path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_imports_the_standard_library_and_its_own_files_only(path: Path) -> None:
    """Nothing of the search is in the process that judges it."""
    own = {p.stem for p in FILES}
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level
            found.add((node.module or "").split(".")[0])
    assert found <= own | set(sys.stdlib_module_names)


def test_module_names_differ_from_those_of_the_other_checker() -> None:
    """Both checkers run as script directories, and their tests import modules of both."""
    others = {path.stem for path in (CERTIFICATES / "checker").glob("*.py")} - {"__main__"}
    assert not others & {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_floats_and_no_evaluation_of_text(path: Path) -> None:
    """No float literal, no call of float, eval or exec, and no division that could make a float of two integers."""
    tree = ast.parse(path.read_bytes())
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, (float, complex))]
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id in ("float", "eval", "exec", "assert")]


def test_loads_nothing_but_the_standard_library() -> None:
    """In an isolated interpreter without site-packages the checker starts and refuses a missing file."""
    command = [sys.executable, "-I", "-S", str(CERTIFICATES / "decision_checker"), "no such file"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("REJECTED  file: FileNotFoundError")
