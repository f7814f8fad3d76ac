"use strict";
// The canvas: one element per position, laid out once: nothing moves between two frames, but for the text behind an inserted or deleted slot.

const canvasElement = document.getElementById("canvas");
const board = run.layout;
const view = { frame: 0, selected: null, detail: false, folds: false, shifts: false, marks: null };
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
  element.setAttribute("aria-label", tr("Positions {0} to {1}: {2} end-of-text, {3} masked", fold.begin + 1, fold.end, ends, open));
}

// What a hand or a step did to the slot as such.
function drawMarks(element, position, visual) {
  if (visual.inserted) {
    element.classList.add("inserted");
    element.append(elementOf("span", "mark-sign plus", "+"));
  }
  const { queue, gaps } = view.marks;
  const place = queue.indexOf(position) + 1;
  if (place > 0) element.append(elementOf("span", "mark-sign hand", `#${place}`));
  else if (visual.byHand) element.append(elementOf("span", "mark-sign hand", "✎"));
  const { textLength } = frames[view.frame];
  if (gaps.has(position)) element.append(elementOf("span", "gap", `−${gaps.get(position)}`));
  if (position === textLength - 1 && gaps.has(textLength)) element.append(elementOf("span", "gap behind", `−${gaps.get(textLength)}`));
  if (view.shifts && visual.shift !== null && visual.shift !== undefined) {
    const strip = elementOf("i", "shift");
    strip.style.width = `${(100 * Math.min(visual.shift / FULL_SHIFT, 1)).toFixed(1)}%`;
    element.append(strip);
  }
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
  drawMarks(element, position, visual);
  if (visual.revisions > 0) element.append(elementOf("span", "revisions", `⚡${visual.revisions}`));
  element.setAttribute("aria-label", slotName(position, view.frame));
}

// ---- the frame

function drawFrame() {
  view.marks = marksOf(view.frame);
  for (let position = 0; position < slotCount; ++position) drawCell(position);
  const masked = maskedCount(view.frame);
  canvasElement.setAttribute("aria-label", tr("Canvas, step {0} of {1}, {2} masked", view.frame, steps, masked));
  const open = frames[0].masked.reduce((sum, value) => sum + value, 0);
  const thermometer = document.getElementById("thermometer");
  thermometer.setAttribute("aria-label", tr("{0} of {1} slots of the answer are masked", masked, open));
  thermometer.firstElementChild.style.height = `${open === 0 ? 0 : Math.min((100 * masked) / open, 100)}%`;
}
