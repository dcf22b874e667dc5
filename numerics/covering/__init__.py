"""Experiments on covering numbers; each module defines one EXPERIMENT and is imported on its own."""
