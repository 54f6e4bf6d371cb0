"""The state of a run: every column of people, board and records once."""
