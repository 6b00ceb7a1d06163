package dev.chasqui.sim;

import dev.chasqui.json.AsciiJson;
import dev.chasqui.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Writes items as the body of one webhook.
public final class EnvelopeWriter {

  private EnvelopeWriter() {}

  /// The envelope's bytes, as the platform writes them: ASCII with escapes. Items keep their order,
  /// and stand in as few entries as the layout and their entry ids and times allow.
  public static Bytes write(List<? extends Item> items, Layout layout) {
    List<Entry> entries = new ArrayList<>();
    for (List<Item> run : runs(items, layout)) {
      add(entries, Entry.of(run.getFirst()), change(run), layout);
    }
    String all = entries.stream().map(Entry::json).collect(Collectors.joining(",", "[", "]"));
    String object = "\"object\":\"whatsapp_business_account\"";
    String envelope =
        layout == Layout.ENTRIES
            ? "{\"entry\":" + all + "," + object + "}"
            : "{" + object + ",\"entry\":" + all + "}";
    return AsciiJson.of(Bytes.utf8(envelope));
  }

  private static void add(List<Entry> entries, Entry wanted, String change, Layout layout) {
    boolean fits = !entries.isEmpty() && entries.getLast().head().equals(wanted.head());
    if (!fits || layout == Layout.ENTRIES) {
      entries.add(wanted);
    }
    entries.getLast().changes().add(change);
  }

  /// Items that share a change.
  private static List<List<Item>> runs(List<? extends Item> items, Layout layout) {
    List<List<Item>> runs = new ArrayList<>();
    for (Item item : items) {
      boolean joins =
          layout == Layout.ARRAYS && !runs.isEmpty() && areAlike(runs.getLast().getLast(), item);
      if (!joins) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(item);
    }
    return runs;
  }

  private static boolean areAlike(Item one, Item other) {
    boolean isMessages = one instanceof Item.Message && other instanceof Item.Message;
    boolean isStatuses = one instanceof Item.Status && other instanceof Item.Status;
    return (isMessages || isStatuses) && one.business().equals(other.business());
  }

  private static String change(List<Item> run) {
    Item first = run.getFirst();
    return switch (first) {
      case Item.Message _ -> "{\"field\":\"messages\",\"value\":" + value(run, "messages") + "}";
      case Item.Status _ -> "{\"field\":\"messages\",\"value\":" + value(run, "statuses") + "}";
      case Item.Change change ->
          "{\"value\":" + change.value() + ",\"field\":\"" + change.field() + "\"}";
    };
  }

  private static String value(List<Item> run, String array) {
    Business business = run.getFirst().business();
    String contacts =
        run.stream()
            .map(EnvelopeWriter::contact)
            .filter(contact -> !contact.isEmpty())
            .collect(Collectors.joining(","));
    String elements = run.stream().map(EnvelopeWriter::json).collect(Collectors.joining(","));
    return """
    {"messaging_product":"whatsapp","metadata":{"display_phone_number":"%s","phone_number_id":"%s"},\
    %s"%s":[%s]}\
    """
        .formatted(
            business.displayPhoneNumber(),
            business.phoneNumberId(),
            contacts.isEmpty() ? "" : "\"contacts\":[" + contacts + "],",
            array,
            elements);
  }

  private static String contact(Item item) {
    return switch (item) {
      case Item.Message message -> message.contact();
      case Item.Status status -> status.contact();
      case Item.Change _ -> "";
    };
  }

  private static String json(Item item) {
    return switch (item) {
      case Item.Message message -> message.json();
      case Item.Status status -> status.json();
      case Item.Change change -> change.value();
    };
  }

  private record Entry(String head, List<String> changes) {

    static Entry of(Item item) {
      return new Entry(head(item), new ArrayList<>());
    }

    private static String head(Item item) {
      String waba = "\"id\":\"" + item.business().wabaId() + "\"";
      if (!(item instanceof Item.Change change)) {
        return waba;
      }
      return switch (change.level()) {
        case NUMBER -> waba;
        case ACCOUNT -> waba + ",\"time\":" + change.time();
        case PORTFOLIO ->
            "\"id\":\"" + item.business().portfolioId() + "\",\"time\":" + change.time();
      };
    }

    String json() {
      return "{" + head + ",\"changes\":[" + String.join(",", changes) + "]}";
    }
  }
}
