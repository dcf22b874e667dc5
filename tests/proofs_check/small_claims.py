"""A claim file as a user would write it: one true claim, one declared Refuted, and the lemma behind them."""

from __future__ import annotations

from theory.language import Claim, Control, Lemma, Source, Witness, statement
from theory.language.derivation import apply, combine, witness

SOURCE = Source("nobody", 2026, "Small true and false statements", "new")

SQUARE = Lemma(
    "small.square", "A square is not negative", statement("all x:real => 0 <= x*x"),
    (combine("end", squares=("x",)),),
)

TRUE = Claim(
    "small.grows", "Adding a square to a number above one", statement("all x y:real | H1: 1 <= x => 1 <= x + y*y"),
    SOURCE, "A number that is at least 1 stays so when a square is added.",
    derivation=(apply("s", "small.square", x="y"), combine("end", facts="H1 s")),
    instance=Witness((witness("end", x="1", y="0"),)),
    controls=(
        Control("larger", "the constant 1 made 2", statement("all x y:real | H1: 1 <= x => 2 <= x + y*y"),
                Witness((witness("end", x="1", y="0"),))),
    ),
)

FALSE = Claim(
    "small.shrinks", "Adding a square makes a number larger", statement("all x y:real | H1: 1 <= x => x < x + y*y"),
    SOURCE, "False as printed: the square may be zero.", declared="Refuted",
    refutations=(("zero square", Witness((witness("end", x="1", y="0"),))),),
)

LEMMAS = (SQUARE,)
CLAIMS = (TRUE, FALSE)
