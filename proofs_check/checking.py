"""The checker as a fresh process: `python -I -S proofs_check/certificates/checker REPORT.json --json`.

Nothing of this project is in that process but the checker's own files, so what it accepts does not depend on what the
search did. This module only starts it and reads what it prints.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from theory.language.errors import InputError, LemmascopeError, explain

from .dependencies import facts_of_entry, in_order

CERTIFICATES = Path(__file__).resolve().parent / "certificates"
CHECKER = CERTIFICATES / "checker"
AXIOMS = CERTIFICATES / "axioms.json"
SECONDS, SECONDS_APART = 600.0, 60.0
"""Time limits of the checker: for a whole report, and for one claim where a whole report could not be checked."""
MEMORY = 4 << 30
"""Limit of the checker's address space in bytes, where the system can set one."""
DEPTH, NUMBERS = 240, 10**4000
"""A certificate within these bounds (nesting, absolute values) is within those that the checker sets for a report."""


class MachineryFailed(LemmascopeError, RuntimeError):
    """The tool itself did not work (the checker gave no answer, its axioms differ): no statement about any claim."""


@dataclass(frozen=True)
class Checked:
    """What the checker printed: SHA-256 of its axioms and of itself, and its finding on each claim and point."""

    axioms: str
    checker: str
    accepted: bool
    claims: Mapping[str, Mapping[str, Any]]
    points: Mapping[str, Mapping[str, Any]]

    def claim(self, name: str) -> Mapping[str, Any]:
        """Return the finding on a claim; one that is not in the report counts as rejected."""
        return self.claims.get(name, {"accepted": False, "reason": "no certificate in the report"})

    def point(self, name: str) -> Mapping[str, Any]:
        """Return the finding on a point; one that is not in the report counts as rejected."""
        return self.points.get(name, {"accepted": False, "reason": "no certificate in the report"})


def own_digest() -> str:
    """Return the SHA-256 over the checker's files and its axioms: all that an answer depends on besides the report."""
    sources = [*sorted(CHECKER.glob("*.py")), AXIOMS]
    parts = [path.name.encode() + b"\0" + path.read_bytes() for path in sources if path.is_file()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def check(report: Path, *, seconds: float | None = None) -> Checked:
    """Check a report file in a fresh isolated process of this Python, within `seconds` (600 by default).

    Raises InputError if the checker cannot read the file, MachineryFailed if it gives no answer.
    """
    seconds = SECONDS if seconds is None else seconds
    command = [sys.executable, "-I", "-S", str(CHECKER), str(report), "--json"]
    try:
        done = _run(command, seconds)
    except subprocess.TimeoutExpired:
        remedy = "Check fewer claims at a time."
        raise MachineryFailed(explain("checker", f"an answer in {seconds:g} s", "none", remedy)) from None
    if done.returncode == 2:
        remedy = "Write it again with `lemmascope verify`; the file was not changed."
        raise InputError(explain(str(report), "a report that can be read", _last(done), remedy))
    try:
        printed = json.loads(done.stdout)
        return Checked(printed["axioms"], printed["checker"], printed["accepted"] is True, _findings(printed["claims"]),
                       _findings(printed["points"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        found = f"exit status {done.returncode} and {_last(done) or 'no output'}"
        remedy = "Run `lemmascope doctor`; the command was " + " ".join(command) + "."
        raise MachineryFailed(explain("checker", "its findings as JSON", found, remedy)) from None


def check_apart(certificates: Mapping[str, Any], place: Path) -> tuple[Checked, dict[str, Any]]:
    """Check each claim with what it rests on in a process of its own, when the whole report could not be checked.

    Returns the findings, where a claim that stops the checker counts as rejected with the reason, and the certificates
    without those claims. Reports are written beside `place`. Raises MachineryFailed if the checker answers for none.
    """
    entries = {entry["id"]: entry for entry in certificates["claims"]}
    uses = {one: facts_of_entry(entry) & entries.keys() for one, entry in entries.items()}
    claims: dict[str, Mapping[str, Any]] = {}
    points: dict[str, Mapping[str, Any]] = {}
    answers: list[Checked] = []
    stopped: dict[str, str] = {}
    for name in dict.fromkeys((*entries, *(point["of"] for point in certificates["points"]))):
        own = [point for point in certificates["points"] if point["of"] == name]
        wanted = (name, *sorted(set().union(*map(facts_of_entry, own))))
        below = in_order([one for one in wanted if one in entries], lambda one: uses[one])
        part = {**certificates, "claims": [entries[one] for one in below], "points": own}
        try:
            stopping = next((one for one in below if one in stopped), None)
            if stopping is not None:
                raise InputError(f"it rests on {stopping}")
            found = _check_part(part, place)
        except (InputError, MachineryFailed) as error:
            stopped[name] = str(error)
            found = Checked("", "", False, {}, {})
        else:
            answers.append(found)
        lost = {"accepted": False, "reason": f"the checker was stopped: {stopped.get(name, '')}"}
        claims.update({name: lost if name in stopped else found.claim(name)} if name in entries else {})
        points.update((point["id"], lost if name in stopped else found.point(point["id"])) for point in own)
    if not answers:
        nothing = explain("checker", "a report with claims", "none", "Run `lemmascope doctor`.")
        raise MachineryFailed(next(iter(stopped.values()), nothing))
    kept = {**certificates, "claims": [e for e in certificates["claims"] if e["id"] not in stopped],
            "points": [p for p in certificates["points"] if p["of"] not in stopped]}
    accepted = all(found["accepted"] is True for found in (*claims.values(), *points.values()))
    return Checked(answers[0].axioms, answers[0].checker, accepted, claims, points), kept


def unreadable(entry: Any) -> str:
    """Return what keeps a certificate out of a report that the checker can read, "" if nothing does.

    One number that is not exact would have the whole report refused, and all other claims with it.
    """
    if type(entry) is not dict:
        return f"no certificate but {type(entry).__name__}"
    level: list[Any] = [entry]
    for _ in range(DEPTH):
        for part in level:
            if type(part) is int and abs(part) >= NUMBERS:
                return "a number of more than 4,000 digits"
            if type(part) not in (dict, list, tuple, str, int, bool, type(None)):
                return f"{type(part).__name__} {part!r}, which is no exact number"[:200]
        level = list(_parts(level))
        if not level:
            return ""
    return f"more than {DEPTH} levels of nesting"


def _parts(level: Iterable[Any]) -> Iterator[Any]:
    for part in level:
        if type(part) is dict:
            yield from part.values()
        elif type(part) in (list, tuple):
            yield from part


def _check_part(part: Mapping[str, Any], place: Path) -> Checked:
    path = place.with_name(f".{place.stem}.part.json")
    try:
        path.write_text(json.dumps(part, ensure_ascii=True), encoding="ascii")
        return check(path, seconds=SECONDS_APART)
    finally:
        path.unlink(missing_ok=True)


def _findings(value: Any) -> Mapping[str, Mapping[str, Any]]:
    """Return what the checker said by id. Raises TypeError for anything else."""
    if not isinstance(value, dict) or not all(isinstance(found, dict) for found in value.values()):
        raise TypeError("no findings by id")
    return value


def _run(command: list[str], seconds: float) -> subprocess.CompletedProcess[str]:
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          errors="replace") as process:
        try:
            with contextlib.suppress(ImportError, AttributeError, OSError, ValueError):  # Linux only
                import resource

                resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
            out, errors = process.communicate(timeout=seconds)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(command, process.returncode, out, errors)


def _last(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return lines[-1].strip() if lines else ""
