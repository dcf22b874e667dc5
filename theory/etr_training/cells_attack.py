"""Points against mutants of `etr_training.cells`: lists out of order, and codes that are the same pattern."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness


def _line(name: str, n: str, x: str, a: str, b: str, i: str = "1", l: str = "2", m: str = "3") -> Kill:  # noqa: E741
    return Kill(name, Witness((witness("end", n=n, x=f"i -> {x}", a=a, b=b, i=i, l=l, m=m),)))


def _codes(name: str, n: str, s: str, k: str, t: str, m: str) -> Kill:
    return Kill(name, Witness((witness("end", n=n, x="i -> i", s=s, k=k, t=t, m=m),)))


KILLS = (
    _line("first point late", "3", "[[2],[0],[1]][i,1]", "1", "-1/2"),
    _line("last point early", "3", "[[1],[2],[0]][i,1]", "-1", "3/2"),
    _line("middle point late", "3", "ite(i, 0, -1, ite(i, 1, 0, ite(i, 2, 5, ite(i, 3, 1, 9))))", "-1", "2"),
    _line("sorted, rising", "3", "i", "1", "0"), _line("sorted, falling", "3", "i", "-1", "4"),
    _line("sorted, touching", "3", "i", "1", "-1"), _line("sorted, touching from the other side", "3", "i", "-1", "3"),
    _line("point 0", "3", "ite(i, 0, 10, i)", "1", "0", "0", "1", "2"),
    _line("a point beyond", "3", "ite(4, i, 0, i)", "1", "0", "2", "3", "4"),
    _line("one point twice", "3", "i", "1", "-1", "1", "1", "3"),
    *(_codes(f"{name}, n = {n}", n, *values) for n in ("1", "2", "3") for name, values in (
        ("all, written twice", ("0", "0", "1", n)), ("none, written twice", ("0", n, "1", "0")),
        ("side 2", ("1", "0", "2", "0")), ("side -1", ("0", "0", "-1", "0")), ("k = -1", ("0", "0", "0", "-1")),
        ("m = -1", ("1", "-1", "1", "0")), ("k = n + 1", ("0", n, "0", f"{n} + 1")))),
    _codes("different codes", "3", "0", "1", "0", "2"), _codes("different sides", "3", "0", "1", "1", "1"),
    _codes("equal codes", "3", "0", "1", "0", "1"), _codes("equal codes, side 1", "3", "1", "1", "1", "1"),
)

SURVIVORS = (
    Survivor(("drop H1",), "true: without points there is no code and nothing between"),
    Survivor((
        "constant conclusion 1, the bound by 1/100", "constant conclusion 1, the bound by 1/2",
    ), "true: the same inequality, multiplied by a positive number"),
    Survivor((
        "strictness H2", "shift conclusion 1, end 1 of the range of i",
        "shift conclusion 1, end i + 1 of the range of l", "shift conclusion 1, end l + 1 of the range of m",
        "shift conclusion 1, end n of the range of m", "drop conclusion 1, 0 < a*x(i) + b",
        "strictness conclusion 1", "shift conclusion 1, index i of x", "strictness conclusion 1 (2)",
        "shift conclusion 1, index m of x", "shift conclusion 1, index l of x",
        "shift conclusion 2, end 0 of the range of s", "shift conclusion 2, end 1 of the range of s",
        "constant conclusion 2, 1 by 1/100", "constant conclusion 2, 1 by 1/2",
        "constant conclusion 2, 1 by 1/100 (2)", "constant conclusion 2, 1 by 1/2 (2)",
        "constant conclusion 2, 1 by 1/100 (3)", "constant conclusion 2, 1 by 1/2 (3)",
        "constant conclusion 2, 1 by 1/100 (4)", "constant conclusion 2, 1 by 1/2 (4)",
    ), "not killed: the points tried are few; what is left concerns the ends of ranges and constants inside codes"),
)
