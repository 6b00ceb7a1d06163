package dev.chasqui.store.sql;

import dev.chasqui.json.SendingJson;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.store.SubmissionStore.SubmissionView;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All that is known of one submission. [#plus] gives the same whatever the order and however often
/// the parts are added.
///
/// @param sending what became of it by our own word, null if only a status told of it
/// @param messageId what a status told: the message's id
/// @param toldBy the first event with such a status
record SubmissionRow(
    @Nullable String phoneNumberId,
    @Nullable Sending sending,
    @Nullable String messageId,
    @Nullable EventId toldBy) {

  /// What says more comes later; of two that say as much, either may stay, but always the same.
  static final Comparator<Sending> BY_WORTH =
      Comparator.comparingInt(SubmissionRow::worth).thenComparing(SubmissionRow::text);

  /// How a submission stands, as the database has it.
  enum State {
    UNKNOWN(0),
    ACCEPTED(1),
    REFUSED(2),
    ONLY_TOLD(3);

    private final int code;

    State(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  static SubmissionRow of(@Nullable String phoneNumberId, Sending sending) {
    return new SubmissionRow(phoneNumberId, sending, null, null);
  }

  static SubmissionRow told(@Nullable String phoneNumberId, String messageId, EventId by) {
    return new SubmissionRow(phoneNumberId, null, messageId, by);
  }

  SubmissionRow plus(SubmissionRow other) {
    return new SubmissionRow(
        lesser(phoneNumberId, other.phoneNumberId),
        better(sending, other.sending),
        lesser(messageId, other.messageId),
        lesser(toldBy, other.toldBy));
  }

  State state() {
    if (sending == null) {
      return State.ONLY_TOLD;
    }
    return switch (known(sending).outcome()) {
      case Outcome.Accepted _ -> State.ACCEPTED;
      case Outcome.Refused _ -> State.REFUSED;
      case Outcome.Unknown _ -> State.UNKNOWN;
    };
  }

  SubmissionView view() {
    Sending told = Objects.requireNonNull(sending, "nothing but a status");
    boolean isTold = told.outcome() instanceof Outcome.Unknown;
    return new SubmissionView(
        Objects.requireNonNull(phoneNumberId), known(told), isTold ? toldBy : null);
  }

  /// The submission's state, statuses included.
  private Sending known(Sending told) {
    if (messageId == null || !(told.outcome() instanceof Outcome.Unknown)) {
      return told;
    }
    return new Sending(
        told.submission(),
        told.via(),
        told.author(),
        told.content(),
        told.idempotency(),
        new Outcome.Accepted(messageId, Participant.NONE, Bytes.EMPTY));
  }

  private static int worth(Sending sending) {
    return switch (sending.outcome()) {
      case Outcome.Accepted _ -> 3;
      case Outcome.Refused _ -> 2;
      case Outcome.Unknown unknown -> unknown.equals(Outcome.Unknown.INTENT) ? 0 : 1;
    };
  }

  private static String text(Sending sending) {
    return SendingJson.write(sending).toUtf8();
  }

  private static @Nullable Sending better(@Nullable Sending a, @Nullable Sending b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return BY_WORTH.compare(a, b) >= 0 ? a : b;
  }

  private static <T extends Comparable<T>> @Nullable T lesser(@Nullable T a, @Nullable T b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }
}
