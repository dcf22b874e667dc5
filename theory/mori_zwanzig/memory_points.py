"""The extremal chain of the memory bound: two layers, one mode that is unresolved at level 1 and resolved at level 2.

P(1) = 0 and P(2) = 1, M = 1 and u = 1. The propagator is 1, 1, 0, 0, ... and the memory sum 0, 1, 1, ..., tables whose
recursions hold at every level; the rate is 0, and the bound a c w / (1 - 0) = 1 is attained.
"""

from __future__ import annotations

from theory.language.derivation import Step, apply, cases, combine, intro

PROPAGATOR_TABLE = "ite({}, 2, 1, 0)"
MEMORY_TABLE = "ite({}, 1, 0, 1)"


def _piece(id_: str, condition: str, value: int, branch: str, arguments: tuple[int, int, int]) -> Step:
    bound, first, second = arguments
    return intro(id_, f"all m:int | {condition} => ite(m, {bound}, {first}, {second}) = {value}", "b",
                 apply("z", f"ax.ite_{branch}", a="m", b=str(bound), x=str(first), y=str(second)))


def _split(first: tuple[Step, ...], second: tuple[Step, ...], third: tuple[Step, ...]) -> tuple[Step, ...]:
    """Levels 1, 2 and 3, 4, ...; the facts c, f, f say which."""
    return (apply("o", "ax.int_split", m="1", n="m"),
            cases("z", "o", "c", [*first],
                  [apply("o2", "ax.int_split", m="2", n="m"), cases("y", "o2", "f", [*second], [*third])]))


TABLES: tuple[Step, ...] = (
    _piece("lo", "m <= 2", 1, "then", (2, 1, 0)), _piece("hi", "3 <= m", 0, "else", (2, 1, 0)),
    _piece("one", "m <= 1", 0, "then", (1, 0, 1)), _piece("two", "2 <= m", 1, "else", (1, 0, 1)),
    intro("tg", "all m:int | 1 <= m => ite(m + 1, 2, 1, 0) = ite(m, 2, 1, 0)*(2 - m)", "m1", *_split(
        (apply("x1", "lo", m="m"), apply("x2", "lo", m="m + 1"), combine("y", facts="x1 x2 c")),
        (apply("x1", "hi", m="m + 1"), combine("w", facts="x1 f")),
        (apply("x1", "hi", m="m + 1"), apply("x2", "hi", m="m"), combine("w", facts="x1 x2")))),
    intro("ts", "all m:int | 1 <= m => ite(m + 1, 1, 0, 1) = ite(m, 1, 0, 1) + ite(m, 2, 1, 0)*(2 - m)*m", "m1",
          apply("t", "two", m="m + 1"), *_split(
              (apply("x1", "lo", m="m"), apply("x2", "one", m="m"), combine("y", facts="x1 x2 c t")),
              (apply("x1", "two", m="m"), combine("w", facts="x1 t f")),
              (apply("x1", "two", m="m"), apply("x2", "hi", m="m"), combine("w", facts="x1 x2 t")))),
)
"""The two recursions of the tables."""

EXTREMAL = {"n": "0", "h": "0", "L": "2", "u": "l -> 1", "M": "l -> 1", "P": "l -> l - 1", "Q": "l -> 2 - l",
            "G": "l -> ite(l, 2, 1, 0)", "S": "l -> ite(l, 1, 0, 1)", "C": "l -> 1", "kappa": "l -> 0", "a": "1",
            "c": "1", "k": "0", "v": "0", "w": "1"}
"""The chain of width one that attains the bound."""
