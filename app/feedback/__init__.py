"""Objections to answers: kept in the data folder for a while, worked off by maintainers, turned into cases."""
