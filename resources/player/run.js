"use strict";
// The run as the file holds it: every frame replayed from the events, every belief found by step and slot. Nothing here draws.

const run = JSON.parse(document.getElementById("run").textContent);
const steps = run.steps.length;
const slotCount = run.canvas.tokens.length;
const NO_CANDIDATE = 0xffffffff;

// ---- tokens: bytes first, for a token need not be text

const tokens = new Map(run.tokens.map((token) => [token.id, token]));
const pieceOf = (id) => tokens.get(id) ?? { id, text: "", control: false, end: false };
const endIds = new Set(run.model.end_ids);
const isEnd = (id) => endIds.has(id);

function bytesOf(token) {
  if (token.text !== undefined) return new TextEncoder().encode(token.text);
  return Uint8Array.from(token.hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

// ---- beliefs: columns of 32-bit words

function columnOf(name, Kind) {
  const text = atob(run.packed_beliefs[name]);
  const bytes = new DataView(new ArrayBuffer(text.length));
  for (let at = 0; at < text.length; ++at) bytes.setUint8(at, text.charCodeAt(at));
  const column = new Kind(text.length / 4);
  const read = Kind === Float32Array ? "getFloat32" : "getUint32";
  for (let word = 0; word < column.length; ++word) column[word] = bytes[read](4 * word, true);
  return column;
}

const packed = {
  position: columnOf("position", Uint32Array),
  logSumExp: columnOf("log_sum_exp", Float32Array),
  entropy: columnOf("entropy", Float32Array),
  margin: columnOf("margin", Float32Array),
  sampledId: columnOf("sampled_id", Uint32Array),
  sampledProbability: columnOf("sampled_probability", Float32Array),
  score: columnOf("score", Float32Array),
  ids: columnOf("ids", Uint32Array),
  probabilities: columnOf("probabilities", Float32Array),
};
const candidatesPer = run.packed_beliefs.candidates;
const firstBelief = [0];
for (const count of run.packed_beliefs.counts) firstBelief.push(firstBelief.at(-1) + count);

// What step `step` believed about the slot at `position` on the canvas that it began with; null when it was not asked.
function beliefBefore(step, position) {
  let low = firstBelief[step - 1];
  let high = firstBelief[step];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (packed.position[middle] < position) low = middle + 1;
    else high = middle;
  }
  if (low === firstBelief[step] || packed.position[low] !== position) return null;
  const candidates = [];
  for (let at = low * candidatesPer; at < (low + 1) * candidatesPer && packed.ids[at] !== NO_CANDIDATE; ++at) {
    candidates.push({ id: packed.ids[at], probability: packed.probabilities[at] });
  }
  return {
    step, position, candidates, entropy: packed.entropy[low], margin: packed.margin[low], logSumExp: packed.logSumExp[low],
    sampledId: packed.sampledId[low], sampledProbability: packed.sampledProbability[low], score: packed.score[low],
  };
}

// ---- frames: frame n is the canvas after step n

const histories = []; // by key: every event of the slot, with its step

function initialFrame() {
  const regions = [...run.canvas.regions];
  return {
    tokens: Int32Array.from(run.canvas.tokens),
    masked: Uint8Array.from(run.canvas.masked),
    regions,
    keys: Int32Array.from(run.canvas.tokens, (_, position) => position),
    textLength: regions.filter((region) => region !== "room").length,
    nextKey: slotCount,
  };
}

function shift(frame, position, inserts) {
  const last = slotCount - 1;
  for (const name of ["tokens", "masked", "regions", "keys"]) {
    const values = frame[name];
    if (inserts) for (let at = last; at > position; --at) values[at] = values[at - 1];
    else for (let at = position; at < last; ++at) values[at] = values[at + 1];
  }
  const place = inserts ? position : last;
  frame.tokens[place] = run.model.mask_id;
  frame.masked[place] = inserts ? 1 : 0;
  frame.regions[place] = inserts ? "answer" : "room";
  frame.keys[place] = frame.nextKey++;
  frame.textLength += inserts ? 1 : -1;
}

function applyEvent(frame, event) {
  const { position } = event;
  switch (event.kind) {
    case "insert": shift(frame, position, true); break;
    case "delete": shift(frame, position, false); break;
    case "pin": frame.regions[position] = "pinned"; break;
    case "unpin": frame.regions[position] = "answer"; break;
    case "prefer": break;
    default:
      frame.masked[position] = event.kind === "remask" ? 1 : 0;
      frame.tokens[position] = event.after;
  }
}

const copyOf = (frame) => ({
  tokens: frame.tokens.slice(), masked: frame.masked.slice(), regions: frame.regions.slice(), keys: frame.keys.slice(), textLength: frame.textLength,
  nextKey: frame.nextKey,
});

function nextFrame(before, step) {
  const frame = copyOf(before);
  for (const event of step.events) {
    const comes = event.kind === "insert";
    const going = comes ? 0 : frame.keys[event.position];
    applyEvent(frame, event);
    const key = comes ? frame.keys[event.position] : going;
    (histories[key] ??= []).push({ step: step.number, event });
  }
  return frame;
}

const frames = [initialFrame()];
for (const step of run.steps) frames.push(nextFrame(frames.at(-1), step));

const historyOf = (position, frame) => histories[frames[frame].keys[position]] ?? [];
const lastChange = (position, frame) => historyOf(position, frame).findLast((dated) => dated.step <= frame) ?? null;
// Of the slot that stands at `position` at `frame`, wherever it stood then.
function beliefOf(step, position, frame) {
  const then = frames[step - 1].keys.indexOf(frames[frame].keys[position]);
  return then < 0 ? null : beliefBefore(step, then);
}
// The last step at or before `frame` that asked the model; 0: none did. At a frame that a hand made, beliefs are as of this step.
function beliefStep(frame) {
  while (frame > 0 && run.steps[frame - 1].by_hand) --frame;
  return frame;
}
// What is believed about an open slot at `frame`; null: nothing was asked about it.
const beliefAt = (frame, position) => (beliefStep(frame) > 0 ? beliefOf(beliefStep(frame), position, frame) : null);
// The commit or edit that wrote what the slot holds.
const writingEvent = (position, frame) =>
  historyOf(position, frame).findLast(({ step, event }) => step <= frame && (event.kind === "commit" || event.kind === "edit")) ?? null;
const isByHand = (dated) => dated !== null && run.steps[dated.step - 1].by_hand;

// Open slots that a person wants to be committed next, in the order in which that was asked.
function preferredSlots(frame) {
  const slots = [];
  for (let step = 1; step <= frame; ++step) {
    if (!run.steps[step - 1].by_hand) continue;
    const canvas = copyOf(frames[step - 1]);
    for (const event of run.steps[step - 1].events) {
      const now = event.kind === "prefer" ? frames[frame].keys.indexOf(canvas.keys[event.position]) : -1;
      const waits = now >= 0 && frames[frame].masked[now] && lastChange(now, frame)?.event.kind === "prefer";
      if (waits && !slots.includes(now)) slots.push(now);
      applyEvent(canvas, event);
    }
  }
  return slots;
}

// Slots that the step of this frame deleted: by the position that stands behind the gap, textLength for the end.
function deletedSlots(frame) {
  let gaps = [];
  for (const event of frame === 0 ? [] : run.steps[frame - 1].events) {
    const { kind, position } = event;
    if (kind === "insert") gaps = gaps.map((at) => (at > position ? at + 1 : at));
    if (kind === "delete") gaps = [...gaps.map((at) => (at > position ? at - 1 : at)), position];
  }
  const counts = new Map();
  for (const at of gaps) counts.set(at, (counts.get(at) ?? 0) + 1);
  return counts;
}

// How far the belief about a slot moved in the step, in nats: the Kullback-Leibler divergence from the one before, over the outcomes that
// both list and all others taken as one: a lower bound (app/canvas/belief_shift.h). Null where one of the two was not asked.
const LEAST_SHARE = 1e-6;
function beliefShift(frame, position) {
  if (frame < 2 || run.steps[frame - 1].by_hand || beliefStep(frame - 1) === 0) return null;
  const before = beliefOf(beliefStep(frame - 1), position, frame);
  const now = beliefOf(frame, position, frame);
  if (!before || !now || before.candidates.length === 0) return null;
  const term = (share, earlier) => (share > 0 ? share * Math.log(share / Math.max(earlier, LEAST_SHARE)) : 0);
  const earlier = new Map(before.candidates.map(({ id, probability }) => [id, probability]));
  const both = now.candidates.filter(({ id }) => earlier.has(id));
  const rest = (shareOf) => Math.max(1 - both.reduce((sum, candidate) => sum + shareOf(candidate), 0), 0);
  const common = both.reduce((sum, { id, probability }) => sum + term(probability, earlier.get(id)), 0);
  return Math.max(common + term(rest(({ probability }) => probability), rest(({ id }) => earlier.get(id))), 0);
}

const maskedCount = (frame) => frames[frame].masked.reduce((sum, masked) => sum + masked, 0);
