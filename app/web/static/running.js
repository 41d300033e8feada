// The ingest that runs on the server: looked at each second, while the page is visible and as long as one runs.
import { renew } from "./collection.js";
import { fill, say, texts } from "./common.js";

const API = "/api/v1/ingest";
const PAUSE = 1000;
const section = document.getElementById("lauf-einlesen");
const bar = document.getElementById("einlesen-balken");
const line = document.getElementById("einlesen-text");
let timer = null;
let running = false;
let watchers = 0;

const numbers = new Intl.NumberFormat(texts.lang, { maximumSignificantDigits: 2 });

// »47 von 120 Dateien · 3,2 je Sekunde · noch etwa 23 Sekunden«; what is not known yet is left out.
export function described({ done, total, rate, remaining }) {
  const parts = [fill("docs_run_count", { done, total })];
  if (rate >= 1) parts.push(fill("docs_run_per_second", { rate: numbers.format(rate) }));
  else if (rate > 0) parts.push(fill("docs_run_per_minute", { rate: numbers.format(rate * 60) }));
  if (remaining > 90) parts.push(fill("docs_run_minutes_left", { number: Math.ceil(remaining / 60) }));
  else if (remaining > 0) parts.push(fill("docs_run_seconds_left", { number: Math.ceil(remaining) }));
  return parts.join(" · ");
}

function show(state) {
  if (state.running) {
    bar.max = state.total;
    bar.value = state.done;
    line.textContent = `${described(state)} · ${fill("docs_run_last", { source: state.source })}`;
    if (!running && !watchers) say(fill("docs_run_started", { total: state.total }));
  } else if (running && !watchers) {
    say(texts.docs_run_ended);
    renew();
  }
  running = Boolean(state.running);
  section.hidden = !running;
}

export async function look() {
  clearTimeout(timer);
  if (document.hidden) return;
  const answer = await fetch(API).catch(() => null);
  if (answer?.ok) show(await answer.json());
  clearTimeout(timer);
  if (running || watchers) timer = setTimeout(look, PAUSE);
}

// While an upload of this page is at work, it says itself when it begins and ends.
export async function during(work) {
  watchers += 1;
  look();
  try {
    return await work();
  } finally {
    watchers -= 1;
    look();
  }
}

document.addEventListener("visibilitychange", look);
