// SQLite's C interface with owners, Results and one error mapping; nothing of Candor's own meaning.
//
// Not a general wrapper: only what the two stores need. Why not SQLiteCpp:
// docs/decisions/002-raw-sqlite-interface.md. Thread rule: a connection and its statements belong
// to one thread at a time (SQLITE_OPEN_NOMUTEX). Invariant: no mmap, no automatic checkpoint, so
// that only the one writing connection ever moves frames from the WAL (reliability of 3.40.1).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace candor::store {

// kNormal and kOff lose acknowledged data on a power cut; they exist as controls of the crash
// tests.
enum class Synchronous : std::uint8_t { kFull, kNormal, kOff };

enum class Access : std::uint8_t { kReadWrite, kReadOnly };

enum class Checkpoint : std::uint8_t {
    kPassive,   // moves what no reader needs; never waits
    kTruncate,  // waits for readers, then empties the WAL file; durable on return
};

// Maps a SQLite result code: FULL kDiskFull, IOERR kIo, CORRUPT and NOTADB kCorrupt, BUSY kBusy,
// CONSTRAINT kConflict, TOOBIG kTooLarge, the rest kInternal.
ErrorCode error_code_from_sqlite(int code);

// A prepared statement. Bound bytes are borrowed: they must live until the next reset().
class Statement final {
   public:
    Statement(sqlite3* database, sqlite3_stmt* statement)
        : database_(database), statement_(statement) {}
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    Statement& bind(int index, std::int64_t value);
    Statement& bind_blob(int index, std::string_view bytes);
    Statement& bind_text(int index, std::string_view text);
    Statement& bind_null(int index);

    // True while there is a row. After an error the statement is reset.
    Result<bool> step();
    // Runs to the end and resets.
    Result<void> run();
    void reset();

    std::int64_t integer(int column) const;
    std::string_view bytes(int column) const;  // valid until the next step() or reset()

   private:
    sqlite3* database_;
    sqlite3_stmt* statement_;
    int bind_error_ = 0;
};

// Resets a statement when the scope ends, so that no read transaction outlives its use.
class Rewind final {
   public:
    explicit Rewind(Statement& statement) : statement_(statement) {}
    Rewind(const Rewind&) = delete;
    Rewind& operator=(const Rewind&) = delete;
    ~Rewind() { statement_.reset(); }

   private:
    Statement& statement_;
};

struct ConnectionOptions {
    std::string path;
    std::string vfs = {};  // empty: SQLite's default
    Access access = Access::kReadOnly;
    Synchronous synchronous = Synchronous::kFull;
    bool secure_delete = false;  // deleted and replaced bytes are overwritten with zeros
};

class Connection final {
   public:
    // kReadWrite creates the file when it is absent, and changes nothing in one that exists before
    // start_writing(). Closing leaves the WAL as it is until checkpoint_on_close(true).
    static Result<std::unique_ptr<Connection>> open(const ConnectionOptions& options);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    // Of a kReadWrite connection, once the file is known to be ours: WAL mode and durability.
    Result<void> start_writing();

    // Runs SQL that returns nothing of interest.
    Result<void> run(const std::string& sql);
    Result<Statement> prepare(std::string_view sql);
    // First column of the first row, 0 when there is none.
    Result<std::int64_t> integer(std::string_view sql);

    bool in_transaction() const;
    // Pages in the WAL after this connection's last commit.
    int wal_pages() const { return wal_pages_; }
    // kBusy from kTruncate when a reader did not finish in time.
    Result<void> checkpoint(Checkpoint mode);
    void checkpoint_on_close(bool enabled);

    const std::string& path() const { return path_; }

   private:
    Connection(sqlite3* database, const ConnectionOptions& options);
    Result<void> configure();
    Result<void> sync_wal();

    sqlite3* database_;
    std::string path_;
    Access access_;
    Synchronous synchronous_;
    bool secure_delete_;
    int wal_pages_ = 0;
};

// "3.40.1".
std::string sqlite_version();

}  // namespace candor::store
