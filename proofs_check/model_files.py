"""Objects from a user's file, `file.py:factory`; a torch module with an example input from the file or a shape."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from torch import Tensor, nn


def load_model(target: str) -> tuple[nn.Module, Any]:
    """Call the factory named `file.py:factory` and return its module with the file's own module object.

    The file is executed: it is the user's own code, named by the user.

    Raises InputError: no such file or factory, an exception inside, or something that is no module.
    """
    from torch import nn

    module, source = call_factory(target, "--model", "examples/digits_mlp.py:trained")
    if not isinstance(module, nn.Module):
        raise InputError(explain(f"--model {target}", "a torch.nn.Module", type(module).__name__, "Return the module."))
    return module, source


def call_factory(target: str, option: str, example: str) -> tuple[Any, Any]:
    """Call the factory named `file.py:factory`; return what it returns and the file's own module object.

    Args:
        target: what the user wrote. option: the option's name for messages. example: a target for the remedy.

    Raises InputError: no such file or factory, or an exception inside.
    """
    path, _, factory = target.rpartition(":")
    if not path or not factory.isidentifier():
        raise InputError(explain(option, "FILE.py:FACTORY", repr(target), f"Write {example}."))
    source = _execute(Path(path), f"{option} {target}")
    make = getattr(source, factory, None)
    if not callable(make):
        known = sorted(name for name, value in vars(source).items() if callable(value) and not name.startswith("_"))
        found = f"functions: {', '.join(known) or 'none'}"
        raise InputError(explain(f"{option} {path}", f"a function {factory}", found, "Name one of these."))
    try:
        return make(), source
    except Exception as error:
        raise InputError(explain(f"{option} {target}", "a factory that runs", f"{type(error).__name__}: {error}",
                                 "Call it in Python to see the traceback.")) from None


def _execute(path: Path, where: str) -> Any:
    if not path.is_file():
        raise InputError(explain(where, "a Python file that exists", str(path), "Check the path."))
    spec = importlib.util.spec_from_file_location(f"lemmascope_model_{path.stem}", path)
    source = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    sys.path.insert(0, str(path.resolve().parent))
    try:
        spec.loader.exec_module(source)  # type: ignore[union-attr]
    except (Exception, SystemExit) as error:
        raise InputError(explain(where, "a file that can be run", f"{type(error).__name__}: {error}",
                                 f"Run `python {path}` to see the traceback.")) from None
    finally:
        sys.path.remove(str(path.resolve().parent))
    return source


def example_of(source: Any, shape: str | None, radius: str | None, target: str) -> Tensor:
    """Return the example input: of `--input-shape` filled with `--input-radius`, else the file's `example_input()`.

    Raises InputError if there is neither, or the shape or radius is not admissible.
    """
    import torch

    if shape is not None:
        try:
            sizes = tuple(int(part) for part in shape.split(","))
            filled = float(radius if radius is not None else 1)
        except ValueError:
            sizes, filled = (), 0.0
        if not sizes or min(sizes) < 1 or not filled > 0:
            raise InputError(explain("--input-shape", "positive sizes like 1,3,32,32", repr(shape),
                                     "Give the batch axis first, and --input-radius as a positive number."))
        return torch.full(sizes, filled, dtype=torch.float64).to(torch.float32)
    make = getattr(source, "example_input", None)
    if not callable(make):
        raise InputError(explain(f"--model {target}", "a function example_input in the file, or --input-shape",
                                 "neither", "Add --input-shape 1,64 --input-radius 1, say."))
    example = make()
    if not isinstance(example, torch.Tensor):
        raise InputError(explain("example_input", "a tensor", type(example).__name__, "Return a batch of inputs."))
    return example
