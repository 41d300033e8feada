// The source panel: opened by a citation, stepped through, closed with Escape; focus goes in and comes back.
import { texts } from "./common.js";
import { arrange } from "./pagemarks.js";

const panel = document.getElementById("quelle");
let opener = null;
let current = null;

// Gradio draws an answer anew while it streams: the link that was clicked may have been replaced by its twin.
function living(link) {
  if (!link || link.isConnected) return link;
  return document.querySelector(`.antwort a[href="${CSS.escape(link.getAttribute("href"))}"]`);
}

function siblings() {
  const together = living(current)?.closest(".antwort, .belege");
  const unique = new Map();
  together?.querySelectorAll("a.cite").forEach((link) => {
    if (!unique.has(link.getAttribute("href"))) unique.set(link.getAttribute("href"), link);
  });
  return [...unique.values()].sort((one, other) => number(one) - number(other));
}

// An answer names its citations in any order; what has no number stays in the order of the page.
function number(link) {
  return Number(link.textContent.match(/\[(\d+)\]\s*$/)?.[1] ?? 0);
}

function position(links) {
  return links.findIndex((link) => link.getAttribute("href") === current.getAttribute("href"));
}

export async function openSource(link) {
  if (panel.hidden) opener = link;
  current = link;
  await load(link);
  document.getElementById("quelle-titel")?.focus({ preventScroll: true });
}

export async function stepSource(by) {
  const links = siblings();
  const next = links[position(links) + by];
  if (!next) return;
  current = next;
  opener = next;
  await load(next);
  const button = panel.querySelector(by < 0 ? ".vor" : ".nach");
  (button.disabled ? document.getElementById("quelle-titel") : button).focus({ preventScroll: true });
}

export function closeSource() {
  if (panel.hidden) return;
  panel.hidden = true;
  panel.replaceChildren();
  document.body.classList.remove("mit-quelle");
  markOpen(null);
  living(opener)?.focus();
}

async function load(link) {
  // The links of a chart are SVG, whose `href` is no text.
  const address = new URL(link.getAttribute("href"), location.href);
  address.searchParams.set("teil", "1");
  try {
    const response = await fetch(address);
    panel.innerHTML = await response.text();
  } catch {
    panel.textContent = texts.error_network;
  }
  panel.hidden = false;
  document.body.classList.add("mit-quelle");
  markOpen(link);
  const links = siblings();
  const at = position(links);
  const [back, on] = [panel.querySelector(".vor"), panel.querySelector(".nach")];
  if (back) back.disabled = at <= 0;
  if (on) on.disabled = at < 0 || at >= links.length - 1;
  show();
}

// A form in the panel is sent from there: the conversation beside it stays.
export async function sendForm(form) {
  const address = new URL(form.getAttribute("action"), location.href);
  address.searchParams.set("teil", "1");
  try {
    const response = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    panel.innerHTML = await response.text();
  } catch {
    panel.append(Object.assign(document.createElement("p"), { textContent: texts.error_network, role: "alert" }));
    return;
  }
  document.getElementById("quelle-titel")?.focus({ preventScroll: true });
}

function markOpen(link) {
  document.querySelectorAll("a.cite.offen").forEach((other) => other.classList.remove("offen"));
  const href = link?.getAttribute("href");
  if (href) document.querySelectorAll(`a.cite[href="${CSS.escape(href)}"]`).forEach((twin) => twin.classList.add("offen"));
}

// The quote in the middle of its sheet, the panel in view on a phone.
function show() {
  const sheet = panel.querySelector(".blatt");
  const mark = sheet?.querySelector("mark");
  if (mark) sheet.scrollTop += mark.getBoundingClientRect().top - sheet.getBoundingClientRect().top - sheet.clientHeight / 3;
  arrange(panel);
  if (getComputedStyle(panel).position !== "sticky") panel.scrollIntoView({ block: "start", behavior: "instant" });
}
