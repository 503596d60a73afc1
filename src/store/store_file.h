// One of our database files, ready for its store: the folder made and locked, the file known to be
// ours before a byte of it is written, its schema brought up to date.
//
// Not the stores themselves. Invariant: a file of another program, a damaged one or one of a newer
// Candor is refused as it was found. Blocking; one thread.
#pragma once

#include <memory>
#include <string>

#include "store/folder_lock.h"
#include "store/schema.h"
#include "store/sqlite_writer.h"

namespace candor::store {

struct StoreFileOptions {
    std::string folder;  // made when absent, mode 0700
    std::string name;    // "journal": journal.db (made with mode 0600) and journal.lock
    std::string vfs = {};
    Synchronous synchronous = Synchronous::kFull;
    bool secure_delete = false;
    LogLine log = {};
};

struct StoreFile {
    FolderLock lock;
    std::unique_ptr<SqliteWriter> writer;  // moves the WAL on close only once it is asked to
};

// kConflict when another process holds the folder; kCorrupt, kUnsupported as check_schema() says.
Result<StoreFile> open_store_file(const StoreFileOptions& options, const Schema& schema);

}  // namespace candor::store
