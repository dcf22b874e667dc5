"""`lemmascope decide`: answers, files, exit codes, and one paragraph for whatever cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from proofs_check.cli import main
from proofs_check.etr_training.confirmation import check_decision
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.zoo import ZOO


@pytest.fixture
def question(tmp_path: Path) -> str:
    """The compiled square root of two, in a file."""
    path = tmp_path / "root2.json"
    path.write_text(ZOO["etr-root2-id"].to_json(), encoding="utf-8")
    return str(path)


def test_an_answer_shows_engine_witness_and_certificate(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A reader sees the status first, then who found it, the weights over their generator, and what was checked."""
    assert main(["decide", question]) == 0
    out = capsys.readouterr().out
    assert "sat: there are weights with this loss" in out
    assert "a is the root of" in out and "accepted by the checker" in out


def test_files_hold_the_certificate_the_question_and_the_picture(question: str, tmp_path: Path) -> None:
    """The certificate is accepted as it stands; the question is SMT-LIB 2; the picture is SVG."""
    certificate, smt2, picture = (tmp_path / name for name in ("c.json", "q.smt2", "p.svg"))
    arguments = ["--certificate", str(certificate), "--smt2", str(smt2), "--encoding", "N0", "--picture", str(picture)]
    assert main(["decide", question, *arguments]) == 0
    assert check_decision(json.loads(certificate.read_text(encoding="utf-8"))) is None
    assert "(set-logic QF_NRA)" in smt2.read_text(encoding="utf-8")
    assert picture.read_text(encoding="utf-8").lstrip().startswith("<svg")


def test_json_goes_to_stdout_alone(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The record has the status, the certificate and the time; nothing else is printed."""
    assert main(["decide", question, "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["status"], record["certificate"]["status"]) == ("sat", "sat")
    assert record["seconds"] >= 0


def test_unknown_is_an_answer_unless_strict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A method that does not apply answers unknown with its reason: exit 0, and 3 under --strict."""
    path = tmp_path / "abs.json"
    path.write_text(TrainingInstance.one_hidden_layer([-1, 0, 1], [1, 0, 1], 2).to_json(), encoding="utf-8")
    assert main(["decide", str(path), "--method", "rank"]) == 0
    assert main(["decide", str(path), "--method", "rank", "--strict"]) == 3
    assert "rank does not apply" in capsys.readouterr().out


@pytest.mark.parametrize(("change", "message"), [
    ({"threshold": 0.5}, "exact"), ({"edges": [["x1", "h1"], ["h1", "h1"]]}, "required"),
    ({"vertices": [["h1", "softmax"], ["y1", "id"]]}, "softmax"), ({"points": [[1, 2]]}, "required"),
    ({"colour": "red"}, "colour")])
def test_malformed_instances_are_explained_in_one_paragraph(
        change: dict[str, object], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Floats, cycles, unknown activations, wrong rows and unknown fields: exit 2, no traceback."""
    path = tmp_path / "bad.json"
    good = json.loads(TrainingInstance.one_hidden_layer([0, 1], [0, 1], 1).to_json())
    path.write_text(json.dumps(good | change), encoding="utf-8")
    assert main(["decide", str(path)]) == 2
    err = capsys.readouterr().err
    assert message in err and "Traceback" not in err and err.count("\n") == 1


@pytest.mark.parametrize(("arguments", "message"), [
    (["--method", "magic"], "auto or one of"), (["--timeout", "0"], "positive"), (["--encoding", "L1"], "--smt2"),
    (["--picture", "net.png"], ".svg or .dot"), (["--smt2", "/no/such/place.smt2"], "can be written")])
def test_bad_options_are_explained(question: str, arguments: list[str], message: str,
                                   capsys: pytest.CaptureFixture[str]) -> None:
    """What is wrong with an option is said before anything is searched."""
    assert main(["decide", question, *arguments]) == 2
    assert message in capsys.readouterr().err


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2 and the path that was given."""
    assert main(["decide", "nowhere.json"]) == 2
    assert "nowhere.json" in capsys.readouterr().err
