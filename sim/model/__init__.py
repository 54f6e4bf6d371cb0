"""The Mesa model and its agents, how a scenario becomes a run, and the tables that come out."""
