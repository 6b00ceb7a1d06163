package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import dev.chasqui.store.ResourceStore.Subscription;
import dev.chasqui.store.ResourceStore.Waba;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Accounts (WABAs) and business phone numbers. They are learned from traffic too; here they are
/// named, and numbers are put under their account.
final class NumberRoutes {

  private static final String WABAS = "/api/v1/wabas";
  private static final String NUMBERS = "/api/v1/phone-numbers";
  private static final int MAX_NAME = 100;

  private final ResourceStore resources;
  private final ResourceChanged changed;

  NumberRoutes(ResourceStore resources, ResourceChanged changed) {
    this.resources = resources;
    this.changed = changed;
  }

  List<Served> operations() {
    return List.of(
        Served.of("GET", WABAS, "Lists the known WABAs", this::wabas).with("limit", "cursor"),
        Served.of("PUT", WABAS + "/{id}", "Adds or names a WABA", this::putWaba),
        Served.of("GET", NUMBERS, "Lists the known phone numbers", this::numbers)
            .with("limit", "cursor"),
        Served.of("PUT", NUMBERS + "/{id}", "Adds or changes a phone number", this::putNumber));
  }

  private Response wabas(Call call) {
    List<Waba> own =
        resources.wabas().stream()
            .filter(it -> it.workspace().equals(call.workspace()))
            .sorted(Comparator.comparing(Waba::id))
            .toList();
    return ListPage.of(call.page(), own, Waba::id, NumberRoutes::json);
  }

  private Response numbers(Call call) {
    List<PhoneNumber> own =
        resources.phoneNumbers().stream()
            .filter(it -> it.workspace().equals(call.workspace()))
            .sorted(Comparator.comparing(PhoneNumber::id))
            .toList();
    return ListPage.of(call.page(), own, PhoneNumber::id, NumberRoutes::json);
  }

  private Response putWaba(Call call) {
    String id = id(call);
    Fields fields = call.body();
    String name = fields.text("name", MAX_NAME);
    fields.check();
    Waba waba = resources.inOneStep(() -> putWaba(call, id, name));
    changed.changed();
    return json(waba).response(200);
  }

  private Waba putWaba(Call call, String id, @Nullable String name) {
    Optional<Waba> old = resources.wabas().stream().filter(it -> it.id().equals(id)).findFirst();
    old.ifPresent(it -> refuseOther(it.workspace(), call));
    Subscription subscription = old.map(Waba::subscription).orElse(Subscription.UNSAID);
    Set<String> subscribed = old.map(Waba::fields).orElse(Set.of());
    Waba waba = new Waba(call.workspace(), id, name, subscription, subscribed);
    resources.putWaba(waba);
    return waba;
  }

  private Response putNumber(Call call) {
    String id = id(call);
    Fields fields = call.body();
    String waba = fields.digits("wabaId");
    String display = fields.text("displayPhoneNumber", MAX_NAME);
    fields.check();
    PhoneNumber number = new PhoneNumber(call.workspace(), id, waba, display);
    resources.inOneStep(
        () -> {
          resources.phoneNumbers().stream()
              .filter(it -> it.id().equals(id))
              .forEach(it -> refuseOther(it.workspace(), call));
          resources.putPhoneNumber(number);
          return number;
        });
    changed.changed();
    return json(number).response(200);
  }

  private static void refuseOther(WorkspaceId owner, Call call) {
    if (!owner.equals(call.workspace())) {
      throw new ProblemException(409, "Conflict", "another workspace has this id");
    }
  }

  private static String id(Call call) {
    String id = call.path("id");
    if (!Fields.isDigits(id)) {
      throw ProblemException.badRequest("an id of Meta's has 1 to 32 digits");
    }
    return id;
  }

  private static Answer json(Waba waba) {
    return new Answer()
        .add("id", waba.id())
        .add("name", waba.name())
        .add("subscription", waba.subscription().name().toLowerCase(Locale.ROOT));
  }

  private static Answer json(PhoneNumber number) {
    return new Answer()
        .add("id", number.id())
        .add("wabaId", number.wabaId())
        .add("displayPhoneNumber", number.displayPhoneNumber());
  }
}
