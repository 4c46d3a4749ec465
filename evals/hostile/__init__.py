"""Hostile edits and faithful ones, put before the gates: `python -m evals.hostile`."""
