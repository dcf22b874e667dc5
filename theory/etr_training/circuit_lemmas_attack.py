"""Points against mutants of `etr_training.circuit_lemmas`: |x| at three points, and lists that are no circuit."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness

_THREE = {"n": "3", "d": "2", "w": "2", "X": "i, r -> ite(i, 0, 7, ite(4, i, 9, r*(i - 2) + r))",
          "c": "i -> ite(i, 0, 3, ite(4, i, 5, [[1],[-2],[1]][i,1]))", "v": "j -> ite(j, 0, 7, 3 - j)",
          "a": "j, r -> (5 - 3*j)*(r - 3)", "b": "j -> ite(j, 0, 2, ite(3, j, 4, 3 - 2*j))", "e": "4"}
"""Circuit 1, -2, 1 of three points on a line of the plane, two neurons that bend; filled in beyond the ranges."""

_Z = "sum(r=1..2: (5 - 3*j)*(r - 3)*(r*(i - 2) + r)) + (3 - 2*j)"
_Y = "sum(j=1..2: (3 - j)*max({}, 0)) + 4"


def _three(name: str, z: str = _Z, y: str = "", **values: str) -> Kill:
    y = y or _Y.format(z)
    return Kill(name, Witness((witness("end", **{**_THREE, "z": f"j, i -> {z}", "y": f"i -> {y}", **values}),)))


def _side(name: str, c: str, z: str, x: str = "0", n: str = "1", *, back: bool = False, i: str = "1",
          **values: str) -> Kill:
    """A neuron with values z on both sides of c, and a place i where c is not 0; `back` exchanges the sides."""
    point = {"n": n, "d": "1", "w": "1", "X": f"i, r -> {x}", "c": f"i -> {'-1*' * back}({c})", "v": "j -> 0",
             "a": "j, r -> 0", "b": "j -> 1", "z": f"j, i -> {z}", "y": "i -> 0", "e": "0", "j": "1", "i'": i, "i": i,
             **values}
    return Kill(name, Witness((witness("end", **point),)))


KILLS = (
    _three("three points"),
    *(_three(f"y at {i}", y=f"ite(i, {i} - 1, {_Y.format(_Z)}, ite({i} + 1, i, {_Y.format(_Z)}, 90))")
      for i in (1, 3)),
    *(_side(f"not affine, {word}", "1", "1", back=back) for word, back in (("sep", False), ("reverse", True))),
    *(_side(f"not flat, {word}", "2*i - 3", "2*i - 3", "i", "2", back=back, a="j, r -> 2", b="j -> -3", i=i)
      for word, back in (("sep", False), ("reverse", True)) for i in ("1", "2")),
    *(_side(f"z not affine at {at}, {word}", "[[1],[-2],[1]][i,1]", z, "i", "3", back=back, a="j, r -> 0", b="j -> -1",
            i=i) for word, back in (("sep", False), ("reverse", True))
      for at, z in (("all", "ite(i, 1, 1, ite(3, i, 1, -1))"),) for i in ("1", "2", "3")),
    *(_side(f"a neuron that vanishes, {word}", "[[1],[-2],[1]][i,1]", "0", "i", "3", back=back, b="j -> 0", i=i)
      for word, back in (("sep", False), ("reverse", True)) for i in ("1", "2", "3")),
    *(_side(f"constant {z}, {word}", "[[1],[-2],[1]][i,1]", z, "i", "3", back=back, b=f"j -> {z}", i=i)
      for word, back in (("sep", False), ("reverse", True)) for z in ("1", "-1") for i in ("1", "2")),
    *(_side(f"places beyond, {i}, {word}", "ite(i, 0, 1, ite(4, i, 1, [[1],[-2],[1]][i,1]*0))", "1", "i", "3",
            back=back,
            i=i) for word, back in (("sep", False), ("reverse", True)) for i in ("0", "4")),
)

SURVIVORS = (
    Survivor(("drop H1", "drop H2", "drop H3"), "true: sums over a negative range are empty"),
    Survivor((
        "constant conclusion 2, the bound by 1/100", "constant conclusion 2, the bound by 1/2",
        "constant conclusion 3, the bound by 1/100", "constant conclusion 3, the bound by 1/2",
    ), "true: the same inequality, multiplied by a positive number"),
    Survivor((
        "shift H4, end 1 of the sum", "shift H4, end n of the sum", "shift H4, index i of c",
        "shift H4, index i of X", "shift H4, index r of X", "shift H5, index i of c",
        "shift H6, end 1 of the range of i", "shift H6, end n of the range of i", "shift H6, index j of z",
        "shift H6, index i of z", "shift H6, end 1 of the sum", "shift H6, end d of the sum",
        "shift H6, index j of a", "shift H6, index r of a", "shift H6, index i of X",
        "shift H6, index r of X", "shift H6, index j of b", "shift H7, index i of y",
        "shift H7, end 1 of the sum", "shift H7, index j of z", "shift H7, index i of z",
        "shift conclusion 2, end 1 of the range of j", "shift conclusion 2, end w of the range of j",
        "shift conclusion 2, index i of c", "shift conclusion 2, index j of z",
        "shift conclusion 2, index i of z", "shift conclusion 2, end 1 of the range of i (2)",
        "shift conclusion 2, end n of the range of i (2)", "shift conclusion 2, index i of c (2)",
        "shift conclusion 2, index j of z (2)", "shift conclusion 2, index i of z (2)",
        "shift conclusion 2, index i of c (3)", "shift conclusion 3, end 1 of the range of j",
        "shift conclusion 3, end w of the range of j", "shift conclusion 3, end 1 of the range of i",
        "shift conclusion 3, end n of the range of i", "shift conclusion 3, index i of c",
        "shift conclusion 3, index j of z", "shift conclusion 3, index i of z",
        "shift conclusion 3, end 1 of the range of i (2)", "shift conclusion 3, end n of the range of i (2)",
        "shift conclusion 3, index i of c (2)", "shift conclusion 3, index j of z (2)",
        "shift conclusion 3, index i of z (2)", "shift conclusion 3, index i of c (3)",
    ), "not killed: no point was built whose tables obey the shifted rule and break the conclusion"),
)
