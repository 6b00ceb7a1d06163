package dev.chasqui.bench;

import java.io.IOException;
import java.util.Map;

/// What a message notices of a campaign's statuses on their way to the same receiver, one of the
/// lane `default`: its 99th percentile from sent until the receiver has answered, and from sent to
/// received, alone and beside them. Once the receiver can take all of it, with little to spare, and
/// once, with settings as they come, it is given 32 at a time, so that statuses pile up.
final class MixedBench {

  private static final String PART = "mixed";
  private static final int ROUNDS = 6;

  /// With so many places a receiver that takes 250 ms on average takes 3,500 statuses a second
  /// beside the eighth that is kept for messages.
  private static final int MOST_PLACES = 1_000;

  private static final Map<String, String> WIDE_LANE =
      Map.of("CHASQUI_DELIVERY_LANES_DEFAULT", "2500");

  private static final int USUAL_PLACES = 32;

  private final BenchPlan plan;
  private final Servers servers;
  private final BenchReport report;

  MixedBench(BenchPlan plan, Servers servers, BenchReport report) {
    this.plan = plan;
    this.servers = servers;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    report.say("  50 messages/s to a receiver of 210 to 290 ms, alone and beside 3,000 statuses/s");
    takesAll();
    takesLess();
  }

  private void takesAll() throws IOException, InterruptedException {
    try (MixedLoad load = new MixedLoad(plan, servers, MOST_PLACES, WIDE_LANE)) {
      load.warm();
      Alternating both = Alternating.of(ROUNDS, load::roundAlone, load::roundBeside);
      tell("takes all", both, load, load);
    }
  }

  /// In turns with a gateway that has no statuses: what piled up in one round would be delivered in
  /// the next.
  private void takesLess() throws IOException, InterruptedException {
    try (MixedLoad quiet = new MixedLoad(plan, servers, USUAL_PLACES, Map.of());
        MixedLoad flooded = new MixedLoad(plan, servers, USUAL_PLACES, Map.of())) {
      quiet.warm();
      flooded.warm();
      Alternating both = Alternating.of(ROUNDS, quiet::roundAlone, flooded::roundBeside);
      tell("takes 32 at a time", both, quiet, flooded);
    }
  }

  private void tell(String receiver, Alternating both, MixedLoad quiet, MixedLoad flooded) {
    String answered = receiver + ": p99 sent to answered, ";
    String received = receiver + ": p99 sent to received, ";
    report.add(PART, answered + "alone", both.withoutMillis(), "ms");
    report.add(PART, answered + "beside", both.withMillis(), "ms");
    report.add(PART, receiver + ": of alone", both.ratio(), "x");
    report.add(PART, receiver + ": alone, of alone", both.noise(), "x");
    report.add(PART, received + "alone", quiet.alone().receivedMillis(), "ms");
    report.add(PART, received + "beside", flooded.beside().receivedMillis(), "ms");
    report.add(PART, receiver + ": received beside", flooded.beside().perSecond(), "/s");
  }
}
