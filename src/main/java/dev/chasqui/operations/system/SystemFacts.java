package dev.chasqui.operations.system;

/// Tells how the gateway is; `app` asks the engines.
@FunctionalInterface
public interface SystemFacts {

  /// How it is now, from memory.
  SystemView now();
}
