/// Numbers over time, as charts show them. They are read from counts that the store keeps by minute
/// and by hour, never from events or deliveries. Open [SeriesOperations] first.
@NullMarked
package dev.chasqui.operations.series;

import org.jspecify.annotations.NullMarked;
