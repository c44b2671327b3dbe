import { registry } from "@web/core/registry";
import { dialog, inDialog, list, openActivityStatement, picture } from "@account_receivable/../tests/tours/picture";

const group = ".o_group_header:contains(Pinecrest Public Library)";

registry.category("web_tour.tours").add("guide_aging", {
    steps: () => [
        { content: "Its items", trigger: group, run: "click" },
        { trigger: ".o_data_row:contains(60041)" },
        picture("aging", list, { marks: [".o_control_panel button[name=action_choose]"] }),
        { trigger: ".o_control_panel button[name=action_choose]", run: "click" },
        {
            trigger: `${dialog} div[name=credits] label:contains(In a separate column)`,
            run: "click",
        },
        picture("aging_choices", [inDialog]),
        { trigger: `${dialog} button[name=action_show]`, run: "click" },
        { trigger: "body:not(:has(.modal)) th[data-name=open_credits]" },
    ],
});

registry.category("web_tour.tours").add("guide_tie_out", {
    steps: () => [
        { trigger: ".o_group_header", run: "click" },
        { trigger: ".o_data_row:contains(Pinecrest):not(.text-danger)" },
        picture("tie_out", list),
    ],
});

registry.category("web_tour.tours").add("guide_tie_out_difference", {
    steps: () => [
        { trigger: ".o_group_header", run: "click" },
        picture("tie_out_difference", list, { marks: [".o_data_row.text-danger"] }),
        { trigger: ".o_data_row.text-danger td[name=documents_difference]", run: "click" },
        { trigger: ".o_data_row td[name=cause]:contains(Manual entry)" },
        picture("tie_out_finding", list),
    ],
});

registry.category("web_tour.tours").add("guide_statement", {
    steps: () => [
        ...openActivityStatement,
        picture("statement_dialog", [inDialog], {
            marks: [`${dialog} button[name=action_send]`],
        }),
        { trigger: `${dialog} button[name=action_send]`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

registry.category("web_tour.tours").add("guide_statement_batch", {
    steps: () => [
        {
            content: "New Statements, for everybody with open items",
            trigger: ".o_control_panel button:contains(New Statements)",
            run: "click",
        },
        { trigger: `${dialog} div[name=customer_count]:contains(2)` },
        { trigger: `${dialog} button[name=action_send]`, run: "click" },
        {
            content: "One of the two has no mail address",
            trigger: ".o_form_view div[name=problem_ids] .o_data_row:contains(Pinecrest)",
        },
        picture("statement_batch", [".o_form_statusbar", ".o_form_sheet"], {
            marks: ["div[name=problem_ids] .o_data_row td[name=message]"],
        }),
    ],
});
