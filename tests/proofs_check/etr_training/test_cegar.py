"""Counterexample-guided refinement and the linear-arithmetic portfolio against known answers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofs_check.etr_training import cegar, linear_arithmetic
from proofs_check.etr_training.cegar import refine
from proofs_check.etr_training.decide import decide
from theory.etr_training.encodings import read_model, to_smt2
from theory.etr_training.instance import TrainingInstance

net = TrainingInstance.one_hidden_layer
ABS = ([-2, -1, 0, 1, 2], [2, 1, 0, 1, 2])
HAT = ([-2, -1, 0, 1, 2], [0, 0, 1, 0, 0])
ZIGZAG = ([0, 1, 2, 3, 4, 5], [0, 1, 0, 1, 0, 1])
XOR = ([(0, 0), (0, 1), (1, 0), (1, 1)], [0, 1, 1, 0])
TINY = Fraction(1, 10**12)


@pytest.mark.parametrize(("data", "width", "optimum"), [
    (ABS, 1, Fraction(14, 5)), (HAT, 1, Fraction(4, 5)), (XOR, 1, Fraction(1)), (ZIGZAG, 2, Fraction(6, 5))])
def test_cuts_decide_the_optimum_exactly(data, width, optimum):
    """At the optimum a witness is found, 10^-12 below it every cell is cut off."""
    status, weights, _, _ = refine(net(*data, width, threshold=optimum))
    assert status == "sat" and net(*data, width).loss(weights) == optimum
    status, _, rounds, texts = refine(net(*data, width, threshold=optimum - TINY))
    assert status == "unsat" and len(texts) == width + 1
    assert rounds <= (2 * len(data[0])) ** width * (width + 1)


@pytest.mark.parametrize(("options", "status"), [
    ({"threshold": "4/5", "strict": True}, "unsat"), ({"threshold": "81/100", "strict": True}, "sat"),
    ({"threshold": "1/2", "output_bias": True}, "unsat"), ({"threshold": "2/3", "output_bias": True}, "unsat"),
    ({"threshold": "11/16", "output_bias": True}, "sat"), ({}, "unsat")])
def test_refinement_treats_strict_bias_and_exact_fit(options, status):
    """For the hat and one unit the optimum is 4/5, with an output bias 11/16; `<` there and exact fit are no."""
    assert refine(net(*HAT, 1, **options))[0] == status


def test_second_solver_refutes_the_final_formula():
    """The formulas with all cuts are unsatisfiable for cvc5 too."""
    _, _, _, texts = refine(net(*HAT, 1, threshold="1/2"))
    assert [linear_arithmetic.ask("cvc5", text)["answer"] for text in texts] == ["unsat", "unsat"]


@pytest.mark.parametrize("solver", ["z3", "cvc5"])
@pytest.mark.parametrize("encoding", ["L1", "L3"])
def test_models_are_exact_witnesses(solver, encoding):
    """Each solver finds |x| with two units on both encodings, and its model has loss 0 exactly; with one unit none."""
    yes, no = net(*ABS, 2), net(*ABS, 1)
    answer = linear_arithmetic.ask(solver, to_smt2(yes, encoding))
    assert answer["answer"] == "sat" and yes.loss(read_model(yes, encoding, answer["model"])) == 0
    assert linear_arithmetic.ask(solver, to_smt2(no, encoding))["answer"] == "unsat"


def test_where_the_methods_do_not_apply():
    """Linear arithmetic needs exact fit, refinement one output, both a plain ReLU net."""
    assert linear_arithmetic.applicable(net(*ABS, 1, threshold=1)) == "not an exact fit"
    assert "outputs" in linear_arithmetic.applicable(net([1], [(1, 2)], 1))
    assert "outputs" in cegar.applicable(net([1], [(1, 2)], 1))
    assert cegar.applicable(net([1], [1], 1, activation="sin")) is not None
    assert cegar.applicable(net(*ABS, 1)) is None and linear_arithmetic.applicable(net(*ABS, 1)) is None


@pytest.mark.slow
@pytest.mark.parametrize("method", ["cegar", "linear_arithmetic"])
def test_forced_methods_answer_with_certificates(method):
    """Through `decide`, in killable processes: both answers are certified, "no" by the tree of cells."""
    no, yes = decide(net(*ABS, 1), method=method), decide(net(*ABS, 2), method=method)
    assert (no.status, yes.status) == ("unsat", "sat")
    assert "certificate by cells" in no.engine and no.certificate["refutation"]["kind"] == "rays"
