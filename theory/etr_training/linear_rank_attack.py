"""Points against mutants of `etr_training.linear_rank`: its instance and controls kill all."""

from __future__ import annotations

from theory.language import Kill, Survivor

KILLS: tuple[Kill, ...] = ()
SURVIVORS: tuple[Survivor, ...] = ()
