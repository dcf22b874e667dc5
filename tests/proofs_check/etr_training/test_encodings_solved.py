"""Encodings against solvers: each answers as recorded, and models come back as weights that satisfy the instance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from theory.etr_training.circuits import affine_circuits
from theory.etr_training.encodings import ENCODINGS, inapplicable, read_model, to_smt2
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.sign_encodings import separation_clauses
from theory.etr_training.zoo import ZOO

z3 = pytest.importorskip("z3")


def solved(text):
    """z3's answer and the model's rational and Boolean values."""
    solver = z3.Solver()
    solver.set("timeout", 20000)
    solver.from_string(text)
    answer = str(solver.check())
    if answer != "sat":
        return answer, {}
    model = solver.model()
    found = {d.name(): model[d] for d in model.decls() if d.arity() == 0}
    return answer, {name: bool(z3.is_true(v)) if z3.is_bool(v) else v.as_fraction() for name, v in found.items()
                    if z3.is_bool(v) or z3.is_rational_value(v)}


EASY = ["abs5-w1", "abs5-w2", "xor-w1", "xor-w2", "zig3-w1", "zig3-w2", "zig4-w2", "hat7-w2", "abs5-neg-w1",
        "abs5-neg-w2", "xor-w1-le-1", "step-zig4-w2", "step-zig4-w3", "chain-r1", "chain-r2", "chain-r1-bias",
        "chain-r1-bias3", "lu", "lu-zero", "lu-bias", "lu-le-2e-20"]


@pytest.mark.parametrize("name", EASY)
@pytest.mark.parametrize("encoding", [e for e in ENCODINGS if e != "E1"])
def test_all_encodings_give_the_recorded_answer(name, encoding):
    """Every encoding that covers an easy instance is decided as recorded; a model's weights satisfy the instance."""
    instance = ZOO[name]
    if inapplicable(instance, encoding):
        assert encoding in ("N2", "L0", "L1", "L3")
        return
    answer, values = solved(to_smt2(instance, encoding))
    assert answer == ZOO.truth(name)
    if answer == "sat":
        assert instance.satisfied_by(read_model(instance, encoding, values))


MIDDLE = ["hat7-w3", "par3-w3", "sq5-w2", "sq7-w2", "sq7-w3", "zig5-w3", "zig5-w4", "zig5-w3-bias", "zig6-w3",
          "zig6-w4", "zig8-w5", "rnd1d10-w6", "rnd2d10-w3"]


@pytest.mark.parametrize("name", MIDDLE)
def test_circuit_lemmas_keep_the_answer(name):
    """L3 decides these fast, and its yes-answers come with weights that fit exactly."""
    instance = ZOO[name]
    answer, values = solved(to_smt2(instance, "L3"))
    assert answer == ZOO.truth(name)
    assert answer == "unsat" or instance.satisfied_by(read_model(instance, "L3", values))


def test_a_flipped_kink_clause_would_be_noticed():
    """With the sign of the second difference turned round, the yes-instance abs5 with two units becomes a no."""
    text = to_smt2(ZOO["abs5-w2"], "L3")
    flipped = text.replace("(and |sign of", "(and (not |sign of").replace("h1| (xor", "h1|) (xor").replace(
        "h2| (xor", "h2|) (xor")
    assert flipped != text and solved(flipped)[0] == "unsat" and solved(text)[0] == "sat"


def test_dropping_half_of_the_max_makes_abs_fit_with_one_unit():
    """Without `h <= 0 or h <= z` the sentence of abs5 with one unit is satisfiable, which the instance is not."""
    text = to_smt2(ZOO["abs5-w1"], "N1")
    dropped = "\n".join(line.split(" (or (<=")[0] + "))" if " (or (<=" in line else line for line in text.splitlines())
    assert solved(dropped)[0] == "sat" and solved(text)[0] == "unsat"


def test_separation_needs_strict_activity():
    """Activity at z >= 0 allows what the clauses exclude: the zero unit may be active at the ends only."""
    instance = TrainingInstance.one_hidden_layer([-1, 0, 1], [1, 0, 1], 1)
    (circuit,) = affine_circuits(instance.points)
    lines = [f"(declare-fun |h1 active at {i}| () Bool) (declare-fun z{i} () Real)" for i in range(3)]
    lines += ["(assert (= (+ z0 z2) (* 2.0 z1)))"]
    lines += [f"(assert (not {clause}))" for clause in list(separation_clauses(instance, circuit))[:1]]
    strict = [f"(assert (= |h1 active at {i}| (> z{i} 0.0)))" for i in range(3)]
    loose = [f"(assert (ite |h1 active at {i}| (>= z{i} 0.0) (<= z{i} 0.0)))" for i in range(3)]
    assert solved("\n".join(lines + strict))[0] == "unsat"
    assert solved("\n".join(lines + loose))[0] == "sat"


def test_strict_thresholds_boxes_and_pins_are_encoded():
    """Loss < 14/5 is a no where <= is a yes; a small box or a pin forbids the fit."""
    assert solved(to_smt2(ZOO["abs5-w1-lt-14-5"], "L1"))[0] == "unsat"
    assert solved(to_smt2(ZOO["abs5-w1-le-14-5"], "L1"))[0] == "sat"
    chain = ZOO["chain-r2"]
    assert solved(to_smt2(replace(chain, box="1/2"), "N1"))[0] == "unsat"
    assert solved(to_smt2(replace(chain, box=1), "N1"))[0] == "sat"
    assert solved(to_smt2(replace(chain, pinned=(("x1->g1_1", 0), ("x1->g1_2", 0))), "N1"))[0] == "unsat"


@pytest.mark.parametrize(("name", "encoding"), [("abs5-w1", "N1"), ("abs5-w2", "L3"), ("logit-one", "E1"),
                                                ("sigmoid-hat3-w1-le-3-5", "E1"), ("sin-hat3-w1-le-1-10", "E1")])
def test_texts_are_read_by_a_second_solver(name, encoding):
    """cvc5 parses the texts, transcendental ones included, and never contradicts the recorded answer."""
    cvc5 = pytest.importorskip("cvc5")
    solver = cvc5.Solver()
    solver.setOption("tlimit-per", "500")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, to_smt2(ZOO[name], encoding), name)
    symbols, answer = parser.getSymbolManager(), ""
    while True:
        command = parser.nextCommand()
        if command.isNull():
            break
        answer = command.invoke(solver, symbols).strip() or answer
    assert answer == ZOO.truth(name) or encoding == "E1" and answer.startswith("unknown")
