"""What there is to verify: axioms, cited lemmas, lemmas and claims by id; families present; claim files of a user.

A family is a package `theory/<family>` with a tuple CLAIMS (and perhaps LEMMAS and CITED). A claim file is a Python
file with the same names; it executes code, so it is loaded only when the user names it.
"""

from __future__ import annotations

import difflib
import hashlib
import importlib
import importlib.util
import pkgutil
import sys
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from theory.language.claims import Cited, Claim, Lemma
from theory.language.errors import InputError, LemmascopeError, UnknownNameError, explain
from theory.language.terms import Formula

from .dependencies import facts_of_item, facts_of_points, in_order

TEXTBOOK = "textbook"
_NOT_FAMILIES = frozenset({"language", TEXTBOOK})


@dataclass(frozen=True)
class Registry:
    """Everything that can be used or verified; ids are unique over all kinds. `textbook` items come first."""

    axioms: Mapping[str, Formula]
    cited: tuple[Cited, ...]
    lemmas: tuple[Lemma, ...]
    claims: tuple[Claim, ...]

    @cached_property
    def items(self) -> dict[str, Lemma | Claim]:
        """Lemmas and claims by id, in order."""
        return {item.id: item for item in (*self.lemmas, *self.claims)}

    @cached_property
    def citations(self) -> dict[str, Cited]:
        """Cited lemmas by id."""
        return {cited.id: cited for cited in self.cited}

    @property
    def families(self) -> tuple[str, ...]:
        """The families that have claims."""
        return tuple(dict.fromkeys(claim.family for claim in self.claims))

    def claim(self, name: str) -> Claim:
        """Return a claim by id. Raises UnknownNameError with the nearest ids."""
        for claim in self.claims:
            if claim.id == name:
                return claim
        raise unknown("claim", name, [claim.id for claim in self.claims])

    def select(self, target: str) -> tuple[tuple[Claim, ...], tuple[Lemma, ...]]:
        """Return the claims and lemmas that a target names: `all`, a family, `textbook`, or an id."""
        if target == "all":
            return self.claims, self.lemmas
        if target in (TEXTBOOK, *self.families):
            prefix = target + "."
            return (tuple(c for c in self.claims if c.id.startswith(prefix)),
                    tuple(e for e in self.lemmas if e.id.startswith(prefix)))
        item = self.items.get(target)
        if item is None:
            raise unknown("claim, family or file", target, ["all", TEXTBOOK, *self.families, *self.items])
        return ((item,), ()) if isinstance(item, Claim) else ((), (item,))

    def statement(self, name: str) -> Formula | None:
        """Return the formula of a fact that proofs may use, or None: a claim declared Refuted is no fact."""
        if name in self.axioms:
            return self.axioms[name]
        if name in self.citations:
            return self.citations[name].statement.formula
        item = self.items.get(name)
        return item.statement.formula if item is not None and provable(item) else None

    def uses(self, name: str) -> tuple[str, ...]:
        """Return the lemmas and claims in the derivation of an item; axioms and citations left out."""
        if name not in self._used:
            self._used[name] = self._known(name, facts_of_item(self.items[name]))
        return self._used[name]

    @cached_property
    def _used(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _known(self, name: str, facts: Iterable[str]) -> tuple[str, ...]:
        """Return those facts that are items. Raises InputError for a fact that no proof may use."""
        found = []
        for fact in sorted(facts):
            if self.statement(fact) is None:
                near = difflib.get_close_matches(fact, [*self.axioms, *self.citations, *self.items], 1)
                remedy = f"Did you mean {near[0]}?" if near else "Run `lemmascope list` to see what there is."
                raise InputError(explain(name, "facts that exist and are not refuted", fact, remedy))
            if fact in self.items:
                found.append(fact)
        return tuple(found)

    def closure(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the named items, what their points use, and all these rest on, each after what it uses."""
        names = list(names)
        points = [f for name in names for f in self._known(name, facts_of_points(self.items[name]))]
        return in_order([*names, *points], self.uses)

    def library(self, name: str) -> dict[str, Formula]:
        """Return the facts a proof of the item may use: axioms, citations, what it names, and the items before it.

        A name that is no item (that of a point) gets everything.
        """
        facts = {**self.axioms, **{c.id: c.statement.formula for c in self.cited}}
        earlier = []
        for other in self.items:
            if other == name:
                break
            earlier.append(other)
        for other in (*earlier, *(self.closure([name]) if name in self.items else ())):
            if other != name and provable(self.items[other]):
                facts[other] = self.items[other].statement.formula
        return facts

    def with_items(self, claims: Iterable[Claim], lemmas: Iterable[Lemma] = (), cited: Iterable[Cited] = (),
                   where: str = "claims") -> Registry:
        """Return the registry with more claims, lemmas and citations. Raises InputError for an id already taken."""
        added = replace(self, claims=(*self.claims, *claims), lemmas=(*self.lemmas, *lemmas),
                        cited=(*self.cited, *cited))
        ids = [*added.axioms, *(entry.id for entry in (*added.cited, *added.lemmas, *added.claims))]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise InputError(explain(where, "ids that are used once", ", ".join(twice), "Choose other ids."))
        return added


def provable(item: Lemma | Claim) -> bool:
    """Whether the item comes with a derivation, so that others may rest on it."""
    return isinstance(item, Lemma) or bool(item.derivation)


def load() -> Registry:
    """Return the textbook and all families present."""
    textbook = importlib.import_module("theory.textbook")
    registry = Registry(dict(getattr(textbook, "AXIOMS", {})), tuple(getattr(textbook, "CITED", ())),
                        tuple(getattr(textbook, "LEMMAS", ())), ())
    for family in families():
        module = importlib.import_module(f"theory.{family}")
        registry = registry.with_items(module.CLAIMS, getattr(module, "LEMMAS", ()), getattr(module, "CITED", ()),
                                       where=f"theory/{family}")
    return registry


def families() -> tuple[str, ...]:
    """Return the names of the families present: packages of theory that define CLAIMS."""
    import theory

    found = [m.name for m in pkgutil.iter_modules(theory.__path__) if m.ispkg and m.name not in _NOT_FAMILIES]
    return tuple(name for name in sorted(found) if hasattr(importlib.import_module(f"theory.{name}"), "CLAIMS"))


def is_file(target: str) -> bool:
    """Whether a target is meant as the path of a claim file rather than an id."""
    return target.endswith(".py") or "/" in target or "\\" in target


def load_file(path: str, registry: Registry) -> tuple[Registry, tuple[Claim, ...], tuple[Lemma, ...]]:
    """Execute a claim file; return the registry with its claims, and the claims and lemmas it defines.

    Raises InputError if the file is missing, raises, or defines no CLAIMS.
    """
    module = _execute(Path(path))
    claims = _entries(module, path, "CLAIMS", Claim)
    lemmas = _entries(module, path, "LEMMAS", Lemma)
    cited = _entries(module, path, "CITED", Cited)
    if not claims and not lemmas:
        remedy = "Define CLAIMS = (Claim(...), ...) at the top level of the file."
        raise InputError(explain(path, "a tuple CLAIMS of Claim objects", "none", remedy))
    return registry.with_items(claims, lemmas, cited, where=path), claims, lemmas


def _execute(path: Path) -> ModuleType:
    if not path.is_file():
        raise InputError(explain(str(path), "a claim file", "no such file", "Check the path; nothing was run."))
    name = "lemmascope_claims_" + hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputError(explain(str(path), "a Python file", "another kind of file", "Give it the ending .py."))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - a user's file may raise anything
        del sys.modules[name]
        raise InputError(_failure(path, error)) from None
    return module


def _failure(path: Path, error: BaseException) -> str:
    """Say where in the user's file an exception arose and what it was."""
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)]
    line = error.lineno if isinstance(error, SyntaxError) else lines[-1] if lines else None
    where = f"{path}, line {line}" if line else str(path)
    text = " ".join((error.msg if isinstance(error, SyntaxError) else str(error)).split())
    found = text if isinstance(error, LemmascopeError) else f"{type(error).__name__}: {text}"
    return explain(where, "a file that can be executed", found.rstrip("."), "Correct it there; nothing else was run.")


def _entries(module: ModuleType, path: str, name: str, kind: type) -> tuple[Any, ...]:
    value = getattr(module, name, ())
    if not isinstance(value, (tuple, list)) or not all(isinstance(entry, kind) for entry in value):
        found = type(value).__name__ if not isinstance(value, (tuple, list)) else ", ".join(
            sorted({type(entry).__name__ for entry in value}))
        raise InputError(explain(f"{path}, {name}", f"a tuple of {kind.__name__} objects", found, "Correct the list."))
    return tuple(value)


def unknown(what: str, name: str, known: Iterable[str]) -> UnknownNameError:
    """Return the error for a name that does not exist, with the nearest ones that do."""
    known = list(known)
    near = difflib.get_close_matches(name, known, 3, 0.5) or [k for k in known if name and name in k][:3]
    remedy = f"Did you mean {' or '.join(near)}?" if near else "Run `lemmascope list` to see what there is."
    return UnknownNameError(explain(what, "a name that exists", repr(name), remedy))
