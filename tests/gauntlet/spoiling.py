"""Malformed reports, claim files and arguments by the thousand, each from a seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any

HUGE = "a number of 5,000 digits"
JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 2, 1.5, -0.0, float("nan"), float("inf"), 10**4000, HUGE, "", "x", "ax.exp_ge",
    "H1", "\x00", "\ud800", "é" * 300, [], {}, [[]], [[[1, 2], ["H1"], None]], {"id": "end"}, ["<=", 0, "x"],
    ["all", [], [], ["<=", 0, 1]], ["q", 1, 0], ["^", "x", 10**9], ["bind", "sum", "j", 0, 10**9, "j"], "NaN",
)
LITERALS = ("None", "True", "1.5", "()", "[]", "'x'", "b'x'", "{}", "object()", "float('nan')", "10**5000", "lambda: 0",
            "(1,)", "statement", "Claim", "...", "type('T', (str,), {})('x')", "-1", "('x',) * 5")
TOKENS = ("(", ")", ",", "'", '"', "=", ":", "\n", " ", "\t", "x", "0", "statement", "Claim", "witness", "=>", "|")
WORDS = (
    "", "-", "--", "-x", "--json", "--ledger", "--jobs", "--timeout", "--seed", "--profile", "--strict", "--lemmas",
    "--second", "--format", "--arch", "--eps", "--bound", "quick", "full", "huge", "md", "0", "-1", "2", "1e9", "nan",
    "inf", "0x10", "1_000", "١", "9" * 400, "1/0", "1/3", "0.1", "2-3-1", "2--1", "0-0", "a" * 5000, "no.such",
    "covering", "covering.volum", "small.grows", "é", "\udcff", "\x00", "a\nb", "'; ls", "$HOME", "missing.py",
    "missing.json",
    "folder", "folder/", "./", "..", "=", "--eps=", "--jobs=x", "--timeout=nan", "--seed=1.5", "%s", "{}", "*",
)
COMMANDS = ("verify", "list", "show", "check", "table", "assumptions", "doctor", "cite", "explain", "graph", "attack",
            "new", "prove", "", "-h", "--version")
UNBOUNDED = frozenset({"verify", "attack"})
"""Commands that would verify everything if they were given no target or a family."""


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every part of a JSON value."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places(part, (*path, key))


def with_part(value: Any, path: tuple[Any, ...], change: Callable[[Any], Any]) -> Any:
    """The value with one part changed."""
    if not path:
        return change(value)
    copy = value.copy()
    copy[path[0]] = with_part(value[path[0]], path[1:], change)
    return copy


def spoiled_report(report: dict[str, Any], number: int) -> bytes:
    """A report with something wrong: types, keys, order, bytes, length, nesting."""
    draw = random.Random(number)
    kind = draw.choice(("value", "value", "value", "key", "repeat", "bytes", "cut", "deep", "twice"))
    text = json.dumps(report)
    if kind in ("value", "key", "repeat"):
        path = draw.choice(list(places(report)))
        changed = with_part(report, path, lambda part: edited(part, kind, draw))
        return json.dumps(changed).replace(f'"{HUGE}"', "9" * 5_000).encode()
    if kind == "cut":
        return text.encode()[: draw.randrange(len(text))]
    if kind == "deep":
        depth = draw.choice((200, 300, 5_000, 200_000))
        inner = "[" * depth + "]" * depth
        return draw.choice((inner, text.replace("[]", inner, 1), '{"a":' * depth + "1" + "}" * depth)).encode()
    if kind == "twice":
        return text.replace('"schema": 1', draw.choice(('"schema": 1, "schema": 1', '"schema": true', '"schema": 2')),
                            1).encode()
    data = bytearray(text.encode())
    for _ in range(draw.choice((1, 1, 3, 30))):
        data[draw.randrange(len(data))] = draw.randrange(256)
    return bytes(data)


def edited(part: Any, kind: str, draw: random.Random) -> Any:
    """One part of a report made wrong."""
    if kind == "key" and isinstance(part, dict) and part:
        name = draw.choice(sorted(part))
        kept = {key: value for key, value in part.items() if key != name}
        return draw.choice((kept, {**kept, name + "x": part[name]}, {**part, "more": 1}))
    if kind == "repeat" and isinstance(part, list) and part:
        return draw.choice((part + part[-1:], part[1:], part[::-1], [part]))
    return draw.choice(JUNK)


def spoiled_file(source: str, number: int) -> bytes:
    """A claim file with something wrong: a token, a literal, a cut, bytes that are no text."""
    draw = random.Random(number)
    kind = draw.choice(("literal", "literal", "token", "cut", "bytes"))
    if kind == "cut":
        return source.encode()[: draw.randrange(len(source))]
    at = draw.randrange(len(source))
    if kind == "token":
        return (source[:at] + draw.choice(TOKENS) + source[at + draw.randrange(3):]).encode()
    if kind == "bytes":
        return source.encode()[:at] + bytes(draw.randrange(256) for _ in range(3)) + source.encode()[at:]
    values = [k for k, char in enumerate(source) if char == '"' and source[k - 1] in "( =,"]
    start = draw.choice(values)
    end = source.index('"', start + 1) + 1
    return (source[:start] + draw.choice(LITERALS) + source[end:]).encode()


def spoiled_arguments(files: tuple[str, ...], number: int) -> list[str]:
    """A command line that hardly makes sense; what would verify whole families is left out."""
    draw = random.Random(number)
    command = draw.choice(COMMANDS)
    words = [draw.choice((*WORDS, *files)) for _ in range(draw.randrange(7))]
    if command in UNBOUNDED:
        words = ["no.such", *(word for word in words if word not in ("covering", "folder/", "./", ".."))]
    if command == "new":
        words = [word for word in words if word not in files]
    return [command, *words]
