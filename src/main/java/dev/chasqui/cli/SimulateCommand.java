package dev.chasqui.cli;

import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.ExotelWebhooks;
import dev.chasqui.sim.Platform;
import dev.chasqui.sim.RetrySchedule;
import dev.chasqui.sim.Sample;
import dev.chasqui.sim.Samples;
import dev.chasqui.sim.SendMany;
import dev.chasqui.sim.SignedWebhook;
import dev.chasqui.sim.Traffic;
import dev.chasqui.sim.TrafficPlan;
import dev.chasqui.sim.TurnWebhooks;
import dev.chasqui.sim.Voice;
import dev.chasqui.sim.WebhookFactory;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
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
    description = "Sends signed webhooks to a callback as the platform would, retries included.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every well-signed request was accepted",
      "1:some were not, or were given up",
      "2:wrong use"
    },
    footerHeading = "Examples:%n",
    footer = {
      "  ./chasqui simulate --to http://127.0.0.1:3000/hook --secret s3cret --only text --items 1",
      "  ./chasqui simulate --to http://127.0.0.1:8080/webhooks/whatsapp --secret $APP_SECRET"
    })
final class SimulateCommand implements Callable<Integer> {

  private static final String WRONG_SECRET = "not-the-app-secret";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PlanOptions plan = new PlanOptions();

  @Option(names = "--to", paramLabel = "URL", description = "The callback (http or https).")
  private @Nullable String to;

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      defaultValue = "meta",
      description = "The platform: meta, turn or exotel (default ${DEFAULT-VALUE}).")
  private String dialect = "meta";

  @Option(
      names = "--secret",
      paramLabel = "KEY",
      description = "The key for signatures: Meta's app secret, Turn's or Exotel's secret.")
  private @Nullable String secret;

  @Option(
      names = "--verify-token",
      paramLabel = "TOKEN",
      description = "Do the handshake with this token first.")
  private @Nullable String verifyToken;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Send only this type, status or field, or one variant of it; see --list.")
  private @Nullable String only;

  @Option(names = "--list", description = "Print the names that --only takes, and end.")
  private boolean list;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Repeat the traffic of an earlier run: the same message ids, which a gateway recognises"
              + " as repeats (default: a new seed, which is printed).")
  private @Nullable Long seed;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "8",
      description = "Requests under way at once (default ${DEFAULT-VALUE}).")
  private int concurrency = 8;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      samples().stream().map(Sample::name).forEach(out::println);
      return 0;
    }
    URI callback = callback();
    long chosen = seed == null ? new Random().nextLong(1, Integer.MAX_VALUE) : seed;
    List<SignedWebhook> requests = requests(chosen);
    Clock clock = Clock.systemUTC();
    try (Platform platform = new Platform(callback, RetrySchedule.QUICK, clock, concurrency)) {
      if (verifyToken != null && !platform.shakesHands(verifyToken, "challenge-" + chosen)) {
        spec.commandLine().getErr().println("chasqui: the callback does not shake hands");
        return 1;
      }
      SendMany.Tally tally = new SendMany(platform, concurrency).send(requests, plan.bursts());
      return report(requests.size(), tally, chosen);
    }
  }

  private int report(int sent, SendMany.Tally tally, long chosen) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "%s sent, %d answered 200 (%s), %s, %d given up; seed %d"
            .formatted(
                counted(sent, "request", "requests"),
                tally.taken(),
                counted(tally.duplicates(), "repeat", "repeats"),
                counted(tally.repeated(), "retry", "retries"),
                tally.givenUp(),
                chosen));
    tally
        .refusals()
        .forEach(
            (reason, count) ->
                spec.commandLine()
                    .getErr()
                    .println(
                        "chasqui: %s not accepted: %s%s"
                            .formatted(
                                counted(count, "request was", "requests were"),
                                reason,
                                reason.equals("invalid_signature")
                                    ? " (is --secret the one that the gateway has?)"
                                    : "")));
    return tally.isAccepted() ? 0 : 1;
  }

  private static String counted(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  private URI callback() {
    if (to == null) {
      throw wrong("--to URL is missing: the callback that the webhooks are sent to");
    }
    try {
      URI url = new URI(to);
      if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (URISyntaxException _) {
      // told below
    }
    throw wrong("--to must be an http or https URL, not " + to);
  }

  private List<SignedWebhook> requests(long chosen) {
    if (secret == null || secret.isBlank()) {
      throw wrong("--secret is missing or empty: the key that the receiver checks signatures with");
    }
    Random random = new Random(chosen);
    WebhookFactory factory = new WebhookFactory(random, Clock.systemUTC());
    Traffic traffic = new Traffic(trafficPlan(), samples(), factory, random);
    try {
      return traffic.requests(Business.SAMPLE, voice(secret), voice(WRONG_SECRET));
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private Voice voice(String key) {
    return switch (dialect) {
      case "meta" -> new AppSecret(key);
      case "turn" -> new TurnWebhooks(key);
      case "exotel" -> new ExotelWebhooks("simulated", key);
      default -> throw wrong("--dialect must be meta, turn or exotel, not " + dialect);
    };
  }

  private TrafficPlan trafficPlan() {
    try {
      return plan.toPlan();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
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
      throw wrong(
          "the dialect %s has no sample called %s; ./chasqui simulate --list --dialect %s prints the names"
              .formatted(dialect, only, dialect));
    }
    return chosen;
  }
}
