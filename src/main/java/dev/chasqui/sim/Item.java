package dev.chasqui.sim;

/// One thing that happened, filled in and ready to be put in an envelope.
public sealed interface Item {

  /// The name of the sample it was made from.
  String sample();

  /// The business that the item is about.
  Business business();

  /// An element of `messages[]`.
  ///
  /// @param contact its element of `contacts[]`, empty if it has none
  record Message(String sample, Business business, String wamid, String contact, String json)
      implements Item {}

  /// An element of `statuses[]`.
  ///
  /// @param contact its element of `contacts[]`, empty if it has none
  record Status(
      String sample, Business business, String wamid, String word, String contact, String json)
      implements Item {}

  /// A whole change.
  ///
  /// @param level which entry it goes to
  /// @param time seconds, in the entry if the level has it there
  record Change(
      String sample, Business business, String field, Sample.Level level, long time, String value)
      implements Item {}
}
