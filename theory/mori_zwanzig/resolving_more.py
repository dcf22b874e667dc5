"""Weighted certificates of memory: resolving more never hurts, and resolved constants leave the maximal correlation.

Norms are |C x| at the level of the outputs of M and |B x| at that of its inputs; with C = diag(sqrt(p)) that is
L^2(p). Projections are orthogonal for these norms: T(P) T(C) C = T(C) C P.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import Step, apply, combine, compute, intro, witness

_SELF = "T({0})*T({1})*{1} = T({1})*{1}*{0}"


def norm(factor: str, column: str) -> str:
    """Return the squared norm |factor column|^2 as text."""
    return f"tr(T({factor}*({column}))*({factor}*({column})))"


COMPLEMENT = Lemma(
    "mori_zwanzig.complement_contracts", "What an orthogonal projection leaves out is no larger",
    statement(f"all d f:int, C:mat(f,d), P:mat(d,d), x:mat(d,1) | h1: P*P = P, h2: {_SELF.format('P', 'C')}"
              f" => {norm('C', 'x - P*x')} <= {norm('C', 'x')}"),
    (
        combine("a", "tr(T(x)*T(P)*T(C)*C*P*x) = tr(T(x)*T(C)*C*P*P*x)", "h2"),
        combine("b", "tr(T(x)*T(C)*C*P*P*x) = tr(T(x)*T(C)*C*P*x)", "h1"),
        combine("end", facts="a b", squares=("C*P*x",)),
    ),
)

LEMMAS = (COMPLEMENT,)

_SIZES = "d e f g:int, M:mat(d,e), C:mat(f,d), B:mat(g,e), P P1:mat(d,d), R R1:mat(e,e), one:mat(e,1), k s:real"
_OLD = "x - R*x"
_COARSE = f"M*({_OLD}) - P*M*({_OLD})"
_FINE = "M*(x - R1*x) - P1*M*(x - R1*x)"
_RATE = f"(all x:mat(e,1) => {norm('C', _COARSE)} <= k^2*{norm('B', 'x')})"
_CORRELATION = (f"(all x:mat(e,1) | T(one)*T(B)*B*x = 0*(T(one)*T(B)*B*x) => {norm('C', 'M*x')}"
                f" <= s^2*{norm('B', 'x')})")
MONOTONE = f"(all x:mat(e,1) => {norm('C', _FINE)} <= k^2*{norm('B', 'x')})"
_CONSTANTS = f"(all x:mat(e,1) => {norm('C', 'M*(x - R*x)')} <= s^2*{norm('B', 'x')})"
_BOTH = f"(all x:mat(e,1) => {norm('C', _COARSE)} <= s^2*{norm('B', 'x')})"
_NAMED = {
    "H1": "P*P = P", "H2": _SELF.format("P", "C"), "H3": "P1*P1 = P1", "H4": _SELF.format("P1", "C"),
    "H5": "P1*P = P", "H6": "R*R = R", "H7": _SELF.format("R", "B"), "H8": "R1*R1 = R1",
    "H9": _SELF.format("R1", "B"), "H10": "R*R1 = R", "H11": _RATE, "H12": "R*one = one", "H13": _CORRELATION,
}


def nested(conclusion: str, *, without: str = "", column: str = "") -> Statement:
    """A layer M between projections P, R and finer ones P1, R1; perhaps with a column x."""
    kept = ", ".join(f"{name}: {text}" for name, text in _NAMED.items() if name != without)
    return statement(f"all {_SIZES}{column} | {kept} => {conclusion}")


COLUMN = ", x:mat(e,1)"
PARTS = (f"{norm('C', _FINE)} <= k^2*{norm('B', 'x')}", f"{norm('C', 'M*(x - R*x)')} <= s^2*{norm('B', 'x')}",
         f"{norm('C', _COARSE)} <= s^2*{norm('B', 'x')}")


STATEMENT = nested(f"some | {MONOTONE}, {_CONSTANTS}, {_BOTH}")
"""H1-H5, H6-H10: orthogonal projections with ran P in ran P1; H11 rate k of Q M Q; H12 constants; H13 correlation s."""

_DERIVATION = (
    intro("A", MONOTONE[1:-1], "",
          apply("r", "H11", x="x - R1*x"),
          apply("c", "mori_zwanzig.complement_contracts", d="e", f="g", C="B", P="R1", x="x"),
          combine("c2", f"k^2*{norm('B', 'x - R1*x')} <= k^2*{norm('B', 'x')}", "c", squares=("k",)),
          combine("same", "x - R1*x - R*(x - R1*x) = x - R1*x", "H10"),
          combine("same2", "M*(x - R1*x - R*(x - R1*x)) - P*M*(x - R1*x - R*(x - R1*x))"
                  " = M*(x - R1*x) - P*M*(x - R1*x)", "same"),
          combine("same3", f"{norm('C', 'M*(x - R1*x - R*(x - R1*x)) - P*M*(x - R1*x - R*(x - R1*x))')}"
                  f" = {norm('C', 'M*(x - R1*x) - P*M*(x - R1*x)')}", "same2", rounds=3),
          apply("o", "mori_zwanzig.complement_contracts", d="d", f="f", C="C", P="P1",
                x="M*(x - R1*x) - P*M*(x - R1*x)"),
          combine("fine", "M*(x - R1*x) - P*M*(x - R1*x) - P1*(M*(x - R1*x) - P*M*(x - R1*x))"
                  " = M*(x - R1*x) - P1*M*(x - R1*x)", "H5"),
          combine("fine2", f"{norm('C', 'M*(x - R1*x) - P*M*(x - R1*x) - P1*(M*(x - R1*x) - P*M*(x - R1*x))')}"
                  f" = {norm('C', _FINE)}", "fine", rounds=3),
          combine("z", facts="r c2 same3 o fine2", degree=1)),
    intro("B", _CONSTANTS[1:-1], "",
          combine("m1", "T(one)*T(R)*T(B)*B*x = T(one)*T(B)*B*R*x", "H7"),
          combine("m2", "T(one)*T(R)*T(B)*B*x = T(one)*T(B)*B*x", "H12"),
          combine("m", "T(one)*T(B)*B*(x - R*x) = 0*(T(one)*T(B)*B*(x - R*x))", "m1 m2"),
          apply("r", "H13", x="x - R*x"),
          apply("c", "mori_zwanzig.complement_contracts", d="e", f="g", C="B", P="R", x="x"),
          combine("c2", f"s^2*{norm('B', 'x - R*x')} <= s^2*{norm('B', 'x')}", "c", squares=("s",)),
          combine("z", facts="r c2", degree=1)),
    intro("D", _BOTH[1:-1], "", apply("b", "B", x="x"),
          apply("c", "mori_zwanzig.complement_contracts", d="d", f="f", C="C", P="P", x="M*(x - R*x)"),
          combine("z", facts="b c", degree=1)),
)

_MEAN = "[[1/2,1/2],[1/2,1/2]]"
_MIX = "[[3/4,1/4],[1/4,3/4]]"
_TWO = {"d": "2", "e": "2", "f": "2", "g": "2", "M": _MIX, "C": "I(2)", "B": "I(2)", "P": _MEAN, "P1": "I(2)",
        "R": _MEAN, "R1": "I(2)", "one": "[[1],[1]]", "k": "1/2", "s": "1/2"}
"""Two states of equal weight, a layer that keeps the state or draws it anew, constants resolved: rate 1/2."""

_HALVED = f"{_MIX}*(x - {_MEAN}*x) - {_MEAN}*{_MIX}*(x - {_MEAN}*x)"
_ORTHOGONAL = "T([[1],[1]])*T(I(2))*I(2)*x"
TWO_STATES = (
    compute("mix", f"{_MIX} = 1/2*I(2) + 1/2*{_MEAN}"), compute("pp", f"{_MEAN}*{_MEAN} = {_MEAN}"),
    compute("tp", f"T({_MEAN}) = {_MEAN}"), compute("ones", f"{_MEAN} = 1/2*[[1],[1]]*T([[1],[1]])"),
    intro("rate", f"all x:mat(2,1) => {norm('I(2)', _HALVED)} <= (1/2)^2*{norm('I(2)', 'x')}", "",
          combine("h", f"{_MIX}*x = 1/2*x + 1/2*{_MEAN}*x", "mix"),
          combine("h2", f"{_MIX}*{_MEAN}*x = {_MEAN}*x", "mix pp"),
          combine("h3", f"{_MEAN}*{_MIX}*x = {_MEAN}*x", "mix pp"),
          combine("h4", f"{_MEAN}*{_MIX}*{_MEAN}*x = {_MEAN}*x", "mix pp"),
          combine("half", f"{_HALVED} = 1/2*(x - {_MEAN}*x)", "h h2 h3 h4"),
          combine("e", f"{norm('I(2)', _HALVED)} = 1/4*{norm('I(2)', f'x - {_MEAN}*x')}", "half", rounds=3),
          apply("o", "mori_zwanzig.complement_contracts", d="2", f="2", C="I(2)", P=_MEAN, x="x"),
          combine("z", facts="e o")),
    intro("cor", f"all x:mat(2,1) | {_ORTHOGONAL} = 0*({_ORTHOGONAL})"
          f" => {norm('I(2)', f'{_MIX}*x')} <= (1/2)^2*{norm('I(2)', 'x')}", "o1",
          combine("w", f"{_MEAN}*x = 0*x", "ones o1", rounds=3),
          combine("h", f"{_MIX}*x = 1/2*x", "mix w", rounds=3),
          combine("e", f"{norm('I(2)', f'{_MIX}*x')} = 1/4*{norm('I(2)', 'x')}", "h", rounds=3),
          combine("z", facts="e")),
)

LINE = {"d": "1", "e": "1", "f": "1", "g": "1", "M": "I(1)", "C": "I(1)", "B": "I(1)", "P": "0*I(1)", "P1": "0*I(1)",
        "R": "0*I(1)", "R1": "0*I(1)", "one": "I(1)", "k": "1", "s": "0"}
"""One state, the layer 1, nothing resolved."""


def point(values: dict[str, str], powers: tuple[int, int] = (2, 2), skip: str = "", facts: str = "",
          table: tuple[Step, ...] = ()) -> Witness:
    """A point with the proofs of its rate and its correlation (unless skipped); `table` precedes them."""
    n, m, r, p, c, b = (values[name] for name in ("e", "M", "R", "P", "C", "B"))
    x, normal = f"x - {r}*x", f"T({values['one']})*T({b})*{b}*x"
    rate = intro("rate", f"all x:mat({n},1) => {norm(c, f'{m}*({x}) - {p}*{m}*({x})')}"
                 f" <= ({values['k']})^{powers[0]}*{norm(b, 'x')}", "",
                 combine("z", facts=facts, squares=("x",), rounds=4))
    correlation = intro("cor", f"all x:mat({n},1) | {normal} = 0*({normal}) => {norm(c, f'{m}*x')}"
                        f" <= ({values['s']})^{powers[1]}*{norm(b, 'x')}", "o1",
                        combine("w", f"tr(T(x)*({normal})) = tr(T(x)*(0*({normal})))", "o1") if n == "1"
                        else combine("w", "0 <= 1"), combine("z", facts="w", squares=("x",)))
    return Witness((*table, *(step for step in (rate, correlation) if step.id != skip),
                    witness("end", **values)))


def on_line(powers: tuple[int, int] = (2, 2), skip: str = "", **values: str) -> Witness:
    """A point of width one; values are the multiples of I(1), numbers for k and s."""
    return point({"x": "I(1)", **LINE, **{name: value if name in "ks" else f"(({value})*I(1))"
                                          for name, value in values.items()}}, powers, skip)


_OBLIQUE = "[[1,1],[0,0]]"
_REST = f"(I(2) - {_OBLIQUE})"
_PLANE = {"d": "2", "e": "2", "f": "2", "g": "2", "M": "I(2)", "C": "I(2)", "B": "I(2)", "P": "0*I(2)",
          "P1": "0*I(2)", "R": "0*I(2)", "R1": "0*I(2)", "one": "[[0],[0]]", "k": "1", "s": "1", "x": "[[0],[1]]"}


def oblique(*names: str) -> Witness:
    """Points of the plane with the oblique projection ((1, 1), (0, 0)); finer projections of oblique ones are I."""
    values = {**_PLANE, **{name: _OBLIQUE for name in names}}
    if names[0] in ("P", "R"):
        values |= {f"{names[0]}1": "I(2)", "k": "2"}
    table = (compute("p1", f"T({_REST})*{_REST} = 2*[[0,0],[0,1]]"), compute("p2", "T([[0,0],[0,1]]) = [[0,0],[0,1]]"),
             compute("p3", "[[0,0],[0,1]]*[[0,0],[0,1]] = [[0,0],[0,1]]"))
    if names[0] in ("P", "R"):
        rest = "x - " + _OBLIQUE + "*x"
        table += (
            intro("sq", f"all x:mat(2,1) => {norm('I(2)', rest)} <= 4*{norm('I(2)', 'x')}", "",
                  combine("e", f"{norm('I(2)', rest)} = 2*tr(T(x)*[[0,0],[0,1]]*x)", "p1", rounds=3),
                  apply("c", "mori_zwanzig.complement_contracts", d="2", f="2", C="I(2)", P="[[0,0],[0,1]]", x="x"),
                  combine("f", f"{norm('I(2)', 'x - [[0,0],[0,1]]*x')} = tr(T(x)*x) - tr(T(x)*[[0,0],[0,1]]*x)",
                          "p2 p3", rounds=3),
                  combine("g", f"0 <= {norm('I(2)', 'x - [[0,0],[0,1]]*x')}", squares=("x - [[0,0],[0,1]]*x",)),
                  combine("z", facts="e f g", squares=("x",))),)
        used = point(values, facts="q")
        steps = list(used.steps)
        at = next(i for i, step in enumerate(steps) if step.id == "rate")
        x, p = f"x - {values['R']}*x", values["P"]
        steps[at] = intro("rate", f"all x:mat(2,1) => {norm('I(2)', f'I(2)*({x}) - {p}*I(2)*({x})')}"
                          f" <= 2^2*{norm('I(2)', 'x')}", "", apply("q", "sq", x="x"), combine("z", facts="q"))
        return Witness((*table, *steps))
    return point(values)


CONTROLS = (
    Control("oblique", "P1 = ((1, 1), (0, 0)) is no orthogonal projection: resolving more raises the rate to sqrt(2)",
            nested(PARTS[0], without="H4", column=COLUMN), oblique("P1")),
    Control("constants_unresolved", "constants that are not resolved: nothing decays, although the correlation is 0",
            nested(PARTS[1], without="H12", column=COLUMN), on_line()),
)

CLAIM = Claim(
    id="mori_zwanzig.resolving_more",
    title="Resolving more never raises the weighted rate of memory; resolved constants leave the maximal correlation",
    statement=STATEMENT,
    source=Source("D. Venturi, X. Li", 2022, "The Mori-Zwanzig formulation of deep learning", "new",
                  arxiv="2209.05544", note="Derived here; title, abstract and introduction of the paper were seen."),
    summary="With projections that are orthogonal in the weighted norms, |Q' M Q'| <= |Q M Q| when P' resolves what P"
            " does, and |M Q| and |Q M Q| are at most the maximal correlation s when constants are resolved.",
    derivation=_DERIVATION,
    instance=Witness((*TWO_STATES, witness("end", **_TWO))),
    controls=CONTROLS,
    comparison=(
        Comparison("monotony", "|Q M Q|_w is nonincreasing as P grows", "part 1: ran P in ran P1 as P1 P = P, R R1 = R;"
                   " a rate k of (I - P) M (I - R) is one of (I - P1) M (I - R1)", "as stated, finite levels"),
        Comparison("correlation", "|Q M Q|_w <= s_n when 1 is in ran P", "parts 2, 3: R one = one; s bounds M on the"
                   " columns orthogonal to one", "as stated; s is any bound on functions of mean zero"),
        Comparison("weights", "L^2(p_n)", "|C x|, |B x| with any C, B; diag(sqrt(p)) is L^2(p)", "stronger"),
    ),
    tightness="Attained: with P1 = P and R1 = R both sides agree; on two states |M Q| = s = 1/2.",
    attack="theory.mori_zwanzig.resolving_more_attack",
)
