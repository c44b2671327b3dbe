import { registry } from "@web/core/registry";
import { dialog, form, inDialog, picture } from "@account_receivable/../tests/tours/picture";

const lines = `${dialog} .o_field_widget[name=line_ids]`;
const row = (text) => `${lines} .o_data_row:contains(${text})`;
const selected = (text) => `${lines} .o_selected_row:contains(${text})`;
const mode = (text) => ({
    trigger: `${dialog} div[name=mode] label:contains(${text})`,
    run: "click",
});
const total = (amount) => ({ trigger: `${dialog} div[name=amount_total]:contains(${amount})` });

registry.category("web_tour.tours").add("guide_adjust_invoice", {
    steps: () => [
        picture("adjust_button", form, { marks: ["button[name=action_adjust]"] }),
        { content: "Adjust", trigger: "button[name=action_adjust]", run: "click" },
        total("0.00"),
        { trigger: `${dialog} div[name=credit_reason_id] input`, run: "edit Return" },
        { trigger: ".ui-menu-item a:contains(Return)", run: "click" },
        {
            content: "One of the four desks comes back",
            trigger: `${row("Study desk")} td[name=quantity]`,
            run: "click",
        },
        { trigger: `${selected("Study desk")} td[name=quantity] input`, run: "edit 1" },
        {
            content: "The lamps cost less than agreed",
            trigger: `${row("Reading lamp")} td[name=kind]`,
            run: "click",
        },
        { trigger: `${selected("Reading lamp")} td[name=kind] input`, run: "click" },
        { trigger: ".o-dropdown-item:contains(New price)", run: "click" },
        { trigger: `${selected("Reading lamp")} td[name=new_price] input`, run: "edit 40" },
        {
            trigger: `${dialog} div[name=description] textarea`,
            run: "edit One desk came back; the lamps were 40.00 each.",
        },
        total("340.00"),
        picture("adjust_by_line", [inDialog], { marks: [`${dialog} button[name=action_post]`] }),
        mode("One amount"),
        { trigger: `${dialog} div[name=amount] input`, run: "edit 100.00" },
        { trigger: `${dialog} div[name=description] textarea`, run: "click" },
        total("100.00"),
        picture("adjust_one_amount", [inDialog], { marks: [`${dialog} div[name=amount]`] }),
        mode("By line"),
        total("340.00"),
        { trigger: `${dialog} button[name=action_post]`, run: "click" },
        {
            content: "The credit names its invoice",
            trigger: "body:not(:has(.modal)) button[name=action_open_adjusted_invoice]",
            run: "click",
        },
        { trigger: "div[name=amount_residual]:contains(1,170.00)" },
    ],
});
