"""How well and how fast passages are found: `auskunft bench retrieval`, `auskunft bench speed`; see `docs/bench.md`."""
