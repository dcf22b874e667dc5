"""Small claims with known mutants: a superfluous hypothesis, a loose constant, contradictory hypotheses, exp."""

from __future__ import annotations

from theory.language import Claim, Control, Kill, Source, Witness, statement
from theory.language.derivation import apply, combine, witness

SOURCE = Source("nobody", 2026, "Small statements under attack", "new")


def _control(text: str, **point: str) -> tuple[Control, ...]:
    return (Control("larger", "the bound is larger", statement(text), Witness((witness("end", **point),))),)


SHARP = Claim(
    "attacked.sharp", "A sum of a number from 1 and a non-negative one",
    statement("all x y:real | H1: 1 <= x, H2: 0 <= y => 1 <= x + y"), SOURCE, "",
    derivation=(combine("end", facts="H1 H2"),), instance=Witness((witness("end", x="1", y="0"),)),
    controls=_control("all x y:real | 1 <= x, 0 <= y => 2 <= x + y", x="1", y="0"),
)
SUPERFLUOUS = Claim(
    "attacked.superfluous", "A square needs no sign",
    statement("all x y:real | H1: 1 <= x, H2: 0 <= y => 1 <= x + y*y"), SOURCE, "",
    derivation=(combine("end", facts="H1", squares=("y",)),), instance=Witness((witness("end", x="1", y="0"),)),
    controls=_control("all x y:real | 1 <= x, 0 <= y => 2 <= x + y*y", x="1", y="0"),
)
LOOSE = Claim(
    "attacked.loose", "A constant that improves", statement("all x:real | H1: 2 <= x => 1 <= x"), SOURCE, "",
    derivation=(combine("end", facts="H1"),), instance=Witness((witness("end", x="2"),)),
    controls=_control("all x:real | 2 <= x => 3 <= x", x="2"),
)
VACUOUS = Claim(
    "attacked.vacuous", "Contradictory hypotheses", statement("all x:real | H1: 0 < x, H2: x < 0 => 5 <= x"), SOURCE,
    "",
    derivation=(combine("end", facts="H1 H2"),),
    controls=_control("all x:real | 0 < x => 5 <= x", x="1"),
)
ENCLOSED = Claim(
    "attacked.enclosed", "A bound of exp at a point that only intervals decide",
    statement("all x:real | H1: 0 <= x => 1 + x <= exp(x)"), SOURCE, "",
    derivation=(apply("e", "ax.exp_ge", x="x"), combine("end", facts="e")),
    instance=Witness((witness("end", x="0"),)),
    controls=_control("all x:real | 0 <= x => 2 + x <= x + 1", x="0"),
    kills=(Kill("one", Witness((witness("end", x="1"),))),),
)

CLAIMS = (SHARP, SUPERFLUOUS, LOOSE, ENCLOSED)
