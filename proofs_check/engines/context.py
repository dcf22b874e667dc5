"""What a step can see: names in scope, facts in scope, the library, and cached canonical forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from theory.language.errors import SearchFailed
from theory.language.terms import Formula, Sort, Term, flatten

from .canonical import Canon


@dataclass
class Context:
    """Scope of one box. Child contexts copy the facts and share the interned generators."""

    canon: Canon
    library: Mapping[str, Formula]
    env: dict[str, tuple[str, Sort]] = field(default_factory=dict)
    facts: dict[str, Formula] = field(default_factory=dict)
    reads: set[str] = field(default_factory=set)
    _differences: dict[Formula, Any] = field(default_factory=dict)
    _keys: dict[Formula, str] = field(default_factory=dict)
    fresh: list[int] = field(default_factory=lambda: [0])

    def child(self, variables: tuple[tuple[str, Sort], ...] = (),
              named: Mapping[str, Formula] | None = None) -> Context:
        """A box inside: fresh variables and named facts. Raises SearchFailed when a name is taken."""
        env = dict(self.env)
        for name, sort in variables:
            if name in env:
                raise SearchFailed(f"the name {name} is already in use here: rename the bound variable")
            env[name] = (name, sort)
        facts = dict(self.facts)
        for id_, f in (named or {}).items():
            if id_ in facts or id_ in self.library:
                raise SearchFailed(f"the fact name {id_} is already in use here")
            facts[id_] = f
        caches = {} if variables else {"_differences": self._differences, "_keys": self._keys}
        return Context(self.canon, self.library, env, facts, self.reads, fresh=self.fresh, **caches)

    def fact(self, id_: str) -> Formula:
        """The formula of a fact in scope or in the library."""
        if id_ in self.facts:
            return self.facts[id_]
        if id_ in self.library:
            self.reads.add(id_)
            return self.library[id_]
        raise SearchFailed(f"unknown fact {id_}; in scope are: {', '.join(self.facts)}")

    def difference(self, f: Formula) -> tuple[Any, Any]:
        """(sort, b - a) of a relation, cached."""
        if f not in self._differences:
            self._differences[f] = self.canon.difference(f, self.env)
        return self._differences[f]

    def key(self, f: Formula) -> str:
        """Canonical key of a formula, cached."""
        if f not in self._keys:
            self._keys[f] = self.canon.key(f, self.env)
        return self._keys[f]

    def scalar(self, t: Term) -> Any:
        """Polynomial of a scalar term."""
        return self.canon.scalar(t, self.env)

    def same(self, f: Formula) -> str | None:
        """Name of a fact in scope with the same key, the latest first."""
        wanted = self.key(f)
        for id_ in reversed(self.facts):
            g = self.facts[id_]
            if g[0] == f[0] and (g is f or self.key(g) == wanted):
                return id_
        return None

    def name(self, stem: str) -> str:
        """A fresh fact name."""
        self.fresh[0] += 1
        return f"{stem}.{self.fresh[0]}"


def opened(ids: tuple[str, ...], hypotheses: tuple[Formula, ...]) -> dict[str, Formula]:
    """Names for the flattened hypotheses. Raises SearchFailed when their number differs."""
    flat = flatten(hypotheses)
    if len(ids) != len(flat):
        raise SearchFailed(f"{len(flat)} hypotheses need names, {len(ids)} given: {flat}")
    return dict(zip(ids, flat))
