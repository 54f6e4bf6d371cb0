"""The search of the best plan for a budget of runs, and the proof of what it found."""
