"""A true claim that says too little, and how that comes out:  lemmascope attack examples/refuted_by_mutants.py

The statement is proved and its control is refuted, so `verify` alone finds it in order. Its mutants do not: without H1
it is still true, without H2 as well, and with 2 in place of 4 too. What the authors call a theorem about non-negative
activations has nothing to do with their sign, and its constant is twice the best one. The claim that survives an attack
is `all u v:real => (u + v)^2 <= 2*(u^2 + v^2)`.
"""

from theory.language import Claim, Control, Source, Witness, statement
from theory.language.derivation import combine, witness

MERGED = Claim(
    "refuted_by_mutants.merged", "Merging two hidden units with non-negative activations",
    statement("all u v:real | H1: 0 <= u, H2: 0 <= v => (u + v)^2 <= 4*(u^2 + v^2)"),
    Source("nobody", 2026, "A theorem that is too weak", "new"),
    "The squared sum of two non-negative activations is at most four times the sum of their squares.",
    derivation=(combine("end", squares=("u - v", "u", "v")),),
    instance=Witness((witness("end", u="1", v="2"),)),
    controls=(
        # True as a control, but so far from the claim that it says nothing about the constant.
        Control("constant", "the constant 4 made 1",
                statement("all u v:real | H1: 0 <= u, H2: 0 <= v => (u + v)^2 <= u^2 + v^2"),
                Witness((witness("end", u="1", v="1"),))),
    ),
)

CLAIMS = (MERGED,)
