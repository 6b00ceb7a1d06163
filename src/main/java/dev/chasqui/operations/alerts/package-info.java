/// Alerts as operators read them, and the webhook that they are sent to. Raising and sending them
/// is the business of dev.chasqui.alerts. Open [AlertOperations] first.
@NullMarked
package dev.chasqui.operations.alerts;

import org.jspecify.annotations.NullMarked;
