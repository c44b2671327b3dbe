"""The runtime of `make demo` and `make test`, from nothing and without root.

Plain Python, standard library only: it runs before anything is installed. Each module knows one
thing: `pins` what is fetched, `paths` where it is kept, `apt`, `odoo`, `python`, `tools` and
`postgres` how each part comes to be, `databases` what Odoo makes of them.
"""
