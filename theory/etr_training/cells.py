"""How many patterns one neuron has on n points, and how many cells w neurons make.

On n sorted points of a line the active points of a neuron are a beginning or an end of the list: 2 n patterns, all of
which occur. In R^d Cover's count for affine functions is 2 sum_{k <= d} C(n - 1, k) for points in general position, the
solution of C(n + 1, d) = C(n, d) + C(n, d - 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import comb

from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Step, Witness, statement
from theory.language.derivation import apply, cases, combine, finite, induct, intro, obtain, witness
from theory.language.errors import InputError, explain

Number = int | Fraction
Pattern = tuple[int, ...]


def _count(name: str, value: int, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InputError(explain(name, f"an integer >= {least}", repr(value), "Give a count."))


def neuron_patterns(points: int, dimension: int) -> int:
    """Return Cover's count 2 sum_{k <= d} C(n - 1, k), an upper bound that general position attains.

    >>> neuron_patterns(6, 1), neuron_patterns(4, 2), neuron_patterns(3, 5)
    (12, 14, 8)
    """
    _count("points", points, 1)
    _count("dimension", dimension, 0)
    return 2 * sum(comb(points - 1, k) for k in range(min(dimension, points - 1) + 1))


def cover_recursion(points: int, dimension: int) -> int:
    """Return the same count by the recursion C(1, d) = C(n, 0) = 2, C(n + 1, d) = C(n, d) + C(n, d - 1).

    >>> cover_recursion(6, 1)
    12
    """
    _count("points", points, 1)
    _count("dimension", dimension, 0)
    row = [2] * (dimension + 1)
    for _ in range(points - 1):
        row = [2] + [row[d] + row[d - 1] for d in range(1, dimension + 1)]
    return row[dimension]


def line_patterns(points: int) -> tuple[Pattern, ...]:
    """Return the 2 n patterns of a neuron on n sorted points, 1 where it is active.

    >>> line_patterns(2)
    ((1, 1), (0, 1), (0, 0), (1, 0))
    """
    _count("points", points, 1)
    ends = [tuple(int(i > k) for i in range(1, points + 1)) for k in range(points)]
    beginnings = [tuple(int(i <= k) for i in range(1, points + 1)) for k in range(points)]
    return (*ends, *beginnings)


def cell_bound(points: int, dimension: int, width: int) -> int:
    """Return the bound patterns^w on the cells of w neurons with given signs.

    >>> cell_bound(6, 1, 2)
    144
    """
    _count("width", width, 0)
    return neuron_patterns(points, dimension) ** width


def signed_cell_bound(points: int, dimension: int, width: int) -> int:
    """Return (w + 1) patterns^w, the bound over all numbers of positive neurons.

    >>> signed_cell_bound(6, 1, 2)
    432
    """
    return (width + 1) * cell_bound(points, dimension, width)


def enumerate_cells(points: int, width: int) -> int:
    """Count the cells of w neurons on n sorted points of a line one by one, with the number of positive neurons.

    >>> enumerate_cells(6, 2)
    432
    """
    patterns = line_patterns(points)
    return len({(positive, cell) for positive in range(width + 1) for cell in product(patterns, repeat=width)})


def pattern_of(slope: Number, bias: Number, points: Sequence[Number]) -> Pattern:
    """Return where the neuron slope x + bias is active, strictly positive.

    >>> pattern_of(1, -1, [0, 1, 2])
    (0, 0, 1)
    """
    return tuple(int(slope * x + bias > 0) for x in points)


_I = "1 <= i, i <= n"
_SORTED = "(all i l:int | 1 <= i, i <= n, i + 1 <= l, l <= n => x(i) < x(l))"
_ACTIVE = "ite(a*x(i) + b, 0, 0, 1)"
_CODE = "ite(s, 0, ite(i, k, 0, 1), ite(i, k, 1, 0))"
"""Side 0: active from place k + 1 on; side 1: active up to place k."""
_KNOWN = f"some s k:int | 0 <= s, s <= 1, 0 <= k, k <= n - 1, (all i:int | {_I} => {_ACTIVE} = {_CODE})"
_EVERY = f"(all a b:real => {_KNOWN})"
_REALISED = (f"(all s k:int | 0 <= s, s <= 1, 0 <= k, k <= n - 1 => some a b:real | (all i:int | {_I} =>"
             f" {_ACTIVE} = {_CODE}))")
_OTHER = _CODE.replace("s,", "t,").replace("k,", "m,")
_DIFFERENT = (f"(all s k t m:int | 0 <= s, s <= 1, 0 <= k, k <= n - 1, 0 <= t, t <= 1, 0 <= m, m <= n - 1,"
              f" (all i:int | {_I} => {_CODE} = {_OTHER}) => some | s = t, k = m)")
_BETWEEN = ("(all a b:real, i l m:int | 1 <= i, i + 1 <= l, l + 1 <= m, m <= n, 0 < a*x(i) + b, 0 < a*x(m) + b"
            " => 0 < a*x(l) + b)")


def _statement(conclusion: str, ordered: str = _SORTED) -> Statement:
    return statement(f"all n:int, x:int->real | 1 <= n{', ' * bool(ordered)}{ordered} => {conclusion}")


STATEMENT = _statement(f"some | {_EVERY}, {_REALISED}, {_DIFFERENT}, {_BETWEEN}")
"""H1 at least one point, H2 different points in order; the pattern of a neuron is i -> 1 where a x(i) + b > 0."""


_NOWHERE = (combine("no", "1 <= 0", "i1 i2"), apply("eq", "ax.antisym", "1 = 0", x="1", y="0"),
            combine("v", facts="eq"))
"""There is no place in an empty range."""


def _threshold(id: str, title: str, monotone: str, low: str, high: str) -> Lemma:
    """A monotone list is on one side of 0 up to some place and on the other from there on; `high` decides the step."""
    before = "(all i:int | 1 <= i, i <= k => " + low + ")"
    after = "(all i:int | k + 1 <= i, i <= {} => " + high + ")"
    first = "z(m + 1) <= 0" if "<=" in low else "0 < z(m + 1)"
    order = {"x": "z(m + 1)", "y": "0"}
    longer = [intro("u", before.replace("<= k", "<= m + 1")[1:-1], "i1 i2", apply("w", "h", i="i", l="m + 1"),
                    combine("v", facts="w c")),
              intro("t", after.replace("k + 1", "m + 2").format("m + 1")[1:-1], "i1 i2",
                    *_NOWHERE),
              witness("y", k="m + 1")]
    kept = [intro("t", after.format("m + 1")[1:-1], "i1 i2", apply("or", "ax.int_split", m="i", n="m + 1"),
                  cases("v", "or", "o",
                        [apply("e", "ax.cong_int", f="t -> z(t)", x="m + 1", y="i"), combine("s", facts="e c")],
                        [apply("s", "k4", i="i")])),
            witness("y", k="k")]
    boxes = (longer, kept) if "<=" in first else (kept, longer)
    return Lemma(
        id, title,
        statement(f"all z:int->real, n:int | hn: 0 <= n, h: (all i l:int | 1 <= i, i <= l, l <= n => {monotone})"
                  f" => some k:int | 0 <= k, k <= n, {before}, {after.format('n')}"),
        (
            induct("I", f"all m:int | 0 <= m => (all | m <= n => some k:int | 0 <= k, k <= m, {before},"
                   f" {after.format('m')})", "hm ih",
                   [intro("z1", None, "h1",
                          intro("u", before.replace("<= k", "<= 0")[1:-1], "i1 i2", *_NOWHERE),
                          intro("t", after.replace("k + 1", "1").format("0")[1:-1], "i1 i2",
                                *_NOWHERE),
                          witness("y", k="0"))],
                   [intro("z1", None, "h1", apply("r", "ih"), apply("tt", "ax.total", **order),
                          obtain("x1", "r", "k1 k2 k3 k4", cases("w1", "tt", "c", *boxes)))]),
            apply("J", "I", m="n"), apply("end", "J"),
        ))


RISING = _threshold("etr_training.rising_threshold", "A rising list is positive from some place on", "z(i) <= z(l)",
                    "z(i) <= 0", "0 < z(i)")
FALLING = _threshold("etr_training.falling_threshold", "A falling list is positive up to some place", "z(l) <= z(i)",
                     "0 < z(i)", "z(i) <= 0")

_Z = "a*x(i) + b"


def _choice(side: int, k: str, active: bool) -> tuple[Step, ...]:
    """The value of the code of side `side` at i, where i <= k or k < i is a fact in scope."""
    inner = {0: ("0", "1"), 1: ("1", "0")}
    first, second = f"ite(i, {k}, 0, 1)", f"ite(i, {k}, 1, 0)"
    x, y = inner[side]
    below = (side == 1) == active
    return (apply("c1", f"ax.ite_{'then' if side == 0 else 'else'}", a=str(side), b="0", x=first, y=second),
            apply("c2", f"ax.ite_{'then' if below else 'else'}", a="i", b=k, x=x, y=y))


def _state(active: bool) -> Step:
    """The value of the pattern at i, where the sign of z is a fact in scope."""
    return apply("c3", f"ax.ite_{'else' if active else 'then'}", a=_Z, b="0", x="0", y="1")


def _same(name: str, side: int) -> Step:
    """The pattern is the code: `below` and `above` say which sign z has up to k and from k + 1 on."""
    goal = f"all i:int | {_I} => {_ACTIVE} = " + _CODE.replace("s,", f"{side},")
    return intro(name, goal, "i1 i2", apply("or", "ax.total", x="i", y="k"),
                 cases("z1", "or", "o",
                       [apply("g", "below", i="i"), *_choice(side, "k", side == 1), _state(side == 1),
                        combine("y1", facts="c1 c2 c3")],
                       [apply("oi", "ax.int_step", m="k", n="i"), apply("g", "above", i="i"),
                        *_choice(side, "k", side == 0), _state(side == 0), combine("y1", facts="c1 c2 c3")]))


def _one_way(lemma: str, side: int) -> list[Step]:
    """A neuron that rises (side 0) or falls (side 1) has one of the codes."""
    relation = "a*x(i) + b <= a*x(l) + b" if side == 0 else "a*x(l) + b <= a*x(i) + b"
    return [
        intro("mono", f"all i l:int | 1 <= i, i <= l, l <= n => {relation}", "i1 i2 l1",
              apply("or", "ax.int_split", m="i", n="l"),
              cases("z1", "or", "o",
                    [apply("e", "ax.cong_int", f="t -> x(t)", x="l", y="i"), combine("y1", facts="e")],
                    [apply("xx", "H2", i="i", l="l"), combine("y1", facts="xx c")])),
        apply("T", lemma, z="i -> a*x(i) + b", n="n"),
        obtain("y", "T", "k1 k2 below above",
               apply("orn", "ax.int_split", m="k", n="n"),
               cases("w", "orn", "on",
                     [intro("below2", f"all i:int | {_I} => " + ("a*x(i) + b <= 0" if side == 0 else "0 < a*x(i) + b"),
                            "i1 i2", apply("z1", "below", i="i")),
                      _same_all("S", 1 - side), witness("v", s=str(1 - side), k="0")],
                     [_same("S", side), witness("v", s=str(side), k="k")]))]


def _same_all(name: str, side: int) -> Step:
    """All active (side 0) or none (side 1): the code with k = 0."""
    goal = f"all i:int | {_I} => {_ACTIVE} = " + _CODE.replace("s,", f"{side},").replace("k,", "0,")
    active = side == 0
    return intro(name, goal, "i1 i2", apply("g", "below2", i="i"), combine("i0", "0 < i", "i1"),
                 *_choice(side, "0", active), _state(active), combine("z1", facts="c1 c2 c3"))


_CODES = intro(
    "E1", _EVERY[1:-1], "", apply("sg", "ax.total", x="0", y="a"),
    cases("z", "sg", "c", _one_way("etr_training.rising_threshold", 0), _one_way("etr_training.falling_threshold", 1)))


def _value(name: str, side: str, k: str, at: str, *, first: bool, below: bool) -> tuple[Step, ...]:
    """The value of a code at a place: `first` for side 0, `below` for a place up to k; needs the facts in scope."""
    inner, other = f"ite({at}, {k}, 0, 1)", f"ite({at}, {k}, 1, 0)"
    x, y = ("0", "1") if first else ("1", "0")
    return (apply(f"{name}1", f"ax.ite_{'then' if first else 'else'}", a=side, b="0", x=inner, y=other),
            apply(f"{name}2", f"ax.ite_{'then' if below else 'else'}", a=at, b=k, x=x, y=y))


def _clash(at: str, first: tuple[bool, bool], second: tuple[bool, bool]) -> list[Step]:
    """The codes differ at a place: no two equal codes."""
    return [apply("w1", "same", i=at), *_value("u", "s", "k", at, first=first[0], below=first[1]),
            *_value("v", "t", "m", at, first=second[0], below=second[1]),
            combine("bad", "1 = 0", "w1 u1 u2 v1 v2", rounds=6)]


def _same_side(first: bool) -> list[Step]:
    """Codes of one side with different lengths differ at the end of the longer one."""
    return [apply("km", "ax.total", x="k", y="m"), apply("mk", "ax.total", x="m", y="k"),
            cases("eq", "km", "o",
                  [cases("y1", "mk", "o2", [apply("x1", "ax.antisym", x="k", y="m")],
                         [apply("sp", "ax.int_step", m="k", n="m"),
                          *_clash("m", (first, False), (first, True)), combine("x1", facts="bad")])],
                  [apply("sp", "ax.int_step", m="m", n="k"), *_clash("k", (first, True), (first, False)),
                   combine("y1", facts="bad")], goal="k = m")]


_NO_TWO = intro(
    "E3", _DIFFERENT[1:-1], "s1 s2 k1 k2 t1 t2 m1 m2 same",
    apply("so", "ax.total", x="s", y="0"), apply("to", "ax.total", x="t", y="0"),
    combine("kn", "k < n", "k2"), combine("mn", "m < n", "m2"),
    cases("z", "so", "sc",
          [cases("y", "to", "tc",
                 [apply("e1", "ax.antisym", x="s", y="0"),
                  apply("e2", "ax.antisym", x="t", y="0"), combine("st", "s = t", "e1 e2"), *_same_side(True),
                  witness("x")],
                 [*_clash("n", (True, False), (False, False)), combine("st", "s = t", "bad"),
                  combine("eq", "k = m", "bad"),
                  witness("x")])],
          [cases("y", "to", "tc",
                 [*_clash("n", (False, False), (True, False)), combine("st", "s = t", "bad"),
                  combine("eq", "k = m", "bad"),
                  witness("x")],
                 [apply("i1", "ax.int_step", m="0", n="s"), apply("i2", "ax.int_step", m="0", n="t"),
                  apply("e1", "ax.antisym", "s = 1", x="s", y="1"), apply("e2", "ax.antisym", "t = 1", x="t", y="1"),
                  combine("ss", "s = t", "e1 e2"), *_same_side(False), witness("x")])]))

_SHIFT = "all i:int | 1 <= i, i <= n => "


def _realised(side: int, slope: str, bias: str, *steps: Step) -> list[Step]:
    """A neuron with the code of this side."""
    body = f"ite({slope}*x(i) + ({bias}), 0, 0, 1)"
    return [intro("R", f"{_SHIFT}{body} = {_CODE}", "i1 i2", *steps),
            witness("w", a=slope, b=bias)]


def _at(z: str, active: bool, side: int, below: bool) -> list[Step]:
    return [apply("c3", f"ax.ite_{'else' if active else 'then'}", a=z, b="0", x="0", y="1"),
            *_value("u", "s", "k", "i", first=side == 0, below=below), combine("v1", facts="c3 u1 u2")]


_SOME_NEURON = intro(
    "E2", _REALISED[1:-1], "s1 s2 k1 k2", apply("so", "ax.total", x="s", y="0"),
    cases("z", "so", "sc",
          [apply("ko", "ax.int_split", m="0", n="k"),
           cases("y", "ko", "kc",
                 # active everywhere: x - x(1) + 1
                 _realised(0, "1", "1 - x(1)", apply("io", "ax.int_split", m="1", n="i"),
                           combine("ki", "k < i", "i1 kc"),
                           cases("pos", "io", "ic",
                                 [apply("e", "ax.cong_int", f="t -> x(t)", x="i", y="1"), combine("v1", facts="e")],
                                 [apply("xx", "H2", i="1", l="i"), combine("v1", facts="xx")],
                                 goal="0 < 1*x(i) + (1 - x(1))"),
                           *_at("1*x(i) + (1 - x(1))", True, 0, False)),
                 # active beyond x(k)
                 _realised(0, "1", "-1*x(k)", apply("io", "ax.total", x="i", y="k"),
                           cases("v", "io", "ic",
                                 [apply("io2", "ax.int_split", m="i", n="k"),
                                  cases("neg", "io2", "ic2",
                                        [apply("e", "ax.cong_int", f="t -> x(t)", x="k", y="i"),
                                         combine("t1", facts="e")],
                                        [apply("xx", "H2", i="i", l="k"), combine("t1", facts="xx")],
                                        goal="1*x(i) + -1*x(k) <= 0"),
                                  *_at("1*x(i) + -1*x(k)", False, 0, True)],
                                 [apply("st", "ax.int_step", m="k", n="i"), apply("xx", "H2", i="k", l="i"),
                                  combine("pos", "0 < 1*x(i) + -1*x(k)", "xx"),
                                  *_at("1*x(i) + -1*x(k)", True, 0, False)])))],
          # active before x(k + 1)
          _realised(1, "-1", "x(k + 1)", apply("io", "ax.total", x="i", y="k"),
                    cases("v", "io", "ic",
                          [apply("xx", "H2", i="i", l="k + 1"), combine("pos", "0 < -1*x(i) + x(k + 1)", "xx"),
                           *_at("-1*x(i) + x(k + 1)", True, 1, True)],
                          [apply("st", "ax.int_step", m="k", n="i"), apply("io2", "ax.int_split", m="k + 1", n="i"),
                           cases("neg", "io2", "ic2",
                                 [apply("e", "ax.cong_int", f="t -> x(t)", x="i", y="k + 1"), combine("t1", facts="e")],
                                 [apply("xx", "H2", i="k + 1", l="i"), combine("t1", facts="xx")],
                                 goal="-1*x(i) + x(k + 1) <= 0"),
                           *_at("-1*x(i) + x(k + 1)", False, 1, False)]))))

_CONVEX = intro(
    "E4", _BETWEEN[1:-1], "i1 il lm m1 zi zm", apply("x1", "H2", i="i", l="l"), apply("x2", "H2", i="l", l="m"),
    apply("so", "ax.total", x="0", y="a"),
    cases("z", "so", "sc", [combine("y", facts="zi x1 sc")], [combine("y", facts="zm x2 sc")]))

LEMMAS = (RISING, FALLING)

_DIFFERS = f"some i:int | {_I}, {_ACTIVE} != {_CODE}"
_NEVER = "1 <= 0"
"""The conclusion of controls: that a neuron has none of the codes is said to be impossible."""


def _unlike(side: int, rows: int, places: tuple[int, ...], active: str) -> Step:
    """For each k the place where the pattern differs from the code."""
    code = _CODE.replace("s,", f"{side},")
    goal = f"all k:int | 0 <= k, k <= {rows} - 1 => some i:int | 1 <= i, i <= {rows}, {active} != {code}"
    return finite(f"f{side}", goal, *([witness("z", i=str(i))] for i in places))


_FOLDED = "[[0],[2],[1]][i,1]"

CONTROLS = (
    Control("beginnings_only", "n patterns, those that end at the last point: a falling neuron has none of them",
            statement(f"all n:int, x:int->real, a b:real | 1 <= n, {_SORTED}, (all k:int | 0 <= k, k <= n - 1 =>"
                      f" {_DIFFERS.replace('s,', '0,')}) => {_NEVER}"),
            Witness((_unlike(0, 2, (2, 1), "ite(-1*i + 3/2, 0, 0, 1)"),
                     witness("end", n="2", x="i -> i", a="-1", b="3/2")))),
    Control("unsorted", "points in any order: on 0, 2, 1 a neuron is active at the second point alone",
            statement("all n:int, x:int->real, a b:real | 1 <= n, (all k:int | 0 <= k, k <= n - 1 =>"
                      f" {_DIFFERS.replace('s,', '0,')}), (all k:int | 0 <= k, k <= n - 1 =>"
                      f" {_DIFFERS.replace('s,', '1,')}) => {_NEVER}"),
            Witness((_unlike(0, 3, (1, 3, 2), f"ite(1*{_FOLDED} + -3/2, 0, 0, 1)"),
                     _unlike(1, 3, (2, 1, 1), f"ite(1*{_FOLDED} + -3/2, 0, 0, 1)"),
                     witness("end", n="3", x=f"i -> {_FOLDED}", a="1", b="-3/2")))),
)

INSTANCE = Witness((witness("end", n="3", x="i -> i"),))

CLAIM = Claim(
    id="etr_training.cells",
    title="A neuron has exactly 2 n patterns on n points of a line",
    statement=STATEMENT,
    source=Source("T. M. Cover", 1965, "Geometrical and statistical properties of systems of linear inequalities with"
                  " applications in pattern recognition", "reconstructed",
                  note="Cover's count for affine functions, here for d = 1 in full; the cell count to the power w as in"
                  " Arora, Basu, Mianjy and Mukherjee (ICLR 2018). Both recalled, proofs ours."),
    summary="The active points are a beginning or an end of the list; all 2 n such patterns occur and differ.",
    derivation=(_CODES, _SOME_NEURON, _NO_TWO, _CONVEX, witness("end")),
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("patterns, d = 1", "2 n", "every neuron has one of the 2 n codes (side, k), every code is that of a"
                   " neuron, different codes are different patterns", "exact, for all n >= 1 and all sorted points"),
        Comparison("patterns in R^d", "at most 2 sum_{k <= d} C(n - 1, k) (Cover)", "neuron_patterns; the solution of"
                   " the recursion is the lemma etr_training.cover_recursion",
                   "weaker: that patterns obey Cover's recursion is not formalised for"
                   " d >= 2; tests enumerate patterns of points in the plane"),
        Comparison("cells", "patterns^w, times w + 1 sign counts", "cell_bound and signed_cell_bound, not in the"
                   " statement",
                   "the product rule is in words; the enumeration of 432 cells for zig6, w = 2 is a test"),
        Comparison("cost", "2^w n^{O(d w)} linear programs against CAD", "not part of the statement", "complexity is"
                   " not expressible"),
    ),
    tightness="Attained by every list of sorted points.",
    attacked=_statement(f"some | {_BETWEEN}, {_DIFFERENT}"),
    experiments=("etr_training.optimum_gaps",),
    attack="theory.etr_training.cells_attack",
)
