"""Whether an addon is translated."""

import polib


def find_untranslated(folder, module, names=()):
    """The sentences of an addon that a language does not have.

    :param folder: its folder i18n
    :param names: what reads the same in every language; single words may, too
    :return: the number of its sentences, and ``{language: what is missing}``
    """
    template = polib.pofile(str(folder / f"{module}.pot"))
    sentences = {entry.msgid for entry in template if " " in entry.msgid} - set(names)
    missing = {}
    for language in ("de", "es", "fr", "nl"):
        entries = polib.pofile(str(folder / f"{language}.po"))
        translated = {entry.msgid for entry in entries if entry.msgstr and not entry.fuzzy}
        missing[language] = sentences - translated
    return len(sentences), missing
