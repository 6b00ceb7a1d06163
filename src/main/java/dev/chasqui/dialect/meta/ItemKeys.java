package dev.chasqui.dialect.meta;

import dev.chasqui.json.Range;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Sending;
import dev.chasqui.model.WorkspaceId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys by which repeated items are recognised (product.md 4):
///
/// | item | key |
/// |---|---|
/// | message, echo | phone number id, wamid |
/// | status | phone number id, wamid, status, group member |
/// | payment status | the same and the item's bytes |
/// | submission | phone number id, submission, outcome |
/// | call | phone number id, call id, event |
/// | all else, and items without an id | field, entry id, time, bytes of the value or item |
///
/// The workspace is part of each. Times are not part of the first four: the same item can come
/// again in another batch. Halves of SHA-256 are used, so that no sender can make two items meet.
public final class ItemKeys {

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(ItemKeys::sha256);

  private final WorkspaceId workspace;
  private final Envelope envelope;

  public ItemKeys(WorkspaceId workspace, Envelope envelope) {
    this.workspace = workspace;
    this.envelope = envelope;
  }

  /// The first half of the keys of everything that is said of one message or call.
  public static long idHash(String id) {
    return new Hash("id").with(id).end();
  }

  /// The key of one of the envelope's notifications.
  public ItemKey of(Notification notification) {
    return switch (notification) {
      case Notification.Message message ->
          message.wamid() == null
              ? byContents(message)
              : new ItemKey(idHash(message.wamid()), begin("message", message).end());
      case Notification.Echo echo ->
          echo.wamid() == null
              ? byContents(echo)
              : new ItemKey(idHash(echo.wamid()), begin("echo", echo).end());
      case Notification.Submitted submitted -> ofSubmission(submitted);
      case Notification.Status status ->
          status.wamid() == null ? byContents(status) : ofStatus(status, status.wamid());
      case Notification.Call call ->
          call.callId() == null
              ? byContents(call)
              : new ItemKey(idHash(call.callId()), begin("call", call).with(call.event()).end());
      case Notification.Problem problem -> byContents(problem);
      case Notification.Change change -> byContents(change);
    };
  }

  /// The key that another status of the same message has, whether or not it ever came; empty if the
  /// message has no id.
  public static Optional<ItemKey> ofOtherStatus(
      WorkspaceId workspace, Notification.Status status, String word) {
    String wamid = status.wamid();
    if (wamid == null) {
      return Optional.empty();
    }
    long id = idHash(wamid);
    Hash rest = begin("status", workspace, status).with(word).with(status.participant());
    return Optional.of(new ItemKey(id, rest.end()));
  }

  /// An intent and the outcome that follows it are two items, whichever event tells them again.
  private ItemKey ofSubmission(Notification.Submitted submitted) {
    Sending sending = submitted.sending();
    String submission = sending.submission().toString();
    String messageId = sending.messageId();
    String outcome = sending.outcome().getClass().getSimpleName();
    return new ItemKey(
        idHash(messageId == null ? submission : messageId),
        begin("submission", submitted).with(submission).with(outcome).end());
  }

  private ItemKey ofStatus(Notification.Status status, String wamid) {
    long id = idHash(wamid);
    Hash rest = begin("status", status).with(status.status()).with(status.participant());
    if (status.status().startsWith(Notifications.PAYMENT)) {
      rest.with(envelope.range(status.path()).of(envelope.body()));
    }
    return new ItemKey(id, rest.end());
  }

  private Hash begin(String kind, Notification notification) {
    return begin(kind, workspace, notification);
  }

  private static Hash begin(String kind, WorkspaceId workspace, Notification notification) {
    return new Hash(kind).with(workspace.value()).with(notification.origin().phoneNumberId());
  }

  private ItemKey byContents(Notification notification) {
    Envelope.Entry entry = envelope.entry(notification.path().entry());
    Range contents = envelope.valueRange(notification.path());
    long id = new Hash("contents").with(contents.of(envelope.body())).end();
    long rest =
        begin("contents", notification)
            .with(notification.origin().field())
            .with(entry.id())
            .with(entry.time())
            .end();
    return new ItemKey(id, rest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// A hash over several parts, each preceded by its length, so that no two lists of parts meet.
  /// The digest is the thread's: one hash must be ended before the next is begun.
  private static final class Hash {

    private final MessageDigest digest = SHA_256.get();

    Hash(String kind) {
      digest.reset();
      with(kind);
    }

    Hash with(@Nullable String text) {
      if (text == null) {
        length(-1);
        return this;
      }
      return with(Bytes.utf8(text));
    }

    Hash with(Bytes bytes) {
      length(bytes.length());
      digest.update(bytes.array(), bytes.offset(), bytes.length());
      return this;
    }

    private void length(int length) {
      digest.update((byte) (length >> 24));
      digest.update((byte) (length >> 16));
      digest.update((byte) (length >> 8));
      digest.update((byte) length);
    }

    long end() {
      return ByteBuffer.wrap(digest.digest()).getLong();
    }
  }
}
