package dev.chasqui.store;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What operators set. Each call is on disk before it returns. Secrets are sealed at rest.
public interface ResourceStore {

  /// Runs a change that reads before it writes, with no other change of these resources between:
  /// what it reads here is still so when it writes. It should do nothing else, no network above
  /// all.
  <T extends @Nullable Object, E extends Exception> T inOneStep(OneStep.Change<T, E> change)
      throws E;

  /// A number that grows with every change, so that other nodes notice.
  long version();

  /// All endpoints, for building the routing table.
  List<Endpoint> endpoints();

  Optional<Endpoint> endpoint(EndpointId id);

  /// Adds an endpoint or replaces the one with the same id.
  void putEndpoint(Endpoint endpoint);

  /// Adds an endpoint, and what was answered to the call that made it; both or neither.
  ///
  /// @param answered null if the call had no key
  void createEndpoint(Endpoint endpoint, @Nullable AnsweredKey answered);

  /// The answer to the call with a key that was made at or after a time, empty if there was none.
  Optional<AnsweredKey> answeredKey(WorkspaceId workspace, String key, Instant since);

  /// @return false if there was none
  boolean deleteEndpoint(EndpointId id);

  /// The accounts of all workspaces.
  List<Waba> wabas();

  /// Adds an account or replaces it.
  void putWaba(Waba waba);

  /// The phone numbers of all workspaces.
  List<PhoneNumber> phoneNumbers();

  /// Adds a phone number or replaces it.
  void putPhoneNumber(PhoneNumber number);

  /// Adds accounts and numbers that validly signed traffic names; what is known stays as it is.
  void learn(Collection<Waba> wabas, Collection<PhoneNumber> numbers);

  /// The application of a workspace, empty until it is set.
  Optional<App> app(WorkspaceId workspace);

  /// Sets the application.
  void putApp(App app);

  /// All secrets of all workspaces, opened.
  List<Secret> secrets();

  /// Sets a secret; the former value, if any, stays valid until the given time.
  void putSecret(
      WorkspaceId workspace, String name, String value, Instant now, Instant formerUntil);

  /// The tokens of all workspaces, expired ones included.
  List<Token> tokens();

  /// The token with a hash, empty if there is none.
  Optional<Token> token(String hash);

  /// Adds a token, or replaces the one with the same id.
  void putToken(Token token);

  /// @return false if there was none
  boolean deleteToken(TokenId id);

  /// Notes when tokens were used; may be written later, and need not outlive a crash.
  void tokensUsed(Map<TokenId, Instant> lastUse);

  /// What a call with an `Idempotency-Key` was answered. The answer holds a secret and is sealed at
  /// rest; it is forgotten after a day.
  ///
  /// @param bodyHash SHA-256 of the call's body, hex
  record AnsweredKey(
      WorkspaceId workspace, String key, String bodyHash, String answer, Instant at) {
    @Override
    public String toString() {
      return "AnsweredKey[" + workspace + " " + at + "]";
    }
  }

  /// An account.
  ///
  /// @param subscription whether the application is subscribed to it, as far as is known
  /// @param fields what of it the application's callback gets; empty for all
  record Waba(
      WorkspaceId workspace,
      String id,
      @Nullable String name,
      Subscription subscription,
      Set<String> fields) {

    public Waba {
      fields = Set.copyOf(fields);
    }

    /// An account whose callback gets all fields.
    public Waba(
        WorkspaceId workspace, String id, @Nullable String name, Subscription subscription) {
      this(workspace, id, name, subscription, Set.of());
    }
  }

  /// Whether the application is subscribed to an account.
  enum Subscription {
    /// Known from traffic or from an operator; nothing was said of a subscription.
    UNSAID,
    SUBSCRIBED,
    /// Taken back: its changes go to no callback.
    UNSUBSCRIBED
  }

  record PhoneNumber(
      WorkspaceId workspace,
      String id,
      @Nullable String wabaId,
      @Nullable String displayPhoneNumber) {}

  /// The application; its callback is an endpoint.
  ///
  /// @param name what it is called, null if nobody has said
  record App(WorkspaceId workspace, String id, @Nullable String name) {

    /// Without a name.
    public App(WorkspaceId workspace, String id) {
      this(workspace, id, null);
    }
  }

  /// A secret with its time of validity; never printed.
  ///
  /// @param name `meta-verify-token`, `webhook-signing-secret`, `meta-access-token`
  /// @param since when it was set
  /// @param until when it ends, null for the current one
  record Secret(
      WorkspaceId workspace, String name, String value, Instant since, @Nullable Instant until) {
    @Override
    public String toString() {
      return "Secret[" + workspace + " " + name + "]";
    }
  }

  /// A token, stored hashed.
  ///
  /// @param hash SHA-256 of the token, hex
  /// @param kind `admin`, `viewer`, `api`, `journey`
  /// @param phoneNumberId what an `api` or `journey` token is for, null otherwise
  record Token(
      TokenId id,
      WorkspaceId workspace,
      String kind,
      @Nullable String phoneNumberId,
      String hash,
      Instant createdAt,
      Life life) {

    /// One without a name or an end.
    public Token(
        TokenId id,
        WorkspaceId workspace,
        String kind,
        @Nullable String phoneNumberId,
        String hash,
        Instant createdAt) {
      this(id, workspace, kind, phoneNumberId, hash, createdAt, Life.ENDLESS);
    }

    /// Whether it counts at a time.
    public boolean isActive(Instant now) {
      return life.expiresAt() == null || life.expiresAt().isAfter(now);
    }

    /// The same, used then; null if it was not used since.
    public Token lastUsed(@Nullable Instant at) {
      if (at == null) {
        return this;
      }
      Life used = new Life(life.name(), life.expiresAt(), at, life.origin());
      return new Token(id, workspace, kind, phoneNumberId, hash, createdAt, used);
    }

    /// The name, end and origin of a token, for operators.
    ///
    /// @param expiresAt when it ends, null if it does not
    /// @param lastUsedAt null if it was never used, or not since that is written down
    public record Life(
        @Nullable String name,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        Origin origin) {

      /// No name and no end.
      public static final Life ENDLESS = new Life(null, null, null, Origin.API);
    }

    public enum Origin {
      /// An operator, or the first start.
      API,
      /// The setting `admin.token`; another value there ends it.
      ENVIRONMENT
    }
  }
}
