"""`lemmascope cite`: how to quote a claim so that a reader can find both the source and what exactly was proved."""

from __future__ import annotations

import argparse
import json
from typing import Any

from theory.language.claims import Claim, Lemma

from . import __version__
from .cli_output import write_text
from .registry import Registry, find, load
from .verification import axioms_digest


def run_cite(args: argparse.Namespace) -> int:
    """Print BibTeX of the source and of the statement as it was checked."""
    registry, items = find(args.claim, load(args.claim))
    if args.json:
        write_text(json.dumps({"schema": 1, "claims": [citation(item, registry) for item in items]}, indent=1))
    else:
        write_text("\n\n".join(bibtex(item, registry) for item in items))
    return 0


def citation(item: Claim | Lemma, registry: Registry) -> dict[str, Any]:
    """Return what identifies a claim: id, source, SHA-256 of statement and axioms, version of this package."""
    source = None if item.source is None else str(item.source)
    return {"id": item.id, "title": item.title, "source": source, "bibtex": bibtex(item, registry),
            "digest": item.digest, "axioms": axioms_digest(registry), "lemmascope": __version__,
            "cited": [name for name in _cited(item, registry)]}


def bibtex(item: Claim | Lemma, registry: Registry) -> str:
    """Return two BibTeX entries, the source of a claim and the claim as stated here, after lines of comment."""
    lines = [f"% {item.id}: {' '.join(item.title.split())}",
             f"% statement SHA-256 {item.digest}",
             f"% axioms SHA-256 {axioms_digest(registry)}, lemmascope {__version__}"]
    if item.source is not None:
        lines += [f"% source: {_place(item)}", item.source.bibtex(f"{item.id}:source")]
    note = f"Claim {item.id}, statement SHA-256 {item.digest}"
    lines += [f"@software{{{item.id},", f"  title = {{Lemmascope: {_braced(item.title)}}},",
              f"  version = {{{__version__}}},", f"  note = {{{_braced(note)}}}", "}"]
    lines += [f"% rests without proof on {name}: {registry.citations[name].source}" for name in _cited(item, registry)]
    return "\n".join(lines)


def _place(item: Claim | Lemma) -> str:
    source = item.source
    words = [source.status, source.theorem, source.note] if source is not None else []
    return "; ".join(" ".join(word.split()) for word in words if word)


def _cited(item: Claim | Lemma, registry: Registry) -> list[str]:
    """Return the citations that the derivations below an item mention."""
    from .dependencies import facts_of_item

    used = {fact for name in registry.closure([item.id]) for fact in facts_of_item(registry.items[name])}
    return [name for name in registry.citations if name in used]


def _braced(text: str) -> str:
    """Return a text with the characters that LaTeX reads as commands escaped."""
    return "".join("\\" + c if c in "_%&#$" else c for c in " ".join(text.split()))
