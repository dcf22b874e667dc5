"""What a claim says about your model: it holds, in numbers; it does not apply, by how much; or it is not settled.

A family that can say so has a module `proofs_check/<family>/applications_of.py` with `HYPOTHESES`, which tells for
each claim how each hypothesis is met or decided, and `applications_of(subject, **options)`. Only exact or enclosed
numbers count: a floating-point estimate leads to Undecided at best.
"""

from __future__ import annotations

import html
import importlib
import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import Any

from theory.language.errors import ExactnessError, InputError, UnknownNameError, explain
from theory.language.printing import text

from .tables import Table, lower_text, show_enclosure, upper_text
from .verdicts import GRADES, Outcome

FAMILIES = {family: f"proofs_check.{family}.applications_of"
            for family in ("covering", "etr_training", "gnn_convergence", "mori_zwanzig")}
"""Families that apply their claims to a model, and the modules that do."""
COLUMNS = ("claim", "of your model", "outcome", "what holds, or what fails", "by how much", "grade")
CERTAIN = GRADES[:2]
"""Arithmetic that settles a hypothesis: exact, and enclosed."""
ANSWERS = (Outcome.PROVED, Outcome.NOT_APPLICABLE, Outcome.UNDECIDED)
SEMANTICS = ("Proved: every hypothesis was checked on the model in exact or enclosed arithmetic, and the numbers are "
             "rounded to the safe side. The model is the real function of its weights as they are stored; a float32 or "
             "float64 run of it may differ by rounding.")
SCHEMA = 1
WIDTH = 118
"""Of lines of text."""

Enclosure = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Application:
    """What one claim says about one part of a model.

    Attributes:
        claim: its id. subject: which part of the model: a layer, a depth, the whole.
        outcome: PROVED (it holds for the model), NOT_APPLICABLE (a hypothesis fails), UNDECIDED (an enclosure did not
            settle one).
        conclusion: what follows, in numbers; with PROVED only.
        hypothesis: the name of the hypothesis that fails or is not settled, such as H9 (see `hypothesis_names`).
        words: it in words. margin: by how much it fails, or the interval that does not settle it; with PROVED by how
            much the closest hypothesis holds, or "".
        by: the number of the margin, enclosed (equal ends: exact); None where it is infinite or there is none.
        grade: "exact" or "enclosed" arithmetic; "" with UNDECIDED.
        numbers: those of the conclusion, by name. formal: the hypothesis as it stands in the statement, which
            `applications` fills in.
    """

    claim: str
    subject: str
    outcome: Outcome
    conclusion: str = ""
    hypothesis: str = ""
    words: str = ""
    margin: str = ""
    grade: str = ""
    by: Enclosure | None = None
    numbers: tuple[tuple[str, Fraction], ...] = ()
    formal: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be believed: floats, an unnamed hypothesis, a conclusion without a grade."""
        where = f"application of {self.claim} to {self.subject}"
        values = [*(self.by or ()), *(value for _, value in self.numbers)]
        if any(isinstance(v, bool) or not isinstance(v, (int, Fraction)) for v in values):
            raise ExactnessError(explain(where, "int or Fraction", repr(values), "An estimate proves nothing."))
        needed = {Outcome.PROVED: self.conclusion and not self.hypothesis and self.grade in CERTAIN,
                  Outcome.NOT_APPLICABLE: self.hypothesis and self.words and self.margin and self.grade in CERTAIN,
                  Outcome.UNDECIDED: self.hypothesis and self.words and self.margin and not self.grade}
        if self.outcome not in ANSWERS or not needed[self.outcome] or (self.conclusion and self.hypothesis):
            raise InputError(explain(where, "a conclusion with its grade, or a hypothesis with its words and margin",
                                     f"{self.outcome}, {self.conclusion or self.hypothesis or 'neither'}, grade "
                                     f"{self.grade or 'none'}", "Use `holds`, `fails` or `unsettled`."))

    def describe(self) -> str:
        """Return the outcome and the grade: "Proved, exact"."""
        return f"{self.outcome}, {self.grade}" if self.outcome is Outcome.PROVED else str(self.outcome)

    def says(self) -> str:
        """Return the conclusion, or the hypothesis with its name and words."""
        return self.conclusion or f"{self.hypothesis}: {self.words}"


def holds(claim: str, subject: str, conclusion: str, *, grade: str = "exact", margin: str = "",
          by: Enclosure | None = None, **numbers: Fraction) -> Application:
    """Return the application of a claim all of whose hypotheses were checked."""
    return Application(claim, subject, Outcome.PROVED, conclusion, margin=margin, grade=grade, by=by,
                       numbers=tuple(numbers.items()))


def fails(claim: str, subject: str, hypothesis: str, words: str, margin: str, *, grade: str = "exact",
          by: Enclosure | None = None) -> Application:
    """Return the application of a claim of which a hypothesis certainly fails."""
    return Application(claim, subject, Outcome.NOT_APPLICABLE, "", hypothesis, words, margin, grade, by)


def unsettled(claim: str, subject: str, hypothesis: str, words: str, margin: str,
              by: Enclosure | None = None) -> Application:
    """Return the application of a claim of which a hypothesis was neither confirmed nor refuted."""
    return Application(claim, subject, Outcome.UNDECIDED, "", hypothesis, words, margin, "", by)


def merged(rows: Sequence[Application]) -> list[Application]:
    """Join neighbouring rows that differ in the part of the model only: layers 0 to 3, say."""
    groups: list[list[Application]] = []
    for row in rows:
        if groups and replace(groups[-1][0], subject="") == replace(row, subject=""):
            groups[-1].append(row)
        else:
            groups.append([row])
    return [replace(group[0], subject=_joined([row.subject for row in group])) for group in groups]


def _joined(subjects: Sequence[str]) -> str:
    """`layers 0 to 3` for layer 0, ..., layer 3."""
    if len(subjects) == 1:
        return subjects[0]
    kind = subjects[0].split(" ", 1)[0]
    names = [subject.removeprefix(kind + " ") for subject in subjects]
    return f"{kind}s {names[0]} to {names[-1]}" if len(names) > 2 else f"{kind}s {names[0]}, {names[1]}"


@dataclass(frozen=True)
class Applications:
    """Rows for a model, grouped by claim, with a title and notes; prints itself like a `Table`."""

    title: str
    rows: tuple[Application, ...]
    notes: tuple[str, ...] = ()

    def of(self, claim: str) -> tuple[Application, ...]:
        """Return the rows of a claim, given by its id or by the part behind the dot."""
        return tuple(row for row in self.rows if claim in (row.claim, row.claim.split(".", 1)[-1]))

    @property
    def table(self) -> Table:
        """Return the rows as a table of texts."""
        cells = tuple((row.claim, row.subject, str(row.outcome), row.says(), row.margin, row.grade)
                      for row in self.rows)
        return Table(self.title, COLUMNS, cells, self.notes, self.rows)

    def to_text(self) -> str:
        """Return a paragraph for each claim: the parts of the model, outcomes, what follows or what fails."""
        return "\n".join([self.title, "", *_paragraphs(self.rows), *(_filled(note) for note in self.notes)]) + "\n"

    def to_markdown(self) -> str:
        """Return a table in GitHub's Markdown."""
        return self.table.to_markdown()

    def to_csv(self) -> str:
        """Return comma-separated values, without title and notes."""
        return self.table.to_csv()

    def to_latex(self) -> str:
        """Return a LaTeX tabular with title and notes as comments."""
        return self.table.to_latex()

    def to_html(self) -> str:
        """Return an HTML table without scripts or styles."""
        return self.table.to_html()

    def to_json(self) -> str:
        """Return everything as JSON; exact numbers are texts such as 1/3. `from_json` reads it back."""
        rows = [{field.name: _plain(getattr(row, field.name)) for field in fields(Application)} for row in self.rows]
        return json.dumps({"schema": SCHEMA, "title": self.title, "rows": rows, "notes": self.notes}, indent=1) + "\n"

    @classmethod
    def from_json(cls, written: str) -> Applications:
        """Return what `to_json` has written. Raises InputError for anything else."""
        try:
            found = json.loads(written)
            rows = tuple(_read(row) for row in found["rows"])
            return cls(found["title"], rows, tuple(found["notes"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(explain("applications", "what to_json writes", f"{type(error).__name__}: {error}",
                                     "Write it again with --format json.")) from None

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{html.escape(note)}</p>\n" for note in self.notes)
        return replace(self.table, notes=()).to_html() + notes

    def _repr_latex_(self) -> str:
        return self.to_latex()


def applications(subject: Any, family: str, claim: str | None = None, **options: Any) -> Applications:
    """Apply the claims of a family, or one of them, to a model.

    Args:
        subject: what the family's table reads: widths, a torch module, a noisy chain, a graph, a training instance.
        family: "covering", "etr_training", "gnn_convergence" or "mori_zwanzig".
        claim: the id of one claim, with or without the family; all that can be applied by default.
        options: those of the family's `applications_of`.

    Raises:
        UnknownNameError: no such family, or no claim with this name that can be applied to a model.

    >>> found = applications((2, 8, 1), "covering", claim="deep_bound", eps=["0.1"], bound="1/10")
    >>> print(found.rows[0].outcome, found.rows[0].hypothesis, found.rows[0].by)
    NotApplicable H4 (Fraction(1, 40), Fraction(1, 40))
    """
    module = _module(family)
    wanted = None if claim is None else claim if claim.startswith(family + ".") else f"{family}.{claim}"
    if wanted is not None and wanted not in module.HYPOTHESES:
        known = ", ".join(module.HYPOTHESES)
        raise UnknownNameError(explain("claim", f"one that can be applied to a model: {known}", wanted,
                                       "The others speak of objects which a model does not fix."))
    found = module.applications_of(subject, claim=wanted, **options)
    rows = found.rows if wanted is None else tuple(row for row in found.rows if row.claim == wanted)
    told = () if wanted is None else _checked(wanted, module.HYPOTHESES[wanted])
    notes = (*found.notes, *told, SEMANTICS)
    return Applications(found.title, _with_statements(family, rows), notes)


def applied_claims(family: str) -> tuple[str, ...]:
    """Return the ids of the claims of a family that can be applied to a model."""
    return tuple(_module(family).HYPOTHESES)


def _module(family: str) -> Any:
    if family not in FAMILIES:
        known = ", ".join(FAMILIES)
        raise UnknownNameError(explain("family", f"one of: {known}", repr(family), "Choose one that applies claims."))
    return importlib.import_module(FAMILIES[family])


def _checked(claim: str, account: Mapping[str, str]) -> tuple[str, ...]:
    """How each hypothesis of a claim is met, as notes."""
    return (f"Hypotheses of {claim}, as `lemmascope show {claim}` numbers them:",
            *(f"{names}: {how}" for names, how in account.items()))


def _with_statements(family: str, rows: Sequence[Application]) -> tuple[Application, ...]:
    """Look up each hypothesis in the statement of its claim, and each claim in the registry."""
    from .hypothesis_names import formula_named
    from .registry import load

    registry = load(family)
    return tuple(replace(row, formal=text(formula_named(registry.claim(row.claim), row.hypothesis)))
                 if row.hypothesis else row for row in rows)


def exactly(value: Fraction | int) -> Enclosure:
    """Return a number that is known exactly as an enclosure."""
    return Fraction(value), Fraction(value)


def shown(found: Enclosure) -> str:
    """Return an enclosure of a nonnegative number: a short fraction as it is, else rounded outwards.

    >>> shown((Fraction(1, 40),)*2), shown((Fraction(1, 3), Fraction(1, 2))), shown((Fraction(1, 10**9),)*2)
    ('1/40', '[0.3333, 0.5000]', '1.000e-9')
    """
    low, high = found
    if low == high and len(str(low)) <= 9 and low.denominator < 10**6:
        return str(low)
    if Fraction(1, 1000) <= low and high < 10**6:
        return show_enclosure(found, 4)
    below, above = lower_text(low) if low else "0", upper_text(high)
    return below if below == above else f"[{below}, {above}]"


def counted(count: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "layer"), counted(2, "layer")
    ('1 layer', '2 layers')
    """
    return f"{count} {noun}" + "s"*(count != 1)


def at_most(value: Fraction) -> str:
    """Return an upper bound: short fractions as they are, others rounded up."""
    return str(value) if len(str(value)) <= 7 else upper_text(value)


def at_least(value: Fraction) -> str:
    """Return a lower bound: short fractions as they are, others rounded down."""
    return str(value) if len(str(value)) <= 7 else lower_text(value)


def _paragraphs(rows: Sequence[Application]) -> list[str]:
    """The rows of each claim below its id, in three columns."""
    lines: list[str] = []
    subjects = max((len(row.subject) for row in rows), default=0)
    outcomes = max((len(row.describe()) for row in rows), default=0)
    indent = " " * (2 + subjects + 2 + outcomes + 2)
    for claim in dict.fromkeys(row.claim for row in rows):
        lines.append(claim)
        for row in rows:
            if row.claim == claim:
                told = [row.says(), *([("by " if row.outcome is Outcome.NOT_APPLICABLE else "") + row.margin]
                                      if row.margin else [])]
                head = f"  {row.subject:<{subjects}}  {row.describe():<{outcomes}}  "
                for index, sentence in enumerate(told):
                    lines += textwrap.wrap(sentence, WIDTH, initial_indent=indent if index else head,
                                           subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        lines.append("")
    return lines


def _filled(note: str) -> str:
    return textwrap.fill(note, WIDTH, break_long_words=False, break_on_hyphens=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Outcome):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Fraction) else value


def _read(row: Mapping[str, Any]) -> Application:
    by = row["by"]
    return Application(**{**row, "outcome": Outcome(row["outcome"]),
                          "by": None if by is None else (Fraction(by[0]), Fraction(by[1])),
                          "numbers": tuple((name, Fraction(value)) for name, value in row["numbers"])})
