package dev.chasqui.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.chasqui.sim.Business;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The generator against the benchmark's own receiver and its no-op server.
class LoadGeneratorIT {

  private static final Duration SHORT = Duration.ofMillis(300);

  private final SentTimes sentTimes = new SentTimes();
  private SinkReceiver sink;

  @BeforeEach
  void start() throws IOException {
    sink = new SinkReceiver(sentTimes);
  }

  @AfterEach
  void stop() throws IOException {
    sink.close();
  }

  @Test
  void countsWhatTheReceiverCounts() throws IOException {
    try (LoadGenerator generator = generator(sink.port())) {
      LoadGenerator.Result result = generator.run(new Load.Closed(SHORT), 8);
      assertThat(result.acknowledged()).isPositive().isEqualTo(sink.received());
      assertThat(result.failures()).isZero();
      assertThat(result.latency().total()).isEqualTo(result.acknowledged());
      assertThat(sink.swapLatency().total()).isEqualTo(result.acknowledged());
    }
  }

  @Test
  void aFixedRateIsKept() throws IOException {
    try (LoadGenerator generator = generator(sink.port())) {
      LoadGenerator.Result result = generator.run(new Load.Fixed(500, SHORT), 4);
      assertThat(result.acknowledged()).isBetween(100L, 151L);
    }
  }

  @Test
  void goesOnWithMoreOrFewerCallers() throws IOException {
    try (LoadGenerator generator = generator(sink.port())) {
      long first = generator.run(new Load.Closed(SHORT), 2).acknowledged();
      long second = generator.run(new Load.Closed(SHORT), 16).acknowledged();
      long third = generator.run(new Load.Closed(SHORT), 1).acknowledged();
      assertThat(generator.acknowledged()).isEqualTo(first + second + third);
    }
  }

  @Test
  void connectionsThatTheServerClosedMeanwhileAreNoFailures() throws IOException {
    HttpServer server = server(0);
    int port = server.getAddress().getPort();
    try (LoadGenerator generator = generator(port)) {
      long first = generator.run(new Load.Closed(SHORT), 8).acknowledged();
      server.stop(0);
      server = server(port);
      LoadGenerator.Result second = generator.run(new Load.Closed(SHORT), 8);
      assertThat(second.failures()).isZero();
      assertThat(second.acknowledged()).isPositive();
      assertThat(generator.acknowledged()).isEqualTo(first + second.acknowledged());
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer server(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    HttpServer server = HttpServer.create(address, 64);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var _ = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
          }
        });
    server.start();
    return server;
  }

  @Test
  void theNoOpServerTakesWebhooks() throws IOException {
    try (NoOpServer server = new NoOpServer();
        LoadGenerator generator = generator(server.port())) {
      LoadGenerator.Result result = generator.run(new Load.Closed(SHORT), 8);
      assertThat(result.acknowledged()).isPositive();
      assertThat(result.failures()).isZero();
    }
  }

  private LoadGenerator generator(int port) throws IOException {
    RequestTemplate template =
        new RequestTemplate("127.0.0.1:" + port, Business.SAMPLE, "secret", 1_200);
    return new LoadGenerator(
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port),
        template,
        sentTimes,
        Clock.systemUTC());
  }
}
