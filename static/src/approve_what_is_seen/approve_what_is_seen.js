import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";

/**
 * Approve Credit says which version was on the screen. Taken before the form saves: what comes back
 * from saving may hold another user's edit, which nobody has seen yet. So it cannot be the button's
 * context, which is evaluated afterwards.
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
            await this.model.load(); // refused, too: then there is something to look at again
        }
    },
});
