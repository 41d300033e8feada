"""The page about how right the answers are: the newest run of `auskunft eval --keep` in the data folder."""
