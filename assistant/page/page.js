// What Streamlit can't do itself: a mark opens its evidence where it stands, a step of the drawn pathway or a checked
// stretch leads to what is said of it, and a new question is scrolled into view with its answer below it.
// Nothing is sent anywhere, and no text of question, document or answer is made into markup: what a mark opens is a copy
// of what the page has drawn already.

// Kept on the window: the page mounts this script in two places and takes one of them away when an answer is there. Not
// by the page's own name: its title has that as an id, and what has an id is a property of the window too.
const state = (window.stellateState ??= {
  mark: null, turn: null, listening: false, holding: 0, placing: 0, placed: null, unsaved: false,
  path: new URL(performance.getEntriesByType("navigation")[0]?.name ?? location.href).pathname,
});

const PHONE_PX = 768;

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

// The note that a mark opens: beside the mark where there is room, at the foot of a small screen.
const GAP_PX = 8;
function note() {
  let box = document.querySelector("#stellate-note");
  if (box) return box;
  box = document.createElement("div");
  box.id = "stellate-note";
  box.popover = "auto";
  box.role = "dialog";
  box.tabIndex = -1;
  box.setAttribute("aria-labelledby", "stellate-note-title");
  const head = box.appendChild(document.createElement("div"));
  const title = head.appendChild(document.createElement("p"));
  title.id = "stellate-note-title";
  const close = head.appendChild(document.createElement("button"));
  close.type = "button";
  close.textContent = "Close";
  close.onclick = () => box.hidePopover();
  box.appendChild(document.createElement("div"));
  box.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && (box.contains(document.activeElement) || document.activeElement === document.body)) {
      state.mark?.focus({ preventScroll: true });
    }
  });
  return document.body.appendChild(box);
}

function placeNote(box) {
  const mark = state.mark;
  if (!mark?.isConnected) return box.matches(":popover-open") && box.hidePopover();
  if (window.innerWidth < PHONE_PX) return box.removeAttribute("style");
  const at = mark.getBoundingClientRect();
  const below = window.innerHeight - at.bottom > at.top;
  box.style.left = `${Math.max(GAP_PX, Math.min(at.left, window.innerWidth - box.offsetWidth - GAP_PX))}px`;
  box.style.top = below ? `${at.bottom + GAP_PX}px` : "auto";
  box.style.bottom = below ? "auto" : `${window.innerHeight - at.top + GAP_PX}px`;
  box.style.maxHeight = `${(below ? window.innerHeight - at.bottom : at.top) - 3 * GAP_PX}px`;
}

function openEvidence(mark, key) {
  const evidence = document.querySelector(`.st-key-${CSS.escape(key)}`);
  if (!evidence) return;
  const inside = evidence.querySelector('[data-testid="stExpanderDetails"]') ?? evidence;
  const box = note();
  const [head, body] = box.children;
  body.replaceChildren(...[...inside.childNodes].map((part) => part.cloneNode(true)));
  // What is no expander begins with its label.
  const label = evidence.querySelector("summary p")?.cloneNode(true) ?? body.querySelector("p");
  if (body.contains(label)) label.closest('[data-testid="stElementContainer"]').remove();
  head.firstChild.replaceChildren(...label.childNodes);
  for (const back of body.querySelectorAll('a[href^="#answer-"]')) back.parentElement.remove();
  state.mark = mark;
  // On a small screen the note covers the lower half: the mark and its sentence stay in sight above it.
  if (window.innerWidth < PHONE_PX && mark.getBoundingClientRect().bottom > window.innerHeight * 0.4) {
    mark.scrollIntoView({ block: "start", behavior: "instant" });
  }
  if (!box.matches(":popover-open")) box.showPopover();
  placeNote(box);
  box.scrollTop = 0;
  box.focus({ preventScroll: true });
}

function backToMark(key) {
  const mark = document.querySelector(`a[href="#${CSS.escape(key)}"]`);
  if (!mark) return;
  mark.focus({ preventScroll: true });
  scrollTo(mark);
}

function moved() {
  const box = document.querySelector("#stellate-note");
  if (box?.matches(":popover-open")) placeNote(box);
}

// A step of the drawn pathway, whose link is one of SVG.
function openStep(place) {
  const summary = document.querySelector(`.st-key-step-${CSS.escape(place)} summary`);
  if (!summary) return;
  if (!summary.closest("details").open) summary.click();
  summary.focus({ preventScroll: true });
  scrollTo(summary);
}

// The drawn pathway is not made so small that it can't be read; where it is then wider than the screen, the patient's
// place is what is seen of it first.
const SMALLEST = 0.72;
const PX_PER_POINT = 4 / 3;
function showPlace() {
  const frame = document.querySelector(".st-key-picture");
  const drawn = frame?.querySelector("svg:has(> .graph)");
  if (!drawn || state.placed === drawn) return;
  state.placed = drawn;
  const chart = drawn.closest('[data-testid="stGraphVizChart"]');
  chart.style.minWidth = `${Math.round(drawn.viewBox.baseVal.width * PX_PER_POINT * SMALLEST)}px`;
  const place = drawn.querySelector(".node.consider, .node.need-to-know, .node");
  if (!place) return;
  const [seen, wanted] = [frame.getBoundingClientRect(), place.getBoundingClientRect()];
  frame.scrollLeft += wanted.left + wanted.width / 2 - seen.left - seen.width / 2;
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
  // The picture is drawn some time after this script has run.
  clearInterval(state.placing);
  state.placing = setInterval(showPlace, BETWEEN_MS);
  setTimeout(() => clearInterval(state.placing), SETTLED_MS);
  if (!state.listening) {
    state.listening = true;
    for (const kind of ["click", "keyup"]) document.addEventListener(kind, () => setTimeout(takeScheme), true);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(takeScheme, 500));
    document.addEventListener("click", follow, true);
    document.addEventListener("click", chosen);
    document.addEventListener("scroll", moved, { capture: true, passive: true });
    window.addEventListener("resize", moved);
    window.addEventListener("beforeunload", ask);
  }
}
