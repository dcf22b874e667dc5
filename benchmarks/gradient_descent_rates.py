"""The certified factor of gradient descent against PEPit's worst case on the same constants, and what is measured.

    python benchmarks/gradient_descent_rates.py --quick                       one start, a second or two
    python benchmarks/gradient_descent_rates.py --out benchmarks/results/gradient_descent_rates

The question: one layer, features of the karate club with GCN or GIN aggregation, B = beta I, W = 0, step eta. By which
factor does L - L* shrink in one step at the least? Ours: `gradient_descent_certificate` finds eta, lambda and M before
training, in exact rationals, and promises 1 - 2 eta lambda sigma_+^2 for every step; the second form, 1 - 4 eta lambda
sigma_+^2 (1 - eta M/2), promises more where eta M < 1. With mu = 2 lambda sigma_+^2 the first is the textbook's
1 - eta mu of an M-smooth function with the Polyak-Lojasiewicz inequality of constant mu.

PEPit (pip install pepit) answers for the whole class: the worst function that is M-smooth everywhere and satisfies the
inequality, by a semidefinite program. It must be given mu, M and eta; that a network satisfies them is what the
certificate proves. Where PEPit is not installed, the closed form of that worst case stands alone (Abbaszadehpeivasti,
de Klerk and Zamani, "Conditions for linear convergence of the gradient method for non-convex optimization", 2023); for
eta M = 1 it is (2 M - 2 mu)/(2 M + mu).

Columns: factor is 1 minus the number shown, so that more is better; side says what the number is good for; against the
closed form: the number as a multiple of the closed form's. "wrong side" means that a solver's number is below the
closed form of the worst case, which is attained: the class does not shrink that fast. The last rows are measured: the
least contraction of 1000 steps. Times are medians of this run on one thread; the certificate's contain finding the
constants.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata
import importlib.util
import io
import json
import os
import sys
import time
import warnings
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import networkx as nx
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from theory.gnn_convergence import DescentCertificate, gradient_descent_certificate  # noqa: E402

Array = np.ndarray
BITS, STEPS = 16, 1000
CASES = (("gcn", 6, 1), ("gcn", 6, 4), ("gin", 6, 1), ("gin", 6, 4), ("gcn", 14, 4))
"""Aggregation, number of features, and beta in B = beta I."""


def task(kind: str, count: int) -> tuple[Array, Array]:
    """Features G (count, 17) of every other member of the karate club, multiples of 2^-16, and labels / 4."""
    graph = nx.karate_club_graph()
    closed = nx.to_numpy_array(graph, weight=None) + np.eye(34)
    degree = closed.sum(1)
    aggregation = closed if kind == "gin" else closed/np.sqrt(np.outer(degree, degree))
    features = np.random.default_rng(0).normal(size=(count, 34))/count**0.5
    train = list(range(0, 34, 2))
    club = [1.0 if graph.nodes[node]["club"] == "Mr. Hi" else -1.0 for node in train]
    return np.round((features @ aggregation)[:, train]*2.0**BITS)/2.0**BITS, np.array([club])/4


def exact(matrix: Array) -> list[list[Fraction]]:
    """The rational numbers that floats are."""
    return [[Fraction(float(value)) for value in row] for row in matrix]


def timed(action: Callable[[], Any], repeats: int) -> tuple[Any, float]:
    """The value of an action and the median of its seconds."""
    seconds, value = [], None
    for _ in range(repeats):
        start = time.perf_counter()
        value = action()
        seconds.append(time.perf_counter() - start)
    return value, median(seconds)


def closed_form(mu: float, smooth: float, step: float) -> float:
    """1 minus the worst factor of one step with eta M <= 1 on M-smooth functions with constant mu.

    Theorem 3 of Abbaszadehpeivasti, de Klerk and Zamani with the curvatures -M and M; (2 M - 2 mu)/(2 M + mu) at
    eta M = 1.
    """
    a, low = smooth*step, -smooth
    root = np.sqrt((smooth - low)*(low - mu)*(2 - a)*mu*step + (smooth - low)**2)
    # 1 - ((mu (1 - a) + root)/(2 M + mu))^2, written as (1 - x)(1 + x) because x is close to 1
    x = (mu*(1 - a) + root)/(smooth - low + mu)
    return float((1 - x)*(1 + x))


def pepit(mu: float, smooth: float, step: float) -> float:
    """1 minus PEPit's value for the same question, in units where M = 1: the class is invariant under scaling."""
    from PEPit import PEP
    from PEPit.functions import SmoothQuadraticLojasiewiczFunctionCheap

    ratio = mu/smooth
    problem = PEP()
    loss = problem.declare_function(SmoothQuadraticLojasiewiczFunctionCheap, L=1.0, mu=ratio,
                                    alpha=2*ratio/(2 + ratio))
    least = loss(loss.stationary_point())
    start = problem.set_initial_point()
    problem.set_initial_condition(loss(start) - least <= 1)
    problem.set_performance_metric(loss(start - step*smooth*loss.gradient(start)) - least)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        return 1 - float(problem.solve(wrapper="cvxpy", verbose=0))


def measured(features: Array, labels: Array, beta: float, step: float, least: float, steps: int) -> float:
    """The least of 1 - gap_{k+1}/gap_k over so many steps from B = beta I, W = 0, while the gap is above 1e-10."""
    layer, head = beta*np.eye(len(features)), np.zeros((len(labels), len(features)))
    worst, before = 1.0, float((labels**2).sum()) - least
    floor = 1e-10*before
    for _ in range(steps):
        residual = 2*(head @ layer @ features - labels) @ features.T
        head, layer = head - step*residual @ layer.T, layer - step*head.T @ residual
        gap = float(((head @ layer @ features - labels)**2).sum()) - least
        if gap < floor:
            break
        worst, before = min(worst, 1 - gap/before), gap
    return worst


def measure(kind: str, count: int, beta: int, quick: bool) -> list[dict[str, Any]]:
    """All methods on one start: rows of method, 1 - factor, side, ratio to the closed form, seconds."""
    features, labels = task(kind, count)
    layer, head = beta*np.eye(count), np.zeros((1, count))
    repeats = 1 if quick else 5
    found, seconds = timed(lambda: gradient_descent_certificate(exact(features), exact(labels), exact(layer),
                                                                exact(head)), repeats)
    mu, smooth, own = float(2*found.lambda_*found.sigma_squared), float(found.smoothness), float(found.step)
    rows: list[dict[str, Any]] = []

    def add(method: str, step: float, value: float, side: str, spent: float) -> None:
        rows.append({"case": f"{kind}, {count} features, beta = {beta}", "method": method, "step": step, "mu": mu,
                     "M": smooth, "one_minus_factor": value, "side": side, "ratio": value/closed_form(mu, smooth, step),
                     "seconds": spent})

    add("certificate", own, float(1 - found.factor), "exact, for this network", seconds)
    add("certificate, second form", own, float(_second_form(found)), "exact, for this network", seconds)
    form, spent = timed(lambda: closed_form(mu, smooth, own), repeats)
    add("closed form of the class", own, form, "theorem, floats; constants given", spent)
    if importlib.util.find_spec("PEPit") is not None:
        value, spent = timed(lambda: pepit(mu, smooth, own), repeats)
        # the closed form is attained by a function of the class: a larger contraction cannot be true
        beyond = value/form - 1
        side = "float solver" if beyond <= 1e-9 else f"float solver, wrong side by {beyond:.0e} of it"
        add("PEPit", own, value, f"{side}; constants given", spent)
    value, spent = timed(lambda: measured(features, labels, beta, own, float(found.least),
                                          100 if quick else STEPS), 1)
    add("measured", own, value, "float, this run only", spent)
    return rows


def _second_form(found: DescentCertificate) -> Fraction:
    """4 eta lambda sigma_+^2 (1 - eta M/2), which `gnn_convergence.discrete_gd` proves as well; more for eta M < 1."""
    return 4*found.step*found.lambda_*found.sigma_squared*(1 - found.step*found.smoothness/2)


def page(rows: list[dict[str, Any]]) -> str:
    """The rows as Markdown, with the load of the machine and whether PEPit was there."""
    peer = "PEPit not installed"
    if importlib.util.find_spec("PEPit") is not None:
        peer = f"PEPit {importlib.metadata.version('pepit')}, cvxpy {importlib.metadata.version('cvxpy')}"
    lines = [f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors, one thread, {peer}", "",
             "| case | method | eta | mu | M | 1 - factor | against the closed form | side | seconds |",
             "|" + "---|"*9]
    for row in rows:
        lines.append(f"| {row['case']} | {row['method']} | {row['step']:.3g} | {row['mu']:.3g} | {row['M']:.3g} | "
                     f"{row['one_minus_factor']:.4g} | {row['ratio']:.4g} | {row['side']} | {row['seconds']:.2g} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; 1 if a measured step shrinks the gap by less than the certificate promises."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="one start, everything once, 100 steps")
    parser.add_argument("--out", metavar="PREFIX", help="write PREFIX.json and PREFIX.md")
    args = parser.parse_args(arguments)
    rows = [row for case in (CASES[:1] if args.quick else CASES) for row in measure(*case, args.quick)]
    text = page(rows)
    print(text)
    if args.out:
        Path(args.out).parent.mkdir(parents=True, exist_ok=True)
        Path(f"{args.out}.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
        Path(f"{args.out}.md").write_text(text, encoding="utf-8")
    values = {(row["case"], row["method"]): row["one_minus_factor"] for row in rows}
    second = "certificate, second form"
    return 1 if any(values[case, "measured"] < values[case, second] for case, _ in values) else 0


if __name__ == "__main__":
    sys.exit(main())
