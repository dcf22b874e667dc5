"""Ranges and moduli of layer graphs: the statement's recursion, the fully connected case, and real perturbations."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.covering import parameter_modulus
from theory.covering.graph_bounds import GraphLayer, Reads, graph_moduli, graph_ranges
from theory.language.errors import ExactnessError, InputError

F = Fraction


def chain(widths: tuple[int, ...], bound: Fraction, rho: Fraction, offset: Fraction) -> list[GraphLayer]:
    """A fully connected network; the output layer has no activation."""
    layers = []
    for k, inputs in enumerate(widths[:-1]):
        last = k == len(widths) - 2
        layers.append(GraphLayer((Reads(k, inputs, bound, k),), bound, k, lipschitz=F(1) if last else rho,
                                 offset=F(0) if last else offset))
    return layers


@pytest.mark.parametrize("widths", [(2, 8, 1), (3, 4, 2, 5, 1), (5, 3)])
@pytest.mark.parametrize(("bound", "rho", "offset"), [(F(1), F(1), F(0)), (F(3, 2), F(4, 5), F(1, 7))])
def test_a_chain_has_the_modulus_of_the_fully_connected_network(widths, bound, rho, offset) -> None:
    """One source a layer, all places read: the coefficients of covering.param_lipschitz, layer by layer."""
    layers = chain(widths, bound, rho, offset)
    kappa = graph_moduli(layers, input_radius=2, groups=len(layers))
    assert kappa == parameter_modulus(widths, bound=bound, input_radius=2, lipschitz=rho, offsets=offset)


def test_by_hand_on_a_stream() -> None:
    """y = x + w2 (w1 x + b1) + b2 on |x| <= 3 with B = 1/2: r = (3, 2, 4.5), kappa_1 = 4/2 = 2, kappa_2 = 2 + 1."""
    inner = GraphLayer((Reads(0, 1, F(1, 2), 0),), F(1, 2), 0)
    outer = GraphLayer((Reads(0, 1, F(1)), Reads(1, 1, F(1, 2), 1)), F(1, 2), 1)
    assert graph_ranges([inner, outer], input_radius=3) == (3, 2, F(9, 2))
    assert graph_moduli([inner, outer], input_radius=3, groups=2) == (2, 3)


def test_shared_weights_add_their_effects() -> None:
    """The same weight in two layers, y = w (w x): |dy| <= delta (B r_0 + r_1) with r_1 = B r_0."""
    layers = [GraphLayer((Reads(0, 1, F(1, 2), 0),)), GraphLayer((Reads(1, 1, F(1, 2), 0),))]
    assert graph_moduli(layers, input_radius=6, groups=1) == (F(1, 2)*6 + 3,)


def test_a_maximum_passes_the_larger_change() -> None:
    """max(w1 x, w2 x): each group's coefficient is that of its own branch."""
    layers = [GraphLayer((Reads(0, 1, F(1), 0),)), GraphLayer((Reads(0, 1, F(1), 1),)),
              GraphLayer((Reads(1, 1, F(1)), Reads(2, 1, F(1))), maximum=True)]
    assert graph_ranges(layers, input_radius=5) == (5, 5, 5, 5)
    assert graph_moduli(layers, input_radius=5, groups=2) == (5, 5)


def evaluate(layers: list[GraphLayer], weights: list[list[Fraction]], biases: list[Fraction], x: Fraction) -> Fraction:
    """Networks with one unit a layer and ReLU, exactly."""
    values = [x]
    for layer, own, bias in zip(layers, weights, biases):
        terms = [w*values[part.source] for w, part in zip(own, layer.reads)]
        values.append(max(values[part.source] for part in layer.reads) if layer.maximum else max(sum(terms) + bias,
                                                                                                 F(0)))
    return values[-1]


@pytest.mark.parametrize("seed", range(40))
def test_random_graphs_never_exceed_range_or_modulus(seed: int) -> None:
    """Random layer graphs with one unit a layer, two parameter choices in the box, exact arithmetic."""
    rng = random.Random(seed)
    fraction = lambda size: F(rng.randint(-12, 12), 12)*size  # noqa: E731
    layers = []
    for place in range(1, rng.randint(2, 6)):
        reads = tuple(Reads(rng.randrange(place), 1, F(rng.randint(1, 4), 2),
                            place - 1) for _ in range(rng.randint(1, 3)))
        layers.append(GraphLayer(reads, F(1, 2), place - 1, maximum=place > 2 and rng.random() < 0.3))
    first = [[fraction(part.bound) for part in layer.reads] for layer in layers], [fraction(F(1, 2)) for _ in layers]
    second = [[fraction(part.bound) for part in layer.reads] for layer in layers], [fraction(F(1, 2)) for _ in layers]
    deltas = [max(*(abs(a - b) for a, b in zip(w, v)), abs(b - c)) for w, v, b,
              c in zip(*(first[0], second[0]), first[1],
                                                                                      second[1])]
    kappa = graph_moduli(layers, input_radius=2, groups=len(layers))
    allowed = sum(k*d for k, d in zip(kappa, deltas))
    largest = graph_ranges(layers, input_radius=2)[-1]
    for x in (F(-2), F(-1, 3), F(1), F(2)):
        one, other = evaluate(layers, *first, x), evaluate(layers, *second, x)
        assert abs(one - other) <= allowed and abs(one) <= largest


def test_bad_graphs_are_refused() -> None:
    """A layer that reads itself, a maximum of nothing, a float."""
    with pytest.raises(InputError, match="layer 1: required sources 0..0, found 1"):
        graph_ranges([GraphLayer((Reads(1, 1, F(1)),))], input_radius=1)
    with pytest.raises(InputError, match="no source"):
        graph_ranges([GraphLayer((), maximum=True)], input_radius=1)
    with pytest.raises(ExactnessError):
        graph_ranges([], input_radius=0.5)
