"""What a benchmark of `decide` against general solvers found, as a table: solved, wrong, PAR-2."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proofs_check.tables import Table
from theory.language.errors import InputError, explain

FORMAT = "lemmascope-decide-benchmark"
COLUMNS = ("solver", "encoding", "applicable", "solved", "wrong", "PAR-2", "decide", "ratio", "PAR-2 (CPU)",
           "decide (CPU)", "ratio (CPU)", "ratio to search")
SETTLED = ("sat", "unsat")
OURS = ("decide", "")


@dataclass(frozen=True)
class Score:
    """PAR-2 of a solver and of decide on the same instances: mean seconds, not solved counting twice the limit."""

    solver: float
    decide: float

    @property
    def ratio(self) -> float:
        """How many times the PAR-2 of decide."""
        return self.solver / max(self.decide, 1e-9)


@dataclass(frozen=True)
class SolverRow:
    """One solver on one encoding.

    - `applicable`, `solved`, `wrong`: instances that the encoding covers, answered rightly, answered wrongly;
    - `wall`, `processor`: scores in seconds of the clock and of processors, decide with the check of its certificates;
    - `search`: score in processor seconds, decide without that check, which no other solver has.
    """

    solver: str
    encoding: str
    applicable: int
    solved: int
    wrong: int
    wall: Score
    processor: Score
    search: Score


def read_benchmark(source: str | Path | Mapping[str, Any]) -> dict[str, Any]:
    """Return the record that benchmarks/decide.py wrote, from its file or its data; InputError for anything else."""
    if isinstance(source, Mapping):
        record: Any = dict(source)
    else:
        try:
            record = json.loads(Path(source).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(explain(str(source), "a file in JSON", str(error), "Run benchmarks/decide.py.")) from None
    if not isinstance(record, dict) or record.get("format") != FORMAT or not record.get("runs"):
        found = record.get("format") if isinstance(record, dict) else type(record).__name__
        raise InputError(explain("benchmark", f"runs in the format {FORMAT}", repr(found), "Run benchmarks/decide.py."))
    return record


def solver_rows(record: Mapping[str, Any]) -> tuple[SolverRow, ...]:
    """Return one row for each solver and encoding: ours, then the others by the ratio of their scores to ours."""
    truth, own = truths(record), {r["instance"]: r for r in record["runs"] if (r["solver"], r["encoding"]) == OURS}
    out = []
    for solver, encoding in dict.fromkeys((r["solver"], r["encoding"]) for r in record["runs"]):
        rows = [r for r in record["runs"] if (r["solver"], r["encoding"]) == (solver, encoding)
                and r["answer"] != "inapplicable" and r["instance"] in own]
        if not rows:
            continue
        settled, wrong = _settled(rows), sum(not _right(r, truth) for r in _settled(rows))
        scores = [Score(_mean(rows, kind, record["limit"], truth),
                        _mean([own[r["instance"]] for r in rows], kind, record["limit"], truth, less))
                  for kind, less in (("seconds", ""), ("processor", ""), ("processor", "checking_processor"))]
        out.append(SolverRow(solver, encoding, len(rows), len(settled) - wrong, wrong, *scores))
    return tuple(sorted(out, key=lambda row: (row.solver != "decide", row.wall.ratio)))


def _settled(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [row for row in rows if row["answer"] in SETTLED]


def _mean(rows: Sequence[Mapping[str, Any]], kind: str, limit: float, truth: Mapping[str, str],
          less: str = "") -> float:
    """Return PAR-2 of runs in seconds of a kind, without what stands under `less`."""
    def score(row: Mapping[str, Any]) -> float:
        solved = row["answer"] in SETTLED and _right(row, truth) and row["seconds"] <= limit
        return float(row[kind]) - float(row.get(less, 0.0)) if solved else 2 * limit

    return sum(map(score, rows)) / len(rows)


def solver_table(source: str | Path | Mapping[str, Any]) -> Table:
    """Return the table of a benchmark: the file that benchmarks/decide.py wrote, or its data."""
    record = read_benchmark(source)
    records = solver_rows(record)
    rows = tuple((row.solver, row.encoding, str(row.applicable), str(row.solved), str(row.wrong),
                  *_score_cells(row.wall), *_score_cells(row.processor),
                  "" if row.solver == "decide" else f"{row.search.ratio:.0f}") for row in records)
    versions = ", ".join(f"{name} {number}" for name, number in record["versions"].items())
    notes = (f"{len(record['instances'])} instances, {record['limit']:g} s each; PAR-2: mean seconds over the "
             "instances that the encoding covers, twice the limit where not solved; beside it that of decide on the "
             "same instances, with the check of its certificates in a fresh process.",
             "CPU: processor seconds, which other work on the machine disturbs less; ratio to search: in processor "
             "seconds, without that check, which no other solver has.",
             f"{record['cores']} cores, load average {min(record['load']):g} to {max(record['load']):g}; {versions}.")
    return Table("decide against general solvers", COLUMNS, rows, notes, records)


def truths(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the recorded answer of each instance, or that of decide where none is recorded."""
    own = {r["instance"]: r["answer"] for r in record["runs"] if r["solver"] == "decide" and r["answer"] in SETTLED}
    return own | {i["name"]: i["recorded"] for i in record["instances"] if i["recorded"]}


def _right(row: Mapping[str, Any], truth: Mapping[str, str]) -> bool:
    return truth.get(row["instance"], row["answer"]) == row["answer"]


def _score_cells(score: Score) -> tuple[str, str, str]:
    return f"{score.solver:.3f}", f"{score.decide:.3f}", f"{score.ratio:.1f}"
