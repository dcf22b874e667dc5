"""Lists of networks on grid indices: one layer (biases in column 0, weights in columns 1..b), then layer by layer."""

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain, witness

_PLACE = "1 <= i, i <= {a}, 0 <= j, j <= {b}"


def _layer_ranged(g: str, a: str, b: str, m: str) -> str:
    place = f"(all i j:int | {_PLACE.format(a=a, b=b)} => "
    return f"{place}1 <= {g}(i,j)), {place}{g}(i,j) <= {m})"


def _layer_covered(a: str, b: str, m: str, rising: str, k: str = "k") -> str:
    """D(1), ..., D(N) contains every layer g in range with the rising property."""
    return (f"(all g:(i:int,j:int)->int | {_layer_ranged('g', a, b, m)}{rising} => some {k}:int | 1 <= {k}, {k} <= N,"
            f" (all i j:int | {_PLACE.format(a=a, b=b)} => D({k},i,j) = g(i,j)))")


_RISING = ", (all i:int | 1 <= i, i + 1 <= a => g(i,0) <= g(i+1,0))"
_LAYER = "all m a b:int | hm: 1 <= m, ha: 0 <= a, hb: 0 <= b => some N:int, D:(k:int,i:int,j:int)->int | 1 <= N, "

PLAIN_LAYER = Lemma(
    "covering.list_layers", "There is a list of m^(a (b+1)) layers with all layers of entries in 1..m",
    statement(f"{_LAYER} N = pow(m, a*(b + 1)), {_layer_covered('a', 'b', 'm', '')}"),
    (
        apply("F", "covering.list_tables", m="m", a="a", b="b + 1"),
        obtain("end", "F", "N1 N2 cov",
               intro("c", _layer_covered("a", "b", "m", "").replace("D(k,i,j)", "D(k,i,j+1)")[1:-1], "g1 g2",
                     intro("r1", "all i j:int | 1 <= i, i <= a, 1 <= j, j <= b + 1 => 1 <= g(i,j-1)", "i1 i2 j1 j2",
                           apply("y", "g1", i="i", j="j - 1")),
                     intro("r2", "all i j:int | 1 <= i, i <= a, 1 <= j, j <= b + 1 => g(i,j-1) <= m", "i1 i2 j1 j2",
                           apply("y", "g2", i="i", j="j - 1")),
                     apply("C", "cov", g="i, j -> g(i,j-1)"),
                     obtain("z", "C", "k1 k2 k3",
                            intro("o", f"all i j:int | {_PLACE.format(a='a', b='b')} => D(k,i,j+1) = g(i,j)",
                                  "i1 i2 j1 j2",
                                  apply("y", "k3", i="i", j="j + 1")),
                            witness("y", k="k"))),
               witness("z", N="N", D="k, i, j -> D(k,i,j+1)")),
    ),
)

_CODE = "k - (ceil(k/N) - 1)*N"
_CHOICE = f"iite(j, 0, S({_CODE}, i), D(ceil(k/N), i, j))"

SORTED_LAYER = Lemma(
    "covering.list_sorted_layers",
    "There is a list of m^(a b) C(m+a-1, a) layers with all layers of entries in 1..m whose biases do not decrease",
    statement(f"{_LAYER} N = pow(m, a*b)*binom(m + a - 1, a), {_layer_covered('a', 'b', 'm', _RISING)}"),
    (
        apply("F", "covering.list_tables", "some M:int, D:(k:int,i:int,j:int)->int | 1 <= M, M = pow(m, a*b), (all"
              " g:(i:int,j:int)->int | (all i j:int | 1 <= i, i <= a, 1 <= j, j <= b => 1 <= g(i,j)), (all i j:int |"
              " 1 <= i, i <= a, 1 <= j, j <= b => g(i,j) <= m) => some x:int | 1 <= x, x <= M, (all i j:int | 1 <= i,"
              " i <= a, 1 <= j, j <= b => D(x,i,j) = g(i,j)))", m="m", a="a", b="b"),
        apply("H", "covering.list_sequences", m="m", a="a"),
        apply("bp", "covering.binom_ge_one", n="m + a - 1", k="a"),
        obtain("end", "F", "N1 N2 cov", obtain(
            "z", "H", "cos",
            intro("c",
                  _layer_covered("a", "b", "m", _RISING).replace("D(k,i,j)",
                                                                 _CHOICE.replace("N", "binom(m + a - 1, a)"))
                  .replace("k <= N", "k <= M*binom(m + a - 1, a)")[1:-1], "g1 g2 g3",
                  intro("r1", "all i j:int | 1 <= i, i <= a, 1 <= j, j <= b => 1 <= g(i,j)", "i1 i2 j1 j2",
                        apply("y", "g1", i="i", j="j")),
                  intro("r2", "all i j:int | 1 <= i, i <= a, 1 <= j, j <= b => g(i,j) <= m", "i1 i2 j1 j2",
                        apply("y", "g2", i="i", j="j")),
                  intro("r3", "all i:int | 1 <= i, i <= a => 1 <= g(i,0)", "i1 i2", apply("y", "g1", i="i", j="0")),
                  intro("r4", "all i:int | 1 <= i, i <= a => g(i,0) <= m", "i1 i2", apply("y", "g2", i="i", j="0")),
                  apply("C", "cov", g="i, j -> g(i,j)"),
                  apply("B", "cos", "some y:int | 1 <= y, y <= binom(m + a - 1, a),"
                        " (all i:int | 1 <= i, i <= a => S(y,i) = g(i,0))", f="i -> g(i,0)"),
                  obtain("y1", "C", "x1 x2 x3", obtain(
                      "w", "B", "y1' y2' y3'",
                      apply("P", "covering.pair_code", n="binom(m + a - 1, a)", N="M", x="x", y="y"),
                      obtain("v", "P", "k1 k2 k3 k4",
                             intro("o", f"all i j:int | {_PLACE.format(a='a', b='b')} => "
                                   f"{_CHOICE.replace('N', 'binom(m + a - 1, a)')} = g(i,j)", "i1 i2 j1 j2",
                                   apply("or1", "ax.int_split", m="0", n="j"),
                                   cases("u", "or1", "s",
                                         [apply("q", "ax.iite_then", a="j", b="0",
                                                x=f"S({_CODE}, i)".replace("N", "binom(m + a - 1, a)"),
                                                y="D(ceil(k/binom(m + a - 1, a)), i, j)"),
                                          apply("e", "ax.cong_ii", f="t -> S(t, i)",
                                                x=_CODE.replace("N", "binom(m + a - 1, a)"), y="y"),
                                          apply("f", "y3'", i="i"),
                                          apply("g", "ax.cong_ii", f="t -> g(i,t)", x="j", y="0"),
                                          combine("t", facts="q e f g")],
                                         [apply("q", "ax.iite_else", a="j", b="0",
                                                x=f"S({_CODE}, i)".replace("N", "binom(m + a - 1, a)"),
                                                y="D(ceil(k/binom(m + a - 1, a)), i, j)"),
                                          apply("e", "ax.cong_ii", f="t -> D(t, i, j)",
                                                x="ceil(k/binom(m + a - 1, a))", y="x"),
                                          apply("f", "x3", i="i", j="j"), combine("t", facts="q e f")])),
                             witness("u", k="k"))))),
            combine("M1", "1 <= M*binom(m + a - 1, a)", "N1 bp"),
            combine("M2", "M*binom(m + a - 1, a) = pow(m, a*b)*binom(m + a - 1, a)", "N2"),
            witness("y", N="M*binom(m + a - 1, a)", D=f"k, i, j -> {_CHOICE.replace('N', 'binom(m + a - 1, a)')}"))),
    ),
)

NETWORK = "1 <= l, l <= {K}, 1 <= i, i <= d(l), 0 <= j, j <= d(l-1)"


def in_range(G: str, K: str) -> str:
    """The entries of layers 1..K of G lie in 1..m(l): two hypotheses."""
    place = f"(all l i j:int | {NETWORK.format(K=K)} => "
    return f"{place}1 <= {G}(l,i,j)), {place}{G}(l,i,j) <= m(l))"


def ordered(G: str, K: str) -> str:
    """The biases of those of the layers 1..K of G that lie in 1..L do not decrease."""
    return f"(all l i:int | 1 <= l, l <= {K}, l <= L, 1 <= i, i + 1 <= d(l) => {G}(l,i,0) <= {G}(l,i+1,0))"


def covered(K: str, n: str, C: str = "C", k: str = "k") -> str:
    """C(1), ..., C(n) contains every network of K layers in range with ordered biases."""
    return (f"(all G:(l:int,i:int,j:int)->int | {in_range('G', K)}, {ordered('G', K)}"
            f" => some {k}:int | 1 <= {k}, {k} <= {n},"
            f" (all l i j:int | {NETWORK.format(K=K)} => {C}({k},l,i,j) = G(l,i,j)))")


_LISTING = "(k:int,l:int,i:int,j:int)->int"
_OLD, _NEW = "C(k - (ceil(k/n) - 1)*n, l, i, j)", "D(ceil(k/n), i, j)"
_EITHER = f"iite(l, K, {_OLD}, {_NEW})"
_NEXT_RISING = ", (all i:int | K + 1 <= L, 1 <= i, i + 1 <= d(K+1) => g(i,0) <= g(i+1,0))"
_NEXT_PLACE = _PLACE.format(a="d(K+1)", b="d(K)")

ADD_LAYER = Lemma(
    "covering.list_add_layer", "A list of networks and a list of layers give a list of networks with one layer more",
    statement(f"all L K n N:int, d m:int->int, C:{_LISTING}, D:(k:int,i:int,j:int)->int | hK: 0 <= K, hn: 1 <= n,"
              f" hc: {covered('K', 'n')}, hd: {_layer_covered('d(K+1)', 'd(K)', 'm(K+1)', _NEXT_RISING)}"
              f" => some E:{_LISTING} | {covered('(K+1)', 'N*n', 'E')}"),
    (
        intro("c", covered("(K+1)", "N*n").replace("C(k,l,i,j)", _EITHER)[1:-1], "G1 G2 G3",
              intro("a1", f"all l i j:int | {NETWORK.format(K='K')} => 1 <= G(l,i,j)", "l1 l2 i1 i2 j1 j2",
                    apply("y", "G1", l="l", i="i", j="j")),
              intro("a2", f"all l i j:int | {NETWORK.format(K='K')} => G(l,i,j) <= m(l)", "l1 l2 i1 i2 j1 j2",
                    apply("y", "G2", l="l", i="i", j="j")),
              intro("a3", ordered("G", "K")[1:-1], "l1 l2 l3 i1 i2", apply("y", "G3", l="l", i="i")),
              intro("b1", f"all i j:int | {_NEXT_PLACE} => 1 <= G(K+1,i,j)", "i1 i2 j1 j2",
                    apply("y", "G1", l="K + 1", i="i", j="j")),
              intro("b2", f"all i j:int | {_NEXT_PLACE} => G(K+1,i,j) <= m(K+1)", "i1 i2 j1 j2",
                    apply("y", "G2", l="K + 1", i="i", j="j")),
              intro("b3", "all i:int | K + 1 <= L, 1 <= i, i + 1 <= d(K+1) => G(K+1,i,0) <= G(K+1,i+1,0)", "l3 i1 i2",
                    apply("y", "G3", l="K + 1", i="i")),
              apply("Y", "hc",
                    f"some y:int | 1 <= y, y <= n, (all l i j:int | {NETWORK.format(K='K')} => C(y,l,i,j) = G(l,i,j))",
                    G="l, i, j -> G(l,i,j)"),
              apply("X", "hd", f"some x:int | 1 <= x, x <= N, (all i j:int | {_NEXT_PLACE} => D(x,i,j) = G(K+1,i,j))",
                    g="i, j -> G(K+1,i,j)"),
              obtain("z", "Y", "y1 y2 y3", obtain(
                  "z1", "X", "x1 x2 x3", apply("P", "covering.pair_code", n="n", N="N", x="x", y="y"),
                  obtain("z2", "P", "k1 k2 k3 k4",
                         intro("o", f"all l i j:int | {NETWORK.format(K='(K+1)')} => {_EITHER} = G(l,i,j)",
                               "l1 l2 i1 i2 j1 j2", apply("or1", "ax.total", x="l", y="K"),
                               cases("u", "or1", "s",
                                     [apply("q", "ax.iite_then", a="l", b="K", x=_OLD, y=_NEW),
                                      apply("e", "ax.cong_ii", f="t -> C(t, l, i, j)", x="k - (ceil(k/n) - 1)*n",
                                            y="y"),
                                      apply("f", "y3", l="l", i="i", j="j"), combine("t", facts="q e f")],
                                     [apply("q", "ax.iite_else", a="l", b="K", x=_OLD, y=_NEW),
                                      apply("st", "ax.int_step", m="K", n="l"),
                                      apply("lK", "ax.antisym", x="l", y="K + 1"),
                                      apply("d1", "ax.cong_ii", f="t -> d(t)", x="l", y="K + 1"),
                                      apply("d2", "ax.cong_ii", f="t -> d(t)", x="l - 1", y="K"),
                                      combine("i3", "i <= d(K+1)", "i2 d1"), combine("j3", "j <= d(K)", "j2 d2"),
                                      apply("e", "ax.cong_ii", f="t -> D(t, i, j)", x="ceil(k/n)", y="x"),
                                      apply("f", "x3", i="i", j="j"),
                                      apply("g", "ax.cong_ii", f="t -> G(t,i,j)", x="l", y="K + 1"),
                                      combine("t", facts="q e f g")])),
                         witness("u", k="k"))))),
        witness("end", E=f"k, l, i, j -> {_EITHER}"),
    ),
)

FACTOR = "pow(m(l), d(l)*d(l-1))*binom(m(l) + d(l) - 1, d(l))"
"""The number of layers with ordered biases."""

_WIDTHS = "(all l:int | 0 <= l, l <= L + 1 => 0 <= d(l)), hm: (all l:int | 1 <= l, l <= L + 1 => 1 <= m(l))"


def _networks(K: str, count: str) -> str:
    return f"some n:int, C:{_LISTING} | 1 <= n, n = {count}, {covered(K, 'n')}"


def _grow(layer: Step, *factor: Step) -> tuple[Step, ...]:
    """From lists of K layers and of the next one to a list of K + 1 layers."""
    return (
        apply("w1", "hd", l="K"), apply("w2", "hd", l="K + 1"), apply("w3", "hm", l="K + 1"), layer,
        obtain("y", "IH", "n1 n2 cov", obtain("x", "F", "N1 N2 cor", *factor)),
    )


_MANY = (apply("ml", "o3", l="l"),)
"""d(l) <= m(l) + d(l) - 1, so that the binomial coefficient is defined."""

_JOIN = (
    apply("A", "covering.list_add_layer", L="L", K="K", n="n", N="N", d="l -> d(l)", m="l -> m(l)",
          C="k, l, i, j -> C(k,l,i,j)", D="k, i, j -> D(k,i,j)"),
    combine("nN", "1 <= N*n", "n1 N1"),
)

ORDERED_LISTS = Lemma(
    "covering.list_ordered", "Lists of networks of K <= L layers with ordered biases",
    statement(f"all L:int, d m:int->int | hL: 0 <= L, hd: {_WIDTHS} => {_networks('L', f'prod(l=1..L: {FACTOR})')}"),
    (
        induct("I", f"all K:int | 0 <= K => (all | K <= L => {_networks('K', f'prod(l=1..K: {FACTOR})')})", "hK ih",
               [intro("z", None, "hKL",
                      apply("e", "ax.prod_empty", f=f"l -> {FACTOR}", a="1", b="0"),
                      combine("one", f"1 = prod(l=1..0: {FACTOR})", "e"),
                      intro("c", covered("0", "1").replace("C(k,l,i,j)", "i")[1:-1], "G1 G2 G3",
                            intro("o", f"all l i j:int | {NETWORK.format(K='0')} => i = G(l,i,j)", "l1 l2 i1 i2 j1 j2",
                                  combine("no", "1 <= 0", "l1 l2"), apply("on", "ax.antisym", x="0", y="1"),
                                  combine("w", facts="on")),
                            witness("v", k="1")),
                      witness("y", n="1", C="k, l, i, j -> i"))],
               [intro("z", None, "hKL", apply("IH", "ih"), *_grow(
                   apply("F", "covering.list_sorted_layers", m="m(K+1)", a="d(K+1)", b="d(K)"),
                   intro("cor2", _layer_covered("d(K+1)", "d(K)", "m(K+1)", _NEXT_RISING)[1:-1], "g1 g2 g3",
                         intro("g4", "all i:int | 1 <= i, i + 1 <= d(K+1) => g(i,0) <= g(i+1,0)", "i1 i2",
                               apply("w", "g3", i="i")),
                         apply("w", "cor", g="i, j -> g(i,j)")),
                   *_JOIN,
                   apply("e", "ax.prod_last", f=f"l -> {FACTOR}", a="1", b="K + 1"),
                   combine("nP", f"N*n = prod(l=1..K + 1: {FACTOR})", "e n2 N2", rounds=3),
                   obtain("w", "A", "A1", witness("v", n="N*n", C="k, l, i, j -> E(k,l,i,j)"))))]),
        apply("J", "I", K="L"), apply("end", "J"),
    ),
    posed=((), _MANY),
)

COUNT = f"prod(l=1..L: {FACTOR})*pow(m(L+1), d(L+1)*(d(L) + 1))"
"""The bias-ordered count of networks with L hidden layers."""

LISTS = Lemma(
    "covering.list_networks", "A list of networks with all networks whose hidden biases are ordered",
    statement(f"all L:int, d m:int->int | hL: 0 <= L, hd: {_WIDTHS} => {_networks('(L+1)', COUNT)}"),
    (
        apply("IH", "covering.list_ordered", L="L", d="l -> d(l)", m="l -> m(l)"),
        apply("w1", "hd", l="L"), apply("w2", "hd", l="L + 1"), apply("w3", "hm", l="L + 1"),
        apply("F", "covering.list_layers", m="m(L+1)", a="d(L+1)", b="d(L)"),
        obtain("end", "IH", "n1 n2 cov", obtain(
            "x", "F", "N1 N2 cor",
            intro("cor2", _layer_covered("d(L+1)", "d(L)", "m(L+1)", _NEXT_RISING.replace("K", "L"))[1:-1], "g1 g2 g3",
                  apply("w", "cor", g="i, j -> g(i,j)")),
            apply("A", "covering.list_add_layer", L="L", K="L", n="n", N="N", d="l -> d(l)", m="l -> m(l)",
                  C="k, l, i, j -> C(k,l,i,j)", D="k, i, j -> D(k,i,j)"),
            combine("nN", "1 <= N*n", "n1 N1"), combine("nP", f"N*n = {COUNT}", "n2 N2", rounds=3),
            obtain("w", "A", "A1", witness("v", n="N*n", C="k, l, i, j -> E(k,l,i,j)")))),
    ),
    posed=((), _MANY),
)

LEMMAS = (PLAIN_LAYER, SORTED_LAYER, ADD_LAYER, ORDERED_LISTS, LISTS)
