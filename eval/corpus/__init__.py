"""Rendering of the sample corpus: sources in, documents of four formats out."""
