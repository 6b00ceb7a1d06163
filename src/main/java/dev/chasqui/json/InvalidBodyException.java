package dev.chasqui.json;

import java.util.List;

/// A body that is JSON but not what was asked for. Carries everything that is wrong with it, so
/// that the caller can mend all of it at once.
public final class InvalidBodyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<JsonProblem> problems;

  public InvalidBodyException(List<JsonProblem> problems) {
    super(problems.size() + " problems in the body", null, false, false);
    this.problems = List.copyOf(problems);
  }

  /// The faults, in the order in which they were found.
  public List<JsonProblem> problems() {
    return problems;
  }
}
