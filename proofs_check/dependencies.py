"""Which facts a derivation or a certificate uses, and the order in which claims can be checked.

Names of the library contain a dot (`ax.exp_ge`, `textbook.pow_add`, `covering.volume`), names inside a derivation do
not, so the dotted strings among the facts of its steps are what an item rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from theory.language.claims import Claim, Lemma
from theory.language.derivation import Step
from theory.language.errors import InputError, explain

Item = Lemma | Claim


def facts_of_steps(steps: Iterable[Step]) -> Iterator[str]:
    """Yield every dotted name among the facts and hints of the steps and of their boxes."""
    for step in steps:
        yield from _dotted(step.facts)
        yield from _dotted([value for _, value in step.hints])
        for box in step.boxes:
            yield from facts_of_steps(box.steps)


def facts_of_item(item: Item) -> frozenset[str]:
    """Return the library names in the derivation of an item and in the proofs of its obligations."""
    names = set(facts_of_steps(item.derivation))
    for steps in item.posed:
        names.update(facts_of_steps(steps))
    return frozenset(names)


def facts_of_points(item: Item) -> frozenset[str]:
    """Return the library names in the instance, the controls and the refutations of a claim."""
    if not isinstance(item, Claim):
        return frozenset()
    witnesses = [control.witness for control in item.controls] + [witness for _, witness in item.refutations]
    witnesses += [item.instance] if item.instance is not None else []
    return frozenset(name for witness in witnesses for name in facts_of_steps(witness.steps))


def facts_of_entry(entry: dict[str, Any]) -> frozenset[str]:
    """Return the library names in a certificate: an entry of "claims" or "points" in a report."""
    return frozenset(_dotted([entry.get("steps", []), entry.get("posed", [])])) - {entry.get("id")}


def in_order(names: Iterable[str], uses: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """Return the names and all they use, each after what it uses; ties keep the order given.

    Raises InputError, naming the round, if something rests on itself.
    """
    done: dict[str, None] = {}
    for name in names:
        _visit(name, uses, done, ())
    return tuple(done)


def _visit(name: str, uses: Callable[[str], Iterable[str]], done: dict[str, None], path: tuple[str, ...]) -> None:
    if name in done:
        return
    if name in path:
        round_trip = " -> ".join((*path[path.index(name):], name))
        raise InputError(explain(name, "a proof that does not rest on itself", round_trip, "Break the circle."))
    for used in sorted(uses(name)):
        _visit(used, uses, done, (*path, name))
    done[name] = None


def _dotted(thing: Any) -> Iterator[str]:
    if isinstance(thing, str):
        if "." in thing:
            yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from _dotted(value)
    elif isinstance(thing, (list, tuple)):
        for part in thing:
            yield from _dotted(part)
