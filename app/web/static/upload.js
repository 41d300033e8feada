// Uploads: one file after the other, each with its own progress and its own results, and all of them together.
import { renew } from "./collection.js";
import { fill, say, texts } from "./common.js";
import { described, during } from "./running.js";

const API = "/api/v1/documents";
const form = document.querySelector("form#hochladen");
const results = document.getElementById("ergebnis");

function element(name, values = {}, ...children) {
  const made = Object.assign(document.createElement(name), values);
  made.append(...children);
  return made;
}

function send(file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", API);
    request.upload.addEventListener("progress", (e) => e.lengthComputable && onProgress(e.loaded / e.total));
    request.addEventListener("load", () => {
      try { resolve([request.status, JSON.parse(request.responseText)]); } catch (error) { reject(error); }
    });
    request.addEventListener("error", () => reject(new Error("network")));
    request.send(body);
  });
}

function failure(error, hint) {
  return fill("docs_result_failed", { error: [error, hint].filter(Boolean).join(" ") });
}

// What became of a file: a class, a sentence, and a line for each document inside it that failed.
async function outcome(status, report) {
  if (status !== 200) return { kind: "failed", text: failure(report.detail, report.hint), failed: [] };
  const { added, updated, unchanged, removed, duplicates, failed } = report;
  const counts = {
    added: added.length, updated: updated.length, unchanged, duplicates: duplicates.length,
    removed: removed.length, failed: failed.length,
  };
  const named = Object.entries(counts).filter(([, number]) => number);
  if (named.reduce((sum, [, number]) => sum + number, 0) > 1) {
    const kind = counts.failed ? (named.length > 1 ? "partly" : "failed") : counts.added ? "added" : "unchanged";
    return { kind, text: named.map(([name, number]) => fill(`docs_result_count_${name}`, { number })).join(", "), failed };
  }
  if (failed.length) return { kind: "failed", text: failure(failed[0].error, failed[0].hint), failed: [] };
  if (duplicates.length) {
    return { kind: "duplicate", text: fill("docs_result_duplicate", { of: await titleOf(duplicates[0].of) }), failed };
  }
  const kind = counts.added ? "added" : counts.updated ? "updated" : unchanged ? "unchanged" : "empty";
  return { kind, text: texts[`docs_result_${kind}`], failed };
}

// The title of a document of the list, which may be new in it.
async function titleOf(id) {
  const row = () => document.querySelector(`#liste [data-id="${CSS.escape(id)}"]`);
  if (!row()) await renew();
  return row() ? `»${row().dataset.title}«` : id;
}

async function upload(file, item) {
  const [label, bar] = [item.querySelector("span"), item.querySelector("progress")];
  const name = file.name;
  const progress = (part) => {
    if (part < 1) bar.value = part;
    else bar.removeAttribute("value");
    label.textContent = part < 1
      ? fill("docs_upload_sending", { name, percent: Math.round(part * 100) })
      : fill("docs_upload_reading", { name });
  };
  let result;
  try {
    result = await outcome(...(await send(file, progress)));
  } catch {
    result = { kind: "failed", text: failure(texts.error_network), failed: [] };
  }
  bar.remove();
  label.textContent = `${name}: ${result.text}`;
  item.className = result.kind;
  if (result.failed.length) item.append(inside(result.failed));
  const flawed = ["failed", "partly"].includes(result.kind);
  if (flawed) say(label.textContent);
  return !flawed;
}

function inside(failed) {
  const rows = failed.map((f) => element("li", { textContent: `${f.source}: ${failure(f.error, f.hint)}` }));
  return element("ul", {}, ...rows);
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const input = document.getElementById("dateien");
  const files = [...input.files];
  if (!files.length) {
    results.replaceChildren(texts.docs_upload_none);
    say(texts.docs_upload_none);
    input.focus();
    return;
  }
  const button = form.querySelector("button");
  button.disabled = true;
  const failed = await during(() => uploadAll(files));
  await renew();
  button.disabled = false;
  form.reset();
  const text = fill("docs_upload_done", { done: files.length, total: files.length, failed });
  results.querySelector(".gesamt").replaceChildren(text);
  say(text);
});

// Returns how many of the files failed. Counts and speed stand above the list while it is worked off.
async function uploadAll(files) {
  const items = files.map((file) => resultLine(file.name));
  const bar = element("progress", { max: files.length, value: 0 });
  bar.setAttribute("aria-label", texts.docs_upload_overall);
  const line = element("span");
  const overall = element("p", { className: "gesamt" }, line, ...(files.length > 1 ? [bar] : []));
  results.replaceChildren(element("h3", { textContent: texts.docs_upload_results }), overall, element("ul", {}, ...items));
  const began = performance.now();
  let failed = 0;
  for (const [done, file] of files.entries()) {
    const rate = done / ((performance.now() - began) / 1000);
    const remaining = done ? (files.length - done) / rate : null;
    line.textContent = described({ done, total: files.length, rate: done ? rate : 0, remaining });
    bar.value = done;
    if (!(await upload(file, items[done]))) failed += 1;
  }
  return failed;
}

function resultLine(name) {
  const bar = element("progress", { max: 1, value: 0 });
  bar.setAttribute("aria-label", name);
  return element("li", {}, element("span", { textContent: name }), bar);
}
