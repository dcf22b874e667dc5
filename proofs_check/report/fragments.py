"""Narrations as HTML: names of facts become links, formulas become MathML, everything else is escaped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from theory.language.prose import inline, introduced, sentence

from .narration import Fact, Given, Math, Variables, Words

_FORMULA_HEADS = frozenset({"<=", "<", "=", "!=", "or", "all", "some", "pred", "def"})
_SAFE = re.compile(r"[a-z0-9_]+\.[a-z0-9_.-]{1,80}")


def page_name(name: str) -> str:
    """Return the file of an id's page; an id that is no plain file name gets a digest, so that no two ids collide.

    >>> page_name("covering.volume"), page_name("../x")[-16:]
    ('covering.volume.html', '-d6b96a97d1.html')
    """
    if _SAFE.fullmatch(name) and ".." not in name:
        return f"{name}.html"
    plain = re.sub(r"[^a-z0-9_-]+", "_", name.lower())[:60]
    return f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:10]}.html"


def family_page(family: str) -> str:
    """Return the file of a family's page."""
    plain = re.sub(r"[^a-z0-9_]+", "_", family.lower())
    return f"family-{plain}.html" if plain == family else f"family-{page_name(family)}"


@dataclass(frozen=True)
class Links:
    """Where the names of the library lead: pages of items, places in the list of axioms and citations."""

    pages: Mapping[str, str]
    titles: Mapping[str, str] = field(default_factory=dict)
    trusted: Mapping[str, str] = field(default_factory=dict)

    def fact(self, name: str, anchors: Mapping[str, str]) -> str:
        """Return a fact's name as a link where there is a place to go to."""
        shown = escape(name)
        if anchors.get(name):
            return f'<a class="fact" href="#{anchors[name]}">{shown}</a>'
        target = self.pages.get(name) or self.trusted.get(name)
        if target is None:
            return f'<span class="fact">{shown}</span>'
        title = escape(self.titles.get(name, ""), quote=True)
        return f'<a class="fact" href="{escape(target, quote=True)}" title="{title}">{shown}</a>'


def words(parts: Words, links: Links, anchors: Mapping[str, str]) -> str:
    """Return a narration as HTML."""
    return "".join(_part(part, links, anchors) for part in parts)


def math(thing: Any, sorts: Mapping[str, Any]) -> str:
    """Return a term inline, a formula as part of a sentence."""
    quantified = isinstance(thing, tuple) and thing[0] in _FORMULA_HEADS
    return sentence(thing, sorts) if quantified else inline(thing, sorts)


def _part(part: Any, links: Links, anchors: Mapping[str, str]) -> str:
    if isinstance(part, Fact):
        return links.fact(part.name, anchors)
    if isinstance(part, Math):
        return math(part.thing, part.sorts)
    if isinstance(part, Variables):
        return introduced(part.pairs, part.sorts)
    if isinstance(part, Given):
        shown = [(f'<span class="name">({escape(name)})</span> ' if name else "") + sentence(formula, part.sorts)
                 for name, formula in part.facts]
        return ", ".join(shown[:-1]) + (" and " if len(shown) > 1 else "") + "".join(shown[-1:])
    return escape(part)


def table(columns: Iterable[str], rows: Iterable[Iterable[str]], style: str = "") -> str:
    """Return a table; cells are markup already."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    kind = f' class="{style}"' if style else ""
    return f'<div class="scroll"><table{kind}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def section(anchor: str, title: str, body: str) -> str:
    """Return a section with a heading, or nothing if there is nothing in it."""
    return f'<section id="{anchor}"><h2>{escape(title)}</h2>{body}</section>' if body else ""


def folded(title: str, body: str, style: str = "") -> str:
    """Return a foldable part; the title is markup."""
    kind = f' class="{style}"' if style else ""
    return f"<details{kind}><summary>{title}</summary>{body}</details>"


def mark(word: str, good: bool | None, extra: str = "") -> str:
    """Return an outcome as a coloured word: good, bad, or neither."""
    style = {True: "good", False: "bad", None: "plain"}[good]
    return f'<span class="mark {style}">{escape(word)}</span>{escape(extra)}'


def join_words(items: Iterable[str]) -> str:
    """Return markup joined by commas and "and"."""
    items = list(items)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
