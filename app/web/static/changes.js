// What changes the collection and needs a second thought or a click: withdrawal, deletion, dismissing a failed file.
import { renew, tell } from "./collection.js";
import { fill, say, texts } from "./common.js";

const DOCUMENTS = "/api/v1/documents";
const FAILURES = "/api/v1/failures";
const dialog = document.getElementById("bestaetigen");

function paragraph(text) {
  return Object.assign(document.createElement("p"), { textContent: text });
}

// »close« comes some time after closing, maybe when the next question is open already: it answers none then.
let answer = null;
function settle(yes) {
  answer?.(yes);
  answer = null;
}
dialog?.addEventListener("close", () => { if (!dialog.open) settle(dialog.returnValue === "ja"); });

// Opens on »Abbrechen«: the answer to a key that was pressed too long is no.
function confirmed(action, title) {
  settle(false);
  const paragraphs = [paragraph(fill(`docs_${action}_ask`, { title }))];
  if (action === "forget") paragraphs.push(paragraph(texts.docs_forget_more));
  dialog.querySelector("h2").textContent = texts[`docs_${action}_title`];
  dialog.querySelector("#bestaetigen-text").replaceChildren(...paragraphs);
  dialog.querySelector("[value=ja]").textContent = texts[`docs_${action}`];
  dialog.returnValue = "";
  dialog.showModal();
  dialog.querySelector("[value=nein]").focus();
  return new Promise((resolve) => { answer = resolve; });
}

async function problemOf(address) {
  const answer = await fetch(address, { method: "DELETE" }).catch(() => null);
  if (answer?.ok) return null;
  const problem = answer ? await answer.json().catch(() => ({})) : { detail: texts.error_network };
  return `${problem.detail ?? texts.error_network} ${problem.hint ?? ""}`;
}

async function change(button, action) {
  const { id, title } = button.closest("tr").dataset;
  if (!(await confirmed(action, title))) {
    button.focus();
    return;
  }
  button.disabled = true;
  tell(fill("docs_change_waits", { title }));
  const problem = await problemOf(`${DOCUMENTS}/${encodeURIComponent(id)}${action === "forget" ? "?forget=true" : ""}`);
  button.disabled = false;
  if (problem) {
    tell(problem);
    button.focus();
    return;
  }
  await renew();
  tell(fill(`docs_${action}_said`, { title }));
  document.getElementById("filter").focus();
}

async function dismiss(button) {
  const { id, name } = button.closest("li").dataset;
  const problem = await problemOf(`${FAILURES}/${encodeURIComponent(id)}`);
  if (!problem) await renew();
  say(problem ?? fill("docs_dismiss_said", { name }));
  if (problem) tell(problem);
  else (document.querySelector("#unlesbar-titel") ?? document.getElementById("filter")).focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".zurueckziehen, .vergessen, .abhaken");
  if (!button) return;
  if (button.matches(".abhaken")) dismiss(button);
  else change(button, button.matches(".vergessen") ? "forget" : "withdraw");
});
