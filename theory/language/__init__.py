"""The vocabulary: terms, formulas, statements, derivations, claims. Frozen data; nothing here searches or checks."""

from . import derivation
from .claims import Cited, Claim, Comparison, Control, Kill, Lemma, Side, Source, Survivor, Witness
from .derivation import Box, Step
from .errors import (
    ExactnessError,
    InputError,
    LemmascopeError,
    NotationError,
    SearchFailed,
    TooManyCycleTypes,
    UnknownNameError,
)
from .notation import Statement, definition, formula, sort, statement, substitution, term
from .printing import latex, sort_text, text
from .substitution import substitute
from .terms import Formula, Sort, Term, digest, equations, flatten, from_json, names, negation, rational, to_json

__all__ = [
    "Box", "Cited", "Claim", "Comparison", "Control", "ExactnessError", "Formula", "InputError", "Kill", "Lemma",
    "LemmascopeError", "NotationError", "SearchFailed", "Side", "Sort", "Source", "Statement", "Step", "Survivor",
    "Term", "TooManyCycleTypes", "UnknownNameError", "Witness", "definition", "derivation", "digest", "equations",
    "flatten", "formula", "from_json", "latex", "names", "negation", "rational", "sort", "sort_text", "statement",
    "substitute", "substitution", "term", "text", "to_json",
]
