"""The square integral of a Gaussian density of N coordinates is the N-th power of that of one coordinate.

g = exp(-y^2/(2 s^2))/(c s) with c = sqrt(2 pi); its square integral over the line is 1/(2 r s) with r = sqrt(pi). The
iterated integrals over N coordinates are a recursion: I(0) = 1, I(k + 1) is the integral of I(k) times g^2.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, induct

POWER = Lemma(
    "mori_zwanzig.product_square", "N independent coordinates: the square integral of the density is a power",
    statement("all mu:obj, g:real->real, B m:real, I1:int->real, N:int | hN: 0 <= N,"
              " hg: (all y:real => abs(g(y)) <= B), h1: integral(y in mu: g(y)*g(y)) = m,"
              " d0 d1: def I1(0) = 1 then I1(k+1) = integral(y in mu: I1(k)*(g(y)*g(y))) => I1(N) = pow(m, N)"),
    (
        apply("gg", "mori_zwanzig.bounded_product", f="y -> g(y)", g="y -> g(y)", B="B", C="B"),
        induct("I", "all k:int | 0 <= k => I1(k) = pow(m, k)", "hk ih",
               [apply("p", "ax.pow_zero", b="m"), combine("z", facts="d0 p")],
               [apply("d", "d1", k="k"), apply("s", "mori_zwanzig.integral_scale", mu="mu", f="y -> g(y)*g(y)",
                                               c="I1(k)", B="B*B"),
                apply("p", "ax.pow_succ", b="m", n="k"), combine("z", facts="d s ih p h1", rounds=4)]),
        apply("end", "I", k="N"),
    ),
)

LEMMAS: tuple[Lemma, ...] = (POWER,)
