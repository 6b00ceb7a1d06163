package dev.chasqui.http;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.impl.ServerID;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The threads on which all sockets of the process are read and written: a fixed number of event
/// loops, with native epoll where there is one. Servers and senders share them, and each has one
/// part per loop, so that a request never crosses from one loop to another.
///
/// Only `http.server` and `http.client` look inside.
public final class EventLoops implements AutoCloseable {

  private static final long WAIT_SECONDS = 10;

  static {
    // Read once by Vert.x when its classes load. Nothing here speaks WebSocket, and its handlers
    // would cost memory on every idle connection.
    System.setProperty("vertx.disableWebsockets", "true");
    System.setProperty("vertx.disableDnsResolver", "true");
    // Netty reads /etc/hosts once if nobody says otherwise; other programs read it each time.
    System.setProperty("io.netty.hostsFileRefreshInterval", "10000000000");
  }

  private final Vertx vertx;
  private final List<Context> contexts;

  private EventLoops(Vertx vertx, List<Context> contexts) {
    this.vertx = vertx;
    this.contexts = contexts;
  }

  /// Starts as many loops as there are processors.
  public static EventLoops start() {
    return start(Runtime.getRuntime().availableProcessors());
  }

  /// Starts a number of loops, at least one.
  public static EventLoops start(int loops) {
    Vertx vertx = Vertx.vertx(options(loops));
    Queue<Context> contexts = new ConcurrentLinkedQueue<>();
    Future<String> deployed =
        vertx.deployVerticle(() -> new Loop(contexts), new DeploymentOptions().setInstances(loops));
    await(deployed);
    return new EventLoops(vertx, List.copyOf(contexts));
  }

  public int size() {
    return contexts.size();
  }

  /// The library's entry point; for the HTTP edges only.
  public Vertx vertx() {
    return vertx;
  }

  /// One context per loop; for the HTTP edges only.
  public List<Context> contexts() {
    return contexts;
  }

  /// Stops the loops. Whatever still uses them fails.
  @Override
  public void close() {
    await(vertx.close());
  }

  /// Whether a server on these loops has bound the address; for the HTTP edges only.
  public boolean isBound(String host, int port) {
    return ((VertxInternal) vertx).sharedTcpServers().containsKey(new ServerID(port, host));
  }

  /// Waits, on a thread that is no event loop, for what the loops do; bounded.
  ///
  /// @throws IllegalStateException if it failed
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("the event loops did not answer in time", e);
    }
  }

  private static VertxOptions options(int loops) {
    return new VertxOptions()
        .setEventLoopPoolSize(loops)
        .setPreferNativeTransport(true)
        .setDisableTCCL(true)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  /// Vert.x places each instance of a verticle on the next loop, which is how the loops are had.
  private static final class Loop extends VerticleBase {

    private final Queue<Context> contexts;

    Loop(Queue<Context> contexts) {
      this.contexts = contexts;
    }

    @Override
    public Future<?> start() {
      contexts.add(context);
      return Future.succeededFuture();
    }
  }
}
