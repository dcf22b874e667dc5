"""`python -m proofs_check`: the same as the console command `lemmascope`."""

from __future__ import annotations

import sys

from proofs_check.cli import main

if __name__ == "__main__":
    sys.exit(main())
