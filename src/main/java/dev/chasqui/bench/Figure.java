package dev.chasqui.bench;

import java.util.OptionalDouble;

/// One measured number.
///
/// @param section the part of the benchmark, for example `ingest`
/// @param name what was measured
/// @param ofCeiling the same as a share of what the no-op server did in the same run, where there
///   is such a thing
record Figure(String section, String name, double value, String unit, OptionalDouble ofCeiling) {

  static Figure of(String section, String name, double value, String unit) {
    return new Figure(section, name, value, unit, OptionalDouble.empty());
  }

  Figure withCeiling(double ceiling) {
    OptionalDouble ratio =
        ceiling > 0 ? OptionalDouble.of(value / ceiling) : OptionalDouble.empty();
    return new Figure(section, name, value, unit, ratio);
  }
}
