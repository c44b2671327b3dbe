"""What the runtime is made of. Changing a line here changes the key of the cached folder."""

# Debian unstable is the one place that ships Odoo 19 as a package, tests included. Its relative
# links lead to files of the other packages, so all of them are unpacked into one folder. When
# unstable has moved on to a newer 19.0 the set-up takes that one and says so.
ODOO_PACKAGE, ODOO_VERSION = "odoo-19", "19.0.0+dfsg-1"
ODOO_SUITE = "sid"
ODOO_COMPANIONS = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-ocr-b",
)

# Unstable's Font Awesome dropped the files of version 4 that Odoo uses, and Debian 13 has no
# wkhtmltopdf any more: both come from Debian 12, whatever the machine runs.
STABLE_SUITE = "bookworm"
ODOO_FONTS = ("fonts-font-awesome", "fonts-inconsolata")
PRINTER_FONTS = ("fonts-lato", "fonts-dejavu-core", "fonts-liberation")
# What the patched wkhtmltopdf of dev/requirements/printer.txt needs beside a C library.
PRINTER_LIBRARIES = (
    *("libfontconfig1", "libfreetype6", "libstdc++6", "libx11-6", "libxext6", "libxrender1"),
    "zlib1g",
)
# Debian's own, for machines that the patched one is not made for.
PRINTER_PACKAGES = ("wkhtmltopdf",)

# The browser of the tours comes from the machine's own release, for the sake of its libraries.
BROWSER_PACKAGES = (
    "chromium-headless-shell",
    "fonts-dejavu-core",
    "fonts-liberation",
    "fonts-roboto-unhinted",
)

# Every machine has its own C library, and mixing two of them crashes; the rest is large and
# useless to a headless browser: drivers for graphics cards, the package manager, lists of names.
NEVER_UNPACK = (
    r"libc6|libc-bin|libcrypt1|gcc-\d+-base|libllvm\d+.*|libz3-4|libgl1-mesa-dri|mesa-.*|"
    r"dpkg|tar|debconf|perl.*|iso-codes|coreutils|bash|dash|init-system-helpers|x11-utils"
)

# The odoo packages that the tests and the demo need beside the addon: its dependencies, debit
# notes and cheques (other addons extend the same documents), and charts whose rules differ.
BASE_MODULES = (
    "account_payment",
    "account_edi_ubl_cii",
    "account_debit_note",
    "account_check_printing",
)
CHART_MODULES = ("l10n_be", "l10n_es", "l10n_fr_account", "l10n_it", "l10n_de")
