"""The tables of the training problem: least widths, answers, optima, sizes, solvers, growth; by hand or closed form."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from small_benchmark import RECORD

from proofs_check.cli import main
from proofs_check.etr_training import table_of as tables
from proofs_check.etr_training.cli_table import read_csv
from proofs_check.etr_training.confirmation import check_decision
from proofs_check.etr_training.solver_table import read_benchmark, solver_rows
from proofs_check.tables import bound_table
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.zoo import ZOO
from theory.language.errors import ExactnessError, InputError, UnknownNameError

MEANS = 8 * 2.0**-53
"""The relative rounding of a mean of three times, or of a quotient of two."""
SQUARES = ([0, 1, 2, 3, 4], [0, 1, 4, 9, 16])


def test_least_widths_stand_with_both_certificates():
    """x^2 on 0..4 has two disjoint intervals that bend up and is 3x - 2 and 4x - 10 bent: w* = 2."""
    table = bound_table({"sq5": SQUARES}, "etr_training")
    assert table.rows[0][:6] == ("sq5", "5", "1", "2", "0", "2")
    assert table.rows[0][6].startswith("rational, ") and table.rows[0][7].startswith("piercing, ")
    found = table.records[0].found
    assert check_decision(found.sat.certificate) is None and check_decision(found.unsat.certificate) is None
    assert json.loads(table.to_json())["records"][0]["found"]["unsat"]["certificate"]["status"] == "unsat"


def test_an_output_bias_can_save_a_unit():
    """0, 1, 0, 1, 0 needs four units, three with an output bias; a constant needs one or none."""
    zigzag = ([0, 1, 2, 3, 4], [0, 1, 0, 1, 0])
    assert tables.table_of(zigzag).rows[0][5] == "4" and tables.table_of(zigzag, output_bias=True).rows[0][5] == "3"
    constant = tables.table_of(([0, 1], [2, 2]), output_bias=True)
    assert constant.rows[0][5:] == ("0", constant.rows[0][6], "-")


def test_points_in_the_plane_and_labels_that_do_not_matter():
    """Exclusive or needs two units; with its last label left out relu(x + y) does."""
    corners = [(0, 0), (0, 1), (1, 0), (1, 1)]
    rows = tables.table_of({"all": (corners, [0, 1, 1, 0]), "three": (corners, [0, 1, 1, None])}).rows
    assert [(row[0], row[2], row[5]) for row in rows] == [("all", "2", "2"), ("three", "2", "1")]


def test_answers_carry_kind_and_size_of_their_certificates():
    """Five points of |x| with one unit: no, by rays; X X = 2: yes, by an algebraic number."""
    table = tables.table_of([ZOO["abs5-w1"], ZOO["etr-root2-id"]])
    assert [row[4] for row in table.rows] == ["unsat", "sat"]
    assert [row[5].split(",")[0] for row in table.rows] == ["rays", "algebraic"]
    size = len(json.dumps(table.records[0].decision.certificate, sort_keys=True, separators=(",", ":")))
    assert table.rows[0][5] == f"rays, {size} B"


def test_what_is_undecided_says_so():
    """A net with two outputs in no time is unknown, has no certificate, and the notes say why."""
    table = tables.table_of([ZOO["hat5-abs-w3"]], timeout=0.01)
    assert table.rows[0][4:6] == ("unknown", "") and any(note.startswith("hat5-abs-w3: ") for note in table.notes)


def test_exact_optima_and_trained_networks():
    """|x| on five points: 14/5 by hand (the mean 6/5); no run ends below, the best within 10^-6; the seed is named."""
    table = tables.table_of(ZOO["abs5-w1"], kind="optimum", trained=True, runs=24, seed=5, steps=150)
    row, record = dict(zip(table.columns, table.rows[0])), table.records[0]
    assert row["optimum"] == "14/5" and row["not below"].startswith("rays, ")
    assert all(loss >= Fraction(14, 5) for loss in record.trained.losses) and len(record.trained.losses) == 24
    assert record.trained.best - Fraction(14, 5) < Fraction(1, 10**6)
    near = sum(loss - Fraction(14, 5) <= Fraction(1, 10**6) for loss in record.trained.losses)
    assert row["runs at optimum"] == f"{near} of 24" and "seed 5" in " ".join(table.notes)


def test_optima_that_there_are_none_of():
    """Two outputs have no optimum here, a net that fits has optimum 0, an output bias is not trained."""
    bias = TrainingInstance.one_hidden_layer([0, 1], [1, 3], 1, output_bias=True, name="bias")
    table = tables.table_of([ZOO["abs5-neg-w1"], ZOO["xor-w2"], bias], kind="optimum", trained=True, runs=2, steps=2)
    optimum, below, best = (table.columns.index(name) for name in ("optimum", "not below", "best trained"))
    assert [row[optimum] for row in table.rows] == ["-", "0", "0"]
    assert [row[below] for row in table.rows] == ["", "none is negative", "none is negative"]
    assert table.rows[2][best] == "-" and any("abs5-neg-w1: no optimum" in note for note in table.notes)


def test_sizes_of_reductions():
    """x x = 2: 10 sources, 3 hidden vertices, 16 edges, 8 data for identity vertices and 10 for ReLU, by hand."""
    rows = tables.table_of(["x*x = 2"], kind="gadgets").rows
    assert [row[1:10] for row in rows] == [("id", "2", "1", "0", "1", "10", "3", "16", "8"),
                                           ("relu", "2", "1", "0", "1", "10", "3", "16", "10")]


def test_scores_of_solvers_by_hand():
    """PAR-2: (1 + 2 + 20)/3 for decide; z3 on N0 is right once, wrong once, late once; on L1 two instances count."""
    rows = {(row.solver, row.encoding): row for row in solver_rows(RECORD)}
    assert list(rows)[0] == ("decide", "")
    ours, naive, signs = rows["decide", ""], rows["z3", "N0"], rows["z3", "L1"]
    assert (ours.solved, ours.wrong, naive.solved, naive.wrong, signs.solved) == (2, 0, 1, 1, 2)
    assert ours.wall.solver == pytest.approx(23 / 3, rel=MEANS)
    assert naive.wall.solver == pytest.approx((4 + 20 + 20) / 3, rel=MEANS)
    assert signs.applicable == 2 and signs.wall.ratio == pytest.approx(3 / 1.5, rel=MEANS)
    assert signs.processor.ratio == pytest.approx(1.5 / 0.75, rel=MEANS)
    assert signs.search.ratio == pytest.approx(1.5 / 0.5, rel=MEANS)
    assert tables.table_of(RECORD).rows[0][:5] == ("decide", "", "3", "2", "0")


def test_growth_is_measured_from_seeds():
    """Two searches of the same seeds visit equally many nodes; the table counts what was certified."""
    options = {"shapes": [(1, 1)], "points": [3, 4], "seeds": [1, 2]}
    first, again = tables.table_of("scaling", **options), tables.table_of("scaling", shapes=[(1, 1)], points=[4])
    assert [row[:4] for row in first.rows] == [("1", "1", "3", "2 of 2"), ("1", "1", "4", "2 of 2")]
    assert first.records[1].nodes == again.records[0].nodes[:2]
    with pytest.raises(InputError, match="shapes, points and seeds"):
        tables.table_of("scaling", seeds=[])


@pytest.mark.parametrize("subject", [17, "something", [], [1, 2, 3], {}])
def test_other_subjects_are_refused(subject):
    """Numbers, other words and empty collections have no table."""
    with pytest.raises(InputError, match="subject: required"):
        tables.table_of(subject)


def test_unknown_kinds_floats_and_contradictions_are_refused():
    """A kind that there is not, a float among the points, two labels at one point, a file of another format."""
    with pytest.raises(UnknownNameError, match="kind: required one of width"):
        tables.table_of(SQUARES, kind="height")
    with pytest.raises(ExactnessError):
        tables.table_of(([0.5, 1], [0, 1]))
    with pytest.raises(InputError, match="equal labels at equal points"):
        tables.table_of(([0, 0], [0, 1]))
    with pytest.raises(InputError, match="format lemmascope-decide-benchmark"):
        read_benchmark({"format": "other", "runs": [1]})


def test_files_of_data(tmp_path):
    """Headings, spaces, fractions, decimals and * are read exactly; ragged rows and words are refused by name."""
    file = tmp_path / "points.csv"
    file.write_text("u,v,label\n0,1/2, 0.1\n1, -3 ,*\n")
    assert read_csv(str(file)) == ([(Fraction(0), Fraction(1, 2)), (Fraction(1), Fraction(-3))],
                                   [Fraction(1, 10), None])
    file.write_text("0,1\n1,2,3\n")
    with pytest.raises(InputError, match=r"points\.csv: required rows of equal length"):
        read_csv(str(file))
    file.write_text("0,1\nzero,2\n")
    with pytest.raises(InputError, match="row 2"):
        read_csv(str(file))
    with pytest.raises(InputError, match="a file of comma-separated values"):
        read_csv(str(tmp_path / "none.csv"))


def test_the_command_line_prints_widths(capsys, tmp_path):
    """--width with points, and the same data from a file, give the same numbers in every format."""
    file = tmp_path / "squares.csv"
    file.write_text("\n".join(f"{x},{y}" for x, y in zip(*SQUARES)))
    for arguments in (["--width", "--points", *map(str, SQUARES[0]), "--labels", *map(str, SQUARES[1])],
                      ["--data", str(file)]):
        assert main(["table", "etr_training", *arguments, "--format", "csv"]) == 0
        assert ",5,1,2,0,2," in capsys.readouterr().out


@pytest.mark.parametrize(("arguments", "said"), [
    (["--points", "0", "1", "--labels", "1"], "--labels: required a label for each of --points"),
    (["--points", "0", "--labels", "x"], "--labels: required an exact number"),
    (["--zoo", "--trained"], "--trained: required --optimum beside it"),
    (["--gadgets", "x = 1", "--timeout", "3"], "--timeout: required something to search"),
    (["--scaling", "--width"], "--width: required data"),
    (["--data", "nowhere.csv"], "nowhere.csv: required a file of comma-separated values"),
    (["--benchmark", "nowhere.json"], "nowhere.json: required a file in JSON"),
])
def test_the_command_line_refuses_what_does_not_fit(capsys, arguments, said):
    """Options that would be ignored and files that are not there end with status 2 and a sentence."""
    assert main(["table", "etr_training", *arguments]) == 2
    assert said in capsys.readouterr().err
