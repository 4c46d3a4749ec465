"""Evaluations: suites, the data they run on, and the scripts that derive data."""
