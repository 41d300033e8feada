// The documents page: filter, upload, the ingest that runs, withdrawal, deletion, files that could not be read.
import "./changes.js";
import { showFiltered } from "./collection.js";
import { look } from "./running.js";
import "./upload.js";

document.getElementById("filter").addEventListener("input", showFiltered);
look();
