"""Training instances as existential sentences: counts, solution maps, and the way back to a training instance."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.etr_training.compilation import compile_formula
from theory.etr_training.existential_sentence import activation_formula, existential_sentence
from theory.etr_training.formula_parsing import parse
from theory.etr_training.formulas import And, Const, Var, atoms, holds, size, variables
from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError

ABSOLUTE = TrainingInstance.one_hidden_layer((-2, -1, 0, 1, 2), (2, 1, 0, 1, 2), 2)
FIT = {"h1": 0, "h2": 0, "x1->h1": 1, "x1->h2": -1, "h1->y1": 1, "h2->y1": 1}


def test_counts_are_exact():
    """|E| + |biases| weight variables, n |V - S| pre-activations, n |H| values, as many equations, one cost atom."""
    sentence = existential_sentence(ABSOLUTE)
    n, vertices, hidden = 5, 3, 2
    assert len(sentence.weights) == len(ABSOLUTE.parameters) == 6
    assert (len(sentence.before), len(sentence.after)) == (n * vertices, n * hidden)
    assert len(variables(sentence.formula)) == 6 + n * (vertices + hidden)
    assert len(sentence.formula.parts) == n * vertices + n * hidden + 1
    assert sum(atom.relation == "=" for atom in atoms(sentence.formula)) == n * vertices


def ladder(depth):
    """A network of `depth` layers of two identity vertices each, completely connected: 2^depth paths."""
    layers = [("x",), *((f"p{k}", f"q{k}") for k in range(depth)), ("y",)]
    edges = tuple((u, v) for a, b in zip(layers, layers[1:], strict=False) for u in a for v in b)
    names = tuple(v for layer in layers[1:] for v in layer)
    return TrainingInstance(("x",), tuple((v, "id") for v in names), ("y",), edges, ((1,), (2,)), ((1,), (2,)))


def test_size_is_linear_in_the_depth_although_paths_are_exponential():
    """Each further layer adds the same number of nodes, while the number of paths doubles."""
    sizes = [size(existential_sentence(ladder(depth)).formula) for depth in (2, 3, 4, 5)]
    assert len({b - a for a, b in zip(sizes, sizes[1:], strict=False)}) == 1


def test_weights_that_fit_satisfy_the_sentence_and_come_back():
    """|x| = relu(x) + relu(-x) satisfies the sentence; other weights do not."""
    sentence = existential_sentence(ABSOLUTE)
    solution = sentence.forward(FIT)
    assert holds(sentence.formula, solution)
    assert sentence.backward(solution) == FIT
    assert not holds(sentence.formula, sentence.forward({**FIT, "h1->y1": 2}))


@pytest.mark.parametrize("seed", range(8))
def test_the_sentence_says_exactly_that_the_loss_meets_the_threshold(seed):
    """At random weights the sentence holds exactly if the instance says so, for <=, <, a box and pins."""
    rng = random.Random(seed)
    weights = {name: Fraction(rng.randint(-3, 3), 2) for name in FIT}
    exact = TrainingInstance.one_hidden_layer((-1, 0, 2), (1, 0, 2), 2).loss(weights)
    for threshold in (exact, exact + 1, exact / 2 + 1):
        for strict in (False, True):
            for box in (None, 1):
                instance = TrainingInstance.one_hidden_layer((-1, 0, 2), (1, 0, 2), 2, threshold=threshold,
                                                             strict=strict, box=box)
                sentence = existential_sentence(instance)
                assert holds(sentence.formula, sentence.forward(weights)) == instance.satisfied_by(weights)


@pytest.mark.parametrize("activation", ["relu", "step"])
def test_activation_formulas_define_the_activation(activation):
    """On a grid the formula holds exactly at the value of the activation."""
    grid = [Fraction(k, 2) for k in range(-4, 5)]
    formula = activation_formula(activation, Var("z"), Var("h"))
    for z in grid:
        wanted = max(z, Fraction(0)) if activation == "relu" else Fraction(z > 0)
        assert [h for h in grid if holds(formula, {"z": z, "h": h})] == [wanted]


def test_without_its_disjunction_the_relu_formula_admits_wrong_values():
    """h >= 0 and h >= z alone lets one neuron with zero weights fit |x|: h_i = |x_i|."""
    weak = And(activation_formula("relu", Var("z"), Var("h")).parts[:2])
    assert all(holds(weak, {"z": Fraction(0), "h": abs(Fraction(x))}) for x in (-2, -1, 0, 1, 2))
    whole = activation_formula("relu", Var("z"), Var("h"))
    assert not holds(whole, {"z": Fraction(0), "h": Fraction(1)})


def test_pinned_parameters_are_constants():
    """A pinned parameter has no variable, and comes back with its value."""
    instance = TrainingInstance(("x",), (("y", "id"),), ("y",), (("x", "y"),), ((1,),), ((3,),),
                                pinned=(("y", Fraction(1)),))
    sentence = existential_sentence(instance)
    assert sentence.weights == (("x->y", "w1"),)
    assert sentence.backward(sentence.forward({"x->y": 2})) == {"y": 1, "x->y": 2}
    assert holds(sentence.formula, sentence.forward({"x->y": 2}))


@pytest.mark.parametrize(("activation", "points", "labels"), [
    ("id", ((1,),), ((2,),)),
    pytest.param("relu", ((1,),), ((2,),), marks=pytest.mark.slow),
    pytest.param("id", ((1,), (-1,)), ((2,), (0,)), marks=pytest.mark.slow),
])
def test_training_becomes_a_formula_and_the_formula_training_again(activation, points, labels):
    """A ReLU instance goes through its sentence to another training instance, and its weights there and back."""
    instance = TrainingInstance(("x",), (("h", "relu"), ("y", "id")), ("y",), (("x", "h"), ("h", "y")),
                                points, labels, biases=())
    weights = {"x->h": Fraction(2), "h->y": Fraction(1)}
    sentence = existential_sentence(instance)
    compiled = compile_formula(sentence.formula, activation, squares="four")
    image = compiled.forward(sentence.forward(weights))
    assert compiled.instance.loss(image) == 0
    assert sentence.backward(compiled.backward(image)) == weights


def test_compiled_instances_become_sentences_with_the_same_solutions():
    """A formula goes to its training instance and on to the sentence of that, and its solution there and back."""
    compiled = compile_formula("x*x = 9/4 & x*y = 1")
    sentence = existential_sentence(compiled.instance)
    solution = sentence.forward(compiled.forward({"x": "-3/2", "y": "-2/3"}))
    assert holds(sentence.formula, solution)
    assert compiled.backward(sentence.backward(solution)) == {"x": Fraction(-3, 2), "y": Fraction(-2, 3)}


def test_missing_weights_are_named_and_constants_stay():
    """A missing weight raises InputError; the threshold is the right side of the last atom."""
    with pytest.raises(InputError, match="h1"):
        existential_sentence(ABSOLUTE).forward({})
    last = existential_sentence(ABSOLUTE).formula.parts[-1]
    assert (last.relation, last.right) == ("<=", Const(Fraction(0)))
    assert parse("true") == And(())
