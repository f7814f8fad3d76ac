<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en_US">
<context>
    <name>crystallite::BatchDialog</name>
    <message numerus="yes">
        <source>%n run(s) finished; each is in the history.</source>
        <translation>
            <numerusform>%n run finished; it is in the history.</numerusform>
            <numerusform>%n runs finished; each is in the history.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>crystallite::ChatTurns</name>
    <message numerus="yes">
        <source>%1 · %n turn(s) · %2</source>
        <translation>
            <numerusform>%1 · %n turn · %2</numerusform>
            <numerusform>%1 · %n turns · %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n earlier turn(s), sent before the prompt</source>
        <translation>
            <numerusform>%n earlier turn, sent before the prompt</numerusform>
            <numerusform>%n earlier turns, sent before the prompt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>crystallite::LibraryPanel</name>
    <message numerus="yes">
        <source>%n runs</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>crystallite::PresetDialog</name>
    <message numerus="yes">
        <source>%n preset(s) came in.</source>
        <translation>
            <numerusform>%n preset came in.</numerusform>
            <numerusform>%n presets came in.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) are in the file.</source>
        <translation>
            <numerusform>%n preset is in the file.</numerusform>
            <numerusform>%n presets are in the file.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>crystallite::RunManners</name>
    <message numerus="yes">
        <source>The run is complete after %n step(s).</source>
        <translation>
            <numerusform>The run is complete after %n step.</numerusform>
            <numerusform>The run is complete after %n steps.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run failed after %n step(s).</source>
        <translation>
            <numerusform>The run failed after %n step.</numerusform>
            <numerusform>The run failed after %n steps.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The run was stopped after %n step(s).</source>
        <translation>
            <numerusform>The run was stopped after %n step.</numerusform>
            <numerusform>The run was stopped after %n steps.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>crystallite::TokenStrip</name>
    <message numerus="yes">
        <source>What is sent, %n token(s)</source>
        <translation>
            <numerusform>What is sent, %n token</numerusform>
            <numerusform>What is sent, %n tokens</numerusform>
        </translation>
    </message>
</context>
</TS>
