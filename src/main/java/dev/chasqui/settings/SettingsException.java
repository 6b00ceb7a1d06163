package dev.chasqui.settings;

import java.util.List;

/// Settings that cannot be used; the message names each bad key, where it stands and why.
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param faults each says what is wrong, where, and what to do
  public SettingsException(List<String> faults) {
    super(String.join("\n", faults));
  }
}
