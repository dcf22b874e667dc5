"""Deciding the training problem exactly: instances, compilers to and from the reals, exact formulas, claims.

Names are imported when they are first asked for: who only decides an instance does not parse the proofs.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "contents": ("CITED", "CLAIMS", "LEMMAS"),
    "instance": ("TrainingInstance",),
    "zoo": ("ZOO",),
    "encodings": ("ENCODINGS", "read_model", "to_smt2"),
    "encoding_sizes": ("encoding_size",),
    "piercing": ("interpolant", "piercing_numbers"),
    "compilation": ("Compiled", "Sizes", "algebraic_witness", "compile_formula", "predicted_sizes"),
    "compile_functions": ("CompiledFunctions", "compile_with_functions"),
    "diophantine": ("compile_diophantine",),
    "flattening": ("GadgetSystem", "flatten"),
    "formula_parsing": ("parse",),
    "formula_printing": ("to_text",),
    "formulas": ("holds",),
    "sigmoid_exp_translation": ("exp_to_sigmoid", "sigmoid_to_exp", "training_to_exp"),
    "slack_sources": ("with_slack_sources",),
    "cells": ("cell_bound", "line_patterns", "neuron_patterns", "signed_cell_bound"),
    "sign_normal_form": ("sign_choices",),
    "attainment": ("reaching_weights", "squared_loss"),
    "hierarchy": ("grid_denominator", "grid_point"),
    "sigmoid_calibration": ("calibrated_value", "neuron_value"),
    "sigmoid_exp": ("odds_product",),
    "gauge_obstruction": ("absorbed",),
    "universal_hardness": ("aimed_value", "output_weight"),
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> Any:
    """Return one of the names of the package."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
