"""What there is to verify: axioms, cited lemmas, lemmas and claims by id; families present; claim files of a user.

A family is a package `theory/<family>` with a tuple CLAIMS (and perhaps LEMMAS and CITED). An installed distribution
may add claims by an entry point in the group `lemmascope.claims`, a module with the same names. A claim file is a
Python file with these names; it executes code, so it is loaded only when the user names it.
"""

from __future__ import annotations

import difflib
import importlib
import importlib.metadata
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from theory.language.claims import Cited, Claim, Lemma
from theory.language.errors import InputError, LemmascopeError, UnknownNameError, explain
from theory.language.terms import Formula

from .admission import describe
from .claim_files import contents, execute, quiet_stdout
from .dependencies import facts_of_item, facts_of_points, in_order

TEXTBOOK = "textbook"
GROUP = "lemmascope.claims"
"""Entry-point group by which an installed distribution adds claims of its own."""
_NOT_FAMILIES = frozenset({"exact", "language", TEXTBOOK})


@dataclass(frozen=True)
class Registry:
    """Everything that can be used or verified; ids are unique over all kinds. `textbook` items come first.

    `broken` says for each entry point that could not be loaded what is wrong with it.
    """

    axioms: Mapping[str, Formula]
    cited: tuple[Cited, ...]
    lemmas: tuple[Lemma, ...]
    claims: tuple[Claim, ...]
    broken: Mapping[str, str] = field(default_factory=dict)

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
            if target.split(".")[0] in self.broken:
                raise InputError(self.broken[target.split(".")[0]])
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


def load(*targets: Any) -> Registry:
    """Return the textbook, the families present, and the claims of installed distributions.

    With targets, only the families that these name are imported, if each is the id of a family, of one of its claims
    or lemmas, or `textbook`; a proof uses facts of the textbook and of its own family.
    """
    textbook = importlib.import_module("theory.textbook")
    registry = Registry(dict(getattr(textbook, "AXIOMS", {})), tuple(getattr(textbook, "CITED", ())),
                        tuple(getattr(textbook, "LEMMAS", ())), ())
    named = _named(targets)
    for family in families() if named is None else named:
        module = importlib.import_module(f"theory.{family}")
        found = (getattr(module, name, ()) for name in ("CLAIMS", "LEMMAS", "CITED"))
        registry = registry.with_items(*found, where=f"theory/{family}")
    return _with_installed(registry)


def _named(targets: Iterable[Any]) -> tuple[str, ...] | None:
    """Return the families that the targets name; None if there are no targets or one of them may need any family."""
    tops = dict.fromkeys(target.split(".")[0] if isinstance(target, str) else "" for target in targets)
    if not tops or not tops.keys() <= {TEXTBOOK, *_packages()}:
        return None
    return tuple(top for top in tops if top != TEXTBOOK)


def _with_installed(registry: Registry) -> Registry:
    """Add what entry points name. One that fails is kept under `broken` and takes nothing else down."""
    broken = {}
    for entry in importlib.metadata.entry_points(group=GROUP):
        owner = entry.dist.name if entry.dist is not None else "an unknown distribution"
        where = f"entry point {entry.name} = {entry.value} of {owner}"
        try:
            with quiet_stdout():
                module = entry.load()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - another distribution may raise anything
            found = " ".join(f"{type(error).__name__}: {error}".split()).rstrip(".")
            remedy = f"Repair or uninstall {owner}; everything else works without it."
            broken[entry.name] = explain(where, "a module that can be imported", found, remedy)
            continue
        try:
            registry = registry.with_items(*contents(module, where), where=where)
        except LemmascopeError as error:
            broken[entry.name] = str(error)
    return replace(registry, broken=broken) if broken else registry


def families() -> tuple[str, ...]:
    """Return the names of the families present: packages of theory that define CLAIMS."""
    return tuple(name for name in _packages() if hasattr(importlib.import_module(f"theory.{name}"), "CLAIMS"))


def _packages() -> tuple[str, ...]:
    """Return the names of the packages of theory that may be families, without importing them."""
    import theory

    found = [m.name for m in pkgutil.iter_modules(theory.__path__) if m.ispkg and m.name not in _NOT_FAMILIES]
    return tuple(sorted(found))


def is_file(target: str) -> bool:
    """Whether a target is meant as the path of a claim file, or as `FILE::CLAIM`, rather than an id."""
    path = target.split("::")[0]
    return path.endswith(".py") or "/" in path or "\\" in path


def load_file(target: str, registry: Registry) -> tuple[Registry, tuple[Claim, ...], tuple[Lemma, ...]]:
    """Execute a claim file; return the registry with its claims, and the claims and lemmas that are meant.

    `target` is the path of a file (all that it defines is meant) or `FILE::ID`. What the registry holds already, from
    an earlier target in the same file, is not added again. Raises InputError if the file is missing, raises, defines no
    CLAIMS or something that is no claim, and UnknownNameError for an id that it does not define.
    """
    path, _, name = target.partition("::")
    claims, lemmas, cited = contents(execute(Path(path)), path)
    new = [[e for e in kind if registry.citations.get(e.id, registry.items.get(e.id)) != e]
           for kind in (claims, lemmas, cited)]
    registry = registry.with_items(*new, where=path)
    if "::" in target:
        if name not in {item.id for item in (*claims, *lemmas)}:
            raise unknown(f"{path}, claim", name, [item.id for item in (*claims, *lemmas)],
                          f"The file defines {', '.join(item.id for item in (*claims, *lemmas))}.")
        claims, lemmas = (tuple(item for item in kind if item.id == name) for kind in (claims, lemmas))
    return registry, claims, lemmas


def find(target: str, registry: Registry) -> tuple[Registry, tuple[Claim | Lemma, ...]]:
    """Return the claims and lemmas that an id, a claim file or `FILE::ID` names, and the registry they belong to."""
    if is_file(target) and target not in registry.items:
        registry, claims, lemmas = load_file(target, registry)
        return registry, (*claims, *lemmas)
    if target not in registry.items:
        if target.split(".")[0] in registry.broken:
            raise InputError(registry.broken[target.split(".")[0]])
        raise unknown("claim", target, registry.items)
    return registry, (registry.items[target],)


def unknown(what: str, name: str, known: Iterable[str],
            otherwise: str = "Run `lemmascope list` to see what there is.") -> UnknownNameError:
    """Return the error for a name that does not exist, with the nearest ones that do, else with `otherwise`."""
    known = list(known)
    near = difflib.get_close_matches(name, known, 3, 0.5) or [k for k in known if name and name in k][:3]
    remedy = f"Did you mean {' or '.join(near)}?" if near else otherwise
    return UnknownNameError(explain(what, "a name that exists", describe(name), remedy))
