package dev.chasqui.messaging;

import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.Journal.Appended;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Writes submitted messages into the journal, and waits until they are on disk.
final class WriteDown {

  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private static final String AUTHENTICATION = "token";

  private final Journal journal;
  private final SenderNumbers numbers;

  WriteDown(Journal journal, SenderNumbers numbers) {
    this.journal = journal;
    this.numbers = numbers;
  }

  /// Whether the journal takes anything now. What cannot be recorded must not be sent.
  boolean isOpen() {
    return journal.state().isWritable();
  }

  /// Writes what became of a submission.
  ///
  /// @param event the id of the record; the submission's own for the first that tells of it
  Appended write(Submission submission, EventId event, Instant at, Sending sending)
      throws InterruptedException {
    CompletableFuture<Appended> done = new CompletableFuture<>();
    journal.append(
        new Fact.MessageSubmitted(request(submission, event, at), sending), done::complete);
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an append never fails", e);
    }
  }

  private Fact.WebhookReceived request(Submission submission, EventId event, Instant at) {
    Submission.Content content = submission.content();
    Fact.ChannelOrigin channelOrigin =
        new Fact.ChannelOrigin(
            AUTHENTICATION, numbers.channel(submission.workspace(), submission.phoneNumberId()));
    return new Fact.WebhookReceived(
        event,
        at,
        new Fact.Origin(submission.workspace(), Fact.MessageSubmitted.SOURCE, null, channelOrigin),
        new Fact.Verdicts(true, true, Summary.notAnEnvelope(Topic.MESSAGE_SUBMITTED, null)),
        new Fact.Head(headers(content.headers()), ""),
        Sha256.of(content.raw()),
        content.raw());
  }

  private static List<Fact.Header> headers(List<Submission.Header> received) {
    List<Fact.Header> recorded = new ArrayList<>(received.size());
    for (Submission.Header header : received) {
      if (!CREDENTIALS.contains(header.name().toLowerCase(Locale.ROOT))) {
        recorded.add(new Fact.Header(header.name(), header.value()));
      }
    }
    return recorded;
  }
}
