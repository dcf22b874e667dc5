"""The number of orbits of d hidden units on a symmetric grid under signed permutations is C(h + d - 1, d).

A unit with w parameters on the grid 1..m, where 1 and m are opposite, is a number in 1..K, K = m^w, such that turning
its sign is the reflection x -> K + 1 - x. Of the K units h = ceil(K/2) = (K + f)/2 are different up to sign, f = 1 if
K is odd. C(1), ..., C(n) hold one element of every orbit.
"""

from __future__ import annotations

from theory.covering import mirrored_codes, multiset_lists
from theory.covering.mirrored_codes import mirrored, reduced, reflected
from theory.covering.representatives_sorting import permutation
from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement
from theory.language.derivation import apply, cases, combine, intro, obtain, witness

LEMMAS = (*multiset_lists.LEMMAS, *mirrored_codes.LEMMAS)

_I = "1 <= i, i <= d"
_SIGNED = (f"{permutation('p', 'v', 'd')}, (all i:int | {_I} => some | 1 <= e(i), e(i) <= 2)")
"""p is a permutation of the units and e their signs, 1 or 2."""

_RANGED = f"(all k i:int | 1 <= k, k <= n, {_I} => some | 1 <= C(k,i), C(k,i) <= K)"
_MEETS = (f"(all G:int->int | (all i:int | {_I} => some | 1 <= G(i), G(i) <= K) => some k:int, p v e:int->int |"
          f" 1 <= k, k <= n, {_SIGNED}, (all i:int | {_I} => C(k,i) = {reflected('e(i)', 'G(p(i))')}))")
_ONCE = (f"(all j k:int, p v e:int->int | 1 <= j, j <= n, 1 <= k, k <= n, {_SIGNED},"
         f" (all i:int | {_I} => C(j,i) = {reflected('e(i)', 'C(k,p(i))')}) => j = k)")
_ALL = "all m w d n K h:int, C:(k:int,i:int)->int"
_SIZES = "1 <= m, 0 <= w, 0 <= d, K = pow(m, w), K <= 2*h, 2*h <= K + 1"
_CODES = mirrored("w")


def _statement(sizes: str = _SIZES, conclusion: str = f"some | n = binom(h + d - 1, d), ({_CODES})") -> Statement:
    return statement(f"{_ALL} | {sizes}, {_RANGED}, {_MEETS}, {_ONCE} => {conclusion}")


STATEMENT = _statement()
"""H1-H3 sizes; H4 units; H5, H6 half of them; H7-H9 one element of every orbit."""

_BIN = "binom(h + d - 1, d)"
_SIGN = "iite(C(a,i), C(c,p(i)), iite(C(c,p(i)), C(a,i), 1, 2), 2)"
_RC = reduced("C(k,i)")


def _rc(k: str, i: str = "i") -> str:
    return reduced(f"C({k},{i})")


_AT_MOST = (
    apply("T0", "covering.list_sequences", f"some T:(k:int,i:int)->int | (all f:int->int | (all i:int | {_I} =>"
          f" 1 <= f(i)), (all i:int | {_I} => f(i) <= h), (all i:int | 1 <= i, i + 1 <= d => f(i) <= f(i+1)) => some"
          f" k:int | 1 <= k, k <= {_BIN}, (all i:int | {_I} => T(k,i) = f(i)))".replace("T:", "R:").replace("T(", "R("),
          a="d", m="h"),
    obtain("upper", "T0", "cover",
           intro("hit", f"all a:int | 1 <= a, a <= n => some b:int | (some p v:int->int | 1 <= b, b <= {_BIN},"
                        f" {permutation('p', 'v', 'd')}, (all i:int | {_I} => {_rc('a')} = R(b,p(i))))", "a1 a2",
                 intro("rng", f"all i:int | {_I} => some | 1 <= {_rc('a')}, {_rc('a')} <= h", "i1 i2",
                       apply("r", "H7", k="a", i="i"),
                       obtain("z", "r", "r1 r2", apply("y", "covering.reduced_range", K="K", h="h", x="C(a,i)"))),
                 apply("O", "covering.sort", f"some P V:int->int | {permutation('P', 'V', 'd')}, (all i:int | 1 <= i,"
                       f" i + 1 <= d => {_rc('a', 'P(i)')} <= {_rc('a', 'P(i+1)')})", b=f"i -> {_rc('a')}", n="d"),
                 obtain("z", "O", "pv up",
                        *(intro(f"s{k}", f"all i:int | {_I} => {part}", "i1 i2", apply("g", "pv", i="i"),
                                obtain("y", "g", "g1 g2 g3 g4 g5 g6", apply("q'", "rng", i="P(i)"),
                                       obtain("x", "q'", "q1 q2", apply("w", f"q{k}"))))
                          for k, part in ((1, f"1 <= {_rc('a', 'P(i)')}"), (2, f"{_rc('a', 'P(i)')} <= h"))),
                        apply("F", "cover", f"some b:int | 1 <= b, b <= {_BIN}, (all i:int | {_I} => R(b,i) ="
                                            f" {_rc('a', 'P(i)')})", f=f"i -> {_rc('a', 'P(i)')}"),
                        obtain("y", "F", "b1 b2 b3",
                               intro("vp", permutation("V", "P", "d")[1:-1], "i1 i2", apply("g", "pv", i="i"),
                                     obtain("x", "g", "g1 g2 g3 g4 g5 g6", witness("w"))),
                               intro("eq", f"all i:int | {_I} => {_rc('a')} = R(b,V(i))", "i1 i2",
                                     apply("g", "pv", i="i"),
                                     obtain("x", "g", "g1 g2 g3 g4 g5 g6", apply("u", "b3", i="V(i)"),
                                            apply("cg", "ax.cong_ii", f=f"t -> {_rc('a', 't')}", x="P(V(i))", y="i"),
                                            combine("w", facts="u cg"))),
                               witness("x", f"some p v:int->int | 1 <= b, b <= {_BIN}, {permutation('p', 'v', 'd')},"
                                            f" (all i:int | {_I} => {_rc('a')} = R(b,p(i)))", p="i -> V(i)",
                                       v="i -> P(i)"),
                               witness("w", b="b")))),
           intro("once", f"all a c:int, p v:int->int | 1 <= a, a <= n, 1 <= c, c <= n, {permutation('p', 'v', 'd')},"
                         f" (all i:int | {_I} => {_rc('a')} = {_rc('c', 'p(i)')}) => a = c", "a1 a2 c1 c2 pv eq",
                 intro("sg", f"all i:int | {_I} => some | 1 <= {_SIGN}, {_SIGN} <= 2,"
                             f" C(a,i) = {reflected(_SIGN, 'C(c,p(i))')}", "i1 i2", apply("u", "eq", i="i"),
                       apply("z", "covering.reduced_equal", K="K", h="h", x="C(c,p(i))", y="C(a,i)")),
                 intro("e1", f"all i:int | {_I} => some | 1 <= {_SIGN}, {_SIGN} <= 2", "i1 i2", apply("u", "sg", i="i"),
                       obtain("z", "u", "u1 u2 u3", witness("y"))),
                 intro("e2", f"all i:int | {_I} => C(a,i) = {reflected(_SIGN, 'C(c,p(i))')}", "i1 i2",
                       apply("u", "sg", i="i"), obtain("z", "u", "u1 u2 u3", apply("y", "u3"))),
                 apply("z", "H9", j="a", k="c", p="i -> p(i)", v="i -> v(i)", e=f"i -> {_SIGN}")),
           apply("z", "covering.count_by_permutations", X=f"k, i -> {_RC}", Y="k, i -> R(k,i)", n="n", Q=_BIN, d="d"),
           goal=f"n <= {_BIN}"),
)

_AT_LEAST = (
    apply("S0", "covering.list_multisets", a="d", m="h"),
    obtain("lower", "S0", "S1 S2 S3",
           intro("hit", f"all a:int | 1 <= a, a <= {_BIN} => some b:int | (some p v:int->int | 1 <= b, b <= n,"
                        f" {permutation('p', 'v', 'd')}, (all i:int | {_I} => S(a,i) = {_rc('b', 'p(i)')}))", "a1 a2",
                 intro("rng", f"all i:int | {_I} => some | 1 <= S(a,i), S(a,i) <= K", "i1 i2",
                       apply("r", "S1", k="a", i="i"),
                       obtain("z", "r", "r1 r2", combine("y", "S(a,i) <= K", "r2 hK"), witness("x"))),
                 apply("M", "H8", f"some b:int, p v e:int->int | 1 <= b, b <= n, {_SIGNED}, (all i:int | {_I} =>"
                       f" C(b,i) = {reflected('e(i)', 'S(a,p(i))')})", G="i -> S(a,i)"),
                 obtain("z", "M", "b1 b2 pv es eq",
                        intro("vp", permutation("v", "p", "d")[1:-1], "i1 i2", apply("g", "pv", i="i"),
                              obtain("x", "g", "g1 g2 g3 g4 g5 g6", witness("w"))),
                        intro("back", f"all i:int | {_I} => S(a,i) = {_rc('b', 'v(i)')}", "i1 i2",
                              apply("g", "pv", i="i"), apply("r", "S1", k="a", i="i"),
                              obtain("x", "g", "g1 g2 g3 g4 g5 g6", obtain(
                                  "w", "r", "r1 r2", apply("cg", "ax.cong_ii", f="t -> S(a,t)", x="p(v(i))", y="i"),
                                  apply("u", "eq", i="v(i)"), apply("s", "es", i="v(i)"),
                                  obtain("y", "s", "s1 s2",
                                         apply("rs", "covering.reduced_sign", K="K", h="h", x="S(a,p(v(i)))",
                                               y="C(b,v(i))", e="e(v(i))"),
                                         combine("le", "S(a,p(v(i))) <= h", "cg r2"),
                                         apply("it", "ax.iite_then", a="S(a,p(v(i)))", b="h", x="S(a,p(v(i)))",
                                               y="K + 1 - S(a,p(v(i)))"),
                                         combine("v'", facts="rs it cg"))))),
                        witness("x", f"some P V:int->int | 1 <= b, b <= n, {permutation('P', 'V', 'd')},"
                                     f" (all i:int | {_I} => S(a,i) = {_rc('b', 'P(i)')})", P="i -> v(i)",
                                V="i -> p(i)"),
                        witness("w", b="b"))),
           intro("once", f"all a c:int, p v:int->int | 1 <= a, a <= {_BIN}, 1 <= c, c <= {_BIN},"
                         f" {permutation('p', 'v', 'd')}, (all i:int | {_I} => S(a,i) = S(c,p(i))) => a = c",
                 "a1 a2 c1 c2 pv eq",
                 *(intro(f"o{k}", f"all i:int | 1 <= i, i + 1 <= d => S({k},i) <= S({k},i+1)", "i1 i2",
                         apply("z", "S2", k=k, i="i")) for k in "ac"),
                 apply("U", "covering.rising_unique", f="i -> S(a,i)", g="i -> S(c,i)", p="i -> p(i)", v="i -> v(i)",
                       n="d"),
                 apply("z", "S3", j="a", k="c")),
           apply("z", "covering.count_by_permutations", X="k, i -> S(k,i)", Y=f"k, i -> {_RC}", n=_BIN, Q="n", d="d"),
           goal=f"{_BIN} <= n"),
)

_DERIVATION = (
    apply("m1", "textbook.pow_ge_one", "1 <= pow(m, w)", x="m", n="w"), combine("K1", "1 <= K", "H4 m1"),
    combine("h0", "0 < h", "K1 H5"), apply("hp", "ax.int_step", "1 <= h", m="0", n="h"),
    combine("hK", "h <= K", "K1 H6"), apply("bp", "covering.binom_ge_one", n="h + d - 1", k="d"),
    combine("b0", f"0 <= {_BIN}", "bp"),
    intro("ones", f"all i:int | {_I} => some | 1 <= 1, 1 <= K", "i1 i2", witness("z")),
    apply("G1", "H8", G="i -> 1"), obtain("n0", "G1", "k1 k2 k3 k4 k5", combine("z", facts="k1 k2"), goal="0 <= n"),
    *_AT_MOST, *_AT_LEAST, apply("eq", "ax.antisym", x="n", y=_BIN),
    apply("codes", "covering.mirrored_codes", m="m", n="w"), witness("end"),
)

# two units on two opposite points: every pair is (1, 1) up to signs
_TWO = {"m": "2", "w": "1", "d": "2", "n": "1", "K": "2", "h": "1", "C": "k, i -> 1"}
_IN_TWO = "(all i:int | 1 <= i, i <= 2 => some | 1 <= G(i), G(i) <= 2)"
_EITHER = "iite(G(i), 1, G(i), 3 - G(i))"

_PAIR = (
    intro("meets", f"all G:int->int | {_IN_TWO} => some k:int, p v e:int->int | 1 <= k, k <= 1, "
          + _SIGNED.replace("d,", "2,").replace("<= d", "<= 2")
          + f", (all i:int | 1 <= i, i <= 2 => 1 = {reflected('e(i)', 'G(p(i))').replace('K', '2')})", "gr",
          intro("id", permutation("P", "V", "2").replace("P(V(i))", "i").replace("V(P(i))", "i").replace("P(i)", "i")
                .replace("V(i)", "i")[1:-1], "i1 i2", witness("z")),
          intro("one", f"all i:int | 1 <= i, i <= 2 => 1 = {reflected('G(i)', 'G(i)').replace('K', '2')}", "i1 i2",
                apply("a", "gr", i="i"), obtain("z", "a", "a1 a2", apply("or1", "ax.int_split", m="1", n="G(i)"), cases(
                    "y", "or1", "c",
                    [apply("b", "ax.iite_then", a="G(i)", b="1", x="G(i)", y="2 + 1 - G(i)"),
                     combine("x", facts="b c")],
                    [apply("g", "ax.antisym", x="G(i)", y="2"),
                     apply("b", "ax.iite_else", a="G(i)", b="1", x="G(i)", y="2 + 1 - G(i)"),
                     combine("x", facts="b g")]))),
          witness("w", k="1", p="i -> i", v="i -> i", e="i -> G(i)")),
    intro("once", "all j k:int, p v e:int->int | 1 <= j, j <= 1, 1 <= k, k <= 1, "
          + _SIGNED.replace("d,", "2,").replace("<= d", "<= 2")
          + f", (all i:int | 1 <= i, i <= 2 => 1 = {reflected('e(i)', '1').replace('K', '2')}) => j = k",
          "j1 j2 k1 k2 pv es eq", apply("a", "ax.antisym", x="j", y="1"), apply("b", "ax.antisym", x="k", y="1"),
          combine("z", facts="a b")),
)


def _point() -> Witness:
    return Witness((*_PAIR, witness("end", **_TWO)))


# one unit on three points, the middle one opposite to itself: 1 and 2 up to sign
_THREE = {"m": "3", "w": "1", "d": "1", "n": "2", "K": "3", "h": "1", "C": "k, i -> k"}
_LOW = "iite(G(1), 2, G(1), 1)"
_FLIP = "iite(G(1), 2, 1, 2)"
_ONE = _SIGNED.replace("d,", "1,").replace("<= d", "<= 1")

_SINGLE = (
    intro("meets", "all G:int->int | (all i:int | 1 <= i, i <= 1 => some | 1 <= G(i), G(i) <= 3) => some k:int,"
          f" p v e:int->int | 1 <= k, k <= 2, {_ONE}, (all i:int | 1 <= i, i <= 1 =>"
          f" k = {reflected('e(i)', 'G(p(i))').replace('K', '3')})", "gr",
          apply("a", "gr", i="1"),
          intro("id", permutation("P", "V", "1").replace("P(V(i))", "i").replace("V(P(i))", "i").replace("P(i)", "i")
                .replace("V(i)", "i")[1:-1], "i1 i2", witness("z")),
          obtain("z0", "a", "a1 a2", apply("or1", "ax.total", x="G(1)", y="2"), cases(
              "y", "or1", "c",
              [intro("eq", f"all i:int | 1 <= i, i <= 1 => G(1) = {reflected('1', 'G(i)').replace('K', '3')}", "i1 i2",
                     apply("i0", "ax.antisym", x="i", y="1"),
                     apply("g", "ax.cong_ii", f="t -> G(t)", x="i", y="1"),
                     apply("b", "ax.iite_then", a="1", b="1", x="G(i)", y="3 + 1 - G(i)"), combine("x", facts="g b")),
               witness("w", k="G(1)", p="i -> i", v="i -> i", e="i -> 1")],
              [apply("st", "ax.int_step", m="2", n="G(1)"), apply("g3", "ax.antisym", x="G(1)", y="3"),
               intro("eq", f"all i:int | 1 <= i, i <= 1 => 1 = {reflected('2', 'G(i)').replace('K', '3')}", "i1 i2",
                     apply("i0", "ax.antisym", x="i", y="1"),
                     apply("g", "ax.cong_ii", f="t -> G(t)", x="i", y="1"),
                     apply("b", "ax.iite_else", a="2", b="1", x="G(i)", y="3 + 1 - G(i)"),
                     combine("x", facts="g b g3")),
               witness("w", k="1", p="i -> i", v="i -> i", e="i -> 2")]))),
    intro("once", f"all j k:int, p v e:int->int | 1 <= j, j <= 2, 1 <= k, k <= 2, {_ONE}, (all i:int | 1 <= i, i <= 1"
                  f" => j = {reflected('e(i)', 'k').replace('K', '3')}) => j = k", "j1 j2 k1 k2 pv es eq",
          apply("a", "eq", i="1"), apply("s", "es", i="1"), obtain("z", "s", "s1 s2",
              apply("or1", "ax.int_split", m="1", n="e(1)"), cases(
                  "y", "or1", "c",
                  [apply("b", "ax.iite_then", a="e(1)", b="1", x="k", y="3 + 1 - k"), combine("x", facts="a b")],
                  [apply("b", "ax.iite_else", a="e(1)", b="1", x="k", y="3 + 1 - k"),
                   # j = 4 - k with both at most 2
                   combine("lo", "j <= k", "a b j2 k2"), combine("hi", "k <= j", "a b j2 k2"),
                   apply("x", "ax.antisym", x="j", y="k")]))),
)

CONTROLS = (
    Control("divided_by_the_group", "orbits = points / order of the group: n 2^d d! = K^d, 8 against 4",
            _statement(conclusion="n*pow(2, d)*fact(d) = pow(K, d)"), _point()),
    Control("permutations_only", "signs not used: C(K + d - 1, d) orbits, 3 against 1",
            _statement(conclusion="n = binom(K + d - 1, d)"), _point()),
    Control("one_too_many", "C(h + d, d), off by one: 3 against 1",
            _statement(conclusion="n = binom(h + d, d)"), _point()),
    Control("fixed_unit_forgotten", "h = floor(K/2): the unit that is its own reflection left out, 1 against 2",
            _statement(sizes=_SIZES.replace("K <= 2*h, 2*h <= K + 1", "K <= 2*h + 1, 2*h <= K"),
                       conclusion="n = binom(h + d - 1, d)"),
            Witness((*_SINGLE, witness("end", **_THREE)))),
)

CLAIM = Claim(
    id="covering.sign_flip_orbits",
    title="Orbits of hidden units on a symmetric grid under permutations and signs are counted by multisets",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "new", arxiv="2305.11417",
                  note="The orbit count of the paper's argument with the signs of odd activations added; not in the"
                  " paper."),
    summary="One element of every orbit makes n = C(h + d - 1, d) elements, h = ceil(m^w / 2).",
    derivation=_DERIVATION,
    posed=((), (apply("m1", "textbook.pow_ge_one", "1 <= pow(m, w)", x="m", n="w"), combine("K1", "1 <= K", "o4 m1"),
                combine("h0", "0 < h", "K1 o5"), apply("hp", "ax.int_step", "1 <= h", m="0", n="h"))),
    instance=_point(),
    controls=CONTROLS,
    comparison=(
        Comparison("units", "neuron grid of K = m^p points, p = d_0 + 1 + d_2, symmetric, with involution v -> -v",
                   "numbers 1..K, K = m^w; the conclusion gives the code: all functions 1..w -> 1..m, each once, with"
                   " t -> m + 1 - t coordinate by coordinate as x -> K + 1 - x", "as stated, one m for both layers"),
        Comparison("group", "{-1, 1} wr S_d", "permutations p and signs e(i) in {1, 2} of the units", "as stated"),
        Comparison("count", "m^{d_2} C((K + f)/2 + d_1 - 1, d_1)",
                   "n = C(h + d - 1, d) with h = ceil(K/2) = (K + f)/2, for any n elements, one of every orbit",
                   "the factor m^{d_2} of the output biases, which the group leaves alone, is in"
                   " theory.covering.orbit_count and not in the statement"),
        Comparison("Burnside", "not needed", "two counts by injections and the pigeonhole principle", "nothing cited"),
    ),
    tightness="An equality for every m, w and d.",
)
