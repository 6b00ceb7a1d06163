package dev.chasqui.delivery;

import dev.chasqui.model.Lane;
import java.time.Duration;

/// Every bound of the dispatcher.
///
/// @param userAgent the `User-Agent` of each delivery, for example `Chasqui/0.1.0`
/// @param memory how much is kept in memory
/// @param lanes deliveries under way at once in each lane
/// @param claiming how deliveries are taken from the store
/// @param settling how outcomes are written
/// @param health when an endpoint is failing and how it is probed
/// @param answers what of a receiver's answer is believed and kept
public record DeliverySettings(
    String userAgent,
    Memory memory,
    LaneBudgets lanes,
    Claiming claiming,
    Settling settling,
    HealthRules health,
    Answers answers) {

  private static final int POLLS_PER_AGE = 4;
  private static final Duration SHORTEST_POLL = Duration.ofSeconds(1);

  /// The defaults under a `User-Agent`.
  public static DeliverySettings defaults(String userAgent) {
    return new DeliverySettings(
        userAgent,
        new Memory(65_536, 64L << 20, 8_192),
        new LaneBudgets(512, 256, 128),
        new Claiming(1_000, Duration.ofSeconds(30), Duration.ofMinutes(5)),
        new Settling(1_000, Duration.ofMillis(20)),
        new HealthRules(10, Duration.ofSeconds(1), Duration.ofMinutes(10)),
        new Answers(Duration.ofHours(24), 2_048));
  }

  /// How often the store is asked what waits there: also four times within the age of a backlog,
  /// but at most once a second, since what is too old is looked for at the same time.
  Duration poll() {
    Duration part = health.backlogAge().dividedBy(POLLS_PER_AGE);
    Duration longer = part.compareTo(SHORTEST_POLL) > 0 ? part : SHORTEST_POLL;
    return longer.compareTo(claiming.poll()) < 0 ? longer : claiming.poll();
  }

  /// How much is kept in memory. A delivery counts from its reservation until its outcome is
  /// written.
  ///
  /// @param deliveries of all endpoints; above it nothing is reserved or claimed
  /// @param bodyBytes of the bodies that are in memory; above it a body is read back from the
  ///   journal
  /// @param perEndpoint deliveries of one endpoint that wait or are under way, at most; never more
  ///   than an eighth of what is free
  public record Memory(int deliveries, long bodyBytes, int perEndpoint) {
    public Memory {
      positive(deliveries, "deliveries");
      positive(perEndpoint, "perEndpoint");
      if (bodyBytes < 0) {
        throw new IllegalArgumentException("bodyBytes must not be negative");
      }
    }
  }

  /// Deliveries under way at once in each lane.
  public record LaneBudgets(int high, int normal, int low) {
    public LaneBudgets {
      positive(high, "high");
      positive(normal, "normal");
      positive(low, "low");
    }

    /// Deliveries under way at once in all lanes, a million at most: budgets may be any number.
    public int all() {
      return (int) Math.min(1L << 20, 0L + high + normal + low);
    }

    /// The budget of a lane.
    int of(Lane lane) {
      return switch (lane) {
        case HIGH -> high;
        case DEFAULT -> normal;
        case LOW -> low;
      };
    }
  }

  /// How deliveries are taken from the store.
  ///
  /// @param portion rows of one endpoint taken at once
  /// @param poll the longest time until the store is asked again what waits there, beside what is
  ///   known in memory
  /// @param lease how long a delivery is this node's; a deadline is cut to half of it
  public record Claiming(int portion, Duration poll, Duration lease) {
    public Claiming {
      positive(portion, "portion");
      positive(poll, "poll");
      positive(lease, "lease");
    }
  }

  /// How outcomes are written.
  ///
  /// @param batch outcomes in one transaction
  /// @param interval the shortest time from one transaction to the next
  public record Settling(int batch, Duration interval) {
    public Settling {
      positive(batch, "batch");
    }
  }

  /// When an endpoint is failing and how it is probed.
  ///
  /// @param failuresUntilFailing failed attempts in a row
  /// @param probePause the shortest time between two attempts while it is failing
  /// @param headOfLine how long a delivery that fails may hold up others of its contact, from its
  ///   first attempt on; does not count while its endpoint is failing
  /// @param backlogAge how long a delivery waits at most for an endpoint that is failing, if its
  ///   schedule is not longer
  public record HealthRules(
      int failuresUntilFailing, Duration probePause, Duration headOfLine, Duration backlogAge) {

    /// Rules by which a backlog is kept for a week.
    public HealthRules(int failuresUntilFailing, Duration probePause, Duration headOfLine) {
      this(failuresUntilFailing, probePause, headOfLine, Duration.ofDays(7));
    }

    public HealthRules {
      positive(failuresUntilFailing, "failuresUntilFailing");
    }
  }

  /// The limits on a receiver's answer.
  ///
  /// @param longestRetryAfter what a longer `Retry-After` is cut to
  /// @param keepBytes how much of the answer's body is kept for the inspector
  public record Answers(Duration longestRetryAfter, int keepBytes) {}

  private static void positive(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more");
    }
  }

  private static void positive(Duration value, String name) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " must be longer than nothing");
    }
  }
}
