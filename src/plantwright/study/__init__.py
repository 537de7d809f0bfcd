"""How to ask: replications, sweeps, comparisons, and who runs them."""
