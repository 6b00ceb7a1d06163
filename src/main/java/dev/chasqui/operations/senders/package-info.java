/// Senders of webhooks other than Meta: channels of Turn, accounts of Exotel. Their secrets are set
/// here and never told. Open [SenderOperations], then [SenderDraft].
@NullMarked
package dev.chasqui.operations.senders;

import org.jspecify.annotations.NullMarked;
