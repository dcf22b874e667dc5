"""How densities show themselves: one line, a small table, no arrays."""

from __future__ import annotations

from noisy_chains import line, square


def test_a_density_shows_box_points_and_mean_in_one_line():
    """Width 1 on panels and width 2 by Legendre polynomials; arrays are not printed."""
    for chain, form in ((line(1, "uniform:0.5"), "panels"), (square(1, "uniform:0.5"), "Legendre of degree")):
        density = chain.density(1)
        text = repr(density)
        assert text.startswith("Density(box: [") and form in text and "array" not in text
        assert "\n" not in text and len(text) < 160
        assert f"points: {len(density.points)}" in text


def test_a_density_is_a_small_table_in_notebooks():
    """The HTML has one row for each fact, and the mean of the symmetric input is 0."""
    page = line(1, "uniform:0.5").density(0)._repr_html_()
    assert page.count("<tr>") == 4 and page.startswith("<table>") and "<th>mean</th>" in page and len(page) < 500
