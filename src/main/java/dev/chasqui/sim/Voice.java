package dev.chasqui.sim;

import java.util.List;

/// How a platform says what happened: its wire shape and its signature.
public interface Voice {

  /// A request with these items, at least one.
  ///
  /// @param layout how several are laid out; platforms with one layout do not look at it
  /// @throws IllegalArgumentException if this platform cannot say them, or not so many at once
  SignedWebhook say(List<? extends Item> items, Layout layout, SignedWebhook.Kind kind);
}
