"""What a bound table is made of: rows with exact enclosures, and their hypotheses with the values found."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Enclosure = tuple[Fraction, Fraction]

BITS = 44
"""Enclosures of logarithms are closer than 2^-BITS."""
EVERY_EPS = "every eps > 0"
DERIVED = "derived here"


@dataclass(frozen=True)
class Hypothesis:
    """One hypothesis of a cell: its formula, the value found, and whether it is met; `given` ones are assumed."""

    text: str
    value: str
    met: bool
    given: bool = False

    def __str__(self) -> str:
        mark = "FAILS" if not self.met else ("given" if self.given else "met")
        return f"{self.text}: {self.value} ({mark})" if self.value else f"{self.text} ({mark})"


@dataclass(frozen=True)
class BoundRow:
    """One cell of the table.

    Attributes:
        name: which bound.
        eps: the radius, or None for a number that does not depend on it.
        side: "upper", "lower" or "exact" where it is proved under the hypotheses met, "estimate" where it is not,
            "not applicable" where the formula has no value here.
        log: exact enclosure of ln N (for counts: of the number itself), or None.
        hypotheses: all hypotheses with the values found.
        valid: the range of eps for which the statement holds.
        source, remark: provenance, and what a reader has to know.
        vacuous: whether the value says nothing beyond the trivial bound.
    """

    name: str
    eps: Fraction | None
    side: str
    log: Enclosure | None
    hypotheses: tuple[Hypothesis, ...]
    valid: str
    source: str
    remark: str = ""
    vacuous: bool = False
