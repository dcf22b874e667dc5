"""Every real matrix has a generalised inverse P, X P X = X: by induction on the number of columns, from the axioms.

So a square matrix C with |X C| >= s |X| for all X and some s > 0 has an inverse.

With X = (X', x) and X' P' X' = X', let c = x - X' P' x. If c = 0 then P' with a row of zeros serves; else
b = c^T (I - X' P') / |c|^2 has b X' = 0 and b x = 1, and (P' - P' x b; b) is a generalised inverse.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain, witness

_FIRST, _LAST = "build(i<=k+1, j<=k: I(k+1)[i,j])", "build(i<=k+1, j<=1: I(k+1)[i,k+1])"
"""The first k columns of the identity of size k + 1, and its last one."""

SQUARE_ZERO = Lemma(
    "textbook.square_zero", "A number whose square is not positive is zero",
    statement("all x:real | h: x^2 <= 0 => x = 0"),
    (
        apply("a", "ax.total", x="x", y="0"),
        cases("a1", "a", "c", [combine("z", facts="c")], [combine("z", facts="h", mul="c")], goal="x <= 0"),
        apply("b", "ax.total", x="0", y="x"),
        cases("b1", "b", "c", [combine("z", facts="c")],
              [combine("n", "0 < -x", "c"), combine("z", facts="h", mul="n")], goal="0 <= x"),
        apply("end", "ax.antisym", x="x", y="0"),
    ),
)

ZERO_MATRIX = Lemma(
    "textbook.zero_matrix", "A matrix whose squares do not add up to a positive number is zero",
    statement("all r c:int, A:mat(r,c) | h: tr(A*T(A)) <= 0 => A = 0*A"),
    (
        intro("g", "all p v:int | 1 <= p, p <= r, 1 <= v, v <= c => A[p,v] = (0*A)[p,v]", "p1 p2 v1 v2",
              combine("hr", "0 <= r", "p1 p2"), combine("hc", "0 <= c", "v1 v2"),
              apply("f", "textbook.frobenius", r="r", c="c", A="A", B="A"),
              intro("e", "all i j:int => 0 <= A[i,j]*A[i,j]", "", combine("z", squares=("A[i,j]",))),
              intro("s", "all i:int | 1 <= i, i <= r => 0 <= sum(j=1..c: A[i,j]*A[i,j])", "i1 i2",
                    intro("w", "all j:int | 1 <= j, j <= c => 0 <= A[i,j]*A[i,j]", "j1 j2", apply("z", "e")),
                    apply("z", "textbook.sum_nonneg", f="j -> A[i,j]*A[i,j]", a="1", b="c")),
              apply("row", "textbook.term_at_most_sum", f="i -> sum(j=1..c: A[i,j]*A[i,j])", n="r", c="p"),
              intro("w", "all j:int | 1 <= j, j <= c => 0 <= A[p,j]*A[p,j]", "j1 j2", apply("z", "e")),
              apply("one", "textbook.term_at_most_sum", f="j -> A[p,j]*A[p,j]", n="c", c="v"),
              combine("x", "A[p,v]^2 <= 0", "row one f h", degree=1), apply("y", "textbook.square_zero", x="A[p,v]"),
              apply("o", "ax.at_scale", r="r", c="c", p="p", v="v", s="0", A="A"), combine("z", facts="y o")),
        apply("end", "ax.ext", r="r", c="c", A="A", B="0*A"),
    ),
)

ONE_BY_ONE = Lemma(
    "textbook.one_by_one", "A matrix with one entry is its trace",
    statement("all A:mat(1,1) => A = tr(A)*I(1)"),
    (
        apply("t", "ax.tr_sum", n="1", A="A"), apply("a", "ax.sum_last", f="l -> A[l,l]", a="1", b="1"),
        apply("b", "ax.sum_empty", f="l -> A[l,l]", a="1", b="0"),
        intro("g", "all p v:int | 1 <= p, p <= 1, 1 <= v, v <= 1 => A[p,v] = (tr(A)*I(1))[p,v]", "p1 p2 v1 v2",
              apply("p", "ax.antisym", "p = 1", x="p", y="1"), apply("v", "ax.antisym", "v = 1", x="v", y="1"),
              apply("c1", "ax.cong_int", f="t -> A[t,v]", x="p", y="1"),
              apply("c2", "ax.cong_int", f="t -> A[1,t]", x="v", y="1"),
              apply("c3", "ax.cong_int", f="t -> I(1)[t,v]", x="p", y="1"),
              apply("c4", "ax.cong_int", f="t -> I(1)[1,t]", x="v", y="1"),
              apply("i", "ax.at_diagonal", n="1", p="1"),
              apply("s", "ax.at_scale", r="1", c="1", p="p", v="v", s="tr(A)", A="I(1)"),
              combine("w1", "I(1)[p,v] = 1", "c3 c4 i"), combine("w2", "tr(A) = A[1,1]", "t a b"),
              combine("w3", "A[p,v] = A[1,1]", "c1 c2"), combine("z", facts="w1 w2 w3 s")),
        apply("end", "ax.ext", r="1", c="1", A="A", B="tr(A)*I(1)"),
    ),
)


SCALE_ONE = Lemma(
    "textbook.scale_one", "A number that is one scales nothing",
    statement("all r c:int, s:real, A:mat(r,c) | h: s = 1 => s*A = A"),
    (
        intro("g", "all p v:int | 1 <= p, p <= r, 1 <= v, v <= c => (s*A)[p,v] = A[p,v]", "p1 p2 v1 v2",
              apply("a", "ax.at_scale", r="r", c="c", p="p", v="v", s="s", A="A"), combine("z", facts="a h")),
        apply("end", "ax.ext", r="r", c="c", A="s*A", B="A"),
    ),
)


TIMES_ONE = Lemma(
    "textbook.times_one", "What equals the identity changes nothing",
    statement("all n r:int, Y:mat(n,r), S:mat(r,r) | h: I(r) = S => Y*S = Y"), (combine("end", facts="h"),))

OUTER_ENTRY = Lemma(
    "textbook.outer_entry", "The entries of a column times a row",
    statement("all r c:int, A:mat(r,1), B:mat(1,c), p v:int => (A*B)[p,v] = A[p,1]*B[1,v]"),
    (
        apply("n", "ax.at_mul", r="r", k="1", c="c", p="p", v="v", A="A", B="B"),
        apply("e1", "ax.sum_last", f="l -> A[p,l]*B[l,v]", a="1", b="1"),
        apply("e2", "ax.sum_empty", f="l -> A[p,l]*B[l,v]", a="1", b="0"), combine("end", facts="n e1 e2"),
    ),
)


def _entry(id: str, columns: str, p: str, v: str, body: str) -> Step:
    """An entry of a matrix given by its entries."""
    return apply(id, "ax.at_build", f=f"i, j -> {body}", r="k + 1", c=columns, p=p, v=v)


IDENTITY_SPLIT = Lemma(
    "textbook.identity_split", "The identity from its first columns and its last one",
    statement(f"all k:int | hk: 0 <= k => I(k+1) = {_FIRST}*T({_FIRST}) + {_LAST}*T({_LAST})"),
    (
        intro("g", "all p v:int | 1 <= p, p <= k + 1, 1 <= v, v <= k + 1 => I(k+1)[p,v] ="
              f" ({_FIRST}*T({_FIRST}) + {_LAST}*T({_LAST}))[p,v]", "p1 p2 v1 v2",
              apply("i", "ax.at_mul", r="k + 1", k="k + 1", c="k + 1", p="p", v="v", A="I(k+1)", B="I(k+1)"),
              apply("j", "ax.sum_last", f="l -> I(k+1)[p,l]*I(k+1)[l,v]", a="1", b="k + 1"),
              apply("a", "ax.at_add", r="k + 1", c="k + 1", p="p", v="v", A=f"{_FIRST}*T({_FIRST})",
                    B=f"{_LAST}*T({_LAST})"),
              apply("m", "ax.at_mul", r="k + 1", k="k", c="k + 1", p="p", v="v", A=_FIRST, B=f"T({_FIRST})"),
              apply("n", "textbook.outer_entry", r="k + 1", c="k + 1", p="p", v="v", A=_LAST, B=f"T({_LAST})"),
              intro("t", f"all l:int | 1 <= l, l <= k => {_FIRST}[p,l]*T({_FIRST})[l,v] = I(k+1)[p,l]*I(k+1)[l,v]",
                    "l1 l2", _entry("x", "k", "p", "l", "I(k+1)[i,j]"),
                    _entry("y", "k", "v", "l", "I(k+1)[i,j]"),
                    apply("u", "ax.at_T", r="k + 1", c="k", p="l", v="v", A=_FIRST),
                    apply("w", "ax.at_T", "I(k+1)[l,v] = I(k+1)[v,l]", r="k + 1", c="k + 1", p="l", v="v",
                          A="I(k+1)"), combine("z", facts="x y u w")),
              apply("s", "textbook.sum_cong", f=f"l -> {_FIRST}[p,l]*T({_FIRST})[l,v]",
                    g="l -> I(k+1)[p,l]*I(k+1)[l,v]", a="1", b="k"),
              _entry("x", "1", "p", "1", "I(k+1)[i,k+1]"), _entry("y", "1", "v", "1", "I(k+1)[i,k+1]"),
              apply("u", "ax.at_T", r="k + 1", c="1", p="1", v="v", A=_LAST),
              apply("w", "ax.at_T", "I(k+1)[k+1,v] = I(k+1)[v,k+1]", r="k + 1", c="k + 1", p="k + 1", v="v",
                    A="I(k+1)"),
              combine("last", f"{_LAST}[p,1]*T({_LAST})[1,v] = I(k+1)[p,k+1]*I(k+1)[k+1,v]", "x y u w"),
              combine("J", f"({_FIRST}*T({_FIRST}))[p,v] = sum(l=1..k: I(k+1)[p,l]*I(k+1)[l,v])", "m s"),
              combine("E", f"({_LAST}*T({_LAST}))[p,v] = I(k+1)[p,k+1]*I(k+1)[k+1,v]", "n last"),
              combine("z", facts="i j a J E")),
        apply("end", "ax.ext", r="k + 1", c="k + 1", A="I(k+1)", B=f"{_FIRST}*T({_FIRST}) + {_LAST}*T({_LAST})"),
    ),
)

TIMES_EQUAL = Lemma(
    "textbook.times_equal", "A product with an equal factor that is left as it was",
    statement("all a b c:int, M:mat(a,b), X S:mat(b,c), D:mat(a,c) | h: X = S, h1: M*S = D => M*X = D"),
    (combine("end", facts="h h1"),),
)

_C = "(X*E - X*J*P*X*E)"
_SQUARES, _B = f"tr({_C}*T({_C}))", "(1/tr({0}*T({0})))*(T({0})*(I(n) - X*J*P))".format(_C)
_SPLIT = "all n k:int, X:mat(n,k+1), J:mat(k+1,k), E:mat(k+1,1), P:mat(k,n)"
_SUM = "X*J*T(J) + X*E*T(E)"
_PARTS = f"hs: X = {_SUM}, hp: X*J*P*(X*J) = X*J"

DEPENDENT = Lemma(
    "textbook.dependent_column", "A column in the span of the others needs no new row",
    statement(f"{_SPLIT} | {_PARTS}, hd: X*J*P*X*E = X*E => X*(J*P)*X = {_SUM}"),
    (
        combine("r", f"X*(J*P)*({_SUM}) = {_SUM}", "hp hd"),
        apply("end", "textbook.times_equal", a="n", b="n", c="k + 1", M="X*(J*P)", X="X", S=_SUM, D=_SUM),
    ),
)

_Q = "(X*(J*(P - P*X*E*b) + E*b))"
INDEPENDENT = Lemma(
    "textbook.independent_column", "A row that sees the new column only",
    statement(f"{_SPLIT}, b:mat(1,n) | {_PARTS}, h0: b*X*J = 0*(b*X*J), h1: b*X*E = I(1) => {_Q}*X = {_SUM}"),
    (
        combine("r", f"{_Q}*({_SUM}) = {_SUM}", "hp h0 h1"),
        apply("end", "textbook.times_equal", a="n", b="n", c="k + 1", M=_Q, X="X", S=_SUM, D=_SUM),
    ),
)

NEXT_COLUMN = Lemma(
    "textbook.next_column", "From a generalised inverse of some columns to one of all",
    statement(f"{_SPLIT} | {_PARTS} => some Q:mat(k+1,n) | X*Q*X = {_SUM}"),
    (
        apply("or", "ax.total", x=_SQUARES, y="0"),
        cases("end", "or", "c",
              [apply("o", "textbook.zero_matrix", r="n", c="1", A=_C), combine("o1", "X*J*P*X*E = X*E", "o"),
               apply("d", "textbook.dependent_column", n="n", k="k", X="X", J="J", E="E", P="P"),
               witness("z", Q="J*P")],
              [combine("b1", f"{_B}*X*J = 0*({_B}*X*J)", "hp"),
               apply("u", "textbook.one_by_one", A=f"T({_C})*{_C}"),
               combine("t", f"(1/{_SQUARES})*{_SQUARES} = 1", "c"),
               combine("b3", f"{_B}*X*E = (1/{_SQUARES})*{_SQUARES}*I(1)", "u"),
               apply("b4", "textbook.scale_one", r="1", c="1", s=f"(1/{_SQUARES})*{_SQUARES}", A="I(1)"),
               combine("b2", f"{_B}*X*E = I(1)", "b3 b4"),
               apply("d", "textbook.independent_column", n="n", k="k", X="X", J="J", E="E", P="P", b=_B),
               witness("z", Q=f"J*(P - P*X*E*{_B}) + E*{_B}")]),
    ),
)


def _absurd(left: str, right: str) -> tuple[Step, ...]:
    """left = right, from a fact "no" that is 1 <= 0."""
    gap = f"{left} - {right}"
    return (apply("ab", "textbook.abs_nonneg", x=gap), combine("m", f"abs({gap}) <= 0", "no ab"),
            apply("up", "ax.abs_ge", x=gap), apply("down", "ax.abs_neg", x=gap),
            combine("le", f"{left} <= {right}", "m up"), combine("ge", f"{right} <= {left}", "m down"),
            apply("x", "ax.antisym", x=left, y=right))


EMPTY_INVERSE = Lemma(
    "textbook.empty_inverse", "Matrices without entries are their own inverses",
    statement("all n t m:int, X:mat(n,t) | hm: m <= 0, h: (all p v:int | 1 <= p, p <= n, 1 <= v, v <= t => 1 <= m)"
              " => some P:mat(t,n) | X*P*X = X"),
    (
        intro("g", "all p v:int | 1 <= p, p <= n, 1 <= v, v <= t => (X*(0*T(X))*X)[p,v] = X[p,v]", "p1 p2 v1 v2",
              apply("y", "h", p="p", v="v"), combine("no", "1 <= 0", "y hm"),
              *_absurd("(X*(0*T(X))*X)[p,v]", "X[p,v]")),
        apply("e", "ax.ext", r="n", c="t", A="X*(0*T(X))*X", B="X"), witness("end", P="0*T(X)"),
    ),
)

_SOME = "some P:mat({0},n) | {1}*P*{1} = {1}"
GENERALISED_INVERSE = Lemma(
    "textbook.generalised_inverse", "Every real matrix has a generalised inverse",
    statement("all n t:int, X:mat(n,t) => " + _SOME.format("t", "X")),
    (
        intro("I", f"all | 0 <= n => (all k:int | 0 <= k => (all Y:mat(n,k) => {_SOME.format('k', 'Y')}))", "hn",
              induct("w0", None, "hk ih",
                     [intro("z", None, "",
                            intro("h", "all p v:int | 1 <= p, p <= n, 1 <= v, v <= 0 => 1 <= 0", "p1 p2 v1 v2",
                                  combine("y", facts="v1 v2")),
                            apply("y0", "textbook.empty_inverse", n="n", t="0", m="0", X="Y"))],
                     [intro("z", None, "", apply("J", "textbook.identity_split", k="k"),
                            apply("ih1", "ih", Y=f"Y*{_FIRST}"),
                            apply("split", "textbook.times_one", n="n", r="k + 1", Y="Y",
                                  S=f"{_FIRST}*T({_FIRST}) + {_LAST}*T({_LAST})"),
                            obtain("y", "ih1", "p",
                                   apply("x1", "textbook.next_column", n="n", k="k", X="Y", J=_FIRST, E=_LAST,
                                         P="P"),
                                   obtain("x", "x1", "x2", combine("x3", "Y*Q*Y = Y", "x2 split"),
                                          witness("w", P="Q"))))])),
        apply("on", "ax.total", x="0", y="n"), apply("ot", "ax.total", x="0", y="t"),
        cases("end", "on", "a",
              [cases("e1", "ot", "c", [apply("i1", "I"), apply("i2", "i1", k="t"), apply("i3", "i2", Y="X")],
                     [intro("h", "all p v:int | 1 <= p, p <= n, 1 <= v, v <= t => 1 <= t", "p1 p2 v1 v2",
                            combine("y", facts="v1 v2")), combine("t0", "t <= 0", "c"),
                      apply("y1", "textbook.empty_inverse", n="n", t="t", m="t", X="X")])],
              [intro("h", "all p v:int | 1 <= p, p <= n, 1 <= v, v <= t => 1 <= n", "p1 p2 v1 v2",
                     combine("y", facts="p1 p2")), combine("t0", "n <= 0", "a"),
               apply("y1", "textbook.empty_inverse", n="n", t="t", m="n", X="X")]),
    ),
)
_GAP, _REST = "(C*T(C)*P - I(k))", "(I(k) - T(C)*P*C)"

BOUNDED_BELOW_INVERSE = Lemma(
    "textbook.bounded_below_inverse", "A square matrix that is bounded below has an inverse",
    statement("all k:int, C:mat(k,k), s:real | h0: 0 < s,"
              " h1: (all d:int, X:mat(d,k) => s*tr(X*T(X)) <= tr(X*C*T(X*C)))"
              " => some R:mat(k,k) | R*C = I(k), C*R = I(k)"),
    (
        apply("g", "textbook.generalised_inverse", n="k", t="k", X="C*T(C)"),
        obtain("end", "g", "p",
               # X = C C' P - 1 has X C C' = 0, so |X C| = 0
               apply("b", "h1", d="k", X=_GAP),
               combine("b1", f"tr({_GAP}*C*T({_GAP}*C)) = 0", "p"),
               combine("b2", f"tr({_GAP}*T({_GAP})) <= 0", "b b1", mul="h0"),
               apply("b3", "textbook.zero_matrix", r="k", c="k", A=_GAP),
               combine("one", "C*T(C)*P = I(k)", "b3"),
               # E = 1 - C' P C is symmetric and idempotent with trace 0
               combine("e1", f"tr({_REST}*T({_REST})) = tr(I(k)) - tr(C*T(C)*P)", "one", rounds=4),
               combine("e2", f"tr({_REST}*T({_REST})) <= 0", "e1 one"),
               apply("e3", "textbook.zero_matrix", r="k", c="k", A=_REST),
               combine("left", "T(C)*P*C = I(k)", "e3"),
               combine("right", "C*(T(C)*P) = I(k)", "one"),
               witness("z", R="T(C)*P")),
    ),
)

LEMMAS = (SQUARE_ZERO, ZERO_MATRIX, ONE_BY_ONE, SCALE_ONE, TIMES_ONE, OUTER_ENTRY, IDENTITY_SPLIT,
          TIMES_EQUAL, DEPENDENT, INDEPENDENT, NEXT_COLUMN,
          EMPTY_INVERSE, GENERALISED_INVERSE, BOUNDED_BELOW_INVERSE)
