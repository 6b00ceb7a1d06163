/// Typed settings, their loader and what is said of each. A bad or unknown key stops the start with
/// its name; removed ones are remembered. Open [Keys] and [SettingsLoader].
@NullMarked
package dev.chasqui.settings;

import org.jspecify.annotations.NullMarked;
