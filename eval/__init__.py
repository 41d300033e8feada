"""Measuring and showing Auskunft: cases, sample corpus, metrics, reports and the demo."""
