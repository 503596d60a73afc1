#include "store/sqlite_series.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "store/schema.h"
#include "store/series_queries.h"
#include "store/series_rows.h"
#include "store/series_upkeep.h"
#include "store/store_file.h"

namespace candor::store {
namespace {

class SqliteSeriesReader final : public SeriesReader {
   public:
    explicit SqliteSeriesReader(std::unique_ptr<Connection> connection)
        : connection_(std::move(connection)), queries_(*connection_) {}

    Result<std::vector<Observation>> observations_after(const CheckId& check, std::uint64_t after,
                                                        std::size_t limit) override {
        return queries_.observations_after(check, after, limit);
    }
    Result<std::vector<Observation>> newest(const CheckId& check, std::size_t limit) override {
        return queries_.newest(check, limit);
    }
    Result<std::vector<Rollup>> rollups(const CheckId& check, Resolution resolution, Timestamp from,
                                        Timestamp to) override {
        return queries_.rollups(check, resolution, from, to);
    }
    Result<std::uint64_t> last_number() override { return queries_.last_number(); }
    Result<Timestamp> last_at() override { return queries_.last_at(); }

   private:
    std::unique_ptr<Connection> connection_;
    SeriesQueries queries_;
};

struct WriteStatements {
    Statement check;
    Statement raw;
    Statement newest;
};

// What the file held when it was opened.
struct Opening {
    std::unordered_map<CheckId, std::int64_t> ids;
    std::uint64_t last_number = 0;
    Timestamp last_at;
};

class SqliteSeries final : public Series {
   public:
    SqliteSeries(SqliteSeriesOptions options, StoreFile file, Opening opening, SeriesUpkeep upkeep,
                 WriteStatements statements)
        : options_(std::move(options)),
          lock_(std::move(file.lock)),
          writer_(std::move(file.writer)),
          queries_(writer_->connection()),
          upkeep_(std::move(upkeep)),
          statements_(std::move(statements)),
          ids_(std::move(opening.ids)),
          last_number_(opening.last_number),
          last_at_(opening.last_at) {}

    Result<std::vector<Observation>> observations_after(const CheckId& check, std::uint64_t after,
                                                        std::size_t limit) override {
        return queries_.observations_after(check, after, limit);
    }
    Result<std::vector<Observation>> newest(const CheckId& check, std::size_t limit) override {
        return queries_.newest(check, limit);
    }
    Result<std::vector<Rollup>> rollups(const CheckId& check, Resolution resolution, Timestamp from,
                                        Timestamp to) override {
        return queries_.rollups(check, resolution, from, to);
    }
    Result<std::uint64_t> last_number() override { return last_number_; }
    Result<Timestamp> last_at() override { return last_at_; }

    Result<void> append(std::span<const Observation> observations) override;
    Result<bool> maintain(Timestamp now, Duration keep) override;
    Result<std::unique_ptr<SeriesReader>> open_reader() override;

   private:
    Result<void> insert_all(std::span<const Observation> observations);
    Result<std::int64_t> id_of(const CheckId& check);

    SqliteSeriesOptions options_;
    FolderLock lock_;
    std::unique_ptr<SqliteWriter> writer_;
    SeriesQueries queries_;
    SeriesUpkeep upkeep_;
    WriteStatements statements_;  // destroyed before the connection they belong to
    std::unordered_map<CheckId, std::int64_t> ids_;
    std::vector<CheckId> new_checks_;  // interned in the transaction that runs
    std::uint64_t last_number_;
    Timestamp last_at_;
    std::int64_t upkeep_cursor_ = 0;
};

Result<void> SqliteSeries::append(std::span<const Observation> observations) {
    TRY(check_observations(observations, last_number_));
    if (observations.empty()) return {};
    new_checks_.clear();
    auto done = writer_->transaction([&] { return insert_all(observations); });
    if (!done) {
        // Their rows were rolled back.
        for (const CheckId& check : new_checks_) ids_.erase(check);
        return done;
    }
    last_number_ = observations.back().number;
    for (const Observation& o : observations) last_at_ = std::max(last_at_, o.at);
    return {};
}

Result<void> SqliteSeries::insert_all(std::span<const Observation> observations) {
    Timestamp newest_at = last_at_;
    for (const Observation& o : observations) {
        newest_at = std::max(newest_at, o.at);
        const std::string facts = encode_facts(o);
        Statement& row = statements_.raw;
        const Rewind rewind(row);
        row.bind(1, TRY(id_of(o.check))).bind(2, static_cast<std::int64_t>(o.number));
        row.bind(3, o.at.ms).bind_blob(4, facts);
        TRY(row.run());
    }
    Statement& newest_row = statements_.newest;
    const Rewind rewind(newest_row);
    newest_row.bind(1, static_cast<std::int64_t>(observations.back().number));
    newest_row.bind(2, newest_at.ms);
    return newest_row.run();
}

Result<std::int64_t> SqliteSeries::id_of(const CheckId& check) {
    if (const auto known = ids_.find(check); known != ids_.end()) return known->second;
    Statement& row = statements_.check;
    const Rewind rewind(row);
    row.bind_text(1, check.value);
    if (!TRY(row.step())) return fail(ErrorCode::kInternal, "a new check got no number");
    const std::int64_t id = row.integer(0);
    ids_[check] = id;
    new_checks_.push_back(check);
    return id;
}

Result<bool> SqliteSeries::maintain(Timestamp now, Duration keep) {
    SeriesUpkeep::Progress progress;
    auto done = writer_->transaction([&]() -> Result<void> {
        progress = TRY(upkeep_.step(upkeep_cursor_, now, keep));
        return {};
    });
    TRY(std::move(done));
    upkeep_cursor_ = progress.cursor;
    return progress.more;
}

Result<std::unique_ptr<SeriesReader>> SqliteSeries::open_reader() {
    auto connection =
        TRY(Connection::open({.path = writer_->connection().path(), .vfs = options_.vfs}));
    return std::make_unique<SqliteSeriesReader>(std::move(connection));
}

Result<WriteStatements> prepare_writes(Connection& connection) {
    return WriteStatements{
        TRY(connection.prepare("INSERT INTO checks (name, rolled) VALUES (?, 0) RETURNING id")),
        TRY(connection.prepare(
            "INSERT INTO raw (check_id, number, at, facts) VALUES (?, ?, ?, ?)")),
        TRY(connection.prepare("UPDATE newest SET number = ?, at = ?"))};
}

Result<Opening> read_opening(Connection& connection) {
    Opening opening;
    Statement rows = TRY(connection.prepare("SELECT name, id FROM checks"));
    while (TRY(rows.step())) opening.ids[CheckId{std::string(rows.bytes(0))}] = rows.integer(1);
    SeriesQueries queries(connection);
    opening.last_number = TRY(queries.last_number());
    opening.last_at = TRY(queries.last_at());
    return opening;
}

}  // namespace

Result<std::unique_ptr<Series>> open_sqlite_series(const SqliteSeriesOptions& options) {
    StoreFile file = TRY(open_store_file({.folder = options.folder,
                                          .name = "series",
                                          .vfs = options.vfs,
                                          .synchronous = options.synchronous,
                                          .log = options.log},
                                         series_schema()));
    Opening opening = TRY(read_opening(file.writer->connection()));
    SeriesUpkeep upkeep = TRY(SeriesUpkeep::create(file.writer->connection()));
    WriteStatements statements = TRY(prepare_writes(file.writer->connection()));
    file.writer->checkpoint_on_close();
    return std::make_unique<SqliteSeries>(options, std::move(file), std::move(opening),
                                          std::move(upkeep), std::move(statements));
}

}  // namespace candor::store
