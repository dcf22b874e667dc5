"""One killable process per check: hard limits of time and memory, results through a pipe.

A stuck C++ call inside a solver cannot be interrupted in any other way, and one crash must not take the rest along.
Children come from a fork server that has the slow imports ready, so a fresh process costs some 20 milliseconds.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection, wait
from typing import Any

PRELOAD = ("sympy", "z3", "flint", "numpy", "scipy.optimize", "scipy.sparse", "proofs_check.engines",
           "proofs_check.searching")
GIGABYTE = 1 << 30
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Ending(Enum):
    """How a check ended; each member is the message a reader sees, to be followed by the detail."""

    GOOD = "finished"
    FAILED = "failed"
    TIMEOUT = "stopped at the time limit"
    MEMORY = "stopped at the memory limit"
    CRASH = "crashed"


@dataclass(frozen=True)
class Task:
    """A call to run elsewhere: an importable function, its arguments, and the hard limits of this one call."""

    key: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    seconds: float
    memory: int = 2 * GIGABYTE


@dataclass(frozen=True)
class Outcome:
    """What came back: `value` if `ending` is GOOD, otherwise `reason` says what happened and under which budget."""

    key: str
    ending: Ending
    value: Any
    reason: str
    seconds: float


@dataclass
class _Running:
    task: Task
    process: Any
    pipe: Connection
    start: float

    @property
    def deadline(self) -> float:
        return self.start + self.task.seconds


def run_all(tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    """Run the tasks, at most `jobs` at a time and in order, and yield each outcome as it ends.

    Whatever happens, closing the iterator (or an interrupt) kills the processes that are still running.
    """
    waiting = list(reversed(tasks))
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < max(1, jobs):
                running.append(_start(waiting.pop()))
            for ended in _ended(running):
                running.remove(ended)
                yield _finish(ended)
    finally:
        for left in running:
            _kill(left)


def processors() -> int:
    """Return how many processors this process may use."""
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> Any:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOAD))
    return context


@contextlib.contextmanager
def _quiet_start() -> Iterator[None]:
    """Start children with one thread each, and without running the caller's main script again inside them.

    multiprocessing re-imports `__main__` in every child, which would run a user's script without a guard a second
    time. Nothing that we send is defined there, so an empty module stands in while the process is started.
    """
    main, before = sys.modules["__main__"], {name: os.environ.get(name) for name in _ONE_THREAD}
    sys.modules["__main__"] = types.ModuleType("__main__")
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _start(task: Task) -> _Running:
    context = _context()
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(writer, task), name=task.key, daemon=False)
    with _quiet_start():
        process.start()
    writer.close()
    return _Running(task, process, reader, time.monotonic())


def _child(pipe: Connection, task: Task) -> None:
    """Run one task under its limits; the parent alone decides about interrupts and the wall clock."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):
        os.setsid()  # a group of its own, so that a solver it started is killed with it
    _limit(task)
    try:
        message = (Ending.GOOD, task.function(*task.arguments), "")
    except MemoryError:
        message = (Ending.MEMORY, None, "")
    except BaseException as error:  # noqa: BLE001 - whatever a solver throws is reported, never lost
        ending = Ending.MEMORY if "out of memory" in str(error).lower() else Ending.FAILED
        message = (ending, None, describe(error))
    try:
        pipe.send(message)
    except Exception as error:  # noqa: BLE001 - a result that cannot be sent
        pipe.send((Ending.FAILED, None, f"the result cannot be sent: {describe(error)}"))
    finally:
        pipe.close()


def describe(error: BaseException) -> str:
    """Return the message of an error of ours as it is, of any other with its class name in front."""
    from theory.language.errors import LemmascopeError

    text = str(error) or "no message"
    return text if isinstance(error, LemmascopeError) else f"{type(error).__name__}: {text}"


def _limit(task: Task) -> None:
    """Set the memory limit, and a processor limit that ends the child even if its parent was killed."""
    try:
        import resource
    except ImportError:  # Windows
        return
    processor = int(task.seconds) * 4 + 10
    for limit, value in ((resource.RLIMIT_AS, task.memory), (resource.RLIMIT_CPU, processor)):
        _, hard = resource.getrlimit(limit)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):  # not enforced everywhere
            resource.setrlimit(limit, (value, value))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _ended(running: list[_Running]) -> list[_Running]:
    """Wait until a pipe speaks, a process ends or a deadline passes, and return those concerned."""
    patience = max(0.0, min(r.deadline for r in running) - time.monotonic())
    ready = set(wait([r.pipe for r in running] + [r.process.sentinel for r in running], timeout=patience))
    now = time.monotonic()
    return [r for r in running if r.pipe in ready or r.process.sentinel in ready or now >= r.deadline]


def _finish(ended: _Running) -> Outcome:
    task, seconds = ended.task, time.monotonic() - ended.start
    try:
        if not ended.pipe.poll():
            raise EOFError
        ending, value, reason = ended.pipe.recv()
    except (EOFError, OSError):
        ending, value, reason = _silent_end(ended)
    _kill(ended)
    if ending is Ending.MEMORY:
        reason = f"{ending.value} of {task.memory / GIGABYTE:g} GB" + (f" ({reason})" if reason else "")
    return Outcome(task.key, ending, value, reason, seconds)


def _silent_end(ended: _Running) -> tuple[Ending, None, str]:
    """Return why a process ended, or had to be ended, without a result."""
    ended.process.join(0 if time.monotonic() >= ended.deadline else 1)
    code = ended.process.exitcode
    if code is None:
        return Ending.TIMEOUT, None, f"{Ending.TIMEOUT.value} of {ended.task.seconds:g} s"
    if code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return Ending.CRASH, None, f"{Ending.CRASH.value} with {name}"
    return Ending.CRASH, None, f"{Ending.CRASH.value} with exit status {code}"


def _kill(entry: _Running) -> None:
    entry.process.join(0)
    if entry.process.exitcode is None:
        # A child that has sent its result is on its way out; give it a moment before it is killed.
        entry.process.join(0.2 if time.monotonic() < entry.deadline else 0)
    if entry.process.exitcode is None:
        entry.process.kill()
    if hasattr(os, "killpg"):
        # The group outlives its leader as long as a process that the check started does.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(entry.process.pid, signal.SIGKILL)
    entry.process.join()
    entry.pipe.close()
    entry.process.close()
