package dev.chasqui.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A receiver that does with its connections whatever a test wants, down to the byte.
class RawReceiver implements AutoCloseable {

  /// What becomes of one connection.
  interface Behaviour {
    void serve(Conversation conversation) throws IOException, InterruptedException;
  }

  /// The requests that were read, head and body, in order.
  final List<String> requests = new CopyOnWriteArrayList<>();

  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  RawReceiver(Behaviour behaviour) throws IOException {
    this(new ServerSocket(0, 64, InetAddress.ofLiteral("127.0.0.1")), behaviour);
  }

  RawReceiver(ServerSocket server, Behaviour behaviour) {
    this.server = server;
    Thread.ofVirtual().start(() -> accept(behaviour));
  }

  /// Answers each request with 200 and a short body.
  static Behaviour answering() {
    return conversation -> {
      while (conversation.readRequest()) {
        conversation.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      }
    };
  }

  /// Says a text to the first request and ends the connection.
  static Behaviour saying(String text) {
    return conversation -> {
      conversation.readRequest();
      conversation.write(text);
    };
  }

  /// Says a beginning, and then a bit again and again, so that the connection is never idle.
  static Behaviour dripping(String beginning, String bit) {
    return conversation -> {
      conversation.readRequest();
      conversation.write(beginning);
      while (true) {
        conversation.write(bit);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    };
  }

  static RawReceiver friendly() throws IOException {
    return new RawReceiver(answering());
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return sockets.size();
  }

  private void accept(Behaviour behaviour) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(behaviour, socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Behaviour behaviour, Socket socket) {
    try (socket) {
      behaviour.serve(new Conversation(socket));
    } catch (IOException | InterruptedException e) {
      // The other side has had enough, which is what many tests wait for.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /// One connection.
  final class Conversation {

    private final Socket socket;
    private final InputStream in;

    private Conversation(Socket socket) throws IOException {
      this.socket = socket;
      this.in = socket.getInputStream();
    }

    /// @return false if the other side has ended the connection
    boolean readRequest() throws IOException {
      StringBuilder text = new StringBuilder();
      while (text.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return false;
        }
        text.append((char) next);
      }
      byte[] body = in.readNBytes(contentLength(text.toString()));
      requests.add(text + new String(body, StandardCharsets.ISO_8859_1));
      return true;
    }

    /// All up to an ending.
    String readUntil(String ending) throws IOException {
      StringBuilder text = new StringBuilder();
      while (!text.toString().endsWith(ending)) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("ended after " + text);
        }
        text.append((char) next);
      }
      return text.toString();
    }

    void readByte() throws IOException {
      in.read();
    }

    void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Ends the connection with a reset rather than an orderly end.
    void reset() throws SocketException {
      socket.setSoLinger(true, 0);
    }

    /// Waits until the other side ends the connection.
    void waitForEnd() throws IOException {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }

    private static int contentLength(String head) {
      for (String line : head.toLowerCase(Locale.ROOT).split("\r\n", -1)) {
        if (line.startsWith("content-length:")) {
          return Integer.parseInt(line.substring("content-length:".length()).strip());
        }
      }
      return 0;
    }
  }
}
