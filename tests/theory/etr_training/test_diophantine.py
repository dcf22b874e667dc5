"""Diophantine equations as pinned training with sin: solutions, congruences, unknown answers, real relaxations."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from theory.etr_training.diophantine import compile_diophantine
from theory.language.errors import InputError


def test_small_solutions_are_found_by_substitution_and_fit_exactly():
    """x^2 - 2(y+1)^2 = 1 has the solution (3, 1), whose weights fit the pinned instance exactly and give it back."""
    problem = compile_diophantine("x^2 - 2*(y + 1)^2 = 1 & y = 1")
    answer = problem.answer(5)
    assert (answer.status, answer.solution) == ("sat", {"x": 3, "y": 1})
    weights = problem.forward(answer.solution)
    assert problem.compiled.fits(weights)
    assert problem.backward(weights) == {"x": 3, "y": 1}


def test_the_instance_has_one_pinned_sin_vertex():
    """Exactly one vertex is a sine, and exactly its own and its feeder's parameters are pinned."""
    instance = compile_diophantine("x^2 - 2y^2 = 1").instance
    assert [v for v, a in instance.vertices if a == "sin"] == ["F_sin"]
    assert dict(instance.pinned) == {"G_sin": 0, "G_sin->t": 1, "F_sin": 0, "G_sin->F_sin": 1, "F_sin->u": 1}


def test_an_unsolvable_equation_has_a_modulus_and_a_real_solution():
    """3x^2 + 2 = y^2 has no solution modulo 3, but the relaxation over the reals is fitted exactly."""
    problem = compile_diophantine("3x^2 + 2 = y^2")
    answer = problem.answer()
    assert (answer.status, answer.modulus, answer.solution) == ("unsat", 3, None)
    assert sorted({y * y % 3 for y in range(3)}) == [0, 1]
    real = problem.real_relaxation()
    weights = problem.relaxation.forward(real)
    assert problem.relaxation.fits(weights)
    assert any(number.is_rational is False for number in real.values() if isinstance(number, sympy.Expr))
    with pytest.raises(InputError, match="satisfy the formula"):
        problem.forward(real)


def test_what_is_neither_found_nor_excluded_is_unknown():
    """x^3 + y^3 + z^3 = 33 has a solution of 16 digits: with small bounds the answer is "unknown", never "unsat"."""
    assert compile_diophantine("x^3 + y^3 + z^3 = 33").answer(4, 8).status == "unknown"


def test_the_known_large_solution_satisfies_the_equation():
    """8866128975287528^3 - 8778405442862239^3 - 2736111468807040^3 = 33 (Booker 2019)."""
    problem = compile_diophantine("x^3 + y^3 + z^3 = 33")
    assert problem.solved_by({"x": 8866128975287528, "y": -8778405442862239, "z": -2736111468807040})
    assert not problem.solved_by({"x": 8866128975287528, "y": -8778405442862239, "z": -2736111468807041})


def test_a_pell_equation_with_large_least_solution():
    """x^2 - 13 y^2 = 1 has (649, 180) as least positive solution; with y = 180 a search up to 2 does not find it."""
    assert compile_diophantine("x^2 - 13*y^2 = 1").solved_by({"x": 649, "y": 180})
    assert compile_diophantine("x^2 - 13*y^2 = 1 & y = 180").answer(2).status == "unknown"


@pytest.mark.parametrize(("equation", "modulus"), [("x^2 = 4y + 2", 4), ("x^2 + y^2 = 4z + 3", 4), ("2x = 1", 2)])
def test_congruences_agree_with_hand_computation(equation, modulus):
    """Squares are 0 or 1 modulo 4, and 2x is even."""
    answer = compile_diophantine(equation).answer(3)
    assert (answer.status, answer.modulus) == ("unsat", modulus)


def test_fractions_are_cleared_before_residues_are_tried():
    """x/2 + y/2 = 1 is x + y = 2 and solvable modulo everything; x/2 = 1/4 is 2x = 1 and not."""
    assert compile_diophantine("x/2 + y/2 = 1").answer(2).status == "sat"
    assert compile_diophantine("x/2 = 1/4").answer(2).modulus == 2


def test_non_integers_do_not_fit():
    """With x = 1/2 in place of an integer the residual of the sine is 1, not 0."""
    problem = compile_diophantine("2x = 4")
    weights = problem.forward({"x": 2})
    bad = {**weights, "a_x->g_x": Fraction(1, 2)}
    assert problem.compiled.fits(weights) and not problem.compiled.fits(bad)
    with pytest.raises(InputError):
        compile_diophantine("2x = 1").forward({"x": Fraction(1, 2)})


@pytest.mark.parametrize("text", ["x < 1", "sin(x) = 0", "x = 1 | x = 2"])
def test_only_polynomial_equations_are_accepted(text):
    """Inequalities, functions and disjunctions are refused."""
    with pytest.raises(InputError, match="equations between polynomials"):
        compile_diophantine(text)
