"""A claim of your own in under 30 lines. Verify it:  lemmascope verify examples/my_claim.py"""

from theory.language import Claim, Control, Source, Witness, statement
from theory.language.derivation import combine, witness

DESCENT = Claim(
    "my_claim.descent", "A step of gradient descent on w -> L/2 w^2 does not increase it",
    statement("all L t w:real | H1: 0 <= t, H2: t*L <= 2 => L/2*(w - t*L*w)^2 <= L/2*w^2"),
    Source("Your Name", 2026, "Title of your paper", "new", theorem="Lemma 1"),
    "With curvature L and step size t, 0 <= t and t L <= 2, the loss after the step is at most the loss before it.",
    # Loss before minus loss after is 1/2 t (2 - t L) (L w)^2: the product of H1 and H2 and a square.
    derivation=(combine("end", facts="H1 H2", squares=("L*w",)),),
    instance=Witness((witness("end", L="4", t="1/4", w="1"),)),
    controls=(
        Control("larger step", "H2 with 3 in place of 2",
                statement("all L t w:real | H1: 0 <= t, H2: t*L <= 3 => L/2*(w - t*L*w)^2 <= L/2*w^2"),
                Witness((witness("end", L="1", t="3", w="1"),))),
        Control("negative step", "H1, 0 <= t, left out",
                statement("all L t w:real | H2: t*L <= 2 => L/2*(w - t*L*w)^2 <= L/2*w^2"),
                Witness((witness("end", L="1", t="-1", w="1"),))),
    ),
)

CLAIMS = (DESCENT,)
