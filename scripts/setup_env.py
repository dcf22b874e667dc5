"""Make the virtual environment `.venv` with the pinned versions; standard library only.

    python3 scripts/setup_env.py            set up (does nothing if the stamp .venv/.ok is current)
    python3 scripts/setup_env.py verify     set up, then run `lemmascope verify` (further arguments are passed on)
    python3 scripts/setup_env.py test       set up, then run pytest on the quick suite

The second and third form serve machines without `make`. On Linux a plain `torch` wheel brings the CUDA libraries
(several GB). Set TORCH_CPU_INDEX to the CPU wheel index named on PyTorch's install page and torch alone is fetched from
there first; unset, no other index is contacted. It is a step of its own because pip asks every index for every package.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".ok"
INPUTS = (ROOT / "pyproject.toml", ROOT / "constraints.txt", Path(__file__).resolve())
OLDEST = (3, 11)
PARALLEL = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
"""Test processes, as in the Makefile."""


def script(name: str) -> Path:
    """Return the path of an executable of the environment."""
    return VENV / ("Scripts" if os.name == "nt" else "bin") / name


def current() -> bool:
    """Whether the environment was completed after the last change of what it is made from."""
    return STAMP.exists() and all(STAMP.stat().st_mtime >= path.stat().st_mtime for path in INPUTS)


def torch_requirement() -> str:
    """Return the pinned line for torch from constraints.txt."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return next(line.strip() for line in lines if line.startswith("torch=="))


def pip(*arguments: str) -> None:
    """Run pip of the environment; raises CalledProcessError when it fails."""
    subprocess.run([str(script("python")), "-m", "pip", "--disable-pip-version-check", *arguments], check=True)


def setup() -> None:
    """Create and fill the environment unless it is current; the stamp is written last, so a broken run is repeated."""
    if current():
        return
    start = time.monotonic()
    print(f"setting up {VENV} (once; 1 to 4 minutes) ...", flush=True)
    STAMP.unlink(missing_ok=True)
    if not script("python").exists():
        venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(VENV)
    index = os.environ.get("TORCH_CPU_INDEX", "").strip()
    if index:
        pip("install", "--quiet", "--no-deps", "--index-url", index, torch_requirement())
    pip("install", "--quiet", "-c", str(ROOT / "constraints.txt"), "-e", f"{ROOT}[test]")
    STAMP.touch()
    print(f"environment ready after {time.monotonic() - start:.0f} s", flush=True)


def main(arguments: list[str]) -> int:
    """Set up, then run the job named by the first argument, if any."""
    if sys.version_info < OLDEST:
        print(f"Python {OLDEST[0]}.{OLDEST[1]} or later is needed, this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    try:
        setup()
    except subprocess.CalledProcessError as error:
        print(f"setting up failed: {' '.join(error.cmd)} gave exit status {error.returncode}. "
              "Check the network and the messages above, then run the command again.", file=sys.stderr)
        return 4
    jobs = {"verify": ["-m", "proofs_check", "verify"], "test": ["-m", "pytest", "-q", "-m", "not slow", *PARALLEL]}
    if not arguments:
        return 0
    if arguments[0] not in jobs:
        print(f"unknown job {arguments[0]!r}: use one of {', '.join(jobs)}", file=sys.stderr)
        return 2
    command = [str(script("python")), *jobs[arguments[0]], *arguments[1:]]
    return subprocess.run(command, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
