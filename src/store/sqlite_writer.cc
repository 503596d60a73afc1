#include "store/sqlite_writer.h"

#include <utility>

namespace candor::store {
namespace {

// Errors after which nobody knows what the disk holds.
bool ends_writing(ErrorCode code) {
    return code == ErrorCode::kIo || code == ErrorCode::kCorrupt || code == ErrorCode::kInternal;
}

}  // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<Connection> connection, LogLine log)
    : connection_(std::move(connection)), log_(std::move(log)) {}

SqliteWriter::~SqliteWriter() {
    connection_->checkpoint_on_close(checkpoint_on_close_ && !failed_);
}

void SqliteWriter::log(std::string_view line) const {
    if (log_) log_(line);
}

Result<void> SqliteWriter::transaction(const std::function<Result<void>()>& body) {
    checkpoint_when_due();
    if (failed_) {
        return fail(ErrorCode::kIo, connection_->path() + " failed earlier (" + first_failure_ +
                                        ") and is not written again; restart Candor to recover");
    }
    if (auto done = run_in_transaction(body); !done) {
        note_failure(done.error());
        return done;
    }
    return {};
}

Result<void> SqliteWriter::run_in_transaction(const std::function<Result<void>()>& body) {
    TRY(connection_->run("BEGIN IMMEDIATE"));
    Result<void> done = body();
    if (done) done = connection_->run("COMMIT");
    if (done) return {};
    // SQLite may have rolled back by itself already.
    if (connection_->in_transaction()) {
        if (auto undone = connection_->run("ROLLBACK"); !undone) {
            return fail(ErrorCode::kIo, done.error().message +
                                            "; and rolling back failed: " + undone.error().message);
        }
    }
    return done;
}

// Every commit so far is durable without this, so a failure here only forbids later writes.
void SqliteWriter::checkpoint_when_due() {
    if (failed_ || connection_->wal_pages() < kCheckpointPages) return;
    if (auto done = connection_->checkpoint(Checkpoint::kPassive); !done) {
        note_failure(done.error());
    }
}

Result<void> SqliteWriter::truncate_wal() {
    auto done = connection_->checkpoint(Checkpoint::kTruncate);
    if (!done) note_failure(done.error());
    return done;
}

void SqliteWriter::note_failure(const Error& error) {
    if (failed_ || !ends_writing(error.code)) return;
    failed_ = true;
    first_failure_ = error.message;
    log(connection_->path() + " is not written any more: " + error.message);
}

}  // namespace candor::store
