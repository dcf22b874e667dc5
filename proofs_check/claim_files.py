"""Reading claims out of a Python module: a user's file, executed when it is named, or that of another distribution.

Whatever such code does, the user gets one paragraph that says where, and nothing else is affected.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from theory.language.claims import Cited, Claim, Lemma
from theory.language.errors import InputError, LemmascopeError, explain

from .admission import examine


def contents(module: Any, where: str) -> tuple[tuple[Claim, ...], tuple[Lemma, ...], tuple[Cited, ...]]:
    """Return the claims, lemmas and citations of a module. Raises InputError if there are none or one is not usable."""
    claims = _entries(module, where, "CLAIMS", Claim)
    lemmas = _entries(module, where, "LEMMAS", Lemma)
    cited = _entries(module, where, "CITED", Cited)
    if not claims and not lemmas:
        remedy = "Define CLAIMS = (Claim(...), ...) at the top level; `lemmascope new FILE` writes an example."
        raise InputError(explain(where, "a tuple CLAIMS of Claim objects", "none", remedy))
    examine((*claims, *lemmas, *cited), where)
    return claims, lemmas, cited


@contextlib.contextmanager
def quiet_stdout() -> Iterator[None]:
    """Keep stdout for results: what the code of others prints while it is loaded goes to stderr."""
    with contextlib.redirect_stdout(sys.stderr):
        yield


def unreadable(path: Path) -> str:
    """Return why a path is no file that can be read, or ""."""
    try:
        with path.open("rb"):
            return ""
    except IsADirectoryError:
        return "a directory"
    except FileNotFoundError:
        return "no such file"
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or str(error)


def execute(path: Path) -> ModuleType:
    """Execute a claim file as a module of its own. Raises InputError, with the line, for whatever it raises."""
    problem = unreadable(path)
    if problem:
        raise InputError(explain(str(path), "a claim file", problem, "Check the path; nothing was run."))
    name = "lemmascope_claims_" + hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module
    try:
        # Not through an import loader: its cached byte code is stale after an edit within the same second, and would
        # leave files beside the user's.
        code = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
        with quiet_stdout():
            exec(code, module.__dict__)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a user's file may raise anything
        sys.modules.pop(name, None)
        raise InputError(_failure(path, error)) from None
    return module


def _failure(path: Path, error: BaseException) -> str:
    """Say where in the user's file an exception arose and what it was."""
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
    mine = isinstance(error, SyntaxError) and error.filename == str(path)
    line = error.lineno if mine else lines[-1] if lines else None
    where = f"{path}, line {line}" if line else str(path)
    text = " ".join((error.msg if mine else str(error)).split())
    found = text if isinstance(error, LemmascopeError) else f"{type(error).__name__}: {text}"
    return explain(where, "a file that can be executed", found.rstrip("."), "Correct it there; nothing else was run.")


def _entries(module: ModuleType, path: str, name: str, kind: type) -> tuple[Any, ...]:
    value = getattr(module, name, ())
    if not isinstance(value, (tuple, list)) or not all(type(entry) is kind for entry in value):
        found = type(value).__name__ if not isinstance(value, (tuple, list)) else ", ".join(
            sorted({type(entry).__name__ for entry in value}))
        raise InputError(explain(f"{path}, {name}", f"a tuple of {kind.__name__} objects", found, "Correct the list."))
    return tuple(value)
