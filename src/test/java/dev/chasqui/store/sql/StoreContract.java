package dev.chasqui.store.sql;

import dev.chasqui.store.Store;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A fresh store for each test of a role.
abstract class StoreContract {

  final Clock clock = Clock.fixed(Samples.START, ZoneOffset.UTC);
  private final Supplier<StoreFixture> fixtures;
  private final Generations generations;
  private StoreFixture fixture;
  Store store;

  StoreContract(Supplier<StoreFixture> fixtures) {
    this(fixtures, Generations.USUAL);
  }

  StoreContract(Supplier<StoreFixture> fixtures, Generations generations) {
    this.fixtures = fixtures;
    this.generations = generations;
  }

  @BeforeEach
  void openStore() {
    fixture = fixtures.get();
    store = fixture.open(clock, generations);
  }

  @AfterEach
  void closeStore() {
    store.close();
    fixture.close();
  }

  /// Begins again with an empty store.
  final void reset() {
    closeStore();
    openStore();
  }

  final void reopen() {
    store.close();
    store = fixture.open(clock, generations);
  }

  /// The numbers that a query behind the store's back comes to.
  final List<Long> numbers(String sql) {
    return fixture.numbers(sql);
  }
}
