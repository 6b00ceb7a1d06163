package dev.chasqui.api;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.OneStep;
import dev.chasqui.store.ResourceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What operators set, in memory.
public final class MemoryResources implements ResourceStore {

  private final OneStep changes = new OneStep();
  private final Map<EndpointId, Endpoint> endpoints = new LinkedHashMap<>();
  private final Map<String, Waba> wabas = new LinkedHashMap<>();
  private final Map<String, PhoneNumber> numbers = new LinkedHashMap<>();
  private final Map<WorkspaceId, App> apps = new LinkedHashMap<>();
  private final List<Secret> secrets = new ArrayList<>();
  private final List<Token> tokens = new ArrayList<>();
  private long version;

  @Override
  public <T extends @Nullable Object, E extends Exception> T inOneStep(OneStep.Change<T, E> change)
      throws E {
    return changes.run(change);
  }

  @Override
  public synchronized long version() {
    return version;
  }

  @Override
  public synchronized List<Endpoint> endpoints() {
    return List.copyOf(endpoints.values());
  }

  @Override
  public synchronized Optional<Endpoint> endpoint(EndpointId id) {
    return Optional.ofNullable(endpoints.get(id));
  }

  @Override
  public synchronized void putEndpoint(Endpoint endpoint) {
    version++;
    endpoints.put(endpoint.id(), endpoint);
  }

  @Override
  public synchronized void createEndpoint(Endpoint endpoint, @Nullable AnsweredKey answered) {
    putEndpoint(endpoint);
  }

  @Override
  public Optional<AnsweredKey> answeredKey(WorkspaceId workspace, String key, Instant since) {
    throw new UnsupportedOperationException();
  }

  @Override
  public synchronized boolean deleteEndpoint(EndpointId id) {
    version++;
    return endpoints.remove(id) != null;
  }

  @Override
  public synchronized List<Waba> wabas() {
    return List.copyOf(wabas.values());
  }

  @Override
  public synchronized void putWaba(Waba waba) {
    version++;
    wabas.put(waba.workspace() + "/" + waba.id(), waba);
  }

  @Override
  public synchronized List<PhoneNumber> phoneNumbers() {
    return List.copyOf(numbers.values());
  }

  @Override
  public synchronized void putPhoneNumber(PhoneNumber number) {
    version++;
    numbers.put(number.workspace() + "/" + number.id(), number);
  }

  @Override
  public synchronized void learn(Collection<Waba> more, Collection<PhoneNumber> moreNumbers) {
    more.forEach(it -> wabas.putIfAbsent(it.workspace() + "/" + it.id(), it));
    moreNumbers.forEach(it -> numbers.putIfAbsent(it.workspace() + "/" + it.id(), it));
  }

  @Override
  public synchronized Optional<App> app(WorkspaceId workspace) {
    return Optional.ofNullable(apps.get(workspace));
  }

  @Override
  public synchronized void putApp(App app) {
    version++;
    apps.put(app.workspace(), app);
  }

  @Override
  public synchronized List<Secret> secrets() {
    return List.copyOf(secrets);
  }

  @Override
  public synchronized void putSecret(
      WorkspaceId workspace, String name, String value, Instant now, Instant formerUntil) {
    List<Secret> kept = new ArrayList<>();
    for (Secret it : secrets) {
      boolean same = it.workspace().equals(workspace) && it.name().equals(name);
      if (!same) {
        kept.add(it);
      } else if (it.until() == null) {
        kept.add(new Secret(workspace, name, it.value(), it.since(), formerUntil));
      }
    }
    kept.add(new Secret(workspace, name, value, now, null));
    secrets.clear();
    secrets.addAll(kept);
  }

  @Override
  public synchronized List<Token> tokens() {
    return List.copyOf(tokens);
  }

  @Override
  public synchronized Optional<Token> token(String hash) {
    return tokens.stream().filter(it -> it.hash().equals(hash)).findFirst();
  }

  @Override
  public synchronized void putToken(Token token) {
    deleteToken(token.id());
    tokens.add(token);
  }

  @Override
  public synchronized boolean deleteToken(TokenId id) {
    return tokens.removeIf(it -> it.id().equals(id));
  }

  @Override
  public synchronized void tokensUsed(Map<TokenId, Instant> lastUse) {
    tokens.replaceAll(it -> it.lastUsed(lastUse.get(it.id())));
  }
}
