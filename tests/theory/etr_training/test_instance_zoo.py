"""The zoo: its data by hand, recorded answers with witnesses or lower bounds, and the files in examples/instances."""

from __future__ import annotations

import runpy
from fractions import Fraction
from pathlib import Path

import pytest

from theory.etr_training import data_families as families
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.piercing import interpolant, piercing_numbers
from theory.etr_training.zoo import DATA, EXHIBITS, ZOO
from theory.language.errors import InputError, UnknownNameError

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def weights(*units, bias=None, outputs=1):
    """Weights of a one-hidden-layer net; a unit is (bias, input weights..., output weights...)."""
    out = {} if bias is None else {"y1": bias}
    for j, (b, *rest) in enumerate(units, 1):
        inputs, after = rest[:-outputs], rest[-outputs:]
        out |= {f"h{j}": b, **{f"x{i}->h{j}": a for i, a in enumerate(inputs, 1)},
                **{f"h{j}->y{t}": v for t, v in enumerate(after, 1)}}
    return out


WITNESSES = {
    "abs5-w2": weights((0, 1, 1), (0, -1, 1)),
    "hat7-w3": weights((1, 1, 1), (0, 1, -2), (-1, 1, 1)),
    "xor-w2": weights((0, 1, -1, 1), (0, -1, 1, 1)),
    # The sum s of three bits goes to s - 2 relu(s - 1) + 2 relu(s - 2) = 0, 1, 0, 1.
    "par3-w3": weights((0, 1, 1, 1, 1), (-1, 1, 1, 1, -2), (-2, 1, 1, 1, 2)),
    "sq5-w2": weights((-2, 3, 1), (-10, 4, 1)),
    "sq7-w3": weights((-2, 3, 1), (-10, 4, 1), (-18, 4, 1)),
    "sq7-w4": weights((-2, 3, 1), (-10, 4, 1), (-18, 4, 1), (0, 0, 0)),
    "zig3-w2": weights((0, 1, 1), (-1, 1, -2)),
    "zig4-w3": weights((0, 1, 1), (-1, 1, -2), (-2, 1, 2)),
    "zig5-w4": weights((0, 1, 1), (-1, 1, -2), (-2, 1, 2), (-3, 1, -2)),
    # The output bias saves the fourth unit: 6 + 2 relu(2 - x) - 3 relu(10/3 - x) - 2 relu(x - 1).
    "zig5-w3-bias": weights((2, -1, 2), ("10/3", -1, -3), (-1, 1, -2), bias=6),
    "abs5-neg-w2": weights((0, 1, 1, -1), (0, -1, 1, -1), outputs=2),
    "abs5-w1-le-14-5": weights(("6/5", 0, 1)),
    "hat5-w1-le-4-5": weights(("1/5", 0, 1)),
    "xor-w1-le-1": weights((0, 1, -1, 1)),
    "sq5-w1-le-5-3": weights(("-25/3", 6, 1)),
    "sq5-w1-le-2": weights(("-25/3", 6, 1)),
    "step-zig4-w3": weights(("-1/2", 1, 1), ("-3/2", 1, -1), ("-5/2", 1, 1)),
    "chain-r2": {"x1->g1_1": 1, "x2->g1_1": 0, "x1->g1_2": 0, "x2->g1_2": 1, "g1_1->y1": 0, "g1_2->y1": 1,
                 "g1_1->y2": 1, "g1_2->y2": 0},
    "chain-r1-bias": {"g1_1": 0, "x1->g1_1": 1, "x2->g1_1": -1, "y1": "1/2", "g1_1->y1": "-1/2", "y2": "1/2",
                      "g1_1->y2": "1/2"},
    "lu-bias": {"h1": 0, "x1->h1": -1, "x2->h1": 0, "h2": 1, "x2->h2": -1, "y1": 1, "h1->y1": 1, "y2": 0, "h1->y2": 0,
                "h2->y2": 1},
    "lu-le-2e-20": {"x1->h1": -1, "x2->h1": 1024, "x2->h2": 1, "h1->y1": "1/1024", "h1->y2": -1, "h2->y2": 1024},
}


@pytest.mark.parametrize("name", WITNESSES)
def test_yes_instances_have_these_witnesses(name):
    """Each recorded yes with weights by hand: the exact loss is within the threshold."""
    assert ZOO.truth(name) == "sat"
    assert ZOO[name].satisfied_by(WITNESSES[name])


ON_A_LINE = [name for name, exhibit in EXHIBITS.items()
             if name.split("-")[0] in DATA and len(DATA[name.split("-")[0]]()[0][0]) == 1
             and "-le-" not in name and "-lt-" not in name and len(ZOO[name].sinks) == 1 and not ZOO[name].output_bias]


@pytest.mark.parametrize("name", ON_A_LINE)
def test_answers_on_a_line_agree_with_piercing_and_interpolant(name):
    """Fewer units than piercing numbers: no. As many as the interpolant: yes. Between them either is possible."""
    instance = ZOO[name]
    xs, ys = [x for (x,) in instance.points], [y for (y,) in instance.labels]
    width, least = len(instance.hidden), sum(piercing_numbers(xs, ys))
    fit = interpolant(xs, ys)
    assert ZOO.truth(name) in ("sat", "unsat")
    if width < least:
        assert ZOO.truth(name) == "unsat"
    elif width >= fit.width:
        assert ZOO.truth(name) == "sat" and instance.satisfied_by(fit.weights(width))
    else:
        assert least <= width < least + 2


def test_lower_bounds_from_piercing_are_used():
    """The random no-instances on a line are such because of piercing numbers 7, 8 and 9."""
    found = {name: piercing_numbers(*([row[0] for row in part] for part in DATA[name]()))
             for name in ("rnd1d10", "rnd1d12", "rnd1d16")}
    assert found == {"rnd1d10": (3, 4), "rnd1d12": (4, 4), "rnd1d16": (4, 5)}


def test_data_by_hand():
    """The families give the tables that they are named after."""
    def column(name):
        return [row[0] for row in DATA[name]()[1]]

    assert column("abs5") == [2, 1, 0, 1, 2] and column("hat7") == [0, 0, 0, 1, 0, 0, 0]
    assert column("zig6") == [0, 1, 0, 1, 0, 1] and column("sq5") == [0, 1, 4, 9, 16]
    assert column("xor") == [0, 1, 1, 0] and column("par3") == [0, 1, 1, 0, 1, 0, 0, 1]
    assert DATA["hat5-abs"]()[1] == ((0, 2), (0, 1), (1, 0), (0, 1), (0, 2))
    with pytest.raises(InputError, match="an odd number"):
        families.hat(4)


def test_random_data_come_from_the_seed_alone():
    """The generator is x -> 6364136223846793005 x + 1442695040888963407 modulo 2^64, without its 33 low bits."""
    numbers = families.random_integers(0)
    assert next(numbers) == 1442695040888963407 >> 33
    assert next(numbers) == (1442695040888963407 * 6364136223846793006 % 2**64) >> 33
    points, labels = families.random_points(20, 2, 20)
    assert len(set(points)) == 20 and max(abs(x) for row in points + labels for x in row) <= 5
    assert families.random_points(20, 2, 20) == (points, labels) != families.random_points(20, 2, 21)
    with pytest.raises(InputError, match="at most 9 points"):
        families.random_points(10, 2, 1, span=1)


def test_lu_supports_multiply_triangular_matrices():
    """The outputs on the unit vectors are the columns of L U; the target has determinant -1 and a zero corner."""
    instance = families.lu_support()
    l11, l21, l22, u11, u12, u22 = 2, 3, 5, 7, 11, 13
    found = instance.outputs({"x1->h1": u11, "x2->h1": u12, "x2->h2": u22, "h1->y1": l11, "h1->y2": l21, "h2->y2": l22})
    assert found == ((l11 * u11, l21 * u11), (l11 * u12, l21 * u12 + l22 * u22))
    assert instance.labels == ((0, 1), (1, 0))


def test_zoo_covers_the_families_and_knows_its_answers():
    """Every activation occurs, yes and no, thresholds, strictness, boxes, several outputs, reductions."""
    instances = dict(ZOO)
    assert {a for i in instances.values() for _, a in i.vertices} == {"id", "relu", "sigmoid", "sin", "step"}
    assert {ZOO.truth(name) for name in ZOO} == {"sat", "unsat"}
    assert any(i.strict for i in instances.values()) and any(i.box for i in instances.values())
    assert sum(len(i.sinks) > 1 for i in instances.values()) >= 10 and len(instances) >= 100
    assert all(i.name == name for name, i in instances.items())
    with pytest.raises(UnknownNameError, match="abs5-w1"):
        ZOO["abs5-w7"]


def test_committed_files_are_what_the_script_writes():
    """examples/instances holds exactly the output of examples/make_instances.py, below 1.5 MB."""
    expected = runpy.run_path(str(EXAMPLES / "make_instances.py"))["contents"]()
    found = {path.name: path.read_text(encoding="utf-8") for path in (EXAMPLES / "instances").iterdir()}
    assert sorted(found) == sorted(expected)
    assert [name for name, text in expected.items() if found[name] != text] == []
    assert sum(len(text.encode()) for text in found.values()) < 1_500_000


def test_committed_json_is_read_back():
    """Each JSON file of the folder is the instance of its name."""
    for name in ("abs5-w1", "lu-le-2e-20", "etr-root2-relu", "sin-hat3-w1-le-1-10"):
        assert TrainingInstance.from_json(EXAMPLES / "instances" / f"{name}.json") == ZOO[name]


def test_thresholds_of_names_are_those_of_instances():
    """A name ending in -le-p-q or -le-n asks for that loss."""
    for name, instance in ZOO.items():
        if "-le-" in name and "2e" not in name:
            parts = name.split("-le-")[1].split("-")
            assert instance.threshold == Fraction("/".join(parts))
