package dev.chasqui.delivery;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.store.DeliveryStore.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes the row of an attempt that operators read.
final class AttemptRow {

  private AttemptRow() {}

  static Attempt of(Instant at, SendResult result, Verdict verdict, int keepBytes) {
    long millis = result.took().toMillis();
    String outcome = verdict.outcomeWord().wire();
    return switch (result) {
      case SendResult.Answered answered ->
          new Attempt(
              at,
              millis,
              outcome,
              answered.status(),
              verdict instanceof Verdict.Delivered ? null : "status " + answered.status(),
              text(answered.body(), keepBytes));
      case SendResult.Failed failed ->
          new Attempt(at, millis, outcome, null, storable(failed.detail()), null);
    };
  }

  private static @Nullable String text(Bytes body, int keepBytes) {
    return body.length() == 0
        ? null
        : storable(body.slice(0, Math.min(body.length(), keepBytes)).toUtf8());
  }

  /// PostgreSQL's text holds any character but this one.
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
