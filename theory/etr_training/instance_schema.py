"""The published JSON schema (draft 2020-12) of training instances, as data.

It describes the form only; that edges form no cycle, that names exist and that rows have the right length is checked
by `TrainingInstance`. What the schema refuses, the parser refuses.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from theory.etr_training.instance_checks import ACTIVATIONS, MAX_EDGES, MAX_POINTS, MAX_VERTICES
from theory.etr_training.instance_json import FORMAT, REQUIRED, SCHEMA_VERSION

_NUMBER = {"anyOf": [
    {"type": "integer"},
    {"type": "string", "pattern": r"^[+-]?[0-9]+(/[0-9]+|(\.[0-9]+)?([eE][+-]?[0-9]{1,5})?)$"},
]}
_NAME = {"type": "string", "pattern": r'^(?!.*->)[^\s|\\"\x00-\x1f\x7f]{1,100}$'}
_PAIR = {"type": "array", "minItems": 2, "maxItems": 2}


def _names(limit: int) -> dict[str, Any]:
    return {"type": "array", "items": _NAME, "uniqueItems": True, "maxItems": limit}


SCHEMA: MappingProxyType[str, Any] = MappingProxyType({
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Training instance",
    "description": "Are there real weights with total squared loss at most the threshold?",
    "type": "object",
    "required": list(REQUIRED),
    "additionalProperties": False,
    "properties": {
        "format": {"const": FORMAT},
        "schema": {"const": SCHEMA_VERSION},
        "name": {"type": "string", "maxLength": 200},
        "sources": _names(MAX_VERTICES),
        "vertices": {"type": "array", "maxItems": MAX_VERTICES,
                     "items": {**_PAIR, "prefixItems": [_NAME, {"enum": list(ACTIVATIONS)}]}},
        "sinks": {**_names(MAX_VERTICES), "minItems": 1},
        "edges": {"type": "array", "maxItems": MAX_EDGES, "items": {**_PAIR, "prefixItems": [_NAME, _NAME]},
                  "uniqueItems": True},
        "points": {"type": "array", "minItems": 1, "maxItems": MAX_POINTS,
                   "items": {"type": "array", "items": _NUMBER}},
        "labels": {"type": "array", "minItems": 1, "maxItems": MAX_POINTS,
                   "items": {"type": "array", "items": {"anyOf": [{"const": "*"}, *_NUMBER["anyOf"]]}}},
        "threshold": _NUMBER,
        "strict": {"type": "boolean"},
        "box": {"anyOf": [{"type": "null"}, *_NUMBER["anyOf"]]},
        "biases": {"anyOf": [{"type": "null"}, _names(MAX_VERTICES)]},
        "pinned": {"type": "object", "additionalProperties": _NUMBER},
    },
})
"""A JSON schema; rationals are integers, texts `p/q` or decimal texts, never JSON floats."""
