package dev.chasqui.bench;

import dev.chasqui.model.Bytes;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A keep-alive connection of the generator, with one request under way at a time.
final class LoadConnection implements AutoCloseable {

  private static final int ANSWER_BYTES = 16 << 10;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ByteBuffer out;
  private final ByteBuffer in = ByteBuffer.allocate(ANSWER_BYTES);
  private long dueNanos;
  private int wanted;

  /// Connects, blocking, and joins the selector.
  LoadConnection(SocketAddress target, Selector selector, int requestBytes) throws IOException {
    channel = SocketChannel.open(target);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    key = channel.register(selector, SelectionKey.OP_READ, this);
    out = ByteBuffer.allocateDirect(requestBytes);
  }

  /// Sends a request.
  ///
  /// @param dueNanos from when its latency counts
  void send(Bytes request, long dueNanos) throws IOException {
    this.dueNanos = dueNanos;
    this.wanted = -1;
    in.clear();
    out.clear();
    out.put(request.array(), request.offset(), request.length()).flip();
    flush();
  }

  long dueNanos() {
    return dueNanos;
  }

  /// Goes on with whatever the socket is ready for.
  ///
  /// @return the answer's status once it is complete, 0 before
  int proceed() throws IOException {
    if (key.isWritable()) {
      flush();
    }
    if (!key.isReadable()) {
      return 0;
    }
    if (channel.read(in) < 0) {
      throw new EOFException("closed by the server");
    }
    return answer();
  }

  private void flush() throws IOException {
    channel.write(out);
    int interest =
        out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  private int answer() throws IOException {
    if (wanted < 0) {
      wanted = HttpHead.messageLength(in.array(), in.position());
    }
    if (wanted > in.capacity()) {
      throw new IOException("an answer of " + wanted + " bytes");
    }
    boolean isComplete = wanted > 0 && in.position() >= wanted;
    return isComplete ? HttpHead.status(in.array()) : 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
