"""The parameters of a scenario, one file a mechanism: each declared once, with what cannot be true at once in it."""
