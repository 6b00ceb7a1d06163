package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chasqui.model.Bytes;
import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many endpoints at one host, as where a service runs several integrations behind one name.
class OneHostIT {

  private static final int ENDPOINTS = 12;

  /// What of an endpoint's places is not kept for messages.
  private static final int STATUSES = 28;

  @TempDir private Path folder;

  @Test
  void p4AMessageDoesNotWaitForTheStatusesOfAllEndpointsAtItsHost() throws Exception {
    try (Host host = new Host();
        Gateway gateway = LocalGateway.start(folder, Map.of("delivery.lanes.default", "4000"));
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      for (int i = 0; i < ENDPOINTS; i++) {
        HttpResponse<String> made =
            caller.admin("POST", "/api/v1/endpoints", host.endpoint("integration " + i));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      }
      for (int i = 0; i < STATUSES; i++) {
        caller.webhook(status("wamid." + i));
      }
      Conditions.until(
          "all places that statuses may have are theirs",
          () -> host.statuses.get() == ENDPOINTS * STATUSES);
      caller.webhook(Caller.message("wamid.message", 10));
      Conditions.until("the message arrives", () -> host.messages.get() == ENDPOINTS);
      assertThat(host.answers.getCount()).as("no status was answered").isOne();
    }
  }

  private static Bytes status(String wamid) {
    return Bytes.utf8(
        """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":\
        "messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":\
        "15550001111","phone_number_id":"106540352242922"},"statuses":[{"id":"%s","status":"sent",\
        "timestamp":"1717000000","recipient_id":"15550002222"}]}}]}]}\
        """
            .formatted(wamid));
  }

  /// Answers messages at once and statuses when it closes.
  private static final class Host implements AutoCloseable {

    final AtomicInteger statuses = new AtomicInteger();
    final AtomicInteger messages = new AtomicInteger();
    final CountDownLatch answers = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    Host() throws IOException {
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      server = HttpServer.create(anyPort, 1_024);
      server.setExecutor(threads);
      server.createContext("/", this::take);
      server.start();
    }

    String endpoint(String name) {
      return """
      {"name":"%s","dialect":"meta","url":"http://127.0.0.1:%d/%s",\
      "policy":{"deadline":"PT30S"}}\
      """
          .formatted(name, server.getAddress().getPort(), name.replace(" ", ""));
    }

    private void take(HttpExchange exchange) throws IOException {
      try (exchange) {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (new String(body, StandardCharsets.UTF_8).contains("\"statuses\"")) {
          statuses.incrementAndGet();
          answers.await();
        } else {
          messages.incrementAndGet();
        }
        exchange.sendResponseHeaders(200, -1);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      answers.countDown();
      server.stop(0);
      threads.close();
    }
  }
}
