"""The pages in a real browser, headless, light and dark; skipped where there is none.

The browser is looked for on PATH; LEMMASCOPE_BROWSER names another one.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
WIDTH, HEIGHT = 480, 600


def browser() -> str | None:
    """The command of a Chromium, or None."""
    named = os.environ.get("LEMMASCOPE_BROWSER")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


def pixels(path: Path) -> list[bytes]:
    """The rows of an 8-bit RGB or RGBA picture, four rows in a hundred, decoded by hand."""
    data, at, size, kind = path.read_bytes(), 8, (0, 0), 2
    packed = b""
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if name == b"IHDR":
            size, kind = struct.unpack(">II", body[:8]), body[9]
        packed += body if name == b"IDAT" else b""
        at += 12 + length
    step = {2: 3, 6: 4}[kind]
    raw, row, rows = zlib.decompress(packed), 1 + size[0] * step, []
    before = bytes(row - 1)
    for k in range(size[1]):
        line = bytearray(raw[k * row + 1:(k + 1) * row])
        _unfilter(raw[k * row], line, before, step)
        before = bytes(line)
        rows += [before] if k % 25 == 0 else []
    return rows


def _unfilter(kind: int, line: bytearray, above: bytes, step: int) -> None:
    for k in range(len(line)):
        left, up = (line[k - step] if k >= step else 0), above[k]
        corner = above[k - step] if k >= step else 0
        if kind == 4:
            near = left + up - corner
            options = ((abs(near - left), 0, left), (abs(near - up), 1, up), (abs(near - corner), 2, corner))
            line[k] = (line[k] + min(options)[2]) & 255
        elif kind:
            line[k] = (line[k] + (left, up, (left + up) // 2)[kind - 1]) & 255


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_are_drawn(site: Path, tmp_path: Path, dark: bool) -> None:
    """Index and claim page are drawn on the right ground with something on it."""
    command = browser()
    if command is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is on PATH, and LEMMASCOPE_BROWSER is not set")
    for name in ("index.html", "small.grows.html"):
        shot = tmp_path / f"{name}.png"
        options = ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] if dark else []
        done = subprocess.run(
            [command, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--hide-scrollbars", f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={WIDTH},{HEIGHT}",
             *options, f"--screenshot={shot}", f"file://{site / name}"], capture_output=True, timeout=90)
        assert shot.is_file(), done.stderr.decode(errors="replace")[-2000:]
        rows = pixels(shot)
        ground = sum(rows[-1][:3]) / 3
        assert (ground < 60) if dark else (ground > 220)
        assert any(len(set(row)) > 20 for row in rows), "an empty page"
