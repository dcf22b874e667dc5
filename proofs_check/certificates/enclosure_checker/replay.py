"""The chain of a certificate, and bounds of q_0 that are computed afresh from its cells.

X_{n+1} = F_n(X_n) + noise, uniform on [-b, b] in each coordinate and independent; F(x) = phi(W x + c), or
x + h phi(W x + c). q_n(x) = E[alpha X_L + beta | X_n = x], so q_{L-1} = alpha F_{L-1} + beta, and q_n(x) is the mean of
q_{n+1} over the cube of half side b around F_n(x). On the cells of level n+1 let l <= q_{n+1} <= h be constant: means
of l and h over cubes bound q_n. A cube is `window` cells wide, so for centres on the lattice origin + k width its sum
is one of whole cells, and between lattice points the sum is linear in each coordinate: its extreme values over a box of
centres are at ends of the box and lattice points inside. The cells contain all cubes when the lattice contains all
centres, which is checked. A number z stands for z 2^-STATE (states), z 2^-VALUE (values, positions on the lattice).
"""

from collections import namedtuple
from fractions import Fraction
from itertools import accumulate, product
from math import lcm
from typing import Any, Callable

from curves import NAMES, STATE, activate
from entries import MOST_CELLS, MOST_CORNERS, WIDEST, fields, interval, many, need, number, whole

VALUE = 64
ONE = 1 << VALUE

Layer = namedtuple("Layer", "rows denominator name slope step noise")
Cells = namedtuple("Cells", "window width origins counts sides")
Table = list[list[int]]
Box = list[tuple[int, int]]


def linear(weights: list[list[Fraction]], biases: list[Fraction]) -> tuple[list[list[int]], int]:
    """Integer rows (weights, bias) over a common denominator."""
    d = lcm(*(q.denominator for row in weights for q in row), *(q.denominator for q in biases))
    return [[int(q * d) for q in (*row, c)] for row, c in zip(weights, biases)], d


def layer(value: Any, place: str) -> Layer:
    """Read a layer."""
    weight, bias, name, slope, step, noise = fields(value, place, "weight bias activation slope step noise")
    biases = many(bias, f"{place}.bias", number)
    weights = many(weight, f"{place}.weight", lambda row, at: many(row, at, number), len(biases))
    need(len({len(row) for row in weights}) == 1, f"{place}.weight", "rows of equal length expected")
    need(type(name) is str and name in NAMES, f"{place}.activation", f"one of {', '.join(NAMES)} expected")
    found = number(slope, f"{place}.slope")
    need(0 <= found <= 1, f"{place}.slope", "a slope from 0 to 1 expected")
    h = None if step is None else number(step, f"{place}.step")
    need(h is None or len(weights) == len(weights[0]), f"{place}.step", "a square weight expected")
    b = number(noise, f"{place}.noise")
    need(b > 0, f"{place}.noise", "a positive amplitude expected")
    return Layer(*linear(weights, biases), name, found, h, b)


def image(part: Layer, box: Box) -> Box:
    """Bounds of F over a box."""
    found = []
    for i, row in enumerate(part.rows):
        low = high = row[-1] << STATE
        for w, (a, b) in zip(row, box):
            low, high = (low + w * a, high + w * b) if w >= 0 else (low + w * b, high + w * a)
        ends = activate(part.name, part.slope, low // part.denominator)[0], \
            activate(part.name, part.slope, -(-high // part.denominator))[1]
        if part.step is not None:
            p, q = part.step.numerator, part.step.denominator
            first, second = ends if p >= 0 else ends[::-1]
            ends = box[i][0] + p * first // q, box[i][1] - (-p * second // q)
        found.append(ends)
    return found


def states(box: list[tuple[Fraction, Fraction]]) -> Box:
    """A box with exact ends, rounded outward."""
    return [((a.numerator << STATE) // a.denominator, -((-b.numerator << STATE) // b.denominator)) for a, b in box]


def level(value: Any, place: str, width: int, noise: Fraction) -> Cells:
    """Read the cells of a level: those that cubes around the lattice consist of."""
    window, origin, counts = fields(value, place, "window origin counts")
    need(width <= WIDEST, place, f"cells for at most {WIDEST} coordinates, not {width}")
    m, origins = whole(window, f"{place}.window"), many(origin, f"{place}.origin", number, width)
    ks = many(counts, f"{place}.counts", whole, width)
    size = 2 * noise / m
    sides = [states([(a - noise + size * j, a - noise + size * (j + 1)) for j in range(k + m)])
             for a, k in zip(origins, ks)]
    return Cells(m, size, origins, ks, sides)


def centres(cells: Cells, box: Box, place: str) -> Box:
    """A box of centres as positions on the lattice."""
    found = []
    for (low, high), a, k in zip(box, cells.origins, cells.counts):
        p, q = a.numerator, a.denominator
        num, den = cells.width.denominator << VALUE, q * cells.width.numerator << STATE
        ends = (low * q - (p << STATE)) * num // den, -(((p << STATE) - high * q) * num // den)
        need(0 <= ends[0] and ends[1] <= k << VALUE, place, "the cells do not contain all noise windows of the layer")
        found.append(ends)
    return found


def windows(values: list[int], cells: Cells) -> Table:
    """Sums over all windows of cells; one coordinate is a table with one column."""
    columns, m = (len(cells.sides[1]) if len(cells.sides) == 2 else 1), cells.window
    n = m if len(cells.sides) == 2 else 1
    rows = [values[k:k + columns] for k in range(0, len(values), columns)]
    sums = [[0] * (columns + 1)]
    for row in rows:
        sums.append([s + t for s, t in zip(sums[-1], accumulate(row, initial=0))])
    return [[sums[i + m][j + n] - sums[i + m][j] - sums[i][j + n] + sums[i][j] for j in range(columns + 1 - n)]
            for i in range(len(rows) + 1 - m)]


def extreme(table: Table, box: Box, pick: Callable[..., int]) -> int:
    """The least or largest value over a box of positions, in units of 2^-2VALUE of the table's."""
    axes = [{a, b, *(k << VALUE for k in range(-(-a >> VALUE), (b >> VALUE) + 1))} for a, b in [*box, (0, 0)][:2]]
    need(len(axes[0]) * len(axes[1]) <= MOST_CORNERS, "cells", "too coarse before a fine level")
    found = []
    for s, t in product(*axes):
        i, j, x, y = s >> VALUE, t >> VALUE, s % ONE, t % ONE
        here, there = table[i], table[min(i + 1, len(table) - 1)]
        k = min(j + 1, len(here) - 1)
        found.append((ONE - x) * ((ONE - y) * here[j] + y * here[k]) + x * ((ONE - y) * there[j] + y * there[k]))
    return pick(found)


class Chain:
    """A chain and its cells as the certificate gives them; `tables` are window sums of bounds of q_1."""

    def __init__(self, chain: Any, cells: Any) -> None:
        box, parts, readout = fields(chain, "chain", "input layers readout")
        self.input = many(box, "chain.input", interval)
        self.layers = many(parts, "chain.layers", layer)
        alpha, beta = fields(readout, "chain.readout", "alpha beta")
        sizes = [len(self.input), *(len(part.rows) for part in self.layers)]
        for n, part in enumerate(self.layers):
            need(len(part.rows[0]) == sizes[n] + 1, f"chain.layers[{n}].weight", f"{sizes[n]} columns expected")
        weights = many(alpha, "chain.readout.alpha", number, sizes[-1])
        self.readout = linear([weights], [number(beta, "chain.readout.beta")])
        inner = len(sizes) - 2
        need(type(cells) is list and len(cells) == inner, "cells", f"cells of {inner} levels expected")
        self.cells = [level(part, f"cells[{n}]", sizes[n + 1], self.layers[n].noise) for n, part in enumerate(cells)]
        count = sum(len(part.sides[0]) * (len(part.sides[1]) if len(part.sides) == 2 else 1) for part in self.cells)
        need(count <= MOST_CELLS, "cells", f"{count} cells, more than {MOST_CELLS}")
        self.count = count
        self.tables = self._tables() if self.cells else []

    def _tables(self) -> list[Table]:
        """Window sums of bounds of q_1, found from the last level down; level n has the index n - 1."""
        tables: list[Table] = []
        for n in range(len(self.cells) - 1, -1, -1):
            below, part = self.cells[n], self.layers[n + 1]
            images = [image(part, list(box)) for box in product(*below.sides)]
            if n == len(self.cells) - 1:
                bounds = [self.ends(box) for box in images]
            else:
                bounds = [self.mean(n + 1, tables, box) for box in images]
            tables = [windows([pair[k] for pair in bounds], below) for k in (0, 1)]
        return tables

    def ends(self, box: Box) -> tuple[int, int]:
        """Bounds of alpha y + beta over a box of y."""
        (row,), d = self.readout
        low = high = row[-1] << STATE
        for w, (a, b) in zip(row, box):
            low, high = (low + w * a, high + w * b) if w >= 0 else (low + w * b, high + w * a)
        return low // (d << STATE - VALUE), -(-high // (d << STATE - VALUE))

    def mean(self, n: int, tables: list[Table], box: Box) -> tuple[int, int]:
        """Bounds of means around a box of images of layer n, from window sums of bounds of q_{n+1}."""
        cells = self.cells[n]
        position = centres(cells, box, f"cells[{n}]")
        size = cells.window ** len(cells.sides) << 2 * VALUE
        return extreme(tables[0], position, min) // size, -(-extreme(tables[1], position, max) // size)

    def bounds(self, box: list[tuple[Fraction, Fraction]]) -> tuple[Fraction, Fraction]:
        """Bounds of q_0 over a box of inputs."""
        found = image(self.layers[0], states(box))
        low, high = self.mean(0, self.tables, found) if self.cells else self.ends(found)
        return Fraction(low, ONE), Fraction(high, ONE)


def confirm(chain: Chain, value: Any, place: str) -> Fraction:
    """Check a claim: bounds of q_0 over a box of inputs. Returns their difference."""
    box, bounds = fields(value, place, "box bounds")
    ends = many(box, f"{place}.box", interval, len(chain.input))
    inside = all(a <= c and d <= b for (a, b), (c, d) in zip(chain.input, ends))
    need(inside, f"{place}.box", "outside the input box")
    low, high = interval(bounds, f"{place}.bounds")
    found = chain.bounds(ends)
    need(low <= found[0], f"{place}.bounds", f"the lower bound is not confirmed: {float(low)} > {float(found[0])}")
    need(found[1] <= high, f"{place}.bounds", f"the upper bound is not confirmed: {float(high)} < {float(found[1])}")
    return high - low
