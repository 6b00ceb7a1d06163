package dev.chasqui.messaging;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.client.ClientSettings;
import dev.chasqui.http.client.HttpSender;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.file.FileJournal;
import dev.chasqui.journal.file.JournalSettings;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.Sending;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The message service over a real journal and a real sender. What was submitted before it knows
/// from the journal itself, up to where a test says.
final class Desk implements AutoCloseable, SubmissionMemory, MessagingEvents {

  static final String NUMBER = "106540352242922";
  static final String TOKEN = "EAAG-token";

  private static final Clock CLOCK = Clock.systemUTC();

  final List<String> told = new CopyOnWriteArrayList<>();
  final List<WorkspaceId> refusedTokens = new CopyOnWriteArrayList<>();
  volatile MessagingPorts.Fallback fallback = MessagingPorts.Fallback.NONE;
  volatile @Nullable String accessToken = TOKEN;
  volatile boolean isInLedger = true;

  private final EventLoops loops = EventLoops.start(1);
  private final HttpSender sender;
  private final FileJournal journal;
  private final MessagingSettings settings;

  Desk(Path folder, URI upstream, Duration deadline) {
    this.sender =
        HttpSender.start(
            loops, ClientSettings.DEFAULT.allowing(List.of(Cidr.parse("127.0.0.0/8"))));
    this.journal = FileJournal.open(folder, JournalSettings.DEFAULTS, 0);
    this.settings =
        new MessagingSettings(
            upstream,
            "v24.0",
            deadline,
            new MessagingSettings.Keys(Duration.ofDays(1), 1000),
            "Chasqui/test");
  }

  SendMessage service() {
    Upstream upstream =
        new Upstream(
            sender, _ -> Optional.ofNullable(accessToken).map(UpstreamAccess::of), settings, this);
    return new SendMessage(
        new MessagingPorts(
            journal,
            upstream,
            fallback,
            (_, number) -> new SourceChannel(number, number, "100", "15550001111"),
            this,
            this,
            new MessagingPorts.Timing(
                CLOCK, System::nanoTime, new IdSource(CLOCK, new SplittableRandom()))),
        settings);
  }

  Journal journal() {
    return journal;
  }

  static Submission text(String to, @Nullable String key) {
    return submission("{\"to\":\"%s\",\"text\":{\"body\":\"hi\"}}".formatted(to), false, key);
  }

  static Submission submission(String payload, boolean forceFallback, @Nullable String key) {
    Bytes raw = Bytes.utf8(payload);
    return new Submission(
        WorkspaceId.DEFAULT,
        NUMBER,
        new Sending.Author("api", "tok_1"),
        new Submission.Content(
            (ObjectNode) Json.read(raw),
            raw,
            List.of(
                new Submission.Header("Authorization", "Bearer secret"),
                new Submission.Header("X-Mine", "1"))),
        new Submission.Options(forceFallback, key, null));
  }

  /// What stands in the journal.
  List<Fact.MessageSubmitted> written() {
    List<Fact.MessageSubmitted> written = new ArrayList<>();
    for (Journal.Entry entry : journal.read(0, 10_000, 64 << 20).entries()) {
      if (entry.fact() instanceof Fact.MessageSubmitted submitted) {
        written.add(submitted);
      }
    }
    return written;
  }

  /// The outcomes in the journal, by their names.
  List<String> outcomes() {
    return written().stream().map(it -> name(it.sending().outcome())).toList();
  }

  private static String name(Sending.Outcome outcome) {
    return outcome.getClass().getSimpleName();
  }

  @Override
  public Optional<Sending> byKey(String key, Instant since) {
    if (!isInLedger) {
      return Optional.empty();
    }
    Sending best = null;
    for (Fact.MessageSubmitted submitted : written()) {
      Sending.Idempotency idempotency = submitted.sending().idempotency();
      if (idempotency != null && idempotency.key().equals(key)) {
        best = submitted.sending();
      }
    }
    return Optional.ofNullable(best);
  }

  @Override
  public long knownUpTo() {
    return isInLedger ? journal.tail() : 0;
  }

  @Override
  public boolean awaitKnown(long position, Duration limit) {
    return isInLedger;
  }

  @Override
  public void answered(Via via, SendAnswer answer, Duration took) {
    told.add(via.wire() + " " + answer.getClass().getSimpleName());
  }

  @Override
  public void upstreamAnswered(Duration took) {}

  @Override
  public void accessTokenRefused(WorkspaceId workspace) {
    refusedTokens.add(workspace);
  }

  @Override
  public void accessTokenTaken(WorkspaceId workspace) {
    refusedTokens.remove(workspace);
  }

  @Override
  public void close() {
    sender.close();
    journal.close();
    loops.close();
  }
}
