#!/usr/bin/python3
"""A mail server that keeps nothing: prints its port, then one JSON line for each mail it accepts.

Recipients decide what it does: refuse@… is refused for good, later@… for now. Ends with its input.
"""
import json
import socket
import sys

from aiosmtpd.controller import Controller


class Sink:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refuse@"):
            return "550 5.1.1 no such person here"
        if address.startswith("relay@"):
            return "554 5.7.1 relay access denied"
        if address.startswith("later@"):
            return "450 4.2.1 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "bytes": envelope.original_content.decode("latin-1"),
        }
        print(json.dumps(mail), flush=True)
        return "250 OK"


def port():
    return controller.server.sockets[0].getsockname()[1]


def knock():
    socket.create_connection(("127.0.0.1", port()), 5).recv(1024)


controller = Controller(Sink(), hostname="127.0.0.1", port=0)
# The library connects to itself to see whether it runs, but at the port it was given: 0.
controller._trigger_server = knock
controller.start()
print(port(), flush=True)
sys.stdin.read()
controller.stop()
