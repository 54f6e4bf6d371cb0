"""The figures of the report, one module a subject; each gives its chapter with ``section``."""
