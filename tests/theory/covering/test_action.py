"""Relabelling of exact networks against the statements of perm_invariance and fundamental_domain."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product
from math import factorial, prod
from typing import Any

import pytest
import sympy

from theory.covering import (
    bias_orders,
    effective_volume,
    fundamental_domain,
    network_output,
    orbit_count,
    parameter_count,
    perm_invariance,
    quotient_covering_number,
    relabel,
    volume_fraction,
)
from theory.language.errors import InputError

WEIGHTS = [[[1, -2], [3, "1/2"], [-1, 4]], [[2, 0, -1], [5, 1, "1/3"]], [[1, -3]]]
BIASES = [["1/2", -1, 2], [0, 3], ["1/7"]]
"""A network 2-3-2-1 with all parameters different enough to notice a wrong index."""


def relu(u: Fraction) -> Fraction:
    """The positive part."""
    return max(u, Fraction(0))


def square(u: Fraction) -> Fraction:
    """An activation that is neither monotone nor Lipschitz: the theorem asks nothing of it."""
    return u * u - u


def orders() -> list[tuple[tuple[int, ...], ...]]:
    """All relabellings of a network with hidden widths 3 and 2."""
    return list(product(permutations(range(3)), permutations(range(2))))


@pytest.mark.parametrize("activations", [(relu, relu), (square, relu)])
def test_relabelling_keeps_every_output(activations):
    """All 12 relabellings of an exact network agree with it exactly at several inputs, for any activation."""
    for x in ((0, 0), (1, -1), ("2/3", 5), (-4, "1/9")):
        expected = network_output(WEIGHTS, BIASES, activations, x)
        assert all(network_output(*relabel(WEIGHTS, BIASES, order), activations, x) == expected for order in orders())


def entry(term: Any, env: dict[str, Any]) -> Any:
    """Evaluate an entry of the statement, W(l)[p(l,i), p(l-1,j)] or b(l)[p(l,i), 1], with places from 1."""
    if isinstance(term, int):
        return term
    if isinstance(term, str):
        return env[term]
    head, *args = term
    if head == "at":
        (name, layer), i, j = args
        return env[name](entry(layer, env), entry(i, env), entry(j, env))
    if head == "+":
        return sum(entry(arg, env) for arg in args)
    if head == "*":
        return prod(entry(arg, env) for arg in args)
    return env[head](*(entry(arg, env) for arg in args))


def test_relabel_is_the_action_of_the_statement():
    """`relabel` satisfies H6 and H7 of covering.perm_invariance entry by entry."""
    hypotheses = dict(perm_invariance.CLAIM.hypotheses)
    sizes = [2, 3, 2, 1]
    for order in orders():
        weights, biases = relabel(WEIGHTS, BIASES, order)
        places = [range(2), *order, range(1)]
        env = {
            "W": lambda k, i, j: Fraction(WEIGHTS[k - 1][i - 1][j - 1]),
            "b": lambda k, i, j: Fraction(BIASES[k - 1][i - 1]),
            "V": lambda k, i, j, w=weights: w[k - 1][i - 1][j - 1], "e": lambda k, i, j, b=biases: b[k - 1][i - 1],
            "p": lambda k, i, places=places: places[k][i - 1] + 1,
        }
        for k in (1, 2, 3):
            for i in range(1, sizes[k] + 1):
                for j in range(1, sizes[k - 1] + 1):
                    _, left, right = hypotheses["H6"][3]
                    assert entry(left, {**env, "l": k, "i": i, "j": j}) == entry(right, {**env, "l": k, "i": i, "j": j})
                _, left, right = hypotheses["H7"][3]
                assert entry(left, {**env, "l": k, "i": i}) == entry(right, {**env, "l": k, "i": i})


def test_rows_without_columns_is_another_function():
    """Moving the rows of a layer and not the columns of the next one changes 1 + 4 to 2 + 2 (the claim's control)."""
    weights, biases = relabel([[[1], [2]], [[1, 2]]], [[0, 0], [0]], [[1, 0]])
    assert network_output([weights[0], [[1, 2]]], biases, [lambda u: u], [1]) == (4,)
    assert network_output(weights, biases, [lambda u: u], [1]) == (5,)


def test_ordered_representative_has_falling_biases_and_the_same_function():
    """The relabelling by `bias_orders` lands in the ordered part of the cube and leaves the outputs as they are."""
    weights, biases = relabel(WEIGHTS, BIASES, bias_orders(BIASES))
    assert all(list(v) == sorted(v, reverse=True) for v in biases[:-1])
    for x in ((1, 2), ("1/3", -5)):
        assert network_output(weights, biases, (relu, relu), x) == network_output(WEIGHTS, BIASES, (relu, relu), x)


def test_the_ordered_representative_is_unique_without_ties():
    """Of the 12 relabellings exactly one has strictly falling biases; with zero biases all of them are ordered."""
    found = [order for order in orders() if all(
        all(v[i + 1] < v[i] for i in range(len(v) - 1)) for v in relabel(WEIGHTS, BIASES, order)[1][:-1])]
    assert found == [bias_orders(BIASES)]
    zero = [[0, 0, 0], [0, 0], [1]]
    assert len({relabel(WEIGHTS, zero, order) for order in orders()}) == 12


@pytest.mark.parametrize("wrong", [[[0, 1]], [[0, 1, 1], [0, 1]], [[0, 1, 2], [0, 1], [0]]])
def test_wrong_orders_are_refused(wrong):
    """A list that is no permutation, or of the wrong length, is refused with the place."""
    with pytest.raises(InputError, match="orders"):
        relabel(WEIGHTS, BIASES, wrong)


@pytest.mark.parametrize("widths", [(1, 2, 1), (2, 3, 1), (1, 2, 2, 1), (1, 4, 1)])
def test_volume_of_the_ordered_part_by_integration(widths):
    """The recursions H4-H9 of covering.fundamental_domain, integrated by SymPy, give `effective_volume`."""
    bound, u = sympy.Rational(3, 2), sympy.Symbol("u")
    total = sympy.Integer(1)
    for before, here in zip(widths, widths[1:-1]):
        chain = total
        for _ in range(here):
            chain = sympy.integrate(chain, (u, -bound, u))
        total = chain.subs(u, bound) * (2 * bound) ** (here * before)
    total *= (2 * bound) ** (widths[-1] * (widths[-2] + 1))
    assert Fraction(int(total.p), int(total.q)) == effective_volume(widths, bound=Fraction(3, 2))
    size = parameter_count(widths)
    assert total * prod(factorial(d) for d in widths[1:-1]) == (2 * bound) ** size
    assert volume_fraction(widths) == Fraction(1, prod(factorial(d) for d in widths[1:-1]))


def test_fundamental_domain_has_three_parts():
    """The conclusion of covering.fundamental_domain has its three parts: representation, uniqueness, volume."""
    assert [part[0] for part in fundamental_domain.CLAIM.conclusion[2]] == ["all", "all", "="]


@pytest.mark.parametrize(("widths", "bound", "radius", "points"), [
    ((1, 2, 1), 1, "0.5", 2), ((1, 2, 1), 1, "1/3", 3), ((1, 3, 1), 2, 1, 2), ((1, 1, 2, 1), 1, "0.6", 2),
])
def test_quotient_covering_number_counts_orbits(widths, bound, radius, points):
    """`quotient_covering_number` is the orbit count at ceil(bound / radius) points per axis."""
    assert quotient_covering_number(widths, bound, radius) == orbit_count(widths, points)
