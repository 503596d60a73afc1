#include "store/sqlite_outcomes.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "store/outcome_rules.h"
#include "store/schema.h"
#include "store/store_file.h"

namespace candor::store {
namespace {

class SqliteOutcomes final : public OutcomeStore {
   public:
    explicit SqliteOutcomes(StoreFile file)
        : lock_(std::move(file.lock)), writer_(std::move(file.writer)) {}

    Result<std::uint64_t> seed() override {
        return static_cast<std::uint64_t>(
            TRY(writer_->connection().integer("SELECT value FROM seed")));
    }

    Result<void> names(
        const std::function<Result<void>(const NameKey&, std::string_view)>& visit) override;
    Result<std::optional<std::string>> minute(std::uint32_t stream, Timestamp start) override;
    Result<void> minutes(
        std::uint32_t stream, Timestamp from, Timestamp to,
        const std::function<Result<void>(Timestamp, std::string_view)>& visit) override;
    Result<void> commit(const OutcomeCommit& commit) override;
    Result<bool> forget(Timestamp before, std::size_t limit) override;

   private:
    Result<Statement> prepare(std::string_view sql) { return writer_->connection().prepare(sql); }
    Result<void> write(const OutcomeCommit& commit);
    Result<void> insert_names(const std::vector<NewName>& names);
    Result<void> replace_minutes(const std::vector<StoredMinute>& minutes);
    Result<void> delete_minutes(Timestamp before, std::int64_t most);

    FolderLock lock_;
    std::unique_ptr<SqliteWriter> writer_;
};

Result<void> SqliteOutcomes::names(
    const std::function<Result<void>(const NameKey&, std::string_view)>& visit) {
    Statement row =
        TRY(prepare("SELECT list, stream, attribute, number, name FROM names "
                    "ORDER BY list, stream, attribute, number"));
    while (TRY(row.step())) {
        const NameKey key{.list = static_cast<NameList>(row.integer(0)),
                          .stream = static_cast<std::uint32_t>(row.integer(1)),
                          .attribute = static_cast<std::uint32_t>(row.integer(2)),
                          .number = static_cast<std::uint32_t>(row.integer(3))};
        TRY(visit(key, row.bytes(4)));
    }
    return {};
}

Result<std::optional<std::string>> SqliteOutcomes::minute(std::uint32_t stream, Timestamp start) {
    Statement row = TRY(prepare("SELECT facts FROM minutes WHERE stream = ? AND start = ?"));
    row.bind(1, stream).bind(2, start.ms);
    if (!TRY(row.step())) return std::nullopt;
    return std::string(row.bytes(0));
}

Result<void> SqliteOutcomes::minutes(
    std::uint32_t stream, Timestamp from, Timestamp to,
    const std::function<Result<void>(Timestamp, std::string_view)>& visit) {
    Statement row = TRY(
        prepare("SELECT start, facts FROM minutes WHERE stream = ? AND start >= ? AND start < ? "
                "ORDER BY start"));
    row.bind(1, stream).bind(2, from.ms).bind(3, to.ms);
    while (TRY(row.step())) TRY(visit({row.integer(0)}, row.bytes(1)));
    return {};
}

Result<void> SqliteOutcomes::insert_names(const std::vector<NewName>& names) {
    Statement row = TRY(prepare("INSERT INTO names VALUES (?, ?, ?, ?, ?)"));
    for (const NewName& one : names) {
        row.bind(1, static_cast<std::int64_t>(one.key.list))
            .bind(2, one.key.stream)
            .bind(3, one.key.attribute)
            .bind(4, one.key.number)
            .bind_text(5, one.name);
        TRY(row.run());
    }
    return {};
}

Result<void> SqliteOutcomes::replace_minutes(const std::vector<StoredMinute>& minutes) {
    Statement row = TRY(prepare("INSERT OR REPLACE INTO minutes VALUES (?, ?, ?)"));
    for (const StoredMinute& one : minutes) {
        row.bind(1, one.stream).bind(2, one.minute.ms).bind_blob(3, one.bytes);
        TRY(row.run());
    }
    return {};
}

Result<void> SqliteOutcomes::commit(const OutcomeCommit& commit) {
    TRY(check_commit(commit));
    TRY(writer_->transaction([&] { return write(commit); }));
    writer_->checkpoint_when_due();
    return {};
}

Result<void> SqliteOutcomes::write(const OutcomeCommit& commit) {
    TRY(insert_names(commit.names));
    return replace_minutes(commit.minutes);
}

Result<bool> SqliteOutcomes::forget(Timestamp before, std::size_t limit) {
    const auto most = static_cast<std::int64_t>(
        std::min<std::size_t>(limit, std::numeric_limits<std::int64_t>::max()));
    TRY(writer_->transaction([&] { return delete_minutes(before, most); }));
    return most > 0 && TRY(writer_->connection().integer("SELECT changes()")) == most;
}

Result<void> SqliteOutcomes::delete_minutes(Timestamp before, std::int64_t most) {
    Statement row =
        TRY(prepare("DELETE FROM minutes WHERE rowid IN "
                    "(SELECT rowid FROM minutes WHERE start < ? ORDER BY start LIMIT ?)"));
    row.bind(1, before.ms).bind(2, most);
    return row.run();
}

}  // namespace

Result<std::unique_ptr<OutcomeStore>> open_sqlite_outcomes(const SqliteOutcomesOptions& options) {
    StoreFile file = TRY(open_store_file({.folder = options.folder,
                                          .name = "outcomes",
                                          .vfs = options.vfs,
                                          .synchronous = options.synchronous,
                                          .log = options.log},
                                         outcomes_schema()));
    file.writer->checkpoint_on_close();
    return std::make_unique<SqliteOutcomes>(std::move(file));
}

}  // namespace candor::store
