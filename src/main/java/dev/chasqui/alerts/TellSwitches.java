package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.AlertId;
import dev.chasqui.store.AlertStore;
import dev.chasqui.store.FallbackSwitches;
import dev.chasqui.store.FallbackSwitches.Step;
import dev.chasqui.store.FallbackSwitches.Switched;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Raises one alert for each contact that was switched to the fallback channel. A switch is an
/// event and no lasting condition, so its alert is resolved as soon as it is raised.
///
/// The alert is written first and the switch taken afterwards: if the process ends in between, the
/// same alert is written again under the same id, which changes nothing.
final class TellSwitches {

  /// So many are told at a check; the rest at the next one.
  private static final int MOST = 500;

  private static final int DIGITS_SHOWN = 4;
  private static final Logger LOG = System.getLogger(TellSwitches.class.getName());

  private final FallbackSwitches switches;
  private final Predicate<Switched> isOver;
  private final AlertStore store;
  private final Notices notices;
  private final Runnable told;

  /// @param isOver whether the contact has been back since, which may be so after a long stop
  /// @param told told of each switch that is not over
  TellSwitches(
      FallbackSwitches switches,
      Predicate<Switched> isOver,
      AlertStore store,
      Notices notices,
      Runnable told) {
    this.switches = switches;
    this.isOver = isOver;
    this.store = store;
    this.notices = notices;
    this.told = told;
  }

  /// @return whether anything was told
  boolean tell(Instant now) {
    List<Switched> waiting = switches.waiting(Step.ALERT, MOST);
    for (Switched switched : waiting) {
      if (isOver.test(switched)) {
        boolean isFirst = switches.take(switched.id(), Step.ALERT);
        LOG.log(
            Level.DEBUG,
            "a contact is back on WhatsApp before its alert was raised; switch taken: {0}",
            isFirst);
      } else {
        tell(switched, now);
      }
    }
    return !waiting.isEmpty();
  }

  private void tell(Switched switched, Instant now) {
    Alert alert = alert(switched);
    store.put(alert.resolved(now, "told"), notices.raised(alert, now));
    if (switches.take(switched.id(), Step.ALERT)) {
      told.run();
      LOG.log(Level.WARNING, () -> "alert " + alert.id() + ": " + alert.words().summary());
    }
  }

  private static Alert alert(Switched switched) {
    String contact = masked(switched.contact());
    Map<String, String> details = new HashMap<>(Map.of("contact", contact));
    details.put("failedAt", switched.at().toString());
    String number = switched.phoneNumberId();
    if (number != null) {
      details.put("phoneNumberId", number);
    }
    String of = number == null ? "" : " of phone number " + number;
    String summary =
        "WhatsApp failed too often to reach the contact "
            + contact
            + of
            + ": messages to it go over the fallback channel until it writes";
    return new Alert(
        new AlertId(switched.id()),
        switched.workspace(),
        Kind.CONTACT_SWITCHED,
        contact,
        "fallback",
        new Alert.Words(Severity.WARNING, summary, details),
        null);
  }

  /// The last digits: enough to tell an operator's contacts apart, too few to call anybody.
  private static String masked(String number) {
    return "***" + number.substring(Math.max(0, number.length() - DIGITS_SHOWN));
  }
}
