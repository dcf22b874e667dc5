"""What formulas cost as training instances: sizes of the compiled networks, counted and in closed form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from proofs_check.tables import Table
from theory.etr_training.compilation import Sizes, compile_formula, predicted_sizes
from theory.etr_training.encoding_sizes import EncodingSize, encoding_size
from theory.etr_training.formula_printing import to_text
from theory.language.errors import InputError, explain

ACTIVATIONS = ("id", "relu")
COLUMNS = ("formula", "activation", "variables", "constants", "sums", "products", "sources", "hidden", "edges", "data",
           "weights", "as a sentence")
_FORMS = {"id": "lean", "relu": "lean", "sigmoid": "copy", "sin": "copy"}


@dataclass(frozen=True)
class GadgetRow:
    """Sizes of one formula compiled with one activation; `counted` and `predicted` agree."""

    formula: str
    activation: str
    counted: Sizes
    predicted: Sizes
    sentence: EncodingSize


def gadget_table(formulas: Sequence[str], *, activations: Sequence[str] = ACTIVATIONS) -> Table:
    """Return the sizes of the training instances that formulas compile to.

    Args:
        formulas: texts such as "x*x = 2 & x > 0".
        activations: of the hidden layer: "id", "relu", "sigmoid", "sin".

    Raises InputError for texts that are no formulas, and for another activation.

    >>> gadget_table(["x*x = 2"], activations=["id"]).rows[0][2:11]
    ('2', '1', '0', '1', '10', '3', '16', '8', '20')
    """
    rows, records = [], []
    for text in formulas:
        for activation in activations:
            compiled = compile_formula(text, activation)
            system, counted = compiled.system, compiled.sizes
            expected = predicted_sizes(system, activation, _FORMS[activation])
            if counted != expected:
                raise InputError(explain(f"{text} with {activation}", f"the sizes {expected}", counted, "Report it."))
            size = encoding_size(compiled.instance)
            formula = to_text(compiled.formula)
            records.append(GadgetRow(formula, activation, counted, expected, size))
            rows.append((formula, activation, *(str(n) for n in (
                len(system.variables), len(system.constants), len(system.additions),
                len(system.products) + len(system.inverses), counted.sources, counted.hidden, counted.edges,
                counted.data, size.weight_variables)), f"{size.definitions} equations"))
    notes = ("variables, constants, sums, products: of the gadget system, after every term has a name; products count "
             "inverses.", "sources, hidden, edges, data: counted, and equal to the closed forms of the claims on "
             "hardness; the instance is fitted exactly if and only if the formula has a real solution.",
             "as a sentence: definitions of degree 2 in the encoding N1, one for each vertex and datum.")
    return Table("Formulas as training instances", COLUMNS, tuple(rows), notes, tuple(records))
