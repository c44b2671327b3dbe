import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";

/**
 * Approve Credit sends the version that was on the screen. It is read before the form saves, since
 * the saved values may include another user's edit that this user has not seen. The button's context
 * would be evaluated afterwards.
 */
patch(FormController.prototype, {
    async beforeExecuteActionButton(clickParams) {
        if (clickParams.name === "action_approve_credit") {
            clickParams.args = JSON.stringify([this.model.root.data.credit_approval_version]);
        }
        return super.beforeExecuteActionButton(...arguments);
    },

    async afterExecuteActionButton(clickParams) {
        await super.afterExecuteActionButton(...arguments);
        if (clickParams.name === "action_approve_credit") {
            await this.model.load(); // after a refusal too, to show what changed
        }
    },
});
