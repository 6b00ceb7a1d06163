package dev.chasqui.api.graph;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import dev.chasqui.store.ResourceStore.Subscription;
import dev.chasqui.store.ResourceStore.Waba;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Looks accounts and numbers up in the caller's workspace. What only another workspace has is
/// refused as Meta refuses what an app has no access to.
final class Accounts {

  private final ResourceStore resources;

  Accounts(ResourceStore resources) {
    this.resources = resources;
  }

  /// An account, empty if no workspace has it.
  ///
  /// @throws GraphException 200 if only another workspace has it
  Optional<Waba> waba(WorkspaceId workspace, String id) {
    List<Waba> all = resources.wabas().stream().filter(it -> it.id().equals(id)).toList();
    Optional<Waba> own = all.stream().filter(it -> it.workspace().equals(workspace)).findFirst();
    if (own.isEmpty() && !all.isEmpty()) {
      throw GraphException.permission();
    }
    return own;
  }

  /// An account that must be known.
  ///
  /// @throws GraphException 803 if no workspace has it, 200 if only another workspace has
  Waba knownWaba(WorkspaceId workspace, String id) {
    return waba(workspace, id)
        .orElseThrow(() -> GraphException.unknown("WhatsApp Business Account", id));
  }

  /// A number, empty if the workspace does not know it.
  Optional<PhoneNumber> number(WorkspaceId workspace, String id) {
    return resources.phoneNumbers().stream()
        .filter(it -> it.workspace().equals(workspace) && it.id().equals(id))
        .findFirst();
  }

  /// A number, empty if no workspace has it.
  ///
  /// @throws GraphException 200 if only another workspace has it
  Optional<PhoneNumber> reachedNumber(WorkspaceId workspace, String id) {
    List<PhoneNumber> all =
        resources.phoneNumbers().stream().filter(it -> it.id().equals(id)).toList();
    Optional<PhoneNumber> own =
        all.stream().filter(it -> it.workspace().equals(workspace)).findFirst();
    if (own.isEmpty() && !all.isEmpty()) {
      throw GraphException.permission();
    }
    return own;
  }

  /// Refuses the number of another workspace. An unknown number passes: upstream decides.
  ///
  /// @throws GraphException 200 if only another workspace has it
  void refuseOthersNumber(WorkspaceId workspace, String id) {
    boolean isOthers = false;
    for (PhoneNumber number : resources.phoneNumbers()) {
      if (number.id().equals(id)) {
        if (number.workspace().equals(workspace)) {
          return;
        }
        isOthers = true;
      }
    }
    if (isOthers) {
      throw GraphException.permission();
    }
  }

  /// @throws GraphException 100 unless the application is subscribed to the account
  void refuseUnlessSubscribed(Optional<Waba> waba) {
    if (waba.filter(it -> it.subscription() == Subscription.SUBSCRIBED).isEmpty()) {
      throw GraphException.parameter(
          "Before overriding the callback URI, the app must be subscribed to the WhatsApp"
              + " Business Account: POST its subscribed_apps without a body first");
    }
  }

  /// Says whether the application is subscribed to an account, which is added if it is new.
  ///
  /// @param fields what of it the application's callback gets; empty for all
  void subscribe(WorkspaceId workspace, String id, Subscription subscription, Set<String> fields) {
    resources.inOneStep(
        () -> {
          String name = waba(workspace, id).map(Waba::name).orElse(null);
          resources.putWaba(new Waba(workspace, id, name, subscription, fields));
          return true;
        });
  }

  /// Whether the application is subscribed to any account of the workspace.
  boolean isAnySubscribed(WorkspaceId workspace) {
    return resources.wabas().stream()
        .anyMatch(
            it -> it.workspace().equals(workspace) && it.subscription() == Subscription.SUBSCRIBED);
  }

  /// Refuses an id that is known as something else alone: the commonest mistake with Meta's ids.
  ///
  /// @throws GraphException 100 that names what it is
  void refuseOtherKind(WorkspaceId workspace, String id, Kind wanted) {
    Set<Kind> kinds = kinds(workspace, id);
    if (!kinds.isEmpty() && !kinds.contains(wanted)) {
      throw GraphException.unsupported(
          "%s is the id of a %s, and this call takes the id of a %s; nothing was changed"
              .formatted(id, kinds.iterator().next().words, wanted.words));
    }
  }

  private Set<Kind> kinds(WorkspaceId workspace, String id) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    if (resources.phoneNumbers().stream()
        .anyMatch(it -> it.workspace().equals(workspace) && it.id().equals(id))) {
      kinds.add(Kind.PHONE_NUMBER);
    }
    if (resources.wabas().stream()
        .anyMatch(it -> it.workspace().equals(workspace) && it.id().equals(id))) {
      kinds.add(Kind.WABA);
    }
    if (resources.app(workspace).filter(it -> it.id().equals(id)).isPresent()) {
      kinds.add(Kind.APPLICATION);
    }
    return kinds;
  }

  /// The kinds of nodes that an id may name.
  enum Kind {
    PHONE_NUMBER("phone number"),
    WABA("WhatsApp Business Account"),
    APPLICATION("application");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }
}
