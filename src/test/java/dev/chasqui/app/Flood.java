package dev.chasqui.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// Bodies of 4 MiB that prove nothing, from other addresses of the loopback, all at once: some stop
/// before their last byte and wait, others come whole and again and again. Some of either kind say
/// that they are signed, so that they have to be read.
///
/// Runs in a test or, as a program, in a process of its own.
final class Flood implements AutoCloseable {

  private static final int BODY = 4 << 20;
  private static final int PIECE = 64 << 10;
  private static final byte[] BYTES = new byte[PIECE];
  private static final String FORGED = "X-Hub-Signature-256: sha256=" + "0".repeat(64) + "\r\n";

  static {
    Arrays.fill(BYTES, (byte) ' ');
  }

  /// What a part of the flood does.
  enum Kind {
    /// Stops before the last byte; says that it is signed.
    SLOW(24, "127.0.0.2", BODY - 1, FORGED),
    /// Stops before the last byte.
    SLOW_UNSIGNED(24, "127.0.0.3", BODY - 1, ""),
    /// Comes whole.
    UNSIGNED(4, "127.0.0.4", BODY, ""),
    /// Comes whole and says that it is signed.
    FORGED_SIGNATURE(2, "127.0.0.5", BODY, FORGED);

    private final int connections;
    private final String from;
    private final int bytes;
    private final String head;

    Kind(int connections, String from, int bytes, String head) {
      this.connections = connections;
      this.from = from;
      this.bytes = bytes;
      this.head = head;
    }
  }

  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong sent = new AtomicLong();
  private final Map<String, Long> answers = new ConcurrentSkipListMap<>();
  private volatile boolean isOver;

  Flood(String publicUrl, Kind... kinds) {
    URI url = URI.create(publicUrl);
    this.target = new InetSocketAddress(InetAddress.ofLiteral(url.getHost()), url.getPort());
    for (Kind kind : kinds) {
      for (int i = 0; i < kind.connections; i++) {
        Thread.ofVirtual().start(() -> repeat(kind));
      }
    }
  }

  /// Floods an address until the standard input ends, and then says what it did.
  ///
  /// @param args the address, and the kinds
  public static void main(String[] args) throws IOException {
    Kind[] kinds = Arrays.stream(args).skip(1).map(Kind::valueOf).toArray(Kind[]::new);
    try (Flood flood = new Flood(args[0], kinds)) {
      var _ = System.in.readAllBytes();
      System.out.println(flood.told());
    }
  }

  /// How much went out, and the answers by their status.
  String told() {
    return "%d MiB sent, answers %s".formatted(sent.get() >> 20, answers);
  }

  private void repeat(Kind kind) {
    while (!isOver) {
      try (Socket socket = new Socket()) {
        sockets.add(socket);
        attack(socket, kind);
      } catch (IOException _) {
        answers.merge(kind + " cut off", 1L, Long::sum);
      }
    }
  }

  private void attack(Socket socket, Kind kind) throws IOException {
    try {
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral(kind.from), 0));
      socket.connect(target);
      String head =
          "POST /webhooks/whatsapp HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
              + BODY
              + "\r\n"
              + kind.head
              + "\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      for (int left = kind.bytes; left > 0; left -= PIECE) {
        socket.getOutputStream().write(BYTES, 0, Math.min(PIECE, left));
        sent.addAndGet(Math.min(PIECE, left));
      }
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String status = answer.isEmpty() ? "none" : answer.substring(9, 12);
      answers.merge(kind + " " + status, 1L, Long::sum);
    } finally {
      sockets.remove(socket);
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
