package dev.chasqui.bench;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import java.io.IOException;
import java.util.Map;

/// Messages out, through a platform that answers at once: how many a second, and how much longer a
/// message takes through the gateway than straight to the platform. Each is in the journal,
/// fsynced, before its sender is answered.
final class MessagesBench {

  private static final String PART = "messages";
  private static final int[] CALLERS = {256, 64};
  private static final int FIXED_RATE = 500;
  private static final int FIXED_CALLERS = 64;
  private static final Business BUSINESS = Business.SAMPLE;

  private final BenchPlan plan;
  private final Servers servers;
  private final BenchReport report;

  MessagesBench(BenchPlan plan, Servers servers, BenchReport report) {
    this.plan = plan;
    this.servers = servers;
    this.report = report;
  }

  void run() throws IOException, InterruptedException {
    double[] ceilings = ceilings();
    try (SinkReceiver platform = new SinkReceiver(new SentTimes(), SinkAnswer.taken(), () -> 0);
        Servers.Gateway gateway = servers.gateway(new SentTimes(), environment(platform));
        LoadGenerator senders = senders(gateway)) {
      gateway.rig().measure(senders, new Load.Closed(plan.warmUp()), CALLERS[0]);
      for (int i = 0; i < CALLERS.length; i++) {
        gateway.rig().settle();
        saturate(gateway.rig(), senders, CALLERS[i], ceilings[i]);
      }
      gateway.rig().settle();
      added(gateway.rig(), senders, platform);
    }
  }

  private double[] ceilings() throws IOException, InterruptedException {
    double[] ceilings = new double[CALLERS.length];
    try (Rig rig = servers.noOp();
        LoadGenerator senders =
            rig.generator(SendTemplate.toGateway(rig.authority(), "none"), new SentTimes())) {
      rig.measure(senders, new Load.Closed(plan.warmUp()), CALLERS[0]);
      for (int i = 0; i < CALLERS.length; i++) {
        Rig.Measured measured = rig.measure(senders, new Load.Closed(plan.run()), CALLERS[i]);
        ceilings[i] = measured.result().perSecond();
        report.add("no-op", "messages answered, " + CALLERS[i] + " callers", ceilings[i], "/s");
      }
    }
    return ceilings;
  }

  private void saturate(Rig rig, LoadGenerator senders, int callers, double ceiling)
      throws IOException {
    Rig.Measured measured = rig.measure(senders, new Load.Closed(plan.run()), callers);
    String by = ", " + callers + " callers";
    report.add(
        Figure.of(PART, "sent" + by, measured.result().perSecond(), "/s").withCeiling(ceiling));
    report.add(PART, "answer" + by + ", p50", millis(measured.result(), 0.5), "ms");
    report.add(PART, "answer" + by + ", p99", millis(measured.result(), 0.99), "ms");
    report.add(PART, "gateway CPU" + by, measured.cpuMicros(), "us/message");
    report.add(PART, "written to disk" + by, measured.diskBytes(), "B/message");
  }

  /// The straight way is measured before and after, since a shared machine changes its mind.
  private void added(Rig rig, LoadGenerator senders, SinkReceiver platform) throws IOException {
    Load load = new Load.Fixed(FIXED_RATE, plan.run());
    String host = "127.0.0.1:" + platform.port();
    SendTemplate straight = SendTemplate.toPlatform(host, BUSINESS.phoneNumberId());
    try (LoadGenerator clients = servers.generator(platform.port(), straight)) {
      LoadGenerator.Result before = clients.run(load, FIXED_CALLERS);
      LoadGenerator.Result through = rig.measure(senders, load, FIXED_CALLERS).result();
      LoadGenerator.Result after = clients.run(load, FIXED_CALLERS);
      for (double share : new double[] {0.5, 0.99}) {
        double direct = (millis(before, share) + millis(after, share)) / 2;
        String name = "at a fixed 500/s, p" + Math.round(share * 100);
        report.add(PART, name + ": straight to the platform", direct, "ms");
        report.add(PART, name + ": through the gateway", millis(through, share), "ms");
        report.add(PART, name + ": added", millis(through, share) - direct, "ms");
      }
    }
  }

  /// A gateway that sends to the platform and counts no calls of its clients.
  private static Map<String, String> environment(SinkReceiver platform) {
    return Map.of(
        "CHASQUI_UPSTREAM_URL", "http://127.0.0.1:" + platform.port(),
        "META_ACCESS_TOKEN", "bench-access-token",
        "CHASQUI_TURN_RATE_LIMIT_GENERAL", "0",
        "CHASQUI_TURN_RATE_LIMIT_TEXT", "0");
  }

  private static LoadGenerator senders(Servers.Gateway gateway)
      throws IOException, InterruptedException {
    String token = token(gateway.admin());
    Rig rig = gateway.rig();
    return rig.generator(SendTemplate.toGateway(rig.authority(), token), new SentTimes());
  }

  private static String token(ApiClient admin) throws InterruptedException {
    admin.put("/api/v1/wabas/" + BUSINESS.wabaId(), Bytes.utf8("{\"name\":\"Bench\"}"));
    JsonWriter number = new JsonWriter(128).beginObject().member("wabaId", BUSINESS.wabaId());
    number.member("displayPhoneNumber", BUSINESS.displayPhoneNumber());
    admin.put("/api/v1/phone-numbers/" + BUSINESS.phoneNumberId(), number.endObject().bytes());
    JsonWriter token = new JsonWriter(64).beginObject().member("kind", "api");
    token.member("phoneNumberId", BUSINESS.phoneNumberId());
    return Json.read(admin.post("/api/v1/tokens", token.endObject().bytes()))
        .path("token")
        .asString();
  }

  private static double millis(LoadGenerator.Result result, double share) {
    return result.latency().percentileNanos(share) / 1e6;
  }
}
