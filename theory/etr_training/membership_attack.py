"""Points against mutants of `etr_training.membership`: networks whose values obey all rules but one, at one place.

Two points, one source, then a ReLU, a square and an identity, one after the other and with edges across. The values g
of the network and the variables x, z of the sentence are computed vertex by vertex; `broken` replaces one of them, and
what comes after follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from theory.etr_training.membership import ACTIVATION, ACTIVATION_STEPS
from theory.language import Kill, Survivor, Witness
from theory.language.derivation import apply, combine, compute, intro, witness

_POINTS, _SOURCES, _VERTICES = 2, 1, 4
_KINDS = {2: 1, 3: 2, 4: 0}
_Place = tuple[str, int, int]


def _data(i: int, v: int) -> int:
    return 2 * i + 4 * v - 7


def _weight(u: int, v: int) -> int:
    return u + v


def _bias(v: int) -> int:
    return v - 3


def _edge(u: int, v: int) -> int:
    return 1 if (u + v) % 4 else 2


def _activate(kind: int, z: int) -> int:
    return z if kind == 0 else max(z, 0) if kind == 1 else z * z


def _table(values: Mapping[tuple[int, int], int], rows: int, columns: int) -> str:
    """A matrix of the values at indices from 0 on, as text; other entries are 0."""
    lines = (",".join(str(values.get((i, v), 0)) for v in range(columns)) for i in range(rows))
    return f"[{','.join(f'[{line}]' for line in lines)}]"


def _grid(f: Callable[[int, int], int], rows: int, columns: int) -> str:
    return _table({(i, v): f(i, v) for i in range(rows) for v in range(columns)}, rows, columns)


def _values(broken: Mapping[_Place, int]) -> dict[str, dict[tuple[int, int], int]]:
    """The values g, x, z; where `broken` names one, it has the value given there."""
    found: dict[str, dict[tuple[int, int], int]] = {"g": {}, "x": {}, "z": {}}
    for i in range(1, _POINTS + 1):
        for v in range(1, _VERTICES + 1):
            for name in "gx":
                if v <= _SOURCES:
                    found[name][i, v] = broken.get((name, i, v), _data(i, v))
                    continue
                received = sum(_edge(u, v) * _weight(u, v) * found[name][i, u] for u in range(1, v)) + _bias(v)
                if name == "x":
                    received = found["z"][i, v] = broken.get(("z", i, v), received)
                found[name][i, v] = broken.get((name, i, v), _activate(_KINDS[v], received))
    return found


def _point(name: str, broken: Mapping[_Place, int] | None = None, at: tuple[int, int] | None = None) -> Kill:
    """A point; the conclusion is read at the place `at`, the last vertex if not given."""
    broken = broken or {}
    values = _values(broken)
    rows, columns = _POINTS + 2, _VERTICES + 2
    place = at or (next(iter(broken))[1], _VERTICES)
    tables = {n: f"i, v -> {_table(values[n], rows, columns)}[i + 1, v + 1]" for n in "gxz"}
    return Kill(name, Witness((*ACTIVATION_STEPS, witness(
        "end", n=str(_POINTS), S=str(_SOURCES), N=str(_VERTICES), s=ACTIVATION,
        k="v -> iite(v, 2, 1, iite(v, 3, 2, 0))",
        E=f"u, v -> {_grid(_edge, columns, columns)}[u + 1, v + 1]", D="i, v -> 2*i + 4*v - 7",
        W="u, v -> u + v", b="v -> v - 3", M="i, v -> 1", y="i, v -> 0", **tables,
        **{"i": str(place[0]), "v": str(place[1]), "i'": str(place[0]), "v'": str(place[1])}))))


def _breaks() -> tuple[Kill, ...]:
    """One value changed at a time: x and z of each vertex at each point, and g."""
    found = []
    honest = _values({})
    for i in range(1, _POINTS + 1):
        for v in range(1, _VERTICES + 1):
            for name in "gxz" if v > _SOURCES else "gx":
                for change in (1, -1) if (name, v) == ("x", 2) else (1,):
                    found.append(_point(f"{name} at ({i}, {v}) changed by {change}",
                                        {(name, i, v): int(Fraction(honest[name][i, v] + change))}, (i, v)))
    return tuple(found)


_OTHER = (
    ("identity shifted", "t, z -> ite(t, 0, z + 1, ite(t, 1, max(z, 0), z*z))", intro(
        "relu", "all u:real => ite(1, 0, u + 1, ite(1, 1, max(u, 0), u*u)) = max(u, 0)", "", compute("c", "0 < 1"),
        apply("e", "ax.ite_else", a="1", b="0", x="u + 1", y="ite(1, 1, max(u, 0), u*u)"),
        apply("f", "ax.ite_then", a="1", b="1", x="max(u, 0)", y="u*u"), combine("z1", facts="e f")),
     {"k": "v -> 0", "g": "i, v -> 1"}),
    ("ReLU replaced", "t, z -> ite(t, 0, z, ite(t, 1, z + 1, z*z))", intro(
        "identity", "all u:real => ite(0, 0, u, ite(0, 1, u + 1, u*u)) = u", "",
        apply("z1", "ax.ite_then", a="0", b="0", x="u", y="ite(0, 1, u + 1, u*u)")),
     {"k": "v -> 1", "g": "i, v -> 1"}),
)
"""Activations 0 and 1 that are not the identity and ReLU: one vertex that receives 0."""

KILLS = (
    _point("all rules hold", None, (1, 4)), _point("all rules hold, second point", None, (2, 2)), *_breaks(),
    *(Kill(name, Witness((step, witness(
        "end", n="1", S="0", N="1", s=s, E="u, v -> 0", D="i, v -> 0", W="u, v -> 0", b="v -> 0", M="i, v -> 1",
        y="i, v -> 0", x="i, v -> 0", z="i, v -> 0", **values, **{"i": "1", "v": "1", "i'": "1", "v'": "1"}))))
      for name, s, step, values in _OTHER),
)

SURVIVORS = (
    Survivor(("drop H1", "drop H2", "drop H3"), "true: a negative count of points, sources or vertices is as good as"
             " none"),
    Survivor((
        "constant conclusion, the bound by 1/100", "constant conclusion, the bound by 1/2",
    ), "true: the same inequality, multiplied by a positive number"),
    Survivor((
        "shift H4, index 0 of s", "shift H5, index 1 of s", "shift conclusion, end N of the range of v",
        "shift conclusion, index i of g", "shift conclusion, index v of g", "shift conclusion, index i of D",
        "shift conclusion, index v of D", "shift conclusion, index i of g (2)",
        "shift conclusion, index v of g (2)", "shift conclusion, index k(v) of s",
        "shift conclusion, end 1 of the sum", "shift conclusion, end v - 1 of the sum",
        "shift conclusion, index u of E", "shift conclusion, index v of E", "shift conclusion, index u of W",
        "shift conclusion, index v of W", "shift conclusion, index i of g (3)",
        "shift conclusion, index u of g", "shift conclusion, index v of b", "shift conclusion, index i of x",
        "shift conclusion, index v of x", "shift conclusion, index i of D (2)",
        "shift conclusion, index v of D (2)", "shift conclusion, index i of z",
        "shift conclusion, index v of z", "shift conclusion, index u of E (2)",
        "shift conclusion, index v of E (2)", "shift conclusion, index u of W (2)",
        "shift conclusion, index v of W (2)", "shift conclusion, index i of x (2)",
        "shift conclusion, index u of x", "shift conclusion, index v of b (2)",
        "shift conclusion, end S + 1 of the range of v (3)", "shift conclusion, index i of x (3)",
        "shift conclusion, index v of x (2)", "shift conclusion, index i of z (2)",
        "shift conclusion, index v of z (2)", "shift conclusion, end n of the range of i (6)",
        "shift conclusion, end N of the range of v (6)", "shift conclusion, end 1 of the range of i (7)",
        "shift conclusion, end N of the range of v (7)", "shift conclusion, index i of x (5)",
        "shift conclusion, end N of the range of v (8)", "shift conclusion, index i of z (4)",
        "shift conclusion, end S + 1 of the range of v (7)", "shift conclusion, end N of the range of v (9)",
        "constant conclusion, 1 by 1/100 (4)", "constant conclusion, 1 by 1/2 (4)",
        "shift conclusion, index i of x (8)", "shift conclusion, index v of x (7)",
        "shift conclusion, index k(v) of s (2)", "shift conclusion, index i of z (5)",
        "shift conclusion, index v of z (5)", "shift conclusion, end 1 of the range of i (10)",
        "shift conclusion, end n of the range of i (10)", "shift conclusion, end 1 of the range of v (3)",
        "shift conclusion, end N of the range of v (10)",
    ), "not killed: the shifted rule needs a network of its own whose values obey it, and none was built"),
)
