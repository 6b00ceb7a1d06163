package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.AuthenticationMode.Check;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.operations.Overlap;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import dev.chasqui.store.SourceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Senders other than Meta: channels of Turn, accounts of Exotel. Both are set with one PUT; their
/// secrets are never told.
final class SourceRoutes {

  static final String TURN = "/api/v1/turn-channels";
  static final String EXOTEL = "/api/v1/exotel-accounts";

  private static final System.Logger LOG = System.getLogger(SourceRoutes.class.getName());
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,100}");

  private final SourceStore sources;
  private final ResourceStore resources;
  private final ResourceChanged changed;
  private final Consumer<SourceAccount> follow;
  private final Clock clock;

  /// @param follow told of a changed Exotel account: its receivers follow
  SourceRoutes(
      SourceStore sources,
      ResourceStore resources,
      ResourceChanged changed,
      Consumer<SourceAccount> follow,
      Clock clock) {
    this.sources = sources;
    this.resources = resources;
    this.changed = changed;
    this.follow = follow;
    this.clock = clock;
  }

  List<Served> operations() {
    return List.of(
        Served.of("GET", TURN, "Lists Turn's channels", it -> list(it, DialectName.TURN))
            .with("limit", "cursor"),
        Served.of("GET", TURN + "/{id}", "Tells a channel", it -> get(it, DialectName.TURN)),
        Served.of("PUT", TURN + "/{id}", "Sets a channel", it -> put(it, DialectName.TURN))
            .with("overlap"),
        Served.of(
            "DELETE",
            TURN + "/{id}",
            "Deletes the Turn channel",
            it -> delete(it, DialectName.TURN)),
        Served.of("GET", EXOTEL, "Lists Exotel's accounts", it -> list(it, DialectName.EXOTEL))
            .with("limit", "cursor"),
        Served.of("GET", EXOTEL + "/{id}", "Tells one", it -> get(it, DialectName.EXOTEL)),
        Served.of("PUT", EXOTEL + "/{id}", "Sets an account", it -> put(it, DialectName.EXOTEL))
            .with("overlap"),
        Served.of(
            "DELETE",
            EXOTEL + "/{id}",
            "Deletes the Exotel account",
            it -> delete(it, DialectName.EXOTEL)));
  }

  private Response list(Call call, DialectName source) {
    List<SourceAccount> own =
        sources.sources().stream()
            .filter(it -> it.source() == source && it.workspace().equals(call.workspace()))
            .toList();
    Instant now = clock.instant();
    return ListPage.of(call.page(), own, SourceAccount::id, it -> SourceAccountJson.write(it, now));
  }

  private Response get(Call call, DialectName source) {
    return answer(own(call, source));
  }

  private Response put(Call call, DialectName source) {
    String id = call.path("id");
    if (!ID.matcher(id).matches()) {
      throw ProblemException.badRequest(
          "an id has 1 to 100 letters, digits, dots, hyphens, underscores or tildes");
    }
    SourceAccount account = sources.inOneStep(() -> put(call, source, id));
    warn(account);
    changed.changed();
    return answer(account);
  }

  private SourceAccount put(Call call, DialectName source, String id) {
    Duration overlap = call.query("overlap", Overlap::parse);
    Optional<SourceAccount> old = find(source, id);
    if (old.isPresent() && !old.get().workspace().equals(call.workspace())) {
      throw new ProblemException(409, "Conflict", "another workspace has this id");
    }
    SourceAccountBody body =
        new SourceAccountBody(
            source, old, clock.instant(), overlap == null ? Overlap.DEFAULT : overlap);
    SourceAccount account = body.read(call.workspace(), id, call.body(), this::wabaOf);
    resources.inOneStep(() -> learn(account));
    sources.putSource(account);
    if (source == DialectName.EXOTEL) {
      follow.accept(account);
    }
    return account;
  }

  /// The account that a phone number is registered with, as far as is known.
  private Optional<PhoneNumber> wabaOf(String phoneNumberId) {
    return resources.phoneNumbers().stream()
        .filter(it -> it.id().equals(phoneNumberId))
        .findFirst();
  }

  /// A number that its sender's account names is known from then on.
  private boolean learn(SourceAccount account) {
    String number = account.channel().phoneNumberId();
    if (number == null) {
      return false;
    }
    Optional<PhoneNumber> known = wabaOf(number);
    if (known.isEmpty()) {
      resources.putPhoneNumber(
          new PhoneNumber(
              account.workspace(),
              number,
              account.channel().wabaId(),
              account.channel().displayPhoneNumber()));
    } else if (!known.get().workspace().equals(account.workspace())) {
      throw new ProblemException(409, "Conflict", "another workspace has this phone number");
    }
    return known.isEmpty();
  }

  private static void warn(SourceAccount account) {
    for (AuthenticationMode mode : account.admission().modes()) {
      if (mode.uses(Check.NONE)) {
        LOG.log(
            System.Logger.Level.WARNING,
            "an account of " + account.source().wire() + " takes webhooks without any proof");
      }
    }
  }

  private Response delete(Call call, DialectName source) {
    sources.inOneStep(() -> sources.deleteSource(source, own(call, source).id()));
    changed.changed();
    return Response.empty(204);
  }

  private SourceAccount own(Call call, DialectName source) {
    return find(source, call.path("id"))
        .filter(it -> it.workspace().equals(call.workspace()))
        .orElseThrow(Call::notFound);
  }

  private Optional<SourceAccount> find(DialectName source, String id) {
    return sources.sources().stream()
        .filter(it -> it.source() == source && it.id().equals(id))
        .findFirst();
  }

  private Response answer(SourceAccount account) {
    return SourceAccountJson.write(account, clock.instant()).response(200);
  }
}
