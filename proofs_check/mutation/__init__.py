"""Attack: mutants of a claim's statement, the search for witnesses against them, and what became of each."""
