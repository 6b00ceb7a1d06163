package dev.chasqui.model;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How deliveries to an endpoint are tried. Each dialect has a default; an endpoint may override
/// every part.
///
/// @param deadline from "go" to the last byte of the answer that is needed
/// @param retry when to try again
/// @param maxInFlight deliveries under way at once
/// @param ratePerSecond deliveries begun per second, null for no limit
/// @param ordering whether deliveries of one contact wait for each other
/// @param verdicts which answers are success, which end it
/// @param dropDeliveredAfterRead whether the status `delivered` is left out where it is known that
///   the message was read
public record Policy(
    Duration deadline,
    Retry retry,
    int maxInFlight,
    @Nullable Double ratePerSecond,
    Ordering ordering,
    Verdicts verdicts,
    boolean dropDeliveredAfterRead) {

  /// A policy that leaves nothing out.
  public Policy(
      Duration deadline,
      Retry retry,
      int maxInFlight,
      @Nullable Double ratePerSecond,
      Ordering ordering,
      Verdicts verdicts) {
    this(deadline, retry, maxInFlight, ratePerSecond, ordering, verdicts, false);
  }

  public Policy {
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("deadline must be positive");
    }
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight must be 1 or more");
    }
  }

  /// The same, with other statuses that count as delivered.
  public Policy succeedingAt(StatusSet success) {
    Verdicts changed =
        new Verdicts(
            success, verdicts.cancelOn(), verdicts.disableOn(), verdicts.cancelOnUnresolvable());
    return new Policy(
        deadline, retry, maxInFlight, ratePerSecond, ordering, changed, dropDeliveredAfterRead);
  }

  /// The waits between attempts: after the first failed attempt `schedule[0]`, and so on; when the
  /// list is exhausted the delivery is dead. An empty list means one attempt.
  ///
  /// @param jitter share of the wait added at random, 0 to 1
  /// @param honoursRetryAfter whether the receiver's `Retry-After` can lengthen a wait
  /// @param expiry what ends the waiting beside the schedule
  public record Retry(
      List<Duration> schedule, double jitter, boolean honoursRetryAfter, Expiry expiry) {

    /// Retries that only the schedule ends.
    public Retry(List<Duration> schedule, double jitter, boolean honoursRetryAfter) {
      this(schedule, jitter, honoursRetryAfter, Expiry.NONE);
    }

    public Retry {
      schedule = List.copyOf(schedule);
      if (!(jitter >= 0 && jitter <= 1)) {
        throw new IllegalArgumentException("jitter must be from 0 to 1");
      }
    }

    /// How long it is from the first attempt to the last at most, without what a receiver wishes.
    public Duration length() {
      Duration sum = schedule.stream().reduce(Duration.ZERO, Duration::plus);
      return sum.plusMillis((long) (sum.toMillis() * jitter));
    }
  }

  /// The rules for events that are too old to deliver.
  ///
  /// @param maxAge how old an event may be to be delivered, null for no limit
  /// @param action what becomes of older ones; what an operator asks for again is always delivered
  /// @param dropWhileFailing whether the schedule runs out by the clock for all that waits while
  ///   the endpoint is failing
  public record Expiry(@Nullable Duration maxAge, TooOld action, boolean dropWhileFailing) {

    /// No limit: events of any age are delivered.
    public static final Expiry NONE = new Expiry(null, new TooOld.Deliver(), false);

    /// How old an event may be, null if age ends nothing.
    public @Nullable Duration limit() {
      return action instanceof TooOld.Deliver ? null : maxAge;
    }
  }

  /// The treatment of a delivery whose event is too old.
  public sealed interface TooOld {

    /// It is delivered all the same, with its age.
    record Deliver() implements TooOld {}

    /// An event that is too old becomes a dead letter.
    record Dead() implements TooOld {}

    /// It goes to another endpoint, which catches up.
    record Move(EndpointId to) implements TooOld {}

    /// The word in the API and in the store: `deliver`, `dead` or `endpoint:` and its id.
    default String wire() {
      return switch (this) {
        case Deliver _ -> "deliver";
        case Dead _ -> "dead";
        case Move move -> "endpoint:" + move.to();
      };
    }

    /// @throws IllegalArgumentException if it is no such word
    static TooOld ofWire(String word) {
      if (word.startsWith("endpoint:")) {
        return new Move(EndpointId.parse(word.substring("endpoint:".length())));
      }
      return switch (word) {
        case "deliver" -> new Deliver();
        case "dead" -> new Dead();
        default ->
            throw new IllegalArgumentException("must be deliver, dead or endpoint: and its id");
      };
    }
  }

  /// Whether deliveries wait for each other.
  public enum Ordering {
    NONE,
    /// First in, first out per endpoint, phone number and contact.
    CONTACT
  }

  /// Which answers mean what.
  ///
  /// @param success statuses that count as delivered
  /// @param cancelOn statuses that end the delivery at once
  /// @param disableOn statuses that also disable the endpoint
  /// @param cancelOnUnresolvable whether a name that does not exist ends the delivery at once; a
  ///   resolver that does not answer never does
  public record Verdicts(
      StatusSet success, StatusSet cancelOn, Set<Integer> disableOn, boolean cancelOnUnresolvable) {

    /// Verdicts by which a name that does not exist is tried again.
    public Verdicts(StatusSet success, StatusSet cancelOn, Set<Integer> disableOn) {
      this(success, cancelOn, disableOn, false);
    }

    public Verdicts {
      disableOn = Set.copyOf(disableOn);
    }
  }

  /// A set of HTTP statuses, written `200`, `2xx`, or several with commas; `!408` takes one out.
  public record StatusSet(String text) {

    public static final StatusSet NONE = new StatusSet("");

    /// @throws IllegalArgumentException if the text is not of that form
    public StatusSet {
      for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
        if (!part.matches("!?[1-5]([0-9]{2}|xx)")) {
          throw new IllegalArgumentException("not a set of HTTP statuses: " + part);
        }
      }
    }

    /// Whether the status is in the set.
    public boolean contains(int status) {
      boolean in = false;
      for (String part : text.split(",", -1)) {
        boolean out = part.startsWith("!");
        String pattern = out ? part.substring(1) : part;
        boolean matches =
            pattern.endsWith("xx")
                ? pattern.charAt(0) - '0' == status / 100
                : pattern.equals(Integer.toString(status));
        if (matches && out) {
          return false;
        }
        in |= matches;
      }
      return in;
    }
  }
}
