"""The pages of a run: complete, safe, offline, readable without scripts, and about what was checked."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from proofs_check.checking import check
from proofs_check.registry import Registry
from proofs_check.report import write_site
from proofs_check.report.fragments import family_page, page_name
from proofs_check.report.page import POLICY
from proofs_check.report.site import Site
from proofs_check.verdicts import Outcome, Report
from theory.language.errors import InputError

VOID = frozenset({"meta", "br", "hr", "img", "input", "link"})


class Page(HTMLParser):
    """Collects tags, ids, links and visible text of a page; `unbalanced` lists tags that do not match."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.classes: Counter[str] = Counter()
        self.words: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.unbalanced += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes.update(name for name, _ in attrs)
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        self.links += [found["href"]] if found.get("href") else []
        self.classes.update((found.get("class") or "").split())
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    """Every page of the run, parsed."""
    return {path.name: Page(path) for path in sorted(site.glob("*.html"))}


def test_there_is_a_page_for_everything(site: Path, report: Report) -> None:
    """Index, assumptions, each family, each claim, each lemma, and the report itself."""
    names = {"index.html", "assumptions.html", "report.json", family_page("small")}
    names |= {page_name(v.id) for v in report.verdicts}
    assert {path.name for path in site.iterdir()} == names
    assert check(site / "report.json").accepted


def test_markup_is_balanced_and_ids_are_unique(pages: dict[str, Page]) -> None:
    """Every element is closed where it was opened, and no anchor is given twice."""
    for name, page in pages.items():
        assert page.unbalanced == [], name
        assert [i for i, count in Counter(page.ids).items() if count > 1] == [], name


def test_every_link_leads_somewhere_in_the_directory(pages: dict[str, Page], site: Path) -> None:
    """Links are files beside the page or anchors that exist; nothing leads outside."""
    for name, page in pages.items():
        for link in page.links:
            file, _, anchor = link.partition("#")
            assert not file or (site / file).is_file(), (name, link)
            if anchor:
                assert anchor in pages[file or name].ids, (name, link)


def test_nothing_is_loaded_or_run(pages: dict[str, Page], site: Path) -> None:
    """No script, no event handler, no address of another machine: the browser is told to refuse them, too."""
    for name, page in pages.items():
        text = (site / name).read_text(encoding="utf-8")
        assert not {"script", "link", "img", "iframe", "object", "embed", "form"} & set(page.tags), name
        assert not [a for a in page.attributes if a.startswith("on") or a in ("src", "srcset", "action")], name
        foreign = re.findall(r"https?://[^\s\"'<]+|url\(|@import", text)
        assert set(foreign) <= {"http://www.w3.org/2000/svg"}, name
        assert POLICY.split(";")[0] in text.replace("&#x27;", "'")


def test_hostile_names_stay_text(site: Path, pages: dict[str, Page]) -> None:
    """Markup in ids, titles, summaries, sources, controls, mutants and notes is shown, never interpreted."""
    for name, page in pages.items():
        assert "<script" not in (site / name).read_text(encoding="utf-8")
        assert re.fullmatch(r"[a-z0-9_.-]+\.html", name)
    hostile = next(page for name, page in pages.items() if name.startswith("small_"))
    assert "<script>alert('x')</script>" in hostile.text


def test_every_step_of_every_certificate_is_shown(pages: dict[str, Page], certificates: dict[str, Any]) -> None:
    """A page has as many steps as its certificate, inner ones and side proofs included."""
    for entry in certificates["claims"]:
        proofs = [entry["steps"], *(part["steps"] for part in entry.get("posed", ()))]
        assert pages[page_name(entry["id"])].classes["step"] == sum(map(_steps, proofs)), entry["id"]


def _steps(value: Any) -> int:
    if isinstance(value, dict):
        return ("by" in value) + sum(map(_steps, value.values()))
    return sum(map(_steps, value)) if isinstance(value, list) else 0


def test_pages_show_the_digests_of_statement_axioms_and_checker(site: Path, report: Report) -> None:
    """The digest on a page is that of the statement in theory/, and the report beside it carries the same."""
    stored = json.loads((site / "report.json").read_text())
    for verdict in report.verdicts:
        text = (site / page_name(verdict.id)).read_text(encoding="utf-8")
        assert verdict.digest in text and report.checker in text and report.axioms in text
        group = stored["summary"]["claims" if verdict.id in report.claims else "lemmas"]
        assert group[verdict.id]["digest"] == verdict.digest


def test_a_claim_page_tells_the_whole_story(pages: dict[str, Page]) -> None:
    """Summary, hypotheses with what shows that they are needed, reasons in words, controls, mutants, instance."""
    text = pages["small.grows.html"].text
    for words in ("A number that is at least 1 stays so", "Needed: the claim is false without it", "x = 0, y = 0",
                  "by small.square", "by linear arithmetic from H1 and s", "A point that refutes it", "1/3",
                  "the budget is spent",
                  "1 equivalent mutant,", "All hypotheses hold together", "No theorem of the literature", "nobody",
                  "python -I -S proofs_check/certificates/checker report.json"):
        assert words in text, words
    assert pages["small.grows.html"].tags["math"] > 10


def test_a_refuted_claim_shows_where_it_fails(pages: dict[str, Page]) -> None:
    """The point and both sides there, in numbers: 1 is not less than 1."""
    text = pages["small.shrinks.html"].text
    assert "zero square refuted" in text and "There the conclusion would say 1 < 1" in text


def test_lemmas_have_pages_with_their_proofs(pages: dict[str, Page]) -> None:
    """A lemma's page has its statement and the identity behind it."""
    text = pages["small.square.html"].text
    assert "A square is not negative" in text and "sum of squares" in text


def test_a_run_without_certificates_has_pages_with_the_reason(report: Report, library: Registry) -> None:
    """When nothing could be searched or checked, pages say so instead of failing."""
    claims = {name: replace(v, outcome=Outcome.UNDECIDED, grade="", uses=(), instance=None, controls=(), refutations=(),
                            reason="the search did not finish") for name, v in report.claims.items()}
    empty = replace(report, claims=claims, lemmas={}, certificates={}, interrupted=True)
    written = dict(Site(empty, library).pages())
    assert "the search did not finish" in written["small.grows.html"] and "Undecided" in written["index.html"]
    assert 'id="derivation"' not in written["small.grows.html"]


def test_a_place_that_cannot_be_written_is_an_input_error(report: Report, library: Registry, tmp_path: Path) -> None:
    """A file where the directory should be is reported in one paragraph."""
    (tmp_path / "taken").write_text("")
    with pytest.raises(InputError, match="a directory that can be written"):
        write_site(report, library, tmp_path / "taken")


def test_ids_get_different_file_names() -> None:
    """Ids that are no plain file names are told apart, also where a file system ignores case."""
    ids = ["a.b", "A.b", "a.B", "../a.b", "a/b", "a_b", "index", "a.b.html", "é.b", ""]
    names = [page_name(name).lower() for name in ids]
    assert len(set(names)) == len(ids)
    assert not {"index.html", "assumptions.html"} & set(names)
