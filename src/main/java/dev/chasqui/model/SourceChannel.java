package dev.chasqui.model;

import org.jspecify.annotations.Nullable;

/// What a sender other than Meta leaves unsaid and the operator said once for all: which business
/// number its webhooks are about. It is recorded with each event, so that an event is translated
/// the same way for ever, whatever the operator changes later.
///
/// @param id the channel's uuid (Turn) or the account's sid (Exotel), as it stands in the path
/// @param phoneNumberId the business phone number, null if the operator named none
/// @param wabaId the WhatsApp Business Account, null if unknown
/// @param displayPhoneNumber the number in digits, null if unknown
public record SourceChannel(
    String id,
    @Nullable String phoneNumberId,
    @Nullable String wabaId,
    @Nullable String displayPhoneNumber) {}
