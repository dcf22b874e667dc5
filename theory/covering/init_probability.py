"""Random initialization and the orbit of a minimiser: the exact laws behind "a probability gained by permutations".

The start is one of N points with weights w, invariant under a group of coordinate permutations; a is a parameter
vector and k the number of distinct points of its orbit. Everything is exact: k |Stab| = |G|; near the orbit is k times
as likely as near a; ending in the orbit is k times as likely as ending at a, so any particular minimiser has
probability at most 1/k; and conditioning the start on a fundamental domain changes nothing if the law has no ties.
"""

from __future__ import annotations

from theory.covering.orbit_events import ACTION, GROUP, ORBIT, event, union
from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement
from theory.language.derivation import Step, apply, combine, compute, intro, obtain, witness

_GAUGE = "ite(r, abs({}), 1, 0)"
"""Counts the coordinates that are r or more apart: their number is 0 inside the open ball in sup norm."""

_NEAR, _NEAR_A = union("x(i,c)", _GAUGE), event("x(i,c)", "a(c)", _GAUGE)
_HIT, _HIT_A = union("y(i,c)"), event("y(i,c)", "a(c)")
_HIT_J = event("y(i,c)", "a(p(rep(j),c))")
_STABILISER = f"sum(g=1..K: {event('a(p(g,c))', 'a(c)')})"


def _probability(of: str) -> str:
    return f"sum(i=1..N: w(i)*{of})"


_I = "1 <= i, i <= N"
_SEPARATED = ("(all l j:int | 1 <= l, l <= k, 1 <= j, j <= l - 1 => some c:int | 1 <= c, c <= S,"
              " 2*r <= abs(a(p(rep(j),c)) - a(p(rep(l),c))))")
_COUNT = f"k*{_STABILISER} = K"
_BALL = f"{_probability(_NEAR)} = k*{_probability(_NEAR_A)}"
_REACH = f"{_probability(_HIT)} = k*{_probability(_HIT_A)}"
_NO_TIES = "(all i:int | 1 <= i, i <= N => sum(g=1..K: D(act(g,i))) = 1)"
_CONDITIONED = f"{_probability('D(i)*' + _HIT)} = {_probability('D(i)')}*{_probability(_HIT)}"
_PARTS = (
    _COUNT,
    f"(all r:real | {_SEPARATED} => {_BALL})",
    _REACH,
    f"(all j:int | 1 <= j, j <= k => k*{_probability(_HIT_J)} <= 1)",
    f"(all r:real | (all i:int | {_I} => {_NEAR_A} <= {_HIT_A}) => k*{_probability(_NEAR_A)} <= {_probability(_HIT)})",
    f"(all D:int->real | {_NO_TIES} => some | K*{_probability('D(i)')} = 1, {_CONDITIONED})",
)

_VARIABLES = ("N K k S:int, w a:int->real, x y:(i:int,c:int)->real, p v:(g:int,c:int)->int,"
              " act back:(g:int,i:int)->int, mul div:(g:int,h:int)->int, rep cls:int->int")


def _statement(conclusion: str, *, more: str = "", law: bool = True, guard: str = "") -> Statement:
    """The theorem, or a neighbour: another conclusion, a law that need not be invariant, a guard added."""
    invariant = " (all g i:int | 1 <= g, g <= K, 1 <= i, i <= N => w(act(g,i)) = w(i))," if law else ""
    moves = "(all g i c:int | 1 <= g, g <= K, 1 <= i, i <= N, 1 <= c, c <= S => {0}(act(g,i),c) = {0}(i,p(g,c)))"
    return statement(
        f"all {_VARIABLES}{more} | 0 <= N, 0 <= K, 0 <= k, 0 <= S, {GROUP},"
        " (all g h:int | 1 <= g, g <= K, 1 <= h, h <= K => some | 1 <= mul(g,h), mul(g,h) <= K, 1 <= div(g,h),"
        " div(g,h) <= K, div(g,mul(g,h)) = h, mul(g,div(g,h)) = h),"
        " (all g h c:int | 1 <= g, g <= K, 1 <= h, h <= K, 1 <= c, c <= S => p(mul(g,h),c) = p(h,p(g,c))),"
        f" {ACTION}, {moves.format('x')},{invariant}"
        " (all i:int | 1 <= i, i <= N => 0 <= w(i)), sum(i=1..N: w(i)) = 1,"
        f" {moves.format('y')}, {ORBIT}, (all l j:int | 1 <= l, l <= k, 1 <= j, j <= l - 1 => some c:int |"
        f" 1 <= c, c <= S, a(p(rep(j),c)) != a(p(rep(l),c))){guard} => {conclusion}")


STATEMENT = _statement("some | " + ", ".join(_PARTS))

# H1..H4 sizes, H5 permutations, H6 H7 group, H8 action, H9 starts move, H10 the law is invariant, H11 H12 weights,
# H13 ends move, H14 H15 the orbit's points, H16 they differ
_NAMES = {"rep": "j -> rep(j)", "cls": "g -> cls(g)", "p": "g, c -> p(g,c)", "v": "g, c -> v(g,c)", "a": "c -> a(c)"}
_ABS = (
    intro("absolute", "all u:real => 0 <= abs(u)", "", apply("z", "textbook.abs_nonneg", x="u")),
    intro("apart", "all l j:int | 1 <= l, l <= k, 1 <= j, j <= l - 1 => some c:int | 1 <= c, c <= S,"
          " (all u:real => 0 < abs(u - a(p(rep(j),c))) + abs(u - a(p(rep(l),c))))", "l1 l2 j1 j2",
          apply("f", "H16", j="j", l="l"),
          obtain("z", "f", "f1 f2 f3",
                 intro("y", "all u:real => 0 < abs(u - a(p(rep(j),c))) + abs(u - a(p(rep(l),c)))", "",
                       apply("g", "covering.two_distances", u="u", a="a(p(rep(j),c))", b="a(p(rep(l),c))")),
                 witness("x", c="c"))),
)


def _events(id_: str, point: str, gauge: str) -> Step:
    """`covering.orbit_events` for the starts or the ends of the runs."""
    return apply(id_, "covering.orbit_events", N="N", K="K", k="k", S="S", w="i -> w(i)", z=f"i, c -> {point}(i,c)",
                 m=f"u -> {gauge}", act="g, i -> act(g,i)", back="g, i -> back(g,i)", **_NAMES)


def _split(fact: str, goals: tuple[str, ...], quantified: str, ids: str, use: Step, prefix: str) -> list[Step]:
    """The parts of a quantified `some` as facts of their own, named prefix1, prefix2, ..."""
    parts = " ".join(f"a{n}" for n in range(1, len(goals) + 1))
    return [intro(f"{prefix}{n}", f"{quantified} => {goal}", ids, use, obtain("z", fact, parts, apply("y", f"a{n}")))
            for n, goal in enumerate(goals, 1)]


_COORDINATES = _split("a0", ("1 <= p(g,c)", "p(g,c) <= S", "1 <= v(g,c)", "v(g,c) <= S", "v(g,p(g,c)) = c",
                             "p(g,v(g,c)) = c"), "all c:int | 1 <= c, c <= S", "c1 c2",
                      apply("a0", "H5", g="g", c="c"), "q")
_GROUP = _split("a0", ("1 <= mul(g,h)", "mul(g,h) <= K", "1 <= div(g,h)", "div(g,h) <= K", "div(g,mul(g,h)) = h",
                       "mul(g,div(g,h)) = h"), "all h:int | 1 <= h, h <= K", "h1 h2",
                apply("a0", "H6", g="g", h="h"), "m")

_SELF = event("a(p(i,c))", "a(p(i,c))")
_OWN = union("a(p(i,c))")

_COUNTED = (
    intro("moves", "all g i c:int | 1 <= g, g <= K, 1 <= i, i <= K, 1 <= c, c <= S"
          " => a(p(mul(g,i),c)) = a(p(i,p(g,c)))",
          "g1 g2 i1 i2 c1 c2", apply("e", "H7", g="g", h="i", c="c"),
          apply("z", "ax.cong_int", f="t -> a(t)", x="p(mul(g,i),c)", y="p(i,p(g,c))")),
    apply("group", "covering.orbit_events", N="K", K="K", k="k", S="S", w="i -> 1", z="i, c -> a(p(i,c))",
          m="u -> abs(u)", act="g, i -> mul(g,i)", back="g, i -> div(g,i)", **_NAMES),
    # every g a is a point of the orbit
    compute("abs0", "abs(0) = 0"), apply("sum0", "textbook.sum_const", c="abs(0)", n="S"),
    combine("sum1", "sum(c=1..S: abs(0)) <= 0", "abs0 sum0", rounds=3),
    apply("self", "ax.ite_then", a="sum(c=1..S: abs(0))", b="0", x="1", y="0"),
    intro("own", f"all i:int | 1 <= i, i <= K => {_OWN} = 1", "i1 i2",
          intro("pos", f"all g:int | 1 <= g, g <= K => 0 <= {event('a(p(i,c))', 'a(p(g,c))')}", "g1 g2",
                apply("a0", "covering.indicator", a="sum(c=1..S: abs(a(p(i,c)) - a(p(g,c))))", b="0"),
                obtain("z", "a0", "a1 a2 a3", apply("y", "a2"))),
          apply("t", "textbook.term_at_most_sum", f=f"g -> {event('a(p(i,c))', 'a(p(g,c))')}", n="K", c="i"),
          combine("one", f"1 <= sum(g=1..K: {event('a(p(i,c))', 'a(p(g,c))')})", "t self", degree=1),
          apply("z", "ax.ite_then", a="1", b=f"sum(g=1..K: {event('a(p(i,c))', 'a(p(g,c))')})", x="1", y="0")),
    apply("whole", "textbook.sum_cong", f=f"i -> {_OWN}", g="i -> 1", a="1", b="K"),
    apply("size", "textbook.sum_const", c="1", n="K"),
    obtain("C1", "group", "s1 s2", combine("z", facts="s2 whole size"), goal=_COUNT),
)

_NEARBY = intro(
    "C2", _PARTS[1][1:-1], "sep",
    intro("absolute'", "all u:real => 0 <= ite(r, abs(u), 1, 0)", "",
          apply("a0", "covering.indicator", a="r", b="abs(u)"), obtain("z", "a0", "a1 a2 a3", apply("y", "a2"))),
    intro("apart'", "all l j:int | 1 <= l, l <= k, 1 <= j, j <= l - 1 => some c:int | 1 <= c, c <= S, (all u:real"
          " => 0 < ite(r, abs(u - a(p(rep(j),c))), 1, 0) + ite(r, abs(u - a(p(rep(l),c))), 1, 0))", "l1 l2 j1 j2",
          apply("f", "sep", j="j", l="l"),
          obtain("z", "f", "f1 f2 f3",
                 intro("y", "all u:real => 0 < ite(r, abs(u - a(p(rep(j),c))), 1, 0)"
                       " + ite(r, abs(u - a(p(rep(l),c))), 1, 0)", "",
                       apply("g", "covering.two_balls", u="u", a="a(p(rep(j),c))", b="a(p(rep(l),c))", r="r")),
                 witness("x", c="c"))),
    _events("balls", "x", _GAUGE.format("u")), obtain("z", "balls", "s1 s2", apply("y", "s2")),
)

_REACHED = (
    _events("ends", "y", "abs(u)"),
    obtain("C3", "ends", "s1 s2", apply("z", "s2"), goal=_REACH),
    intro("at_most", f"all i:int | {_I} => w(i)*{_HIT} <= w(i)", "i1 i2", apply("p0", "H11", i="i"),
          apply("a0", "covering.indicator", a="1", b=f"sum(g=1..K: {event('y(i,c)', 'a(p(g,c))')})"),
          obtain("z", "a0", "a1 a2 a3", combine("y", facts="p0 a3"))),
    apply("total", "textbook.sum_mono", f=f"i -> w(i)*{_HIT}", g="i -> w(i)", a="1", b="N"),
    intro("C4", _PARTS[3][1:-1], "j1 j2",
          obtain("z", "ends", "s1 s2", apply("e", "s1", j="j"), combine("y", facts="e s2 total H12", degree=1))),
    intro("C5", _PARTS[4][1:-1], "h",
          intro("s", f"all i:int | {_I} => w(i)*{_NEAR_A} <= w(i)*{_HIT_A}", "i1 i2", apply("a0", "h", i="i"),
                apply("p0", "H11", i="i"), combine("z", facts="a0 p0")),
          apply("t", "textbook.sum_mono", f=f"i -> w(i)*{_NEAR_A}", g=f"i -> w(i)*{_HIT_A}", a="1", b="N"),
          combine("z", facts="t C3 H3")),
)

def _hit_at(index: str) -> str:
    """The event that the run from point `index` ends in the orbit, for an index that may contain g."""
    return union(f"y({index},c)").replace("g=1", "h=1").replace("p(g", "p(h")


_INVARIANT_END = intro(
    "same_end", f"all g i:int | 1 <= g, g <= K, {_I} => {_hit_at('act(g,i)')} = {_HIT}", "g1 g2 i1 i2",
    *_COORDINATES, *_GROUP,
    intro("each", "all h:int | 1 <= h, h <= K"
          f" => {event('y(act(g,i),c)', 'a(p(mul(g,h),c))')} = {event('y(i,c)', 'a(p(h,c))')}", "h1 h2",
          intro("s", "all c:int | 1 <= c, c <= S => abs(y(act(g,i),c) - a(p(mul(g,h),c)))"
                " = abs(y(i,p(g,c)) - a(p(h,p(g,c))))", "c1 c2",
                apply("e1", "H13", g="g", i="i", c="c"), apply("e2", "H7", g="g", h="h", c="c"),
                apply("e3", "ax.cong_int", f="t -> a(t)", x="p(mul(g,h),c)", y="p(h,p(g,c))"),
                combine("d", "y(act(g,i),c) - a(p(mul(g,h),c)) = y(i,p(g,c)) - a(p(h,p(g,c)))", "e1 e3"),
                apply("z", "ax.cong", f="t -> abs(t)", x="y(act(g,i),c) - a(p(mul(g,h),c))",
                      y="y(i,p(g,c)) - a(p(h,p(g,c)))")),
          apply("b1", "textbook.sum_cong", f="c -> abs(y(act(g,i),c) - a(p(mul(g,h),c)))",
                g="c -> abs(y(i,p(g,c)) - a(p(h,p(g,c))))", a="1", b="S"),
          apply("b2", "textbook.sum_bijection", f="c -> abs(y(i,c) - a(p(h,c)))", p="c -> p(g,c)", v="c -> v(g,c)",
                n="S"),
          combine("d", "sum(c=1..S: abs(y(act(g,i),c) - a(p(mul(g,h),c)))) = sum(c=1..S: abs(y(i,c) - a(p(h,c))))",
                  "b1 b2"),
          apply("z", "ax.cong", f="t -> ite(t, 0, 1, 0)", x="sum(c=1..S: abs(y(act(g,i),c) - a(p(mul(g,h),c))))",
                y="sum(c=1..S: abs(y(i,c) - a(p(h,c))))")),
    apply("b1", "textbook.sum_cong", f=f"h -> {event('y(act(g,i),c)', 'a(p(mul(g,h),c))')}",
          g=f"h -> {event('y(i,c)', 'a(p(h,c))')}", a="1", b="K"),
    apply("b2", "textbook.sum_bijection", f=f"h -> {event('y(act(g,i),c)', 'a(p(h,c))')}", p="h -> mul(g,h)",
          v="h -> div(g,h)", n="K"),
    combine("d", f"sum(h=1..K: {event('y(act(g,i),c)', 'a(p(h,c))')}) = sum(h=1..K: {event('y(i,c)', 'a(p(h,c))')})",
            "b1 b2"),
    apply("z", "ax.cong", f="t -> ite(1, t, 1, 0)", x=f"sum(h=1..K: {event('y(act(g,i),c)', 'a(p(h,c))')})",
          y=f"sum(h=1..K: {event('y(i,c)', 'a(p(h,c))')})"),
)


def _conditioned(id_: str, weight: str, invariant: Step) -> list[Step]:
    """`covering.orbit_law` with the weights w or w R: sum_i weight sum_g D(g i) = K sum_i weight D(i)."""
    at = weight.format
    return [
        intro(f"{id_}w", f"all g i:int | 1 <= g, g <= K, {_I} => {at(i='back(g,i)')} = {at(i='i')}", "g1 g2 i1 i2",
              apply("a0", "H8", g="g", i="i"),
              obtain("z", "a0", "a1 a2 a3 a4 a5 a6", invariant,
                     apply("e2", "ax.cong_int", f=f"t -> {at(i='t')}", x="act(g,back(g,i))", y="i"),
                     combine("y", facts="e1 e2"))),
        apply(f"{id_}L", "covering.orbit_law", w=f"i -> {at(i='i')}", e0="i -> D(i)", e="i, g -> D(act(g,i))",
              P="g, i -> back(g,i)", Q="g, i -> act(g,i)", N="N", k="K"),
        intro(f"{id_}s", f"all i:int | {_I} => {at(i='i')}*sum(g=1..K: D(act(g,i))) = {at(i='i')}", "i1 i2",
              apply("e", "ties", i="i"), combine("z", facts="e")),
        apply(f"{id_}c", "textbook.sum_cong", f=f"i -> {at(i='i')}*sum(g=1..K: D(act(g,i)))", g=f"i -> {at(i='i')}",
              a="1", b="N"),
    ]


_UNTIED = intro(
    "C6", _PARTS[5][1:-1], "ties",
    intro("inv", f"all g i:int | 1 <= g, g <= K, {_I} => some | 1 <= back(g,i), back(g,i) <= N, 1 <= act(g,i),"
          " act(g,i) <= N, act(g,back(g,i)) = i, back(g,act(g,i)) = i", "g1 g2 i1 i2",
          apply("a0", "H8", g="g", i="i"), obtain("z", "a0", "a1 a2 a3 a4 a5 a6", witness("y"))),
    intro("dom", f"all g i:int | 1 <= g, g <= K, {_I} => D(act(g,back(g,i))) = D(i)", "g1 g2 i1 i2",
          apply("a0", "H8", g="g", i="i"),
          obtain("z", "a0", "a1 a2 a3 a4 a5 a6",
                 apply("y", "ax.cong_int", f="t -> D(t)", x="act(g,back(g,i))", y="i"))),
    *_conditioned("one", "w({i})", apply("e1", "H10", g="g", i="back(g,i)")),
    *_conditioned("two", "(w({i})*" + _hit_at("{i}") + ")", apply("e1", "both", g="g", i="back(g,i)")),
    obtain("z", "oneL", "u1 u2", obtain("y", "twoL", "v1 v2",
           combine("x1", f"K*{_probability('D(i)')} = 1", "u2 onec H12"),
           combine("x2", f"{_probability(_HIT)} = K*{_probability('D(i)*' + _HIT)}", "v2 twoc"),
           combine("x3", _CONDITIONED, "x1 x2", rounds=3))),
)

_BOTH = intro("both", f"all g i:int | 1 <= g, g <= K, {_I} => w(act(g,i))*{_hit_at('act(g,i)')} = w(i)*{_hit_at('i')}",
              "g1 g2 i1 i2", apply("e1", "H10", g="g", i="i"), apply("e2", "same_end", g="g", i="i"),
              combine("z", facts="e1 e2", rounds=3))

# ---- two coordinates and their exchange: one hidden layer of two units that carry one number each

_SWAP = "[[1,2],[2,1]]"
_TWO = {"S": "2", "K": "2", "p": f"g, c -> {_SWAP}[g,c]", "v": f"g, c -> {_SWAP}[g,c]",
        "mul": f"g, h -> {_SWAP}[g,h]", "div": f"g, h -> {_SWAP}[g,h]", "rep": "j -> j", "cls": "g -> g"}
_COPIES = {**_TWO, "N": "2", "k": "2", "act": f"g, i -> {_SWAP}[g,i]", "back": f"g, i -> {_SWAP}[g,i]",
           "x": f"i, c -> {_SWAP}[i,c]", "y": f"i, c -> {_SWAP}[i,c]", "a": "c -> c"}
"""The law sits on (1, 2) and (2, 1), training stays where it is, and the minimiser is (1, 2)."""

_KLEIN = "[[1,2,3,4],[2,1,4,3],[3,4,1,2],[4,3,2,1]]"
_TRAP_MOVES = "[[1,2,3,4,5,6,7,8],[3,4,1,2,5,6,8,7],[2,1,4,3,6,5,7,8],[4,3,2,1,6,5,8,7]]"
"""Widths (1, 2, 2, 1), W2 at 1-4, W1 at 5-6, W3 at 7-8; the biases are equal within layers and left out. Element 2
exchanges the units of layer 2, element 3 those of layer 1, element 4 both."""

_TRAP = {"N": "1", "K": "4", "k": "2", "S": "8", "w": "i -> 1", "x": "i, c -> 0", "y": "i, c -> 0",
         "p": f"g, c -> {_TRAP_MOVES}[g,c]", "v": f"g, c -> {_TRAP_MOVES}[g,c]", "act": "g, i -> 1",
         "back": "g, i -> 1", "mul": f"g, h -> {_KLEIN}[g,h]", "div": f"g, h -> {_KLEIN}[g,h]", "rep": "j -> j",
         "cls": "g -> [[1],[2],[2],[1]][g,1]", "a": "c -> [[1],[0],[0],[1],[1],[1],[1],[1]][c,1]"}
"""W1 = (1, 1), W2 = I, W3 = (1, 1): only exchanging both layers fixes it."""

_LAYERWISE = (", (all g:int | 1 <= g, g <= s => some | 1 <= one(g), one(g) <= K),"
              " (all h:int | 1 <= h, h <= t => some | 1 <= two(h), two(h) <= K), s*t = K,"
              " (all g h:int | 1 <= g, g <= s, 1 <= h, h <= t => mul(one(g),two(h)) = (g - 1)*t + h)")
"""G is the product of the permutations one(1..s) of the first layer and two(1..t) of the second."""


def _layer_stabiliser(element: str, count: str) -> str:
    return f"sum(g=1..{count}: {event(f'a(p({element}(g),c))', 'a(c)')})"


CLAIM = Claim(
    id="covering.init_probability",
    title="Random initialization: the orbit of a minimiser is |O| = |G|/|Stab| times as likely as the minimiser",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "strengthened", arxiv="2305.11417",
                  note="The paper's remark was recalled, not read: it multiplies the probability of a ball by the"
                  " numbers of distinct permutations layer by layer. Read as orderings of the incoming rows this is at"
                  " most |O|, hence safe; of the whole parameter vector it can exceed |O| (control"
                  " layerwise_product). Part (v) is the paper's inequality with |O| and without its condition on the"
                  " radius."),
    summary="Under an invariant start and equivariant training, ending in the orbit of a is exactly k times as likely"
            " as ending at a, k = |G|/|Stab|; a particular minimiser has probability at most 1/k, and conditioning on"
            " a fundamental domain without ties changes nothing.",
    derivation=(*_ABS, *_COUNTED, _NEARBY, *_REACHED, _INVARIANT_END, _BOTH, _UNTIED),
    instance=Witness((witness("end", **_COPIES, w="i -> 1/2"),)),
    controls=(
        Control("sorted_start", "the law is not invariant: biases sorted at the start",
                _statement(_BALL, more=", r:real", law=False, guard=f", {_SEPARATED}"),
                Witness((witness("end", **_COPIES, w="i -> [[1],[0]][i,1]", r="1/2"),))),
        Control("balls_overlap", "a radius beyond half the distance of the orbit's points",
                _statement(_BALL, more=", r:real"),
                Witness((witness("end", **_TWO, N="1", k="2", act="g, i -> 1", back="g, i -> 1", x="i, c -> 1/2",
                                 y="i, c -> 1/2", a="c -> c - 1", w="i -> 1", r="1"),))),
        Control("layerwise_product", "|O| = d_1* d_2*, distinct permutations counted layer by layer",
                _statement(f"k*{_layer_stabiliser('one', 's')}*{_layer_stabiliser('two', 't')} = K",
                           more=", s t:int, one two:int->int", guard=_LAYERWISE),
                Witness((witness("end", **_TRAP, s="2", t="2", one="g -> [[1],[3]][g,1]",
                                 two="h -> [[1],[2]][h,1]"),))),
        Control("whole_group", "a particular minimiser has probability at most 1/|G|, symmetric or not",
                _statement(f"K*{_probability(_HIT_A)} <= 1"),
                Witness((witness("end", **{**_TWO, "cls": "g -> 1"}, N="1", k="1", act="g, i -> 1", back="g, i -> 1",
                                 x="i, c -> 0", y="i, c -> 0", a="c -> 0", w="i -> 1"),))),
        Control("ties", "conditioning changes nothing, ties or not: half the mass at tied starts that never succeed",
                _statement(_CONDITIONED, more=", D:int->real",
                           guard=", (all i:int | 1 <= i, i <= N => 1 <= sum(g=1..K: D(act(g,i))))"),
                Witness((witness("end", **_TWO, N="3", k="2", act="g, i -> [[1,2,3],[1,3,2]][g,i]",
                                 back="g, i -> [[1,2,3],[1,3,2]][g,i]", x="i, c -> [[0,0],[1,0],[0,1]][i,c]",
                                 y="i, c -> [[0,0],[1,0],[0,1]][i,c]", a="c -> 2 - c",
                                 w="i -> [[1/2],[1/4],[1/4]][i,1]", D="i -> [[1],[1],[0]][i,1]"),))),
    ),
    comparison=(
        Comparison("law", "any G-invariant law of theta^(0)", "invariant weights w on finitely many points x(1..N)",
                   "weaker: finite laws; each part only uses finitely many events and their images under G, so for a"
                   " general law read the points as the atoms of the algebra that they generate"),
        Comparison("group", "G = prod_l S_{d_l} acting on parameters", "any finite group of coordinate permutations"
                   " p(g, .), by its table of products and left quotients", "more general"),
        Comparison("orbit", "O = G theta^, |O| = |G|/|Stab|", "k distinct points rep(1..k) a, every g a among them;"
                   " k |Stab| = |G| is derived", "as stated"),
        Comparison("(i) ball", "0 < r <= Delta/2: P(dist(theta^(0), O) < r) = |O| P(|theta^(0) - theta^|_inf < r)",
                   "part (ii), open balls in sup norm, for every r with 2 r <= Delta", "as stated; the uniform law on"
                   " the cube is left to theory.covering.uniform_orbit_probability"),
        Comparison("(ii) training", "A deterministic and equivariant: P(A in O) = |O| P(A = theta^), a particular"
                   " minimiser at most 1/|O|", "parts (iii) and (iv); ends y(i) with y(g i) = g y(i)",
                   "the equivariance of gradient descent, momentum, RMSprop and Adam is"
                   " covering.training_equivariant"),
        Comparison("the paper's inequality", "convergence from the ball gives P >= d_1* ... d_L* P(ball)",
                   "part (v): P(A in O) >= |O| P(ball), no condition on the radius", "repaired"),
        Comparison("(iii) conditioning", "no mass on ties: conditioning on Theta_0 does not change the probability",
                   "part (vi): for every D with sum_g D(g i) = 1, P(D) = 1/|G| and P(D, A in O) = P(D) P(A in O)",
                   "as stated, for any domain that meets every orbit of starts once"),
    ),
    tightness="All equalities; 1/k is attained by the two-point law of the instance.",
    attack="theory.covering.init_probability_attack",
)
