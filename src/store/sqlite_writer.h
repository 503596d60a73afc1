// The one connection that may change a database file: transactions, checkpoints, and the rule that
// a store whose disk failed is never written again.
//
// Not thread-safe: one thread. Invariant: after an error that leaves the disk's state unknown (a
// failed write, a failed fsync, damage) every later transaction is refused; recovery is the next
// start. An fsync is never retried: the kernel may have dropped the pages it failed to write.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "store/sqlite.h"

namespace candor::store {

// Receives one line for the operators' log, without a line end.
using LogLine = std::function<void(std::string_view)>;

// The WAL is moved into the database file once it has this many pages (4 MiB).
inline constexpr int kCheckpointPages = 1'000;

class SqliteWriter final {
   public:
    SqliteWriter(std::unique_ptr<Connection> connection, LogLine log);
    SqliteWriter(const SqliteWriter&) = delete;
    SqliteWriter& operator=(const SqliteWriter&) = delete;
    ~SqliteWriter();

    // Runs `body` in one transaction; durable on success. An error from `body` or from the commit
    // rolls back and is returned; kIo, kCorrupt and kInternal also end this writer's life. A WAL
    // that is full by then is moved first.
    Result<void> transaction(const std::function<Result<void>()>& body);

    // Moves a full WAL into the database file, outside of any transaction: after a commit that
    // somebody waits for, rather than within it.
    void checkpoint_when_due();

    // Empties the WAL file, so that overwritten bytes are in no file any more. kBusy: a reader is
    // still looking at them.
    Result<void> truncate_wal();

    // From now on an orderly close moves the WAL into the database file.
    void checkpoint_on_close() { checkpoint_on_close_ = true; }

    Connection& connection() { return *connection_; }
    void log(std::string_view line) const;

   private:
    Result<void> run_in_transaction(const std::function<Result<void>()>& body);
    void note_failure(const Error& error);

    std::unique_ptr<Connection> connection_;
    LogLine log_;
    bool checkpoint_on_close_ = false;
    bool failed_ = false;
    std::string first_failure_;
};

}  // namespace candor::store
