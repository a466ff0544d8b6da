// What Streamlit can't do itself: a mark in an answer opens its evidence and takes the focus there, "Back to the
// answer" returns to the mark, and a new question is scrolled into view with its answer below it.
// Nothing is sent anywhere, and no text is put into the page.

let lastMark = null;
let turnShown = null;

function scrollTo(element) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: still ? "instant" : "smooth" });
}

function openEvidence(mark, key) {
  const summary = document.querySelector(`.st-key-${CSS.escape(key)} summary`);
  if (!summary) return;
  lastMark = mark;
  if (!summary.closest("details").open) summary.click();
  summary.focus({ preventScroll: true });
  scrollTo(summary);
}

function backToMark(key) {
  const same = lastMark?.isConnected && lastMark.getAttribute("href") === `#${key}`;
  const mark = same ? lastMark : document.querySelector(`a[href="#${CSS.escape(key)}"]`);
  if (!mark) return;
  mark.focus({ preventScroll: true });
  scrollTo(mark);
}

function follow(event) {
  const link = event.target.closest?.('a[href^="#"]');
  const [, kind, place] = /^#(evidence|answer)-([\d-]+)$/.exec(link?.getAttribute("href") ?? "") ?? [];
  if (!kind) return;
  event.preventDefault();
  // The page mounts this script in two places; one of them follows the link.
  event.stopImmediatePropagation();
  if (kind === "evidence") openEvidence(link, `evidence-${place}`);
  else backToMark(`evidence-${place}`);
}

export default function ({ data }) {
  const seen = `${data.turn} ${data.answered}`;
  if (seen !== turnShown) {
    turnShown = seen;
    const start = document.querySelector(`.st-key-turn-${data.turn}`);
    if (start) scrollTo(start);
  }
  document.addEventListener("click", follow, true);
  return () => document.removeEventListener("click", follow, true);
}
