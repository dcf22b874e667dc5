"""Families of data and networks for the zoo of training instances, all exact, the random ones from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from theory.etr_training.instance import TrainingInstance
from theory.etr_training.rationals import Number
from theory.language.errors import InputError, explain

Data = tuple[tuple[tuple[Fraction, ...], ...], tuple[tuple[Fraction, ...], ...]]
"""Points and labels, row by row."""


def _data(points: Sequence[Sequence[Number] | Number], labels: Sequence[Sequence[Number] | Number]) -> Data:
    def rows(values: Sequence[Sequence[Number] | Number]) -> tuple[tuple[Fraction, ...], ...]:
        return tuple(tuple(map(Fraction, v if isinstance(v, (list, tuple)) else (v,))) for v in values)
    return rows(points), rows(labels)


def _centred(n: int) -> range:
    if n < 1 or n % 2 == 0:
        raise InputError(explain("n", "an odd number >= 1", n, "The points are -(n-1)/2 .. (n-1)/2."))
    return range(-(n // 2), n // 2 + 1)


def absolute_values(n: int) -> Data:
    """|x| on the n integers around 0, n odd. For n >= 3 the piercing numbers are (1, 0) and two units are needed."""
    return _data(list(_centred(n)), [abs(x) for x in _centred(n)])


def hat(n: int) -> Data:
    """max(1 - |x|, 0) on the n integers around 0, n odd."""
    return _data(list(_centred(n)), [int(x == 0) for x in _centred(n)])


def squares(n: int) -> Data:
    """x^2 on 0..n-1."""
    return _data(list(range(n)), [x * x for x in range(n)])


def zigzag(n: int) -> Data:
    """0, 1, 0, 1, ... on 0..n-1: piercing numbers add up to n - 2."""
    return _data(list(range(n)), [x % 2 for x in range(n)])


def parity(bits: int) -> Data:
    """The sum of bits modulo 2 on {0, 1}^bits; exclusive or for two bits."""
    points = list(product((0, 1), repeat=bits))
    return _data(points, [sum(x) % 2 for x in points])


def random_integers(seed: int) -> Iterator[int]:
    """Yield 31-bit integers of the congruential generator of Knuth's MMIX (modulus 2^64), high bits."""
    state = seed % 2**64
    while True:
        state = (6364136223846793005 * state + 1442695040888963407) % 2**64
        yield state >> 33


def random_line(n: int, seed: int, height: int = 5) -> Data:
    """Integer labels in [-height, height] at 0..n-1."""
    numbers = random_integers(seed)
    return _data(list(range(n)), [next(numbers) % (2 * height + 1) - height for _ in range(n)])


def random_points(n: int, d: int, seed: int, span: int = 5, height: int = 5) -> Data:
    """n different integer points in [-span, span]^d with integer labels in [-height, height]."""
    if n > (2 * span + 1) ** d:
        raise InputError(explain("n", f"at most {(2 * span + 1) ** d} points", n, "Enlarge span."))
    numbers = random_integers(seed)
    found: dict[tuple[int, ...], int] = {}
    while len(found) < n:
        point = tuple(next(numbers) % (2 * span + 1) - span for _ in range(d))
        found.setdefault(point, next(numbers) % (2 * height + 1) - height)
    return _data(list(found), list(found.values()))


def joined(*parts: Data) -> Data:
    """Data with the same points and the labels of all parts side by side: several outputs."""
    points = parts[0][0]
    if any(part[0] != points for part in parts):
        raise InputError(explain("joined", "data at the same points", "different points", "Use the same n."))
    return points, tuple(tuple(y for row in rows for y in row) for rows in zip(*(part[1] for part in parts)))


def negated(data: Data) -> Data:
    """The same points with labels of opposite sign."""
    return data[0], tuple(tuple(-y for y in row) for row in data[1])


# ---- networks other than one hidden layer ----

def linear_chain(widths: Sequence[int], points: Sequence[Sequence[Number]], labels: Sequence[Sequence[Number]], *,
                 biases: bool = True, threshold: Number = 0, name: str = "") -> TrainingInstance:
    """Return the fully connected identity net of the given widths (inputs, hidden layers, outputs)."""
    layers = [[f"x{k}" for k in range(1, widths[0] + 1)]]
    layers += [[f"g{depth}_{k}" for k in range(1, width + 1)] for depth, width in enumerate(widths[1:-1], 1)]
    layers.append([f"y{k}" for k in range(1, widths[-1] + 1)])
    vertices = tuple((v, "id") for layer in layers[1:] for v in layer)
    edges = tuple((u, v) for before, layer in zip(layers, layers[1:]) for v in layer for u in before)
    return TrainingInstance(tuple(layers[0]), vertices, tuple(layers[-1]), edges, points,  # type: ignore[arg-type]
                            labels, threshold, biases=None if biases else (), name=name)  # type: ignore[arg-type]


def lu_support(threshold: Number = 0, *, strict: bool = False, biases: bool = False, zero_datum: bool = False,
               name: str = "") -> TrainingInstance:
    """Return the sparse identity net whose products are the matrices L U, with target [[0, 1], [1, 0]].

    Without biases, or with the datum 0 -> 0, no weights fit, but every positive threshold is reached.
    """
    edges = (("x1", "h1"), ("x2", "h1"), ("x2", "h2"), ("h1", "y1"), ("h1", "y2"), ("h2", "y2"))
    points: tuple[tuple[int, int], ...] = ((1, 0), (0, 1))
    labels: tuple[tuple[int, int], ...] = ((0, 1), (1, 0))
    if zero_datum:
        points, labels = (*points, (0, 0)), (*labels, (0, 0))
    return TrainingInstance(("x1", "x2"), (("h1", "id"), ("h2", "id"), ("y1", "id"), ("y2", "id")), ("y1", "y2"), edges,
                            points, labels, threshold, strict,  # type: ignore[arg-type]
                            biases=None if biases else (), name=name)  # type: ignore[arg-type]


def sigmoid_sink(points: Sequence[Number], labels: Sequence[Number], *, threshold: Number = 0, strict: bool = False,
                 box: Number | None = None, name: str = "") -> TrainingInstance:
    """Return one sigmoid sink on one input: sigmoid(a x + b)."""
    rows_x, rows_y = tuple((x,) for x in points), tuple((y,) for y in labels)
    return TrainingInstance(("x1",), (("y1", "sigmoid"),), ("y1",), (("x1", "y1"),), rows_x,  # type: ignore[arg-type]
                            rows_y, threshold, strict, box, name=name)  # type: ignore[arg-type]
