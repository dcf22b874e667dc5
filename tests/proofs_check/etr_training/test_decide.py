"""The front door: exact thresholds, odd instances, forced methods, and answers that count only when checked."""

from __future__ import annotations

import copy
from fractions import Fraction

import pytest

from proofs_check.etr_training import confirmation
from proofs_check.etr_training.confirmation import check_decision, confirmed
from proofs_check.etr_training.deadline import Deadline
from proofs_check.etr_training.decide import METHODS, decide
from proofs_check.etr_training.decision import Decision
from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError, UnknownNameError

ABS = ([-2, -1, 0, 1, 2], [2, 1, 0, 1, 2])
HAT = ([-2, -1, 0, 1, 2], [0, 0, 1, 0, 0])
SQUARES = ([0, 1, 2, 3, 4], [0, 1, 4, 9, 16])
XOR = ([(0, 0), (0, 1), (1, 0), (1, 1)], [0, 1, 1, 0])
ZIGZAG = ([0, 1, 2, 3, 4, 5], [0, 1, 0, 1, 0, 1])
PARITY = ([(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)], [0, 1, 1, 0, 1, 0, 0, 1])
TINY = Fraction(1, 10**12)

net = TrainingInstance.one_hidden_layer


@pytest.mark.parametrize(("data", "width", "optimum"), [
    (ABS, 1, Fraction(14, 5)), (ZIGZAG, 2, Fraction(6, 5)), (XOR, 1, Fraction(1)), (SQUARES, 1, Fraction(5, 3)),
    (HAT, 1, Fraction(4, 5))], ids=["abs", "zigzag", "xor", "squares", "hat"])
def test_threshold_at_the_optimum_is_met_and_below_it_refuted(data, width, optimum):
    """At the exact optimum the answer is yes with a witness, 10^-12 below it no; `<` at the optimum is no as well."""
    at = decide(net(*data, width, threshold=optimum))
    below = decide(net(*data, width, threshold=optimum - TINY))
    strictly = decide(net(*data, width, threshold=optimum, strict=True))
    assert (at.status, below.status, strictly.status) == ("sat", "unsat", "unsat")
    assert net(*data, width).loss(at.weights) <= optimum
    assert below.lower >= optimum - TINY
    assert strictly.lower == optimum


@pytest.mark.parametrize(("data", "width", "status"), [
    (ABS, 1, "unsat"), (ABS, 2, "sat"), (XOR, 1, "unsat"), (XOR, 2, "sat"), (SQUARES, 1, "unsat"), (SQUARES, 2, "sat"),
    (ZIGZAG, 3, "unsat"), (ZIGZAG, 4, "sat"), (PARITY, 2, "unsat"), (PARITY, 3, "sat")])
def test_exact_fit_of_the_classic_data(data, width, status):
    """Exact fit has the known answers: |x| needs two units, x^2 on 0..4 two, six alternating points four, xor two."""
    decision = decide(net(*data, width))
    assert decision.status == status
    if status == "sat":
        assert net(*data, width).loss(decision.weights) == 0


def test_a_certificate_that_was_tampered_with_is_refused():
    """Moving the threshold up, a leaf's vector or a witness by a little makes the checker refuse."""
    no = decide(net(*HAT, 1, threshold="3/4")).certificate
    yes = decide(net(*HAT, 1, threshold="4/5")).certificate
    assert check_decision(no) is None and check_decision(yes) is None
    raised = copy.deepcopy(no)
    raised["instance"]["threshold"] = "4/5"
    moved = copy.deepcopy(no)
    node = moved["refutation"]["signs"][1]["root"]
    while "split" in node:
        node = node["on"]
    node["r"][0][1] += 1
    weaker = copy.deepcopy(yes)
    weaker["instance"]["threshold"] = "79/100"
    assert all("refused" in check_decision(bad) for bad in (raised, moved, weaker))


def test_an_answer_without_the_checker_is_no_answer():
    """A decision whose certificate the checker refuses, or that has none, comes back as unknown with the reason."""
    bare = confirmed(Decision("unsat", engine="guess"))
    assert bare.status == "unknown" and "guess answered unsat, but there is no certificate" in bare.reason
    wrong = decide(net(*HAT, 1, threshold="3/4")).certificate
    wrong["refutation"]["signs"] = wrong["refutation"]["signs"][:1]
    refused = confirmed(Decision("unsat", certificate=wrong, engine="guess"))
    assert refused.status == "unknown" and refused.certificate is None and "refused" in refused.reason


def test_the_checker_is_a_program_of_its_own():
    """The decision checker is a folder with its own entry point."""
    assert (confirmation.CHECKER / "__main__.py").is_file()


@pytest.mark.parametrize(("instance", "status"), [
    (net([1, 2], [0, 0], 0), "sat"),
    (net([1, 2], [0, 1], 0), "unsat"),
    (net([1, 2], [0, 1], 0, threshold=1), "sat"),
    (net([1, 2], [0, 1], 0, threshold="1/2", output_bias=True), "sat"),
    (net([1, 2], [0, 1], 0, threshold="1/2", strict=True, output_bias=True), "unsat"),
    (net([1, 2], [None, None], 1), "sat"),
    (net([0, 1, 2, 3], [0, 1, None, 0], 1), "unsat"),
    (net([1, 2, 3], [1, None, 5], 1), "sat"),
    (net([1, 1], [0, 1], 2), "unsat"),
    (net([1, 1], [0, 1], 2, threshold="1/2"), "sat"),
    (net([1, 1], [0, 1], 2, threshold="1/2", strict=True), "unsat"),
    (net([(), ()], [1, 1], 1), "sat"),
    (net([(), ()], [1, 3], 1, threshold=2), "sat"),
    (net([3], [7], 1), "sat"),
    (net([3], [7], 1, strict=True), "unsat"),
    (net(["1/3", "1/7", "0.25"], ["1e-3", "-2/3", "5"], 3), "sat"),
], ids=["zero function", "no units", "no units, threshold", "constant", "constant, strict", "no labels",
        "don't care no", "don't care yes", "conflict", "conflict at its loss", "conflict below", "no inputs",
        "no inputs, loss 2", "one point", "nothing below 0", "fractions"])
def test_odd_instances(instance, status):
    """No units, no labels, one point, conflicts, "don't care", no inputs and `<` are all decided."""
    decision = decide(instance)
    assert decision.status == status
    if status == "sat":
        assert instance.satisfied_by(decision.weights)


def test_unsatisfiable_middle_label_matters():
    """0 at 1 and 5 at 3 are fitted by one unit; with 0 at 0 as well they still are, with 1 at 0 they are not."""
    assert decide(net([1, 3], [0, 5], 1)).status == "sat"
    assert decide(net([0, 1, 3], [0, 0, 5], 1)).status == "sat"
    assert decide(net([0, 1, 3], [1, 0, 5], 1)).status == "unsat"


def test_several_outputs_are_refuted_by_one_of_them():
    """With two outputs a sink that alone is out of reach decides the question."""
    labels = list(zip(HAT[1], ABS[1]))
    decision = decide(net(HAT[0], labels, 2), timeout=20)
    assert decision.status == "unsat" and decision.certificate["refutation"]["sink"] == 0


def test_output_bias_changes_the_answer():
    """Five alternating points need four units without and three with an output bias."""
    points, labels = [0, 1, 2, 3, 4], [0, 1, 0, 1, 0]
    assert decide(net(points, labels, 3)).status == "unsat"
    assert decide(net(points, labels, 3, output_bias=True)).status == "sat"
    assert decide(net(points, labels, 2, output_bias=True)).status == "unsat"


def test_wrong_requests_are_refused():
    """An unknown method, something that is no instance, and a time that is no positive number are errors."""
    with pytest.raises(UnknownNameError, match="cells"):
        decide(net(*ABS, 1), method="magic")
    with pytest.raises(InputError, match="TrainingInstance"):
        decide({"points": []})
    for time in (0, -1, "soon", True):
        with pytest.raises(InputError, match="positive number of seconds"):
            decide(net(*ABS, 1), timeout=time)


def test_a_method_that_does_not_apply_says_why():
    """A forced method that cannot treat the instance answers unknown and names the reason."""
    decision = decide(net(*ABS, 1, threshold=1), method="piercing")
    assert decision.status == "unknown" and "not an exact fit" in decision.reason
    assert decide(net(*ABS, 1, activation="sigmoid"), method="cells").status == "unknown"


def test_time_out_is_unknown_with_valid_bounds():
    """When time is up the answer is unknown, and the bounds enclose the optimum 1 of xor with one unit."""
    from proofs_check.etr_training import cells

    up = Deadline(0.0, 0.0)
    decision = cells.solve(net(*XOR, 1, threshold="1/2"), up)
    assert decision.status == "unknown" and "time is up" in decision.reason
    assert 0 <= decision.lower <= 1 <= decision.upper


def test_too_many_points_are_left_to_other_methods():
    """With two thousand points the tree says that it would be too large; piercing still refutes."""
    n = 2000
    zigzag = net(list(range(n)), [k % 2 for k in range(n)], 5)
    assert "numbers" in decide(zigzag, method="cells").reason
    assert decide(zigzag).engine == "piercing" and decide(zigzag).status == "unsat"


def test_decisions_are_deterministic():
    """Two runs give the same certificate."""
    instance = net(*PARITY, 2, threshold="1/2")
    assert decide(instance).to_json() == decide(instance).to_json()


def test_all_methods_have_the_same_interface():
    """Every method named in METHODS is a module with `applicable` and `solve`."""
    import importlib

    for name in METHODS:
        module = importlib.import_module(f"proofs_check.etr_training.{name}")
        assert callable(module.applicable) and callable(module.solve), name


def test_decision_shows_itself():
    """Text and HTML name the status, the engine and the bounds; an unknown status is an error."""
    decision = decide(net(*HAT, 1, threshold="1/2"))
    assert "unsat (cells" in str(decision) and "at least 1/2" in str(decision)
    assert "<table>" in decision._repr_html_() and "refutation was checked exactly" in decision._repr_html_()
    with pytest.raises(InputError, match="status"):
        Decision("maybe")
