"""The exact number of distinct networks that permuting hidden units makes of one network.

`|orbit| = |G| / |Stab|`, and the stabiliser is the automorphism group of a layered graph with coloured vertices (the
hidden units, coloured by what ties them to inputs, outputs and biases) and weighted edges. Counting "distinct
permutations layer by layer" is wrong from two hidden layers on, because a permutation of one layer may be undone by
one of the next.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, prod

from theory.exact.rationals import Exact, exact
from theory.language.errors import InputError, explain

Matrix = tuple[tuple[Fraction, ...], ...]
Colouring = tuple[int, ...]


@dataclass(frozen=True)
class _Layered:
    """Vertices 0..n-1 with their layer, and for each vertex its weighted neighbours `(vertex, tag)`."""

    colours: Colouring
    edges: tuple[tuple[tuple[int, int], ...], ...]


def orbit_size(weights: Sequence[Sequence[Sequence[Exact]]], biases: Sequence[Sequence[Exact]]) -> int:
    """Return the exact number of distinct parameter vectors among all permutations of hidden units.

    Args:
        weights: matrices `W_1, ..., W_{L+1}` as nested sequences of exact numbers, `W_l` of shape `(d_l, d_{l-1})`.
        biases: vectors `b_1, ..., b_{L+1}`.

    Returns:
        `d_1! ... d_L! / |Stab|`, exact: units with equal rows and columns are merged first, and the rest is counted
        by refinement of colourings and backtracking (orbit-stabiliser, one unit at a time).

    >>> orbit_size([[[1], [1]], [[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [0, 0], [0]])
    2
    >>> orbit_size([[[1], [1]], [[1, 2]]], [[0, 0], [0]])
    2
    """
    matrices, vectors = _read(weights, biases)
    hidden = [len(vector) for vector in vectors[:-1]]
    graph, multiplicities = _merge_twins(matrices, vectors)
    stabiliser = prod(factorial(count) for count in multiplicities) * _automorphism_count(graph)
    return prod(factorial(d) for d in hidden) // stabiliser


def layerwise_orderings(weights: Sequence[Sequence[Sequence[Exact]]], biases: Sequence[Sequence[Exact]]) -> int:
    """Return `prod_l d_l*`, `d_l*` the number of distinct orderings of the rows `[W_l, b_l]`: at most the orbit size.

    >>> layerwise_orderings([[[1], [1]], [[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [0, 0], [0]])
    2
    """
    matrices, vectors = _read(weights, biases)
    result = 1
    for matrix, vector in zip(matrices[:-1], vectors[:-1]):
        repeats = Counter(zip(matrix, vector)).values()
        result *= factorial(len(vector)) // prod(factorial(count) for count in repeats)
    return result


def _read(weights: Sequence, biases: Sequence) -> tuple[tuple[Matrix, ...], tuple[tuple[Fraction, ...], ...]]:
    if len(weights) != len(biases) or not weights:
        found = f"{len(weights)} matrices and {len(biases)} vectors"
        raise InputError(explain("weights, biases", "one matrix and one vector per layer", found, "Pair them up."))
    matrices = tuple(tuple(tuple(exact(x, "weights") for x in row) for row in matrix) for matrix in weights)
    vectors = tuple(tuple(exact(x, "biases") for x in vector) for vector in biases)
    before = len(matrices[0][0]) if matrices[0] else 0
    for depth, (matrix, vector) in enumerate(zip(matrices, vectors)):
        if not vector or len(matrix) != len(vector) or any(len(row) != before for row in matrix):
            found = f"{len(matrix)} rows of lengths {sorted({len(row) for row in matrix})} and {len(vector)} biases"
            remedy = "The columns of each matrix are the units of the layer before."
            raise InputError(explain(f"weights[{depth}]", f"rows of length {before}, one per bias", found, remedy))
        before = len(vector)
    return matrices, vectors


def _merge_twins(matrices: tuple[Matrix, ...], vectors: tuple[tuple[Fraction, ...], ...]) -> tuple[_Layered, list[int]]:
    """Return the graph with one vertex per class of interchangeable units, and the sizes of the classes.

    Two units are interchangeable when incoming row, bias and outgoing column agree. The permutations inside the
    classes form a normal subgroup of the stabiliser, with the automorphisms of the merged graph as its quotient.
    """
    layers: list[list[tuple[int, int]]] = []
    for depth in range(len(vectors) - 1):
        columns = list(zip(*matrices[depth + 1]))
        classes: dict[Hashable, list[int]] = {}
        for i, key in enumerate(zip(matrices[depth], vectors[depth], columns)):
            classes.setdefault(key, []).append(i)
        layers.append([(members[0], len(members)) for members in classes.values()])
    start, offsets = 0, []
    for layer in layers:
        offsets.append(start)
        start += len(layer)
    last = len(layers) - 1
    keys, edges = [], [[] for _ in range(start)]
    tags: dict[Fraction, int] = {}
    for depth, layer in enumerate(layers):
        for place, (unit, size) in enumerate(layer):
            inputs = matrices[0][unit] if depth == 0 else ()
            outputs = tuple(row[unit] for row in matrices[-1]) if depth == last else ()
            keys.append((depth, size, vectors[depth][unit], inputs, outputs))
            for other, (source, _) in enumerate(layers[depth - 1]) if depth else ():
                tag = tags.setdefault(matrices[depth][unit][source], len(tags))
                edges[offsets[depth] + place].append((offsets[depth - 1] + other, tag))
                edges[offsets[depth - 1] + other].append((offsets[depth] + place, tag))
    names: dict[Hashable, int] = {}
    colours = tuple(names.setdefault(key, len(names)) for key in keys)
    return _Layered(colours, tuple(map(tuple, edges))), [size for layer in layers for _, size in layer]


def _refine(graph: _Layered, left: Colouring, right: Colouring) -> tuple[Colouring, Colouring] | None:
    """Split colours by coloured weighted neighbourhoods, in both colourings alike, until nothing changes.

    None means that the two differ, so that no automorphism carries one to the other.
    """
    while True:
        names: dict[Hashable, int] = {}
        new = tuple(
            tuple(
                names.setdefault((own, tuple(sorted((tag, colours[v]) for v, tag in graph.edges[i]))), len(names))
                for i, own in enumerate(colours)
            )
            for colours in ((left, right) if left != right else (left,))
        )
        first, second = new[0], new[-1]
        if first is not second and Counter(first) != Counter(second):
            return None
        if len(set(first)) == len(set(left)):
            return first, second
        left, right = first, second


def _target_cell(colours: Colouring) -> list[int]:
    """Return the vertices of a smallest colour with more than one vertex, or nothing when all colours differ."""
    repeated = [(count, colour) for colour, count in Counter(colours).items() if count > 1]
    return [i for i, colour in enumerate(colours) if colour == min(repeated)[1]] if repeated else []


def _individualise(colours: Colouring, vertex: int) -> Colouring:
    fresh = max(colours) + 1
    return colours[:vertex] + (fresh,) + colours[vertex + 1 :]


def _automorphism_count(graph: _Layered) -> int:
    """Return the number of colour-preserving automorphisms: the product of the orbit lengths along a base."""
    if not graph.colours:
        return 1
    order, colours = 1, _refine(graph, graph.colours, graph.colours)[0]  # type: ignore[index]
    while cell := _target_cell(colours):
        fixed = _individualise(colours, cell[0])
        order *= 1 + sum(_matches(graph, fixed, _individualise(colours, other)) for other in cell[1:])
        colours = _refine(graph, fixed, fixed)[0]  # type: ignore[index]
    return order


def _matches(graph: _Layered, left: Colouring, right: Colouring) -> bool:
    """Whether some automorphism carries the colouring `left` to `right`."""
    refined = _refine(graph, left, right)
    if refined is None:
        return False
    left, right = refined
    cell = _target_cell(left)
    if not cell:
        image = {colour: vertex for vertex, colour in enumerate(right)}
        return all(
            {(image[left[v]], tag) for v, tag in graph.edges[i]} == set(graph.edges[image[left[i]]])
            for i in range(len(left))
        )
    fixed = _individualise(left, cell[0])
    candidates = [i for i, colour in enumerate(right) if colour == left[cell[0]]]
    return any(_matches(graph, fixed, _individualise(right, other)) for other in candidates)
