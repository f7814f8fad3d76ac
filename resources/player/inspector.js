"use strict";
// What the run recorded about the selected slot, each number with its tag: m measured, d derived.

const digits = (value, count) => (value === null || Number.isNaN(value) ? tr("not recorded") : fixed(value, count));
// With its unit, which goes with a number only.
const measure = (words, value, count) => (value === null || Number.isNaN(value) ? tr("not recorded") : tr(words, fixed(value, count)));
const inspectorElement = document.getElementById("inspector");

function addLine(list, name, value, tag) {
  list.append(elementOf("dt", "", name));
  const cell = elementOf("dd");
  if (value instanceof Node) cell.append(value);
  else cell.textContent = value;
  cell.append(elementOf("span", "tag", tag));
  list.append(cell);
}

function tokenNode(id) {
  const node = elementOf("span");
  showToken(node, id);
  const quoted = elementOf("span");
  quoted.append("“", node, "”");
  return quoted;
}

function candidateTable(belief) {
  const table = elementOf("table");
  table.append(elementOf("caption", "", tr("Candidates of step {0}", belief.step)));
  const addRow = (name, probability, tag) => {
    const row = elementOf("tr");
    const label = elementOf("td");
    label.append(name);
    const bar = elementOf("td", "bar");
    const ink = elementOf("i");
    ink.style.width = `${Math.min(100 * probability, 100)}%`;
    bar.append(ink);
    const number = elementOf("td", "p", measure("{0} %", 100 * probability, 2));
    number.append(elementOf("span", "tag", tag));
    row.append(label, bar, number);
    table.append(row);
  };
  let mass = 0;
  for (const candidate of belief.candidates) {
    addRow(tokenNode(candidate.id), candidate.probability, "m");
    mass += candidate.probability;
  }
  addRow(tr("all others"), Math.max(1 - mass, 0), "d");
  return table;
}

// A line for every step that asked about the slot or changed it.
function historyTable(position, frame) {
  const table = elementOf("table", "history");
  table.append(elementOf("caption", "", tr("History of the slot")));
  const head = elementOf("tr");
  for (const name of ["Step", "Likeliest", "p", "Nats", "Change"]) head.append(elementOf("th", "", tr(name)));
  table.append(head);
  const events = historyOf(position, frame);
  for (let step = 1; step <= steps; ++step) {
    const belief = beliefOf(step, position, frame);
    const changes = events.filter((dated) => dated.step === step).map((dated) => dated.event);
    if (!belief && changes.length === 0) continue;
    const row = elementOf("tr", step === frame ? "now" : "");
    const jump = elementOf("button", "", String(step));
    jump.type = "button";
    jump.addEventListener("click", () => stepTo(step));
    const cells = [jump, belief && belief.candidates.length > 0 ? tokenNode(belief.candidates[0].id) : "",
      belief && belief.candidates.length > 0 ? measure("{0} %", 100 * belief.candidates[0].probability, 1) : "",
      belief ? digits(belief.entropy, 3) : "", changes.map((event) => changeText(event, run.steps[step - 1].by_hand)).join(", ")];
    for (const [column, content] of cells.entries()) {
      const cell = elementOf("td", column === 2 || column === 3 ? "number" : "");
      cell.append(content);
      row.append(cell);
    }
    table.append(row);
  }
  return table;
}

function changeText(event, byHand) {
  const kind = byHand ? tr("{0} by hand", tr(event.kind)) : tr(event.kind);
  return event.probability === null ? kind : tr("{0} at {1} %", kind, fixed(100 * event.probability, 1));
}

function shownBelief(position, frame) {
  if (frame === 0) return null;
  const now = beliefAt(frame, position);
  if (frames[frame].masked[position] || now) return now;
  const writing = writingEvent(position, frame);
  return writing ? beliefOf(writing.step, position, frame) : null;
}

function addBeliefLines(list, belief, frame, position) {
  addLine(list, tr("Entropy"), measure("{0} nats", belief.entropy, 4), "m");
  addLine(list, tr("As many equal words"), digits(Math.exp(belief.entropy), 2), "d");
  addLine(list, tr("Margin p1 − p2"), digits(belief.margin, 4), "m");
  addLine(list, tr("Drawn"), tokenNode(belief.sampledId), "m");
  addLine(list, tr("p of the drawn"), measure("{0} %", 100 * belief.sampledProbability, 2), "m");
  addLine(list, tr("Score"), Number.isNaN(belief.score) ? tr("not eligible in this step") : digits(belief.score, 4), "m");
  const shift = belief.step === frame ? beliefShift(frame, position) : null;
  if (shift !== null) addLine(list, tr("Moved since step {0} (KL, at least)", beliefStep(frame - 1)), measure("{0} nats", shift, 4), "d");
}

function drawInspector() {
  const { frame, selected } = view;
  inspectorElement.replaceChildren();
  const title = document.getElementById("inspector-title");
  if (selected === null) {
    title.textContent = tr("Inspector");
    inspectorElement.append(elementOf("p", "note", tr("Choose a slot: its candidates, their probabilities and its history appear here.")));
    inspectorElement.append(stepList(frame));
    return;
  }
  title.textContent = placeName(selected);
  const canvas = frames[frame];
  const list = elementOf("dl");
  addLine(list, tr("State"), slotName(selected, frame), "m");
  addLine(list, tr("Region"), tr(canvas.regions[selected]), "m");
  const isHeld = !canvas.masked[selected] && canvas.regions[selected] !== "room";
  if (isHeld) addLine(list, tr("Token id"), String(canvas.tokens[selected]), "m");
  if (isHeld) addLine(list, tr("Bytes"), Array.from(bytesOf(pieceOf(canvas.tokens[selected])), (byte) => byte.toString(16).padStart(2, "0")).join(" "), "m");
  const belief = shownBelief(selected, frame);
  if (belief) addBeliefLines(list, belief, frame, selected);
  inspectorElement.append(list);
  if (belief && belief.candidates.length > 0) inspectorElement.append(candidateTable(belief));
  else if (canvas.masked[selected]) inspectorElement.append(elementOf("p", "note", tr("No step that led to this frame was asked about this slot.")));
  inspectorElement.append(historyTable(selected, frame), stepList(frame));
}

function stepList(frame) {
  const list = elementOf("dl");
  if (frame === 0) return list;
  const step = run.steps[frame - 1];
  if (step.by_hand) {
    addLine(list, tr("Step"), tr("made by hand; no pass"), "m");
    return list;
  }
  addLine(list, tr("Time of the step"), measure("{0} ms", step.milliseconds, 1), "m");
  addLine(list, tr("Forward passes"), String(step.forward_passes), "m");
  addLine(list, tr("Rows computed"), String(step.rows_computed), "m");
  if (step.mean_entropy !== null) addLine(list, tr("Mean entropy"), measure("{0} nats", step.mean_entropy, 4), "d");
  return list;
}

function drawAbout() {
  const facts = [run.model.name, run.device.name, run.run.started_at, tr(run.run.status), tr("Steps: {0}", steps)].filter((fact) => fact);
  document.getElementById("about").textContent = facts.join(" · ");
  const list = document.getElementById("settings");
  for (const [name, value] of Object.entries(run.settings)) addLine(list, name.replaceAll("_", " "), String(value), "m");
  addLine(list, tr("prompt"), run.run.prompt, "m");
  addLine(list, tr("weights"), `${run.model.format} ${run.model.fingerprint}`, "m");
}
