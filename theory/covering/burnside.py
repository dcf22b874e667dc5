"""Orbits of parameter grids of networks of any depth, by Burnside's lemma over cycle types.

The number of orbits is the mean over the group of the numbers of fixed points; a group element with cycle types
`pi_1, ..., pi_L` fixes `prod_l m_l^{c_l}` grid points, with identities at input and output and

    c_l = sum over cycles a of pi_l and b of pi_{l-1} of gcd(a, b)  +  number of cycles of pi_l.

For fixed neighbours the sum over one layer is a coefficient of an exponential generating function, so only every
other hidden layer needs its cycle types listed: for `[d_0, d_1, d_2, d_3]` it is p(d_2) terms, not p(d_1) p(d_2).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import factorial, gcd, prod

from theory.covering.architecture import layer_sizes
from theory.language.errors import TooManyCycleTypes, explain

WORK_LIMIT = 200_000_000
"""Multiplications times words of 64 bits that `orbit_count` may spend: about one second."""

CycleType = tuple[tuple[int, int], ...]
"""Pairs (length, how many cycles of this length)."""


def cycle_types(d: int) -> Iterator[CycleType]:
    """Yield the cycle types of the permutations of d objects, i.e. the partitions of d.

    >>> list(cycle_types(3))
    [((3, 1),), ((1, 1), (2, 1)), ((1, 3),)]
    """
    yield from _partitions(d, d)


def _partitions(total: int, largest: int) -> Iterator[CycleType]:
    if total == 0:
        yield ()
        return
    for part in range(min(total, largest), 0, -1):
        for count in range(total // part, 0, -1):
            for rest in _partitions(total - count * part, part - 1) if part > 1 or count * part == total else ():
                yield rest + ((part, count),)


def partition_count(d: int) -> int:
    """Return the number of partitions of d, the number of cycle types of S_d.

    >>> partition_count(64)
    1741630
    """
    # Euler's pentagonal number theorem: p(n) = sum_k (-1)^(k+1) [p(n - k(3k-1)/2) + p(n - k(3k+1)/2)]
    table = [1]
    for n in range(1, d + 1):
        total, k = 0, 1
        while (first := k * (3 * k - 1) // 2) <= n:
            pair = table[n - first] + (table[n - first - k] if first + k <= n else 0)
            total += pair if k % 2 else -pair
            k += 1
        table.append(total)
    return table[d]


def _class_size(cycles: CycleType, d: int) -> int:
    return factorial(d) // prod(length**count * factorial(count) for length, count in cycles)


def _cycles(cycles: CycleType) -> int:
    return sum(count for _, count in cycles)


def _links(length: int, cycles: CycleType) -> int:
    """Number of cycles that one cycle of this length makes with all the given ones on pairs of units."""
    return sum(count * gcd(length, other) for other, count in cycles)


def _layer_sum(left: CycleType, right: CycleType, d: int, m_in: int, m_out: int) -> int:
    """Sum over all d! permutations of one layer of the fixed choices of its weights, biases and outgoing weights.

    With w_k = m_in^{links to left + 1} m_out^{links to right} for a cycle of length k, the sum divided by d! is the
    coefficient of t^d in exp(sum_k w_k t^k / k): n! h_n = sum_k (n-1)!/(n-k)! w_k (n-k)! h_{n-k}.
    """
    weights = [m_in ** (_links(k, left) + 1) * m_out ** _links(k, right) for k in range(1, d + 1)]
    sums = [1]
    for n in range(1, d + 1):
        falling, total = 1, 0
        for k in range(1, n + 1):
            total += falling * weights[k - 1] * sums[n - k]
            falling *= n - k
        sums.append(total)
    return sums[d]


def _listed_layers(hidden: tuple[int, ...]) -> tuple[int, ...]:
    """Return the hidden layers (1-based) whose cycle types are listed: the cheaper of the odd and the even ones."""
    choices = (range(1, len(hidden) + 1, 2), range(2, len(hidden) + 1, 2))
    numbers = {depth: partition_count(d) for depth, d in enumerate(hidden, 1)}
    return min((tuple(choice) for choice in choices), key=lambda listed: prod(numbers[depth] for depth in listed))


def burnside_count(widths: tuple[int, ...], m: tuple[int, ...]) -> int:
    """Return the number of orbits of the grid with `m[l - 1]` points per parameter of layer l.

    Raises:
        TooManyCycleTypes: the sum would take more than `WORK_LIMIT`.

    >>> burnside_count((1, 2, 2, 1), (2, 2, 2))
    2336
    """
    hidden = widths[1:-1]
    listed = _listed_layers(hidden)
    _refuse_if_too_long(widths, m, listed)
    ends = {0: ((1, widths[0]),), len(widths) - 1: ((1, widths[-1]),)}
    summed = [depth for depth in range(1, len(widths) - 1) if depth not in listed]
    types = {depth: list(cycle_types(widths[depth])) for depth in listed}
    inner = _summed_layers(widths, m, summed, {**{k: [v] for k, v in ends.items()}, **types})
    total = 0
    for choice in product(*(range(len(types[depth])) for depth in listed)):
        index = dict(zip(listed, choice)) | {0: 0, len(widths) - 1: 0}
        chosen = {depth: types[depth][index[depth]] for depth in listed} | ends
        term = prod(_class_size(chosen[at], widths[at]) * m[at - 1] ** _cycles(chosen[at]) for at in listed)
        term *= prod(inner[at][index[at - 1], index[at + 1]] for at in summed)
        total += term * prod(m[at - 1] ** _pairs(chosen[at], chosen[at - 1]) for at in chosen if at - 1 in chosen)
    # the last layer's biases are fixed by everything
    count, remainder = divmod(total * m[-1] ** widths[-1], prod(factorial(d) for d in hidden))
    if remainder:
        raise ArithmeticError("Burnside's sum is not divisible by the order of the group")
    return count


def _pairs(here: CycleType, before: CycleType) -> int:
    return sum(count * _links(length, before) for length, count in here)


def _summed_layers(
    widths: tuple[int, ...], m: tuple[int, ...], summed: list[int], types: dict[int, list[CycleType]]
) -> dict[int, dict[tuple[int, int], int]]:
    """Tabulate `_layer_sum` of every summed layer for all pairs of cycle types of its neighbours."""
    return {
        depth: {
            (i, j): _layer_sum(left, right, widths[depth], m[depth - 1], m[depth])
            for i, left in enumerate(types[depth - 1])
            for j, right in enumerate(types[depth + 1])
        }
        for depth in summed
    }


def _refuse_if_too_long(widths: tuple[int, ...], m: tuple[int, ...], listed: tuple[int, ...]) -> None:
    number = prod(partition_count(widths[depth]) for depth in listed)
    squares = sum(d * d for depth, d in enumerate(widths[1:-1], 1) if depth not in listed)
    words = 1 + sum(size * base.bit_length() for size, base in zip(layer_sizes(widths), m)) // 64
    work = number * (squares + len(widths)) * words
    if work > WORK_LIMIT:
        required = f"at most {WORK_LIMIT} steps for the exact orbit count"
        found = f"{number} combinations of cycle types, {work} steps, for widths {widths}"
        raise TooManyCycleTypes(explain("widths", required, found, "Use bias_ordered_count, an upper bound."))
