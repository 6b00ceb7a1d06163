package dev.chasqui.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Unsigned bodies of 4 MiB from two other addresses of the loopback, all at once: some stop before
/// their last byte and wait, others come whole and again and again.
final class Flood implements AutoCloseable {

  private static final int BODY = 4 << 20;
  private static final int STOPPING = 24;
  private static final int WHOLE = 2;
  private static final byte[] BYTES = new byte[BODY];

  static {
    Arrays.fill(BYTES, (byte) ' ');
  }

  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean isOver;

  Flood(String publicUrl) {
    URI url = URI.create(publicUrl);
    this.target = new InetSocketAddress(InetAddress.ofLiteral(url.getHost()), url.getPort());
    for (int i = 0; i < STOPPING; i++) {
      Thread.ofVirtual().start(() -> repeat("127.0.0.2", BODY - 1));
    }
    for (int i = 0; i < WHOLE; i++) {
      Thread.ofVirtual().start(() -> repeat("127.0.0.3", BODY));
    }
  }

  private void repeat(String from, int bytes) {
    while (!isOver) {
      try (Socket socket = new Socket()) {
        sockets.add(socket);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(target);
        String head =
            "POST /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                + BODY
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(BYTES, 0, bytes);
        socket.getInputStream().readAllBytes();
      } catch (IOException _) {
        // It had to go; the next one comes at once.
      }
    }
  }

  @Override
  public void close() throws IOException {
    isOver = true;
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
