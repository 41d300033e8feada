"""Finds the weights of `app/data/scoring.toml` on development cases: `python -m eval.tuning`."""
