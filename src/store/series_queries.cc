#include "store/series_queries.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include "store/series_rows.h"

namespace candor::store {
namespace {

std::int64_t stored_number(std::uint64_t number) {
    constexpr auto kLast = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(number, kLast));
}

std::int64_t stored_limit(std::size_t limit) {
    return static_cast<std::int64_t>(std::min(limit, kObservationsPerReadMax));
}

Result<std::vector<Observation>> all_rows(Statement& rows, const CheckId& check) {
    std::vector<Observation> found;
    while (TRY(rows.step())) found.push_back(TRY(observation_from(rows, check)));
    return found;
}

}  // namespace

Result<Observation> observation_from(const Statement& row, const CheckId& check) {
    Observation o;
    o.check = check;
    o.number = static_cast<std::uint64_t>(row.integer(0));
    o.at = Timestamp{row.integer(1)};
    if (auto done = decode_facts(row.bytes(2), o); !done) {
        return fail_in("observation " + std::to_string(o.number) + " of check " + check.value,
                       done.error());
    }
    return o;
}

Result<std::optional<StoredCheck>> SeriesQueries::find_check(const CheckId& check) {
    Statement row = TRY(connection_.prepare("SELECT id, rolled FROM checks WHERE name = ?"));
    row.bind_text(1, check.value);
    if (!TRY(row.step())) return std::optional<StoredCheck>();
    return StoredCheck{row.integer(0), row.integer(1)};
}

Result<std::vector<Observation>> SeriesQueries::observations_after(const CheckId& check,
                                                                   std::uint64_t after,
                                                                   std::size_t limit) {
    const auto stored = TRY(find_check(check));
    if (!stored) return std::vector<Observation>{};
    Statement rows =
        TRY(connection_.prepare("SELECT number, at, facts FROM raw"
                                " WHERE check_id = ? AND number > ? ORDER BY number LIMIT ?"));
    rows.bind(1, stored->id).bind(2, stored_number(after)).bind(3, stored_limit(limit));
    return all_rows(rows, check);
}

Result<std::vector<Observation>> SeriesQueries::newest(const CheckId& check, std::size_t limit) {
    const auto stored = TRY(find_check(check));
    if (!stored) return std::vector<Observation>{};
    Statement rows =
        TRY(connection_.prepare("SELECT number, at, facts FROM raw"
                                " WHERE check_id = ? ORDER BY number DESC LIMIT ?"));
    rows.bind(1, stored->id).bind(2, stored_limit(limit));
    return all_rows(rows, check);
}

// One read transaction: the stored roll-ups and the tail behind them must be of one moment.
Result<std::vector<Rollup>> SeriesQueries::rollups(const CheckId& check, Resolution resolution,
                                                   Timestamp from, Timestamp to) {
    TRY(check_rollup_range(resolution, from, to));
    TRY(connection_.run("BEGIN"));
    auto found = merged_rollups(check, resolution, from, to);
    if (auto ended = connection_.run("COMMIT"); !ended && found) {
        return std::unexpected(std::move(ended).error());
    }
    return found;
}

Result<std::vector<Rollup>> SeriesQueries::merged_rollups(const CheckId& check,
                                                          Resolution resolution, Timestamp from,
                                                          Timestamp to) {
    const auto stored = TRY(find_check(check));
    if (!stored) return std::vector<Rollup>{};
    std::map<Timestamp, Rollup> found;
    Statement rows =
        TRY(connection_.prepare("SELECT start, facts FROM rollups WHERE check_id = ?"
                                " AND resolution = ? AND start >= ? AND start < ?"));
    rows.bind(1, stored->id).bind(2, static_cast<std::int64_t>(resolution));
    rows.bind(3, from.ms).bind(4, to.ms);
    while (TRY(rows.step())) {
        const Timestamp start{rows.integer(0)};
        found[start] = TRY(decode_rollup(start, rows.bytes(1)));
    }
    Statement tail = TRY(
        connection_.prepare("SELECT number, at, facts FROM raw WHERE check_id = ? AND number > ?"));
    tail.bind(1, stored->id).bind(2, stored->rolled);
    while (TRY(tail.step())) {
        const Observation o = TRY(observation_from(tail, check));
        const Timestamp start = step_start(o.at, resolution);
        if (!is_counted(o) || start < from || start >= to) continue;
        Rollup& rollup = found[start];
        rollup.start = start;
        count_into(rollup, o);
    }
    std::vector<Rollup> all;
    all.reserve(found.size());
    for (const auto& [start, rollup] : found) all.push_back(rollup);
    return all;
}

Result<std::uint64_t> SeriesQueries::last_number() {
    return static_cast<std::uint64_t>(TRY(connection_.integer("SELECT number FROM newest")));
}

Result<Timestamp> SeriesQueries::last_at() {
    return Timestamp{TRY(connection_.integer("SELECT at FROM newest"))};
}

}  // namespace candor::store
