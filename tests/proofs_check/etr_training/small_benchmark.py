"""A benchmark of three instances, written by hand: one run is wrong, one late, one not covered."""

from __future__ import annotations


def run(number, solver, encoding, answer, seconds):
    """One run of a benchmark as its file holds it."""
    checked = {"checking": 0.5, "checking_processor": 0.25} if solver == "decide" else {}
    return {"instance": f"i{number}", "solver": solver, "encoding": encoding, "answer": answer, "seconds": seconds,
            "processor": seconds and seconds / 2, **checked}


RECORD = {
    "format": "lemmascope-decide-benchmark", "schema": 1, "set": "quick", "limit": 10.0, "versions": {"z3": "1"},
    "cores": 2, "load": [0.5, 1.0],
    "instances": [{"name": f"i{k}", "points": 3, "hidden": 1, "recorded": known}
                  for k, known in ((1, "sat"), (2, None), (3, "unsat"))],
    "runs": [run(1, "decide", "", "sat", 1.0), run(2, "decide", "", "unsat", 2.0), run(3, "decide", "", "unknown", 9.0),
             run(1, "z3", "N0", "sat", 4.0), run(2, "z3", "N0", "sat", 0.5), run(3, "z3", "N0", "time-out", 10.0),
             run(1, "z3", "L1", "sat", 3.0), run(2, "z3", "L1", "unsat", 3.0),
             run(3, "z3", "L1", "inapplicable", None)],
}
