package dev.chasqui.messaging;

import dev.chasqui.delivery.Sender;
import dev.chasqui.model.EventId;
import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.Participant;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.FallbackStore;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The fallback channels as operators have set them. A contact is reached by phone number: one that
/// is known by a business-scoped user id alone is not reached at all.
public final class PostToBridge implements FallbackBridge {

  private static final int MAX_DIGITS = 20;

  private final FallbackStore channels;
  private final PhoneNumbers phoneNumbers;
  private final CallFallback call;

  /// @param channels answers from memory
  /// @param sender bound to the addresses that receivers may have
  public PostToBridge(FallbackStore channels, PhoneNumbers phoneNumbers, Sender sender) {
    this(channels, phoneNumbers, new CallFallback(sender, CallFallback.DEADLINE));
  }

  PostToBridge(FallbackStore channels, PhoneNumbers phoneNumbers, CallFallback call) {
    this.channels = channels;
    this.phoneNumbers = phoneNumbers;
    this.call = call;
  }

  /// What is known of contacts.
  @FunctionalInterface
  public interface PhoneNumbers {

    /// The phone number of a contact in digits, empty if nobody knows it; may read the store.
    ///
    /// @param userId a business-scoped user id
    Optional<String> of(WorkspaceId workspace, String userId);
  }

  @Override
  public boolean serves(WorkspaceId workspace, String phoneNumberId) {
    return channels.fallbackChannel(workspace, phoneNumberId).isPresent();
  }

  @Override
  public Result send(EventId id, Submission submission) throws InterruptedException {
    WorkspaceId workspace = submission.workspace();
    Optional<FallbackChannel> channel =
        channels.fallbackChannel(workspace, submission.phoneNumberId());
    if (channel.isEmpty()) {
      return new Result.Failed("the phone number has no fallback channel", false);
    }
    Optional<String> to = number(workspace, submission);
    if (to.isEmpty()) {
      return new Result.Failed(
          "the contact has no phone number, which the fallback channel needs", false);
    }
    return call.post(channel.get(), submission.content().raw(), to.get());
  }

  private Optional<String> number(WorkspaceId workspace, Submission submission) {
    ObjectNode payload = submission.content().payload();
    if (payload.path("recipient_type").asString("").equals("group")) {
      return Optional.empty();
    }
    Participant named = CloudPayload.recipient(payload);
    String waId = named.waId();
    if (waId != null) {
      return isNumber(waId) ? Optional.of(waId) : Optional.empty();
    }
    String userId = named.userId();
    return userId == null
        ? Optional.empty()
        : phoneNumbers.of(workspace, userId).filter(PostToBridge::isNumber);
  }

  /// A user id may stand where a number belongs.
  private static boolean isNumber(String text) {
    boolean fits = !text.isEmpty() && text.length() <= MAX_DIGITS;
    return fits && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
