#include "store/sqlite_deliveries_reader.h"

#include <filesystem>
#include <limits>
#include <map>
#include <utility>

#include "store/sqlite.h"

namespace candor::store {
namespace {

constexpr std::int64_t kNumberMax = std::numeric_limits<std::int64_t>::max();
constexpr std::string_view kSubscriberPrefix = "subscriber:";

// Each is in the order of an index that ends with the primary key: one reads what it returns.
constexpr std::string_view kColumns =
    "SELECT id, announcement, subject, recipient, lane, state, attempts, next_try, changed, detail "
    "FROM deliveries WHERE ";
constexpr std::string_view kAfterPlace =
    "announcement BETWEEN ?1 AND ?2 AND (announcement, id) < (?3, ?4) "
    "ORDER BY announcement DESC, id DESC";

DeliveryLine line_in(const Statement& row) {
    DeliveryLine line;
    Delivery& d = line.row;
    d.id = row.bytes(0);
    d.announcement = static_cast<std::uint64_t>(row.integer(1));
    line.subject = row.bytes(2);
    d.recipient = row.bytes(3);
    d.lane = row.bytes(4);
    d.state = static_cast<DeliveryState>(row.integer(5));
    d.attempts = row.integer(6);
    d.next_try = {row.integer(7)};
    d.changed = {row.integer(8)};
    d.detail = row.bytes(9);
    return line;
}

// One call's reading.
class Reading final {
   public:
    Reading(Connection& connection, const DeliveryQuery& query)
        : connection_(connection), query_(query) {}

    Result<DeliveryLines> run() {
        TRY(connection_.run("BEGIN"));
        auto done = query_.subject.empty() ? rows_between(0, kNumberMax) : rows_about_subject();
        for (DeliveryLine& line : out_.lines) {
            if (done) done = complete(line);
        }
        TRY(connection_.run("COMMIT"));
        TRY(std::move(done));
        return std::move(out_);
    }

   private:
    std::int64_t start() const {
        return query_.after ? static_cast<std::int64_t>(query_.after->announcement) : kNumberMax;
    }
    bool is_over() const { return out_.next.has_value(); }

    Result<void> rows_about_subject() {
        Statement numbers = TRY(connection_.prepare(
            "SELECT number FROM announcements WHERE subject = ? AND number <= ? "
            "ORDER BY number DESC"));
        numbers.bind_text(1, query_.subject).bind(2, start());
        while (!is_over() && TRY(numbers.step())) {
            TRY(rows_between(numbers.integer(0), numbers.integer(0)));
        }
        return {};
    }

    Result<void> rows_between(std::int64_t first, std::int64_t last) {
        const std::string_view of_state = query_.state ? "state = ?5 AND " : "";
        Statement rows = TRY(connection_.prepare(std::string(kColumns) + std::string(of_state) +
                                                 std::string(kAfterPlace)));
        const std::string after = query_.after ? query_.after->id : std::string();
        rows.bind(1, first).bind(2, last).bind(3, start()).bind_text(4, after);
        if (query_.state) rows.bind(5, static_cast<std::int64_t>(*query_.state));
        while (TRY(rows.step())) {
            // Only a row after the last one tells that there is more.
            if (out_.lines.size() == query_.limit) {
                const Delivery& newest = out_.lines.back().row;
                out_.next = {newest.announcement, newest.id};
                return {};
            }
            out_.lines.push_back(line_in(rows));
        }
        return {};
    }

    Result<void> complete(DeliveryLine& line) {
        const auto [about, is_new] = announcements_.try_emplace(line.row.announcement);
        if (is_new) about->second = TRY(facts_of(line.row.announcement));
        line.kind = about->second.kind;
        line.audience = about->second.audience;
        if (!line.row.recipient.starts_with(kSubscriberPrefix)) return {};
        Statement row = TRY(connection_.prepare("SELECT address FROM subscribers WHERE id = ?"));
        const std::string id = line.row.recipient.substr(kSubscriberPrefix.size());
        row.bind_text(1, id);
        if (TRY(row.step())) line.address = row.bytes(0);
        return {};
    }

    struct Facts {
        std::int64_t kind = 0;
        Audience audience = Audience::kOperators;
    };
    Result<Facts> facts_of(std::uint64_t number) {
        Statement row =
            TRY(connection_.prepare("SELECT kind, audience FROM announcements WHERE number = ?"));
        row.bind(1, static_cast<std::int64_t>(number));
        if (!TRY(row.step())) return Facts{};
        return Facts{row.integer(0), static_cast<Audience>(row.integer(1))};
    }

    Connection& connection_;
    const DeliveryQuery& query_;
    DeliveryLines out_;
    std::map<std::uint64_t, Facts> announcements_;
};

void add(DeliveryTally& tally, const Statement& row) {
    const auto count = static_cast<std::uint64_t>(row.integer(1));
    switch (static_cast<DeliveryState>(row.integer(0))) {
        case DeliveryState::kWaiting: tally.waiting = count; break;
        case DeliveryState::kFailed: tally.failed = count; break;
        case DeliveryState::kSent: tally.sent = count; break;
        case DeliveryState::kGivenUp: tally.given_up = count; break;
    }
}

// Every state is named, so that the index by state holds all that is counted: fifty thousand
// subscribers told of one incident are no fifty thousand rows to read.
Result<DeliveryTally> tally_of(Connection& connection, const std::string& subject) {
    std::string_view about;
    if (!subject.empty()) {
        about = "AND announcement IN (SELECT number FROM announcements WHERE subject = ?1) ";
    }
    const auto prepared = [&](std::string_view start, std::string_view end) -> Result<Statement> {
        Statement rows =
            TRY(connection.prepare(std::string(start) + std::string(about) + std::string(end)));
        if (!subject.empty()) rows.bind_text(1, subject);
        return rows;
    };
    DeliveryTally tally;
    Statement counts = TRY(prepared(
        "SELECT state, count(*) FROM deliveries WHERE state IN (0, 1, 2, 3) ", "GROUP BY state"));
    while (TRY(counts.step())) add(tally, counts);
    if (tally.failed == 0) return tally;
    Statement tries = TRY(prepared(
        "SELECT min(next_try) FROM (SELECT next_try FROM deliveries WHERE state = 1 ",
        "ORDER BY announcement DESC LIMIT " + std::to_string(kNextTriesLookedAtMax) + ")"));
    if (TRY(tries.step())) tally.next_try = {tries.integer(0)};
    return tally;
}

class SqliteDeliveriesReader final : public DeliveriesReader {
   public:
    explicit SqliteDeliveriesReader(std::string path) : path_(std::move(path)) {}

    Result<DeliveryLines> lines(const DeliveryQuery& query) override {
        if (!TRY(open())) return DeliveryLines{};
        return kept(Reading(*connection_, query).run());
    }
    Result<DeliveryTally> tally(const std::string& subject) override {
        if (!TRY(open())) return DeliveryTally{};
        return kept(tally_of(*connection_, subject));
    }

   private:
    // False: there is no file, or one that its owner has not filled yet.
    Result<bool> open() {
        std::error_code ignored;
        if (connection_ != nullptr) return true;
        if (!std::filesystem::exists(path_, ignored)) return false;
        auto connection = TRY(Connection::open({.path = path_}));
        constexpr std::string_view kIsReady =
            "SELECT count(*) FROM sqlite_schema WHERE name = 'deliveries_by_state'";
        if (TRY(connection->integer(kIsReady)) == 0) return false;
        connection_ = std::move(connection);
        return true;
    }
    template <class T>
    Result<T> kept(Result<T> answer) {
        if (!answer) connection_.reset();
        return answer;
    }

    std::string path_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace

std::unique_ptr<DeliveriesReader> make_sqlite_deliveries_reader(const std::string& folder) {
    return std::make_unique<SqliteDeliveriesReader>(folder + "/notify.db");
}

}  // namespace candor::store
