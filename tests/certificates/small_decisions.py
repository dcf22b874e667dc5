"""Small decision certificates written by hand, and the decision checker's modules made importable."""

from __future__ import annotations

import copy
import importlib.util
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DECISION_CHECKER = Path(__file__).resolve().parents[2] / "proofs_check" / "certificates" / "decision_checker"

if str(DECISION_CHECKER) not in sys.path:
    sys.path.append(str(DECISION_CHECKER))

_spec = importlib.util.spec_from_file_location("decision_checker_main", DECISION_CHECKER / "__main__.py")
assert _spec is not None and _spec.loader is not None
main_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(main_module)

Json = Any
FIVE, ABS = [-2, -1, 0, 1, 2], [2, 1, 0, 1, 2]
ODDS = [["1/2"], ["3/4"], ["9/10"]]


def network(sources: str, vertices: str, edges: str, points: Json, labels: Json, **more: Json) -> Json:
    """An instance: vertices like "h1:relu y" (id by default), edges like "x>h1 h1>y"; sinks have no edges out."""
    pairs = [[v.partition(":")[0], v.partition(":")[2] or "id"] for v in vertices.split()]
    arrows = [edge.split(">") for edge in edges.split()]
    tails = {u for u, _ in arrows}
    fields = {"format": "lemmascope-training-instance", "schema": 1, "sources": sources.split(), "vertices": pairs,
              "sinks": [v for v, _ in pairs if v not in tails], "edges": arrows, "points": points, "labels": labels,
              "threshold": 0, "strict": False, "box": None, "biases": [v for v, _ in pairs], "pinned": {}}
    assert set(more) <= set(fields)
    return fields | more


def layered(points: Json, labels: Json, width: int, kind: str = "relu", *, bias: bool = False, **more: Json) -> Json:
    """One hidden layer, fully connected: sources x1.., hidden h1.., sinks y1.. (id), numbers as points and labels."""
    xs = [x if isinstance(x, list) else [x] for x in points]
    ys = [y if isinstance(y, list) else [y] for y in labels]
    sources, hidden, sinks = ([f"{c}{k + 1}" for k in range(n)] for c, n in
                              (("x", len(xs[0])), ("h", width), ("y", len(ys[0]))))
    edges = [f"{s}>{h}" for h in hidden for s in sources] + [f"{h}>{t}" for t in sinks for h in hidden]
    fields = {"sinks": sinks, "biases": hidden + sinks if bias else hidden} | more
    return network(" ".join(sources), " ".join([f"{h}:{kind}" for h in hidden] + sinks), " ".join(edges), xs, ys,
                   **fields)


def _certificate(status: str, instance: Json, part: str, body: Json) -> Json:
    return {"format": "lemmascope-decision", "schema": 1, "instance": instance, "status": status, part: body}


def sat(instance: Json, kind: str, **witness: Json) -> Json:
    """A certificate that answers yes."""
    return _certificate("sat", instance, "witness", {"kind": kind, **witness})


def unsat(instance: Json, kind: str, **refutation: Json) -> Json:
    """A certificate that answers no."""
    return _certificate("unsat", instance, "refutation", {"kind": kind, **refutation})


@dataclass(frozen=True)
class InMemory:
    """What the checker needs of a path."""

    data: bytes

    def read_bytes(self) -> bytes:
        """The contents."""
        return self.data


def checked(certificate: Json) -> Json:
    """What the checker finds, called as a function."""
    return main_module.examine(InMemory(json.dumps(certificate).encode()))


def edited(certificate: Json, *path: Json, to: Json) -> Json:
    """A copy with one place replaced, or with one more entry in an object."""
    new = copy.deepcopy(certificate)
    inner = new
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = to
    return new


def by_sign(*roots: Json) -> Json:
    """The trees for p = 0, 1, ... positive neurons."""
    return [{"positive": p, "root": root} for p, root in enumerate(roots)]


def split(pair: Json, on: Json, off: Json) -> Json:
    """A node of a tree of signs."""
    return {"split": pair, "on": on, "off": off}


def halves(parameter: str, value: Json, low: Json, high: Json) -> Json:
    """A node of a tree of boxes."""
    return {"split": [parameter, value], "low": low, "high": high}


def leaf(*r: Json) -> Json:
    """A leaf with a vector given densely."""
    return {"r": [[i, q] for i, q in enumerate(r) if q]}


def witnesses() -> dict[str, Json]:
    """A right witness of each kind, by name."""
    # |x| = relu(x) + relu(-x)
    two = {"h1": 0, "x1->h1": 1, "h2": 0, "x1->h2": -1, "h1->y1": 1, "h2->y1": 1}
    corners = [[0, 0], [0, 1], [1, 0], [1, 1]]
    linear = network("a", "g y", "a>g g>y", [[1]], [[2]], biases=[])
    return {
        "abs5": sat(layered(FIVE, ABS, 2), "rational", weights=two),
        # the constant 6/5 misses by 4/5, 1/5, 6/5, 1/5, 4/5: loss 14/5
        "abs5 at 14/5": sat(layered(FIVE, ABS, 1, threshold="14/5"), "rational",
                            weights={"h1": "6/5", "x1->h1": 0, "h1->y1": 1}),
        "xor at 1": sat(layered(corners, [0, 1, 1, 0], 1, threshold=1), "rational",
                        weights={"h1": 0, "x1->h1": 1, "x2->h1": -1, "h1->y1": 1}),
        "step": sat(layered([0, 1], [0, 1], 1, "step", box=1), "rational",
                    weights={"h1": 0, "x1->h1": 1, "h1->y1": 1}),
        "pinned": sat(edited(linear, "pinned", to={"a->g": "-1/2"}), "rational",
                      weights={"a->g": "-1/2", "g->y": -4}),
        # sigmoid(2) = 0.8808: (9/10 - 0.8808)^2 < 4/10^4
        "sigmoid": sat(layered([0, 1], ["1/2", "9/10"], 1, "sigmoid", threshold="1/2500", box=8), "rational",
                       weights={"h1": 0, "x1->h1": 2, "h1->y1": 1}),
        # sin(3/2) = 0.997495
        "sin": sat(layered([0, 1], [0, 1], 1, "sin", threshold="1/100000", strict=True), "rational",
                   weights={"h1": 0, "x1->h1": "3/2", "h1->y1": 1}),
        "sqrt 2": sat(linear, "algebraic", polynomial=[-2, 0, 1], interval=[1, 2],
                      weights={"a->g": [0, 1], "g->y": [0, 1]}),
        # x^4 - 5 x^2 + 6 = (x^2 - 2)(x^2 - 3)
        "sqrt 2 of a product": sat(layered([1, -1], [2, 0], 1, box=2), "algebraic", polynomial=[6, 0, -5, 0, 1],
                                   interval=["5/4", "3/2"], weights={"h1": [], "x1->h1": [0, 1], "h1->y1": [0, 1]}),
        # v sigmoid(a x + b) with v = 1: a = ln 3 = 1.098612, b = 0; sigmoid' is 1/4 at 0 and 3/16 at ln 3
        "krawczyk": sat(layered([0, 1], ["1/2", "3/4"], 1, "sigmoid", box=8), "krawczyk",
                        variables=["h1", "x1->h1"], centre=[0, "1098612/1000000"], radius=["1/1000", "1/500"],
                        fixed={"h1->y1": 1}, equations=[[0, 0], [1, 0]], preconditioner=[[4, 0], [-4, "16/3"]]),
        "ln 3": sat(network("x", "y:sigmoid", "x>y", [[0], [1], [2]], ODDS), "logits",
                    weights={"y": [], "x->y": [[1, 3]]}),
        "ln 3 by roots": sat(network("x", "y:sigmoid", "x>y", [[2], [0]], [["3/4"], ["*"]]), "logits",
                             weights={"y": [[0, 7]], "x->y": [["1/4", 9]]}),
    }


def refutations() -> dict[str, Json]:
    """A right refutation of each kind, by name."""
    zigzag = [0, 1, 0, 1, 0, 1]
    # X = w(s1 g), Z = w(g y): t = XZ = -1, and u = XZ + Z - X - 1 = -2 makes X = Z
    imaginary = network("s1 s2", "g y t u", "s1>g s2>g g>y y>t y>u g>u", [[1, 0], [1, 1]], [[-1, "*"], ["*", -2]],
                        biases=[], pinned={"s2->g": 1, "y->t": 1, "y->u": 1, "g->u": -1})
    x_plus_one, x = [[-1, {}], [-1, {"s1->g": 1}]], [[1, {"s1->g": 1}]]
    # a = x1->h1, b = x2->h1, u = h1->y1, v = h1->y2: a u = 0, a v = 1, b u = 1, but (a u)(b v) = (a v)(b u)
    lu = network("x1 x2", "h1 h2 y1 y2", "x1>h1 x2>h1 x2>h2 h1>y1 h1>y2 h2>y2", [[1, 0], [0, 1]], [[0, 1], [1, 0]],
                 biases=[])
    plane = [[0, 0], [1, 0], [0, 1]]
    on_or_off = split(["h1", 0], {"equations": [[0, 0, [[-1, {}]]]], "squares": [[1, [["h1", 0]], [[1, {}]]]]},
                      {"equations": [[0, 0, [[-1, {}]]]], "squares": []})
    return {
        "conflict": unsat(layered([[0, 1], [0, 1], [2, 3]], [0, 1, 5], 9, "sin", threshold="49/100"), "conflict",
                          sink=0, r=[[0, 1], [1, -1]]),
        "null": unsat(network("x", "g y", "x>g g>y", [[0], [1], [2]], [[0], [1], [0]], threshold="2/3", strict=True),
                      "null", sink=0, r=[[0, 1], [1, -2], [2, 1]]),
        "null without biases": unsat(network("x", "y", "x>y", [[0], [1]], [[1], [1]], biases=[]), "null", sink=0,
                                     r=[[0, -1]]),
        "rank": unsat(network("x1 x2", "g y1 y2", "x1>g x2>g g>y1 g>y2", plane, plane), "rank", cut=["g"], sinks=[0, 1],
                      combinations=[[[0, -1], [1, 1]], [[0, -1], [2, 1]]]),
        "piercing": unsat(layered(list(range(6)), zigzag, 3), "piercing", sink=0, line=list(range(6)), positive=[2, 4],
                          negative=[1, 3]),
        "piercing in the plane": unsat(layered([[4, 2], [0, 0], [2, 1]], [0, 0, 1], 0), "piercing", sink=0,
                                       line=[0, 2, 1], positive=[], negative=[1]),
        # p = 0: the output is <= 0. p = 1, neuron >= 0 at -2: out(1) <= 2 out(0); neuron <= 0 at -2: out(-2) = 0.
        "abs5 rays": unsat(layered(FIVE, ABS, 1), "rays", sink=0, signs=by_sign(
            leaf(-1), split([[0], 0], leaf(0, 0, 2, -1), leaf(-1)))),
        "no neuron rays": unsat(layered([0, 1], [0, 1], 0, threshold="1/3"), "rays", sink=0,
                                signs=by_sign(leaf(0, -1))),
        # p = 0: concave and constant on one side; p = 1: convex
        "bias rays": unsat(layered([0, 1, 2], [0, 1, 0], 1, bias=True), "rays", sink=0, signs=by_sign(
            split([[0], 0], split([[0], 2], leaf(1, -2, 1), leaf(0, -1, 1)), leaf(1, -1)), leaf(1, -2, 1))),
        # each sink alone is fitted, relu(x - 1) and relu(x); their difference is 0, -1, -1: not concave, and not >= 0
        "combined rays": unsat(layered([0, 1, 2], [[0, 0], [0, 1], [1, 2]], 1, threshold="1/13"), "rays", sink=[1, -1],
                               signs=by_sign(leaf(-1, 2, -1), leaf(0, 1))),
        "threshold": unsat(layered([0], [0], 1, strict=True), "threshold"),
        "identity": unsat(network("x", "g y", "x>g g>y", [[1], [2]], [[1], [1]], biases=[]), "identity", root={
            "equations": [[0, 0, [[2, {}]]], [1, 0, [[-1, {}]]]], "squares": []}),
        "LU": unsat(lu, "identity", root={"squares": [], "equations": [
            [0, 0, [[-1, {"x2->h1": 1, "h1->y2": 1}]]], [0, 1, [[1, {"x2->h1": 1, "h1->y1": 1}]]], [1, 0, [[1, {}]]]]}),
        # -1 = -(1 + X)(XZ + 1) + X (XZ + Z - X + 1) + X^2
        "imaginary unit": unsat(imaginary, "identity", root={
            "equations": [[0, 0, x_plus_one], [1, 1, x]], "squares": [[1, [], x]]}),
        # out = relu(z) = -1: if z >= 0, -1 = -(z + 1) + z; if z <= 0, out = 0
        "negative relu": unsat(layered([3], [-1], 1, pinned={"h1->y1": 1}), "identity", root=on_or_off),
        "range": unsat(network("x", "y:sigmoid z:relu", "x>y x>z", [[0], [1]], [[1, "*"], ["1/2", -1]], threshold=1),
                       "range", entries=[[0, 0], [1, 1]]),
        "range of sin and step": unsat(
            network("x", "y:sin z:step", "x>y x>z", [[0]], [[-3, "1/2"]], threshold="17/4", strict=True), "range",
            entries=[[0, 0], [0, 1]]),
        "odds": unsat(network("x", "y:sigmoid", "x>y", [[0], [1], [2]], [["1/2"], ["3/4"], ["4/5"]]), "multiplicative",
                      sink=0, circuit=[[0, 1], [1, -2], [2, 1]]),
        "boxes": boxed(),
    }


def boxed() -> Json:
    """One sigmoid, weights in [-1, 1], labels 2, 2: outputs are at most s(1) = 0.731 and s(2) = 0.881.

    So <(-1, -1), out - label> >= 4 - 1.612 and the loss is at least 2.388^2 / 2 = 2.851.
    """
    r = leaf(-1, -1)
    return unsat(layered([0, 1], [2, 2], 1, "sigmoid", box=1, threshold="14/5"), "boxes", sink=0,
                 root=halves("h1", 0, halves("x1->h1", "1/3", r, r), r))
