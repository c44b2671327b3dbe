"""Find words in the English texts that a clerk would not say: POT...

Each sentence with one of them is printed with its file, and the exit code is 1.
"""

import re
import sys
from pathlib import Path

import polib

#: Words, and what to say instead.
WORDS = {
    r"by (itself|themselves)": "automatically",
    r"(no|some|any|every)body": "no one, another user, all users",
    r"who(m|ever)|who may": "the user who, users with the right to",
    r"besides|beside": "as well, next to",
    r"meanwhile": "has just been",
    r"(is|are) no (?!longer\b|overpayment\b)": "is not a, cannot",
    r"of (its|their) own": "separate, own",
    r"what (is|was|has|of|to)\b": "the amount, the balance; what happened",
    r"(is|are) left of\b": "remains, can still be",
    r"lies ahead": "is in the future",
    r"taken? back|takes back": "reversed, returned",
    r"untick": "deselect",
    r"at most that": "that amount or less",
}
#: Riddles as a label.
LABELS = {"Why", "What", "Who", "Left", "Kind", "Chosen", "By", "For", "Differs"}
#: A negative amount is said to a person as a positive one, with words.
NEGATIVE = re.compile(r"[$€] ?-|- ?[$€] ?\d|(?<!\()-\d+\.\d")
FOUND = [(re.compile(rf"\b(?:{words})", re.IGNORECASE), say) for words, say in WORDS.items()]


def find_problems(path):
    """Yield the texts of a .pot that read oddly, each with the words and what to say instead."""
    for entry in polib.pofile(str(path)):
        text = " ".join(entry.msgid.split())
        for pattern, say in (*FOUND, (NEGATIVE, "a positive amount, with words")):
            if found := pattern.search(entry.msgid):
                yield found[0], text, say
                break
        else:
            if entry.msgid in LABELS:
                yield entry.msgid, text, "a label that says which"


def main():
    problems = 0
    for path in map(Path, sys.argv[1:]):
        for words, text, say in find_problems(path):
            problems += 1
            print(f"{path}: “{words}” (better: {say}): {text}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
