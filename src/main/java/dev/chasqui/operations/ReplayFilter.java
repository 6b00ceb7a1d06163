package dev.chasqui.operations;

import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.operations.shape.Times;
import dev.chasqui.store.DeliveryViews;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which deliveries are sent again or tried now, as a body says it. An absent member stands for
/// any; null is refused, so that a value that a script left empty does not widen the filter.
public record ReplayFilter(
    @Nullable EventId eventId,
    @Nullable EndpointId endpointId,
    @Nullable DeliveryState state,
    @Doc("Why it is dead.") @Nullable String reason,
    @Doc("Of events received at this time or later.") @Nullable Instant since,
    @Doc("Of events received before this time.") @Nullable Instant until) {

  private static final String[] MEMBERS = {
    "eventId", "endpointId", "state", "reason", "since", "until"
  };

  private static final int MAX_REASON = 200;

  /// Reads the member `filter` and notes what is wrong with it. A filter that names nothing would
  /// be about all there is, so it is refused.
  ///
  /// @param readState reads the state and notes those that cannot be asked for
  public static DeliveryViews.Filter read(
      Fields fields, Function<Fields, @Nullable DeliveryState> readState) {
    Fields filter = fields.object("filter");
    filter.refuseNulls(MEMBERS);
    if (fields.has("filter") && Arrays.stream(MEMBERS).noneMatch(filter::has)) {
      fields.fault("filter", "must have one or more of " + String.join(", ", MEMBERS));
    }
    DeliveryViews.Filter read =
        new DeliveryViews.Filter(
            filter.parsed("eventId", EventId::parse),
            filter.parsed("endpointId", EndpointId::parse),
            readState.apply(filter),
            filter.text("reason", MAX_REASON),
            filter.parsed("since", Times::instant),
            filter.parsed("until", Times::instant));
    filter.finish();
    return read;
  }
}
