"""The A/R aging as a spreadsheet: one sheet with the customers, one with the items."""

import io

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

#: The columns of the items that are text or a date: field, width.
ITEM_COLUMNS = (
    ("partner_id", 32),
    ("move_name", 18),
    ("kind", 16),
    ("date", 12),
    ("due_date", 12),
    ("days", 8),
    ("currency_id", 9),
)


class AgingWorkbook:
    """Writes the result of ``account.receivable.aging._get_report`` into a workbook."""

    def __init__(self, env, aging):
        self.env = env
        self.aging = aging
        self.output = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.output, {"in_memory": True})
        decimals = aging["currency"].decimal_places
        money = "#,##0" + ("." + "0" * decimals if decimals else "")
        self.bold = self.book.add_format({"bold": True})
        self.head = self.book.add_format(
            {"bold": True, "bottom": 1, "align": "right", "text_wrap": True}
        )
        self.money = self.book.add_format({"num_format": money})
        self.sum = self.book.add_format({"num_format": money, "bold": True, "top": 1})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})

    def get_content(self):
        """Write the sheets and close the workbook.

        :return bytes: the file
        """
        self._write_customers()
        if any(customer["items"] for customer in self.aging["customers"]):
            self._write_items()
        self.book.close()
        return self.output.getvalue()

    def _new_sheet(self, name, labels, widths):
        """Add a sheet with the choices and the head of the table.

        :return: the sheet and the number of its first row
        """
        sheet = self.book.add_worksheet(name)
        company = ", ".join(self.env.companies.mapped("name"))
        as_of = self.aging["choices"].as_of
        sheet.write_string(0, 0, f"{self.env._('A/R Aging')} — {company}", self.bold)
        sheet.write_string(1, 0, self.env._("As of"))
        sheet.write_datetime(1, 1, as_of, self.day)
        sheet.write_string(2, 0, self.env._("Currency"))
        sheet.write_string(2, 1, self.aging["currency"].name)
        for column, (label, width) in enumerate(zip(labels, widths, strict=True)):
            sheet.write_string(4, column, label, self.head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(5, 1)
        return sheet, 5

    def _write_sums(self, sheet, first, last, column, totals):
        """Write sums as formulas, with their values for programs that do not calculate."""
        sheet.write_string(last, 0, self.env._("Total"), self.sum)
        for index, total in enumerate(totals, column):
            letter = xl_col_to_name(index)
            formula = f"=SUM({letter}{first + 1}:{letter}{last})" if last > first else "=0"
            sheet.write_formula(last, index, formula, self.sum, total)

    def _write_customers(self):
        columns = self.aging["columns"]
        labels = [self.env._("Customer"), *(label for _name, label in columns)]
        sheet, first = self._new_sheet(
            self.env._("A/R Aging")[:31].replace("/", " "), labels, [36] + [14] * len(columns)
        )
        row = first
        for customer in self.aging["customers"]:
            # Always as text: a name that begins with "=" is no formula.
            sheet.write_string(row, 0, customer["name"])
            for index, (name, _label) in enumerate(columns, 1):
                sheet.write_number(row, index, customer["amounts"][name], self.money)
            row += 1
        totals = [self.aging["totals"][name] for name, _label in columns]
        self._write_sums(sheet, first, row, 1, totals)

    def _write_items(self):
        model = self.env["account.receivable.aging"]
        described = model.fields_get(attributes=["string", "selection"])
        kinds = dict(described["kind"]["selection"])
        columns = self.aging["columns"]
        labels = [described[name]["string"] for name, _width in ITEM_COLUMNS]
        labels += [described["amount_residual_currency"]["string"]]
        labels += [label for _name, label in columns]
        widths = [width for _name, width in ITEM_COLUMNS] + [16] + [14] * len(columns)
        sheet, first = self._new_sheet(self.env._("Items")[:31], labels, widths)
        row = first
        for customer in self.aging["customers"]:
            for item in customer["items"]:
                self._write_item(sheet, row, customer, item, kinds)
                row += 1
        totals = [self.aging["totals"][name] for name, _label in columns]
        self._write_sums(sheet, first, row, len(ITEM_COLUMNS) + 1, totals)

    def _write_item(self, sheet, row, customer, item, kinds):
        sheet.write_string(row, 0, customer["name"])
        sheet.write_string(row, 1, item.move_name or "")
        sheet.write_string(row, 2, kinds.get(item.kind, ""))
        sheet.write_datetime(row, 3, item.date, self.day)
        sheet.write_datetime(row, 4, item.due_date, self.day)
        sheet.write_number(row, 5, item.days)
        sheet.write_string(row, 6, item.currency_id.name)
        sheet.write_number(row, 7, item.amount_residual_currency, self.money)
        for index, (name, _label) in enumerate(self.aging["columns"], len(ITEM_COLUMNS) + 1):
            if item[name] or name == "amount_residual":
                sheet.write_number(row, index, item[name], self.money)


def write_aging(env, aging):
    """Write an aging into a spreadsheet.

    :param dict aging: the result of ``account.receivable.aging._get_report``
    :return bytes: the XLSX file
    """
    return AgingWorkbook(env, aging).get_content()
