"""The command line: exit codes, one paragraph for bad input, results on stdout, progress elsewhere."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from proofs_check.cli import build_parser, main

FILE = str(Path(__file__).with_name("small_claims.py"))


def lemmascope(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "proofs_check", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **options)  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a report on the small claim file, made by the command itself."""
    ledger = tmp_path_factory.mktemp("ledger")
    assert main(["verify", FILE, "--ledger", str(ledger), "--json", str(ledger / "copy.json"), "--jobs", "1"]) == 0
    return ledger


def test_verify_prints_a_table_the_headline_and_where_the_report_is(
        small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A reader sees each outcome beside the declared one, and how to check without this program."""
    assert main(["verify", FILE, "--ledger", str(small)]) == 0
    out = capsys.readouterr().out
    assert "small.grows    Proved, exact   1/1" in out
    assert "everything as declared: 2 claims (1 Proved, 1 Refuted)" in out
    assert "python -I -S" in out and f"report: {small / 'report.json'}" in out


def test_json_goes_to_the_file_and_is_the_report(small: Path) -> None:
    """--json writes the object of the Python API with its schema version."""
    data = json.loads((small / "copy.json").read_text())
    assert (data["format"], data["schema"], data["summary"]["schema"]) == ("lemmascope-report", 1, 1)
    assert data["summary"]["claims"]["small.grows"]["outcome"] == "Proved"


def test_json_on_stdout_is_nothing_but_json(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json -` can be piped into another program."""
    assert main(["verify", FILE, "--ledger", str(small), "--json", "-"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["summary"]["headline"].startswith("everything as declared")
    assert captured.err == ""


def test_check_accepts_the_report(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` needs no search and says of each statement whether it is the installed one."""
    assert main(["check", str(small / "report.json")]) == 0
    out = capsys.readouterr().out
    assert "6 of 6 certificates accepted" not in out and "5 of 5 certificates accepted" in out
    assert "of your own" in out


def test_check_with_second_opinion(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--second adds the independent re-check, in words and as JSON."""
    assert main(["check", str(small / "report.json"), "--second", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["accepted"] is True and found["second"]["agrees"] is True


def test_check_rejects_an_edited_report(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed number in a proof is rejected: exit code 1 and the claim is named."""
    data = json.loads((small / "report.json").read_text())
    entry = next(e for e in data["claims"] if e["id"] == "small.square")
    entry["steps"][-1]["goal"][1] = -1
    path = tmp_path / "edited.json"
    path.write_text(json.dumps(data))
    assert main(["check", str(path)]) == 1
    assert "rejected" in capsys.readouterr().out


def one_paragraph(text: str) -> bool:
    """Whether a message is a single line with the four parts, and no traceback."""
    return (text.startswith("lemmascope: ") and text.count("\n") == 1 and "required" in text and "found" in text
            and "Traceback" not in text)


BROKEN = {
    "raises.py": "raise RuntimeError('no data\\nhere')\n",
    "exits.py": "import sys\nsys.exit(3)\n",
    "syntax.py": "CLAIMS = (\n",
    "empty.py": "x = 1\n",
    "wrong.py": "CLAIMS = ('covering.volume',)\n",
    "notation.py": "from theory.language import statement\n\nstatement('all x:real | => x < ')\n",
}


@pytest.mark.parametrize("name, words", [
    ("raises.py", "line 1: required a file that can be executed, found RuntimeError: no data here"),
    ("exits.py", "found SystemExit: 3"), ("syntax.py", "found SyntaxError"), ("empty.py", "required a tuple CLAIMS"),
    ("wrong.py", "required a tuple of Claim objects, found str"), ("notation.py", "line 3: required a file"),
    ("missing.py", "no such file"),
])
def test_claim_file_that_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str,
                                        words: str) -> None:
    """A claim file that raises, is no Python, or defines no claims gives one paragraph and exit code 2."""
    if name in BROKEN:
        (tmp_path / name).write_text(BROKEN[name])
    assert main(["verify", str(tmp_path / name), "--ledger", str(tmp_path / "ledger")]) == 2
    captured = capsys.readouterr()
    assert one_paragraph(captured.err) and words in captured.err and captured.out == ""
    assert not (tmp_path / "ledger").exists()


@pytest.mark.parametrize("arguments, words", [
    (["verify", "covering.volum"], "Did you mean covering.volume"),
    (["show", "covering.volum"], "Did you mean covering.volume"),
    (["assumptions", "covering.volum"], "Did you mean covering.volume"),
    (["list", "coverin"], "Did you mean covering"),
    (["verify", "covering", "--jobs", "0"], "jobs: required a positive integer"),
    (["verify", "covering", "--timeout", "-1"], "timeout: required seconds > 0"),
    (["check", "no/such.json"], "no such file"),
    (["table", "covering", "--arch", "2", "--eps", "0.1"], "--arch: required at least two positive widths"),
    (["table", "covering", "--arch", "2-0-1", "--eps", "0.1"], "--arch: required at least two positive widths"),
    (["table", "covering", "--arch", "2-3-1", "--eps", "-0.1"], "eps: required"),
    (["table", "covering", "--arch", "2-3-1", "--eps", "small"], "eps: required an exact number"),
    (["table", "covering", "--arch", "2-3-1", "--eps", "0.1", "--bound", "0"], "bound: required"),
])
def test_bad_input_gives_one_paragraph(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch, arguments: list,
                                       words: str) -> None:  # noqa: ANN001
    """Where, what is required, what was found, what to do; exit code 2; nothing on stdout."""
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert one_paragraph(captured.err) and words in captured.err, captured.err
    assert captured.out == "" and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("part", ["half", "empty", "array", "not json"])
def test_report_that_is_damaged(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], part: str) -> None:
    """A report cut in half is unreadable, exit code 2, and it is left as it was."""
    whole = (small / "report.json").read_bytes()
    data = {"half": whole[: len(whole) // 2], "empty": b"", "array": b"[1, 2]", "not json": b"\xff\x00"}[part]
    path = tmp_path / "report.json"
    path.write_bytes(data)
    assert main(["check", str(path)]) == 2
    assert one_paragraph(capsys.readouterr().err)
    assert path.read_bytes() == data


def test_table_reads_numbers_exactly(capsys: pytest.CaptureFixture[str]) -> None:
    """0.1 on the command line is 1/10, in every format."""
    for form, words in {"text": "1/10", "md": "| 1/10 |", "csv": "bound,eps", "latex": "tabular", "html": "<table",
                        "json": '"1/10"'}.items():
        assert main(["table", "covering", "--arch", "2-3-1", "--eps", "0.1", "--format", form]) == 0
        assert words in capsys.readouterr().out


def test_list_and_show_speak_the_notation(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    """`list --json` is JSON; `show` prints hypotheses by name, the derivation, and what the last run found."""
    assert main(["list", "--json"]) == 0
    assert "covering.param_lipschitz" in {c["id"] for c in json.loads(capsys.readouterr().out)["claims"]}
    assert main(["show", "covering.param_lipschitz", "--ledger", str(small)]) == 0
    out = capsys.readouterr().out
    assert "H1: 0 <= L" in out and "derivation" in out and "not verified yet in this ledger" in out
    assert main(["list", "textbook"]) == 0 and "textbook." in capsys.readouterr().out


def test_show_of_a_claim_file_shows_its_claims(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    """A user's own file can be shown as well as verified."""
    assert main(["show", FILE, "--ledger", str(small)]) == 0
    assert "H1: 1 <= x" in capsys.readouterr().out


def test_assumptions_lists_axioms_citations_and_caps(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    """Everything taken on trust is named, for one claim and for all."""
    assert main(["assumptions", "--ledger", str(small)]) == 0
    out = capsys.readouterr().out
    assert "ax." in out and "cited lemmas" in out and "caps:" in out and "SHA-256" in out


def test_doctor_finds_a_working_installation(capsys: pytest.CaptureFixture[str], small: Path) -> None:
    """Versions, digests and answering solvers; a damaged ledger entry is named but is no failure."""
    victim = next((small / "certificate").rglob("*.json"))
    victim.write_bytes(victim.read_bytes()[:-5])
    assert main(["doctor", "--ledger", str(small)]) == 0
    out = capsys.readouterr().out
    assert "z3 answers" in out and "cvc5 answers" in out and "checker in a fresh process" in out
    assert "ledger entry to be recomputed" in out and victim.name in out


def test_help_has_examples_for_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """--help works for each sub-command and shows an example."""
    for command in ("verify", "list", "show", "check", "table", "assumptions", "doctor"):
        with pytest.raises(SystemExit) as stop:
            build_parser().parse_args([command, "--help"])
        assert stop.value.code == 0
        assert f"lemmascope {command}" in capsys.readouterr().out


def test_usage_errors_are_exit_code_2() -> None:
    """No command, an unknown command and a missing argument are usage errors."""
    for arguments in ([], ["prove"], ["show"], ["verify", "--profile", "huge"]):
        with pytest.raises(SystemExit) as stop:
            main(arguments)
        assert stop.value.code == 2


def test_internal_error_is_exit_code_4(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An exception that nobody expected is shown and is not mistaken for a result."""
    monkeypatch.setattr("proofs_check.cli_show.load", lambda: 1 / 0)
    assert main(["list"]) == 4
    assert "internal error" in capsys.readouterr().err


def test_checker_that_does_not_answer_is_exit_code_4(monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
                                                     capsys: pytest.CaptureFixture[str]) -> None:
    """A broken checker says nothing about any claim."""
    (tmp_path / "checker").mkdir()
    (tmp_path / "checker" / "__main__.py").write_text("raise SystemExit(1)\n")
    monkeypatch.setattr("proofs_check.checking.CHECKER", tmp_path / "checker")
    assert main(["verify", FILE, "--ledger", str(tmp_path / "ledger")]) == 4
    assert "checker: required its findings" in capsys.readouterr().err


def test_output_has_no_colours_in_a_pipe_and_progress_stays_off_stdout(small: Path) -> None:
    """Outside a terminal there are no escape sequences and stderr is empty."""
    done = lemmascope("verify", FILE, "--ledger", str(small), env={**os.environ, "NO_COLOR": "1"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout


def test_closed_pipe_is_no_error(small: Path) -> None:
    """`lemmascope list | head -1` ends without a traceback."""
    command = f"{sys.executable} -m proofs_check list | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == "" and done.stdout.startswith("claim")


SLOW_FILE = """
from dataclasses import replace
import runpy
small = runpy.run_path({path!r})
from theory.language import statement
from theory.language.derivation import combine
names = [f"x{{i}}" for i in range(9)]
hypotheses = ", ".join(f"H{{i + 1}}: 1 <= {{n}}" for i, n in enumerate(names))
text = f"all {{' '.join(names)}}:real | {{hypotheses}} => {{'*'.join(names)}} <= {{'+'.join(names)}}"
slow = replace(small["TRUE"], id="slow.never", statement=statement(text), controls=(), instance=None,
               derivation=(combine("end", facts=" ".join(f"H{{i + 1}}" for i in range(9)), degree=9),))
LEMMAS = small["LEMMAS"]
CLAIMS = (small["TRUE"], slow)
"""


@pytest.mark.slow
def test_interrupt_leaves_a_valid_ledger_and_a_partial_report(tmp_path: Path) -> None:
    """Ctrl-C during a long search: exit code 130, a partial report, an intact ledger, nothing left running."""
    from proofs_check.ledger import Ledger

    (tmp_path / "slow.py").write_text(SLOW_FILE.format(path=FILE))
    command = [sys.executable, "-m", "proofs_check", "verify", str(tmp_path / "slow.py"), "--ledger",
               str(tmp_path / "ledger"), "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    for _ in range(600):  # until something is stored; then the search that never ends is under way
        time.sleep(0.2)
        if any((tmp_path / "ledger").rglob("*.json")) and Ledger(tmp_path / "ledger").health().entries["certificate"]:
            break
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 130, out
    assert "interrupted" in out
    assert json.loads((tmp_path / "ledger" / "report.json").read_bytes())["summary"]["interrupted"] is True
    health = Ledger(tmp_path / "ledger").health()
    assert health.broken == () and health.entries["certificate"] >= 1
