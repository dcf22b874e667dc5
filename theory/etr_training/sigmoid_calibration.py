"""Four data pin a hidden sigmoid: 0, 1, 2, 3 -> 1/2, 3/4, 9/10, 27/28 leave only 3^m/(1 + 3^m), at every real m.

A hidden sigmoid neuron before an id sink realises g(m) = v sigma(kappa m + b) + beta. With E = exp(-b) and
q = exp(-kappa),
    g(m) = v/(1 + E q^m) + beta is a Moebius function of q^m; the cross ratio of its first four values gives
(q - 1)(3 q^2 - 10 q + 3) = 0. The two roots q = 1/3 and q = 3 are one function, by sigma(-z) = 1 - sigma(z).
"""

from __future__ import annotations

from fractions import Fraction

from theory.language import Claim, Comparison, Control, Kill, Lemma, Source, Survivor, Witness, rational, statement
from theory.language.derivation import Step, apply, cases, combine, witness
from theory.language.errors import InputError, explain
from theory.language.printing import text

Number = int | Fraction

_G = "v*(1/(1 + exp(-(kappa*{0} + b)))) + beta"
_DATA = tuple(f"{_G.format(m)} = {r}" for m, r in enumerate(("1/2", "3/4", "9/10", "27/28")))
_TARGET = "exp(m*log(3))/(1 + exp(m*log(3)))"
_ALL = "all v kappa b beta m:real"



def neuron_value(r: Number, E: Number, v: Number, beta: Number, m: int) -> Fraction:
    """Return v/(1 + E r^m) + beta, the neuron with exp(-b) = E > 0 and exp(-kappa) = r > 0 at an integer m.

    Raises InputError if E or r is not positive.
    """
    if not (E > 0 and r > 0):
        raise InputError(explain("neuron_value", "positive exponentials E and r", f"E = {E}, r = {r}",
                                 "They are exp(-b) and exp(-kappa)."))
    return Fraction(v) / (1 + Fraction(E) * Fraction(r) ** m) + Fraction(beta)


def calibrated_value(m: int) -> Fraction:
    """Return 3^m/(1 + 3^m), what the four data leave at an integer m."""
    return Fraction(3) ** m / (1 + Fraction(3) ** m)


QUADRATIC = Lemma(
    "etr_training.calibration_quadratic", "The cross ratio of four calibrated values has the roots 1/3 and 3",
    statement("all E r v beta:real | hE: 0 < E, hr: 0 < r, h0: v*(1/(1 + E)) + beta = 1/2,"
              " h1: v*(1/(1 + E*r)) + beta = 3/4, h2: v*(1/(1 + E*r^2)) + beta = 9/10,"
              " h3: v*(1/(1 + E*r^3)) + beta = 27/28 => 3*r^2 - 10*r + 3 = 0"),
    (
        combine("p1", "0 < E*r", "hE hr"), combine("p2", "0 < E*r^2", "p1 hr"), combine("p3", "0 < E*r^3", "p2 hr"),
        combine("d0", "0 < 1 + E", "hE"), combine("d1", "0 < 1 + E*r", "p1"), combine("d2", "0 < 1 + E*r^2", "p2"),
        combine("d3", "0 < 1 + E*r^3", "p3"),
        combine("v0", "v = (1/2 - beta)*(1 + E)", "h0 d0"), combine("v1", "v = (3/4 - beta)*(1 + E*r)", "h1 d1"),
        combine("v2", "v = (9/10 - beta)*(1 + E*r^2)", "h2 d2"),
        combine("v3", "v = (27/28 - beta)*(1 + E*r^3)", "h3 d3"),
        # the three differences of successive values
        combine("e0", "4*v*E*(1 - r) = (1 + E)*(1 + E*r)", "v0 v1"),
        combine("e1", "20*v*E*r*(1 - r) = 3*(1 + E*r)*(1 + E*r^2)", "v1 v2"),
        combine("e2", "140*v*E*r^2*(1 - r) = 9*(1 + E*r^2)*(1 + E*r^3)", "v2 v3"),
        # their quotients are linear in E
        combine("f0", "5*r*(1 + E) = 3*(1 + E*r^2)", "e0 e1", mul="d1"),
        combine("f1", "7*r*(1 + E*r) = 3*(1 + E*r^3)", "e1 e2", mul="d2"),
        combine("c", "(r - 1)*(3*r^2 - 10*r + 3) = 0", "f0 f1"),
        apply("or1", "ax.eq_or_ne", x="r", y="1"),
        cases("end", "or1", "k",
              [combine("z", facts="k f0", mul="d0")],
              [combine("z", facts="c", mul="k")]),
    ),
)


STATEMENT = statement(f"{_ALL} | {', '.join(_DATA)} => {_G.format('m')} = {_TARGET}")
"""H1 to H4: the four data."""

_S = "exp(-(kappa*m + b))"


def _pinned(v: int, beta: int) -> tuple[Step, ...]:
    """E = 1, v and beta from the value k of exp(-kappa); then kappa = +-log(3) and the value at m."""
    values = (combine("one", "exp(-b) = 1", "w0 w1 w2 k", rounds=3), combine("v1", f"v = {v}", "w0 w1 one k"),
              combine("be", f"beta = {beta}", "w0 v1 one"))
    if v == -1:
        return (*values, apply("l", "ax.cong", f="t -> log(t)", x="exp(-kappa)", y="3"),
                apply("le", "ax.log_exp", x="-kappa"), combine("ka", "-kappa*m = m*log(3)", "l le"),
                apply("em", "ax.cong", f="t -> exp(t)", x="-kappa*m", y="m*log(3)"),
                combine("sm", f"{_S} = exp(m*log(3))", "sp em one"),
                combine("y", facts="sm v1 be s1 t1", mul="s1 t1", rounds=3))
    return (*values, apply("ki", "ax.exp_add", "exp(kappa - kappa) = exp(kappa)*exp(-kappa)", a="kappa", b="-kappa"),
            apply("ez", "ax.exp_zero"), combine("k3", "exp(kappa) = 3", "ki ez k"),
            apply("l", "ax.cong", f="t -> log(t)", x="exp(kappa)", y="3"), apply("le", "ax.log_exp", x="kappa"),
            combine("ka", "-kappa*m = -m*log(3)", "l le"),
            apply("em", "ax.cong", f="t -> exp(t)", x="-kappa*m", y="-m*log(3)"),
            apply("mi", "ax.exp_add", "exp(m*log(3) - m*log(3)) = exp(m*log(3))*exp(-m*log(3))", a="m*log(3)",
                  b="-m*log(3)"),
            combine("sm", f"{_S}*exp(m*log(3)) = 1", "sp em one mi ez", rounds=3),
            combine("y", facts="sm v1 be s1 t1", mul="s1 t1", rounds=3))


_DERIVATION = (
    apply("E0", "ax.exp_pos", a="-b"), apply("r0", "ax.exp_pos", a="-kappa"),
    apply("a1", "ax.exp_add", "exp(-(kappa*1 + b)) = exp(-b)*exp(-kappa)", a="-b", b="-kappa"),
    apply("a2", "ax.exp_add", "exp(-(kappa*2 + b)) = exp(-(kappa*1 + b))*exp(-kappa)", a="-(kappa*1 + b)",
          b="-kappa"),
    apply("a3", "ax.exp_add", "exp(-(kappa*3 + b)) = exp(-(kappa*2 + b))*exp(-kappa)", a="-(kappa*2 + b)",
          b="-kappa"),
    *(combine(f"b{k}", f"exp(-(kappa*{k} + b)) = exp(-b)*exp(-kappa)^{k}", "a1 a2 a3", rounds=3) for k in (2, 3)),
    *(apply(f"c{k}", "ax.cong", f"v*(1/(1 + exp(-(kappa*{k} + b)))) + beta"
            f" = v*(1/(1 + exp(-b)*exp(-kappa)^{k})) + beta", f="t -> v*(1/(1 + t)) + beta",
            x=f"exp(-(kappa*{k} + b))", y=f"exp(-b)*exp(-kappa)^{k}") for k in (1, 2, 3)),
    *(combine(f"h{k}", f"v*(1/(1 + exp(-b)*exp(-kappa)^{k})) + beta = {r}", f"c{k} H{k + 1}")
      for k, r in ((1, "3/4"), (2, "9/10"), (3, "27/28"))),
    apply("Q", "etr_training.calibration_quadratic", E="exp(-b)", r="exp(-kappa)", v="v", beta="beta"),
    # v as a multiple of each denominator, without reciprocals
    combine("d0", "0 < 1 + exp(-b)", "E0"), combine("d1", "0 < 1 + exp(-b)*exp(-kappa)", "E0 r0"),
    combine("d2", "0 < 1 + exp(-b)*exp(-kappa)^2", "d1 E0 r0", degree=3),
    combine("w0", "v = (1/2 - beta)*(1 + exp(-b))", "H1 d0"),
    combine("w1", "v = (3/4 - beta)*(1 + exp(-b)*exp(-kappa))", "h1 d1"),
    combine("w2", "v = (9/10 - beta)*(1 + exp(-b)*exp(-kappa)^2)", "h2 d2"),
    combine("roots", "(exp(-kappa) - 3)*(3*exp(-kappa) - 1) = 0", "Q"),
    apply("t0", "ax.exp_pos", a="m*log(3)"), combine("t1", "0 < 1 + exp(m*log(3))", "t0"),
    apply("s0", "ax.exp_pos", a="-(kappa*m + b)"), combine("s1", f"0 < 1 + {_S}", "s0"),
    apply("or1", "ax.eq_or_ne", x="exp(-kappa)", y="3"),
    apply("sp", "ax.exp_add", f"{_S} = exp(-kappa*m)*exp(-b)", a="-kappa*m", b="-b"),
    cases("end", "or1", "j",
          [combine("k", "exp(-kappa) = 3", "j"), *_pinned(-1, 1)],
          [combine("k", "exp(-kappa) = 1/3", "roots", mul="j"), *_pinned(1, 0)]),
)

LEMMAS = (QUADRATIC,)


def _neuron(r: Number, E: Number, v: Number, beta: Number, m: int | None = None, points: str = "0123") -> Witness:
    """The neuron with exp(-kappa) = r and exp(-b) = E, its values at the points, and at m against the target."""
    numbers = {"r": Fraction(r), "E": Fraction(E), "v": Fraction(v), "beta": Fraction(beta)}
    sub = {name: text(rational(value)) for name, value in numbers.items()}
    given = {"kappa": f"-log({sub['r']})", "b": f"-log({sub['E']})", "v": sub["v"], "beta": sub["beta"]}
    steps: list[Step] = [apply("z", "ax.exp_zero"), apply("er", "ax.exp_log", x=sub["r"]),
                         apply("eE", "ax.exp_log", x=sub["E"])]
    for k in sorted({*map(int, points), *(() if m is None else (m,))}):
        z = f"-(-log({sub['r']})*{k} + -log({sub['E']}))"
        value = neuron_value(**numbers, m=k)
        steps += [*_powers(f"r{k}", sub["r"], numbers["r"], k),
                  apply(f"a{k}", "ax.exp_add", f"exp({z}) = exp({k}*log({sub['r']}))*exp(log({sub['E']}))",
                        a=f"{k}*log({sub['r']})", b=f"log({sub['E']})"),
                  combine(f"e{k}", f"exp({z}) = {text(rational(numbers['E'] * numbers['r'] ** k))}", f"a{k} r{k} eE"),
                  apply(f"p{k}", "ax.exp_pos", a=z), combine(f"d{k}", f"0 < 1 + exp({z})", f"p{k}"),
                  combine(f"g{k}", f"{sub['v']}*(1/(1 + exp({z}))) + {sub['beta']} = {text(rational(value))}",
                          f"e{k} d{k}", mul=f"d{k}")]
    given["m"] = str(m or 0)
    if m is not None:
        steps += [apply("log3", "ax.exp_log", x="3"), *_powers("t", "3", Fraction(3), m),
                  combine("tp", f"0 < 1 + exp({m}*log(3))", "t"),
                  combine("tv", f"exp({m}*log(3))/(1 + exp({m}*log(3))) = {text(rational(calibrated_value(m)))}",
                          "t tp", mul="tp")]
    return Witness((*steps, witness("end", **given)))


def _powers(name: str, base: str, value: Fraction, k: int) -> tuple[Step, ...]:
    """The fact `name`, exp(k*log(base)) = base^k, one factor at a time."""
    last = "er" if name != "t" else "log3"
    steps: list[Step] = []
    for i in range(1, k + 1):
        goal = f"exp({i}*log({base})) = {text(rational(value ** i))}"
        end = name if i == k else f"{name}_{i}"
        steps += [apply(f"{end}'", "ax.exp_add", f"exp({i}*log({base})) = exp({i - 1}*log({base}))*exp(log({base}))",
                        a=f"{i - 1}*log({base})", b=f"log({base})"),
                  combine(end, goal, f"{end}' {last} z" + (f" {name}_{i - 1}" if i > 1 else ""), rounds=3)]
    if k == 0:
        steps.append(combine(name, f"exp(0*log({base})) = 1", "z"))
    return tuple(steps)


INSTANCE = _neuron(Fraction(1, 3), 1, 1, 0)
"""The parameters (v, kappa, b, beta) = (1, log 3, 0, 0)."""

CONTROLS = (
    Control("three_data", "the datum 3 -> 27/28 left out: q = 2, exp(-b) = 2/7, v = 18/7, beta = -3/2 fits the other"
                          " three",
            statement(f"{_ALL} | {', '.join(_DATA[:3])} => {_G.format('m')} = {_TARGET}"),
            _neuron(Fraction(1, 2), Fraction(2, 7), Fraction(18, 7), Fraction(-3, 2), 3, "012")),
    Control("unique_parameters", "the parameters, not only the function, are unique: (-1, -log 3, 0, 1) is the twin",
            statement(f"{_ALL} | {', '.join(_DATA)} => v = 1"), _neuron(3, 1, -1, 1)),
)

_POWERS = ("1", "r", "r^2", "r^3", "exp(m*log(r))")
_AT = tuple(f"v*(1/(1 + E*{power})) + beta" for power in _POWERS)
ATTACKED = statement(
    "all v beta E r m:real | "
    + ", ".join(f"{side} = {value}" for side, value in zip(_AT, ("1/2", "3/4", "9/10", "27/28")))
    + f", 0 < E, 0 < r => some | {_AT[4]} <= {_TARGET}, {_TARGET} <= {_AT[4]}")
"""The claim for E = exp(-b) and r = exp(-kappa): there the data are equations between rational numbers."""


def _point(name: str, r: Number, E: Number, v: Number, beta: Number, m: int) -> Kill:
    numbers = {"r": r, "E": E, "v": v, "beta": beta, "m": m}
    return Kill(name, Witness((witness("end", **{key: text(rational(Fraction(n))) for key, n in numbers.items()}),)))


KILLS = (
    _point("other data at 0", Fraction(1, 4), Fraction(16, 5), Fraction(27, 50), Fraction(9, 20), 0),
    _point("other data at 0, above", Fraction(2, 5), Fraction(25, 116), Fraction(189, 58), Fraction(-9, 4), 0),
    _point("other data at 1", Fraction(1, 5), Fraction(2675, 673), Fraction(43524, 72011), Fraction(81, 214), 1),
    _point("other data at 2", Fraction(1, 2), Fraction(1, 6), Fraction(91, 24), Fraction(-11, 4), 2),
    _point("other data at 3", Fraction(1, 2), Fraction(2, 7), Fraction(18, 7), Fraction(-3, 2), 3),
    _point("the function at 1", Fraction(1, 3), 1, 1, 0, 1), _point("the function at 2", Fraction(1, 3), 1, 1, 0, 2),
    _point("the function at -1", Fraction(1, 3), 1, 1, 0, -1), _point("its twin at 1", 3, 1, -1, 1, 1),
)

SURVIVORS = (
    Survivor(("drop H5", "drop H6", "strictness H5", "strictness H6"),
             "true where no denominator vanishes: the data alone force E = 1 and r in {1/3, 3}; 1/0 has no value to be"
             " evaluated, and an exponential is positive"),
    Survivor(("shift H3, power 2", ), "true: two different values at one power of r"),
    Survivor(("shift H4, power 3",), "false at r^4 with the irrational r = (13 - sqrt(133))/6, a root of 3 r^2 - 13"
                                     " r + 3;"
             " true at r^2, where the data contradict each other"),
    Survivor(("strictness conclusion 1", "strictness conclusion 2"), "false everywhere: the two sides are equal"),
)

CLAIM = Claim(
    id="etr_training.sigmoid_calibration",
    title="Four data leave one function to a hidden sigmoid neuron: 3^m/(1 + 3^m) at every real m",
    statement=STATEMENT,
    source=Source("Lemmascope", 2026, "Calibration of a hidden sigmoid neuron by four data", "new",
                  note="Own statement; no published form is known to the authors."),
    summary="The cross ratio of the four values is that of 1, q, q^2, q^3 for q = 3 or 1/3 alone, and both give one"
            " function.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    kills=KILLS,
    attacked=ATTACKED,
    comparison=(
        Comparison("objects",
                   "v sigma(kappa m + b) + beta",
                   "sigma written as 1/(1 + exp(-z)); real v, kappa, b, beta",
                   "as stated"),
        Comparison("conclusion",
                   "3^m/(1 + 3^m) for all real m",
                   "exp(m log 3)/(1 + exp(m log 3)) for all real m",
                   "as stated; 3^m is exp(m log 3)"),
        Comparison("uniqueness",
                   "(v, b, beta) = (1, 0, 0) or (-1, 0, 1)",
                   "in the derivation; the statement is about the function",
                   "control unique_parameters has the twin"),
        Comparison("attack",
                   "",
                   "mutants are made with E = exp(-b), r = exp(-kappa) in place of b and kappa",
                   "where the data are rational equations"),
    ),
    tightness="Four data are needed: any three leave a family of functions (control three_data and its three"
              " companions).",
    survivors=SURVIVORS,
)
