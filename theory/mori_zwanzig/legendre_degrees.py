"""Legendre's equation for every degree, from Bonnet's recursion, by induction.

D is defined by D_0 = 0, D_{k+1} = t D_k + (k+1) P_k. By induction t D_{k+1} = D_k + (k+1) P_{k+1}, D_k is the
derivative of P_k, and (1 - t^2) D_{k+1} = (k+1) (P_k - t P_{k+1}), whose derivative is -(k+1) (k+2) P_{k+1}. A function
known by a recursion is differentiated through equal functions.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, calculus, cases, combine, induct, intro, obtain, witness

_TURN = "t*D(k+1,t) = D(k,t) + (k+1)*P(k+1,t)"
_FLUX = "(1 - t*t)*D(k+1,t) = (k+1)*(P(k,t) - t*P(k+1,t))"
SLOPE = "(all k:int, t:real | 0 <= k => deriv(u: P(k,u), t, D(k,t)))"
EQUATION = "(all k:int, t:real | 0 <= k => deriv(u: (1 - u*u)*D(k,u), t, -k*(k + 1)*P(k,t)))"
_EVERY = "all k:int, t:real | 0 <= k =>"
_NEXT = "1/(k+2)*((2*k+3)*u*P(k+1,u) - (k+1)*P(k,u))"

EVERY = Lemma(
    "mori_zwanzig.legendre_every", "Legendre's equation for every degree",
    statement("all P D:(k:int,t:real)->real | p0: (all t:real => P(0,t) = 1), p1: (all t:real => P(1,t) = t),"
              f" p2: ({_EVERY} (k+2)*P(k+2,t) = (2*k+3)*t*P(k+1,t) - (k+1)*P(k,t)),"
              f" d0: (all t:real => D(0,t) = 0), d1: ({_EVERY} D(k+1,t) = t*D(k,t) + (k+1)*P(k,t))"
              f" => some | {SLOPE}, {EQUATION}"),
    (
        induct("T", f"all k:int | 0 <= k => (all t:real => {_TURN})", "hk ih",
               [intro("z", None, "", apply("a", "p0", t="t"), apply("b", "p1", t="t"), apply("c", "d0", t="t"),
                      apply("d", "d1", k="0", t="t"), combine("y", facts="a b c d", rounds=4))],
               [intro("z", None, "", apply("i", "ih", t="t"), apply("a", "d1", k="k", t="t"),
                      apply("b", "d1", k="k+1", t="t"), apply("c", "p2", k="k", t="t"),
                      combine("e", "D(k+2,t) = D(k,t) + (2*k+3)*P(k+1,t)", "i b", rounds=4),
                      combine("y", facts="e a c", rounds=4))]),
        intro("F", f"{_EVERY} {_FLUX}", "k1", apply("i", "T", k="k"), apply("j", "i", t="t"),
              apply("a", "d1", k="k", t="t"), combine("z", facts="j a", rounds=4)),
        induct("S", "all k:int | 0 <= k => some | (all t:real => deriv(u: P(k,u), t, D(k,t))),"
               " (all t:real => deriv(u: P(k+1,u), t, D(k+1,t)))", "hk ih",
               [intro("s0", "all t:real => deriv(u: P(0,u), t, D(0,t))", "",
                      intro("e", "all x:real => 1 = P(0,x)", "", apply("a", "p0", t="x"), combine("z", facts="a")),
                      apply("c", "d0", t="t"), calculus("d", "deriv(u: 1, t, D(0,t))", "c"),
                      apply("z", "ax.d_cong", F="x -> 1", G="x -> P(0,x)", p="t", g="D(0,t)")),
                intro("s1", "all t:real => deriv(u: P(0+1,u), t, D(0+1,t))", "",
                      intro("e", "all x:real => x = P(1,x)", "", apply("a", "p1", t="x"), combine("z", facts="a")),
                      apply("a", "p0", t="t"), apply("b", "d0", t="t"), apply("c", "d1", k="0", t="t"),
                      combine("v", "D(1,t) = 1", "a b c", rounds=4), calculus("d", "deriv(u: u, t, D(1,t))", "v"),
                      apply("z", "ax.d_cong", F="x -> x", G="x -> P(1,x)", p="t", g="D(1,t)")),
                witness("z")],
               [obtain("z", "ih", "i0 i1", combine("kp", "0 < k + 2", "hk"),
                       intro("s", "all t:real => deriv(u: P(k+1+1,u), t, D(k+1+1,t))", "",
                             intro("e", f"all u:real => {_NEXT} = P(k+2,u)", "", apply("a", "p2", k="k", t="u"),
                                   combine("w", facts="a kp", mul="kp", rounds=4)),
                             apply("j", "T", k="k"), apply("j1", "j", t="t"), apply("b", "d1", k="k+1", t="t"),
                             apply("f0", "i0", t="t"), apply("f1", "i1", t="t"),
                             combine("v", "1/(k+2)*((2*k+3)*(P(k+1,t) + t*D(k+1,t)) - (k+1)*D(k,t)) = D(k+2,t)",
                                     "j1 b kp", mul="kp", rounds=5),
                             calculus("dd", f"deriv(u: {_NEXT}, t, 1/(k+2)*((2*k+3)*(P(k+1,t) + t*D(k+1,t))"
                                      " - (k+1)*D(k,t)))", "f0 f1"),
                             calculus("d", f"deriv(u: {_NEXT}, t, D(k+2,t))", "dd v"),
                             apply("x", "ax.d_cong", F=f"u -> {_NEXT}", G="u -> P(k+2,u)", p="t",
                                   g="D(k+2,t)")),
                       witness("y"))]),
        intro("A", SLOPE[1:-1], "k1", apply("s", "S", k="k"), obtain("z", "s", "s1 s2", apply("y", "s1", t="t"))),
        intro("B", EQUATION[1:-1], "k1", apply("o", "ax.int_split", m="0", n="k"),
              cases("z", "o", "c", [
                  intro("e", "all x:real => 0 = (1 - x*x)*D(k,x)", "", apply("a", "d0", t="x"),
                        apply("g", "ax.cong_int", f="i -> D(i,x)", x="k", y="0"), combine("z", facts="a g", rounds=3)),
                  combine("v", "0 = -k*(k + 1)*P(k,t)", "c", rounds=3),
                  calculus("d", "deriv(u: 0, t, -k*(k + 1)*P(k,t))", "v"),
                  apply("y", "ax.d_cong", F="x -> 0", G="x -> (1 - x*x)*D(k,x)", p="t",
                        g="-k*(k + 1)*P(k,t)")],
                  [combine("km", "0 <= k - 1", "c"),
                   intro("e", "all x:real => k*(P(k-1,x) - x*P(k,x)) = (1 - x*x)*D(k,x)", "",
                         apply("a", "F", k="k - 1", t="x"), combine("z", facts="a")),
                   apply("q0", "A", k="k - 1", t="t"), apply("q1", "A", k="k", t="t"), apply("j", "T", k="k - 1"),
                   apply("j1", "j", t="t"),
                   combine("v", "k*(D(k-1,t) - P(k,t) - t*D(k,t)) = -k*(k + 1)*P(k,t)", "j1", rounds=4),
                   calculus("dd", "deriv(u: k*(P(k-1,u) - u*P(k,u)), t, k*(D(k-1,t) - P(k,t) - t*D(k,t)))", "q0 q1"),
                   calculus("d", "deriv(u: k*(P(k-1,u) - u*P(k,u)), t, -k*(k + 1)*P(k,t))", "dd v"),
                   apply("y", "ax.d_cong", F="x -> k*(P(k-1,x) - x*P(k,x))",
                         G="x -> (1 - x*x)*D(k,x)", p="t", g="-k*(k + 1)*P(k,t)")])),
        witness("end"),
    ),
)

LEMMAS: tuple[Lemma, ...] = (EVERY,)
