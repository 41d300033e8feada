"""Numbered changes of the catalogue's tables: each step takes a folder of an older version to the next one.

A step is plain SQL that SQLite and PostgreSQL both know, and never changes once it was released: folders out there
have run it. `metadata` of `rows` describes what the last step leaves behind; a test compares both.
"""

from __future__ import annotations

import sqlalchemy as sa

STEPS: dict[int, tuple[str, ...]] = {
    # Versions of a document, days of a regulation, places on the page, files that could not be read.
    2: (
        "ALTER TABLE documents ADD COLUMN validity JSON",
        "ALTER TABLE documents ADD COLUMN gaps VARCHAR",
        "ALTER TABLE documents ADD COLUMN boxes JSON",
        "ALTER TABLE documents ADD COLUMN page_sizes JSON",
        "ALTER TABLE documents ADD COLUMN family VARCHAR DEFAULT '' NOT NULL",
        "ALTER TABLE documents ADD COLUMN correction INTEGER DEFAULT 0 NOT NULL",
        "ALTER TABLE documents ADD COLUMN replaced_on INTEGER",
        "CREATE INDEX ix_documents_family ON documents (family)",
        "CREATE INDEX ix_documents_url ON documents (url)",
        "CREATE TABLE failures ("
        "origin VARCHAR NOT NULL, source VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, file_size BIGINT, "
        "file_mtime_ns BIGINT, error VARCHAR NOT NULL, hint VARCHAR NOT NULL, attempt VARCHAR NOT NULL, "
        "since VARCHAR NOT NULL, dismissed BOOLEAN NOT NULL, PRIMARY KEY (origin))",
    ),
    # The register: statements of documents, and what maintainers decided about them.
    3: (
        "CREATE TABLE facts ("
        "id VARCHAR(36) NOT NULL, document_id VARCHAR(36) NOT NULL, ordinal INTEGER NOT NULL, kind VARCHAR NOT NULL, "
        'measure VARCHAR NOT NULL, ags VARCHAR, start INTEGER NOT NULL, "end" INTEGER NOT NULL, body JSON NOT NULL, '
        "PRIMARY KEY (id), FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE)",
        *(f"CREATE INDEX ix_facts_{name} ON facts ({name})" for name in ("document_id", "kind", "measure", "ags")),
        "CREATE TABLE decisions ("
        "number INTEGER NOT NULL, document_id VARCHAR(36) NOT NULL, fact_id VARCHAR(36) NOT NULL, "
        "action VARCHAR NOT NULL, statement JSON NOT NULL, change JSON NOT NULL, note VARCHAR NOT NULL, "
        "who VARCHAR NOT NULL, decided VARCHAR NOT NULL, PRIMARY KEY (number))",
        "CREATE INDEX ix_decisions_document_id ON decisions (document_id)",
    ),
}
NEWEST = max(STEPS)


def migrate(connection: sa.Connection, found: int) -> None:
    """Run all steps after version `found`; the caller's transaction makes them one."""
    for number in range(found + 1, NEWEST + 1):
        for statement in STEPS[number]:
            connection.exec_driver_sql(statement)
