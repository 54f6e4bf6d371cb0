"""How runs are made and found again: replicates side by side, sweeps in folders, one run once more."""
