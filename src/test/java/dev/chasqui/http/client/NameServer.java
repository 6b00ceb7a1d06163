package dev.chasqui.http.client;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/// A name server on the loopback that says what a test wants, or nothing.
final class NameServer implements AutoCloseable {

  static final int A = 1;
  static final int AAAA = 28;
  static final int NO_ERROR = 0;
  static final int SERVER_FAILURE = 2;
  static final int NO_SUCH_NAME = 3;

  /// It says nothing at all.
  static final Reply SILENCE = new Reply(-1, List.of());

  /// The names that were asked for, in order, with repetitions.
  final List<String> asked = new CopyOnWriteArrayList<>();

  private final DatagramSocket socket =
      new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  private volatile BiFunction<String, Integer, Reply> replies;

  /// @param replies what it says of a name and a type
  NameServer(BiFunction<String, Integer, Reply> replies) throws IOException {
    this.replies = replies;
    Thread.ofVirtual().start(this::serve);
  }

  /// What it says.
  ///
  /// @param code the response code, negative for nothing
  record Reply(int code, List<InetAddress> addresses) {

    static Reply of(int code) {
      return new Reply(code, List.of());
    }

    static Reply of(String address) {
      return new Reply(NO_ERROR, List.of(InetAddress.ofLiteral(address)));
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  void says(BiFunction<String, Integer, Reply> other) {
    replies = other;
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        reply(packet);
      } catch (IOException e) {
        return;
      }
    }
  }

  private void reply(DatagramPacket packet) throws IOException {
    ByteBuffer question = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    short id = question.getShort();
    question.position(12);
    String name = name(question);
    int type = question.getShort();
    question.getShort();
    asked.add(name);
    Reply reply = replies.apply(name, type);
    if (reply.code() < 0) {
      return;
    }
    byte[] asked = new byte[question.position() - 12];
    question.get(12, asked);
    byte[] answer = answer(id, asked, type, reply);
    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
  }

  private static byte[] answer(short id, byte[] question, int type, Reply reply) {
    List<byte[]> addresses =
        reply.addresses().stream()
            .map(InetAddress::getAddress)
            .filter(it -> it.length == (type == A ? 4 : 16))
            .toList();
    ByteBuffer answer = ByteBuffer.allocate(1500);
    answer.putShort(id).putShort((short) (0x8180 | reply.code()));
    answer.putShort((short) 1).putShort((short) addresses.size()).putInt(0).put(question);
    for (byte[] address : addresses) {
      answer.putShort((short) 0xC00C).putShort((short) type).putShort((short) 1).putInt(60);
      answer.putShort((short) address.length).put(address);
    }
    byte[] bytes = new byte[answer.position()];
    answer.get(0, bytes);
    return bytes;
  }

  private static String name(ByteBuffer question) {
    StringBuilder name = new StringBuilder();
    for (int length = question.get(); length > 0; length = question.get()) {
      byte[] label = new byte[length];
      question.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    return name.toString();
  }

  @Override
  public void close() {
    socket.close();
  }
}
