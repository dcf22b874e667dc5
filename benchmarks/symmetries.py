"""Permutation symmetries found by Lemmascope and by the package rebasin on the same modules.

    pip install rebasin        # 0.0.47, with torchview; without it only our own column is printed
    python benchmarks/symmetries.py
    python benchmarks/symmetries.py --json

For each module: sizes of the axes that may be permuted, and the relative change of the outputs after a random
permutation of all of them. rebasin matches two models, so that the axes it found are read from its module graph; it
knows no orders, signs, factors or linear groups, and nothing is compared there.
"""

from __future__ import annotations

import argparse
import copy
import importlib.util
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

import torch  # noqa: E402
from torch import Tensor, nn  # noqa: E402

from numerics.covering.symmetry import symmetry_report  # noqa: E402


def modules() -> dict[str, tuple[nn.Module, Tensor]]:
    """The modules compared, each with an example input."""
    torch.manual_seed(0)
    mlp = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 12), nn.ReLU(), nn.Linear(12, 4))
    cnn = nn.Sequential(nn.Conv2d(1, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 12, 3), nn.ReLU(),
                        nn.AvgPool2d(2), nn.Flatten(), nn.Linear(48, 10))
    grouped = nn.Sequential(nn.Conv2d(1, 8, 3), nn.GroupNorm(2, 8), nn.ReLU(), nn.Flatten(), nn.Linear(288, 10))
    return {
        "mlp": (mlp, torch.randn(2, 8)), "cnn": (cnn, torch.randn(2, 1, 8, 8)),
        "group norm": (grouped, torch.randn(2, 1, 8, 8)), "residual": _example("residual_mlp"),
        "transformer": _example("transformer_block"),
    }


def _example(name: str) -> tuple[nn.Module, Tensor]:
    spec = importlib.util.spec_from_file_location(name, ROOT / "examples" / f"{name}.py")
    source = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(source)  # type: ignore[union-attr]
    return source.untrained(), source.example_input()


def ours(module: nn.Module, inputs: Tensor) -> tuple[list[int], float]:
    """Sizes of the free unit classes (attention heads left out), and the change under a random element."""
    report = symmetry_report(module, inputs)
    axes = [f.units for f in report.factors if f.kind == "permutation" and not f.of.startswith("heads")]
    return sorted(axes), report.error


def theirs(module: nn.Module, inputs: Tensor) -> tuple[list[int], float]:
    """Sizes of the axes that rebasin would permute, and the change when it permutes them at random."""
    from rebasin.permutation_initializer import PermutationInitializer

    other = copy.deepcopy(module).eval()
    graph = PermutationInitializer(module.eval(), other, inputs).model_graph
    graph.enforce_identity()
    found = [p for p, _ in graph.permutation_to_info]
    generator = torch.Generator().manual_seed(1)
    for permutation in found:
        permutation.perm_indices = torch.randperm(len(permutation), generator=generator)
    graph.apply_permutations()
    with torch.no_grad():
        expected, changed = module(inputs), other(inputs)
    return sorted(len(p) for p in found), float((expected - changed).abs().max() / expected.abs().max())


def measure(how: Callable[..., tuple[list[int], float]], module: nn.Module, inputs: Tensor) -> dict[str, Any]:
    """Axes, change and seconds, or the error."""
    start = time.perf_counter()
    try:
        axes, change = how(copy.deepcopy(module), inputs)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}".split("\n")[0][:90]}
    return {"axes": axes, "change": change, "seconds": round(time.perf_counter() - start, 4)}


def compare() -> list[dict[str, Any]]:
    """One row for each module; `rebasin` is None where the package is not installed."""
    peer = importlib.util.find_spec("rebasin") is not None
    return [{"module": name, "ours": measure(ours, *pair), "rebasin": measure(theirs, *pair) if peer else None}
            for name, pair in modules().items()]


def main(arguments: list[str] | None = None) -> int:
    """Run the comparison from the command line."""
    parser = argparse.ArgumentParser(description="Permutation symmetries, side by side with rebasin.")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    asked = parser.parse_args(arguments)
    rows = compare()
    if asked.json:
        print(json.dumps(rows, indent=1))
        return 0
    for row in rows:
        for who in ("ours", "rebasin"):
            print(f"{row['module']:12} {who:8} {_text(row[who])}")
    return 0


def _text(found: dict[str, Any] | None) -> str:
    if found is None:
        return "not installed: pip install rebasin"
    if "error" in found:
        return found["error"]
    return f"axes {found['axes']}, outputs change by {found['change']:.1e}, {found['seconds']} s"


if __name__ == "__main__":
    raise SystemExit(main())
