/// What a workspace has on the WhatsApp platform: its application, accounts (WABAs), phone numbers
/// and secrets. They are looked at and set here; accounts and numbers are learned from traffic too.
/// Open [NumberOperations] and [SecretOperations] first.
@NullMarked
package dev.chasqui.operations.platform;

import org.jspecify.annotations.NullMarked;
