package dev.chasqui.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is wrong with the members of a body, gathered. One thread uses it.
public final class Faults {

  private final List<Refusal.Fault> all = new ArrayList<>();

  /// Notes a fault.
  ///
  /// @param path such as `policy.schedule[2]`
  public void add(String path, String reason) {
    all.add(new Refusal.Fault(path, reason));
  }

  /// Notes a fault if there is one.
  public void add(String path, Optional<String> reason) {
    reason.ifPresent(it -> add(path, it));
  }

  /// All so far, in order.
  public List<Refusal.Fault> all() {
    return List.copyOf(all);
  }
}
