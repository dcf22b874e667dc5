"""Truncation in memory length: errors of keeping lags up to h, their certified line, slopes of decay."""

from __future__ import annotations

from math import inf, log

import numpy as np

from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.decomposition import Decomposition


def truncation_errors(found: Decomposition, level: int = 0, with_noise: bool = False, recursive: bool = False) -> Array:
    """Relative errors of q_level for lags h = 0, 1, ..., L - 1 - level (the last is exact if Q_L u = 0 or with noise).

    Args:
        with_noise: keep the noise term; recursive: use truncated q_m inside the terms instead of exact ones, as a
            reduced model that is run on its own has to.
    """
    q, lags = found.states[level], range(found.depth - level)
    kept = [_recursive(found, h, with_noise)[level] if recursive else found.truncated(level, h, with_noise)
            for h in lags]
    return np.array([np.linalg.norm(q - r) for r in kept])/max(float(np.linalg.norm(q)), 1e-300)


def _recursive(found: Decomposition, lag: int, with_noise: bool) -> list[Array]:
    """The self-consistent recursion: level n from the truncated levels above it."""
    depth = found.depth
    states = {depth: found.states[depth]}
    for n in range(depth - 1, -1, -1):
        total = found.matrices[n] @ (found.projections[n + 1] @ states[n + 1])
        for m in range(n + 2, min(n + 1 + lag, depth) + 1):
            source = found.complement(m - 1) @ (found.matrices[m - 1] @ (found.projections[m] @ states[m]))
            total = total + found.orthogonal(n, m, source)
        states[n] = total + found.noise(n) if with_noise else total
    return [states[n] for n in range(depth + 1)]


def remainder_bound(found: Decomposition, level: int, lag: int, with_noise: bool = False) -> float:
    """The bound of the remainder at a level (absolute, one step with exact q_m); inf when max_k kappa_k >= 1.

    ||M_n Q_{n+1}|| prod_{j<=h} kappa_{n+j} max ||Q_{m-1} M_{m-1} P_m|| max ||P_m q_m|| / (1 - kappa), both maxima over
    m >= n + h + 2, kappa_k = ||Q_k M_k Q_{k+1}||; and, unless the noise term is kept,
    ||M_n Q_{n+1}|| prod_{k=n+1}^{L-1} kappa_k ||Q_L u||. Needs idempotent P.
    """
    depth, norm = found.depth, lambda a: float(np.linalg.norm(a, 2))
    first = norm(found.matrices[level] @ found.complement(level + 1))
    kappas = {k: found.qmq(k) for k in range(level + 1, depth)}
    extra = 0.0 if with_noise else first*float(np.prod(list(kappas.values()) or [1.0])) \
        * norm(found.complement(depth) @ found.states[depth])
    terms = range(level + lag + 2, depth + 1)
    if not terms:
        return extra
    kappa = max(kappas.values())
    if kappa >= 1:
        return inf
    kept = float(np.prod([kappas[level + j] for j in range(1, lag + 1)] or [1.0]))
    sources = max(norm(found.complement(m - 1) @ found.matrices[m - 1] @ found.projections[m]) for m in terms)
    sizes = max(norm(found.projections[m] @ found.states[m]) for m in terms)
    return first*kept*sources*sizes/(1 - kappa) + extra


def propagator_norms(found: Decomposition, lag: int, level: int = 0) -> Array:
    """||T^{(h)}_{n:j} P_j|| for j = n+1..L: how a perturbation of level j reaches level n when memory is cut.

    Full memory gives M_{n:j} P_j; a truncated propagator need not be a contraction.
    """
    depth = found.depth
    norms = []
    for j in range(level + 1, depth + 1):
        reached = {j: found.projections[j]}
        for n in range(j - 1, level - 1, -1):
            total = np.zeros((len(found.projections[n]), reached[j].shape[1]))
            for m in range(n + 1, min(n + 1 + lag, j) + 1):
                source = found.projections[m] @ reached[m]
                if m == n + 1:
                    total = total + found.matrices[n] @ source
                else:
                    total = total + found.orthogonal(n, m, found.complement(m - 1) @ (found.matrices[m - 1] @ source))
            reached[n] = total
        norms.append(float(np.linalg.norm(reached[level], 2)))
    return np.array(norms)


def decay_rate(errors: Array, least: float = 1e-10, most: float = 1e-1) -> float:
    """exp of the least-squares slope of log error against lag, over errors between the two limits; NaN below two."""
    chosen = [(h, log(e)) for h, e in enumerate(errors) if least <= e <= most]
    if len(chosen) < 2:
        return float("nan")
    lags, logs = np.array(chosen).T
    return float(np.exp(np.polyfit(lags, logs, 1)[0]))
