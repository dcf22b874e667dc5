"""Formulas as identity networks: exact round trips, sizes in closed form, controls that become fittable."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
import sympy
from known_systems import ROOT5, ROOTS, SIZES

from theory.etr_training.compilation import Sizes, algebraic_witness, compile_formula, predicted_sizes
from theory.etr_training.exact_evaluation import fits_exactly
from theory.etr_training.gadget_controls import MINUS_ONE_SQUARE, with_free_copy_label, without_zero_datum
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.slack_sources import with_slack_sources
from theory.language.errors import InputError

T = sympy.Symbol("T")
TWO_SQUARES = [
    ("x^2 + y^2 = 3 & x + y = 1", {"x": (1 + ROOT5) / 2, "y": (1 - ROOT5) / 2}),
    ("x*x = 2 & y*y = x", {"x": sympy.sqrt(2), "y": -sympy.root(2, 4)}),
]


@pytest.mark.parametrize(("text", "counts"), SIZES.items())
def test_sizes_are_those_of_the_closed_form(text, counts):
    """Hidden N+m, sources 2N+2m+4m, edges 4(N+m)+4m, data 1+N+p+r+4m on ten systems."""
    n, p, r, m = counts
    compiled = compile_formula(text)
    assert compiled.sizes == Sizes(2 * n + 6 * m, n + m, 4 * (n + m) + 4 * m, 1 + n + p + r + 4 * m)
    assert compiled.sizes == predicted_sizes(compiled.system, "id")
    assert all(label is not None for row in compiled.instance.labels for label in row)


@pytest.mark.parametrize(("text", "solution"), ROOTS + TWO_SQUARES)
def test_irrational_roots_go_there_and_back_exactly(text, solution):
    """Weights of an algebraic solution have residual exactly zero, and give the solution back."""
    compiled = compile_formula(text)
    weights = compiled.forward(solution)
    assert all(number == 0 for row in compiled.residuals(weights) for number in row)
    for name, number in compiled.backward(weights).items():
        assert sympy.minimal_polynomial(number.to_sympy() - solution[name], T) == T


def random_system(rng):
    """A random conjunction of equations with a known rational solution of four variables."""
    solution = {name: Fraction(rng.randint(-6, 6), rng.randint(1, 4)) for name in "xyzw"}
    texts = []
    for _ in range(rng.randint(1, 4)):
        x, y = rng.sample("xyzw", 2)
        kind = rng.randrange(3)
        value = (solution[x] + solution[y], solution[x] * solution[y], solution[x] ** 2 - solution[y])[kind]
        texts.append(f"{(f'{x} + {y}', f'{x}*{y}', f'{x}*{x} - {y}')[kind]} = {value}")
    used = {name: number for name, number in solution.items() if any(name in text for text in texts)}
    return " & ".join(texts), used


def gauge(instance, weights, rng):
    """The same function with other weights: hidden vertices rescaled, hidden biases moved into the sinks."""
    moved = dict(weights)
    for h in instance.hidden:
        scale, shift = Fraction(rng.choice((-3, -1, 2, 5)), rng.randint(1, 3)), Fraction(rng.randint(-4, 4))
        for u in instance.incoming[h]:
            moved[f"{u}->{h}"] = moved[f"{u}->{h}"] * scale
        for sink in instance.sinks:
            moved[f"{h}->{sink}"] = moved[f"{h}->{sink}"] / scale
            moved[sink] = moved[sink] - moved[f"{h}->{sink}"] * shift
        moved[h] = moved[h] * scale + shift
    return moved


@pytest.mark.parametrize("seed", range(15))
def test_rational_solutions_of_random_systems_go_there_and_back(seed):
    """Rational solutions give Fractions with loss 0; every weight vector of the gauge orbit gives them back."""
    rng = random.Random(seed)
    text, solution = random_system(rng)
    compiled = compile_formula(text)
    weights = compiled.forward(solution)
    moved = gauge(compiled.instance, weights, rng)
    assert compiled.instance.loss(weights) == compiled.instance.loss(moved) == 0
    assert compiled.backward(weights) == compiled.backward(moved) == solution


@pytest.mark.parametrize("text", ["0 < x <= 1 & 2x = 1", "(x < 0 | x = 1 & y = 2) & (x = 1 | y = 5)", "x*x <= 1/4"])
def test_inequalities_and_disjunctions_go_there_and_back(text):
    """Formulas with < and "or" are compiled as well, with rational weights when squares are four."""
    solution = {"x": Fraction(1, 2)} if "y" not in text else {"x": Fraction(-1), "y": Fraction(5)}
    compiled = compile_formula(text, squares="four")
    weights = compiled.forward(solution)
    assert compiled.instance.loss(weights) == 0
    assert compiled.backward(weights) == solution


def test_a_perturbed_solution_does_not_fit():
    """Changing the weight that carries x leaves a residual, so the test of a fit can fail."""
    compiled = compile_formula("x*x = 4")
    weights = compiled.forward({"x": 2})
    assert compiled.fits(weights)
    assert not compiled.fits({**weights, "a_x->g_x": Fraction(3)})
    with pytest.raises(InputError, match="satisfy the formula"):
        compiled.forward({"x": 3})


@pytest.mark.parametrize("control", [without_zero_datum(), with_free_copy_label()], ids=lambda c: c.missing)
def test_without_a_part_of_the_gadgets_an_unsolvable_system_is_fitted(control):
    """X X = -1 has no real solution, yet the printed weights fit the weakened instance exactly."""
    assert control.instance.loss(control.weights) == 0
    assert all(isinstance(number, Fraction) for number in control.weights.values())


def test_the_controls_do_not_fit_the_whole_instance():
    """With the missing datum or label put back the same weights leave a loss."""
    whole = compile_formula("x*x = -1").instance
    for control in (without_zero_datum(), with_free_copy_label()):
        renamed = {name.replace("_y", "__1"): number for name, number in control.weights.items()}
        slackened = {name: renamed.get(name, Fraction(0)) for name in whole.parameters}
        assert whole.loss(slackened) > 0


def test_z3_refutes_the_whole_instance_of_minus_one_and_fits_that_of_two():
    """X X = -1 gives an unsatisfiable, X X = 2 a satisfiable system of polynomial equations in the weights."""
    z3 = pytest.importorskip("z3")
    for text, expected in (("x*x = -1", z3.unsat), ("x*x = 2", z3.sat)):
        instance = compile_formula(text).instance
        W = {name: z3.Real(name) for name in instance.parameters}
        solver = z3.Tactic("qfnra-nlsat").solver()
        solver.set("timeout", 8000)
        for row, labels in zip(instance.points, instance.labels, strict=True):
            at = dict(zip(instance.sources, (z3.Q(x.numerator, x.denominator) for x in row), strict=True))
            for vertex, _ in instance.vertices:
                terms = [W[f"{u}->{vertex}"] * at[u] for u in instance.incoming[vertex]]
                at[vertex] = z3.simplify(z3.Sum([W[vertex], *terms]))
            solver.add([at[sink] == z3.Q(label.numerator, label.denominator)
                        for sink, label in zip(instance.sinks, labels, strict=True)])
        assert solver.check() == expected


def test_witnesses_are_plain_data():
    """The weights of sqrt 2 are polynomials in a root of z^2 - 2 in an isolating interval; rationals stay rational."""
    compiled = compile_formula("x*x = 2")
    found = algebraic_witness(compiled.forward({"x": sympy.sqrt(2)}))
    assert (found["kind"], found["polynomial"]) == ("algebraic", [-2, 0, 1])
    assert Fraction(found["interval"][0]) < Fraction(1414214, 10**6) and Fraction(found["interval"][1]) > 1
    assert found["weights"]["a_x->g_x"] == [0, 1]
    assert algebraic_witness(compile_formula("2x = 1").forward({"x": "1/2"}))["kind"] == "rational"


@pytest.mark.parametrize(("activation", "label"), [("id", 0), ("relu", 0), ("step", 0), ("sin", 0), ("sigmoid", "1/2")])
def test_slack_sources_preserve_exact_fits(activation, label):
    """A don't-care becomes a source with label act(0), and weights go there and back for every sink activation."""
    instance = TrainingInstance(("x",), (("y", activation),), ("y",), (("x", "y"),), ((0,), (3,)), ((label,), (None,)))
    slackened = with_slack_sources(instance)
    weights = {"y": Fraction(0), "x->y": Fraction(2)}
    moved = slackened.forward(weights)
    assert fits_exactly(instance, weights) and fits_exactly(slackened.instance, moved)
    assert slackened.backward(moved) == weights
    assert slackened.instance.labels[1] == (Fraction(label),)
    assert (len(slackened.instance.sources), len(slackened.instance.edges)) == (2, 2)


def test_the_slack_of_a_sigmoid_sink_with_label_zero_is_never_fitted():
    """With label 0 instead of 1/2 the residual is a value of the sigmoid, which is positive."""
    instance = TrainingInstance(("x",), (("y", "sigmoid"),), ("y",), (("x", "y"),), ((0,), (3,)), (("1/2",), (None,)))
    slackened = with_slack_sources(instance)
    wrong = replace(slackened.instance, labels=(slackened.instance.labels[0], (Fraction(0),)))
    moved = slackened.forward({"y": Fraction(0), "x->y": Fraction(2)})
    assert not fits_exactly(wrong, moved)


@pytest.mark.parametrize("arguments", [{"activation": "tanh"}, {"form": "lavish"}, {"squares": "three"}])
def test_unknown_options_are_refused(arguments):
    """Options outside their range raise InputError."""
    with pytest.raises(InputError):
        compile_formula("x = 1", **arguments)


def test_formulas_with_functions_are_sent_elsewhere():
    """exp in a formula is refused with the remedy."""
    with pytest.raises(InputError, match="compile_with_functions"):
        compile_formula("exp(x) = 2")


def test_the_unsolvable_system_is_the_one_of_the_controls():
    """The system of the controls is what X X = -1 is flattened to, up to the name of the auxiliary variable."""
    system = compile_formula("x*x = -1").system
    assert (system.constants, system.products) == ((("_1", Fraction(-1)),), (("x", "x", "_1"),))
    assert MINUS_ONE_SQUARE.constants == (("y", Fraction(-1)),)
