"""Two independent coins and two nonlinear layers: the exact points for `mori_zwanzig.markov_chapman`.

Four outcomes of probability 1/4, noises -1 and 1 numbered 1 and 2, F(r, k) = r^2 + 2 k - 3 from X_0 = 0: X_1 = -1 or 1
and X_2 = 0 or 2. Backward h_2 = r, h_1 = r^2, h_0 = r^4 + 1, so the mean output is 1.
"""

from __future__ import annotations

from theory.language.derivation import Step, apply, combine, compute, finite, intro

FIRST = "iite({o},2,1,2)"
SECOND = "iite({o},2,{o},{o} - 2)"


def noise(level: str, outcome: str) -> str:
    """The number of the noise of a level in an outcome, as text."""
    return f"iite({level},0,{FIRST.format(o=outcome)},{SECOND.format(o=outcome)})"


X1, X2 = f"(2*{FIRST.format(o='{o}')} - 3)", f"(2*{SECOND.format(o='{o}')} - 2)"


def state(level: str, outcome: str) -> str:
    """X(level, outcome): 0, then -1 or 1, then 0 or 2."""
    return (f"{level}*(2 - {level})*{X1.format(o=outcome)} + {level}*({level} - 1)/2*{X2.format(o=outcome)}")


def mean(level: str, value: str) -> str:
    """h(level, value): r^4 + 1, r^2 and r at the levels 0, 1 and 2."""
    return (f"({level} - 1)*({level} - 2)/2*({value}^4 + 1) + {level}*(2 - {level})*{value}^2"
            f" + {level}*({level} - 1)/2*{value}")


COINS = {"L": "2", "S": "4", "n": "2", "p": "o -> 1/4", "w": "l, k -> 1/2", "e": f"l, o -> {noise('l', 'o')}",
         "X": f"l, o -> {state('l', 'o')}", "F": "l, r, k -> r*r + 2*k - 3", "h": f"l, r -> {mean('l', 'r')}"}


def two(name: str, body: str, variable: str, kind: str = "sum", start: int = 1) -> tuple[Step, ...]:
    """sum or product of two terms of a body, written out: the facts name0, name1, name2."""
    at = f"{variable} -> {body}"
    return (apply(f"{name}0", f"ax.{kind}_empty", f=at, a=str(start), b=str(start - 1)),
            apply(f"{name}1", f"ax.{kind}_last", f=at, a=str(start), b=str(start)),
            apply(f"{name}2", f"ax.{kind}_last", f=at, a=str(start), b=str(start + 1)))


def _row(o: int) -> tuple[Step, ...]:
    """The product over the levels in outcome o is g(0, first noise) g(1, second noise) (fact r<o>)."""
    values = (1 if o <= 2 else 2, o if o <= 2 else o - 2)
    steps = []
    for level, value in enumerate(values):
        at = noise(str(level), str(o))
        steps += [compute(f"n{o}{level}", f"{at} = {value}"),
                  apply(f"c{o}{level}", "ax.cong_int", f=f"m -> g({level},m)", x=at, y=str(value))]
    body = f"g(j,{noise('j', str(o))})"
    return (*steps, *two(f"p{o}", body, "j", "prod", 0),
            combine(f"r{o}", f"prod(j=0..2 - 1: {body}) = g(0,{values[0]})*g(1,{values[1]})",
                    f"p{o}0 p{o}1 p{o}2 c{o}0 c{o}1", rounds=4))


_START = state("0", "o")
_BODY = f"1/4*f({_START})*prod(j=0..2 - 1: g(j,{noise('j', 'o')}))"
_PLAIN = f"1/4*f({_START})"
_LAWS = "sum(k=1..2: 1/2*g(j,k))"


def _four(name: str, body: str) -> tuple[Step, ...]:
    at = f"o -> {body}"
    return (apply(f"{name}0", "ax.sum_empty", f=at, a="1", b="0"),
            *(apply(f"{name}{b}", "ax.sum_last", f=at, a="1", b=str(b)) for b in range(1, 5)))


def _same_start(o: int) -> tuple[Step, ...]:
    at = state("0", str(o))
    values = (1 if o <= 2 else 2, o if o <= 2 else o - 2)
    product = f"prod(j=0..2 - 1: g(j,{noise('j', str(o))}))"
    return (compute(f"s{o}", f"{at} = 0"), apply(f"f{o}", "ax.cong", f="r -> f(r)", x=at, y="0"),
            combine(f"q{o}", f"1/4*f({at})*{product} = 1/4*f(0)*(g(0,{values[0]})*g(1,{values[1]}))",
                    f"r{o} f{o}", rounds=3))


INDEPENDENT = intro(
    "ind", "all f:real->real, g:(j:int,k:int)->real => "
    f"sum(o=1..4: {_BODY}) = sum(o=1..4: {_PLAIN})*prod(j=0..2 - 1: {_LAWS})", "",
    *(step for o in range(1, 5) for step in (*_row(o), *_same_start(o))), *_four("t", _BODY), *_four("u", _PLAIN),
    *two("l", _LAWS, "j", "prod", 0), *two("a", "1/2*g(0,k)", "k"), *two("b", "1/2*g(1,k)", "k"),
    combine("t", f"sum(o=1..4: {_BODY}) = 1/4*f(0)*(g(0,1) + g(0,2))*(g(1,1) + g(1,2))",
            "t0 t1 t2 t3 t4 q1 q2 q3 q4", rounds=6),
    combine("u", f"sum(o=1..4: {_PLAIN}) = f(0)", "u0 u1 u2 u3 u4 f1 f2 f3 f4", rounds=6),
    combine("v", f"prod(j=0..2 - 1: {_LAWS}) = 1/4*(g(0,1) + g(0,2))*(g(1,1) + g(1,2))",
            "l0 l1 l2 a0 a1 a2 b0 b1 b2", rounds=6),
    combine("z", facts="t u v", rounds=4))
"""The two coins are independent of one another and of the start: means of products factor."""

_NEXT = "(r*r + 2*k - 3)"


def _operators(depth: int, here: str, ahead: str) -> Step:
    """h(l, r) = sum_k h(l+1, F(l, r, k))/2 for all r, level by level."""
    def body(level: str) -> str:
        return "1/2*(" + ahead.replace("l", f"({level} + 1)") + ")"
    return finite("op", f"all l:int | 0 <= l, l <= {depth} - 1 => (all r:real => {here} = sum(k=1..2: {body('l')}))",
                  *([intro("w", None, "", *two("t", body(str(level)), "k"), combine("z", facts="t0 t1 t2", rounds=4))]
                    for level in range(depth)))


OPERATOR = _operators(2, mean("l", "r"), mean("l", _NEXT))

SHARED = {"L": "2", "S": "2", "n": "2", "p": "o -> 1/2", "w": "l, k -> 1/2", "e": "l, o -> o",
          "X": "l, o -> l*(2*o - 3)", "F": "l, r, k -> r + 2*k - 3", "h": "l, r -> r*r + 2 - l"}
"""One draw of the noise -1 or 1 used by both layers: the sum has mean square 4, the operators give 2."""

SHARED_OPERATOR = _operators(2, "r*r + 2 - l", "(r + 2*k - 3)*(r + 2*k - 3) + 2 - l")
