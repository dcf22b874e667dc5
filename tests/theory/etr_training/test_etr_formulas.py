"""The formula language: what is read, what is refused, exact values, and printing that is read back."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy

from theory.etr_training.exact_numbers import four_squares, in_one_field, square_root
from theory.etr_training.formula_parsing import parse, parse_term
from theory.etr_training.formula_printing import to_smt2, to_text
from theory.etr_training.formulas import (
    And,
    Apply,
    Atom,
    Const,
    Or,
    Product,
    Sum,
    Var,
    functions,
    holds,
    size,
    value,
    variables,
)
from theory.language.errors import ExactnessError, InputError, NotationError

X, Y = Var("x"), Var("y")


def number(q):
    """A constant."""
    return Const(Fraction(q))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 2", Atom("=", X, number(2))),
        ("x > 1/2", Atom("<", number("1/2"), X)),
        ("x >= 0.25", Atom("<=", number("1/4"), X)),
        ("3x^2 + 2 = y^2", Atom("=", Sum((Product((number(3), X, X)), number(2))), Product((Y, Y)))),
        ("0 < x <= 1", And((Atom("<", number(0), X), Atom("<=", X, number(1))))),
        ("x = 1 | y = 2, x = 3",
         Or((Atom("=", X, number(1)), And((Atom("=", Y, number(2)), Atom("=", X, number(3))))))),
        ("((x + 1))*2 = y", Atom("=", Product((Sum((X, number(1))), number(2))), Y)),
        ("((x = 1) or (y = 1)) and true", Or((Atom("=", X, number(1)), Atom("=", Y, number(1))))),
        ("-x - 1 = 0", Atom("=", Sum((Product((number(-1), X)), number(-1))), number(0))),
        ("sin(2x) = exp(y)", Atom("=", Apply("sin", Product((number(2), X))), Apply("exp", Y))),
    ],
)
def test_texts_denote_the_formulas_written_out_by_hand(text, expected):
    """Each piece of the grammar gives the expected tree."""
    assert parse(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "x", "x =", "= 1", "x = 1 &", "(x = 1", "x = 1)", "x ** 2 = 1", "x = __import__('os')", "f(x) = 1", "x/y = 1",
     "x/0 = 1", "x^-1 = 1", "x^9999 = 1", "1e5 = x", "x == 1", "_x = 1", "(" * 101 + "x" + ")" * 101 + " = 1", 7],
)
def test_texts_outside_the_grammar_are_refused(text):
    """A text that is no formula raises NotationError and is never run as code."""
    with pytest.raises(NotationError, match="required"):
        parse(text)


def test_the_message_points_at_the_place():
    """The error names the character where reading stopped."""
    with pytest.raises(NotationError, match="character 9"):
        parse("x + 1 = )")


def random_term(rng, depth):
    """A random term in x and y."""
    kind = rng.randrange(5 if depth else 2)
    if kind < 2:
        return (X, Y)[kind] if rng.random() < 0.7 else Const(Fraction(rng.randint(-3, 3), rng.randint(1, 3)))
    maker = Sum if kind < 4 else Product
    return maker(tuple(random_term(rng, depth - 1) for _ in range(rng.randint(2, 3))))


@pytest.mark.parametrize("seed", range(20))
def test_printing_and_reading_keep_the_value(seed):
    """A printed term is read back with the same value at random rationals."""
    rng = random.Random(seed)
    term = random_term(rng, 3)
    for _ in range(5):
        point = {name: Fraction(rng.randint(-5, 5), rng.randint(1, 4)) for name in "xy"}
        assert value(parse_term(to_text(term)), point) == value(term, point)


@pytest.mark.parametrize("text", ["x*x + (-2) = 0", "x = 1 & (y < 2 | x*y <= 1/3)", "true", "false", "pow3(x) = 3*y"])
def test_canonical_texts_are_printed_as_they_were(text):
    """Reading and printing a canonical text is the identity."""
    assert to_text(parse(text)) == text


def test_truth_is_decided_exactly_at_the_boundary():
    """`<` and `<=` differ by exactly the boundary, for rational and for algebraic numbers."""
    assert not holds(parse("x*x < 2"), {"x": sympy.sqrt(2)})
    assert holds(parse("x*x <= 2"), {"x": sympy.sqrt(2)})
    assert holds(parse("x*x <= 2 & 7/5 < x < 3/2"), in_one_field({"x": sympy.sqrt(2)}))
    assert not holds(parse("x < 1/3 | x > 1/3"), {"x": Fraction(1, 3)})


def test_a_missing_value_is_named():
    """Evaluation without a value for a variable says which one is missing."""
    with pytest.raises(InputError, match="'y'"):
        value(parse_term("x + y"), {"x": Fraction(1)})


def test_variables_functions_and_sizes_are_counted():
    """Names come in order of occurrence; x*x = sin(y) has the 4 terms x, x, x*x, y, sin(y) and one atom."""
    formula = parse("x*x = sin(y)")
    assert (variables(formula), functions(formula), size(formula)) == (("x", "y"), ("sin",), 6)


def test_smt_lib_text_is_the_expected_one():
    """The script declares the variables and asserts each conjunct."""
    assert to_smt2(parse("x*x = 2 & (x < -1/2 | x = y)")).splitlines() == [
        "(set-logic QF_NRA)", "(declare-const x Real)", "(declare-const y Real)", "(assert (= (* x x) 2.0))",
        "(assert (or (< x (- (/ 1.0 2.0))) (= x y)))", "(check-sat)"]


@pytest.mark.parametrize("text", ["x*x = 2 & x < 0", "x*x = -1", "x + y = 1 & x*y = 1", "(x = 1 | x = 2) & x >= 3/2"])
def test_smt_lib_text_is_understood_by_z3(text):
    """Z3 finds the sentence satisfiable exactly for the formulas that are."""
    z3 = pytest.importorskip("z3")
    solver = z3.Solver()
    solver.from_string(to_smt2(parse(text)))
    satisfiable = text in ("x*x = 2 & x < 0", "(x = 1 | x = 2) & x >= 3/2")
    assert solver.check() == (z3.sat if satisfiable else z3.unsat)


def test_field_arithmetic_satisfies_the_defining_equations():
    """sqrt 2, (3 - sqrt 5)/2 and the cube root of 2 satisfy their minimal polynomials exactly, in one field."""
    given = {"r": sympy.sqrt(2), "g": (3 - sympy.sqrt(5)) / 2, "q": Fraction(1, 3)}
    moved = in_one_field(given)
    r, g = moved["r"], moved["g"]
    assert (r * r, g * g - 3 * g + 1, moved["q"]) == (2, 0, Fraction(1, 3))
    assert (r * g) * (r * g).inverse() == 1 and 2 / r == r
    assert r > Fraction(1414, 1000) and -r < 0 < g < Fraction(382, 1000)
    c = in_one_field({"c": sympy.root(2, 3)})["c"]
    assert c**3 == 2 and (c * c).enclosure()[0] > 0


@pytest.mark.parametrize("seed", range(5))
def test_signs_in_a_field_agree_with_sympy(seed):
    """The sign of a + b sqrt 2 + c sqrt 3 + d sqrt 6 agrees with a 50-digit evaluation."""
    rng = random.Random(seed)
    moved = in_one_field({"r": sympy.sqrt(2), "s": sympy.sqrt(3)})
    r, s = moved["r"], moved["s"]
    for _ in range(10):
        a, b, c, d = (rng.randint(-9, 9) for _ in range(4))
        approximate = sympy.N(a + b * sympy.sqrt(2) + c * sympy.sqrt(3) + d * sympy.sqrt(6), 50)
        assert (a + b * r + c * s + d * r * s).sign() == sympy.sign(approximate)


def test_sums_of_four_squares():
    """Every rational p/q with 0 <= p, q <= 12 is the sum of the four squares found."""
    for p in range(13):
        for q in range(1, 13):
            assert sum(root * root for root in four_squares(Fraction(p, q))) == Fraction(p, q)


def test_square_roots_are_rational_where_possible():
    """9/4 has the root 3/2, and 2 the root sqrt(2)."""
    assert (square_root(Fraction(9, 4)), square_root(Fraction(2))) == (Fraction(3, 2), sympy.sqrt(2))


def test_floats_are_refused():
    """A float among the values of a solution is refused with the remedy."""
    from theory.etr_training.compilation import compile_formula

    with pytest.raises(ExactnessError):
        compile_formula("x = 1/2").forward({"x": 0.5})
