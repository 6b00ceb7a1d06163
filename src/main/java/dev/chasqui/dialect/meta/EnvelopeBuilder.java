package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.SourceText;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Via;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes an envelope of what another sender than Meta says. There is one entry, and in it one
/// change for each kind of item and business number, in order of appearance, as Meta itself does.
///
/// A member that is not known is left out rather than made up: an entry without an id, metadata
/// without a phone number id. Ids that begin to look like Meta's would be believed.
public final class EnvelopeBuilder {

  /// The member of `metadata` that names a way other than WhatsApp.
  static final String CHANNEL = "channel";

  /// The member of `metadata` that says that the sender marked its webhook as the channel's own.
  static final String MARK = "channel_marked";

  private static final int EXPECTED_BYTES = 1_024;

  private final SourceChannel channel;
  private final Via via;
  private boolean isMarked;
  private final List<Group> groups = new ArrayList<>(1);
  private final Map<Place, Group> byPlace = new HashMap<>(4);

  /// The members that the items of one change share.
  private record Place(ItemKind kind, @Nullable String businessNumber) {}

  /// An envelope of what came by WhatsApp.
  public EnvelopeBuilder(SourceChannel channel) {
    this(channel, Via.WHATSAPP);
  }

  /// @param via the way that it came, or went
  public EnvelopeBuilder(SourceChannel channel, Via via) {
    this.channel = channel;
    this.via = via;
  }

  /// Notes that the sender marked its webhook as the channel's own; see [EventItems#isMarked].
  public void mark() {
    isMarked = true;
  }

  /// The change that holds all items of a kind that are about one business number.
  ///
  /// @param businessNumber what the sender says, null if it says nothing; what is no phone number
  ///   (a name, a placeholder) says nothing of the number while the operator has named one
  public Group group(ItemKind kind, @Nullable String businessNumber) {
    String number = SourceText.digits(businessNumber);
    boolean isNamed = channel.displayPhoneNumber() != null;
    boolean isNothing = isNamed && number != null && !BusinessNumber.isNumber(number);
    Place place = new Place(kind, isNothing ? null : number);
    return byPlace.computeIfAbsent(
        place,
        it -> {
          Group group = new Group(field(kind), kind.member(), it.businessNumber());
          groups.add(group);
          return group;
        });
  }

  private static String field(ItemKind kind) {
    return switch (kind) {
      case ECHO -> "smb_message_echoes";
      case SUBMISSION -> Submissions.FIELD;
      case MESSAGE, STATUS, CALL, ERROR, USER_ACTION -> "messages";
    };
  }

  /// Adds an event that Meta has no words for, as a change of a field of the source's own.
  ///
  /// @param payload all of it
  public void unknown(String field, Bytes payload) {
    Group group = new Group(field, "payloads", null);
    group.add(payload);
    groups.add(group);
  }

  public boolean isEmpty() {
    return groups.isEmpty();
  }

  public Bytes bytes() {
    JsonWriter out = new JsonWriter(EXPECTED_BYTES);
    out.beginObject().name("object").text(Envelope.OBJECT);
    out.name("entry").beginArray().beginObject().member("id", channel.wabaId());
    out.name("changes").beginArray();
    groups.forEach(group -> group.write(out));
    return out.endArray().endObject().endArray().endObject().bytes();
  }

  /// One change under way.
  public final class Group {

    private final String field;
    private final String member;
    private final @Nullable String businessNumber;
    private final List<Bytes> items = new ArrayList<>(1);
    private final Set<Bytes> contacts = new LinkedHashSet<>(2);

    private Group(String field, String member, @Nullable String businessNumber) {
      this.field = field;
      this.member = member;
      this.businessNumber = businessNumber;
    }

    /// Adds an item, whatever it is: the scanner tells what is malformed.
    public void add(Bytes item) {
      items.add(item);
    }

    /// Adds a contact; one that is there already is not added again.
    public void contact(Bytes contact) {
      contacts.add(contact);
    }

    private void write(JsonWriter out) {
      out.beginObject().name("value").beginObject();
      out.name("messaging_product").text("whatsapp").name("metadata").beginObject();
      String own = SourceText.digits(channel.displayPhoneNumber());
      // An account can have several numbers; the id is that of the one the operator named.
      boolean isOther =
          businessNumber != null && own != null && !BusinessNumber.isSame(own, businessNumber);
      boolean isOwn = own != null && !isOther;
      out.member("display_phone_number", isOwn ? own : businessNumber);
      if (!isOther) {
        out.member("phone_number_id", channel.phoneNumberId());
      }
      if (via != Via.WHATSAPP) {
        out.member(CHANNEL, via.wire());
      }
      if (isMarked) {
        out.name(MARK).flag(true);
      }
      out.endObject();
      if (!contacts.isEmpty()) {
        list(out, "contacts", contacts);
      }
      list(out, member, items);
      out.endObject().name("field").text(field).endObject();
    }

    private static void list(JsonWriter out, String name, Collection<Bytes> elements) {
      out.name(name).beginArray();
      elements.forEach(out::raw);
      out.endArray();
    }
  }
}
