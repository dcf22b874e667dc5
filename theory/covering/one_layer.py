"""One affine layer: how large its output can be and how far it moves, all widths: the steps of the modulus."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, induct, intro

AFFINE_BOUND = Lemma(
    "covering.affine_bound",
    "An affine layer with parameters at most B maps entries at most r to entries at most B (n r + 1)",
    statement(
        "all m n:int, A:mat(m,n), c:mat(m,1), x:mat(n,1), B r:real | hn: 0 <= n,"
        " hA: (all i j:int | 1 <= i, i <= m, 1 <= j, j <= n => abs(A[i,j]) <= B),"
        " hc: (all i:int | 1 <= i, i <= m => abs(c[i,1]) <= B),"
        " hx: (all j:int | 1 <= j, j <= n => abs(x[j,1]) <= r)"
        " => (all i:int | 1 <= i, i <= m => abs((A*x + c)[i,1]) <= B*(n*r + 1))"),
    (
        intro("end", None, "i1 i2",
              apply("s", "ax.at_add", r="m", c="1", p="i", v="1", A="A*x", B="c"),
              apply("p", "ax.at_mul", r="m", k="n", c="1", p="i", v="1", A="A", B="x"),
              intro("t", "all l:int | 1 <= l, l <= n => abs(A[i,l]*x[l,1]) <= B*r", "l1 l2",
                    apply("a", "hA", i="i", j="l"), apply("b", "hx", j="l"), apply("z", "textbook.abs_mul_le")),
              apply("u", "textbook.sum_abs", f="l -> A[i,l]*x[l,1]", g="l -> B*r", a="1", b="n"),
              apply("k", "textbook.sum_const", c="B*r", n="n"),
              combine("v", "abs(sum(l=1..n: A[i,l]*x[l,1])) <= n*(B*r)", "u k"),
              apply("w", "hc", i="i"),
              apply("y", "textbook.abs_add_le", "abs(sum(l=1..n: A[i,l]*x[l,1]) + c[i,1]) <= n*(B*r) + B"),
              combine("e", "sum(l=1..n: A[i,l]*x[l,1]) + c[i,1] = (A*x + c)[i,1]", "s p"),
              apply("g", "ax.cong", f="t -> abs(t)", x="sum(l=1..n: A[i,l]*x[l,1]) + c[i,1]", y="(A*x + c)[i,1]"),
              combine("z", facts="y g", degree=1)),
    ),
)

AFFINE_DIFFERENCE = Lemma(
    "covering.affine_difference",
    "Two affine layers whose parameters differ by at most delta, fed with inputs that differ by at most e",
    statement(
        "all m n:int, A C:mat(m,n), b c:mat(m,1), x y:mat(n,1), B r delta e:real | hn: 0 <= n,"
        " hC: (all i j:int | 1 <= i, i <= m, 1 <= j, j <= n => abs(C[i,j]) <= B),"
        " hD: (all i j:int | 1 <= i, i <= m, 1 <= j, j <= n => abs(A[i,j] - C[i,j]) <= delta),"
        " hb: (all i:int | 1 <= i, i <= m => abs(b[i,1] - c[i,1]) <= delta),"
        " hx: (all j:int | 1 <= j, j <= n => abs(x[j,1]) <= r),"
        " hy: (all j:int | 1 <= j, j <= n => abs(x[j,1] - y[j,1]) <= e)"
        " => (all i:int | 1 <= i, i <= m"
        " => abs((A*x + b)[i,1] - (C*y + c)[i,1]) <= delta*(n*r + 1) + B*n*e)"),
    (
        intro("end", None, "i1 i2",
              apply("s1", "ax.at_add", r="m", c="1", p="i", v="1", A="A*x", B="b"),
              apply("s2", "ax.at_add", r="m", c="1", p="i", v="1", A="C*y", B="c"),
              apply("p1", "ax.at_mul", r="m", k="n", c="1", p="i", v="1", A="A", B="x"),
              apply("p2", "ax.at_mul", r="m", k="n", c="1", p="i", v="1", A="C", B="y"),
              # A x - C y = (A - C) x + C (x - y), summand by summand
              intro("t", "all l:int | 1 <= l, l <= n => abs((A[i,l] - C[i,l])*x[l,1] + C[i,l]*(x[l,1] - y[l,1]))"
                    " <= delta*r + B*e", "l1 l2",
                    apply("a", "hD", i="i", j="l"), apply("d", "hx", j="l"), apply("f", "hC", i="i", j="l"),
                    apply("h", "hy", j="l"),
                    apply("u", "textbook.abs_mul_le", "abs((A[i,l] - C[i,l])*x[l,1]) <= delta*r"),
                    apply("v", "textbook.abs_mul_le", "abs(C[i,l]*(x[l,1] - y[l,1])) <= B*e"),
                    apply("z", "textbook.abs_add_le")),
              apply("u", "textbook.sum_abs", f="l -> (A[i,l] - C[i,l])*x[l,1] + C[i,l]*(x[l,1] - y[l,1])",
                    g="l -> delta*r + B*e", a="1", b="n"),
              apply("k", "textbook.sum_const", c="delta*r + B*e", n="n"),
              apply("q", "textbook.sum_add", f="l -> A[i,l]*x[l,1]", g="l -> -1*(C[i,l]*y[l,1])", a="1", b="n"),
              apply("o", "textbook.sum_scale", f="l -> -1*(C[i,l]*y[l,1])", g="l -> C[i,l]*y[l,1]", c="-1", a="1",
                    b="n"),
              combine("v", "abs(sum(l=1..n: A[i,l]*x[l,1] - C[i,l]*y[l,1])) <= n*(delta*r + B*e)", "u k"),
              apply("w", "hb", i="i"),
              apply("y0", "textbook.abs_add_le", "abs(sum(l=1..n: A[i,l]*x[l,1] - C[i,l]*y[l,1]) + (b[i,1] - c[i,1]))"
                    " <= n*(delta*r + B*e) + delta"),
              combine("e0", "sum(l=1..n: A[i,l]*x[l,1] - C[i,l]*y[l,1]) + (b[i,1] - c[i,1])"
                      " = (A*x + b)[i,1] - (C*y + c)[i,1]", "s1 s2 p1 p2 q o"),
              apply("g", "ax.cong", f="t -> abs(t)",
                    x="sum(l=1..n: A[i,l]*x[l,1] - C[i,l]*y[l,1]) + (b[i,1] - c[i,1])",
                    y="(A*x + b)[i,1] - (C*y + c)[i,1]"),
              combine("z", facts="y0 g", degree=1)),
    ),
)

_TERM = "a(l)*rho(l)*prod(j=l+1..{}: B(j)*d(j-1)*rho(j))*delta(l)"
"""The contribution of layer l when the network is cut after layer {}."""

UNROLLED = Lemma(
    "covering.unrolled", "The recursion of the modulus unrolled into a sum over layers",
    statement(
        "all e a rho delta B:int->real, d:int->int, N:int | hN: 0 <= N,"
        " e0 eS: def e(0) = 0 then e(l+1) = rho(l+1)*(delta(l+1)*a(l+1) + B(l+1)*d(l)*e(l))"
        " => e(N) = sum(l=1..N: a(l)*rho(l)*prod(j=l+1..N: B(j)*d(j-1)*rho(j))*delta(l))"),
    (
        # the claim for every k <= N, by induction; a new layer multiplies every earlier term by B d rho
        induct("I", f"all k:int | 0 <= k => e(k) = sum(l=1..k: {_TERM.format('k')})", "hk ih",
               [apply("s", "ax.sum_empty", f=f"l -> {_TERM.format('0')}", a="1", b="0"), combine("z", facts="s e0")],
               [apply("s", "ax.sum_last", f=f"l -> {_TERM.format('k + 1')}", a="1", b="k + 1"),
                apply("pe", "ax.prod_empty", "prod(j=k+1+1..k+1: B(j)*d(j-1)*rho(j)) = 1",
                      f="j -> B(j)*d(j-1)*rho(j)", a="k + 2", b="k + 1"),
                intro("t", f"all l:int | 1 <= l, l <= k => {_TERM.format('k + 1')}"
                      f" = B(k + 1)*d(k)*rho(k + 1)*({_TERM.format('k')})", "l1 l2",
                      apply("pl", "ax.prod_last", f="j -> B(j)*d(j-1)*rho(j)", a="l + 1", b="k + 1"),
                      combine("z", facts="pl")),
                apply("sc", "textbook.sum_scale", f=f"l -> {_TERM.format('k + 1')}", g=f"l -> {_TERM.format('k')}",
                      c="B(k + 1)*d(k)*rho(k + 1)", a="1", b="k"),
                apply("r", "eS", l="k"), combine("z", facts="s pe sc r ih", rounds=3)]),
        apply("end", "I", k="N"),
    ),
)

LEMMAS = (AFFINE_BOUND, AFFINE_DIFFERENCE, UNROLLED)
