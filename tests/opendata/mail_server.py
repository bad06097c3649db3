"""A mail server of a few words, so that mails really leave; it can refuse, or think for ever."""

import socketserver
import threading


class MailServer(socketserver.ThreadingTCPServer):
    """`received` holds the text of each mail taken. `refuses`: says no to senders. `thinks`: takes the mail
    and never says yes, as a server does whose answer is lost."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.received: list[bytes] = []
        self.refuses = self.thinks = False
        self.closing = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def stop(self) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 ici")
        for line in self.rfile:
            word = line.split(b" ")[0].strip().upper()
            if word == b"QUIT":
                return self._say("221 au revoir")
            if word == b"MAIL" and self.server.refuses:
                self._say("451 plus tard")
            elif word == b"DATA":
                self._say("354 allez-y")
                self.server.received.append(self._text())
                if self.server.thinks:
                    self.server.closing.wait(60)
                    return None
                self._say("250 pris")
            else:
                self._say("250 bien")
        return None

    def _text(self) -> bytes:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
