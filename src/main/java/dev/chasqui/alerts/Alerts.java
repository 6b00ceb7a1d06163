package dev.chasqui.alerts;

import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.model.Alert;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.Lane;
import dev.chasqui.model.Unusable;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.FallbackSwitches;
import dev.chasqui.store.Reasons;
import dev.chasqui.store.Store;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/// Tells operators what they should know: to the log, to the operator's interface, and to their
/// alert webhooks. One loop checks, another sends, so that a slow webhook delays no check.
///
/// What it is told comes from any thread and costs next to nothing.
public final class Alerts implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Alerts.class.getName());
  private static final Duration AFTER_FAULT = Duration.ofSeconds(5);

  /// Between two checks, however many receivers fall; each check asks the store.
  private static final Duration LEAST_PAUSE = Duration.ofMillis(250);

  private static final Duration IDLE = Duration.ofHours(1);
  private static final Duration LAST_LOOK = Duration.ofSeconds(5);

  /// A projection that is further behind tells nothing of silence.
  private static final Duration MOST_LAG = Duration.ofMinutes(1);

  private final AlertSettings settings;
  private final Clock clock;
  private final Supplier<Duration> lag;
  private final Incidents incidents;
  private final TellSwitches tellSwitches;
  private final SendNotices sendNotices;
  private final HealthWatch health;
  private final OverdueWatch overdue;
  private final SilenceWatch silence;
  private final SignatureWatch signatures;
  private final UnsignedWatch unsigned;
  private final AnswerWatch answers;
  private final UnroutedWatch unrouted;
  private final TokenWatch tokens = new TokenWatch();
  private final List<Watch> watches;
  private final Semaphore checkNow = new Semaphore(0);
  private final Semaphore sendNow = new Semaphore(0);
  private volatile List<SupervisedLoop> loops = List.of();
  private boolean isLoaded;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /// Starts nothing yet.
  public Alerts(Ports ports, AlertSettings settings, Clock clock, IdSource ids) {
    Store store = ports.store();
    this.settings = settings;
    this.clock = clock;
    this.lag = ports.lag();
    Notices notices = new Notices(store.alerts(), ids, settings.noticesWaiting());
    this.tellSwitches = tellSwitches(store, notices, ports.switched());
    this.incidents = new Incidents(store.alerts(), notices, ids, settings.health().calm());
    this.sendNotices = new SendNotices(store.alerts(), ports.sender(), ports.secrets(), clock);
    Receivers receivers = ports.receivers();
    this.health = new HealthWatch(receivers, settings.health().degradedAfter());
    this.overdue =
        new OverdueWatch(store.deliveryViews()::oldestDue, receivers, settings.overdue());
    this.silence = new SilenceWatch(store.alerts(), settings.silence());
    this.signatures = new SignatureWatch(settings.signatures());
    this.unsigned = new UnsignedWatch(settings.quiet().unsigned());
    DeadLetterWatch dead =
        new DeadLetterWatch(
            store.deliveryViews()::deaths, receivers.all(), settings.quiet().deadLetters());
    this.answers = new AnswerWatch(receivers, settings.quiet().deadLetters());
    this.unrouted = new UnroutedWatch(receivers, settings.quiet().unsigned());
    this.watches =
        List.of(
            health,
            overdue,
            silence,
            signatures,
            unsigned,
            tokens,
            dead,
            new HeldWatch(store.deliveries()::held, receivers.all()),
            answers,
            unrouted,
            new CertificateWatch(receivers::present),
            new UnusableWatch(ports.troubles().unusable()),
            new DiskWatch(ports.troubles().disk()));
  }

  private static TellSwitches tellSwitches(Store store, Notices notices, Runnable told) {
    return new TellSwitches(
        store.fallbackSwitches(), it -> isBack(store, it), store.alerts(), notices, told);
  }

  private static boolean isBack(Store store, FallbackSwitches.Switched switched) {
    return store
        .contacts()
        .find(switched.workspace(), switched.contact())
        .filter(it -> !it.fallbackActive())
        .isPresent();
  }

  /// The ports that alerts use.
  ///
  /// @param secrets a workspace's secrets for its alert webhook, newest first
  /// @param lag how far the projection is behind
  /// @param switched told of each contact that went over to the fallback channel
  /// @param troubles what is asked at each check
  public record Ports(
      Store store,
      Receivers receivers,
      Sender sender,
      Function<WorkspaceId, List<String>> secrets,
      Supplier<Duration> lag,
      Runnable switched,
      Troubles troubles) {}

  /// The faults of the whole process that alerts are raised for.
  ///
  /// @param unusable what operators set and cannot be used
  /// @param disk why the journal has no room, empty if it has
  public record Troubles(Supplier<List<Unusable>> unusable, Supplier<Optional<String>> disk) {}

  /// Begins to check and to send.
  public void start(Supervisor supervisor) {
    loops =
        List.of(
            supervisor.loop("alerts-check", this::checkUntilStopped),
            supervisor.loop("alerts-send", this::sendOn));
    loops.forEach(SupervisedLoop::start);
  }

  /// An endpoint's health changed.
  public void healthChanged(EndpointHealth after) {
    health.changed(after);
    if (after.state() == EndpointHealth.State.FAILING) {
      checkNow.release();
    }
  }

  /// What became of a delivery to an endpoint was written. Told of every delivery.
  public void settled(EndpointId endpoint, Settlement settlement) {
    DeliveryStore.Attempt attempt =
        switch (settlement) {
          case Settlement.Retry retry -> retry.attempt();
          case Settlement.Dead dead -> dead.attempt();
          case Settlement.Delivered _, Settlement.Returned _, Settlement.Moved _ -> null;
        };
    Integer status = attempt == null ? null : attempt.status();
    if (status != null && status / 100 == 2) {
      answers.refused(endpoint, status);
    }
  }

  /// Upstream refused a workspace's access token.
  public void tokenRefused(WorkspaceId workspace) {
    if (tokens.refused(workspace)) {
      checkNow.release();
    }
  }

  /// Upstream took a workspace's access token. Told of every message.
  public void tokenTaken(WorkspaceId workspace) {
    tokens.taken(workspace);
  }

  /// An event was projected.
  ///
  /// @param isProven whether anything proved who sent it
  public void projected(EventRow event, boolean isProven) {
    WorkspaceSource source =
        new WorkspaceSource(event.origin().workspace(), event.origin().source());
    switch (event.state()) {
      case REJECTED -> {
        if (!isProven && event.summary().topic().isEnvelope()) {
          signatures.bad(source);
        }
      }
      case PROCESSED, DUPLICATE -> {
        if (isProven) {
          signatures.good(source);
        } else {
          unsigned.unsigned(source);
        }
        for (String id : event.scope().phoneNumberIds()) {
          silence.heard(new SilenceWatch.Phone(source.workspace(), id));
        }
        event.scope().wabaIds().forEach(id -> unrouted.came(source.workspace(), id));
      }
      case FAILED -> {}
    }
  }

  /// How many alerts of a kind are open.
  public long open(Alert.Kind kind) {
    return incidents.of(kind).size();
  }

  /// How old the oldest due delivery of a lane is, as of the last check.
  public Duration oldestDue(Lane lane) {
    return overdue.age(lane, clock.instant());
  }

  /// Looks once.
  ///
  /// @throws dev.chasqui.store.StoreException if the store does not answer; the next check makes up
  ///   for it
  synchronized void check() {
    Instant now = clock.instant();
    if (!isLoaded) {
      incidents.load(now);
      silence.load(now);
      isLoaded = true;
    }
    if (lag.get().compareTo(MOST_LAG) > 0) {
      silence.skip(now);
    }
    List<Finding> findings = new ArrayList<>();
    watches.forEach(watch -> findings.addAll(watch.check(now, incidents)));
    incidents.compare(findings, now);
    boolean hasSwitched = tellSwitches.tell(now);
    if (incidents.takeHasNotices() || hasSwitched) {
      sendNow.release();
    }
  }

  /// Sends what is due; for tests that have no loop.
  void send() throws InterruptedException {
    sendNotices.sendDue();
  }

  private void checkUntilStopped(LoopReport report) throws InterruptedException {
    while (!stopped.await(LEAST_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
      Duration pause = settings.every();
      checkNow.drainPermits();
      try {
        check();
        report.goesOn();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "a check for alerts failed; checking again", e);
        report.waits("a check failed: " + Reasons.of(e));
        pause = AFTER_FAULT;
      }
      await(checkNow, pause);
    }
  }

  private void sendOn(LoopReport report) throws InterruptedException {
    while (stopped.getCount() > 0) {
      Duration pause;
      try {
        pause = sendNotices.sendDue().map(this::until).orElse(IDLE);
        report.goesOn();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "messages to alert webhooks wait; trying again", e);
        report.waits("sending failed: " + Reasons.of(e));
        pause = AFTER_FAULT;
      }
      await(sendNow, pause);
    }
  }

  private Duration until(Instant due) {
    Duration left = Duration.between(clock.instant(), due);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static void await(Semaphore signal, Duration limit) throws InterruptedException {
    if (signal.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      signal.drainPermits();
    }
  }

  /// Ends both loops; what is owed to webhooks goes on with the next start.
  @Override
  public void close() {
    List<SupervisedLoop> running = loops;
    running.forEach(SupervisedLoop::expectEnd);
    stopped.countDown();
    checkNow.release();
    sendNow.release();
    running.stream().skip(1).forEach(sending -> sending.thread().interrupt());
    try {
      for (SupervisedLoop loop : running) {
        var _ = loop.awaitEnd(LAST_LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
