"""Points against mutants of `covering.volume`: one for each threshold that matters, and what is known of the others."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import Step, apply, cases, combine, obtain, witness


def _at(**values: str) -> Witness:
    """A point: c = F = 1 and all integers 0 unless given."""
    plain = {"c": "1", "F": "1", "p": "0", "S": "0", "b": "0", "g": "0"}
    return Witness((witness("end", **{**plain, **values}),))


KILLS = (
    Kill("p below 0", _at(p="-5", n="1", eps="1")),
    Kill("S below 0", _at(S="-5", n="1", eps="1")),
    Kill("b below 0", _at(b="-5", n="1", eps="1")),
    Kill("g below 0", _at(g="-5", n="1", eps="1")),
    Kill("c = 0", _at(c="0", S="1", n="0")),
    Kill("just below the peak", _at(c="101", p="1", n="99")),
    Kill("just above the peak", _at(c="199/2", p="1", n="99")),
    Kill("c^p = n + 99/100", _at(c="99/100", p="1", n="0")),
    Kill("c^p = n + 1/2", _at(c="1/2", p="1", n="0")),
    Kill("a width e c^p", _at(c="147/20", p="1", n="20", eps="1/20")),
    Kill("a small eps", _at(n="6", eps="1/1000")),
    Kill("2B above 1, many other parameters", _at(c="101/100", g="1000", n="1", eps="1")),
    Kill("one unit, eps = 1", _at(n="1", eps="1")),
    Kill("one unit, eps = 99/100", _at(n="1", eps="99/100")),
    Kill("a = -5", _at(c="exp(-5)", n="1", a="-5", M="1")),
    Kill("a = 1/100", _at(c="exp(1/100)", n="3", a="1/100", M="3")),
    Kill("M beyond n", _at(c="exp(5)", n="1", a="5", M="1000000")),
    Kill("one unit, eps = 1/10", _at(n="1", C="1/4", eps="1/10")),
    Kill("C = 9 at width 144", _at(n="144", C="9", eps="1")),
)


def _from(part: int, *steps: Step) -> tuple[Step, ...]:
    """Derive a mutant of a conclusion: `steps` prove the premises that it lacks, the claim gives the rest."""
    names = " ".join(f"part{k}" for k in range(1, 10))
    return (apply("claim", "covering.volume", c="c", F="F", p="p", S="S", b="b", g="g"), *steps,
            obtain("end", "claim", names, apply("z", f"part{part}")))


_POSITIVE_PEAK = (apply("e", "ax.exp_pos", a="1"), apply("q", "textbook.pow_pos", x="c", n="p"),
                  combine("eq", "0 < 2*exp(1)*pow(c, p)", "e q"), combine("n0", "0 < n", "eq P3"),
                  apply("n1", "ax.int_step", "1 <= n", m="0", n="n"))

def _scaled_box(exponent: str, least: str, power: str, *last: Step) -> tuple[Step, ...]:
    """(2 C / sqrt(n))^exponent is small: `least` bounds n eps below, `power` follows from 2^exponent >= exponent."""
    return (
        combine("np", "0 < n", "P1"), combine("n0", "0 <= n", "P1"), combine("ex", f"0 <= {exponent}", "P1"),
        apply("sp", "ax.sqrt_pos", x="n"), apply("ss", "ax.sqrt_sq", x="n"), apply("r", "ax.recip_pos", x="sqrt(n)"),
        combine("su", "0 < sqrt(n) + 4*C", "sp P2"), combine("le", "4*C <= sqrt(n)", "P4 ss", mul="su", degree=1),
        combine("half", "2*C/sqrt(n) <= 1/2", "le", mul="sp", degree=1), combine("pos", "0 <= 2*C/sqrt(n)", "P2 r"),
        apply("m", "textbook.pow_mono", x="2*C/sqrt(n)", y="1/2", n=exponent),
        apply("t0", "textbook.pow_pos", x="2", n=exponent), apply("o", "textbook.pow_one", n=exponent),
        apply("mu", "textbook.pow_mul", f"pow(1, {exponent}) = pow(1/2, {exponent})*pow(2, {exponent})", x="1/2", y="2",
              n=exponent),
        combine("ne", f"{least} <= n*eps", "P5 P3"), *last,
        combine("v", f"pow(1/2, {exponent}) <= {power}", "ne big mu o", mul="t0", degree=1, rounds=3),
        combine("end", facts="m v P3", degree=1),
    )


def _doubled(exponent: str) -> tuple[Step, ...]:
    """2 n eps <= 2^exponent eps, since 2^(e-1) >= e - 1 >= n."""
    return (combine("e1", f"0 <= {exponent} - 1", "P1"), apply("t", "textbook.two_pow_ge", n=f"{exponent} - 1"),
            apply("ps", "ax.pow_succ", f"pow(2, {exponent}) = pow(2, {exponent} - 1)*2", b="2", n=f"{exponent} - 1"),
            combine("nn", f"n <= {exponent} - 1", "P1"),
            combine("tw", f"2*n <= pow(2, {exponent})", "nn t ps", degree=1),
            combine("big", f"2*n*eps <= pow(2, {exponent})*eps", "tw P3"))


def _single(exponent: str) -> tuple[Step, ...]:
    """n eps <= 2^exponent eps, since 2^e >= e >= n."""
    return (apply("t", "textbook.two_pow_ge", n=exponent), combine("nn", f"n <= {exponent}", "P1"),
            combine("tw", f"n <= pow(2, {exponent})", "nn t", degree=1),
            combine("big", f"n*eps <= pow(2, {exponent})*eps", "tw P3"))


_M = "n*(n + 1)"
_LOOSE = "true: at the threshold of the claim the left side is smaller than eps by a factor that grows with n"

SURVIVORS = (
    Survivor(("shift conclusion 5, end 1 of the range of n",),
             "1 <= n may be left out: it follows from 0 < 2 e c^p <= n", _from(5, *_POSITIVE_PEAK)),
    Survivor(("shift conclusion 6, end 1 of the range of n",), "1 <= n may be left out: it follows from 0 < 1/eps <= n",
             _from(6, apply("re", "ax.recip_pos", x="eps"), combine("n0", "0 < n", "re P4"),
                   apply("n1", "ax.int_step", "1 <= n", m="0", n="n"))),
    Survivor(("shift conclusion 7, end 1 of the range of n",), "1 <= n may be left out: it follows from 23 <= n a^2",
             _from(7, apply("t", "ax.int_split", m="0", n="n"),
                   cases("n1", "t", "k", [combine("y", "1 <= n", "P4 k")], [combine("y", "1 <= n", "k")],
                         goal="1 <= n"))),
    Survivor(("shift conclusion 9, end 1 of the range of n",), "1 <= n may be left out: it follows from 0 < 1/eps <= n",
             _from(9, apply("re", "ax.recip_pos", x="eps"), combine("n0", "0 < n", "re P5"),
                   apply("n1", "ax.int_step", "1 <= n", m="0", n="n")),
             ((), (), (apply("re", "ax.recip_pos", x="eps"), combine("n0", "0 < n", "re o11"),
                       apply("s", "ax.sqrt_pos", x="n"), apply("z", "ax.lt_ne", "sqrt(n) != 0", x="0", y="sqrt(n)")))),
    Survivor(("strictness conclusion 7",), "0 < a may be weakened to 0 <= a: 23 <= n a^2 excludes a = 0",
             _from(7, apply("t", "ax.total", x="a", y="0"),
                   cases("a0", "t", "k", [apply("ae", "ax.antisym", "a = 0", x="a", y="0"),
                                          combine("w", "n*a*a = 0", "ae"), combine("v", "23 <= 0", "P4 w"),
                                          combine("u", "0 < a + 1", "ae"),
                                          combine("y", "0 < a", "u v", degree=1)],
                         [combine("y", "0 < a", "k")], goal="0 < a"))),
    Survivor(("shift conclusion 3, end 0 of the range of n", "shift conclusion 4, end 0 of the range of n"),
             "true: 0 < c^p <= n + 1 excludes n = -1; the range also makes V(n) well posed"),
    Survivor(("constant conclusion 5, 2 by 1/100", "constant conclusion 5, 1 by 1/100",
              "constant conclusion 5, 1 by 1/2", "strictness conclusion 5 (2)",
              "constant conclusion 5, the bound by 1/100", "constant conclusion 5, the bound by 1/2",
              "shift conclusion 5, index n of fact"),
             _LOOSE + " (n x^n/n! <= 2^-n for x = n/(2e)): the threshold 2 e c^p is not sharp"),
    Survivor(("shift conclusion 6, exponent n*n + b*n + g of pow", "shift conclusion 6, index n of fact"),
             "true: for c <= 1 the power is at most 1 and n <= (n-1)! n!; only sharper than the claim for n > 1"),
    Survivor(("constant conclusion 7, 23 by 1/100", "constant conclusion 7, 23 by 1/2", "strictness conclusion 7 (2)",
              "constant conclusion 7, the bound by 1/100", "constant conclusion 7, the bound by 1/2",
              "shift conclusion 7, exponent n*n + b*n + g of pow", "shift conclusion 7, index n of fact"),
             "true: c^(n^2) grows faster than n!^2 n well before n a^2 = 23, so the threshold is not sharp"),
    Survivor(("strictness conclusion 9",), "0 < C may be weakened to 0 <= C",
             _scaled_box(_M, "1", "eps/2", *_doubled(_M))),
    Survivor(("strictness conclusion 9 (3)", "constant conclusion 9, the bound by 1/100",
              "constant conclusion 9, the bound by 1/2"), "the left side is even at most eps/2",
             _scaled_box(_M, "1", "eps/2", *_doubled(_M))),
    Survivor(("constant conclusion 9, 1 by 1/100", "constant conclusion 9, 1 by 1/2"), "n >= 1/(2 eps) is enough",
             _scaled_box(_M, "1/2", "eps", *_doubled(_M))),
    Survivor(("shift conclusion 9, exponent n*(n + 1) of pow",), "the exponent n(n+1) - 1 is enough",
             _scaled_box(f"({_M} - 1)", "1", "eps", *_single(f"({_M} - 1)")),
             ((), (), (), (combine("z", facts="o7"),))),
    Survivor(("shift conclusion 9, exponent n*(n + 1) of pow",), "",
             _scaled_box(f"({_M} + 1)", "1", "eps", *_single(f"({_M} + 1)"))),
    Survivor(("drop conclusion 9, 0 < C",),
             "true: n(n+1) is even, so only |C| matters; parity is not expressible in one step here"),
    Survivor(("constant conclusion 9, 16 by 1/100", "constant conclusion 9, 16 by 1/2",
              "constant conclusion 9, 2 by 1/100", "constant conclusion 9, 2 by 1/2"),
             "true: (1/2)^(n(n+1)) <= 1/(4n), so neither 16 nor the other constants are sharp"),
)
