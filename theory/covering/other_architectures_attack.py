"""Attack on `covering.other_architectures` through a consequence: one convolution, a Flatten, a linear layer.

The statement itself has hundreds of mutants, each of which needs a network of its own. The consequence has one hidden
layer of C channels on m places that reads n channels through K taps e(r,k), and a read-out w(c,r).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from theory.covering.channels import INVERSE
from theory.covering.small_graphs import Number, lookup
from theory.language import Kill, Survivor, Term, Witness, statement, substitution
from theory.language.derivation import witness

_UNIT = "1 <= c, c <= C"
_PLACE = f"{_UNIT}, 1 <= r, r <= m"
_STATE = "{0}(c,r) = s(sum(i=1..n: sum(k=1..K: {1}(c,i,k)*f(i,e(r,k)))) + {2}(c))"

ATTACKED = statement(
    "all n m C K:int, e:(r:int,k:int)->int, p v:int->int, W V:(c:int,i:int,k:int)->real, b d:int->real,"
    " f h g w u:(c:int,r:int)->real, s:(z:real)->real |"
    " H1: 0 <= n, H2: 0 <= C, H3: 0 <= m, H5: 0 <= K,"
    f" H10: (all i:int | 1 <= i, i <= C => {INVERSE.format('', 'C')}),"
    f" H13: (all c i k:int | {_UNIT}, 1 <= i, i <= n, 1 <= k, k <= K => V(c,i,k) = W(p(c),i,k)),"
    f" K13: (all c r:int | {_PLACE} => u(c,r) = w(p(c),r)), H14: (all c:int | {_UNIT} => d(c) = b(p(c))),"
    f" H18: (all c r:int | {_PLACE} => {_STATE.format('h', 'W', 'b')}),"
    f" H19: (all c r:int | {_PLACE} => {_STATE.format('g', 'V', 'd')})"
    " => sum(c=1..C: sum(r=1..m: u(c,r)*g(c,r))) = sum(c=1..C: sum(r=1..m: w(c,r)*h(c,r)))")
"""The outputs of the relabelled network, behind a Flatten, are those of the network."""

_SPAN = range(4)
"""Indices 1 and 2, and one more on either side for the mutants that move them."""
_INDICES = {"W": "cik", "V": "cik", "b": "c", "d": "c", "f": "cr", "h": "cr", "g": "cr", "w": "cr", "u": "cr"}
Place = tuple[int, ...]
Tables = dict[str, dict[Place, Number]]


def _seed(name: str, place: Place) -> int:
    """Some number for each entry of the tables that are free."""
    return 1 + sum((3 + len(name) + k) * (i - 1)**2 + (2 + k) * i for k, i in enumerate(place)) + ord(name) % 7


def _nested(table: dict[Place, Number], size: int, front: Place = ()) -> list:
    if len(front) == size - 1:
        return [table.get((*front, i), 0) for i in _SPAN]
    return [_nested(table, size, (*front, i)) for i in _SPAN]


def _places(size: int) -> list[Place]:
    places: list[Place] = [()]
    for _ in range(size):
        places = [(*place, i) for place in places for i in _SPAN]
    return places


@dataclass(frozen=True)
class _State:
    """What the states of a network read, in place of their rule: moved indices, and moved ends of the two sums."""

    family: str = ""
    kernel: Place = (0, 0, 0)
    inputs: Place = (0, 0)
    bias: Place = (0,)
    starts: Place = (1, 1)
    ends: Place = (0, 0)


def _states(family: str) -> list[_State]:
    """Every way in which one number of the rule can be moved by one."""
    return [*(_State(family, kernel=step) for step in _steps(3)), *(_State(family, inputs=step) for step in _steps(2)),
            *(_State(family, bias=step) for step in _steps(1)),
            *(_State(family, starts=at) for at in ((2, 1), (0, 1), (1, 2), (1, 0))),
            *(_State(family, ends=step) for step in _steps(2))]


def _point(order: Place = (2, 1), ends: dict[str, Place] | None = None, left: tuple[str, Place] = ("", ()),
           right: tuple[str, Place] = ("", ()), broken: tuple[str, Place] = ("", ()),
           state: _State = _State(), **sizes: int) -> Witness:
    """Two exchanged channels on two places. A family named in `left` or `right` obeys its rule with moved indices, one
    entry of the family named in `broken` obeys none, and the family named in `state` reads what that says."""
    p = {i: {1: order[0], 2: order[1]}.get(i, i) for i in _SPAN}
    tables: Tables = {name: {place: _seed(name, place) for place in _places(len(_INDICES[name]))} for name in "Wbfw"}
    counts = {"n": 1, "m": 2, "C": 2, "K": 1} | sizes
    for new, old in (("V", "W"), ("d", "b"), ("u", "w")):
        size = len(_INDICES[new])
        by = left[1] if left[0] == new else (0,) * size
        at = right[1] if right[0] == new else (0,) * size
        tables[new] = {place: 29 for place in _places(size)}
        for place in _places(size):
            if 1 <= place[0] <= counts["C"] and all(1 <= i <= 2 for i in place[1:]):
                source = (p[place[0]], *place[1:])
                tables[new][_moved(place, by)] = tables[old].get(_moved(source, at), 0)
        _break(tables, new, broken)
    for new, kernel, bias in (("h", "W", "b"), ("g", "V", "d")):
        tables[new] = {place: 31 for place in _places(2)}
        for c in range(1, counts["C"] + 1):
            for r in range(1, counts["m"] + 1):
                reads = state if state.family == new else _State()
                total = sum((tables[kernel].get(_moved((c, i, k), reads.kernel), 0)
                             * tables["f"].get(_moved((i, r), reads.inputs), 0)
                             for i in range(reads.starts[0], counts["n"] + 1 + reads.ends[0])
                             for k in range(reads.starts[1], counts["K"] + 1 + reads.ends[1])), Fraction(0))
                place = _moved((c, r), left[1]) if left[0] == new else (c, r)
                tables[new][place] = total + tables[bias].get(_moved((c,), reads.bias), 0)
        _break(tables, new, broken)
    names = {name: tuple(indices) for name, indices in
             {**_INDICES, **{name: "cr" for name in "fhgwu"}, "b": "u", "d": "u"}.items()}
    values: dict[str, Term] = {
        name: ("lam", names[name], lookup(_nested(table, len(at)), at, (_SPAN[0],) * len(at)))
        for name, table in tables.items() for at in (names[name],)}
    swap = ("lam", ("u",), lookup([p[i] for i in _SPAN], ("u",), (_SPAN[0],), "iite"))
    values |= {"p": swap, "v": swap, "e": substitution("r, k -> r"), "s": substitution("z -> z")}
    return Witness((witness("end", **counts, **values),))


def _moved(place: Place, by: Place) -> Place:
    return tuple(i + step for i, step in zip(place, by))


def _break(tables: Tables, name: str, broken: tuple[str, Place]) -> None:
    if broken[0] == name:
        tables[name][broken[1]] += 17


def _steps(size: int) -> list[Place]:
    """One index moved by one, either way."""
    return [tuple(way * (k == i) for k in range(size)) for i in range(size) for way in (1, -1)]


KILLS = (
    Kill("two channels exchanged", _point()),
    *(Kill(f"another rule of {name}: {state}", _point(state=state)) for name in "hg" for state in _states(name)),
    Kill("no permutation", _point(order=(1, 1))), Kill("another one", _point(order=(2, 2))),
    *(Kill(f"{name} at {place}", _point(broken=(name, place))) for name, place in (
        ("V", (1, 1, 1)), ("V", (2, 1, 1)), ("d", (1,)), ("d", (2,)),
        *((name, (c, r)) for name in "uhg" for c in (1, 2) for r in (1, 2)))),
    *(Kill(f"{name} with indices moved by {step} on the left", _point(left=(name, step)))
      for name in ("V", "d", "u", "h", "g") for step in _steps(len(_INDICES[name]))),
    *(Kill(f"{name} with indices moved by {step} on the right", _point(right=(name, step)))
      for name in ("V", "d", "u") for step in _steps(len(_INDICES[name]))),
)

SURVIVORS = (
    Survivor(("drop H1", "drop H2", "drop H3", "drop H5"), "true: sums over a negative range are empty, as over none"),
    Survivor(("shift H10, index i of p", "shift H10, index i of p (2)", "shift H10, index i of v",
              "shift H10, index i of v (2)", "shift H10, index p(i) of v", "shift H10, index v(i) of p"),
             "true: on finitely many channels the other conditions already make p a bijection with the inverse v"),
)
