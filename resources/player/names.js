"use strict";
// What a slot and a frame are called: for assistive technology, the inspector and the line below the canvas.

function placeName(position) {
  if (!board) return tr("Position {0}", position + 1);
  return tr("Row {0}, column {1}", Math.floor(position / board.columns) + 1, (position % board.columns) + 1);
}

const percent = (probability) => tr("{0} percent", Math.round(100 * probability));

function slotName(position, frame) {
  const { queue, gaps } = frame === view.frame && view.marks ? view.marks : marksOf(frame);
  const { textLength } = frames[frame];
  let name = contentName(position, frame);
  const change = lastChange(position, frame);
  const isNew = change !== null && change.step === frame && historyOf(position, frame).some(({ step, event }) => step === frame && event.kind === "insert");
  if (isNew) name = tr("{0}, inserted in this step", name);
  if (queue.includes(position)) name = tr("{0}, to be committed as number {1}", name, queue.indexOf(position) + 1);
  if (gaps.has(position) && position < textLength) name = tr("{0}, slots deleted in front of it: {1}", name, gaps.get(position));
  if (position === textLength - 1 && gaps.has(textLength)) name = tr("{0}, slots deleted behind it: {1}", name, gaps.get(textLength));
  return name;
}

function contentName(position, frame) {
  const canvas = frames[frame];
  const place = placeName(position);
  if (canvas.regions[position] === "room") return tr("{0}, behind the text", place);
  if (canvas.masked[position]) {
    const belief = beliefAt(frame, position);
    if (!belief || belief.candidates.length === 0) return tr("{0}, masked", place);
    return tr("{0}, masked, best guess {1} {2}", place, spokenToken(belief.candidates[0].id), percent(belief.candidates[0].probability));
  }
  const token = spokenToken(canvas.tokens[position]);
  if (canvas.regions[position] === "prompt") return tr("{0}, prompt token {1}, locked", place, token);
  const writing = writingEvent(position, frame);
  if (!writing) return tr("{0}, token {1}, locked", place, token);
  const sure = writing.event.probability === null ? "" : tr(" at {0}", percent(writing.event.probability));
  if (isByHand(writing)) return tr("{0}, token {1}, written by hand at step {2}{3}", place, token, writing.step, sure);
  const sentence = writing.event.kind === "edit" ? "{0}, token {1}, changed at step {2}{3}" : "{0}, token {1}, committed at step {2}{3}";
  return tr(sentence, place, token, writing.step, sure);
}

function frameSentence(frame) {
  const masked = maskedCount(frame);
  if (frame === 0) return tr("Before the first step. {0} masked.", masked);
  const step = run.steps[frame - 1];
  const committed = frames[frame].regions.filter((region, at) => region !== "prompt" && region !== "room" && !frames[frame].masked[at]).length;
  let sentence = tr("Step {0} of {1}. {2} committed, {3} masked", frame, steps, committed, masked);
  for (const [kind, words] of [["remask", ", {0} remasked"], ["edit", ", {0} edited"], ["insert", ", {0} inserted"], ["delete", ", {0} deleted"]]) {
    const count = step.events.filter((event) => event.kind === kind).length;
    if (count > 0) sentence += tr(words, count);
  }
  return `${sentence}${language === "zh" ? "。" : "."}${step.by_hand ? tr(" Made by hand.") : ""}`;
}

const marksOf = (frame) => ({ queue: preferredSlots(frame), gaps: deletedSlots(frame) });
