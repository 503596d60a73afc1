#include "store/sqlite.h"

#include <sqlite3.h>

#include <utility>

namespace candor::store {
namespace {

// How long a statement waits for a lock of another connection. Only a foreign tool that has the
// file open can hold one against us.
constexpr int kBusyTimeoutMs = 2'000;

// What the operator can do about each kind of failure.
std::string_view advice(ErrorCode code) {
    switch (code) {
        case ErrorCode::kDiskFull: return "; free disk space";
        case ErrorCode::kIo: return "; check the disk and the permissions of the folder";
        case ErrorCode::kCorrupt: return "; restore from a backup";
        case ErrorCode::kBusy: return "; close other programs that have the file open";
        default: return "";
    }
}

std::unexpected<Error> sqlite_failure(sqlite3* database, int code, std::string_view doing) {
    const ErrorCode mapped = error_code_from_sqlite(code);
    std::string message(doing);
    message += ": SQLite says: ";
    message += database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    message += " (code " + std::to_string(code) + ")";
    message += advice(mapped);
    return fail(mapped, std::move(message));
}

int remember_wal_pages(void* pages, sqlite3*, const char*, int count) {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
}

const char* synchronous_pragma(Synchronous s) {
    switch (s) {
        case Synchronous::kFull: return "PRAGMA synchronous=FULL";
        case Synchronous::kNormal: return "PRAGMA synchronous=NORMAL";
        case Synchronous::kOff: return "PRAGMA synchronous=OFF";
    }
    return "PRAGMA synchronous=FULL";
}

}  // namespace

ErrorCode error_code_from_sqlite(int code) {
    if (code == SQLITE_IOERR_NOMEM) return ErrorCode::kInternal;
    switch (code & 0xff) {
        case SQLITE_FULL: return ErrorCode::kDiskFull;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_PROTOCOL: return ErrorCode::kIo;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return ErrorCode::kCorrupt;
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return ErrorCode::kBusy;
        case SQLITE_CONSTRAINT: return ErrorCode::kConflict;
        case SQLITE_TOOBIG: return ErrorCode::kTooLarge;
        default: return ErrorCode::kInternal;
    }
}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      statement_(std::exchange(other.statement_, nullptr)),
      bind_error_(other.bind_error_) {}

Statement::~Statement() {
    sqlite3_finalize(statement_);
}

Statement& Statement::bind(int index, std::int64_t value) {
    bind_error_ |= sqlite3_bind_int64(statement_, index, value);
    return *this;
}

Statement& Statement::bind_blob(int index, std::string_view bytes) {
    // A null pointer would bind NULL instead of an empty blob.
    const char* data = bytes.data() != nullptr ? bytes.data() : "";
    bind_error_ |= sqlite3_bind_blob64(statement_, index, data, bytes.size(), SQLITE_STATIC);
    return *this;
}

Statement& Statement::bind_text(int index, std::string_view text) {
    const char* data = text.data() != nullptr ? text.data() : "";
    bind_error_ |=
        sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind_null(int index) {
    bind_error_ |= sqlite3_bind_null(statement_, index);
    return *this;
}

Result<bool> Statement::step() {
    if (bind_error_ != 0) {
        const int code = std::exchange(bind_error_, 0);
        reset();
        return sqlite_failure(nullptr, code, "binding values");
    }
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    auto failure = sqlite_failure(database_, sqlite3_extended_errcode(database_),
                                  sqlite3_db_filename(database_, "main"));
    reset();
    return failure;
}

Result<void> Statement::run() {
    while (TRY(step())) {
    }
    reset();
    return {};
}

void Statement::reset() {
    sqlite3_reset(statement_);  // repeats the error of the step before, which was reported there
    sqlite3_clear_bindings(statement_);
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string_view Statement::bytes(int column) const {
    const void* data = sqlite3_column_blob(statement_, column);
    const int size = sqlite3_column_bytes(statement_, column);
    if (data == nullptr) return {};
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

Connection::Connection(sqlite3* database, const ConnectionOptions& options)
    : database_(database),
      path_(options.path),
      access_(options.access),
      synchronous_(options.synchronous),
      secure_delete_(options.secure_delete) {}

Connection::~Connection() {
    sqlite3_close_v2(database_);
}

Result<std::unique_ptr<Connection>> Connection::open(const ConnectionOptions& options) {
    const int flags = SQLITE_OPEN_NOMUTEX | (options.access == Access::kReadWrite
                                                 ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                                 : SQLITE_OPEN_READONLY);
    sqlite3* database = nullptr;
    const char* vfs = options.vfs.empty() ? nullptr : options.vfs.c_str();
    const int code = sqlite3_open_v2(options.path.c_str(), &database, flags, vfs);
    std::unique_ptr<Connection> connection(new Connection(database, options));
    if (code != SQLITE_OK) return sqlite_failure(database, code, "opening " + options.path);
    sqlite3_extended_result_codes(database, 1);
    if (auto done = connection->configure(); !done) {
        return fail_in("opening " + options.path, done.error());
    }
    return connection;
}

Result<void> Connection::configure() {
    sqlite3_busy_timeout(database_, kBusyTimeoutMs);
    checkpoint_on_close(false);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_wal_hook(database_, remember_wal_pages, &wal_pages_);
    TRY(run("PRAGMA mmap_size=0"));
    TRY(run("PRAGMA temp_store=MEMORY"));
    TRY(run("PRAGMA cell_size_check=ON"));
    return access_ == Access::kReadOnly ? run("PRAGMA query_only=ON") : Result<void>();
}

Result<void> Connection::start_writing() {
    TRY(run("PRAGMA journal_mode=WAL"));
    TRY(run(synchronous_pragma(synchronous_)));
    return run(secure_delete_ ? "PRAGMA secure_delete=ON" : "PRAGMA secure_delete=OFF");
}

Result<void> Connection::run(const std::string& sql) {
    const int code = sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    return sqlite_failure(database_, sqlite3_extended_errcode(database_), path_);
}

Result<Statement> Connection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
        return sqlite_failure(database_, sqlite3_extended_errcode(database_), path_);
    }
    return Statement(database_, statement);
}

Result<std::int64_t> Connection::integer(std::string_view sql) {
    Statement statement = TRY(prepare(sql));
    return TRY(statement.step()) ? statement.integer(0) : 0;
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(database_) == 0;
}

Result<void> Connection::checkpoint(Checkpoint mode) {
    const int how =
        mode == Checkpoint::kPassive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
    const int code = sqlite3_wal_checkpoint_v2(database_, "main", how, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return sqlite_failure(database_, sqlite3_extended_errcode(database_),
                              "moving the write-ahead log into " + path_);
    }
    return mode == Checkpoint::kTruncate ? sync_wal() : Result<void>();
}

// SQLite leaves the truncation of the WAL to the system's leisure. Until it is durable a power cut
// can bring back frames with bytes that were overwritten since.
Result<void> Connection::sync_wal() {
    sqlite3_file* wal = nullptr;
    sqlite3_file_control(database_, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);
    if (wal == nullptr || wal->pMethods == nullptr) return {};
    const int code = wal->pMethods->xSync(wal, SQLITE_SYNC_NORMAL);
    if (code == SQLITE_OK) return {};
    return sqlite_failure(nullptr, code, "syncing the write-ahead log of " + path_);
}

void Connection::checkpoint_on_close(bool enabled) {
    sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, enabled ? 0 : 1, nullptr);
}

std::string sqlite_version() {
    return sqlite3_libversion();
}

}  // namespace candor::store
