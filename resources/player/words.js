"use strict";
// What the page says, in the reader's language: the first of the browser's languages that it knows, else English. English is the key;
// {0}, {1} are filled in. What the run recorded (tokens, names of settings) is nobody's to translate.

const WORDS = {
  de: {
    "REPLAY": "WIEDERGABE", "A recording: no model runs in this page": "Eine Aufzeichnung: In dieser Seite läuft kein Modell",
    "Dark or light": "Dunkel oder hell", "Dark": "Dunkel", "Light": "Hell", "Canvas and transport": "Leinwand und Abspielen", "Transport": "Abspielen",
    "First frame": "Erstes Bild", "First frame (Home)": "Erstes Bild (Pos1)", "One step back": "Einen Schritt zurück",
    "One step back (Left)": "Einen Schritt zurück (Links)", "Play": "Abspielen", "Pause": "Anhalten", "Play or pause (Space)": "Abspielen oder anhalten (Leertaste)",
    "One step on": "Einen Schritt weiter", "One step on (Right)": "Einen Schritt weiter (Rechts)", "Last frame": "Letztes Bild",
    "Last frame (End)": "Letztes Bild (Ende)", "Step": "Schritt", "Playback": "Tempo", "Playback speed, steps per second": "Tempo, Schritte pro Sekunde",
    "{0} steps/s": "{0} Schritte/s", "Fold end-of-text": "Textenden falten", "Entropy on 0–4 nats": "Entropie auf 0–4 Nats",
    "How far beliefs moved (KL)": "Wie weit Überzeugungen rückten (KL)", "Keys": "Tasten", "What is drawn": "Was gezeichnet wird", "Inspector": "Inspektor",
    "Settings of the run": "Einstellungen des Laufs", "Tags:": "Zeichen:", "measured by the run,": "vom Lauf gemessen,",
    "derived from measured numbers. Every number in this file has the bits that the run recorded; what you see is rounded to the digits shown.":
      "aus gemessenen Zahlen abgeleitet. Jede Zahl dieser Datei hat die Bits, die der Lauf aufgezeichnet hat; gezeigt ist sie auf die sichtbaren Stellen gerundet.",
    "not recorded": "nicht aufgezeichnet", "Candidates of step {0}": "Kandidaten des Schritts {0}", "all others": "alle anderen",
    "History of the slot": "Geschichte des Platzes", "Likeliest": "Bester", "p": "p", "Nats": "Nats", "Change": "Änderung", "{0} at {1} %": "{0} bei {1} %",
    "{0} by hand": "{0} von Hand",
    "commit": "festgelegt", "remask": "wieder maskiert", "edit": "geändert", "insert": "eingefügt", "delete": "entfernt", "pin": "angeheftet",
    "unpin": "gelöst", "prefer": "vorgezogen", "prompt": "Prompt", "answer": "Antwort", "pinned": "angeheftet", "room": "hinter dem Text",
    "Entropy": "Entropie", "{0} nats": "{0} Nats", "As many equal words": "So viele gleiche Wörter", "Margin p1 − p2": "Abstand p1 − p2", "Drawn": "Gezogen",
    "p of the drawn": "p des Gezogenen", "{0} %": "{0} %", "Score": "Wertung", "not eligible in this step": "in diesem Schritt nicht wählbar",
    "Moved since step {0} (KL, at least)": "Gerückt seit Schritt {0} (KL, mindestens)",
    "Choose a slot: its candidates, their probabilities and its history appear here.":
      "Wählen Sie einen Platz: Hier erscheinen seine Kandidaten, ihre Wahrscheinlichkeiten und seine Geschichte.",
    "State": "Zustand", "Region": "Bereich", "Token id": "Token-Nummer", "Bytes": "Bytes",
    "No step that led to this frame was asked about this slot.": "Kein Schritt bis zu diesem Bild wurde nach diesem Platz gefragt.",
    "made by hand; no pass": "von Hand; kein Durchlauf", "Time of the step": "Dauer des Schritts", "{0} ms": "{0} ms", "Forward passes": "Durchläufe",
    "Rows computed": "Berechnete Zeilen", "Mean entropy": "Mittlere Entropie", "running": "läuft", "complete": "vollständig", "stopped": "angehalten",
    "failed": "gescheitert", "Steps: {0}": "Schritte: {0}", "weights": "Gewichte",
    "Positions {0} to {1}: {2} end-of-text, {3} masked": "Positionen {0} bis {1}: {2} Textenden, {3} maskiert", "Position {0}": "Position {0}",
    "Row {0}, column {1}": "Zeile {0}, Spalte {1}", "{0} percent": "{0} Prozent", "{0}, behind the text": "{0}, hinter dem Text", "{0}, masked": "{0}, maskiert",
    "{0}, masked, best guess {1} {2}": "{0}, maskiert, beste Vermutung {1} {2}", "{0}, prompt token {1}, locked": "{0}, Token des Prompts {1}, fest",
    "{0}, token {1}, locked": "{0}, Token {1}, fest", "{0}, token {1}, written by hand at step {2}{3}": "{0}, Token {1}, von Hand geschrieben in Schritt {2}{3}",
    "{0}, token {1}, changed at step {2}{3}": "{0}, Token {1}, geändert in Schritt {2}{3}",
    "{0}, token {1}, committed at step {2}{3}": "{0}, Token {1}, festgelegt in Schritt {2}{3}", " at {0}": " bei {0}",
    "{0}, inserted in this step": "{0}, in diesem Schritt eingefügt", "{0}, slots deleted in front of it: {1}": "{0}, davor entfernte Plätze: {1}",
    "{0}, slots deleted behind it: {1}": "{0}, dahinter entfernte Plätze: {1}", "{0}, to be committed as number {1}": "{0}, als Nummer {1} festzulegen",
    "Before the first step. {0} masked.": "Vor dem ersten Schritt. {0} maskiert.",
    "Step {0} of {1}. {2} committed, {3} masked": "Schritt {0} von {1}. {2} festgelegt, {3} maskiert",
    ", {0} remasked": ", {0} wieder maskiert", ", {0} edited": ", {0} geändert", ", {0} inserted": ", {0} eingefügt", ", {0} deleted": ", {0} entfernt",
    " Made by hand.": " Von Hand.", "Canvas, step {0} of {1}, {2} masked": "Leinwand, Schritt {0} von {1}, {2} maskiert",
    "{0} of {1} slots of the answer are masked": "{0} von {1} Plätzen der Antwort sind maskiert",
    "end of text": "Textende", "line break": "Zeilenumbruch", "tab": "Tabulator", "space": "Leerzeichen", "byte {0}": "Byte {0}", "empty token": "leeres Token",
    "Space, K": "Leertaste, K", "play, pause": "abspielen, anhalten", "Right, .": "Rechts, .", "one step on": "einen Schritt weiter", "Left, ,": "Links, ,",
    "one step back": "einen Schritt zurück", "Shift+Right, Shift+Left": "Umschalt+Rechts, Umschalt+Links", "ten steps": "zehn Schritte",
    "Ctrl+Right, Ctrl+Left": "Strg+Rechts, Strg+Links", "next, previous event": "nächstes, voriges Ereignis", "Page Down, Page Up": "Bild ab, Bild auf",
    "next, previous block": "nächster, voriger Block", "Home, End": "Pos1, Ende", "first, last frame": "erstes, letztes Bild", "[, ], \\": "[, ], \\",
    "slower, faster, 3 steps/s": "langsamer, schneller, 3 Schritte/s", "J, L": "J, L", "play backward, forward": "rückwärts, vorwärts abspielen", "Tab, then arrows": "Tab, dann Pfeile",
    "in the canvas: choose a slot": "in der Leinwand: einen Platz wählen", "Esc": "Esc", "choose none": "keinen wählen",
    "blurred word": "unscharfes Wort", "a masked slot's likeliest token, if it has 10 % or more: stronger with p, sharper with p1 − p2":
      "wahrscheinlichstes Token eines maskierten Platzes ab 10 %: kräftiger mit p, schärfer mit p1 − p2", "⬡": "⬡",
    "a masked slot without such a guess": "ein maskierter Platz ohne solche Vermutung", "small words, lines": "kleine Wörter, Linien",
    "exp(entropy) words still live here; each part of the face is as wide as its probability":
      "exp(Entropie) Wörter leben hier noch; jeder Teil der Fläche ist so breit wie seine Wahrscheinlichkeit", "lightness": "Helligkeit",
    "entropy of the slot's distribution": "Entropie der Verteilung des Platzes", "strong outline": "starker Umriss", "committed in this step": "in diesem Schritt festgelegt",
    "corner": "Ecke", "probability at the commit, in four sizes": "Wahrscheinlichkeit beim Festlegen, in vier Größen", "dashes, ⚡": "Striche, ⚡",
    "remasked or edited in this step; how often so far": "in diesem Schritt wieder maskiert oder geändert; wie oft bisher", "lock, square corners": "Schloss, eckig",
    "prompt or pinned": "Prompt oder angeheftet", "▣": "▣", "dimmed": "blass", "may not be committed in this step": "darf in diesem Schritt nicht festgelegt werden",
    "column": "Säule", "masked share of the answer": "maskierter Anteil der Antwort", "✎": "✎", "made what it is by hand": "von Hand zu dem gemacht, was es ist", "#1": "#1",
    "preferred by hand: committed in this order": "von Hand vorgezogen: in dieser Reihenfolge festgelegt", "double outline, +": "doppelter Umriss, +",
    "inserted in this step": "in diesem Schritt eingefügt", "−1": "−1", "slots deleted here in this step": "in diesem Schritt hier entfernte Plätze",
    "strip above a slot": "Streifen über einem Platz",
    "KL divergence from the belief of the step before, over the recorded candidates: a lower bound; full from 2 nats on":
      "KL-Divergenz von der Überzeugung des Schritts davor, über die aufgezeichneten Kandidaten: eine untere Schranke; voll ab 2 Nats",
  },
  zh: {
    "REPLAY": "回放", "A recording: no model runs in this page": "这是录制内容：本页不运行任何模型", "Dark or light": "深色或浅色", "Dark": "深色", "Light": "浅色",
    "Canvas and transport": "画布与播放控制", "Transport": "播放控制", "First frame": "第一帧", "First frame (Home)": "第一帧 (Home)", "One step back": "后退一步",
    "One step back (Left)": "后退一步 (←)", "Play": "播放", "Pause": "暂停", "Play or pause (Space)": "播放或暂停 (空格)", "One step on": "前进一步",
    "One step on (Right)": "前进一步 (→)", "Last frame": "最后一帧", "Last frame (End)": "最后一帧 (End)", "Step": "步", "Playback": "速度",
    "Playback speed, steps per second": "播放速度，每秒步数", "{0} steps/s": "{0} 步/秒", "Fold end-of-text": "折叠文本结束符", "Entropy on 0–4 nats": "熵以 0–4 奈特显示",
    "How far beliefs moved (KL)": "信念移动了多少 (KL)", "Keys": "按键", "What is drawn": "图例", "Inspector": "检查器", "Settings of the run": "运行设置", "Tags:": "标记：",
    "measured by the run,": "运行时测得，",
    "derived from measured numbers. Every number in this file has the bits that the run recorded; what you see is rounded to the digits shown.":
      "由测得的数值推导。本文件中的每个数都保留运行记录的全部比特；显示时按可见位数舍入。",
    "not recorded": "未记录", "Candidates of step {0}": "第 {0} 步的候选", "all others": "其余全部", "History of the slot": "该位置的历史", "Likeliest": "最可能", "p": "p",
    "Nats": "奈特", "Change": "变化", "{0} at {1} %": "{0}，{1} %", "{0} by hand": "手动{0}", "commit": "确定", "remask": "重新遮蔽", "edit": "修改", "insert": "插入", "delete": "删除", "pin": "固定",
    "unpin": "取消固定", "prefer": "优先", "prompt": "提示", "answer": "回答", "pinned": "已固定", "room": "文本之后", "Entropy": "熵", "{0} nats": "{0} 奈特",
    "As many equal words": "相当于等概率词数", "Margin p1 − p2": "差距 p1 − p2", "Drawn": "抽取", "p of the drawn": "抽取词的 p", "{0} %": "{0} %", "Score": "评分",
    "not eligible in this step": "本步不可选", "Moved since step {0} (KL, at least)": "自第 {0} 步以来的移动（KL，至少）",
    "Choose a slot: its candidates, their probabilities and its history appear here.": "选择一个位置：这里会显示其候选、概率和历史。", "State": "状态",
    "Region": "区域", "Token id": "词元编号", "Bytes": "字节", "No step that led to this frame was asked about this slot.": "到这一帧为止，没有任何一步询问过该位置。",
    "made by hand; no pass": "手动完成；无前向计算", "Time of the step": "本步用时", "{0} ms": "{0} 毫秒", "Forward passes": "前向次数", "Rows computed": "计算的行数",
    "Mean entropy": "平均熵", "running": "运行中", "complete": "已完成", "stopped": "已停止", "failed": "失败", "Steps: {0}": "步数：{0}", "weights": "权重",
    "Positions {0} to {1}: {2} end-of-text, {3} masked": "位置 {0} 至 {1}：{2} 个文本结束符，{3} 个被遮蔽", "Position {0}": "位置 {0}", "Row {0}, column {1}": "第 {0} 行，第 {1} 列",
    "{0} percent": "百分之 {0}", "{0}, behind the text": "{0}，文本之后", "{0}, masked": "{0}，被遮蔽", "{0}, masked, best guess {1} {2}": "{0}，被遮蔽，最佳猜测 {1} {2}",
    "{0}, prompt token {1}, locked": "{0}，提示词元 {1}，已锁定", "{0}, token {1}, locked": "{0}，词元 {1}，已锁定",
    "{0}, token {1}, written by hand at step {2}{3}": "{0}，词元 {1}，第 {2} 步手动写入{3}", "{0}, token {1}, changed at step {2}{3}": "{0}，词元 {1}，第 {2} 步修改{3}",
    "{0}, token {1}, committed at step {2}{3}": "{0}，词元 {1}，第 {2} 步确定{3}", " at {0}": "，{0}", "{0}, inserted in this step": "{0}，本步插入",
    "{0}, slots deleted in front of it: {1}": "{0}，其前删除的位置数：{1}", "{0}, slots deleted behind it: {1}": "{0}，其后删除的位置数：{1}",
    "{0}, to be committed as number {1}": "{0}，将第 {1} 个确定", "Before the first step. {0} masked.": "第一步之前。{0} 个被遮蔽。",
    "Step {0} of {1}. {2} committed, {3} masked": "第 {0} 步，共 {1} 步。{2} 个已确定，{3} 个被遮蔽", ", {0} remasked": "，{0} 个重新遮蔽", ", {0} edited": "，{0} 个修改",
    ", {0} inserted": "，{0} 个插入", ", {0} deleted": "，{0} 个删除", " Made by hand.": " 手动完成。", "Canvas, step {0} of {1}, {2} masked": "画布，第 {0} 步，共 {1} 步，{2} 个被遮蔽",
    "{0} of {1} slots of the answer are masked": "回答的 {1} 个位置中有 {0} 个被遮蔽", "end of text": "文本结束符", "line break": "换行", "tab": "制表符", "space": "空格",
    "byte {0}": "字节 {0}", "empty token": "空词元", "Space, K": "空格，K", "play, pause": "播放，暂停", "Right, .": "→，.", "one step on": "前进一步", "Left, ,": "←，,",
    "one step back": "后退一步", "Shift+Right, Shift+Left": "Shift+→，Shift+←", "ten steps": "十步", "Ctrl+Right, Ctrl+Left": "Ctrl+→，Ctrl+←",
    "next, previous event": "下一个、上一个事件", "Page Down, Page Up": "Page Down，Page Up", "next, previous block": "下一块、上一块", "Home, End": "Home，End",
    "first, last frame": "第一帧、最后一帧", "[, ], \\": "[、]、\\", "slower, faster, 3 steps/s": "更慢、更快、3 步/秒", "J, L": "J，L", "play backward, forward": "倒放、正放",
    "Tab, then arrows": "Tab，然后方向键", "in the canvas: choose a slot": "在画布中：选择位置", "Esc": "Esc", "choose none": "取消选择", "blurred word": "模糊的词",
    "a masked slot's likeliest token, if it has 10 % or more: stronger with p, sharper with p1 − p2": "被遮蔽位置最可能的词元（不低于 10 %）：p 越大越浓，p1 − p2 越大越清晰",
    "⬡": "⬡", "a masked slot without such a guess": "没有这种猜测的被遮蔽位置", "small words, lines": "小词、线条",
    "exp(entropy) words still live here; each part of the face is as wide as its probability": "此处仍有 exp(熵) 个词；面的每一部分宽度等于其概率", "lightness": "明度",
    "entropy of the slot's distribution": "该位置分布的熵", "strong outline": "粗轮廓", "committed in this step": "本步确定", "corner": "角标",
    "probability at the commit, in four sizes": "确定时的概率，分四种大小", "dashes, ⚡": "虚线、⚡", "remasked or edited in this step; how often so far": "本步重新遮蔽或修改；迄今次数",
    "lock, square corners": "锁、直角", "prompt or pinned": "提示或已固定", "▣": "▣", "dimmed": "变淡", "may not be committed in this step": "本步不可确定", "column": "竖条",
    "masked share of the answer": "回答中被遮蔽的比例", "✎": "✎", "made what it is by hand": "由人手动改成", "#1": "#1", "preferred by hand: committed in this order": "手动优先：按此顺序确定",
    "double outline, +": "双轮廓、+", "inserted in this step": "本步插入", "−1": "−1", "slots deleted here in this step": "本步在此删除的位置", "strip above a slot": "位置上方的条",
    "KL divergence from the belief of the step before, over the recorded candidates: a lower bound; full from 2 nats on":
      "与上一步信念的 KL 散度，仅在已记录的候选上：为下界；自 2 奈特起为满格",
  },
};

const language = (() => {
  const wished = (navigator.languages ?? [navigator.language]).map((name) => name.toLowerCase().split("-")[0]);
  return wished.find((name) => name === "en" || name in WORDS) ?? "en";
})();
const untranslated = new Set(); // what a language lacks is shown in English

function tr(english, ...values) {
  const words = language === "en" ? english : WORDS[language][english];
  if (words === undefined) untranslated.add(english);
  return (words ?? english).replace(/\{(\d)\}/g, (_, place) => values[place]);
}

const fixed = (value, count) => (language === "de" ? value.toFixed(count).replace(".", ",") : value.toFixed(count));

// The words that stand in the page itself, but for the name of the file, which is foreign text.
function translatePage() {
  document.documentElement.lang = language === "zh" ? "zh-Hans" : language;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node instanceof Element && (node.id === "file" || ["SCRIPT", "NOSCRIPT"].includes(node.tagName)) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node instanceof Element) {
      for (const name of ["title", "aria-label"]) if (node.getAttribute(name)) node.setAttribute(name, tr(node.getAttribute(name)));
      continue;
    }
    const text = node.data.replace(/\s+/g, " ").trim();
    if (/\p{L}{2}/u.test(text)) node.data = node.data.replace(/\S[^]*\S/, () => tr(text));
  }
}
