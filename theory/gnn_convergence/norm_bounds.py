"""Norms of matrices as bounds of quadratic forms: ||X A||^2 <= w^2 ||X||^2 for all X says that the norm is at most w.

The Frobenius norm is such a bound, transposes have the same bounds, and bounds add up along a step A - eta D.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, intro

SQUARE_ORDER = Lemma(
    "gnn_convergence.square_order", "Numbers are ordered as their squares, if the larger is not negative",
    statement("all x y:real | h: x^2 <= y^2, h0: 0 <= y => x <= y"),
    (
        apply("or", "ax.total", x="x", y="y"),
        cases("end", "or", "c", [combine("z", facts="c")],
              [combine("p", "0 < x^2 - y^2", "c h0"), combine("f", "1 <= 0", "p h", mul="p", degree=1),
               combine("z", "x <= y", "f c")], goal="x <= y"),
    ),
)

_P, _Q, _T = "tr(P*T(P))", "tr(Q*T(Q))", "tr(P*T(Q))"

CAUCHY_SCHWARZ = Lemma(
    "gnn_convergence.cauchy_schwarz", "The inner product of matrices is at most the product of their norms",
    statement(f"all r c:int, P Q:mat(r,c), u v:real | hu: 0 <= u, hv: 0 <= v, hp: {_P} <= u^2, hq: {_Q} <= v^2"
              f" => {_T} <= u*v"),
    (
        combine("p0", f"0 <= {_P}", squares=("P",)), combine("q0", f"0 <= {_Q}", squares=("Q",)),
        apply("or", "ax.total", x=_Q, y="0"),
        cases("sq", "or", "c",
              [combine("s", f"0 <= tr(({_T}*P - ({_P} + 1)*Q)*T({_T}*P - ({_P} + 1)*Q))",
                       squares=(f"{_T}*P - ({_P} + 1)*Q",)),
               combine("pp", f"0 <= ({_P} + 1)^2", squares=(f"{_P} + 1",)),
               combine("c2", f"({_P} + 1)^2*{_Q} <= 0", "c pp"),
               combine("t1", f"{_T}^2*2 + {_T}^2*{_P} <= 0", "s c2", degree=1),
               combine("t2", f"0 <= {_T}^2*{_P}", "p0", squares=(_T,)),
               combine("t3", "0 <= (u*v)^2", squares=("u*v",)),
               combine("z", f"{_T}^2 <= (u*v)^2", "t1 t2 t3", degree=1)],
              [combine("s", f"0 <= tr(({_Q}*P - {_T}*Q)*T({_Q}*P - {_T}*Q))", squares=(f"{_Q}*P - {_T}*Q",)),
               combine("t1", f"{_T}^2 <= {_P}*{_Q}", "s", mul="c", degree=1),
               combine("a", f"{_P}*{_Q} <= u^2*{_Q}", "hp q0"), combine("u2", "0 <= u^2", squares=("u",)),
               combine("b", f"u^2*{_Q} <= u^2*v^2", "hq u2"), combine("z", f"{_T}^2 <= (u*v)^2", "t1 a b", degree=1)],
              goal=f"{_T}^2 <= (u*v)^2"),
        combine("uv", "0 <= u*v", "hu hv"), apply("end", "gnn_convergence.square_order", x=_T, y="u*v"),
    ),
)

_E = "build(i<=n, w<=1: I(n)[i,j])"

DIAGONAL_ENTRY = Lemma(
    "gnn_convergence.diagonal_entry", "A diagonal entry is a trace against a unit vector",
    statement(f"all n j:int, M:mat(n,n) | h1: 1 <= j, h2: j <= n => tr(M*{_E}*T({_E})) = M[j,j]"),
    (
        combine("n0", "0 <= n", "h1 h2"),
        apply("f", "textbook.frobenius", r="n", c="1", A=f"M*{_E}", B=_E),
        intro("r", f"all i:int | 1 <= i, i <= n => sum(v=1..1: (M*{_E})[i,v]*{_E}[i,v]) = (M*{_E})[i,1]*I(n)[i,j]",
              "i1 i2", apply("s", "ax.sum_last", f=f"v -> (M*{_E})[i,v]*{_E}[i,v]", a="1", b="1"),
              apply("e", "ax.sum_empty", f=f"v -> (M*{_E})[i,v]*{_E}[i,v]", a="1", b="0"),
              apply("b", "ax.at_build", f="i, w -> I(n)[i,j]", r="n", c="1", p="i", v="1"),
              combine("z", facts="s e b")),
        apply("g", "textbook.sum_cong", f=f"i -> sum(v=1..1: (M*{_E})[i,v]*{_E}[i,v])",
              g=f"i -> (M*{_E})[i,1]*I(n)[i,j]", a="1", b="n"),
        apply("d", "textbook.sum_delta", f=f"i -> (M*{_E})[i,1]", n="n", m="j"),
        apply("m", "ax.at_mul", r="n", k="n", c="1", p="j", v="1", A="M", B=_E),
        intro("t", f"all l:int | 1 <= l, l <= n => M[j,l]*{_E}[l,1] = M[j,l]*I(n)[l,j]", "l1 l2",
              apply("b", "ax.at_build", f="i, w -> I(n)[i,j]", r="n", c="1", p="l", v="1"), combine("z", facts="b")),
        apply("h", "textbook.sum_cong", f=f"l -> M[j,l]*{_E}[l,1]", g="l -> M[j,l]*I(n)[l,j]", a="1", b="n"),
        apply("k", "textbook.sum_delta", f="l -> M[j,l]", n="n", m="j"),
        combine("fd", f"tr(M*{_E}*T({_E})) = (M*{_E})[j,1]", "f g d"), combine("end", facts="fd m h k", rounds=6),
    ),
)

_COLUMN = f"(A*{_E})"
_VVA = "tr(T(V)*V*a*T(T(V)*V*a))"

SUBMULTIPLICATIVE = Lemma(
    "gnn_convergence.submultiplicative", "||V A||^2 <= ||V||^2 ||A||^2 in the Frobenius norm",
    statement("all d k n:int, V:mat(d,k), A:mat(k,n) | h: 0 <= n => tr(V*A*T(V*A)) <= tr(V*T(V))*tr(A*T(A))"),
    (
        intro("col", "all a:mat(k,1) => tr(V*a*T(V*a)) <= tr(V*T(V))*tr(a*T(a))", "",
              apply("o", "textbook.one_by_one", A="T(a)*a"),
              combine("q", "0 <= tr(a*T(a))", squares=("a",)), combine("v", "0 <= tr(V*T(V))", squares=("V",)),
              combine("x", "tr(V*a*T(a)*a*T(a)*T(V)) = tr(a*T(a))*tr(V*a*T(V*a))", "o", rounds=3),
              combine("s", "0 <= tr((tr(a*T(a))*V - V*a*T(a))*T(tr(a*T(a))*V - V*a*T(a)))",
                      squares=("tr(a*T(a))*V - V*a*T(a)",)),
              apply("or", "ax.total", x="tr(a*T(a))", y="0"),
              cases("z", "or", "c",
                    [combine("n0", f"0 <= {_VVA}", squares=("T(V)*V*a",)), combine("n1", f"0 <= {_VVA} + 1", "n0"),
                     combine("n2", f"{_VVA} <= ({_VVA} + 1)^2", "n0", squares=(_VVA,)),
                     combine("n3", "tr(a*T(a)) <= 0^2", "c"),
                     apply("t", "gnn_convergence.cauchy_schwarz", r="k", c="1", P="T(V)*V*a", Q="a",
                           u=f"{_VVA} + 1", v="0"),
                     combine("m", "0 <= tr(V*T(V))*tr(a*T(a))", "v q"), combine("y", facts="t m", degree=1)],
                    [combine("y", facts="s x", mul="c", degree=1)],
                    goal="tr(V*a*T(V*a)) <= tr(V*T(V))*tr(a*T(a))")),
        apply("l", "ax.tr_sum", n="n", A="T(A)*T(V)*V*A"), apply("r", "ax.tr_sum", n="n", A="T(A)*A"),
        intro("each", "all j:int | 1 <= j, j <= n => (T(A)*T(V)*V*A)[j,j] <= tr(V*T(V))*(T(A)*A)[j,j]", "j1 j2",
              apply("a", "gnn_convergence.diagonal_entry", n="n", j="j", M="T(A)*T(V)*V*A"),
              apply("b", "gnn_convergence.diagonal_entry", n="n", j="j", M="T(A)*A"),
              apply("c", "col", a=_COLUMN),
              combine("w", f"tr(V*T(V))*tr({_COLUMN}*T({_COLUMN})) = tr(V*T(V))*(T(A)*A)[j,j]", "b"),
              combine("z", facts="a c w", degree=1)),
        apply("mono", "textbook.sum_mono", f="j -> (T(A)*T(V)*V*A)[j,j]", g="j -> tr(V*T(V))*(T(A)*A)[j,j]", a="1",
              b="n"),
        intro("eq", "all j:int | 1 <= j, j <= n => tr(V*T(V))*(T(A)*A)[j,j] = tr(V*T(V))*(T(A)*A)[j,j]", "j1 j2",
              combine("z")),
        apply("sc", "textbook.sum_scale", f="j -> tr(V*T(V))*(T(A)*A)[j,j]", g="j -> (T(A)*A)[j,j]", c="tr(V*T(V))",
              a="1", b="n"),
        combine("sr", "tr(V*T(V))*sum(l=1..n: (T(A)*A)[l,l]) = tr(V*T(V))*tr(A*T(A))", "r"),
        combine("end", facts="l mono sc sr", degree=1),
    ),
)

BOUND_OF_TRANSPOSE = Lemma(
    "gnn_convergence.bound_of_transpose", "A matrix and its transpose have the same norm",
    statement("all k n:int, A:mat(k,n), w:real | h0: 0 < w,"
              " h: (all d:int, X:mat(d,k) => tr(X*A*T(X*A)) <= w^2*tr(X*T(X)))"
              " => (all d:int, V:mat(d,n) => tr(V*T(A)*T(V*T(A))) <= w^2*tr(V*T(V)))"),
    (
        intro("end", None, "", apply("a", "h", d="d", X="V*T(A)"), combine("w2", "0 < w^2", "h0"),
              combine("s", "0 <= tr((w^2*V - V*T(A)*A)*T(w^2*V - V*T(A)*A))", squares=("w^2*V - V*T(A)*A",)),
              combine("y", "w^2*tr(V*T(A)*T(V*T(A))) <= w^2*(w^2*tr(V*T(V)))", "a s", degree=1),
              combine("z", facts="y", mul="w2", degree=1)),
    ),
)

BOUND_OF_STEP = Lemma(
    "gnn_convergence.bound_of_step", "A step moves a norm by at most its own Frobenius norm",
    statement("all k n:int, A D:mat(k,n), w c eta:real | hn: 0 <= n, h0: 0 <= w, hc: 0 <= c, he: 0 <= eta,"
              " h: (all d:int, X:mat(d,k) => tr(X*A*T(X*A)) <= w^2*tr(X*T(X))), hd: tr(D*T(D)) <= c^2"
              " => (all d:int, X:mat(d,k) => tr(X*(A - eta*D)*T(X*(A - eta*D))) <= (w + eta*c)^2*tr(X*T(X)))"),
    (
        intro("end", None, "", apply("a", "h", d="d", X="X"),
              apply("b", "gnn_convergence.submultiplicative", d="d", k="k", n="n", V="X", A="D"),
              combine("x0", "0 <= tr(X*T(X))", squares=("X",)),
              combine("b2", "tr(X*D*T(X*D)) <= c^2*tr(X*T(X))", "b hd x0"),
              apply("q", "ax.sqrt_sq", x="tr(X*T(X))"), apply("q0", "ax.sqrt_nonneg", x="tr(X*T(X))"),
              combine("u0", "0 <= w*sqrt(tr(X*T(X)))", "h0 q0"), combine("v0", "0 <= c*sqrt(tr(X*T(X)))", "hc q0"),
              combine("pa", "tr(-1*X*A*T(-1*X*A)) <= (w*sqrt(tr(X*T(X))))^2", "a q"),
              combine("pb", "tr(X*D*T(X*D)) <= (c*sqrt(tr(X*T(X))))^2", "b2 q"),
              apply("cs", "gnn_convergence.cauchy_schwarz", r="d", c="n", P="-1*X*A", Q="X*D",
                    u="w*sqrt(tr(X*T(X)))", v="c*sqrt(tr(X*T(X)))"),
              combine("cs2", "-tr(X*A*T(X*D)) <= w*c*tr(X*T(X))", "cs q"),
              combine("cs3", "-2*eta*tr(X*A*T(X*D)) <= 2*eta*w*c*tr(X*T(X))", "cs2 he"),
              combine("e2", "0 <= eta^2", squares=("eta",)),
              combine("b3", "eta^2*tr(X*D*T(X*D)) <= eta^2*c^2*tr(X*T(X))", "b2 e2"),
              combine("z", facts="a cs3 b3", degree=1)),
    ),
)

LEMMAS = (SQUARE_ORDER, CAUCHY_SCHWARZ, DIAGONAL_ENTRY, SUBMULTIPLICATIVE, BOUND_OF_TRANSPOSE,
          BOUND_OF_STEP)
