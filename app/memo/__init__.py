"""The Vermerk: an answer as a document to be filed, with its quotes, its sources and the state of the collection."""
