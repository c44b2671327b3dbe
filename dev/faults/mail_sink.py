"""A mail server that writes the recipient of each mail to a file: PORT FILE. Run by
dev/test_faults.py."""

import signal
import sys

from aiosmtpd.controller import Controller


class Sink:
    def __init__(self, path):
        self.path = path

    async def handle_DATA(self, _server, _session, envelope):
        with open(self.path, "a") as stream:
            stream.writelines(f"{recipient}\n" for recipient in envelope.rcpt_tos)
        return "250 Message accepted for delivery"


def main():
    port, path = sys.argv[1:]
    controller = Controller(Sink(path), hostname="127.0.0.1", port=int(port))
    controller.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    controller.stop()


main()
