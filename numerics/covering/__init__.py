"""Experiments on covering numbers: the copies of a tanh teacher, and the modulus on trained digit networks."""

from __future__ import annotations

from numerics.covering import digits_modulus, teacher
from numerics.experiments.protocol import Experiment

EXPERIMENTS: tuple[Experiment, ...] = (teacher.EXPERIMENT, digits_modulus.EXPERIMENT)

__all__ = ["EXPERIMENTS", "digits_modulus", "teacher"]
