"""Permuting channels in any layer graph: convolutions, normalisations, residual streams, tied weights.

The words are those of `graph_channels`, the proof is in `graph_channels_proof`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from theory.covering.graph_channels import (
    DEPTHWISE,
    GROUPS,
    KERNELS,
    OUTPUTS,
    PARAMETERS,
    PERMUTED,
    POOLS,
    RELABELLED,
    SAME_ROWS,
    SIZES,
    SKIPS,
    STATES,
    TAP,
    TIED,
    VARIABLES,
)
from theory.covering.graph_channels_proof import DERIVATION
from theory.covering.small_graphs import GraphPair, Layer, Reader
from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement
from theory.language.derivation import witness

STATEMENT = statement(
    f"{VARIABLES} | {SIZES}, {PERMUTED}, {KERNELS}, {PARAMETERS}, {GROUPS}, {STATES}, {POOLS}"
    f" => some | {RELABELLED}, {OUTPUTS}, {TIED}, {DEPTHWISE}, {SKIPS}")

_POINT = ((1,),)
_LINE = ((1,), (2,))
"""Two places, one tap: what a layer of 1x1 convolutions reads."""
_SKIP = (((1,), (0,)), ((0,), (1,)))
"""The identity of two channels."""
_UNREAD = (((0, 0), (0, 0)), ((0, 0), (0, 0)))
_CENTRED = ("t*(z - m1) + u", lambda z, m1, m2, t, u: t*(z - m1) + u)
_SWAP = (2, 1)
_PLAIN = ((0, 1, 0),)

_RESIDUAL = GraphPair(
    inputs=((1, 2),),
    layers=(Layer((Reader(0, (((1, 2),), ((3, 1),)), ((1, 2), (2, 0))),), ((0, 1, 0), (1, 2, 1))),
            Layer((Reader(1, _UNREAD, ((1, 2),)),), ((0, 1, 0), (0, 1, 0))),
            Layer((Reader(2, _SKIP, _POINT), Reader(2, (((1,), (2,)), ((0,), (1,))), _POINT)), ((1, 1, 0), (0, 1, 3))),
            Layer((Reader(3, (((1,), (3,)),), _POINT),), ((5, 1, 0),))),
    orders={1: _SWAP, 2: _SWAP, 3: _SWAP}, activation=_CENTRED,
    weight=lambda layer, *_: Fraction(1, 4) if layer == 1 else 0, maxima=frozenset({2}),
    given={"kind": "l -> l - 1"})
"""A normalised convolution with padding, max pooling, a residual addition, a read-out; both channels exchanged."""

INSTANCE = Witness((witness("end", **_RESIDUAL.point()),))


def _false(conclusion: str = OUTPUTS, kernels: str = KERNELS, parameters: str = PARAMETERS,
           groups: str = f"{GROUPS}, ", more: str = "") -> Statement:
    """The statement with some of its hypotheses replaced, for the outputs alone."""
    return statement(f"{VARIABLES}{more} | {SIZES}, {PERMUTED}, {kernels}, {parameters}, {groups}{STATES}, {POOLS}"
                     f" => {conclusion}")


def _refuted(pair: GraphPair, **more: str) -> Witness:
    return Witness((witness("end", **pair.point(), **more),))


def _after(*layers: Layer, width: int = 2, row: tuple[int, ...] = (1, 0), first: Layer | None = None,
           **options: Any) -> GraphPair:
    """One input 1, a layer with the biases 1, 2, ... (or another one), further layers, a linear read-out."""
    biased = Layer((Reader(0, (((0,),),)*width, ((1,),)),), tuple((o, 1, 0) for o in range(1, width + 1)))
    out = Layer((Reader(len(layers) + 1, (tuple((w,) for w in row),), ((1,),)),), _PLAIN)
    return GraphPair(inputs=((1,),), layers=(first or biased, *layers, out), **options)


_HALF = Fraction(1, 2)
_NOTHING = Reader(1, (((0,), (0,)), ((0,), (0,))), ((1,),))
_STREAM = _after(Layer((_NOTHING, Reader(1, _SKIP, ((1,),))), ((0, 1, 0), (0, 1, 0))), orders={1: _SWAP},
                 given={"V": (((((0,),), ((0,),)),), (_NOTHING.kernel, _SKIP), ((((1,), (0,)),),))})
_GROUPED = _after(width=4, row=(1, 0, 0, 0), orders={1: (1, 3, 2, 4)}, activation=_CENTRED,
                  weight=lambda layer, o, r, c, m: _HALF if layer == 1 and (o + 1)//2 == (c + 1)//2 else 0)
_PLACES = GraphPair(inputs=((1, 2),), layers=(Layer((Reader(0, (((1,),),), _LINE),), _PLAIN),
                                              Layer((Reader(1, (((1, 3),),), ((1, 2),)),), _PLAIN)),
                    given={"V": (((((1,),),),), ((((3, 1),),),))})
_TIED_LAYER = (((1,), (2,)), ((3,), (4,)))
_TIED_PAIR = GraphPair(
    inputs=((1,), (1,)),
    layers=tuple(Layer((Reader(source, _TIED_LAYER, _POINT),), ((0, 1, 0), (0, 1, 0))) for source in range(3)),
    orders={1: _SWAP})

CLAIM = Claim(
    id="covering.other_architectures",
    title="Permuting channels in any layer graph leaves the function unchanged",
    statement=STATEMENT,
    source=Source("G. Shen", 2024, "Exploring the Complexity of Deep Neural Networks through Functional Equivalence",
                  "reconstructed", note="The abstract names convolutional, residual and attention networks;"
                  " statement and proof are ours (dossier 3.11), in one form for all layer graphs. Streams on which"
                  " nothing nonlinear acts and attention have more: covering.residual_symmetry,"
                  " covering.attention_symmetry."),
    summary="Relabel the channels of every layer, not its places: kernels by rows and columns, biases and normalisation"
            " by rows. If normalisation groups are respected, all states are relabelled and the outputs agree; tied,"
            " diagonal and skip kernels keep their form where the layers they join share one permutation.",
    derivation=DERIVATION,
    instance=INSTANCE,
    controls=(
        Control("stream_permuted_block_by_block", "a skip connection between layers with permutations of their own",
                _false(kernels=KERNELS.replace(" => ", ", j <= 1 => ") + ", "
                       + KERNELS.replace(" => ", ", 2 <= j => ")
                       .replace("p(l,o),p(a(l,j),c)", "o,c")), _refuted(_STREAM)),
        Control("groups_not_respected", "a permutation of channels across the groups of a GroupNorm",
                _false(groups=""), _refuted(_GROUPED)),
        Control("places_permuted", "the places (pixels) that a linear layer reads permuted in place of channels",
                _false(kernels="(all l j k:int | " + TAP + " => some | 1 <= f(l,j,k), f(l,j,k) <= K(l,j),"
                       " f'(l,j,f(l,j,k)) = k, f(l,j,f'(l,j,k)) = k), "
                       + KERNELS.replace("c),k)", "c),f(l,j,k))"),
                       more=", f f':(l:int,j:int,k:int)->int"),
                _refuted(_PLACES, **{"f": "l, j, k -> iite(l, 1, k, 3 - k)", "f'": "l, j, k -> iite(l, 1, k, 3 - k)"})),
        Control("tied_layers_permuted_separately", "layers that share a kernel, not the permutation of their outputs",
                _false(TIED.replace(f" {SAME_ROWS},", "")), _refuted(_TIED_PAIR)),
        Control("normalisation_left", "biases, scales, shifts or statistics of the channels are not moved along",
                _false(parameters=PARAMETERS.replace("p(l,o),i", "o,i")),
                _refuted(_after(orders={1: _SWAP}, given={"d": (((1, 1, 0), (2, 1, 0)), _PLAIN)}))),
    ),
    comparison=(
        Comparison("convolution", "channels of hidden layers permute: prod c_l!, not prod d_l! of pixels",
                   "kernels W(l,j,o,c,k) read through index maps e(l,j,r,k), with padding; places stay",
                   "wider: any stride, dilation, dimension; behind a Flatten, one place and a tap for each place"),
        Comparison("normalisation", "BatchNorm and GroupNorm move along, GroupNorm with (c/g)!^g g! permutations",
                   "two parameters for each channel, two weighted sums over channels and places with J invariant",
                   "fixed statistics are parameters of a channel; GroupNorm, LayerNorm, InstanceNorm by their J"),
        Comparison("residual", "one permutation through all blocks of a stream, h! inside each block",
                   "a skip connection is a kernel that is the identity; it stays so if both ends share the permutation",
                   "streams of any depth, any pattern of skips"),
        Comparison("weight tying", "one factor for each tied class",
                   "tied kernels stay tied if their outputs share a permutation and their inputs do", "as stated"),
        Comparison("activation", "entrywise", "any function of the sum, the two moments and the channel's parameters",
                   "layers with kind(l) = 1: any function of the windows of the own channel, as in max pooling"),
        Comparison("orders", "group orders", "theory.covering.group_orders, tested against symmetry_report",
                   "counted, not proved: that there are no further symmetries is not claimed"),
    ),
    tightness="An equality. Each restriction on the permutations is needed: see the controls.",
    attack="theory.covering.other_architectures_attack",
)

LEMMAS = ()
