"""The dependency graph: reduction, layers without overlaps, colours, and graphviz's language."""

from __future__ import annotations

import itertools
import random
import re
from xml.etree import ElementTree

from proofs_check.report.graph import BOX, Graph, GraphNode, to_dot, to_svg
from proofs_check.report.known import Known, graph_of, style_of


def graph(*edges: str) -> Graph:
    """A graph from texts such as "ab": a uses b."""
    names = dict.fromkeys("".join(edges))
    return Graph({n: GraphNode(n, n.upper(), "exact", n == "a") for n in names}, tuple((e[0], e[1]) for e in edges))


def test_edges_that_a_longer_path_implies_are_left_out() -> None:
    """a uses b and c, b uses c: the edge from a to c is implied."""
    assert graph("ab", "bc", "ac").reduced().edges == (("a", "b"), ("b", "c"))


def test_below_is_what_something_rests_on() -> None:
    """Everything reachable along uses, and nothing else."""
    assert set(graph("ab", "bc", "dc").below("a").nodes) == {"a", "b", "c"}


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every box in a picture."""
    rects = [part.attrib for part in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect")]
    return [(float(r["x"]), float(r["y"]), float(r["x"]) + float(r["width"]), float(r["y"]) + float(r["height"]))
            for r in rects]


def test_boxes_never_overlap_and_used_stand_left_of_users() -> None:
    """Random graphs: no two boxes meet, and every edge runs from left to right."""
    rng = random.Random(5)
    for _ in range(30):
        names = [f"family.claim_{k}" for k in range(12)]
        edges = tuple((a, b) for k, a in enumerate(names) for b in names[k + 1:] if rng.random() < 0.2)
        found = Graph({n: GraphNode(n, n, "exact", False) for n in names}, edges)
        places = dict(zip(found.nodes, boxes(to_svg(found))))
        for (l1, t1, r1, b1), (l2, t2, r2, b2) in itertools.combinations(places.values(), 2):
            assert r1 <= l2 or r2 <= l1 or b1 <= t2 or b2 <= t1
        assert all(places[used][2] < places[user][0] for user, used in found.reduced().edges)
        assert all(bottom - top == BOX for _, top, _, bottom in places.values())


def test_an_empty_graph_and_a_single_node_are_drawn() -> None:
    """No claim, or one claim that uses nothing, gives a picture all the same."""
    assert boxes(to_svg(Graph({}, ()))) == []
    assert len(boxes(to_svg(Graph({"a": GraphNode("a", "A", "exact", True)}, ())))) == 1


def test_hostile_names_are_escaped() -> None:
    """Names and titles with quotes and markup stay text in both forms."""
    name = "<b>\"x\"\\"
    found = Graph({name: GraphNode(name, name, "exact", True, name)}, ())
    assert "<b>" not in to_svg(found)
    assert ElementTree.fromstring(to_svg(found)) is not None
    assert re.search(r'^  "<b>\\"x\\"\\\\" \[', to_dot(found), re.MULTILINE)


def test_dot_has_every_node_and_edge() -> None:
    """graphviz gets all edges, from what is used to what uses it."""
    text = to_dot(graph("ab", "bc", "ac"))
    assert text.count("->") == 3 and '"c" -> "a";' in text and text.count("fillcolor") == 3


def test_colours_are_transitive_grades() -> None:
    """A node has its grade; one that rests on a citation, is refuted or undecided has a colour of its own."""
    cases = {("Proved", "exact", ()): "exact", ("Proved", "enclosed", ()): "enclosed",
             ("Refuted", "exact", ()): "refuted", ("Proved", "exact", ("cite.x",)): "cited",
             ("Undecided", "", ()): "undecided", ("", "", ()): "undecided"}
    for (outcome, grade, cited), style in cases.items():
        assert style_of(Known("t", outcome, grade, cited, (), True)) == style
    found = graph_of({"a": Known("A", "Proved", "exact", (), ("b", "ax.none"), True),
                      "b": Known("B", "Proved", "exact", (), (), False)})
    assert found.edges == (("a", "b"),)
