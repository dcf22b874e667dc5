"""One killable process per check: hard limits of time and memory, results through a pipe.

A stuck C++ call inside a solver cannot be interrupted in any other way, and one crash must not take the rest along.
Children come from a fork server that has the slow imports ready, so a fresh process costs some 20 milliseconds.
"""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection, wait
from typing import Any

PRELOAD = ("sympy", "z3", "flint", "numpy", "scipy.optimize", "scipy.sparse", "proofs_check.engines",
           "proofs_check.searching")
GIGABYTE = 1 << 30
_PARENT_DEATH = 1  # PR_SET_PDEATHSIG of Linux
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
    place: str = ""
    message: tuple[Ending, Any, str] | None = None
    silent: bool = False

    @property
    def deadline(self) -> float:
        return self.start + self.task.seconds

    def listen(self) -> None:
        """Read what the child has sent: notes of where it is, then its result; note when it has gone."""
        try:
            while self.message is None and self.pipe.poll():
                said = self.pipe.recv()
                if isinstance(said, str):
                    self.place = said
                else:
                    self.message = said
        except (EOFError, OSError):
            self.silent = True
        except Exception as error:  # noqa: BLE001 - unpickling runs code of whatever class was sent
            self.message = (Ending.FAILED, None, f"the result cannot be read: {describe(error)}")


def preload(modules: Iterable[str]) -> None:
    """Have every process that is started from now on find these modules imported; too late after the first one.

    Only for modules that start no threads when they are imported.
    """
    _wanted.update(dict.fromkeys(modules))


_wanted: dict[str, None] = {}


def run_all(tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    """Run the tasks, at most `jobs` at a time and in order, and yield each outcome as it ends.

    Whatever happens, closing the iterator (or an interrupt) kills the processes that are still running.
    """
    waiting = list(reversed(tasks))
    running: list[_Running] = []
    try:
        while waiting or running:
            while waiting and len(running) < max(1, jobs):
                with _uninterrupted():
                    running.append(_start(waiting.pop()))
            for ended in _ended(running):
                with _uninterrupted():
                    running.remove(ended)
                    outcome = _finish(ended)
                yield outcome
    finally:
        for left in running:
            _kill(left)


def note(place: str) -> None:
    """Tell the parent, from inside a task, what is being worked on: the place it names if the task has to be stopped.

    Outside a task this does nothing.
    """
    global _place
    _place = place
    if _parent is not None:
        with contextlib.suppress(OSError):
            _parent.send(place)


_parent: Connection | None = None
_place = ""


def processors() -> int:
    """Return how many processors this process may use."""
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _context() -> Any:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*PRELOAD, *_wanted])
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


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put off Ctrl-C: a process that is half started would be forgotten, and would complain on stderr by itself."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, frame: held.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler if handler is not None else signal.SIG_DFL)
        if held:
            signal.raise_signal(signal.SIGINT)


def _start(task: Task) -> _Running:
    context = _context()
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(writer, task), name=task.key, daemon=False)
    with _quiet_start():
        _start_server(context)
        process.start()
    writer.close()
    return _Running(task, process, reader, time.monotonic())


def _start_server(context: Any) -> None:
    """Start the fork server, if that is not done, so that Ctrl-C reaches neither it nor its children at any moment.

    They inherit a blocked signal. Here it is only put off: one that was ignored in the meantime would be lost.
    """
    if context.get_start_method() != "forkserver" or threading.current_thread() is not threading.main_thread():
        return
    from multiprocessing import forkserver

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _child(pipe: Connection, task: Task) -> None:
    """Run one task under its limits; the parent alone decides about interrupts and the wall clock."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):
        os.setsid()  # a group of its own, so that a solver it started is killed with it
    _limit(task)
    global _parent
    _parent = pipe
    try:
        message = (Ending.GOOD, task.function(*task.arguments), "")
    except MemoryError:
        message = (Ending.MEMORY, None, "")
    except BaseException as error:  # noqa: BLE001 - whatever a solver throws is reported, never lost
        memory = any(words in str(error).lower() for words in ("out of memory", "cannot allocate memory"))
        ending = Ending.MEMORY if memory else Ending.FAILED
        place = _place if ending is Ending.FAILED and _unnamed(error) else ""
        message = (ending, None, describe(error) + _where(place))
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


def _unnamed(error: BaseException) -> bool:
    """Whether an error is of another's making, so that its message does not say at which step it arose."""
    from theory.language.errors import LemmascopeError

    return not isinstance(error, LemmascopeError)


def _where(place: str) -> str:
    return f" in {place}" if place else ""


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
    if sys.platform == "linux":
        # The fork server ends when the process it serves is killed; its children shall not outlive it.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL, 0, 0, 0)


def _ended(running: list[_Running]) -> list[_Running]:
    """Wait until a pipe speaks, a process ends or a deadline passes, and return those concerned."""
    patience = max(0.0, min(r.deadline for r in running) - time.monotonic())
    ready = set(wait([r.pipe for r in running] + [r.process.sentinel for r in running], timeout=patience))
    for r in running:
        if r.pipe in ready:
            r.listen()
    now = time.monotonic()
    return [r for r in running
            if r.message is not None or r.silent or r.process.sentinel in ready or now >= r.deadline]


def _finish(ended: _Running) -> Outcome:
    task, seconds = ended.task, time.monotonic() - ended.start
    ended.listen()
    ending, value, reason = ended.message or _silent_end(ended)
    _kill(ended)
    if ending is Ending.MEMORY:
        limit = f"{ending.value} of {task.memory / GIGABYTE:g} GB"
        reason = limit + _where(ended.place) + (f" ({reason})" if reason else "")
    return Outcome(task.key, ending, value, reason, seconds)


def _silent_end(ended: _Running) -> tuple[Ending, None, str]:
    """Return why a process ended, or had to be ended, without a result."""
    ended.process.join(0 if time.monotonic() >= ended.deadline else 1)
    code = ended.process.exitcode
    if code is None:
        return Ending.TIMEOUT, None, f"{Ending.TIMEOUT.value} of {ended.task.seconds:g} s{_where(ended.place)}"
    if code < 0:
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        return Ending.CRASH, None, f"{Ending.CRASH.value} with {name}{_where(ended.place)}"
    return Ending.CRASH, None, f"{Ending.CRASH.value} with exit status {code}{_where(ended.place)}"


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
