import { useEffect } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";
import { ListRenderer } from "@web/views/list/list_renderer";

/**
 * The lines of a dialog, to which none can be added. The Tab key reaches the first editable cell, or
 * else the first one: in the standard list it only reaches "Add a line".
 */
export class DialogLinesRenderer extends ListRenderer {
    setup() {
        super.setup();
        useEffect(() => {
            const row = this.tableRef.el?.querySelector(".o_data_row");
            const cells = [...(row?.querySelectorAll("td.o_data_cell") || [])];
            const editable = cells.find((cell) => !cell.classList.contains("o_readonly_modifier"));
            (editable || cells[0])?.setAttribute("tabindex", "0");
        });
    }
}

export class DialogLinesField extends X2ManyField {
    static components = { ...X2ManyField.components, ListRenderer: DialogLinesRenderer };
}

registry.category("fields").add("dialog_lines", {
    ...x2ManyField,
    component: DialogLinesField,
});
