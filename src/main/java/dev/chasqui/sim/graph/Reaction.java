package dev.chasqui.sim.graph;

import java.util.List;

/// The platform's reaction to a message that is well formed.
public sealed interface Reaction {

  /// Takes it and says nothing more.
  Reaction SILENT = take();

  /// Takes it, answers, and tells of it afterwards.
  static Reaction take(GraphReport... reports) {
    return new Take(List.of(reports), false);
  }

  /// Takes it and tells of it before it answers the request.
  static Reaction takeReportingFirst(GraphReport... reports) {
    return new Take(List.of(reports), true);
  }

  /// Answers with the error of a code that [GraphError#of(int)] knows.
  static Reaction refuse(int code) {
    return new Refuse(GraphError.of(code));
  }

  /// Gives no answer that a client could read; the message is not taken.
  static Reaction breakOff(Manner manner) {
    return new Break(manner, false, List.of());
  }

  /// Takes the message, gives no answer that a client could read, and tells of it all the same.
  static Reaction takeAndBreakOff(Manner manner, GraphReport... reports) {
    return new Break(manner, true, List.of(reports));
  }

  /// The ways in which a request gets no readable answer.
  enum Manner {
    /// No answer while the client waits.
    HANG,
    /// The connection ends without an answer.
    RESET,
    /// 502 with a page that somebody's proxy wrote.
    HTML,
    /// 500 with an empty body.
    EMPTY
  }

  /// The message is taken.
  ///
  /// @param reports statuses that follow, in this order
  /// @param isReportedFirst whether they are posted before the request is answered
  record Take(List<GraphReport> reports, boolean isReportedFirst) implements Reaction {
    public Take {
      reports = List.copyOf(reports);
    }
  }

  /// The message is refused.
  record Refuse(GraphError error) implements Reaction {}

  /// The client does not hear what became of it.
  ///
  /// @param isTaken whether the message was taken
  /// @param reports statuses that follow if it was
  record Break(Manner manner, boolean isTaken, List<GraphReport> reports) implements Reaction {
    public Break {
      reports = List.copyOf(reports);
    }
  }
}
