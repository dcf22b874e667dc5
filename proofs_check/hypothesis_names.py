"""Names of hypotheses inside a statement: `H9` of the statement itself, `C3.H4` of the third part of its conclusion.

A conclusion that is a conjunction (`some | A, B, C`) has the parts C1, C2, C3; a part that is itself a statement (`all
... | hypotheses => conclusion`) has hypotheses H1, H2, ... in the order of its text, and so on inwards: `C2.C2.H3`. A
name that ends in a part, such as `C3`, means the objects which that part speaks of.
"""

from __future__ import annotations

import re

from theory.language.claims import Claim
from theory.language.errors import UnknownNameError, explain
from theory.language.terms import Formula

_PART = re.compile(r"C([1-9][0-9]*)")
_HYPOTHESIS = re.compile(r"H([1-9][0-9]*)")


def formula_named(claim: Claim, name: str) -> Formula:
    """Return the hypothesis, or the part of the conclusion, that a name means.

    Raises UnknownNameError for a name that the statement does not have.

    >>> from theory.covering.counting_chain import CLAIM
    >>> formula_named(CLAIM, "H1")
    ('<=', 0, 'L')
    >>> formula_named(CLAIM, "C2")[0]
    '<='
    """
    own = dict(claim.hypotheses)
    if name in own:
        return own[name]
    found: Formula | None = claim.statement.formula
    for word in name.split("."):
        found = _inside(found, word)
    if found is None or found is claim.statement.formula:
        known = ", ".join(own) or "none"
        raise UnknownNameError(explain(claim.id, f"a name of its statement (hypotheses: {known})", name,
                                       f"Run `lemmascope show {claim.id}`; C2.H3 is hypothesis 3 of part 2 of the "
                                       "conclusion."))
    return found


def _inside(formula: Formula | None, word: str) -> Formula | None:
    """One step inwards: a part of the conclusion of a statement, or one of its hypotheses."""
    if not isinstance(formula, tuple) or formula[0] != "all":
        return None
    if match := _PART.fullmatch(word):
        conclusion = formula[3]
        parts = conclusion[2] if conclusion[0] == "some" and not conclusion[1] else (conclusion,)
        index = int(match[1])
        return parts[index - 1] if index <= len(parts) else None
    if match := _HYPOTHESIS.fullmatch(word):
        index = int(match[1])
        return formula[2][index - 1] if index <= len(formula[2]) else None
    return None
