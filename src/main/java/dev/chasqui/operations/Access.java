package dev.chasqui.operations;

/// What an operation does, by which callers are let through to it.
public enum Access {
  /// Reads what is known, but nothing that people wrote.
  READ,
  /// Reads what people wrote or what receivers answered.
  READ_CONTENT,
  /// Changes something; is audited.
  CHANGE
}
