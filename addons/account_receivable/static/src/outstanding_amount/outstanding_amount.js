import { AccountPaymentField } from "@account/components/account_payment_field/account_payment_field";
import { patch } from "@web/core/utils/patch";

/** The list of outstanding items takes an amount: beside Add, which uses all of an item. */
patch(AccountPaymentField.prototype, {
    get canChooseAmount() {
        return ["out_invoice", "out_refund", "out_receipt"].includes(
            this.props.record.data.move_type
        );
    },

    /** As a button of the form does it: only to a button the server gives an action that can be opened. */
    async chooseOutstandingAmount(moveId, id) {
        const { record } = this.props;
        await this.action.doActionButton({
            type: "object",
            name: "action_apply_outstanding_amount",
            resModel: record.resModel,
            resId: moveId,
            args: JSON.stringify([id]),
            context: record.context,
            onClose: () => record.model.root.load(),
        });
    },
});
