// The register: filters act while one types. What is shown comes from the server; the form keeps focus and content.
const form = document.getElementById("register-filter");
const status = document.getElementById("register-zahl");
const problem = document.getElementById("stand-fehler");
const REPLACED = ["register-arten", "register-inhalt", "register-umfang"];
const PAUSE = 300;
let timer = null;
let running = null;

function address() {
  const target = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value) target.searchParams.set(name, value);
  return target;
}

async function show() {
  const target = address();
  running?.abort();
  running = new AbortController();
  const answer = await fetch(target, { signal: running.signal }).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of REPLACED) {
    const [old, young] = [document.getElementById(id), fresh.getElementById(id)];
    if (old && young) old.replaceWith(document.adoptNode(young));
  }
  const told = fresh.getElementById("stand-fehler");
  problem.textContent = told.textContent;
  problem.hidden = told.hidden;
  document.getElementById("f-stand").toggleAttribute("aria-invalid", !told.hidden);
  status.textContent = fresh.getElementById("register-zahl").textContent;
  history.replaceState(null, "", target);
}

// A date is taken when it is complete, not while it is typed.
form.addEventListener("input", (event) => {
  clearTimeout(timer);
  if (event.target.id !== "f-stand") timer = setTimeout(show, PAUSE);
});
form.addEventListener("change", (event) => {
  clearTimeout(timer);
  if (event.target.id === "f-stand") show();
  else timer = setTimeout(show, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  show();
});
