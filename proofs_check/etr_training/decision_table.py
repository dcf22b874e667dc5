"""Training instances as tables: the answers with their certificates, and exact optima against trained networks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from proofs_check.etr_training.decide import decide
from proofs_check.etr_training.decision import Decision
from proofs_check.etr_training.optimum import ExactOptimum, exact_optimum
from proofs_check.etr_training.width_table import certificate_text, kind_and_size
from proofs_check.tables import Table, decimal_above, decimal_below
from theory.language.errors import InputError

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance

DECISIONS = ("instance", "points", "weights", "loss", "answer", "certificate", "engine")
OPTIMA = ("instance", "points", "hidden", "optimum", "reached", "not below")
TRAINED = ("best trained", "above optimum", "runs at optimum")
NEAR = Fraction(1, 10**6)
"""A run is at the optimum if its loss, evaluated exactly, is above it by at most this."""


@dataclass(frozen=True)
class DecisionRow:
    """The answer to one instance."""

    name: str
    digest: str
    decision: Decision


@dataclass(frozen=True)
class Trained:
    """End points of training, losses exact: `losses[k]` is the loss of run k."""

    seed: int
    losses: tuple[Fraction, ...]

    @property
    def best(self) -> Fraction:
        """The least loss of all runs."""
        return min(self.losses)


@dataclass(frozen=True)
class OptimumRow:
    """The exact optimum of one instance, whatever its threshold, and trained networks where there are any."""

    name: str
    optimum: ExactOptimum | None
    trained: Trained | None
    reason: str = ""


def decision_table(instances: Sequence[TrainingInstance], *, timeout: float | int | None = 60) -> Table:
    """Return the answers to instances, each with its certificate; `timeout` seconds for each, None for no limit."""
    records = tuple(DecisionRow(_name(i, k), i.digest, decide(i, timeout=timeout)) for k, i in enumerate(instances, 1))
    rows = tuple((row.name, str(len(i.points)), str(len(i.free)), f"{'<' if i.strict else '<='} {i.threshold}",
                  row.decision.status, certificate_text(row.decision) if row.decision.certificate else "",
                  row.decision.engine) for row, i in zip(records, instances))
    notes = [f"{row.name}: {row.decision.reason}" for row in records if row.decision.certificate is None]
    return Table("Training instances decided", DECISIONS, rows,
                 ("sat and unsat: the certificate was replayed by the decision checker; agreed-unsat: two solvers, "
                  "no certificate.", *notes), records)


def optimum_table(instances: Sequence[TrainingInstance], *, trained: bool = False, timeout: float | int | None = 60,
                  runs: int = 50, seed: int = 1, steps: int = 300, iterations: int = 40) -> Table:
    """Return the exact optimal losses of instances, with certificates, perhaps beside trained networks.

    Args:
        instances: nets with one hidden ReLU layer and one output; others get a row that says why there is no optimum.
        trained: also train: Adam, then Levenberg-Marquardt, in float64; losses of the end points are exact.
        timeout: seconds for each instance; bounds are shown where it did not suffice.
        runs, seed, steps, iterations: random starts, their seed, Adam's steps, Levenberg-Marquardt's iterations.
    """
    records = optimum_rows(instances, trained=trained, timeout=timeout, runs=runs, seed=seed, steps=steps,
                           iterations=iterations)
    rows = tuple(_optimum_cells(row, instance, trained) for row, instance in zip(records, instances))
    notes = ["optimum: least total squared loss over all real weights, whatever the threshold of the instance.",
             "reached, not below: certificates that some weights have this loss and that none have less; the decision "
             "checker replayed both."]
    if trained:
        notes.append(f"trained: {runs} runs, seed {seed}, {steps} steps of Adam and {iterations} of "
                     f"Levenberg-Marquardt in float64; losses of the end points are evaluated without rounding, and "
                     f"shown rounded up. A run is at the optimum within {NEAR}.")
    notes += [f"{row.name}: {row.reason}" for row in records if row.reason]
    return Table("Exact optima" + (" against trained networks" if trained else ""),
                 OPTIMA + (TRAINED if trained else ()), rows, tuple(notes), records)


def optimum_rows(instances: Sequence[TrainingInstance], *, trained: bool, timeout: float | int | None = 60,
                 runs: int = 50, seed: int = 1, steps: int = 300, iterations: int = 40) -> tuple[OptimumRow, ...]:
    """Return the records of `optimum_table`."""
    out = []
    for k, instance in enumerate(instances, 1):
        try:
            found = exact_optimum(instance, timeout=timeout)
        except InputError as error:
            out.append(OptimumRow(_name(instance, k), None, None, f"no optimum: {error}"))
            continue
        ends = train(instance, runs, seed, steps, iterations) if trained else None
        reason = "" if found.value is not None else f"bounds only, after {timeout} s"
        if trained and ends is None:
            reason = "not trained here: labels that do not matter, an output bias or no hidden unit"
        out.append(OptimumRow(_name(instance, k), found, ends, reason))
    return tuple(out)


def train(instance: TrainingInstance, runs: int, seed: int, steps: int, iterations: int) -> Trained | None:
    """Train a net with one hidden ReLU layer and one output from random starts; None if the trainer does not cover it.

    Threads do not matter to the result beyond rounding; losses are those of the weights found, without rounding.
    """
    if not instance.hidden or instance.output_bias or any(row[0] is None for row in instance.labels):
        return None
    from numerics.etr_training.shallow_training import exact_loss, starts
    from numerics.etr_training.shallow_training import train as trained

    labels = [y for (y,) in instance.labels if y is not None]
    weights, _ = trained(starts(instance.points, labels, len(instance.hidden), runs, seed), steps, iterations)
    return Trained(seed, tuple(exact_loss(instance, one) for one in weights))


def _optimum_cells(row: OptimumRow, instance: TrainingInstance, trained: bool) -> tuple[str, ...]:
    found = row.optimum
    head = (row.name, str(len(instance.points)), str(len(instance.hidden)))
    if found is None:
        return (*head, "-", "", "", *(("",) * len(TRAINED) if trained else ()))
    value = str(found.value) if found.value is not None else _short(found.lower, found.upper)
    none_less = "" if found.upper else "none is negative"
    below = kind_and_size(found.certificate_below) if found.certificate_below else none_less
    cells = (*head, value, kind_and_size(found.certificate_at), below)
    if not trained:
        return cells
    if row.trained is None:
        return (*cells, "-", "", "")
    best, losses = row.trained.best, row.trained.losses
    gap = "" if found.value is None else _scientific(best - found.value)
    near = sum(loss <= found.upper + NEAR for loss in losses)
    return (*cells, decimal_above(best, 6), gap, f"{near} of {len(losses)}")


def _short(lower: Fraction, upper: Fraction) -> str:
    return f"[{decimal_below(lower, 4)}, {decimal_above(upper, 4)}]"


def _scientific(value: Fraction) -> str:
    """A gap to two digits."""
    return "0" if not value else f"{float(value):.1e}"


def _name(instance: TrainingInstance, place: int) -> str:
    return instance.name or f"instance {place}"
