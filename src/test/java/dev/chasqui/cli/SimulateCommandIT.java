package dev.chasqui.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.ReceiverSecret;
import dev.chasqui.sim.ReceiverSite;
import dev.chasqui.sim.SampleReceiver;
import java.io.PrintWriter;
import java.io.StringWriter;
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
    assertThat(out.toString()).contains("8 requests sent, 8 taken, 0 attempts repeated");
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
    assertThat(out.toString()).contains("4 requests sent, 4 taken", "20 requests sent, 20 taken");
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
