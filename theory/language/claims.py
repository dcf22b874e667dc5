"""Claims, lemmas, controls and their sources as frozen data: everything a reader or a checker needs, nothing to run."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field, replace
from enum import Enum

from .derivation import Step
from .notation import Statement, statement
from .terms import Formula, digest

PROVENANCE = ("as stated", "reconstructed", "strengthened", "new")


class Side(Enum):
    """On which side of the true value a reported number lies."""

    UPPER = "upper"
    LOWER = "lower"
    EXACT = "exact"
    ESTIMATE = "estimate"


@dataclass(frozen=True)
class Source:
    """Where a statement comes from; `status` is one of `PROVENANCE`; `note` says what was seen and what corrected."""

    authors: str
    year: int
    title: str
    status: str
    arxiv: str = ""
    theorem: str = ""
    note: str = ""

    def __str__(self) -> str:
        place = ", ".join(part for part in (f"arXiv {self.arxiv}" if self.arxiv else "", self.theorem) if part)
        return f"{self.authors} ({self.year}), {self.title}" + (f", {place}" if place else "") + f" [{self.status}]"

    def bibtex(self, key: str) -> str:
        """Return a BibTeX entry of the source."""
        lines = [f"  author = {{{self.authors}}}", f"  title = {{{self.title}}}", f"  year = {{{self.year}}}"]
        if self.arxiv:
            lines += [f"  eprint = {{{self.arxiv}}}", "  archivePrefix = {arXiv}"]
        return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


@dataclass(frozen=True)
class Witness:
    """A proof that a statement's hypotheses can hold: `steps` end with a `witness` step (or a box that does)."""

    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Control:
    """A deliberately false neighbour of a claim, refuted in the kernel by `witness`. `breaks` says what was changed."""

    name: str
    breaks: str
    statement: Statement
    witness: Witness


@dataclass(frozen=True)
class Kill:
    """A point that an author offers against mutants of the claim; `mutants` may name those it is meant for.

    Every mutant is tried at every such point and at variations of it, so that one point often kills many.
    """

    name: str
    witness: Witness
    mutants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Survivor:
    """What an author knows about mutants that no point kills: a derivation that proves them, or why they stay open."""

    mutants: tuple[str, ...]
    reason: str
    derivation: tuple[Step, ...] = ()
    posed: tuple[tuple[Step, ...], ...] = ()


@dataclass(frozen=True)
class Comparison:
    """One line of *formal against dossier*: what the source says, what is proved here, what is weaker or stronger."""

    part: str
    source: str
    formal: str
    remark: str = ""


@dataclass(frozen=True)
class Lemma:
    """A statement with a derivation: a standard lemma of the textbook or an auxiliary result of a family."""

    id: str
    title: str
    statement: Statement
    derivation: tuple[Step, ...]
    posed: tuple[tuple[Step, ...], ...] = ()
    source: Source | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the statement: what `verify` compares with the digest that the checker prints."""
        return digest(self.statement.formula)

    def _repr_latex_(self) -> str:
        from .printing import latex

        return "$$" + latex(self.statement.formula) + "$$"

    def _repr_html_(self) -> str:
        from .prose import card

        found = self.statement
        return card(self.title, self.id, "", found.variables, found.hypotheses, found.conclusion)


@dataclass(frozen=True)
class Cited:
    """A named theorem of the literature used without proof; visible in `.cited` of all that rests on it."""

    id: str
    title: str
    statement: Statement
    source: Source


@dataclass(frozen=True)
class Claim:
    """A theorem about networks: statement, derivation, instance, controls, source.

    `declared` is the outcome the authors expect: "Proved", or "Refuted" for a published or usual form that fails, in
    which case `refutations` holds its witnesses (one for each way it fails) and there is no derivation. Mutants are
    made of the statement, or of `attacked`: a consequence under the same named hypotheses whose negation the rules can
    prove, given where that of the statement (an existence under quantifiers) is out of their reach. What only an attack
    needs may stand in a module of its own, named by `attack`: it assigns KILLS, SURVIVORS and perhaps ATTACKED, and is
    imported by `armed` alone.
    """

    id: str
    title: str
    statement: Statement
    source: Source
    summary: str
    derivation: tuple[Step, ...] = ()
    posed: tuple[tuple[Step, ...], ...] = ()
    instance: Witness | None = None
    controls: tuple[Control, ...] = ()
    refutations: tuple[tuple[str, Witness], ...] = ()
    declared: str = "Proved"
    comparison: tuple[Comparison, ...] = ()
    tightness: str = ""
    experiments: tuple[str, ...] = field(default=())
    kills: tuple[Kill, ...] = ()
    survivors: tuple[Survivor, ...] = ()
    attacked: Statement | None = None
    attack: str = ""

    def armed(self) -> Claim:
        """Return the claim with what its module `attack` assigns filled in."""
        if not self.attack:
            return self
        found = vars(importlib.import_module(self.attack))
        return replace(self, attack="", kills=(*self.kills, *found.get("KILLS", ())),
                       survivors=(*self.survivors, *found.get("SURVIVORS", ())),
                       attacked=self.attacked or found.get("ATTACKED"))

    @property
    def family(self) -> str:
        """The part of the id before the dot."""
        return self.id.split(".", 1)[0]

    @property
    def hypotheses(self) -> tuple[tuple[str, Formula], ...]:
        """The named hypotheses, definitions flattened into their two equations."""
        return self.statement.hypotheses

    @property
    def conclusion(self) -> Formula:
        """The conclusion of the statement."""
        return self.statement.formula[3]

    @property
    def digest(self) -> str:
        """SHA-256 of the statement: what `verify` compares with the digest that the checker prints."""
        return digest(self.statement.formula)

    def _repr_latex_(self) -> str:
        from .printing import latex

        return "$$" + latex(self.statement.formula) + "$$"

    def _repr_html_(self) -> str:
        from .prose import card

        return card(self.title, self.id, self.summary, self.statement.variables, self.hypotheses, self.conclusion)


__all__ = ["Claim", "Cited", "Comparison", "Control", "Kill", "Lemma", "PROVENANCE", "Side", "Source", "Survivor",
           "Witness", "statement"]
