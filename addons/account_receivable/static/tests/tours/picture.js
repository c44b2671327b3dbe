/** Steps that take a picture for the documentation while `make pictures` plays a tour, and do nothing else. */

const SPACE = 8; // that a frame takes around what it marks
const FRAME =
    "position: fixed; z-index: 9999; border: 3px solid #e8590c; border-radius: 5px; pointer-events: none;";

/** The visible area around all these elements, with a margin. */
function areaOf(selectors, margin) {
    const boxes = selectors.flatMap((selector) =>
        [...document.querySelectorAll(selector)]
            .map((element) => element.getBoundingClientRect())
            .filter((box) => box.width && box.height)
    );
    if (!boxes.length) {
        throw new Error(`Nothing to take a picture of: ${selectors}`);
    }
    const x = Math.max(0, Math.min(...boxes.map((box) => box.left)) - margin);
    const y = Math.max(0, Math.min(...boxes.map((box) => box.top)) - margin);
    const right = Math.min(window.innerWidth, Math.max(...boxes.map((box) => box.right)) + margin);
    const bottom = Math.min(
        window.innerHeight,
        Math.max(...boxes.map((box) => box.bottom)) + margin
    );
    return { x, y, width: right - x, height: bottom - y };
}

function unite(one, other) {
    const x = Math.min(one.x, other.x);
    const y = Math.min(one.y, other.y);
    const right = Math.max(one.x + one.width, other.x + other.width);
    const bottom = Math.max(one.y + one.height, other.y + other.height);
    return { x, y, width: right - x, height: bottom - y };
}

/** Wait until fonts and images are loaded and nothing moves. */
async function settle() {
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    await new Promise((resolve) => setTimeout(resolve, 400));
    for (const status of document.querySelectorAll(".o-mail-ImStatus")) {
        status.style.visibility = "hidden"; // whether the user counts as online changes by itself
    }
}

/** Frame these elements in colour. A frame element is not cut off as an outline would be. */
function frame(selectors) {
    const frames = selectors.flatMap((selector) =>
        [...document.querySelectorAll(selector)].map((element) => {
            const { left, top, width, height } = element.getBoundingClientRect();
            const mark = document.createElement("div");
            mark.style = `${FRAME} left: ${left - 4}px; top: ${top - 4}px; width: ${width + 8}px; height: ${height + 8}px;`;
            document.body.append(mark);
            return mark;
        })
    );
    return () => frames.forEach((mark) => mark.remove());
}

/** Ask the test for something, and wait until it is done. */
async function asked(ask) {
    const done = new Promise((resolve) => {
        window.pictureTaken = resolve;
    });
    ask();
    await done;
}

/** The same as it is in other windows. */
async function film(name) {
    for (const size of ["1400", "390"]) {
        await asked(() => window.changeWindow(size));
        await settle();
        const picture = { name: `${name}_${size}`, window: size };
        await asked(() => window.takePicture(JSON.stringify(picture)));
    }
    await asked(() => window.changeWindow(""));
    await settle();
}

/**
 * @param {string} name of the file, without its ending
 * @param {string[]} shows selectors of what is to be on the picture
 * @param {Object} [options]
 * @param {string[]} [options.marks] selectors of what is framed in colour
 * @param {number} [options.margin] around what is shown, in pixels
 * @param {string} [options.trigger] what has to be there first; otherwise what is framed, or shown, first
 */
export function picture(name, shows, { marks = [], margin = 0, trigger = marks[0] ?? shows[0] } = {}) {
    return {
        content: `Picture: ${name}`,
        trigger: `body:has(${trigger}):not(:has(.o-autocomplete--dropdown-menu))`,
        async run() {
            marks.forEach((mark) => areaOf([mark], 0)); // what the picture would show is there
            if (!window.takePicture) {
                return;
            }
            document.activeElement?.blur?.();
            await settle();
            const area = marks.length
                ? unite(areaOf(shows, margin), areaOf(marks, SPACE))
                : areaOf(shows, margin);
            const unmark = frame(marks);
            await asked(() => window.takePicture(JSON.stringify({ name, ...area })));
            unmark();
            if (window.changeWindow) {
                await film(name);
            }
        },
    };
}

/** A document with the menu above it and without the chatter below. */
export const wholeForm = [".o_main_navbar", ".o_form_sheet"];
export const form = [".o_form_statusbar", ".o_form_sheet"];
/** The dialog on top. */
export const dialog = ".modal:not(.o_inactive_modal)";
export const inDialog = `${dialog} .modal-content`;
/** A list with its control panel. */
export const list = [".o_main_navbar", ".o_list_table"];

export const tab = (name) => ({
    content: `Open the tab ${name}`,
    trigger: `a.nav-link[name=${name}]`,
    run: "click",
});

/** From a customer to the dialog that makes the statement of a period. */
export const openActivityStatement = [
    tab("finance_accounting"),
    {
        content: "Statement",
        trigger: "div[name=ar_actions] button:contains(Statement)",
        run: "click",
    },
    { trigger: `${dialog} div[name=kind] label:contains(Activity)`, run: "click" },
    { trigger: `${dialog} div[name=customer_count]:contains(1)` },
];
