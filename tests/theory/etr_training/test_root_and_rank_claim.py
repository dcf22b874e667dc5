"""The square root of two in compiled weights, and rank conditions against explicit factorisations."""

from __future__ import annotations

from itertools import product

from sympy import Matrix, sqrt

from theory.etr_training.compilation import compile_formula


def test_real_weights_fit_the_compiled_square_root():
    """X = sqrt(2) gives weights that fit the compiled instance of X X = 2 exactly."""
    compiled = compile_formula("x*x = 2", "id")
    assert compiled.fits(compiled.forward({"x": sqrt(2)}))


def test_rank_and_image_decide_a_linear_fit():
    """For all 0/1 matrices X (2 x 2) and Y (1 x 2): Y X^+ X = Y exactly when some Z has Z X = Y."""
    for entries in product((0, 1), repeat=6):
        X, Y = Matrix(2, 2, entries[:4]), Matrix(1, 2, entries[4:])
        in_rows = X.rank() == X.col_join(Y).rank()
        assert (Y * X.pinv() * X == Y) == in_rows


def test_the_weights_of_the_proof_fit():
    """W2 = U, W1 = V X^+ at the instance of the claim: labels 1, 2, 3 and their doubles."""
    X, Y = Matrix([[1, 0, 1], [0, 1, 1]]), Matrix([[1, 2, 3], [2, 4, 6]])
    U, V = Matrix([1, 2]), Matrix([[1, 2, 3]])
    assert U * (V * X.pinv()) * X == Y
