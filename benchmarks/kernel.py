"""Speed of the kernel: checking and searching, claim by claim, and enclosures against mpmath.iv and python-flint.

    python benchmarks/kernel.py                       # every claim of every family
    python benchmarks/kernel.py --claims covering.volume --boxes 50 --json

All figures of a table come from one run on one machine; read the ratios, not the times. The enclosures are of one
function over the same boxes at the same number of bits. Search and checker give rational ends that need no rounding
mode to be believed, mpmath.iv and arb give binary ones: the price of that is what the ratio shows.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

import mpmath  # noqa: E402
from flint import arb, ctx, fmpq  # noqa: E402

from proofs_check import registry  # noqa: E402
from proofs_check.checking import AXIOMS, CHECKER, Checked, check  # noqa: E402
from proofs_check.engines import intervals  # noqa: E402
from proofs_check.ledger import Ledger  # noqa: E402
from proofs_check.searching import Search, points_of  # noqa: E402
from theory.language import term  # noqa: E402

FUNCTION = "exp(x)*sin(x) + cos(3*x)*log(1 + x*x) - sqrt(x + 2)/(1 + x)"
"""Enclosed over [0, 2], cut into equal boxes."""

REFERENCE = "python-flint arb"


@dataclass(frozen=True)
class ClaimTime:
    """One claim or lemma: checker milliseconds and search seconds of the proof, and its points.

    A claim declared Refuted has no proof: its row holds the points only. `bytes` is the size of all its certificates.
    """

    id: str
    accepted: bool
    checker_ms: float
    search_s: float
    points_s: float
    points: int
    bytes: int


@dataclass(frozen=True)
class EnclosureSpeed:
    """One implementation: boxes a second, times slower than the reference, width of its enclosures against it."""

    name: str
    boxes_per_second: float
    slower: float
    width: float


def time_claims(names: list[str] | None = None) -> tuple[list[ClaimTime], float]:
    """Search the claims (all if None) anew, one at a time, and check the report once.

    Returns one row a claim or lemma, in the order of the report, and the seconds the whole checker process took.
    """
    base = registry.load()
    claims = [base.claim(name) for name in names] if names is not None else list(base.claims)
    with tempfile.TemporaryDirectory() as place:
        search = Search(base, Ledger(Path(place)), 1, 600, lambda what, done, total: None)
        search.run([c.id for c in claims], [p for c in claims for p in points_of(c)])
        path = Path(place) / "report.json"
        axioms = hashlib.sha256(AXIOMS.read_bytes()).hexdigest()
        path.write_text(json.dumps(search.report(axioms), separators=(",", ":")), encoding="ascii")
        start = time.perf_counter()
        checked = check(path)
        seconds = time.perf_counter() - start
    names = list(dict.fromkeys((*search.claims, *(c.id for c in claims))))
    return [_row(name, search, checked) for name in names], seconds


def _row(name: str, search: Search, checked: Checked) -> ClaimTime:
    points = [p for p in search.points.values() if p["of"] == name]
    entries = [search.claims[name], *points] if name in search.claims else points
    accepted = all(checked.point(p["id"])["accepted"] for p in points) and bool(entries)
    milliseconds, seconds = 0.0, 0.0
    if name in search.claims:
        found = checked.claim(name)
        accepted = accepted and bool(found["accepted"])
        milliseconds, seconds = float(found.get("ms", 0)), search.times[name]
    return ClaimTime(name, accepted, milliseconds, seconds, sum(search.times[p["id"]] for p in points), len(points),
                     len(json.dumps(entries, separators=(",", ":"))))


def time_enclosures(boxes: int, bits: int, seconds: float) -> list[EnclosureSpeed]:
    """Enclose FUNCTION over `boxes` equal parts of [0, 2] with each implementation for about `seconds` seconds.

    Every enclosure has to hold the value at the middle of its box; RuntimeError if one does not.
    """
    parts = [(Fraction(2 * k, boxes), Fraction(2 * k + 2, boxes)) for k in range(boxes)]
    speeds, widths = {}, {}
    for name, enclose in implementations(bits).items():
        found = [enclose(box) for box in parts]
        for (lo, hi), box in zip(found, parts):
            if not lo <= _middle_value(box) <= hi:
                raise RuntimeError(f"{name}: the enclosure over {box} misses a value of the function")
        widths[name] = float(sum(hi - lo for lo, hi in found)) / boxes
        speeds[name] = _rate(enclose, parts, seconds)
    return [EnclosureSpeed(name, speeds[name], speeds[REFERENCE] / speeds[name], widths[name] / widths[REFERENCE])
            for name in speeds]


Enclose = Callable[[tuple[Fraction, Fraction]], tuple[Fraction, Fraction]]


def implementations(bits: int) -> dict[str, Enclose]:
    """Return the enclosures to be compared, from a box to rational ends; reading the box and the ends is included."""
    body = term(FUNCTION)
    checker, table = _checker_intervals()
    listed = json.loads(json.dumps(body))
    iv = mpmath.iv

    def search(box: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
        lo, hi = intervals.evaluate(body, {"x": (_fmpq(box[0]), _fmpq(box[1]))}, bits)
        return Fraction(int(lo.p), int(lo.q)), Fraction(int(hi.p), int(hi.q))

    def check_one(box: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
        return checker.enclose(listed, {"x": box}, bits, table)

    def mp(box: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
        iv.prec = bits
        ends = [iv.mpf(end.numerator) / end.denominator for end in box]
        x = iv.mpf([ends[0].a, ends[1].b])
        y = iv.exp(x) * iv.sin(x) + iv.cos(3 * x) * iv.log(1 + x * x) - iv.sqrt(x + 2) / (1 + x)
        return _dyadic(y._mpi_[0]), _dyadic(y._mpi_[1])

    def flint(box: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
        with ctx.workprec(bits):
            x = arb(_fmpq(box[0])).union(arb(_fmpq(box[1])))
            y = x.exp() * x.sin() + (3 * x).cos() * (1 + x * x).log() - (x + 2).sqrt() / (1 + x)
            lo, hi = y.lower().fmpq(), y.upper().fmpq()
        return Fraction(int(lo.p), int(lo.q)), Fraction(int(hi.p), int(hi.q))

    return {"search (rational, from arb)": search, "checker (rational, standard library)": check_one,
            "mpmath.iv": mp, REFERENCE: flint}


def _checker_intervals() -> tuple[Any, Any]:
    """Return the checker's module of intervals, and its table of generators."""
    sys.path.insert(0, str(CHECKER))
    try:
        import intervals as checker  # type: ignore[import-not-found]
        from terms import Table  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(CHECKER))
    table = json.loads(AXIOMS.read_bytes())
    return checker, Table(table["generators"], table["predicates"])


def _fmpq(x: Fraction) -> fmpq:
    return fmpq(x.numerator, x.denominator)


def _dyadic(end: tuple[int, int, int, int]) -> Fraction:
    """Return the exact value of an end of an interval of mpmath: sign, mantissa, exponent, bit count."""
    sign, mantissa, exponent, _ = end
    return (-1) ** sign * int(mantissa) * Fraction(2) ** exponent


def _middle_value(box: tuple[Fraction, Fraction]) -> Fraction:
    """Return the function's value at the middle of the box, to 300 bits."""
    with ctx.workprec(300):
        x = arb(_fmpq((box[0] + box[1]) / 2))
        y = x.exp() * x.sin() + (3 * x).cos() * (1 + x * x).log() - (x + 2).sqrt() / (1 + x)
        mid = y.mid().fmpq()
        return Fraction(int(mid.p), int(mid.q))


def _rate(enclose: Enclose, parts: list[tuple[Fraction, Fraction]], seconds: float) -> float:
    """Return boxes a second: the best of three rounds over all boxes that together take about `seconds`."""
    best = 0.0
    for _ in range(3):
        done, start = 0, time.perf_counter()
        while done == 0 or time.perf_counter() - start < seconds / 3:
            for box in parts:
                enclose(box)
            done += len(parts)
        best = max(best, done / (time.perf_counter() - start))
    return best


def show(rows: list[ClaimTime], total: float, speeds: list[EnclosureSpeed], bits: int) -> None:
    """Print both tables."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table(title="Certificates: search once, check for ever")
    table.add_column("claim or lemma", no_wrap=True)
    for title in ("check ms", "search s", "ratio", "points", "points s", "kB"):
        table.add_column(title, justify="right")
    for row in rows:
        ratio = f"{1000 * row.search_s / row.checker_ms:.1f}" if row.checker_ms else "-"
        name = row.id if row.accepted else f"{row.id} (rejected)"
        table.add_row(name, f"{row.checker_ms:.1f}", f"{row.search_s:.2f}", ratio, str(row.points),
                      f"{row.points_s:.2f}", f"{row.bytes / 1000:.1f}")
    console.print(table)
    console.print(f"whole checker process, points and start-up included: {total:.2f} s")
    table = Table(title=f"Enclosures of {FUNCTION}, {bits} bits")
    for title in ("implementation", "boxes / s", "times slower", "width against arb"):
        table.add_column(title, justify="left" if title == "implementation" else "right")
    for speed in speeds:
        table.add_row(speed.name, f"{speed.boxes_per_second:,.0f}", f"{speed.slower:.1f}", f"{speed.width:.2f}")
    console.print(table)


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark from the command line; exit code 1 if the checker rejects something."""
    parser = argparse.ArgumentParser(description="Speed of checker, search and enclosures.")
    parser.add_argument("--claims", nargs="*", metavar="ID",
                        help="claims to search and check: all by default, none if empty")
    parser.add_argument("--boxes", type=int, default=64, help="parts of [0, 2] that are enclosed")
    parser.add_argument("--bits", type=int, default=53, help="precision of the enclosures")
    parser.add_argument("--seconds", type=float, default=1.0, help="time for each implementation")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    given = parser.parse_args(arguments)
    if given.boxes < 1 or given.bits < 8 or given.seconds < 0:
        parser.error("required: --boxes at least 1, --bits at least 8, --seconds at least 0")
    speeds = time_enclosures(given.boxes, given.bits, given.seconds)
    rows, total = time_claims(given.claims)
    if given.json:
        print(json.dumps({"claims": [asdict(r) for r in rows], "checker_process_s": total, "function": FUNCTION,
                          "bits": given.bits, "enclosures": [asdict(s) for s in speeds]}, indent=1))
    else:
        show(rows, total, speeds, given.bits)
    return 0 if all(row.accepted for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
