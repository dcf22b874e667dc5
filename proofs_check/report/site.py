"""All pages of one run: an index, a page for each family, claim and lemma, the assumptions, and the report itself."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from proofs_check.cli_assumptions import caps
from proofs_check.engines.canonical import Canon
from proofs_check.engines.elaboration import axiom_table
from proofs_check.engines.obligations import obligations
from proofs_check.ledger import write_atomic
from proofs_check.registry import Registry
from proofs_check.verdicts import Outcome, Report, Verdict
from proofs_check.verification import write_report
from theory.language.claims import Claim, Lemma
from theory.language.errors import InputError, explain
from theory.language.prose import sentence
from theory.language.terms import from_json

from . import sections
from .figures import figure
from .fragments import Links, family_page, folded, mark, page_name, table
from .graph import Graph, to_svg
from .known import Known, graph_of, key
from .page import page
from .proofs import derivation, obligation, overview
from .reading import proof, side_proofs
from .typography import paragraphs, pretty
from .witnesses import points_of, readable
from .wording import VERDICTS, capital, count, family_title, foot, introduction, notes, verdict_mark

INDEX, ASSUMPTIONS, REPORT = "index.html", "assumptions.html", "report.json"


def write_site(report: Report, registry: Registry, directory: str | Path) -> Path:
    """Write the pages of a run into a directory and return the index.

    Raises InputError if the directory cannot be written.
    """
    folder = Path(directory)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in Site(report, registry).pages():
            write_atomic(folder / name, text.encode("utf-8"))
    except OSError as error:
        remedy = "Name another directory."
        raise InputError(explain(str(folder), "a directory that can be written", error, remedy)) from None
    write_report(report, folder / REPORT)
    return folder / INDEX


@dataclass(frozen=True)
class Site:
    """The pages of one run, made on demand."""

    report: Report
    registry: Registry

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield file names and contents."""
        yield INDEX, self.index()
        yield ASSUMPTIONS, self.assumptions()
        for family in self.families:
            yield family_page(family), self.family(family)
        for verdict in self.report.verdicts:
            yield page_name(verdict.id), self.item(verdict)

    @property
    def families(self) -> tuple[str, ...]:
        """The families of the claims and lemmas of this run, those with claims first."""
        return tuple(dict.fromkeys(v.id.split(".", 1)[0] for v in self.report.verdicts))

    @cached_property
    def links(self) -> Links:
        """Where names lead."""
        pages = {v.id: page_name(v.id) for v in self.report.verdicts}
        titles = {name: item.title for name, item in self.registry.items.items()}
        trusted = [*self.registry.axioms, *self.registry.citations]
        return Links(pages, titles, {name: f"{ASSUMPTIONS}#t{k}" for k, name in enumerate(trusted, 1)})

    @cached_property
    def library(self) -> dict[str, Any]:
        """Formulas by name: axioms, citations, and everything with a certificate."""
        found = dict(self.registry.axioms)
        found |= {c.id: c.statement.formula for c in self.registry.cited}
        return found | {name: from_json(entry["statement"]) for name, entry in self.entries.items()}

    @cached_property
    def entries(self) -> dict[str, Any]:
        """Certificates of claims and lemmas by id."""
        return {entry["id"]: entry for entry in self.certificates.get("claims", ())}

    @cached_property
    def certificates(self) -> dict[str, Any]:
        """The certificates as a reader of the report file gets them, with lists throughout."""
        return json.loads(json.dumps(dict(self.report.certificates)))

    @cached_property
    def graph(self) -> Graph:
        """Everything in this run."""
        known = {v.id: Known(v.title, str(v.outcome), v.grade, v.cited, v.uses, v.id in self.report.claims)
                 for v in self.report.verdicts}
        return graph_of(known, self.links.pages)

    # ---- overview

    def index(self) -> str:
        """Return the page of the run."""
        report = self.report
        good = report.exit_code() == 0 and not report.interrupted
        head = (f"<h1>Lemmascope report</h1><p class=\"lead\">{mark('as declared' if good else 'attention', good)} "
                f"{escape(capital(report.headline))}.</p><p class=\"id\">{escape(report.profile)} profile, seed "
                f"{report.seed}, {report.seconds:.1f} s</p>{notes(report.notes)}")
        shown = [(f"f{k}", family, self._family_table(family) + self._more(family))
                 for k, family in enumerate(self.families, 1) if any(c.split(".")[0] == family for c in report.claims)]
        others = [f for f in self.families if f not in [name for _, name, _ in shown]]
        lemmas = "".join(f'<p><a href="{family_page(f)}">{escape(f)}</a>: {count(self._count(f), "lemma")}</p>'
                         for f in others)
        check = (f"<p>All certificates of this run lie beside these pages in <a href=\"{REPORT}\">{REPORT}</a>. To "
                 "re-check them with the standard library alone:</p><pre>python -I -S "
                 f"proofs_check/certificates/checker {REPORT}</pre>"
                 f"<p>Everything that is taken on trust is listed under <a href=\"{ASSUMPTIONS}\">assumptions</a>.</p>")
        parts = [*shown, ("lemmas", "Lemmas used", lemmas), ("key", "How to read a verdict", VERDICTS),
                 ("check", "How to check this report", check + self._digests())]
        return page("Lemmascope report", (), head, parts, foot(report))

    def _more(self, family: str) -> str:
        return f'<p><a href="{family_page(family)}">The family {escape(family)}</a>: lemmas and dependencies</p>'

    def _count(self, family: str) -> int:
        return sum(name.split(".")[0] == family for name in self.report.lemmas)

    def _family_table(self, family: str) -> str:
        rows = []
        for v in self.report.claims.values():
            if v.id.split(".", 1)[0] == family:
                item = self.registry.items[v.id]
                summary = item.summary if isinstance(item, Claim) else ""
                trials = "; ".join(str(e.trial) for e in v.experiments)
                rows.append((f'<a href="{page_name(v.id)}">{pretty(v.title)}</a><br><span class="id">{escape(v.id)}'
                             f"</span><br>{pretty(summary)}", verdict_mark(v),
                             v.controls_refuted if v.controls else "", v.mutants_killed, escape(trials)))
        columns = ("claim", "verdict", "controls", "mutants", "experiment")
        kept = [k for k in range(len(columns)) if any(row[k] for row in rows)]
        return table([columns[k] for k in kept], [[row[k] for k in kept] for row in rows]) if rows else ""

    def _digests(self) -> str:
        rows = [("<b>checker</b>", f"<code>{escape(self.report.checker)}</code>"),
                ("<b>axioms</b>", f"<code>{escape(self.report.axioms)}</code>"),
                ("<b>versions</b>", escape(", ".join(f"{n} {v}" for n, v in self.report.versions.items())))]
        return table(("", "SHA-256 or value"), rows, "facts")

    def family(self, family: str) -> str:
        """Return the page of one family: claims, dependencies, experiments, lemmas."""
        names = [v.id for v in self.report.verdicts if v.id.split(".", 1)[0] == family]
        drawn = self.graph.restricted(names)
        lemmas = [(f'<a href="{page_name(v.id)}">{escape(v.id)}</a>', pretty(v.title), verdict_mark(v))
                  for v in self.report.lemmas.values() if v.id in names]
        apart = [e for e in self.report.experiments.values() if e.data.get("claim") not in self.report.claims
                 and e.id.split(".")[0] == family]
        head = f"<h1>{escape(family_title(family))}</h1>{introduction(family)}"
        parts = (
            ("claims", "Claims", self._family_table(family)),
            ("graph", "What rests on what", self._drawn(drawn) if drawn.edges else ""),
            ("experiments", "Further experiments", sections.experiments(apart, figure)),
            ("lemmas", "Lemmas", table(("lemma", "statement in words", "verdict"), lemmas) if lemmas else ""),
        )
        return page(f"{family} — Lemmascope", ((INDEX[:-5], INDEX),), head, parts, foot(self.report))

    def _drawn(self, drawn: Graph) -> str:
        styles = [node.style for node in drawn.nodes.values()]
        note = ("Lines run from what is used, on the left, to what uses it; they were found in the certificates, and "
                "those that a longer path implies are left out. Claims have square corners.")
        return (f'<figure><div class="scroll">{to_svg(drawn)}</div><figcaption>{key(styles)}<br>{note}</figcaption>'
                "</figure>")

    def assumptions(self) -> str:
        """Return the page of everything taken on trust."""
        rows = [(f'<span id="t{k}">{escape(name)}</span>', sentence(formula))
                for k, (name, formula) in enumerate(self.registry.axioms.items(), 1)]
        start = len(rows) + 1
        cited = [(f'<span id="t{k}">{escape(c.id)}</span><br>{escape(c.title)}', escape(str(c.source)),
                  sentence(c.statement.formula)) for k, c in enumerate(self.registry.cited, start)]
        limits = table(("cap", "value", "file"), [tuple(map(escape, row)) for row in caps()])
        none = "<p>None: nothing is taken from the literature without proof.</p>"
        head = "<h1>Assumptions</h1><p class=\"lead\">Everything that these proofs take on trust.</p>"
        parts = (("axioms", "Axioms", table(("axiom", "statement"), rows)),
                 ("cited", "Cited theorems", table(("theorem", "source", "statement"), cited) if cited else none),
                 ("caps", "Limits of the checker", "<p>What is larger is rejected, never accepted.</p>" + limits),
                 ("rules", "Also trusted", "<p>Python itself, and the rules of the checker, which reads certificates "
                  "with the standard library alone.</p>" + self._digests()))
        return page("Assumptions — Lemmascope", ((INDEX[:-5], INDEX),), head, parts, foot(self.report))

    # ---- claims and lemmas

    def item(self, verdict: Verdict) -> str:
        """Return the page of one claim or lemma."""
        item = self.registry.items[verdict.id]
        family = verdict.id.split(".", 1)[0]
        summary = item.summary if isinstance(item, Claim) else ""
        reason = f"<p>{mark('reason', False)} {escape(verdict.reason)}</p>" if verdict.reason else ""
        findings = "".join(f"<p>{mark('finding', None)} {escape(text)}</p>" for text in verdict.findings)
        head = (f"<h1>{pretty(verdict.title)}</h1><p class=\"id\">{escape(verdict.id)} · {verdict_mark(verdict)}</p>"
                f"<p class=\"lead\">{pretty(summary)}</p>{self._setting(item)}{reason}{findings}")
        trail = ((INDEX[:-5], INDEX), (family, family_page(family)))
        return page(f"{verdict.title} — Lemmascope", trail, head, self._sections(item, verdict), foot(self.report))

    def _setting(self, item: Claim | Lemma) -> str:
        """What the module of a claim says about its objects, if the claim has a module of its own name."""
        if not isinstance(item, Claim) or not item.id.isascii() or not item.id.replace(".", "_").isidentifier():
            return ""
        try:
            module = importlib.import_module(f"theory.{item.id}")
        except ImportError:
            return ""
        return f'<div class="words">{paragraphs(module.__doc__ or "")}</div>'

    def _sections(self, item: Claim | Lemma, verdict: Verdict) -> list[tuple[str, str, str]]:
        points = {name: readable(entry) for name, entry in points_of(self.certificates, item.id)}
        claim = item if isinstance(item, Claim) else None
        facts = {"report": REPORT, "axioms": self.report.axioms, "checker": self.report.checker,
                 "profile": self.report.profile, "seed": str(self.report.seed)}
        tight = f"<p>{pretty(claim.tightness)}</p>" if claim is not None and claim.tightness else ""
        return [
            ("statement", "Statement", sections.statement(item, verdict, points)),
            ("refutation", "How it fails", sections.refutations(verdict, points)),
            ("derivation", "Derivation", self._derivation(verdict)),
            ("tightness", "Tightness", tight),
            ("controls", "Controls", sections.controls(claim, verdict, points) if claim is not None else ""),
            ("mutants", "Mutants", sections.mutants(verdict)),
            ("instance", "An instance", sections.instance(verdict, points)),
            ("experiments", "Experiments", sections.experiments(verdict.experiments, figure)),
            ("source", "Source", sections.source(item.source)),
            ("comparison", "Formal against source", sections.comparison(claim.comparison) if claim is not None else ""),
            ("assumptions", "Assumptions",
             sections.assumptions(verdict, self.registry.axioms, self.registry.citations, self.links)),
            ("graph", "What it rests on", self._below(verdict)),
            ("reproduce", "How to reproduce", sections.reproduce(item, facts, self.report.versions)),
        ]

    def _derivation(self, verdict: Verdict) -> str:
        entry = self.entries.get(verdict.id)
        if entry is None or not entry.get("steps"):
            return ""
        lines = proof(entry, self.library)
        took = f" in {verdict.checked_ms:.1f} ms" if verdict.checked_ms else ""
        state = f"The checker accepted all of them{took}" if verdict.grade else "The checker did not accept them"
        lead = (f"<p>{overview(lines)}. {state}. Every step opens to its certificate; a name such as "
                "<span class=\"fact\">H1</span> leads to the fact.</p>")
        return lead + derivation(lines, self.links, self.library[verdict.id][3]) + self._obligations(verdict.id, entry)

    def _obligations(self, name: str, entry: Any) -> str:
        if not entry.get("posed"):
            return ""
        canon = Canon(axiom_table()["generators"], axiom_table()["predicates"])
        closed = obligations(self.library[name], canon)
        body = "".join(obligation(formula, lines, self.links)
                       for formula, lines in side_proofs(entry, closed, self.library))
        title = (f"{count(len(entry['posed']), 'side proof')} that every denominator, logarithm, root, exponent and "
                 "binomial of the statement is admissible")
        return folded(title, body, "obligations")

    def _below(self, verdict: Verdict) -> str:
        if not verdict.uses:
            return "<p>It uses no lemma, only the axioms.</p>" if verdict.outcome is Outcome.PROVED else ""
        direct = ", ".join(self.links.fact(name, {}) for name in verdict.uses)
        below = self.graph.below(verdict.id)
        drawn = self._drawn(below) if len(below.nodes) > 1 else ""
        total = count(len(below.nodes) - 1, "lemma or claim", "lemmas and claims")
        return f"<p>Used directly: {direct}. In all {total}.</p>{drawn}"
