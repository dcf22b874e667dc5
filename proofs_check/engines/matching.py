"""First-order matching with Miller patterns: find what a fact's variables must be for its conclusion to be the goal."""

from __future__ import annotations

from typing import Any

from theory.language.substitution import BOUND_PREDICATES
from theory.language.terms import Term, names


def match(pattern: Any, target: Any, variables: frozenset[str], found: dict[str, Term],
          bound: dict[str, str] | None = None) -> bool:
    """Extend `found` so that pattern with found equals target, as written; False if that fails.

    A function variable applied to distinct bound names matches any term in those names. `bound` maps the pattern's
    bound names to the target's.
    """
    bound = bound or {}
    if isinstance(pattern, str):
        if pattern in bound:
            return target == bound[pattern]
        if pattern in variables:
            return _assign(pattern, target, found, bound)
        return pattern == target
    if not isinstance(pattern, tuple):
        return pattern == target
    head = pattern[0] if pattern and isinstance(pattern[0], str) else None
    if head in variables and head not in bound:
        return _function(pattern, target, variables, found, bound)
    if not isinstance(target, tuple) or len(pattern) != len(target):
        return False
    if head == "bind" and target[0] == "bind" and pattern[1] == target[1]:
        inner = {**bound, pattern[2]: target[2]}
        return (match(pattern[3], target[3], variables, found, bound) and match(pattern[4], target[4], variables,
                                                                                found, bound)
                and match(pattern[5], target[5], variables, found, inner))
    if head == "build" and target[0] == "build":
        inner = {**bound, pattern[1]: target[1], pattern[2]: target[2]}
        return (match(pattern[3], target[3], variables, found, bound) and match(pattern[4], target[4], variables,
                                                                                found, bound)
                and match(pattern[5], target[5], variables, found, inner))
    if head == "pred" and target[:2] == pattern[:2] and pattern[1] in BOUND_PREDICATES:
        inner = {**bound, pattern[2]: target[2]}
        rest = all(match(p, t, variables, found, bound) for p, t in zip(pattern[4:], target[4:]))
        return rest and match(pattern[3], target[3], variables, found, inner)
    if head in ("all", "some") and target[0] == head and len(pattern[1]) == len(target[1]):
        inner = {**bound, **{p: t for (p, _), (t, _) in zip(pattern[1], target[1])}}
        return all(match(p, t, variables, found, inner) for p, t in zip(pattern[2:], target[2:]))
    return all(match(p, t, variables, found, bound) for p, t in zip(pattern, target))


def _assign(name: str, value: Term, found: dict[str, Term], bound: dict[str, str]) -> bool:
    if names(value) & frozenset(bound.values()):
        return False
    if name in found:
        return found[name] == value
    found[name] = value
    return True


def _function(pattern: Any, target: Any, variables: frozenset[str], found: dict[str, Term],
              bound: dict[str, str]) -> bool:
    head, args = pattern[0], pattern[1:]
    if head in found:
        return True  # already fixed: the instantiated formulas are compared by key afterwards
    if all(isinstance(a, str) and a in bound for a in args) and len(set(args)) == len(args):
        own = tuple(bound[a] for a in args)
        others = frozenset(bound.values()) - frozenset(own)
        if names(target) & others:
            return False
        found[head] = ("lam", own, target)
        return True
    if isinstance(target, tuple) and len(target) == len(pattern) and isinstance(target[0], str):
        marks = tuple(f"z{k}" for k in range(len(args)))
        candidate = ("lam", marks, (target[0], *marks))
        ok = all(match(p, t, variables, found, bound) for p, t in zip(args, target[1:]))
        if ok and not (names(target[0]) & frozenset(bound.values())):
            found.setdefault(head, candidate)
            return True
    return True  # left open: a premise or the author must fix it
