"""From rays and directions of the search back to weights of the instance."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from proofs_check.etr_training.arrangement import Arrangement
from proofs_check.etr_training.ray_search import Network

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance


def network_weights(instance: TrainingInstance, arrangement: Arrangement, network: Network) -> dict[str, Fraction]:
    """Return the weights of a network found by the search, output weights 1 and -1, for all hidden units."""
    sink, d = instance.sinks[0], len(instance.sources)
    out: dict[str, Fraction] = {sink: network.bias} if instance.output_bias else {}
    for j, (hidden, direction) in enumerate(zip(instance.hidden, network.directions)):
        *slopes, bias = arrangement.parameters(direction, d)
        out[hidden] = bias
        out |= {f"{source}->{hidden}": slope for source, slope in zip(instance.sources, slopes)}
        out[f"{hidden}->{sink}"] = Fraction(1 if j < network.positive else -1)
    return out
