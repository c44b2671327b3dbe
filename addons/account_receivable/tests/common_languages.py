"""The check whether an addon is translated."""

import polib


def find_untranslated(folder, module, names=()):
    """Find the untranslated sentences of an addon.

    :param folder: its folder i18n
    :param names: texts that are the same in every language, as single words may be
    :return: the number of its sentences, and ``{language: missing sentences}``
    """
    template = polib.pofile(str(folder / f"{module}.pot"))
    sentences = {entry.msgid for entry in template if " " in entry.msgid} - set(names)
    missing = {}
    for language in ("de", "es", "fr", "nl"):
        entries = polib.pofile(str(folder / f"{language}.po"))
        translated = {entry.msgid for entry in entries if entry.msgstr and not entry.fuzzy}
        missing[language] = sentences - translated
    return len(sentences), missing
