import { registry } from "@web/core/registry";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";

/**
 * The documents on a customer's record: a row opens the document's form, with pager and breadcrumbs,
 * and not a dialog as in the standard list.
 */
export class ARDocumentListField extends X2ManyField {
    async openRecord(record, { newWindow } = {}) {
        await this.switchToForm(record, { newWindow });
    }
}

registry.category("fields").add("ar_document_list", {
    ...x2ManyField,
    component: ARDocumentListField,
});
