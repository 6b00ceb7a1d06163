package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ServerSettings.Deadlines;
import dev.chasqui.http.server.ServerSettings.Limits;
import dev.chasqui.testkit.Conditions;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Ten thousand callers that are connected and silent, or as many as the process may have: both
/// ends of each connection are ours, and each end is a file descriptor.
class IdleConnectionsIT {

  private static final int WANTED = 10_000;
  private static final int DESCRIPTORS_FOR_THE_REST = 1_000;
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  /// Both ends, Netty's and the test's. A thread or a buffer for each would cost many times that.
  private static final long MAX_BYTES_PER_CONNECTION = 24 << 10;

  @Test
  void costLittleAndDisturbNobody() throws Exception {
    int count = affordable();
    Routes routes = new Routes().onLoop("GET", "/", 0, (_, r) -> r.send(Response.empty(204)));
    List<SocketChannel> idle = new ArrayList<>();
    try (EventLoops loops = EventLoops.start(2);
        HttpListener listener =
            HttpListener.start(
                loops,
                new ServerSettings(
                    "127.0.0.1",
                    0,
                    new Limits(8 << 10, 16 << 10, 20_000, 1, 1 << 20),
                    Deadlines.DEFAULT,
                    List.of()),
                routes,
                ErrorTable.standard(),
                ServerEvents.NONE);
        RawClient client = new RawClient(listener.port())) {
      assertThat(client.send(GET).read().status()).isEqualTo(204);
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), listener.port());
      long before = usedBytes();
      for (int i = 0; i < count; i++) {
        idle.add(SocketChannel.open(address));
      }
      Conditions.until("all are connected", () -> listener.connections() == count + 1);

      long each = (usedBytes() - before) / count;
      System.out.println(count + " idle connections, " + each + " bytes of heap each");
      assertThat(each).isLessThan(MAX_BYTES_PER_CONNECTION);
      assertThat(client.send(GET).read().status()).isEqualTo(204);
      listener.stopAccepting();
      Conditions.until("no connection is left", () -> listener.connections() == 0);
      assertThat(listener.drain(Duration.ofSeconds(20))).isTrue();
    } finally {
      for (SocketChannel channel : idle) {
        channel.close();
      }
    }
  }

  private static int affordable() {
    UnixOperatingSystemMXBean system =
        (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
    return (int) Math.min(WANTED, (free - DESCRIPTORS_FOR_THE_REST) / 2);
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
