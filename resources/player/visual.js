"use strict";
// What of a slot is drawn, as numbers, each from a field of the run: the bindings of the desktop's canvas (app/canvas/README.md).

const LEAST_DRAWN = 0.1; // a likeliest candidate below it is not drawn: the slot shows the mask mark
const FULL_SHIFT = 2; // nats
const YOUNG_STEPS = 2;
const SETTLED_STEPS = 8;
const DETAIL_NATS = 4;
const LEAST_FOLD = 4;

const ghostOpacity = (probability) => 0.15 + 0.7 * probability;
const fillOf = (entropy, detail) =>
  Math.min(Math.max(entropy / (detail ? DETAIL_NATS : Math.log(Math.max(run.model.vocabulary, 2))), 0), 1);
// The word for exp(H) is "how many words still live here".
const shardCount = (entropy, recorded) => Math.min(Math.max(Math.round(Math.exp(entropy)), 1), recorded);
const notchClass = (probability) => Math.min(1 + Math.floor(Math.max(probability, 0) * 4), 4);

function ageClass(age) {
  if (age <= YOUNG_STEPS) return "young";
  return age <= SETTLED_STEPS ? "settled" : "old";
}

function addBelief(visual, belief, detail) {
  visual.belief = belief;
  visual.fill = fillOf(belief.entropy, detail);
  visual.blur = Math.min(Math.max(1 - belief.margin, 0), 1);
  visual.shards = shardCount(belief.entropy, belief.candidates.length);
  visual.guessed = belief.candidates[0].probability >= LEAST_DRAWN;
}

const isRevision = (kind) => kind === "remask" || kind === "edit";

function visualAt(frame, position, detail) {
  const canvas = frames[frame];
  const visual = { region: canvas.regions[position], open: canvas.masked[position] === 1, token: canvas.tokens[position], shards: 0 };
  if (visual.region === "room") return visual;
  const change = lastChange(position, frame);
  visual.byHand = isByHand(change);
  visual.inserted = change !== null && change.step === frame && historyOf(position, frame).some(({ step, event }) => step === frame && event.kind === "insert");
  visual.revisions = historyOf(position, frame).filter((dated) => dated.step <= frame && isRevision(dated.event.kind)).length;
  visual.changedNow = change !== null && change.step === frame ? change.event.kind : "";
  visual.eligible = true;
  if (visual.open) {
    const belief = beliefAt(frame, position);
    // A step that a hand made asked nothing, and says nothing about who may be committed.
    if (frame > 0 && !run.steps[frame - 1].by_hand) {
      visual.eligible = (belief === null ? position : belief.position) < run.steps[frame - 1].eligible[1];
    }
    if (belief !== null && belief.candidates.length > 0) addBelief(visual, belief, detail);
    visual.shift = beliefShift(frame, position);
    return visual;
  }
  visual.end = isEnd(visual.token);
  visual.control = pieceOf(visual.token).control;
  const writing = writingEvent(position, frame);
  if (writing !== null) {
    visual.age = ageClass(frame - writing.step);
    visual.probability = writing.event.probability;
    visual.notch = visual.probability === null ? 0 : notchClass(visual.probability);
  }
  return visual;
}

// ---- words

const decoder = new TextDecoder("utf-8", { fatal: true });

// Parts of a token: text, or { byte } for what is no text, or { symbol, name }.
function partsOf(id) {
  if (isEnd(id)) return [{ symbol: "▣", name: tr("end of text") }];
  const bytes = bytesOf(pieceOf(id));
  const parts = [];
  const addText = (text) => (typeof parts.at(-1) === "string" ? (parts[parts.length - 1] += text) : parts.push(text));
  for (let at = 0; at < bytes.length; ) {
    const character = characterAt(bytes, at);
    if (character === null || (character < " " && character !== "\n" && character !== "\t") || character === "\x7f") {
      parts.push({ byte: bytes[at] });
      ++at;
      continue;
    }
    if (character === "\n") parts.push({ symbol: "↵", name: tr("line break") });
    else if (character === "\t") parts.push({ symbol: "⇥", name: tr("tab") });
    else addText(character);
    at += new TextEncoder().encode(character).length;
  }
  if (parts.length === 1 && typeof parts[0] === "string" && /^ +$/.test(parts[0])) return [{ symbol: "␣".repeat(parts[0].length), name: tr("space") }];
  return parts;
}

function characterAt(bytes, at) {
  const lead = bytes[at];
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  try {
    return decoder.decode(bytes.subarray(at, at + length));
  } catch {
    return null;
  }
}

const leadingSpace = (id) => typeof partsOf(id)[0] === "string" && partsOf(id)[0].startsWith(" ");
const endsRow = (id) => !isEnd(id) && bytesOf(pieceOf(id)).includes(10);

// Fills an element; token bytes are foreign, and only ever become text nodes.
function showToken(element, id) {
  element.replaceChildren();
  const parts = partsOf(id);
  parts.forEach((part, index) => {
    if (typeof part === "string") {
      element.append(index === 0 && part.length > 1 ? part.replace(/^ /, "") : part);
    } else if (part.byte !== undefined) {
      element.append(elementOf("span", "byte", part.byte.toString(16).toUpperCase().padStart(2, "0")));
    } else {
      element.append(part.symbol);
    }
  });
}

function spokenToken(id) {
  const words = partsOf(id).map((part) => (typeof part === "string" ? part.trim() : part.name ?? tr("byte {0}", part.byte.toString(16).toUpperCase())));
  return words.join(" ").trim() || tr("empty token");
}

function elementOf(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== "") element.textContent = text;
  return element;
}
