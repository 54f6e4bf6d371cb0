"""A day: three pages that only call. Reading them is reading the model."""
