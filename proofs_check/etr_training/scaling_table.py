"""How the search for exact optima grows with points, hidden units and inputs, on random data from stated seeds."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from proofs_check.etr_training.optimum import exact_optimum
from proofs_check.tables import Table
from theory.etr_training.data_families import random_line, random_points
from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError, explain

COLUMNS = ("inputs", "hidden", "points", "certified", "nodes (median)", "nodes (most)", "seconds (median)")
SHAPES = ((1, 2), (2, 2), (2, 3), (3, 2))
POINTS = (4, 6, 8, 10)
SEEDS = (1, 2, 3)


@dataclass(frozen=True)
class ScalingRow:
    """Searches for the optimum on random data of one shape, one for each seed.

    - `nodes`: size of each search tree, the same on every machine; `seconds`: of each search;
    - `certified`: how many optima were certified from both sides in time.
    """

    inputs: int
    hidden: int
    points: int
    nodes: tuple[int, ...]
    seconds: tuple[float, ...]
    certified: int


def random_instance(points: int, hidden: int, inputs: int, seed: int) -> TrainingInstance:
    """Return integer data in [-5, 5] from a seed: on 0..n-1 for one input, else n different points of a box."""
    data = random_line(points, seed) if inputs == 1 else random_points(points, inputs, seed)
    return TrainingInstance.one_hidden_layer(*data, hidden)


def scaling_rows(shapes: Sequence[tuple[int, int]] = SHAPES, points: Sequence[int] = POINTS,
                 seeds: Sequence[int] = SEEDS, *, timeout: float | int | None = 10) -> tuple[ScalingRow, ...]:
    """Return measurements for shapes (inputs, hidden) and numbers of points; a shape stops where time runs out.

    Raises InputError without shapes, points or seeds.
    """
    if not (shapes and points and seeds):
        raise InputError(explain("scaling", "shapes, points and seeds", "none of one of them", "Leave it out."))
    out = []
    for inputs, hidden in shapes:
        for n in sorted(points):
            found = [exact_optimum(random_instance(n, hidden, inputs, seed), timeout=timeout) for seed in seeds]
            certified = sum(one.value is not None for one in found)
            out.append(ScalingRow(inputs, hidden, n, tuple(one.nodes for one in found),
                                  tuple(one.seconds for one in found), certified))
            if certified < len(found):
                break
    return tuple(out)


def scaling_table(records: Sequence[ScalingRow]) -> Table:
    """Return measurements as a table."""
    rows = tuple((str(r.inputs), str(r.hidden), str(r.points), f"{r.certified} of {len(r.nodes)}",
                  f"{statistics.median(r.nodes):g}", str(max(r.nodes)), f"{statistics.median(r.seconds):.2f}")
                 for r in records)
    notes = ("Exact optima of one hidden ReLU layer with one output on random integer data, one search for each seed.",
             "nodes: of the search tree, independent of the machine; seconds are not, and leave out the check of the "
             "certificates.")
    return Table("Growth of the search", COLUMNS, rows, notes, tuple(records))
