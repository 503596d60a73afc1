#include "store/schema.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace candor::store {
namespace {

// Sealed rows are only ever added at the end and overwritten in place, so that no page split
// leaves a second copy of an erased text behind (docs/journal.md, "Erasing").
constexpr std::array<const char*, 1> kJournalSteps = {R"sql(
CREATE TABLE batches (
    position INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    bytes    BLOB NOT NULL,
    chain    BLOB NOT NULL,
    key      TEXT
);
CREATE UNIQUE INDEX batches_by_key ON batches (key) WHERE key IS NOT NULL;
CREATE TABLE sealed_texts (
    id         INTEGER PRIMARY KEY,
    commitment TEXT NOT NULL UNIQUE,
    position   INTEGER NOT NULL,
    salt       BLOB NOT NULL,
    text       BLOB NOT NULL,
    erased     INTEGER NOT NULL
);
CREATE INDEX sealed_texts_by_position ON sealed_texts (position);
CREATE TABLE snapshots (
    position      INTEGER NOT NULL,
    apply_version INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    chain         BLOB NOT NULL,
    digest        BLOB NOT NULL,
    bytes         BLOB NOT NULL,
    PRIMARY KEY (position, apply_version)
);
CREATE TABLE followers (name TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
)sql"};

constexpr std::array<const char*, 1> kSeriesSteps = {R"sql(
CREATE TABLE checks (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    rolled INTEGER NOT NULL
);
CREATE TABLE raw (
    check_id INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    facts    BLOB NOT NULL,
    PRIMARY KEY (check_id, number)
) WITHOUT ROWID;
CREATE TABLE rollups (
    check_id   INTEGER NOT NULL,
    resolution INTEGER NOT NULL,
    start      INTEGER NOT NULL,
    facts      BLOB NOT NULL,
    PRIMARY KEY (check_id, resolution, start)
) WITHOUT ROWID;
CREATE TABLE newest (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    at     INTEGER NOT NULL
);
INSERT INTO newest VALUES (1, 0, 0);
)sql"};

constexpr std::array<const char*, 3> kDeliveriesSteps = {R"sql(
CREATE TABLE follower (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL
);
CREATE TABLE announcements (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    position INTEGER NOT NULL,
    audience INTEGER NOT NULL,
    subject  TEXT NOT NULL,
    kind     INTEGER NOT NULL,
    due      INTEGER NOT NULL,
    cursor   TEXT NOT NULL,
    expanded INTEGER NOT NULL,
    body     BLOB NOT NULL
);
CREATE INDEX announcements_by_subject ON announcements (subject);
CREATE INDEX announcements_to_expand ON announcements (due) WHERE expanded = 0;
CREATE TABLE deliveries (
    id           TEXT PRIMARY KEY,
    announcement INTEGER NOT NULL,
    subject      TEXT NOT NULL,
    recipient    TEXT NOT NULL,
    lane         TEXT NOT NULL,
    state        INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    next_try     INTEGER NOT NULL,
    changed      INTEGER NOT NULL,
    detail       TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX deliveries_by_announcement ON deliveries (announcement);
CREATE INDEX deliveries_to_try ON deliveries (lane, next_try) WHERE state < 2;
CREATE INDEX deliveries_in_order ON deliveries (recipient, subject, announcement) WHERE state < 2;
CREATE TABLE subscribers (
    id        TEXT PRIMARY KEY,
    address   TEXT NOT NULL UNIQUE COLLATE NOCASE,
    filter    BLOB NOT NULL,
    confirmed INTEGER NOT NULL,
    failures  INTEGER NOT NULL,
    disabled  INTEGER NOT NULL
) WITHOUT ROWID;
)sql",
                                                         R"sql(
CREATE INDEX deliveries_by_state ON deliveries (state, announcement);
)sql",
                                                         R"sql(
CREATE TABLE lane_troubles (
    lane         TEXT PRIMARY KEY,
    definition   TEXT NOT NULL,
    given_up     INTEGER NOT NULL,
    switched_off INTEGER NOT NULL,
    reason       TEXT NOT NULL
) WITHOUT ROWID;
)sql"};

// A minute is replaced whole each time something more of it is known.
constexpr std::array<const char*, 1> kOutcomesSteps = {R"sql(
CREATE TABLE seed (value INTEGER NOT NULL);
INSERT INTO seed VALUES (random());
CREATE TABLE names (
    list      INTEGER NOT NULL,
    stream    INTEGER NOT NULL,
    attribute INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    name      TEXT NOT NULL,
    PRIMARY KEY (list, stream, attribute, number)
) WITHOUT ROWID;
CREATE TABLE minutes (
    stream INTEGER NOT NULL,
    start  INTEGER NOT NULL,
    facts  BLOB NOT NULL,
    PRIMARY KEY (stream, start)
);
CREATE INDEX minutes_by_start ON minutes (start);
)sql"};

// Every table and index with the statement that made it; with the page it begins at when asked.
Result<std::vector<std::string>> listing(Connection& connection, std::string_view pages) {
    Statement rows = TRY(connection.prepare(
        "SELECT type || ' ' || name || ' of ' || tbl_name || ' ' || coalesce(sql, '') || " +
        std::string(pages) + " FROM sqlite_schema ORDER BY type, name"));
    std::vector<std::string> found;
    while (TRY(rows.step())) found.emplace_back(rows.bytes(0));
    return found;
}

// A flipped bit in SQLite's own table of tables can lead to a table that is not the one meant, even
// an empty one, and SQLite would not notice. So the file is compared with a fresh one. Only VACUUM,
// or a step that met a filled file, moves the pages at which tables begin: then SQLite looks
// through all of them.
Result<void> check_listing(Connection& connection, const Schema& schema) {
    auto fresh = TRY(Connection::open({.path = ":memory:", .access = Access::kReadWrite}));
    for (const char* step : schema.steps) TRY(fresh->run(step));
    constexpr std::string_view kWithoutPages = "''";
    constexpr std::string_view kWithPages = "rootpage";
    if (TRY(listing(connection, kWithoutPages)) != TRY(listing(*fresh, kWithoutPages))) {
        return fail(ErrorCode::kCorrupt, connection.path() +
                                             ": the list of tables is damaged; nothing was "
                                             "changed: restore the storage folder from a backup");
    }
    if (TRY(listing(connection, kWithPages)) == TRY(listing(*fresh, kWithPages))) return {};
    Statement check = TRY(connection.prepare("PRAGMA quick_check(1)"));
    if (TRY(check.step()) && check.bytes(0) == "ok") return {};
    return fail(ErrorCode::kCorrupt, connection.path() +
                                         " is damaged: " + std::string(check.bytes(0)) +
                                         "; nothing was changed: restore the storage folder from "
                                         "a backup");
}

}  // namespace

Schema journal_schema() {
    return {0x436E644A, kJournalSteps};
}  // "CndJ"
Schema series_schema() {
    return {0x436E6453, kSeriesSteps};
}  // "CndS"
Schema deliveries_schema() {
    return {0x436E644E, kDeliveriesSteps};
}  // "CndN"
Schema outcomes_schema() {
    return {0x436E644F, kOutcomesSteps};
}  // "CndO"

Result<void> check_schema(Connection& connection, const Schema& schema) {
    const std::int64_t id = TRY(connection.integer("PRAGMA application_id"));
    const std::int64_t version = TRY(connection.integer("PRAGMA user_version"));
    const std::int64_t tables = TRY(connection.integer("SELECT count(*) FROM sqlite_schema"));
    if (id != schema.application_id && (id != 0 || version != 0 || tables != 0)) {
        return fail(ErrorCode::kCorrupt,
                    connection.path() + " was not made by Candor; choose another storage.url");
    }
    const auto known = static_cast<std::int64_t>(schema.steps.size());
    if (version < 0 || version > known) {
        return fail(ErrorCode::kUnsupported,
                    connection.path() + " has format " + std::to_string(version) +
                        ", written by a newer Candor; this one knows formats up to " +
                        std::to_string(known) + ". Start that version, or restore a backup");
    }
    return version == known ? check_listing(connection, schema) : Result<void>();
}

Result<void> migrate(SqliteWriter& writer, const Schema& schema) {
    Connection& connection = writer.connection();
    const std::int64_t version = TRY(connection.integer("PRAGMA user_version"));
    const auto known = static_cast<std::int64_t>(schema.steps.size());
    if (version == known) return {};
    return writer.transaction([&]() -> Result<void> {
        for (const char* step : schema.steps.subspan(static_cast<std::size_t>(version))) {
            TRY(connection.run(step));
        }
        TRY(connection.run("PRAGMA application_id=" + std::to_string(schema.application_id)));
        return connection.run("PRAGMA user_version=" + std::to_string(known));
    });
}

}  // namespace candor::store
