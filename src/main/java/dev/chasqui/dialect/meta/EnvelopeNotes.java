package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.meta.Envelope.Change;
import dev.chasqui.dialect.meta.Envelope.Entry;
import dev.chasqui.model.Skipped;
import java.util.ArrayList;
import java.util.List;

/// Tells operators which parts of an envelope are not delivered by their own fault: parts that are
/// empty or cannot be read, and numbers that belong to no workspace.
public final class EnvelopeNotes {

  /// The most notes of one kind; an envelope may have thousands of parts.
  private static final int MOST = 20;

  private EnvelopeNotes() {}

  /// One sentence for each, in order of appearance.
  public static List<String> of(Envelope envelope) {
    List<String> notes = new ArrayList<>();
    if (envelope.entries().isEmpty()) {
      notes.add("entry[] holds no object, so there is nothing to deliver");
    }
    for (Entry entry : envelope.entries()) {
      if (entry.changes().isEmpty() && notes.size() < MOST) {
        notes.add(
            "entry[" + entry.index() + "] has no changes, so there is nothing in it to deliver");
      }
      entry.changes().stream()
          .filter(EnvelopeNotes::isOfUnknownNumber)
          .limit(Math.max(0, MOST - notes.size()))
          .map(EnvelopeNotes::unknownNumber)
          .forEach(notes::add);
    }
    envelope.skipped().stream().limit(MOST).map(EnvelopeNotes::skipped).forEach(notes::add);
    return notes;
  }

  /// It tells a business number as people write it and nothing by which it could be known.
  private static boolean isOfUnknownNumber(Change change) {
    return change.isWellFormed()
        && change.itemCount() > 0
        && change.account().phoneNumberId() == null
        && change.account().displayPhoneNumber() != null;
  }

  private static String unknownNumber(Change change) {
    return change.path()
        + " is about "
        + change.account().displayPhoneNumber()
        + " and has no phone_number_id: receivers that are bound to a phone number do not get it."
        + " If the number is that of a Turn channel or an Exotel account, set it as"
        + " displayPhoneNumber";
  }

  private static String skipped(Skipped skipped) {
    String why =
        switch (skipped.reason()) {
          case MALFORMED_ENTRY -> "is no entry (an object with an array `changes`)";
          case MALFORMED_CHANGE ->
              "is no change (an object with a text `field` and an object `value`)";
          case MALFORMED_FIELD -> "is no object, or no array of objects";
          case UNSUPPORTED_FIELD -> "tells only which fields changed, not their values";
        };
    return skipped.path() + " " + why + ": passed over";
  }
}
