"""A run that is killed or interrupted at any moment loses no finished result, and leaves nothing running."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from proofs_check.cli import main
from proofs_check.ledger import Ledger

FILE = str(Path(__file__).with_name("many_claims.py"))
COMMAND = [sys.executable, "-m", "proofs_check", "verify", FILE, "--jobs", "2", "--ledger"]
TELLING = """
import sys
from proofs_check import verify
verify(sys.argv[1], jobs=2, ledger=sys.argv[2], progress=lambda what, done, total: print(what, flush=True))
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def environment(**more: str) -> dict[str, str]:
    """Variables for a run: the round and a mark by which its processes are found."""
    return {**os.environ, "GAUNTLET_MARK": "gauntlet-kills", **more}


def contents(ledger: Path) -> dict[str, bytes]:
    """Every finished result by file."""
    return {str(path): path.read_bytes() for path in ledger.rglob("*.json") if path.parent.parent.parent == ledger}


def stored(ledger: Path) -> set[str]:
    """The ids of the certificates in a ledger."""
    found = (json.loads(path.read_bytes())["value"]["entry"]["id"] for path in (ledger / "certificate").rglob("*.json"))
    return set(found)


def running() -> list[int]:
    """Processes of these tests that are alive."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if b"GAUNTLET_MARK=gauntlet-kills" in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:  # gone, or not ours
            continue
    return found


def wait_until_quiet() -> list[int]:
    """Processes left after two seconds."""
    deadline = time.monotonic() + 2
    while (left := running()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def killed(ledger: Path, number: int, words: int, delay: float) -> list[str]:
    """Kill a run that tells what it has finished, `delay` seconds after so many words; return its words."""
    process = subprocess.Popen([sys.executable, "-c", TELLING, FILE, str(ledger)], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True, env=environment(GAUNTLET_ROUND=str(number)))
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(words)]
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    told.append(process.stdout.read())
    process.wait()
    process.stdout.close()
    return "".join(told).split()


@pytest.mark.parametrize("kills", [2, pytest.param(100, marks=pytest.mark.slow)])
def test_kill_at_random_moments_loses_no_finished_result(tmp_path: Path, kills: int) -> None:
    """What a run has told as finished is in the ledger after SIGKILL, intact; so is what earlier runs left there."""
    moments = random.Random(20)
    before: dict[str, bytes] = {}
    for number in range(kills):
        told = killed(tmp_path, number, moments.randrange(1, 30), moments.uniform(0, 0.1))
        health = Ledger(tmp_path).health()
        assert health.broken == ()
        assert {word for word in told if word.startswith("many.")} <= stored(tmp_path), told
        now = contents(tmp_path)
        assert before.items() <= now.items()
        before = now
        report = tmp_path / "report.json"
        assert not report.exists() or json.loads(report.read_bytes())["format"] == "lemmascope-report"
    assert wait_until_quiet() == []
    done = subprocess.run([*COMMAND, str(tmp_path)], capture_output=True, text=True, timeout=120,
                          env=environment(GAUNTLET_ROUND=str(kills - 1)))
    assert done.returncode == 0 and "everything as declared: 8 claims" in done.stdout, done.stdout + done.stderr
    assert before.items() <= contents(tmp_path).items()
    assert any("certificate" in name for name in before), "every kill came before the first result"


@pytest.mark.slow
def test_kill_of_the_command_while_it_starts(tmp_path: Path) -> None:
    """`kill -9` of the command itself from its first millisecond on; then it runs to the end as if nothing was."""
    moments = random.Random(21)
    for _ in range(20):
        process = subprocess.Popen([*COMMAND, str(tmp_path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=environment())
        time.sleep(moments.uniform(0, 3))
        process.kill()
        process.wait()
    assert Ledger(tmp_path).health().broken == () and wait_until_quiet() == []
    assert subprocess.run([*COMMAND, str(tmp_path)], capture_output=True, timeout=120,
                          env=environment()).returncode == 0


def interrupted(ledger: Path) -> Iterator[subprocess.Popen[str]]:
    """A run with a search that does not end, started and let go on until something is finished."""
    process = subprocess.Popen([*COMMAND, str(ledger)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               env=environment(GAUNTLET_STUCK="yes"))
    deadline = time.monotonic() + 60
    while not list((ledger / "certificate").rglob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    yield process
    process.kill()
    process.wait()


def test_interrupt_leaves_a_partial_report_that_can_be_checked(tmp_path: Path,
                                                              capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C: exit code 130, no traceback, a report that the checker accepts, an intact ledger, nothing running."""
    for process in interrupted(tmp_path):
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=60)
        assert process.returncode == 130, out + errors
        assert "interrupted" in out and "Traceback" not in errors
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert report["summary"]["interrupted"] is True
    assert report["summary"]["claims"]["many.stuck"]["outcome"] == "Undecided"
    assert Ledger(tmp_path).health().broken == () and wait_until_quiet() == []
    assert main(["check", str(tmp_path / "report.json")]) == 0
    assert "certificates accepted" in capsys.readouterr().out


@pytest.mark.slow
def test_interrupt_at_random_moments(tmp_path: Path) -> None:
    """Ctrl-C once the command has begun gives 130, or 0 if it was done by then, and never a traceback."""
    moments = random.Random(22)
    for number in range(15):
        process = subprocess.Popen([sys.executable, "-c", TELLING, FILE, str(tmp_path)], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, env=environment(GAUNTLET_ROUND=str(number)))
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0, 1.5))
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        report = tmp_path / "report.json"
        if report.exists():
            assert main(["check", str(report)]) == 0
        assert Ledger(tmp_path).health().broken == ()
    assert wait_until_quiet() == []
