"""Reading torch modules: layer graphs, exact dyadic weights."""

from numerics.modules.layers import Layer, LayerGraph
from numerics.modules.trace import UnreadableLayer, read
from numerics.modules.weights import dyadic, largest, parameter_range

__all__ = ["Layer", "LayerGraph", "UnreadableLayer", "dyadic", "largest", "parameter_range", "read"]
