"""Points against mutants of `etr_training.hierarchy`: functions on the line, with sqrt(2) as the point without a name.

Where the claim says that a rational solution or a certificate exists, the mutants are made of: without one, 1 <= 0.
"""

from __future__ import annotations

from theory.etr_training.hierarchy import (
    BOX,
    CERTIFICATE,
    CONTINUOUS,
    GRID,
    LINE,
    LOSS,
    NAMED,
    NEAR,
    POINTS,
    STRICT,
    UNIFORM,
)
from theory.language import Kill, Survivor, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, compute, intro, witness
from theory.language.notation import formula, substitution
from theory.language.substitution import substitute
from theory.language.terms import Formula

_NO_RATIONAL = f"(all N:int, P:int->int, v:real | 1 <= N, {GRID} => some l:int | 1 <= l, l <= r, F(v,l) <= 0)"
_LOW = f"(all c:real | {BOX.format('c')} => s <= G(c))"
_NO_CERTIFICATE = (
    f"(all N:int, w:real | 1 <= N, (all c v:real | {BOX.format('c')}, {BOX.format('v')}, {NEAR.format('1/N')}"
    f" => abs(G(v) - G(c)) <= w) => some v:real, P:int->int | {BOX.format('v')}, {GRID}, G(v) <= w)")
_PARTS = (
    f"all F:(c:real,l:int)->real, r:int, c:real | 0 <= r, {CONTINUOUS}, {STRICT.format('c')}, {_NO_RATIONAL} => 1 <= 0",
    f"all G:real->real, B:int | ({CERTIFICATE}) => (all c:real | {BOX.format('c')} => 0 < G(c))",
    f"all G:real->real, B:int, s:real | {UNIFORM}, 0 < s, {_LOW}, {_NO_CERTIFICATE} => 1 <= 0",
    f"all b:real => 0 < {LOSS}",
    f"all w:real | 0 < w => {LOSS.replace('-b', '-1/w')} < w",
    f"all B b:real | b <= B => (1/(1 + exp(B)))^2 <= {LOSS}",
)
ATTACKED = statement(f"all {POINTS} | {NAMED} => some | {', '.join(f'({part})' for part in _PARTS)}")
"""H1 of the claim and its six parts, existence turned into a contradiction, the small residual at b = 1/w."""


def _at(text: str, **values: str) -> Formula:
    given = {"p": "1", "r": "1", "B": "1", "theta": "c, j -> c"} | values
    return substitute(formula(text), {name: substitution(value) for name, value in given.items()})


def _steady(value: int) -> Step:
    """The fact `cont`: a constant is continuous."""
    return intro("cont", _at(CONTINUOUS, F=f"c, l -> {value}", c="0"), "l1 l2 w0",
                 compute("zero", f"abs({value} - {value}) = 0"),
                 intro("near", f"all v:real | (all j:int | 1 <= j, j <= 1 => abs(v - 0) <= 1)"
                               f" => abs({value} - {value}) <= w", "n1", combine("y", facts="zero w0")),
                 witness("z", eta="1"))



def _away(F: str, *rest: Step) -> Step:
    """The fact `none`: F is not positive at rational points of the line."""
    steps = [apply("a", "g", j="1"), combine("pn", "0 < N", "N1"), apply("s2", "ax.sqrt_sq", x="2"),
             apply("o", "ax.total", x="abs(v - sqrt(2))", y="0"), apply("ge", "ax.abs_ge", x="v - sqrt(2)"),
             apply("ng", "ax.abs_neg", x="v - sqrt(2)"),
             cases("z", "o", "k",
                   [combine("u1", "v <= sqrt(2)", "k ge"), combine("u2", "sqrt(2) <= v", "k ng"),
                    apply("e", "ax.antisym", x="v", y="sqrt(2)"), combine("e1", "N*sqrt(2) = P(1)", "a e pn"),
                    combine("e2", "P(1)*P(1) = 2*N*N", "e1 s2", rounds=3),
                    apply("no", "etr_training.sqrt_two_irrational", m="P(1)", n="N"), combine("n1", "0 < 0", "no"),
                    combine("low", f"{F} <= 0", mul="n1"), witness("y", l="1")],
                   [*rest, combine("low", f"{F} <= 0", "k" if not rest else "b"), witness("y", l="1")])]
    return intro("none", _at(_NO_RATIONAL, F=f"v, l -> {F}"), "N1 g", *steps)


_ROOT = "-abs(v - sqrt(2))"
_JUMP = "ite(abs(v - sqrt(2)), 0, 1, -1)"
_NOT_NAMED = intro("none", _at(_NO_RATIONAL, F="v, l -> 1", theta="c, j -> sqrt(2)"), "N1 g",
                   apply("a", "g", j="1"), combine("pn", "0 < N", "N1"), apply("s2", "ax.sqrt_sq", x="2"),
                   combine("e1", "N*sqrt(2) = P(1)", "a pn"), combine("e2", "P(1)*P(1) = 2*N*N", "e1 s2", rounds=3),
                   apply("no", "etr_training.sqrt_two_irrational", m="P(1)", n="N"), witness("y", l="1"))
_UNNAMED_CONT = intro(
    "cont", _at(CONTINUOUS, F="c, l -> 1", c="0", theta="c, j -> sqrt(2)"), "l1 l2 w0", compute("zero", "abs(1 - 1) = 0"),
    intro("near", "all v:real | (all j:int | 1 <= j, j <= 1 => abs(sqrt(2) - sqrt(2)) <= 1) => abs(1 - 1) <= w", "n1",
          combine("y", facts="zero w0")), witness("z", eta="1"))
_ROOT_CONT = intro(
    "cont", _at(CONTINUOUS, F="v, l -> " + _ROOT, c="sqrt(2)"), "l1 l2 w0", compute("zero", "abs(0) = 0"),
    intro("near", "all v:real | (all j:int | 1 <= j, j <= 1 => abs(v - sqrt(2)) <= w)"
                  " => abs(-abs(v - sqrt(2)) - -abs(sqrt(2) - sqrt(2))) <= w", "n1", apply("a", "n1", j="1"),
          apply("b", "textbook.abs_nonneg", x="v - sqrt(2)"),
          combine("u", "-abs(v - sqrt(2)) - -abs(sqrt(2) - sqrt(2)) <= w", "b zero w0"),
          combine("u2", "-(-abs(v - sqrt(2)) - -abs(sqrt(2) - sqrt(2))) <= w", "a zero"),
          apply("z", "ax.abs_le", x="-abs(v - sqrt(2)) - -abs(sqrt(2) - sqrt(2))", y="w")), witness("z", eta="w"))
_ROOT_ZERO = intro("sol", "all l:int | 1 <= l, l <= 1 => 0 <= -abs(sqrt(2) - sqrt(2))", "l1 l2",
                   compute("zero", "abs(0) = 0"), combine("z", facts="zero"))
_JUMP_ONE = intro("sol", "all l:int | 1 <= l, l <= 1 => 0 < ite(abs(sqrt(2) - sqrt(2)), 0, 1, -1)", "l1 l2",
                  compute("zero", "abs(0) = 0"), combine("le", "abs(sqrt(2) - sqrt(2)) <= 0", "zero"),
                  apply("b", "ax.ite_then", a="abs(sqrt(2) - sqrt(2))", b="0", x="1", y="-1"), combine("z", facts="b"))
_FLAT = (
    intro("uni", _at(UNIFORM, G="c -> 0"), "w0",
          intro("near", "all c v:real | " + ", ".join(
              f"(all j:int | 1 <= j, j <= 1 => abs({x}) <= 1)" for x in ("c", "v", "v - c")) + " => abs(0 - 0) <= w",
                "b1 b2 n1", compute("zero", "abs(0 - 0) = 0"), combine("y", facts="zero w0")),
          witness("z", delta="1")),
    intro("noc", _at(_NO_CERTIFICATE, G="c -> 0"), "N1 md",
          compute("zero", "abs(0) = 0"),
          intro("box", "all j:int | 1 <= j, j <= 1 => abs(0) <= 1", "j1 j2", combine("y", facts="zero")),
          intro("near", "all j:int | 1 <= j, j <= 1 => abs(0 - 0) <= 1/N", "j1 j2", combine("pn", "0 < N", "N1"),
                apply("rp", "ax.recip_pos", x="N"), combine("y", facts="zero rp")),
          apply("m", "md", c="0", v="0"), combine("w0", "0 <= w", "m zero"),
          intro("grid", "all j:int | 1 <= j, j <= 1 => 0 = 0/N", "j1 j2", combine("pn", "0 < N", "N1"), combine("y")),
          witness("z", v="0", P="j -> 0")),
)


def _line(name: str, *steps: Step, **values: str) -> Kill:
    return Kill(name, Witness((*LINE, *steps, witness("end", **({"p": "1", "theta": "c, j -> c"} | values)))))


KILLS = (
    Kill("a point without a name", Witness((_UNNAMED_CONT, _NOT_NAMED, witness(
        "end", p="1", theta="c, j -> sqrt(2)", F="c, l -> 1", r="1", c="0")))),
    _line("no solution", _steady(-1), F="c, l -> -1", r="1", c="0"),
    _line("rational solutions", _steady(1), F="c, l -> 1", r="1", c="0"),
    _line("a closed system", _ROOT_CONT, _ROOT_ZERO, _away(_ROOT), F="v, l -> " + _ROOT, r="1", c="sqrt(2)"),
    _line("a jump", _JUMP_ONE, _away(_JUMP, apply("b", "ax.ite_else", a="abs(v - sqrt(2))", b="0", x="1", y="-1")),
          F="v, l -> " + _JUMP, r="1", c="sqrt(2)"),
    _line("a residual 0", *_FLAT, G="c -> 0", B="1", s="0"), _line("no lower bound", *_FLAT, G="c -> 0", B="1", s="1"),
    _line("a residual 1", G="c -> 1", B="1", s="1"),
    _line("no certificate", G="c -> -1", B="1", c="0"),
    *(_line(f"a sink at b = {b}, box {B}", B=B, b=b, w="1") for B, b in (("0", "1"), ("2", "2"), ("-2", "-2"), ("0", "0"))),
    _line("no room", w="-1"), _line("a small residual", w="1/100"),
)

SURVIVORS: tuple[Survivor, ...] = ()
