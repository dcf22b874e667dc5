"""Training instances: what is refused and how, exact values by hand, the JSON form and its schema."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from theory.etr_training.instance import TrainingInstance
from theory.etr_training.instance_schema import SCHEMA
from theory.etr_training.rationals import rational
from theory.language.errors import ExactnessError, InputError

ABS = TrainingInstance.one_hidden_layer([-2, -1, 0, 1, 2], [2, 1, 0, 1, 2], 2)
ABS_WEIGHTS = {"h1": 0, "x1->h1": 1, "h2": 0, "x1->h2": -1, "h1->y1": 1, "h2->y1": 1}


def net(**changes):
    """x -> a -> b -> y with a skip edge x -> y, and changes."""
    fields = {
        "sources": ("x",), "vertices": (("a", "relu"), ("b", "id"), ("y", "id")), "sinks": ("y",),
        "edges": (("x", "a"), ("a", "b"), ("b", "y"), ("x", "y")), "points": ((1,), (-2,)), "labels": ((1,), (0,)),
    }
    return TrainingInstance(**{**fields, **changes})


# ---- numbers ----

@pytest.mark.parametrize(("text", "value"), [
    ("3", Fraction(3)), ("-7/2", Fraction(-7, 2)), ("0.125", Fraction(1, 8)), ("1e-3", Fraction(1, 1000)),
    ("+2.5E2", Fraction(250)), (" 4/6 ", Fraction(2, 3)), (5, Fraction(5)), (Fraction(1, 3), Fraction(1, 3)),
])
def test_rationals_are_read_exactly(text, value):
    """Integers, fractions and decimals mean what they say, digit by digit."""
    assert rational(text, "x") == value


@pytest.mark.parametrize("text", ["", "1/0", "x", "1.", ".5", "1/2/3", "0x10", "__import__('os')", "1_000", "nan",
                                  "inf", "²", "1e99999", "9" * 4001, None, True, [1]])
def test_other_texts_are_no_rationals(text):
    """What is no plain number, or is longer than 4000 digits, is refused with its place in the message."""
    with pytest.raises(InputError, match=r"^points\[3\]\[1\]: required"):
        rational(text, "points[3][1]")


def test_numbers_of_4000_digits_pass():
    """The limit is 4000 digits, in texts and in ints."""
    assert rational("9" * 4000, "x") == 10**4000 - 1 == rational(10**4000 - 1, "x")
    with pytest.raises(InputError, match="4000 digits"):
        rational(10**4000, "x")


# ---- what is refused ----

BAD = {
    "cycle": ({"edges": (("x", "a"), ("a", "b"), ("b", "a"), ("b", "y"))}, "without cycles"),
    "loop": ({"edges": (("a", "a"), ("b", "y"))}, "without cycles"),
    "unknown activation": ({"vertices": (("a", "tanh"), ("b", "id"), ("y", "id"))}, "vertex a: required an activation"),
    "row length": ({"points": ((1,), (1, 2))}, r"points\[1\]: required 1 numbers"),
    "label length": ({"labels": ((1,), ())}, r"labels\[1\]: required 1 numbers"),
    "label rows": ({"labels": ((1,),)}, "labels: required 2 rows"),
    "no points": ({"points": (), "labels": ()}, "points: required at least one"),
    "edge from nowhere": ({"edges": (("q", "y"),)}, "edge q->y: required an existing vertex"),
    "edge into a source": ({"edges": (("a", "x"),)}, "no source"),
    "edge twice": ({"edges": (("x", "y"), ("x", "y"))}, "an edge once"),
    "name twice": ({"sources": ("x", "x")}, "different names"),
    "name of a source": ({"vertices": (("x", "id"), ("y", "id"))}, "names other than those of sources"),
    "name with an arrow": ({"sources": ("x->a",)}, r"sources\[0\]: required a name"),
    "name with a space": ({"sources": ("x 1",)}, r"sources\[0\]: required a name"),
    "name with a bar": ({"sources": ("x|",)}, r"sources\[0\]: required a name"),
    "no sinks": ({"sinks": ()}, "sinks: required at least one"),
    "unknown sink": ({"sinks": ("z",)}, "sink z: required one of"),
    "sink that feeds others": ({"sinks": ("y", "b"), "labels": ((1, 1), (0, 0))}, "sink b: required no outgoing edge"),
    "threshold": ({"threshold": -1}, "threshold: required a number >= 0"),
    "strict": ({"strict": 1}, "strict: required true or false"),
    "box": ({"box": 0}, "box: required a number > 0"),
    "bias of a source": ({"biases": ("x",)}, "biases: required names among"),
    "pin of nothing": ({"pinned": (("b->a", 1),)}, "pinned: required different names"),
    "name of several lines": ({"name": "x\n(assert false)"}, "name: required a line"),
    "too many points": ({"points": ((1,),) * 10001, "labels": ((1,),) * 10001}, "points: required at most 10000"),
}


@pytest.mark.parametrize("case", BAD)
def test_malformed_instances_are_refused_with_place_and_remedy(case):
    """Each malformed field is named, with what was required."""
    changes, message = BAD[case]
    with pytest.raises(InputError, match=message):
        net(**changes)


@pytest.mark.parametrize("changes", [{"points": ((0.5,), (1,))}, {"labels": ((1,), (0.0,))}, {"threshold": 0.1},
                                     {"box": 8.0}, {"pinned": (("a", 0.5),)}])
def test_floats_are_refused(changes):
    """No field takes a float; the message gives the decimal text to write."""
    with pytest.raises(ExactnessError, match="decimal string"):
        net(**changes)


def test_gigantic_widths_are_refused_before_anything_is_built():
    """A width of 10^9 is an error at once, not a full memory."""
    with pytest.raises(InputError, match="edges: required at most 100000"):
        TrainingInstance.one_hidden_layer([1], [1], 10**9)


# ---- graphs and names ----

def test_vertices_are_put_into_topological_order():
    """Vertices may be listed in any order; parameters follow the order in which values can be computed."""
    shuffled = net(vertices=(("y", "id"), ("b", "id"), ("a", "relu")))
    assert [v for v, _ in shuffled.vertices] == ["a", "b", "y"]
    assert shuffled.parameters == ("a", "x->a", "b", "a->b", "y", "b->y", "x->y")


def test_parameters_are_those_of_biased_vertices_and_all_edges():
    """Without a bias at y and with a->b pinned, five parameters are free."""
    instance = net(biases=("a", "b"), pinned=(("a->b", "1/2"),))
    assert instance.parameters == ("a", "x->a", "b", "a->b", "b->y", "x->y")
    assert instance.free == ("a", "x->a", "b", "b->y", "x->y")
    assert instance.hidden == ("a", "b") and not instance.output_bias


def test_one_hidden_shape_sees_only_plain_nets():
    """A skip edge, a pin, a box, a missing bias or a mixed layer make a net other than plain."""
    assert ABS.one_hidden_shape() == (1, 2, 1)
    plain = TrainingInstance.one_hidden_layer([(1, 2)], [(3, None)], 4, "sigmoid", outputs=2, output_bias=True)
    assert plain.one_hidden_shape() == (2, 4, 2) and plain.output_bias
    assert TrainingInstance.one_hidden_layer([1], [0], 0).one_hidden_shape() == (1, 0, 1)
    others = [net(), replace(ABS, box=8), replace(ABS, pinned=(("h1", 0),)), replace(ABS, biases=("h1",)),
              replace(ABS, vertices=(("h1", "relu"), ("h2", "id"), ("y1", "id"))),
              replace(ABS, edges=ABS.edges[:-1])]
    assert [other.one_hidden_shape() for other in others] == [None] * 6


# ---- exact values ----

def test_values_by_hand():
    """|x| is relu(x) + relu(-x); without the second unit the loss is 1 + 4."""
    assert ABS.outputs(ABS_WEIGHTS) == ((2,), (1,), (0,), (1,), (2,))
    assert ABS.loss(ABS_WEIGHTS) == 0 and ABS.satisfied_by(ABS_WEIGHTS)
    half = {**ABS_WEIGHTS, "h2->y1": 0}
    assert ABS.loss(half) == 5 and not ABS.satisfied_by(half)


def test_all_exact_activations_and_skip_edges():
    """x=1: relu(2*1-1)=1, b=3*1+1=4, y = -4+5*1+1/2; x=-2: relu is 0, b=1, y = -1-10+1/2; step(0) is 0."""
    weights = {"a": -1, "x->a": 2, "b": 1, "a->b": 3, "y": "1/2", "b->y": -1, "x->y": 5}
    assert net().outputs(weights) == ((Fraction(3, 2),), (Fraction(-21, 2),))
    step = TrainingInstance.one_hidden_layer([0, 1], [0, 1], 1, "step")
    assert step.outputs({"h1": 0, "x1->h1": 1, "h1->y1": 7}) == ((0,), (7,))


def test_dont_care_labels_do_not_count():
    """Only the labelled residual 2 - 1/2 enters the loss."""
    instance = TrainingInstance.one_hidden_layer([1, 2], [None, "1/2"], 1)
    assert instance.loss({"h1": 0, "x1->h1": 1, "h1->y1": 1}) == Fraction(9, 4)


def test_threshold_strictness_box_and_pins_decide():
    """Loss 5: at most 5 but not below 5; weights of size 1 are outside [-1/2, 1/2]; a contradicted pin is an error."""
    half = {**ABS_WEIGHTS, "h2->y1": 0}
    assert replace(ABS, threshold=5).satisfied_by(half)
    assert not replace(ABS, threshold=5, strict=True).satisfied_by(half)
    assert not replace(ABS, threshold=5, box="1/2").satisfied_by(half)
    pinned = replace(ABS, threshold=5, pinned={"h1": 0, "h2": 3})
    assert pinned.free == ("x1->h1", "x1->h2", "h1->y1", "h2->y1")
    with pytest.raises(InputError, match="pinned value 3"):
        pinned.loss(half)


def test_missing_and_unknown_weights_are_named():
    """An evaluation needs every free parameter and no other."""
    with pytest.raises(InputError, match="none for.*h2->y1"):
        ABS.loss({k: v for k, v in ABS_WEIGHTS.items() if k != "h2->y1"})
    with pytest.raises(InputError, match="unknown.*h3"):
        ABS.loss({**ABS_WEIGHTS, "h3": 1})


def test_sigmoid_has_no_exact_outputs():
    """A sigmoid of a rational is no rational, so nothing is returned."""
    with pytest.raises(InputError, match="sigmoid at h1"):
        TrainingInstance.one_hidden_layer([1], [1], 1, "sigmoid").loss({"h1": 0, "x1->h1": 0, "h1->y1": 1})


# ---- JSON ----

FULL = net(labels=(("1/3",), (None,)), threshold="14/5", strict=True, box="8.5", biases=("a", "y"),
           pinned=(("a->b", "1/2"),), name="full")


@pytest.mark.parametrize("instance", [ABS, FULL])
def test_json_round_trip(instance, tmp_path):
    """Text, dict and file give back the same instance, and the same text again."""
    text = instance.to_json()
    path = tmp_path / "instance.json"
    path.write_text(text, encoding="utf-8")
    for source in (text, instance.to_dict(), json.loads(text), path, str(path)):
        again = TrainingInstance.from_json(source)
        assert again == instance and again.to_json() == text


def test_json_of_a_full_instance():
    """Rationals are ints or texts p/q, a label that does not matter is a star."""
    document = json.loads(FULL.to_json())
    assert document["points"] == [[1], [-2]] and document["labels"] == [["1/3"], ["*"]]
    assert (document["threshold"], document["box"], document["pinned"]) == ("14/5", "17/2", {"a->b": "1/2"})


def test_digest_sees_everything_but_the_name():
    """Renaming keeps the digest; any other change changes it."""
    assert replace(FULL, name="other").digest == FULL.digest
    changed = [replace(FULL, threshold=0), replace(FULL, strict=False), replace(FULL, box=None),
               replace(FULL, pinned=()), replace(FULL, labels=((0,), (None,))), replace(FULL, biases=None)]
    assert len({FULL.digest, *(other.digest for other in changed)}) == 7


BAD_JSON = {
    "float": (lambda t: t.replace('"14/5"', "2.8"), ExactnessError, 'the JSON float 2.8. Write it as the text "2.8"'),
    "exponent": (lambda t: t.replace('"14/5"', "1e400"), ExactnessError, "the JSON float 1e400"),
    "NaN": (lambda t: t.replace('"14/5"', "NaN"), ExactnessError, "NaN"),
    "misspelt field": (lambda t: t.replace('"strict"', '"strickt"'), InputError, "unknown field 'strickt'"),
    "missing field": (lambda t: t.replace('  "edges"', '  "name"'), InputError, "name' twice|no 'edges'"),
    "field twice": (lambda t: t.replace('"box"', '"strict"'), InputError, "'strict' twice"),
    "other format": (lambda t: t.replace("training-instance", "decision"), InputError, "format"),
    "newer version": (lambda t: t.replace('"schema": 1', '"schema": 2'), InputError, "newer version"),
    "syntax": (lambda t: t[:-4], InputError, "in line"),
    "null label": (lambda t: t.replace('"*"', "null"), InputError, r"labels\[1\]"),
    "text in place of a row": (lambda t: t.replace("[1], [-2]", '"12"'), InputError, r"points\[0\]: required a list"),
    "huge int": (lambda t: t.replace("[-2]", f"[{'7' * 5000}]"), InputError, "4000 digits"),
    "depth": (lambda t: t.replace("[-2]", "[" * 100000), InputError, "nesting|in line"),
    "list of pins": (lambda t: re.sub(r'"pinned": .*}', '"pinned": [1]', t), InputError, "pinned: required an object"),
}


@pytest.mark.parametrize("case", BAD_JSON)
def test_malformed_json_is_refused(case):
    """A malformed text gets a clear error and never a guess."""
    change, kind, message = BAD_JSON[case]
    changed = change(FULL.to_json())
    assert changed != FULL.to_json()
    with pytest.raises(kind, match=message):
        TrainingInstance.from_json(changed)


def test_missing_files_are_named(tmp_path):
    """A path that does not exist is in the message."""
    with pytest.raises(InputError, match="nothing.json"):
        TrainingInstance.from_json(tmp_path / "nothing.json")


# ---- the schema ----

def valid(value, schema):
    """Whether a value fits a schema of the few keywords that ours uses."""
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    if "anyOf" in schema and not any(valid(value, part) for part in schema["anyOf"]):
        return False
    if "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        return False
    if "type" in schema:
        fits = isinstance(value, kinds[schema["type"]]) and (schema["type"] == "boolean" or not isinstance(value, bool))
        if not fits:
            return False
    if isinstance(value, str):
        return len(value) <= schema.get("maxLength", 10**9) and bool(re.search(schema.get("pattern", ""), value))
    if isinstance(value, list):
        sized = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 10**9)
        distinct = not schema.get("uniqueItems") or all(v not in value[:k] for k, v in enumerate(value))
        first = schema.get("prefixItems", [])
        rest = schema.get("items", {})
        return sized and distinct and all(valid(v, first[k] if k < len(first) else rest) for k, v in enumerate(value))
    if isinstance(value, dict):
        known, other = schema.get("properties", {}), schema.get("additionalProperties", {})
        return (all(key in value for key in schema.get("required", ()))
                and all(valid(v, known[k]) if k in known else other is not False and valid(v, other)
                        for k, v in value.items()))
    return True


def test_schema_uses_only_keywords_that_the_check_knows():
    """The little validator of this file leaves no keyword of the schema out."""
    known = {"$schema", "title", "description", "type", "required", "additionalProperties", "properties", "anyOf",
             "const", "enum", "pattern", "maxLength", "minItems", "maxItems", "uniqueItems", "items", "prefixItems"}

    def keywords(schema):
        found = set(schema)
        for key in ("anyOf", "prefixItems"):
            found |= {k for part in schema.get(key, ()) for k in keywords(part)}
        for key in ("items", "additionalProperties"):
            found |= keywords(schema[key]) if isinstance(schema.get(key), dict) else set()
        return found | {k for part in schema.get("properties", {}).values() for k in keywords(part)}

    assert keywords(dict(SCHEMA)) <= known


@pytest.mark.parametrize("instance", [ABS, FULL])
def test_schema_admits_what_is_written(instance):
    """The JSON of an instance fits the published schema."""
    assert valid(json.loads(instance.to_json()), SCHEMA)


CHANGES = [
    ("threshold", "x"), ("threshold", "1/"), ("threshold", True), ("threshold", None), ("strict", "yes"), ("box", []),
    ("points", []), ("points", [1, 2]), ("labels", [[None], [0]]), ("sinks", []), ("sources", ["a b"]),
    ("vertices", [["a", "tanh"]]), ("vertices", [["a"]]), ("edges", [["x", "a", "b"]]), ("edges", {"x": "a"}),
    ("pinned", {"a": "q"}), ("pinned", []), ("schema", 2), ("format", ""), ("extra", 1), ("name", 3),
    ("edges", [["x", "a"], ["x", "a"]]),
]


@pytest.mark.parametrize(("key", "value"), CHANGES)
def test_parser_and_schema_refuse_alike(key, value):
    """What the schema refuses, the parser refuses."""
    document = {**json.loads(FULL.to_json()), key: value}
    assert not valid(document, SCHEMA)
    with pytest.raises(InputError):
        TrainingInstance.from_json(document)


@pytest.mark.parametrize("key", SCHEMA["required"])
def test_required_fields_are_required_by_both(key):
    """Without a required field neither schema nor parser is content."""
    document = {k: v for k, v in json.loads(FULL.to_json()).items() if k != key}
    assert not valid(document, SCHEMA)
    with pytest.raises(InputError):
        TrainingInstance.from_json(document)
