"""What a stored result depends on besides its statement: source code, transitively, and the versions of the engines.

Source code enters by its syntax tree without comments, docstrings and line numbers, so that editing a comment
recomputes nothing, while a change in any project module that is imported, however indirectly, recomputes everything
that rests on it.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import importlib.util
import platform
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from .ledger import SOURCE, Ledger, content_key

PACKAGES = ("theory", "numerics", "proofs_check")
ENGINES = ("sympy", "z3-solver", "cvc5", "python-flint", "numpy", "scipy")
LEARNING = ("torch", "scikit-learn")


def versions(distributions: Iterable[str]) -> dict[str, str]:
    """Return the installed version of each distribution ("absent" if there is none), and of Python."""
    return {"python": platform.python_version(), **{name: _version(name) for name in distributions}}


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def sources(*modules: str, within: tuple[str, ...] = PACKAGES, ledger: Ledger | None = None,
            packages: bool = True) -> str:
    """Return the SHA-256 of the code of the modules and of every project module that they import, transitively.

    Only modules at or below the names in `within` are followed, and the `__init__` of packages only with `packages`.
    Modules of other distributions do not count here; their versions do, in `versions`. A ledger spares parsing the
    files that it has seen before.
    """
    seen: dict[str, str] = {}
    waiting, met = list(modules), set()
    while waiting:
        name = waiting.pop()
        if name in met:
            continue
        met.add(name)
        inside = any(name == top or name.startswith(top + ".") for top in within)
        path = module_path(name) if inside else None
        if path is None or (path.name == "__init__.py" and not packages):
            continue
        seen[name], imported = _read(path, name, ledger)
        # A package's own __init__ runs before any module inside it.
        waiting += [*imported, *([name.rpartition(".")[0]] if "." in name else [])]
    text = "\n".join(f"{name} {seen[name]}" for name in sorted(seen))
    return hashlib.sha256(text.encode()).hexdigest()


def module_path(name: str) -> Path | None:
    """Return the file of a project module, without importing it; None if there is no such module."""
    top, *rest = name.split(".")
    if top not in PACKAGES:
        return None
    for root in _roots(top):
        base = root.joinpath(*rest)
        for path in (base / "__init__.py", base.with_name(base.name + ".py")):
            if path.is_file():
                return path
    return None


def modules_under(package: str) -> tuple[str, ...]:
    """Return the names of all modules of a project package, sub-packages included, without importing them."""
    start = module_path(package)
    if start is None or start.name != "__init__.py":
        return (package,) if start is not None else ()
    folder = start.parent
    names = []
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        names.append(".".join((package, *parts)))
    return tuple(names)


@cache
def _roots(top: str) -> tuple[Path, ...]:
    found = importlib.util.find_spec(top)
    return tuple(Path(p) for p in found.submodule_search_locations or ()) if found else ()


def _read(path: Path, name: str, ledger: Ledger | None) -> tuple[str, list[str]]:
    """Return the digest of a file's syntax tree and the project modules it imports."""
    data, package = path.read_bytes(), path.name == "__init__.py"
    key = content_key(hashlib.sha256(data).hexdigest(), name, package, platform.python_version(), "1")
    stored = ledger.get(SOURCE, key) if ledger is not None else None
    if stored is None:
        tree = ast.parse(data, filename=str(path))
        imported = sorted(set(_imports(tree, name, package)))
        _drop_docstrings(tree)
        stored = {"digest": hashlib.sha256(ast.dump(tree).encode()).hexdigest(), "imports": imported}
        if ledger is not None:
            ledger.put(SOURCE, key, stored)
    return stored["digest"], stored["imports"]


def _imports(tree: ast.Module, name: str, package: bool) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in PACKAGES)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = name.split(".")
                parts = parts[: len(parts) - node.level + package]
                base = ".".join([*parts, base] if base else parts)
            if base.split(".")[0] in PACKAGES:
                yield base
                # A name imported from a package may be a module of its own; module_path drops it if it is not.
                yield from (f"{base}.{alias.name}" for alias in node.names)


def _drop_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body[0] = ast.copy_location(ast.Pass(), first)
