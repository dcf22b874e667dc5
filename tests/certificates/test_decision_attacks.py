"""Wrong decision certificates, each refused for the right reason: what an adversary would try."""

from __future__ import annotations

from typing import Any

import pytest
from small_decisions import (
    ABS,
    FIVE,
    by_sign,
    checked,
    edited,
    halves,
    layered,
    leaf,
    network,
    refutations,
    sat,
    split,
    unsat,
    witnesses,
)

BASE = witnesses() | refutations()
HUGE = "1" * 4001

# (attack, base, path, new value, part of the reason); the path starts at the certificate
EDITS = [
    # the envelope
    ("another format", "abs5", ("format",), "lemmascope-report", "format or schema"),
    ("schema 2", "abs5", ("schema",), 2, "format or schema"),
    ("schema true", "abs5", ("schema",), True, "format or schema"),
    ("schema as text", "abs5", ("schema",), "1", "format or schema"),
    ("status unknown", "abs5 rays", ("status",), "agreed-unsat", "certificate.status"),
    ("yes to a refutation", "abs5 rays", ("status",), "sat", "unknown keys|not of|no object"),
    ("no to a witness", "abs5", ("status",), "unsat", "no object, or not of"),
    ("a field too many", "abs5", ("engine",), "z3", "no object, or not of"),
    ("kind unknown", "abs5", ("witness", "kind"), "float", "an unknown name"),
    ("kind of the other side", "abs5 rays", ("refutation", "kind"), "rational", "an unknown name"),
    ("kind a list", "abs5", ("witness", "kind"), ["rational"], "an unknown name"),
    ("witness a list", "abs5", ("witness",), [], "an unknown name"),
    # the instance
    ("instance null", "abs5", ("instance",), None, "certificate.instance"),
    ("unknown instance field", "abs5", ("instance", "loss"), "absolute", "certificate.instance"),
    ("missing threshold", "abs5", ("instance",),
     {k: v for k, v in BASE["abs5"]["instance"].items() if k != "threshold"}, "the fields format schema"),
    ("negative threshold", "abs5", ("instance", "threshold"), -1, "threshold >= 0"),
    ("threshold true", "abs5", ("instance", "threshold"), True, "instance.threshold: a rational"),
    ("threshold a float", "abs5", ("instance", "threshold"), 0.5, "instance.threshold: a rational"),
    ("threshold infinite", "abs5", ("instance", "threshold"), float("inf"), "a rational"),
    ("threshold by exponent", "abs5", ("instance", "threshold"), "1e9", "a rational"),
    ("zero denominator", "abs5", ("instance", "threshold"), "1/0", "a rational"),
    ("zero denominator of digits", "abs5", ("instance", "threshold"), "1/00", "a rational"),
    ("too many digits", "abs5", ("instance", "threshold"), HUGE, "a rational"),
    ("digits of another script", "abs5", ("instance", "threshold"), "\u0661", "a rational"),
    ("blank before a number", "abs5", ("instance", "threshold"), " 1", "a rational"),
    ("newline after a number", "abs5", ("instance", "threshold"), "1\n", "a rational"),
    ("strict as a number", "abs5", ("instance", "strict"), 0, "strict true or false"),
    ("box zero", "abs5", ("instance", "box"), 0, "box null or > 0"),
    ("unknown activation", "abs5", ("instance", "vertices", 0, 1), "tanh", "an unknown name"),
    ("cycle", "abs5", ("instance", "edges", 0), ["y1", "h1"], "twice, or backwards"),
    ("edge twice", "abs5", ("instance", "edges", 1), ["x1", "h1"], "twice, or backwards"),
    ("edge into a source", "abs5", ("instance", "edges", 0), ["h1", "x1"], "an unknown name"),
    ("edge from nowhere", "abs5", ("instance", "edges", 0), ["x9", "h1"], "twice, or backwards"),
    ("loop", "abs5", ("instance", "edges", 0), ["h1", "h1"], "twice, or backwards"),
    ("vertex twice", "abs5", ("instance", "vertices", 1, 0), "h1", "different names"),
    ("vertex named as a source", "abs5", ("instance", "vertices", 1, 0), "x1", "different names"),
    ("name like a weight", "abs5", ("instance", "vertices", 1, 0), "x1->h1", "different names without ->"),
    ("sink that is a source", "abs5", ("instance", "sinks"), ["x1"], "different names"),
    ("sink twice", "abs5", ("instance", "sinks"), ["y1", "y1"], "different names"),
    ("unknown sink", "conflict", ("instance", "sinks"), ["nobody"], "different names"),
    ("bias of a source", "abs5", ("instance", "biases"), ["x1"], "different names"),
    ("pin of nothing", "abs5", ("instance", "pinned"), {"x1": 0}, "instance.pinned"),
    ("row too short", "abs5", ("instance", "points", 0), [], "a list of length 1"),
    ("point missing", "abs5", ("instance", "points"), [[0]], "a list of length 1"),
    ("label null", "abs5", ("instance", "labels", 0, 0), None, "a rational"),
    # rational weights
    ("weight missing", "abs5", ("witness", "weights"), {"h1": 0}, "each free parameter"),
    ("weight unknown", "abs5", ("witness", "weights", "y1"), 0, "no object, or not of"),
    ("weights that miss", "abs5", ("witness", "weights", "x1->h2"), 1, "not certainly within"),
    ("a strict question", "abs5", ("instance", "strict"), True, "not certainly within"),
    ("output bias that is not there", "abs5", ("witness", "weights", "y1"), 5, "not of"),
    ("outside the box", "step", ("instance", "box"), "1/2", "outside the box"),
    ("against a pin", "pinned", ("witness", "weights", "a->g"), -1, "not as pinned"),
    ("step at 0", "step", ("witness", "weights", "h1"), -1, "not certainly within"),
    ("sigmoid a bit too far", "sigmoid", ("instance", "threshold"), "1/2900", "not certainly within"),
    ("sigmoid fits exactly", "sigmoid", ("instance", "threshold"), 0, "not certainly within"),
    ("sin a bit too far", "sin", ("instance", "threshold"), "1/170000", "not certainly within"),
    # algebraic weights
    ("the other root", "sqrt 2", ("witness", "polynomial"), [-3, 0, 1], "not certainly within"),
    ("no change of sign", "sqrt 2", ("witness", "interval"), [-2, 2], "no change of sign"),
    ("ends exchanged", "sqrt 2", ("witness", "interval"), [2, 1], "no change of sign"),
    ("root at an end", "sqrt 2", ("witness", "polynomial"), [-1, 0, 1], "no change of sign"),
    ("leading zero", "sqrt 2", ("witness", "polynomial"), [-2, 0, 1, 0], "leading coefficient"),
    ("zero polynomial", "sqrt 2", ("witness", "polynomial"), [], "degree"),
    ("constant polynomial", "sqrt 2", ("witness", "polynomial"), [5], "degree"),
    ("conjugate outside the box", "sqrt 2 of a product", ("instance", "box"), "7/5", "outside the box"),
    ("root of the other factor", "sqrt 2 of a product", ("witness", "interval"), ["3/2", 2], "not certainly within"),
    ("algebraic weights of a sigmoid", "sqrt 2 of a product", ("instance", "vertices", 0, 1), "sigmoid",
     "leaves the field"),
    # Krawczyk
    ("box without solution", "krawczyk", ("witness", "centre"), [0, "6/5"], "leaves the interior"),
    ("radius 0", "krawczyk", ("witness", "radius"), [0, "1/500"], "leaves the interior"),
    ("negative radius", "krawczyk", ("witness", "radius"), [-1, "1/500"], "radius < 0"),
    ("box outside the box", "krawczyk", ("instance", "box"), 1, "outside the box"),
    ("no preconditioner", "krawczyk", ("witness", "preconditioner"), [[0, 0], [0, 0]], "leaves the interior"),
    ("singular preconditioner", "krawczyk", ("witness", "preconditioner"), [[4, 0], [4, 0]], "leaves the interior"),
    ("a label forgotten", "krawczyk", ("witness", "equations"), [[0, 0], [0, 0]], "all labels in order"),
    ("a variable twice", "krawczyk", ("witness", "variables"), ["h1", "h1"], "each free parameter once"),
    ("fixed and variable", "krawczyk", ("witness", "fixed"), {"h1->y1": 1, "h1": 0}, "each free parameter once"),
    ("fixed elsewhere", "krawczyk", ("witness", "fixed"), {"h1->y1": "11/10"}, "leaves the interior"),
    ("strict with threshold 0", "krawczyk", ("instance", "strict"), True, "each free parameter once"),
    # logits
    ("another base", "ln 3", ("witness", "weights", "x->y"), [[1, 2]], "the logit of y at point 1"),
    ("logarithm of -3", "ln 3", ("witness", "weights", "x->y"), [[1, -3]], "r > 0"),
    ("odds 4", "ln 3", ("instance", "labels", 2), ["4/5"], "the logit of y at point 2"),
    ("label 1", "ln 3", ("instance", "labels", 2), [1], "outside (0, 1)"),
    ("logits in a box", "ln 3", ("instance", "box"), 1, "no box and no pins"),
    ("logits with a pin", "ln 3", ("instance", "pinned"), {"y": 1}, "no box and no pins"),
    ("logits for an identity", "ln 3", ("instance", "vertices", 0, 1), "id", "sigmoid sinks"),
    ("a huge power", "ln 3", ("witness", "weights", "x->y"), [[10**9, 3]], "too many bits"),
    # relations
    ("different points", "conflict", ("instance", "points", 1), [0, 2], "unequal"),
    ("weights that do not cancel", "conflict", ("refutation", "r"), [[0, 2], [1, -1]], "unequal"),
    ("flipped", "conflict", ("refutation", "r"), [[0, -1], [1, 1]], "not below the bound"),
    ("nothing", "conflict", ("refutation", "r"), [], "unequal"),
    ("a point twice", "conflict", ("refutation", "r"), [[0, 1], [0, 1], [1, -1]], "twice or unlabeled"),
    ("don't care", "conflict", ("instance", "labels", 1), ["*"], "unlabeled"),
    ("no sink combined", "combined rays", ("refutation", "sink"), [0, 0], "of one ReLU layer"),
    ("one coefficient for two sinks", "combined rays", ("refutation", "sink"), [1], "a list of length 2"),
    ("another combination", "combined rays", ("refutation", "sink"), [1, 1], "not below|not exceed"),
    ("the first sink alone", "combined rays", ("refutation", "sink"), [1, 0], "not below|not exceed"),
    ("a combined label that does not matter", "combined rays", ("instance", "labels", 1, 1), "*", "unlabeled"),
    ("a bias of the other sink", "combined rays", ("instance", "biases"), ["h1", "y2"], "sum r is not zero"),
    ("a sigmoid sink combined", "combined rays", ("instance", "vertices", 2, 1), "sigmoid", "of one ReLU layer"),
    ("more loss than combined", "combined rays", ("instance", "threshold"), "1/2", "not exceed"),
    ("threshold at the bound", "conflict", ("instance", "threshold"), "1/2", "does not exceed"),
    ("sink out of range", "conflict", ("refutation", "sink"), 1, "an index below 1"),
    ("sink from the end", "conflict", ("refutation", "sink"), -1, "an index below 1"),
    ("sink true", "conflict", ("refutation", "sink"), False, "an index below 1"),
    ("no affine relation", "null", ("refutation", "r"), [[0, 1], [1, -3], [2, 2]], "sum r x"),
    ("not linear but affine", "null without biases", ("instance", "biases"), ["y"], "with biases"),
    ("bias pinned elsewhere", "null without biases", ("instance",), BASE["null without biases"]["instance"] | {
        "biases": ["y"], "pinned": {"y": 1}}, "with biases"),
    ("not affine", "null", ("instance", "vertices", 0, 1), "relu", "no id sink"),
    ("null vector zero", "null", ("refutation", "r"), [], "not below the bound"),
    ("rank of biases", "rank", ("refutation", "combinations"), [[[1, 1]], [[2, 1]]], "sums 0"),
    ("path around the cut", "rank", ("instance", "edges"), BASE["rank"]["instance"]["edges"] + [["x1", "y1"]],
     "avoids the cut"),
    ("singular minor", "rank", ("refutation", "combinations"), [[[0, -1], [1, 1]], [[0, -2], [1, 2]]], "singular"),
    ("one sink twice", "rank", ("refutation", "sinks"), [0, 0], "singular"),
    ("rank with threshold", "rank", ("instance", "threshold"), "1/1000", "no exact fit"),
    ("rank of a relu", "rank", ("instance", "vertices", 0, 1), "relu", "no identity"),
    ("cut of too many", "rank", ("refutation", "cut"), ["g", "x1"], "a list of length 3"),
    # kinks on a line
    ("overlapping intervals", "piercing", ("refutation", "positive"), [2, 3], "disjoint"),
    ("one interval twice", "piercing", ("refutation", "positive"), [2, 2, 4], "disjoint"),
    ("end point", "piercing", ("refutation", "negative"), [0, 3], "disjoint"),
    ("beyond the end", "piercing", ("refutation", "negative"), [1, 5], "an index below 5"),
    ("wrong sign", "piercing", ("refutation", "positive"), [1, 4], "without this sign"),
    ("not enough", "piercing", ("refutation", "positive"), [2], "not more intervals than 3"),
    ("not in order", "piercing", ("refutation", "line"), [0, 2, 1, 3, 4, 5], "in order on a line"),
    ("not on a line", "piercing in the plane", ("instance", "points", 2), [2, 2], "in order on a line"),
    ("line of equal ends", "piercing in the plane", ("instance", "points", 1), [4, 2], "in order on a line"),
    ("a point of the line twice", "piercing", ("refutation", "line"), [0, 1, 1, 3, 4, 5], "twice or unlabeled"),
    ("piercing with threshold", "piercing", ("instance", "threshold"), "1/9", "no exact fit"),
    ("piercing of sigmoids", "piercing", ("instance", "vertices", 0, 1), "sigmoid", "one ReLU layer"),
    ("piercing of a relu sink", "piercing", ("instance", "vertices", 3, 1), "relu", "one ReLU layer"),
    ("piercing of a deep net", "piercing", ("instance", "edges", 1), ["h1", "h2"], "one ReLU layer"),
    # trees of signs
    ("no tree for p = 1", "abs5 rays", ("refutation", "signs"), [BASE["abs5 rays"]["refutation"]["signs"][0]],
     "a list of length 2"),
    ("p = 0 twice", "abs5 rays", ("refutation", "signs", 1, "positive"), 0, "1 expected"),
    ("p as a bool", "abs5 rays", ("refutation", "signs", 1, "positive"), True, "an index below"),
    ("one side missing", "abs5 rays", ("refutation", "signs", 1, "root"),
     {"split": [[0], 0], "on": leaf(0, 0, 2, -1)}, "the fields split on off"),
    ("both", "abs5 rays", ("refutation", "signs", 0, "root", "split"), [[0], 0], "not of"),
    ("leaf without its split", "abs5 rays", ("refutation", "signs", 1, "root"), leaf(0, 0, 2, -1), "negative on a ray"),
    ("leaf of the other side", "abs5 rays", ("refutation", "signs", 1, "root", "on"), leaf(-1), "negative on a ray"),
    ("leaf of the other sign", "abs5 rays", ("refutation", "signs", 0, "root"), leaf(0, 0, 2, -1), "negative on a ray"),
    ("leaf that does not separate", "abs5 rays", ("refutation", "signs", 0, "root"), leaf(0, 0, -1), "not below"),
    ("leaf zero", "abs5 rays", ("refutation", "signs", 0, "root"), {"r": []}, "not below"),
    ("neuron that is not there", "abs5 rays", ("refutation", "signs", 1, "root", "split"), [[1], 0],
     "an index below 1"),
    ("no neuron", "abs5 rays", ("refutation", "signs", 1, "root", "split"), [[], 0], "neurons of one sign"),
    ("output bias", "abs5 rays", ("instance", "biases"), ["h1", "y1"], "the sink has a bias"),
    ("one more neuron", "abs5 rays", ("instance",), layered(FIVE, ABS, 2), "a list of length 3"),
    ("rays of a sine", "abs5 rays", ("instance", "vertices", 0, 1), "sin", "one ReLU layer"),
    ("direct edge", "abs5 rays", ("instance", "edges"), [["x1", "h1"], ["h1", "y1"], ["x1", "y1"]], "one ReLU layer"),
    ("bias of the hat forgotten", "bias rays", ("refutation", "signs", 1, "root"), leaf(0, -1), "the sink has a bias"),
    ("threshold 0 allowed", "threshold", ("instance", "strict"), False, "do not exceed"),
    # polynomial identities
    ("another coefficient", "identity", ("refutation", "root", "equations", 0, 2, 0, 0), 3, "not the zero polynomial"),
    ("identity without terms", "identity", ("refutation", "root", "equations"), [], "not the zero polynomial"),
    ("negative square", "imaginary unit", ("refutation", "root", "squares", 0, 0), -1, "a weight >= 0"),
    ("another sink", "LU", ("refutation", "root", "equations", 2, 1), 1, "not the zero polynomial"),
    ("LU with biases", "LU", ("instance", "biases"), ["h1", "h2", "y1", "y2"], "not the zero polynomial"),
    ("identity with threshold", "LU", ("instance", "threshold"), "1/1048576", "no exact fit"),
    ("don't care in an identity", "LU", ("instance", "labels", 0, 0), "*", "without label"),
    ("unknown parameter", "LU", ("refutation", "root", "equations", 2, 2), [[1, {"q": 1}]], "not of"),
    ("pinned parameter", "imaginary unit", ("refutation", "root", "squares", 0, 2), [[1, {"g->u": 1}]], "not of"),
    ("negative exponent", "LU", ("refutation", "root", "equations", 2, 2), [[1, {"x1->h1": -1}]], "an index below"),
    ("huge exponent", "LU", ("refutation", "root", "equations", 2, 2), [[1, {"x1->h1": 10**6}]], "an index below"),
    ("identity of a sigmoid", "identity", ("instance", "vertices", 0, 1), "sigmoid", "sigmoid g is not decided"),
    ("cell not decided", "negative relu", ("refutation", "root"), {"equations": [[0, 0, [[-1, {}]]]], "squares": []},
     "relu h1 is not decided"),
    ("sides exchanged", "negative relu", ("refutation", "root", "on"),
     BASE["negative relu"]["refutation"]["root"]["off"], "not the zero polynomial"),
    ("sign of the other side", "negative relu", ("refutation", "root", "off"),
     BASE["negative relu"]["refutation"]["root"]["on"], "not the zero polynomial"),
    ("sign not decided", "imaginary unit", ("refutation", "root", "squares", 0, 1), [["g", 0]],
     "not decided in this cell"),
    ("split of a source", "negative relu", ("refutation", "root", "split"), ["x1", 0], "an unknown name"),
    # ranges
    ("label in range", "range", ("instance", "labels", 0, 0), "1/2", "do not exceed"),
    ("an entry twice", "range", ("refutation", "entries"), [[1, 1], [1, 1]], "different labels"),
    ("range of an identity", "range", ("instance", "vertices", 0, 1), "id", "no identity sinks"),
    ("range of a missing label", "range", ("refutation", "entries"), [[0, 1]], "different labels"),
    ("relu reaches its end", "range", ("refutation", "entries"), [[1, 1]], "do not exceed"),
    ("step takes 0 and 1", "range of sin and step", ("instance", "labels", 0, 1), 1, "do not exceed"),
    # odds
    ("odds 9", "odds", ("instance", "labels", 2, 0), "9/10", "the product of the odds is 1"),
    ("no circuit", "odds", ("refutation", "circuit"), [[0, 1], [1, -1]], "sum r x"),
    ("half a circuit", "odds", ("refutation", "circuit"), [[0, "1/2"], [1, -1], [2, "1/2"]], "no integer"),
    ("empty circuit", "odds", ("refutation", "circuit"), [], "the product of the odds is 1"),
    ("odds of an identity", "odds", ("instance", "vertices", 0, 1), "id", "no sigmoid sink"),
    ("odds of label 0", "odds", ("instance", "labels", 0, 0), 0, "no odds"),
    ("odds with threshold", "odds", ("instance", "threshold"), "1/100", "no exact fit"),
    ("a huge circuit", "odds", ("refutation", "circuit"), [[0, 10**9], [1, -2 * 10**9], [2, 10**9]], "too many bits"),
    # boxes
    ("no box", "boxes", ("instance", "box"), None, "a box and an identity sink"),
    ("larger box", "boxes", ("instance", "box"), 3, "not below|not exceed"),
    ("split outside", "boxes", ("refutation", "root", "split", 1), 1, "not inside the box"),
    ("split of an output weight", "boxes", ("refutation", "root", "split", 0), "h1->y1", "an unknown name"),
    ("half of the box", "boxes", ("refutation", "root"), {"split": ["h1", 0], "low": leaf(-1, -1)}, "split low high"),
    ("split again outside", "boxes", ("refutation", "root", "low"), halves("h1", "1/2", leaf(-1, -1), leaf(-1, -1)),
     "not inside the box"),
    ("box bound not enough", "boxes", ("instance", "threshold"), "29/10", "does not exceed"),
    ("box of steps", "boxes", ("instance", "vertices", 0, 1), "step", "vertex h1"),
    ("sink with a bias", "boxes", ("instance", "biases"), ["h1", "y1"], "not exceed|not below"),
]  # fmt: skip


def refused(certificate: Any, reason: str) -> None:
    """Assert that a certificate is refused with one of the parts of a reason, separated by |."""
    found = checked(certificate)
    assert not found["accepted"]
    assert any(part in found["reason"] for part in reason.split("|")), found["reason"]
    assert found["reason"].startswith(("certificate", "file:", "vertex"))


@pytest.mark.parametrize(("base", "path", "value", "reason"), [edit[1:] for edit in EDITS], ids=[e[0] for e in EDITS])
def test_edits_of_right_certificates(base: str, path: Any, value: Any, reason: str) -> None:
    """A right certificate with one wrong place is refused, and the reason names what is wrong."""
    refused(edited(BASE[base], *path, to=value), reason)


def test_there_are_many_attacks_with_names_of_their_own() -> None:
    """At least 60 attacks, no name twice."""
    assert len(EDITS) >= 60 and len({edit[0] for edit in EDITS}) == len(EDITS)


class TestConstructions:
    """Wrong certificates that are no single edit."""

    def test_two_names_for_one_parameter(self) -> None:
        """Names with an arrow could make two edges share a weight, so they are refused."""
        instance = network("a", "g y", "a>g g>y", [[1]], [[1]])
        sneaky = edited(edited(instance, "sources", to=["a->g"]), "edges", 0, to=["a->g", "g"])
        refused(sat(sneaky, "rational", weights={}), "different names without ->")

    def test_equal_inputs_to_a_later_layer_only(self) -> None:
        """A conflict needs equal points, not points that one neuron confuses."""
        instance = layered([0, 1], [0, 1], 3)
        refused(unsat(instance, "conflict", sink=0, r=[[0, 1], [1, -1]]), "unequal")

    def test_a_tree_that_forgets_neurons_of_the_other_sign(self) -> None:
        """0, 1, 0 has three points and w = 2: it can be fitted, so no tree with convex leaves may pass."""
        convex = leaf(1, -2, 1)
        signs = by_sign(leaf(0, -1), split([[0], 0], convex, convex), convex)
        refused(unsat(layered([0, 1, 2], [0, 1, 0], 2), "rays", sink=0, signs=signs), "signs[1]")

    def test_a_fit_that_exists_has_no_refutation_by_any_small_tree(self) -> None:
        """abs5 with two neurons is fitted, so whatever vector stands in the leaves is refused."""
        for values in ([1, 0, -2, 0, 1], [-1, 0, 2, 0, -1], [0, 0, 1, -1, 0], [-1, 1, 0, 1, -1], [-1, -1, -1, -1, -1]):
            for at in range(5):
                root = split([[0], at], leaf(*values), leaf(*values))
                certificate = unsat(layered(FIVE, ABS, 2), "rays", sink=0, signs=by_sign(leaf(-1), root, root))
                assert not checked(certificate)["accepted"]

    def test_rank_with_a_bias_behind_the_cut(self) -> None:
        """One affine unit with output biases fits three points of a line that misses the origin."""
        instance = network("x", "g y1 y2", "x>g g>y1 g>y2", [[0], [1]], [[1, 0], [0, 1]])
        weights = {"g": 0, "x->g": 1, "y1": 1, "g->y1": -1, "y2": 0, "g->y2": 1}
        assert checked(sat(instance, "rational", weights=weights))["accepted"]
        refused(unsat(instance, "rank", cut=["g"], sinks=[0, 1], combinations=[[[0, 1]], [[1, 1]]]), "sums 0")

    def test_lu_with_biases_is_sat(self) -> None:
        """The dossier's weights fit the LU pattern once biases are free, so its refutation must use their absence."""
        instance = edited(BASE["LU"]["instance"], "biases", to=["h1", "h2", "y1", "y2"])
        weights = {"h1": 0, "x1->h1": -1, "x2->h1": 0, "h2": -1, "x2->h2": 1,
                   "y1": 1, "h1->y1": 1, "y2": 0, "h1->y2": 0, "h2->y2": -1}
        assert checked(sat(instance, "rational", weights=weights))["accepted"]
        refused(unsat(instance, "identity", root=BASE["LU"]["refutation"]["root"]), "not the zero polynomial")

    def test_a_sigmoid_label_at_the_end_is_never_attained_but_approached(self) -> None:
        """Label 1 with threshold 0 is refuted, with any threshold above 0 it is not."""
        instance = network("x", "y:sigmoid", "x>y", [[0]], [[1]])
        assert checked(unsat(instance, "range", entries=[[0, 0]]))["accepted"]
        above = edited(instance, "threshold", to="1/1000000")
        refused(unsat(above, "range", entries=[[0, 0]]), "do not exceed")
        assert checked(sat(above, "rational", weights={"y": 8, "x->y": 0}))["accepted"]

    def test_a_neuron_that_is_constant_in_the_box(self) -> None:
        """With the hidden unit pinned, one constant output fits one label: no box may exclude it."""
        instance = layered([0], ["1/4"], 1, "sigmoid", box=1, threshold="1/1000000", pinned={"h1": 0, "x1->h1": 0})
        assert checked(sat(instance, "rational", weights={"h1->y1": "1/2"}))["accepted"]
        for sign in (1, -1):
            refused(unsat(instance, "boxes", sink=0, root=leaf(sign)), "not below")

    def test_krawczyk_does_not_see_a_double_root(self) -> None:
        """x^2 = 0 as a product of two equal weights has a singular Jacobian: no box is accepted."""
        instance = network("x", "g y", "x>g g>y", [[1]], [[0]], biases=[])
        for inverse in (0, 1, -5, 10**9):
            made = sat(instance, "krawczyk", variables=["x->g"], centre=[0], radius=[1], preconditioner=[[inverse]],
                       equations=[[0, 0]], fixed={"g->y": 0})
            refused(made, "leaves the interior")

    def test_kinks_inside_a_krawczyk_box(self) -> None:
        """relu(a) = 1/1000 near the kink: the interval derivative [0, 1] keeps the image from the interior."""
        instance = layered([1], ["1/1000"], 1, biases=[])
        made = sat(instance, "krawczyk", variables=["x1->h1"], centre=[0], radius=["1/100"], preconditioner=[[1]],
                   equations=[[0, 0]], fixed={"h1->y1": 1})
        refused(made, "leaves the interior")
        away = edited(edited(made, "witness", "centre", to=["1/1000"]), "witness", "radius", to=["1/2000"])
        assert checked(away)["accepted"]

    def test_nesting_that_exhausts_the_reader(self) -> None:
        """A tree of 100,000 levels is refused with a reason."""
        import json

        from small_decisions import InMemory, main_module

        text = json.dumps(BASE["abs5 rays"]).replace('{"r": [[0, -1]]}', '{"split": ' * 100_000 + "1" + "}" * 100_000)
        found = main_module.examine(InMemory(text.encode()))
        assert not found["accepted"] and found["reason"].startswith("file: RecursionError")

    def test_a_multiple_root_is_refused(self) -> None:
        """(x^2 - 2)^3 changes its sign at its root, but no interval makes the root simple."""
        refused(edited(BASE["sqrt 2"], "witness", "polynomial", to=[-8, 0, 12, 0, -6, 0, 1]), "a multiple root")
