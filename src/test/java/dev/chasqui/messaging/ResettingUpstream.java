package dev.chasqui.messaging;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/// An upstream that answers the first request of a connection, reads the second, and is gone.
final class ResettingUpstream implements AutoCloseable {

  private static final String TAKEN = "{\"messages\":[{\"id\":\"wamid.1\"}]}";

  private final ServerSocket server = new ServerSocket(0, 16, InetAddress.ofLiteral("127.0.0.1"));
  private final AtomicInteger requests = new AtomicInteger();

  ResettingUpstream() throws IOException {
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /// How many were read whole.
  int requests() {
    return requests.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      readRequest(socket.getInputStream());
      String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + TAKEN.length() + "\r\n\r\n" + TAKEN;
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
      readRequest(socket.getInputStream());
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // The other side has had enough.
    }
  }

  private void readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the end");
      }
      head.append((char) next);
    }
    for (String line : head.toString().toLowerCase(Locale.ROOT).split("\r\n", -1)) {
      if (line.startsWith("content-length:")) {
        in.readNBytes(Integer.parseInt(line.substring("content-length:".length()).strip()));
      }
    }
    requests.incrementAndGet();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
