package dev.chasqui.operations.platform;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Listed;
import dev.chasqui.operations.MetaId;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Paging;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.shape.Digits;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import dev.chasqui.store.ResourceStore.Subscription;
import dev.chasqui.store.ResourceStore.Waba;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Accounts (WABAs) and business phone numbers. They are learned from traffic too; here they are
/// named, and numbers are put under their account.
public final class NumberOperations {

  private final ResourceStore resources;
  private final ResourceChanged changed;

  public NumberOperations(ResourceStore resources, ResourceChanged changed) {
    this.resources = resources;
    this.changed = changed;
  }

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads("wabas.list", Of.class, "Lists the known WABAs")
            .pages(WabaView.class, this::wabas),
        Operation.changes("wabas.put", PutWaba.class, "Adds or names a WABA")
            .one(WabaView.class, this::putWaba),
        Operation.reads("numbers.list", Of.class, "Lists the known phone numbers")
            .pages(NumberView.class, this::numbers),
        Operation.changes("numbers.put", PutNumber.class, "Adds or changes a phone number")
            .one(NumberView.class, this::putNumber));
  }

  /// A page of what the workspace has.
  record Of(@Flat Paging page) {}

  /// A WABA to be named.
  record PutWaba(String id, @Length(100) @Nullable String name) {}

  /// A phone number to be placed.
  record PutNumber(
      String id,
      @Digits @Doc("The account that it is registered with.") @Nullable String wabaId,
      @Length(100) @Doc(value = "As people write it.", example = "+52 55 1234 5678")
          @Nullable String displayPhoneNumber) {}

  /// An account.
  public record WabaView(
      String id,
      @Nullable String name,
      @Doc("Whether the application is subscribed to it, as far as is known.")
          Subscription subscription) {

    static WabaView of(Waba waba) {
      return new WabaView(waba.id(), waba.name(), waba.subscription());
    }
  }

  /// A phone number.
  public record NumberView(
      String id, @Nullable String wabaId, @Nullable String displayPhoneNumber) {

    static NumberView of(PhoneNumber number) {
      return new NumberView(number.id(), number.wabaId(), number.displayPhoneNumber());
    }
  }

  private Listed<WabaView> wabas(Invocation call, Of of) {
    List<Waba> own =
        resources.wabas().stream()
            .filter(it -> it.workspace().equals(call.workspace()))
            .sorted(Comparator.comparing(Waba::id))
            .toList();
    return Listed.cut(of.page(), own, Waba::id, WabaView::of);
  }

  private Listed<NumberView> numbers(Invocation call, Of of) {
    List<PhoneNumber> own =
        resources.phoneNumbers().stream()
            .filter(it -> it.workspace().equals(call.workspace()))
            .sorted(Comparator.comparing(PhoneNumber::id))
            .toList();
    return Listed.cut(of.page(), own, PhoneNumber::id, NumberView::of);
  }

  private WabaView putWaba(Invocation call, PutWaba wanted) {
    String id = MetaId.checked(wanted.id());
    Waba waba = resources.inOneStep(() -> putWaba(call, id, wanted.name()));
    changed.changed();
    return WabaView.of(waba);
  }

  private Waba putWaba(Invocation call, String id, @Nullable String name) {
    Optional<Waba> old = resources.wabas().stream().filter(it -> it.id().equals(id)).findFirst();
    old.ifPresent(it -> refuseOther(it.workspace(), call));
    Subscription subscription = old.map(Waba::subscription).orElse(Subscription.UNSAID);
    Set<String> subscribed = old.map(Waba::fields).orElse(Set.of());
    Waba waba = new Waba(call.workspace(), id, name, subscription, subscribed);
    resources.putWaba(waba);
    return waba;
  }

  private NumberView putNumber(Invocation call, PutNumber wanted) {
    PhoneNumber number =
        new PhoneNumber(
            call.workspace(),
            MetaId.checked(wanted.id()),
            wanted.wabaId(),
            wanted.displayPhoneNumber());
    resources.inOneStep(
        () -> {
          resources.phoneNumbers().stream()
              .filter(it -> it.id().equals(number.id()))
              .forEach(it -> refuseOther(it.workspace(), call));
          resources.putPhoneNumber(number);
          return number;
        });
    changed.changed();
    return NumberView.of(number);
  }

  private static void refuseOther(WorkspaceId owner, Invocation call) {
    if (!owner.equals(call.workspace())) {
      throw Refusal.conflict("another workspace has this id");
    }
  }
}
