<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en_US">
<context>
    <name>crystallite</name>
    <message>
        <source>Answer ended at %1 of %2</source>
        <translation>Antwort endete bei %1 von %2</translation>
    </message>
    <message>
        <source>No end of text: the answer fills all %1 slots; a greater length gives it room</source>
        <translation>Kein Textende: die Antwort füllt alle %1 Plätze; eine größere Länge gibt ihr Raum</translation>
    </message>
    <message>
        <source>%1 – step %2</source>
        <translation>%1 – Schritt %2</translation>
    </message>
    <message>
        <source>1 pass</source>
        <translation>1 Durchgang</translation>
    </message>
    <message>
        <source>%1 passes</source>
        <translation>%1 Durchgänge</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1, about %2</source>
        <translation>%1, etwa %2</translation>
    </message>
    <message>
        <source>Crystallite traces (*.crystal);;All files (*)</source>
        <translation>Crystallite-Aufzeichnungen (*.crystal);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Presets (*.json);;All files (*)</source>
        <translation>Vorlagen (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Unsaved run</source>
        <translation>Ungesicherter Lauf</translation>
    </message>
    <message>
        <source>This run is not saved.</source>
        <translation>Dieser Lauf ist nicht gesichert.</translation>
    </message>
    <message>
        <source>Save it as a trace to step through it again later?</source>
        <translation>Als Aufzeichnung sichern, um ihn später wieder Schritt für Schritt anzusehen?</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Open trace</source>
        <translation>Aufzeichnung öffnen</translation>
    </message>
    <message>
        <source>Save trace</source>
        <translation>Aufzeichnung sichern</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Choose a model file</source>
        <translation>Eine Modelldatei wählen</translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors config.json);;All files (*)</source>
        <translation>Modelle (*.gguf *.safetensors config.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation>Einen Modellordner wählen</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>Vorlagen importieren</translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation>Vorlagen exportieren</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be read (%2); check its permissions.</source>
        <translation>„%1“ kann nicht gelesen werden (%2); die Rechte prüfen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is neither a trace, a model nor a text in UTF-8; drop one of these.</source>
        <translation>„%1“ ist weder eine Aufzeichnung noch ein Modell noch ein Text in UTF-8; eines davon ablegen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is longer than the %2 KiB that a prompt can have; drop a shorter text.</source>
        <translation>„%1“ ist länger als die %2 KiB, die ein Prompt haben kann; einen kürzeren Text ablegen.</translation>
    </message>
    <message>
        <source>Only a trace, a model or a text can be dropped here.</source>
        <translation>Nur eine Aufzeichnung, ein Modell oder ein Text kann hier abgelegt werden.</translation>
    </message>
    <message>
        <source>One file can be dropped at a time; these are %1.</source>
        <translation>Es kann nur eine Datei auf einmal abgelegt werden; dies sind %1.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a file of this computer; save it here and drop it again.</source>
        <translation>„%1“ ist keine Datei dieses Rechners; hier sichern und noch einmal ablegen.</translation>
    </message>
    <message>
        <source>Type a step (12 or s12) or a position (p40).</source>
        <translation>Einen Schritt (12 oder s12) oder eine Position (p40) eintippen.</translation>
    </message>
    <message>
        <source>“%1” is neither a step (12 or s12) nor a position (p40).</source>
        <translation>„%1“ ist weder ein Schritt (12 oder s12) noch eine Position (p40).</translation>
    </message>
    <message>
        <source>There is no step %1; this run has steps 0 to %2.</source>
        <translation>Es gibt keinen Schritt %1; dieser Lauf hat die Schritte 0 bis %2.</translation>
    </message>
    <message>
        <source>There is no position %1; the text has positions 1 to %2.</source>
        <translation>Es gibt keine Position %1; der Text hat die Positionen 1 bis %2.</translation>
    </message>
    <message>
        <source>positions %1 to %2</source>
        <translation>Positionen %1 bis %2</translation>
    </message>
    <message>
        <source>There is no slot here: the text ends at position %1.</source>
        <translation>Hier ist kein Platz: der Text endet bei Position %1.</translation>
    </message>
    <message>
        <source>Position %1 is part of the prompt, which stays as it was given.</source>
        <translation>Position %1 gehört zum Prompt, der bleibt, wie er vorgegeben wurde.</translation>
    </message>
    <message>
        <source>Position %1 has no guess to pin yet; type words there with T, or compute a step first.</source>
        <translation>Position %1 hat noch keine Vermutung, die sich anheften ließe; dort mit T Wörter eintippen oder zuerst einen Schritt berechnen.</translation>
    </message>
    <message>
        <source>unpin %1at %2</source>
        <translation>%1an %2 lösen</translation>
    </message>
    <message>
        <source>pin %1at %2</source>
        <translation>%1an %2 anheften</translation>
    </message>
    <message>
        <source>remask %1at %2</source>
        <translation>%1an %2 neu maskieren</translation>
    </message>
    <message>
        <source>Nothing to remask: %1 is masked already.</source>
        <translation>Nichts neu zu maskieren: %1 ist schon maskiert.</translation>
    </message>
    <message>
        <source>Type at least one word.</source>
        <translation>Mindestens ein Wort eintippen.</translation>
    </message>
    <message>
        <source>The words need %1 slots, but from here there is only 1; shorten them or start further left.</source>
        <translation>Die Wörter brauchen %1 Plätze, aber ab hier gibt es nur einen; sie kürzen oder weiter links beginnen.</translation>
    </message>
    <message>
        <source>The words need %1 slots, but from here there are only %2; shorten them or start further left.</source>
        <translation>Die Wörter brauchen %1 Plätze, aber ab hier gibt es nur %2; sie kürzen oder weiter links beginnen.</translation>
    </message>
    <message>
        <source>write %1 at %2</source>
        <translation>%1 an %2 schreiben</translation>
    </message>
    <message>
        <source>These words are pinned here already.</source>
        <translation>Diese Wörter sind hier schon angeheftet.</translation>
    </message>
    <message>
        <source>choose %1 at %2</source>
        <translation>%1an %2 wählen</translation>
    </message>
    <message>
        <source>%1 stands there already.</source>
        <translation>%1 steht schon dort.</translation>
    </message>
    <message>
        <source>commit %1 next</source>
        <translation>%1 als nächstes festlegen</translation>
    </message>
    <message>
        <source>It is in the queue already; undo takes it out.</source>
        <translation>Er steht schon in der Warteschlange; „Rückgängig“ nimmt ihn heraus.</translation>
    </message>
    <message>
        <source>Only an open slot can be committed next; remask this one first.</source>
        <translation>Nur ein offener Platz kann als nächstes festgelegt werden; diesen zuerst neu maskieren.</translation>
    </message>
    <message>
        <source>A board has the cells that it has: none can be inserted.</source>
        <translation>Ein Spielfeld hat die Felder, die es hat: keines lässt sich einfügen.</translation>
    </message>
    <message>
        <source>A slot can be inserted behind the prompt and up to the end of the text, which is position %1.</source>
        <translation>Ein Platz lässt sich hinter dem Prompt und bis zum Ende des Textes einfügen, das ist Position %1.</translation>
    </message>
    <message>
        <source>insert a slot at position %1</source>
        <translation>einen Platz an Position %1 einfügen</translation>
    </message>
    <message>
        <source>A board has the cells that it has: none can be deleted.</source>
        <translation>Ein Spielfeld hat die Felder, die es hat: keines lässt sich löschen.</translation>
    </message>
    <message>
        <source>That would delete every slot of the answer; leave at least one.</source>
        <translation>Das würde jeden Platz der Antwort löschen; mindestens einen übrig lassen.</translation>
    </message>
    <message>
        <source>delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 und %2 weitere</translation>
    </message>
    <message>
        <source>every slot sees its block of %1 and those before it</source>
        <translation>jeder Platz sieht seinen Block von %1 und die davor</translation>
    </message>
    <message>
        <source>causal</source>
        <translation>kausal</translation>
    </message>
    <message>
        <source>every slot sees every slot</source>
        <translation>jeder Platz sieht jeden Platz</translation>
    </message>
    <message>
        <source>denoises block after block</source>
        <translation>entrauscht Block für Block</translation>
    </message>
    <message>
        <source>writes from left to right</source>
        <translation>schreibt von links nach rechts</translation>
    </message>
    <message>
        <source>denoises in any order</source>
        <translation>entrauscht in beliebiger Reihenfolge</translation>
    </message>
    <message>
        <source>%1 heads of %2</source>
        <translation>%1 Köpfe von %2</translation>
    </message>
    <message>
        <source>%1 key/value heads</source>
        <translation>%1 Schlüssel/Wert-Köpfe</translation>
    </message>
    <message>
        <source>biases</source>
        <translation>Biases</translation>
    </message>
    <message>
        <source>normed queries and keys</source>
        <translation>normierte Anfragen und Schlüssel</translation>
    </message>
    <message>
        <source>a learned table</source>
        <translation>eine gelernte Tabelle</translation>
    </message>
    <message>
        <source>RoPE over %1 dimensions, theta %2, %3 pairs</source>
        <translation>RoPE über %1 Dimensionen, Theta %2, %3 Paare</translation>
    </message>
    <message>
        <source>interleaved</source>
        <translation>verschränkte</translation>
    </message>
    <message>
        <source>half-split</source>
        <translation>halb geteilte</translation>
    </message>
    <message>
        <source>up to %1 slots</source>
        <translation>bis zu %1 Plätze</translation>
    </message>
    <message>
        <source>%1: %2 tensors, %3</source>
        <translation>%1: %2 Tensoren, %3</translation>
    </message>
    <message>
        <source>no chat template</source>
        <translation>keine Chatvorlage</translation>
    </message>
    <message>
        <source>none of the known ones</source>
        <translation>keine der bekannten</translation>
    </message>
    <message>
        <source>%1 of width %2</source>
        <translation>%1 der Breite %2</translation>
    </message>
    <message>
        <source>%1 of width %2, feed-forward %3</source>
        <translation>%1 der Breite %2, Feed-Forward %3</translation>
    </message>
    <message>
        <source>%1 (GELU)</source>
        <translation>%1 (GELU)</translation>
    </message>
    <message>
        <source>every slot asks %1 of %2 experts of width %3</source>
        <translation>jeder Platz fragt %1 von %2 Experten der Breite %3</translation>
    </message>
    <message>
        <source>and shared ones of width %1</source>
        <translation>und gemeinsame der Breite %1</translation>
    </message>
    <message>
        <source>none in the first %1 layers</source>
        <translation>keine in den ersten %1 Schichten</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>%1, stored as %2</source>
        <translation>%1, gespeichert als %2</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>Norm</translation>
    </message>
    <message>
        <source>%1, epsilon %2</source>
        <translation>%1, Epsilon %2</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>Positionen</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>Leinwand</translation>
    </message>
    <message>
        <source>a board of %1 rows and %2 columns in boxes of %3 × %4</source>
        <translation>ein Spielfeld aus %1 Zeilen und %2 Spalten in Kästen von %3 × %4</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>%1 tokens, tied output head</source>
        <translation>%1 Token, gekoppelter Ausgabekopf</translation>
    </message>
    <message>
        <source>%1 tokens, an output head of its own</source>
        <translation>%1 Token, ein eigener Ausgabekopf</translation>
    </message>
    <message>
        <source>Special ids</source>
        <translation>Besondere Ids</translation>
    </message>
    <message>
        <source>mask %1; end %2; never emitted %3</source>
        <translation>Maske %1; Ende %2; nie ausgegeben %3</translation>
    </message>
    <message>
        <source>no mask, open slots show %1; end %2; never emitted %3</source>
        <translation>keine Maske, offene Plätze zeigen %1; Ende %2; nie ausgegeben %3</translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation>Vorhersage</translation>
    </message>
    <message>
        <source>row i predicts position %1; %2</source>
        <translation>Zeile i sagt Position %1 voraus; %2</translation>
    </message>
    <message>
        <source>CPU in BF16, approximate, %1 threads</source>
        <translation>CPU in BF16, genähert, %1 Threads</translation>
    </message>
    <message>
        <source>CPU, %1 threads</source>
        <translation>CPU, %1 Threads</translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation>%1 Parameter</translation>
    </message>
    <message>
        <source>, splitting %1</source>
        <translation>, Zerlegung %1</translation>
    </message>
    <message>
        <source>, %1 tokens</source>
        <translation>, %1 Token</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>Tokenizer</translation>
    </message>
    <message>
        <source>, %1 merges</source>
        <translation>, %1 Merges</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>Chatvorlage</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>Strategien</translation>
    </message>
    <message>
        <source>%1 of %2 on %3</source>
        <translation>%1 von %2 auf %3</translation>
    </message>
    <message>
        <source>the processor</source>
        <translation>der Prozessor</translation>
    </message>
    <message>
        <source>%1: fits</source>
        <translation>%1: passt</translation>
    </message>
    <message>
        <source>%1: does not fit</source>
        <translation>%1: passt nicht</translation>
    </message>
    <message>
        <source>Layers %1 to %2: %3</source>
        <translation>Schichten %1 bis %2: %3</translation>
    </message>
    <message>
        <source>%1 of weights, %2 to work on %3 slots, %4 of margin</source>
        <translation>%1 für Gewichte, %2 zum Rechnen mit %3 Plätzen, %4 Reserve</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>denoises %1</source>
        <translation>entrauscht %1</translation>
    </message>
    <message>
        <source>refreshes %1</source>
        <translation>erneuert %1</translation>
    </message>
    <message>
        <source>prefills %1</source>
        <translation>füllt %1 vor</translation>
    </message>
    <message>
        <source>commits %1</source>
        <translation>schreibt %1 fest</translation>
    </message>
    <message>
        <source>%1 (approximate)</source>
        <translation>%1 (genähert)</translation>
    </message>
    <message>
        <source>Every pass computes every row that it needs</source>
        <translation>Jeder Durchgang berechnet jede Zeile, die er braucht</translation>
    </message>
    <message>
        <source>Keeps what is finished; the answer is the same to the last token, and comes sooner</source>
        <translation>Behält, was fertig ist; die Antwort ist bis zum letzten Token dieselbe und kommt früher</translation>
    </message>
    <message>
        <source>Keeps what stands before the block as it was when the block began; the answer may be another one</source>
        <translation>Behält, was vor dem Block steht, wie es bei dessen Beginn war; die Antwort kann eine andere sein</translation>
    </message>
    <message>
        <source>Keeps what stands before and behind the block as it was when the block began; the answer may be another one</source>
        <translation>Behält, was vor und hinter dem Block steht, wie es bei dessen Beginn war; die Antwort kann eine andere sein</translation>
    </message>
    <message>
        <source>Keeps what is finished and, inside a block, its other parts as they were; the answer may be another one</source>
        <translation>Behält, was fertig ist, und innerhalb eines Blocks dessen andere Teile, wie sie waren; die Antwort kann eine andere sein</translation>
    </message>
    <message>
        <source>no pass</source>
        <translation>kein Durchgang</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Tokens are drawn from the fewest that have this probability together; 1: from all</source>
        <translation>Token werden aus den wenigsten gezogen, die zusammen diese Wahrscheinlichkeit haben; 1: aus allen</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Tokens are drawn from so many of the most probable; 0: from all</source>
        <translation>Token werden aus so vielen der wahrscheinlichsten gezogen; 0: aus allen</translation>
    </message>
    <message>
        <source>Order noise</source>
        <translation>Rauschen der Reihenfolge</translation>
    </message>
    <message>
        <source>Lets chance speak in the order of the slots; 0: never</source>
        <translation>Lässt den Zufall bei der Reihenfolge der Plätze mitreden; 0: nie</translation>
    </message>
    <message>
        <source>Last time</source>
        <translation>Letzte Zeit</translation>
    </message>
    <message>
        <source>The time at which the last step ends</source>
        <translation>Die Zeit, zu der der letzte Schritt endet</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>The probability from which a token is sure</source>
        <translation>Die Wahrscheinlichkeit, ab der ein Token sicher ist</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>How bold it is to commit several slots at once; 1 is as safe as one by one</source>
        <translation>Wie kühn mehrere Plätze auf einmal festgelegt werden; 1 ist so sicher wie einzeln</translation>
    </message>
    <message>
        <source>Entropy bound</source>
        <translation>Entropiegrenze</translation>
    </message>
    <message>
        <source>The entropy in nats that the slots of a step may have together</source>
        <translation>Die Entropie in nats, die die Plätze eines Schritts zusammen haben dürfen</translation>
    </message>
    <message>
        <source>KL bound</source>
        <translation>KL-Grenze</translation>
    </message>
    <message>
        <source>The change in nats per step up to which a slot counts as settled</source>
        <translation>Die Änderung in nats je Schritt, bis zu der ein Platz als ruhig gilt</translation>
    </message>
    <message>
        <source>KL steps</source>
        <translation>KL-Schritte</translation>
    </message>
    <message>
        <source>For so many steps a slot must have been settled</source>
        <translation>So viele Schritte lang muss ein Platz ruhig gewesen sein</translation>
    </message>
    <message>
        <source>Eta</source>
        <translation>Eta</translation>
    </message>
    <message>
        <source>How often tokens are withdrawn</source>
        <translation>Wie oft Token zurückgenommen werden</translation>
    </message>
    <message>
        <source>Loop from</source>
        <translation>Schleife ab</translation>
    </message>
    <message>
        <source>The time at which the loop begins; it falls from 1 to 0</source>
        <translation>Die Zeit, zu der die Schleife beginnt; sie fällt von 1 auf 0</translation>
    </message>
    <message>
        <source>Loop to</source>
        <translation>Schleife bis</translation>
    </message>
    <message>
        <source>The time at which the loop ends</source>
        <translation>Die Zeit, zu der die Schleife endet</translation>
    </message>
    <message>
        <source>Alpha in loop</source>
        <translation>Alpha in der Schleife</translation>
    </message>
    <message>
        <source>The share of tokens that is held during the loop</source>
        <translation>Der Anteil der Token, der während der Schleife gehalten wird</translation>
    </message>
    <message>
        <source>Withdraw at</source>
        <translation>Zurücknehmen unter</translation>
    </message>
    <message>
        <source>The probability below which a token is withdrawn</source>
        <translation>Die Wahrscheinlichkeit, unter der ein Token zurückgenommen wird</translation>
    </message>
    <message>
        <source>Steps per block</source>
        <translation>Schritte je Block</translation>
    </message>
    <message>
        <source>In so many steps a block is filled; 0: one per slot</source>
        <translation>In so vielen Schritten wird ein Block gefüllt; 0: einer je Platz</translation>
    </message>
    <message>
        <source>Sub-block</source>
        <translation>Teilblock</translation>
    </message>
    <message>
        <source>The slots of the parts in which a block is denoised</source>
        <translation>Die Plätze der Teile, in denen ein Block entrauscht wird</translation>
    </message>
    <message>
        <source>Exchange at</source>
        <translation>Ersetzen über</translation>
    </message>
    <message>
        <source>The probability above which a token takes another one&apos;s place; 0: always</source>
        <translation>Die Wahrscheinlichkeit, über der ein Token den Platz eines anderen einnimmt; 0: immer</translation>
    </message>
    <message>
        <source>Last exchanges</source>
        <translation>Letzte Ersetzungen</translation>
    </message>
    <message>
        <source>The steps over a full block until its tokens are left alone</source>
        <translation>Die Schritte über einem vollen Block, bis seine Token in Ruhe gelassen werden</translation>
    </message>
    <message>
        <source>Grows to</source>
        <translation>Wächst bis</translation>
    </message>
    <message>
        <source>The slots to which the answer may grow</source>
        <translation>Die Plätze, auf die die Antwort wachsen darf</translation>
    </message>
    <message>
        <source>Expansions</source>
        <translation>Erweiterungen</translation>
    </message>
    <message>
        <source>How often slots may be added</source>
        <translation>Wie oft Plätze hinzugefügt werden dürfen</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Lenkung</translation>
    </message>
    <message>
        <source>How much more the prompt counts; 0: no more, and one pass per step instead of two</source>
        <translation>Wie viel mehr der Prompt zählt; 0: nicht mehr, und ein Durchgang je Schritt statt zweien</translation>
    </message>
    <message>
        <source>Never end the text</source>
        <translation>Text nie beenden</translation>
    </message>
    <message>
        <source>The text may not end</source>
        <translation>Der Text darf nicht enden</translation>
    </message>
    <message>
        <source>Commit the end last</source>
        <translation>Ende zuletzt festlegen</translation>
    </message>
    <message>
        <source>The end of the text or of the turn commits last</source>
        <translation>Das Ende des Textes oder des Beitrags wird zuletzt festgelegt</translation>
    </message>
    <message>
        <source>Strict reference</source>
        <translation>Streng nach Vorlage</translation>
    </message>
    <message>
        <source>Does what the published code does, its quirks included</source>
        <translation>Tut, was der veröffentlichte Code tut, seine Eigenheiten eingeschlossen</translation>
    </message>
    <message>
        <source>A fixed number of slots per step, the best first, block after block</source>
        <translation>Eine feste Zahl von Plätzen je Schritt, die besten zuerst, Block für Block</translation>
    </message>
    <message>
        <source>A share of the open slots per step, as the time falls</source>
        <translation>Ein Anteil der offenen Plätze je Schritt, während die Zeit fällt</translation>
    </message>
    <message>
        <source>Every slot that is sure enough, the best one at least</source>
        <translation>Jeder Platz, der sicher genug ist, mindestens der beste</translation>
    </message>
    <message>
        <source>As many slots as are sure enough together</source>
        <translation>So viele Plätze, wie zusammen sicher genug sind</translation>
    </message>
    <message>
        <source>As many slots as have little entropy together</source>
        <translation>So viele Plätze, wie zusammen wenig Entropie haben</translation>
    </message>
    <message>
        <source>Every slot that is sure and has stopped changing</source>
        <translation>Jeder Platz, der sicher ist und sich nicht mehr ändert</translation>
    </message>
    <message>
        <source>Slots commit and are withdrawn by chance</source>
        <translation>Plätze werden nach dem Zufall festgelegt und zurückgenommen</translation>
    </message>
    <message>
        <source>One slot per step; the model adds and removes slots</source>
        <translation>Ein Platz je Schritt; das Modell fügt Plätze hinzu und entfernt sie</translation>
    </message>
    <message>
        <source>Commits boldly and withdraws what the rest of the text does not confirm</source>
        <translation>Legt kühn fest und nimmt zurück, was der übrige Text nicht bestätigt</translation>
    </message>
    <message>
        <source>Every slot of the block that is sure enough, at least as many as its schedule has</source>
        <translation>Jeder Platz des Blocks, der sicher genug ist, mindestens so viele, wie sein Plan vorsieht</translation>
    </message>
    <message>
        <source>As dynamic, with the threshold of LLaDA2.0</source>
        <translation>Wie dynamisch, mit der Schwelle von LLaDA2.0</translation>
    </message>
    <message>
        <source>Every slot that is sure enough; tokens of the block are exchanged, too</source>
        <translation>Jeder Platz, der sicher genug ist; auch Token des Blocks werden ersetzt</translation>
    </message>
    <message>
        <source>A share of the block&apos;s open slots per step; the first block begins behind the prompt</source>
        <translation>Ein Anteil der offenen Plätze des Blocks je Schritt; der erste Block beginnt hinter dem Prompt</translation>
    </message>
    <message>
        <source>Every slot that is sure enough, in one part of the block after the other</source>
        <translation>Jeder Platz, der sicher genug ist, in einem Teil des Blocks nach dem anderen</translation>
    </message>
    <message>
        <source>One slot per step, the next one</source>
        <translation>Ein Platz je Schritt, der nächste</translation>
    </message>
    <message>
        <source>there is no option &apos;%1&apos;</source>
        <translation>es gibt keine Option „%1“</translation>
    </message>
    <message>
        <source>&apos;%1&apos; must be %2, not %3</source>
        <translation>„%1“ muss %2 sein, nicht %3</translation>
    </message>
    <message>
        <source>its name must have 1 to %1 characters, not %2</source>
        <translation>ihr Name muss 1 bis %1 Zeichen haben, nicht %2</translation>
    </message>
    <message>
        <source>its system text must have at most %1 characters, not %2</source>
        <translation>ihr Systemtext darf höchstens %1 Zeichen haben, nicht %2</translation>
    </message>
    <message>
        <source>Preset %1 cannot be used: %2.</source>
        <translation>Vorlage %1 kann nicht benutzt werden: %2.</translation>
    </message>
    <message>
        <source>These are no presets: the JSON is broken at byte %1 (%2). Choose a file that was exported from Crystallite.</source>
        <translation>Das sind keine Vorlagen: das JSON ist bei Byte %1 fehlerhaft (%2). Eine Datei wählen, die aus Crystallite exportiert wurde.</translation>
    </message>
    <message>
        <source>These are no presets: &apos;format&apos; must be &apos;%1&apos;. Choose a file that was exported from Crystallite.</source>
        <translation>Das sind keine Vorlagen: „format“ muss „%1“ sein. Eine Datei wählen, die aus Crystallite exportiert wurde.</translation>
    </message>
    <message>
        <source>These presets have version %1 of the format, and this Crystallite reads version %2; use a newer one.</source>
        <translation>Diese Vorlagen haben Version %1 des Formats, und dieses Crystallite liest Version %2; ein neueres benutzen.</translation>
    </message>
    <message>
        <source>There are %1 presets, and at most %2 can be read; split the file.</source>
        <translation>Es sind %1 Vorlagen, und höchstens %2 können gelesen werden; die Datei teilen.</translation>
    </message>
    <message>
        <source>One token per step, best guess</source>
        <translation>Ein Token je Schritt, beste Vermutung</translation>
    </message>
    <message>
        <source>Left to right, block by block</source>
        <translation>Von links nach rechts, Block für Block</translation>
    </message>
    <message>
        <source>Fast: as many tokens as are sure</source>
        <translation>Schnell: so viele Token, wie sicher sind</translation>
    </message>
    <message>
        <source>Many answers: let chance speak</source>
        <translation>Viele Antworten: der Zufall redet mit</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1 has %2 bytes; presets have at most %3.</source>
        <translation>%1 hat %2 Bytes; Vorlagen haben höchstens %3.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2. Choose another place.</source>
        <translation>%1 kann nicht geschrieben werden: %2. Einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>A preset&apos;s name must have 1 to %1 characters, not %2.</source>
        <translation>Der Name einer Vorlage muss 1 bis %1 Zeichen haben, nicht %2.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; ships with Crystallite and stays as it is; choose another name.</source>
        <translation>„%1“ gehört zu Crystallite und bleibt, wie sie ist; einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>There is a preset &apos;%1&apos; already; choose another name.</source>
        <translation>Es gibt schon eine Vorlage „%1“; einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be deleted: it ships with Crystallite.</source>
        <translation>„%1“ kann nicht gelöscht werden: sie gehört zu Crystallite.</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>mean of %1 layers</source>
        <translation>Mittel von %1 Schichten</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>Kopf %1</translation>
    </message>
    <message>
        <source>mean of %1 heads</source>
        <translation>Mittel von %1 Köpfen</translation>
    </message>
    <message>
        <source>It looks most at “%1”: %2 of its attention (%3).</source>
        <translation>Am meisten blickt er auf „%1“: %2 seiner Attention (%3).</translation>
    </message>
    <message>
        <source>The row of the slot before it predicts it, and does the looking.</source>
        <translation>Die Zeile des Platzes davor sagt ihn voraus und ist es, die blickt.</translation>
    </message>
    <message>
        <source>Entropy %1 nats.</source>
        <translation>Entropie %1 nats.</translation>
    </message>
    <message>
        <source>Step %1 is decided on this canvas.</source>
        <translation>Über Schritt %1 wird auf dieser Leinwand entschieden.</translation>
    </message>
    <message>
        <source>Masked, all other slots give “%1” p %2: rank %3 of %4.</source>
        <translation>Ist er maskiert, geben alle anderen Plätze „%1“ p %2: Rang %3 von %4.</translation>
    </message>
    <message>
        <source>other</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>Leave one out</source>
        <translation>Eines auslassen</translation>
    </message>
    <message>
        <source>64 candidates</source>
        <translation>64 Kandidaten</translation>
    </message>
    <message>
        <source>The slot is no part of the text.</source>
        <translation>Der Platz gehört nicht zum Text.</translation>
    </message>
    <message>
        <source>The slot is masked; there is no token to leave out.</source>
        <translation>Der Platz ist maskiert; es gibt kein Token auszulassen.</translation>
    </message>
    <message>
        <source>The slot holds a token; leave it out to see what else could stand there.</source>
        <translation>Der Platz enthält ein Token; es auslassen, um zu sehen, was sonst dort stehen könnte.</translation>
    </message>
    <message>
        <source>1 extra pass</source>
        <translation>1 zusätzlicher Durchgang</translation>
    </message>
    <message>
        <source>%1 extra passes</source>
        <translation>%1 zusätzliche Durchgänge</translation>
    </message>
    <message>
        <source>about %1 ms</source>
        <translation>etwa %1 ms</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>etwa %1 s</translation>
    </message>
    <message>
        <source>%1, canvas of step %2, %3, %4 ms</source>
        <translation>%1, Leinwand von Schritt %2, %3, %4 ms</translation>
    </message>
    <message>
        <source>Attention of %1 at step %2, %3: measured by an extra pass</source>
        <translation>Attention von %1 bei Schritt %2, %3: mit einem zusätzlichen Durchgang gemessen</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>derived</source>
        <translation>abgeleitet</translation>
    </message>
    <message>
        <source>illustrative</source>
        <translation>veranschaulichend</translation>
    </message>
    <message>
        <source>Recorded by the engine while it ran: computed from the model&apos;s output, or used by it.</source>
        <translation>Von der Engine während des Laufs aufgezeichnet: aus der Ausgabe des Modells berechnet oder von ihm benutzt.</translation>
    </message>
    <message>
        <source>Computed here from recorded values; the tool tip says how.</source>
        <translation>Hier aus aufgezeichneten Werten berechnet; die Kurzhilfe sagt, wie.</translation>
    </message>
    <message>
        <source>Chosen for the eye, stands for no number. Nothing in this panel is.</source>
        <translation>Für das Auge gewählt, steht für keine Zahl. In diesem Feld ist nichts davon.</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>XXH3-128 of the model&apos;s file; a run of the same fingerprint, settings and device can be repeated</source>
        <translation>XXH3-128 der Modelldatei; ein Lauf mit demselben Fingerabdruck, denselben Einstellungen und demselben Gerät lässt sich wiederholen</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>vocabulary</source>
        <translation>Vokabular</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>driver</source>
        <translation>Treiber</translation>
    </message>
    <message>
        <source>program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>started, UTC</source>
        <translation>begonnen, UTC</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>remask rule</source>
        <translation>Regel zum neu Maskieren</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>steps at most</source>
        <translation>Schritte höchstens</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>block length</source>
        <translation>Blocklänge</translation>
    </message>
    <message>
        <source>block offset</source>
        <translation>Blockversatz</translation>
    </message>
    <message>
        <source>Blocks are counted from the start of the text; the first is shorter by this</source>
        <translation>Blöcke werden ab dem Anfang des Textes gezählt; der erste ist um so viel kürzer</translation>
    </message>
    <message>
        <source>cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>stops at the end</source>
        <translation>hält am Ende an</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>As it was typed</source>
        <translation>Wie er eingetippt wurde</translation>
    </message>
    <message>
        <source>prompt tokens</source>
        <translation>Token des Prompts</translation>
    </message>
    <message>
        <source>slots</source>
        <translation>Plätze</translation>
    </message>
    <message>
        <source>open slots at first</source>
        <translation>anfangs offene Plätze</translation>
    </message>
    <message>
        <source>given among them</source>
        <translation>darunter vorgegeben</translation>
    </message>
    <message>
        <source>room to grow</source>
        <translation>Raum zum Wachsen</translation>
    </message>
    <message>
        <source>mask token</source>
        <translation>Masken-Token</translation>
    </message>
    <message>
        <source>ids that end the text</source>
        <translation>Ids, die den Text beenden</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>vollständig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>What it took</source>
        <translation>Was er brauchte</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>finished steps</source>
        <translation>fertige Schritte</translation>
    </message>
    <message>
        <source>evaluations</source>
        <translation>Auswertungen</translation>
    </message>
    <message>
        <source>NFE: passes that denoise, over all steps</source>
        <translation>NFE: Durchgänge, die entrauschen, über alle Schritte</translation>
    </message>
    <message>
        <source>prefill passes</source>
        <translation>Vorfüll-Durchgänge</translation>
    </message>
    <message>
        <source>commit passes</source>
        <translation>Festschreib-Durchgänge</translation>
    </message>
    <message>
        <source>rows computed</source>
        <translation>berechnete Zeilen</translation>
    </message>
    <message>
        <source>Transformer rows over all passes</source>
        <translation>Transformer-Zeilen über alle Durchgänge</translation>
    </message>
    <message>
        <source>time of the steps</source>
        <translation>Zeit der Schritte</translation>
    </message>
    <message>
        <source>mean per step</source>
        <translation>Mittel je Schritt</translation>
    </message>
    <message>
        <source>passes of the first step</source>
        <translation>Durchgänge des ersten Schritts</translation>
    </message>
    <message>
        <source>passes of the last step</source>
        <translation>Durchgänge des letzten Schritts</translation>
    </message>
    <message>
        <source>Run without a prompt, seed %1</source>
        <translation>Lauf ohne Prompt, Seed %1</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Vollständig</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>1 step</source>
        <translation>1 Schritt</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 Schritte</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1 von %2 Schritten</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Diese Woche</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>Älter</translation>
    </message>
    <message>
        <source>Length %1, %2 steps, blocks of %3</source>
        <translation>Länge %1, %2 Schritte, Blöcke von %3</translation>
    </message>
    <message>
        <source>Policy %1, temperature %2, seed %3</source>
        <translation>Strategie %1, Temperatur %2, Seed %3</translation>
    </message>
    <message>
        <source>Branch at step %1: </source>
        <translation>Zweig bei Schritt %1: </translation>
    </message>
    <message>
        <source>Branch: </source>
        <translation>Zweig: </translation>
    </message>
    <message>
        <source>Bookmark at step %1</source>
        <translation>Lesezeichen bei Schritt %1</translation>
    </message>
    <message>
        <source>typed by hand</source>
        <translation>von Hand eingetippt</translation>
    </message>
    <message>
        <source>p below %1</source>
        <translation>p unter %1</translation>
    </message>
    <message>
        <source>p %1</source>
        <translation>p %1</translation>
    </message>
    <message>
        <source>p %1–%2</source>
        <translation>p %1–%2</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>steps %1–%2</source>
        <translation>Schritte %1–%2</translation>
    </message>
    <message>
        <source>Positions %1–%2</source>
        <translation>Positionen %1–%2</translation>
    </message>
    <message>
        <source>committed “%1”, %2</source>
        <translation>„%1“ festgelegt, %2</translation>
    </message>
    <message>
        <source>exchanged for “%1”, %2</source>
        <translation>durch „%1“ ersetzt, %2</translation>
    </message>
    <message>
        <source>best guess “%1”, %2</source>
        <translation>beste Vermutung „%1“, %2</translation>
    </message>
    <message>
        <source>guess no. %1: “%2”, %3</source>
        <translation>Vermutung Nr. %1: „%2“, %3</translation>
    </message>
    <message>
        <source>reads “%1”</source>
        <translation>lautet „%1“</translation>
    </message>
    <message>
        <source>score</source>
        <translation>Wertung</translation>
    </message>
    <message>
        <source>last</source>
        <translation>zuletzt</translation>
    </message>
    <message>
        <source>The settings commit the end of the text behind everything else</source>
        <translation>Die Einstellungen legen das Ende des Textes nach allem anderen fest</translation>
    </message>
    <message>
        <source>draw</source>
        <translation>Ziehung</translation>
    </message>
    <message>
        <source>A uniform number; the largest commit first</source>
        <translation>Eine gleichverteilte Zahl; die größten werden festgelegt</translation>
    </message>
    <message>
        <source>A uniform number; below the step&apos;s chance the slot commits</source>
        <translation>Eine gleichverteilte Zahl; unter der Chance des Schritts wird der Platz festgelegt</translation>
    </message>
    <message>
        <source>score with noise</source>
        <translation>Wertung mit Rauschen</translation>
    </message>
    <message>
        <source>What the order compares, divided by the order noise, plus Gumbel noise</source>
        <translation>Was die Reihenfolge vergleicht, geteilt durch deren Rauschen, plus Gumbel-Rauschen</translation>
    </message>
    <message>
        <source>score: margin</source>
        <translation>Wertung: Abstand</translation>
    </message>
    <message>
        <source>Of the distribution that was drawn from</source>
        <translation>Aus der Verteilung, aus der gezogen wurde</translation>
    </message>
    <message>
        <source>score: −entropy</source>
        <translation>Wertung: −Entropie</translation>
    </message>
    <message>
        <source>score: confidence</source>
        <translation>Wertung: Konfidenz</translation>
    </message>
    <message>
        <source>Probability of the drawn token in the distribution that was drawn from</source>
        <translation>Wahrscheinlichkeit des gezogenen Tokens in der Verteilung, aus der gezogen wurde</translation>
    </message>
    <message>
        <source>exchange bound</source>
        <translation>Ersetzungsgrenze</translation>
    </message>
    <message>
        <source>Another token must be more probable than this</source>
        <translation>Ein anderes Token muss wahrscheinlicher sein als dies</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>The confidence from which a slot commits</source>
        <translation>Die Konfidenz, ab der ein Platz festgelegt wird</translation>
    </message>
    <message>
        <source>needed at this rank</source>
        <translation>nötig bei diesem Rang</translation>
    </message>
    <message>
        <source>1 − factor / (rank + 1)</source>
        <translation>1 − Faktor / (Rang + 1)</translation>
    </message>
    <message>
        <source>entropy up to here</source>
        <translation>Entropie bis hier</translation>
    </message>
    <message>
        <source>%1 of %2 nats</source>
        <translation>%1 von %2 nats</translation>
    </message>
    <message>
        <source>The sum over the slots up to this rank, but for the largest, and the bound that the step may spend</source>
        <translation>Die Summe über die Plätze bis zu diesem Rang ohne den größten, und die Grenze, die der Schritt verbrauchen darf</translation>
    </message>
    <message>
        <source>Not committed: the settings commit the end of the text last.</source>
        <translation>Nicht festgelegt: die Einstellungen legen das Ende des Textes zuletzt fest.</translation>
    </message>
    <message>
        <source>Not committed: its confidence %1 does not reach the threshold %2.</source>
        <translation>Nicht festgelegt: die Konfidenz %1 erreicht die Schwelle %2 nicht.</translation>
    </message>
    <message>
        <source>Not committed: it is sure enough, but its distribution has not stopped changing.</source>
        <translation>Nicht festgelegt: er ist sicher genug, aber seine Verteilung ändert sich noch.</translation>
    </message>
    <message>
        <source>Not committed: its confidence %1 does not reach %2, which its rank needs.</source>
        <translation>Nicht festgelegt: die Konfidenz %1 erreicht nicht %2, das sein Rang verlangt.</translation>
    </message>
    <message>
        <source>Not committed: with it the step&apos;s entropy would be %1 nats, above the bound %2.</source>
        <translation>Nicht festgelegt: mit ihm wäre die Entropie des Schritts %1 nats, über der Grenze %2.</translation>
    </message>
    <message>
        <source>Its confidence %1 reaches the threshold %2.</source>
        <translation>Die Konfidenz %1 erreicht die Schwelle %2.</translation>
    </message>
    <message>
        <source>Its confidence %1 is below the threshold %2; the best slots commit all the same.</source>
        <translation>Die Konfidenz %1 liegt unter der Schwelle %2; die besten Plätze werden trotzdem festgelegt.</translation>
    </message>
    <message>
        <source>a higher score with its noise</source>
        <translation>eine höhere Wertung mit ihrem Rauschen</translation>
    </message>
    <message>
        <source>a higher confidence</source>
        <translation>eine höhere Konfidenz</translation>
    </message>
    <message>
        <source>a larger margin</source>
        <translation>einen größeren Abstand</translation>
    </message>
    <message>
        <source>a lower entropy</source>
        <translation>eine niedrigere Entropie</translation>
    </message>
    <message>
        <source>a luckier draw</source>
        <translation>mehr Glück bei der Ziehung</translation>
    </message>
    <message>
        <source>a place further left</source>
        <translation>einen Platz weiter links</translation>
    </message>
    <message>
        <source>Nothing is decided before the first step.</source>
        <translation>Vor dem ersten Schritt wird nichts entschieden.</translation>
    </message>
    <message>
        <source>Added: the token before it asked for more room.</source>
        <translation>Hinzugefügt: das Token davor verlangte mehr Raum.</translation>
    </message>
    <message>
        <source>Withdrawn: “%1” was masked again.</source>
        <translation>Zurückgenommen: „%1“ wurde wieder maskiert.</translation>
    </message>
    <message>
        <source>Nothing is decided before the first step of the sampler.</source>
        <translation>Vor dem ersten Schritt des Samplers wird nichts entschieden.</translation>
    </message>
    <message>
        <source>Not asked in this step, which works on slots %1 to %2 and computed nothing about this one.</source>
        <translation>In diesem Schritt nicht gefragt: er arbeitet an den Plätzen %1 bis %2 und hat über diesen nichts berechnet.</translation>
    </message>
    <message>
        <source>Not eligible: this step works on block %1, slots %2 to %3.</source>
        <translation>Nicht zugelassen: dieser Schritt arbeitet an Block %1, Plätze %2 bis %3.</translation>
    </message>
    <message>
        <source>Not committed: the slot committed in this step had %1.</source>
        <translation>Nicht festgelegt: der in diesem Schritt festgelegte Platz hatte %1.</translation>
    </message>
    <message>
        <source>Not committed: the %1 slots committed in this step had %2.</source>
        <translation>Nicht festgelegt: die %1 in diesem Schritt festgelegten Plätze hatten %2.</translation>
    </message>
    <message>
        <source>The model asked for more room: the slot stays open, and another one comes behind it.</source>
        <translation>Das Modell verlangte mehr Raum: der Platz bleibt offen, und ein weiterer kommt dahinter.</translation>
    </message>
    <message>
        <source>Not committed: it drew the mask itself, which changes nothing.</source>
        <translation>Nicht festgelegt: gezogen wurde die Maske selbst, was nichts ändert.</translation>
    </message>
    <message>
        <source>Not committed: this step commits nothing.</source>
        <translation>Nicht festgelegt: dieser Schritt legt nichts fest.</translation>
    </message>
    <message>
        <source>Not committed: every slot decides by a draw of its own, and this one was not lucky.</source>
        <translation>Nicht festgelegt: jeder Platz entscheidet durch eine eigene Ziehung, und dieser hatte kein Glück.</translation>
    </message>
    <message>
        <source>“%1” was drawn instead of the best guess “%2”.</source>
        <translation>„%1“ wurde anstelle der besten Vermutung „%2“ gezogen.</translation>
    </message>
    <message>
        <source>Changed by a person at step %1, which asked the model nothing.</source>
        <translation>Von einem Menschen bei Schritt %1 geändert, der das Modell nichts gefragt hat.</translation>
    </message>
    <message>
        <source>It is pinned: the sampler never changes it.</source>
        <translation>Er ist angeheftet: der Sampler ändert ihn nie.</translation>
    </message>
    <message>
        <source>The next step commits it before the slots that the sampler would choose.</source>
        <translation>Der nächste Schritt legt ihn vor den Plätzen fest, die der Sampler wählen würde.</translation>
    </message>
    <message>
        <source>The next step asks about it.</source>
        <translation>Der nächste Schritt fragt nach ihm.</translation>
    </message>
    <message>
        <source>The sampler may change it again.</source>
        <translation>Der Sampler darf ihn wieder ändern.</translation>
    </message>
    <message>
        <source>This sampler will not change committed tokens.</source>
        <translation>Dieser Sampler ändert festgelegte Token nicht.</translation>
    </message>
    <message>
        <source>Exchanged at step %1: “%2” became more probable than “%3”.</source>
        <translation>Ersetzt bei Schritt %1: „%2“ wurde wahrscheinlicher als „%3“.</translation>
    </message>
    <message>
        <source>Committed at step %1</source>
        <translation>Festgelegt bei Schritt %1</translation>
    </message>
    <message>
        <source>: rank %1 of %2 eligible, %3 committed.</source>
        <translation>: Rang %1 von %2 zugelassenen, %3 festgelegt.</translation>
    </message>
    <message>
        <source>Kept in this step: the model drew “%1” again.</source>
        <translation>In diesem Schritt behalten: das Modell zog wieder „%1“.</translation>
    </message>
    <message>
        <source>Kept in this step: “%1” with p %2 did not exceed the bound of an exchange.</source>
        <translation>In diesem Schritt behalten: „%1“ mit p %2 überstieg die Grenze für eine Ersetzung nicht.</translation>
    </message>
    <message>
        <source>As the engine used it</source>
        <translation>Wie die Engine es benutzt hat</translation>
    </message>
    <message>
        <source>Part of the prompt: the sampler never changes it.</source>
        <translation>Teil des Prompts: der Sampler ändert ihn nie.</translation>
    </message>
    <message>
        <source>Given: the sampler never changes it.</source>
        <translation>Vorgegeben: der Sampler ändert ihn nie.</translation>
    </message>
    <message>
        <source>No part of the text: it may grow up to here.</source>
        <translation>Kein Teil des Textes: er darf bis hierher wachsen.</translation>
    </message>
    <message>
        <source>This order ignores how sure the model is.</source>
        <translation>Diese Reihenfolge beachtet nicht, wie sicher das Modell ist.</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>gezogen</translation>
    </message>
    <message>
        <source>“%1”, p %2</source>
        <translation>„%1“, p %2</translation>
    </message>
    <message>
        <source>What a commit in this step would have written; its probability is without temperature</source>
        <translation>Was in diesem Schritt geschrieben worden wäre; die Wahrscheinlichkeit ist ohne Temperatur</translation>
    </message>
    <message>
        <source>rank among eligible</source>
        <translation>Rang unter den zugelassenen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Place by the score; 1 commits first</source>
        <translation>Rang nach der Wertung; 1 wird zuerst festgelegt</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>given among the open slots</source>
        <translation>vorgegeben zwischen den offenen Plätzen</translation>
    </message>
    <message>
        <source>behind the text</source>
        <translation>hinter dem Text</translation>
    </message>
    <message>
        <source>committed in this step with p %1</source>
        <translation>in diesem Schritt festgelegt mit p %1</translation>
    </message>
    <message>
        <source>committed at step %1 with p %2</source>
        <translation>bei Schritt %1 festgelegt mit p %2</translation>
    </message>
    <message>
        <source>exchanged in this step with p %1</source>
        <translation>in diesem Schritt ersetzt mit p %1</translation>
    </message>
    <message>
        <source>exchanged at step %1 with p %2</source>
        <translation>bei Schritt %1 ersetzt mit p %2</translation>
    </message>
    <message>
        <source>masked again in this step; it was “%1”</source>
        <translation>in diesem Schritt wieder maskiert; es war „%1“</translation>
    </message>
    <message>
        <source>masked; “%1” was withdrawn at step %2</source>
        <translation>maskiert; „%1“ wurde bei Schritt %2 zurückgenommen</translation>
    </message>
    <message>
        <source>masked; the slot was added in this step</source>
        <translation>maskiert; der Platz wurde in diesem Schritt hinzugefügt</translation>
    </message>
    <message>
        <source>masked; the slot was added at step %1</source>
        <translation>maskiert; der Platz wurde bei Schritt %1 hinzugefügt</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>written by hand at step %1</source>
        <translation>von Hand geschrieben bei Schritt %1</translation>
    </message>
    <message>
        <source>masked by hand at step %1; it was “%2”</source>
        <translation>von Hand maskiert bei Schritt %1; es war „%2“</translation>
    </message>
    <message>
        <source>masked; inserted by hand at step %1</source>
        <translation>maskiert; von Hand eingefügt bei Schritt %1</translation>
    </message>
    <message>
        <source>pinned by hand at step %1</source>
        <translation>von Hand angeheftet bei Schritt %1</translation>
    </message>
    <message>
        <source>unpinned by hand at step %1</source>
        <translation>von Hand gelöst bei Schritt %1</translation>
    </message>
    <message>
        <source>masked; put into the queue by hand at step %1</source>
        <translation>maskiert; von Hand in die Warteschlange gestellt bei Schritt %1</translation>
    </message>
    <message>
        <source>changed by hand</source>
        <translation>von Hand geändert</translation>
    </message>
    <message>
        <source>No step yet: the model has not been asked.</source>
        <translation>Noch kein Schritt: das Modell wurde nicht gefragt.</translation>
    </message>
    <message>
        <source>Given: the model is not asked about it.</source>
        <translation>Vorgegeben: das Modell wird nicht danach gefragt.</translation>
    </message>
    <message>
        <source>The slot was added at the end of this step; the next one asks about it.</source>
        <translation>Der Platz wurde am Ende dieses Schritts hinzugefügt; der nächste fragt nach ihm.</translation>
    </message>
    <message>
        <source>It held a token while this step asked; the next one asks again.</source>
        <translation>Er enthielt ein Token, als dieser Schritt fragte; der nächste fragt wieder.</translation>
    </message>
    <message>
        <source>Not asked in this step.</source>
        <translation>In diesem Schritt nicht gefragt.</translation>
    </message>
    <message>
        <source>Last asked in step %1.</source>
        <translation>Zuletzt in Schritt %1 gefragt.</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>As it is spoken; the bytes below are what it is</source>
        <translation>Wie es gesprochen wird; was es ist, sagen die Bytes darunter</translation>
    </message>
    <message>
        <source>id</source>
        <translation>Id</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Of the token&apos;s piece, in hexadecimal; E2 begins a character of several bytes</source>
        <translation>Des Tokenstücks, hexadezimal; E2 beginnt ein Zeichen aus mehreren Bytes</translation>
    </message>
    <message>
        <source>region</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>From the position and the block length of the settings</source>
        <translation>Aus der Position und der Blocklänge der Einstellungen</translation>
    </message>
    <message>
        <source>slot number</source>
        <translation>Platznummer</translation>
    </message>
    <message>
        <source>Stays with the slot when others are added or removed before it</source>
        <translation>Bleibt beim Platz, wenn vor ihm andere hinzukommen oder wegfallen</translation>
    </message>
    <message>
        <source>age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Steps since the slot last changed</source>
        <translation>Schritte, seit sich der Platz zuletzt geändert hat</translation>
    </message>
    <message>
        <source>prompt, locked</source>
        <translation>Prompt, fest</translation>
    </message>
    <message>
        <source>given, locked</source>
        <translation>vorgegeben, fest</translation>
    </message>
    <message>
        <source>Of step %1, about the open slot.</source>
        <translation>Von Schritt %1, über den offenen Platz.</translation>
    </message>
    <message>
        <source>Of step %1, about the token that stands here: this model is asked about tokens, too.</source>
        <translation>Von Schritt %1, über das Token, das hier steht: dieses Modell wird auch nach Token gefragt.</translation>
    </message>
    <message>
        <source>Of step %1, before it was changed by hand.</source>
        <translation>Von Schritt %1, bevor von Hand geändert wurde.</translation>
    </message>
    <message>
        <source>Of step %1, which exchanged “%2”.</source>
        <translation>Von Schritt %1, der „%2“ ersetzt hat.</translation>
    </message>
    <message>
        <source>Of step %1, which committed it.</source>
        <translation>Von Schritt %1, der es festgelegt hat.</translation>
    </message>
    <message>
        <source>Frozen: the model was not asked about the token since.</source>
        <translation>Eingefroren: das Modell wurde seitdem nicht nach dem Token gefragt.</translation>
    </message>
    <message>
        <source>%1 by hand</source>
        <translation>%1 von Hand</translation>
    </message>
    <message>
        <source>best guess</source>
        <translation>beste Vermutung</translation>
    </message>
    <message>
        <source>committed</source>
        <translation>festgelegt</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>exchanged for</source>
        <translation>ersetzt durch</translation>
    </message>
    <message>
        <source>slot added</source>
        <translation>Platz hinzugefügt</translation>
    </message>
    <message>
        <source>slot removed</source>
        <translation>Platz entfernt</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>unpinned</source>
        <translation>gelöst</translation>
    </message>
    <message>
        <source>put into the queue</source>
        <translation>in die Warteschlange gestellt</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>%1 nats</source>
        <translation>%1 nats</translation>
    </message>
    <message>
        <source>Computed on the device from the model&apos;s whole distribution</source>
        <translation>Auf dem Gerät aus der ganzen Verteilung des Modells berechnet</translation>
    </message>
    <message>
        <source>as many words</source>
        <translation>so viele Wörter</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>exp(entropy): as uncertain as a fair choice among this many words</source>
        <translation>exp(Entropie): so unsicher wie eine gleiche Wahl unter so vielen Wörtern</translation>
    </message>
    <message>
        <source>margin p₁−p₂</source>
        <translation>Abstand p₁−p₂</translation>
    </message>
    <message>
        <source>Computed on the device: best guess minus second best</source>
        <translation>Auf dem Gerät berechnet: beste Vermutung minus zweitbeste</translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> und %1 weitere</translation>
    </message>
    <message>
        <source>committed: %1</source>
        <translation>festgelegt: %1</translation>
    </message>
    <message>
        <source>remasked: %1</source>
        <translation>neu maskiert: %1</translation>
    </message>
    <message>
        <source>edited: %1</source>
        <translation>bearbeitet: %1</translation>
    </message>
    <message>
        <source>pinned: %1</source>
        <translation>angeheftet: %1</translation>
    </message>
    <message>
        <source>unpinned: %1</source>
        <translation>gelöst: %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 zu %2</translation>
    </message>
    <message>
        <source>%1 has another likeliest token at step %2.</source>
        <translation>%1 hat bei Schritt %2 ein anderes wahrscheinlichstes Token.</translation>
    </message>
    <message>
        <source>%1 was committed at step %2.</source>
        <translation>%1 wurde bei Schritt %2 festgelegt.</translation>
    </message>
    <message>
        <source>%1 was masked again at step %2.</source>
        <translation>%1 wurde bei Schritt %2 wieder maskiert.</translation>
    </message>
    <message>
        <source>%1 was exchanged at step %2.</source>
        <translation>%1 wurde bei Schritt %2 ersetzt.</translation>
    </message>
    <message>
        <source>%1 was inserted at step %2.</source>
        <translation>%1 wurde bei Schritt %2 eingefügt.</translation>
    </message>
    <message>
        <source>%1 was deleted at step %2.</source>
        <translation>%1 wurde bei Schritt %2 gelöscht.</translation>
    </message>
    <message>
        <source>%1 was pinned by hand at step %2.</source>
        <translation>%1 wurde bei Schritt %2 von Hand angeheftet.</translation>
    </message>
    <message>
        <source>%1 was unpinned by hand at step %2.</source>
        <translation>%1 wurde bei Schritt %2 von Hand gelöst.</translation>
    </message>
    <message>
        <source>%1 was put into the queue by hand at step %2.</source>
        <translation>%1 wurde bei Schritt %2 von Hand in die Warteschlange gestellt.</translation>
    </message>
    <message>
        <source>the masked share is below %1 %</source>
        <translation>der maskierte Anteil liegt unter %1 %</translation>
    </message>
    <message>
        <source>the mean entropy is below %1 nats</source>
        <translation>die mittlere Entropie liegt unter %1 nats</translation>
    </message>
    <message>
        <source>a token is masked again or exchanged</source>
        <translation>ein Token wird neu maskiert oder ersetzt</translation>
    </message>
    <message>
        <source>this slot is committed: %1</source>
        <translation>dieser Platz ist festgelegt: %1</translation>
    </message>
    <message>
        <source>the text contains “%1”</source>
        <translation>der Text enthält „%1“</translation>
    </message>
    <message>
        <source>another block begins</source>
        <translation>ein anderer Block beginnt</translation>
    </message>
    <message>
        <source>A slot that is no longer there</source>
        <translation>Ein Platz, den es nicht mehr gibt</translation>
    </message>
    <message>
        <source> 0–%1</source>
        <translation> 0–%1</translation>
    </message>
    <message>
        <source>Outer blocks, in the order in which the run worked on them.</source>
        <translation>Äußere Blöcke, in der Reihenfolge, in der der Lauf an ihnen gearbeitet hat.</translation>
    </message>
    <message>
        <source>Inner steps, counted over all blocks. Step 0 is the canvas before the first one.</source>
        <translation>Innere Schritte, über alle Blöcke gezählt. Schritt 0 ist die Leinwand vor dem ersten.</translation>
    </message>
    <message>
        <source>Bookmarks and the range that playback repeats.</source>
        <translation>Lesezeichen und der Bereich, den die Wiedergabe wiederholt.</translation>
    </message>
    <message>
        <source>Slots of the answer that are still masked, as a share of all.</source>
        <translation>Plätze der Antwort, die noch maskiert sind, als Anteil an allen.</translation>
    </message>
    <message>
        <source>Mean entropy over the distributions of the step, in nats.</source>
        <translation>Mittlere Entropie über die Verteilungen des Schritts, in nats.</translation>
    </message>
    <message>
        <source>Tokens committed in the step.</source>
        <translation>Im Schritt festgelegte Token.</translation>
    </message>
    <message>
        <source>What was changed again in the step: triangle, a token was remasked; diamond, one was exchanged for another; plus and minus, a slot was inserted or deleted. A ring is a step that a person made by hand.</source>
        <translation>Was im Schritt wieder geändert wurde: Dreieck, ein Token wurde neu maskiert; Raute, eines wurde durch ein anderes ersetzt; Plus und Minus, ein Platz wurde eingefügt oder gelöscht. Ein Ring ist ein Schritt, den ein Mensch von Hand gemacht hat.</translation>
    </message>
    <message>
        <source>Wall time of the step in milliseconds. A bright top: longer than the scale.</source>
        <translation>Wirkliche Dauer des Schritts in Millisekunden. Ein heller Rand oben: länger als die Skala.</translation>
    </message>
    <message>
        <source>Every position of the answer over the steps: the lighter an open slot stands out, the larger its entropy.</source>
        <translation>Jede Position der Antwort über die Schritte: je heller ein offener Platz hervortritt, desto größer ist seine Entropie.</translation>
    </message>
    <message>
        <source>set by you</source>
        <translation>von Ihnen gesetzt</translation>
    </message>
    <message>
        <source>derived: a mean of measured values</source>
        <translation>abgeleitet: ein Mittel gemessener Werte</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>marks</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>commits</source>
        <translation>Festlegungen</translation>
    </message>
    <message>
        <source>revisions</source>
        <translation>Revisionen</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>position × step</source>
        <translation>Position × Schritt</translation>
    </message>
    <message>
        <source>%1 remasked</source>
        <translation>%1 neu maskiert</translation>
    </message>
    <message>
        <source>slot inserted</source>
        <translation>Platz eingefügt</translation>
    </message>
    <message>
        <source>slot deleted</source>
        <translation>Platz gelöscht</translation>
    </message>
    <message>
        <source>%1 pinned</source>
        <translation>%1 angeheftet</translation>
    </message>
    <message>
        <source>%1 unpinned</source>
        <translation>%1 gelöst</translation>
    </message>
    <message>
        <source>slot to be committed next</source>
        <translation>Platz, der als nächstes festgelegt wird</translation>
    </message>
    <message>
        <source>%1 %2 percent</source>
        <translation>%1 %2 Prozent</translation>
    </message>
    <message>
        <source>%1 masked</source>
        <translation>%1 maskiert</translation>
    </message>
    <message>
        <source>entropy %1 nats</source>
        <translation>Entropie %1 nats</translation>
    </message>
    <message>
        <source>changed by hand, the model was not asked</source>
        <translation>von Hand geändert, das Modell wurde nicht gefragt</translation>
    </message>
    <message>
        <source>block %1, its step %2</source>
        <translation>Block %1, sein Schritt %2</translation>
    </message>
    <message>
        <source>Step %1: not computed yet</source>
        <translation>Schritt %1: noch nicht berechnet</translation>
    </message>
    <message>
        <source>Before the first step</source>
        <translation>Vor dem ersten Schritt</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>bookmark</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>In this step: %1.</source>
        <translation>In diesem Schritt: %1.</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source>block %1</source>
        <translation>Block %1</translation>
    </message>
    <message>
        <source>No run yet.</source>
        <translation>Noch kein Lauf.</translation>
    </message>
    <message>
        <source>Before the first step. %1 masked.</source>
        <translation>Vor dem ersten Schritt. %1 maskiert.</translation>
    </message>
    <message>
        <source>By hand: </source>
        <translation>Von Hand: </translation>
    </message>
    <message>
        <source>Step %1 of %2. %3 committed, %4 masked</source>
        <translation>Schritt %1 von %2. %3 festgelegt, %4 maskiert</translation>
    </message>
    <message>
        <source>, %1 remasked</source>
        <translation>, %1 neu maskiert</translation>
    </message>
    <message>
        <source>, %1 edited</source>
        <translation>, %1 bearbeitet</translation>
    </message>
    <message>
        <source>, %1 inserted</source>
        <translation>, %1 eingefügt</translation>
    </message>
    <message>
        <source>, %1 deleted</source>
        <translation>, %1 gelöscht</translation>
    </message>
    <message>
        <source>, %1 pinned</source>
        <translation>, %1 angeheftet</translation>
    </message>
    <message>
        <source>, %1 unpinned</source>
        <translation>, %1 gelöst</translation>
    </message>
    <message>
        <source>, %1 to be committed next</source>
        <translation>, %1 als nächstes festzulegen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Recent mo&amp;dels</source>
        <translation>&amp;Letzte Modelle</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>Copy numbers of the &amp;step</source>
        <translation>Zahlen des S&amp;chritts kopieren</translation>
    </message>
    <message>
        <source>Copy cur&amp;ves of the run</source>
        <translation>&amp;Kurven des Laufs kopieren</translation>
    </message>
    <message>
        <source>Undo move to tr&amp;ash</source>
        <translation>Aus dem Papierkorb &amp;zurückholen</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>Compute &amp;one step</source>
        <translation>&amp;Einen Schritt berechnen</translation>
    </message>
    <message>
        <source>&amp;Time one step</source>
        <translation>Einen Schritt &amp;messen</translation>
    </message>
    <message>
        <source>&amp;Follow live</source>
        <translation>L&amp;ive folgen</translation>
    </message>
    <message>
        <source>Ti&amp;me range</source>
        <translation>Zei&amp;tbereich</translation>
    </message>
    <message>
        <source>&amp;No range</source>
        <translation>&amp;Kein Bereich</translation>
    </message>
    <message>
        <source>B&amp;ookmarks</source>
        <translation>Lese&amp;zeichen</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>&amp;Schritt</translation>
    </message>
    <message>
        <source>&amp;Layout</source>
        <translation>Anor&amp;dnung</translation>
    </message>
    <message>
        <source>&amp;Core sample</source>
        <translation>Bo&amp;hrkern</translation>
    </message>
    <message>
        <source>Ti&amp;meline view</source>
        <translation>Zei&amp;tleiste</translation>
    </message>
    <message>
        <source>&amp;Position × step heatmap</source>
        <translation>&amp;Heatmap Position × Schritt</translation>
    </message>
    <message>
        <source>S&amp;lot</source>
        <translation>&amp;Platz</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>&amp;Messen</translation>
    </message>
    <message>
        <source>Copy measurement as &amp;table</source>
        <translation>Messung als &amp;Tabelle kopieren</translation>
    </message>
    <message>
        <source>&amp;Entropy from 0 to 4 nats</source>
        <translation>&amp;Entropie von 0 bis 4 nats</translation>
    </message>
    <message>
        <source>How far &amp;beliefs moved (KL)</source>
        <translation>Wie weit sich Annahmen &amp;bewegt haben (KL)</translation>
    </message>
    <message>
        <source>Fold end-of-te&amp;xt</source>
        <translation>Te&amp;xtenden falten</translation>
    </message>
    <message>
        <source>Text si&amp;ze</source>
        <translation>Textg&amp;röße</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Automatic theme</source>
        <translation>Auto&amp;matisches Farbschema</translation>
    </message>
    <message>
        <source>Li&amp;ght theme</source>
        <translation>Hel&amp;les Farbschema</translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation>Dunkles &amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>Hoher &amp;Kontrast</translation>
    </message>
    <message>
        <source>&amp;Reduced motion</source>
        <translation>&amp;Wenig Bewegung</translation>
    </message>
    <message>
        <source>Reset la&amp;yout</source>
        <translation>Anordnung zurückset&amp;zen</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;What the canvas shows</source>
        <translation>&amp;Was die Leinwand zeigt</translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation>&amp;Protokoll…</translation>
    </message>
    <message>
        <source>&amp;About Crystallite</source>
        <translation>Ü&amp;ber Crystallite</translation>
    </message>
    <message>
        <source>Bookmark %1</source>
        <translation>Lesezeichen %1</translation>
    </message>
    <message>
        <source>&amp;New run</source>
        <translation>&amp;Neuer Lauf</translation>
    </message>
    <message>
        <source>Open &amp;model…</source>
        <translation>&amp;Modell öffnen…</translation>
    </message>
    <message>
        <source>Mode&amp;l library…</source>
        <translation>Modell&amp;bibliothek…</translation>
    </message>
    <message>
        <source>&amp;Open trace…</source>
        <translation>&amp;Aufzeichnung öffnen…</translation>
    </message>
    <message>
        <source>&amp;Save trace</source>
        <translation>Aufzeichnung &amp;sichern</translation>
    </message>
    <message>
        <source>Save trace &amp;as…</source>
        <translation>Aufzeichnung sichern &amp;unter…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;Close window</source>
        <translation>&amp;Fenster schließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>Been&amp;den</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Copy &amp;text of this step</source>
        <translation>&amp;Text dieses Schritts kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;numbers of the slot</source>
        <translation>Zahlen des &amp;Platzes kopieren</translation>
    </message>
    <message>
        <source>Find in the &amp;history</source>
        <translation>Im &amp;Verlauf suchen</translation>
    </message>
    <message>
        <source>&amp;Find in all steps</source>
        <translation>In &amp;allen Schritten suchen</translation>
    </message>
    <message>
        <source>Next &amp;match</source>
        <translation>&amp;Nächster Treffer</translation>
    </message>
    <message>
        <source>Previ&amp;ous match</source>
        <translation>V&amp;orheriger Treffer</translation>
    </message>
    <message>
        <source>Edit &amp;prompt</source>
        <translation>Prompt &amp;bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Branch from here</source>
        <translation>&amp;Zweig von hier</translation>
    </message>
    <message>
        <source>&amp;Noise this text…</source>
        <translation>&amp;Text verrauschen…</translation>
    </message>
    <message>
        <source>Batch o&amp;ver seeds…</source>
        <translation>Sta&amp;pel über Seeds…</translation>
    </message>
    <message>
        <source>New c&amp;hat</source>
        <translation>Neuer &amp;Chat</translation>
    </message>
    <message>
        <source>Continue ch&amp;at</source>
        <translation>Ch&amp;at fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Presets…</source>
        <translation>&amp;Vorlagen…</translation>
    </message>
    <message>
        <source>New s&amp;eed</source>
        <translation>Neuer &amp;Seed</translation>
    </message>
    <message>
        <source>Run &amp;information</source>
        <translation>An&amp;gaben zum Lauf</translation>
    </message>
    <message>
        <source>Range begins &amp;here</source>
        <translation>Bereich &amp;beginnt hier</translation>
    </message>
    <message>
        <source>Range &amp;ends here</source>
        <translation>Bereich &amp;endet hier</translation>
    </message>
    <message>
        <source>&amp;Loop the range</source>
        <translation>Bereich &amp;wiederholen</translation>
    </message>
    <message>
        <source>&amp;Set or edit bookmark…</source>
        <translation>Lesezeichen &amp;setzen oder bearbeiten…</translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation>Lesezeichen</translation>
    </message>
    <message>
        <source>Run to t&amp;he end or a breakpoint</source>
        <translation>Bis zum En&amp;de oder Haltepunkt laufen</translation>
    </message>
    <message>
        <source>Run back &amp;to the start or a breakpoint</source>
        <translation>Zum Anfang oder Halte&amp;punkt zurücklaufen</translation>
    </message>
    <message>
        <source>Run &amp;until…</source>
        <translation>Laufen bi&amp;s zu…</translation>
    </message>
    <message>
        <source>&amp;Go to…</source>
        <translation>Gehen z&amp;u…</translation>
    </message>
    <message>
        <source>Breakpoint at the &amp;slot</source>
        <translation>H&amp;altepunkt am Platz</translation>
    </message>
    <message>
        <source>Remove ever&amp;y breakpoint</source>
        <translation>Alle Haltepunkte ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>Abs&amp;pielen</translation>
    </message>
    <message>
        <source>Play &amp;backward</source>
        <translation>&amp;Rückwärts abspielen</translation>
    </message>
    <message>
        <source>Play &amp;forward</source>
        <translation>Vor&amp;wärts abspielen</translation>
    </message>
    <message>
        <source>&amp;Next step</source>
        <translation>&amp;Nächster Schritt</translation>
    </message>
    <message>
        <source>P&amp;revious step</source>
        <translation>&amp;Vorheriger Schritt</translation>
    </message>
    <message>
        <source>Ten steps on</source>
        <translation>Zehn Schritte vor</translation>
    </message>
    <message>
        <source>Ten steps back</source>
        <translation>Zehn Schritte zurück</translation>
    </message>
    <message>
        <source>F&amp;irst step</source>
        <translation>&amp;Erster Schritt</translation>
    </message>
    <message>
        <source>&amp;Last step</source>
        <translation>&amp;Letzter Schritt</translation>
    </message>
    <message>
        <source>Next &amp;event</source>
        <translation>Nächstes Ere&amp;ignis</translation>
    </message>
    <message>
        <source>Previous e&amp;vent</source>
        <translation>Vor&amp;heriges Ereignis</translation>
    </message>
    <message>
        <source>Next bloc&amp;k</source>
        <translation>Nächster Bloc&amp;k</translation>
    </message>
    <message>
        <source>Previous blo&amp;ck</source>
        <translation>Vorheri&amp;ger Block</translation>
    </message>
    <message>
        <source>Slo&amp;wer</source>
        <translation>Langsa&amp;mer</translation>
    </message>
    <message>
        <source>F&amp;aster</source>
        <translation>S&amp;chneller</translation>
    </message>
    <message>
        <source>Normal spee&amp;d</source>
        <translation>N&amp;ormale Geschwindigkeit</translation>
    </message>
    <message>
        <source>&amp;Page or board</source>
        <translation>&amp;Seite oder Spielfeld</translation>
    </message>
    <message>
        <source>&amp;Next layout</source>
        <translation>&amp;Nächste Anordnung</translation>
    </message>
    <message>
        <source>Turn &amp;left</source>
        <translation>Nach &amp;links drehen</translation>
    </message>
    <message>
        <source>Turn &amp;right</source>
        <translation>Nach &amp;rechts drehen</translation>
    </message>
    <message>
        <source>Look from farther &amp;above</source>
        <translation>Von weiter &amp;oben blicken</translation>
    </message>
    <message>
        <source>Look from farther &amp;below</source>
        <translation>Von weiter &amp;unten blicken</translation>
    </message>
    <message>
        <source>&amp;Nearer</source>
        <translation>&amp;Näher</translation>
    </message>
    <message>
        <source>&amp;Farther</source>
        <translation>&amp;Ferner</translation>
    </message>
    <message>
        <source>Reset &amp;view</source>
        <translation>Blick &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Zoom &amp;time in</source>
        <translation>&amp;Zeit vergrößern</translation>
    </message>
    <message>
        <source>Zoom time o&amp;ut</source>
        <translation>Zeit ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Zoom time to the &amp;block</source>
        <translation>Zeit auf den &amp;Block vergrößern</translation>
    </message>
    <message>
        <source>Whol&amp;e run</source>
        <translation>Ganzer &amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Pin or unpin</source>
        <translation>An&amp;heften oder lösen</translation>
    </message>
    <message>
        <source>&amp;Type words here…</source>
        <translation>&amp;Wörter hier eintippen…</translation>
    </message>
    <message>
        <source>&amp;Remask</source>
        <translation>&amp;Neu maskieren</translation>
    </message>
    <message>
        <source>&amp;Choose a candidate…</source>
        <translation>&amp;Kandidaten wählen…</translation>
    </message>
    <message>
        <source>Commit &amp;next</source>
        <translation>Als nächstes &amp;festlegen</translation>
    </message>
    <message>
        <source>&amp;Insert a slot before</source>
        <translation>Platz &amp;davor einfügen</translation>
    </message>
    <message>
        <source>Insert a slot &amp;behind</source>
        <translation>Platz dahinter &amp;einfügen</translation>
    </message>
    <message>
        <source>&amp;Delete the slots</source>
        <translation>Plätze &amp;löschen</translation>
    </message>
    <message>
        <source>&amp;Attention of the slot</source>
        <translation>&amp;Attention des Platzes</translation>
    </message>
    <message>
        <source>&amp;Leave one out</source>
        <translation>&amp;Eines auslassen</translation>
    </message>
    <message>
        <source>64 &amp;candidates</source>
        <translation>64 &amp;Kandidaten</translation>
    </message>
    <message>
        <source>Clear &amp;measurement</source>
        <translation>&amp;Messung entfernen</translation>
    </message>
    <message>
        <source>Fit the whole r&amp;un</source>
        <translation>Ganzen Lauf einp&amp;assen</translation>
    </message>
    <message>
        <source>Zoom to the slo&amp;t</source>
        <translation>Auf den &amp;Platz vergrößern</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>&amp;Größerer Text</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>&amp;Kleinerer Text</translation>
    </message>
    <message>
        <source>&amp;Usual text size</source>
        <translation>&amp;Übliche Textgröße</translation>
    </message>
    <message>
        <source>&amp;Watch</source>
        <translation>Z&amp;uschauen</translation>
    </message>
    <message>
        <source>&amp;Study</source>
        <translation>Untersu&amp;chen</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>&amp;Verkleinern</translation>
    </message>
    <message>
        <source>&amp;Normal size</source>
        <translation>&amp;Normale Größe</translation>
    </message>
    <message>
        <source>New ins&amp;pector</source>
        <translation>Neuer Inspekt&amp;or</translation>
    </message>
    <message>
        <source>Loc&amp;k the inspector</source>
        <translation>In&amp;spektor sperren</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Vollb&amp;ild</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
</context>
<context>
    <name>crystallite::AboutDialog</name>
    <message>
        <source>Qt %1, built with %2</source>
        <translation>Qt %1, gebaut mit %2</translation>
    </message>
    <message>
        <source>Libraries and their licences (SPDX):</source>
        <translation>Bibliotheken und ihre Lizenzen (SPDX):</translation>
    </message>
    <message>
        <source>About Crystallite</source>
        <translation>Über Crystallite</translation>
    </message>
    <message>
        <source>Crystallite %1</source>
        <translation>Crystallite %1</translation>
    </message>
    <message>
        <source>Runs masked-diffusion language models and shows every denoising step. What is drawn is a number that the model produced. Apache License 2.0.</source>
        <translation>Führt maskierte Diffusions-Sprachmodelle aus und zeigt jeden Entrauschungsschritt. Was gezeichnet ist, ist eine Zahl, die das Modell erzeugt hat. Apache-Lizenz 2.0.</translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation>Versionen und Lizenzen</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy the versions and licences, for a report</source>
        <translation>Die Versionen und Lizenzen kopieren, für einen Fehlerbericht</translation>
    </message>
</context>
<context>
    <name>crystallite::BatchDialog</name>
    <message>
        <source>Batch over seeds</source>
        <translation>Stapel über Seeds</translation>
    </message>
    <message>
        <source>&amp;First seed</source>
        <translation>&amp;Erster Seed</translation>
    </message>
    <message>
        <source>&amp;Runs</source>
        <translation>&amp;Läufe</translation>
    </message>
    <message>
        <source>Finished runs</source>
        <translation>Fertige Läufe</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Answer end</source>
        <translation>Antwortende</translation>
    </message>
    <message>
        <source>NFE</source>
        <translation>NFE</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Mean probability of the tokens at the moment of their commit</source>
        <translation>Mittlere Wahrscheinlichkeit der Token in dem Augenblick, in dem sie festgelegt wurden</translation>
    </message>
    <message>
        <source>Runs with the same text have the same number</source>
        <translation>Läufe mit demselben Text haben dieselbe Nummer</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>Another run was opened, so the batch ended; finished runs are in the history.</source>
        <translation>Ein anderer Lauf wurde geöffnet, darum endete der Stapel; fertige Läufe stehen im Verlauf.</translation>
    </message>
    <message>
        <source>Cancelled; finished runs are in the history.</source>
        <translation>Abgebrochen; fertige Läufe stehen im Verlauf.</translation>
    </message>
    <message>
        <source>The first seed must be a whole number from 0 to 18446744073709551615.</source>
        <translation>Der erste Seed muss eine ganze Zahl von 0 bis 18446744073709551615 sein.</translation>
    </message>
    <message>
        <source>Load a model first, and settle what the Run panel says about the settings.</source>
        <translation>Zuerst ein Modell laden und klären, was das Feld „Lauf“ zu den Einstellungen sagt.</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) finished; each is in the history.</source>
        <translation>
            <numerusform>%n Lauf fertig; er steht im Verlauf.</numerusform>
            <numerusform>%n Läufe fertig; jeder steht im Verlauf.</numerusform>
        </translation>
    </message>
    <message>
        <source>Run %1 of %2, seed %3</source>
        <translation>Lauf %1 von %2, Seed %3</translation>
    </message>
    <message>
        <source>Run of seed %1 was stopped, so the batch ended; finished runs are in the history.</source>
        <translation>Der Lauf mit Seed %1 wurde angehalten, darum endete der Stapel; fertige Läufe stehen im Verlauf.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>full, %1</source>
        <translation>voll, %1</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>&amp;Cancel the batch</source>
        <translation>Stapel &amp;abbrechen</translation>
    </message>
    <message>
        <source>Mean ± standard deviation: answer %1 tokens (ended in %2 of %3), NFE %4, time %5 s, confidence %6. %7 distinct answers, the commonest %8 times; pairs of runs agree in %9 % of their slots.</source>
        <translation>Mittel ± Standardabweichung: Antwort %1 Token (beendet in %2 von %3), NFE %4, Zeit %5 s, Konfidenz %6. %7 verschiedene Antworten, die häufigste %8-mal; Paare von Läufen stimmen in %9 % ihrer Plätze überein.</translation>
    </message>
</context>
<context>
    <name>crystallite::BookmarkDialog</name>
    <message>
        <source>Note of the bookmark</source>
        <translation>Notiz zum Lesezeichen</translation>
    </message>
    <message>
        <source>What is to be seen here</source>
        <translation>Was hier zu sehen ist</translation>
    </message>
    <message>
        <source>Going to the bookmark selects this slot</source>
        <translation>Der Sprung zum Lesezeichen wählt diesen Platz aus</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Notiz</translation>
    </message>
    <message>
        <source>Bookmark at step %1</source>
        <translation>Lesezeichen bei Schritt %1</translation>
    </message>
    <message>
        <source>About the &amp;slot: %1</source>
        <translation>Über den &amp;Platz: %1</translation>
    </message>
</context>
<context>
    <name>crystallite::BranchBar</name>
    <message>
        <source>Going on</source>
        <translation>Weiterrechnen</translation>
    </message>
    <message>
        <source>Load “%1”</source>
        <translation>„%1“ laden</translation>
    </message>
</context>
<context>
    <name>crystallite::Branching</name>
    <message>
        <source>There is no run to branch from.</source>
        <translation>Es gibt keinen Lauf, von dem ein Zweig ausgehen könnte.</translation>
    </message>
    <message>
        <source>This is a branch already, and nothing was computed behind the cursor.</source>
        <translation>Dies ist schon ein Zweig, und hinter dem Cursor wurde nichts berechnet.</translation>
    </message>
    <message>
        <source>branch at step %1</source>
        <translation>Zweig bei Schritt %1</translation>
    </message>
</context>
<context>
    <name>crystallite::CandidatePopup</name>
    <message>
        <source>Candidates of the slot</source>
        <translation>Kandidaten des Platzes</translation>
    </message>
    <message>
        <source>1 to 8, or the arrows and Enter, write a candidate into the slot; Escape leaves it as it is</source>
        <translation>1 bis 8, oder die Pfeiltasten und Eingabe, schreiben einen Kandidaten in den Platz; Escape lässt ihn, wie er ist</translation>
    </message>
    <message>
        <source>1–%1 or Enter choose, T types.</source>
        <translation>1–%1 oder Eingabe wählt, T schreibt.</translation>
    </message>
    <message>
        <source>“Other” stands for every token outside the list; type the one that you mean with T.</source>
        <translation>„Andere“ steht für jedes Token außerhalb der Liste; das gemeinte lässt sich mit T eintippen.</translation>
    </message>
</context>
<context>
    <name>crystallite::CandidateTable</name>
    <message>
        <source>Candidates and their probabilities, measured</source>
        <translation>Kandidaten und ihre Wahrscheinlichkeiten, gemessen</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>other, %1</source>
        <translation>andere, %1</translation>
    </message>
    <message>
        <source>Every token outside the list together: 1 minus the sum of the listed ones</source>
        <translation>Alle Token außerhalb der Liste zusammen: 1 minus die Summe der aufgeführten</translation>
    </message>
    <message>
        <source>%1: drawn in this step</source>
        <translation>%1: in diesem Schritt gezogen</translation>
    </message>
    <message>
        <source>%1 percent</source>
        <translation>%1 Prozent</translation>
    </message>
</context>
<context>
    <name>crystallite::CanvasLegend</name>
    <message>
        <source>What the canvas shows</source>
        <translation>Was die Leinwand zeigt</translation>
    </message>
    <message>
        <source>Looks of a slot, their meanings, and the numbers they are bound to</source>
        <translation>Aussehen eines Platzes, was es bedeutet, und die Zahlen, an die es gebunden ist</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Bound to</source>
        <translation>Gebunden an</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Kennzeichen</translation>
    </message>
    <message>
        <source>Samples are made up; on the canvas nothing is drawn without a number of the trace.</source>
        <translation>Die Muster sind erfunden; auf der Leinwand wird nichts ohne eine Zahl der Aufzeichnung gezeichnet.</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>derived</source>
        <translation>abgeleitet</translation>
    </message>
</context>
<context>
    <name>crystallite::CanvasWidget</name>
    <message>
        <source>Canvas</source>
        <translation>Leinwand</translation>
    </message>
    <message>
        <source>Core sample: the page of this step, inside the block of all steps. Time runs from far to near.</source>
        <translation>Bohrkern: die Seite dieses Schritts im Block aller Schritte. Die Zeit läuft von hinten nach vorn.</translation>
    </message>
</context>
<context>
    <name>crystallite::ChatFields</name>
    <message>
        <source>Send as chat turn</source>
        <translation>Als Chatbeitrag senden</translation>
    </message>
    <message>
        <source>Writes the prompt as the user&apos;s turn of a conversation, in the way that the model was trained on</source>
        <translation>Schreibt den Prompt als Beitrag des Benutzers in einem Gespräch, so wie das Modell trainiert wurde</translation>
    </message>
    <message>
        <source>System text</source>
        <translation>Systemtext</translation>
    </message>
    <message>
        <source>The chat format of %1</source>
        <translation>Das Chatformat von %1</translation>
    </message>
    <message>
        <source>System text; none unless you write one</source>
        <translation>Systemtext; keiner, wenn keiner geschrieben wird</translation>
    </message>
    <message>
        <source>System text; otherwise: %1</source>
        <translation>Systemtext; sonst: %1</translation>
    </message>
</context>
<context>
    <name>crystallite::ChatTurns</name>
    <message numerus="yes">
        <source>%1 · %n turn(s) · %2</source>
        <translation>
            <numerusform>%1 · %n Beitrag · %2</numerusform>
            <numerusform>%1 · %n Beiträge · %2</numerusform>
        </translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Chats</translation>
    </message>
    <message>
        <source>Goes on with a chat of before</source>
        <translation>Setzt einen früheren Chat fort</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Nothing is sent before the next question; this chat stays among the chats</source>
        <translation>Vor der nächsten Frage wird nichts gesendet; dieser Chat bleibt unter den Chats</translation>
    </message>
    <message>
        <source>Continue chat</source>
        <translation>Chat fortsetzen</translation>
    </message>
    <message>
        <source>Question and answer become earlier turns, and the next question can be written</source>
        <translation>Frage und Antwort werden frühere Beiträge, und die nächste Frage kann geschrieben werden</translation>
    </message>
    <message numerus="yes">
        <source>%n earlier turn(s), sent before the prompt</source>
        <translation>
            <numerusform>%n früherer Beitrag, vor dem Prompt gesendet</numerusform>
            <numerusform>%n frühere Beiträge, vor dem Prompt gesendet</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer %1</source>
        <translation>Antwort %1</translation>
    </message>
    <message>
        <source>Question %1</source>
        <translation>Frage %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove question %1 and its answer</source>
        <translation>Frage %1 und ihre Antwort entfernen</translation>
    </message>
</context>
<context>
    <name>crystallite::CoreOverlay</name>
    <message>
        <source>start</source>
        <translation>Anfang</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>open: entropy 0 to %1 nats (measured)</source>
        <translation>offen: Entropie 0 bis %1 nats (gemessen)</translation>
    </message>
    <message>
        <source>holds a token (measured)</source>
        <translation>enthält ein Token (gemessen)</translation>
    </message>
    <message>
        <source>committed in that step (measured)</source>
        <translation>in jenem Schritt festgelegt (gemessen)</translation>
    </message>
    <message>
        <source>remasked or edited in that step (measured)</source>
        <translation>in jenem Schritt neu maskiert oder bearbeitet (gemessen)</translation>
    </message>
    <message>
        <source>end of text (measured)</source>
        <translation>Textende (gemessen)</translation>
    </message>
    <message>
        <source>given: prompt or pinned (measured)</source>
        <translation>vorgegeben: Prompt oder angeheftet (gemessen)</translation>
    </message>
</context>
<context>
    <name>crystallite::EngineWorker</name>
    <message>
        <source>The run goes on in memory, but is not kept against a crash: %1. Free some space; the history takes it when it ends.</source>
        <translation>Der Lauf geht im Speicher weiter, ist aber nicht gegen einen Absturz gesichert: %1. Platz schaffen; der Verlauf nimmt ihn auf, wenn er endet.</translation>
    </message>
</context>
<context>
    <name>crystallite::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Slots: a line per slot and step</source>
        <translation>Plätze: eine Zeile je Platz und Schritt</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Steps a second</source>
        <translation>Schritte je Sekunde</translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation>Breite in Pixeln</translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation>Höhe in Pixeln</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Maßstab</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>As the window</source>
        <translation>Wie das Fenster</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Plays for ever</source>
        <translation>Läuft endlos</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>&amp;Tabelle</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>&amp;Schritt</translation>
    </message>
    <message>
        <source>Steps a s&amp;econd</source>
        <translation>Schritte je S&amp;ekunde</translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>Preview of the picture</source>
        <translation>Vorschau des Bildes</translation>
    </message>
    <message>
        <source>How far the export is</source>
        <translation>Wie weit der Export ist</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>%1 was written, %2.</source>
        <translation>%1 wurde geschrieben, %2.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>crystallite::ExportPreview</name>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 Pixel</translation>
    </message>
    <message>
        <source>%1 pictures, %2 s at %3 steps a second, %4</source>
        <translation>%1 Bilder, %2 s bei %3 Schritten je Sekunde, %4</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 × %2, at any size</source>
        <translation>%1 × %2, in jeder Größe</translation>
    </message>
    <message>
        <source>%1 pictures, %2</source>
        <translation>%1 Bilder, %2</translation>
    </message>
    <message>
        <source>%1 steps, %2 beliefs of slots</source>
        <translation>%1 Schritte, %2 Annahmen über Plätze</translation>
    </message>
</context>
<context>
    <name>crystallite::ExportRequest</name>
    <message>
        <source>Picture of a step (PNG)</source>
        <translation>Bild eines Schritts (PNG)</translation>
    </message>
    <message>
        <source>Drawing of a step (SVG)</source>
        <translation>Zeichnung eines Schritts (SVG)</translation>
    </message>
    <message>
        <source>Animation (GIF)</source>
        <translation>Animation (GIF)</translation>
    </message>
    <message>
        <source>Film (WebM, with ffmpeg)</source>
        <translation>Film (WebM, mit ffmpeg)</translation>
    </message>
    <message>
        <source>Film (MP4, with ffmpeg)</source>
        <translation>Film (MP4, mit ffmpeg)</translation>
    </message>
    <message>
        <source>A picture of every step (folder of PNG)</source>
        <translation>Ein Bild jedes Schritts (Ordner mit PNG)</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>Tabelle (CSV)</translation>
    </message>
    <message>
        <source>The whole run (JSON)</source>
        <translation>Der ganze Lauf (JSON)</translation>
    </message>
    <message>
        <source>Player in one page (HTML)</source>
        <translation>Abspieler in einer Seite (HTML)</translation>
    </message>
    <message>
        <source>There is no run to export; open or start one first.</source>
        <translation>Es gibt keinen Lauf zum Exportieren; zuerst einen öffnen oder starten.</translation>
    </message>
    <message>
        <source>The run has %1 steps; there is no step %2.</source>
        <translation>Der Lauf hat %1 Schritte; es gibt keinen Schritt %2.</translation>
    </message>
    <message>
        <source>The scale must be in 1..%1, not %2.</source>
        <translation>Der Maßstab muss in 1..%1 liegen, nicht %2.</translation>
    </message>
    <message>
        <source>A picture must have %1 to %2 pixels on each side, not %3 x %4.</source>
        <translation>Ein Bild muss auf jeder Seite %1 bis %2 Pixel haben, nicht %3 x %4.</translation>
    </message>
    <message>
        <source>The speed must be in %1..%2 steps a second, not %3.</source>
        <translation>Die Geschwindigkeit muss in %1..%2 Schritten je Sekunde liegen, nicht %3.</translation>
    </message>
    <message>
        <source>%1 exists already; name a new folder for the pictures.</source>
        <translation>%1 gibt es schon; einen neuen Ordner für die Bilder nennen.</translation>
    </message>
</context>
<context>
    <name>crystallite::GoToDialog</name>
    <message>
        <source>Go to a step or position</source>
        <translation>Zu einem Schritt oder einer Position gehen</translation>
    </message>
    <message>
        <source>Step or position</source>
        <translation>Schritt oder Position</translation>
    </message>
    <message>
        <source>12 or s12: a step   ·   p40: a position</source>
        <translation>12 oder s12: ein Schritt   ·   p40: eine Position</translation>
    </message>
</context>
<context>
    <name>crystallite::HandControls</name>
    <message>
        <source>The step that was computed after this change comes back with Redo; it is kept as a run of its own.</source>
        <translation>Der Schritt, der nach dieser Änderung berechnet wurde, kommt mit „Wiederholen“ zurück; er ist als eigener Lauf aufbewahrt.</translation>
    </message>
    <message>
        <source>The %1 steps that were computed after this change come back with Redo; they are kept as a run of their own.</source>
        <translation>Die %1 Schritte, die nach dieser Änderung berechnet wurden, kommen mit „Wiederholen“ zurück; sie sind als eigener Lauf aufbewahrt.</translation>
    </message>
    <message>
        <source>There is no run yet.</source>
        <translation>Es gibt noch keinen Lauf.</translation>
    </message>
    <message>
        <source>No slot is selected; click one, or use the arrow keys on the canvas.</source>
        <translation>Es ist kein Platz ausgewählt; einen anklicken oder die Pfeiltasten auf der Leinwand benutzen.</translation>
    </message>
    <message>
        <source>This run was made by “%1”, but “%2” is loaded; load the model that made it.</source>
        <translation>Dieser Lauf stammt von „%1“, geladen ist aber „%2“; das Modell laden, von dem er stammt.</translation>
    </message>
    <message>
        <source>No model is loaded; load “%1”, which made this run.</source>
        <translation>Es ist kein Modell geladen; „%1“ laden, von dem dieser Lauf stammt.</translation>
    </message>
    <message>
        <source>The run goes on already.</source>
        <translation>Der Lauf wird schon fortgesetzt.</translation>
    </message>
    <message>
        <source>Nothing is open: remask a slot to have the model fill it again.</source>
        <translation>Nichts ist offen: einen Platz neu maskieren, damit das Modell ihn wieder füllt.</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Continue: %1</source>
        <translation>&amp;Fortsetzen: %1</translation>
    </message>
    <message>
        <source>Computes the rest of the run: %1 (F5 at the end)</source>
        <translation>Berechnet den Rest des Laufs: %1 (F5 am Ende)</translation>
    </message>
    <message>
        <source>Computes one step (F10 at the end)</source>
        <translation>Berechnet einen Schritt (F10 am Ende)</translation>
    </message>
    <message>
        <source>Branch at step %1</source>
        <translation>Zweig bei Schritt %1</translation>
    </message>
    <message>
        <source>Branch of “%1” at step %2</source>
        <translation>Zweig von „%1“ bei Schritt %2</translation>
    </message>
    <message>
        <source>Stopped at step %1 of %2</source>
        <translation>Angehalten bei Schritt %1 von %2</translation>
    </message>
    <message>
        <source>1 change by hand</source>
        <translation>1 Änderung von Hand</translation>
    </message>
    <message>
        <source>%1 changes by hand</source>
        <translation>%1 Änderungen von Hand</translation>
    </message>
    <message>
        <source>This sampler will not change committed tokens.</source>
        <translation>Dieser Sampler ändert festgelegte Token nicht.</translation>
    </message>
</context>
<context>
    <name>crystallite::HeaderBar</name>
    <message>
        <source>Memory that the model needs of what the device offers; mean measured time of a step</source>
        <translation>Speicher, den das Modell von dem des Geräts braucht; mittlere gemessene Zeit eines Schritts</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>The shown run commits by chance: how sure the model was of a slot did not decide when it was committed.</source>
        <translation>Der gezeigte Lauf legt nach dem Zufall fest: wie sicher das Modell bei einem Platz war, entschied nicht darüber, wann er festgelegt wurde.</translation>
    </message>
    <message>
        <source>LIVE: steps arrive as they are computed. REPLAY: recorded steps are shown. BRANCH: recorded steps of a run that left another one.</source>
        <translation>LIVE: Schritte erscheinen, wie sie berechnet werden. WIEDERGABE: aufgezeichnete Schritte werden gezeigt. ZWEIG: aufgezeichnete Schritte eines Laufs, der von einem anderen abging.</translation>
    </message>
    <message>
        <source>Ctrl+↵</source>
        <translation>Strg+↵</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation>Ein Modell öffnen…</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Device that computes</source>
        <translation>Gerät, das rechnet</translation>
    </message>
    <message>
        <source>Automatic device</source>
        <translation>Gerät automatisch</translation>
    </message>
    <message>
        <source>loading the model, %1 %</source>
        <translation>das Modell wird geladen, %1 %</translation>
    </message>
    <message>
        <source>Automatic: %1</source>
        <translation>Automatisch: %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>no model loaded</source>
        <translation>kein Modell geladen</translation>
    </message>
    <message>
        <source>%1 ms/step</source>
        <translation>%1 ms/Schritt</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>LIVE</translation>
    </message>
    <message>
        <source>BRANCH</source>
        <translation>ZWEIG</translation>
    </message>
    <message>
        <source>REPLAY</source>
        <translation>WIEDERGABE</translation>
    </message>
    <message>
        <source>order ignores confidence</source>
        <translation>Reihenfolge ohne Konfidenz</translation>
    </message>
</context>
<context>
    <name>crystallite::HistoryCurve</name>
    <message>
        <source>Entropy and best guess of this slot over the steps, measured</source>
        <translation>Entropie und beste Vermutung dieses Platzes über die Schritte, gemessen</translation>
    </message>
    <message>
        <source>No step asked about this slot.</source>
        <translation>Kein Schritt hat nach diesem Platz gefragt.</translation>
    </message>
    <message>
        <source>Entropy from %1 nats at step %2 to %3 at step %4; best guess from %5 to %6.</source>
        <translation>Entropie von %1 nats bei Schritt %2 bis %3 bei Schritt %4; beste Vermutung von %5 bis %6.</translation>
    </message>
    <message>
        <source>entropy, 0–%1 nats</source>
        <translation>Entropie, 0–%1 nats</translation>
    </message>
    <message>
        <source>best guess, 0–1</source>
        <translation>beste Vermutung, 0–1</translation>
    </message>
</context>
<context>
    <name>crystallite::HistoryList</name>
    <message>
        <source>Changes of this slot, measured; Enter goes to the step</source>
        <translation>Änderungen dieses Platzes, gemessen; Eingabe führt zum Schritt</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>Step %1: %2 %3, p %4, measured</source>
        <translation>Schritt %1: %2 %3, p %4, gemessen</translation>
    </message>
</context>
<context>
    <name>crystallite::Inspector</name>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Lock to this slot</source>
        <translation>Auf diesen Platz sperren</translation>
    </message>
    <message>
        <source>Stay with this slot while others are selected (Ctrl+Shift+I); Ctrl+I opens another inspector</source>
        <translation>Bei diesem Platz bleiben, während andere ausgewählt werden (Strg+Umschalt+I); Strg+I öffnet einen weiteren Inspektor</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Raw</source>
        <translation>Rohdaten</translation>
    </message>
    <message>
        <source>Everything about this slot, tab separated</source>
        <translation>Alles über diesen Platz, durch Tabulatoren getrennt</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>Als Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy these numbers as tab separated values (Ctrl+Shift+C)</source>
        <translation>Diese Zahlen durch Tabulatoren getrennt kopieren (Strg+Umschalt+C)</translation>
    </message>
    <message>
        <source>What the tags mean</source>
        <translation>Was die Kennzeichen bedeuten</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>Not on the canvas</source>
        <translation>Nicht auf der Leinwand</translation>
    </message>
    <message>
        <source>The locked slot was not there yet, or is gone, at this step.</source>
        <translation>Den gesperrten Platz gab es bei diesem Schritt noch nicht oder nicht mehr.</translation>
    </message>
    <message>
        <source>No slot selected</source>
        <translation>Kein Platz ausgewählt</translation>
    </message>
    <message>
        <source>Run a prompt or open a trace, then click a slot to see what the model believed about it.</source>
        <translation>Einen Prompt ausführen oder eine Aufzeichnung öffnen, dann einen Platz anklicken, um zu sehen, was das Modell über ihn annahm.</translation>
    </message>
    <message>
        <source>Click a slot, or move to the canvas with Tab and use the arrow keys.</source>
        <translation>Einen Platz anklicken, oder mit Tab zur Leinwand gehen und die Pfeiltasten benutzen.</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Inspector · %1, locked</source>
        <translation>Inspektor · %1, gesperrt</translation>
    </message>
    <message>
        <source>Inspector · locked slot</source>
        <translation>Inspektor · gesperrter Platz</translation>
    </message>
</context>
<context>
    <name>crystallite::KeyMapDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
</context>
<context>
    <name>crystallite::LibraryPanel</name>
    <message>
        <source>Search prompts, answers, titles, notes</source>
        <translation>Prompts, Antworten, Titel, Notizen durchsuchen</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>Den Verlauf durchsuchen</translation>
    </message>
    <message>
        <source>Finds runs that have every word, each as the beginning of one</source>
        <translation>Findet Läufe, die jedes Wort haben, jedes als Anfang eines Wortes</translation>
    </message>
    <message>
        <source>What is listed</source>
        <translation>Was aufgelistet ist</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Order of the runs</source>
        <translation>Reihenfolge der Läufe</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neue zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Alte zuerst</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>Nach Titel</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>Nach Modell</translation>
    </message>
    <message>
        <source>Most steps first</source>
        <translation>Meiste Schritte zuerst</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen…</translation>
    </message>
    <message>
        <source>Empty…</source>
        <translation>Leeren…</translation>
    </message>
    <message>
        <source>Note on the chosen run</source>
        <translation>Notiz zum gewählten Lauf</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 Lauf</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 Läufe</translation>
    </message>
    <message>
        <source>No run has all of these words.</source>
        <translation>Kein Lauf hat alle diese Wörter.</translation>
    </message>
    <message>
        <source>Found in %1</source>
        <translation>Gefunden in %1</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>Der Papierkorb ist leer.</translation>
    </message>
    <message>
        <source>%1; each goes after %2 days</source>
        <translation>%1; jeder verschwindet nach %2 Tagen</translation>
    </message>
    <message>
        <source>Every run that ends appears here.</source>
        <translation>Jeder Lauf, der endet, erscheint hier.</translation>
    </message>
    <message numerus="yes">
        <source>%n runs</source>
        <translation>
            <numerusform>%n Lauf</numerusform>
            <numerusform>%n Läufe</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>Moved %1 to the trash, which keeps it for %2 days.</source>
        <translation>%1 in den Papierkorb gelegt, der ihn %2 Tage lang aufbewahrt.</translation>
    </message>
    <message>
        <source>this run</source>
        <translation>diesen Lauf</translation>
    </message>
    <message>
        <source>these %1 runs</source>
        <translation>diese %1 Läufe</translation>
    </message>
    <message>
        <source>Delete %1 for good? This cannot be undone.</source>
        <translation>%1 endgültig löschen? Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete everything in the trash for good? This cannot be undone.</source>
        <translation>Alles im Papierkorb endgültig löschen? Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Delete for good…</source>
        <translation>&amp;Endgültig löschen…</translation>
    </message>
    <message>
        <source>&amp;Empty the trash…</source>
        <translation>&amp;Papierkorb leeren…</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation>&amp;Notiz</translation>
    </message>
    <message>
        <source>Move to &amp;trash</source>
        <translation>In den &amp;Papierkorb legen</translation>
    </message>
    <message>
        <source>&amp;Undo move to trash</source>
        <translation>Aus dem Papierkorb &amp;zurückholen</translation>
    </message>
</context>
<context>
    <name>crystallite::LogDialog</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Messages of the program, oldest first</source>
        <translation>Meldungen des Programms, älteste zuerst</translation>
    </message>
    <message>
        <source>Show &amp;from</source>
        <translation>Zeigen &amp;ab</translation>
    </message>
    <message>
        <source>Least level of the messages that are shown</source>
        <translation>Niedrigste Stufe der Meldungen, die gezeigt werden</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>Words that the messages contain</source>
        <translation>Wörter, die die Meldungen enthalten</translation>
    </message>
    <message>
        <source>&amp;Copy what is shown</source>
        <translation>Gezeigtes &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>&amp;Ordner öffnen</translation>
    </message>
    <message>
        <source>This process keeps no log.</source>
        <translation>Dieser Prozess führt kein Protokoll.</translation>
    </message>
</context>
<context>
    <name>crystallite::LogFile</name>
    <message>
        <source>The log cannot be written to %1: %2. It is shown here as long as the program runs; make room or free the name to keep it.</source>
        <translation>Das Protokoll kann nicht nach %1 geschrieben werden: %2. Es wird hier gezeigt, solange das Programm läuft; Platz schaffen oder den Namen freigeben, um es zu behalten.</translation>
    </message>
</context>
<context>
    <name>crystallite::MainWindow</name>
    <message>
        <source>&amp;Clear this list</source>
        <translation>Diese &amp;Liste leeren</translation>
    </message>
    <message>
        <source>Changes by hand, the newest last; choosing one goes back or forward to it</source>
        <translation>Änderungen von Hand, die neueste zuletzt; eine Auswahl geht zu ihr zurück oder vor</translation>
    </message>
    <message>
        <source>As it was recorded</source>
        <translation>Wie es aufgezeichnet wurde</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Änderungen</translation>
    </message>
    <message>
        <source>branch at step %1</source>
        <translation>Zweig bei Schritt %1</translation>
    </message>
    <message>
        <source>branch of %1 at step %2</source>
        <translation>Zweig von %1 bei Schritt %2</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>%1 The history could not take the run; its steps are safe in a journal, which the next start takes.</source>
        <translation>%1 Der Verlauf konnte den Lauf nicht aufnehmen; seine Schritte liegen sicher in einem Journal, das der nächste Start aufnimmt.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>A run</source>
        <translation>Ein Lauf</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 Läufe</translation>
    </message>
    <message>
        <source>%1 that had not ended when Crystallite did: every finished step is in the history, marked as recovered.</source>
        <translation>%1 war nicht zu Ende, als Crystallite endete: jeder fertige Schritt steht im Verlauf, als wiederhergestellt gekennzeichnet.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>How fast this run was could not be kept for the next start.</source>
        <translation>Wie schnell dieser Lauf war, konnte nicht für den nächsten Start behalten werden.</translation>
    </message>
    <message>
        <source>Loading was cancelled.</source>
        <translation>Das Laden wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Look into it…</source>
        <translation>Ansehen…</translation>
    </message>
    <message>
        <source>Model and run</source>
        <translation>Modell und Lauf</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suche</translation>
    </message>
</context>
<context>
    <name>crystallite::MeasurePanel</name>
    <message>
        <source>Where the model looks to predict this slot: weights over all slots</source>
        <translation>Wohin das Modell blickt, um diesen Platz vorherzusagen: Gewichte über alle Plätze</translation>
    </message>
    <message>
        <source>Masks the token and asks all other slots what should stand here</source>
        <translation>Maskiert das Token und fragt alle anderen Plätze, was hier stehen sollte</translation>
    </message>
    <message>
        <source>More candidates than the trace keeps of every slot</source>
        <translation>Mehr Kandidaten, als die Aufzeichnung von jedem Platz behält</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel the measurement</source>
        <translation>Die Messung abbrechen</translation>
    </message>
    <message>
        <source>There is no run to measure; run a prompt or open a trace.</source>
        <translation>Es gibt keinen Lauf zu messen; einen Prompt ausführen oder eine Aufzeichnung öffnen.</translation>
    </message>
    <message>
        <source>No slot is selected; click one, or use the arrow keys on the canvas.</source>
        <translation>Es ist kein Platz ausgewählt; einen anklicken oder die Pfeiltasten auf der Leinwand benutzen.</translation>
    </message>
    <message>
        <source>No model is loaded; a measurement needs the one that made this run.</source>
        <translation>Es ist kein Modell geladen; eine Messung braucht das, von dem dieser Lauf stammt.</translation>
    </message>
    <message>
        <source>This run was made by “%1”, but “%2” is loaded; load the model that made it.</source>
        <translation>Dieser Lauf stammt von „%1“, geladen ist aber „%2“; das Modell laden, von dem er stammt.</translation>
    </message>
    <message>
        <source>%1, canvas of step %2</source>
        <translation>%1, Leinwand von Schritt %2</translation>
    </message>
    <message>
        <source>Nothing to measure</source>
        <translation>Nichts zu messen</translation>
    </message>
    <message>
        <source>Measuring: %1…</source>
        <translation>Messung: %1…</translation>
    </message>
    <message>
        <source>The measurement was cancelled.</source>
        <translation>Die Messung wurde abgebrochen.</translation>
    </message>
</context>
<context>
    <name>crystallite::MeasuredView</name>
    <message>
        <source>measured, extra pass</source>
        <translation>gemessen, zusätzlicher Durchgang</translation>
    </message>
    <message>
        <source>Computed on the device by a pass of its own; it is no part of the trace</source>
        <translation>Auf dem Gerät in einem eigenen Durchgang berechnet; es gehört nicht zur Aufzeichnung</translation>
    </message>
    <message>
        <source>The window shows another slot or step now; this is of the one above.</source>
        <translation>Das Fenster zeigt jetzt einen anderen Platz oder Schritt; dies gehört zu dem oben genannten.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>What was measured</source>
        <translation>Was gemessen wurde</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>Als Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy the measurement as table</source>
        <translation>Die Messung als Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy everything that was measured as tab separated values</source>
        <translation>Alles Gemessene durch Tabulatoren getrennt kopieren</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Clear the measurement</source>
        <translation>Die Messung entfernen</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
</context>
<context>
    <name>crystallite::MemoryView</name>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Memory: %1</source>
        <translation>Speicher: %1</translation>
    </message>
    <message>
        <source>Choose smaller weights, another number of layers, or another device.</source>
        <translation>Kleinere Gewichte, eine andere Zahl von Schichten oder ein anderes Gerät wählen.</translation>
    </message>
    <message>
        <source>Choose smaller weights or another device.</source>
        <translation>Kleinere Gewichte oder ein anderes Gerät wählen.</translation>
    </message>
</context>
<context>
    <name>crystallite::MessageBar</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>crystallite::ModelFields</name>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>The files cannot tell which of these the model is; the one who published it says so</source>
        <translation>Die Dateien verraten nicht, welche davon das Modell ist; wer es veröffentlicht hat, sagt es</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>Tokenizer</translation>
    </message>
    <message>
        <source>Chat format</source>
        <translation>Chatformat</translation>
    </message>
    <message>
        <source>How a prompt is written as a turn of a conversation</source>
        <translation>Wie ein Prompt als Beitrag eines Gesprächs geschrieben wird</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Smaller weights need less memory and are a little less exact; the file stays as it is</source>
        <translation>Kleinere Gewichte brauchen weniger Speicher und sind etwas ungenauer; die Datei bleibt, wie sie ist</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Device that computes</source>
        <translation>Gerät, das rechnet</translation>
    </message>
    <message>
        <source>Automatic device</source>
        <translation>Gerät automatisch</translation>
    </message>
    <message>
        <source>Layers on the GPU</source>
        <translation>Schichten auf der GPU</translation>
    </message>
    <message>
        <source>Layers that do not fit on the GPU stay on the processor, which is slower</source>
        <translation>Schichten, die nicht auf die GPU passen, bleiben auf dem Prozessor, der langsamer ist</translation>
    </message>
    <message>
        <source>as many as fit</source>
        <translation>so viele wie passen</translation>
    </message>
    <message>
        <source>A GGUF file or a folder that has one</source>
        <translation>Eine GGUF-Datei oder ein Ordner, der eine hat</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose a tokenizer</source>
        <translation>Einen Tokenizer wählen</translation>
    </message>
    <message>
        <source>Automatic: %1</source>
        <translation>Automatisch: %1</translation>
    </message>
    <message>
        <source>None: text is sent as it is</source>
        <translation>Keines: Text wird gesendet, wie er ist</translation>
    </message>
    <message>
        <source>%1, from the model&apos;s template</source>
        <translation>%1, aus der Vorlage des Modells</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>As they are: %1, %2</source>
        <translation>Wie sie sind: %1, %2</translation>
    </message>
    <message>
        <source>Quantised to %1: %2</source>
        <translation>Quantisiert auf %1: %2</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation> von %1</translation>
    </message>
</context>
<context>
    <name>crystallite::ModelLibraryDialog</name>
    <message>
        <source>Models on this machine</source>
        <translation>Modelle auf diesem Rechner</translation>
    </message>
    <message>
        <source>Folders that are looked into</source>
        <translation>Ordner, in denen gesucht wird</translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation>Ordner &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation>Aus der &amp;Liste entfernen</translation>
    </message>
    <message>
        <source>Takes the folder off this list; the folder and its files stay as they are</source>
        <translation>Nimmt den Ordner aus dieser Liste; der Ordner und seine Dateien bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Filter by name, family, format or licence</source>
        <translation>Nach Name, Familie, Format oder Lizenz filtern</translation>
    </message>
    <message>
        <source>Filter of the models</source>
        <translation>Filter der Modelle</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation>Modelle werden gesucht</translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Look into it…</source>
        <translation>A&amp;nsehen…</translation>
    </message>
    <message>
        <source>What the model is and whether it fits, and then loads it</source>
        <translation>Was das Modell ist und ob es passt; danach kann es geladen werden</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>Add a folder in which you keep models. They are used where they are; nothing is copied, moved or deleted.</source>
        <translation>Einen Ordner hinzufügen, in dem Modelle liegen. Sie werden dort benutzt, wo sie sind; nichts wird kopiert, verschoben oder gelöscht.</translation>
    </message>
    <message>
        <source>Reading headers, %1 of %2</source>
        <translation>Dateiköpfe werden gelesen, %1 von %2</translation>
    </message>
    <message>
        <source>Looking for model files…</source>
        <translation>Modelldateien werden gesucht…</translation>
    </message>
    <message>
        <source>1 model</source>
        <translation>1 Modell</translation>
    </message>
    <message>
        <source>%1 models</source>
        <translation>%1 Modelle</translation>
    </message>
</context>
<context>
    <name>crystallite::ModelPage</name>
    <message>
        <source>Load anyway</source>
        <translation>Trotzdem laden</translation>
    </message>
    <message>
        <source>The system may become slow or refuse the memory; what is loaded now comes back in that case</source>
        <translation>Das System kann langsam werden oder den Speicher verweigern; was jetzt geladen ist, kommt dann zurück</translation>
    </message>
    <message>
        <source>All that its files say</source>
        <translation>Alles, was seine Dateien sagen</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
</context>
<context>
    <name>crystallite::ModelStartPage</name>
    <message>
        <source>Recent models</source>
        <translation>Zuletzt benutzte Modelle</translation>
    </message>
    <message>
        <source>Drop a GGUF file or a Hugging Face folder here</source>
        <translation>Eine GGUF-Datei oder einen Hugging-Face-Ordner hier ablegen</translation>
    </message>
    <message>
        <source>LLaDA, iLLaDA, Dream, DiffuCoder, DreamOn, Open-dCoder, Qwen mdlm, DiffuGPT, DiffuLLaMA and SMDM; any part of a split file will do.</source>
        <translation>LLaDA, iLLaDA, Dream, DiffuCoder, DreamOn, Open-dCoder, Qwen mdlm, DiffuGPT, DiffuLLaMA und SMDM; von einer geteilten Datei genügt ein beliebiger Teil.</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Eine Datei wählen…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Einen Ordner wählen…</translation>
    </message>
</context>
<context>
    <name>crystallite::ModelTable</name>
    <message>
        <source>the processor</source>
        <translation>der Prozessor</translation>
    </message>
    <message>
        <source>cannot be loaded</source>
        <translation>kann nicht geladen werden</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>passt nicht</translation>
    </message>
    <message>
        <source>fits everywhere</source>
        <translation>passt überall</translation>
    </message>
    <message>
        <source>fits nowhere</source>
        <translation>passt nirgends</translation>
    </message>
    <message>
        <source>fits on %1 of %2 devices</source>
        <translation>passt auf %1 von %2 Geräten</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Measured on %1: %2 ms per step with %3 slots, mean of %4 steps, %5</source>
        <translation>Gemessen auf %1: %2 ms je Schritt mit %3 Plätzen, Mittel von %4 Schritten, %5</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Measured in real runs on this machine: the mean of the newest run, on the fastest device</source>
        <translation>In wirklichen Läufen auf diesem Rechner gemessen: das Mittel des neuesten Laufs, auf dem schnellsten Gerät</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>ms per step</source>
        <translation>ms je Schritt</translation>
    </message>
</context>
<context>
    <name>crystallite::NoiseDialog</name>
    <message>
        <source>Noise this text</source>
        <translation>Diesen Text verrauschen</translation>
    </message>
    <message>
        <source>The &amp;text of the shown step</source>
        <translation>Der &amp;Text des gezeigten Schritts</translation>
    </message>
    <message>
        <source>A text of my &amp;own</source>
        <translation>Ein &amp;eigener Text</translation>
    </message>
    <message>
        <source>Text of my own</source>
        <translation>Eigener Text</translation>
    </message>
    <message>
        <source>Share of the words that vanish, in percent</source>
        <translation>Anteil der Wörter, die verschwinden, in Prozent</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>What is left of the text</source>
        <translation>Was vom Text bleibt</translation>
    </message>
    <message>
        <source>&amp;Recover</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Noise</source>
        <translation>&amp;Rauschen</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>&amp;Seed</translation>
    </message>
    <message>
        <source>%1 of %2 tokens vanish; the model writes them anew.</source>
        <translation>%1 von %2 Token verschwinden; das Modell schreibt sie neu.</translation>
    </message>
    <message>
        <source>No model is loaded; load one to have it recover a text.</source>
        <translation>Es ist kein Modell geladen; eines laden, damit es einen Text wiederherstellt.</translation>
    </message>
    <message>
        <source>The mask of “%1” is an ordinary word, so that no text with gaps can be sent to it.</source>
        <translation>Die Maske von „%1“ ist ein gewöhnliches Wort, darum kann ihm kein Text mit Lücken gesendet werden.</translation>
    </message>
    <message>
        <source>The shown text was made by “%1”; load that model, or copy the text and choose “A text of my own”.</source>
        <translation>Der gezeigte Text stammt von „%1“; dieses Modell laden, oder den Text kopieren und „Ein eigener Text“ wählen.</translation>
    </message>
    <message>
        <source>Type a text first.</source>
        <translation>Zuerst einen Text eintippen.</translation>
    </message>
    <message>
        <source>At this level no word vanishes; move the slider to the right.</source>
        <translation>Bei dieser Stärke verschwindet kein Wort; den Regler nach rechts schieben.</translation>
    </message>
</context>
<context>
    <name>crystallite::OpenModelDialog</name>
    <message>
        <source>Open a model</source>
        <translation>Ein Modell öffnen</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Another model…</source>
        <translation>Ein anderes Modell…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Loading, %1 %</source>
        <translation>Wird geladen, %1 %</translation>
    </message>
    <message>
        <source>Loading was cancelled.</source>
        <translation>Das Laden wurde abgebrochen.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
</context>
<context>
    <name>crystallite::PolicyFields</name>
    <message>
        <source>Policy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>Remasking rule</source>
        <translation>Regel zum neu Maskieren</translation>
    </message>
    <message>
        <source>How likely a token is withdrawn</source>
        <translation>Wie wahrscheinlich ein Token zurückgenommen wird</translation>
    </message>
    <message>
        <source>Remasking</source>
        <translation>Neu maskieren</translation>
    </message>
    <message>
        <source>what fits</source>
        <translation>was passt</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>crystallite::PresetDialog</name>
    <message>
        <source>policy %1</source>
        <translation>Strategie %1</translation>
    </message>
    <message>
        <source>order %1</source>
        <translation>Reihenfolge %1</translation>
    </message>
    <message>
        <source>length %1</source>
        <translation>Länge %1</translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation>%1 Schritte</translation>
    </message>
    <message>
        <source>one block</source>
        <translation>ein Block</translation>
    </message>
    <message>
        <source>blocks of %1</source>
        <translation>Blöcke von %1</translation>
    </message>
    <message>
        <source>temperature %1</source>
        <translation>Temperatur %1</translation>
    </message>
    <message>
        <source>sent as chat turn</source>
        <translation>als Chatbeitrag gesendet</translation>
    </message>
    <message>
        <source>sent as plain text</source>
        <translation>als reiner Text gesendet</translation>
    </message>
    <message>
        <source>system text “%1”</source>
        <translation>Systemtext „%1“</translation>
    </message>
    <message>
        <source>changes nothing</source>
        <translation>ändert nichts</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Start with it whenever this model is &amp;loaded</source>
        <translation>Damit beginnen, wenn dieses Modell ge&amp;laden wird</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>Name der Vorlage</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>&amp;Keep what is chosen</source>
        <translation>Gewähltes &amp;behalten</translation>
    </message>
    <message>
        <source>Keeps the settings and the system text of the Run panel under this name</source>
        <translation>Behält die Einstellungen und den Systemtext des Feldes „Lauf“ unter diesem Namen</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>Gives the selected preset this name</source>
        <translation>Gibt der ausgewählten Vorlage diesen Namen</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Deletes the selected preset; it can be brought back</source>
        <translation>Löscht die ausgewählte Vorlage; sie lässt sich zurückholen</translation>
    </message>
    <message>
        <source>&amp;Bring back</source>
        <translation>&amp;Zurückholen</translation>
    </message>
    <message>
        <source>Brings back the preset that was deleted last</source>
        <translation>Holt die zuletzt gelöschte Vorlage zurück</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren…</translation>
    </message>
    <message>
        <source>Adds the presets of a file</source>
        <translation>Fügt die Vorlagen einer Datei hinzu</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportieren…</translation>
    </message>
    <message>
        <source>Writes your own presets to a file</source>
        <translation>Schreibt die eigenen Vorlagen in eine Datei</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Verwenden</translation>
    </message>
    <message>
        <source>Puts the selected preset into the Run panel; prompt and seed stay</source>
        <translation>Setzt die ausgewählte Vorlage in das Feld „Lauf“ ein; Prompt und Seed bleiben</translation>
    </message>
    <message>
        <source>%1 (built in)</source>
        <translation>%1 (eingebaut)</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is in the Run panel.</source>
        <translation>„%1“ steht im Feld „Lauf“.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is kept.</source>
        <translation>„%1“ ist behalten.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is called &apos;%2&apos; now.</source>
        <translation>„%1“ heißt jetzt „%2“.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is deleted; “Bring back” undoes it.</source>
        <translation>„%1“ ist gelöscht; „Zurückholen“ macht es rückgängig.</translation>
    </message>
    <message>
        <source>It is there again.</source>
        <translation>Sie ist wieder da.</translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) came in.</source>
        <translation>
            <numerusform>%n Vorlage ist hinzugekommen.</numerusform>
            <numerusform>%n Vorlagen sind hinzugekommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) are in the file.</source>
        <translation>
            <numerusform>%n Vorlage steht in der Datei.</numerusform>
            <numerusform>%n Vorlagen stehen in der Datei.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 starts with &apos;%2&apos;.</source>
        <translation>%1 beginnt mit „%2“.</translation>
    </message>
    <message>
        <source>%1 starts with what is usual.</source>
        <translation>%1 beginnt mit dem Üblichen.</translation>
    </message>
</context>
<context>
    <name>crystallite::PromptField</name>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>The puzzle: one character a cell, . for an open one</source>
        <translation>Das Rätsel: ein Zeichen je Feld, . für ein offenes</translation>
    </message>
    <message>
        <source>What the text starts with</source>
        <translation>Womit der Text beginnt</translation>
    </message>
</context>
<context>
    <name>crystallite::PromptPanel</name>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Insert gap</source>
        <translation>Lücke einfügen</translation>
    </message>
    <message>
        <source>Writes the mask at the text cursor: an open slot that the model fills, between words that stay (Ctrl+Shift+G)</source>
        <translation>Schreibt die Maske an den Textcursor: ein offener Platz, den das Modell füllt, zwischen Wörtern, die bleiben (Strg+Umschalt+G)</translation>
    </message>
    <message>
        <source>Denoising</source>
        <translation>Entrauschen</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>Keys and values that are kept from pass to pass instead of being computed anew</source>
        <translation>Schlüssel und Werte, die von Durchgang zu Durchgang behalten statt neu berechnet werden</translation>
    </message>
    <message>
        <source>Which masked slots are committed first</source>
        <translation>Welche maskierten Plätze zuerst festgelegt werden</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>0 takes the best guess; more lets chance speak</source>
        <translation>0 nimmt die beste Vermutung; mehr lässt den Zufall mitreden</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>The same prompt, settings and seed give the same run</source>
        <translation>Derselbe Prompt, dieselben Einstellungen und derselbe Seed ergeben denselben Lauf</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>Neuer Seed</translation>
    </message>
    <message>
        <source>Draw a new seed (Ctrl+E)</source>
        <translation>Einen neuen Seed ziehen (Strg+E)</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>The seed must be a whole number from 0 to 18446744073709551615.</source>
        <translation>Der Seed muss eine ganze Zahl von 0 bis 18446744073709551615 sein.</translation>
    </message>
    <message>
        <source>this question with the system text %1</source>
        <translation>diese Frage mit dem Systemtext %1</translation>
    </message>
    <message>
        <source>question %1: %2</source>
        <translation>Frage %1: %2</translation>
    </message>
    <message>
        <source>answer %1: %2</source>
        <translation>Antwort %1: %2</translation>
    </message>
    <message>
        <source>Tokens of each turn: %1. Nothing is cut; shorten or remove a turn, or begin a new chat.</source>
        <translation>Token jedes Beitrags: %1. Nichts wird abgeschnitten; einen Beitrag kürzen oder entfernen, oder einen neuen Chat beginnen.</translation>
    </message>
    <message>
        <source>%1 given, %2 open</source>
        <translation>%1 vorgegeben, %2 offen</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 Token</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>%1, 1 gap</source>
        <translation>%1, 1 Lücke</translation>
    </message>
    <message>
        <source>%1, %2 gaps</source>
        <translation>%1, %2 Lücken</translation>
    </message>
    <message>
        <source>The preset &apos;%1&apos; asks for the policy &apos;%2&apos;, which cannot run this model; choose another preset or model.</source>
        <translation>Die Vorlage „%1“ verlangt die Strategie „%2“, die dieses Modell nicht ausführen kann; eine andere Vorlage oder ein anderes Modell wählen.</translation>
    </message>
</context>
<context>
    <name>crystallite::ReadingView</name>
    <message>
        <source>Reading view</source>
        <translation>Leseansicht</translation>
    </message>
    <message>
        <source>Reading view: text of this step</source>
        <translation>Leseansicht: Text dieses Schritts</translation>
    </message>
    <message>
        <source>Reading view · step %1</source>
        <translation>Leseansicht · Schritt %1</translation>
    </message>
</context>
<context>
    <name>crystallite::RunExport</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>there is not enough memory for the picture</source>
        <translation>für das Bild reicht der Speicher nicht</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>At %1 steps a second the slot at position %2 would flash %3 times within a second, and three are safe</source>
        <translation>Bei %1 Schritten je Sekunde würde der Platz an Position %2 innerhalb einer Sekunde %3-mal blitzen, und drei sind unbedenklich</translation>
    </message>
    <message>
        <source>; no slower speed helps.</source>
        <translation>; keine langsamere Geschwindigkeit hilft.</translation>
    </message>
    <message>
        <source>; it was exported at %1 steps a second.</source>
        <translation>; exportiert wurde mit %1 Schritten je Sekunde.</translation>
    </message>
</context>
<context>
    <name>crystallite::RunInfoDialog</name>
    <message>
        <source>Run information</source>
        <translation>Angaben zum Lauf</translation>
    </message>
    <message>
        <source>What the engine used for this run</source>
        <translation>Was die Engine für diesen Lauf benutzt hat</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>Als Tabelle kopieren</translation>
    </message>
    <message>
        <source>Copy everything as tab separated values</source>
        <translation>Alles durch Tabulatoren getrennt kopieren</translation>
    </message>
</context>
<context>
    <name>crystallite::RunLibrary</name>
    <message>
        <source>The history cannot be kept: the folder &apos;%1&apos; cannot be made; check its permissions.</source>
        <translation>Der Verlauf kann nicht geführt werden: der Ordner „%1“ lässt sich nicht anlegen; seine Rechte prüfen.</translation>
    </message>
    <message>
        <source>The history &apos;%1&apos; was written by a newer Crystallite and is left as it is; runs go to &apos;%2&apos;. Update Crystallite to see both.</source>
        <translation>Der Verlauf „%1“ wurde von einem neueren Crystallite geschrieben und bleibt, wie er ist; Läufe gehen nach „%2“. Crystallite aktualisieren, um beide zu sehen.</translation>
    </message>
    <message>
        <source>The history was damaged; it is set aside as &apos;%1&apos; and a new one has begun. Runs that could be read and are in it: %2; that could not: %3.</source>
        <translation>Der Verlauf war beschädigt; er ist als „%1“ beiseitegelegt, und ein neuer hat begonnen. Läufe, die gelesen werden konnten und darin sind: %2; die es nicht konnten: %3.</translation>
    </message>
    <message>
        <source>%1 It is set aside as &apos;%2&apos;.</source>
        <translation>%1 Sie ist als „%2“ beiseitegelegt.</translation>
    </message>
</context>
<context>
    <name>crystallite::RunManners</name>
    <message numerus="yes">
        <source>The run is complete after %n step(s).</source>
        <translation>
            <numerusform>Der Lauf ist nach %n Schritt vollständig.</numerusform>
            <numerusform>Der Lauf ist nach %n Schritten vollständig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run failed after %n step(s).</source>
        <translation>
            <numerusform>Der Lauf ist nach %n Schritt gescheitert.</numerusform>
            <numerusform>Der Lauf ist nach %n Schritten gescheitert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run was stopped after %n step(s).</source>
        <translation>
            <numerusform>Der Lauf wurde nach %n Schritt angehalten.</numerusform>
            <numerusform>Der Lauf wurde nach %n Schritten angehalten.</numerusform>
        </translation>
    </message>
    <message>
        <source>A diffusion run is in progress</source>
        <translation>Ein Diffusionslauf ist im Gang</translation>
    </message>
</context>
<context>
    <name>crystallite::RunNumbers</name>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Slots after the prompt; 0 fills only the masks written in it</source>
        <translation>Plätze nach dem Prompt; 0 füllt nur die Masken, die in ihm stehen</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Denoising steps over all blocks; fewer steps commit more tokens at once</source>
        <translation>Entrauschungsschritte über alle Blöcke; weniger Schritte legen mehr Token auf einmal fest</translation>
    </message>
    <message>
        <source>one per slot</source>
        <translation>einer je Platz</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Slots per block; blocks are denoised from left to right</source>
        <translation>Plätze je Block; Blöcke werden von links nach rechts entrauscht</translation>
    </message>
    <message>
        <source>one block</source>
        <translation>ein Block</translation>
    </message>
    <message>
        <source>the model&apos;s %1</source>
        <translation>%1 des Modells</translation>
    </message>
</context>
<context>
    <name>crystallite::RunTreeDelegate</name>
    <message>
        <source>Title of the run</source>
        <translation>Titel des Laufs</translation>
    </message>
</context>
<context>
    <name>crystallite::RunTreeModel</name>
    <message>
        <source>%1, found: %2</source>
        <translation>%1, gefunden: %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>crystallite::RunUntilDialog</name>
    <message>
        <source>Run until</source>
        <translation>Laufen bis</translation>
    </message>
    <message>
        <source>Condition to run until</source>
        <translation>Bedingung, bis zu der gelaufen wird</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Masked share in percent</source>
        <translation>Maskierter Anteil in Prozent</translation>
    </message>
    <message>
        <source> nats</source>
        <translation> nats</translation>
    </message>
    <message>
        <source>Mean entropy in nats</source>
        <translation>Mittlere Entropie in nats</translation>
    </message>
    <message>
        <source>Position that is committed</source>
        <translation>Position, die festgelegt wird</translation>
    </message>
    <message>
        <source>Text that is contained</source>
        <translation>Text, der enthalten ist</translation>
    </message>
    <message>
        <source>the masked share is below</source>
        <translation>der maskierte Anteil liegt unter</translation>
    </message>
    <message>
        <source>the mean entropy is below</source>
        <translation>die mittlere Entropie liegt unter</translation>
    </message>
    <message>
        <source>a token is masked again or exchanged</source>
        <translation>ein Token wird neu maskiert oder ersetzt</translation>
    </message>
    <message>
        <source>this position is committed:</source>
        <translation>diese Position wird festgelegt:</translation>
    </message>
    <message>
        <source>the text contains</source>
        <translation>der Text enthält</translation>
    </message>
    <message>
        <source>the next block begins</source>
        <translation>der nächste Block beginnt</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Laufen</translation>
    </message>
    <message>
        <source>Run &amp;until</source>
        <translation>Laufen &amp;bis</translation>
    </message>
    <message>
        <source>Type the text to run until.</source>
        <translation>Den Text eintippen, bis zu dem gelaufen wird.</translation>
    </message>
</context>
<context>
    <name>crystallite::RunVerdict</name>
    <message>
        <source>Time one step</source>
        <translation>Einen Schritt messen</translation>
    </message>
    <message>
        <source>Computes two steps of this run on this device: the first warms up, the second is measured. It can be continued</source>
        <translation>Berechnet zwei Schritte dieses Laufs auf diesem Gerät: der erste wärmt auf, der zweite wird gemessen. Er lässt sich fortsetzen</translation>
    </message>
    <message>
        <source>How long a step takes with this model and device is not measured yet.</source>
        <translation>Wie lange ein Schritt mit diesem Modell und Gerät dauert, ist noch nicht gemessen.</translation>
    </message>
    <message>
        <source>at %1 ms per step, measured</source>
        <translation>bei %1 ms je Schritt, gemessen</translation>
    </message>
    <message>
        <source>at %1 ms per step, measured with %2 slots where this run has %3</source>
        <translation>bei %1 ms je Schritt, gemessen mit %2 Plätzen, wo dieser Lauf %3 hat</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>At most about %1 %2.</source>
        <translation>Höchstens etwa %1 %2.</translation>
    </message>
    <message>
        <source>About %1 %2.</source>
        <translation>Etwa %1 %2.</translation>
    </message>
    <message>
        <source>As many steps as it needs, at most %1.</source>
        <translation>So viele Schritte, wie nötig sind, höchstens %1.</translation>
    </message>
    <message>
        <source>One token per step, %1 steps.</source>
        <translation>Ein Token je Schritt, %1 Schritte.</translation>
    </message>
    <message>
        <source>%1 tokens per step on average.</source>
        <translation>%1 Token je Schritt im Mittel.</translation>
    </message>
</context>
<context>
    <name>crystallite::ScreenshotRun</name>
    <message>
        <source>The folder %1 cannot be made; name another one.</source>
        <translation>Der Ordner %1 lässt sich nicht anlegen; einen anderen nennen.</translation>
    </message>
    <message>
        <source>The model did not load in time; try a smaller one, or --device cpu.</source>
        <translation>Das Modell wurde nicht rechtzeitig geladen; ein kleineres oder --device cpu versuchen.</translation>
    </message>
    <message>
        <source>The run did not end in time; try fewer steps, or another device.</source>
        <translation>Der Lauf endete nicht rechtzeitig; weniger Schritte oder ein anderes Gerät versuchen.</translation>
    </message>
    <message>
        <source>%1 cannot be written; check the folder and the space left.</source>
        <translation>%1 lässt sich nicht schreiben; den Ordner und den freien Platz prüfen.</translation>
    </message>
    <message>
        <source>The command %1 opened nothing.</source>
        <translation>Der Befehl %1 öffnete nichts.</translation>
    </message>
    <message>
        <source>The attention was not measured in time; try a smaller model.</source>
        <translation>Die Attention wurde nicht rechtzeitig gemessen; ein kleineres Modell versuchen.</translation>
    </message>
    <message>
        <source>The search did not end in time.</source>
        <translation>Die Suche endete nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>A file that is not there was opened.</source>
        <translation>Eine Datei, die es nicht gibt, wurde geöffnet.</translation>
    </message>
    <message>
        <source>The batch did not end in time; try a smaller model.</source>
        <translation>Der Stapel endete nicht rechtzeitig; ein kleineres Modell versuchen.</translation>
    </message>
</context>
<context>
    <name>crystallite::SearchPanel</name>
    <message>
        <source>Text, or #id of a token</source>
        <translation>Text, oder #id eines Tokens</translation>
    </message>
    <message>
        <source>Find in all steps</source>
        <translation>In allen Schritten suchen</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Vorheriger Treffer</translation>
    </message>
    <message>
        <source>Shift+F3</source>
        <translation>Umschalt+F3</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>F3</source>
        <translation>F3</translation>
    </message>
    <message>
        <source>Committed tokens</source>
        <translation>Festgelegte Token</translation>
    </message>
    <message>
        <source>Tokens that a step wrote into a slot</source>
        <translation>Token, die ein Schritt in einen Platz geschrieben hat</translation>
    </message>
    <message>
        <source>Guesses</source>
        <translation>Vermutungen</translation>
    </message>
    <message>
        <source>The eight recorded candidates of every slot that a step asked about</source>
        <translation>Die acht aufgezeichneten Kandidaten jedes Platzes, nach dem ein Schritt gefragt hat</translation>
    </message>
    <message>
        <source>Reading text</source>
        <translation>Lesetext</translation>
    </message>
    <message>
        <source>The text of a step, also over several tokens</source>
        <translation>Der Text eines Schritts, auch über mehrere Token</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep what was found so far</source>
        <translation>Das bisher Gefundene behalten</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Finds a word or a part of one in every step; #123 finds a token by its id.</source>
        <translation>Findet ein Wort oder einen Teil davon in jedem Schritt; #123 findet ein Token nach seiner Id.</translation>
    </message>
    <message>
        <source>1 match</source>
        <translation>1 Treffer</translation>
    </message>
    <message>
        <source>%1 matches</source>
        <translation>%1 Treffer</translation>
    </message>
    <message>
        <source>The first %1 matches; a longer text finds fewer.</source>
        <translation>Die ersten %1 Treffer; ein längerer Text findet weniger.</translation>
    </message>
    <message>
        <source>%1 in %2 of %3 steps</source>
        <translation>%1 in %2 von %3 Schritten</translation>
    </message>
    <message>
        <source>No match in any step.</source>
        <translation>Kein Treffer in irgendeinem Schritt.</translation>
    </message>
</context>
<context>
    <name>crystallite::SentPreview</name>
    <message>
        <source>Tokens that are sent</source>
        <translation>Token, die gesendet werden</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>Was gesendet wird</translation>
    </message>
    <message>
        <source>Exactly the tokens that the model is given; special ones are bold in a dashed outline</source>
        <translation>Genau die Token, die das Modell erhält; besondere sind fett und gestrichelt umrandet</translation>
    </message>
</context>
<context>
    <name>crystallite::SlotField</name>
    <message>
        <source>Words for the slot</source>
        <translation>Wörter für den Platz</translation>
    </message>
    <message>
        <source>Words for the slots from here on</source>
        <translation>Wörter für die Plätze ab hier</translation>
    </message>
    <message>
        <source>Type words here</source>
        <translation>Hier Wörter eintippen</translation>
    </message>
    <message>
        <source>The words are pinned: the sampler does not change them. Enter writes, Esc leaves.</source>
        <translation>Die Wörter sind angeheftet: der Sampler ändert sie nicht. Eingabe schreibt, Esc verlässt.</translation>
    </message>
    <message>
        <source>1 slot: position %1.</source>
        <translation>1 Platz: Position %1.</translation>
    </message>
    <message>
        <source>%1 slots: positions %2 to %3.</source>
        <translation>%1 Plätze: Positionen %2 bis %3.</translation>
    </message>
    <message>
        <source>Type at least one word, or leave with Esc.</source>
        <translation>Mindestens ein Wort eintippen, oder mit Esc verlassen.</translation>
    </message>
</context>
<context>
    <name>crystallite::SlotLight</name>
    <message>
        <source>No weight is above 0.</source>
        <translation>Kein Gewicht liegt über 0.</translation>
    </message>
    <message>
        <source>Light grows in proportion to the weight; brightest: %1 at position %2.</source>
        <translation>Das Licht wächst im Verhältnis zum Gewicht; am hellsten: %1 an Position %2.</translation>
    </message>
    <message>
        <source>Extra measurement, not part of the run.</source>
        <translation>Zusätzliche Messung, kein Teil des Laufs.</translation>
    </message>
</context>
<context>
    <name>crystallite::SlotNames</name>
    <message>
        <source>, masked by hand at step %1</source>
        <translation>, von Hand maskiert bei Schritt %1</translation>
    </message>
    <message>
        <source>, inserted by hand at step %1</source>
        <translation>, von Hand eingefügt bei Schritt %1</translation>
    </message>
    <message>
        <source>, to be committed next, number %1 in the queue</source>
        <translation>, als nächstes festzulegen, Nummer %1 in der Warteschlange</translation>
    </message>
    <message>
        <source>token %1, pinned by hand at step %2</source>
        <translation>Token %1, von Hand angeheftet bei Schritt %2</translation>
    </message>
    <message>
        <source>token %1, unpinned by hand at step %2</source>
        <translation>Token %1, von Hand gelöst bei Schritt %2</translation>
    </message>
    <message>
        <source>token %1, written by hand at step %2</source>
        <translation>Token %1, von Hand geschrieben bei Schritt %2</translation>
    </message>
    <message>
        <source>masked</source>
        <translation>maskiert</translation>
    </message>
    <message>
        <source>masked, best guess %1 %2 percent</source>
        <translation>maskiert, beste Vermutung %1 %2 Prozent</translation>
    </message>
    <message>
        <source>prompt token %1, locked</source>
        <translation>Prompt-Token %1, fest</translation>
    </message>
    <message>
        <source>token %1, locked</source>
        <translation>Token %1, fest</translation>
    </message>
    <message>
        <source>token %1, changed at step %2 at %3 percent</source>
        <translation>Token %1, geändert bei Schritt %2 mit %3 Prozent</translation>
    </message>
    <message>
        <source>token %1, committed at step %2 at %3 percent</source>
        <translation>Token %1, festgelegt bei Schritt %2 mit %3 Prozent</translation>
    </message>
    <message>
        <source>Canvas, empty</source>
        <translation>Leinwand, leer</translation>
    </message>
    <message>
        <source>Canvas, step %1 of %2, %3 masked</source>
        <translation>Leinwand, Schritt %1 von %2, %3 maskiert</translation>
    </message>
    <message>
        <source>Row %1, column %2</source>
        <translation>Zeile %1, Spalte %2</translation>
    </message>
    <message>
        <source>Position %1</source>
        <translation>Position %1</translation>
    </message>
    <message>
        <source>behind the text</source>
        <translation>hinter dem Text</translation>
    </message>
    <message>
        <source>%1 end-of-text</source>
        <translation>%1 Textenden</translation>
    </message>
    <message>
        <source>%1 masked</source>
        <translation>%1 maskiert</translation>
    </message>
    <message>
        <source>%1 other</source>
        <translation>%1 andere</translation>
    </message>
    <message>
        <source>Positions %1 to %2: %3</source>
        <translation>Positionen %1 bis %2: %3</translation>
    </message>
    <message>
        <source>Click to unfold.</source>
        <translation>Klicken zum Auffalten.</translation>
    </message>
    <message>
        <source>%1 of %2 slots of the answer are masked</source>
        <translation>%1 von %2 Plätzen der Antwort sind maskiert</translation>
    </message>
</context>
<context>
    <name>crystallite::StartPage</name>
    <message>
        <source>Nothing has been denoised yet</source>
        <translation>Noch ist nichts entrauscht</translation>
    </message>
</context>
<context>
    <name>crystallite::TimeControls</name>
    <message>
        <source>There is no step after step %1 at which %2.</source>
        <translation>Nach Schritt %1 gibt es keinen Schritt, bei dem gilt: %2.</translation>
    </message>
    <message>
        <source>The cursor follows the run until %1.</source>
        <translation>Der Cursor folgt dem Lauf, bis gilt: %1.</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Aufgeben</translation>
    </message>
    <message>
        <source>Stopped at step %1, because %2. The run goes on.</source>
        <translation>Angehalten bei Schritt %1, denn es gilt: %2. Der Lauf geht weiter.</translation>
    </message>
    <message>
        <source>Follow live</source>
        <translation>Live folgen</translation>
    </message>
    <message>
        <source>At step %1 %2.</source>
        <translation>Bei Schritt %1 gilt: %2.</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Dorthin</translation>
    </message>
    <message>
        <source>The run has ended, and at no step of it %1.</source>
        <translation>Der Lauf ist zu Ende, und bei keinem Schritt galt: %1.</translation>
    </message>
    <message>
        <source>%1 The cursor stopped at this breakpoint; the run goes on.</source>
        <translation>%1 Der Cursor hielt an diesem Haltepunkt; der Lauf geht weiter.</translation>
    </message>
</context>
<context>
    <name>crystallite::TimelinePanel</name>
    <message>
        <source>follow live</source>
        <translation>live folgen</translation>
    </message>
    <message>
        <source>Show every step as it is computed (End turns it on, seeking back turns it off)</source>
        <translation>Jeden Schritt zeigen, wie er berechnet wird (Ende schaltet es ein, Zurückgehen schaltet es aus)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>A&amp;bspielen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>step &lt;b&gt;%1&lt;/b&gt;/%2</source>
        <translation>Schritt &lt;b&gt;%1&lt;/b&gt;/%2</translation>
    </message>
    <message>
        <source>%1 steps/s playback</source>
        <translation>Wiedergabe %1 Schritte/s</translation>
    </message>
    <message>
        <source>%1 ms measured</source>
        <translation>%1 ms gemessen</translation>
    </message>
    <message>
        <source>block %1 of %2</source>
        <translation>Block %1 von %2</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>showing steps %1–%2</source>
        <translation>Schritte %1–%2 gezeigt</translation>
    </message>
    <message>
        <source>1 step behind</source>
        <translation>1 Schritt zurück</translation>
    </message>
    <message>
        <source>%1 steps behind</source>
        <translation>%1 Schritte zurück</translation>
    </message>
    <message>
        <source>1 step in %1 shown</source>
        <translation>1 von %1 Schritten gezeigt</translation>
    </message>
    <message>
        <source>Every step is recorded. Not every one is drawn, because drawing would take the processor&apos;s time from the model; go back to see those between.</source>
        <translation>Jeder Schritt wird aufgezeichnet. Nicht jeder wird gezeichnet, denn das Zeichnen nähme dem Modell Prozessorzeit; zurückgehen, um die dazwischen zu sehen.</translation>
    </message>
</context>
<context>
    <name>crystallite::TimelineTracks</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Heatmap, position by step</source>
        <translation>Heatmap, Position über Schritt</translation>
    </message>
    <message>
        <source>heatmap</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>The steps of a run appear here.</source>
        <translation>Hier erscheinen die Schritte eines Laufs.</translation>
    </message>
</context>
<context>
    <name>crystallite::TokenDisplay</name>
    <message>
        <source>line break</source>
        <translation>Zeilenumbruch</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>space</source>
        <translation>Leerzeichen</translation>
    </message>
    <message>
        <source>end of text</source>
        <translation>Textende</translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation>Byte %1</translation>
    </message>
    <message>
        <source>empty token</source>
        <translation>leeres Token</translation>
    </message>
</context>
<context>
    <name>crystallite::TokenStrip</name>
    <message>
        <source>open slot</source>
        <translation>offener Platz</translation>
    </message>
    <message>
        <source>special %1</source>
        <translation>besonderes %1</translation>
    </message>
    <message numerus="yes">
        <source>What is sent, %n token(s)</source>
        <translation>
            <numerusform>Was gesendet wird, %n Token</numerusform>
            <numerusform>Was gesendet wird, %n Token</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, id %2</source>
        <translation>%1, Id %2</translation>
    </message>
</context>
<context>
    <name>crystallite::VideoEncoder</name>
    <message>
        <source>A film needs the program ffmpeg, which is not installed; install the package ffmpeg, or export a GIF.</source>
        <translation>Ein Film braucht das Programm ffmpeg, das nicht installiert ist; das Paket ffmpeg installieren oder ein GIF exportieren.</translation>
    </message>
    <message>
        <source>ffmpeg could not make %1: %2</source>
        <translation>ffmpeg konnte %1 nicht erzeugen: %2</translation>
    </message>
</context>
</TS>
