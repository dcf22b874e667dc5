"""Gradient descent of a linear graph network in exact rational arithmetic, any depth, with and without skips."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from numerics.enclosures.integer_matrices import RationalMatrix, fractions, of_fractions
from theory.exact.matrices import Matrix, Rows, identity, matrix
from theory.exact.rationals import Exact, exact
from theory.language.errors import InputError, explain

Iterate = tuple[Fraction, tuple[Matrix, ...], tuple[Matrix, ...]]
"""Loss, layers B_1..B_H, heads."""


def rational_descent(G: Rows | Sequence[Rows], Y: Rows, B: Sequence[Rows], W: Rows | Sequence[Rows], step: Exact,
                     steps: int, *, skip: bool = False) -> tuple[Iterate, ...]:
    """Return (loss, layers, heads) of the start and after each step, exactly.

    The digits of the weights grow by the factor 2H + 1 with each step.

    Args:
        G: G_H (m_x, nodes); with skip=True the H + 1 matrices G_0, ..., G_H. Y: (m_y, nodes). B: the H layers, from
            B_1 on; may be empty. W: the head, with skip=True H + 1 heads. step: int, Fraction or decimal text.

    Raises:
        InputError: shapes that do not fit, a step that is not positive, a negative count. ExactnessError: a float.

    >>> rational_descent([[1]], [[1]], [[[1]]], [[0]], "1/4", 1)[1]
    (Fraction(1, 4), (((Fraction(1, 1),),),), (((Fraction(1, 2),),),))
    """
    layers = tuple(matrix(layer, f"B_{k}") for k, layer in enumerate(B, 1))
    heads = tuple(matrix(head, f"W_({k})") for k, head in enumerate(W)) if skip else (matrix(W, "W"),)
    designs = tuple(matrix(one, f"G_{k}") for k, one in enumerate(G)) if skip else (matrix(G, "G"),)
    eta, labels = exact(step, "step"), matrix(Y, "Y")
    if eta <= 0:
        raise InputError(explain("step", "a number > 0", str(eta), "Give a positive step size."))
    if isinstance(steps, bool) or not isinstance(steps, int) or steps < 0:
        raise InputError(explain("steps", "an integer >= 0", repr(steps), "Give the number of steps."))
    if skip and not len(heads) == len(designs) == len(layers) + 1:
        raise InputError(explain("G, W", f"{len(layers) + 1} of each with skip=True", (len(designs), len(heads)),
                                 "Give G_0, ..., G_H and W_0, ..., W_H."))
    sizes = [len(designs[0]), *(len(layer) for layer in layers)]
    wanted = [(after, before) for before, after in zip(sizes, sizes[1:])]
    if [(len(layer), len(layer[0])) for layer in layers] != wanted or any(
            (len(head), len(head[0])) != (len(labels), size)
            for head, size in zip(reversed(heads), reversed(sizes))) or any(
            (len(design), len(design[0])) != (sizes[0], len(labels[0])) for design in designs):
        raise InputError(explain("G, Y, B, W", "shapes (m_x, k), (m_y, k), (m_l, m_(l-1)), (m_y, m_l)",
                                 [(len(a), len(a[0])) for a in (*designs, labels, *layers, *heads)],
                                 "Check the widths and the order of the layers."))
    out = []
    G_, Y_, B_, W_ = [of_fractions(one) for one in designs], of_fractions(labels), [
        of_fractions(one) for one in layers], [of_fractions(one) for one in heads]
    rate = of_fractions(((eta,),))[0, 0]
    for count in range(steps + 1):
        value, slopes, head_slopes = _slopes(G_, Y_, B_, W_)
        out.append((fractions(value)[0][0], tuple(map(fractions, B_)), tuple(map(fractions, W_))))
        if count < steps:
            B_ = [a - b * rate for a, b in zip(B_, slopes)]
            W_ = [a - b * rate for a, b in zip(W_, head_slopes)]
    return tuple(out)


def _slopes(designs: list[RationalMatrix], labels: RationalMatrix, layers: list[RationalMatrix],
            heads: list[RationalMatrix]) -> tuple[RationalMatrix, list[RationalMatrix], list[RationalMatrix]]:
    """The loss (1, 1) and its partial derivatives; heads belong to the last layers, as many as there are."""
    depth, first = len(layers), len(layers) + 1 - len(heads)
    products = [of_fractions(identity(designs[0].nrows()))]
    for layer in layers:
        products.append(layer * products[-1])
    residual = labels * -1
    for k, (head, design) in enumerate(zip(heads, designs), first):
        residual = residual + head * products[k] * design
    pulled = {k: residual * design.transpose() * 2 for k, design in enumerate(designs, first)}
    head_slopes = [pulled[k] * products[k].transpose() for k in range(first, depth + 1)]
    back = RationalMatrix(products[-1].nrows(), designs[0].nrows())
    slopes = []
    for level in range(depth, 0, -1):
        if level >= first:
            back = back + heads[level - first].transpose() * pulled[level]
        slopes.append(back * products[level - 1].transpose())
        back = layers[level - 1].transpose() * back
    square = residual * residual.transpose()
    value = RationalMatrix([[sum(square[k, k] for k in range(square.nrows()))]])
    return value, slopes[::-1], head_slopes
