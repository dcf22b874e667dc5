"""`lemmascope table gnn_convergence`: rates of training a linear graph network, before and during training."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proofs_check.cli_output import shown_progress
from proofs_check.cli_usage import refuse
from proofs_check.tables import Table
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.experiments.plots import Plot

    from .tasks import Task

SUMMARY = "rates of training graph networks: what is guaranteed before training, and how tight it was"
EXAMPLES = """\
examples:
  lemmascope table gnn_convergence --graph karate --model gcn --layers 1 2 3
  lemmascope table gnn_convergence --graph les_miserables --model gin --layers 1 2     twins: the printed bound is 0
  lemmascope table gnn_convergence --graph karate --features gaussian:6 --skip --figures figures
  lemmascope table gnn_convergence --graph my_graph.graphml --train 1/3 --labels degree --certified-only
  lemmascope table gnn_convergence --graph examples/graph_task.py:communities --layers 1 2 --format md
Graphs: karate, les_miserables, davis, florentine, petersen, digits, path:7, cycle:9, complete:5; a GraphML file or an
edge list; or a factory FILE.py:FACTORY that returns a graph or {"graph": ..., "X": ..., "train": ..., "Y": ...,
"aggregation": ...}, columns being nodes. Loss ||f - Y||^2, neither halved nor averaged.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the family."""
    parser.add_argument("--graph", required=True, metavar="GRAPH",
                        help="a name, a GraphML file, an edge list, or FILE.py:FACTORY (the file is executed)")
    parser.add_argument("--model", metavar="KIND", help="aggregation: gcn or gin (gcn, or the factory's own)")
    parser.add_argument("--layers", nargs="+", type=int, default=[1, 2, 3], metavar="H",
                        help="numbers of layers, one row each (1 2 3)")
    parser.add_argument("--skip", action="store_true", help="heads on all layers (multiscale, jumping knowledge)")
    parser.add_argument("--features", metavar="KIND", help="own, one-hot or gaussian:K (the graph's own, else one-hot)")
    parser.add_argument("--labels", metavar="KIND", help="own, degree or random (the graph's own, else degree)")
    parser.add_argument("--train", metavar="NODES", help="share of the nodes such as 1/2, or nodes such as 0,3,4 (1/2)")
    parser.add_argument("--width", type=int, metavar="M", help="width of all layers (number of features)")
    parser.add_argument("--start", choices=("orthogonal", "gaussian"), default="orthogonal",
                        help="layers at the start (orthogonal)")
    parser.add_argument("--scale", default="1", metavar="BETA", help="factor of the layers at the start (1)")
    parser.add_argument("--heads", default="0", metavar="SIGMA", help="standard deviation of the heads' entries (0)")
    parser.add_argument("--eps", default="1e-6", metavar="E", help="time until the gap is E times that at the start")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="of the start and of random choices (0)")
    parser.add_argument("--certified-only", action="store_true",
                        help="leave out training and its columns, which take most of the time")


def run(args: argparse.Namespace) -> tuple[Table, Mapping[str, Plot]]:
    """Return the table, and the figures if they are asked for."""
    if args.certified_only and args.figures:
        raise InputError(explain("--figures", "training, which the figures show", "--certified-only", "Leave one out."))
    from .table_of import rate_rows, table_from

    task = _task(args)
    start = {"eps": args.eps, "start": args.start, "scale": args.scale, "heads": args.heads}
    with shown_progress() as tell:
        rows = rate_rows(task, layers=args.layers, skip=args.skip, width=args.width, seed=args.seed,
                         estimates=not args.certified_only, progress=tell, **start)
    found = table_from(task, rows, **start)
    if not args.figures:
        return found, {}
    # imported here, for figures bring numerical libraries that a table does without
    from .figures import figures_of

    return found, figures_of(task, rows)


def subject_of(args: argparse.Namespace) -> tuple[Any, dict[str, Any]]:
    """Return the task, and depths, widths and start of the network."""
    refuse(args, ("certified_only",), "`lemmascope table`")
    return _task(args), {"layers": args.layers, "skip": args.skip, "width": args.width, "seed": args.seed,
                         "start": args.start, "scale": args.scale, "heads": args.heads}


def _task(args: argparse.Namespace) -> Task:
    """The graph with features, training nodes and labels."""
    from .tasks import task_of

    options: dict[str, Any] = {"features": args.features, "labels": args.labels, "seed": args.seed,
                               "aggregation": args.model or "gcn"}
    return task_of(_graph(args.graph, args.model), train=_nodes(args.train), **options)


def _graph(target: str, model: str | None) -> Any:
    """The graph that was named; a factory's own aggregation gives way to one asked for."""
    from numerics.gnn_convergence.graphs import graph_named, read_graph

    if ".py:" in target or target.endswith(".py"):
        from proofs_check.model_files import call_factory

        made, _ = call_factory(target, "--graph", "examples/graph_task.py:communities")
        if made is None:
            raise InputError(explain(f"--graph {target}", "a graph, or a dictionary with one", "None", "Return it."))
        return {**made, "aggregation": model} if model and isinstance(made, Mapping) else made
    if Path(target).suffix or Path(target).exists():
        return read_graph(target)
    return graph_named(target)


def _nodes(text: str | None) -> Any:
    """A share as it is written, or a list of nodes."""
    return [part.strip() for part in text.split(",") if part.strip()] if text and "," in text else text
