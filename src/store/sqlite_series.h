// The series in one SQLite file, series.db, of the storage folder (DESIGN §10, docs/journal.md).
//
// As careful as the journal (WAL, synchronous=FULL, one connection that writes), because heartbeats
// are acknowledged after it. Losing the file costs history, never the light. Thread rule: the
// Series belongs to one thread, each reader to one other.
#pragma once

#include <memory>
#include <string>

#include "ports/series.h"
#include "store/sqlite_writer.h"

namespace candor::store {

struct SqliteSeriesOptions {
    std::string folder;                            // made when absent
    std::string vfs = {};                          // a registered SQLite VFS; empty: the system's
    Synchronous synchronous = Synchronous::kFull;  // anything else loses data: controls of tests
    LogLine log = {};
};

// Makes or opens FOLDER/series.db. kConflict: another process has it open; kCorrupt, kUnsupported,
// kDiskFull, kIo as for the journal.
Result<std::unique_ptr<Series>> open_sqlite_series(const SqliteSeriesOptions& options);

}  // namespace candor::store
