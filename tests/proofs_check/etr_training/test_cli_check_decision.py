"""`lemmascope check FILE` on decisions about training instances, which go to the checker of decisions."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from proofs_check.checking import MachineryFailed
from proofs_check.cli import main
from proofs_check.decision_checking import DECISION_CHECKER, check_decision_file, decision_checker_digest, is_decision
from theory.etr_training.instance import TrainingInstance

INSTANCE = TrainingInstance.one_hidden_layer([-2, -1, 0, 1, 2], [2, 1, 0, 1, 2], 1, threshold="14/5")


def certificate(constant: Any) -> dict[str, Any]:
    """The constant network as an answer to abs5 with one neuron and threshold 14/5; 6/5 is right, nothing else."""
    weights = {"h1": constant, "x1->h1": 0, "h1->y1": 1}
    return {"format": "lemmascope-decision", "schema": 1, "instance": INSTANCE.to_dict(), "status": "sat",
            "witness": {"kind": "rational", "weights": weights}}


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A right and a wrong certificate."""
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(certificate("6/5")))
    bad.write_text(json.dumps(certificate(1)))
    return good, bad


def test_a_right_decision(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The answer, its kind, one sentence and both digests are printed, and the exit code is 0."""
    assert main(["check", str(files[0])]) == 0
    out = capsys.readouterr().out
    assert out.startswith("sat: accepted, rational\nRational weights bring the loss to the threshold")
    assert f"instance {INSTANCE.digest[:12]}, decision checker {decision_checker_digest()[:12]}" in out


def test_a_wrong_decision(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """The reason is printed with its place, and the exit code is 1."""
    assert main(["check", str(files[1])]) == 1
    assert "rejected: certificate.witness.weights: the loss is not certainly within" in capsys.readouterr().out


def test_json(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """--json prints the finding and nothing else."""
    assert [main(["check", str(path), "--json"]) for path in files] == [0, 1]
    good, bad = (json.loads(part) for part in capsys.readouterr().out.replace("}\n{", "}\n\0{").split("\0"))
    assert (good["accepted"], good["status"], good["kind"], good["reason"]) == (True, "sat", "rational", "")
    assert good["instance"] == bad["instance"] == INSTANCE.digest
    assert bad["accepted"] is False and bad["checked"] == "" and "threshold" in bad["reason"]


def test_a_second_opinion(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """--second says whether other code confirms an accepted answer; what is rejected needs no second opinion."""
    assert main(["check", str(files[0]), "--second"]) == 0
    assert "second re-check: confirmed" in capsys.readouterr().out
    assert main(["check", str(files[1]), "--second"]) == 1
    assert "second re-check" not in capsys.readouterr().out
    assert main(["check", str(files[0]), "--second", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["second"] == {"agrees": True, "reason": ""}


def test_a_disagreement(files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch,
                        capsys: pytest.CaptureFixture[str]) -> None:
    """If the checker accepted what is wrong, the second opinion says so, and the exit code is 1."""
    accepted = check_decision_file(files[0])
    monkeypatch.setattr("proofs_check.cli_check.check_decision_file", lambda path: accepted)
    assert main(["check", str(files[1]), "--second"]) == 1
    assert "second re-check: not confirmed: Doubt: the loss exceeds the threshold" in capsys.readouterr().out


def test_what_counts_as_a_decision(tmp_path: Path, files: tuple[Path, Path]) -> None:
    """Only the format decides; files that are no JSON, and directories, are no decisions."""
    other = tmp_path / "other"
    for text in ("", "[]", "{", '{"format": "lemmascope-report"}', "[" * 100_000):
        other.write_text(text)
        assert not is_decision(other)
    assert is_decision(files[0]) and not is_decision(tmp_path) and not is_decision(tmp_path / "nothing")


def test_malformed_decisions_are_rejected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A key given twice is read by JSON libraries as they like; the checker rejects it."""
    path = tmp_path / "twice.json"
    text = json.dumps(certificate("6/5"))
    path.write_text(text[:-1] + ', "status": "sat"}')
    assert main(["check", str(path)]) == 1
    assert "a key twice" in capsys.readouterr().out


def test_no_answer_is_no_finding(files: tuple[Path, Path]) -> None:
    """A checker that does not finish in time says nothing about the certificate."""
    with pytest.raises(MachineryFailed, match="decision checker"):
        check_decision_file(files[0], seconds=0.001)


def test_the_digest_covers_all_files_of_the_checker() -> None:
    """The printed digest is that of all files of the decision checker, by name."""
    digest = hashlib.sha256()
    for index, path in enumerate(sorted(DECISION_CHECKER.glob("*.py"))):
        digest.update((b"\0" if index else b"") + path.name.encode() + b"\0" + path.read_bytes())
    assert decision_checker_digest() == digest.hexdigest()
