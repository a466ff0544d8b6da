// What Streamlit can't do itself: a mark in an answer opens its evidence and takes the focus there, "Back to the
// answer" returns to the mark, and a new question is scrolled into view with its answer below it.
// Nothing is sent anywhere, and no text is put into the page.

// Kept on the window: the page mounts this script in two places and takes one of them away when an answer is there.
const state = (window.stellate ??= {
  mark: null, turn: null, listening: false, holding: 0, unsaved: false,
  path: new URL(performance.getEntriesByType("navigation")[0]?.name ?? location.href).pathname,
});

function scrollTo(element) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: still ? "instant" : "smooth" });
}

// A new question is brought into view, and held there while what is around it is still being drawn; the reader's own
// hand on wheel, key or screen ends that.
const SETTLED_MS = 2500;
const BETWEEN_MS = 100;
function bring(turn) {
  clearInterval(state.holding);
  const end = Date.now() + SETTLED_MS;
  let was = null;
  const stop = () => clearInterval(state.holding);
  const hold = () => {
    if (Date.now() > end) return stop();
    const start = document.querySelector(`.st-key-turn-${turn}`);
    const top = start?.getBoundingClientRect().top;
    if (start && top !== was) scrollTo(start);
    was = start?.getBoundingClientRect().top ?? null;
  };
  for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    document.addEventListener(kind, stop, { once: true, capture: true, passive: true });
  }
  hold();
  state.holding = setInterval(hold, BETWEEN_MS);
}

function openEvidence(mark, key) {
  const summary = document.querySelector(`.st-key-${CSS.escape(key)} summary`);
  if (!summary) return;
  state.mark = mark;
  if (!summary.closest("details").open) summary.click();
  summary.focus({ preventScroll: true });
  scrollTo(summary);
}

function backToMark(key) {
  const same = state.mark?.isConnected && state.mark.getAttribute("href") === `#${key}`;
  const mark = same ? state.mark : document.querySelector(`a[href="#${CSS.escape(key)}"]`);
  if (!mark) return;
  mark.focus({ preventScroll: true });
  scrollTo(mark);
}

// A step of the drawn pathway, whose link is one of SVG.
function openStep(place) {
  const summary = document.querySelector(`.st-key-step-${CSS.escape(place)} summary`);
  if (!summary) return;
  if (!summary.closest("details").open) summary.click();
  summary.focus({ preventScroll: true });
  scrollTo(summary);
}

function showFinding(place) {
  const finding = document.querySelector(`.st-key-finding-${CSS.escape(place)}`);
  if (!finding) return;
  finding.tabIndex = -1;
  finding.focus({ preventScroll: true });
  scrollTo(finding);
}

function follow(event) {
  const link = event.target.closest?.("a");
  const target = link?.getAttribute("href") ?? link?.getAttribute("xlink:href") ?? "";
  const [, kind, place] = /^#(evidence|answer|finding|step)-([a-z\d-]+)$/.exec(target) ?? [];
  if (!kind) return;
  event.preventDefault();
  event.stopPropagation();
  if (kind === "step") openStep(place);
  else if (kind === "finding") showFinding(place);
  else if (kind === "evidence") openEvidence(link, `evidence-${place}`);
  else backToMark(`evidence-${place}`);
}

// On a phone the views are chosen in the sidebar, which lies over the page: it makes way for the view that was chosen.
const PHONE_PX = 768;
function uncover() {
  const sidebar = document.querySelector('[data-testid="stSidebar"]');
  if (window.innerWidth >= PHONE_PX || sidebar?.dataset.collapsed !== "false") return;
  sidebar.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}
function chosen(event) {
  const link = event.target.closest?.('[data-testid="stSidebarNavLink"], [data-testid="stTopNavLink"]');
  if (link?.closest('[data-testid="stSidebar"]')) setTimeout(uncover);
}
// A view that was chosen before this script was there to see it.
function arrived() {
  if (location.pathname !== state.path) uncover();
  state.path = location.pathname;
}

// What is opened on top of the page, such as a popover, stands outside the element that carries the theme, and would
// take its colours from the light one.
function takeScheme() {
  const app = document.querySelector(".stApp");
  if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
}

// A conversation that is kept nowhere ends with the page: the browser asks before it is reloaded or left.
function ask(event) {
  if (state.unsaved) event.preventDefault();
}

export default function ({ data }) {
  state.unsaved = data.unsaved;
  const turn = `${data.turn} ${data.answered}`;
  if (turn !== state.turn) {
    state.turn = turn;
    bring(data.turn);
  }
  takeScheme();
  arrived();
  if (!state.listening) {
    state.listening = true;
    for (const kind of ["click", "keyup"]) document.addEventListener(kind, () => setTimeout(takeScheme), true);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(takeScheme, 500));
    document.addEventListener("click", follow, true);
    document.addEventListener("click", chosen);
    window.addEventListener("beforeunload", ask);
  }
}
