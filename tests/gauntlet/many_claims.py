"""A claim file whose search takes a while without any learning library: many small claims, new in each round."""

from __future__ import annotations

import os

from theory.language import Claim, Control, Source, Witness, statement
from theory.language.derivation import combine, witness

ROUND = int(os.environ.get("GAUNTLET_ROUND", "0"))
STUCK = os.environ.get("GAUNTLET_STUCK") == "yes"
SOURCE = Source("nobody", 2026, "Sums of squares", "new")
AT = Witness((witness("end", x="1", y="0"),))
NAMES = [f"x{k}" for k in range(9)]


def claim(k: int) -> Claim:
    """x >= 1 implies x + c y^2 >= 1, with a constant of its own."""
    text = f"all x y:real | H1: 1 <= x => {{}} <= x + {1000 * ROUND + k + 1}*y*y"
    return Claim(f"many.claim_{ROUND}_{k}", "A square is added", statement(text.format(1)), SOURCE, "One of many.",
                 (combine("s", f"0 <= {1000 * ROUND + k + 1}*y*y", squares=("y",)), combine("end", facts="H1 s")),
                 instance=AT, controls=(Control("larger", "1 made 2", statement(text.format(2)), AT),))


def stuck() -> Claim:
    """A search that does not end in time."""
    hypotheses = ", ".join(f"H{k}: 1 <= {name}" for k, name in enumerate(NAMES))
    text = f"all {' '.join(NAMES)}:real | {hypotheses} => {'*'.join(NAMES)} <= {'+'.join(NAMES)}"
    facts = " ".join(f"H{k}" for k in range(9))
    return Claim("many.stuck", "Too large a problem", statement(text), SOURCE, "False, and long to search.",
                 (combine("end", facts=facts, degree=9),))


CLAIMS = (*(claim(k) for k in range(8)), *((stuck(),) if STUCK else ()))
