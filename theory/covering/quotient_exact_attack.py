"""Attack on `covering.quotient_exact` through a consequence: n >= 1 stands for the cover by n orbits.

That n orbits cover is an existence whose negation no rule of the kernel can prove; since the cube is not empty, it
implies n >= 1. The other three parts of the conclusion are attacked as they are, at points with one coordinate unless
a permutation is broken: the list of representatives is C(k, 1) = k up to what is changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from theory.covering.grid_orbits import AT, GROUP, OF, ORBIT_PARTS, REPRESENTATIVES
from theory.language import Kill, Survivor, Witness, formula, statement, substitute
from theory.language.derivation import Step, apply, combine, finite, intro, obtain, witness
from theory.language.notation import substitution
from theory.language.terms import Formula

_COVERED = (f"(all x:int->real | (all i:int | {AT} => abs(x(i)) <= B) => some k g:int | 1 <= k, k <= e, {OF},"
            f" (all i:int | {AT} => abs(x(p(g,i)) - y(k,i)) <= delta))")
ATTACKED = statement(
    "all S N m n:int, p c:(g:int,h:int)->int, v:int->int, C:(k:int,i:int)->int, B delta:real"
    f" | 0 <= S, 1 <= N, {GROUP}, 0 < B, 0 < delta, m = ceil(B/delta), {REPRESENTATIVES} => some | 1 <= n,"
    f" (all e:int, y:(k:int,i:int)->real | {_COVERED} => n <= e), n <= pow(m, S), pow(m, S) <= N*n")

REACHED, DIFFERENT = ORBIT_PARTS[1][1:-1], ORBIT_PARTS[2][1:-1]
"""H10: the list meets the orbit of every point of the grid. H11: once."""
LINE = {"S": "1", "N": "1", "n": "2", "m": "2", "p": "g, i -> i", "v": "g -> 1", "c": "g, h -> 1", "C": "k, i -> k",
        "B": "2", "delta": "1", "e": "100", "y": "k, i -> 0"}
"""One coordinate, the trivial group, two points per axis."""
SINGLE = {"n": "1", "m": "1", "B": "1"}
TWICE = {"n": "2", "m": "1", "B": "1", "C": "k, i -> 1"}
ONE = (apply("one", "ax.antisym", "G(1) = 1", x="G(1)", y="1"),)
"""The only value of a point of a grid with one point per axis."""


def at(text: str, values: dict[str, str]) -> Formula:
    """Return the formula at a point."""
    return substitute(formula(text), {name: substitution(term) for name, term in values.items()})


def reached(values: dict[str, str], k: str = "G(1)", g: str = "1", known: tuple[Step, ...] = (), text: str = REACHED,
            name: str = "reached") -> Step:
    """Return a proof that number k of the list and element g meet the orbit of G, as `text` says.

    `known` are steps before that, from b and d, the bounds of G(1).
    """
    inner = [*known, witness("y", k=k, g=g)]
    if int(values["S"]) > 0:
        inner = [apply("a", "h", i="1"), obtain("z", "a", "b d", *inner)]
    return intro(name, at(text, values), "h", *inner)


def different(values: dict[str, str], text: str = DIFFERENT, place: str = "1") -> Step:
    """Return a proof that different numbers of the list are in different orbits, seen at one coordinate."""
    steps = (apply("u", "same", i=place), combine("x", facts="u"))
    if values["n"] == "1":
        steps = (*(apply(x, "ax.antisym", f"{x} = 1", x=x, y="1") for x in "kj"), combine("x", facts="k j"))
    return intro("different", at(text, values), "k1 k2 j1 j2 g1 g2 same", *steps)


def _point(k: str = "G(1)", known: tuple[Step, ...] = (), **changed: str) -> Witness:
    values = {**LINE, **changed}
    return Witness((reached(values, k, known=known), different(values), witness("end", **values)))


def _twice(text: str, place: str = "1", **changed: str) -> Witness:
    """One representative listed twice, which a changed H11 does not see."""
    values = {**LINE, **TWICE, **changed}
    return Witness((reached(values, "1", known=ONE), different(values, text, place), witness("end", **values)))


def _vacuous(text: str, **changed: str) -> Witness:
    """One representative listed twice, where a changed H11 is about no element of the group."""
    values = {**LINE, **TWICE, **changed}
    return Witness((reached(values, "1", known=ONE),
                    intro("different", at(text, values), "k1 k2 j1 j2 g1 g2 same", combine("no", "0 < 0", "g1 g2"),
                          combine("x", mul="no")),
                    witness("end", **values)))


def _empty(bound: str, points: str = "0") -> Witness:
    """B points per axis, none or a negative number of them, and no representatives."""
    values = {**LINE, "B": bound, "m": points, "n": "0"}
    return Witness((intro("reached", at(REACHED, values), "h", apply("a", "h", i="1"), obtain(
        "z", "a", "b d", combine("no", "0 < 0", "b d"), combine("k0", "1 <= 0", mul="no"),
        intro("met", "all i:int | 1 <= i, i <= 1 => 1 = G(i)", "i1 i2", combine("x", mul="no")),
        witness("y", k="1", g="1"))), witness("end", **values)))


def _unmet(proofs: dict[str, tuple[str, tuple[Step, ...]]], **changed: str) -> Witness:
    """One representative of two orbits, and proofs of changed H10 that do not see it: number and steps by text."""
    values = {**LINE, "n": "1", **changed}
    steps = [reached(values, k, known=known, text=text, name=f"reached{t}")
             for t, (text, (k, known)) in enumerate(proofs.items())]
    return Witness((*steps, different(values), witness("end", **values)))


_LOW = (combine("lo", "G(1) < 1 + 1", "d"), apply("st", "ax.int_step", "G(1) + 1 <= 2", m="G(1)", n="2"),
        apply("one", "ax.antisym", "G(1) = 1", x="G(1)", y="1"))
_HIGH = (apply("st", "ax.int_step", "2 <= G(1)", m="1", n="G(1)"),
         apply("two", "ax.antisym", "G(1) = 2", x="G(1)", y="2"))
_ALL = f"(all i:int | {AT} => C(k,i)"


def _covering(values: dict[str, str], name: str, text: str, k: str = "1") -> Step:
    """The point 0 covers, as a changed premise says."""
    inner = () if "2 <= i" in text or "S - 1" in text else (apply("c1", "h2", i="1"),)
    return intro(name, at(text, values), "h2", *inner, witness("c2", k=k, g="1"))


_NEAR = f"(all i:int | {AT} => abs(x(p(g,i))"
_COVER = _COVERED[1:-1]


def _covers(texts: dict[str, str], e: str, **changed: str) -> Witness:
    """A point where e orbits are said to cover, with centres 0, as each of the texts says with its number k."""
    values = {**LINE, **changed, "e": e}
    known = ONE if values["m"] == "1" else ()
    return Witness((reached(values, known=known), different(values),
                    *(_covering(values, f"cover{t}", text, k) for t, (text, k) in enumerate(texts.items())),
                    witness("end", **values)))


def _collapse(table: str, v: str, c: str, g: str, coordinate: str = "1") -> Witness:
    """The identity and a map of both coordinates to one: two maps, three values, six codes for nine points.

    The rows of the table are the maps number 0, 1, 2, 3; the list holds those number 1 and 2.
    """
    values = {**LINE, "S": "2", "N": "2", "n": "3", "m": "3", "B": "3", "p": f"g, i -> {table}[g+1,i]", "v": v, "c": c,
              "C": "k, i -> k"}
    same = f"all i:int | 1 <= i, i <= 2 => G({coordinate}) = G({table}[{g}+1,i])"
    inner = (finite("same", same), witness("y2", k=f"G({coordinate})", g=g))
    goal = intro("reached", at(REACHED, values), "h", apply("a", "h", i=coordinate), obtain("z", "a", "b d", *inner))
    return Witness((goal, different(values), witness("end", **values)))


def _leaving(maps: Sequence[Sequence[int]], coordinate: int) -> Witness:
    """The identity, a map A to one coordinate and B = its inverse outside 1..2: three maps, 16 points, 12 codes.

    Maps are rows of their values at 0, ..., 4, in the order of the list; they are closed on the coordinates 1, 2.
    """
    def place(g: int, h: int) -> int:
        return next(k for k, f in enumerate(maps) if [f[1], f[2]] == [maps[g][maps[h][1]], maps[g][maps[h][2]]])

    def inverse(g: int) -> int:
        return next(h for h, f in enumerate(maps) if [maps[g][f[1]], maps[g][f[2]]] == [1, 2])

    def table(rows: Sequence[Sequence[int]]) -> str:
        return "[" + ",".join("[" + ",".join(map(str, row)) + "]" for row in rows) + "]"

    places = range(len(maps))
    rows = table([*maps, (0, 1, 2, 1, 1)])
    g = next(k + 1 for k, f in enumerate(maps) if f[1] == f[2])
    values = {**LINE, "S": "2", "N": "3", "n": "4", "m": "4", "B": "4", "C": "k, i -> k",
              "p": f"g, i -> {rows}[g,i+1]", "v": f"g -> {table([[inverse(k) + 1 for k in places]])}[1,g]",
              "c": f"g, h -> {table([[place(k, j) + 1 for j in places] for k in places])}[g,h]"}
    same = finite("same", f"all i:int | 1 <= i, i <= 2 => G({coordinate}) = G({rows}[{g},i+1])")
    inner = (same, witness("y", k=f"G({coordinate})", g=str(g)))
    goal = intro("reached", at(REACHED, values), "h", apply("a", "h", i=str(coordinate)),
                 obtain("z", "a", "b d", *inner))
    return Witness((goal, different(values), witness("end", **values)))


_SECOND = "g, h -> iite(g,1,h,2)"
_IDENTITY = "[1,2,3,4]"

KILLS = (
    Kill("delta = 0", Witness((witness("end", **{**LINE, "delta": "0"}),))),
    Kill("two points per axis", _point()),
    Kill("one point per axis", _point(known=ONE, **SINGLE)),
    Kill("S below 0", Witness((reached({**LINE, "S": "-1", "n": "1"}, "1"),
                               witness("end", **{**LINE, "S": "-1", "n": "1"})))),
    Kill("B = 0, an empty grid", _empty("0")),
    Kill("an empty grid", _empty("1")),
    Kill("B = -1, an empty grid", _empty("-1", "-1")),
    Kill("-1 points per axis", _empty("1", "-1")),
    Kill("the first map leaves 1, 2 above at the first coordinate",
         _leaving(((0, 4, 2, 1, 1), (0, 2, 2, 1, 1), (0, 1, 2, 1, 4)), 2)),
    Kill("the last map leaves 1, 2 above at the second coordinate",
         _leaving(((0, 1, 2, 1, 4), (0, 1, 1, 1, 2), (0, 1, 4, 1, 2)), 1)),
    Kill("the first map leaves 1, 2 below at the first coordinate",
         _leaving(((1, 0, 2, 1, 1), (1, 2, 2, 1, 1), (0, 1, 2, 1, 4)), 2)),
    Kill("an inverse behind the list",
         _collapse(f"[{_IDENTITY},{_IDENTITY},[1,1,1,2],[3,4,3,4]]", "g -> iite(g,1,1,3)", _SECOND, "2")),
    Kill("an inverse before the list",
         _collapse(f"[[3,4,3,4],{_IDENTITY},[1,1,1,2],{_IDENTITY}]", "g -> [[1,1,0,1]][1,g+1]", _SECOND, "2")),
    Kill("no inverse for the first element",
         _collapse(f"[{_IDENTITY},[1,1,1,2],{_IDENTITY},{_IDENTITY}]", "g -> 2", "g, h -> iite(g,1,1,iite(h,1,1,2))",
                   "1")),
    Kill("both coordinates the first",
         _collapse(f"[{_IDENTITY},{_IDENTITY},[1,1,1,2],{_IDENTITY}]", "g -> 1", _SECOND, "2")),
    Kill("both coordinates the second",
         _collapse(f"[{_IDENTITY},{_IDENTITY},[2,2,1,2],{_IDENTITY}]", "g -> 1", _SECOND, "2", "2")),
    Kill("a first representative below the grid", _point("G(1) + 1", n="3", C="k, i -> k - 1")),
    Kill("a last representative below the grid", _point("3 - G(1)", n="3", C="k, i -> 3 - k")),
    Kill("a last representative above the grid", _point(n="3")),
    Kill("a first representative above the grid", _point("4 - G(1)", n="3", C="k, i -> 4 - k")),
    Kill("a representative below the grid, 1 behind S", _point("G(1) + 1", n="3", C="k, i -> (k - 1)*(2 - i) + i - 1")),
    Kill("a representative above the grid, 1 behind S", _point(n="3", C="k, i -> k*(2 - i) + i - 1")),
    Kill("a representative twice", _vacuous(DIFFERENT.replace("1 <= g", "2 <= g"))),
    Kill("a representative twice, no last element", _vacuous(DIFFERENT.replace("g <= N", "g <= N - 1"))),
    Kill("a representative twice, different at place 0",
         _twice(DIFFERENT.replace("1 <= i", "0 <= i"), "0", C="k, i -> k*(1 - i) + i")),
    Kill("a representative twice, different behind S",
         _twice(DIFFERENT.replace("i <= S", "i <= S + 1"), "2", C="k, i -> 2 - i + k*(i - 1)")),
    Kill("a representative twice, 5 behind S, seen in the first",
         _twice(DIFFERENT.replace("C(j,i)", "C(j,i+1)"), C="k, i -> 2 - i + 5*(i - 1)")),
    Kill("a representative twice, 5 behind S, seen in the second",
         _twice(DIFFERENT.replace("p(g,i))", "p(g,i)+1)"), C="k, i -> 2 - i + 5*(i - 1)")),
    Kill("one of two orbits", _unmet({
        REACHED.replace("G(i) <= m", "G(i) < m"): ("1", _LOW),
        REACHED.replace("k <= n", "k <= n + 1"): ("G(1)", ()),
        REACHED.replace(_ALL, _ALL.replace("1 <= i", "2 <= i")): ("1", ()),
        REACHED.replace(_ALL, _ALL.replace("i <= S", "i <= S - 1")): ("1", ())})),
    Kill("one of two orbits, the other before it",
         _unmet({REACHED.replace("1 <= k", "0 <= k"): ("2 - G(1)", ())}, C="k, i -> 2 - k")),
    Kill("the last of two orbits",
         _unmet({REACHED.replace("1 <= G(i)", "1 < G(i)"): ("1", _HIGH)}, C="k, i -> 2")),
    Kill("one orbit covers", _covers({_COVER: "1"}, "1", **SINGLE)),
    Kill("one orbit covers a part of the cube or of the coordinates", _covers({
        _COVER.replace("<= B", "<= 99/100*B"): "1", _COVER.replace("<= B", "<= 1/2*B"): "1",
        _COVER.replace(_NEAR, _NEAR.replace("1 <= i", "2 <= i")): "1",
        _COVER.replace(_NEAR, _NEAR.replace("i <= S", "i <= S - 1")): "1"}, "1", B="201/200")),
    Kill("one orbit covers, counted as none", _covers({
        _COVER.replace("1 <= k", "0 <= k"): "0", _COVER.replace("k <= e", "k <= e + 1"): "1"}, "0", **SINGLE)),
    Kill("too few in the list", Witness((different({**LINE, "n": "1"}), witness("end", **{**LINE, "n": "1"})))),
)

_NAMES = {"S": "S", "N": "N", "m": "m", "n": "n", "p": "g, i -> p(g,i)", "v": "g -> v(g)", "c": "g, h -> c(g,h)",
          "C": "k, i -> C(k,i)", "B": "B", "delta": "delta"}


def _renamed(old: str, new: str, value: str) -> tuple[Step, ...]:
    """Derive the claim with `new` in place of `old` in the cover: its third part for other centres."""
    least = f"all e:int, y:(k:int,i:int)->real | {_COVERED.replace(old, new)} => n <= e"
    return (apply("all", "covering.quotient_exact", **_NAMES),
            obtain("end", "all", "e1 e2 e3 e4",
                   intro("new", least, "cov", apply("x", "e2", e="e", y=f"k, i -> {value}")), witness("last")))


_ANY = "true: whatever the centres are called or scaled, no fewer than n orbits cover"
_CLOSURE = tuple(f"shift H5, {where}" for where in (
    "end 1 of the range of g", "end N of the range of g", "end 1 of the range of h", "end N of the range of h",
    "index g of c", "index h of c", "index g of c (2)", "index h of c (2)", "end 1 of the range of i",
    "end S of the range of i", "index c(g, h) of p", "index i of p", "index g of p", "index p(h, i) of p"))

SURVIVORS = (
    *(Survivor((f"shift conclusion 2, index {i} of y",), _ANY * (step == "+"), _renamed("y(k,i)", value, value))
      for i in "ki" for step in "+-" for value in (f"y(k{f' {step} 1' * (i == 'k')},i{f' {step} 1' * (i == 'i')})",)),
    *(Survivor((f"constant conclusion 2, -1 by {by}",), _ANY * (k == 0), _renamed("y(k,i)", value, value))
      for by, factors in (("1/100", ("99/100", "101/100")), ("1/2", ("1/2", "3/2")))
      for k, factor in enumerate(factors) for value in (f"{factor}*y(k,i)",)),
    Survivor(("drop H2",), "H10 at the point 1, ..., 1 names an element of the group, so 1 <= N may be left out",
             (apply("step", "covering.grid_step", B="B", delta="delta", m="m"),
              obtain("end", "step", "m1 fine wide fits", apply("R1", "H10", G="i -> 1"),
                     obtain("n1", "R1", "k1 k2 g1 g2 same", combine("z", facts="g1 g2"), goal="1 <= N"),
                     apply("y", "covering.quotient_exact", **_NAMES)))),
    Survivor(("drop H5", *_CLOSURE),
             "false without closure (the exchanges of neighbours among three coordinates: 6 representatives, 4 orbits"
             " cover), but a witness must prove a cover of a cube of three coordinates"),
    Survivor(("shift H4, index p(v(g), i) of p",), "a witness needs the 25 values of two coordinates and four maps"),
    Survivor(("shift H10, end 1 of the range of g", "shift H10, end N of the range of g",
              "shift conclusion 2, end 1 of the range of g", "shift conclusion 2, end N of the range of g"),
             "a witness needs the exchange of two coordinates as an element that is not listed, and a proof by cases"),
    Survivor(("shift H10, end 1 of the range of i", "shift H10, end S of the range of i", "shift H10, index i of G",
              "shift H10, index i of G (2)", "shift H10, index p(g, i) of G"),
             "true: values of G outside 1..S are free, so that H10 is the same or holds for no list"),
    Survivor(("shift H10, index k of C", "shift H10, index i of C"),
             "true: by H11 no list has more than one point of an orbit, by H10 not fewer"),
    Survivor(tuple(f"shift H11, {end} of the range of {k}" for end in ("end 1", "end n") for k in "kj"),
             "true: inverses make H11 symmetric in k and j, so one of the two orders may be left out"),
    Survivor(("shift H11, index j of C", "shift H11, index k of C"),
             "true: the entry compared with itself leaves at most one representative"),
    Survivor(("shift conclusion 2, end 1 of the range of i", "shift conclusion 2, end S of the range of i",
              "shift conclusion 2, index i of x", "shift conclusion 2, index p(g, i) of x"),
             "true: coordinates outside 1..S are free, so the cover is as good as before or impossible"),
    Survivor(("strictness conclusion 2",), "true: the open cube is as hard to cover by closed balls as the closed one"),
)
