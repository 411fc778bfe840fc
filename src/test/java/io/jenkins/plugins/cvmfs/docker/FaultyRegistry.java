package io.jenkins.plugins.cvmfs.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before the registry of the tests and answers in its place, for a while or for ever. */
final class FaultyRegistry implements AutoCloseable {
    /** What it answers in the registry's place. */
    enum Fault {
        ERROR("500 Internal Server Error", ""),
        REFUSAL("401 Unauthorized", "Www-Authenticate: Basic realm=\"registry\"\r\n"),
        SILENCE(null, null);

        private final String status;
        private final String header;

        Fault(String status, String header) {
            this.status = status;
            this.header = header;
        }

        String response() {
            return "HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 0\r\nConnection: close\r\n\r\n";
        }
    }

    private static final int PATIENCE_SECONDS = 60;

    private final Fault fault;
    private final AtomicInteger left;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch asked = new CountDownLatch(1);

    /** @param times how many requests it answers itself; the others are the registry's */
    FaultyRegistry(Fault fault, int times) throws IOException {
        this.fault = fault;
        this.left = new AtomicInteger(times);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Waits until a push has come as far as this. */
    void awaitRequest() throws InterruptedException {
        if (!asked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nothing was pushed within " + PATIENCE_SECONDS + " s");
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "faulty registry");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                daemon(() -> serve(client));
            } catch (IOException e) {
                // It was closed.
                return;
            }
        }
    }

    private void serve(Socket client) {
        try {
            if (left.getAndUpdate(times -> times == Integer.MAX_VALUE ? times : Math.max(0, times - 1)) == 0) {
                pass(client);
            } else if (!hasRequest(client.getInputStream())) {
                left.getAndUpdate(times -> times == Integer.MAX_VALUE ? times : times + 1);
                client.close();
            } else if (fault == Fault.SILENCE) {
                asked.countDown();
            } else {
                client.getOutputStream().write(fault.response().getBytes(StandardCharsets.US_ASCII));
                client.close();
            }
        } catch (IOException e) {
            // The client, or the test, has gone.
            open.remove(client);
        }
    }

    // docker asks by TLS first and takes the plain way when that is refused.
    private static boolean isTls(int first) {
        return first == 0x16;
    }

    // Up to the empty line; of what is sent after it nothing is wanted.
    private static boolean hasRequest(InputStream in) throws IOException {
        int newLines = 0;
        while (newLines < 2) {
            int c = in.read();
            if (c < 0 || isTls(c)) {
                return false;
            }
            newLines = c == '\n' ? newLines + 1 : c == '\r' ? newLines : 0;
        }
        return true;
    }

    private void pass(Socket client) throws IOException {
        String address = Registry.plain().address();
        int colon = address.lastIndexOf(':');
        Socket registry = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        open.add(registry);
        daemon(() -> copy(registry, client));
        copy(client, registry);
    }

    private static void copy(Socket from, Socket to) {
        try (to) {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
        } catch (IOException e) {
            // One of both has ended the connection.
            return;
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
