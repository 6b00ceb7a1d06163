package dev.chasqui.alerts;

import dev.chasqui.settings.EdgeKeys;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.Settings;
import java.time.Duration;

/// When something is worth an alert; each figure is a setting (docs/alerts.md).
///
/// @param every how often is looked
/// @param overdue the age of a lane's oldest due delivery that is too much
/// @param quiet how long nothing happens before what happened is over
/// @param noticesWaiting how many messages may wait for alert webhooks
public record AlertSettings(
    Duration every,
    Health health,
    Duration overdue,
    Silence silence,
    Signatures signatures,
    Quiet quiet,
    int noticesWaiting) {

  /// Endpoints.
  ///
  /// @param degradedAfter how long an endpoint is degraded before that is worth an alert
  /// @param calm how long it is healthy before its alert is resolved
  public record Health(Duration degradedAfter, Duration calm) {}

  /// Silent phone numbers.
  ///
  /// @param expected how many webhooks should have come while there were none
  /// @param atLeast how long a number is silent at least
  /// @param numbers how many numbers are watched at most
  public record Silence(int expected, Duration atLeast, int numbers) {}

  /// Bad signatures.
  ///
  /// @param count so many
  /// @param within in this time
  /// @param all so many are enough if there is no good one among them
  public record Signatures(int count, Duration within, int all) {}

  /// How long something has not happened before its alert is resolved.
  public record Quiet(Duration deadLetters, Duration unsigned) {}

  /// As the settings say.
  public static AlertSettings of(Settings settings) {
    return new AlertSettings(
        settings.get(Keys.ALERTS_EVERY),
        new Health(settings.get(Keys.ALERTS_DEGRADED_AFTER), settings.get(Keys.ALERTS_CALM)),
        settings.get(Keys.ALERTS_OVERDUE),
        new Silence(
            settings.get(Keys.ALERTS_SILENCE_EXPECTED),
            settings.get(Keys.ALERTS_SILENCE_AT_LEAST),
            settings.get(Keys.ALERTS_SILENCE_NUMBERS)),
        new Signatures(
            settings.get(Keys.ALERTS_SIGNATURES_COUNT),
            settings.get(Keys.ALERTS_SIGNATURES_WITHIN),
            settings.get(EdgeKeys.ALERTS_SIGNATURES_ALL)),
        new Quiet(
            settings.get(Keys.ALERTS_DEAD_LETTERS_QUIET), settings.get(Keys.ALERTS_UNSIGNED_QUIET)),
        settings.get(Keys.ALERTS_NOTICES_WAITING));
  }
}
