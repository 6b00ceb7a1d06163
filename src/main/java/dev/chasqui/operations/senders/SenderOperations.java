package dev.chasqui.operations.senders;

import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.AuthenticationMode.Check;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Listed;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Paging;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.ResourceChanged;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import dev.chasqui.store.SourceStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Senders other than Meta: channels of Turn, accounts of Exotel. Both are set with one PUT; their
/// secrets are never told.
public final class SenderOperations {

  private static final System.Logger LOG = System.getLogger(SenderOperations.class.getName());
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,100}");

  private final SourceStore sources;
  private final ResourceStore resources;
  private final ResourceChanged changed;
  private final Consumer<SourceAccount> follow;
  private final Clock clock;

  /// @param follow told of a changed Exotel account: its receivers follow
  public SenderOperations(
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

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads("turn-channels.list", Of.class, "Lists Turn's channels")
            .pages(
                SenderView.class,
                (call, of) -> list(call, of, DialectName.TURN, this::channelView)),
        Operation.reads("turn-channels.get", One.class, "Tells a Turn channel")
            .one(SenderView.class, (call, one) -> channelView(own(call, DialectName.TURN, one))),
        Operation.changes("turn-channels.put", SenderDraft.Turn.class, "Sets a Turn channel")
            .checked(
                (_, wanted, faults) -> {
                  if (wanted.secret() == null && find(DialectName.TURN, wanted.id()).isEmpty()) {
                    faults.add("secret", "is required");
                  }
                })
            .one(SenderView.class, this::putTurn),
        Operation.changes("turn-channels.delete", One.class, "Deletes the Turn channel")
            .done((call, one) -> delete(call, DialectName.TURN, one)),
        Operation.reads("exotel-accounts.list", Of.class, "Lists Exotel's accounts")
            .pages(
                SenderView.Exotel.class,
                (call, of) -> list(call, of, DialectName.EXOTEL, this::accountView)),
        Operation.reads("exotel-accounts.get", One.class, "Tells an Exotel account")
            .one(
                SenderView.Exotel.class,
                (call, one) -> accountView(own(call, DialectName.EXOTEL, one))),
        Operation.changes("exotel-accounts.put", SenderDraft.Exotel.class, "Sets an Exotel account")
            .checked(
                (_, wanted, faults) ->
                    wanted.check(
                        find(DialectName.EXOTEL, wanted.id()).map(SourceAccount::access), faults))
            .one(SenderView.Exotel.class, this::putExotel),
        Operation.changes("exotel-accounts.delete", One.class, "Deletes the Exotel account")
            .done((call, one) -> delete(call, DialectName.EXOTEL, one)));
  }

  /// A page of senders.
  record Of(@Flat Paging page) {}

  /// One sender.
  record One(String id) {}

  private SenderView channelView(SourceAccount account) {
    return SenderView.of(account, clock.instant());
  }

  private SenderView.Exotel accountView(SourceAccount account) {
    return SenderView.Exotel.of(account, clock.instant());
  }

  private <T> Listed<T> list(
      Invocation call, Of of, DialectName source, Function<SourceAccount, T> teller) {
    List<SourceAccount> own =
        sources.sources().stream()
            .filter(it -> it.source() == source && it.workspace().equals(call.workspace()))
            .toList();
    return Listed.cut(of.page(), own, SourceAccount::id, teller);
  }

  private SenderView putTurn(Invocation call, SenderDraft.Turn wanted) {
    return channelView(
        put(
            call,
            DialectName.TURN,
            wanted.id(),
            old -> wanted.account(context(call, old, wanted.phoneNumberId()))));
  }

  private SenderView.Exotel putExotel(Invocation call, SenderDraft.Exotel wanted) {
    SourceAccount account =
        put(
            call,
            DialectName.EXOTEL,
            wanted.id(),
            old -> wanted.account(context(call, old, wanted.phoneNumberId())));
    warn(account);
    return accountView(account);
  }

  private SenderDraft.Context context(
      Invocation call, Optional<SourceAccount> old, @Nullable String id) {
    Optional<PhoneNumber> known = id == null ? Optional.empty() : numberOf(id);
    return new SenderDraft.Context(call.workspace(), old, known, clock.instant());
  }

  private SourceAccount put(
      Invocation call,
      DialectName source,
      String id,
      Function<Optional<SourceAccount>, SourceAccount> making) {
    if (!ID.matcher(id).matches()) {
      throw Refusal.bad(
          "Bad request",
          "an id has 1 to 100 letters, digits, dots, hyphens, underscores or tildes",
          null);
    }
    SourceAccount account =
        sources.inOneStep(
            () -> {
              Optional<SourceAccount> old = find(source, id);
              if (old.isPresent() && !old.get().workspace().equals(call.workspace())) {
                throw Refusal.conflict("another workspace has this id");
              }
              SourceAccount made = making.apply(old);
              keep(made);
              return made;
            });
    changed.changed();
    return account;
  }

  private void keep(SourceAccount account) {
    resources.inOneStep(() -> learn(account));
    sources.putSource(account);
    if (account.source() == DialectName.EXOTEL) {
      follow.accept(account);
    }
  }

  /// What is known of a phone number.
  private Optional<PhoneNumber> numberOf(String phoneNumberId) {
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
    Optional<PhoneNumber> known = numberOf(number);
    if (known.isEmpty()) {
      resources.putPhoneNumber(
          new PhoneNumber(
              account.workspace(),
              number,
              account.channel().wabaId(),
              account.channel().displayPhoneNumber()));
    } else if (!known.get().workspace().equals(account.workspace())) {
      throw Refusal.conflict("another workspace has this phone number");
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

  private void delete(Invocation call, DialectName source, One one) {
    sources.inOneStep(() -> sources.deleteSource(source, own(call, source, one).id()));
    changed.changed();
  }

  private SourceAccount own(Invocation call, DialectName source, One one) {
    return find(source, one.id())
        .filter(it -> it.workspace().equals(call.workspace()))
        .orElseThrow(Refusal::notFound);
  }

  private Optional<SourceAccount> find(DialectName source, String id) {
    return sources.sources().stream()
        .filter(it -> it.source() == source && it.id().equals(id))
        .findFirst();
  }
}
