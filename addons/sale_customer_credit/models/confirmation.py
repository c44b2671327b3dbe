"""The short message that confirms an act."""


def get_confirmation(message, kind="success"):
    """The action that shows a message and reloads the form, or closes the dialog.

    :param str message: what was done
    :param str kind: Odoo's type of a notification
    :return dict: the action
    """
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": kind,
            "message": message,
            "next": {"type": "ir.actions.act_window_close"},
        },
    }
