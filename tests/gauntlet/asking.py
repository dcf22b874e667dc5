"""How the gauntlet asks: small claims made in one line, and one call of `verify` for each question."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from proofs_check import Report, verify
from proofs_check.registry import Registry
from theory import textbook
from theory.language import Cited, Claim, Control, Lemma, Source, Witness, statement
from theory.language.derivation import Step, witness
from theory.textbook.axioms import AXIOMS

SOURCE = Source("nobody", 2026, "Questions on which known tools fail", "new")
TEXTBOOK = Registry(AXIOMS, (), tuple(textbook.LEMMAS), ())


def point(**values: str) -> Witness:
    """A witness that names its objects and leaves the rest to the search."""
    return Witness((witness("end", **values),))


def control(name: str, text: str, at: Witness) -> Control:
    """A false neighbour with its witness."""
    return Control(name, name, statement(text), at)


def claim(name: str, text: str, *steps: Step, instance: Witness | None = None, controls: Iterable[Control] = (),
          refuted: Iterable[Witness] = (), posed: tuple[tuple[Step, ...], ...] = ()) -> Claim:
    """A claim `gauntlet.<name>`; declared Refuted if witnesses against it are given."""
    refutations = tuple((f"way {k}", w) for k, w in enumerate(refuted, 1))
    return Claim(f"gauntlet.{name}", name, statement(text), SOURCE, "a question", steps, posed, instance,
                 tuple(controls), refutations, "Refuted" if refutations else "Proved")


def ask(ledger: Path, *claims: Claim, lemmas: Iterable[Lemma] = (), cited: Iterable[Cited] = (),
        **options: object) -> Report:
    """Verify the claims together, with the textbook behind them."""
    library = TEXTBOOK.with_items(claims, lemmas, cited)
    return verify(claims, ledger=ledger, library=library, **{"jobs": 2, "timeout": 20, **options})  # type: ignore
