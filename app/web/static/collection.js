// The list of documents: filtered by words, and renewed from the server after each change.
import { fill } from "./common.js";

const filter = document.getElementById("filter");
const status = document.getElementById("treffer");
const RENEWED = ["umfang", "unlesbar", "sammlung"];

function hideOthers() {
  const words = filter.value.toLocaleLowerCase("de").split(/\s+/).filter(Boolean);
  const rows = [...(document.getElementById("liste")?.tBodies[0].rows ?? [])];
  rows.forEach((row) => {
    const text = row.textContent.toLocaleLowerCase("de");
    row.hidden = !words.every((word) => text.includes(word));
  });
  return { count: rows.filter((row) => !row.hidden).length, total: rows.length };
}

export function showFiltered() {
  status.textContent = fill("docs_filtered", hideOthers());
}

// What is shown beside the filter is read out.
export function tell(text) {
  status.textContent = text;
}

// How to find the twin of an element in a fresh list.
function place(element) {
  const id = element?.closest("#sammlung [data-id], #unlesbar [data-id]")?.dataset.id;
  return id ? `[data-id="${CSS.escape(id)}"] ${element.localName}${element.className ? `.${element.className}` : ""}` : null;
}

export async function renew() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = place(document.activeElement);
  for (const id of RENEWED) {
    const [old, young] = [document.getElementById(id), fresh.getElementById(id)];
    if (old && young) old.replaceWith(document.adoptNode(young));
  }
  hideOthers();
  if (focused) document.querySelector(focused)?.focus({ preventScroll: true });
}
