package dev.chasqui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.ReceiverSecret;
import dev.chasqui.sim.ReceiverSite;
import dev.chasqui.sim.SampleReceiver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandIT {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ReceiverSite site = new ReceiverSite();
  private final SampleReceiver receiver =
      new SampleReceiver("hook", new ReceiverSecret.Meta(new AppSecret("s3cret")), "verify-me");
  private final String url = site.open(receiver).toString();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void everythingIsTaken() {
    int exit = run("s3cret", "--items", "30", "--batch", "4", "--verify-token", "verify-me");
    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains("8 requests sent, 8 answered 200 (0 repeats), 0 retries, 0 given up; seed ");
    assertThat(receiver.badlySigned()).isZero();
  }

  @Test
  void aCallbackThatDoesNotShakeHandsGetsNothing() {
    assertThat(run("s3cret", "--verify-token", "wrong")).isEqualTo(1);
    assertThat(err.toString()).contains("does not shake hands");
    assertThat(receiver.taken()).isZero();
  }

  @Test
  void turnAndExotelArePlayedTheirOwnWay() {
    SampleReceiver turn = new SampleReceiver("turn", new ReceiverSecret.Turn("t"), "");
    SampleReceiver exotel = new SampleReceiver("exotel", new ReceiverSecret.Exotel("e"), "");
    String toTurn = site.open(turn).toString();
    String toExotel = site.open(exotel).toString();
    assertThat(runTo(toTurn, "t", "--dialect", "turn", "--items", "20", "--batch", "5")).isZero();
    assertThat(runTo(toExotel, "e", "--dialect", "exotel", "--items", "20")).isZero();
    assertThat(out.toString())
        .contains("4 requests sent, 4 answered 200", "20 requests sent, 20 answered 200");
    assertThat(turn.badlySigned() + exotel.badlySigned()).isZero();
  }

  @Test
  void whatCannotBeIsWrongUse() {
    assertThat(run("s3cret", "--dialect", "exotel", "--batch", "2")).isEqualTo(2);
    assertThat(run("s3cret", "--dialect", "turn", "--only", "calls")).isEqualTo(2);
    assertThat(run("s3cret", "--dialect", "morse")).isEqualTo(2);
    assertThat(run("s3cret", "--only", "telegram")).isEqualTo(2);
    assertThat(run("s3cret", "--duplicates", "2")).isEqualTo(2);
    assertThat(run("")).isEqualTo(2);
    assertThat(receiver.taken()).isZero();
  }

  @Test
  void eachRunHasASeedOfItsOwnAndASeedRepeatsOne() {
    run("s3cret", "--items", "3", "--only", "text");
    run("s3cret", "--items", "3", "--only", "text");
    List<String> seeds =
        out.toString().lines().map(line -> line.replaceAll(".*seed ", "")).toList();
    assertThat(seeds).hasSize(2).doesNotHaveDuplicates();
    out.getBuffer().setLength(0);
    run("s3cret", "--items", "3", "--only", "text", "--seed", seeds.getFirst());
    assertThat(out.toString().strip()).endsWith("seed " + seeds.getFirst());
  }

  @Test
  void aGatewayThatDoesNotAcceptFailsTheRun() throws IOException {
    HttpServer gateway = answering("{\"accepted\":false,\"reason\":\"invalid_signature\"}");
    try {
      int exit = runTo(url(gateway), "other", "--items", "3", "--batch", "1");
      assertThat(exit).isEqualTo(1);
      assertThat(err.toString())
          .contains("3 requests were not accepted: invalid_signature", "--secret");
    } finally {
      gateway.stop(0);
    }
  }

  @Test
  void forgedRequestsOughtNotToBeAccepted() throws IOException {
    HttpServer gateway = answering("{\"accepted\":true,\"duplicate\":true}");
    try {
      assertThat(runTo(url(gateway), "s", "--items", "4", "--forged", "0.5")).isZero();
      assertThat(out.toString()).contains("6 requests sent, 6 answered 200 (6 repeats)");
    } finally {
      gateway.stop(0);
    }
  }

  @Test
  void theNamesOfSamplesAreListed() {
    CommandLine command = new CommandLine(new SimulateCommand()).setOut(new PrintWriter(out, true));
    assertThat(command.execute("--list")).isZero();
    assertThat(out.toString().lines()).contains("text", "read", "account_alerts");
    out.getBuffer().setLength(0);
    assertThat(command.execute("--list", "--dialect", "turn")).isZero();
    assertThat(out.toString().lines()).contains("text", "read").doesNotContain("account_alerts");
  }

  @Test
  void wrongUseSaysWhatToDo() {
    assertThat(runTo("notaurl", "s")).isEqualTo(2);
    assertThat(err.toString()).contains("--to must be an http or https URL, not notaurl");
    assertThat(runTo("http://a b/", "s")).isEqualTo(2);
    assertThat(run("s3cret", "--only", "errors")).isEqualTo(2);
    assertThat(err.toString())
        .contains("no sample called errors; ./chasqui simulate --list --dialect meta prints");
  }

  private static HttpServer answering(String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
    return server;
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  private int run(String secret, String... more) {
    return runTo(url, secret, more);
  }

  private int runTo(String to, String secret, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--to", to, "--secret", secret));
    arguments.addAll(List.of(more));
    return new CommandLine(new SimulateCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }
}
