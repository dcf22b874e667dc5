"""A step size and a rate for gradient descent on a one-layer linear graph network, certified before the first step.

With s_0 the m_x-th largest eigenvalue of B_0 B_0' - W_0' W_0 and g_0 the gap at the start: lambda = s_0 - 2 eta g_0,
R = 2 sqrt(g_0) / (sqrt(lambda) sigma_+), M = 2 |G|^2 ((|W_0| + R)^2 + (|B_0| + R)^2) + 2 sqrt(L_0) |G|. If lambda > 0
and eta M <= 1, then L_k - L* <= (1 - 2 eta lambda sigma_+^2)^k g_0 for all k. Every number is rounded to the safe side.
Proved as gnn_convergence.a_priori_descent, with spectral norms of W_0 and B_0; here they are Frobenius norms.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from theory.exact.matrices import (
    Matrix,
    Rows,
    combination,
    eigenvalue_enclosure,
    exact_rank,
    frobenius_squared,
    gram,
    matrix,
    product,
    transpose,
)
from theory.exact.rationals import Exact, exact
from theory.gnn_convergence.certified_lambda import WIDTH, layer_bounds
from theory.language.errors import InputError, explain

_SCALE = 10**9


def root_above(x: Fraction) -> Fraction:
    """Return a rational at least sqrt(x), at most 1/10^9 above it relative to 1; x >= 0.

    >>> root_above(Fraction(4)), root_above(Fraction(2)) ** 2 > 2
    (Fraction(2, 1), True)
    """
    scaled = x * _SCALE * _SCALE
    whole = -(-scaled.numerator // scaled.denominator)
    root = isqrt(whole)
    return Fraction(root + (root * root < whole), _SCALE)


def least_squares(G: Rows, Y: Rows) -> Matrix:
    """Return Z with Z G G' = Y G', by exact elimination; free entries are 0.

    Raises:
        InputError: shapes that do not fit. ExactnessError: a float.

    >>> least_squares([[1, 1]], [[1, 3]])
    ((Fraction(2, 1),),)
    """
    features, labels = matrix(G, "G"), matrix(Y, "Y")
    normal, right = gram(features), product(features, transpose(labels))
    rows = [[*a, *b] for a, b in zip(normal, right)]
    size, pivots = len(normal), []
    for column in range(size):
        place = len(pivots)
        pivot = next((k for k in range(place, size) if rows[k][column]), None)
        if pivot is None:
            continue
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [x / rows[place][column] for x in rows[place]]
        for k in range(size):
            if k != place and rows[k][column]:
                factor = rows[k][column]
                rows[k] = [x - factor * y for x, y in zip(rows[k], rows[place])]
        pivots.append(column)
    columns = len(right[0])
    solution = [[Fraction(0)] * columns for _ in range(size)]
    for place, column in enumerate(pivots):
        solution[column] = rows[place][size:]
    return transpose(tuple(tuple(row) for row in solution))


def least_loss(G: Rows, Y: Rows) -> Fraction:
    """Return L* = ||Y (I - P)||^2, the least loss over all linear maps of G.

    Raises:
        InputError: shapes that do not fit. ExactnessError: a float.

    >>> least_loss([[1, 1]], [[1, 3]])
    Fraction(2, 1)
    """
    fitted = product(least_squares(G, Y), matrix(G, "G"))
    return frobenius_squared(combination(fitted, matrix(Y, "Y"), -1))


def singular_bounds(G: Rows, width: Fraction = WIDTH) -> tuple[Fraction, Fraction, Fraction]:
    """Return (rank, lower bound of sigma_+^2, upper bound of the largest sigma^2); both bounds 0 for rank 0.

    The rank is exact. The width of the enclosures is refined until the lower bound is positive.

    Raises:
        InputError: rows of different length. ExactnessError: a float.

    >>> singular_bounds([[1, 1], [1, 1]])[0], singular_bounds([[2, 0], [0, 1]])[2]
    (Fraction(1, 1), Fraction(4, 1))
    """
    rank = exact_rank(G)
    if rank == 0:
        return Fraction(0), Fraction(0), Fraction(0)
    features = matrix(G, "G")
    square = gram(features) if len(features) <= len(features[0]) else gram(transpose(features))
    position, accuracy = len(square) - rank + 1, width
    low, _ = eigenvalue_enclosure(square, position, accuracy)
    while low <= 0:
        accuracy /= 1024
        low, _ = eigenvalue_enclosure(square, position, accuracy)
    return Fraction(rank), low, eigenvalue_enclosure(square, len(square), width)[1]


@dataclass(frozen=True)
class DescentCertificate:
    """What holds for all iterates: every bound is on the safe side of the exact constant.

    `lambda_` and `sigma_squared` are lower bounds, `radius`, `smoothness` and `factor` upper bounds, the rest is exact.
    """

    step: Fraction
    lambda_: Fraction
    sigma_squared: Fraction
    gap: Fraction
    least: Fraction
    radius: Fraction
    smoothness: Fraction
    factor: Fraction

    def bound(self, steps: int) -> Fraction:
        """Return an upper bound of L_k - L* after `steps` steps."""
        return self.gap * self.factor**steps


def _constants(step: Fraction, start: Fraction, gap: Fraction, sigma: Fraction, largest: Fraction, norms: tuple[
        Fraction, Fraction, Fraction]) -> tuple[Fraction, Fraction, Fraction] | None:
    """lambda, R, M for a step, or None when lambda is not positive."""
    kept = start - 2 * step * gap
    if kept <= 0:
        return None
    radius = 2 * root_above(gap / (kept * sigma))
    head, layer, loss = norms
    smooth = 2 * largest * ((head + radius) ** 2 + (layer + radius) ** 2) + 2 * root_above(loss * largest)
    return kept, radius, smooth


def gradient_descent_certificate(G: Rows, Y: Rows, B: Rows, W: Rows, *, step: Exact | None = None
                                 ) -> DescentCertificate:
    """Certify gradient descent on ||W B G - Y||^2 from (W, B) with a constant step, or find such a step.

    Args:
        G: aggregated training features (m_x, nodes). Y: labels (m_y, nodes). B: (m_1, m_x), m_1 >= m_x. W: (m_y, m_1).
        step: the step size; without it the first of s_0/(4 g_0) 2^-k that is admissible.

    Raises:
        InputError: shapes that do not fit, features that are zero, a start without certificate (s_0 <= 0), a step that
            is too big. ExactnessError: a float.

    >>> found = gradient_descent_certificate([[1]], [[1]], [[2]], [[0]])
    >>> found.step * found.smoothness <= 1, 0 < found.factor < 1, found.lambda_ <= 4
    (True, True, True)
    """
    features, labels, layer, head = matrix(G, "G"), matrix(Y, "Y"), matrix(B, "B"), matrix(W, "W")
    rank, sigma, largest = singular_bounds(features)
    if not rank:
        raise InputError(explain("G", "features that are not all zero", "rank 0", "The loss is constant."))
    start = layer_bounds([layer], head)[0][0]
    if start <= 0:
        raise InputError(explain("start", "s_0 > 0", f"s_0 <= {start}", "Start with a smaller W or a larger B."))
    residual = combination(product(product(head, layer), features), labels, -1)
    loss, least = frobenius_squared(residual), least_loss(features, labels)
    gap = loss - least
    norms = (root_above(frobenius_squared(head)), root_above(frobenius_squared(layer)), loss)
    given = exact(step, "step") if step is not None else None
    if given is not None and given <= 0:
        raise InputError(explain("step", "a number > 0", str(given), "Give a positive step size."))
    if gap == 0:
        raise InputError(explain("start", "L > L*", "L = L*", "The start is optimal; there is nothing to certify."))
    eta = given if given is not None else start / (4 * gap)
    while True:
        found = _constants(eta, start, gap, sigma, largest, norms)
        if found is not None and eta * found[2] <= 1:
            break
        if given is not None:
            raise InputError(explain("step", "lambda > 0 and step * M <= 1", f"step = {given}, " + (
                "lambda <= 0" if found is None else f"M <= {found[2]}"), "Take a smaller step, or leave it out."))
        eta /= 2
    kept, radius, smooth = found
    return DescentCertificate(eta, kept, sigma, gap, least, radius, smooth, 1 - 2 * eta * kept * sigma)
