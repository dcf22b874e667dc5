"""Certified numbers of a network on a graph: singular values, lambda before training, rate, step size.

Features, labels and weights are floats and mean their exact dyadic values; S = A + I is exact, the normalised S is
enclosed entry by entry. Lower and upper ends are rationals on the safe side.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.linalg import qr

from numerics.enclosures.balls import Ball, ball
from numerics.enclosures.eigenvalues import BallMatrix, eigenvalue_enclosure, ends, precision
from numerics.gnn_convergence.networks import Array, Problem, Weights, fits
from numerics.gnn_convergence.ranks import Rank, kind_of
from theory.exact.rationals import Exact, exact
from theory.gnn_convergence.descent_certificate import DescentCertificate, root_above
from theory.gnn_convergence.descent_certificate import _constants as step_constants
from theory.gnn_convergence.graph_shift import twins
from theory.gnn_convergence.linear_rate import linear_rate_exponent
from theory.language.errors import InputError, SearchFailed, explain

Enclosure = tuple[Fraction, Fraction]
"""A lower and an upper end."""
BITS = (320, 640, 1280)
"""Precisions, tried in this order until the answer is as sharp as wanted."""


@dataclass(frozen=True)
class Spectrum:
    """Squared singular values of the design matrix.

    Attributes:
        rank: with the reason. plus: of the least non-zero one; (0, 0) for rank 0; a lower end 0 if the rank is not
            certain. least: of number min(rows, columns), exactly (0, 0) where the rank is smaller. largest.
        twins: classes of closed twins among the training nodes.
    """

    rank: Rank
    plus: Enclosure
    least: Enclosure
    largest: Enclosure
    twins: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Certificate:
    """What is known before training: L_T - L* <= (L_0 - L*) exp(-`exponent` T) for all T along gradient flow.

    Attributes:
        lambda_: of the bound that holds for all time; (0, 0) if there is none. exponent: 4 lambda sigma_+^2 from below.
        printed: the same with sigma_min in place of sigma_+. reasons: why a number above is 0, one sentence each.
    """

    spectrum: Spectrum
    lambda_: Enclosure
    exponent: Fraction
    printed: Fraction
    reasons: tuple[str, ...]

    @property
    def vacuous(self) -> bool:
        """Whether the certified exponent is 0, so that nothing is promised."""
        return self.exponent == 0


def _balls(values: Array) -> BallMatrix:
    return BallMatrix([[ball(Fraction(x)) for x in row] for row in values.tolist()])


def _aggregation(problem: Problem) -> BallMatrix:
    if kind_of(problem.S) != "gcn":
        return _balls(problem.S)
    degrees = (problem.S != 0).sum(axis=0).tolist()
    root = {d: ball(d).sqrt() for d in set(degrees)}
    return BallMatrix([[1 / (root[a] * root[b]) if entry else ball(0) for b, entry in zip(degrees, row)]
                       for a, row in zip(degrees, problem.S.tolist())])


def design_balls(problem: Problem) -> BallMatrix:
    """Return balls around the exact entries of the design matrix, at the present precision."""
    power, rows = _balls(problem.X), []
    step = _aggregation(problem) if problem.depth else None
    for level in range(problem.depth + 1):
        if level:
            power = power * step
        if level in problem.heads:
            rows += [[row[i] for i in problem.train] for row in power.tolist()]
    return BallMatrix(rows)


def _rows(matrix: BallMatrix) -> list[list[Ball]]:
    return matrix.tolist()


def singular_values(problem: Problem) -> Spectrum:
    """Return certified enclosures of the squared singular values that the rates need, and the exact rank."""
    values = np.linalg.svd(problem.design(), compute_uv=False) ** 2
    rank, size, zero = problem.rank, min(problem.design().shape), (Fraction(0), Fraction(0))
    classes = ()
    if kind_of(problem.S) in ("gin", "gcn"):
        pattern = (problem.S != 0) & ~np.eye(len(problem.S), dtype=bool)
        inside = (tuple(sorted(set(group) & set(problem.train))) for group in twins(pattern.astype(int).tolist()))
        classes = tuple(group for group in inside if len(group) > 1)
    if rank.upper == 0:
        return Spectrum(rank, zero, zero, zero, classes)
    for bits in BITS:
        with precision(bits):
            G = design_balls(problem)
            gram = _rows(G * G.transpose() if G.nrows() <= G.ncols() else G.transpose() * G)
            largest = eigenvalue_enclosure(gram, size, float(values[0]), floor=Fraction(0))
            plus = eigenvalue_enclosure(gram, size - rank.upper + 1, float(values[rank.upper - 1]), floor=Fraction(0))
        if plus[0] > 0 or not rank.exact:
            break
    if not rank.exact and plus[0] > 0:  # the count of eigenvalues settles the rank after all
        rank = Rank(rank.upper, rank.upper, rank.upper, "singular values enclosed away from 0")
    if not rank.exact:
        plus = (Fraction(0), largest[1])
    least = plus if rank.upper == size else zero
    return Spectrum(rank, plus, least, largest, classes)


def _nondecreasing(problem: Problem, w: Weights, where: str) -> None:
    widths = (problem.X.shape[0], *w.widths)
    for level, (a, b) in enumerate(zip(widths, widths[1:]), 1):
        if b < a:
            raise InputError(explain(f"{where}, layer {level}", "m_x <= m_1 <= ... <= m_H (hypothesis on the widths)",
                                     f"{widths}: m_{level} is {a - b} below m_{level - 1}",
                                     f"Make layer {level} at least {a} wide."))


def layer_enclosures(problem: Problem, w: Weights) -> tuple[Enclosure, ...]:
    """Return enclosures of s_1, ..., s_H with lambda_min(B_l' B_l) >= s_l at all times of gradient flow.

    The same numbers as `theory.gnn_convergence.layer_bounds`, by balls, for layers of any size.

    Raises:
        InputError: weights that do not fit, widths that decrease.
    """
    fits(problem, w)
    _nondecreasing(problem, w, "a_priori_lambda")
    out: list[Enclosure] = []
    low = high = Fraction(0)
    with precision(BITS[0]):
        of = dict(zip(problem.heads, map(_balls, w.W)))
        layers = tuple(map(_balls, w.B))
        for level in range(problem.depth, 0, -1):
            layer = layers[level - 1]
            kept = layer * layer.transpose()
            if level < problem.depth:
                kept = kept - layers[level].transpose() * layers[level]
            if level in of:
                kept = kept - of[level].transpose() * of[level]
            rows, position = _rows(kept), layer.nrows() - layer.ncols() + 1
            guess = np.linalg.eigvalsh([[float(x) for x in row] for row in rows])[position - 1]
            found = eigenvalue_enclosure(rows, position, float(guess))
            low, high = low + found[0], high + found[1]
            out.append((low, high))
    return tuple(reversed(out))


def certified_lambda(problem: Problem, w: Weights) -> Enclosure:
    """Return an enclosure of the bound of lambda_T that holds for all T and is known at the start, (0, 0) for none.

    The lower end is what may be used: lambda_T >= it.

    Raises:
        InputError: weights that do not fit, widths that decrease.
    """
    products = [(Fraction(1), Fraction(1))]
    for low, high in layer_enclosures(problem, w):
        if low <= 0:
            return Fraction(0), Fraction(0)
        products.append((products[-1][0] * low, products[-1][1] * high))
    if problem.skip:
        return min(low for low, _ in products), min(high for _, high in products)
    return products[-1]


def certify(problem: Problem, w: Weights) -> Certificate:
    """Return the rate of gradient flow that is certain before training, and why it is 0 where it is.

    Raises:
        InputError: weights that do not fit, widths that decrease.
    """
    kept = certified_lambda(problem, w)
    found = singular_values(problem)
    reasons = []
    if kept[0] == 0:
        reasons.append("lambda: some s_l of the conserved matrices is not positive; take smaller heads or more balanced"
                       " layers")
    if found.rank.upper == 0:
        reasons.append("sigma_+: the design matrix is zero, the loss is constant")
    elif found.plus[0] == 0:
        reasons.append(f"sigma_+: the rank is not certain ({found.rank.how})")
    if found.least[1] == 0 and found.rank.upper:
        rows, columns = problem.design().shape
        reasons.append(f"sigma_min: rank {found.rank.value} < min({rows}, {columns}), the printed bound is vacuous"
                       + (f"; closed twins are trained: {found.twins}" if found.twins else ""))
    return Certificate(found, kept, linear_rate_exponent(kept[0], found.plus[0]),
                       linear_rate_exponent(kept[0], found.least[0]), tuple(reasons))


def least_loss_enclosure(problem: Problem) -> Enclosure:
    """Return an enclosure of L* = ||Y (I - P)||^2, exactly (0, 0) when the design has full column rank.

    Raises:
        SearchFailed: the rank is not certain, or the precision does not suffice.
    """
    rank, zero = problem.rank, (Fraction(0), Fraction(0))
    if not rank.exact:
        rank = singular_values(problem).rank
    if not rank.exact:
        raise SearchFailed(explain("L*", "a certain rank", rank.how, "Use an aggregation with exact entries."))
    if rank.value == len(problem.train):
        return zero
    norm = sum((Fraction(y) ** 2 for row in problem.Y.tolist() for y in row), Fraction(0))
    if rank.value == 0:
        return norm, norm
    chosen = qr(problem.design().T, pivoting=True, mode="r")[1][: rank.value]  # independent rows
    for bits in BITS:
        with precision(bits):
            table = design_balls(problem).tolist()
            G = BallMatrix([table[k] for k in chosen.tolist()])
            right = G * _balls(problem.Y).transpose()
            try:
                solution = (G * G.transpose()).solve(right)
            except ZeroDivisionError:
                continue
            low, high = ends(ball(norm) - (right.transpose() * solution).trace())
        if high - low <= Fraction(1, 10**12) * norm:
            return max(low, Fraction(0)), high
    raise SearchFailed(explain("L*", "independent rows of the design", "none at this precision",
                               "Normalise the features."))


def _norms(problem: Problem, w: Weights) -> tuple[Fraction, Fraction, Fraction]:
    """Upper bounds of |W|_F and |B|_F (at least the spectral norms), and of L at the start."""
    with precision(BITS[0]):
        residual = _balls(w.W[0]) * _balls(w.B[0]) * design_balls(problem) - _balls(problem.Y)
        squares = (residual.transpose() * residual).trace()
        value = ends(squares)[1]
    head, layer = (sum((Fraction(x) ** 2 for x in part.ravel().tolist()), Fraction(0)) for part in (w.W[0], w.B[0]))
    return root_above(head), root_above(layer), value


def certified_step(problem: Problem, w: Weights, *, step: Exact | None = None) -> DescentCertificate:
    """Certify gradient descent with a constant step on a network with one layer and one head, for floats and any S.

    The bounds of `theory.gnn_convergence.gradient_descent_certificate`, from enclosures in place of exact features:
    `gap` is an upper and `least` a lower bound.

    Args:
        step: int, Fraction or decimal text; without it the first of s_0/(4 g_0) 2^-k that is admissible.

    Raises:
        InputError: another depth or skips, features that are zero, s_0 <= 0, an optimal start, a step that is too big.
        ExactnessError: a step that is a float. SearchFailed: the rank is not certain.
    """
    if problem.depth != 1 or problem.skip:
        raise InputError(explain("certified_step", "one layer and one head (depth 1, no skips)",
                                 f"depth {problem.depth}, skip={problem.skip}",
                                 "For others certify single steps: see the experiment exact_descent."))
    start = layer_enclosures(problem, w)[0][0]
    found, least = singular_values(problem), least_loss_enclosure(problem)
    if found.plus[0] == 0:
        raise InputError(explain("features", "G that is not zero, with a certain rank", found.rank, "Check X and S."))
    if start <= 0:
        raise InputError(explain("start", "s_0 > 0", f"s_0 <= {float(start):.6g}", "Use a smaller W or a larger B."))
    norms = _norms(problem, w)
    gap = norms[2] - least[0]
    if gap <= 0:
        raise InputError(explain("start", "L > L*", "L = L*", "The start is optimal; there is nothing to certify."))
    given = exact(step, "step") if step is not None else None
    if given is not None and given <= 0:
        raise InputError(explain("step", "a number > 0", str(given), "Give a positive step size."))
    eta = given if given is not None else start / (4 * gap)
    while True:
        constants = step_constants(eta, start, gap, found.plus[0], found.largest[1], norms)
        if constants is not None and eta * constants[2] <= 1:
            break
        if given is not None:
            limit = "lambda <= 0" if constants is None else f"step * M = {float(eta * constants[2]):.6g}"
            raise InputError(explain("step", "lambda > 0 and step * M <= 1", f"step = {given}, {limit}",
                                     "Take a smaller step, or leave it out."))
        eta /= 2
    kept, radius, smooth = constants
    return DescentCertificate(eta, kept, found.plus[0], gap, least[0], radius, smooth,
                              1 - 2 * eta * kept * found.plus[0])
