package dev.chasqui.projection;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.OneStep;
import dev.chasqui.store.ResourceStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The resources of a [MemoryStore]: only learning is needed here.
record MemoryResources(MemoryStore store) implements ResourceStore {

  @Override
  public void learn(Collection<Waba> wabas, Collection<PhoneNumber> numbers) {
    synchronized (store) {
      if (store.cannotLearn) {
        throw new IllegalStateException("on demand");
      }
      store.learned.addAll(numbers);
    }
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T inOneStep(OneStep.Change<T, E> change)
      throws E {
    throw new UnsupportedOperationException();
  }

  @Override
  public long version() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Endpoint> endpoints() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Endpoint> endpoint(EndpointId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putEndpoint(Endpoint endpoint) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void createEndpoint(Endpoint endpoint, @Nullable AnsweredKey answered) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<AnsweredKey> answeredKey(WorkspaceId workspace, String key, Instant since) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean deleteEndpoint(EndpointId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Waba> wabas() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putWaba(Waba waba) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<PhoneNumber> phoneNumbers() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putPhoneNumber(PhoneNumber number) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<App> app(WorkspaceId workspace) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putApp(App app) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Secret> secrets() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putSecret(
      WorkspaceId workspace, String name, String value, Instant now, Instant formerUntil) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Token> tokens() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Token> token(String hash) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void putToken(Token token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean deleteToken(TokenId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void tokensUsed(Map<TokenId, Instant> lastUse) {
    throw new UnsupportedOperationException();
  }
}
