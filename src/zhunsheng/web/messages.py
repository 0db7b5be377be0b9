"""Translations: `python -m zhunsheng.web.messages` compiles every room's words and makes traditional from simplified.

zh_Hans is written by people. zh_Hant is made by OpenCC (as in Hong Kong and Macao) and is never edited by hand.
"""

import sys
from pathlib import Path

import polib

from zhunsheng.web.languages import traditional

ROOT = Path(__file__).resolve().parent.parent
SOURCE = "zh_Hans/LC_MESSAGES"


def main() -> int:
    """Compile all; exit 1 when a file has an entry whose places differ from its msgid's."""
    problems = []
    files = sorted(ROOT.glob(f"**/locale/{SOURCE}/*.po"))
    for path in files:
        catalogue = polib.pofile(str(path))
        problems += [f"{path.relative_to(ROOT)}: {entry.msgid!r}" for entry in catalogue if not fits(entry)]
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        target = path.parents[2] / "zh_Hant" / "LC_MESSAGES" / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        converted(catalogue).save_as_mofile(str(target.with_suffix(".mo")))
    for problem in problems:
        sys.stderr.write(f"places differ: {problem}\n")
    sys.stdout.write(f"{len(files)} catalogues compiled\n")
    return 1 if problems else 0


def fits(entry: polib.POEntry) -> bool:
    """Return whether the translation fills no place that its msgid does not offer."""
    offered = places(entry.msgid) | places(entry.msgid_plural or "")
    texts = [entry.msgstr, *entry.msgstr_plural.values()]
    return all(places(text) <= offered for text in texts if text)


def places(text: str) -> set[str]:
    """Return the named places `%(name)s` of a message."""
    return {part.split(")")[0] for part in text.replace("%%", "").split("%(")[1:]}


def converted(catalogue: polib.POFile) -> polib.POFile:
    """Return the catalogue with every translation in traditional characters."""
    other = polib.POFile()
    other.metadata = {**catalogue.metadata, "Language": "zh_Hant"}
    for entry in catalogue:
        other.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgctxt=entry.msgctxt,
                msgstr=traditional(entry.msgstr),
                msgid_plural=entry.msgid_plural,
                msgstr_plural={number: traditional(text) for number, text in entry.msgstr_plural.items()},
            )
        )
    return other


if __name__ == "__main__":
    sys.exit(main())
