"use strict";
// The canvas: one element per slot, laid out once, for slots do not move between the frames of a run.

const canvasElement = document.getElementById("canvas");
const board = run.layout;
const view = { frame: 0, selected: null, detail: false, folds: false };
const cells = [];

// The longest runs of end-of-text on the last frame, as the desktop folds them.
const foldRanges = (() => {
  const last = frames[steps];
  const ranges = [];
  if (board) return ranges;
  const holdsEnd = (at) => last.regions[at] === "answer" && !last.masked[at] && isEnd(last.tokens[at]);
  for (let begin = 0; begin < slotCount; ++begin) {
    let end = begin;
    while (end < slotCount && holdsEnd(end)) ++end;
    if (end - begin >= LEAST_FOLD) ranges.push({ begin, end });
    begin = end;
  }
  return ranges;
})();
const foldOf = (position) => (view.folds ? foldRanges.find((fold) => position >= fold.begin && position < fold.end) : undefined);

// The token that a slot is last known to hold decides how wide it is.
function lastKnown(position) {
  const last = frames[steps];
  if (!last.masked[position] || steps === 0) return last.tokens[position];
  const belief = beliefOf(steps, position, steps);
  return belief && belief.candidates.length > 0 ? belief.candidates[0].id : run.model.mask_id;
}

function makeCell(position) {
  const cell = elementOf("div", "cell");
  cell.setAttribute("role", "option");
  cell.id = `slot-${position}`;
  cell.dataset.position = position;
  const sizer = elementOf("span", "sizer");
  sizer.setAttribute("aria-hidden", "true");
  const id = lastKnown(position);
  if (frames[steps].masked[position] && id === run.model.mask_id) sizer.textContent = "mmmm";
  else showToken(sizer, id);
  cell.append(sizer);
  return { element: cell, sizer, id };
}

function layOutBoard() {
  canvasElement.classList.add("board");
  canvasElement.style.gridTemplateColumns = `repeat(${board.columns}, auto)`;
  for (let position = 0; position < slotCount; ++position) {
    const cell = makeCell(position);
    const row = Math.floor(position / board.columns);
    const column = position % board.columns;
    cell.element.classList.toggle("box-left", column > 0 && column % board.box_columns === 0);
    cell.element.classList.toggle("box-top", row > 0 && row % board.box_rows === 0);
    cells.push(cell);
    canvasElement.append(cell.element);
  }
}

function layOutText() {
  const starts = new Set(run.steps.filter((step) => !step.by_hand).map((step) => step.eligible[0]));
  starts.delete(run.canvas.regions.findIndex((region) => region !== "prompt"));
  for (let position = 0; position < slotCount; ++position) {
    const cell = makeCell(position);
    cells.push(cell);
    const fold = foldOf(position);
    if (fold && position !== fold.begin) {
      continue;
    }
    if (starts.size < slotCount / 2 && starts.has(position)) canvasElement.append(elementOf("div", "block-line"));
    if (leadingSpace(cell.id)) cell.element.classList.add("word-gap");
    canvasElement.append(cell.element);
    if (fold) cell.sizer.textContent = `▣ ×${fold.end - fold.begin}  `;
    else if (endsRow(cell.id)) canvasElement.append(elementOf("div", "row-end"));
  }
}

function layOut() {
  canvasElement.replaceChildren();
  cells.length = 0;
  if (board) layOutBoard();
  else layOutText();
  for (const cell of cells) Object.assign(cell, { width: cell.element.clientWidth, height: cell.element.clientHeight });
}

// ---- one slot

// A point on the left and upper edge of a face, `share` of the way along them from the lower left corner.
function edgePoint(share, width, height) {
  const along = share * (width + height);
  return along < height ? [0, height - along] : [along - height, 0];
}

// Fracture lines: each part of the face is as wide as the probability of its candidate; the part of the others is hatched over.
function inkOf({ element, width, height }, visual) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "ink");
  svg.setAttribute("aria-hidden", "true");
  let mass = 0;
  const lines = [];
  for (const candidate of visual.belief.candidates.slice(0, visual.shards)) lines.push((mass += candidate.probability));
  const others = Math.max(1 - mass, 0) > 0.01;
  if (others) {
    const [x, y] = edgePoint(Math.min(mass, 1), width, height);
    const points = y > 0 ? [[width, height], [x, y], [0, 0], [width, 0]] : [[width, height], [x, y], [width, 0]];
    addShape(svg, "polygon", { points: points.map((point) => point.join(",")).join(" "), fill: "var(--other)" });
  } else {
    lines.pop();
  }
  for (const [index, share] of lines.entries()) {
    const [x, y] = edgePoint(Math.min(share, 1), width, height);
    const ends = { x1: width, y1: height, x2: x, y2: y };
    const id = `fade-${element.dataset.position}-${index}`;
    const fade = addShape(svg, "linearGradient", { id, gradientUnits: "userSpaceOnUse", ...ends });
    addShape(fade, "stop", { offset: 0.3, "stop-color": "var(--crack)", "stop-opacity": 0 });
    addShape(fade, "stop", { offset: 0.95, "stop-color": "var(--crack)" });
    addShape(svg, "line", { ...ends, stroke: `url(#${id})`, "stroke-width": 0.8 });
  }
  return svg;
}

function addShape(parent, name, attributes) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
  parent.append(shape);
  return shape;
}

// A guess may be wider than the token that the slot ends with: it is set narrower, down to half its size, and then cut.
const pen = document.createElement("canvas").getContext("2d");
function fitWord(word, { width }) {
  const style = getComputedStyle(canvasElement);
  pen.font = `${style.fontSize} ${style.fontFamily}`;
  const scale = (width - 6) / Math.max(pen.measureText(word.textContent).width, 1);
  if (scale < 1) word.style.fontSize = `${Math.max(scale, 0.5).toFixed(3)}em`;
}

function drawOpen(cell, visual) {
  const { element } = cell;
  element.classList.add("open");
  element.classList.toggle("waiting", !visual.eligible);
  const word = elementOf("span", "word");
  element.append(word);
  if (visual.belief) {
    element.style.background = `color-mix(in oklab, var(--dense) ${100 * visual.fill}%, var(--clear))`;
    element.append(inkOf(cell, visual));
  }
  if (!visual.guessed) {
    element.classList.add("mark");
    word.textContent = "⬡";
    return;
  }
  const [best, ...others] = visual.belief.candidates.slice(0, visual.shards);
  showToken(word, best.id);
  fitWord(word, cell);
  word.style.opacity = ghostOpacity(best.probability);
  word.style.filter = visual.blur > 0.05 ? `blur(${(0.065 * visual.blur).toFixed(4)}em)` : "";
  const small = elementOf("span", "others");
  for (const candidate of others) {
    const item = elementOf("span");
    showToken(item, candidate.id);
    item.style.opacity = candidate.probability;
    small.append(item);
  }
  element.append(small);
}

function drawHeld(cell, visual) {
  const { element } = cell;
  element.classList.add("held");
  if (visual.region === "prompt" || visual.region === "pinned") {
    element.classList.add(visual.region);
    element.append(elementOf("span", "lock"));
  }
  element.classList.toggle("end", visual.end);
  element.classList.toggle("control", visual.control && !visual.end);
  if (visual.age) element.classList.add(visual.age);
  const word = elementOf("span", "word");
  showToken(word, visual.token);
  fitWord(word, cell);
  element.append(word);
  if (visual.notch > 0) {
    const notch = elementOf("span", "notch");
    notch.style.width = notch.style.height = `${(0.16 * visual.notch).toFixed(2)}em`;
    element.append(notch);
  }
}

function drawFold(element, fold) {
  const canvas = frames[view.frame];
  let ends = 0;
  let open = 0;
  for (let at = fold.begin; at < fold.end; ++at) {
    if (canvas.masked[at]) ++open;
    else if (isEnd(canvas.tokens[at])) ++ends;
  }
  element.classList.add(ends > 0 ? "held" : "open", "end");
  element.append(elementOf("span", "word", ends > 0 ? `▣ ×${ends}` : `⬡ ×${open}`));
  element.setAttribute("aria-label", `Positions ${fold.begin + 1} to ${fold.end}: ${ends} end-of-text, ${open} masked`);
}

function drawCell(position) {
  const { element, sizer } = cells[position];
  if (!element.isConnected) return;
  const kept = ["word-gap", "box-left", "box-top"].filter((name) => element.classList.contains(name));
  element.className = ["cell", ...kept].join(" ");
  element.style.background = "";
  element.replaceChildren(sizer);
  element.classList.toggle("selected", position === view.selected);
  element.setAttribute("aria-selected", position === view.selected ? "true" : "false");
  const fold = foldOf(position);
  if (fold) {
    drawFold(element, fold);
    return;
  }
  const visual = visualAt(view.frame, position, view.detail);
  if (visual.region === "room") {
    element.classList.add("absent");
    element.removeAttribute("aria-label");
    return;
  }
  if (visual.open) drawOpen(cells[position], visual);
  else drawHeld(cells[position], visual);
  if (visual.changedNow === "commit") element.classList.add("committed");
  if (isRevision(visual.changedNow)) element.classList.add("revised");
  if (visual.revisions > 0) element.append(elementOf("span", "revisions", `⚡${visual.revisions}`));
  element.setAttribute("aria-label", slotName(position, view.frame));
}

// ---- the frame

function placeName(position) {
  if (!board) return `Position ${position + 1}`;
  return `Row ${Math.floor(position / board.columns) + 1}, column ${(position % board.columns) + 1}`;
}

const percent = (probability) => `${Math.round(100 * probability)} percent`;

function slotName(position, frame) {
  const canvas = frames[frame];
  const place = placeName(position);
  if (canvas.regions[position] === "room") return `${place}, behind the text`;
  if (canvas.masked[position]) {
    const belief = frame > 0 ? beliefOf(frame, position, frame) : null;
    if (!belief || belief.candidates.length === 0) return `${place}, masked`;
    return `${place}, masked, best guess ${spokenToken(belief.candidates[0].id)} ${percent(belief.candidates[0].probability)}`;
  }
  const token = spokenToken(canvas.tokens[position]);
  if (canvas.regions[position] === "prompt") return `${place}, prompt token ${token}, locked`;
  const change = historyOf(position, frame).findLast((dated) => dated.step <= frame && dated.event.after === canvas.tokens[position]);
  if (!change) return `${place}, token ${token}, locked`;
  const byHand = run.steps[change.step - 1].by_hand;
  const verb = change.event.kind === "edit" ? "changed" : "committed";
  const sure = change.event.probability === null ? "" : ` at ${percent(change.event.probability)}`;
  return `${place}, token ${token}, ${byHand ? "written by hand" : verb} at step ${change.step}${sure}`;
}

function frameSentence(frame) {
  const masked = maskedCount(frame);
  if (frame === 0) return `Before the first step. ${masked} masked.`;
  const step = run.steps[frame - 1];
  const committed = frames[frame].regions.filter((region, at) => region !== "prompt" && region !== "room" && !frames[frame].masked[at]).length;
  let sentence = `Step ${frame} of ${steps}. ${committed} committed, ${masked} masked`;
  for (const [kind, words] of [["remask", "remasked"], ["edit", "edited"], ["insert", "inserted"], ["delete", "deleted"]]) {
    const count = step.events.filter((event) => event.kind === kind).length;
    if (count > 0) sentence += `, ${count} ${words}`;
  }
  return `${sentence}.${step.by_hand ? " Made by hand." : ""}`;
}

function drawFrame() {
  for (let position = 0; position < slotCount; ++position) drawCell(position);
  const masked = maskedCount(view.frame);
  canvasElement.setAttribute("aria-label", `Canvas, step ${view.frame} of ${steps}, ${masked} masked`);
  const open = frames[0].masked.reduce((sum, value) => sum + value, 0);
  const thermometer = document.getElementById("thermometer");
  thermometer.setAttribute("aria-label", `${masked} of ${open} slots of the answer are masked`);
  thermometer.firstElementChild.style.height = `${open === 0 ? 0 : Math.min((100 * masked) / open, 100)}%`;
}
