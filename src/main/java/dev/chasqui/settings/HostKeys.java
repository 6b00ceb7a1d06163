package dev.chasqui.settings;

import java.util.List;

/// The settings of how the process starts.
public final class HostKeys {

  public static final Key<Boolean> JOURNAL_ACCEPT_LOST =
      Key.of(
          "journal.acceptLost",
          Type.SWITCH,
          "false",
          "Start although the store is ahead of the journal, that is, records were lost; set it for"
              + " one start, with serve --accept-lost-journal.");

  static final List<Key<?>> ALL = List.of(JOURNAL_ACCEPT_LOST);

  private HostKeys() {}
}
