/// What both HTTP edges stand on: event loops, blocks of addresses, the count of wrong logins,
/// bodies that go piece by piece. It knows no route and no receiver. Open [EventLoops], [Inflow]
/// and [Outflow].
@NullMarked
package dev.chasqui.http;

import org.jspecify.annotations.NullMarked;
