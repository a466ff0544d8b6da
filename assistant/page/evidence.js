// A mark in an answer opens its evidence and moves the focus there; "Back to the answer" returns to the mark.
// Nothing is sent anywhere, and no text is put into the page.

let lastMark = null;

function show(element) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  element.focus({ preventScroll: true });
}

function openEvidence(mark, key) {
  const summary = document.querySelector(`.st-key-${CSS.escape(key)} summary`);
  if (!summary) return;
  lastMark = mark;
  if (!summary.closest("details").open) summary.click();
  show(summary);
}

function follow(event) {
  const link = event.target.closest?.('a[href^="#"]');
  const target = link?.getAttribute("href").slice(1) ?? "";
  if (!target.startsWith("evidence-") && !target.startsWith("answer-")) return;
  event.preventDefault();
  event.stopPropagation();
  if (target.startsWith("evidence-")) openEvidence(link, target);
  else {
    const key = target.replace("answer-", "evidence-");
    const first = document.querySelector(`a[href="#${CSS.escape(key)}"]`);
    const mark = lastMark?.isConnected && lastMark.getAttribute("href") === `#${key}` ? lastMark : first;
    if (mark) show(mark);
  }
}

export default function () {
  document.addEventListener("click", follow, true);
  return () => document.removeEventListener("click", follow, true);
}
