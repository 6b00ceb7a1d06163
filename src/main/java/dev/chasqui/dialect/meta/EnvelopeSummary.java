package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.meta.Envelope.Change;
import dev.chasqui.dialect.meta.Envelope.Entry;
import dev.chasqui.dialect.meta.Envelope.ItemArray;
import dev.chasqui.json.Range;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import java.util.ArrayList;
import java.util.List;

/// Counts an envelope (rules: product.md 3).
final class EnvelopeSummary {

  private static final String MESSAGES = "messages";

  private final Envelope envelope;
  private final List<String> fields = new ArrayList<>(2);
  private int changes;
  private int messages;
  private int statuses;
  private boolean hasMessages;
  private boolean hasStatuses;

  private EnvelopeSummary(Envelope envelope) {
    this.envelope = envelope;
  }

  static Summary of(Envelope envelope) {
    return new EnvelopeSummary(envelope).count();
  }

  private Summary count() {
    List<Entry> entries = envelope.entries();
    for (Entry entry : entries) {
      changes += entry.changes().size();
      for (Change change : entry.changes()) {
        count(change);
      }
    }
    boolean dashboardTest = !entries.isEmpty() && "0".equals(entries.getFirst().id());
    return new Summary(
        Envelope.OBJECT,
        entries.size(),
        changes,
        topic(),
        messages,
        statuses,
        new Summary.Contents(fields, dashboardTest));
  }

  private void count(Change change) {
    String field = change.field();
    if (field == null) {
      return;
    }
    if (!fields.contains(field)) {
      fields.add(field);
    }
    if (!field.equals(MESSAGES)) {
      return;
    }
    for (ItemArray array : change.items()) {
      boolean any = !array.elements().isEmpty();
      if (array.kind() == ItemKind.MESSAGE) {
        hasMessages |= any;
        messages += objects(array);
      } else if (array.kind() == ItemKind.STATUS) {
        hasStatuses |= any;
        statuses += objects(array);
      }
    }
  }

  private int objects(ItemArray array) {
    int objects = 0;
    for (Range element : array.elements()) {
      if (envelope.isObject(element)) {
        objects++;
      }
    }
    return objects;
  }

  private Topic topic() {
    if (hasMessages) {
      return Topic.MESSAGES;
    }
    if (hasStatuses) {
      return Topic.MESSAGE_STATUS;
    }
    return fields.contains(Submissions.FIELD) ? Topic.MESSAGE_SUBMITTED : Topic.UNKNOWN;
  }
}
