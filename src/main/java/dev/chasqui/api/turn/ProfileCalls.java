package dev.chasqui.api.turn;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonBody;
import dev.chasqui.store.ContactStore;
import dev.chasqui.store.ContactStore.Profile;
import dev.chasqui.store.EventViews.ContactView;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `/v1/contacts/{wa_id}/profile` and what fields there are. A change answers 201, as Turn's does.
public final class ProfileCalls implements TurnPart {

  private static final String ONE = "/v1/contacts/{wa_id}/profile";
  private static final int MAX_BODY_BYTES = 64 << 10;

  /// There is one schema, and it never changes: fields of one's own need none.
  private static final String SCHEMA =
      UUID.nameUUIDFromBytes("contacts.schema.1".getBytes(StandardCharsets.UTF_8)).toString();

  private final ContactStore contacts;
  private final ContactCalls.UpToDate upToDate;
  private final Clock clock;

  public ProfileCalls(ContactStore contacts, ContactCalls.UpToDate upToDate, Clock clock) {
    this.contacts = contacts;
    this.upToDate = upToDate;
    this.clock = clock;
  }

  @Override
  public void addTo(TurnRoutes routes) {
    routes.add("GET", "/v1/contacts/schemas", 0, _ -> schemas());
    routes.add("GET", ONE, 0, this::get);
    routes.add("PATCH", ONE, MAX_BODY_BYTES, this::patch);
  }

  private static Response schemas() {
    ObjectNode answer = Json.object();
    answer.put("uuid", SCHEMA).put("version", "1");
    answer.set("fields", ProfileFields.schema());
    return TurnAnswer.of(200, answer);
  }

  private Response get(TurnCall call) throws InterruptedException {
    upToDate.await();
    String id = ContactCalls.id(call);
    ContactView contact =
        contacts.find(call.caller().workspace(), id).orElseThrow(ContactCalls::unknown);
    Optional<Profile> profile = contacts.profile(call.caller().workspace(), id);
    return TurnAnswer.of(200, told(profile.orElse(null), contact));
  }

  private Response patch(TurnCall call) throws InterruptedException {
    JsonBody body = call.body();
    ProfileFields.check(body);
    TurnCall.check(body);
    upToDate.await();
    String id = ContactCalls.id(call);
    JsonNode change = body.node();
    Profile changed =
        contacts
            .changeProfile(
                call.caller().workspace(),
                id,
                kept -> Json.text(ProfileFields.changed(ProfileFields.read(kept), change)),
                clock.instant())
            .orElseThrow(ContactCalls::unknown);
    ContactView contact =
        contacts.find(call.caller().workspace(), id).orElseThrow(ContactCalls::unknown);
    return TurnAnswer.of(201, told(changed, contact));
  }

  /// The name and number that WhatsApp tells stand where nobody has set others.
  private static ObjectNode told(@Nullable Profile profile, ContactView contact) {
    ObjectNode fields =
        ProfileFields.all(ProfileFields.read(profile == null ? "{}" : profile.fields()));
    putIfNull(fields, "whatsapp_profile_name", contact.name());
    putIfNull(fields, "whatsapp_id", contact.waId());
    ObjectNode answer = Json.object();
    answer.set("fields", fields);
    answer.put("generation", profile == null ? 0 : profile.generation()).put("schema", SCHEMA);
    answer.put("updated_at", profile == null ? null : profile.updatedAt().toString());
    return answer;
  }

  private static void putIfNull(ObjectNode fields, String name, @Nullable String known) {
    if (fields.path(name).isNull() && known != null) {
      fields.put(name, known);
    }
  }
}
