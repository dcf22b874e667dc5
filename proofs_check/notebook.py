"""How verdicts and reports show themselves in a notebook: short HTML, and LaTeX for what is printed from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .verdicts import Report, Verdict

_LATEX = {**{mark: "\\" + mark for mark in "&%$#_{}"}, "\\": r"\textbackslash{}", "~": r"\textasciitilde{}",
          "^": r"\textasciicircum{}", "<": "$<$", ">": "$>$", "|": "$|$"}


def facts(verdict: Verdict) -> list[tuple[str, str]]:
    """Return what is known about a claim as pairs (name, words), empty ones left out."""
    trials = "; ".join(f"{e.id}: {e.trial}, {e.text}" for e in verdict.experiments)
    pairs = [
        ("verdict", verdict.describe()), ("declared", str(verdict.declared)), ("reason", verdict.reason),
        ("controls refuted", verdict.controls_refuted if verdict.controls else ""),
        ("mutants killed", verdict.mutants_killed), ("experiments", trials),
        ("findings", "; ".join(verdict.findings)), ("statement SHA-256", verdict.digest),
    ]
    return [(name, words) for name, words in pairs if words]


def verdict_html(verdict: Verdict) -> str:
    """Return a verdict as a small HTML table."""
    rows = "".join(f"<tr><th>{name}</th><td>{escape(words)}</td></tr>" for name, words in facts(verdict))
    return f"<p><b>{escape(verdict.title)}</b> <code>{escape(verdict.id)}</code></p><table>{rows}</table>"


def verdict_latex(verdict: Verdict) -> str:
    """Return a verdict as a LaTeX tabular."""
    return tabular((), [(name, words) for name, words in facts(verdict)])


def report_latex(report: Report) -> str:
    """Return the claims of a report as a LaTeX tabular."""
    rows = [(v.id, v.describe(), v.controls_refuted if v.controls else "", v.mutants_killed)
            for v in report.claims.values()]
    return tabular(("claim", "verdict", "controls", "mutants"), rows)


def tabular(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""Return rows of plain texts as a LaTeX tabular.

    >>> print(tabular(("a",), [("50%",)]).splitlines()[-3])
    50\% \\
    """
    rows = [tuple(map(_escaped, row)) for row in rows]
    width = len(columns) or max(map(len, rows), default=1)
    head = [" & ".join(map(_escaped, columns)) + r" \\", r"\hline"] if columns else []
    body = [" & ".join(row) + r" \\" for row in rows]
    return "\n".join([rf"\begin{{tabular}}{{{'l' * width}}}", r"\hline", *head, *body, r"\hline", r"\end{tabular}"])


def _escaped(text: str) -> str:
    return "".join(_LATEX.get(c, c) for c in " ".join(text.split()))
