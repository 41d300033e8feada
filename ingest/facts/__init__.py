"""Statements of documents: what can be listed, counted and compared, read once when a document comes in."""
