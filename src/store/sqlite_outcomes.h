// Outcomes in one SQLite file, outcomes.db, of the storage folder (docs/outcomes.md).
//
// As careful as the journal (WAL, synchronous=FULL, one connection that writes), and apart from it
// and from the series, so that a flood of outcomes never stands in the way of the light. Thread
// rule: one thread.
#pragma once

#include <memory>
#include <string>

#include "ports/outcome_store.h"
#include "store/sqlite_writer.h"

namespace candor::store {

struct SqliteOutcomesOptions {
    std::string folder;                            // made when absent
    std::string vfs = {};                          // a registered SQLite VFS; empty: the system's
    Synchronous synchronous = Synchronous::kFull;  // anything else loses data: controls of tests
    LogLine log = {};
};

// Makes or opens FOLDER/outcomes.db. kConflict: another process has it open; kCorrupt,
// kUnsupported, kDiskFull, kIo as for the journal.
Result<std::unique_ptr<OutcomeStore>> open_sqlite_outcomes(const SqliteOutcomesOptions& options);

}  // namespace candor::store
