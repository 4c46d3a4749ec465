"""Scripts that derive the detectors' data from the development corpora: `python -m evals.derive`."""
