package dev.chasqui.http.client;

import dev.chasqui.http.client.Resolver.Resolution;
import java.util.concurrent.CompletableFuture;

/// Asks for the addresses of one name, without a thread that waits and without memory of earlier
/// answers.
interface Lookup extends AutoCloseable {

  /// Asks once. The future always ends normally, and in a bounded time.
  CompletableFuture<Resolution> ask(String name);

  @Override
  void close();
}
