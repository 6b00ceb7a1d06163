package dev.chasqui.sim;

/// One kind of thing that the platform can say, as a template. The names are what `simulate --only`
/// and the tests use: the type, status or field, then a slash and the variant where there are
/// several.
public sealed interface Sample {

  String name();

  /// The name of the change's field.
  String field();

  /// An inbound message: an element of `messages[]`.
  ///
  /// @param type the message's `type`
  /// @param members what follows the type, as JSON members; may be empty
  record OfMessage(String name, String type, String members) implements Sample {
    @Override
    public String field() {
      return "messages";
    }
  }

  /// What became of a message: an element of `statuses[]`.
  ///
  /// @param status the word in `status`
  /// @param members what follows the common members; may be empty
  record OfStatus(String name, String status, String members) implements Sample {
    @Override
    public String field() {
      return "messages";
    }
  }

  /// A whole `value` of some field.
  ///
  /// @param level where its entry id and time come from
  /// @param value the value as JSON
  record OfField(String name, String field, Level level, String value) implements Sample {}

  /// Which entry a change belongs to.
  enum Level {
    /// Entry of the WABA, without `time`.
    NUMBER,
    /// Entry of the WABA, with `time`.
    ACCOUNT,
    /// Entry of the business portfolio, with `time`.
    PORTFOLIO
  }
}
