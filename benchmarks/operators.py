"""The operator engine against Monte Carlo at equal error, and against Ulam discretisations: q_0 of noisy tanh chains.

    python benchmarks/operators.py --quick                          width 1 only, seconds
    python benchmarks/operators.py --out benchmarks/results/operators      widths 1 and 2, a minute or two

The question: q_0(x) = E[u(X_L) | X_0 = x] at 64 inputs, for the trained networks of examples/noisy_tanh.py with uniform
noise. The reference is the engine at a much higher resolution. For each resolution of the engine its largest error and
its time are measured; the other methods get the same question, in the same process on one thread, one after another.

Monte Carlo at equal error: draws are timed, and the number needed is (largest standard deviation / error)^2, at one
standard error, which is generous to Monte Carlo; times of more draws than were made are extrapolated, and say so.
Ulam: each level is cut into cells and q_n is constant on them. "Ulam, exact" has overlaps of noise windows with cells
from midpoints; "Ulam, samples" counts simulated transitions between cells, which is what estimation from data does;
"deeptime" does the same counting with deeptime's TransitionCountEstimator, where that package is installed
(pip install deeptime). Their times contain building the matrices. The enclosure is the rigorous engine of this project:
no peer has one. Ratios are of medians of this run; the load of the machine is part of the results.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer  # noqa: E402
from numerics.mori_zwanzig.enclosure import enclose  # noqa: E402
from numerics.mori_zwanzig.monte_carlo import estimate  # noqa: E402

Array = np.ndarray
POINTS, DRAWS = 64, 400
CHAINS = {"width 1, 6 layers, b = 0.5": (1, "line", "uniform:0.5"),
          "width 2, 4 layers, b = 1.2": (2, "trained", "uniform:1.2")}
DEGREES = {1: (10, 20, 40, 80), 2: (4, 8, 12)}
REFERENCE = {1: None, 2: 24}
CELLS = {1: (50, 200, 800), 2: (12, 24)}
SAMPLES = 200
"""Simulated transitions for each cell."""


def chain(width: int, factory: str, noise: str) -> NoisyChain:
    """A trained network of the examples with its noise."""
    spec = importlib.util.spec_from_file_location("noisy_tanh", ROOT / "examples" / "noisy_tanh.py")
    source = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(source)  # type: ignore[union-attr]
    return NoisyChain.from_module(getattr(source, factory)(), noise, [(-1, 1)]*width)


def timed(action: Callable[[], Any], repeats: int) -> tuple[Any, float]:
    """The value of an action and the median of its seconds."""
    seconds, value = [], None
    for _ in range(repeats):
        start = time.perf_counter()
        value = action()
        seconds.append(time.perf_counter() - start)
    return value, median(seconds)


def ulam(found: NoisyChain, x: Array, cells: int, matrix: Callable[[NoisyLayer, Array, list[Array]], Any]) -> Array:
    """q_0 at points from piecewise constant functions on `cells` cells an axis; `matrix` makes one level's means."""
    edges = [[np.linspace(low, high, cells + 1) for low, high in box] for box in found.ranges]
    values = found.observable(None)(_middles(edges[-1]))
    for n in range(found.depth - 1, 0, -1):
        values = matrix(found.layers[n], _middles(edges[n]), edges[n + 1]) @ values
    return matrix(found.layers[0], x, edges[1]) @ values


def _middles(edges: list[Array]) -> Array:
    middles = [(e[1:] + e[:-1])/2 for e in edges]
    return np.stack([g.reshape(-1) for g in np.meshgrid(*middles, indexing="ij")], 1)


def overlaps(layer: NoisyLayer, x: Array, edges: list[Array]) -> Array:
    """Shares of the noise window around F(x) in the cells, exactly: matrix (points, cells)."""
    centres, b = layer.map(x), layer.noise.amplitude
    found = np.ones((len(x), 1))
    for i, e in enumerate(edges):
        cut = np.clip(e[None, :], centres[:, i:i + 1] - b, centres[:, i:i + 1] + b)
        share = np.diff(cut, axis=1)/(2*b)
        found = (found[:, :, None]*share[:, None, :]).reshape(len(x), -1)
    return found


def _transitions(layer: NoisyLayer, x: Array, edges: list[Array]) -> tuple[Array, int]:
    """Cells that SAMPLES draws from each point fall into, shape (points, SAMPLES), and the number of cells."""
    rng = torch.Generator().manual_seed(0)
    y = layer.map(x)[:, None, :] + layer.noise.draw((len(x), SAMPLES, layer.outputs), rng).numpy()
    index = np.zeros((len(x), SAMPLES), dtype=np.int64)
    count = 1
    for i, e in enumerate(edges):
        cells = len(e) - 1
        place = np.clip(((y[..., i] - e[0])/(e[1] - e[0])).astype(np.int64), 0, cells - 1)
        index, count = index*cells + place, count*cells
    return index, count


def counted(layer: NoisyLayer, x: Array, edges: list[Array]) -> Array:
    """The same matrix from simulated transitions."""
    index, count = _transitions(layer, x, edges)
    found = np.zeros((len(x), count))
    np.add.at(found, (np.arange(len(x))[:, None], index), 1.0/SAMPLES)
    return found


def deeptime_counted(layer: NoisyLayer, x: Array, edges: list[Array]) -> Any:
    """The same matrix from deeptime's counts; points and cells alternate in one long trajectory."""
    from deeptime.markov import TransitionCountEstimator

    index, count = _transitions(layer, x, edges)
    start = np.broadcast_to(np.arange(len(x))[:, None], index.shape)
    pairs = np.stack([start.reshape(-1), index.reshape(-1) + len(x)], 1)
    model = TransitionCountEstimator(lagtime=1, count_mode="sliding", n_states=len(x) + count, sparse=True)
    counts = model.fit_fetch(pairs.reshape(-1).astype(np.int32)).count_matrix
    block = counts.tocsr()[:len(x), len(x):]
    return block.multiply(1.0/SAMPLES).tocsr()


def peers() -> dict[str, Callable[[NoisyLayer, Array, list[Array]], Any]]:
    """Ulam matrices by name; deeptime where it is installed."""
    found: dict[str, Any] = {"Ulam, exact": overlaps, "Ulam, samples": counted}
    if importlib.util.find_spec("deeptime") is not None:
        found["deeptime"] = deeptime_counted
    return found


def measure(name: str, quick: bool) -> list[dict[str, Any]]:
    """All methods on one chain: rows of method, resolution, largest error, seconds, note."""
    width, factory, noise = CHAINS[name]
    found = chain(width, factory, noise)
    x = np.random.default_rng(0).uniform(-1, 1, (POINTS, width))
    reference = found.conditional_expectation(None, x, REFERENCE[width])
    found.conditional_expectation(None, x, 4)  # tables that are made once do not count
    rows: list[dict[str, Any]] = []

    def add(method: str, resolution: Any, value: Array, seconds: float, note: str = "") -> float:
        error = float(np.abs(value - reference).max())
        rows.append({"chain": name, "method": method, "resolution": resolution, "error": error, "seconds": seconds,
                     "note": note})
        return error

    repeats = 1 if quick else 3
    sampled, draw_seconds = timed(lambda: estimate(found, None, x, DRAWS, torch.Generator().manual_seed(0)), repeats)
    deviation = float(np.sqrt(sampled.variance.max()))
    add("Monte Carlo", DRAWS, sampled.mean, draw_seconds)
    for degree in DEGREES[width][:2] if quick else DEGREES[width]:
        value, seconds = timed(lambda d=degree: found.conditional_expectation(None, x, d), repeats)
        error = add("operators", degree, value, seconds)
        needed = max(2, int((deviation/max(error, 1e-14))**2))
        rows.append({"chain": name, "method": "Monte Carlo at equal error", "resolution": needed, "error": error,
                     "seconds": draw_seconds*needed/DRAWS, "ratio": draw_seconds*needed/DRAWS/seconds,
                     "note": f"against operators of degree {degree}" + ("; extrapolated" if needed > DRAWS else "")})
    for cells in CELLS[width][:2] if quick else CELLS[width]:
        for method, matrix in peers().items():
            value, seconds = timed(lambda c=cells, m=matrix: ulam(found, x, c, m), 1)
            add(method, cells, value, seconds)
        bounds, seconds = timed(lambda c=cells: enclose(found, c).at(x), 1)
        inside = all(a - 1e-9 <= v <= b + 1e-9 for (a, b), v in zip(bounds, reference.tolist()))
        rows.append({"chain": name, "method": "enclosure", "resolution": cells, "seconds": seconds,
                     "error": max(float(b - a) for a, b in bounds)/2,
                     "note": "rigorous half width; reference inside" if inside else "REFERENCE OUTSIDE"})
    return rows


def page(rows: list[dict[str, Any]]) -> str:
    """The rows as Markdown, with the load of the machine."""
    lines = [f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors, one thread", "",
             "| chain | method | resolution | largest error | seconds | times operators | note |", "|" + "---|"*7]
    for row in rows:
        ratio = f"{row['ratio']:.3g}" if "ratio" in row else ""
        lines.append(f"| {row['chain']} | {row['method']} | {row['resolution']} | {row['error']:.2g} | "
                     f"{row['seconds']:.3g} | {ratio} | {row['note']} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark; 1 if the enclosure does not hold the reference."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="width 1, two resolutions, each once")
    parser.add_argument("--out", metavar="PREFIX", help="write PREFIX.json and PREFIX.md")
    args = parser.parse_args(arguments)
    torch.set_num_threads(1)
    rows = [row for name in list(CHAINS)[:1 if args.quick else None] for row in measure(name, args.quick)]
    text = page(rows)
    print(text)
    if args.out:
        Path(args.out).parent.mkdir(parents=True, exist_ok=True)
        Path(f"{args.out}.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
        Path(f"{args.out}.md").write_text(text, encoding="utf-8")
    return 1 if any("OUTSIDE" in row["note"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
