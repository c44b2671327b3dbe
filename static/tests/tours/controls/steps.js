/** The dialog on top. */
export const dialog = ".modal:not(.o_inactive_modal)";
export const noDialog = { content: "No dialog is open", trigger: "body:not(:has(.modal))" };
export const form = ".o_form_view";
export const list = ".o_list_view";

export const click = (trigger, content = undefined) => ({ content, trigger, run: "click" });
/** Open a dialog by its button and close it without any change. */
export const lookAndDiscard = (trigger, shows) => [
    click(trigger),
    { trigger: `${dialog} ${shows}` },
    click(`${dialog} footer button[special=cancel]`, "Discard"),
    noDialog,
];
export const back = {
    content: "Back",
    trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item:last-of-type a",
    run: "click",
};
export const tab = (name) => click(`a.nav-link[name=${name}]`);
export const select = (row) => ({
    content: `Tick ${row}`,
    trigger: `.o_data_row:contains(${row}) .o_list_record_selector input`,
    run: "check",
});
/** Wait until an action reloaded the list, with nothing selected. */
export const loadedAgain = {
    content: "The list is loaded again",
    trigger: `${list}:has(.o_data_row):not(:has(.o_data_row_selected))`,
};
/** An entry of the action menu. */
export const action = (name) => [
    click(".o_cp_action_menus button:has(.fa-cog)"),
    click(`.o_menu_item:contains(${name})`),
];
export const header = (name) => `.o_control_panel button:contains(${name})`;
