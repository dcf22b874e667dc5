"""A thousand malformed reports, claim files and arguments: one paragraph each, the right exit code, no traceback."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from spoiling import spoiled_arguments, spoiled_file, spoiled_report

from proofs_check.cli import main
from proofs_check.ledger import Ledger

FILE = Path(__file__).resolve().parents[1] / "proofs_check" / "small_claims.py"
Run = Callable[[list[str]], "tuple[int, str, str]"]


def sizes(quick: int, all_of_them: int) -> pytest.MarkDecorator:
    """How many cases: some always, all of them among the slow tests."""
    return pytest.mark.parametrize("seeds", [range(quick), pytest.param(range(quick, all_of_them),
                                                                       marks=pytest.mark.slow)], ids=["some", "all"])


@pytest.fixture()
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line in this process, in an empty directory; return exit code, stdout and stderr."""
    (tmp_path / "work" / "folder").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")

    def call(arguments: list[str]) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 2
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with the valid report on the small claim file, and what was searched for it."""
    place = tmp_path_factory.mktemp("good")
    assert main(["verify", str(FILE), "--ledger", str(place), "--jobs", "1"]) == 0
    return place


def complaint(code: int, out: str, errors: str, codes: Iterable[int]) -> str:
    """What is wrong with an answer: "" if nothing is."""
    if "Traceback" in out + errors or "internal error" in errors:
        return "traceback"
    if code not in codes:
        return f"exit code {code}"
    if code == 2 and ("required" not in errors or "found" not in errors or errors.count("\n") != 1):
        return f"no paragraph of four parts: {errors!r}"
    return f"stderr beside exit code {code}" if code in (0, 1) and errors else ""


@sizes(50, 500)
def test_malformed_reports_are_rejected_or_refused(run: Run, good: Path, tmp_path: Path, seeds: range) -> None:
    """Exit code 2 for what cannot be read, 1 for what is rejected, 0 only if nothing that is checked was spoiled."""
    report = json.loads((good / "report.json").read_bytes())
    path = tmp_path / "report.json"
    wrong = []
    for seed in seeds:
        data = spoiled_report(report, seed)
        path.write_bytes(data)
        flags = ([], ["--json"], ["--second"], ["--second", "--json"])[seed % 4]
        code, out, errors = run(["check", str(path), *flags])
        words = complaint(code, out, errors, (0, 1, 2))
        if not words and "--json" in flags and code < 2:
            same = json.loads(out)["accepted"] is (code == 0) or "--second" in flags
            words = "" if same else "another answer in JSON"
        if words or path.read_bytes() != data:
            wrong.append((seed, words, out[-300:], errors[-1500:]))
    assert wrong == []


@sizes(10, 100)
def test_malformed_last_reports_are_as_good_as_none(run: Run, good: Path, tmp_path: Path, seeds: range) -> None:
    """Commands that look up what the last run found cope with whatever stands in its place."""
    report = json.loads((good / "report.json").read_bytes())
    wrong = []
    for seed in seeds:
        ledger = tmp_path / "ledger"
        ledger.mkdir(exist_ok=True)
        (ledger / "report.json").write_bytes(spoiled_report(report, 10_000 + seed))
        command = (["show", str(FILE)], ["doctor"], ["assumptions", "textbook.pow_add"], ["explain", str(FILE)],
                   ["show", "covering.volume"])[seed % 5]
        code, out, errors = run([*command, "--ledger", str(ledger)])
        words = complaint(code, out, errors, (0, 2))
        if words:
            wrong.append((seed, command, words, out[-300:], errors[-1500:]))
    assert wrong == []


def test_an_edited_last_report_counts_as_none(run: Run, good: Path, tmp_path: Path) -> None:
    """A verdict changed by hand in the stored report is not shown: its checksum gives it away."""
    whole = (good / "report.json").read_text()
    (tmp_path / "ledger").mkdir()
    for text, words in ((whole, "last run: Proved, exact"), (whole.replace('"exact"', '"cited"'), "not verified yet")):
        (tmp_path / "ledger" / "report.json").write_text(text)
        assert words in run(["show", str(FILE), "--ledger", str(tmp_path / "ledger")])[1]


@sizes(20, 150)
def test_malformed_claim_files_are_refused_or_not_green(run: Run, good: Path, tmp_path: Path, seeds: range) -> None:
    """A spoiled file is bad input (2), not as declared (1), or was spoiled in a text that nothing rests on (0)."""
    source = FILE.read_text()
    ledger, path = tmp_path / "ledger", tmp_path / "claims.py"
    shutil.copytree(good, ledger)
    wrong = []
    for seed in seeds:
        path.write_bytes(spoiled_file(source, seed))
        code, out, errors = run(["verify", str(path), "--ledger", str(ledger), "--jobs", "1", "--timeout", "20"])
        words = complaint(code, out, errors, (0, 1, 2))
        if words:
            wrong.append((seed, words, out[-300:], errors[-1500:]))
    assert wrong == []
    assert Ledger(ledger).health().broken == ()


@sizes(70, 250)
def test_malformed_arguments_are_usage_errors(run: Run, good: Path, seeds: range) -> None:
    """Random words on the command line end with 0, 1 or 2, and with one paragraph if they make no sense."""
    files = (str(FILE), str(good / "report.json"), str(good))
    wrong = []
    for seed in seeds:
        arguments = spoiled_arguments(files, seed)
        code, out, errors = run(arguments)
        words = complaint(code, out, errors, (0, 1, 2))
        if words:
            wrong.append((seed, [word[:40] for word in arguments], words, out[-300:], errors[-1500:]))
    assert wrong == []
