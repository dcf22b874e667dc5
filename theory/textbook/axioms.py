"""Generators, predicates and axioms: besides the rules, the only mathematics taken on trust.

`proofs_check/certificates/axioms.json` is generated from this table and tested equal. Every axiom holds for the total
functions wherever its hypotheses admit.
"""

from __future__ import annotations

import json
from typing import Any

from theory.language.notation import formula
from theory.language.terms import Formula, to_json


def _row(args: str, sort: str, guard: str = "") -> dict[str, Any]:
    pairs = tuple(tuple(a.split(":")) for a in args.split())
    return {"args": pairs, "sort": sort} | ({"guard": formula(guard)} if guard else {})


GENERATORS: dict[str, dict[str, Any]] = {
    "exp": _row("x:real", "real"),
    "log": _row("x:real", "real", "0 < x"),
    "sqrt": _row("x:real", "real", "0 <= x"),
    "root": _row("x:real n:int", "real", "some | 0 <= x, 1 <= n"),
    "pow": _row("b:real n:int", "real", "0 <= n"),
    "fact": _row("n:int", "int", "0 <= n"),
    "binom": _row("n:int k:int", "int", "some | 0 <= k, k <= n"),
    "abs": _row("x:real", "real"),
    "max": _row("x:real y:real", "real"),
    "min": _row("x:real y:real", "real"),
    "ceil": _row("x:real", "int"),
    "floor": _row("x:real", "int"),
    "sin": _row("x:real", "real"),
    "cos": _row("x:real", "real"),
    "atan": _row("x:real", "real"),
    "tanh": _row("x:real", "real"),
    "pi": _row("", "real"),
    "ite": _row("a:real b:real x:real y:real", "real"),
    "iite": _row("a:int b:int x:int y:int", "int"),
    "leb": _row("a:real b:real", "obj"),
}
"""Named functions: arguments with sorts, result sort, guard. `ite(a,b,x,y)` is x if a <= b, else y; `leb(a,b)` is
Lebesgue measure on [a, b], empty for b < a."""

PREDICATES: dict[str, dict[str, Any]] = {"deriv": {"bound": "real", "args": ("any", "real", "any"), "at": 1}}
"""`deriv(u: F(u), p, g)`: u -> F(u) is differentiable at p with derivative g."""

_AXIOMS = {
    # order and integers
    "ax.total": "all x y:real => x <= y or y < x",
    "ax.eq_or_ne": "all x y:real => x = y or x != y",
    "ax.lt_ne": "all x y:real | x < y => x != y",
    "ax.antisym": "all x y:real | x <= y, y <= x => x = y",
    "ax.int_step": "all m n:int | m < n => m + 1 <= n",
    "ax.int_split": "all m n:int | m <= n => n = m or m + 1 <= n",
    "ax.recip_pos": "all x:real | 0 < x => 0 < 1/x",
    # equals in equals
    "ax.cong": "all f:real->real, x y:real | x = y => f(x) = f(y)",
    "ax.cong_int": "all f:int->real, x y:int | x = y => f(x) = f(y)",
    "ax.cong_ii": "all f:int->int, x y:int | x = y => f(x) = f(y)",
    # exponential, logarithm, roots
    "ax.exp_zero": "exp(0) = 1",
    "ax.exp_ge": "all x:real => 1 + x <= exp(x)",
    "ax.exp_add": "all a b:real => exp(a + b) = exp(a)*exp(b)",
    "ax.exp_pos": "all a:real => 0 < exp(a)",
    "ax.log_exp": "all x:real => log(exp(x)) = x",
    "ax.exp_log": "all x:real | 0 < x => exp(log(x)) = x",
    "ax.log_mono": "all x y:real | 0 < x, x <= y => log(x) <= log(y)",
    "ax.sqrt_sq": "all x:real | 0 <= x => sqrt(x)^2 = x",
    "ax.sqrt_nonneg": "all x:real | 0 <= x => 0 <= sqrt(x)",
    "ax.sqrt_pos": "all x:real | 0 < x => 0 < sqrt(x)",
    "ax.root_pow": "all x:real, n:int | 0 <= x, 1 <= n => pow(root(x, n), n) = x",
    "ax.root_nonneg": "all x:real, n:int | 0 <= x, 1 <= n => 0 <= root(x, n)",
    # integer powers, factorials, binomial coefficients
    "ax.pow_zero": "all b:real => pow(b, 0) = 1",
    "ax.pow_succ": "all b:real, n:int | 0 <= n => pow(b, n + 1) = pow(b, n)*b",
    "ax.fact_zero": "fact(0) = 1",
    "ax.fact_succ": "all n:int | 0 <= n => fact(n + 1) = (n + 1)*fact(n)",
    "ax.binom": "all n k:int | 0 <= k, k <= n => binom(n, k)*fact(k)*fact(n - k) = fact(n)",
    # absolute value, maximum, rounding, choice
    "ax.abs_ge": "all x:real => x <= abs(x)",
    "ax.abs_neg": "all x:real => -x <= abs(x)",
    "ax.abs_le": "all x y:real | x <= y, -x <= y => abs(x) <= y",
    "ax.max_left": "all x y:real => x <= max(x, y)",
    "ax.max_right": "all x y:real => y <= max(x, y)",
    "ax.max_le": "all x y z:real | x <= z, y <= z => max(x, y) <= z",
    "ax.min_left": "all x y:real => min(x, y) <= x",
    "ax.min_right": "all x y:real => min(x, y) <= y",
    "ax.min_ge": "all x y z:real | z <= x, z <= y => z <= min(x, y)",
    "ax.ceil_ge": "all x:real => x <= ceil(x)",
    "ax.ceil_lt": "all x:real => ceil(x) < x + 1",
    "ax.floor_le": "all x:real => floor(x) <= x",
    "ax.floor_gt": "all x:real => x < floor(x) + 1",
    "ax.ite_then": "all a b x y:real | a <= b => ite(a, b, x, y) = x",
    "ax.ite_else": "all a b x y:real | b < a => ite(a, b, x, y) = y",
    "ax.iite_then": "all a b x y:int | a <= b => iite(a, b, x, y) = x",
    "ax.iite_else": "all a b x y:int | b < a => iite(a, b, x, y) = y",
    # trigonometric functions
    "ax.sin_cos": "all x:real => sin(x)^2 + cos(x)^2 = 1",
    "ax.sin_pi": "sin(pi()) = 0",
    # sums and products
    "ax.sum_empty": "all f:int->real, a b:int | b < a => sum(j=a..b: f(j)) = 0",
    "ax.sum_last": "all f:int->real, a b:int | a <= b => sum(j=a..b: f(j)) = sum(j=a..b-1: f(j)) + f(b)",
    "ax.prod_empty": "all f:int->real, a b:int | b < a => prod(j=a..b: f(j)) = 1",
    "ax.prod_last": "all f:int->real, a b:int | a <= b => prod(j=a..b: f(j)) = prod(j=a..b-1: f(j))*f(b)",
    # derivatives
    "ax.d_id": "all p:real => deriv(u: u, p, 1)",
    "ax.d_const": "all c p:real => deriv(u: c, p, 0)",
    "ax.d_add": "all F G:real->real, p f g:real | deriv(u: F(u), p, f), deriv(u: G(u), p, g)"
                " => deriv(u: F(u) + G(u), p, f + g)",
    "ax.d_mul": "all F G:real->real, p f g:real | deriv(u: F(u), p, f), deriv(u: G(u), p, g)"
                " => deriv(u: F(u)*G(u), p, f*G(p) + F(p)*g)",
    "ax.d_pow": "all F:real->real, n:int, p f:real | 1 <= n, deriv(u: F(u), p, f)"
                " => deriv(u: pow(F(u), n), p, n*pow(F(p), n - 1)*f)",
    "ax.d_exp": "all F:real->real, p f:real | deriv(u: F(u), p, f) => deriv(u: exp(F(u)), p, exp(F(p))*f)",
    "ax.d_log": "all F:real->real, p f:real | deriv(u: F(u), p, f), 0 < F(p) => deriv(u: log(F(u)), p, 1/F(p)*f)",
    "ax.d_inv": "all F:real->real, p f:real | deriv(u: F(u), p, f), F(p) != 0"
                " => deriv(u: 1/F(u), p, -1*f*(1/F(p))*(1/F(p)))",
    "ax.d_sin": "all F:real->real, p f:real | deriv(u: F(u), p, f) => deriv(u: sin(F(u)), p, cos(F(p))*f)",
    "ax.d_cos": "all F:real->real, p f:real | deriv(u: F(u), p, f) => deriv(u: cos(F(u)), p, -1*sin(F(p))*f)",
    "ax.d_cong": "all F G:real->real, p g:real | (all x:real => F(x) = G(x)), deriv(u: F(u), p, g)"
                 " => deriv(u: G(u), p, g)",
    "ax.d_eq": "all F:real->real, p f g:real | deriv(u: F(u), p, f), f = g => deriv(u: F(u), p, g)",
    "ax.decreasing": "all f g:real->real, a b:real | a < b, (all x:real | a <= x, x <= b => deriv(u: f(u), x, g(x))),"
                     " (all x:real | a < x, x < b => g(x) < 0) => f(b) < f(a)",
    "ax.nonincreasing": "all f g:real->real, a b:real | a <= b,"
                        " (all x:real | a <= x, x <= b => deriv(u: f(u), x, g(x))),"
                        " (all x:real | a <= x, x <= b => g(x) <= 0) => f(b) <= f(a)",
    "ax.dm_const": "all r c:int, C:mat(r,c), p:real => deriv(u: C, p, 0*C)",
    "ax.dm_add": "all r c:int, F G:real->mat(r,c), p:real, f g:mat(r,c) | deriv(u: F(u), p, f), deriv(u: G(u), p, g)"
                 " => deriv(u: F(u) + G(u), p, f + g)",
    "ax.dm_mul": "all r k c:int, F:real->mat(r,k), G:real->mat(k,c), p:real, f:mat(r,k), g:mat(k,c)"
                 " | deriv(u: F(u), p, f), deriv(u: G(u), p, g) => deriv(u: F(u)*G(u), p, f*G(p) + F(p)*g)",
    "ax.dm_T": "all r c:int, F:real->mat(r,c), p:real, f:mat(r,c) | deriv(u: F(u), p, f) => deriv(u: T(F(u)), p, T(f))",
    "ax.dm_tr": "all r:int, F:real->mat(r,r), p:real, f:mat(r,r) | deriv(u: F(u), p, f)"
                " => deriv(u: tr(F(u)), p, tr(f))",
    # integral over an interval: the fundamental theorem, with the integrand bounded below on [a, b]
    "ax.ftc": "all F f:real->real, a b m:real | a <= b, (all x:real | a <= x, x <= b => deriv(u: F(u), x, f(x))),"
              " (all x:real | a <= x, x <= b => m <= f(x)) => integral(x in leb(a,b): f(x)) = F(b) - F(a)",
    # matrices by their entries
    "ax.at_build": "all f:(i:int,j:int)->real, r c p v:int | 1 <= p, p <= r, 1 <= v, v <= c"
                   " => build(i<=r, j<=c: f(i,j))[p,v] = f(p,v)",
    "ax.at_add": "all r c p v:int, A B:mat(r,c) => (A + B)[p,v] = A[p,v] + B[p,v]",
    "ax.at_scale": "all r c p v:int, s:real, A:mat(r,c) => (s*A)[p,v] = s*A[p,v]",
    "ax.at_mul": "all r k c p v:int, A:mat(r,k), B:mat(k,c) => (A*B)[p,v] = sum(l=1..k: A[p,l]*B[l,v])",
    "ax.at_T": "all r c p v:int, A:mat(r,c) => T(A)[p,v] = A[v,p]",
    "ax.at_diagonal": "all n p:int | 1 <= p, p <= n => I(n)[p,p] = 1",
    "ax.at_off_diagonal": "all n p v:int | p != v => I(n)[p,v] = 0",
    "ax.tr_sum": "all n:int, A:mat(n,n) => tr(A) = sum(l=1..n: A[l,l])",
    "ax.at_cong": "all r c p v:int, A B:mat(r,c) | A = B => A[p,v] = B[p,v]",
    "ax.ext": "all r c:int, A B:mat(r,c) | (all p v:int | 1 <= p, p <= r, 1 <= v, v <= c => A[p,v] = B[p,v]) => A = B",
}

AXIOMS: dict[str, Formula] = {id_: formula(text) for id_, text in _AXIOMS.items()}
"""Axiom id -> formula."""


def axioms_json() -> str:
    """Return the text of axioms.json: generators, predicates, axioms, one row a line."""
    table = {"generators": GENERATORS, "predicates": PREDICATES, "axioms": AXIOMS}
    parts = []
    for name, rows in table.items():
        lines = ",\n".join(f"  {json.dumps(k)}: {json.dumps(_plain(v))}" for k, v in rows.items())
        parts.append(f" {json.dumps(name)}: {{\n{lines}\n }}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _plain(value: Any) -> Any:
    return {k: to_json(v) for k, v in value.items()} if isinstance(value, dict) else to_json(value)
