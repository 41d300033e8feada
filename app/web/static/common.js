// What every script of the pages needs: texts, announcements, the source panel's element.
export const texts = JSON.parse(document.getElementById("texte").textContent);

export function say(text) {
  const region = document.getElementById("ansage");
  const line = document.createElement("p");
  line.textContent = text;
  region.append(line);
  while (region.children.length > 40) region.firstElementChild.remove();
}

export function fill(key, values) {
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}
