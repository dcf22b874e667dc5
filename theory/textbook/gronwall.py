"""Gronwall's inequality, from the product rule, the chain rule for exp and one mean-value axiom."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, calculus, combine, intro

GRONWALL = Lemma(
    "textbook.gronwall", "g' <= -c g on [0, X] gives g(X) <= g(0) exp(-c X)",
    statement("all g h:real->real, c X:real | hX: 0 <= X,"
              " hd: (all t:real | 0 <= t, t <= X => deriv(u: g(u), t, h(t))),"
              " hh: (all t:real | 0 <= t, t <= X => h(t) <= -c*g(t)) => g(X) <= g(0)*exp(-c*X)"),
    (
        intro("D", "all x:real | 0 <= x, x <= X => deriv(u: g(u)*exp(c*u), x, (h(x) + c*g(x))*exp(c*x))", "a1 a2",
              calculus("z", facts="hd")),
        intro("N", "all x:real | 0 <= x, x <= X => (h(x) + c*g(x))*exp(c*x) <= 0", "a1 a2",
              apply("e0", "hh", t="x"), apply("ep", "ax.exp_pos", a="c*x"), combine("z", facts="e0 ep")),
        apply("M", "ax.nonincreasing", f="x -> g(x)*exp(c*x)", g="x -> (h(x) + c*g(x))*exp(c*x)", a="0", b="X"),
        apply("p", "ax.exp_pos", a="-c*X"),
        apply("a", "ax.exp_add", a="-c*X", b="c*X"), apply("o", "ax.exp_zero"),
        combine("m", "g(X)*exp(c*X)*exp(-c*X) <= g(0)*exp(c*0)*exp(-c*X)", "M p"),
        combine("end", facts="m a o", degree=1, rounds=3),
    ),
)

LEMMAS = (GRONWALL,)
