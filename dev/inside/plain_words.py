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
FOUND = re.compile("|".join(rf"\b(?:{words})" for words in WORDS), re.IGNORECASE)


def find_problems(path):
    """Yield the texts of a .pot that read oddly, each with the words."""
    for entry in polib.pofile(str(path)):
        found = FOUND.search(entry.msgid) or NEGATIVE.search(entry.msgid)
        if found:
            yield found[0], " ".join(entry.msgid.split())
        elif entry.msgid in LABELS:
            yield entry.msgid, "a label that says nothing"


def main():
    problems = 0
    for path in map(Path, sys.argv[1:]):
        for words, text in find_problems(path):
            problems += 1
            print(f"{path}: “{words}”: {text}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
