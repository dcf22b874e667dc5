"""The rate table: ranks and exponents by hand, what is vacuous and what is not, bounds that training keeps, the CLI."""

from __future__ import annotations

import json
from fractions import Fraction
from math import exp, log
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

import proofs_check.gnn_convergence as package
from proofs_check.cli import main
from proofs_check.gnn_convergence.rates import rate_rows
from proofs_check.gnn_convergence.table_of import COLUMNS, above, below, rate_table
from proofs_check.gnn_convergence.tasks import task_of
from proofs_check.tables import bound_table
from theory.language.errors import InputError

EDGE = [[0, 1], [1, 0]]
TINY = Fraction(1, 10**6)
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def near(pair: tuple[Fraction, Fraction], value: Fraction | int) -> bool:
    """Whether a tight enclosure holds the value, up to layers that are orthogonal to rounding only."""
    return pair[0] - TINY <= value <= pair[1] + TINY and pair[1] - pair[0] < 10*TINY


def test_an_edge_by_hand():
    """GIN: S is all ones, S^2 = 2 S; sigma_+^2 = 4 and 16, exponents 16 and 64, L* = 1/2 for Y = (1, 0), twins 0, 1."""
    found = rate_table(EDGE, np.eye(2), (0, 1), [[1, 0]], layers=(1, 2), aggregation="gin", skip=False)
    first, second = found.records
    assert found.columns == COLUMNS and found.rows[0][:4] == ("1", "gin", "1 of 2", "0")
    assert near(first.sigma_plus, 4) and near(second.sigma_plus, 16) and near(first.least_loss, Fraction(1, 2))
    assert 16 - 100*TINY < first.exponent <= 16 and 64 - 100*TINY < second.exponent <= 64
    assert first.printed_exponent == 0 and first.twins == ((0, 1),)
    assert found.rows[0][COLUMNS.index("printed exponent")] == "vacuous (twins)"
    assert "twins leave 1 different columns of 2" in first.fails[0]
    assert float(first.time) == pytest.approx(log(1e6)/16, rel=1e-5)


def test_heads_on_all_layers_tell_twins_apart():
    """With skips G has I above S: G'G = I + S'S has the eigenvalues 1 and 5, so sigma_min^2 = 1 and L* = 0."""
    record = rate_table(EDGE, np.eye(2), (0, 1), [[1, 0]], layers=[1], aggregation="gin", skip=True).records[0]
    assert near(record.sigma_min, 1) and near(record.sigma_max, 5) and record.least_loss == (0, 0)
    assert record.fails == () and record.printed_exponent == record.exponent > 4 - 100*TINY


@pytest.mark.parametrize(("name", "rank", "printed"), [
    ("karate", 34, "0."), ("les_miserables", 61, "vacuous (twins)"), ("cycle:9", 7, "vacuous (rank)"),
    ("path:8", 7, "vacuous (rank)"), ("complete:5", 1, "vacuous (twins)"), ("petersen", 10, "3.9")])
def test_exact_ranks_of_known_graphs(name: str, rank: int, printed: str):
    """A + I on all nodes: karate 34, Les Miserables 61, C_9 7 of 9, P_8 7 of 8, K_5 1, Petersen 10 with exponent 4."""
    from numerics.gnn_convergence.graphs import graph_named

    record = rate_table(graph_named(name), None, "1", layers=[1], aggregation="gin", features="one-hot",
                        estimates=False)
    cells = dict(zip(COLUMNS, record.rows[0]))
    assert record.records[0].rank == rank and record.records[0].rank_exact
    assert cells["printed exponent"].startswith(printed) and record.records[0].exponent > 0


def test_the_scale_of_the_layers_enters_with_twice_the_depth():
    """B = 2 Q: lambda = 4^H for all time, known before training; the observed infimum is not below it."""
    rows = rate_rows(task_of(EDGE, np.eye(2), (0,), [[1]]), layers=(0, 1, 2), scale=2)
    for depth, row in enumerate(rows):
        record = row.record
        assert 4**depth*(1 - TINY) < record.lambda_certified <= 4**depth
        assert near(record.lambda_start, 4**depth) and record.lambda_observed >= float(record.lambda_certified) - 1e-9


@pytest.mark.parametrize("skip", [False, True])
def test_training_keeps_the_bound_known_before(skip: bool):
    """Florentine families, GCN, Gaussian layers: every gap lies below exp(-a-priori exponent t), tightness above 1."""
    task = task_of(nx.florentine_families_graph(), features="gaussian:4")
    row = rate_rows(task, layers=[1], skip=skip, start="gaussian", width=24, eps="1/50")[0]
    seen, exponent = row.observed, float(row.record.exponent)
    assert exponent > 0 and len(seen.times) > 20
    assert all(gap <= exp(-exponent*t)*(1 + 1e-6) for t, gap in zip(seen.times, seen.gaps))
    assert row.record.tightness >= 1 and row.record.observed_time <= float(row.record.time)
    assert row.record.lambda_observed >= float(row.record.lambda_certified) - 1e-9


def test_layers_below_the_features_have_no_lambda():
    """m_1 = 1 below m_x = 2: lambda is 0, nothing is promised, and the reason is a number."""
    found = rate_table(EDGE, np.eye(2), (0, 1), [[1, 0]], layers=(1, 2), aggregation="gin", skip=False, width=1)
    record = found.records[1]
    assert record.lambda_certified == record.exponent == 0 and record.lambda_start == (0, 0)
    assert record.fails[0] == "lambda = 0 at all times: m_1 = 1 is 1 below m_x = 2"
    assert found.rows[0][COLUMNS.index("a-priori exponent")] == "vacuous"
    assert any("Nothing is promised before training for H = 1, 2" in note for note in found.notes)


def test_heads_that_are_too_big_leave_no_certificate():
    """One node, W = 9 N(0, 1): s_1 = B^2 - W^2 < 0 is reported with its value."""
    record = rate_table([[0]], [[1]], (0,), [[1]], layers=[1], heads=9, estimates=False).records[0]
    assert record.lambda_certified == 0 and "s_1 > 0 is needed, found at most -" in record.fails[0]


def test_the_admissible_step_keeps_its_factor():
    """Gradient descent with the step of the table: each of 200 steps shrinks the gap by the factor at least."""
    from numerics.gnn_convergence.descent import descend

    row = rate_rows(task_of(EDGE, [[1, 2]], (0, 1), [[1, 0]], aggregation="gcn"), layers=[1], estimates=False)[0]
    run = descend(row.problem, row.weights, float(row.record.step), 200)
    gaps = run.losses - row.problem.least_loss()
    above_rounding = gaps[1:] > 1e-12
    assert above_rounding.sum() > 40 and row.record.factor < 1
    assert (gaps[1:] <= gaps[:-1]*float(row.record.factor)*(1 + 1e-9))[above_rounding].all()


def test_an_own_aggregation_and_an_optimal_start():
    """S = I/2 and Y = 0: sigma^2 = 1/4, the start is optimal and there is no training to see."""
    found = rate_table(EDGE, np.eye(2), (0, 1), [[0, 0]], layers=[1], aggregation=np.eye(2)/2, skip=False)
    assert near(found.records[0].sigma_min, Fraction(1, 4)) and found.records[0].measured_exponent is None
    assert found.rows[0][1] == "own S" and found.rows[0][COLUMNS.index("tightness")] == "-"


def test_components_and_isolated_nodes_are_told():
    """Two nodes without an edge: both statements hold, and the notes say what the graph is like."""
    notes = " ".join(rate_table([[0, 0], [0, 0]], layers=[1], estimates=False).notes)
    assert "2 components, 2 of them isolated nodes" in notes and "were not asked for" in notes


def test_numbers_are_rounded_to_their_side():
    """Four digits down and up, exact 0 and 1, close to 1, and exponents."""
    assert (below(Fraction(2, 3)), above(Fraction(2, 3))) == ("0.6666", "0.6667")
    assert (below(Fraction(0)), below(Fraction(1)), above(Fraction(12345, 7))) == ("0", "1", "1764")
    assert below(1 - Fraction(1, 10**9)) == "1 - 1.000e-9" and below(Fraction(1, 3*10**5)) == "3.333e-6"


@pytest.mark.parametrize(("options", "message"), [
    ({"layers": ()}, "layers: required numbers"), ({"layers": [True]}, "from 0 to 64"), ({"eps": 2}, r"in \(0, 1\)"),
    ({"scale": 0}, "scale > 0"), ({"heads": -1}, "heads >= 0"), ({"aggregation": "sage"}, "one of gin, gcn"),
    ({"start": "zero"}, "orthogonal or gaussian"), ({"width": 0}, "widths >= 1")])
def test_bad_options_of_the_table_are_refused(options: dict[str, object], message: str):
    """Depths, scales, kinds and widths out of range."""
    with pytest.raises(InputError, match=message):
        rate_table(EDGE, **options)


def test_the_stable_name_is_a_function():
    """`proofs_check.gnn_convergence.rate_table` is the table; `bound_table` finds it; other names are errors."""
    assert package.rate_table is rate_table
    assert bound_table(EDGE, "gnn_convergence", layers=[1], estimates=False).records[0].depth == 1
    with pytest.raises(AttributeError):
        _ = package.nothing


def test_the_table_on_the_command_line(capsys: pytest.CaptureFixture[str]):
    """A factory of the examples as JSON with exact numbers; as text one line for each of the many columns."""
    command = ["table", "gnn_convergence", "--layers", "1", "--certified-only", "--graph"]
    assert main([*command, f"{EXAMPLES / 'graph_task.py'}:ring", "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)["records"][0]
    # (2 I + A)/4 of a cycle of eight has the eigenvalue 0 once; four of its columns are independent
    assert record["aggregation"] == "own S" and record["rank"] == 4
    assert main([*command, f"{EXAMPLES / 'graph_task.py'}:cliques", "--model", "gin"]) == 0
    # nineteen columns do not fit: the text turns them into lines
    lines = [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()]
    assert set(COLUMNS) <= set(lines)


def test_graph_files_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """GraphML and an edge list of one path give the same numbers; nodes are named in --train."""
    graph = nx.relabel_nodes(nx.path_graph(4), dict(enumerate("abcd")))
    nx.write_graphml(graph, tmp_path / "path.graphml")
    nx.write_edgelist(graph, tmp_path / "path.edgelist", data=False)
    found = []
    for ending in ("graphml", "edgelist"):
        command = ["table", "gnn_convergence", "--graph", str(tmp_path / f"path.{ending}"), "--train", "a,c",
                   "--layers", "1", "2", "--certified-only", "--format", "csv", "--model", "gin"]
        assert main(command) == 0
        found.append(capsys.readouterr().out)
    assert found[0] == found[1] and "2 of 2" in found[0]


def test_refusals_of_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """No such file or graph, a factory that returns nothing, figures without training: exit code 2."""
    source = tmp_path / "own.py"
    source.write_text("def nothing():\n    return None\n")
    for options in (["no.graphml"], ["nobody"], [f"{source}:nothing"], [f"{source}:missing"],
                    ["petersen", "--certified-only", "--figures", str(tmp_path)]):
        assert main(["table", "gnn_convergence", "--graph", *options]) == 2
        assert "required" in capsys.readouterr().err
