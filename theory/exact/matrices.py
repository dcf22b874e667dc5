"""Matrices of Fractions as tuples of rows: products, ranks and signs of eigenvalues by exact elimination."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.exact.rationals import Exact, exact
from theory.language.errors import InputError, explain

Rows = Sequence[Sequence[Exact]]
Matrix = tuple[tuple[Fraction, ...], ...]
"""Rows of equal length."""


def matrix(rows: Rows, name: str) -> Matrix:
    """Return the rows as Fractions.

    Raises:
        InputError: no rows, or rows of different length. ExactnessError: a float.

    >>> matrix([[1, "1/2"]], "X")
    ((Fraction(1, 1), Fraction(1, 2)),)
    """
    out = tuple(tuple(exact(entry, name) for entry in row) for row in rows)
    if not out or len({len(row) for row in out}) > 1 or not out[0]:
        raise InputError(explain(name, "rows of one length, at least one entry", [len(row) for row in out],
                                 "Pad or cut the rows."))
    return out


def identity(size: int) -> Matrix:
    """Return the identity of a size.

    >>> identity(1)
    ((Fraction(1, 1),),)
    """
    return tuple(tuple(Fraction(i == j) for j in range(size)) for i in range(size))


def transpose(a: Matrix) -> Matrix:
    """Return the transpose.

    >>> transpose(matrix([[1, 2]], "a"))
    ((Fraction(1, 1),), (Fraction(2, 1),))
    """
    return tuple(zip(*a))


def product(left: Matrix, right: Matrix) -> Matrix:
    """Return the matrix product. Raises InputError when the shapes do not fit.

    >>> product(matrix([[1, 2]], "a"), matrix([[3], [4]], "b"))
    ((Fraction(11, 1),),)
    """
    if len(left[0]) != len(right):
        raise InputError(explain("product", f"a right factor with {len(left[0])} rows", len(right),
                                 "Check the order of the factors and the widths."))
    columns = tuple(zip(*right))
    return tuple(tuple(sum((a * b for a, b in zip(row, column)), Fraction(0)) for column in columns) for row in left)


def combination(left: Matrix, right: Matrix, factor: Fraction | int) -> Matrix:
    """Return left + factor right, entry by entry. Raises InputError when the shapes differ.

    >>> combination(identity(1), identity(1), -1)
    ((Fraction(0, 1),),)
    """
    if (len(left), len(left[0])) != (len(right), len(right[0])):
        raise InputError(explain("combination", "matrices of one shape", (len(left), len(right)), "Check the widths."))
    return tuple(tuple(a + factor * b for a, b in zip(u, v)) for u, v in zip(left, right))


def gram(a: Matrix) -> Matrix:
    """Return A A'.

    >>> gram(matrix([[1, 2]], "a"))
    ((Fraction(5, 1),),)
    """
    return product(a, transpose(a))


def frobenius_squared(a: Matrix) -> Fraction:
    """Return the sum of the squared entries.

    >>> frobenius_squared(matrix([[1, 2]], "a"))
    Fraction(5, 1)
    """
    return sum((entry * entry for row in a for entry in row), Fraction(0))


def exact_rank(rows: Rows) -> int:
    """Return the rank over the rationals by elimination.

    >>> exact_rank([[1, 2], [2, 4]]), exact_rank([[1, 1], [1, "1/2"]])
    (1, 2)
    """
    left = [list(row) for row in matrix(rows, "rows")]
    rank, width = 0, len(left[0])
    for column in range(width):
        pivot = next((k for k in range(rank, len(left)) if left[k][column]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        top = left[rank]
        for k in range(rank + 1, len(left)):
            if left[k][column]:
                factor = left[k][column] / top[column]
                left[k] = [a - factor * b for a, b in zip(left[k], top)]
        rank += 1
    return rank


def negative_eigenvalues(a: Matrix, shift: Fraction | int = 0) -> int:
    """Return how many eigenvalues of a symmetric matrix lie strictly below `shift` (Sylvester's law of inertia).

    A pivot on the diagonal is used where there is one; otherwise a non-zero a_ij with a_ii = a_jj = 0 makes a 2 x 2
    block with one eigenvalue of each sign.

    Raises:
        InputError: a matrix that is not symmetric.

    >>> negative_eigenvalues(matrix([[0, 1], [1, 0]], "a")), negative_eigenvalues(matrix([[2]], "a"), 3)
    (1, 1)
    """
    if transpose(a) != a:
        raise InputError(explain("eigenvalues", "a symmetric matrix", "one that is not", "Give A A' or A + A'."))
    work = [list(row) for row in combination(a, identity(len(a)), -shift)]
    count = 0
    while work:
        size = range(len(work))
        pivot = next((k for k in size if work[k][k]), None)
        if pivot is None:
            pair = next(((i, j) for i in size for j in range(i) if work[i][j]), None)
            if pair is None:
                return count
            # adding row and column j to row and column i makes 2 a_ij on the diagonal: a congruence
            i, j = pair
            work[i] = [x + y for x, y in zip(work[i], work[j])]
            for row in work:
                row[i] += row[j]
            pivot = i
        top = work[pivot]
        count += top[pivot] < 0
        work = [[work[i][j] - top[i] * top[j] / top[pivot] for j in size if j != pivot] for i in size if i != pivot]
    return count


def eigenvalue_enclosure(a: Matrix, position: int, width: Fraction) -> tuple[Fraction, Fraction]:
    """Return lower <= e <= upper for the eigenvalue number `position` (1 is the least) of a symmetric matrix.

    Bisection on the inertia; both ends agree when the eigenvalue is an end. upper - lower <= `width`.

    Raises:
        InputError: a matrix that is not symmetric, a position outside 1..size, a width that is not positive.

    >>> eigenvalue_enclosure(matrix([[2, 1], [1, 2]], "a"), 1, Fraction(1, 4))
    (Fraction(15, 16), Fraction(9, 8))
    >>> eigenvalue_enclosure(identity(2), 1, Fraction(1, 4))
    (Fraction(1, 1), Fraction(1, 1))
    """
    if not 1 <= position <= len(a):
        raise InputError(explain("position", f"1..{len(a)}", position, "Eigenvalues are counted from the least."))
    if width <= 0:
        raise InputError(explain("width", "a number > 0", str(width), "Give the wanted accuracy."))
    bound = max(sum((abs(x) for x in row), Fraction(0)) for row in a)
    bound = Fraction(-(-bound.numerator // bound.denominator))
    low, high, opposite = -bound, bound, combination(a, a, -2)
    while high - low > width:
        middle = (low + high) / 2
        below = negative_eigenvalues(a, middle)
        if below >= position:
            high = middle
        elif len(a) - negative_eigenvalues(opposite, -middle) >= position:
            return middle, middle  # neither below nor above
        else:
            low = middle
    for end in (low, high):
        if negative_eigenvalues(a, end) < position <= len(a) - negative_eigenvalues(opposite, -end):
            return end, end
    return low, high
