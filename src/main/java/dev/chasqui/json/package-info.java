/// The one wrapper round the JSON library: trees and bodies for the APIs, and a scanner that knows
/// the place of each value in raw bytes. Other packages read and write JSON through it alone. Open
/// [JsonBody] for bodies and [JsonScanner] for webhooks.
@NullMarked
package dev.chasqui.json;

import org.jspecify.annotations.NullMarked;
