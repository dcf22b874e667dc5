"""The words of statements about channels in layer graphs: sizes, permutations, kernels, states, normalisation, ties.

Layer l has C(l) channels on P(l) places and n(l) sources a(l,1), ..., a(l,n(l)) < l. Its channel o sums, over sources
j, channels c of the source and taps k, kernel entries W(l,j,o,c,k) times the source's value at the place e(l,j,r,k)
(0 is padding), plus a bias b(l,o,0). A convolution shares the kernel between places r; a linear layer behind a Flatten
has one place and a tap for every place of its source; a skip connection is a source whose kernel is the identity. What
acts on the sum may depend on two weighted sums over channels and places (the mean and the square that GroupNorm,
LayerNorm, InstanceNorm need) and on two parameters of the channel (scale and shift, or fixed statistics).
"""

from __future__ import annotations

from theory.covering.channels import INVERSE

_UNIT = "1 <= l, l <= N, 1 <= o, o <= C(l)"
_AT = f"{_UNIT}, 1 <= r, r <= P(l)"
_SOURCE = "1 <= l, l <= N, 1 <= j, j <= n(l)"
TAP = f"{_SOURCE}, 1 <= k, k <= K(l,j)"

TERM = "{W}*{h}(a(l,j), {c}, e(l,j,{r},k))"
_KERNEL_SUM = f"sum(c=1..C(a(l,j)): sum(k=1..K(l,j): {TERM}))"
"""What one source adds to a channel at a place."""


def _pre(x: str, kernel: str, h: str, b: str) -> str:
    """The sum that a channel forms at a place."""
    inner = _KERNEL_SUM.format(W=f"{kernel}(l,j,o,c,k)", h=h, c="c", r="r")
    return f"{x}(l,o,r) = sum(j=1..n(l): {inner}) + {b}(l,o,0)"


def moment(x: str, weight: str = "J(l,o,r,c,m)", power: str = "") -> str:
    """A weighted sum of what the layer formed, or of its squares."""
    return f"sum(c=1..C(l): sum(m=1..P(l): {weight}*{x}(l,c,m){power}))"


def _state(h: str, x: str, b: str) -> str:
    """What the layer makes of the sum."""
    return f"{h}(l,o,r) = s(l, {x}(l,o,r), {moment(x)}, {moment(x, power='^2')}, {b}(l,o,1), {b}(l,o,2))"


VARIABLES = (
    "all N:int, C P n:int->int, a K:(l:int,j:int)->int, e:(l:int,j:int,r:int,k:int)->int, p v:(l:int,i:int)->int,"
    " W V:(l:int,j:int,o:int,c:int,k:int)->real, b d:(l:int,o:int,i:int)->real,"
    " kind:int->int, J:(l:int,o:int,r:int,c:int,m:int)->real, x y h g:(l:int,o:int,r:int)->real,"
    " s:(l:int,z:real,m1:real,m2:real,t:real,u:real)->real")

SIZES = (
    "0 <= N, (all l:int | 0 <= l, l <= N => 0 <= C(l)), (all l:int | 1 <= l, l <= N => 0 <= P(l)),"
    " (all l:int | 1 <= l, l <= N => 0 <= n(l)),"
    f" (all l j:int | {_SOURCE} => 0 <= K(l,j)), (all l j:int | {_SOURCE} => 0 <= a(l,j)),"
    f" (all l j:int | {_SOURCE} => a(l,j) <= l - 1),"
    f" (all l j k r:int | {TAP}, 1 <= r, r <= P(l) => 0 <= e(l,j,r,k)),"
    f" (all l j k r:int | {TAP}, 1 <= r, r <= P(l) => e(l,j,r,k) <= P(a(l,j)))")
"""H1-H9: sizes, sources from earlier layers, places of the source or padding."""

PERMUTED = (
    f"(all l i:int | 0 <= l, l <= N, 1 <= i, i <= C(l) => {INVERSE.format('l,', 'C(l)')}),"
    " (all i:int | 1 <= i, i <= C(0) => p(0,i) = i), (all i:int | 1 <= i, i <= C(N) => p(N,i) = i)")
"""H10-H12: a permutation of the channels of every layer, the identity at the input and at the output."""

KERNELS = (f"(all l j k o c:int | {TAP}, 1 <= o, o <= C(l), 1 <= c, c <= C(a(l,j))"
           " => V(l,j,o,c,k) = W(l,j,p(l,o),p(a(l,j),c),k))")
"""H13: the relabelled kernels."""

PARAMETERS = f"(all l o i:int | {_UNIT}, 0 <= i, i <= 2 => d(l,o,i) = b(l,p(l,o),i))"
"""H14: biases, scales and shifts (or fixed statistics) move along."""

GROUPS = (f"(all l o r c m:int | {_AT}, 1 <= c, c <= C(l), 1 <= m, m <= P(l)"
          " => J(l,o,r,c,m) = J(l,p(l,o),r,p(l,c),m))")
"""H15: the permutations respect the groups over which a layer normalises."""

STATES = (
    f"(all l o r:int | {_AT} => {_pre('x', 'W', 'h', 'b')}), (all l o r:int | {_AT} => {_pre('y', 'V', 'g', 'd')}),"
    f" (all l o r:int | {_AT}, kind(l) != 1 => {_state('h', 'x', 'b')}),"
    f" (all l o r:int | {_AT}, kind(l) != 1 => {_state('g', 'y', 'd')}),"
    " (all o r:int | 1 <= o, o <= C(0), 1 <= r, r <= P(0) => g(0,o,r) = h(0,o,r)),"
    " (all l o:int | 0 <= l, l <= N, 1 <= o, o <= C(l) => h(l,o,0) = 0),"
    " (all l o:int | 0 <= l, l <= N, 1 <= o, o <= C(l) => g(l,o,0) = 0)")
"""H16-H22: the sums x, y and states h, g of the two networks on one input; padding reads 0."""

WINDOW = "{h}(a(l,1), {o}, e(l,1,r,k))"
POOLS = (
    "(all l:int | 1 <= l, l <= N, kind(l) = 1 => 1 <= n(l)),"
    " (all l:int | 1 <= l, l <= N, kind(l) = 1 => C(l) <= C(a(l,1))),"
    f" (all l o:int | {_UNIT}, kind(l) = 1 => p(l,o) = p(a(l,1),o)),"
    f" (all l o r:int | {_AT}, kind(l) = 1, (all k:int | 1 <= k, k <= K(l,1)"
    f" => {WINDOW.format(h='g', o='o')} = {WINDOW.format(h='h', o='p(l,o)')}) => g(l,o,r) = h(l,p(l,o),r))")
"""H23-H26: where kind(l) = 1 a channel is any function of the windows of its own channel in the source (max pooling):
equal windows give equal values; such a layer has the permutation of its source."""

OUTPUTS = "(all o r:int | 1 <= o, o <= C(N), 1 <= r, r <= P(N) => g(N,o,r) = h(N,o,r))"

_TWO_SOURCES = ("1 <= l, l <= N, 1 <= j, j <= n(l), 1 <= l', l' <= N, 1 <= j', j' <= n(l'), C(l') = C(l),"
                " C(a(l',j')) = C(a(l,j)), K(l',j') = K(l,j)")
SAME_ROWS = "(all i:int | 1 <= i, i <= C(l) => p(l',i) = p(l,i))"
_SAME_COLUMNS = "(all i:int | 1 <= i, i <= C(a(l,j)) => p(a(l',j'),i) = p(a(l,j),i))"
_RANGE = "1 <= o, o <= C(l), 1 <= c, c <= C(a(l,j)), 1 <= k, k <= K(l,j)"


def _tied(kernel: str) -> str:
    return f"(all o c k:int | {_RANGE} => {kernel}(l',j',o,c,k) = {kernel}(l,j,o,c,k))"


TIED = f"(all l j l' j':int | {_TWO_SOURCES}, {SAME_ROWS}, {_SAME_COLUMNS}, {_tied('W')} => {_tied('V')})"
"""Kernels that share their weights still do, if their outputs have one permutation and their inputs have one."""

_SQUARE = f"{TAP}, C(a(l,j)) = C(l), (all i:int | 1 <= i, i <= C(l) => p(a(l,j),i) = p(l,i))"


def _apart(kernel: str) -> str:
    return f"(all o c:int | 1 <= o, o <= C(l), 1 <= c, c <= C(l), o != c => {kernel}(l,j,o,c,k) = 0)"


def _diagonal(kernel: str) -> str:
    return f"(all o:int | 1 <= o, o <= C(l) => {kernel}(l,j,o,o,k) = w)"


DEPTHWISE = f"(all l j k:int | {_SQUARE}, {_apart('W')} => {_apart('V')})"
SKIPS = f"(all l j k:int, w:real | {_SQUARE}, {_diagonal('W')} => {_diagonal('V')})"
"""Diagonal kernels stay diagonal, with w their diagonal, if source and layer share one permutation: depthwise
convolutions, and skip connections (w = 1), which therefore carry one permutation through a whole stream."""

RELABELLED = "(all l o r:int | 0 <= l, l <= N, 1 <= o, o <= C(l), 1 <= r, r <= P(l) => g(l,o,r) = h(l,p(l,o),r))"
