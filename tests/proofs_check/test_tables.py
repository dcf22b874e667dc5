"""Tables write themselves faithfully in every format, and numbers are rounded outwards."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from proofs_check.tables import Table, bound_table, decimal_above, decimal_below, show_enclosure
from theory.language.errors import InputError, UnknownNameError


@dataclass(frozen=True)
class Record:
    """A record with an exact number."""

    value: Fraction


AWKWARD = 'a|b <c> & "d", 50% $x_1^2$ <= {~\\}'
TABLE = Table("A title", ("one", "two"), (("1", AWKWARD), ("2", "")), ("a note",), (Record(Fraction(1, 3)), None))


@pytest.mark.parametrize("value", [Fraction(n, d) for n in (-7, -1, 0, 1, 5, 700) for d in (1, 3, 7, 100, 1000)])
@pytest.mark.parametrize("digits", [0, 2, 5])
def test_decimals_round_outwards(value, digits):
    """The decimal below is at most the value and the one above at least, both within one unit of the last place."""
    below, above = Fraction(decimal_below(value, digits)), Fraction(decimal_above(value, digits))
    assert below <= value <= above and above - below <= Fraction(1, 10**digits)
    assert (below == above) == (value == below)


def test_an_enclosure_is_shown_outwards():
    """Both ends are rounded away from each other; equal decimals are shown once; no minus sign before zero."""
    assert show_enclosure((Fraction("1.111"), Fraction("1.112"))) == "[1.11, 1.12]"
    assert show_enclosure((Fraction(-1, 1000), Fraction(0))) == "[-0.01, 0.00]"
    assert show_enclosure((Fraction(-1, 1000), Fraction(-1, 1000))) == "[-0.01, 0.00]"
    assert show_enclosure((Fraction(2), Fraction(2))) == "2.00"


def test_csv_reads_back():
    """A CSV reader gets the same texts."""
    assert list(csv.reader(io.StringIO(TABLE.to_csv()))) == [["one", "two"], ["1", AWKWARD], ["2", ""]]


def test_json_reads_back():
    """JSON holds the texts, the notes and the records with exact numbers as texts."""
    data = json.loads(TABLE.to_json())
    assert data["rows"][0] == ["1", AWKWARD] and data["notes"] == ["a note"]
    assert data["records"][0] == {"value": "1/3"}


def test_html_is_well_formed():
    """The HTML parses as XML, and the awkward text comes back unchanged."""
    root = ElementTree.fromstring(f"<div>{TABLE.to_html()}</div>")
    assert [cell.text for cell in root.iter("td")][1] == AWKWARD
    assert TABLE._repr_html_() == TABLE.to_html()


def test_markdown_keeps_its_columns():
    """Bars inside cells are escaped: every line of the table has the same number of free bars."""
    lines = [line for line in TABLE.to_markdown().splitlines() if line.startswith("|")]
    assert len(lines) == 4
    assert {line.replace("\\|", "").count("|") for line in lines} == {3}


def test_latex_escapes_what_latex_reads():
    """Special characters are escaped and relations set in mathematics."""
    line = next(line for line in TABLE.to_latex().splitlines() if line.startswith("1 &"))
    assert r"$|$b $<$c$>$ \& " in line and r"50\% \$x\_1\textasciicircum{}2\$ $\le$ \{" in line
    assert line.endswith(r"\textasciitilde{}\textbackslash{}\} \\")


def test_text_folds_long_cells():
    """The text form wraps long cells and loses no word."""
    table = Table("T", ("a", "b"), (("x", "word " * 20),))
    text = table.to_text()
    assert text.count("word") == 20 and max(map(len, text.splitlines())) < 60


def test_rows_must_fit_the_columns():
    """A row with too few texts is refused."""
    with pytest.raises(InputError, match="2 texts"):
        Table("T", ("a", "b"), (("x",),))


def test_unknown_families_are_refused():
    """Asking for the table of a family without one names those that have one."""
    with pytest.raises(UnknownNameError, match="covering"):
        bound_table((2, 8, 1), "nothing", eps="0.1")
