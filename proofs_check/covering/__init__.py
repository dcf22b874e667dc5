"""What the covering family needs at run time: its bound table."""
