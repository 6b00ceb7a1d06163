package dev.chasqui.dialect;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One attempt of one delivery, before it has a form.
///
/// @param now the attempt's time
public record Outgoing(Identity identity, Source source, Secrets secrets, Instant now) {

  /// Which delivery it is.
  ///
  /// @param receivedAt when the event arrived
  /// @param account what the receiver knows the sender's account by, null if nobody has said
  /// @param subscriptions what the receiver has subscribed to, empty if nobody has said
  /// @param exactPayload whether the receiver wants a message that was sent as it was submitted,
  ///   with nothing added
  public record Identity(
      WorkspaceId workspace,
      DeliveryId delivery,
      EventId event,
      Instant receivedAt,
      @Nullable String account,
      Set<String> subscriptions,
      boolean exactPayload) {

    public Identity {
      subscriptions = Set.copyOf(subscriptions);
    }

    /// An identity of which no more is known.
    public Identity(WorkspaceId workspace, DeliveryId delivery, EventId event, Instant receivedAt) {
      this(workspace, delivery, event, receivedAt, null, Set.of(), false);
    }
  }

  /// What it is made from.
  ///
  /// @param event the event's raw bytes, shared by its deliveries
  /// @param items what of the event is delivered, changes or items; empty stands for all of it
  /// @param contentType the event's `Content-Type`, null if it had none
  /// @param signature the event's own signature header, null if it had none
  public record Source(
      EventBody event,
      List<ItemPath> items,
      @Nullable String contentType,
      @Nullable String signature) {

    /// A source that shares nothing.
    public Source(
        Bytes body,
        List<ItemPath> items,
        @Nullable String contentType,
        @Nullable String signature) {
      this(new EventBody(body), items, contentType, signature);
    }

    public Source {
      items = List.copyOf(items);
    }

    /// The event's raw bytes.
    public Bytes body() {
      return event.bytes();
    }

    /// Whether all of the event is delivered.
    public boolean isWhole() {
      return items.isEmpty();
    }
  }

  /// The secrets for its signatures; never printed.
  ///
  /// @param endpoint the endpoint's own secrets, newest first
  /// @param app the workspace's app secrets, newest first
  public record Secrets(List<String> endpoint, List<String> app) {

    public static final Secrets NONE = new Secrets(List.of(), List.of());

    public Secrets {
      endpoint = List.copyOf(endpoint);
      app = List.copyOf(app);
    }

    @Override
    public String toString() {
      return "Secrets[" + endpoint.size() + " endpoint, " + app.size() + " app]";
    }
  }
}
