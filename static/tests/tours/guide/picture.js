// Pictures of the guide are taken by the tours that play its stories. In a test nobody takes any.

/** A step that takes a picture of what is on the screen, or of the element of a selector. */
export function picture(name, selector = "") {
    return {
        content: `Picture: ${name}`,
        trigger: selector || "body",
        async run() {
            await window.takePicture?.(name, selector);
        },
    };
}

export const dialog = ".modal:not(.o_inactive_modal)";
export const dialogContent = `${dialog} .modal-content`;

/** The customer's tab. */
export const openTab = {
    content: "Open the tab Finance & Accounting",
    trigger: "a[name=finance_accounting]",
    run: "click",
};
