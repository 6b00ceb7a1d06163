package dev.chasqui.operations;

/// Told after every change of endpoints, accounts, numbers, secrets or tokens, before the change is
/// answered: routing and ingress read them again, so that the next webhook follows the new rule.
@FunctionalInterface
public interface ResourceChanged {

  /// Something changed; it is in the store already.
  void changed();
}
