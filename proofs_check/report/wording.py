"""Words and marks that several pages share."""

from __future__ import annotations

import importlib
from html import escape

from proofs_check.verdicts import SEMANTICS, Report, Trial, Verdict

from .fragments import mark
from .typography import pretty


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun.

    >>> count(1, "lemma"), count(2, "lemma")
    ('1 lemma', '2 lemmas')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def verdict_mark(v: Verdict) -> str:
    """Return outcome, grade and citations as a coloured mark."""
    declared = "" if v.outcome is v.declared else f", declared {v.declared}"
    return mark(v.describe(), v.as_declared, declared)


ACRONYMS = frozenset({"de", "etr", "gnn"})
"""Words of families' names that are written in capitals."""


def family_title(family: str) -> str:
    """Return a family's name as a heading.

    >>> family_title("gnn_convergence"), family_title("covering")
    ('GNN convergence', 'Covering')
    """
    return capital(" ".join(word.upper() if word in ACRONYMS else word for word in family.split("_")))


def capital(text: str) -> str:
    """Return a text with a capital in front."""
    return text[:1].upper() + text[1:]


def notes(lines: tuple[str, ...]) -> str:
    """Return the notes of a run."""
    return "".join(f"<p>{escape(line)}</p>" for line in lines)


def introduction(family: str) -> str:
    """Return the first paragraph of what the family's package says about itself."""
    try:
        text = importlib.import_module(f"theory.{family}").__doc__ or ""
    except ImportError:
        return ""
    return f'<p class="lead">{pretty(" ".join(text.split(chr(10) * 2)[0].split()))}</p>'


def foot(report: Report) -> str:
    """Return what stands at the end of every page."""
    trials = sum(e.trial is Trial.PASSED for e in report.experiments.values())
    return (f"Made from checked objects by lemmascope: {count(len(report.claims), 'claim')}, "
            f"{count(len(report.lemmas), 'lemma')}, {count(trials, 'experiment')} passed; {SEMANTICS}. Checker "
            f"{escape(report.checker[:12])}, axioms {escape(report.axioms[:12])}.")


VERDICTS = """
<dl class="setting">
<dt><b>Proved</b></dt><dd>an independent checker accepted a certificate of exactly this statement, its hypotheses hold
together at an explicit point, and every false neighbour (control) is refuted</dd>
<dt><b>Refuted</b></dt><dd>a point is given at which all hypotheses hold and the conclusion fails; the checker replayed
it</dd>
<dt><b>Observed</b></dt><dd>an experiment's rule, fixed beforehand, held, and it would have caught planted errors; never
called proved</dd>
<dt><b>Undecided</b></dt><dd>none of these, with the reason</dd>
<dt><b>exact, enclosed, decided</b></dt><dd>the weakest step of the proof and of all it rests on: polynomial
identities and exact evaluation; rational interval arithmetic; two solvers that agree</dd>
</dl>
"""
"""The five outcomes explained."""
