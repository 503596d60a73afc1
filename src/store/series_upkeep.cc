#include "store/series_upkeep.h"

#include <map>
#include <utility>

#include "store/series_rows.h"

namespace candor::store {

Result<SeriesUpkeep> SeriesUpkeep::create(Connection& connection) {
    return SeriesUpkeep(Statements{
        .checks = TRY(
            connection.prepare("SELECT id, rolled FROM checks WHERE id > ? ORDER BY id LIMIT ?")),
        .raw =
            TRY(connection.prepare("SELECT number, at, facts FROM raw"
                                   " WHERE check_id = ? AND number > ? ORDER BY number LIMIT ?")),
        .rolled = TRY(connection.prepare("UPDATE checks SET rolled = ? WHERE id = ?")),
        .rollup = TRY(connection.prepare(
            "SELECT facts FROM rollups WHERE check_id = ? AND resolution = ? AND start = ?")),
        .put_rollup = TRY(
            connection.prepare("INSERT OR REPLACE INTO rollups (check_id, resolution, start, facts)"
                               " VALUES (?, ?, ?, ?)")),
        .old_raw =
            TRY(connection.prepare("SELECT number, at FROM raw"
                                   " WHERE check_id = ? AND number <= ? ORDER BY number LIMIT ?")),
        .trim_raw = TRY(connection.prepare("DELETE FROM raw WHERE check_id = ? AND number <= ?")),
        .old_rollups =
            TRY(connection.prepare("SELECT start FROM rollups WHERE check_id = ? AND resolution = ?"
                                   " AND start < ? ORDER BY start LIMIT ?")),
        .trim_rollups = TRY(connection.prepare(
            "DELETE FROM rollups WHERE check_id = ? AND resolution = ? AND start <= ?"))});
}

Result<SeriesUpkeep::Progress> SeriesUpkeep::step(std::int64_t cursor, Timestamp now,
                                                  Duration keep) {
    rows_left_ = kUpkeepRowsPerStep;
    const std::vector<StoredCheck> checks = TRY(checks_after(cursor));
    for (const StoredCheck& check : checks) {
        TRY(keep_up(check, now, keep));
        // The row budget ran out inside this check: come back to it first.
        if (rows_left_ <= 0) return Progress{cursor, true};
        cursor = check.id;
    }
    const bool more = checks.size() == kUpkeepChecksPerStep;
    return Progress{more ? cursor : 0, more};
}

Result<std::vector<StoredCheck>> SeriesUpkeep::checks_after(std::int64_t cursor) {
    Statement& rows = statements_.checks;
    const Rewind rewind(rows);
    rows.bind(1, cursor).bind(2, static_cast<std::int64_t>(kUpkeepChecksPerStep));
    std::vector<StoredCheck> checks;
    while (TRY(rows.step())) checks.push_back({rows.integer(0), rows.integer(1)});
    return checks;
}

Result<void> SeriesUpkeep::keep_up(StoredCheck check, Timestamp now, Duration keep) {
    // A minute that still runs is left for later, so that each row is written once.
    TRY(roll(check, step_start(now, Resolution::kMinute)));
    TRY(trim_raw(check, now - keep));
    TRY(trim_rollups(check, Resolution::kMinute, now - kMinutesKept));
    return trim_rollups(check, Resolution::kHour, now - kHoursKept);
}

Result<void> SeriesUpkeep::roll(StoredCheck& check, Timestamp before) {
    std::map<std::pair<Resolution, Timestamp>, Rollup> counted;
    const std::int64_t first = check.rolled;
    Statement& rows = statements_.raw;
    const Rewind rewind(rows);
    rows.bind(1, check.id).bind(2, check.rolled).bind(3, rows_left_);
    while (TRY(rows.step())) {
        const Observation o = TRY(observation_from(rows, CheckId{}));
        if (o.at >= before) break;
        check.rolled = rows.integer(0);
        --rows_left_;
        if (!is_counted(o)) continue;
        for (const Resolution r : {Resolution::kMinute, Resolution::kHour, Resolution::kDay}) {
            const Timestamp start = step_start(o.at, r);
            Rollup& rollup = counted[{r, start}];
            rollup.start = start;
            count_into(rollup, o);
        }
    }
    rows.reset();
    if (check.rolled == first) return {};
    for (const auto& [key, rollup] : counted) TRY(add(check.id, key.first, rollup));
    Statement& mark = statements_.rolled;
    const Rewind marked(mark);
    mark.bind(1, check.rolled).bind(2, check.id);
    return mark.run();
}

Result<void> SeriesUpkeep::add(std::int64_t check, Resolution resolution, const Rollup& counted) {
    Rollup sum = counted;
    Statement& stored = statements_.rollup;
    const Rewind rewind(stored);
    stored.bind(1, check).bind(2, static_cast<std::int64_t>(resolution)).bind(3, counted.start.ms);
    if (TRY(stored.step())) {
        merge_into(sum, TRY(decode_rollup(counted.start, stored.bytes(0))));
    }
    stored.reset();
    const std::string facts = encode_rollup(sum);
    Statement& row = statements_.put_rollup;
    const Rewind put(row);
    row.bind(1, check).bind(2, static_cast<std::int64_t>(resolution)).bind(3, counted.start.ms);
    row.bind_blob(4, facts);
    return row.run();
}

// Numbers and times rise together, so the old rows are the first ones.
Result<void> SeriesUpkeep::trim_raw(const StoredCheck& check, Timestamp before) {
    Statement& rows = statements_.old_raw;
    const Rewind rewind(rows);
    rows.bind(1, check.id).bind(2, check.rolled).bind(3, rows_left_);
    std::int64_t last = 0;
    while (TRY(rows.step())) {
        if (rows.integer(1) >= before.ms) break;
        last = rows.integer(0);
        --rows_left_;
    }
    rows.reset();
    if (last == 0) return {};
    Statement& trim = statements_.trim_raw;
    const Rewind trimmed(trim);
    trim.bind(1, check.id).bind(2, last);
    return trim.run();
}

Result<void> SeriesUpkeep::trim_rollups(const StoredCheck& check, Resolution resolution,
                                        Timestamp before) {
    Statement& rows = statements_.old_rollups;
    const Rewind rewind(rows);
    rows.bind(1, check.id).bind(2, static_cast<std::int64_t>(resolution));
    rows.bind(3, before.ms).bind(4, rows_left_);
    std::optional<std::int64_t> last;
    while (TRY(rows.step())) {
        last = rows.integer(0);
        --rows_left_;
    }
    rows.reset();
    if (!last) return {};
    Statement& trim = statements_.trim_rollups;
    const Rewind trimmed(trim);
    trim.bind(1, check.id).bind(2, static_cast<std::int64_t>(resolution)).bind(3, *last);
    return trim.run();
}

}  // namespace candor::store
