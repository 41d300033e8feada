// Pages as pictures: the mark in the middle of its window, both ways; a page that cannot be drawn leaves the text alone.
function drop(figure) {
  const pictures = figure.closest(".bilder");
  figure.remove();
  if (pictures && !pictures.children.length) pictures.remove();
}

function centre(box) {
  const marks = [...box.querySelectorAll(".marke-seite")].map((mark) => mark.getBoundingClientRect());
  const frame = box.getBoundingClientRect();
  box.scrollTop += marks[0].top - frame.top - box.clientHeight / 3;
  box.scrollLeft += Math.min(...marks.map((mark) => mark.left)) - frame.left - 16;
}

export function arrange(root) {
  root.querySelectorAll(".seitenbild").forEach((figure) => {
    const picture = figure.querySelector("image");
    picture.addEventListener("error", () => drop(figure));
    // It may have failed before anybody listened.
    picture.decode?.().catch(() => drop(figure));
    centre(figure.querySelector(".fenster"));
  });
}
