"""German text: sentences, dates, quantities and places. Grammar in code, vocabulary in `ingest/data`."""
