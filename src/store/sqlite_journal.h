// The journal in one SQLite file, journal.db, of the storage folder (DESIGN §10, docs/journal.md).
//
// Start here for durability: WAL with synchronous=FULL, one connection that writes and moves the
// WAL, readers that only read. What an append returned is on stable storage; what failed with
// kIo ends this instance. Thread rule: the Journal belongs to one thread, each reader to one other.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "ports/journal.h"
#include "store/ballast.h"
#include "store/sqlite_writer.h"

namespace candor::store {

struct SqliteJournalOptions {
    std::string folder;                            // made when absent
    std::int64_t ballast_bytes = kBallastBytes;    // 0: no ballast
    std::string vfs = {};                          // a registered SQLite VFS; empty: the system's
    Synchronous synchronous = Synchronous::kFull;  // anything else loses data: controls of tests
    LogLine log = {};                              // SQLite's version, a dropped torn batch, …
};

// The newest snapshots that are all kept; older ones are thinned to the last of each UTC day.
inline constexpr std::int64_t kSnapshotsKept = 8;
// After the ballast was used, every so many appends look whether it can be laid in again.
inline constexpr int kBallastRetryAppends = 64;

// Makes or opens FOLDER/journal.db and verifies its tail. A torn last batch is dropped and logged.
//   kConflict     another process has the folder open
//   kCorrupt      damage anywhere else; nothing was overwritten
//   kUnsupported  written by a newer Candor
//   kDiskFull, kIo
Result<std::unique_ptr<Journal>> open_sqlite_journal(const SqliteJournalOptions& options);

}  // namespace candor::store
