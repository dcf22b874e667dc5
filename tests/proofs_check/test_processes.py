"""One killable process per check: a stuck, greedy or crashing one never takes the others along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from proofs_check.processes import GIGABYTE, Ending, Task, run_all
from theory.language.errors import SearchFailed


def add(a: int, b: int) -> int:
    """A good job."""
    return a + b


def stuck() -> None:
    """A job that never ends and ignores polite requests."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(60)


def stuck_solver() -> None:
    """A job that is stuck inside C++ code, where no Python signal handler runs."""
    import z3

    x = [z3.Real(f"x{i}") for i in range(6)]
    y = [z3.Real(f"y{i}") for i in range(6)]
    solver = z3.Solver()
    dot = sum(a * b for a, b in zip(x, y))
    solver.add(dot * dot > sum(a * a for a in x) * sum(b * b for b in y))
    solver.check()


def greedy() -> int:
    """A job that takes memory without end."""
    blocks = []
    while True:
        blocks.append(bytearray(50_000_000))


def segfault() -> None:
    """A job that crashes as a solver with a bug would."""
    os.kill(os.getpid(), signal.SIGSEGV)


def leave() -> None:
    """A job that ends without an answer."""
    os._exit(7)


def search_fails() -> None:
    """A job that ends with an error of ours."""
    raise SearchFailed("family.claim, step s3: no multiplier of degree 2")


def unexpected() -> None:
    """A job that ends with any other error."""
    raise ZeroDivisionError("1/0")


def with_child() -> None:
    """A stuck job that has started a process of its own."""
    subprocess.run([sys.executable, "-c", "import time; time.sleep(300)", "lemmascope-grandchild"])


def unsendable() -> object:
    """A job whose result cannot be sent through a pipe."""
    return lambda: None


@pytest.fixture(scope="module", autouse=True)
def warm_server() -> None:
    """Start the fork server once, so that its slow imports are charged to no test."""
    assert next(run_all([Task("first", add, (1, 1), 60)], 1)).value == 2


def outcomes(*tasks: Task, jobs: int = 2) -> dict[str, tuple[Ending, object, str]]:
    """Run tasks and return what came back by key."""
    return {o.key: (o.ending, o.value, o.reason) for o in run_all(tasks, jobs)}


@pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")
def test_bad_jobs_are_reported_and_good_ones_return() -> None:
    """Stuck, greedy and crashing jobs end with their reason; every good job returns its value."""
    found = outcomes(
        Task("stuck", stuck, (), 0.8), Task("greedy", greedy, (), 10, GIGABYTE // 2),
        Task("segfault", segfault, (), 10), Task("left", leave, (), 10),
        Task("failed", search_fails, (), 10), Task("error", unexpected, (), 10),
        *(Task(f"good {n}", add, (n, 1), 10) for n in range(3)))
    assert found["stuck"] == (Ending.TIMEOUT, None, "stopped at the time limit of 0.8 s")
    assert found["greedy"] == (Ending.MEMORY, None, "stopped at the memory limit of 0.5 GB")
    assert found["segfault"] == (Ending.CRASH, None, "crashed with SIGSEGV")
    assert found["left"] == (Ending.CRASH, None, "crashed with exit status 7")
    assert found["failed"] == (Ending.FAILED, None, "family.claim, step s3: no multiplier of degree 2")
    assert found["error"] == (Ending.FAILED, None, "ZeroDivisionError: 1/0")
    assert [found[f"good {n}"][1] for n in range(3)] == [1, 2, 3]


def test_job_stuck_inside_a_solver_is_stopped() -> None:
    """A Z3 query that does not end is stopped within a second of its limit."""
    start = time.monotonic()
    found = outcomes(Task("z3", stuck_solver, (), 0.5))
    assert found["z3"][0] is Ending.TIMEOUT
    assert time.monotonic() - start < 4


def test_result_that_cannot_be_sent_is_a_failure() -> None:
    """A result that cannot be pickled is reported, not lost."""
    ending, value, reason = outcomes(Task("odd", unsendable, (), 10))["odd"]
    assert (ending, value) == (Ending.FAILED, None)
    assert "cannot be sent" in reason


def _alive(mark: str) -> bool:
    done = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True)
    return any(mark in line for line in done.stdout.splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="process groups of POSIX")
def test_processes_of_a_stuck_job_are_killed_with_it() -> None:
    """A solver process that a job has started does not outlive the job."""
    assert outcomes(Task("parent", with_child, (), 0.5))["parent"][0] is Ending.TIMEOUT
    deadline = time.monotonic() + 1
    while _alive("lemmascope-grandchild") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not _alive("lemmascope-grandchild")


def test_closing_the_iterator_kills_what_is_running() -> None:
    """When the caller stops listening, nothing keeps running."""
    running = run_all([Task("good", add, (1, 2), 10), Task("stuck", stuck, (), 60)], 2)
    assert next(running).key == "good"
    start = time.monotonic()
    running.close()
    assert time.monotonic() - start < 2


def test_caller_script_without_a_guard_runs_once(tmp_path) -> None:  # noqa: ANN001
    """A user's script that calls us at its top level is not executed again in the child processes."""
    script = tmp_path / "script.py"
    script.write_text("from operator import add\nfrom proofs_check.processes import Task, run_all\nprint('top')\n"
                      "print([o.value for o in run_all([Task('a', add, (2, 3), 20)], 1)])\n")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.returncode) == ("top\n[5]\n", 0), done.stderr


def test_time_limit_counts_from_the_start_of_each_job() -> None:
    """Jobs that wait for a free place are not charged for waiting."""
    found = outcomes(*(Task(f"{n}", time.sleep, (0.3,), 0.8) for n in range(4)), jobs=1)
    assert all(ending is Ending.GOOD for ending, _, _ in found.values())


@pytest.mark.skipif(sys.platform == "win32", reason="no fork server there")
def test_an_interrupt_while_the_server_starts_is_not_lost() -> None:
    """Ctrl-C in the moment in which the fork server is started is put off, not ignored."""
    code = ("import os, signal\n"
            "from multiprocessing import forkserver\n"
            "from proofs_check import processes\n"
            "start = forkserver.ensure_running\n"
            "forkserver.ensure_running = lambda: (os.kill(os.getpid(), signal.SIGINT), start())\n"
            "try:\n"
            "    processes._start_server(processes._context())\n"
            "except KeyboardInterrupt:\n"
            "    print('interrupted')\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "interrupted\n", done.stderr
