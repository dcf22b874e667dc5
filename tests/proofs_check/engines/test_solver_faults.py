"""Time-outs, memory limits and broken texts end as `unknown` with a reason, never as an answer."""

from __future__ import annotations

import time
from typing import Any

import pytest

from proofs_check.engines import decided
from proofs_check.engines.decided import ask, decide_text
from proofs_check.engines.smt_text import smt_text


def hard_text() -> str:
    """Cauchy-Schwarz in dimension 5, which neither solver decides in reasonable time."""
    xs, ys = [f"x{k}" for k in range(5)], [f"y{k}" for k in range(5)]
    dot = ("+", *(("*", x, y) for x, y in zip(xs, ys, strict=True)))
    norms = ("*", ("+", *(("^", x, 2) for x in xs)), ("+", *(("^", y, 2) for y in ys)))
    return smt_text([], ("<=", ("^", dot, 2), norms), {})


@pytest.mark.parametrize("solver", ["z3", "cvc5"])
def test_a_time_limit_gives_unknown(solver: Any) -> None:
    """A solver that runs out of time is stopped, inside or from outside, and says so."""
    begun = time.monotonic()
    answer = ask(solver, hard_text(), timeout=0.3, start_seconds=1.0)
    assert answer.answer == "unknown" and answer.reason in ("time limit", "killed after 0.3 s")
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("solver", ["z3", "cvc5"])
def test_a_memory_limit_gives_unknown(solver: Any) -> None:
    """A process without enough memory ends as unknown, with memory as the reason."""
    answer = ask(solver, hard_text(), timeout=5, megabytes=64)
    assert answer.answer == "unknown" and "memory" in answer.reason


@pytest.mark.parametrize("solver", ["z3", "cvc5"])
@pytest.mark.parametrize("text", ["(assert", "(assert (< x 1.0)) (check-sat)", ""])
def test_a_text_that_cannot_be_read_is_no_answer(solver: Any, text: str) -> None:
    """A broken text is unknown; only the empty set of assertions may be satisfiable."""
    answer = ask(solver, text)
    assert answer.answer == "unknown" or (text == "" and answer.answer == "sat")
    assert answer.reason or answer.answer == "sat"


def test_a_process_that_dies_is_unknown(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """A worker that ends without an answer, or with rubbish, is unknown with its exit code."""
    worker = tmp_path / "worker.py"
    monkeypatch.setattr(decided, "_WORKER", worker)
    worker.write_text("import sys; sys.stderr.write('no such solver'); sys.exit(3)")
    decision = decide_text("(check-sat)")
    assert decision.outcome == "unknown" and "code 3: no such solver" in decision.reason
    worker.write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert "signal 9" in ask("z3", "(check-sat)").reason
    worker.write_text("print('{\"answer\": \"maybe\", \"reason\": \"\", \"version\": \"\"}')")
    assert ask("z3", "(check-sat)").answer == "unknown"


def test_a_hanging_process_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """A worker that never answers is killed soon after its limit."""
    worker = tmp_path / "worker.py"
    worker.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(decided, "_WORKER", worker)
    begun = time.monotonic()
    answer = ask("cvc5", "(check-sat)", timeout=0.1, start_seconds=0.2)
    assert answer.answer == "unknown" and answer.reason == "killed after 0.1 s"
    assert time.monotonic() - begun < 2
