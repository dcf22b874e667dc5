"""The data in the statements of the hardness claims are the data that the compilers write, at every weight vector."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random

import pytest

from proofs_check.engines import evaluate
from theory.etr_training import id_hardness, irrational_weights, relu_hardness
from theory.etr_training.compile_identity import identity_instance, identity_weights
from theory.etr_training.compile_relu import relu_instance, relu_weights
from theory.etr_training.exact_evaluation import residuals
from theory.etr_training.flattening import GadgetSystem
from theory.language.notation import formula, substitution
from theory.language.substitution import substitute
from theory.language.terms import Term

SYSTEMS = {
    "four forms": GadgetSystem(("X", "Y", "Z"), (("X", Fraction(2)),), (("X", "Y", "Z"),), (("X", "X", "Z"),),
                               (("X", "Y"),)),
    "a square": GadgetSystem(("X", "Y"), (("Y", Fraction(4)),), (), (("X", "X", "Y"),)),
}
ID_WEIGHTS = {"wa": "a_{0}->g_{0}", "wc": "c_{0}->g_{0}", "b": "g_{0}", "gt": "g_{0}->t", "gu": "g_{0}->u"}
ID_GADGETS = {"wA": "A_{0}->h_{0}", "wC": "C_{0}->h_{0}", "B": "h_{0}", "ht": "h_{0}->t", "hu": "h_{0}->u"}
RELU_WEIGHTS = ID_WEIGHTS | {"st": "p_{0}->t", "su": "q_{0}->u"}
RELU_GADGETS = ID_GADGETS | {"wC": "K_{0}->h_{0}"}


def _value(t: Term) -> Fraction:
    """The value of a closed term."""
    return Fraction(evaluate.value(t, {}))


def _table(values: list[Fraction]) -> Term:
    return substitution(f"l -> [[{','.join(map(str, values))}]][1,l]")


def _rows(rows: list[list[int]]) -> Term:
    return substitution("k, l -> [" + ",".join("[" + ",".join(map(str, row)) + "]" for row in rows) + "][k,l]")


def _coefficients(system: GadgetSystem) -> dict[str, Term]:
    """The rows c, e, f, d and right sides p, o of the four forms of equations."""
    unit = {x: [int(x == y) for y in system.variables] for x in system.variables}
    zero = [0] * len(system.variables)
    linear = [(unit[x], q) for x, q in system.constants]
    linear += [([a + b - c for a, b, c in zip(unit[x], unit[y], unit[z])], 0) for x, y, z in system.additions]
    products = [(unit[x], unit[y], unit[z], 0) for x, y, z in system.products]
    products += [(unit[x], unit[y], zero, 1) for x, y in system.inverses]
    return {"c": _rows([row for row, _ in linear]), "p": _table([Fraction(q) for _, q in linear]),
            **{name: _rows([row[i] for row in products]) for i, name in enumerate("efd")},
            "o": _table([Fraction(row[3]) for row in products]), "N": len(system.variables), "L": len(linear),
            "M": len(products)}


def _point(system: GadgetSystem, weights: Mapping[str, Fraction], variables: Mapping[str, str],
           gadgets: Mapping[str, str]) -> dict[str, Term]:
    known = _coefficients(system)
    for names, labels in ((variables, system.variables), (gadgets, range(1, known["M"] + 1))):
        known |= {name: _table([weights[pattern.format(x)] for x in labels]) for name, pattern in names.items()}
    return known | {f"b{s}": substitution(str(weights[s])) for s in "tu"}


def _stated(data: Mapping[str, str], point: dict[str, Term], blocks: tuple[str, ...]) -> list[Fraction]:
    """Output minus label of every datum of a statement, block by block, in each block row by row."""
    found: list[Fraction] = []
    for block in blocks:
        texts = [formula(data[name]) for name in block.split()]
        count = 1 if texts[0][0] == "=" else _value(substitute(texts[0][2][1][2], point))
        for k in range(1, int(count) + 1):
            for text in texts:
                equation = text if text[0] == "=" else substitute(text[3], {"k": k})
                found.append(_value(substitute(equation[1], point)) - _value(substitute(equation[2], point)))
    return found


CASES = {
    "identity": (id_hardness.DATA, identity_instance, identity_weights, ID_WEIGHTS, ID_GADGETS,
                 ("zt zu", "vt vu", "lt lu", "gc ga uc ua")),
    "relu": (relu_hardness.DATA, relu_instance, relu_weights, RELU_WEIGHTS, RELU_GADGETS,
             ("zt zu", "vt vu pt pu mt mu", "lt lu", "ct cu at au")),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
def test_statement_and_compiler_have_the_same_data(name, system):
    """Residuals of the statement's formulas are those of the compiled instance at arbitrary weights."""
    data, compiler, _, variables, gadgets, blocks = CASES[name]
    instance, source = compiler(system), Random(5)
    weights = {parameter: Fraction(source.randint(-4, 4), source.randint(1, 3)) for parameter in instance.parameters}
    labelled = [r for row, labels in zip(residuals(instance, weights), instance.labels)
                for r, label in zip(row, labels) if label is not None]
    assert _stated(data, _point(system, weights, variables, gadgets), blocks) == labelled


@pytest.mark.parametrize("name", CASES)
def test_lifted_weights_are_those_of_the_compiler(name):
    """At X = 2, Y = 4 the weights that the proof gives are those of the compiler, and they fit."""
    module = {"identity": id_hardness, "relu": relu_hardness}[name]
    data, compiler, lift, variables, gadgets, blocks = CASES[name]
    system = SYSTEMS["a square"]
    weights = lift(system, {"X": Fraction(2), "Y": Fraction(4)})
    point = _point(system, weights, variables, gadgets)
    assert set(_stated(data, point, blocks)) == {0}
    solved = _coefficients(system) | {"X": substitution("l -> [[2,4]][1,l]")}
    for weight in (*variables, *gadgets):
        count = 1 if weight in gadgets else 2
        stated = [_value(substitute(substitute(substitution(module.LIFT[weight])[2],
                                              {substitution(module.LIFT[weight])[1][0]: k}), solved))
                  for k in range(1, count + 1)]
        assert stated == [_value(substitute((weight, k), point)) for k in range(1, count + 1)]


def test_the_tower_is_compiled_from_iterated_squares():
    """The data of the tower of two are those of X X = Y at d = X(k-1), and 2 for the first."""
    ones = {name: substitution("l -> [[1,1]][1,l]") for name in (*ID_WEIGHTS, *ID_GADGETS)}
    point = ones | {"N": 2, "bt": 0, "bu": 0, "b": substitution("l -> 0"), "B": substitution("l -> 0")}
    found = _stated(irrational_weights.DATA, point, ("zt zu", "vt vu", "gc ga uc ua"))
    # X(1) X(1) = 2 fails by 1 at X = 1, X(2) X(2) = X(1) holds
    assert found == [0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0]
