"""The frame of a page: one file, its style inside, nothing loaded from anywhere and no script."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from importlib import resources

from .fragments import section
from .typography import kept_together

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""The browser itself refuses scripts, fonts, pictures and requests on these pages."""


@cache
def style() -> str:
    """Return the style sheet that every page contains."""
    return (resources.files(__package__) / "page.css").read_text(encoding="utf-8")


def page(title: str, trail: Iterable[tuple[str, str]], head: str, sections: Iterable[tuple[str, str, str]],
         foot: str = "") -> str:
    """Return a whole page.

    Args:
        title: text for the tab.
        trail: (text, file) of the pages above this one.
        head: markup of the heading.
        sections: (anchor, title, markup); empty ones are left out, the others listed as contents.
        foot: markup below everything.
    """
    shown = [(anchor, name, body) for anchor, name, body in sections if body]
    contents = "".join(f'<li><a href="#{anchor}">{escape(name)}</a></li>' for anchor, name, _ in shown)
    crumbs = " › ".join(f'<a href="{escape(file, quote=True)}">{escape(text)}</a>' for text, file in trail)
    body = "".join(section(*entry) for entry in shown)
    return kept_together(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY, quote=True)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style()}</style>\n</head>\n<body>\n"
        f'<nav class="trail">{crumbs}</nav>\n<div class="columns"><nav class="contents"><ul>{contents}</ul></nav>\n'
        f"<main>\n<header>{head}</header>\n{body}\n<footer>{foot}</footer>\n</main></div>\n</body>\n</html>\n"
    )
