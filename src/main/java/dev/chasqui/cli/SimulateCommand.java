package dev.chasqui.cli;

import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.ExotelWebhooks;
import dev.chasqui.sim.Platform;
import dev.chasqui.sim.RetrySchedule;
import dev.chasqui.sim.Sample;
import dev.chasqui.sim.Samples;
import dev.chasqui.sim.Sending;
import dev.chasqui.sim.SignedWebhook;
import dev.chasqui.sim.Traffic;
import dev.chasqui.sim.TrafficPlan;
import dev.chasqui.sim.TurnWebhooks;
import dev.chasqui.sim.Voice;
import dev.chasqui.sim.WebhookFactory;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Plays the platform against any callback.
@Command(
    name = "simulate",
    description = "Sends signed webhooks to a callback as the platform would, retries included.")
final class SimulateCommand implements Callable<Integer> {

  private static final String WRONG_SECRET = "not-the-app-secret";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PlanOptions plan = new PlanOptions();

  @Option(names = "--to", required = true, paramLabel = "URL", description = "The callback.")
  private URI callback = URI.create("");

  @Option(
      names = "--dialect",
      defaultValue = "meta",
      description = "The platform: meta, turn or exotel (default ${DEFAULT-VALUE}).")
  private String dialect = "meta";

  @Option(
      names = "--secret",
      required = true,
      description = "What it signs with: Meta's app secret, Turn's or Exotel's secret.")
  private String secret = "";

  @Option(names = "--verify-token", description = "Shake hands with this token first.")
  private @Nullable String verifyToken;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "A type, status or field, or one variant of it; see docs/simulator.md.")
  private @Nullable String only;

  @Option(names = "--seed", defaultValue = "1", description = "The same seed, the same traffic.")
  private long seed = 1;

  @Option(
      names = "--concurrency",
      defaultValue = "8",
      description = "Requests under way at once (default ${DEFAULT-VALUE}).")
  private int concurrency = 8;

  @Override
  public Integer call() throws InterruptedException {
    List<SignedWebhook> requests = requests();
    Clock clock = Clock.systemUTC();
    PrintWriter out = spec.commandLine().getOut();
    try (Platform platform = new Platform(callback, RetrySchedule.QUICK, clock, concurrency)) {
      if (verifyToken != null && !platform.shakesHands(verifyToken, "challenge-" + seed)) {
        spec.commandLine().getErr().println("chasqui: the callback does not shake hands");
        return 1;
      }
      Sending.Tally tally = new Sending(platform, concurrency).send(requests, plan.bursts());
      out.println(
          "%d requests sent, %d taken, %d attempts repeated, %d given up"
              .formatted(requests.size(), tally.taken(), tally.repeated(), tally.givenUp()));
      return tally.givenUp() == 0 ? 0 : 1;
    }
  }

  private List<SignedWebhook> requests() {
    if (secret.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--secret must not be empty");
    }
    Random random = new Random(seed);
    WebhookFactory factory = new WebhookFactory(random, Clock.systemUTC());
    Traffic traffic = new Traffic(trafficPlan(), samples(), factory, random);
    try {
      return traffic.requests(Business.SAMPLE, voice(secret), voice(WRONG_SECRET));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private Voice voice(String key) {
    return switch (dialect) {
      case "meta" -> new AppSecret(key);
      case "turn" -> new TurnWebhooks(key);
      case "exotel" -> new ExotelWebhooks("simulated", key);
      default ->
          throw new ParameterException(
              spec.commandLine(), "--dialect is meta, turn or exotel, not " + dialect);
    };
  }

  private TrafficPlan trafficPlan() {
    try {
      return plan.toPlan();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  /// What may be sent; only Meta has words for other things than messages and statuses.
  private List<Sample> samples() {
    List<Sample> named = only == null ? Samples.all() : Samples.named(only);
    List<Sample> chosen =
        named.stream()
            .filter(sample -> dialect.equals("meta") || !(sample instanceof Sample.OfField))
            .toList();
    if (chosen.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "there is nothing called " + only + " in the dialect " + dialect);
    }
    return chosen;
  }
}
