#include "store/sqlite_journal.h"

#include <algorithm>
#include <utility>

#include "store/head_mark.h"
#include "store/journal_queries.h"
#include "store/journal_rules.h"
#include "store/schema.h"
#include "store/store_file.h"

namespace candor::store {
namespace {

class SqliteJournalReader final : public JournalReader {
   public:
    explicit SqliteJournalReader(std::unique_ptr<Connection> connection)
        : connection_(std::move(connection)), queries_(*connection_) {}

    Result<JournalHead> head() override { return queries_.head(); }
    Result<void> read(Position after, std::size_t limit,
                      const std::function<Result<void>(const JournalRecord&)>& visit) override {
        return queries_.read(after, limit, visit);
    }
    Result<JournalHead> head_at(Timestamp at) override { return queries_.head_at(at); }
    Result<std::optional<StateSnapshot>> snapshot(Position not_after,
                                                  std::int64_t apply_version) override {
        return queries_.snapshot(not_after, apply_version);
    }
    Result<std::string> sealed_text(const std::string& commitment) override {
        return queries_.sealed_text(commitment);
    }
    Result<std::optional<JournalRecord>> find_by_key(const std::string& key) override {
        return queries_.find_by_key(key);
    }

   private:
    std::unique_ptr<Connection> connection_;
    JournalQueries queries_;
};

struct WriteStatements {
    Statement batch;
    Statement sealed;
    Statement used_key;
};

class SqliteJournal final : public Journal {
   public:
    SqliteJournal(SqliteJournalOptions options, StoreFile file, std::unique_ptr<HeadMark> mark,
                  const JournalHead& head, WriteStatements statements)
        : options_(std::move(options)),
          lock_(std::move(file.lock)),
          mark_(std::move(mark)),
          ballast_(options_.folder + "/ballast", options_.ballast_bytes),
          writer_(std::move(file.writer)),
          queries_(writer_->connection()),
          statements_(std::move(statements)),
          head_(head) {
        if (mark_ != nullptr) mark_->write(head_);
    }

    Result<JournalHead> head() override { return head_; }
    Result<void> read(Position after, std::size_t limit,
                      const std::function<Result<void>(const JournalRecord&)>& visit) override {
        return queries_.read(after, limit, visit);
    }
    Result<JournalHead> head_at(Timestamp at) override { return queries_.head_at(at); }
    Result<std::optional<StateSnapshot>> snapshot(Position not_after,
                                                  std::int64_t apply_version) override {
        return queries_.snapshot(not_after, apply_version);
    }
    Result<std::string> sealed_text(const std::string& commitment) override {
        return queries_.sealed_text(commitment);
    }
    Result<std::optional<JournalRecord>> find_by_key(const std::string& key) override {
        return queries_.find_by_key(key);
    }

    Result<Position> append(std::span<const AppendRequest> requests) override;
    Result<void> put_snapshot(const StateSnapshot& snapshot) override;
    Result<void> erase_sealed_text(const std::string& commitment) override;
    Result<Position> follower_position(const std::string& name) override {
        return queries_.follower_position(name);
    }
    Result<void> set_follower_position(const std::string& name, Position position) override;
    Result<std::string> meta(const std::string& name) override { return queries_.meta(name); }
    Result<void> set_meta(const std::string& name, const std::string& value) override;
    void checkpoint() override { writer_->checkpoint_when_due(); }
    Result<std::unique_ptr<JournalReader>> open_reader() override;

    void lay_in_ballast();

   private:
    Result<JournalHead> insert_all(std::span<const AppendRequest> requests);
    Result<void> insert(const AppendRequest& request, const JournalHead& end);
    Result<void> insert_sealed(const SealedRow& row, Position position);
    Result<void> refuse_used_key(const std::string& key);

    SqliteJournalOptions options_;
    FolderLock lock_;
    std::unique_ptr<HeadMark> mark_;  // none on a disk that tests play
    Ballast ballast_;
    std::unique_ptr<SqliteWriter> writer_;
    JournalQueries queries_;
    WriteStatements statements_;  // destroyed before the connection they belong to
    JournalHead head_;
    int appends_without_ballast_ = 0;
};

void SqliteJournal::lay_in_ballast() {
    appends_without_ballast_ = 0;
    ballast_.ensure();
}

Result<Position> SqliteJournal::append(std::span<const AppendRequest> requests) {
    TRY(check_requests(requests, head_));
    if (requests.empty()) return head_.position;
    JournalHead end;
    const auto write = [&]() -> Result<void> {
        end = TRY(insert_all(requests));
        return {};
    };
    Result<void> done = writer_->transaction(write);
    // One request that may use the ballast carries the others of its group along.
    const bool may_use_ballast = std::any_of(requests.begin(), requests.end(),
                                             [](const auto& r) { return r.may_use_ballast; });
    if (!done && done.error().code == ErrorCode::kDiskFull && may_use_ballast &&
        ballast_.release()) {
        writer_->log("the disk is full: released the ballast; free disk space soon");
        done = writer_->transaction(write);
    }
    TRY(std::move(done));
    head_ = end;
    if (mark_ != nullptr) mark_->write(head_);
    if (!ballast_.present() && ++appends_without_ballast_ >= kBallastRetryAppends) {
        lay_in_ballast();
    }
    return head_.position;
}

Result<JournalHead> SqliteJournal::insert_all(std::span<const AppendRequest> requests) {
    JournalHead end = head_;
    for (const AppendRequest& request : requests) {
        TRY(refuse_used_key(request.idempotency_key));
        const Position position = end.position + 1;
        end = {position, chain_after(end.chain, position, request.at, request.bytes), request.at};
        TRY(insert(request, end));
    }
    return end;
}

Result<void> SqliteJournal::refuse_used_key(const std::string& key) {
    if (key.empty()) return {};
    Statement& used = statements_.used_key;
    Rewind rewind(used);
    used.bind_text(1, key);
    if (!TRY(used.step())) return {};
    return fail(ErrorCode::kConflict, "idempotency key " + key + " was already used by batch " +
                                          std::to_string(used.integer(0)));
}

Result<void> SqliteJournal::insert(const AppendRequest& request, const JournalHead& end) {
    Statement& row = statements_.batch;
    Rewind rewind(row);
    row.bind(1, stored_position(end.position)).bind(2, request.at.ms);
    row.bind_blob(3, request.bytes).bind_blob(4, as_bytes(end.chain));
    if (request.idempotency_key.empty()) {
        row.bind_null(5);
    } else {
        row.bind_text(5, request.idempotency_key);
    }
    TRY(row.run());
    for (const SealedRow& sealed : request.sealed) TRY(insert_sealed(sealed, end.position));
    return {};
}

Result<void> SqliteJournal::insert_sealed(const SealedRow& sealed, Position position) {
    Statement& row = statements_.sealed;
    Rewind rewind(row);
    row.bind_text(1, sealed.commitment).bind(2, stored_position(position));
    row.bind_blob(3, sealed.salt).bind_blob(4, sealed.text);
    return row.run();
}

Result<void> SqliteJournal::put_snapshot(const StateSnapshot& snapshot) {
    TRY(check_snapshot(snapshot));
    const Digest digest = sha256(snapshot.bytes);
    Connection& connection = writer_->connection();
    return writer_->transaction([&]() -> Result<void> {
        Statement row = TRY(connection.prepare(
            "INSERT OR REPLACE INTO snapshots (position, apply_version, at, chain, digest, bytes)"
            " VALUES (?, ?, ?, ?, ?, ?)"));
        row.bind(1, stored_position(snapshot.position)).bind(2, snapshot.apply_version);
        row.bind(3, snapshot.at.ms).bind_blob(4, as_bytes(snapshot.chain));
        row.bind_blob(5, as_bytes(digest)).bind_blob(6, snapshot.bytes);
        TRY(row.run());
        return connection.run(
            "DELETE FROM snapshots WHERE position NOT IN"
            " (SELECT DISTINCT position FROM snapshots ORDER BY position DESC LIMIT " +
            std::to_string(kSnapshotsKept) +
            ") AND position NOT IN (SELECT max(position) FROM snapshots GROUP BY at / 86400000)");
    });
}

Result<void> SqliteJournal::erase_sealed_text(const std::string& commitment) {
    Connection& connection = writer_->connection();
    // Zeros of the same length overwrite the row in place; a DELETE could merge pages and leave
    // copies of neighbours behind.
    auto overwritten = writer_->transaction([&]() -> Result<void> {
        Statement row = TRY(connection.prepare(
            "UPDATE sealed_texts SET salt = zeroblob(length(salt)), text = zeroblob(length(text)),"
            " erased = 1 WHERE commitment = ?"));
        row.bind_text(1, commitment);
        return row.run();
    });
    TRY(std::move(overwritten));
    return writer_->truncate_wal();
}

Result<void> SqliteJournal::set_follower_position(const std::string& name, Position position) {
    TRY(check_follower_position(name, position, head_.position));
    return writer_->transaction([&]() -> Result<void> {
        Statement row = TRY(writer_->connection().prepare(
            "INSERT OR REPLACE INTO followers (name, position) VALUES (?, ?)"));
        row.bind_text(1, name).bind(2, stored_position(position));
        return row.run();
    });
}

Result<void> SqliteJournal::set_meta(const std::string& name, const std::string& value) {
    TRY(check_meta(name, value));
    return writer_->transaction([&]() -> Result<void> {
        Statement row = TRY(writer_->connection().prepare(
            "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)"));
        row.bind_text(1, name).bind_blob(2, value);
        return row.run();
    });
}

Result<std::unique_ptr<JournalReader>> SqliteJournal::open_reader() {
    auto connection =
        TRY(Connection::open({.path = writer_->connection().path(), .vfs = options_.vfs}));
    return std::make_unique<SqliteJournalReader>(std::move(connection));
}

// The journal must hold what it held when the mark was written. One record less is the torn last
// one, which a start drops.
Result<void> compare_with_mark(JournalQueries& queries, const HeadMark& mark,
                               const JournalHead& head, const std::string& folder) {
    const auto seen = mark.read();
    if (!seen || seen->position == 0) return {};
    constexpr const char* kMend =
        ": restore the newest backup, or remove journal.head and last-page.bin to accept that "
        "the records between are lost. Nothing was changed";
    if (head.position + 1 < seen->position) {
        return fail(ErrorCode::kCorrupt, "the journal in " + folder + " ends at record " +
                                             std::to_string(head.position) +
                                             ", but it had got to record " +
                                             std::to_string(seen->position) + kMend);
    }
    if (head.position < seen->position) return {};
    const JournalHead found = TRY(queries.batch_end(seen->position));
    if (to_hex(found.chain) == seen->chain) return {};
    return fail(ErrorCode::kCorrupt, "the journal in " + folder +
                                         " is another one than the journal that was here: its "
                                         "record " +
                                         std::to_string(seen->position) + " has chain " +
                                         to_hex(found.chain) + " instead of " + seen->chain +
                                         kMend);
}

// Removes the last batch, which its writer never acknowledged, and whatever came with it.
Result<void> drop_torn_batch(SqliteWriter& writer, const TailCheck& tail) {
    writer.log("dropped a torn last batch: " + tail.torn()->message);
    const std::string end = std::to_string(tail.good().position);
    Connection& connection = writer.connection();
    return writer.transaction([&]() -> Result<void> {
        TRY(connection.run("DELETE FROM batches WHERE position > " + end));
        TRY(connection.run("DELETE FROM sealed_texts WHERE position > " + end));
        TRY(connection.run("DELETE FROM snapshots WHERE position > " + end));
        return connection.run("UPDATE followers SET position = " + end + " WHERE position > " +
                              end);
    });
}

Result<WriteStatements> prepare_writes(Connection& connection) {
    // The same commitment again means the same text again, so its row keeps its size and place.
    return WriteStatements{
        TRY(connection.prepare("INSERT INTO batches (position, at, bytes, chain, key)"
                               " VALUES (?, ?, ?, ?, ?)")),
        TRY(connection.prepare(
            "INSERT INTO sealed_texts (commitment, position, salt, text, erased)"
            " VALUES (?, ?, ?, ?, 0) ON CONFLICT (commitment)"
            " DO UPDATE SET salt = excluded.salt, text = excluded.text, erased = 0")),
        TRY(connection.prepare("SELECT position FROM batches WHERE key = ?"))};
}

}  // namespace

Result<std::unique_ptr<Journal>> open_sqlite_journal(const SqliteJournalOptions& options) {
    StoreFile file = TRY(open_store_file({.folder = options.folder,
                                          .name = "journal",
                                          .vfs = options.vfs,
                                          .synchronous = options.synchronous,
                                          .secure_delete = true,
                                          .log = options.log},
                                         journal_schema()));
    SqliteWriter& writer = *file.writer;
    writer.log("journal opened with SQLite " + sqlite_version());
    JournalQueries queries(writer.connection());
    const TailCheck tail = TRY(queries.check_tail(kVerifiedTailBatches));
    std::unique_ptr<HeadMark> mark;
    if (options.vfs.empty()) {
        mark = std::make_unique<HeadMark>(options.folder);
        TRY(compare_with_mark(queries, *mark, tail.good(), options.folder));
    }
    if (tail.torn()) TRY(drop_torn_batch(writer, tail));
    writer.checkpoint_on_close();
    WriteStatements statements = TRY(prepare_writes(writer.connection()));
    auto journal = std::make_unique<SqliteJournal>(options, std::move(file), std::move(mark),
                                                   tail.good(), std::move(statements));
    journal->lay_in_ballast();
    return journal;
}

}  // namespace candor::store
