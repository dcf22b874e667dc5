"""The ledger survives kills, damage and two writers at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from proofs_check.ledger import CERTIFICATE, STEP, Ledger, content_key, write_atomic
from theory.language.errors import InputError

KEY = content_key("a", 1)


def entry_file(ledger: Ledger) -> Path:
    """The file of the entry that these tests store."""
    return ledger.path(STEP, KEY)


def test_what_is_put_is_got(tmp_path: Path) -> None:
    """A stored value comes back equal, from the same object and from a new one."""
    value = {"fields": {"sum": [[[1, 2], ["H1"], None]]}, "text": "\u2264"}
    Ledger(tmp_path).put(STEP, KEY, value)
    assert Ledger(tmp_path).get(STEP, KEY) == value


def test_absent_entry_is_none(tmp_path: Path) -> None:
    """A key that was never stored, and a kind it was not stored under, give None."""
    ledger = Ledger(tmp_path)
    ledger.put(STEP, KEY, {"a": 1})
    assert ledger.get(STEP, content_key("b")) is None
    assert ledger.get(CERTIFICATE, KEY) is None


@pytest.mark.parametrize("damage", [
    lambda data: data[: len(data) // 2],
    lambda data: b"",
    lambda data: data.replace(b'"a":1', b'"a":2'),
    lambda data: data.replace(KEY[:10].encode(), b"0123456789"),
    lambda data: b"[" * 100_000,
    lambda data: b"\xff\xfe",
    lambda data: b"null",
], ids=["half", "empty", "value", "key", "nesting", "bytes", "null"])
def test_damaged_entry_counts_as_absent_and_is_rewritten(tmp_path: Path, damage) -> None:  # noqa: ANN001
    """Any damage to the file is noticed, reported by health, and mended by the next put."""
    ledger = Ledger(tmp_path)
    ledger.put(STEP, KEY, {"a": 1})
    entry_file(ledger).write_bytes(damage(entry_file(ledger).read_bytes()))
    assert ledger.get(STEP, KEY) is None
    assert len(ledger.health().broken) == 1
    ledger.put(STEP, KEY, {"a": 1})
    assert ledger.get(STEP, KEY) == {"a": 1}
    assert ledger.health().broken == ()


def test_entry_moved_to_another_key_is_not_believed(tmp_path: Path) -> None:
    """A file copied to the place of another key is treated as absent."""
    ledger, other = Ledger(tmp_path), content_key("other")
    ledger.put(STEP, KEY, {"a": 1})
    target = ledger.path(STEP, other)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(entry_file(ledger).read_bytes())
    assert ledger.get(STEP, other) is None


@pytest.mark.parametrize("kind, key", [("other", KEY), (STEP, "abc"), (STEP, "../" + KEY[3:]), (STEP, "Z" * 64)])
def test_unusable_kinds_and_keys_are_refused(tmp_path: Path, kind: str, key: str) -> None:
    """A key that is no SHA-256 (a path, say) or an unknown kind never reaches the file system."""
    with pytest.raises(InputError, match="ledger: required"):
        Ledger(tmp_path).get(kind, key)


def test_directory_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    """A file in the place of the directory gives one message that names --ledger."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="--ledger"):
        Ledger(tmp_path / "file").put(STEP, KEY, {"a": 1})


def test_key_depends_on_structure_not_on_order_of_names() -> None:
    """Keys of equal JSON objects are equal; nesting and types count."""
    assert content_key({"a": 1, "b": 2}) == content_key({"b": 2, "a": 1})
    assert len({content_key(1), content_key("1"), content_key([1]), content_key(1, 1), content_key([1, 1])}) == 5


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the move into place fails, the old content is still there and no temporary file is left."""
    path = tmp_path / "f.json"
    write_atomic(path, b"old")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError("no space")))
    with pytest.raises(OSError, match="no space"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["f.json"]


WRITER = """
import itertools, sys
from pathlib import Path
from proofs_check.ledger import STEP, Ledger, content_key
ledger = Ledger(Path(sys.argv[1]))
print("ready", flush=True)
for n in itertools.count():
    ledger.put(STEP, content_key(n % 7), {"n": n % 7, "padding": "x" * 20000})
"""


def test_kill_in_the_middle_of_writing_leaves_only_whole_entries(tmp_path: Path) -> None:
    """A writer killed with SIGKILL five times over leaves no broken entry behind."""
    for _ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.02)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        assert Ledger(tmp_path).health().broken == ()
    values = [Ledger(tmp_path).get(STEP, content_key(n)) for n in range(7)]
    assert all(v is None or v["padding"] == "x" * 20000 for v in values)
    assert any(v is not None for v in values)


def test_entries_are_plain_json_with_a_checksum(tmp_path: Path) -> None:
    """An entry can be read with any JSON reader and says what it is."""
    ledger = Ledger(tmp_path)
    ledger.put(STEP, KEY, {"a": 1})
    entry = json.loads(entry_file(ledger).read_text(encoding="ascii"))
    assert entry == {"kind": STEP, "key": KEY, "checksum": content_key({"a": 1}), "value": {"a": 1}}
