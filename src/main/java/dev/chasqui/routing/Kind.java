package dev.chasqui.routing;

import org.jspecify.annotations.Nullable;

/// The kinds of items that interests tell apart.
enum Kind {
  MESSAGE("inbound"),
  STATUS("outbound"),
  ECHO("outbound"),
  SUBMITTED("outbound"),
  CALL(null),
  CHANGE(null);

  private final @Nullable String direction;

  Kind(@Nullable String direction) {
    this.direction = direction;
  }

  /// `inbound` or `outbound`; null if the filter on directions does not touch the kind.
  @Nullable String direction() {
    return direction;
  }
}
