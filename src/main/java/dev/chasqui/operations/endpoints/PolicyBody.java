package dev.chasqui.operations.endpoints;

import dev.chasqui.model.Policy;
import dev.chasqui.model.Policy.Ordering;
import dev.chasqui.model.Policy.StatusSet;
import dev.chasqui.operations.shape.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The member `policy` of an endpoint's document, read and written. Whatever is absent is the
/// dialect's default.
final class PolicyBody {

  private static final Duration MIN_DEADLINE = Duration.ofMillis(100);
  private static final Duration MAX_DEADLINE = Duration.ofSeconds(30);
  private static final Duration MAX_WAIT = Duration.ofDays(7);
  private static final int MAX_WAITS = 100;
  private static final Duration MIN_AGE = Duration.ofSeconds(1);
  private static final Duration MAX_AGE = Duration.ofDays(90);
  private static final int MAX_IN_FLIGHT = 1_000;
  private static final double MIN_RATE = 0.01;
  private static final double MAX_RATE = 10_000;
  private static final int MAX_STATUSES = 20;

  private PolicyBody() {}

  static Policy read(Fields policy, Policy defaults) {
    Policy read =
        new Policy(
            policy.duration("deadline", MIN_DEADLINE, MAX_DEADLINE, defaults.deadline()),
            retry(policy, defaults.retry()),
            policy.count("maxInFlight", 1, MAX_IN_FLIGHT, defaults.maxInFlight()),
            rate(policy, defaults.ratePerSecond()),
            ordering(policy, defaults.ordering()),
            verdicts(policy, defaults.verdicts()),
            policy.flag("dropDeliveredAfterRead", defaults.dropDeliveredAfterRead()));
    policy.finish();
    return read;
  }

  private static Policy.Retry retry(Fields policy, Policy.Retry defaults) {
    List<Duration> schedule =
        policy.has("schedule")
            ? policy.durations("schedule", MAX_WAITS, MAX_WAIT)
            : defaults.schedule();
    double jitter = policy.number("jitter", 0, 1, defaults.jitter());
    boolean honours = policy.flag("honoursRetryAfter", defaults.honoursRetryAfter());
    return new Policy.Retry(schedule, jitter, honours, expiry(policy, defaults.expiry()));
  }

  private static Policy.Expiry expiry(Fields policy, Policy.Expiry defaults) {
    Duration maxAge =
        policy.has("maxAge")
            ? policy.duration("maxAge", MIN_AGE, MAX_AGE, MAX_AGE)
            : defaults.maxAge();
    Policy.TooOld action = policy.parsed("maxAgeAction", Policy.TooOld::ofWire);
    if (maxAge == null && action != null && !(action instanceof Policy.TooOld.Deliver)) {
      policy.fault("maxAge", "is required with maxAgeAction " + action.wire());
    }
    return new Policy.Expiry(
        maxAge,
        action == null ? defaults.action() : action,
        policy.flag("dropWhileFailing", defaults.dropWhileFailing()));
  }

  private static @Nullable Double rate(Fields policy, @Nullable Double fallback) {
    double rate = policy.number("ratePerSecond", MIN_RATE, MAX_RATE, -1);
    return rate < 0 ? fallback : (Double) rate;
  }

  private static Ordering ordering(Fields policy, Ordering fallback) {
    String ordering = policy.text("ordering", 20);
    if (ordering == null) {
      return fallback;
    }
    return switch (ordering) {
      case "contact" -> Ordering.CONTACT;
      case "none" -> Ordering.NONE;
      default -> {
        policy.fault("ordering", "must be none or contact");
        yield fallback;
      }
    };
  }

  private static Policy.Verdicts verdicts(Fields policy, Policy.Verdicts defaults) {
    StatusSet success = policy.parsed("success", StatusSet::new);
    return new Policy.Verdicts(
        success == null ? defaults.success() : success,
        policy.has("cancelOn") ? cancelOn(policy) : defaults.cancelOn(),
        policy.has("disableOn") ? disableOn(policy) : defaults.disableOn(),
        policy.flag("cancelOnUnresolvable", defaults.cancelOnUnresolvable()));
  }

  private static StatusSet cancelOn(Fields policy) {
    List<String> words = policy.texts("cancelOn", MAX_STATUSES, 4);
    List<String> good = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      try {
        good.add(new StatusSet(words.get(i)).text());
      } catch (IllegalArgumentException e) {
        policy.fault("cancelOn[" + i + "]", "must be a status such as 404, 4xx or !429");
      }
    }
    return new StatusSet(String.join(",", good));
  }

  private static Set<Integer> disableOn(Fields policy) {
    Set<Integer> statuses = new LinkedHashSet<>();
    for (String word : policy.words("disableOn", MAX_STATUSES, 3)) {
      if (word.matches("[1-5][0-9]{2}")) {
        statuses.add(Integer.valueOf(word));
      } else {
        policy.fault("disableOn", "must be statuses such as 410");
      }
    }
    return statuses;
  }
}
