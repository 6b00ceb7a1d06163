package dev.chasqui.operations.events;

import dev.chasqui.model.Topic;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.routing.Explanation;
import dev.chasqui.store.EventRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why an event was rejected, in the words that its sender was answered with.
public final class Rejection {

  static final String INVALID_SIGNATURE = "invalid_signature";
  static final String NO_SECRET = "no_secret";

  /// What an event that was rejected may be asked for by.
  public static final Set<String> REASONS =
      Set.of(INVALID_SIGNATURE, Topic.INVALID_JSON.wire(), Topic.INVALID_PAYLOAD.wire());

  private Rejection() {}

  /// The reason as the row tells it, null if the event was not rejected.
  public static @Nullable String reason(EventRow row) {
    if (row.state() != EventRow.State.REJECTED) {
      return null;
    }
    boolean isBroken = !row.summary().topic().isEnvelope();
    boolean isMetas = row.origin().isMetas();
    return isBroken && (row.origin().signatureValid() || !isMetas)
        ? row.summary().topic().wire()
        : INVALID_SIGNATURE;
  }

  /// The same with what only the journal knows.
  static @Nullable String reason(EventRow row, RawEvents.Raw raw) {
    String reason = reason(row);
    boolean isWithoutSecret =
        raw instanceof RawEvents.Raw.Kept kept && kept.reading().lacksSecret();
    return INVALID_SIGNATURE.equals(reason) && isWithoutSecret ? NO_SECRET : reason;
  }

  /// What is said first of a rejected event, whoever would get it.
  static String words(String reason) {
    return switch (reason) {
      case INVALID_SIGNATURE -> "rejected: bad signature, not delivered";
      case NO_SECRET -> "rejected: no signing secret is set, not delivered";
      default -> "rejected: " + reason + ", not delivered";
    };
  }

  /// Nobody gets it; the reasons of the rules stand behind the one that counts.
  static Explanation explanation(Explanation byRules, String reason) {
    String words = words(reason);
    List<Explanation.Line> lines =
        byRules.lines().stream()
            .map(line -> new Explanation.Line(line.endpoint(), null, List.of(), List.of(words)))
            .toList();
    List<String> notes = new ArrayList<>(List.of(words));
    notes.addAll(byRules.notes());
    return new Explanation(lines, notes);
  }
}
