"""Points against mutants of `etr_training.gauge_obstruction`: networks with neurons of f and what g makes of them.

Where the claim says that weights exist, the mutants are made of the weights themselves: V = mu W rho and
c = mu (b + sum W tau) + nu fit with g what W and b fit with f.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from theory.etr_training.gauge_obstruction import ALL, FACTORS, HYPOTHESES, NEW_WEIGHTS, fit
from theory.language import Kill, Survivor, Witness, rational, statement
from theory.language.derivation import witness
from theory.language.printing import text

Number = int | Fraction
_INVERSE = (FACTORS.replace("rho(i) = al", "rho(i) = ra").replace("tau(i) = be", "tau(i) = -be*ra")
            .replace("mu(i) = ka", "mu(i) = rk").replace("nu(i) = bo", "nu(i) = -bo*rk"))
_STATES = ("(all i:int | 1 <= i, i <= N, t(i) = 1 => k(i) = al*h(i) + be),"
           " (all i:int | 1 <= i, i <= N, t(i) != 1 => k(i) = h(i))")


def _one_point(formulas: str) -> str:
    """The formulas for a single data point."""
    return formulas.replace("m i:int", "i:int").replace("1 <= m, m <= n, ", "").replace("(m,", "(")


_VARIABLES = ALL.replace("x y:(m:int,i:int)->real", "x y:int->real").replace("n S N", "S N")
_TABLES = "ra rk:real, rho tau mu nu:int->real, W V:(i:int,j:int)->real, b c h k:int->real"
ATTACKED = statement(f"{_VARIABLES}, {_TABLES} | {', '.join(HYPOTHESES)}, {_one_point(fit('f', 'W', 'b', 'h'))},"
                     f" ra = 1/al, rk = 1/ka, {_INVERSE}, {NEW_WEIGHTS}, {_STATES}"
                     f" => some | {_one_point(fit('g', 'V', 'c', 'k'))}")
"""H1 to H7 of the claim; what f fits at one data point, H8 to H12; the weights for g, H13 to H18; states, H19, H20."""


def _relu(u: Fraction) -> Fraction:
    return max(u, Fraction(0))


@dataclass
class Network:
    """Vertices 1..N with weights, biases, kinds and inputs; `given` replaces entries of the tables afterwards."""

    sources: int
    kinds: Sequence[int]
    weights: Mapping[tuple[int, int], Number]
    biases: Sequence[Number]
    inputs: Sequence[Number]
    outputs: Sequence[int]
    gauge: tuple[Number, Number, Number, Number] = (2, 3, 1, 5)
    values: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[tuple[str, int, int], Number] = field(default_factory=dict)
    f: Callable[[Fraction], Fraction] = _relu

    def tables(self) -> dict[str, dict[tuple[int, int], Number]]:
        """All tables by name and index, one-dimensional ones at (1, i)."""
        size, (al, ka, bo, be) = len(self.kinds), map(Fraction, self.gauge)
        out: dict[str, dict[tuple[int, int], Number]] = {name: {} for name in "t e o x y W b h V c k".split()}
        out |= {name: {} for name in ("rho", "tau", "mu", "nu")}
        ra, rk = (1 / al if al else al), (1 / ka if ka else ka)
        for i, kind in enumerate(self.kinds, 1):
            out["t"][1, i], out["o"][1, i], out["b"][1, i] = kind, int(i in self.outputs), self.biases[i - 1]
            for name, one, other in (("rho", ra, 1), ("tau", -be * ra, 0), ("mu", rk, 1), ("nu", -bo * rk, 0)):
                out[name][1, i] = self.given.get((name, 1, i), one if kind == 1 else other)
        for i in range(1, size + 1):
            for j in range(1, size + 1):
                W = out["W"][i, j] = self.weights.get((i, j), 0)
                out["e"][i, j] = int((i, j) in self.weights)
                out["V"][i, j] = self.given.get(("V", i, j), out["mu"][1, i] * W * out["rho"][1, j])
            carried = sum((out["W"][i, j] * out["tau"][1, j] for j in range(1, i)), Fraction(0))
            out["c"][1, i] = out["mu"][1, i] * (out["b"][1, i] + carried) + out["nu"][1, i]
        for i, kind in enumerate(self.kinds, 1):
            z = sum((out["W"][i, j] * out["h"][1, j] for j in range(1, i)), Fraction(out["b"][1, i]))
            value = self.inputs[i - 1] if i <= self.sources else self.f(z) if kind == 1 else z
            h = out["h"][1, i] = self.given.get(("h", 1, i), value)
            out["k"][1, i] = al * h + be if kind == 1 else h
            out["x"][1, i], out["y"][1, i] = (self.inputs[i - 1] if i <= self.sources else 0), h
        for (name, i, j), value in self.given.items():
            out[name][i, j] = value
        return out

    def witness(self) -> Witness:
        """The point, its tables one entry wider on each side, with values there that fit nothing."""
        size, tables = len(self.kinds), self.tables()
        sub = {"S": str(self.sources), "N": str(size), "f": "u -> max(u, 0)"}
        sub |= {name: _written(v) for name, v in zip(("al", "ka", "bo", "be"), self.gauge)}
        al, ka, bo, be = (f"({sub[name]})" for name in ("al", "ka", "bo", "be"))
        sub["g"] = f"u -> {al}*max({ka}*u + {bo}, 0) + {be}"
        sub["ra"], sub["rk"] = (_written(1 / Fraction(v) if v else 0) for v in self.gauge[:2])
        for name, table in tables.items():
            two = name in ("e", "W", "V")
            cells = [[_written(table.get((a, i), _padding(name, a, i))) for i in range(size + 2)]
                     for a in (range(size + 2) if two else (1,))]
            literal = "[" + ",".join(f"[{','.join(row)}]" for row in cells) + "]"
            sub[name] = f"i, j -> {literal}[i + 1,j + 1]" if two else f"i -> {literal}[1,i + 1]"
        return Witness((witness("end", **(sub | self.values)),))


def _written(value: Number) -> str:
    return text(rational(Fraction(value)))


def _padding(name: str, a: int, i: int) -> int:
    """An entry outside the tables."""
    return {"t": 0, "e": 0, "o": 0}.get(name, 11 + 7 * a + 3 * i + len(name))


_CHAIN: dict[str, Any] = {"sources": 1, "kinds": (0, 1, 0), "weights": {(2, 1): 1, (3, 2): 1}, "biases": (0, 0, 0),
                          "inputs": (1,), "outputs": (3,)}


def _chain(**changed: Any) -> Network:
    return Network(**(_CHAIN | changed))


_POINTS = (
    ("a neuron between a source and an output", _chain()),
    ("with biases", _chain(inputs=(2,), biases=(0, 1, 3))),
    ("a deeper network", Network(2, (0, 0, 1, 1, 0), {(3, 1): 1, (3, 2): 2, (4, 3): 1, (5, 3): -1, (5, 4): 2, (5, 2): 1},
                                 (0, 0, 1, 2, -1), (1, 2), (5,))),
    ("no sources, one below the first vertex", Network(-1, (0,), {}, (0,), (), (1,), given={("k", 1, 0): 5})),
    ("more sources than vertices", Network(2, (0,), {}, (0,), (1, 1), (1,), given={("h", 1, 2): 1, ("x", 1, 2): 1})),
    ("an output with the activation", Network(1, (0, 1), {(2, 1): 1}, (0, 0), (1,), (2,))),
    ("a source with the activation", Network(1, (1, 0), {(2, 1): 1}, (0, 0), (1,), (2,))),
    ("alpha = 0", _chain(gauge=(0, 3, 1, 5))), ("kappa = 0", _chain(gauge=(2, 0, 1, 5))),
    ("another activation", _chain(values={"g": "u -> u"})),
)

KILLS = tuple(Kill(name, network.witness()) for name, network in _POINTS)

SURVIVORS: tuple[Survivor, ...] = ()
