"""The atoms of the sentence, written out one by one: true at the values of the network, false next to them, counted."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest

from theory.etr_training.encoding_sizes import encoding_size, inlined_products
from theory.etr_training.exact_evaluation import vertex_values
from theory.etr_training.instance import TrainingInstance

Values = dict[tuple[int, str], Fraction]
Atom = Callable[[Values, Values], bool]


def deep(seed: int) -> tuple[TrainingInstance, dict[str, Fraction]]:
    """A random network with skip edges: two ReLU neurons and an identity before an output."""
    numbers = Random(seed)
    names = ("h1", "h2", "g", "y")
    before = {"h1": ("x",), "h2": ("x", "h1"), "g": ("h1", "h2"), "y": ("x", "g", "h2")}
    edges = tuple((u, v) for v in names for u in before[v])
    points = tuple((Fraction(numbers.randint(-3, 3)),) for _ in range(3))
    instance = TrainingInstance(
        sources=("x",), vertices=(("h1", "relu"), ("h2", "relu"), ("g", "id"), ("y", "id")), sinks=("y",), edges=edges,
        points=points, labels=tuple((Fraction(k),) for k in range(3)), biases=names)
    return instance, {name: Fraction(numbers.randint(-5, 5), 2) for name in instance.parameters}


def atoms(instance: TrainingInstance, weights: dict[str, Fraction]) -> dict[str, list[Atom]]:
    """The definitions and the activation atoms of the sentence as tests of the values x and z."""
    found: dict[str, list[Atom]] = {"definitions": [], "activations": [], "identities": []}
    for i, row in enumerate(instance.points):
        data = dict(zip(instance.sources, row, strict=True))
        for v, activation in instance.vertices:
            found["definitions"].append(lambda x, z, i=i, v=v, data=data: z[i, v] == weights[v] + sum(
                weights[f"{u}->{v}"] * (data[u] if u in data else x[i, u]) for u in instance.incoming[v]))
            if activation == "id":
                found["identities"].append(lambda x, z, i=i, v=v: x[i, v] == z[i, v])
            else:
                found["activations"].append(lambda x, z, i=i, v=v: x[i, v] >= 0 and x[i, v] >= z[i, v] and (
                    x[i, v] <= 0 or x[i, v] <= z[i, v]))
    return found


def values(instance: TrainingInstance, weights: dict[str, Fraction]) -> tuple[Values, Values]:
    """x and z of the network."""
    found = vertex_values(instance, weights)
    return ({(i, v): pair[1] for i, at in enumerate(found) for v, pair in at.items()},
            {(i, v): pair[0] for i, at in enumerate(found) for v, pair in at.items()})


@pytest.mark.parametrize("seed", range(12))
def test_the_values_of_the_network_and_no_neighbours_satisfy_the_atoms(seed: int) -> None:
    """True at the network's values; any single value moved by 1/7 up or down breaks an atom."""
    instance, weights = deep(seed)
    x, z = values(instance, weights)
    every = [atom for several in atoms(instance, weights).values() for atom in several]
    assert all(atom(x, z) for atom in every)
    for table in (x, z):
        for place in list(table):
            for change in (Fraction(1, 7), Fraction(-1, 7)):
                table[place] += change
                assert not all(atom(x, z) for atom in every)
                table[place] -= change


def test_the_atoms_are_as_many_as_the_count_says() -> None:
    """12 definitions, 6 ReLU atoms, 12 weight variables with 8 edges and 4 biases, 24 products for three points."""
    instance, weights = deep(0)
    size, written = encoding_size(instance), atoms(instance, weights)
    assert size.definitions == len(written["definitions"]) == 12
    assert size.activation_atoms == len(written["activations"]) == 6
    assert (size.weight_variables, size.value_variables, size.products) == (12, 12, 24)


def test_without_the_upper_clause_one_neuron_fits_the_absolute_value() -> None:
    """h = |x|, z = 0 obeys h >= 0 and h >= z, though the network with these weights is constant 0."""
    heights = [abs(x) for x in range(-2, 3)]
    assert all(h >= 0 and h >= 0 * x for h, x in zip(heights, range(-2, 3)))
    assert [max(0 * x, 0) for x in range(-2, 3)] != heights


def test_inlined_definitions_double_with_every_rung() -> None:
    """A ladder of L pairs: products grow like 2^L, definitions and edges like L."""
    def ladder(rungs: int) -> TrainingInstance:
        vertices, edges, last = [], [], "x"
        for r in range(rungs):
            for side in "ab":
                vertices.append((f"{side}{r}", "relu"))
                edges.append((last, f"{side}{r}"))
            vertices.append((f"c{r}", "id"))
            edges += [(f"a{r}", f"c{r}"), (f"b{r}", f"c{r}")]
            last = f"c{r}"
        return TrainingInstance(sources=("x",), vertices=tuple(vertices), sinks=(last,), edges=tuple(edges),
                                points=((Fraction(1),),), labels=((Fraction(0),),),
                                biases=tuple(v for v, _ in vertices))

    products = [inlined_products(ladder(rungs)) for rungs in range(1, 8)]
    assert products == [2 * after for after in (4 * (2**k - 1) // 2 for k in range(1, 8))]
    assert [encoding_size(ladder(rungs)).products for rungs in range(1, 8)] == [4 * k for k in range(1, 8)]
