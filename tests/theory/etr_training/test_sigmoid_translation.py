"""Sigmoid and exponential: translations both ways, training as ETR_exp, and 3^x computed by calibrated sigmoids."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from theory.etr_training.compile_functions import CALIBRATION, compile_with_functions
from theory.etr_training.formula_parsing import parse
from theory.etr_training.formula_printing import to_text
from theory.etr_training.formulas import functions, holds, size, variables
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.sigmoid_exp_translation import (
    exp_to_sigmoid,
    powers_to_sigmoids,
    sigmoid_to_exp,
    training_to_exp,
)

LOG3 = sympy.log(3)


@pytest.mark.parametrize(("text", "point"), [
    ("sigmoid(x) = 3/4", {"x": LOG3}), ("sigmoid(2*x) = 9/10 & x > 0", {"x": LOG3}),
    ("sigmoid(sigmoid(x)*y) = 1/2", {"x": Fraction(0), "y": Fraction(0)}),
])
def test_sigmoid_is_expressed_by_exp_and_back(text, point):
    """Solutions extend to the translation without sigmoid, and to its translation back without exp."""
    there = sigmoid_to_exp(parse(text))
    back = exp_to_sigmoid(there.formula)
    assert functions(there.formula) == ("exp",) and functions(back.formula) == ("sigmoid",)
    values = back.forward(there.forward(point))
    assert holds(there.formula, values) and holds(back.formula, values)
    assert there.backward(back.backward(values)) == point


def test_no_other_value_passes():
    """Each fresh variable is determined: moving y off sigma(x) violates the translation."""
    there = sigmoid_to_exp(parse("sigmoid(x) = y"))
    values = there.forward({"x": LOG3, "y": Fraction(3, 4)})
    fresh = [name for name, _ in there.fresh]
    assert holds(there.formula, values)
    assert not any(holds(there.formula, {**values, name: values[name] + 1}) for name in fresh)


@pytest.mark.parametrize("count", [1, 4, 16])
def test_size_grows_linearly(count):
    """At most 10 nodes more per sigmoid and 12 per exp, plus one for the conjunction."""
    for name, translate, more in (("sigmoid", sigmoid_to_exp, 10), ("exp", exp_to_sigmoid, 12)):
        formula = parse(" & ".join(f"{name}(x{k}) = y{k}" for k in range(count)))
        assert size(translate(formula).formula) <= size(formula) + more * count + 1


def test_common_applications_are_translated_once_and_names_do_not_clash():
    """sigma(x) twice gives two fresh variables, and user names e1, y1 are kept."""
    there = sigmoid_to_exp(parse("sigmoid(x) = e1 & sigmoid(x)*y1 = 1"))
    assert len(there.fresh) == 2
    assert len(set(variables(there.formula))) == 5
    assert to_text(sigmoid_to_exp(parse("x = 1")).formula) == "x = 1"


def sigmoid_sink(labels):
    """One sigmoid sink on one source, at the points 0, 1, 2."""
    return TrainingInstance(("x",), (("y", "sigmoid"),), ("y",), (("x", "y"),), ((0,), (1,), (2,)), labels)


def test_training_a_sigmoid_is_a_sentence_of_the_exponential_field():
    """The labels 1/2, 3/4, 9/10 have the unique weight ln 3, which solves the sentence; other weights do not."""
    sentence = training_to_exp(sigmoid_sink((("1/2",), ("3/4",), ("9/10",))))
    assert functions(sentence.formula) == ("exp",)
    weights = {"y": Fraction(0), "x->y": LOG3}
    values = sentence.forward(weights)
    assert holds(sentence.formula, values) and sentence.backward(values) == weights
    other = training_to_exp(sigmoid_sink((("1/2",), ("3/4",), ("4/5",))))
    assert not holds(other.formula, other.forward(weights))


def test_size_of_the_sentence_is_linear_in_the_points():
    """Twice the points give twice the size, up to the common part."""
    sizes = [size(training_to_exp(TrainingInstance.one_hidden_layer(range(n), range(n), 2, "sigmoid")).formula)
             for n in (2, 4, 6)]
    assert sizes[2] - sizes[1] == sizes[1] - sizes[0] > 0


@pytest.mark.parametrize(("text", "solution"), [
    ("pow3(x) = 9", {"x": 2}), ("pow3(x) = 1/27", {"x": -3}), ("pow3(x) + pow3(y) = 4", {"x": 1, "y": 0}),
    ("pow3(x) = y & x*x = 2", {"x": sympy.sqrt(2), "y": 3 ** sympy.sqrt(2)}),
    ("pow3(x) = 2", {"x": sympy.log(2) / LOG3}),
])
def test_powers_of_three_are_compiled_without_pins(text, solution):
    """Formulas with x -> 3^x become instances with all weights trainable, and solutions go there and back exactly."""
    compiled = compile_with_functions(text)
    assert compiled.instance.pinned == () and {a for _, a in compiled.instance.vertices} == {"id", "sigmoid"}
    weights = compiled.forward(solution)
    assert compiled.fits(weights)
    assert all(sympy.simplify(compiled.backward(weights)[name] - solution[name]) == 0 for name in solution)


def test_the_other_orientation_of_the_calibrated_neuron_fits_too():
    """v -> -v, kappa -> -kappa fits as well, since sigma(-z) = 1 - sigma(z), and encodes the same solution."""
    compiled = compile_with_functions("pow3(x) = 9")
    weights = compiled.forward({"x": 2})
    edge, out = "G_sigmoid3->F_sigmoid3", "F_sigmoid3->u"
    mirrored = {**weights, edge: -weights[edge], out: -weights[out], "u": weights["u"] + 1}
    assert compiled.fits(mirrored) and compiled.backward(mirrored) == {"x": 2}
    assert not compiled.fits({**mirrored, "u": weights["u"]})


def test_two_calibration_data_do_not_pin_the_base():
    """q = 2, b = ln(7/2), v = 18/7 fits the labels at m = 0, 1, 2 exactly, but not the one at 3."""
    def g(m):
        return Fraction(18, 7) * (Fraction(2**m) / (Fraction(2**m) + Fraction(2, 7)))

    fitted = [g(m) - g(0) == label for m, label in CALIBRATION]
    assert fitted == [True, True, False]


@pytest.mark.parametrize(("text", "solution"), [
    ("sigmoid(x) = 1/2", {"x": 0}), ("exp(x) = y & x = 1", {"x": 1, "y": sympy.E}),
    ("exp(exp(x)) = y & x = 0", {"x": 0, "y": sympy.E}), ("sin(x) = 0 & x > 3", {"x": sympy.pi}),
])
def test_exp_and_sin_are_compiled_with_pins(text, solution):
    """For sigma, exp and sin five parameters of one vertex pair are pinned, and solutions go there and back."""
    compiled = compile_with_functions(text)
    assert len(compiled.instance.pinned) == 5
    weights = compiled.forward(solution)
    assert compiled.fits(weights)
    assert all(sympy.simplify(compiled.backward(weights)[name] - solution[name]) == 0 for name in solution)
    function = "sin" if "sin" in text else "sigmoid"
    assert not compiled.fits({**weights, f"G_{function}->F_{function}": Fraction(2)})


def test_powers_translation_leaves_only_sigmoids():
    """exp and 3^x disappear, sin stays."""
    assert functions(powers_to_sigmoids(parse("exp(x) + pow3(y) = sin(x)")).formula) == ("sin", "sigmoid", "sigmoid3")
