"""SMT-LIB texts: symbols, counts, refusals, and models read back; their truth is checked with solvers elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from theory.etr_training.circuits import affine_circuits
from theory.etr_training.data_families import linear_chain, sigmoid_sink
from theory.etr_training.encoding_sizes import EncodingSize, encoding_size, inlined_products
from theory.etr_training.encodings import ENCODINGS, inapplicable, read_model, to_smt2
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.sign_encodings import kink_clause, separation_clauses
from theory.etr_training.zoo import ZOO
from theory.language.errors import InputError, UnknownNameError

ABS = TrainingInstance.one_hidden_layer([-2, -1, 0, 1, 2], [2, 1, 0, 1, 2], 2)


def balanced(text):
    """Whether the parentheses outside quoted symbols and comments match."""
    bare = re.sub(r"\|[^|]*\||;[^\n]*", "", text)
    depth = 0
    for character in bare:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


@pytest.mark.parametrize("name", ["abs5-w2", "xor-w1-le-1", "lu-bias", "chain-deep", "step-zig4-w2", "logit-ln3",
                                  "sin-hat3-w1-le-1-10", "zig5-w3-bias"])
def test_texts_are_well_formed_and_closed(name):
    """Parentheses match, every symbol is introduced once and before its use, and the text ends with the question."""
    for encoding in ENCODINGS:
        if inapplicable(ZOO[name], encoding):
            continue
        text = to_smt2(ZOO[name], encoding)
        assert balanced(text) and text.endswith("(check-sat)\n")
        known = set()
        for line in text.splitlines():
            introduced = re.match(r"\((?:declare|define)-fun (\|[^|]*\|)", line)
            used = set(re.findall(r"\|[^|]*\|", line)) if not line.startswith(";") else set()
            if introduced:
                assert introduced[1] not in known
                used.discard(introduced[1])
            assert used <= known
            known |= {introduced[1]} if introduced else set()


def test_logic_is_linear_exactly_for_signs_and_exact_fit():
    """Boolean signs leave linear arithmetic; a threshold or a product of unknowns needs more."""
    def logic(instance, encoding):
        return re.search(r"\(set-logic (\w+)\)", to_smt2(instance, encoding))[1]

    assert [logic(ABS, e) for e in ENCODINGS] == ["QF_NRA"] * 3 + ["QF_LRA"] * 3 + ["QF_NRAT"]
    assert logic(replace(ABS, threshold=1), "L1") == "QF_NRA"


def test_a_small_text_in_full():
    """One point, one unit, loss below 1/2, a box and a pin."""
    instance = TrainingInstance.one_hidden_layer([(3, 0)], [-1], 1, threshold="1/2", strict=True, box=8)
    assert to_smt2(replace(instance, pinned=(("h1->y1", "-2/3"),), name="one"), "N0", "sat").splitlines() == [
        "; training instance one, encoding N0: products of weights and values, activations as if-then-else",
        "(set-logic QF_NRA)",
        "(set-info :status sat)",
        "(declare-fun |h1| () Real)",
        "(declare-fun |x1->h1| () Real)",
        "(declare-fun |x2->h1| () Real)",
        "(define-fun |h1->y1| () Real (- (/ 2.0 3.0)))",
        "(assert (<= (- 8.0) |h1| 8.0))",
        "(assert (<= (- 8.0) |x1->h1| 8.0))",
        "(assert (<= (- 8.0) |x2->h1| 8.0))",
        "(define-fun |into h1 at 0| () Real (+ |h1| (* 3.0 |x1->h1|)))",
        "(define-fun |h1 at 0| () Real (ite (>= |into h1 at 0| 0.0) |into h1 at 0| 0.0))",
        "(define-fun |into y1 at 0| () Real (* |h1->y1| |h1 at 0|))",
        "(define-fun |y1 at 0| () Real |into y1 at 0|)",
        "(assert (< (* (- |y1 at 0| (- 1.0)) (- |y1 at 0| (- 1.0))) (/ 1.0 2.0)))",
        "(check-sat)",
    ]


# ---- sizes ----

def test_size_in_closed_form():
    """|E| + |V without sources| weights, n times that many values: here 3 edges into each of 2 units, 2 to the sink."""
    instance = TrainingInstance.one_hidden_layer([(k, k, 1) for k in range(1, 6)], [0] * 5, 2, output_bias=True)
    assert encoding_size(instance) == EncodingSize(8 + 3, 5 * 3, 5 * 3, 5 * 2, 1, 5 * 8)


@pytest.mark.parametrize("name", ["abs5-w2", "xor-w2", "lu-bias", "chain-deep", "step-zig4-w3", "etr-root2-relu",
                                  "logit-ln3", "sigmoid-hat3-w1-le-3-5"])
def test_sizes_are_those_of_the_text(name):
    """Declarations, definitions, activation atoms and the assertion about the cost are counted in the text itself."""
    instance = ZOO[name]
    size, text = encoding_size(instance), to_smt2(instance, "E1")
    declared = re.findall(r"\(declare-fun \|([^|]*)\|", text)
    assert sum(" " not in symbol for symbol in declared) == size.weight_variables == len(instance.free)
    assert sum(re.fullmatch(r"\S+ at \d+", symbol) is not None for symbol in declared) == size.value_variables
    assert len(re.findall(r"\(define-fun \|into ", text)) == size.definitions
    atoms = len(re.findall(r"\(assert \(and \(>=|\(assert \(or \(and \(>|\(exp |\(sin ", text))
    assert atoms == size.activation_atoms
    assertions = text.count("(assert ") - len(re.findall(r"\(assert \(<= \S+ ?\S* ?\|\S+\| ", text))
    sigmoids = text.count("(exp ")
    assert assertions == size.value_variables + sigmoids + size.cost_assertions
    products = sum(len(re.findall(r"\|\S+->\S+\|", line)) for line in text.splitlines() if "define-fun |into " in line)
    zeros = sum(row[instance.sources.index(u)] == 0 for row in instance.points for u, _ in instance.edges
                if u in instance.sources)
    assert products == size.products - zeros


def ladder(rungs):
    """A chain of pairs in which both vertices of a pair feed both of the next."""
    return linear_chain([1, *[2] * rungs, 1], [(1,)], [(1,)])


def test_inlining_counts_paths():
    """Without value variables the sentence of a ladder of L rungs has 2^(L+1) - 2 + 2^L products."""
    assert [inlined_products(ladder(k)) for k in range(1, 9)] == [2 ** (k + 1) - 2 + 2**k for k in range(1, 9)]
    assert [encoding_size(ladder(k)).products for k in range(1, 9)] == [4 * k for k in range(1, 9)]


# ---- refusals ----

@pytest.mark.parametrize(("name", "encoding", "message"), [
    ("logit-ln3", "N1", "activation sigmoid at y1.*E1"), ("sin-hat3-w1-le-1-10", "N0", "activation sin at h1"),
    ("lu", "L1", "another graph"), ("abs5-neg-w1", "L0", "2 outputs"), ("step-zig4-w2", "L3", "activation step"),
    ("sigmoid-hat3-w1-le-3-5", "N2", "a box"),
])
def test_encodings_refuse_what_they_do_not_cover(name, encoding, message):
    """The reason and the encoding to use are in the message."""
    with pytest.raises(InputError, match=message):
        to_smt2(ZOO[name], encoding)


def test_unknown_encodings_and_statuses_are_named():
    """The message lists the encodings."""
    with pytest.raises(UnknownNameError, match="N0, N1"):
        to_smt2(ABS, "L2")
    with pytest.raises(InputError, match="sat, unsat, unknown"):
        to_smt2(ABS, "N1", "maybe")


# ---- models ----

def test_models_are_read_back():
    """Signs become output weights, what the solver left out becomes 0, other symbols are ignored."""
    values = {"h1": Fraction(0), "x1->h1": 1, "x1->h2": "-1", "sign of h1": True, "sign of h2": "true", "h1 at 0": 5}
    weights = read_model(ABS, "L1", values)
    assert weights == {"h1": 0, "x1->h1": 1, "h2": 0, "x1->h2": -1, "h1->y1": 1, "h2->y1": 1}
    assert ABS.satisfied_by(weights)
    assert read_model(ABS, "L0", {**values, "sign of h2": False})["h2->y1"] == -1
    assert read_model(ABS, "N1", values)["h1->y1"] == 0


def test_pins_are_part_of_a_model():
    """Pinned parameters keep their values, whatever the model says."""
    instance = replace(ABS, pinned=(("h1->y1", "1/2"),))
    assert read_model(instance, "N1", {"h1->y1": 7})["h1->y1"] == Fraction(1, 2)


# ---- clauses ----

def test_clauses_on_three_points_of_a_line():
    """Labels of |x| at -1, 0, 1 bend upwards: a positive unit is active at one end only; sides are not separated."""
    instance = TrainingInstance.one_hidden_layer([-1, 0, 1], [1, 0, 1], 1)
    (circuit,) = affine_circuits(instance.points)
    assert (circuit.positive, circuit.negative) == ((0, 2), (1,))
    assert kink_clause(instance, circuit) == (
        "(or false (and |sign of h1| (xor |h1 active at 0| |h1 active at 2|)))")
    assert list(separation_clauses(instance, circuit)) == [
        "(not (and |h1 active at 0| |h1 active at 2| (not |h1 active at 1|)))",
        "(not (and |h1 active at 1| (not |h1 active at 0|) (not |h1 active at 2|)))"]
    downwards = replace(instance, labels=((0,), (1,), (0,)))
    assert kink_clause(downwards, circuit) == (
        "(or false (and (not |sign of h1|) (xor |h1 active at 0| |h1 active at 2|)))")


@pytest.mark.parametrize("changes", [{"labels": ((1,), (1,), (1,))}, {"threshold": 1},
                                     {"labels": ((1,), (None,), (1,))}])
def test_no_kink_is_claimed_without_reason(changes):
    """Labels on a line, a threshold, or a label that does not matter give no clause."""
    instance = replace(TrainingInstance.one_hidden_layer([-1, 0, 1], [1, 0, 1], 1), **changes)
    (circuit,) = affine_circuits(instance.points)
    assert kink_clause(instance, circuit) is None


def test_sigmoid_is_encoded_through_exp():
    """y (1 + e) = e with e = exp(z)."""
    text = to_smt2(sigmoid_sink([2], ["1/2"]), "E1")
    assert "(assert (= |exp into y1 at 0| (exp |into y1 at 0|)))" in text
    assert "(assert (= (* |y1 at 0| (+ 1.0 |exp into y1 at 0|)) |exp into y1 at 0|))" in text
