BEGIN TRANSACTION;
CREATE TABLE documents (
	id VARCHAR(36) NOT NULL, 
	source VARCHAR NOT NULL, 
	origin VARCHAR NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	title VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	publisher VARCHAR NOT NULL, 
	published JSON NOT NULL, 
	language VARCHAR NOT NULL, 
	url VARCHAR, 
	page_count INTEGER, 
	status VARCHAR NOT NULL, 
	replaces VARCHAR, 
	note VARCHAR, 
	characters INTEGER NOT NULL, 
	file_size BIGINT, 
	file_mtime_ns BIGINT, 
	text TEXT NOT NULL, 
	sections JSON NOT NULL, 
	pages JSON NOT NULL, 
	term_counts JSON NOT NULL, validity JSON, gaps VARCHAR, boxes JSON, page_sizes JSON, family VARCHAR DEFAULT '' NOT NULL, correction INTEGER DEFAULT 0 NOT NULL, replaced_on INTEGER, 
	PRIMARY KEY (id)
);
INSERT INTO "documents" VALUES('ca46e33b-8dc3-5263-9c1d-d42ae4c737da','alt.txt','/eingang/alt.txt','7ddb8080f11fc7398acca7cfa363186b0b0ac4fc68d275a22976c1cd0304173b','Musterau plant einen Rat','document','nicht genannt','{"date": "2020-05-03", "range": null, "basis": "stated", "reason": null}','de',NULL,NULL,'withdrawn',NULL,NULL,84,85,1795535648698534134,'Musterau plant einen Rat

Die Stadt Musterau plant einen Rat.

Musterau, 3. Mai 2020','[{"role": "body", "start": 0, "end": 61, "heading": "Musterau plant einen Rat"}, {"role": "furniture", "start": 63, "end": 84, "heading": null}]','[]','{"stadt": 1, "musterau": 1, "plant": 1, "rat": 1}',NULL,NULL,NULL,NULL,'',0,NULL);
INSERT INTO "documents" VALUES('e47f485c-09c2-5e1f-874f-a75a64fc308d','rat.txt','/eingang/rat.txt','5e02e6090f9f5d5c3993a340c1bc21762d5e4dae72864693c75130f3ecd77954','Musterau gründet einen Rat','document','nicht genannt','{"date": "2021-05-03", "range": null, "basis": "stated", "reason": null}','de',NULL,NULL,'current',NULL,NULL,141,144,1795535648698439596,'Musterau gründet einen Rat

Die Stadt Musterau hat einen Rat gegründet. Er tagt viermal im Jahr.

Telefon 0123 4567-89

Musterau, 3. Mai 2021','[{"role": "body", "start": 0, "end": 96, "heading": "Musterau gr\u00fcndet einen Rat"}, {"role": "contact", "start": 98, "end": 118, "heading": null}, {"role": "furniture", "start": 120, "end": 141, "heading": null}]','[]','{"stadt": 1, "musterau": 1, "rat": 1, "gegrund": 1, "tagt": 1, "viermal": 1, "jahr": 1}',NULL,NULL,NULL,NULL,'',0,NULL);
CREATE TABLE failures (origin VARCHAR NOT NULL, source VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, file_size BIGINT, file_mtime_ns BIGINT, error VARCHAR NOT NULL, hint VARCHAR NOT NULL, attempt VARCHAR NOT NULL, since VARCHAR NOT NULL, dismissed BOOLEAN NOT NULL, PRIMARY KEY (origin));
CREATE TABLE meta (
	"key" VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('generation','e1d93f9c89874a1199c466b177c6e66c');
INSERT INTO "meta" VALUES('fingerprint','1ca9b915e8e03d89');
INSERT INTO "meta" VALUES('schema','2');
CREATE TABLE passages (
	id VARCHAR(36) NOT NULL, 
	document_id VARCHAR(36) NOT NULL, 
	ordinal INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	page INTEGER, 
	heading VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);
INSERT INTO "passages" VALUES('9cbac0fc-5e7a-5176-a401-44d0b026b3bb','ca46e33b-8dc3-5263-9c1d-d42ae4c737da',0,26,61,NULL,'Musterau plant einen Rat');
INSERT INTO "passages" VALUES('930b6754-8af0-5379-968d-140453f98792','e47f485c-09c2-5e1f-874f-a75a64fc308d',0,28,96,NULL,'Musterau gründet einen Rat');
CREATE TABLE terms (
	term VARCHAR NOT NULL, 
	df INTEGER NOT NULL, 
	PRIMARY KEY (term)
);
INSERT INTO "terms" VALUES('stadt',1);
INSERT INTO "terms" VALUES('musterau',1);
INSERT INTO "terms" VALUES('plant',0);
INSERT INTO "terms" VALUES('rat',1);
INSERT INTO "terms" VALUES('gegrund',1);
INSERT INTO "terms" VALUES('tagt',1);
INSERT INTO "terms" VALUES('viermal',1);
INSERT INTO "terms" VALUES('jahr',1);
CREATE INDEX ix_documents_sha256 ON documents (sha256);
CREATE INDEX ix_documents_origin ON documents (origin);
CREATE INDEX ix_passages_document_id ON passages (document_id);
CREATE INDEX ix_documents_family ON documents (family);
CREATE INDEX ix_documents_url ON documents (url);
COMMIT;
