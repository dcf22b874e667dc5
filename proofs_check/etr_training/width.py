"""The least number of hidden ReLU units with which data can be fitted exactly, with certificates from both sides.

For one input the piercing number pi bounds it from both sides: pi <= w* <= pi + 2, and <= pi + 1 with an output bias.
In more dimensions every line through three or more points gives a lower bound, and n units suffice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from proofs_check.etr_training.deadline import Deadline
from proofs_check.etr_training.decide import decide
from proofs_check.etr_training.decision import Decision
from proofs_check.etr_training.piercing import lines, pierced
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.rationals import Number
from theory.language.errors import InputError, explain


@dataclass(frozen=True)
class MinimalWidth:
    """The minimal width of data.

    - `width`: the minimal number of hidden units; None if it was not decided in time;
    - `piercing`: (pi_plus, pi_minus) of the line that needs most kinks; (0, 0) without a line through three points;
    - `sat`: the decision at the smallest width known to suffice, None if there is none; `unsat`: the decision at the
      largest width known to be too small, None if that is below 0;
    - `lower`, `upper`: bounds of the minimal width.
    """

    width: int | None
    piercing: tuple[int, int]
    sat: Decision | None
    unsat: Decision | None
    lower: int
    upper: int | None

    def _repr_html_(self) -> str:
        rows = [("minimal width", str(self.width if self.width is not None else f"{self.lower} or more")),
                ("piercing numbers", f"{self.piercing[0]}, {self.piercing[1]}"),
                ("fits", str(self.sat) if self.sat else ""), ("one unit less", str(self.unsat) if self.unsat else "")]
        return "<table>" + "".join(f"<tr><th>{k}</th><td>{escape(v)}</td></tr>" for k, v in rows if v) + "</table>"


def minimal_width(xs: Sequence[Number | Sequence[Number]], ys: Sequence[Number | None], *, output_bias: bool = False,
                  timeout: float | int | None = 60) -> MinimalWidth:
    """Return the least width of a net with one hidden ReLU layer and one output that fits the data exactly.

    Args:
        xs: n numbers, or n points of equal dimension; equal points need equal labels.
        ys: n labels; None means "don't care".
        output_bias: whether the output has a trainable bias.
        timeout: seconds for everything together; None means no limit.

    Raises InputError if equal points have different labels, for then no width fits.

    >>> minimal_width([-2, -1, 0, 1, 2], [2, 1, 0, 1, 2]).width
    2
    """
    deadline = Deadline.after(timeout)
    data = TrainingInstance.one_hidden_layer(xs, ys, 0, output_bias=output_bias)
    _check(data)
    pair = _piercing(data)
    width = lower = sum(pair)
    unsat = _at(data, width - 1, deadline) if width else None
    while True:
        decision = _at(data, width, deadline)
        if decision.status == "sat":
            return MinimalWidth(width, pair, decision, unsat, width, width)
        if decision.status != "unsat":
            return MinimalWidth(None, pair, None, unsat, lower, None)
        width, lower, unsat = width + 1, width + 1, decision


def _at(data: TrainingInstance, width: int, deadline: Deadline) -> Decision:
    """Decide the data at one width, with what is left of the time."""
    instance = TrainingInstance.one_hidden_layer(data.points, data.labels, width, outputs=1, name=data.name,
                                                 output_bias=data.output_bias)
    left = deadline.left
    if not left:
        return Decision("unknown", reason="time is up")
    return decide(instance, timeout=None if left == float("inf") else left)


def _check(data: TrainingInstance) -> None:
    seen: dict[tuple[Fraction, ...], Fraction] = {}
    for point, row in zip(data.points, data.labels):
        if row[0] is not None and seen.setdefault(point, row[0]) != row[0]:
            raise InputError(explain("ys", "equal labels at equal points", f"two labels at {tuple(map(str, point))}",
                                     "No width fits; use exact_optimum for the least loss."))


def _piercing(data: TrainingInstance) -> tuple[int, int]:
    values = [row[0] for row in data.labels]
    found = [pierced(data.points, values, line) for line in lines(data.points, values)]
    return max((f.numbers for f in found if f is not None), key=sum, default=(0, 0))
