package dev.chasqui.store.sql;

import dev.chasqui.store.SeriesStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The table of counts over time.
final class SqlSeries implements SeriesStore {

  private static final Bulk ADD =
      Bulk.of(
          """
          WITH v (step, bucket, name, workspace, label, detail, amount) AS ({rows})
          INSERT INTO series AS s (step, bucket, name, workspace, label, detail, amount)
          SELECT * FROM v WHERE true
          ON CONFLICT (step, bucket, name, workspace, label, detail)
            DO UPDATE SET amount = s.amount + excluded.amount
          """,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.NUMBER);

  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::step)
          .thenComparing(Row::bucket)
          .thenComparing(it -> it.key().name())
          .thenComparing(it -> it.key().workspace().value())
          .thenComparing(it -> it.key().label())
          .thenComparing(it -> it.key().detail());

  private final Database database;

  SqlSeries(Database database) {
    this.database = database;
  }

  /// A row without its amount.
  private record Row(Step step, Instant bucket, Key key) {}

  @Override
  public void add(Collection<Counted> counts) {
    if (counts.isEmpty()) {
      return;
    }
    // In the order of the table's key: neighbours are written together.
    TreeMap<Row, Long> rows = new TreeMap<>(ORDER);
    for (Counted counted : counts) {
      for (Step step : Step.values()) {
        Row row = new Row(step, step.floor(counted.minute()), counted.key());
        rows.merge(row, counted.amount(), Long::sum);
      }
    }
    List<@Nullable Object[]> values = new ArrayList<>(rows.size());
    rows.forEach((row, amount) -> values.add(values(row, amount)));
    int _ = database.write(s -> s.bulk(ADD, values));
  }

  private static @Nullable Object[] values(Row row, long amount) {
    Key key = row.key();
    return new @Nullable Object[] {
      seconds(row.step()),
      row.bucket().getEpochSecond(),
      code(key.name()),
      key.workspace().value(),
      key.label(),
      key.detail(),
      amount
    };
  }

  @Override
  public List<Point> read(Query query) {
    Grouping grouping = query.grouping();
    String sql =
        """
        SELECT %s AS l, %s AS d, bucket, sum(amount) AS amount FROM series
        WHERE step = ? AND bucket >= ? AND bucket < ? AND name = ? AND workspace = ? %s
        GROUP BY l, d, bucket ORDER BY l, d, bucket LIMIT ?
        """
            .formatted(
                grouping.byLabel() ? "label" : "''",
                grouping.byDetail() ? "detail" : "''",
                grouping.only() == null ? "" : "AND label = ?");
    List<@Nullable Object> arguments = new ArrayList<>();
    arguments.add(seconds(query.step()));
    arguments.add(query.span().since().getEpochSecond());
    arguments.add(query.span().until().getEpochSecond());
    arguments.add(code(query.name()));
    arguments.add(query.workspace().value());
    if (grouping.only() != null) {
      arguments.add(grouping.only());
    }
    arguments.add(query.limit());
    return database.view(s -> s.list(sql, SqlSeries::point, arguments.toArray()));
  }

  private static Point point(ResultSet row) throws SQLException {
    return new Point(
        Columns.text(row, "l"),
        Columns.text(row, "d"),
        Instant.ofEpochSecond(row.getLong("bucket")),
        row.getLong("amount"));
  }

  /// Deletes the oldest bucket of each step if it is past its age.
  ///
  /// @return whether there may be more to delete
  static boolean deleteOld(Session session, Instant now) throws SQLException {
    boolean hasDeleted = false;
    for (Step step : Step.values()) {
      long oldest =
          session.number(
              "SELECT min(bucket) FROM series WHERE step = ?", Long.MAX_VALUE, seconds(step));
      if (oldest < step.floor(now.minus(step.kept())).getEpochSecond()) {
        hasDeleted |=
            session.update(
                    "DELETE FROM series WHERE step = ? AND bucket = ?", seconds(step), oldest)
                > 0;
      }
    }
    return hasDeleted;
  }

  private static long seconds(Step step) {
    return step.length().toSeconds();
  }

  /// As stored; never to be changed.
  private static int code(Name name) {
    return switch (name) {
      case EVENTS -> 1;
      case NUMBERS -> 2;
      case REJECTS -> 3;
      case DELIVERIES -> 4;
      case LATENCY -> 5;
    };
  }
}
