"use strict";
// Time: keys, buttons, playback. A step is drawn at once; stepping pauses; keys stay with fields that take text or a choice.
//
// Flashing (WCAG 2.3.1): a slot changes at most once per step, and a flash is a pair of opposing changes, so that at 6 steps a second no
// slot flashes more than three times in any second. The highlight of a commit, a pair by itself, is left out above 3 steps a second.

const SPEEDS = [0.5, 1, 2, 3, 6];
const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
const scrub = document.getElementById("scrub");
const speedChoice = document.getElementById("speed");
let timer = null;

const isPlaying = () => timer !== null;

function show(frame, silent) {
  view.frame = Math.min(Math.max(frame, 0), steps);
  canvasElement.classList.toggle("snap", !reducedMotion.matches && Number(speedChoice.value) <= 3);
  drawFrame();
  drawInspector();
  scrub.value = view.frame;
  scrub.setAttribute("aria-valuetext", frameSentence(view.frame));
  document.getElementById("counter").textContent = `${view.frame} / ${steps}`;
  document.getElementById("sentence").textContent = frameSentence(view.frame);
  if (!silent) say(frameSentence(view.frame));
}

// Silence while playing; one sentence on a pause or a step.
function say(sentence) {
  document.getElementById("live").textContent = sentence;
}

function pause() {
  if (!isPlaying()) return;
  clearInterval(timer);
  timer = null;
  drawPlayButton();
  say(frameSentence(view.frame));
}

function play(direction = 1) {
  if (isPlaying()) clearInterval(timer);
  say("");
  if (direction > 0 && view.frame === steps) show(0, true);
  timer = setInterval(() => {
    show(view.frame + direction, true);
    if (view.frame === (direction > 0 ? steps : 0)) pause();
  }, 1000 / Number(speedChoice.value));
  drawPlayButton();
}

function drawPlayButton() {
  const button = document.getElementById("play");
  button.textContent = isPlaying() ? "⏸" : "▶";
  button.setAttribute("aria-label", tr(isPlaying() ? "Pause" : "Play"));
}

function stepTo(frame) {
  pause();
  show(frame, false);
}

// The next frame in `direction` whose step changed something.
function toEvent(direction) {
  for (let frame = view.frame + direction; frame > 0 && frame <= steps; frame += direction) {
    if (run.steps[frame - 1].events.length > 0) return stepTo(frame);
  }
  return stepTo(direction > 0 ? steps : 0);
}

function toBlock(direction) {
  const blockAt = (frame) => run.steps[Math.max(frame, 1) - 1]?.block ?? 0;
  let frame = view.frame;
  while (frame + direction >= 0 && frame + direction <= steps) {
    frame += direction;
    if (blockAt(frame) !== blockAt(view.frame)) break;
  }
  stepTo(frame);
}

function changeSpeed(direction) {
  const next = SPEEDS.indexOf(Number(speedChoice.value)) + direction;
  setSpeed(SPEEDS[Math.min(Math.max(next, 0), SPEEDS.length - 1)]);
}

function setSpeed(speed) {
  speedChoice.value = String(speed);
  if (isPlaying()) play();
}

function select(position) {
  view.selected = position === null ? null : Math.min(Math.max(position, 0), slotCount - 1);
  if (view.selected !== null) canvasElement.setAttribute("aria-activedescendant", `slot-${view.selected}`);
  else canvasElement.removeAttribute("aria-activedescendant");
  drawFrame();
  drawInspector();
}

// The slot in the row above or below that stands nearest.
function selectRow(direction) {
  const from = cells[view.selected ?? 0].element.getBoundingClientRect();
  const middle = (box) => box.left + box.width / 2;
  const best = cells.map(({ element }, position) => ({ position, box: element.getBoundingClientRect(), shown: element.isConnected }))
    .filter(({ box, shown }) => shown && (direction > 0 ? box.top > from.top + 4 : box.top < from.top - 4))
    .sort((a, b) => Math.abs(a.box.top - from.top) - Math.abs(b.box.top - from.top) || Math.abs(middle(a.box) - middle(from)) - Math.abs(middle(b.box) - middle(from)));
  if (best.length > 0) select(best[0].position);
}

// ---- keys

const KEYS = [
  ["Space, K", "play, pause"], ["Right, .", "one step on"], ["Left, ,", "one step back"], ["Shift+Right, Shift+Left", "ten steps"],
  ["Ctrl+Right, Ctrl+Left", "next, previous event"], ["Page Down, Page Up", "next, previous block"], ["Home, End", "first, last frame"],
  ["[, ], \\", "slower, faster, 3 steps/s"], ["J, L", "play backward, forward"], ["Tab, then arrows", "in the canvas: choose a slot"], ["Esc", "choose none"],
];

function stepKey(event) {
  const size = event.shiftKey ? 10 : 1;
  switch (event.key) {
    case " ": case "k": case "K": return () => (isPlaying() ? pause() : play());
    case "ArrowRight": return () => (event.ctrlKey ? toEvent(1) : stepTo(view.frame + size));
    case "ArrowLeft": return () => (event.ctrlKey ? toEvent(-1) : stepTo(view.frame - size));
    case ".": return () => stepTo(view.frame + 1);
    case ",": return () => stepTo(view.frame - 1);
    case "PageDown": return () => toBlock(1);
    case "PageUp": return () => toBlock(-1);
    case "Home": return () => stepTo(0);
    case "End": return () => stepTo(steps);
    case "[": return () => changeSpeed(-1);
    case "]": return () => changeSpeed(1);
    case "\\": return () => setSpeed(defaultSpeed());
    case "j": case "J": return () => play(-1);
    case "l": case "L": return () => play(1);
    case "Escape": return () => select(null);
    default: return null;
  }
}

// In the canvas the plain arrows choose a slot, as the desktop's do.
function canvasKey(event) {
  if (event.ctrlKey || event.shiftKey || document.activeElement !== canvasElement) return null;
  switch (event.key) {
    case "ArrowRight": return () => select(view.selected === null ? 0 : view.selected + 1);
    case "ArrowLeft": return () => select(view.selected === null ? 0 : view.selected - 1);
    case "ArrowDown": return () => selectRow(1);
    case "ArrowUp": return () => selectRow(-1);
    default: return null;
  }
}

function onKey(event) {
  if (event.altKey || event.metaKey) return;
  const target = event.target;
  if (target instanceof HTMLSelectElement) return;
  if (target instanceof HTMLInputElement && target.type === "checkbox" && event.key === " ") return;
  if ((target instanceof HTMLButtonElement || target.tagName === "SUMMARY") && event.key === " ") return;
  const act = canvasKey(event) ?? stepKey(event);
  if (act === null) return;
  event.preventDefault();
  act();
}

// ---- the page

const LEGEND = [
  ["blurred word", "a masked slot's likeliest token, if it has 10 % or more: stronger with p, sharper with p1 − p2"],
  ["⬡", "a masked slot without such a guess"], ["small words, lines", "exp(entropy) words still live here; each part of the face is as wide as its probability"],
  ["lightness", "entropy of the slot's distribution"], ["strong outline", "committed in this step"], ["corner", "probability at the commit, in four sizes"],
  ["dashes, ⚡", "remasked or edited in this step; how often so far"], ["lock, square corners", "prompt or pinned"], ["▣", "end of text"],
  ["dimmed", "may not be committed in this step"], ["column", "masked share of the answer"], ["✎", "made what it is by hand"], ["#1", "preferred by hand: committed in this order"],
  ["double outline, +", "inserted in this step"], ["−1", "slots deleted here in this step"],
  ["strip above a slot", "KL divergence from the belief of the step before, over the recorded candidates: a lower bound; full from 2 nats on"],
];

function fillList(id, rows) {
  for (const [name, meaning] of rows) document.getElementById(id).append(elementOf("dt", "", tr(name)), elementOf("dd", "", tr(meaning)));
}

const defaultSpeed = () => 3;
const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
};

function drawThemeButton() {
  document.getElementById("theme-toggle").textContent = tr(isDark() ? "Light" : "Dark");
}

function relayOut() {
  layOut();
  show(view.frame, true);
}

function start() {
  translatePage();
  for (const speed of SPEEDS) speedChoice.append(new Option(tr("{0} steps/s", speed), String(speed)));
  speedChoice.value = String(defaultSpeed());
  scrub.max = steps;
  fillList("keys", KEYS);
  fillList("legend", LEGEND);
  drawAbout();
  drawThemeButton();
  document.getElementById("fold").disabled = foldRanges.length === 0;
  document.addEventListener("keydown", onKey);
  canvasElement.addEventListener("click", (event) => {
    const cell = event.target.closest(".cell");
    if (cell) select(Number(cell.dataset.position));
  });
  scrub.addEventListener("input", () => stepTo(Number(scrub.value)));
  speedChoice.addEventListener("change", () => setSpeed(Number(speedChoice.value)));
  const acts = { first: () => stepTo(0), back: () => stepTo(view.frame - 1), on: () => stepTo(view.frame + 1), last: () => stepTo(steps), play: () => (isPlaying() ? pause() : play()) };
  for (const button of document.querySelectorAll("[data-act]")) button.addEventListener("click", acts[button.dataset.act]);
  document.getElementById("fold").addEventListener("change", (event) => { view.folds = event.target.checked; relayOut(); });
  document.getElementById("detail").addEventListener("change", (event) => { view.detail = event.target.checked; drawFrame(); });
  document.getElementById("shifts").addEventListener("change", (event) => { view.shifts = event.target.checked; drawFrame(); });
  // The system's wish may change while the page is open.
  reducedMotion.addEventListener("change", () => show(view.frame, true));
  document.getElementById("theme-toggle").addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    drawThemeButton();
  });
  relayOut();
}

start();
