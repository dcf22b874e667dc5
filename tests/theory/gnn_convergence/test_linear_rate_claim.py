"""The exponent of the linear rate, and the decrease of the loss along gradient flow at small shapes by SymPy."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import Matrix, Rational, Symbol, diff, exp, log, simplify, symbols

from theory.gnn_convergence.linear_rate import CLAIM, linear_rate_exponent
from theory.language.errors import ExactnessError, InputError


def test_one_number_decays_exactly_at_the_exponent():
    """w' = -2 (w x - y) x has (w x - y)^2 = y^2 exp(-4 x^2 t) from w = 0: lambda = 1, sigma^2 = x^2."""
    t = Symbol("t", positive=True)
    x, y = Rational(3, 2), 5
    w = y / x * (1 - exp(-2 * x**2 * t))
    assert simplify(diff(w, t) + 2 * (w * x - y) * x) == 0
    assert simplify(log(y**2 / (w * x - y) ** 2) / t) == linear_rate_exponent(1, Fraction(9, 4))


def test_statement_holds_the_factor_four():
    """The exponential of the statement is that of linear_rate_exponent at lambda = sigma^2 = 1."""
    assert "exp(-4*mu*sig*tau)" in str(CLAIM.statement)
    assert linear_rate_exponent(1, 1) == 4


@pytest.mark.parametrize(("loss", "share"), [("sum", 1), ("half", Fraction(1, 2)), ("mean", Fraction(1, 6))])
def test_losses_share_the_exponent(loss, share):
    """Half the sum halves the exponent, the mean over 2 x 3 entries divides it by six."""
    assert linear_rate_exponent("0.5", 8, loss=loss, outputs=2, nodes=3) == 16 * share


def test_bad_numbers_are_refused():
    """Negative bounds, unknown losses, floats."""
    for arguments in ({"lambda_": -1, "sigma_squared": 1}, {"lambda_": 1, "sigma_squared": -1}):
        with pytest.raises(InputError):
            linear_rate_exponent(**arguments)
    with pytest.raises(InputError):
        linear_rate_exponent(1, 1, loss="max")
    with pytest.raises(ExactnessError):
        linear_rate_exponent(0.5, 1)


def _matrix(name, rows, columns):
    return Matrix(rows, columns, symbols(f"{name}:{rows * columns}"))


def test_decrease_is_a_sum_of_squares_of_sums_over_scales():
    """H = 2, widths 1, 2, 2: the squared gradient of the multiscale loss is the identity's, with A by recursion."""
    heads = [_matrix("a", 1, 1), _matrix("b", 1, 2), _matrix("c", 1, 2)]
    layers = [_matrix("p", 2, 1), _matrix("q", 2, 2)]
    features = [Matrix([[1, 2]]), Matrix([[3, -1]]), Matrix([[0, 5]])]
    labels = Matrix([[1, -2]])
    products = [Matrix([[1]]), layers[0], layers[1] * layers[0]]
    residual = sum((w * p * g for w, p, g in zip(heads, products, features)), -labels)
    loss = (residual * residual.T)[0]
    outer = 2 * residual
    top = heads[2].T * outer * features[2].T
    below = heads[1].T * outer * features[1].T + layers[1].T * top
    squares = sum(((outer * g.T * p.T).norm() ** 2 for g, p in zip(features, products)), Rational(0))
    squares += sum(abs(x) ** 2 for x in below) + sum(x**2 for x in top * products[1].T)
    names = [x for block in (*heads, *layers) for x in block]
    point = {x: Rational((7 * k) % 5 - 2, 1 + k % 3) for k, x in enumerate(names)}
    gradient = sum(diff(loss, x).subs(point) ** 2 for x in names)
    assert gradient == squares.subs(point)


def test_skips_can_be_slower_at_a_point():
    """Three scales of one number with heads 0, -3, 3: 48 against 76 times the loss."""
    a, c, d, p, q = symbols("a c d p q")
    point = {a: 0, c: -3, d: 3, p: 1, q: 1}
    skips = (a + c * p + d * p * q - 1) ** 2
    plain = (d * p * q - 1) ** 2
    fall = sum(diff(skips, x).subs(point) ** 2 for x in (a, c, d, p, q)) / skips.subs(point)
    other = sum(diff(plain, x).subs(point) ** 2 for x in (d, p, q)) / plain.subs(point)
    assert (fall, other) == (48, 76)
