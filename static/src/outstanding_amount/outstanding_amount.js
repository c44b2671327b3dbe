import { AccountPaymentField } from "@account/components/account_payment_field/account_payment_field";
import { patch } from "@web/core/utils/patch";

/** The list of outstanding items takes an amount: beside Add, which uses all of an item. */
patch(AccountPaymentField.prototype, {
    get canChooseAmount() {
        return ["out_invoice", "out_refund", "out_receipt"].includes(
            this.props.record.data.move_type
        );
    },

    async chooseOutstandingAmount(moveId, id) {
        const action = await this.orm.call(
            this.props.record.resModel,
            "action_apply_outstanding_amount",
            [moveId, id]
        );
        this.action.doAction(action, { onClose: () => this.props.record.model.root.load() });
    },
});
