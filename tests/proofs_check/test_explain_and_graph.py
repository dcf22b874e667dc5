"""`lemmascope explain`, `graph` and `verify --html`, and what claims and verdicts show in a notebook."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from proofs_check.cli import main
from proofs_check.notebook import tabular
from proofs_check.registry import load as load_registry
from proofs_check.registry import load_file
from proofs_check.tables import Table
from proofs_check.verification import verify
from theory.language import Claim

FILE = str(Path(__file__).with_name("small_claims.py"))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with a run on the small claims, whose pages lie in its folder `pages`."""
    place = tmp_path_factory.mktemp("ledger")
    assert main(["verify", FILE, "--ledger", str(place), "--html", str(place / "pages"), "--jobs", "1"]) == 0
    return place


def test_verify_writes_pages(ledger: Path) -> None:
    """--html leaves an index and a page for each claim of the user's file."""
    assert {"index.html", "small.grows.html", "small.shrinks.html"} <= {p.name for p in (ledger / "pages").iterdir()}


def test_pages_and_json_on_stdout_go_together(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json - leaves nothing but JSON on stdout, and the pages are written all the same."""
    place = ledger / "again"
    assert main(["verify", FILE, "--ledger", str(ledger), "--html", str(place), "--json", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["claims"]["small.grows"]["outcome"] == "Proved"
    assert (place / "index.html").is_file()


def test_explain_names_facts_and_multipliers(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole derivation with reasons, and one step with the identity behind it."""
    assert main(["explain", f"{FILE}::small.grows", "--ledger", str(ledger)]) == 0
    out = capsys.readouterr().out
    assert "H1: 1 <= x" in out and "by small.square with x = y" in out
    assert "by linear arithmetic from H1 and s" in out
    assert main(["explain", f"{FILE}::small.grows", "end", "--ledger", str(ledger)]) == 0
    out = capsys.readouterr().out
    assert "(goal) = (H1) + (s)" in out and '"by": "combine"' in out and "s: 0 <= y*y" in out


def test_explain_says_what_there_is_to_say(ledger: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A refuted claim has no derivation, an unknown step has neighbours, an empty ledger has a remedy."""
    assert main(["explain", f"{FILE}::small.shrinks", "--ledger", str(ledger)]) == 0
    assert "declared Refuted" in capsys.readouterr().out
    assert main(["explain", f"{FILE}::small.grows", "ende", "--ledger", str(ledger)]) == 2
    assert "Did you mean end?" in capsys.readouterr().err
    assert main(["explain", f"{FILE}::small.grows", "--ledger", str(tmp_path)]) == 0
    assert "lemmascope verify" in capsys.readouterr().out


@pytest.mark.slow
def test_explain_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A derivation that fails is explained by the step and what the search lacked."""
    broken = tmp_path / "broken.py"
    broken.write_text(Path(FILE).read_text().replace('facts="H1 s"', 'facts="s"'))
    assert main(["verify", str(broken), "--ledger", str(tmp_path), "--jobs", "1"]) == 1
    capsys.readouterr()
    assert main(["explain", f"{broken}::small.grows", "--ledger", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "what is missing" in out and "end" in out


def test_graph_is_svg_or_dot(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A family as a picture that stands alone, and as text for graphviz; an unknown family is bad input."""
    assert main(["graph", "textbook", "--ledger", str(ledger)]) == 0
    picture = ElementTree.fromstring(capsys.readouterr().out)
    assert picture.tag.endswith("svg") and any("style" in part.tag for part in picture)
    assert main(["graph", "covering.volume", "--format", "dot", "--ledger", str(ledger)]) == 0
    assert '"covering.volume_ratio" -> "covering.volume"' in capsys.readouterr().out
    assert main(["graph", "coverin", "--ledger", str(ledger)]) == 2
    assert "Did you mean covering" in capsys.readouterr().err


def test_everything_shows_itself_in_a_notebook(ledger: Path) -> None:
    """Claims, lemmas, verdicts, reports and tables give HTML, and LaTeX for print."""
    _, claims, lemmas = load_file(FILE, load_registry())
    report = verify(FILE, ledger=ledger)
    table = Table("t", ("a",), (("1",),))
    for thing in (claims[0], lemmas[0], report.claims["small.grows"], report, table):
        assert thing._repr_html_().startswith("<") and "\\" in thing._repr_latex_() or "$$" in thing._repr_latex_()
    assert isinstance(claims[0], Claim)
    card = ElementTree.fromstring(claims[0]._repr_html_())
    assert "H1" in "".join(card.itertext()) and len(list(card.iter("math"))) > 3
    assert "Proved, exact" in report.claims["small.grows"]._repr_html_()
    assert "small.grows & Proved, exact & 1/1" in report._repr_latex_()


def test_latex_tables_escape_what_latex_reads() -> None:
    """Per cent signs, underscores and backslashes of a text are escaped."""
    assert r"a\_b & 50\% \\" in tabular(("x", "y"), [("a_b", "50%")])
