"""The ledger: results as content-addressed JSON files that survive a crash, a kill and a flipped bit.

An entry of kind `kind` with key `key` (a SHA-256 in hexadecimal, made from everything the result depends on) is the
file `<root>/<kind>/<first two digits>/<key>.json`. It is written beside its place and moved there in one step, so a
reader sees an old file, a new file or none. The file carries the SHA-256 of its own value; an entry that does not match
is treated as absent and written again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from theory.language.errors import InputError, explain

STEP, CERTIFICATE, CHECKED, EXPERIMENT, SOURCE = "step", "certificate", "checked", "experiment", "source"
KINDS = (STEP, CERTIFICATE, CHECKED, EXPERIMENT, SOURCE)
_DIGITS = frozenset("0123456789abcdef")


def canonical(value: Any) -> bytes:
    """Return the JSON of a value as ASCII bytes, keys sorted and without spaces: what every key is a digest of."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def content_key(*parts: Any) -> str:
    """Return the SHA-256 of the JSON of the parts, in hexadecimal."""
    return hashlib.sha256(canonical(parts)).hexdigest()


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that a reader, or a kill at any moment, sees the old content or the new, never a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}.part")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


@dataclass(frozen=True)
class Health:
    """What a walk over a ledger found: good entries by kind, broken ones, leftovers of killed writers, size."""

    entries: dict[str, int]
    broken: tuple[str, ...]
    leftovers: int
    bytes: int


@dataclass(frozen=True)
class Ledger:
    """A directory of results. Two processes may use it at once; both then write the same content."""

    root: Path

    def path(self, kind: str, key: str) -> Path:
        """Return where an entry lives. Raises InputError for an unknown kind or a key that is no SHA-256."""
        if kind not in KINDS or len(key) != 64 or not _DIGITS.issuperset(key):
            remedy = f"Kinds are {', '.join(KINDS)}; make keys with content_key."
            raise InputError(explain("ledger", "a known kind and a SHA-256 key", f"{kind!r}, {key!r}", remedy))
        return self.root / kind / key[:2] / f"{key}.json"

    def get(self, kind: str, key: str) -> dict[str, Any] | None:
        """Return the value stored under a key, or None if there is none or its file is damaged."""
        value, _ = read_entry(self.path(kind, key), kind, key)
        return value

    def put(self, kind: str, key: str, value: dict[str, Any]) -> None:
        """Store a value (JSON) under a key. Raises InputError if the directory cannot be written."""
        entry = {"kind": kind, "key": key, "checksum": content_key(value), "value": value}
        path = self.path(kind, key)
        try:
            write_atomic(path, canonical(entry))
        except (OSError, ValueError) as error:  # ValueError: a path that no file system can have
            remedy = "Name a directory you can write to with --ledger DIR."
            raise InputError(explain("ledger", f"a writable place for {path}", str(error), remedy)) from None

    def steps(self) -> StepCache:
        """Return the view of the ledger that the engines get: single step results."""
        return StepCache(self)

    def health(self) -> Health:
        """Read every entry and say what is in order; changes nothing."""
        entries = dict.fromkeys(KINDS, 0)
        broken: list[str] = []
        leftovers = size = 0
        for path in _files(self.root):
            if path.suffix == ".part":
                leftovers += 1
                continue
            if path.suffix != ".json" or path.parent.parent.name not in KINDS:
                continue
            kind = path.parent.parent.name
            size += path.stat().st_size
            _, reason = read_entry(path, kind, path.stem)
            if reason:
                broken.append(f"{path}: {reason}")
            else:
                entries[kind] += 1
        return Health(entries, tuple(broken), leftovers, size)


@dataclass(frozen=True)
class StepCache:
    """Results of single search steps by key; what an engine sees of the ledger."""

    ledger: Ledger

    def get(self, key: str) -> dict[str, Any] | None:
        """Return the stored result of a step, or None."""
        return self.ledger.get(STEP, key)

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Store the result of a step."""
        self.ledger.put(STEP, key, value)


def read_entry(path: Path, kind: str, key: str) -> tuple[dict[str, Any] | None, str]:
    """Return (value, "") of an intact entry, (None, "absent") or (None, what is wrong with the file)."""
    try:
        entry = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None, "absent"
    except (OSError, ValueError, RecursionError) as error:
        return None, f"unreadable ({type(error).__name__})"
    if not isinstance(entry, dict) or not isinstance(entry.get("value"), dict):
        return None, "not an entry"
    if (entry.get("kind"), entry.get("key")) != (kind, key):
        return None, "stored under another name"
    if entry.get("checksum") != content_key(entry["value"]):
        return None, "checksum does not match"
    return entry["value"], ""


def _files(root: Path) -> Iterator[Path]:
    for directory, _, names in os.walk(root):
        yield from (Path(directory) / name for name in sorted(names))
