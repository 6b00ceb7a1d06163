package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks for one kind of fault. Checks run on one thread; between two checks, any thread may tell
/// it of events.
interface Watch {

  /// The faults that exist now. A watch that could find a fault and its end in turn looks at the
  /// open alerts, and is slower to end an alert than to raise it.
  List<Finding> check(Instant now, Open open);

  interface Open {

    List<Alert> of(Alert.Kind kind);

    /// The alert of a kind about a subject, null if there is none.
    @Nullable Alert of(Alert.Kind kind, String subject);
  }
}
