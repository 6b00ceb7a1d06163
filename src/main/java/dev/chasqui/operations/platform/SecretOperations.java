package dev.chasqui.operations.platform;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Active;
import dev.chasqui.operations.Faults;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Listed;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Operation.Nothing;
import dev.chasqui.operations.Overlap;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.Reverifier;
import dev.chasqui.operations.Secrets;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.InQuery;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.operations.shape.Within;
import dev.chasqui.operations.shape.Words;
import dev.chasqui.store.ResourceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Secrets: set, looked at masked, and used again on what was rejected before they were mended.
public final class SecretOperations {

  private static final int MIN_LENGTH_FOR_TAIL = 12;
  private static final int TAIL = 4;

  private final ResourceStore resources;
  private final Secrets secrets;
  private final ResourceChanged changed;
  private final Reverifier reverifier;
  private final Clock clock;

  public SecretOperations(
      ResourceStore resources,
      Secrets secrets,
      ResourceChanged changed,
      Reverifier reverifier,
      Clock clock) {
    this.resources = resources;
    this.secrets = secrets;
    this.changed = changed;
    this.reverifier = reverifier;
    this.clock = clock;
  }

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads("secrets.list", Nothing.class, "Lists secrets, masked")
            .pages(SecretView.class, (call, _) -> list(call)),
        Operation.changes("secrets.set", Put.class, "Sets a secret")
            .checked(SecretOperations::check)
            .done(this::put),
        Operation.changes("secrets.reverify", Reverify.class, "Checks rejected events again")
            .one(Reverified.class, this::reverify));
  }

  /// A secret to be set.
  record Put(
      String name,
      @InQuery
          @Within(min = "PT0S", max = "P30D")
          @Doc(value = "For how long the former value stays valid.", example = "PT24H")
          @Nullable Duration overlap,
      @Length(512) String value) {}

  /// Which rejected events to check.
  record Reverify(
      String name,
      @InQuery @Doc("Those that were received since then; all without it.")
          @Nullable Instant since) {}

  /// A secret without its value.
  public record SecretView(
      String name,
      @Doc("The end of the value; null if none is set.") @Nullable String tail,
      @Words({"stored", "environment"}) @Nullable String origin,
      @Doc("When it was set; null if it is the environment's.") @Nullable Instant since,
      @Doc("Until when the value before it is valid; null if none is.")
          @Nullable Instant previousValidUntil) {}

  /// What came of it.
  public record Reverified(long checked, long accepted) {}

  private Listed<SecretView> list(Invocation call) {
    return new Listed<>(
        Secrets.NAMES.stream().map(name -> view(call.workspace(), name)).toList(), null);
  }

  private SecretView view(WorkspaceId workspace, String name) {
    List<Active> active =
        secrets.active(name).stream().filter(it -> it.workspace().equals(workspace)).toList();
    Optional<Active> current = active.stream().filter(it -> it.until() == null).findFirst();
    Optional<Active> former = active.stream().filter(it -> it.until() != null).findFirst();
    return new SecretView(
        name,
        current.map(it -> tail(it.value())).orElse(null),
        current.map(it -> it.isOfEnvironment() ? "environment" : "stored").orElse(null),
        current.map(Active::since).orElse(null),
        former.map(Active::until).orElse(null));
  }

  /// Of a short secret even four characters are too much.
  private static String tail(String value) {
    boolean isLong = value.length() >= MIN_LENGTH_FOR_TAIL;
    return isLong ? "…" + value.substring(value.length() - TAIL) : "…";
  }

  private static void check(Invocation call, Put wanted, Faults faults) {
    if (wanted.value() != null) {
      faults.add("value", Secrets.objection(wanted.name(), wanted.value()));
    }
  }

  private void put(Invocation call, Put wanted) {
    String name = known(wanted.name());
    String value = wanted.value();
    Instant now = clock.instant();
    Duration overlap = wanted.overlap() == null ? Overlap.DEFAULT : wanted.overlap();
    resources.inOneStep(
        () -> {
          keepEnvironments(call.workspace(), name, value);
          resources.putSecret(call.workspace(), name, value, now, now.plus(overlap));
          return name;
        });
    changed.changed();
  }

  /// The first one that is set takes the place of the environment's, which is stored before it: so
  /// that it has its overlap like any other.
  private void keepEnvironments(WorkspaceId workspace, String name, String value) {
    Instant before = clock.instant().minusMillis(1);
    secrets.active(name).stream()
        .filter(it -> it.workspace().equals(workspace) && it.isOfEnvironment())
        .filter(it -> !it.value().equals(value))
        .forEach(it -> resources.putSecret(workspace, name, it.value(), before, before));
  }

  private Reverified reverify(Invocation call, Reverify wanted) throws InterruptedException {
    if (!known(wanted.name()).equals(Secrets.SIGNING)) {
      throw Refusal.bad("Bad request", "events are only verified with " + Secrets.SIGNING, null);
    }
    Instant since = wanted.since() == null ? Instant.EPOCH : wanted.since();
    Reverifier.Outcome outcome = reverifier.reverify(call.workspace(), since);
    return new Reverified(outcome.checked(), outcome.accepted());
  }

  private static String known(String name) {
    if (!Secrets.NAMES.contains(name)) {
      String known = String.join(", ", Secrets.NAMES);
      throw Refusal.notFound("there is no such secret; the names are " + known);
    }
    return name;
  }
}
