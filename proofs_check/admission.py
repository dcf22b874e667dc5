"""What a claim from outside must be before anything is searched: our own data throughout, exact, with usable names.

Claims, lemmas and citations are frozen data, but Python checks no annotation. A claim file that puts a text where a
statement belongs would fail somewhere inside an engine; here it is refused with the place in the claim. Subclasses are
refused too: their methods would travel into every process of the search.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from theory.language.claims import PROVENANCE, Cited, Claim, Control, Lemma
from theory.language.errors import ExactnessError, InputError, explain
from theory.language.terms import digest, flatten

from .verdicts import Outcome

ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)+")
NAME = re.compile(r"[^/\s]([^/\n]*[^/\s])?")
DEPTH = 200
"""Deepest nesting of a formula or a derivation; the checker has a cap of its own, and Python's stack a third."""


def examine(items: Iterable[Claim | Lemma | Cited], where: str) -> None:
    """Raise InputError (ExactnessError for a float) for the first thing in the items that no claim may hold."""
    for item in items:
        place = f"{where}, {item.id}" if isinstance(item.id, str) else where
        wrong = next(_mismatches(item, type(item), "", 0), None)
        if wrong is not None:
            path, required, found = wrong
            place = f"{place}, {path}" if path else place
            if isinstance(found, float):
                raise ExactnessError(explain(place, "an exact number", f"the float {found!r}",
                                             "Write an int, a Fraction or 1/2 in the notation."))
            raise InputError(explain(place, required, describe(found), "Correct it there; nothing was run."))
        _examine_names(item, place)


def describe(value: Any) -> str:
    """Return a short text for a value of any kind, whatever its own methods do."""
    kind = type(value)
    if kind in (str, int, bool, type(None), Fraction):
        text = repr(value) if kind is not int or value.bit_length() < 200 else "a long integer"
        return text if len(text) <= 60 else text[:57] + "..."
    return f"{'an' if kind.__name__[:1].lower() in 'aeiou' else 'a'} {kind.__name__}"


def _examine_names(item: Claim | Lemma | Cited, place: str) -> None:
    if not ID.fullmatch(item.id):
        remedy = "Use letters, digits and _ in two or more parts joined by dots."
        raise InputError(explain(f"{place}, id", "an id like family.short_name", describe(item.id), remedy))
    if item.source is not None and item.source.status not in PROVENANCE:
        raise InputError(explain(f"{place}, source.status", " or ".join(PROVENANCE), describe(item.source.status),
                                 "Use one of these."))
    _examine_statement(item, f"{place}, statement")
    if not isinstance(item, Claim):
        return
    for control in item.controls:
        _examine_statement(control, f"{place}, control {describe(control.name)}")
    words = [outcome.value for outcome in Outcome]
    if item.declared not in words:
        raise InputError(explain(f"{place}, declared", ", ".join(words), describe(item.declared), "Use one of these."))
    names = [control.name for control in item.controls]
    for name in (*names, *(name for name, _ in item.refutations)):
        if not NAME.fullmatch(name) or name == "instance":
            remedy = "Use a short name without /, other than instance."
            raise InputError(explain(f"{place}, controls and refutations", "usable names", describe(name), remedy))
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(explain(f"{place}, controls", "names that are used once", ", ".join(twice), "Rename one."))


def _examine_statement(item: Claim | Lemma | Cited | Control, place: str) -> None:
    """Read a statement once in each way in which it will be read later."""
    try:
        if item.statement.formula[0] != "all" or len(item.statement.ids) != len(flatten(item.statement.formula[2])):
            raise ValueError("not a closed formula with a name for each hypothesis")
        digest(item.statement.formula)
        str(item.statement)
    except Exception as error:  # noqa: BLE001 - a tuple made by hand may fail anywhere
        remedy = "Make it with theory.language.statement(...)."
        raise InputError(explain(place, "a statement", f"{type(error).__name__}: {error}", remedy)) from None


@cache
def _fields(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _mismatches(value: Any, hint: Any, path: str, depth: int) -> Iterator[tuple[str, str, Any]]:
    """Yield (place, required, found) wherever a value is not of the annotated type."""
    origin, parts = get_origin(hint), get_args(hint)
    if depth > DEPTH:
        yield path, f"at most {DEPTH} levels of nesting", value
    elif hint is Any:
        yield from _data(value, path, depth)
    elif origin in (Union, types.UnionType):
        if not (value is None and type(None) in parts):
            yield from _mismatches(value, next(p for p in parts if p is not type(None)), path, depth)
    elif origin is tuple:
        yield from _tuple(value, parts, path, depth)
    elif type(value) is not hint:
        yield path, _called(hint), value
    elif dataclasses.is_dataclass(hint):
        for name, inner in _fields(hint).items():
            yield from _mismatches(getattr(value, name, None), inner, f"{path}.{name}" if path else name, depth + 1)


def _tuple(value: Any, parts: tuple[Any, ...], path: str, depth: int) -> Iterator[tuple[str, str, Any]]:
    repeated = len(parts) == 2 and parts[1] is Ellipsis
    if type(value) is not tuple:
        # The commonest slip by far: ("x") without its comma is no tuple.
        what = f"a tuple of {_called(parts[0])}" if repeated else f"a tuple of {len(parts)} entries"
        yield path, what + " (one entry is written (a,))", value
    elif repeated:
        for k, part in enumerate(value):
            yield from _mismatches(part, parts[0], f"{path}[{k}]", depth + 1)
    elif len(value) != len(parts):
        yield path, f"a tuple of {len(parts)} entries", value
    else:
        for k, (part, inner) in enumerate(zip(value, parts)):
            yield from _mismatches(part, inner, f"{path}[{k}]", depth + 1)


def _data(value: Any, path: str, depth: int) -> Iterator[tuple[str, str, Any]]:
    """Yield what is not plain exact data: tuples of texts, integers, fractions, truth values and None."""
    if depth > DEPTH:
        yield path, f"at most {DEPTH} levels of nesting", value
    elif type(value) is tuple:
        for part in value:  # inside a formula a position says little to its author: the place ends at the field
            yield from _data(part, path, depth + 1)
    elif type(value) not in (str, int, bool, type(None), Fraction):
        yield path, "tuples, texts and exact numbers", value


def _called(hint: Any) -> str:
    name = getattr(hint, "__name__", str(hint))
    words = {"str": "a text", "int": "an integer", "tuple": "tuples"}
    return words.get(name, f"a {name} of theory.language")
