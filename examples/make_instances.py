"""Write the zoo of training instances into examples/instances:  python examples/make_instances.py [FOLDER]

Each instance stands there as JSON (`lemmascope decide NAME.json`) and as SMT-LIB 2 for other solvers, with its answer
in the header: encoding N1, or E1 where sigmoid or sin occur. `answers.csv` lists the answers, and
`training_instance.schema.json` is the schema of the JSON files.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from theory.etr_training.encodings import inapplicable, to_smt2
from theory.etr_training.instance_schema import SCHEMA
from theory.etr_training.zoo import ZOO

FOLDER = Path(__file__).resolve().parent / "instances"


def contents() -> dict[str, str]:
    """Return the text of each file by its name."""
    files = {"training_instance.schema.json": json.dumps(dict(SCHEMA), indent=2) + "\n"}
    rows = ["name,answer,points,free parameters,threshold"]
    for name, instance in ZOO.items():
        answer = ZOO.truth(name) or "unknown"
        encoding = "N1" if inapplicable(instance, "N1") is None else "E1"
        files[f"{name}.json"] = instance.to_json()
        files[f"{name}.smt2"] = to_smt2(instance, encoding, status=answer)
        rows.append(f"{name},{answer},{len(instance.points)},{len(instance.free)},{instance.threshold}")
    files["answers.csv"] = "\n".join(rows) + "\n"
    return files


def main(folder: Path) -> None:
    """Write the files; others in the folder are left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in contents().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
