"""Points against mutants of `etr_training.sign_normal_form`: two neurons, two inputs, one entry changed."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness

_V = "(5 - 3*j)"
_A = "(2 + j + r)"
_B = "(7 - j)"
_BASE = {"w": "2", "d": "2", "v": f"j -> {_V}", "s": f"j -> ite(0, {_V}, 1, -1)", "a": f"j, r -> {_A}",
         "b": f"j -> {_B}", "A": f"j, r -> abs({_V})*{_A}", "B": f"j -> abs({_V})*{_B}", "x": "r -> r"}
"""v = (2, -1), active neurons at x = (1, 2); formulas in j and r, so that no index is out of reach."""


def _point(name: str, **changed: str) -> Kill:
    return Kill(name, Witness((witness("end", **{**_BASE, **changed}),)))


def _only(j: int, body: str, value: str) -> str:
    """The body except at one neuron."""
    return f"ite(j, {j - 1}, {body}, ite({j + 1}, j, {body}, {value}))"


_SCALED, _BIAS = f"abs({_V})*{_A}", f"abs({_V})*{_B}"

KILLS = (
    _point("two neurons"),
    *(_point(f"A of neuron {j}", A="j, r -> " + _only(j, _SCALED, "100")) for j in (1, 2)),
    *(_point(f"B of neuron {j}", B="j -> " + _only(j, _BIAS, "100")) for j in (1, 2)),
    *(_point(f"s of neuron {j}", s="j -> " + _only(j, f"ite(0, {_V}, 1, -1)", "3")) for j in (1, 2)),
    *(_point(f"A of input {r}", A=f"j, r -> ite(r, {r - 1}, {_SCALED}, ite({r + 1}, r, {_SCALED}, 100))")
      for r in (1, 2)),
    _point("A of the neuron before", A="j, r -> abs(5 - 3*(j - 1))*(1 + j + r)"),
    _point("A of the input before", A=f"j, r -> abs({_V})*(1 + j + r)"),
    _point("A with the next v", A=f"j, r -> abs(2 - 3*j)*{_A}"),
    _point("A with the next a", A=f"j, r -> abs({_V})*(3 + j + r)"),
    _point("B of the neuron before", B="j -> abs(5 - 3*(j - 1))*(8 - j)"),
    _point("B with the next v", B=f"j -> abs(2 - 3*j)*{_B}"),
    _point("B with the next b", B=f"j -> abs({_V})*(6 - j)"),
    _point("signs of the next v", v="j -> ite(j, 1, 1, -1)", s="j -> ite(j, 0, 1, -1)", A=f"j, r -> {_A}",
           B=f"j -> {_B}"),
    _point("signs of the v before", v="j -> ite(j, 1, 1, -1)", s="j -> ite(j, 2, 1, -1)", A=f"j, r -> {_A}",
           B=f"j -> {_B}"),
    _point("v over the size of the next", v="j -> ite(j, 1, 2, 1)", s="j -> ite(j, 1, 2, 1)",
           A=f"j, r -> ite(j, 1, 2, 1)*{_A}", B=f"j -> ite(j, 1, 2, 1)*{_B}"),
)

SURVIVORS = (
    Survivor(("drop H1",), "true: without neurons both sums are empty"),
    Survivor(("drop H2",), "true: without inputs the inner sums are empty"),
)
