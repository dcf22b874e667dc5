"""From formulas to gadget systems: equivalence in both directions, and the sizes."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest
import sympy

from theory.etr_training.flattening import GadgetSystem, flatten
from theory.etr_training.formula_parsing import parse
from theory.etr_training.formulas import holds, size, variables
from theory.language.errors import InputError


def test_the_outermost_operation_is_written_into_the_other_side():
    """x*x = 2 becomes one constant and one product; the golden ratio one addition, constant and product."""
    assert flatten(parse("x*x = 2")).system == GadgetSystem(
        ("x", "_1"), constants=(("_1", Fraction(2)),), products=(("x", "x", "_1"),))
    assert flatten(parse("x*x = x + 1")).system == GadgetSystem(
        ("x", "_1", "_2"), constants=(("_1", Fraction(1)),), additions=(("x", "_1", "_2"),),
        products=(("x", "x", "_2"),))


def test_products_equal_to_one_are_inverses_and_differences_cost_no_product():
    """x*y = 1 is one equation without auxiliary variables; x - y = 3 is one addition."""
    assert flatten(parse("x*y = 1")).system == GadgetSystem(("x", "y"), inverses=(("x", "y"),))
    assert flatten(parse("x - y = z")).system == GadgetSystem(("x", "y", "z"), additions=(("z", "y", "x"),))


FORMULAS = [
    "x = y", "x - x = 0 & 2*3 = 6", "x < y", "x <= y & y <= 1", "0 < x <= 1 & 2x = 1", "x*y = 1 | x = y",
    "x = 0 | y = 0 | x = y",
    "(x < 0 | x = 1 & y = 1) & (x = 1 | y = 2)", "x < y | (y < x & (x = 2 | y = 1))", "x*x + y*y <= 2 & x + y > 0",
    "x*(y + 1) = 2*x + y - 1/2 | x > 1", "true", "x = x & x + 0 = x*1",
]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("squares", ["one", "four"])
def test_solutions_extend_exactly_where_the_formula_holds(text, squares):
    """On a grid: a solution of the formula extends to one of the system, and no other point does."""
    formula = parse(text)
    flattened = flatten(formula, squares)
    for point in product((Fraction(-1), Fraction(1, 2), Fraction(1), Fraction(2)), repeat=len(variables(formula))):
        assignment = dict(zip(variables(formula), point, strict=True))
        if holds(formula, assignment) and (squares == "four" or "<" not in text):
            values = flattened.extend(assignment)
            assert flattened.system.solved_by(values)
            assert all(isinstance(number, Fraction) for number in values.values())
            assert {name: values[name] for name in assignment} == assignment
        elif not holds(formula, assignment):
            with pytest.raises(InputError, match="satisfy the formula"):
                flattened.extend(assignment)


def test_roots_that_are_no_squares_leave_the_rationals_and_stay_exact():
    """x < 3 at x = 1 needs s = 1/sqrt(2), which is found in Q(sqrt 2); with four squares all stays rational."""
    one, four = (flatten(parse("x < 3 & x*x = 1"), squares) for squares in ("one", "four"))
    values = one.extend({"x": 1})
    assert one.system.solved_by(values) and any(not isinstance(v, Fraction) for v in values.values())
    assert all(isinstance(v, Fraction) for v in four.extend({"x": 1}).values())
    with pytest.raises(InputError, match="squares='one'"):
        flatten(parse("x < 3 & x*x = 2"), "four").extend({"x": sympy.sqrt(2)})
    mixed = flatten(parse("x < 3 & x*x = 2"))
    assert mixed.system.solved_by(mixed.extend({"x": sympy.sqrt(2)}))


@pytest.mark.parametrize(("text", "satisfiable"), [
    ("x < y & y < x", False), ("x*x < 0", False), ("x < 1 & x > 0 & (x = 1 | x = 0)", False),
    ("(x = 1 | x < -3) & x < 0 & x*x = 16", True), ("x <= 0 & 0 <= x & (x < 0 | x = 0 & y*y = 2)", True),
    ("false", False), ("false | x*x = -1 | x < x", False),
])
def test_z3_finds_system_and_formula_equally_satisfiable(text, satisfiable):
    """The system is satisfiable exactly if the formula is, by Z3's nonlinear solver."""
    z3 = pytest.importorskip("z3")
    system = flatten(parse(text)).system
    X = {name: z3.Real(name) for name in system.variables}
    solver = z3.Tactic("qfnra-nlsat").solver()
    solver.set("timeout", 8000)
    solver.add([X[x] == z3.Q(q.numerator, q.denominator) for x, q in system.constants])
    solver.add([X[x] + X[y] == X[z] for x, y, z in system.additions])
    solver.add([X[x] * X[y] == X[z] for x, y, z in system.products])
    solver.add([X[x] * X[y] == 1 for x, y in system.inverses])
    assert solver.check() == (z3.sat if satisfiable else z3.unsat)


def random_formula_text(rng, length):
    """A random conjunction of disjunctions of polynomial atoms."""
    def term():
        return " + ".join(f"{rng.randint(1, 5)}*{rng.choice('xyz')}*{rng.choice('xyz')}" for _ in range(2))

    return " & ".join(f"({term()} {rng.choice(('=', '<', '<='))} {term()} | {term()} = {rng.randint(0, 9)})"
                      for _ in range(length))


@pytest.mark.parametrize("squares", ["one", "four"])
def test_size_is_linear(squares):
    """The system has at most 5 equations and variables for each node of the formula."""
    for length in (1, 5, 20):
        formula = parse(random_formula_text(random.Random(length), length))
        system = flatten(formula, squares).system
        equations = sum(map(len, (system.constants, system.additions, system.products, system.inverses)))
        assert max(len(system.variables), equations) <= 5 * size(formula)


def test_unknown_names_and_options_are_refused():
    """A system with an undeclared variable and an unknown option raise InputError."""
    with pytest.raises(InputError, match="unknown"):
        GadgetSystem(("x",), products=(("x", "y", "x"),))
    with pytest.raises(InputError, match="squares"):
        flatten(parse("x = 1"), "two")
