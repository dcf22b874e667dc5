"""Formulas as networks of sigmoid or sin vertices without pins: exact round trips and the product argument."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from theory.etr_training.compilation import compile_formula, predicted_sizes
from theory.etr_training.compile_smooth import inverse_near_zero
from theory.etr_training.exact_evaluation import activated
from theory.etr_training.exact_numbers import to_sympy
from theory.language.errors import InputError

KNOWN = [
    ("x*x = 4", {"x": Fraction(-2)}),
    ("x*y = 1 & x + y = 5/2", {"x": Fraction(2), "y": Fraction(1, 2)}),
    ("x*y = z & z - x = 3 & y = -1/3", {"x": Fraction(-9, 4), "y": Fraction(-1, 3), "z": Fraction(3, 4)}),
]


@pytest.mark.parametrize("activation", ["sigmoid", "sin"])
@pytest.mark.parametrize(("text", "solution"), KNOWN)
def test_rational_solutions_go_there_and_back_exactly(text, solution, activation):
    """Weights with logarithms or arcsines have residual exactly zero, nothing is pinned, and sizes are predicted."""
    compiled = compile_formula(text, activation)
    weights = compiled.forward(solution)
    assert compiled.fits(weights) and compiled.backward(weights) == solution
    assert compiled.instance.pinned == ()
    assert {a for _, a in compiled.instance.vertices} == {activation, "id"}
    assert compiled.sizes == predicted_sizes(compiled.system, activation, "copy")
    assert not compiled.fits({**weights, "g_x": Fraction(1)})


@pytest.mark.parametrize("activation", ["sigmoid", "sin"])
def test_sqrt_two_is_fitted_to_fifty_digits(activation):
    """The irrational solution of x*x = 2 gives weights whose residuals vanish to 50 digits."""
    compiled = compile_formula("x*x = 2", activation)
    weights = {name: sympy.N(to_sympy(w), 60) for name, w in compiled.forward({"x": sympy.sqrt(2)}).items()}
    functions = {"id": lambda z: z, "sin": sympy.sin, "sigmoid": lambda z: 1 / (1 + sympy.exp(-z))}
    for row, labels in zip(compiled.instance.points, compiled.instance.labels, strict=True):
        at = dict(zip(compiled.instance.sources, map(to_sympy, row), strict=True))
        for vertex, kind in compiled.instance.vertices:
            incoming = compiled.instance.incoming[vertex]
            at[vertex] = functions[kind](weights[vertex] + sum(weights[f"{u}->{vertex}"] * at[u] for u in incoming))
        for sink, label in zip("tu", labels, strict=True):
            assert abs(at[sink] - to_sympy(label)) < sympy.Rational(1, 10**50)


@pytest.mark.parametrize("activation", ["sigmoid", "sin"])
def test_inverse_values_are_exact(activation):
    """act(inverse(y)) = act(0) + y exactly, for rational y below 1/2 in absolute value."""
    at_zero = activated(activation, Fraction(0))
    for offset in (Fraction(k, 11) for k in range(-5, 6)):
        assert activated(activation, inverse_near_zero(activation, offset)) == at_zero + offset


def test_the_product_argument_uses_nothing_about_the_activation():
    """With abstract values f0, f1, f2 of a neuron at 0, K, A + K the data force Z = XY: an identity of polynomials."""
    f0, f1, f2, vt, vu, X, Y, Z = sympy.symbols("f0 f1 f2 vt vu X Y Z")
    equations = [vt * (f1 - f0) - 1, vu * (f1 - f0) - Y, vt * (f2 - f0) - X - 1, vu * (f2 - f0) - Y - Z]
    basis = sympy.groebner(equations, f0, f1, f2, vt, vu, X, Y, Z, order="grevlex")
    assert basis.contains(Z - X * Y)
    assert not basis.contains(Z - X * Y - 1)


def test_other_forms_are_refused():
    """Sigmoid and sin have the form "copy" only."""
    with pytest.raises(InputError, match="copy"):
        compile_formula("x = 1", "sigmoid", form="lean")
