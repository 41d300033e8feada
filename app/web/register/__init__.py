"""The register's pages: list with filters, series, districts, contradictions, one statement, decisions, export."""
