// Deliveries in one SQLite file, notify.db, of the storage folder (docs/notify.md).
//
// As careful as the journal (WAL, synchronous=FULL, one connection that writes), and apart from it,
// so that telling fifty thousand people never stands in the way of the light
// (docs/decisions/060-deliveries-in-a-file-of-their-own.md). Thread rule: one thread.
#pragma once

#include <memory>
#include <string>

#include "ports/deliveries.h"
#include "store/sqlite_writer.h"

namespace candor::store {

struct SqliteDeliveriesOptions {
    std::string folder;                            // made when absent
    std::string vfs = {};                          // a registered SQLite VFS; empty: the system's
    Synchronous synchronous = Synchronous::kFull;  // anything else loses data: controls of tests
    LogLine log = {};
};

// Makes or opens FOLDER/notify.db. kConflict: another process has it open; kCorrupt, kUnsupported,
// kDiskFull, kIo as for the journal.
Result<std::unique_ptr<Deliveries>> open_sqlite_deliveries(const SqliteDeliveriesOptions& options);

}  // namespace candor::store
