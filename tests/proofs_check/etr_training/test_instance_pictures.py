"""Pictures of instances: every vertex and edge once, inside the frame, no overlaps, names escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from proofs_check.etr_training.pictures import question, to_dot, to_svg
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.zoo import ZOO
from theory.language.errors import InputError

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = ["abs5-w2", "lu", "etr-root2-relu", "chain-deep", "sin-hat3-w1-le-1-10", "step-zig4-w2", "logit-ln3"]


def boxes(root):
    """(left, top, right, bottom) of all boxes."""
    rows = [[float(r.get(k)) for k in ("x", "y", "width", "height")] for r in root.iter(f"{SVG}rect")]
    return [(x, y, x + w, y + h) for x, y, w, h in rows]


@pytest.mark.parametrize("name", DRAWN)
def test_svg_shows_each_vertex_and_edge_once(name):
    """Well-formed; as many boxes as vertices, edges as edges; boxes lie in the frame and apart from each other."""
    instance = ZOO[name]
    root = ElementTree.fromstring(to_svg(instance))
    found = boxes(root)
    texts = [t.text for t in root.iter(f"{SVG}text")]
    assert len(found) == len(instance.sources) + len(instance.vertices)
    assert sorted(texts[1:]) == sorted([*instance.sources, *(v for v, _ in instance.vertices)])
    edges = [p.find(f"{SVG}title").text for p in root.iter(f"{SVG}path") if p.get("class") in ("edge", "pinned")]
    assert sorted(edges) == sorted(f"{u}->{v}" for u, v in instance.edges)
    assert len(list(root.iter(f"{SVG}circle"))) == len(instance.biases)
    width, height = float(root.get("width")), float(root.get("height"))
    assert all(0 <= x < right <= width and 0 <= y < bottom <= height for x, y, right, bottom in found)
    for k, (x, y, right, bottom) in enumerate(found):
        assert not any(x < r and a < right and y < d and b < bottom for a, b, r, d in found[k + 1:])


def test_edges_lead_from_left_to_right():
    """Sources stand left of all others, sinks right of all others."""
    instance = ZOO["etr-root2-relu"]
    root = ElementTree.fromstring(to_svg(instance))
    sides = {kind: [float(r.get("x")) for r in root.iter(f"{SVG}rect") if r.get("class") == kind]
             for kind in ("source", "hidden", "sink")}
    assert max(sides["source"]) < min(sides["hidden"]) and max(sides["hidden"]) < min(sides["sink"])


def test_pins_weights_and_names_are_told():
    """A pinned edge is dashed with its value; weights stand in tooltips; names that look like markup are escaped."""
    instance = TrainingInstance(("<x>",), (("a&b", "relu"), ("y", "id")), ("y",), (("<x>", "a&b"), ("a&b", "y")),
                                ((1,),), ((None,),), pinned=(("a&b->y", "-1/2"),), name="<b>")
    svg = to_svg(instance, {"<x>->a&b": 3, "a&b": 4})
    root = ElementTree.fromstring(svg)
    titles = [t.text for t in root.iter(f"{SVG}title")]
    assert "a&b->y = -1/2" in titles and "<x>->a&b = 3" in titles and "relu a&b, with bias, bias 4" in titles
    assert [p.get("class") for p in root.iter(f"{SVG}path") if p.get("class") == "pinned"] == ["pinned"]
    assert titles[0].startswith("<b>: 1 points") and "labels *" in titles[-1]


def test_colours_are_left_to_the_page_if_asked():
    """Without `alone` there is no style element."""
    assert "<style>" in to_svg(ZOO["lu"]) and "<style>" not in to_svg(ZOO["lu"], alone=False)


@pytest.mark.parametrize("name", DRAWN)
def test_dot_has_a_line_for_each_vertex_and_edge(name):
    """Quoted names, one statement each."""
    instance = ZOO[name]
    lines = to_dot(instance).splitlines()
    assert lines[0] == f'digraph "{name}" {{' and lines[-1] == "}"
    assert sum(" -> " in line for line in lines) == len(instance.edges)
    assert sum("fillcolor" in line for line in lines) == len(instance.sources) + len(instance.vertices)


def test_dot_tells_pins_and_weights():
    """Labels of edges are weights; pinned ones are dashed."""
    instance = replace(ZOO["lu"], pinned=(("h2->y2", 1),))
    text = to_dot(instance, {"x1->h1": 7})
    assert '"h2" -> "y2" [label="1", style=dashed];' in text and '"x1" -> "h1" [label="7"];' in text


def test_question_in_a_line():
    """Points, free parameters, what is asked."""
    assert question(ZOO["abs5-w1-lt-14-5"]) == "5 points, 3 parameters, loss < 14/5"
    assert question(ZOO["sigmoid-hat3-w1-le-3-5"]) == "3 points, 3 parameters, loss <= 3/5, |parameters| <= 8"


def test_large_networks_are_not_drawn():
    """A picture of 500 units would show nothing."""
    with pytest.raises(InputError, match="at most 400 vertices"):
        to_svg(TrainingInstance.one_hidden_layer([1], [1], 500))


def test_numbers_in_paths_are_finite():
    """No path holds anything but numbers and commands."""
    for path in re.findall(r' d="([^"]*)"', to_svg(ZOO["chain-deep"])):
        assert re.fullmatch(r"[MCHVLS0-9. -]+", path)
