package dev.chasqui.model;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One receiver: where it is, what it wants, how it wants to be treated.
///
/// @param role why it exists: a callback of the Meta dialect, or a further subscriber
/// @param url where its deliveries go
/// @param scope which traffic it is about
/// @param interest what of that traffic it wants
/// @param access its secrets and extra headers
/// @param policy how deliveries to it are tried
public record Endpoint(
    Identity identity,
    Role role,
    URI url,
    Scope scope,
    Interest interest,
    Access access,
    Policy policy) {

  /// The endpoint's name and state.
  ///
  /// @param name what people call it, 1 to 100 characters
  /// @param switched the state that an operator set
  public record Identity(
      EndpointId id, WorkspaceId workspace, String name, DialectName dialect, Switch switched) {}

  /// Whether an endpoint is on, as an operator set it or a receiver's 410 did.
  public enum Switch {
    ON,
    /// Keeps its backlog, sends nothing.
    PAUSED,
    /// Owes nothing new; what is owed stays.
    DISABLED,
    /// Removed through the interface that set it. New events are not queued, as for a disabled
    /// endpoint, and no alert is raised.
    REMOVED;

    /// True if events no longer become deliveries to it.
    public boolean isOff() {
      return this == DISABLED || this == REMOVED;
    }
  }

  /// Why an endpoint exists. The three callbacks follow Meta's order of overrides (seed 001).
  public enum Role {
    APPLICATION_CALLBACK,
    WABA_CALLBACK,
    PHONE_NUMBER_CALLBACK,
    SUBSCRIBER;

    /// Whether it takes part in Meta's rule "exactly one callback per change".
    public boolean isCallback() {
      return this != SUBSCRIBER;
    }
  }

  /// Which traffic: null stands for all.
  public record Scope(@Nullable String wabaId, @Nullable String phoneNumberId) {
    /// The whole workspace.
    public static final Scope WORKSPACE = new Scope(null, null);
  }

  /// The filter of an endpoint within its scope; an empty set stands for all.
  ///
  /// @param subscriptions words of the dialect, for example Turn's `whatsapp`
  /// @param fields field names of changes
  /// @param messageTypes message types; statuses and other changes are not touched by it
  /// @param statuses statuses; messages and other changes are not touched by it
  /// @param directions `inbound` (messages), `outbound` (echoes, statuses)
  /// @param senders wa_ids or BSUIDs of the users a message, echo or status is about
  /// @param extras what few endpoints ask for
  public record Interest(
      Set<String> subscriptions,
      Set<String> fields,
      Set<String> messageTypes,
      Set<String> statuses,
      Set<String> directions,
      Set<String> senders,
      Extras extras) {

    /// Matches every event: an empty set is no restriction.
    public static final Interest ALL =
        new Interest(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

    public Interest {
      subscriptions = Set.copyOf(subscriptions);
      fields = Set.copyOf(fields);
      messageTypes = Set.copyOf(messageTypes);
      statuses = Set.copyOf(statuses);
      directions = Set.copyOf(directions);
      senders = Set.copyOf(senders);
    }

    /// Without extras.
    public Interest(
        Set<String> subscriptions,
        Set<String> fields,
        Set<String> messageTypes,
        Set<String> statuses,
        Set<String> directions,
        Set<String> senders) {
      this(subscriptions, fields, messageTypes, statuses, directions, senders, Extras.NONE);
    }
  }

  /// Filters that few endpoints use.
  ///
  /// @param chats [#GROUP], [#DIRECT]; empty stands for both. Changes that are about no
  ///   conversation are not touched by it
  /// @param exactPayload whether a message that was sent comes as it was submitted and with nothing
  ///   added, in dialects that add something
  public record Extras(Set<String> chats, boolean exactPayload) {

    /// Conversations with a group.
    public static final String GROUP = "group";

    /// Conversations with one user.
    public static final String DIRECT = "direct";

    public static final Extras NONE = new Extras(Set.of(), false);

    public Extras {
      chats = Set.copyOf(chats);
    }
  }

  /// Secrets and headers; never printed.
  ///
  /// @param secrets what deliveries are signed with, newest first; empty for callbacks, which are
  ///   signed with the workspace's app secret
  /// @param headers further headers of each delivery
  /// @param account what the receiver knows the sender's account by, in dialects that tell it; null
  ///   if nobody has said
  /// @param tls certificates for it
  public record Access(
      List<String> secrets, Map<String, String> headers, @Nullable String account, Tls tls) {

    /// Access of a receiver without certificates of its own.
    public Access(List<String> secrets, Map<String, String> headers, @Nullable String account) {
      this(secrets, headers, account, Tls.NONE);
    }

    /// Access of a receiver that knows no account.
    public Access(List<String> secrets, Map<String, String> headers) {
      this(secrets, headers, null);
    }

    /// No secret and no headers of its own.
    public static final Access NONE = new Access(List.of(), Map.of());

    public Access {
      secrets = List.copyOf(secrets);
      headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
      return "Access[" + secrets.size() + " secrets, " + headers.size() + " headers]";
    }
  }

  /// The same endpoint, switched.
  public Endpoint switched(Switch to) {
    Identity changed =
        new Identity(identity.id(), identity.workspace(), identity.name(), identity.dialect(), to);
    return new Endpoint(changed, role, url, scope, interest, access, policy);
  }

  public EndpointId id() {
    return identity.id();
  }

  public WorkspaceId workspace() {
    return identity.workspace();
  }

  public DialectName dialect() {
    return identity.dialect();
  }
}
