"""Catalogue (the truth), vector store (derived), embedding, search and sync."""
