"""An HTTP proxy for the bench: counting-proxy.py ADDRESS DIRECTORY writes its port into DIRECTORY/port, and into
DIRECTORY/bytes how many bytes of content it has passed on."""

import http.client
import http.server
import os
import sys
import threading
import urllib.parse

ADDRESS, DIRECTORY = sys.argv[1:]
NOT_PASSED_ON = {"connection", "proxy-connection", "keep-alive", "transfer-encoding", "content-length", "host"}
LOCK = threading.Lock()
passed = 0


def write(name, text):
    path = os.path.join(DIRECTORY, name)
    with open(path + ".new", "w") as file:
        file.write(text)
    os.rename(path + ".new", path)


class Proxy(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Otherwise each answer waits 40 ms, since head and body are sent apart.
    disable_nagle_algorithm = True

    def do_GET(self):
        global passed
        url = urllib.parse.urlsplit(self.path)
        server = http.client.HTTPConnection(url.hostname or "", url.port or 80, timeout=30)
        try:
            headers = {name: value for name, value in self.headers.items() if name.lower() not in NOT_PASSED_ON}
            server.request("GET", urllib.parse.urlunsplit(("", "", url.path, url.query, "")), headers=headers)
            answer = server.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as e:
            self.send_error(502, str(e))
            return
        finally:
            server.close()
        # Before the client has it, so whoever waits for the client finds it counted.
        with LOCK:
            passed += len(body)
            write("bytes", f"{passed}\n")
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in NOT_PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


with http.server.ThreadingHTTPServer((ADDRESS, 0), Proxy) as proxy:
    proxy.daemon_threads = True
    write("bytes", "0\n")
    write("port", f"{proxy.server_address[1]}\n")
    proxy.serve_forever()
