package dev.chasqui.http.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// A caller that says exactly what it is told to, byte by byte.
final class RawClient implements AutoCloseable {

  private static final int LIMIT_MILLIS = 20_000;

  private static final int DRIP_MILLIS = 20;

  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    this(port, "127.0.0.1");
  }

  /// @param from the address of its own, one of the loopback block
  RawClient(int port, String from) throws IOException {
    socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), LIMIT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /// Goes on sending one byte at a time, so that the connection is never idle, until it is closed.
  RawClient drip(char bit) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  send(String.valueOf(bit));
                  TimeUnit.MILLISECONDS.sleep(DRIP_MILLIS);
                }
              } catch (IOException | InterruptedException e) {
                // The server has had enough.
              }
            });
    return this;
  }

  /// One answer: its status line, headers and body.
  Answer read() throws IOException {
    String head = readHead();
    int length = 0;
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring("content-length:".length()).strip());
      }
    }
    return new Answer(head, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed after: " + head.toString(StandardCharsets.ISO_8859_1));
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /// So many bytes.
  String read(int bytes) throws IOException {
    return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
  }

  /// All there is until the server ends the connection, however it does.
  String rest() {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      in.transferTo(rest);
    } catch (IOException e) {
      // A reset is an end too.
    }
    return rest.toString(StandardCharsets.ISO_8859_1);
  }

  /// Whether nothing more comes: the server has ended the connection.
  boolean isEnded() {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  record Answer(String head, String body) {
    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }
  }
}
