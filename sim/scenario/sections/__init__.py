"""The sections of a scenario file: how to run, who is out there, and the six modules strategists think in."""
