"""The register as users see it: rows with their date and sentence, what holds now, what contradicts what."""
