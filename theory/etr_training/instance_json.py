"""The JSON form of training instances: reading with the place of every error, writing deterministically."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from theory.etr_training.rationals import number_text, shortened
from theory.language.errors import ExactnessError, InputError, explain

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance

FORMAT, SCHEMA_VERSION = "lemmascope-training-instance", 1
DONT_CARE = "*"
MAX_BYTES = 64 * 2**20
REQUIRED = ("format", "schema", "sources", "vertices", "sinks", "edges", "points", "labels")
OPTIONAL = ("threshold", "strict", "box", "biases", "pinned", "name")


def fields(source: str | Mapping[str, object] | os.PathLike[str]) -> dict[str, object]:
    """Return the arguments of `TrainingInstance` from JSON text (it starts with `{`), a dict read from it, or a path.

    Raises:
        ExactnessError: a JSON number with a point or an exponent.
        InputError: no JSON, another format, an unknown or missing field, or a file that cannot be read.
    """
    document = source if isinstance(source, Mapping) else _parsed(_text_of(source))
    if document.get("format") != FORMAT or document.get("schema") != SCHEMA_VERSION:
        found = f"format {shortened(document.get('format'))}, schema {shortened(document.get('schema'))}"
        raise InputError(explain("instance", f"format {FORMAT!r}, schema {SCHEMA_VERSION}", found,
                                 "Is it another kind of file, or one of a newer version?"))
    unknown = sorted(str(key) for key in set(document) - set(REQUIRED) - set(OPTIONAL))
    missing = [key for key in REQUIRED if key not in document]
    if unknown or missing:
        found = f"the unknown field {shortened(unknown[0])}" if unknown else f"no {missing[0]!r}"
        raise InputError(explain("instance", f"the fields {', '.join(REQUIRED)}, and perhaps {', '.join(OPTIONAL)}",
                                 found, "A misspelt field would change the question unseen."))
    out = {key: value for key, value in document.items() if key not in ("format", "schema")}
    for key in ("sources", "vertices", "sinks", "edges", "points", "labels"):
        _is_list(out[key], key)
    for key in ("points", "labels"):
        for i, row in enumerate(out[key]):  # type: ignore[arg-type]
            _is_list(row, f"{key}[{i}]")
    out["labels"] = [[None if y == DONT_CARE else _no_null(y, i) for y in row]
                     for i, row in enumerate(out["labels"])]  # type: ignore[arg-type]
    if not isinstance(out.get("pinned", {}), Mapping):
        raise InputError(explain("pinned", "an object of parameter names and numbers", shortened(out["pinned"]),
                                 'Write it like {"y1": 0}.'))
    return out


def document(instance: TrainingInstance) -> dict[str, object]:
    """Return all fields of an instance as lists, ints and texts, in a fixed order."""
    out: dict[str, object] = {
        "format": FORMAT,
        "schema": SCHEMA_VERSION,
        "sources": list(instance.sources),
        "vertices": [list(v) for v in instance.vertices],
        "sinks": list(instance.sinks),
        "edges": [list(e) for e in instance.edges],
        "points": [[number_text(x) for x in row] for row in instance.points],
        "labels": [[DONT_CARE if y is None else number_text(y) for y in row] for row in instance.labels],
        "threshold": number_text(instance.threshold),
        "strict": instance.strict,
        "box": None if instance.box is None else number_text(instance.box),
        "biases": list(instance.biases),
        "pinned": {name: number_text(value) for name, value in instance.pinned},
    }
    return out | ({"name": instance.name} if instance.name else {})


def text(document: Mapping[str, object]) -> str:
    """Return a document as JSON text with one field on each line."""
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in document.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _text_of(source: object) -> str:
    if isinstance(source, str) and source.lstrip().startswith(("{", "[")):
        return source
    if not isinstance(source, (str, os.PathLike)):
        raise InputError(explain("instance", "JSON text, a dict or a path", shortened(source), "Use to_json()."))
    try:
        path = Path(source)
        if path.stat().st_size > MAX_BYTES:
            raise InputError(explain(str(path), f"at most {MAX_BYTES} bytes", path.stat().st_size, "Use fewer points."))
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(explain(shortened(str(source)), "a file with an instance in JSON, or JSON text",
                                 str(error)[:200] or type(error).__name__, "Check the path.")) from None


def _parsed(source: str) -> Mapping[str, object]:
    try:
        found = json.loads(source, parse_float=_refuse_float, parse_constant=_refuse_float,
                           object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as error:
        raise InputError(explain("instance", "JSON", f"{error.msg} in line {error.lineno}, column {error.colno}",
                                 "Correct the text there.")) from None
    except RecursionError:
        raise InputError(explain("instance", "JSON of little depth", "very deep nesting", "Flatten it.")) from None
    except InputError:
        raise
    except ValueError as error:
        # Python refuses ints beyond 4300 digits by itself.
        raise InputError(explain("instance", "numbers of at most 4000 digits", str(error).split(";")[0],
                                 "Round the data.")) from None
    if not isinstance(found, Mapping):
        raise InputError(explain("instance", "a JSON object", f"a {type(found).__name__}", "Start it with '{'."))
    return found


def _refuse_float(literal: str) -> NoReturn:
    raise ExactnessError(explain("instance", "exact numbers: 3, \"14/5\" or \"0.5\"", f"the JSON float {literal[:60]}",
                                 f"Write it as the text \"{literal[:60]}\", which is read exactly."))


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out = dict(pairs)
    if len(out) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for k, key in enumerate(keys) if key in keys[:k])
        raise InputError(explain("instance", "each key once", f"{shortened(twice)} twice", "Remove one of them."))
    return out


def _is_list(value: object, where: str) -> None:
    if not isinstance(value, (list, tuple)):
        raise InputError(explain(where, "a list", shortened(value), "Write it in square brackets."))


def _no_null(value: object, row: int) -> object:
    if value is None:
        raise InputError(explain(f"labels[{row}]", f'a number or "{DONT_CARE}"', "null", f'Write "{DONT_CARE}".'))
    return value
