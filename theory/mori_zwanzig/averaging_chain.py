"""Four layers that average two states, the first of which is resolved: an exact point of the memory theorems.

M = 1/2 ((1, 1), (1, 1)), P = diag(1, 0), Q = diag(0, 1), u = (1, 1) at every level. The orthogonal dynamics halves:
Q M Q = Q/2, G(m) = 2^(1-m) M, S(m) = (1/2 - 2^(-m)) u. Streaming gives 1/2, memory 1/4 + 1/8 + 1/16, noise 1/16.
"""

from __future__ import annotations

from theory.language.derivation import Step, apply, combine, compute, intro

_M, _P, _Q, _U = "[[1/2,1/2],[1/2,1/2]]", "[[1,0],[0,0]]", "[[0,0],[0,1]]", "[[1],[1]]"
CHAIN_OF_FOUR = {"n": "0", "L": "4", "d": "l -> 2", "M": f"l -> {_M}", "P": f"l -> {_P}", "Q": f"l -> {_Q}",
                 "u": f"l -> {_U}", "G": f"l -> pow(1/2,l - 1)*{_M}", "S": f"l -> (1/2 - pow(1/2,l))*{_U}",
                 "e": "l -> 2", "C": "l -> I(2)", "kappa": "l -> 1/2", "a": "3/4", "c": "1/2", "k": "1/2", "v": "1",
                 "w": "1", "h": "1"}


_VALUES = {"qmmq": f"1/2*tr(T(x)*{_Q}*x)", "qmq": f"1/4*tr(T(x)*{_Q}*x)", "pmp": f"1/4*tr(T(x)*{_P}*x)"}


def norm(column: str) -> str:
    """The squared norm of C column, with C = I."""
    return f"tr(T(I(2)*({column}))*(I(2)*({column})))"


def _bound(name: str, matrix: str, factor: str, facts: str, levels: str = "") -> Step:
    variables = "l:int, x:mat(2,1)" if levels else "x:mat(2,1)"
    table = facts.split()[0]
    step = (combine("z1", f"tr(T({matrix}*x)*({matrix}*x)) = {_VALUES[table]}", table),
            combine("z2", "tr(T(x)*x) = tr(T(x)*" + _P + "*x) + tr(T(x)*" + _Q + "*x)", "split"),
            combine("z3", "tr(T(x)*" + _P + "*x) = tr(T(" + _P + "*x)*(" + _P + "*x))", "pp"),
            combine("z4", "tr(T(x)*" + _Q + "*x) = tr(T(" + _Q + "*x)*(" + _Q + "*x))", "qq"),
            combine("z", facts="z1 z2 z3 z4", squares=(_P + "*x", _Q + "*x")))
    return intro(name, f"all {variables}{' | ' + levels if levels else ''} => {norm(f'{matrix}*x')}"
                 f" <= ({factor})^2*{norm('x')}", "l1 l2" if levels else "", *step)


_TABLE = (
    compute("mqm", f"{_M}*{_Q}*{_M} = 1/2*{_M}"), compute("mpu", f"{_M}*{_P}*{_U} = 1/2*{_U}"),
    compute("split", f"{_P} + {_Q} = I(2)"),
    compute("qmmq", f"T({_M}*{_Q})*({_M}*{_Q}) = 1/2*{_Q}"),
    compute("qmq", f"T({_Q}*{_M}*{_Q})*({_Q}*{_M}*{_Q}) = 1/4*{_Q}"),
    compute("pmp", f"T({_Q}*{_M}*{_P})*({_Q}*{_M}*{_P}) = 1/4*{_P}"),
    compute("pp", f"T({_P})*{_P} = {_P}"), compute("qq", f"T({_Q})*{_Q} = {_Q}"),
)
"""Products of the four matrices."""

CHAIN_STEPS: tuple[Step, ...] = (
    *_TABLE,
    intro("g", f"all m:int | 1 <= m => pow(1/2,m)*{_M} = pow(1/2,m - 1)*{_M}*{_Q}*{_M}", "m1",
          apply("a", "ax.pow_succ", b="1/2", n="m - 1"), combine("z", facts="a mqm", rounds=3)),
    intro("s", f"all m:int | 1 <= m => (1/2 - pow(1/2,m + 1))*{_U} = (1/2 - pow(1/2,m))*{_U}"
          f" + pow(1/2,m - 1)*{_M}*{_Q}*{_M}*{_P}*{_U}", "m1",
          apply("a", "ax.pow_succ", b="1/2", n="m - 1"), apply("b", "ax.pow_succ", b="1/2", n="m"),
          combine("z", facts="a b mqm mpu", rounds=4)),
    _bound("f", f"{_M}*{_Q}", "3/4", "qmmq qq pp split"),
    _bound("r", f"{_Q}*{_M}*{_Q}", "1/2", "qmq qq pp split", "1 <= l, l <= 4 - 1"),
    _bound("t", f"{_Q}*{_M}*{_P}", "1/2", "pmp qq pp split", "0 + 1 + 1 <= l, l <= 4 - 1"),
)
