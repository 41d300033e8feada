// Behaviour of all pages: appearance, skip link, source panel, copying, announcing a streaming answer.
import { fill, say, texts } from "./common.js";
import { arrange } from "./pagemarks.js";
import { closeSource, openSource, sendForm, stepSource } from "./source.js";

const root = document.documentElement;
const chat = document.querySelector("gradio-app");

function showTheme() {
  const button = document.getElementById("darstellung");
  button.textContent = fill("theme_said", { mode: texts[`theme_${root.dataset.modus}`] });
}

// Gradio sets the browser's language and its own idea of light and dark; the page's choice counts.
// It may have done so before this script runs.
function keepLanguage() {
  if (root.lang !== texts.lang) root.lang = texts.lang;
}
new MutationObserver(keepLanguage).observe(root, { attributes: true, attributeFilter: ["lang"] });
keepLanguage();
new MutationObserver(() => {
  const dark = root.dataset.theme === "dark";
  if (document.body.classList.contains("dark") !== dark) window.auskunftTheme.apply();
}).observe(document.body, { attributes: true, attributeFilter: ["class"] });

function questionBox() {
  return document.querySelector("#frage textarea, #frage input");
}

function ask(text) {
  const box = questionBox();
  if (!box) return;
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  // Gradio takes the value over after this task.
  setTimeout(() => document.getElementById("senden").click(), 60);
}

async function copy(button) {
  const text = button.closest(".antwort").querySelector(".klartext").textContent;
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else copyOld(text);
    button.classList.add("fertig");
    button.textContent = texts.copied;
    setTimeout(() => { button.textContent = texts.copy; button.classList.remove("fertig"); }, 4000);
    say(texts.copied);
  } catch {
    say(texts.copy_failed);
  }
}

function copyOld(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy");
}

document.addEventListener("click", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const target = event.target.closest("a.cite, a.melden, button.fragen, button.kopieren, #darstellung, .sprung, .quelle button");
  if (!target) return;
  if (target.matches("a.cite, a.melden") && plain) {
    event.preventDefault();
    openSource(target);
  } else if (target.matches("button.fragen")) ask(target.textContent);
  else if (target.matches("button.kopieren")) copy(target);
  else if (target.id === "darstellung") {
    window.auskunftTheme.next();
    showTheme();
  } else if (target.matches(".sprung") && questionBox()) {
    event.preventDefault();
    questionBox().focus();
  } else if (target.matches(".quelle .zu")) closeSource();
  else if (target.matches(".quelle .vor")) stepSource(-1);
  else if (target.matches(".quelle .nach")) stepSource(1);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("#quelle .meldung-formular")) return;
  event.preventDefault();
  sendForm(event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) closeSource();
});

// A streaming answer is drawn anew with each piece; what is new in it is said once.
const told = { turn: "", sentences: 0, busy: false, ready: false };

function announce() {
  const current = document.querySelector("#lauf .turn, #lauf .fehler");
  const earlier = document.querySelectorAll("#verlauf .turn").length;
  document.body.classList.toggle("gespraech", Boolean(current) || earlier > 0);
  if (!current) {
    told.turn = "";
    return;
  }
  const turn = `${earlier} ${current.querySelector(".frage")?.textContent ?? current.textContent}`;
  if (turn !== told.turn) {
    Object.assign(told, { turn, sentences: 0, busy: false, ready: false });
    // `instant`: people who asked for less motion get none, and the others read faster.
    current.scrollIntoView({ block: "start", behavior: "instant" });
  }
  if (current.querySelector(".busy") && !told.busy) {
    told.busy = true;
    say(texts.ask_busy);
  }
  const sentences = [...current.querySelectorAll(".satz")];
  sentences.slice(told.sentences).forEach((sentence) => say(sentence.textContent));
  told.sentences = Math.max(told.sentences, sentences.length);
  if (current.querySelector(".werkzeug") && !told.ready) {
    told.ready = true;
    say(texts.ask_ready);
  }
}

if (chat) {
  let waiting = false;
  new MutationObserver(() => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      announce();
    });
  }).observe(chat, { childList: true, subtree: true, characterData: true });
  chat.addEventListener("click", (event) => {
    if (!event.target.closest("#neu")) return;
    closeSource();
    say(texts.ask_new_said);
    questionBox()?.focus();
  });
}

window.auskunftTheme.apply();
showTheme();
arrange(document);
