"""Formulas as ReLU networks: exact round trips, sizes in closed form, and why each calibration datum is there."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy
from known_systems import ROOTS, SIZES

from theory.etr_training.compilation import Sizes, compile_formula, predicted_sizes
from theory.etr_training.gadget_controls import CALIBRATION_DATA, calibration_instance, without_calibration
from theory.language.errors import InputError

T = sympy.Symbol("T")
FORMS = ("lean", "four", "copy")


@pytest.mark.parametrize(("text", "counts"), SIZES.items())
def test_sizes_are_those_of_the_closed_form(text, counts):
    """Lean: 4N+2m sources, 6N+4m edges, 1+3N+p+r+2m data; four: 4N+4m, 6N+6m, 1+4N+p+r+4m; N+m hidden."""
    n, p, r, m = counts
    expected = {"lean": Sizes(4 * n + 2 * m, n + m, 6 * n + 4 * m, 1 + 3 * n + p + r + 2 * m),
                "four": Sizes(4 * n + 4 * m, n + m, 6 * n + 6 * m, 1 + 4 * n + p + r + 4 * m),
                "copy": Sizes(4 * n + 2 * m, n + m, 6 * n + 4 * m, 1 + 2 * n + p + r + 2 * m)}
    for form in FORMS:
        compiled = compile_formula(text, "relu", form=form)
        assert compiled.sizes == expected[form] == predicted_sizes(compiled.system, "relu", form)


def test_the_sizes_of_two_known_instances():
    """sqrt 2 is 10/3/16/10 lean and 12/3/18/14 with four data; the golden ratio 16/4/24/19 with four data."""
    assert compile_formula("x*x = 2", "relu").sizes == Sizes(10, 3, 16, 10)
    assert compile_formula("x*x = 2", "relu", form="four").sizes == Sizes(12, 3, 18, 14)
    assert compile_formula("x*x = x + 1", "relu", form="four").sizes == Sizes(16, 4, 24, 19)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("text", "solution"), ROOTS)
def test_irrational_roots_go_there_and_back_exactly(text, solution, form):
    """Weights of an algebraic solution have residual exactly zero, and give the solution back."""
    compiled = compile_formula(text, "relu", form=form)
    weights = compiled.forward(solution)
    assert all(number == 0 for row in compiled.residuals(weights) for number in row)
    for name, number in compiled.backward(weights).items():
        assert sympy.minimal_polynomial(number.to_sympy() - solution[name], T) == T


def known_system(rng):
    """Equations with a known rational solution, with products, sums and an inverse."""
    x, y = (Fraction(rng.choice((-5, -3, -2, 1, 2, 7)), rng.randint(1, 4)) for _ in range(2))
    return f"x*y = {x * y} & x + y - z = {y} & v*x = 1 & w*w*w = {y**3} & w*x = u", {
        "x": x, "y": y, "z": x, "v": 1 / x, "w": y, "u": x * y}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(5))
def test_rational_solutions_go_there_and_back_for_all_weights_of_the_orbit(form, seed):
    """Positive rescaling of neurons changes neither the loss 0 nor the values that are read off."""
    rng = random.Random(seed)
    text, solution = known_system(rng)
    compiled = compile_formula(text, "relu", form=form)
    weights = compiled.forward(solution)
    moved = dict(weights)
    for h in compiled.instance.hidden:
        scale = Fraction(rng.randint(1, 9), rng.randint(1, 9))
        for name in (h, *(f"{u}->{h}" for u in compiled.instance.incoming[h])):
            moved[name] = moved[name] * scale
        for sink in "tu":
            moved[f"{h}->{sink}"] = moved[f"{h}->{sink}"] / scale
    assert compiled.instance.loss(weights) == compiled.instance.loss(moved) == 0
    assert compiled.backward(moved) == compiled.backward(weights) == solution


def test_the_whole_calibration_rejects_the_weights_of_the_controls():
    """The printed weights of each control fit all data but the missing one, and violate what it secures."""
    for datum, broken in (("c=1", Fraction(4, 3)), ("a=-1", Fraction(-3))):
        control = without_calibration(datum)
        w = control.weights
        assert control.instance.loss(w) == 0
        assert calibration_instance().loss(w) > 0
        found = w["g->t"] * w["c->g"] if datum == "c=1" else w["g->t"] * w["a->g"]
        assert found == broken != (1 if datum == "c=1" else w["q->t"])


@pytest.mark.parametrize(("drop", "determined"), [
    (None, True), ("c=2", True), ("c=1", False), ("a=-1", False), ("a=1", False)])
def test_z3_confirms_which_calibration_data_are_needed(drop, determined):
    """Exactly the data without c=2 are needed for v w_c = 1 and v w_a = omega."""
    z3 = pytest.importorskip("z3")
    instance = calibration_instance(drop)
    w = {name: z3.Real(name) for name in instance.parameters}
    solver = z3.Solver()
    solver.set("timeout", 8000)
    index = {source: k for k, source in enumerate(instance.sources)}
    for row, (label,) in zip(instance.points, instance.labels, strict=True):
        a, c, q = (int(row[index[source]]) for source in "acq")
        z = w["g"] + w["a->g"] * a + w["c->g"] * c
        solver.add(w["t"] + w["g->t"] * z3.If(z > 0, z, 0) + w["q->t"] * q == int(label))
    v = w["g->t"]
    solver.add(z3.Or(v * w["c->g"] != 1, v * w["a->g"] != w["q->t"]))
    assert solver.check() == (z3.unsat if determined else z3.sat)


@pytest.mark.parametrize("form", ["lean", "copy"])
def test_z3_confirms_that_two_data_make_a_product(form):
    """At one ReLU neuron two data and the zero datum force Z = XY, whatever its weights are."""
    z3 = pytest.importorskip("z3")
    A, K, b, vt, vu, bt, bu, X, Y, Z = z3.Reals("A K b vt vu bt bu X Y Z")

    def f(v, a, k):
        z = b + A * a + K * k
        return v * z3.If(z > 0, z, 0)

    solver = z3.Solver()
    solver.set("timeout", 8000)
    solver.add(f(vt, 0, 0) + bt == 0, f(vu, 0, 0) + bu == 0, f(vt, 0, 1) + bt == 1, f(vu, 0, 1) + bu - Y == 0,
               f(vt, 1, 1) + bt - X == 1, f(vu, 1, 1) + bu - Y - Z == 0)
    solver.add(Z != X * Y)
    assert solver.check() == z3.unsat


def test_no_slack_is_needed_in_the_lean_form():
    """Only the form with four data has don't-care labels to compile away."""
    slacks = {form: len(compile_formula("x*x = 2", "relu", form=form).slackened.slacks) for form in FORMS}
    assert slacks == {"lean": 0, "four": 2, "copy": 0}


def test_unknown_data_are_refused():
    """A datum that does not exist cannot be dropped, and c=2 has no control since it is not needed."""
    with pytest.raises(InputError):
        calibration_instance("c=3")
    with pytest.raises(InputError, match="not needed"):
        without_calibration("c=2")
    assert CALIBRATION_DATA[0] == "zero"
