"""Questions made by the thousand from the register and the sentences of a collection, and how they were answered."""
