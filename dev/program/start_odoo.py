"""Odoo's command line as a file, which its server with workers runs once more by itself: what
`python -m odoo` started cannot be. In a folder of its own, because Python imports from there."""

from odoo.cli.command import main

if __name__ == "__main__":
    main()
