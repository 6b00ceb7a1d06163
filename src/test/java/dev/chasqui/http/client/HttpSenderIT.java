package dev.chasqui.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.chasqui.delivery.Sender.Outbound;
import dev.chasqui.http.Cidr;
import dev.chasqui.http.EventLoops;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpSenderIT {
  @Test
  void sends() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        x -> {
          byte[] b = x.getRequestBody().readAllBytes();
          x.sendResponseHeaders(201, b.length);
          x.getResponseBody().write(b);
          x.close();
        });
    server.start();
    try (EventLoops loops = EventLoops.start(2);
        HttpSender sender =
            HttpSender.start(
                loops, ClientSettings.DEFAULT.allowing(List.of(Cidr.parse("127.0.0.0/8"))))) {
      for (int i = 0; i < 5; i++) {
        SendResult r =
            sender.send(
                new Outbound(
                    "POST",
                    URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x?y=1"),
                    Map.of("X-Abc", "d"),
                    Bytes.utf8("hello"),
                    Duration.ofSeconds(5),
                    2048));
        System.out.println(r);
        assertThat(r)
            .isInstanceOfSatisfying(
                SendResult.Answered.class, a -> assertThat(a.body().toUtf8()).isEqualTo("hello"));
      }
    } finally {
      server.stop(0);
    }
  }
}
