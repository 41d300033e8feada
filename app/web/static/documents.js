// The collection: filter, upload with progress and one result line a file, withdrawal with confirmation.
import { fill, say, texts } from "./common.js";

const API = "/api/v1/documents";
const list = document.getElementById("liste");
const filter = document.getElementById("filter");
const form = document.querySelector("form#hochladen");
const results = document.getElementById("ergebnis");

filter?.addEventListener("input", () => {
  const words = filter.value.toLocaleLowerCase("de").split(/\s+/).filter(Boolean);
  const rows = [...list.tBodies[0].rows];
  rows.forEach((row) => {
    const text = row.textContent.toLocaleLowerCase("de");
    row.hidden = !words.every((word) => text.includes(word));
  });
  const count = rows.filter((row) => !row.hidden).length;
  document.getElementById("treffer").textContent = fill("docs_filtered", { count, total: rows.length });
});

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

function outcome(status, report) {
  if (status !== 200) return ["failed", fill("docs_result_failed", { error: `${report.detail} ${report.hint ?? ""}` })];
  const failed = report.failed?.[0];
  if (failed) return ["failed", fill("docs_result_failed", { error: `${failed.error} ${failed.hint ?? ""}` })];
  if (report.added?.length) return ["added", texts.docs_result_added];
  if (report.updated?.length) return ["updated", texts.docs_result_updated];
  const twin = report.duplicates?.[0];
  if (twin) return ["duplicate", fill("docs_result_duplicate", { of: titleOf(twin.of) })];
  return ["unchanged", texts.docs_result_unchanged];
}

function titleOf(id) {
  const row = list?.querySelector(`[data-id="${CSS.escape(id)}"]`);
  return row ? `»${row.dataset.title}«` : id;
}

async function upload(file, item) {
  const [label, bar] = [item.querySelector("span"), item.querySelector("progress")];
  const name = file.name;
  const progress = (part) => {
    bar.value = part;
    const percent = Math.round(part * 100);
    label.textContent = part < 1 ? fill("docs_upload_sending", { name, percent }) : fill("docs_upload_reading", { name });
  };
  let result;
  try {
    result = outcome(...(await send(file, progress)));
  } catch {
    result = ["failed", fill("docs_result_failed", { error: texts.error_network })];
  }
  bar.remove();
  label.textContent = `${name}: ${result[1]}`;
  item.className = result[0];
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const input = document.getElementById("dateien");
  const files = [...input.files];
  results.replaceChildren();
  if (!files.length) {
    results.textContent = texts.docs_upload_none;
    input.focus();
    return;
  }
  const button = form.querySelector("button");
  button.disabled = true;
  const items = files.map((file) => resultLine(file.name));
  for (const [index, file] of files.entries()) await upload(file, items[index]);
  button.disabled = false;
  const done = document.createElement("p");
  const link = document.createElement("a");
  link.href = location.pathname;
  link.textContent = texts.docs_reload;
  done.append(`${fill("docs_upload_done", { count: files.length, total: files.length })} `, link);
  results.append(done);
  form.reset();
});

function resultLine(name) {
  let rows = results.querySelector("ul");
  if (!rows) {
    const title = document.createElement("h3");
    title.textContent = texts.docs_upload_results;
    rows = document.createElement("ul");
    results.append(title, rows);
  }
  const item = document.createElement("li");
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.setAttribute("aria-label", name);
  item.append(Object.assign(document.createElement("span"), { textContent: name }), bar);
  rows.append(item);
  return item;
}

const dialog = document.getElementById("bestaetigen");
let chosen = null;

list?.addEventListener("click", (event) => {
  chosen = event.target.closest(".zurueckziehen");
  if (!chosen) return;
  dialog.querySelector("p").textContent = fill("docs_withdraw_ask", { title: chosen.dataset.title });
  dialog.returnValue = "";
  dialog.showModal();
});

dialog?.addEventListener("close", async () => {
  if (dialog.returnValue !== "ja" || !chosen) {
    chosen?.focus();
    return;
  }
  const { id, title } = chosen.dataset;
  const response = await fetch(`${API}/${encodeURIComponent(id)}`, { method: "DELETE" }).catch(() => null);
  const status = document.getElementById("treffer");
  if (!response?.ok) {
    const problem = response ? await response.json() : { detail: texts.error_network };
    status.textContent = `${problem.detail} ${problem.hint ?? ""}`;
    chosen.focus();
    return;
  }
  chosen.closest("tr").remove();
  status.textContent = fill("docs_withdrawn_said", { title });
  say(status.textContent);
  filter.focus();
});
