"""Odoo's command line as a file, which its server with workers runs again: that fails for one
started by `python -m odoo`. In its own folder, because Python imports from there."""

from odoo.cli.command import main

if __name__ == "__main__":
    main()
