"""Training instances from graphs and torch modules, and training measured against the exact answers."""
