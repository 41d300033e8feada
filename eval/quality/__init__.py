"""The eval set: cases, judging, metrics, baselines, report."""
