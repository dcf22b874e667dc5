"""A bound on the layers that holds for all time and is known before training, from what gradient flow conserves.

B_l B_l' - B_{l+1}' B_{l+1} (with heads on all layers also - W_l' W_l) and B_H B_H' - W' W do not change along gradient
flow, so that Weyl's inequalities carry bounds from the last layer down to the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.exact.matrices import (
    Matrix,
    Rows,
    combination,
    eigenvalue_enclosure,
    gram,
    matrix,
    transpose,
)
from theory.language.errors import InputError, explain

Enclosure = tuple[Fraction, Fraction]
WIDTH = Fraction(1, 10**6)
"""How far the ends of an enclosed eigenvalue may be apart."""


def _checked(B: Sequence[Rows], W: Rows | Sequence[Rows], skip: bool) -> tuple[tuple[Matrix, ...], tuple[Matrix, ...]]:
    layers = tuple(matrix(layer, f"B_{number}") for number, layer in enumerate(B, 1))
    if not layers:
        raise InputError(explain("B", "at least one layer", 0, "Without layers lambda is 1."))
    heads = tuple(matrix(head, f"W_({k})") for k, head in enumerate(W)) if skip else (matrix(W, "W"),)
    widths = [len(layers[0][0]), *(len(layer) for layer in layers)]
    found = [len(layer[0]) for layer in layers]
    if found != widths[:-1]:
        raise InputError(explain("B", f"layer l with as many columns as layer l-1 has rows: {widths[:-1]}", found,
                                 "Give B_1 first; shapes are (m_l, m_{l-1})."))
    wanted = widths if skip else widths[-1:]
    if [len(head[0]) for head in heads] != wanted:
        raise InputError(explain("W", f"heads with {wanted} columns", [len(head[0]) for head in heads],
                                 "With skip=True give H + 1 heads W_(0), ..., W_(H), otherwise the last one."))
    if any(a > b for a, b in zip(widths, widths[1:])):
        raise InputError(explain("widths", "m_x <= m_1 <= ... <= m_H", widths,
                                 "A narrower layer makes the least eigenvalue zero or the bound void."))
    return layers, heads


def conserved(B: Sequence[Rows], W: Rows | Sequence[Rows], *, skip: bool = False) -> tuple[Matrix, ...]:
    """Return what gradient flow conserves, for l = 1..H: B_l B_l' - B_{l+1}' B_{l+1} - W_(l)' W_(l).

    Without skips the heads are absent for l < H; the last entry is B_H B_H' - W' W.

    Raises:
        InputError: shapes that do not fit, widths that decrease. ExactnessError: a float.

    >>> conserved([[[3]], [[2]]], [[1]])
    (((Fraction(5, 1),),), ((Fraction(3, 1),),))
    """
    layers, heads = _checked(B, W, skip)
    out = []
    for number, layer in enumerate(layers, 1):
        kept = gram(layer)
        if number < len(layers):
            kept = combination(kept, gram(transpose(layers[number])), -1)
        if skip or number == len(layers):
            kept = combination(kept, gram(transpose(heads[number if skip else 0])), -1)
        out.append(kept)
    return tuple(out)


def layer_bounds(B: Sequence[Rows], W: Rows | Sequence[Rows], *, skip: bool = False,
                 width: Fraction = WIDTH) -> tuple[Enclosure, ...]:
    """Return enclosures of s_1, ..., s_H with lambda_min(B_l' B_l) >= s_l at all times of gradient flow.

    s_H is the m_{H-1}-th largest eigenvalue of the last conserved matrix, s_l = s_{l+1} + the m_{l-1}-th largest of the
    l-th. A value that is not positive says nothing.

    Raises:
        InputError: as `conserved`. ExactnessError: a float.

    >>> layer_bounds([[[3]], [[2]]], [[1]])
    ((Fraction(8, 1), Fraction(8, 1)), (Fraction(3, 1), Fraction(3, 1)))
    """
    layers, _ = _checked(B, W, skip)
    bounds: list[Enclosure] = []
    above: Enclosure = (Fraction(0), Fraction(0))
    for layer, kept in reversed(tuple(zip(layers, conserved(B, W, skip=skip)))):
        low, high = eigenvalue_enclosure(kept, len(layer) - len(layer[0]) + 1, width)
        above = (above[0] + low, above[1] + high)
        bounds.append(above)
    return tuple(reversed(bounds))


def a_priori_lambda(B: Sequence[Rows], W: Rows | Sequence[Rows], *, skip: bool = False,
                    width: Fraction = WIDTH) -> Enclosure:
    """Return an enclosure of the certified lambda: lambda_T >= its lower end for every T, known from the start.

    Without skips this is the product s_1 ... s_H; with skips the least of 1, s_1, s_1 s_2, ... If some s_l is not
    positive the certificate says nothing and (0, 0) is returned.

    Args:
        B: layers (m_l, m_{l-1}) from the first on. W: the head (m_y, m_H), with skip=True the H + 1 heads W_(0..H).
        width: the accuracy of the eigenvalues.

    Raises:
        InputError: shapes that do not fit, widths that decrease. ExactnessError: a float.

    >>> a_priori_lambda([[[2, 0], [0, 2]]], [[0, 0]])
    (Fraction(4, 1), Fraction(4, 1))
    """
    products = [(Fraction(1), Fraction(1))]
    for low, high in layer_bounds(B, W, skip=skip, width=width):
        if low <= 0:
            return Fraction(0), Fraction(0)
        products.append((products[-1][0] * low, products[-1][1] * high))
    if not skip:
        return products[-1]
    return min(low for low, _ in products), min(high for _, high in products)
