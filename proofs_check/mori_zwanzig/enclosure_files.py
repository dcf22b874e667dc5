"""Enclosures of the conditional expectation of a noisy network as files: written, and replayed by the checker."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from proofs_check.checking import MachineryFailed
from proofs_check.enclosure_checking import check_enclosure_file
from proofs_check.tables import decimal_above
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import NoisyChain

POINTS = {1: 65, 2: 9}
"""Points along each axis of the input box, by the number of inputs; with more inputs the centre alone."""

Box = list[tuple[Fraction, Fraction]]


@dataclass(frozen=True)
class EnclosureFile:
    """A certificate on disk: bounds of q_0(x) = E[u(X_L) | X_0 = x] at `points` points, confirmed by the checker.

    Attributes:
        path: the certificate, a JSON file that `lemmascope check` replays.
        points, cells: how many points, and cells of step functions along the longest axis.
        widest: the largest difference of upper and lower bound; grade: what the checker computed.
    """

    path: Path
    points: int
    cells: int
    widest: Fraction
    grade: str

    def note(self) -> str:
        """One sentence for below a table."""
        return (f"q_0 is within intervals of length at most {decimal_above(self.widest, 4)} at {self.points} points of"
                f" the input box: {self.path}, replayed by the enclosure checker, grade {self.grade}; twice the cells"
                f" ({self.cells}) halve the length.")


def write_enclosure(chain: NoisyChain, path: Path, cells: int | None = None) -> EnclosureFile:
    """Enclose q_0 at points of the input box, write the certificate, and have it replayed.

    Args:
        chain: uniform noise, an affine readout, widths up to 2 behind the inputs. cells: see `enclose`.

    Raises:
        InputError: a chain that cannot be enclosed, a path that cannot be written.
        MachineryFailed: the replay does not confirm what was written, which would be our mistake.
    """
    from numerics.mori_zwanzig.enclosure import enclose

    found = enclose(chain, cells)
    boxes = points_of([(Fraction(a), Fraction(b)) for a, b in chain.input_box])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(found.certificate(boxes)), encoding="ascii")
    except OSError as error:
        raise InputError(explain("--enclosure", f"a place to write {path}", str(error), "Give another path.")) from None
    checked = check_enclosure_file(path)
    if not checked["accepted"]:
        raise MachineryFailed(explain("enclosure checker", "bounds that it confirms", checked.get("reason", "none"),
                                      f"Keep {path} and report it."))
    return EnclosureFile(path, checked["claims"], found.cells, Fraction(checked["widest"]), checked["grade"])


def points_of(box: Sequence[tuple[Fraction, Fraction]]) -> list[Box]:
    """Points of a box as boxes without extent: 65 on a line, 9 x 9 on a rectangle, else the centre.

    >>> len(points_of([(Fraction(-1), Fraction(1))] * 2)), points_of([(Fraction(0), Fraction(1))] * 3)[0][0][0]
    (81, Fraction(1, 2))
    """
    count = POINTS.get(len(box), 1)
    axes = [[a + (b - a)*Fraction(k, count - 1) for k in range(count)] if count > 1 else [(a + b)/2] for a, b in box]
    return [[(x, x) for x in point] for point in product(*axes)]
