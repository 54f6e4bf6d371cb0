"""Batches of small runs: laid side by side in memory, and lived in one call of the machine code."""
