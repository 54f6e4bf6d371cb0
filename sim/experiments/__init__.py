"""Experiments: replicates, comparison, attribution, and the study that brings them together."""
