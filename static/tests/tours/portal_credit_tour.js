import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("account_customer_credit_portal", {
    steps: () => [
        {
            content: "The home page says what is left of the credits; open their list",
            trigger: "a[name=credit_available]:contains(250.00)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It holds what has something left, and nothing else",
            trigger: "tbody:not(:contains(Used in full)):not(:contains(Pay Now))",
        },
        {
            content: "Open the credit",
            trigger: "tr:contains(Customer Credit):contains(250.00) td:first a",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It says what it is",
            trigger: ".o_portal_sidebar div[name=customer_credit]:contains(No payment is due)",
        },
        {
            content: "There is no way to pay it",
            trigger: ".o_portal_sidebar:not(:contains(Pay Now))",
        },
        {
            content: "Its print is a credit memo",
            trigger: ":iframe #wrapwrap:contains(Credit Memo):contains(250.00)",
        },
        { content: "It can be downloaded", trigger: ".o_download_btn[href*='report_type=pdf']" },
        {
            content: "Back to the list, of all documents",
            trigger: "li[name=invoices_breadcrumb] a",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Open the invoice",
            trigger: "tr:contains(1,000.00) td:first a",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It can be paid, and there is a credit to use on it",
            trigger: ".o_portal_sidebar a:contains(Pay Now)",
        },
        {
            content: "The credit available stands there",
            trigger: "a[name=credit_available]:contains(250.00)",
        },
    ],
});

registry.category("web_tour.tours").add("account_customer_credit_portal_statement", {
    steps: () => [
        {
            content: "Your Statement, on the home page",
            trigger: ".o_portal_docs a[href='/my/statement']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "div[name=company_statement]:contains(750.00)" },
        {
            content: "Download it: the link starts the file, which stays what it is",
            trigger: "a[name=download_statement]",
            async run({ anchor, click }) {
                const response = await fetch(anchor.href, { signal: AbortSignal.timeout(60000) });
                const kind = response.headers.get("Content-Type");
                if (!response.ok || !/pdf/.test(kind)) {
                    throw new Error(`The download is ${response.status}, ${kind}`);
                }
                anchor.target = "_blank"; // the tour goes on here
                await click();
            },
        },
        {
            content: "A number opens its document",
            trigger: "div[name=company_statement] a[name=document]:first",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "#invoice_content" },
    ],
});
