package dev.chasqui.journal.file;

import java.util.List;

/// What was found and done when a journal was opened.
///
/// @param tail the position after the last record found
/// @param findings in sentences for the operator; empty if all was well
public record RecoveryReport(long tail, List<String> findings) {
  public RecoveryReport {
    findings = List.copyOf(findings);
  }

  /// Whether nothing was amiss.
  public boolean isClean() {
    return findings.isEmpty();
  }
}
