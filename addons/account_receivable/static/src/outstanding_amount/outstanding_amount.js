import { AccountPaymentField } from "@account/components/account_payment_field/account_payment_field";
import { patch } from "@web/core/utils/patch";

/** Let users apply an amount of an outstanding item, next to Add, which uses all of it. */
patch(AccountPaymentField.prototype, {
    get canChooseAmount() {
        return ["out_invoice", "out_refund", "out_receipt"].includes(
            this.props.record.data.move_type
        );
    },

    /** Called like a button: only for buttons the server cleans the action that the client opens. */
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
