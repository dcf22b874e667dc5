"""The generated mutants of a statement: hypotheses dropped, strictness, constants, exponents and indices changed.

A mutant has a stable name and one or two directions (a constant up or down, an index plus or minus one). When it is not
evident which direction is the stronger one, both are tried and the mutant is killed as soon as one of them is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from proofs_check.engines.canonical import Canon
from proofs_check.engines.elaboration import axiom_table
from theory.language.errors import SearchFailed
from theory.language.notation import Statement
from theory.language.printing import text
from theory.language.terms import Formula, Term, flatten, literal, plus, rational, times

from .places import Path, Place, Walk, removed, replaced
from .targets import conjuncts

DROP, STRICTNESS, CONSTANT, SHIFT, NORM = "drop", "strictness", "constant", "shift", "norm"
KINDS = (DROP, STRICTNESS, CONSTANT, SHIFT, NORM)
FACTORS = {"1/100": Fraction(1, 100), "1/2": Fraction(1, 2)}


@dataclass(frozen=True)
class Mutant:
    """A changed statement: `directions` holds it, or both ways in which the change may be made.

    `change` says in words what was changed; `dropped` is the name of a hypothesis that was left out.
    """

    name: str
    kind: str
    change: str
    directions: tuple[Statement, ...]
    dropped: str = ""


@lru_cache(maxsize=32)
def mutants(statement: Statement) -> tuple[Mutant, ...]:
    """Return the mutants of a statement in a fixed order.

    Definitions by recursion count as their two equations. A change that leaves the canonical key as it was, repeats
    another mutant, or is not well formed (a shape that no longer fits) gives none.
    """
    formula = (*statement.formula[:2], flatten(statement.formula[2]), statement.formula[3])
    table = axiom_table()
    canon = Canon(table["generators"], table["predicates"])
    seen = {canon.key(formula, {})}
    walk = Walk(dict(formula[1]), table["generators"])
    names: dict[str, int] = {}
    found = []
    for kind, name, change, edited, ids in _edits(formula, statement.ids, walk):
        fresh = []
        for one in edited:
            try:
                key = canon.key(one, {})
            except SearchFailed:
                continue
            if key not in seen:
                seen.add(key)
                fresh.append(Statement(one, ids))
        if not fresh:
            continue
        names[name] = names.get(name, 0) + 1
        label = name if names[name] == 1 else f"{name} ({names[name]})"
        dropped = name.removeprefix("drop ") if kind == DROP and len(ids) < len(statement.ids) else ""
        found.append(Mutant(label, kind, change, tuple(fresh), dropped))
    return tuple(found)


Edit = tuple[str, str, str, list[Formula], tuple[str, ...]]


def _edits(formula: Formula, ids: tuple[str, ...], walk: Walk) -> Iterator[Edit]:
    _, variables, hypotheses, conclusion = formula
    for k, h in enumerate(hypotheses):
        without = ("all", variables, hypotheses[:k] + hypotheses[k + 1:], conclusion)
        yield DROP, f"drop {ids[k]}", f"without {ids[k]}: {text(h)}", [without], ids[:k] + ids[k + 1:]
    parts: list[tuple[str, Path, Formula, bool]] = [(ids[k], (2, k), h, False) for k, h in enumerate(hypotheses)]
    split = conjuncts(conclusion)
    whole = split[0] is conclusion
    for k, part in enumerate(split, 1):
        parts.append(("conclusion" if whole else f"conclusion {k}", (3,) if whole else (3, 2, k - 1), part, True))
    for where, path, part, positive in parts:
        for place in walk.formula(part, path, positive):
            for kind, name, change, edited in _changes(formula, place, where, positive):
                yield kind, name, f"{where}: {change}", edited, ids


def _changes(formula: Formula, place: Place, where: str, claimed: bool
             ) -> Iterator[tuple[str, str, str, list[Formula]]]:
    """Yield kind, name, words and edited formulas for one place; `claimed` is true inside the conclusion."""
    part, path = place.part, place.path
    if place.kind == "premise" and claimed and not place.positive:
        yield DROP, f"drop {where}, {text(part)}", f"without the premise {text(part)}", [removed(formula, path)]
    elif place.kind == "relation":
        head, a, b = part
        if (head == "<" and not place.positive) or (head == "<=" and place.positive):
            other = "<=" if head == "<" else "<"
            yield (STRICTNESS, f"strictness {where}", f"{text(part)} with {other}",
                   [replaced(formula, path, (other, a, b))])
        if claimed and place.positive and head in ("<=", "<", "="):
            yield from _scaled_sides(formula, part, path, where)
    elif place.kind == "number" and claimed:
        value = literal(part) or Fraction(0)
        for name, factor in FACTORS.items():
            ways = [replaced(formula, path, rational(value * (1 - factor))),
                    replaced(formula, path, rational(value * (1 + factor)))]
            yield CONSTANT, f"constant {where}, {text(part)} by {name}", f"the constant {text(part)} by {name}", ways
    elif place.kind == "power":
        ways = [replaced(formula, path, part + step) for step in (1, -1) if 0 <= part + step <= 64]
        yield SHIFT, f"shift {where}, power {part}", f"the exponent {part} by one", ways
    elif place.kind in ("exponent", "index", "bound", "range"):
        yield from _shifted(formula, place, where)
    elif place.kind == "sum":
        swapped = _other_norm(part)
        if swapped is not None:
            yield NORM, f"norm {where}", f"{text(swapped)} in place of {text(part)}", [replaced(formula, path, swapped)]


def _scaled_sides(formula: Formula, part: Formula, path: Path, where: str
                  ) -> Iterator[tuple[str, str, str, list[Formula]]]:
    """The bound as a whole times 99/100 or 1/2 (its leading constant is 1), or the other way round."""
    head, a, b = part
    if b == 0 or literal(b) is not None:
        return
    for name, factor in FACTORS.items():
        ways = [replaced(formula, path, (head, a, times(rational(1 - factor), b))),
                replaced(formula, path, (head, a, times(rational(1 + factor), b)))]
        yield CONSTANT, f"constant {where}, the bound by {name}", f"the right side of {text(part)} by {name}", ways


def _shifted(formula: Formula, place: Place, where: str) -> Iterator[tuple[str, str, str, list[Formula]]]:
    t, path = place.part, place.path
    if place.kind == "range":
        t = t[1] if t[2] == place.owner else t[2]
    words = {"exponent": "exponent {0} of {1}", "index": "index {0} of {1}", "bound": "end {0} of the {1}",
             "range": "end {0} of the range of {1}"}[place.kind].format(text(t), place.owner)
    ways = [replaced(formula, path, _plus(t, step)) for step in (1, -1)]
    yield SHIFT, f"shift {where}, {words}", f"the {words} by one", ways


def _plus(t: Term, step: int) -> Term:
    """t + step, with literals added up."""
    parts = t[1:] if isinstance(t, tuple) and t[0] == "+" else (t,)
    numbers = [literal(p) for p in parts]
    total = sum((n for n in numbers if n is not None), Fraction(step))
    return plus(*(p for p, n in zip(parts, numbers) if n is None), rational(total))


def _other_norm(t: Term) -> Term | None:
    """A sum of absolute values for one of squares, and the other way round."""
    body = t[5]
    if isinstance(body, tuple) and body[0] == "abs":
        return (*t[:5], ("^", body[1], 2))
    if isinstance(body, tuple) and body[0] == "^" and body[2] == 2:
        return (*t[:5], ("abs", body[1]))
    return None
