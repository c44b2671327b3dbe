"""What a dialog opens once it has asked core to post.

Core's ``action_post`` may answer with an action instead of posting, or after it: a confirmation,
an approval. Whoever calls it hands that on, and does not close as if all were posted.
"""

from odoo.tools import format_list

from odoo.addons.web.controllers.utils import clean_action


def open_after_posting(records, answer, action):
    """
    :param records: the documents or payments that were to be posted
    :param answer: what ``action_post`` answered
    :param action: opens them; for when there is nothing else to open
    :return: an action: what was answered, and before it which of them are still drafts
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
            # the client opens it as it is, where a button's own answer is made fit by the server
            "next": clean_action(dict(action), env),
        },
    }
