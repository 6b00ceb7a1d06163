package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks for one kind of trouble. Used by one thread; what it is told between two checks may come
/// from any.
interface Watch {

  /// What is the matter now. A watch that would say one thing and its opposite in turn looks at
  /// what is open, and is slower to take back than to raise.
  List<Finding> check(Instant now, Open open);

  /// The alerts that are open.
  interface Open {

    /// Those of a kind.
    List<Alert> of(Alert.Kind kind);

    /// The one about something, null if there is none.
    @Nullable Alert of(Alert.Kind kind, String subject);
  }
}
