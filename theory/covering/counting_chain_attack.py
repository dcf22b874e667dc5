"""What is known of a mutant of `covering.counting_chain` that no point kills: a negative depth is as good as none."""

from __future__ import annotations

from theory.language import Survivor
from theory.language.derivation import apply, cases, combine, witness

_COUNT = "pow(m, S - sum(l=1..L: d(l)))*prod(l=1..L: binom(m + d(l) - 1, d(l)))"
_EXPONENT = (
    apply("t", "ax.total", x="0", y="L"),
    cases("z", "t", "c",
          [apply("s", "textbook.sum_nonneg", f="l -> d(l)", a="1", b="L"), combine("y", "0 <= S", "s o3")],
          [apply("s", "ax.sum_empty", f="l -> d(l)", a="1", b="L"), combine("y", "0 <= S", "s o3")], goal="0 <= S"),
)
"""0 <= S, for the exponent of m^S."""

SURVIVORS = (
    Survivor(
        ("drop H1",), "0 <= L may be left out: for L < 0 sums and products are empty and both sides are m^S",
        (
            apply("t", "ax.total", x="0", y="L"),
            cases("end", "t", "c",
                  [apply("z", "covering.counting_chain", L="L", m="m", S="S", d="l -> d(l)")],
                  [apply("s", "ax.sum_empty", f="l -> d(l)", a="1", b="L"),
                   apply("p", "ax.prod_empty", f="l -> fact(d(l))", a="1", b="L"),
                   apply("q", "ax.prod_empty", f="l -> binom(m + d(l) - 1, d(l))", a="1", b="L"),
                   apply("e", "ax.cong_int", f="t -> pow(m, t)", x="S - sum(l=1..L: d(l))", y="S"),
                   combine("x", f"pow(m, S) <= prod(l=1..L: fact(d(l)))*({_COUNT})", "p q e", rounds=3),
                   combine("y", f"{_COUNT} <= pow(m, S)", "q e", rounds=3), witness("z")]),
        ),
        (_EXPONENT, (), (), (), (), (), _EXPONENT)),
)
