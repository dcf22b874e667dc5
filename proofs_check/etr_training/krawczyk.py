"""Exact fits of networks with sigmoid and sine: a box of weights in which Krawczyk's operator proves a solution."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.float_search import FloatNetwork, ball_values, rounded
from proofs_check.etr_training.number_field import to_ball
from proofs_check.etr_training.polynomials import number

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance

_PRECISION = 256
_RADIUS = Fraction(1, 1 << 40)
_CENTRE_BITS = 120
_LARGEST_RESIDUAL = 1e-6


def krawczyk_witness(instance: TrainingInstance, vector: Any) -> dict[str, Any] | None:
    """Return the witness around a float solution: as many weights vary as there are labels, the others are rational.

    None where the residual is not small, there are more labels than weights, or the Jacobian is close to singular.
    """
    import numpy as np
    from scipy.linalg import qr

    network = FloatNetwork(instance)
    residual = network.residuals(vector)
    if not len(residual) or len(residual) > len(vector) or np.max(np.abs(residual)) > _LARGEST_RESIDUAL:
        return None
    jacobian = _jacobian(network, vector)
    _, triangle, order = qr(jacobian, mode="economic", pivoting=True)
    diagonal = np.abs(np.diag(triangle))
    if diagonal[-1] < 1e-7 * max(diagonal[0], 1.0):
        return None
    chosen = sorted(order[:len(residual)])
    fixed = rounded(instance, vector, 24)
    names = [instance.free[k] for k in chosen]
    inverse = np.linalg.inv(jacobian[:, chosen])
    centre = _newton(instance, names, fixed, inverse)
    if centre is None or (instance.box is not None and any(abs(c) + _RADIUS > instance.box for c in centre)):
        return None
    rational = [[number(Fraction(float(x)).limit_denominator(1 << 30)) for x in row] for row in inverse]
    return {"kind": "krawczyk", "variables": names, "centre": [number(c) for c in centre],
            "radius": [number(_RADIUS)] * len(names), "preconditioner": rational,
            "equations": [[i, t] for i, row in enumerate(instance.labels) for t, y in enumerate(row) if y is not None],
            "fixed": {name: number(fixed[name]) for name in instance.free if name not in names}}


def _jacobian(network: FloatNetwork, vector: Any) -> Any:
    """Return the Jacobian of the residuals by central differences."""
    import numpy as np

    columns, step = [], 1e-6
    for k in range(len(vector)):
        shift = np.zeros(len(vector))
        shift[k] = step
        columns.append((network.residuals(vector + shift) - network.residuals(vector - shift)) / (2 * step))
    return np.array(columns).T


def _newton(instance: TrainingInstance, names: list[str], fixed: dict[str, Fraction], inverse: Any
            ) -> list[Fraction] | None:
    """Return a centre whose residual is tiny, by simplified Newton steps in high precision; None if they diverge."""
    import flint

    values = {name: fixed[name] for name in names}
    scale = 1 << _CENTRE_BITS
    step_matrix = [[Fraction(float(x)) for x in row] for row in inverse]
    with flint.ctx.workprec(_PRECISION):
        for _ in range(40):
            residual = [Fraction(int((r * scale).mid().floor().unique_fmpz()), scale)
                        for r in _residuals(instance, fixed | values)]
            if max(map(abs, residual)) < Fraction(1, 1 << 90):
                return [values[name] for name in names]
            if max(map(abs, residual)) > 1:
                return None
            for name, row in zip(names, step_matrix, strict=True):
                moved = values[name] - sum((a * r for a, r in zip(row, residual, strict=True)), Fraction(0))
                values[name] = Fraction(round(moved * scale), scale)
    return None


def _residuals(instance: TrainingInstance, weights: dict[str, Fraction]) -> list[Any]:
    """Return balls around output - label for each label."""
    known = {name: to_ball(value) for name, value in weights.items()}
    found = []
    for point, row in zip(instance.points, instance.labels, strict=True):
        at = ball_values(instance, known, [to_ball(x) for x in point])
        found += [at[sink] - to_ball(y) for sink, y in zip(instance.sinks, row, strict=True) if y is not None]
    return found
