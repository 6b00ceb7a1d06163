package dev.chasqui.http.client;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.SendResult;
import dev.chasqui.outbound.Sender.Outbound;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What the sender's tests share.
final class Senders {

  /// Long enough never to pass on a slow machine.
  static final Duration LONG = Duration.ofSeconds(20);

  static final ClientSettings LOOPBACK =
      ClientSettings.DEFAULT.allowing(List.of(Cidr.parse("127.0.0.1/32")));

  private Senders() {}

  static Outbound post(String url, String body, Duration deadline) {
    return new Outbound("POST", URI.create(url), Map.of(), Bytes.utf8(body), deadline, 2048);
  }

  static Outbound post(RawReceiver receiver, Duration deadline) {
    return post("http://127.0.0.1:" + receiver.port() + "/hook", "hello", deadline);
  }

  static SendResult.Failure failure(SendResult result) {
    if (result instanceof SendResult.Failed failed) {
      return failed.failure();
    }
    throw new AssertionError("answered: " + result);
  }

  static SendResult.Answered answer(SendResult result) {
    if (result instanceof SendResult.Answered answered) {
      return answered;
    }
    throw new AssertionError("not answered: " + result);
  }

  static Resolver.Found addresses(String... literals) {
    return new Resolver.Found(Arrays.stream(literals).map(InetAddress::ofLiteral).toList());
  }
}
