package dev.chasqui.messaging;

import dev.chasqui.model.EventId;
import dev.chasqui.model.FallbackChannel;
import dev.chasqui.model.Participant;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.FallbackStore;
import java.util.Optional;

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

  /// Finds the phone numbers of contacts; `app` implements it with the store.
  @FunctionalInterface
  public interface PhoneNumbers {

    /// The phone number of a contact, in digits; empty if it is not known. May read the store.
    ///
    /// @param id a phone number, maybe in another spelling, or a business-scoped user id
    Optional<String> of(WorkspaceId workspace, String id);
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
    Participant named = CloudPayload.recipient(submission.content().payload());
    String contact = named.id();
    Optional<String> known =
        contact == null ? Optional.empty() : phoneNumbers.of(workspace, contact);
    Optional<String> to =
        Optional.ofNullable(named.waId()).or(() -> known).filter(PostToBridge::isNumber);
    if (to.isEmpty()) {
      return new Result.Failed(
          "the contact has no phone number, which the fallback channel needs", false);
    }
    Result result = call.post(channel.get(), submission.content().raw(), to.get());
    return result instanceof Result.Taken taken
        ? taken.to(new Participant(known.orElse(to.get()), named.userId(), null))
        : result;
  }

  /// A user id may stand where a number belongs.
  private static boolean isNumber(String text) {
    boolean fits = !text.isEmpty() && text.length() <= MAX_DIGITS;
    return fits && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
