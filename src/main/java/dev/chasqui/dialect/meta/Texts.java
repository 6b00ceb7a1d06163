package dev.chasqui.dialect.meta;

import org.jspecify.annotations.Nullable;

/// Texts that name something. A blank one names nothing: it must be the id of no account, number or
/// user, and must match none.
final class Texts {

  private Texts() {}

  static @Nullable String unlessBlank(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
