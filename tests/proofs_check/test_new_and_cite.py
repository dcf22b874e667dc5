"""`lemmascope new` and `lemmascope cite`: a file that verifies as it stands, and how to quote what was proved."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from proofs_check import __version__
from proofs_check.cli import main
from proofs_check.cli_new import family_of
from proofs_check.registry import load
from proofs_check.verification import axioms_digest

SMALL = str(Path(__file__).with_name("small_claims.py"))


def test_new_file_verifies_as_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The claim in it is Proved, its control refuted, every hypothesis used; the next command is told."""
    path = tmp_path / "my_claims.py"
    assert main(["new", str(path)]) == 0
    assert f"lemmascope verify {path}" in capsys.readouterr().out
    assert main(["verify", str(path), "--ledger", str(tmp_path / "ledger")]) == 0
    out = capsys.readouterr().out
    assert re.search(r"my_claims.first\s+Proved, exact\s+1/1", out) and "finding" not in out


def test_new_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that exists is left as it is, empty ones and links included."""
    for name, content in (("mine.py", b"# my work\n"), ("empty.py", b"")):
        (tmp_path / name).write_bytes(content)
        assert main(["new", str(tmp_path / name)]) == 2
        assert (tmp_path / name).read_bytes() == content
    (tmp_path / "link.py").symlink_to(tmp_path / "absent.py")
    assert main(["new", str(tmp_path / "link.py")]) == 2 and not (tmp_path / "absent.py").exists()
    assert capsys.readouterr().err.count("nothing was overwritten") == 3


@pytest.mark.parametrize("name, words", [
    ("claims", "required a file name that ends in .py"),
    ("no/folder/claims.py", "required a place that can be written"),
    ("x" * 300 + ".py", "required a place that can be written"),
])
def test_new_refuses_names_it_cannot_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                           capsys: pytest.CaptureFixture[str], name: str, words: str) -> None:
    """Another ending, a folder that does not exist, a name that is too long: one paragraph, nothing written."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", name]) == 2
    assert words in capsys.readouterr().err and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stem, family", [
    ("my-claims 2", "my_claims_2"), ("covering", "my_covering"), ("textbook", "my_textbook"), ("2nd", "my_2nd"),
    ("class", "my_class"), ("é", "mine"),
])
def test_ids_of_a_new_file_are_free(stem: str, family: str) -> None:
    """The family is the file's name as far as an id may hold it, and none of ours."""
    assert family_of(Path(f"{stem}.py")) == family


def test_cite_names_source_statement_and_versions(capsys: pytest.CaptureFixture[str]) -> None:
    """BibTeX of the source and of the claim with the digests by which a reader finds what exactly was proved."""
    base = load()
    claim = base.claim("covering.volume")
    assert main(["cite", claim.id]) == 0
    out = capsys.readouterr().out
    assert out.count("@") == 2 and "@misc{covering.volume:source," in out and "@software{covering.volume," in out
    assert claim.source.authors in out and f"eprint = {{{claim.source.arxiv}}}" in out
    assert out.count(claim.digest) == 2 and axioms_digest(base) in out and f"version = {{{__version__}}}" in out
    # Braces are balanced and every line outside an entry is a comment: BibTeX reads it.
    assert out.count("{") == out.count("}")


def test_cite_as_json_and_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A claim file, or one claim of it, can be quoted as well; a lemma has no source of its own."""
    assert main(["cite", SMALL, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == 1
    assert [c["id"] for c in data["claims"]] == ["small.grows", "small.shrinks", "small.square"]
    assert {c["lemmascope"] for c in data["claims"]} == {__version__} and data["claims"][2]["source"] is None
    assert main(["cite", f"{SMALL}::small.grows"]) == 0
    out = capsys.readouterr().out
    assert "small.grows" in out and "small.shrinks" not in out


def test_cite_escapes_what_latex_would_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An underscore in an id is no subscript in the printed note."""
    assert main(["new", str(tmp_path / "my_claims.py")]) == 0
    assert main(["cite", str(tmp_path / "my_claims.py")]) == 0
    assert "note = {Claim my\\_claims.first, statement SHA-256" in capsys.readouterr().out


def test_cite_of_an_unknown_claim(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt id names the nearest; exit code 2."""
    assert main(["cite", "covering.volum"]) == 2
    captured = capsys.readouterr()
    assert "Did you mean covering.volume" in captured.err and captured.out == ""
