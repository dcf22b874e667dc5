"""`lemmascope graph`: what rests on what, as a picture or for graphviz, with edges as the certificates have them."""

from __future__ import annotations

import argparse

from theory.language.claims import Claim

from .cli_output import write_text
from .last_report import LastReport, read_last
from .registry import TEXTBOOK, Registry, load, unknown
from .report.graph import Graph, to_dot, to_svg
from .report.known import Known, graph_of


def run_graph(args: argparse.Namespace) -> int:
    """Write the graph of a family, of what a claim rests on, or of everything, to stdout."""
    registry = load(*([args.family] if args.family else []))
    graph = known_graph(registry, read_last(args.ledger, registry))
    if args.family in (TEXTBOOK, *registry.families):
        graph = graph.restricted(name for name in graph.nodes if name.split(".", 1)[0] == args.family)
    elif args.family in registry.items:
        graph = graph.below(args.family)
    elif args.family is not None:
        raise unknown("family or claim", args.family, [TEXTBOOK, *registry.families, *registry.items])
    write_text(to_dot(graph) if args.format == "dot" else to_svg(graph, args.family or "lemmascope", alone=True))
    return 0


def known_graph(registry: Registry, last: LastReport) -> Graph:
    """Return the graph of all claims and lemmas; what has no certificate yet uses what its derivation names."""
    known = {}
    for name, item in registry.items.items():
        verdict = last.verdicts.get(name)
        if verdict is None:
            known[name] = Known(item.title, "", "", (), registry.uses(name), isinstance(item, Claim))
        else:
            known[name] = Known(item.title, verdict["outcome"], verdict["grade"], tuple(verdict["cited"]),
                                tuple(verdict["uses"]), isinstance(item, Claim))
    return graph_of(known)
