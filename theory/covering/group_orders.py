"""Orders and dimensions of the symmetry groups of convolutional, residual and attention networks, in plain ints.

The permutations are those of `covering.other_architectures`, the linear groups those of `covering.residual_symmetry`
and `covering.attention_symmetry`. That a network has no further symmetries is not claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial, prod

from theory.language.errors import InputError, explain


def _count(value: int, name: str, least: int = 1) -> int:
    if type(value) is not int or value < least:
        raise InputError(explain(name, f"an int of at least {least}", repr(value), "Count units, channels or heads."))
    return value


def conv_group_order(channels: Sequence[int]) -> int:
    """Return how many ways there are to permute the channels of hidden layers: the product of c_l!.

    `channels` are those of the hidden layers whose channels are free; pixels do not count. A linear layer behind a
    Flatten adds nothing: its columns follow the channels.

    >>> conv_group_order([4, 8])
    967680
    """
    return prod(factorial(_count(c, "channels")) for c in channels)


def group_norm_order(channels: int, groups: int) -> int:
    """Return how many permutations of channels respect the groups of a GroupNorm: (c/g)!^g g!.

    Raises:
        InputError: the groups do not divide the channels.

    >>> group_norm_order(6, 2)
    72
    """
    _count(channels, "channels")
    if channels % _count(groups, "groups"):
        raise InputError(explain("groups", f"a divisor of {channels} channels", groups, "Use groups of equal size."))
    return factorial(channels//groups)**groups*factorial(groups)


def residual_group_order(stream: int, inner: Sequence[int]) -> int:
    """Return the order of the permutations of a residual network: one of the stream, one inside each block.

    `stream` is its width, counted once however many blocks there are; `inner` are the hidden widths of the blocks.

    >>> residual_group_order(4, [5, 6])
    2073600
    """
    return factorial(_count(stream, "stream"))*prod(factorial(_count(h, "inner")) for h in inner)


def linear_stream_dimension(stream: int) -> int:
    """Return d^2, the dimension of GL(d), for a stream of width d on which nothing nonlinear acts.

    >>> linear_stream_dimension(4)
    16
    """
    return _count(stream, "stream")**2


def attention_group(heads: int, key_size: int, value_size: int) -> tuple[int, int]:
    """Return h!, the permutations of the heads, and h (d_k^2 + d_v^2), the dimension of their linear groups.

    >>> attention_group(2, 3, 3)
    (2, 36)
    """
    sizes = _count(key_size, "key_size")**2 + _count(value_size, "value_size")**2
    return factorial(_count(heads, "heads")), heads*sizes


def tied_group_order(classes: Sequence[int]) -> int:
    """Return the order of the permutations when weights are shared: one factor for each class of tied layers.

    `classes` holds the common width of each class of layers whose units must move together.

    >>> tied_group_order([4])
    24
    """
    return prod(factorial(_count(width, "classes")) for width in classes)
