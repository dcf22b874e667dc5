"""The covering table: known figures, sides that follow from hypotheses, and marks."""

from __future__ import annotations

import json
import time
from fractions import Fraction

import pytest

from proofs_check.covering.table import bound_rows
from proofs_check.tables import bound_table
from theory.covering import bias_ordered_count, orbit_count, raw_count
from theory.language.errors import ExactnessError, InputError
from theory.textbook.logarithm import log_enclosure


def rows(widths, eps, **options):
    """Return the records of one radius by name."""
    return {row.name: row for row in bound_rows(widths, eps=eps, **options).records}


@pytest.mark.parametrize(
    ("widths", "name", "figure"),
    [
        ((2, 8, 1), "raw m^S", "204.42"),
        ((2, 8, 1), "orbits", "193.81"),
        ((2, 8, 1), "quoted deep", "316.99"),
        ((2, 8, 1), "quoted shallow", "259.81"),
        ((10, 100, 1), "orbits", "11645.36"),
        ((784, 300, 100, 10), "orbits (as bias-ordered)", "5430623.2"),
        ((784, 300, 100, 10), "quoted deep", "6723882.3"),
    ],
)
def test_known_figures(widths, name, figure):
    """At eps = 0.1 with unit constants the cells hold the known logarithms."""
    lower, upper = rows(widths, "0.1")[name].log
    assert abs(lower - Fraction(figure)) <= Fraction(1, 10 ** len(figure.partition(".")[2]))
    assert upper - lower < Fraction(1, 2**40)


def test_cells_enclose_the_counts():
    """The three counts of a tiny net are the logs of the exact integers."""
    found = rows((1, 2, 2, 1), "2")
    m = int(found["raw m^S"].remark.split()[2])
    expected = {"raw m^S": raw_count, "bias-ordered": bias_ordered_count, "orbits": orbit_count}
    for name, count in expected.items():
        lower, upper = log_enclosure(count((1, 2, 2, 1), m))
        assert found[name].log[0] <= upper and lower <= found[name].log[1]


def test_a_wide_deep_net_is_fast_and_says_what_it_counts():
    """Two radii of 784-300-100-10 take far less than ten seconds, and the orbit row names its stand-in."""
    started = time.perf_counter()
    table = bound_rows((784, 300, 100, 10), eps=["0.1", "0.01"])
    assert time.perf_counter() - started < 5
    assert any("too many cycle types" in row.remark for row in table.records)
    assert any("cycle types" in note for note in table.notes)


def test_upper_bounds_lie_above_the_floor():
    """Every row marked upper is at least every row marked lower at the same radius."""
    for eps in ("0.001", "0.1", "1", "10"):
        found = rows((2, 3, 1), eps, bound="0.5").values()
        floor = max(row.log[0] for row in found if row.side == "lower")
        assert all(row.log[1] >= floor for row in found if row.side == "upper")


def test_the_quoted_deep_form_is_upper_only_under_its_guards():
    """With all guards the deep form is an upper bound; each failing guard makes it an estimate and is named."""
    assert rows((2, 8, 1), "0.1")["quoted deep"].side == "upper"
    failing = {
        "eps <= eps_0": {"eps": "1000"},
        "B >= 1/8": {"eps": "0.001", "bound": "0.1", "lipschitz": 4},
        "B rho_l d_l >= 1 for all l": {"eps": "0.001", "bound": "0.125", "lipschitz": "0.5"},
        "sigma_l(0) = 0": {"eps": "0.1", "offsets": "0.5"},
    }
    for text, options in failing.items():
        row = rows((2, 8, 1), **options)["quoted deep"]
        assert row.side == "estimate" and text in row.remark
        assert [h.text for h in row.hypotheses if not h.met] == [text]


def test_a_false_quoted_value_is_called_out():
    """Where the quoted deep form falls below the constants' own covering number the row says so."""
    row = rows((2,) * 11 + (1,), "0.05", bound="0.1")["quoted deep"]
    assert row.side == "estimate" and "no upper bound" in row.remark and row.log[1] < -272


def test_the_shallow_form_is_for_shallow_nets():
    """For deep nets or several outputs the shallow row names the hypothesis that fails and has no value."""
    for widths, text in (((2, 8, 8, 1), "one hidden layer"), ((2, 8, 3), "one output")):
        row = rows(widths, "0.1")["quoted shallow"]
        assert row.log is None and row.side == "not applicable" and text in row.remark


def test_constant_activations_and_linear_maps():
    """With rho = 0, or without hidden layer, the quoted forms do not apply and the others do."""
    for widths, options in (((2, 3, 1), {"lipschitz": 0, "offsets": 1}), ((2, 1), {})):
        found = rows(widths, "0.1", **options)
        assert found["quoted deep"].log is None and found["unconditional"].log[0] > 0


def test_vacuous_cells_are_marked():
    """Beyond the largest output an upper bound above 0 is vacuous, and so is a floor of one ball."""
    found = rows((2, 8, 1), "100")
    assert found["quoted deep"].vacuous and found["universal floor"].vacuous
    assert not found["raw m^S"].vacuous and found["raw m^S"].log == (0, 0)
    assert not any(row.vacuous for row in rows((2, 8, 1), "0.1").values())


def test_the_unconditional_row_is_the_least_upper_bound():
    """Among the proved upper bounds the unconditional one is the smallest."""
    for widths in ((2, 8, 1), (10, 50, 50, 50, 1), (3, 4, 4, 2)):
        found = [row for row in rows(widths, "0.1").values() if row.side == "upper"]
        assert min(found, key=lambda row: row.log[1]).name == "unconditional"


def test_shown_numbers_enclose_the_exact_ones():
    """The texts of the column ln N, read back, enclose the records' enclosures."""
    table = bound_rows((2, 8, 1), eps=["0.1", "1/3"])
    for row, cells in zip(table.records, table.rows):
        if row.log is not None:
            ends = [Fraction(part) for part in cells[3].strip("[]").split(", ")]
            assert ends[0] <= row.log[0] and row.log[1] <= ends[-1]


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "latex", "html", "json"])
def test_every_format_writes_every_row(form):
    """All formats are non-empty and name every bound."""
    text = getattr(bound_table((2, 8, 1), "covering", eps="0.1"), f"to_{form}")()
    assert all(word in text for word in ("bias-ordered", "quoted deep", "unconditional", "universal floor"))


def test_json_records_are_exact():
    """The JSON form carries the enclosures as exact fractions."""
    data = json.loads(bound_rows((2, 8, 1), eps="0.1").to_json())
    record = next(r for r in data["records"] if r["name"] == "raw m^S")
    assert Fraction(record["log"][0]) < Fraction(record["log"][1]) and record["eps"] == "1/10"


def test_inputs_are_checked():
    """Floats, empty lists of radii and negative radii are refused."""
    with pytest.raises(ExactnessError):
        bound_rows((2, 8, 1), eps=[0.1])
    for eps in ([], ["-1"], ["0"], ["x"]):
        with pytest.raises(InputError):
            bound_rows((2, 8, 1), eps=eps)
