"""What a button answers when it has done something and opens nothing: a short message."""

#: So many documents are named in a message.
NAMED_DOCUMENTS = 5


def close_with_message(message, documents=(), kind="success"):
    """The action that closes a dialog, or reads the page again, and says what was done.

    :param str message: a sentence, or the beginning of one that the documents end
    :param documents: ``account.move``; each becomes a link
    :param str kind: Odoo's type of a notification
    :return dict: the action
    """
    named = documents[:NAMED_DOCUMENTS]
    parts = [message.replace("%", "%%")]
    if named:
        more = ["..."] if len(documents) > len(named) else []
        parts.append(", ".join(["%s" for _document in named] + more))
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": kind,
            "message": " ".join(parts),
            "links": [
                {
                    "label": document.name,
                    "url": f"/odoo/action-account.action_move_out_invoice_type/{document.id}",
                }
                for document in named
            ],
            "next": {"type": "ir.actions.act_window_close"},
        },
    }
