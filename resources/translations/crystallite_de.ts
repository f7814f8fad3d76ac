<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en_US">
<context>
    <name>crystallite</name>
    <message>
        <source>Answer ended at %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No end of text: the answer fills all %1 slots; a greater length gives it room</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 passes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, about %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crystallite traces (*.crystal);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presets (*.json);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unsaved run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run is not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it as a trace to step through it again later?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open trace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save trace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a model file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models (*.gguf *.safetensors config.json);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a model folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export presets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be read (%2); check its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is neither a trace, a model nor a text in UTF-8; drop one of these.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is longer than the %2 KiB that a prompt can have; drop a shorter text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only a trace, a model or a text can be dropped here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One file can be dropped at a time; these are %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a file of this computer; save it here and drop it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a step (12 or s12) or a position (p40).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is neither a step (12 or s12) nor a position (p40).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no step %1; this run has steps 0 to %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no position %1; the text has positions 1 to %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>positions %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no slot here: the text ends at position %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position %1 is part of the prompt, which stays as it was given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position %1 has no guess to pin yet; type words there with T, or compute a step first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unpin %1at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pin %1at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remask %1at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to remask: %1 is masked already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type at least one word.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The words need %1 slots, but from here there is only 1; shorten them or start further left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The words need %1 slots, but from here there are only %2; shorten them or start further left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>write %1 at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These words are pinned here already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>choose %1 at %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 stands there already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>commit %1 next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is in the queue already; undo takes it out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only an open slot can be committed next; remask this one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A board has the cells that it has: none can be inserted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A slot can be inserted behind the prompt and up to the end of the text, which is position %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>insert a slot at position %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A board has the cells that it has: none can be deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>That would delete every slot of the answer; leave at least one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delete %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every slot sees its block of %1 and those before it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>causal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every slot sees every slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>denoises block after block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>writes from left to right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>denoises in any order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 heads of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 key/value heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>biases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>normed queries and keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a learned table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RoPE over %1 dimensions, theta %2, %3 pairs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>interleaved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>half-split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up to %1 slots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 tensors, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no chat template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none of the known ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of width %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of width %2, feed-forward %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (GELU)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every slot asks %1 of %2 experts of width %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and shared ones of width %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none in the first %1 layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, stored as %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Experts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, epsilon %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a board of %1 rows and %2 columns in boxes of %3 × %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tokens, tied output head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tokens, an output head of its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Special ids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mask %1; end %2; never emitted %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no mask, open slots show %1; end %2; never emitted %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prediction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>row i predicts position %1; %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU in BF16, approximate, %1 threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU, %1 threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, splitting %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 merges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 on %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: does not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers %1 to %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of weights, %2 to work on %3 slots, %4 of margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>denoises %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refreshes %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prefills %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>commits %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (approximate)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every pass computes every row that it needs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps what is finished; the answer is the same to the last token, and comes sooner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps what stands before the block as it was when the block began; the answer may be another one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps what stands before and behind the block as it was when the block began; the answer may be another one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps what is finished and, inside a block, its other parts as they were; the answer may be another one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens are drawn from the fewest that have this probability together; 1: from all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens are drawn from so many of the most probable; 0: from all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lets chance speak in the order of the slots; 0: never</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time at which the last step ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The probability from which a token is sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Factor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How bold it is to commit several slots at once; 1 is as safe as one by one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entropy bound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The entropy in nats that the slots of a step may have together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL bound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The change in nats per step up to which a slot counts as settled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>KL steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For so many steps a slot must have been settled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eta</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often tokens are withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loop from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time at which the loop begins; it falls from 1 to 0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loop to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The time at which the loop ends</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alpha in loop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The share of tokens that is held during the loop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdraw at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The probability below which a token is withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps per block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In so many steps a block is filled; 0: one per slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sub-block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The slots of the parts in which a block is denoised</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchange at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The probability above which a token takes another one&apos;s place; 0: always</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last exchanges</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The steps over a full block until its tokens are left alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grows to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The slots to which the answer may grow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Expansions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often slots may be added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How much more the prompt counts; 0: no more, and one pass per step instead of two</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Never end the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text may not end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commit the end last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The end of the text or of the turn commits last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strict reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does what the published code does, its quirks included</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fixed number of slots per step, the best first, block after block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A share of the open slots per step, as the time falls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every slot that is sure enough, the best one at least</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As many slots as are sure enough together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As many slots as have little entropy together</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every slot that is sure and has stopped changing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slots commit and are withdrawn by chance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One slot per step; the model adds and removes slots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commits boldly and withdraws what the rest of the text does not confirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every slot of the block that is sure enough, at least as many as its schedule has</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As dynamic, with the threshold of LLaDA2.0</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every slot that is sure enough; tokens of the block are exchanged, too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A share of the block&apos;s open slots per step; the first block begins behind the prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every slot that is sure enough, in one part of the block after the other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One slot per step, the next one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no option &apos;%1&apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; must be %2, not %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its name must have 1 to %1 characters, not %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its system text must have at most %1 characters, not %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preset %1 cannot be used: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are no presets: the JSON is broken at byte %1 (%2). Choose a file that was exported from Crystallite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These are no presets: &apos;format&apos; must be &apos;%1&apos;. Choose a file that was exported from Crystallite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These presets have version %1 of the format, and this Crystallite reads version %2; use a newer one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are %1 presets, and at most %2 can be read; split the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One token per step, best guess</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left to right, block by block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fast: as many tokens as are sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Many answers: let chance speak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has %2 bytes; presets have at most %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be written: %2. Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A preset&apos;s name must have 1 to %1 characters, not %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; ships with Crystallite and stays as it is; choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is a preset &apos;%1&apos; already; choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be deleted: it ships with Crystallite.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean of %1 layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>head %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean of %1 heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It looks most at “%1”: %2 of its attention (%3).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row of the slot before it predicts it, and does the looking.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entropy %1 nats.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 is decided on this canvas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masked, all other slots give “%1” p %2: rank %3 of %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave one out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>64 candidates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The slot is no part of the text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The slot is masked; there is no token to leave out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The slot holds a token; leave it out to see what else could stand there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 extra pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 extra passes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, canvas of step %2, %3, %4 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention of %1 at step %2, %3: measured by an extra pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>derived</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>illustrative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recorded by the engine while it ran: computed from the model&apos;s output, or used by it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computed here from recorded values; the tool tip says how.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen for the eye, stands for no number. Nothing in this panel is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fingerprint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>XXH3-128 of the model&apos;s file; a run of the same fingerprint, settings and device can be repeated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>architecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>driver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>started, UTC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remask rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block offset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocks are counted from the start of the text; the first is shorter by this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stops at the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As it was typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prompt tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open slots at first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>given among them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>room to grow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mask token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ids that end the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it took</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>finished steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>evaluations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NFE: passes that denoise, over all steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prefill passes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>commit passes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows computed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transformer rows over all passes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>time of the steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean per step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passes of the first step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>passes of the last step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run without a prompt, seed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Complete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This week</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Older</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length %1, %2 steps, blocks of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Policy %1, temperature %2, seed %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Branch at step %1: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Branch: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bookmark at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>typed by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p below %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p %1–%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps %1–%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positions %1–%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>committed “%1”, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exchanged for “%1”, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best guess “%1”, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guess no. %1: “%2”, %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reads “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>score</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings commit the end of the text behind everything else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A uniform number; the largest commit first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A uniform number; below the step&apos;s chance the slot commits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>score with noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the order compares, divided by the order noise, plus Gumbel noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>score: margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the distribution that was drawn from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>score: −entropy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>score: confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probability of the drawn token in the distribution that was drawn from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exchange bound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another token must be more probable than this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The confidence from which a slot commits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>needed at this rank</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 − factor / (rank + 1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entropy up to here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sum over the slots up to this rank, but for the largest, and the bound that the step may spend</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not committed: the settings commit the end of the text last.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not committed: its confidence %1 does not reach the threshold %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not committed: it is sure enough, but its distribution has not stopped changing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not committed: its confidence %1 does not reach %2, which its rank needs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not committed: with it the step&apos;s entropy would be %1 nats, above the bound %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its confidence %1 reaches the threshold %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its confidence %1 is below the threshold %2; the best slots commit all the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a higher score with its noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a higher confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a larger margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a lower entropy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a luckier draw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a place further left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is decided before the first step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Added: the token before it asked for more room.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Withdrawn: “%1” was masked again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is decided before the first step of the sampler.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not asked in this step, which works on slots %1 to %2 and computed nothing about this one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not eligible: this step works on block %1, slots %2 to %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not committed: the slot committed in this step had %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not committed: the %1 slots committed in this step had %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model asked for more room: the slot stays open, and another one comes behind it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not committed: it drew the mask itself, which changes nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not committed: this step commits nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not committed: every slot decides by a draw of its own, and this one was not lucky.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” was drawn instead of the best guess “%2”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed by a person at step %1, which asked the model nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is pinned: the sampler never changes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next step commits it before the slots that the sampler would choose.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The next step asks about it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The sampler may change it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This sampler will not change committed tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exchanged at step %1: “%2” became more probable than “%3”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Committed at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>: rank %1 of %2 eligible, %3 committed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in this step: the model drew “%1” again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept in this step: “%1” with p %2 did not exceed the bound of an exchange.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the engine used it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the prompt: the sampler never changes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given: the sampler never changes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No part of the text: it may grow up to here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This order ignores how sure the model is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1”, p %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What a commit in this step would have written; its probability is without temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rank among eligible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Place by the score; 1 commits first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>given among the open slots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>behind the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>committed in this step with p %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>committed at step %1 with p %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exchanged in this step with p %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exchanged at step %1 with p %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked again in this step; it was “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked; “%1” was withdrawn at step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked; the slot was added in this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked; the slot was added at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>written by hand at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked by hand at step %1; it was “%2”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked; inserted by hand at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pinned by hand at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unpinned by hand at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked; put into the queue by hand at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No step yet: the model has not been asked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given: the model is not asked about it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The slot was added at the end of this step; the next one asks about it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It held a token while this step asked; the next one asks again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not asked in this step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last asked in step %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As it is spoken; the bytes below are what it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of the token&apos;s piece, in hexadecimal; E2 begins a character of several bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>region</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the position and the block length of the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slot number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stays with the slot when others are added or removed before it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>age</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps since the slot last changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prompt, locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>given, locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of step %1, about the open slot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of step %1, about the token that stands here: this model is asked about tokens, too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of step %1, before it was changed by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of step %1, which exchanged “%2”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of step %1, which committed it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frozen: the model was not asked about the token since.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best guess</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>committed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exchanged for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slot added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slot removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unpinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>put into the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entropy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computed on the device from the model&apos;s whole distribution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as many words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exp(entropy): as uncertain as a fair choice among this many words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>margin p₁−p₂</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computed on the device: best guess minus second best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>committed: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remasked: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>edited: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pinned: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unpinned: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has another likeliest token at step %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was committed at step %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was masked again at step %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was exchanged at step %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was inserted at step %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was deleted at step %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was pinned by hand at step %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was unpinned by hand at step %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was put into the queue by hand at step %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the masked share is below %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the mean entropy is below %1 nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a token is masked again or exchanged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this slot is committed: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the text contains “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another block begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A slot that is no longer there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> 0–%1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outer blocks, in the order in which the run worked on them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inner steps, counted over all blocks. Step 0 is the canvas before the first one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bookmarks and the range that playback repeats.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slots of the answer that are still masked, as a share of all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean entropy over the distributions of the step, in nats.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens committed in the step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was changed again in the step: triangle, a token was remasked; diamond, one was exchanged for another; plus and minus, a slot was inserted or deleted. A ring is a step that a person made by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wall time of the step in milliseconds. A bright top: longer than the scale.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every position of the answer over the steps: the lighter an open slot stands out, the larger its entropy.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>derived: a mean of measured values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>marks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>commits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>revisions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>position × step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 remasked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slot inserted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slot deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 unpinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slot to be committed next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entropy %1 nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed by hand, the model was not asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block %1, its step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1: not computed yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before the first step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bookmark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In this step: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No run yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before the first step. %1 masked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By hand: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 of %2. %3 committed, %4 masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 remasked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 inserted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 pinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 unpinned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, %1 to be committed next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent mo&amp;dels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy numbers of the &amp;step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy cur&amp;ves of the run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo move to trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compute &amp;one step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Time one step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Follow live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ti&amp;me range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;No range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>B&amp;ookmarks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Core sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;imeline view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Position × step heatmap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;lot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy measurement as &amp;table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Entropy from 0 to 4 nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far &amp;beliefs moved (KL)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fold end-of-te&amp;xt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Te&amp;xt size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Automatic theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reduced motion</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset la&amp;yout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;What the canvas shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Log…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Crystallite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bookmark %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mode&amp;l library…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open trace…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save trace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save trace &amp;as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;text of this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;numbers of the slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in the &amp;history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Find in all steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next &amp;match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;vious match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit &amp;prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Branch from here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Noise this text…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch o&amp;ver seeds…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New c&amp;hat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue ch&amp;at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Presets…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New s&amp;eed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run &amp;information</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range begins &amp;here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range &amp;ends here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Loop the range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Set or edit bookmark…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bookmark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run to t&amp;he end or a breakpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run back &amp;to the start or a breakpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run &amp;until…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go to…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Breakpoint at the &amp;slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove ever&amp;y breakpoint</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play &amp;backward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play &amp;forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;revious step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten steps on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten steps back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;irst step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Last step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next &amp;event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous e&amp;vent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next bloc&amp;k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous blo&amp;ck</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slo&amp;wer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;aster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Normal spee&amp;d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Page or board</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next layout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn &amp;left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turn &amp;right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look from farther &amp;above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look from farther &amp;below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Nearer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Farther</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset &amp;view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;time in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom time o&amp;ut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom time to the &amp;block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whol&amp;e run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pin or unpin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Type words here…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Choose a candidate…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commit &amp;next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Insert a slot before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insert a slot &amp;behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete the slots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Attention of the slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Leave one out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>64 &amp;candidates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear &amp;measurement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the whole r&amp;un</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom to the slo&amp;t</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Usual text size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Watch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Study</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Normal size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New ins&amp;pector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loc&amp;k the inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::AboutDialog</name>
    <message>
        <source>Qt %1, built with %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Libraries and their licences (SPDX):</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Crystallite</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Crystallite %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs masked-diffusion language models and shows every denoising step. What is drawn is a number that the model produced. Apache License 2.0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions and licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the versions and licences, for a report</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::BatchDialog</name>
    <message>
        <source>Batch over seeds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;First seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NFE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean probability of the tokens at the moment of their commit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs with the same text have the same number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another run was opened, so the batch ended; finished runs are in the history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled; finished runs are in the history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first seed must be a whole number from 0 to 18446744073709551615.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load a model first, and settle what the Run panel says about the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) finished; each is in the history.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Run %1 of %2, seed %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run of seed %1 was stopped, so the batch ended; finished runs are in the history.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>full, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel the batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean ± standard deviation: answer %1 tokens (ended in %2 of %3), NFE %4, time %5 s, confidence %6. %7 distinct answers, the commonest %8 times; pairs of runs agree in %9 % of their slots.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::BookmarkDialog</name>
    <message>
        <source>Note of the bookmark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is to be seen here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Going to the bookmark selects this slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bookmark at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About the &amp;slot: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::BranchBar</name>
    <message>
        <source>Going on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load “%1”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::Branching</name>
    <message>
        <source>There is no run to branch from.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a branch already, and nothing was computed behind the cursor.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>branch at step %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::CandidatePopup</name>
    <message>
        <source>Candidates of the slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 to 8, or the arrows and Enter, write a candidate into the slot; Escape leaves it as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1–%1 or Enter choose, T types.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“Other” stands for every token outside the list; type the one that you mean with T.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::CandidateTable</name>
    <message>
        <source>Candidates and their probabilities, measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every token outside the list together: 1 minus the sum of the listed ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: drawn in this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 percent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::CanvasLegend</name>
    <message>
        <source>What the canvas shows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looks of a slot, their meanings, and the numbers they are bound to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bound to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Samples are made up; on the canvas nothing is drawn without a number of the trace.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>derived</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::CanvasWidget</name>
    <message>
        <source>Canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Core sample: the page of this step, inside the block of all steps. Time runs from far to near.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ChatFields</name>
    <message>
        <source>Send as chat turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes the prompt as the user&apos;s turn of a conversation, in the way that the model was trained on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chat format of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System text; none unless you write one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System text; otherwise: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ChatTurns</name>
    <message numerus="yes">
        <source>%1 · %n turn(s) · %2</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on with a chat of before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is sent before the next question; this chat stays among the chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question and answer become earlier turns, and the next question can be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n earlier turn(s), sent before the prompt</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Answer %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove question %1 and its answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::CoreOverlay</name>
    <message>
        <source>start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open: entropy 0 to %1 nats (measured)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>holds a token (measured)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>committed in that step (measured)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remasked or edited in that step (measured)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>end of text (measured)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>given: prompt or pinned (measured)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::EngineWorker</name>
    <message>
        <source>The run goes on in memory, but is not kept against a crash: %1. Free some space; the history takes it when it ends.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slots: a line per slot and step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Height in pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1×</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plays for ever</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps a s&amp;econd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview of the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the export is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was written, %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ExportPreview</name>
    <message>
        <source>%1 × %2 pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 pictures, %2 s at %3 steps a second, %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 × %2, at any size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 pictures, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps, %2 beliefs of slots</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ExportRequest</name>
    <message>
        <source>Picture of a step (PNG)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drawing of a step (SVG)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Animation (GIF)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Film (WebM, with ffmpeg)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Film (MP4, with ffmpeg)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture of every step (folder of PNG)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole run (JSON)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Player in one page (HTML)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no run to export; open or start one first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run has %1 steps; there is no step %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The scale must be in 1..%1, not %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A picture must have %1 to %2 pixels on each side, not %3 x %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The speed must be in %1..%2 steps a second, not %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 exists already; name a new folder for the pictures.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::GoToDialog</name>
    <message>
        <source>Go to a step or position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step or position</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>12 or s12: a step   ·   p40: a position</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::HandControls</name>
    <message>
        <source>The step that was computed after this change comes back with Redo; it is kept as a run of its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The %1 steps that were computed after this change come back with Redo; they are kept as a run of their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no run yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No slot is selected; click one, or use the arrow keys on the canvas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run was made by “%1”, but “%2” is loaded; load the model that made it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is loaded; load “%1”, which made this run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run goes on already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is open: remask a slot to have the model fill it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Continue: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computes the rest of the run: %1 (F5 at the end)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computes one step (F10 at the end)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Branch at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Branch of “%1” at step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped at step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 change by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 changes by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This sampler will not change committed tokens.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::HeaderBar</name>
    <message>
        <source>Memory that the model needs of what the device offers; mean measured time of a step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shown run commits by chance: how sure the model was of a slot did not decide when it was committed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE: steps arrive as they are computed. REPLAY: recorded steps are shown. BRANCH: recorded steps of a run that left another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+↵</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device that computes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loading the model, %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no model loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms/step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BRANCH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>REPLAY</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order ignores confidence</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::HistoryCurve</name>
    <message>
        <source>Entropy and best guess of this slot over the steps, measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No step asked about this slot.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Entropy from %1 nats at step %2 to %3 at step %4; best guess from %5 to %6.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entropy, 0–%1 nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best guess, 0–1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::HistoryList</name>
    <message>
        <source>Changes of this slot, measured; Enter goes to the step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>event</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1: %2 %3, p %4, measured</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::Inspector</name>
    <message>
        <source>Lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock to this slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stay with this slot while others are selected (Ctrl+Shift+I); Ctrl+I opens another inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everything about this slot, tab separated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy these numbers as tab separated values (Ctrl+Shift+C)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the tags mean</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not on the canvas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The locked slot was not there yet, or is gone, at this step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No slot selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run a prompt or open a trace, then click a slot to see what the model believed about it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click a slot, or move to the canvas with Tab and use the arrow keys.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector · %1, locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inspector · locked slot</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::KeyMapDialog</name>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Menu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::LibraryPanel</name>
    <message>
        <source>Search prompts, answers, titles, notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds runs that have every word, each as the beginning of one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of the runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most steps first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Empty…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Note on the chosen run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No run has all of these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1; each goes after %2 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every run that ends appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n runs</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Moved %1 to the trash, which keeps it for %2 days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>these %1 runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete %1 for good? This cannot be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete everything in the trash for good? This cannot be undone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete for good…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Empty the trash…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to &amp;trash</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo move to trash</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::LogDialog</name>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages of the program, oldest first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show &amp;from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Least level of the messages that are shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Information</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words that the messages contain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy what is shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This process keeps no log.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::LogFile</name>
    <message>
        <source>The log cannot be written to %1: %2. It is shown here as long as the program runs; make room or free the name to keep it.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::MainWindow</name>
    <message>
        <source>&amp;Clear this list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes by hand, the newest last; choosing one goes back or forward to it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As it was recorded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>branch at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>branch of %1 at step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>History</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 The history could not take the run; its steps are safe in a journal, which the next start takes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 that had not ended when Crystallite did: every finished step is in the history, marked as recovered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How fast this run was could not be kept for the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look into it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model and run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::MeasurePanel</name>
    <message>
        <source>Where the model looks to predict this slot: weights over all slots</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks the token and asks all other slots what should stand here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More candidates than the trace keeps of every slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel the measurement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no run to measure; run a prompt or open a trace.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No slot is selected; click one, or use the arrow keys on the canvas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is loaded; a measurement needs the one that made this run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This run was made by “%1”, but “%2” is loaded; load the model that made it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, canvas of step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring: %1…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The measurement was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::MeasuredView</name>
    <message>
        <source>measured, extra pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computed on the device by a pass of its own; it is no part of the trace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window shows another slot or step now; this is of the one above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Head</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the measurement as table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy everything that was measured as tab separated values</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the measurement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mean</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::MemoryView</name>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose smaller weights, another number of layers, or another device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose smaller weights or another device.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::MessageBar</name>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ModelFields</name>
    <message>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The files cannot tell which of these the model is; the one who published it says so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How a prompt is written as a turn of a conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller weights need less memory and are a little less exact; the file stays as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device that computes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers on the GPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers that do not fit on the GPU stay on the processor, which is slower</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as many as fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A GGUF file or a folder that has one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a tokenizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Automatic: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None: text is sent as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, from the model&apos;s template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As they are: %1, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quantised to %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ModelLibraryDialog</name>
    <message>
        <source>Models on this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders that are looked into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Remove from list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Takes the folder off this list; the folder and its files stay as they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by name, family, format or licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter of the models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;fresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Look into it…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the model is and whether it fits, and then loads it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder in which you keep models. They are used where they are; nothing is copied, moved or deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading headers, %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for model files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 models</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ModelPage</name>
    <message>
        <source>Load anyway</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system may become slow or refuse the memory; what is loaded now comes back in that case</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that its files say</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ModelStartPage</name>
    <message>
        <source>Recent models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a GGUF file or a Hugging Face folder here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>LLaDA, iLLaDA, Dream, DiffuCoder, DreamOn, Open-dCoder, Qwen mdlm, DiffuGPT, DiffuLLaMA and SMDM; any part of a split file will do.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ModelTable</name>
    <message>
        <source>the processor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cannot be loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fits everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fits nowhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>fits on %1 of %2 devices</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not stated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured on %1: %2 ms per step with %3 slots, mean of %4 steps, %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measured in real runs on this machine: the mean of the newest run, on the fastest device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Family</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ms per step</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::NoiseDialog</name>
    <message>
        <source>Noise this text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The &amp;text of the shown step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A text of my &amp;own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text of my own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of the words that vanish, in percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is left of the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Recover</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Noise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 tokens vanish; the model writes them anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is loaded; load one to have it recover a text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The mask of “%1” is an ordinary word, so that no text with gaps can be sent to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shown text was made by “%1”; load that model, or copy the text and choose “A text of my own”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type a text first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At this level no word vanishes; move the slider to the right.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::OpenModelDialog</name>
    <message>
        <source>Open a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Load</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading, %1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading was cancelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::PolicyFields</name>
    <message>
        <source>Policy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remasking rule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How likely a token is withdrawn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remasking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::PresetDialog</name>
    <message>
        <source>policy %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>order %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>length %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>blocks of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>temperature %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent as chat turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sent as plain text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>system text “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changes nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Presets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start with it whenever this model is &amp;loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep what is chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the settings and the system text of the Run panel under this name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gives the selected preset this name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deletes the selected preset; it can be brought back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Bring back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brings back the preset that was deleted last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Adds the presets of a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes your own presets to a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Puts the selected preset into the Run panel; prompt and seed stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (built in)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is in the Run panel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is called &apos;%2&apos; now.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;%1&apos; is deleted; “Bring back” undoes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is there again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) came in.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) are in the file.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 starts with &apos;%2&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 starts with what is usual.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::PromptField</name>
    <message>
        <source>Prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The puzzle: one character a cell, . for an open one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the text starts with</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::PromptPanel</name>
    <message>
        <source>Prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insert gap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes the mask at the text cursor: an open slot that the model fills, between words that stay (Ctrl+Shift+G)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Denoising</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cache</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys and values that are kept from pass to pass instead of being computed anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which masked slots are committed first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 takes the best guess; more lets chance speak</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same prompt, settings and seed give the same run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw a new seed (Ctrl+E)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The seed must be a whole number from 0 to 18446744073709551615.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this question with the system text %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>question %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answer %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens of each turn: %1. Nothing is cut; shorten or remove a turn, or begin a new chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 given, %2 open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, 1 gap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 gaps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The preset &apos;%1&apos; asks for the policy &apos;%2&apos;, which cannot run this model; choose another preset or model.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ReadingView</name>
    <message>
        <source>Reading view</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading view: text of this step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading view · step %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::RunExport</name>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is not enough memory for the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At %1 steps a second the slot at position %2 would flash %3 times within a second, and three are safe</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; no slower speed helps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; it was exported at %1 steps a second.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::RunInfoDialog</name>
    <message>
        <source>Run information</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the engine used for this run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy everything as tab separated values</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::RunLibrary</name>
    <message>
        <source>The history cannot be kept: the folder &apos;%1&apos; cannot be made; check its permissions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history &apos;%1&apos; was written by a newer Crystallite and is left as it is; runs go to &apos;%2&apos;. Update Crystallite to see both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The history was damaged; it is set aside as &apos;%1&apos; and a new one has begun. Runs that could be read and are in it: %2; that could not: %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 It is set aside as &apos;%2&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::RunManners</name>
    <message numerus="yes">
        <source>The run is complete after %n step(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run failed after %n step(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run was stopped after %n step(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>A diffusion run is in progress</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::RunNumbers</name>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slots after the prompt; 0 fills only the masks written in it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Denoising steps over all blocks; fewer steps commit more tokens at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one per slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slots per block; blocks are denoised from left to right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>one block</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the model&apos;s %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::RunTreeDelegate</name>
    <message>
        <source>Title of the run</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::RunTreeModel</name>
    <message>
        <source>%1, found: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::RunUntilDialog</name>
    <message>
        <source>Run until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Condition to run until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masked share in percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mean entropy in nats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position that is committed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text that is contained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the masked share is below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the mean entropy is below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a token is masked again or exchanged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this position is committed:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the text contains</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the next block begins</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run &amp;until</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type the text to run until.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::RunVerdict</name>
    <message>
        <source>Time one step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Computes two steps of this run on this device: the first warms up, the second is measured. It can be continued</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long a step takes with this model and device is not measured yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at %1 ms per step, measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at %1 ms per step, measured with %2 slots where this run has %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At most about %1 %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About %1 %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As many steps as it needs, at most %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One token per step, %1 steps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 tokens per step on average.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::ScreenshotRun</name>
    <message>
        <source>The folder %1 cannot be made; name another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model did not load in time; try a smaller one, or --device cpu.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run did not end in time; try fewer steps, or another device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be written; check the folder and the space left.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The command %1 opened nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The attention was not measured in time; try a smaller model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The search did not end in time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file that is not there was opened.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::SearchPanel</name>
    <message>
        <source>Text, or #id of a token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find in all steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift+F3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Committed tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens that a step wrote into a slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guesses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The eight recorded candidates of every slot that a step asked about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The text of a step, also over several tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep what was found so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds a word or a part of one in every step; #123 finds a token by its id.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first %1 matches; a longer text finds fewer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in %2 of %3 steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No match in any step.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::SentPreview</name>
    <message>
        <source>Tokens that are sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exactly the tokens that the model is given; special ones are bold in a dashed outline</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::SlotField</name>
    <message>
        <source>Words for the slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words for the slots from here on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type words here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The words are pinned: the sampler does not change them. Enter writes, Esc leaves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 slot: position %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 slots: positions %2 to %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Type at least one word, or leave with Esc.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::SlotLight</name>
    <message>
        <source>No weight is above 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light grows in proportion to the weight; brightest: %1 at position %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Extra measurement, not part of the run.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::SlotNames</name>
    <message>
        <source>, masked by hand at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, inserted by hand at step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>, to be committed next, number %1 in the queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token %1, pinned by hand at step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token %1, unpinned by hand at step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token %1, written by hand at step %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>masked, best guess %1 %2 percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prompt token %1, locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token %1, locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token %1, changed at step %2 at %3 percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>token %1, committed at step %2 at %3 percent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvas, empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canvas, step %1 of %2, %3 masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row %1, column %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Position %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>behind the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 end-of-text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positions %1 to %2: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to unfold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 slots of the answer are masked</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::StartPage</name>
    <message>
        <source>Nothing has been denoised yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::TimeControls</name>
    <message>
        <source>There is no step after step %1 at which %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cursor follows the run until %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped at step %1, because %2. The run goes on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At step %1 %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run has ended, and at no step of it %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 The cursor stopped at this breakpoint; the run goes on.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::TimelinePanel</name>
    <message>
        <source>follow live</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show every step as it is computed (End turns it on, seeking back turns it off)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step &lt;b&gt;%1&lt;/b&gt;/%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps/s playback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>block %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>showing steps %1–%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 step behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 steps behind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 step in %1 shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every step is recorded. Not every one is drawn, because drawing would take the processor&apos;s time from the model; go back to see those between.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::TimelineTracks</name>
    <message>
        <source>Timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heatmap, position by step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>heatmap</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The steps of a run appear here.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::TokenDisplay</name>
    <message>
        <source>line break</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tab</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>end of text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty token</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::TokenStrip</name>
    <message>
        <source>open slot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>special %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>What is sent, %n token(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1, id %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>crystallite::VideoEncoder</name>
    <message>
        <source>A film needs the program ffmpeg, which is not installed; install the package ffmpeg, or export a GIF.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ffmpeg could not make %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
