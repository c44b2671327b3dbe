import { registry } from "@web/core/registry";
import { picture } from "@account_receivable/../tests/tours/picture";

registry.category("web_tour.tours").add("guide_portal", {
    steps: () => [
        {
            content: "What is left to use",
            trigger: "a[name=credit_available]:contains(150.00)",
        },
        picture("portal_home", ["#wrapwrap header", "#wrapwrap main .o_portal_docs"], {
            marks: ["a[name=credit_available]"],
        }),
        {
            trigger: ".o_portal_docs a:contains(Your Invoices)",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "tr:contains(60061)" },
        picture("portal_documents", ["#wrapwrap main table"], { margin: 10 }),
        {
            content: "Open the credit",
            trigger: "tr:contains(60061) td:first a",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_portal_sidebar div[name=customer_credit]" },
        { trigger: ":iframe #wrapwrap:contains(Credit Memo)" },
        picture("portal_credit", ["#wrapwrap header", "#sidebar_content", "iframe"], {
            marks: ["div[name=customer_credit]"],
        }),
        {
            content: "Back to the list",
            trigger: "li[name=invoices_breadcrumb] a",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "tr:contains(60061)" },
    ],
});

registry.category("web_tour.tours").add("guide_portal_statement", {
    steps: () => [
        { trigger: "div[name=company_statement]:contains(60061)" },
        picture("portal_statement", ["#wrapwrap main div[name=company_statement]", "a[name=download_statement]"], { margin: 10 }),
    ],
});
