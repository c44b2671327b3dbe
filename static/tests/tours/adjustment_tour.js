import { registry } from "@web/core/registry";

const row = (text) => `.modal .o_field_widget[name=line_ids] .o_data_row:contains(${text})`;
const selected = (text) =>
    `.modal .o_field_widget[name=line_ids] .o_selected_row:contains(${text})`;
const total = (amount) => ({
    content: `The credit comes to ${amount}`,
    trigger: `.modal div[name=amount_total]:contains(${amount})`,
});

registry.category("web_tour.tours").add("account_customer_credit_adjustment", {
    steps: () => [
        {
            content: "Adjust, beside Credit Note",
            trigger: "button[name=action_adjust]:contains(Adjust)",
            run: "click",
        },
        total("0.00"),
        {
            content: "All of it, by one click",
            trigger: ".modal button[name=action_adjust_all]:contains(Return All)",
            run: "click",
        },
        total("726.00"),
        {
            content: "And back to nothing",
            trigger: ".modal button[name=action_clear]",
            run: "click",
        },
        total("0.00"),
        {
            content: "More desks than were sold",
            trigger: `${row("Desk")} td[name=quantity]`,
            run: "click",
        },
        {
            trigger: `${selected("Desk")} td[name=quantity] input`,
            run: "edit 9",
        },
        {
            content: "The next row",
            trigger: `${row("Lamp")} td[name=quantity]`,
            run: "click",
        },
        {
            content: "It says so before anything is posted",
            trigger: ".modal div[name=input_message]:contains(Only 5)",
        },
        {
            trigger: `${row("Desk")}.text-danger`,
        },
        {
            content: "Two of the five desks come back",
            trigger: `${row("Desk")} td[name=quantity]`,
            run: "click",
        },
        {
            trigger: `${selected("Desk")} td[name=quantity] input`,
            run: "edit 2",
        },
        {
            content: "The lamp's price was too high",
            trigger: `${row("Lamp")} td[name=kind]`,
            run: "click",
        },
        {
            trigger: `${selected("Lamp")} td[name=kind] input`,
            run: "click",
        },
        {
            trigger: ".o-dropdown-item:contains(New price)",
            run: "click",
        },
        {
            content: "It costs 40.00 until now",
            trigger: `${selected("Lamp")} td[name=new_price] input:value(40.00)`,
            run: "edit 30",
        },
        {
            content: "Leave the field",
            trigger: ".modal div[name=description] textarea",
            run: "click",
        },
        total("254.10"),
        {
            content: "All of it settles the invoice",
            trigger: ".modal div[name=amount_settling]:contains(254.10)",
        },
        {
            content: "As one amount instead",
            trigger: ".modal div[name=mode] label:contains(One amount)",
            run: "click",
        },
        {
            trigger: ".modal div[name=amount] input",
            run: "edit 60.50",
        },
        {
            content: "Leave the field",
            trigger: ".modal div[name=description] textarea",
            run: "edit Two desks came back, the lamp was too dear.",
        },
        total("60.50"),
        {
            content: "As much as there is",
            trigger: ".modal button[name=action_adjust_all]:contains(Full Amount)",
            run: "click",
        },
        total("726.00"),
        {
            trigger: ".modal div[name=amount] input",
            run: "edit 60.50",
        },
        {
            trigger: ".modal div[name=description] textarea",
            run: "click",
        },
        total("60.50"),
        {
            content: "By line again: what was entered is still there",
            trigger: ".modal div[name=mode] label:contains(By line)",
            run: "click",
        },
        total("254.10"),
        {
            content: "Post",
            trigger: ".modal footer button[name=action_post]",
            run: "click",
        },
        {
            content: "It is a customer credit",
            trigger: "body:not(:has(.modal)) .oe_title span[name=customer_credit_heading]",
        },
        {
            content: "It names its invoice: open it",
            trigger: "button[name=action_open_adjusted_invoice]",
            run: "click",
        },
        {
            content: "The invoice shows the adjustment, and owes less",
            trigger: "button[name=action_open_adjustments]:contains(1)",
        },
        {
            trigger: "div[name=amount_residual]:contains(471.90)",
        },
        {
            trigger: "button[name=action_open_adjustments]",
            run: "click",
        },
        {
            content: "The list of its adjustments",
            trigger: ".o_list_view .o_data_row:contains(-254.10)",
        },
    ],
});
