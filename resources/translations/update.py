#!/usr/bin/env python3
"""Brings the .ts files up to date with the source, keeps what is translated, and lists what is not.

    update.py SOURCE_ROOT LUPDATE

lupdate knows tr() and QCoreApplication::translate(context, text), but not the functions of one argument that free functions use, nor
the commands of the menus. It therefore reads copies in which those are spelled out with their context; locations are left out of the
.ts files, so that the copies leave no trace.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

LANGUAGES = ("de", "zh_CN")
PLURALS_ALONE = ("en",)  # the source is English but for the forms that follow a number
SHARED_CONTEXT = "crystallite"  # of translate() in app/conversions.h
OF_THE_FILE = re.compile(r'QCoreApplication::translate\("([^"]+)", text')
SPELLED_OUT = 'QCoreApplication::translate("%s", "'


def spell_out(source: str, is_menu: bool) -> str:
    """The source with the context in every call that leaves it to a function of the file or of app/conversions.h."""
    own = OF_THE_FILE.search(source)
    context = SPELLED_OUT % (own.group(1) if own else SHARED_CONTEXT)
    source = re.sub(r'(?<![\w:.>])(?:crystallite::)?translated?\(\s*"(?!crystallite)', lambda _: context, source)
    if is_menu:
        # The keys that follow a command's text are no comment on it.
        source = re.sub(r'\.(?:add|addCheckable)\(\s*("(?:[^"\\]|\\.)*")', lambda command: f'; {context[:-1]}{command.group(1)}); (0', source)
    return source


def copy_spelled_out(root: pathlib.Path, copies: pathlib.Path) -> None:
    for path in sorted((root / "app").rglob("*")):
        if path.suffix in (".cpp", ".h") and "cli" not in path.relative_to(root).parts:
            copy = copies / path.relative_to(root)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(spell_out(path.read_text(encoding="utf-8"), path.name == "window_actions.cpp"), encoding="utf-8")


def unfinished(ts: pathlib.Path) -> list[str]:
    return [f"{context.findtext('name')}: {message.findtext('source')}"
            for context in ElementTree.parse(ts).getroot().iter("context")
            for message in context.iter("message")
            if message.find("translation").get("type") == "unfinished"]


def main(root: pathlib.Path, lupdate: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copies = pathlib.Path(folder)
        copy_spelled_out(root, copies)
        for language in LANGUAGES + PLURALS_ALONE:
            kind = ["-pluralonly"] if language in PLURALS_ALONE else []
            ts = root / "resources/translations" / f"crystallite_{language}.ts"
            # Without similar texts: a guess that looks finished would hide from the list below.
            subprocess.run([lupdate, "-silent", "-locations", "none", "-no-obsolete", "-disable-heuristic", "similartext", "-I", str(copies),
                            str(copies / "app"), "-source-language", "en_US", *kind, "-target-language", language, "-ts", str(ts)], check=True)
            missing = unfinished(ts)
            print(f"{ts.name}: {len(missing)} unfinished")
            for text in missing:
                print(f"  {text}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]).resolve(), sys.argv[2])
