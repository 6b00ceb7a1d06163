package dev.chasqui.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// A connection of the [SinkReceiver]: it finds the requests in the bytes that come, and answers
/// them.
final class SinkConnection {

  private static final int FIRST_BYTES = 8 << 10;
  private static final int MAX_BYTES = 8 << 20;
  private static final byte[] MARK = RequestTemplate.MARK.getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private ByteBuffer in = ByteBuffer.allocate(FIRST_BYTES);
  private int lastMark;

  SinkConnection(SocketChannel channel) {
    this.channel = channel;
  }

  /// Reads what there is.
  ///
  /// @param sequences is told the number in the body of each complete request, or -1 if there is
  ///   none, and sees to its answer
  void proceed(LongConsumer sequences) throws IOException {
    if (channel.read(in) < 0) {
      close();
      return;
    }
    int length = HttpHead.messageLength(in.array(), in.position());
    while (length > 0 && in.position() >= length) {
      sequences.accept(sequence(length));
      in.flip().position(length);
      in.compact();
      length = HttpHead.messageLength(in.array(), in.position());
    }
    makeRoom(length);
  }

  /// Answers a request. Answers are short: they fit the socket's buffer.
  void answer(ByteBuffer bytes) throws IOException {
    channel.write(bytes);
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void makeRoom(int wanted) throws IOException {
    if (Math.max(wanted, in.position() + 1) <= in.capacity()) {
      return;
    }
    int size = Math.max(wanted, 2 * in.capacity());
    if (size > MAX_BYTES) {
      throw new IOException("a request of " + size + " bytes");
    }
    ByteBuffer larger = ByteBuffer.allocate(size);
    larger.put(in.flip());
    in = larger;
  }

  /// The number behind the mark. It stands where it stood in the last request, as a rule.
  private long sequence(int length) {
    byte[] bytes = in.array();
    int last = length - MARK.length - RequestTemplate.SEQUENCE_DIGITS;
    if (lastMark > 0 && lastMark <= last && isMark(bytes, lastMark)) {
      return number(bytes, lastMark + MARK.length);
    }
    for (int at = 0; at <= last; at++) {
      if (bytes[at] == MARK[0] && isMark(bytes, at)) {
        lastMark = at;
        return number(bytes, at + MARK.length);
      }
    }
    return -1;
  }

  private static boolean isMark(byte[] bytes, int at) {
    return Arrays.equals(bytes, at, at + MARK.length, MARK, 0, MARK.length);
  }

  private static long number(byte[] bytes, int from) {
    long number = 0;
    for (int i = from; i < from + RequestTemplate.SEQUENCE_DIGITS; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }
}
