"""Grid networks that are pairwise no relabellings of each other are at most the bias-ordered count.

The middle of the chain m^S / prod d_l! <= orbits <= bias-ordered count <= m^S, for any depth and any number of grid
points m(l) per axis of a layer: every grid network is a relabelling of one of the bias-ordered list
(`representatives`), and two networks that share their representative are relabellings of each other.
"""

from __future__ import annotations

from theory.covering import relabellings
from theory.covering.deep_bound_unconditional import GRID
from theory.covering.relabellings import FAMILY, FOUND, SAME, joined, permutations, relabels, represented
from theory.covering.representatives_layers import COUNT
from theory.covering.small_groups import table
from theory.language import Claim, Comparison, Control, Source, Witness, formula, statement, substitute
from theory.language.derivation import Step, apply, cases, combine, finite, intro, obtain, witness
from theory.language.notation import substitution

LEMMAS = relabellings.LEMMAS

_WIDTHS = "(all l:int | 0 <= l, l <= L + 1 => 0 <= d(l))"
_POINTS = "(all l:int | 1 <= l, l <= L + 1 => 1 <= m(l))"
_GRIDDED = f"(all k l i j:int | 1 <= k, k <= n, {GRID} => some | 1 <= C(k,l,i,j), C(k,l,i,j) <= m(l))"
DIFFERENT = ("(all a b:int, p v:(l:int,i:int)->int | 1 <= a, a <= n, 1 <= b, b <= n, "
             + joined(*FOUND, *relabels("C(b,", "C(a,", "p")) + " => a = b)")
"""No two of the networks C(1), ..., C(n) are relabellings of each other."""

_HYPOTHESES = f"all L n:int, d m:int->int, C:{FAMILY} | 0 <= L, {_WIDTHS}, {_POINTS}, {_GRIDDED}, {DIFFERENT}"

_SIZE = "sum(l=1..L+1: d(l)*(d(l-1) + 1))"
_FREE = "(sum(l=1..L: d(l)*d(l-1)) + d(L+1)*(d(L) + 1))"
_MULTISETS_OF = "prod(l=1..L: binom(x + d(l) - 1, d(l)))"
EQUAL_GRIDS = (f"(all x:int | (all l:int | 1 <= l, l <= L + 1 => m(l) = x) => some |"
               f" n <= pow(x, {_FREE})*{_MULTISETS_OF}, pow(x, {_FREE})*{_MULTISETS_OF} <= pow(x, {_SIZE}))")
"""With x points on every axis: weights and output freely, hidden biases as multisets, and all of it at most x^S."""

STATEMENT = statement(f"{_HYPOTHESES} => some | n <= {COUNT}, {EQUAL_GRIDS}")
"""H1, H2 sizes; H3, H4 grid; H5 no two are relabellings of each other."""

_LIST = (f"some r:int, E:{FAMILY} | r <= {COUNT}, (all k l i j:int | 1 <= k, k <= r, {GRID} => 1 <= E(k,l,i,j)),"
         f" (all k l i j:int | 1 <= k, k <= r, {GRID} => E(k,l,i,j) <= m(l)),"
         f" (all G:(l:int,i:int,j:int)->int | (all l i j:int | {GRID} => 1 <= G(l,i,j)),"
         f" (all l i j:int | {GRID} => G(l,i,j) <= m(l)) => some k:int, p v:(l:int,i:int)->int | 1 <= k, k <= r, "
         + joined(*FOUND, *relabels("E(k,", "G(", "p")) + ")")


def _by(k: str, t: str, p: str, v: str) -> str:
    """`represented` with the permutations called p and v."""
    return (f"some {p} {v}:(l:int,i:int)->int | "
            + joined(f"1 <= {t}", f"{t} <= r", *permutations(p, v), *relabels(f"E({t},", f"C({k},", p)))


_INJECTIVE = (
    apply("a1", "rel", _by("a", "f(a)", "p", "v"), k="a"), apply("b1", "rel", _by("b", "f(b)", "p", "v"), k="b"),
    apply("b2", "covering.represented_equal", _by("b", "f(a)", "u", "w"), **SAME, k="b", t="f(a)", a="b", b="f(b)"),
    obtain("z", "a1", "x1 x2 p1 p2 p3 p4 p5 p6 p7 p8 s1 s2", obtain(
        "y", "b2", "y1 y2 u1 u2 u3 u4 u5 u6 u7 u8 t1 t2",
        apply("meet", "covering.relabellings_meet", "some o x:(l:int,i:int)->int | "
              + joined(*permutations("o", "x"), *relabels("C(b,", "C(a,", "o")), L="L", d="l -> d(l)",
              G="l, i, j -> C(a,l,i,j)", A="l, i, j -> C(b,l,i,j)", H="l, i, j -> E(f(a),l,i,j)", p="l, i -> p(l,i)",
              v="l, i -> v(l,i)", u="l, i -> u(l,i)", w="l, i -> w(l,i)"),
        obtain("x0", "meet", "r1 r2 r3 r4 r5 r6 r7 r8 c1 c2",
               apply("w0", "H5", a="a", b="b", p="l, i -> o(l,i)", v="l, i -> x(l,i)")))),
)

_FACTOR = "pow({m}, d(l)*d(l-1))*binom({m} + d(l) - 1, d(l))"
_EQUAL = (
    apply("x0", "hx", l="L + 1"), apply("x1", "H3", l="L + 1"), combine("x2", "1 <= x", "x0 x1"),
    intro("wd", "all l:int | 1 <= l, l <= L => 0 <= d(l)", "l1 l2", apply("z", "H2", l="l")),
    intro("ws", "all l:int | 1 <= l, l <= L => 0 <= d(l)*d(l-1)", "l1 l2", apply("a", "H2", l="l"),
          apply("b", "H2", l="l - 1"), combine("z", facts="a b")),
    intro("f", f"all l:int | 1 <= l, l <= L => {_FACTOR.format(m='m(l)')} = {_FACTOR.format(m='x')}", "l1 l2",
          apply("e", "hx", l="l"), apply("z", "ax.cong_int", f=f"t -> {_FACTOR.format(m='t')}", x="m(l)", y="x")),
    apply("P", "textbook.prod_cong", f=f"l -> {_FACTOR.format(m='m(l)')}", g=f"l -> {_FACTOR.format(m='x')}", a="1",
          b="L"),
    apply("M", "textbook.prod_mul", f="l -> pow(x, d(l)*d(l-1))", g="l -> binom(x + d(l) - 1, d(l))", a="1", b="L"),
    apply("W", "textbook.prod_pow", m="x", d="l -> d(l)*d(l-1)", n="L"),
    apply("o1", "ax.cong_int", f="t -> pow(t, d(L+1)*(d(L) + 1))", x="m(L+1)", y="x"),
    apply("d1", "H2", l="L"), apply("d2", "H2", l="L + 1"), combine("d3", "0 <= d(L+1)*(d(L) + 1)", "d1 d2"),
    obtain("z0", "W", "w1 w2",
           apply("a0", "textbook.pow_add", b="x", n="sum(l=1..L: d(l)*d(l-1))", m="d(L+1)*(d(L) + 1)"),
           combine("same", f"{COUNT} = pow(x, {_FREE})*{_MULTISETS_OF}", "P M w1 o1 a0", rounds=5),
           apply("s1", "ax.sum_last", f="l -> d(l)*(d(l-1) + 1)", a="1", b="L + 1"),
           apply("s2", "textbook.sum_add",
                 "sum(l=1..L: d(l)*(d(l-1) + 1)) = sum(l=1..L: d(l)*d(l-1)) + sum(l=1..L: d(l))",
                 f="l -> d(l)*d(l-1)", g="l -> d(l)", a="1", b="L"),
           combine("s3", f"{_SIZE} - sum(l=1..L: d(l)) = {_FREE}", "s1 s2"), combine("s4", f"0 <= {_FREE}", "w2 d3"),
           combine("s5", f"sum(l=1..L: d(l)) <= {_SIZE}", "s3 s4"),
           apply("ch", "covering.counting_chain", L="L", m="x", S=_SIZE, d="l -> d(l)"),
           apply("cg", "ax.cong_int", f="t -> pow(x, t)", x=f"{_SIZE} - sum(l=1..L: d(l))", y=_FREE),
           obtain("z", "ch", "c1 c2", combine("u1", f"n <= pow(x, {_FREE})*{_MULTISETS_OF}", "A same"),
                  combine("u2", f"pow(x, {_FREE})*{_MULTISETS_OF} <= pow(x, {_SIZE})", "c2 cg"), witness("y"))),
)

_DERIVATION = (
    apply("R", "covering.sorted_representatives", _LIST, L="L", d="l -> d(l)", m="l -> m(l)"),
    obtain("end", "R", "q1 q2 q3 rep",
           apply("one", "rep", "some t:int, p v:(l:int,i:int)->int | "
                 + joined("1 <= t", "t <= r", *FOUND, *relabels("E(t,", "(", "p")).replace("(l,p(l,i),0)", "1")
                 .replace("(l,p(l,i),p(l-1,j))", "1"), G="l, i, j -> 1"),
           obtain("r0", "one", "t1 t2 p1 p2 p3 p4 p5 p6 p7 p8 s1 s2", combine("z", facts="t1 t2"), goal="1 <= r"),
           intro("hit", f"all k:int | 1 <= k, k <= n => some t:int | ({represented('k', 't')})", "k1 k2",
                 intro("g1", f"all l i j:int | {GRID} => 1 <= C(k,l,i,j)", "l1 l2 i1 i2 j1 j2",
                       apply("a", "H4", k="k", l="l", i="i", j="j"), obtain("z", "a", "a1 a2", apply("y", "a1"))),
                 intro("g2", f"all l i j:int | {GRID} => C(k,l,i,j) <= m(l)", "l1 l2 i1 i2 j1 j2",
                       apply("a", "H4", k="k", l="l", i="i", j="j"), obtain("z", "a", "a1 a2", apply("y", "a2"))),
                 apply("P", "rep", "some t:int, p v:(l:int,i:int)->int | "
                       + joined("1 <= t", "t <= r", *FOUND, *relabels("E(t,", "C(k,", "p")),
                       G="l, i, j -> C(k,l,i,j)"),
                 obtain("z", "P", "t1 t2 p1 p2 p3 p4 p5 p6 p7 p8 s1 s2",
                        witness("y", represented("k", "t"), p="l, i -> p(l,i)", v="l, i -> v(l,i)"),
                        witness("x", t="t"))),
           apply("or1", "ax.total", x="n", y="0"),
           cases("few", "or1", "c", [combine("y", facts="c r0")],
                 [apply("F", "covering.choose_representative", **SAME, n="n"),
                  obtain("z", "F", "rel",
                         intro("f1", "all k:int | 1 <= k, k <= n => 1 <= f(k)", "k1 k2", apply("a", "rel", k="k"),
                               obtain("y", "a", "y1 y2 u1 u2 u3 u4 u5 u6 u7 u8 t1 t2", apply("x", "y1"))),
                         intro("f2", "all k:int | 1 <= k, k <= n => f(k) <= r", "k1 k2", apply("a", "rel", k="k"),
                               obtain("y", "a", "y1 y2 u1 u2 u3 u4 u5 u6 u7 u8 t1 t2", apply("x", "y2"))),
                         intro("f3", "all a b:int | 1 <= a, a <= n, 1 <= b, b <= n, f(a) = f(b) => a = b",
                               "i1 i2 j1 j2 ij", *_INJECTIVE),
                         apply("x", "covering.pigeonhole", m="r", n="n", f="k -> f(k)"))], goal="n <= r"),
           combine("A", f"n <= {COUNT}", "few q1"),
           intro("B", EQUAL_GRIDS[1:-1], "hx", *_EQUAL), witness("last")),
)

# ---- two hidden units without inputs and outputs, two points per axis: the three multisets of two biases

_MULTISETS = ((1, 1), (1, 2), (2, 2))
_TABLE = table(_MULTISETS)
_PAIR = {"L": "1", "d": "l -> [[0,2,0]][1,l+1]", "m": "l -> 2", "C": f"k, l, i, j -> {_TABLE}[k,i]"}


def _contradiction(a: int, b: int, places: tuple[int, int]) -> list[Step]:
    """p(1, 1) and p(1, 2) take the two values: they collide, or some bias differs."""
    if places[0] == places[1]:
        return [apply("c", "ax.cong_ii", f="x -> v(1,x)", x="p(1,1)", y="p(1,2)"), combine("no", "1 = 2", "c in1 in2"),
                combine("z", facts="no")]
    i = next(i for i in (1, 2) if _MULTISETS[b - 1][i - 1] != _MULTISETS[a - 1][places[i - 1] - 1])
    sides = f"{_MULTISETS[b - 1][i - 1]} = {_MULTISETS[a - 1][places[i - 1] - 1]}"
    return [apply("c", "ax.cong_ii", f=f"x -> {_TABLE}[{a},x]", x=f"p(1,{i})", y=str(places[i - 1])),
            combine("no", sides, f"c b{i}"), combine("z", facts="no")]


def _second(a: int, b: int, first: int) -> list[Step]:
    """Both values of p(1, 2)."""
    return [apply("t2", "ax.int_split", m="1", n="p(1,2)"),
            cases("y", "t2", "e2", _contradiction(a, b, (first, 1)),
                  [apply("f2", "ax.antisym", x="p(1,2)", y="2"), *_contradiction(a, b, (first, 2))])]


def _compared(a: int, b: int) -> Step:
    """Networks a and b are one, or no permutation of the two units takes one to the other."""
    names = "h1 h2 h3 h4 h5 h6 h7 h8 s1 s2"
    if a == b:
        return intro("w", None, names, combine("z"))
    known = tuple(step for i in "12" for step in (
        apply(f"lo{i}", "h1", l="1", i=i), apply(f"hi{i}", "h2", l="1", i=i), apply(f"in{i}", "h5", l="1", i=i),
        apply(f"b{i}", "s1", l="1", i=i)))
    return intro("w", None, names, *known, apply("t1", "ax.int_split", m="1", n="p(1,1)"),
                 cases("x", "t1", "e1", _second(a, b, 1),
                       [apply("f1", "ax.antisym", x="p(1,1)", y="2"), *_second(a, b, 2)]))


def _different() -> tuple[Step, ...]:
    """H5 for the three multisets."""
    known = {name: substitution(text) for name, text in _PAIR.items()} | {"n": 3}
    goal = substitute(formula(DIFFERENT[1:-1]), known)
    inner = ("all", goal[1][2:], goal[2][4:], goal[3])
    b_range, a_range = ((("<=", 1, x), ("<=", x, 3)) for x in "ba")
    nested = ("all", (("a", "int"),), a_range, ("all", (("b", "int"),), b_range, inner))
    boxes = [[finite("u", None, *([_compared(a, b)] for b in (1, 2, 3)))] for a in (1, 2, 3)]
    names = " ".join(f"h{k}" for k in range(1, 9)) + " s1 s2"
    return (finite("nested", nested, *boxes),
            intro("different", goal, f"a1 a2 b1 b2 {names}", apply("x", "nested", a="a"), apply("y", "x", b="b"),
                  apply("z", "y", p="l, i -> p(l,i)", v="l, i -> v(l,i)")))


def _point(count: str = "3") -> Witness:
    return Witness((*_different(), witness("end", **_PAIR, n=count)))


_GUARD = (apply("ml", "o3", l="l"), apply("mx", "o7", l="l"))
"""1 <= x, for the binomial coefficients: the grids have at least one point."""

CLAIM = Claim(
    id="covering.orbit_chain",
    title="There are at most as many orbits of grid networks as networks with ordered hidden biases",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "new", arxiv="2305.11417",
                  note="The middle of the chain of the exact covering number (covering.quotient_exact,"
                  " covering.counting_chain)."),
    summary="Pairwise inequivalent grid networks are at most prod_l m_l^(d_l d_(l-1)) C(m_l + d_l - 1, d_l) times the"
            " number of output layers; with equal grids this is at most m^S.",
    derivation=_DERIVATION,
    posed=((), _GUARD[:1], (), (), _GUARD, (), _GUARD),
    instance=_point(),
    controls=(
        Control("factorials_earned", "prod d_l! times the number of orbits is at most m^S: 6 against 4, two biases",
                statement(f"{_HYPOTHESES}, (all l:int | 1 <= l, l <= L + 1 => m(l) = m(1))"
                          f" => n*prod(l=1..L: fact(d(l))) <= pow(m(1), {_SIZE})"), _point()),
        Control("sets_for_multisets", "C(m, d) in place of C(m+d-1, d): equal biases forgotten, 3 against 1",
                statement(f"{_HYPOTHESES} => n <= {COUNT.replace('m(l) + d(l) - 1', 'm(l)')}"), _point()),
        Control("repetitions", "networks may be relabellings of each other (H5 dropped): any number of copies",
                statement(f"{_HYPOTHESES.replace(f', {DIFFERENT}', '')} => n <= {COUNT}"),
                Witness((witness("end", L="0", d="l -> 0", m="l -> 1", n="2", C="k, l, i, j -> 1"),))),
    ),
    comparison=(
        Comparison("middle inequality", "orbits <= m^(S - sum d_l) prod C(m + d_l - 1, d_l)",
                   "n <= the bias-ordered count, for n pairwise inequivalent grid networks, a number of points for each"
                   " layer", "more general: m may differ from layer to layer; any such n, not only the orbit count"),
        Comparison("upper end", "bias-ordered count <= m^S", "with x points on every axis, from"
                                                             " covering.counting_chain",
                   "as stated"),
        Comparison("lower end", "m^S / prod d_l! <= orbits", "covering.quotient_exact: m^S <= N n for a listed group",
                   "that the layer-wise relabellings are prod d_l! many is not part of a statement"),
    ),
    tightness="Attained: two hidden units, no inputs and outputs, two points per axis, 3 = C(3, 2).",
    attack="theory.covering.orbit_chain_attack",
    attacked=statement(f"{_HYPOTHESES} => n <= {COUNT}"),
)
