import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";

/** Ask before saving an order whose new customer or currency releases its reservations. */
patch(FormController.prototype, {
    async onWillSaveRecord(record) {
        const proceed = await super.onWillSaveRecord(...arguments);
        const note = record.resModel === "sale.order" && record.data.credit_release_note;
        if (proceed === false || !note) {
            return proceed;
        }
        return new Promise((resolve) => {
            this.dialogService.add(ConfirmationDialog, {
                title: _t("Release the Reserved Credits?"),
                body: note,
                confirmLabel: _t("Save and Release"),
                confirm: () => resolve(true),
                cancelLabel: _t("Go Back"),
                cancel: () => resolve(false),
            });
        });
    },
});
