// The tables of journal.db, series.db, notify.db and outcomes.db, and the numbered steps that bring
// an older file up.
//
// All missing steps run in one transaction with the version they lead to (PRAGMA user_version), so
// a crash leaves either the old or the new schema. Steps are frozen once released: a change is a
// new step. The tables are described in docs/journal.md.
#pragma once

#include <cstdint>
#include <span>

#include "base/result.h"
#include "store/sqlite_writer.h"

namespace candor::store {

// Step i leads from version i to version i + 1.
struct Schema {
    std::int64_t application_id = 0;  // PRAGMA application_id: marks the file as ours
    std::span<const char* const> steps;
};

Schema journal_schema();
Schema series_schema();
Schema deliveries_schema();
Schema outcomes_schema();

// kUnsupported for a file of a newer Candor; kCorrupt for a file of another program, or one whose
// list of tables is damaged. Reads only.
Result<void> check_schema(Connection& connection, const Schema& schema);

Result<void> migrate(SqliteWriter& writer, const Schema& schema);

}  // namespace candor::store
