"""The rules of the house, read off the source files: who imports whom, sizes, no floats in theory, no prints."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("theory", "numerics", "proofs_check")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
CHECKER = ROOT / "proofs_check" / "certificates" / "checker"
MODULE_LINES, FUNCTION_LINES, COLUMNS, CHECKER_CODE_LINES = 500, 60, 120, 1200
ALLOWED = {
    "theory": {"theory", "sympy"},
    "numerics": {"theory", "numerics", "sympy", "torch", "numpy", "scipy", "sklearn", "flint", "networkx"},
}


def name_of(path: Path) -> str:
    """A short name for test ids."""
    return str(path.relative_to(ROOT))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file, to be read only."""
    return ast.parse(path.read_bytes())


def imports(path: Path) -> Iterator[str]:
    """The top-level names that a file imports absolutely, lazily ones included."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


def code_lines(path: Path) -> int:
    """Lines that hold code: no blank lines, comments or docstrings."""
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node, clean=False):
            node.body = node.body[1:] or [ast.Pass()]
    lines: set[int] = set()
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    text = path.read_text(encoding="utf-8").splitlines()
    docstrings = {line for node in ast.walk(ast.parse(path.read_bytes())) if isinstance(node, ast.Expr)
                  and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
                  for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    return sum(1 for n in lines - docstrings if text[n - 1].strip() and not text[n - 1].strip().startswith("#"))


@pytest.mark.parametrize("path", [p for p in SOURCES if p.parts[len(ROOT.parts)] in ALLOWED], ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    """theory uses the standard library and SymPy; numerics adds the numerical libraries; neither uses proofs_check."""
    allowed = ALLOWED[path.parts[len(ROOT.parts)]] | set(sys.stdlib_module_names)
    assert set(imports(path)) <= allowed


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_imports_the_tests(path: Path) -> None:
    """No source file imports a test."""
    assert "tests" not in set(imports(path))


@pytest.mark.parametrize("path", sorted(CHECKER.glob("*.py")), ids=name_of)
def test_checker_uses_the_standard_library_and_its_own_files_only(path: Path) -> None:
    """The checker shares no code with the rest of the project."""
    own = {p.stem for p in CHECKER.glob("*.py")}
    assert set(imports(path)) <= own | set(sys.stdlib_module_names)
    relative = [n for n in ast.walk(parsed(path)) if isinstance(n, ast.ImportFrom) and n.level]
    assert not relative


def test_checker_is_small_enough_to_be_read() -> None:
    """The checker has at most 1,200 lines of code."""
    assert sum(code_lines(path) for path in CHECKER.glob("*.py")) <= CHECKER_CODE_LINES


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_and_functions_are_short(path: Path) -> None:
    """Modules have at most 500 lines of at most 120 columns, functions at most 60 lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MODULE_LINES
    assert [n for n, line in enumerate(lines, 1) if len(line) > COLUMNS] == []
    functions = [n for n in ast.walk(parsed(path)) if isinstance(n, ast.FunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > FUNCTION_LINES] == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_are_named_after_an_idea(path: Path) -> None:
    """No module is a drawer for everything."""
    assert path.stem not in {"utils", "util", "helpers", "helper", "misc", "common"}


@pytest.mark.parametrize("path", sorted((ROOT / "theory").rglob("*.py")), ids=name_of)
def test_theory_has_no_floats(path: Path) -> None:
    """No float literal, no call of float, and of `math` only the exact functions."""
    tree = parsed(path)
    floats = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, (float, complex))]
    calls = [n.lineno for n in ast.walk(tree)
             if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id in ("float", "complex")]
    assert (floats, calls) == ([], [])
    used = {n.attr for n in ast.walk(tree)
            if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == "math"}
    used |= {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "math" for a in n.names}
    assert used <= {"comb", "factorial", "gcd", "isqrt", "lcm", "prod"}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_only_the_command_line_prints(path: Path) -> None:
    """`print` stands in the command line and in `__main__` only."""
    if path.stem == "__main__" or path.stem.startswith("cli") or CHECKER in path.parents:
        return
    tree = parsed(path)
    guarded = [n for n in tree.body if isinstance(n, ast.If) and "__main__" in ast.unparse(n.test)]
    inside = {id(n) for block in guarded for n in ast.walk(block)}
    calls = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
             and n.func.id == "print" and id(n) not in inside]
    assert calls == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_user_input_is_never_checked_by_assert(path: Path) -> None:
    """`assert` vanishes under -O, so no source file relies on it."""
    assert [n.lineno for n in ast.walk(parsed(path)) if isinstance(n, ast.Assert)] == []


def public_without_docstring(path: Path) -> Iterator[str]:
    """Public modules, classes, functions and methods of a file that lack a docstring."""
    tree = parsed(path)
    if not ast.get_docstring(tree) and tree.body:
        yield "module"
    for node in tree.body:
        if not isinstance(node, (ast.ClassDef, ast.FunctionDef)) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node):
            yield node.name
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{m.name}" for m in node.body if isinstance(m, ast.FunctionDef)
                        and not m.name.startswith("_") and not ast.get_docstring(m))


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_everything_public_has_a_docstring(path: Path) -> None:
    """Each public module, class, function and method says what it is."""
    assert list(public_without_docstring(path)) == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_public_functions_are_annotated(path: Path) -> None:
    """Arguments and results of public functions carry annotations."""
    missing = []
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
            if node.returns is None or any(a.annotation is None for a in arguments):
                missing.append(node.name)
    assert missing == []


def test_importing_the_api_loads_no_heavy_library() -> None:
    """`import proofs_check` and its command line load neither torch nor a plotting or optimisation library."""
    code = ("import sys, proofs_check, proofs_check.cli, proofs_check.verification; "
            "print(sorted({'torch', 'sklearn', 'cvxpy', 'matplotlib', 'z3', 'cvc5', 'scipy'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_test_files_have_unique_names() -> None:
    """No two test files share a name, so that each can be named alone."""
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


LAZY = [p for p in SOURCES if p.name == "__init__.py" and "def __getattr__" in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", LAZY, ids=name_of)
def test_no_lazy_name_is_that_of_a_module_beside_it(path: Path) -> None:
    """Importing a submodule sets it as an attribute of its package: a function of the same name would be hidden."""
    package = importlib.import_module(".".join(path.parent.relative_to(ROOT).parts))
    assert not set(package.__all__) & {p.stem for p in path.parent.glob("*.py")}
