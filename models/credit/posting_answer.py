"""The action that a dialog opens after it called core's ``action_post``.

That method may return an action instead of posting, or after it: a confirmation, an approval. Its
caller must pass it on, and not close as if all were posted.
"""

from odoo.tools import format_list

from odoo.addons.web.controllers.utils import clean_action


def open_after_posting(records, answer, action):
    """The action to open after posting, with a warning if some records are still drafts.

    :param records: the documents or payments that were to be posted
    :param answer: the return value of ``action_post``
    :param dict action: the action that opens them, if ``action_post`` returned none
    :return dict: the action
    """
    env = records.env
    action = answer if isinstance(answer, dict) else action
    drafts = records.filtered(lambda record: record.state == "draft")
    if not drafts:
        return action
    names = [
        f"{draft.display_name} ({draft.partner_id.display_name})"
        if draft.partner_id
        else draft.display_name
        for draft in drafts[:5]
    ]
    if len(drafts) > 5:
        names.append("...")
    return {
        "type": "ir.actions.client",
        "tag": "display_notification",
        "params": {
            "type": "warning",
            "sticky": True,
            "title": env._("Not Posted Yet"),
            "message": env._(
                "Still drafts: %(documents)s.", documents=format_list(env, names, style="unit")
            ),
            # the server cleans the action of a button, but not an action within another one
            "next": clean_action(dict(action), env),
        },
    }
