"""Questions asked of a scenario and answered by runs: what matters, and which plan is best.

Unlike the statistics beside it, this package runs the model, always through the store of sweeps: a question that was
interrupted goes on, and asking it again runs nothing.
"""
