"""Points for statements about chains of width one: values at finitely many levels, with the proofs that they need.

Layers, projections and states are the polynomials through their values at the levels 0, 1, 2, ...; the propagator and
the memory sum, whose recursions have no end, are tables that keep their last value. A quantified hypothesis at such a
point is proved level by level: below the end of the tables by evaluation, above it because both sides are constant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Kill, Statement, Step, Witness
from theory.language.derivation import apply, cases, combine, compute, induct, intro, witness
from theory.language.notation import formula as parsed
from theory.language.notation import substitution
from theory.language.substitution import substitute
from theory.language.terms import Formula, Term, flatten

Values = Sequence[int | str]


def through(values: Values) -> str:
    """Return the polynomial in l with the given values at l = 0, 1, 2, ... (Newton's forward differences).

    >>> through((1, 1, 1)), through((0, 1, 4))
    ('1', '(1*l + 1*l*(l - 1))')
    """
    row = [exact(value, "values at the levels") for value in values]
    factor, parts, scale = "", [], Fraction(1)
    for order in range(len(values)):
        if row[0]:
            parts.append(f"{row[0] / scale}{factor}")
        row = [b - a for a, b in zip(row, row[1:])]
        factor += "*l" if order == 0 else f"*(l - {order})"
        scale *= order + 1
    return "0" if not parts else parts[0] if parts[0].lstrip("-").isdigit() and len(parts) == 1 else \
        f"({' + '.join(parts)})"


def _runs(values: Values, first: int) -> list[tuple[int, str]]:
    """The last level of each run of equal values, and the value."""
    texts = [str(exact(value, "values at the levels")) for value in values]
    return [(first + k, text) for k, text in enumerate(texts) if texts[k + 1:k + 2] != [text]]


def _nested(runs: Sequence[tuple[int, str]], level: str) -> str:
    text = runs[-1][1]
    for last, value in reversed(runs[:-1]):
        text = f"ite({level}, {last}, {value}, {text})"
    return text


def table(values: Values, first: int, level: str = "l") -> str:
    """Return the function that is values[k] at level first + k, its first value before and its last value after.

    >>> table((1, 1, 0), 1)
    'ite(l, 2, 1, 0)'
    """
    return _nested(_runs(values, first), level)


def _constant_after(name: str, values: Values, first: int) -> Step:
    """The table has its last value from level first + len(values) - 1 on."""
    runs = _runs(values, first)
    steps = [apply(f"e{k}", "ax.ite_else", a="m", b=str(runs[k][0]), x=runs[k][1], y=_nested(runs[k + 1:], "m"))
             for k in range(len(runs) - 1)]
    goal = f"all m:int | {first + len(values) - 1} <= m => {_nested(runs, 'm')} = {runs[-1][1]}"
    return intro(name, goal, "m1", *steps,
                 combine("z", facts=" ".join(step.id for step in steps), degree=1, rounds=len(runs) + 1))


def _proved_from(name: str, equation: Formula, start: int, end: int, ends: Sequence[str]) -> tuple[Step, ...]:
    """`equation` in m for all m >= start: above `end` both sides are constant, below they are computed."""
    def goal(level: int) -> Formula:
        return ("all", (("m", "int"),), (("<=", level, "m"),), equation)

    tail = [apply(f"{which}{shift + 1}", which, m=f"m + {shift}") for which in ends for shift in (-1, 0, 1, 2)]
    steps = [intro(f"{name}{end}" if end > start else name, goal(end), "m1", *tail,
                   combine("z", facts=" ".join(step.id for step in tail), rounds=4))]
    for level in range(end - 1, start - 1, -1):
        steps.append(induct(f"{name}{level}" if level > start else name, goal(level), "m1 ih", [compute("y")],
                            [apply("z", f"{name}{level + 1}", m="m + 1")]))
    return tuple(steps)


def _whole(t: Term) -> int:
    if isinstance(t, int):
        return t
    return sum(map(_whole, t[1:]))


def _bounds(premises: Sequence[Formula], variable: str) -> tuple[int | None, int | None]:
    low = [_whole(p[1]) for p in premises if p[2] == variable]
    high = [_whole(p[2]) for p in premises if p[1] == variable]
    return (low[0] if low else None), (high[0] if high else None)


def _at_levels(name: str, goal: Formula, low: int, high: int) -> Step:
    """A bound for all numbers x at the levels low, ..., high: a multiple of x^2 at each of them."""
    def at(level: int) -> list[Step]:
        here = f"e{level}"
        if level == high:
            return [apply(here, "ax.antisym", x="l", y=str(level)),
                    combine("z", facts=here, squares=("x",), rounds=9)]
        return [apply(f"o{level}", "ax.int_split", m=str(level), n="l"),
                cases("z", f"o{level}", f"a{level + 1}",
                      [combine("z", facts=f"a{level + 1}", squares=("x",), rounds=9)], at(level + 1))]
    return intro(name, goal, "l1 l2", *at(low))


def proofs(hypotheses: Mapping[str, Formula], ends: Sequence[str], end: int) -> tuple[Step, ...]:
    """Return proofs of the closed quantified formulas that no evaluation settles; `end` is where the tables end."""
    steps: list[Step] = []
    for name, one in hypotheses.items():
        if one[0] != "all":
            continue
        premises = flatten(one[2])
        if one[1] == (("x", "real"),):
            steps.append(intro(f"at_{name}", one, "", combine("z", squares=("x",))))
        elif len(one[1]) == 2:
            low, high = _bounds(premises, one[1][0][0])
            if low is not None and high is not None and low <= high:
                steps.append(_at_levels(f"at_{name}", one, low, high))
        elif len(premises) == 1:
            low, _ = _bounds(premises, one[1][0][0])
            steps += _proved_from(f"at_{name}", one[3], low or 0, max(end + 2, low or 0), ends)
    return tuple(steps)


def _definitions(statement: Statement) -> dict[str, Formula]:
    return dict(zip(statement.ids, flatten(statement.formula[2])))


def point(statement: Statement, numbers: Mapping[str, int | str], levels: Mapping[str, Values],
          tables: Mapping[str, Values], changed: Mapping[str, str], first: int = 1) -> Witness:
    """Return a point of a statement about a chain, with the proofs of its hypotheses.

    Args:
        statement: hypotheses with names; recursions count as their two equations.
        numbers: n, L and the real numbers.
        levels: functions by their values at the levels 0, 1, 2, ...
        tables: functions by their values from level `first` on; the last value stays.
        changed: hypotheses that the point is to satisfy in place of those with the same name; "" for none.
    """
    texts = {name: str(value) for name, value in numbers.items()}
    texts |= {name: f"l -> {through(values)}" for name, values in levels.items()}
    texts |= {name: f"l -> {table(values, first)}" for name, values in tables.items()}
    mapping = {name: substitution(text) for name, text in texts.items()}
    hypotheses = {name: parsed(changed[name]) if changed.get(name) else one
                  for name, one in _definitions(statement).items() if changed.get(name, "x")}
    closed = {name: substitute(one, mapping) for name, one in hypotheses.items()}
    ends = [(f"end_{name}", values) for name, values in tables.items() if len(set(values)) > 1]
    return Witness((*(_constant_after(name, values, first) for name, values in ends),
                    *proofs(closed, [name for name, _ in ends], first + max(map(len, tables.values()))),
                    witness("end", **texts)))


def kill(name: str, statement: Statement, numbers: Mapping[str, int | str], levels: Mapping[str, Values],
         tables: Mapping[str, Values], changed: Mapping[str, str] | None = None, first: int = 1) -> Kill:
    """Return `point` as a point against mutants."""
    return Kill(name, point(statement, numbers, levels, tables, changed or {}, first))
