"""The exact discrete Mori-Zwanzig equation on rational matrices with level-dependent widths."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.exact.matrices import combination, exact, identity, matrix, product
from theory.language.errors import ExactnessError, InputError
from theory.mori_zwanzig.dyson_mz import dyson_terms

WIDTHS = (2, 3, 1, 4, 2, 3)


def _random(rows, columns, source):
    return matrix([[Fraction(source.randint(-6, 6), source.randint(1, 4)) for _ in range(columns)]
                   for _ in range(rows)], "entries")


def _oblique(width, source):
    """A rank-one idempotent a b' / (b'a), not symmetric."""
    a, b = ([[source.randint(1, 5)] for _ in range(width)] for _ in range(2))
    scale = sum(x[0] * y[0] for x, y in zip(a, b))
    return matrix([[Fraction(x[0] * y[0], scale) for y in b] for x in a], "projection")


def _chain(seed, idempotent):
    source = random.Random(seed)
    layers = [_random(m, n, source) for m, n in zip(WIDTHS, WIDTHS[1:])]
    splitting = [_oblique(n, source) if idempotent else _random(n, n, source) for n in WIDTHS[1:]]
    return layers, splitting, _random(WIDTHS[-1], 2, source)


def _composed(layers, observable):
    out = observable
    for layer in reversed(layers):
        out = product(layer, out)
    return out


@pytest.mark.parametrize("idempotent", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_terms_add_up_to_the_composition(seed, idempotent):
    """Streaming, memory and noise sum to M(0) ... M(L-1) u exactly, also for splittings that are no projections."""
    layers, splitting, observable = _chain(seed, idempotent)
    streaming, memory, noise = dyson_terms(layers, splitting, observable)
    total = combination(streaming, noise, 1)
    for term in memory:
        total = combination(total, term, 1)
    assert len(memory) == len(layers) - 1
    assert total == _composed(layers, observable)


def test_a_product_in_forward_order_is_not_the_equation():
    """With square layers, propagators multiplied in the transposed order give another sum."""
    source = random.Random(3)
    layers = [_random(2, 2, source) for _ in range(3)]
    splitting = [_oblique(2, source) for _ in range(3)]
    observable = _random(2, 1, source)
    state1, state2 = product(layers[1], product(layers[2], observable)), product(layers[2], observable)
    rests = [combination(identity(2), p, -1) for p in splitting]
    wrong, total = layers[0], product(layers[0], product(splitting[0], state1))
    for k, state in ((1, state2), (2, observable)):
        wrong = product(layers[k], product(rests[k - 1], wrong))
        total = combination(total, product(wrong, product(splitting[k], state)), 1)
    total = combination(total, product(wrong, product(rests[2], observable)), 1)
    assert total != _composed(layers, observable)


def test_constants_as_the_only_projection_leave_everything_to_the_noise():
    """For averages of an observable of mean zero, streaming and memory vanish and the noise is the whole answer."""
    mean = matrix([["1/2", "1/2"], ["1/2", "1/2"]], "P")
    mix = matrix([["3/4", "1/4"], ["1/4", "3/4"]], "M")
    streaming, memory, noise = dyson_terms([mix] * 3, [mean] * 3, matrix([[1], [-1]], "u"))
    assert streaming == ((0,), (0,)) and all(term == ((0,), (0,)) for term in memory)
    assert noise == ((Fraction(1, 8),), (Fraction(-1, 8),))


def test_bad_chains_are_refused():
    """A missing projection, shapes that do not fit, and floats are refused with the remedy."""
    one = matrix([[1]], "M")
    with pytest.raises(InputError):
        dyson_terms([one, one], [one], one)
    with pytest.raises(InputError):
        product(one, matrix([[1], [2]], "u"))
    with pytest.raises(ExactnessError):
        exact(0.5, "kappa")
    with pytest.raises(InputError):
        matrix([[1], [1, 2]], "P")
