"""The graph of what rests on what, from verdicts: nodes in the colour of their transitive grade, edges as checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .graph import Graph, GraphNode


@dataclass(frozen=True)
class Known:
    """What is known about one claim or lemma, in words."""

    title: str
    outcome: str
    grade: str
    cited: tuple[str, ...]
    uses: tuple[str, ...]
    claim: bool


STYLES = {
    "exact": "proved, exact", "enclosed": "proved by enclosures", "decided": "decided by solvers", "cited":
    "rests on a citation", "observed": "observed", "refuted": "refuted", "undecided": "undecided or not verified yet",
}


def style_of(known: Known) -> str:
    """Return the colour of a node: its transitive grade if it is proved, else its outcome."""
    if known.outcome == "Proved":
        return "cited" if known.cited else known.grade or "undecided"
    return {"Refuted": "refuted", "Observed": "observed"}.get(known.outcome, "undecided")


def graph_of(known: Mapping[str, Known], pages: Mapping[str, str] | None = None) -> Graph:
    """Return the graph of everything known; uses that nothing is known about are left out."""
    pages = pages or {}
    nodes = {name: GraphNode(name, one.title, style_of(one), one.claim, pages.get(name, ""))
             for name, one in known.items()}
    edges = tuple((name, used) for name, one in known.items() for used in one.uses if used in known and used != name)
    return Graph(nodes, edges)


def key(styles: Iterable[str]) -> str:
    """Return the key of the colours that occur."""
    present = set(styles)
    return "".join(f'<span class="key {style}">{words}</span>' for style, words in STYLES.items() if style in present)
