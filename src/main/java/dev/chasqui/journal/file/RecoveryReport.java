package dev.chasqui.journal.file;

import java.util.List;
import java.util.OptionalLong;

/// The findings and repairs of recovery when a journal was opened.
///
/// @param tail the position after the last record found
/// @param lostFrom where the records end, if readers have been farther; else empty
/// @param findings in sentences for the operator; empty if all was well
public record RecoveryReport(long tail, OptionalLong lostFrom, List<String> findings) {
  public RecoveryReport {
    findings = List.copyOf(findings);
  }

  /// True if recovery found no damage.
  public boolean isClean() {
    return findings.isEmpty();
  }
}
