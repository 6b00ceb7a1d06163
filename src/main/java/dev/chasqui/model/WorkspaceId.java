package dev.chasqui.model;

import java.util.regex.Pattern;

/// A workspace (tenant), known by its name: 1 to 40 of `a-z`, `0-9` and `-`, as it stands in the
/// path `/w/{workspace}/…`.
public record WorkspaceId(String value) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  /// The workspace that exists from the start.
  public static final WorkspaceId DEFAULT = new WorkspaceId("default");

  public WorkspaceId {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException("a workspace's name is 1 to 40 of a-z, 0-9 and -");
    }
  }

  @Override
  public String toString() {
    return value;
  }

  /// @throws IllegalArgumentException if the text is no name of a workspace
  public static WorkspaceId parse(String text) {
    return new WorkspaceId(text);
  }
}
