package dev.chasqui.model;

/// A part of an envelope that is none of the things it should be, and that was passed over.
///
/// @param path where it stands, for example `entry[0].changes[2]`
public record Skipped(String path, Reason reason) {

  /// Why a part was passed over (product.md 4).
  public enum Reason {
    /// An element of `entry[]` that is no object, or whose `changes` is no array.
    MALFORMED_ENTRY("malformed_entry"),
    /// An element of `changes[]` that is no object, or has no text `field` or no object `value`.
    MALFORMED_CHANGE("malformed_change"),
    /// A member that should be an array of objects, or an element of one that is no object.
    MALFORMED_FIELD("malformed_field"),
    /// An entry that tells only which fields changed (`changed_fields`), without their values.
    UNSUPPORTED_FIELD("unsupported_field");

    private final String wire;

    Reason(String wire) {
      this.wire = wire;
    }

    /// The word in the API and in the store.
    public String wire() {
      return wire;
    }
  }
}
