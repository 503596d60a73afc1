#include "store/journal_queries.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "store/journal_rules.h"

namespace candor::store {
namespace {

// One read transaction yields at most this much, so that it is short.
constexpr std::size_t kStepBatches = 256;
constexpr std::size_t kStepBytes = 4 * 1024 * 1024;

Position position_of(std::int64_t stored) {
    return static_cast<Position>(stored);
}

// A stored chain of the wrong length can match no real one; it reads as zeros.
Digest digest_from(std::string_view bytes) {
    Digest digest{};
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

}  // namespace

std::int64_t stored_position(Position position) {
    constexpr auto kLast = static_cast<Position>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(position, kLast));
}

Result<JournalHead> JournalQueries::head() {
    Statement newest = TRY(connection_.prepare(
        "SELECT position, at, chain FROM batches ORDER BY position DESC LIMIT 1"));
    if (!TRY(newest.step())) return JournalHead{};
    return JournalHead{position_of(newest.integer(0)), digest_from(newest.bytes(2)),
                       Timestamp{newest.integer(1)}};
}

Result<JournalHead> JournalQueries::batch_end(Position position) {
    Statement row = TRY(connection_.prepare("SELECT at, chain FROM batches WHERE position = ?"));
    row.bind(1, stored_position(position));
    if (!TRY(row.step())) return std::unexpected(position_damage(position, position + 1));
    return JournalHead{position, digest_from(row.bytes(1)), Timestamp{row.integer(0)}};
}

Result<void> JournalQueries::read(Position after, std::size_t limit,
                                  const std::function<Result<void>(const JournalRecord&)>& visit) {
    std::size_t left = limit;
    while (left > 0) {
        const std::vector<JournalRecord> step =
            TRY(verified_step(after, std::min(left, kStepBatches)));
        if (step.empty()) return {};
        for (const JournalRecord& record : step) TRY(visit(record));
        after = step.back().position;
        left -= step.size();
    }
    return {};
}

// The row at `after` is read along with the others: its chain is what theirs continue.
Result<std::vector<JournalRecord>> JournalQueries::verified_step(Position after,
                                                                 std::size_t limit) {
    Statement rows =
        TRY(connection_.prepare("SELECT position, at, bytes, chain FROM batches"
                                " WHERE position >= ?1 ORDER BY position LIMIT ?2"));
    rows.bind(1, stored_position(std::max<Position>(after, 1)));
    rows.bind(2, static_cast<std::int64_t>(limit + (after > 0 ? 1 : 0)));
    JournalHead last;
    if (after > 0) {
        if (!TRY(rows.step())) return std::vector<JournalRecord>{};
        const Position found = position_of(rows.integer(0));
        if (found != after) return std::unexpected(position_damage(after, found));
        last = {after, digest_from(rows.bytes(3)), Timestamp{rows.integer(1)}};
    }
    std::vector<JournalRecord> records;
    TailCheck check(last);
    std::size_t bytes = 0;
    while (bytes < kStepBytes && TRY(rows.step())) {
        const Position position = position_of(rows.integer(0));
        const Timestamp at{rows.integer(1)};
        TRY(check.see(position, at, rows.bytes(2), rows.bytes(3)));
        if (check.torn()) return std::unexpected(*check.torn());
        bytes += rows.bytes(2).size();
        records.push_back({position, at, std::string(rows.bytes(2)), check.good().chain});
    }
    return records;
}

Result<TailCheck> JournalQueries::check_tail(std::size_t batches) {
    const Position end = TRY(head()).position;
    const Position after = end > batches ? end - batches : 0;
    TailCheck check(after == 0 ? JournalHead{} : TRY(batch_end(after)));
    Statement rows = TRY(connection_.prepare(
        "SELECT position, at, bytes, chain FROM batches WHERE position > ? ORDER BY position"));
    rows.bind(1, stored_position(after));
    while (TRY(rows.step())) {
        TRY(check.see(position_of(rows.integer(0)), Timestamp{rows.integer(1)}, rows.bytes(2),
                      rows.bytes(3)));
    }
    return check;
}

// Times never fall from batch to batch, so the positions themselves are a sorted index.
Result<JournalHead> JournalQueries::head_at(Timestamp at) {
    Position low = 0;  // at or before `at`
    Position high = TRY(head()).position + 1;
    Statement row = TRY(connection_.prepare("SELECT at FROM batches WHERE position = ?"));
    while (high - low > 1) {
        const Position middle = low + (high - low) / 2;
        Rewind rewind(row);
        row.bind(1, stored_position(middle));
        if (!TRY(row.step())) return std::unexpected(position_damage(middle, middle + 1));
        (row.integer(0) <= at.ms ? low : high) = middle;
    }
    return verified_end(low, at);
}

// A damaged time anywhere on the way can only mislead the search to a place that is not a border.
Result<JournalHead> JournalQueries::verified_end(Position position, Timestamp at) {
    const auto around = TRY(verified_step(position == 0 ? 0 : position - 1, 2));
    JournalHead end;
    for (const JournalRecord& record : around) {
        const bool before = record.position <= position;
        if (before != (record.at <= at)) {
            return fail(ErrorCode::kCorrupt,
                        "the journal's times around batch " + std::to_string(record.position) +
                            " are out of order; restore the storage folder from a backup");
        }
        if (before) end = {record.position, record.chain, record.at};
    }
    return end;
}

Result<std::optional<StateSnapshot>> JournalQueries::snapshot(Position not_after,
                                                              std::int64_t apply_version) {
    Statement rows = TRY(connection_.prepare(
        "SELECT s.position, s.at, s.chain, s.bytes, s.digest FROM snapshots s"
        " JOIN batches b ON b.position = s.position AND b.chain = s.chain"
        " WHERE s.position <= ? AND s.apply_version = ? ORDER BY s.position DESC"));
    rows.bind(1, stored_position(not_after)).bind(2, apply_version);
    while (TRY(rows.step())) {
        if (as_bytes(sha256(rows.bytes(3))) != rows.bytes(4))
            continue;  // damaged: use an older one
        return StateSnapshot{position_of(rows.integer(0)), Timestamp{rows.integer(1)},
                             digest_from(rows.bytes(2)), apply_version, std::string(rows.bytes(3))};
    }
    return std::optional<StateSnapshot>();
}

Result<std::string> JournalQueries::sealed_text(const std::string& commitment) {
    Statement row = TRY(connection_.prepare(
        "SELECT salt, text FROM sealed_texts WHERE commitment = ? AND erased = 0"));
    row.bind_text(1, commitment);
    if (!TRY(row.step())) {
        return fail(ErrorCode::kNotFound, "no text is stored for commitment " + commitment);
    }
    std::string text(row.bytes(1));
    if (seal_commitment(row.bytes(0), text) != commitment) {
        return fail(ErrorCode::kCorrupt, "the text of commitment " + commitment + " is damaged");
    }
    return text;
}

Result<std::optional<JournalRecord>> JournalQueries::find_by_key(const std::string& key) {
    std::optional<JournalRecord> found;
    if (key.empty()) return found;
    Statement row = TRY(connection_.prepare("SELECT position FROM batches WHERE key = ?"));
    row.bind_text(1, key);
    if (!TRY(row.step())) return found;
    const Position position = position_of(row.integer(0));
    row.reset();
    TRY(check_key(position, key));
    TRY(read(position - 1, 1, [&](const JournalRecord& record) -> Result<void> {
        found = record;
        return {};
    }));
    return found;
}

// The index may be damaged where the table is not.
Result<void> JournalQueries::check_key(Position position, const std::string& key) {
    Statement row = TRY(connection_.prepare("SELECT key FROM batches WHERE position = ?"));
    row.bind(1, stored_position(position));
    if (TRY(row.step()) && row.bytes(0) == key) return {};
    return fail(ErrorCode::kCorrupt,
                "the journal's index of idempotency keys is damaged: it names batch " +
                    std::to_string(position) + " for key " + key +
                    ", which does not have it; restore the storage folder from a backup");
}

Result<Position> JournalQueries::follower_position(const std::string& name) {
    Statement row = TRY(connection_.prepare("SELECT position FROM followers WHERE name = ?"));
    row.bind_text(1, name);
    return TRY(row.step()) ? position_of(row.integer(0)) : 0;
}

Result<std::string> JournalQueries::meta(const std::string& name) {
    Statement row = TRY(connection_.prepare("SELECT value FROM meta WHERE name = ?"));
    row.bind_text(1, name);
    return TRY(row.step()) ? std::string(row.bytes(0)) : std::string();
}

}  // namespace candor::store
