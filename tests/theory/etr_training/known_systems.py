"""Systems of equations with their sizes and solutions, which the compilers of networks are tested on."""

from __future__ import annotations

import sympy

ROOT5 = sympy.sqrt(5)

SIZES = {
    "x*x = 2": (2, 0, 1, 1),
    "x*x = -1": (2, 0, 1, 1),
    "x^3 = 2": (3, 0, 1, 2),
    "x + y = 1 & x*y = 1": (3, 1, 1, 1),
    "x + y = 3 & x*y = 1": (3, 1, 1, 1),
    "x^2 + y^2 = 3 & x + y = 1": (6, 2, 2, 2),
    "x^2 + y^2 = 0.49 & x + y = 1": (6, 2, 2, 2),
    "x*x = x + 1": (3, 1, 1, 1),
    "x*x = 2 & y*y = x": (3, 0, 1, 2),
    "x*y = 1 & x = 3": (2, 0, 1, 1),
}
"""Variables, sums, constants and products (N, p, r, m) of the flattened formula, counted by hand."""

ROOTS = [
    ("x*x = 2", {"x": sympy.sqrt(2)}),
    ("x*x = 2", {"x": -sympy.sqrt(2)}),
    ("x^3 = 2", {"x": sympy.root(2, 3)}),
    ("x*x = x + 1", {"x": (1 + ROOT5) / 2}),
    ("x + y = 3 & x*y = 1", {"x": (3 - ROOT5) / 2, "y": (3 + ROOT5) / 2}),
]
"""Formulas with an irrational solution each, on paper."""
