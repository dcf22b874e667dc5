"""What the family of noisy chains needs at run time: its tables and figures."""
