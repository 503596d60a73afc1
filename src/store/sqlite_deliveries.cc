#include "store/sqlite_deliveries.h"

#include <algorithm>
#include <utility>

#include "store/delivery_rules.h"
#include "store/lane_rows.h"
#include "store/schema.h"
#include "store/store_file.h"
#include "store/subscriber_rows.h"

namespace candor::store {
namespace {

constexpr std::string_view kAnnouncementColumns =
    "number, position, audience, subject, kind, due, cursor, expanded";
constexpr std::string_view kDeliveryColumns =
    "id, announcement, recipient, lane, state, attempts, next_try, changed, detail";

// Rows to try in a lane that wait for no earlier one of the same subject to the same recipient.
constexpr std::string_view kFirstOfTheirSubject =
    "deliveries AS d WHERE lane = ? AND state < 2 AND NOT EXISTS (SELECT 1 FROM deliveries AS "
    "earlier WHERE earlier.recipient = d.recipient AND earlier.subject = d.subject AND "
    "earlier.announcement < d.announcement AND earlier.state < 2) ";

std::string select(std::string_view columns, std::string_view from) {
    return "SELECT " + std::string(columns) + " FROM " + std::string(from);
}

Announcement announcement_in(const Statement& row) {
    Announcement a;
    a.number = static_cast<std::uint64_t>(row.integer(0));
    a.position = static_cast<Position>(row.integer(1));
    a.audience = static_cast<Audience>(row.integer(2));
    a.subject = row.bytes(3);
    a.kind = row.integer(4);
    a.due = {row.integer(5)};
    a.cursor = row.bytes(6);
    a.expanded = row.integer(7) != 0;
    return a;
}

Delivery delivery_in(const Statement& row) {
    Delivery d;
    d.id = row.bytes(0);
    d.announcement = static_cast<std::uint64_t>(row.integer(1));
    d.recipient = row.bytes(2);
    d.lane = row.bytes(3);
    d.state = static_cast<DeliveryState>(row.integer(4));
    d.attempts = row.integer(5);
    d.next_try = {row.integer(6)};
    d.changed = {row.integer(7)};
    d.detail = row.bytes(8);
    return d;
}

std::int64_t signed_of(std::uint64_t n) {
    return static_cast<std::int64_t>(n);
}
std::int64_t clamped(std::size_t limit) {
    return static_cast<std::int64_t>(std::min(limit, kDeliveriesPerCallMax));
}

class SqliteDeliveries final : public Deliveries {
   public:
    explicit SqliteDeliveries(StoreFile file)
        : lock_(std::move(file.lock)),
          writer_(std::move(file.writer)),
          lanes_(writer_->connection()),
          subscribers_(writer_->connection()) {}

    Result<std::optional<Position>> position() override;
    Result<void> take(Position position, std::span<const Announcement> add,
                      std::span<const std::uint64_t> withdraw) override;
    Result<std::vector<Announcement>> about(const std::string& subject) override;
    Result<std::vector<Announcement>> to_expand(Timestamp now, std::size_t limit,
                                                bool with_calls) override;
    Result<Timestamp> next_due(Timestamp now) override;
    Result<std::optional<Announcement>> announcement(std::uint64_t number) override;
    Result<void> expand(std::uint64_t number, std::span<const Delivery> rows,
                        const std::string& cursor, bool expanded) override;
    Result<std::vector<Delivery>> due(const std::string& lane, Timestamp now,
                                      std::size_t limit) override;
    Result<Timestamp> next_try(const std::string& lane) override;
    Result<std::vector<std::string>> lanes() override;
    Result<void> record(std::span<const Delivery> rows,
                        std::span<const LaneTrouble> lanes) override;
    Result<std::vector<LaneTrouble>> lane_troubles() override { return lanes_.all(); }
    Result<std::vector<Delivery>> newest(std::size_t limit) override;
    Result<DeliveryCounts> counts() override;
    Result<bool> forget(Timestamp before, std::size_t limit) override;
    Result<void> forget_subject(const std::string& subject) override;

    Result<void> put_subscriber(const Subscriber& subscriber) override {
        TRY(check_subscriber(subscriber));
        return writer_->transaction([&] { return subscribers_.put(subscriber); });
    }
    Result<void> remove_subscriber(const SubscriberId& id) override {
        return writer_->transaction([&] { return subscribers_.remove(id); });
    }
    Result<std::optional<Subscriber>> subscriber(const SubscriberId& id) override {
        return subscribers_.by_id(id);
    }
    Result<std::optional<Subscriber>> subscriber_at(const std::string& address) override {
        return subscribers_.by_address(address);
    }
    Result<std::vector<Subscriber>> subscribers(const SubscriberId& after,
                                                std::size_t limit) override {
        return subscribers_.after(after, limit);
    }

   private:
    Result<Statement> prepare(std::string_view sql) { return writer_->connection().prepare(sql); }
    Result<void> insert(const Announcement& a);
    Result<void> withdraw_all(std::span<const std::uint64_t> numbers);
    Result<void> update_rows(std::span<const Delivery> rows);
    Result<void> insert_rows(const Announcement& of, std::span<const Delivery> rows);
    Result<void> forget_all(const std::vector<std::int64_t>& numbers);

    FolderLock lock_;
    std::unique_ptr<SqliteWriter> writer_;
    LaneRows lanes_;
    SubscriberRows subscribers_;
};

Result<std::optional<Position>> SqliteDeliveries::position() {
    Statement row = TRY(prepare("SELECT position FROM follower"));
    if (!TRY(row.step())) return std::nullopt;
    return static_cast<Position>(row.integer(0));
}

Result<void> SqliteDeliveries::take(Position position, std::span<const Announcement> add,
                                    std::span<const std::uint64_t> withdraw) {
    const std::optional<Position> now = TRY(this->position());
    TRY(check_take(now, position, add));
    return writer_->transaction([&]() -> Result<void> {
        TRY(withdraw_all(withdraw));
        for (const Announcement& a : add) TRY(insert(a));
        Statement moved = TRY(prepare("INSERT OR REPLACE INTO follower VALUES (1, ?)"));
        moved.bind(1, signed_of(position));
        return moved.run();
    });
}

Result<void> SqliteDeliveries::withdraw_all(std::span<const std::uint64_t> numbers) {
    Statement gone =
        TRY(prepare("DELETE FROM announcements WHERE number = ? AND expanded = 0 AND cursor = ''"));
    for (const std::uint64_t number : numbers) {
        gone.bind(1, signed_of(number));
        TRY(gone.run());
    }
    return {};
}

Result<void> SqliteDeliveries::insert(const Announcement& a) {
    Statement row =
        TRY(prepare("INSERT INTO announcements (position, audience, subject, kind, "
                    "due, cursor, expanded, body) VALUES (?, ?, ?, ?, ?, '', 0, ?)"));
    row.bind(1, signed_of(a.position)).bind(2, static_cast<std::int64_t>(a.audience));
    row.bind_text(3, a.subject).bind(4, a.kind).bind(5, a.due.ms).bind_blob(6, a.body);
    return row.run();
}

Result<std::vector<Announcement>> SqliteDeliveries::about(const std::string& subject) {
    Statement rows = TRY(
        prepare(select(kAnnouncementColumns, "announcements WHERE subject = ? ORDER BY number")));
    rows.bind_text(1, subject);
    std::vector<Announcement> out;
    while (TRY(rows.step())) out.push_back(announcement_in(rows));
    return out;
}

Result<std::vector<Announcement>> SqliteDeliveries::to_expand(Timestamp now, std::size_t limit,
                                                              bool with_calls) {
    Statement rows = TRY(prepare(select(std::string(kAnnouncementColumns) + ", body",
                                        "announcements WHERE expanded = 0 AND due <= ? "
                                        "AND audience <> ? ORDER BY number LIMIT ?")));
    const std::int64_t nobody = -1;
    rows.bind(1, now.ms);
    rows.bind(2, with_calls ? nobody : static_cast<std::int64_t>(Audience::kOnCall));
    rows.bind(3, clamped(limit));
    std::vector<Announcement> out;
    while (TRY(rows.step())) {
        out.push_back(announcement_in(rows));
        out.back().body = rows.bytes(8);
    }
    return out;
}

Result<Timestamp> SqliteDeliveries::next_due(Timestamp now) {
    Statement row =
        TRY(prepare("SELECT min(due) FROM announcements WHERE expanded = 0 AND due > ?"));
    row.bind(1, now.ms);
    return Timestamp{TRY(row.step()) ? row.integer(0) : 0};
}

Result<std::optional<Announcement>> SqliteDeliveries::announcement(std::uint64_t number) {
    Statement row = TRY(prepare(
        select(std::string(kAnnouncementColumns) + ", body", "announcements WHERE number = ?")));
    row.bind(1, signed_of(number));
    if (!TRY(row.step())) return std::nullopt;
    Announcement a = announcement_in(row);
    a.body = row.bytes(8);
    return a;
}

Result<void> SqliteDeliveries::expand(std::uint64_t number, std::span<const Delivery> rows,
                                      const std::string& cursor, bool expanded) {
    TRY(check_rows(rows));
    const std::optional<Announcement> of = TRY(announcement(number));
    if (!of) {
        return fail(ErrorCode::kNotFound,
                    "there is no announcement " + std::to_string(number) + " to expand");
    }
    return writer_->transaction([&]() -> Result<void> {
        TRY(insert_rows(*of, rows));
        Statement moved =
            TRY(prepare("UPDATE announcements SET cursor = ?, expanded = ? WHERE number = ?"));
        moved.bind_text(1, cursor).bind(2, expanded ? 1 : 0).bind(3, signed_of(number));
        return moved.run();
    });
}

Result<void> SqliteDeliveries::insert_rows(const Announcement& of, std::span<const Delivery> rows) {
    Statement insert =
        TRY(prepare("INSERT OR IGNORE INTO deliveries VALUES "
                    "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    for (const Delivery& d : rows) {
        insert.bind_text(1, d.id).bind(2, signed_of(of.number)).bind_text(3, of.subject);
        insert.bind_text(4, d.recipient).bind_text(5, d.lane);
        insert.bind(6, static_cast<std::int64_t>(d.state)).bind(7, d.attempts);
        insert.bind(8, d.next_try.ms).bind(9, d.changed.ms).bind_text(10, d.detail);
        TRY(insert.run());
    }
    return {};
}

Result<std::vector<Delivery>> SqliteDeliveries::due(const std::string& lane, Timestamp now,
                                                    std::size_t limit) {
    Statement rows = TRY(prepare(select(kDeliveryColumns, kFirstOfTheirSubject) +
                                 "AND next_try <= ? ORDER BY next_try LIMIT ?"));
    rows.bind_text(1, lane).bind(2, now.ms).bind(3, clamped(limit));
    std::vector<Delivery> out;
    while (TRY(rows.step())) out.push_back(delivery_in(rows));
    return out;
}

Result<Timestamp> SqliteDeliveries::next_try(const std::string& lane) {
    Statement row =
        TRY(prepare(select("next_try", kFirstOfTheirSubject) + "ORDER BY next_try LIMIT 1"));
    row.bind_text(1, lane);
    return Timestamp{TRY(row.step()) ? row.integer(0) : 0};
}

// Jumps from lane to lane in the index, however many rows each has.
Result<std::vector<std::string>> SqliteDeliveries::lanes() {
    Statement next = TRY(prepare("SELECT min(lane) FROM deliveries WHERE lane > ? AND state < 2"));
    std::vector<std::string> out;
    std::string last;
    while (true) {
        next.bind_text(1, last);
        if (!TRY(next.step()) || next.bytes(0).empty()) break;
        std::string found(next.bytes(0));
        next.reset();
        last = found;
        out.push_back(std::move(found));
    }
    return out;
}

Result<void> SqliteDeliveries::record(std::span<const Delivery> rows,
                                      std::span<const LaneTrouble> lanes) {
    TRY(check_rows(rows));
    TRY(check_lanes(lanes));
    if (rows.empty() && lanes.empty()) return {};
    return writer_->transaction([&]() -> Result<void> {
        TRY(update_rows(rows));
        return lanes_.put(lanes);
    });
}

Result<void> SqliteDeliveries::update_rows(std::span<const Delivery> rows) {
    Statement update =
        TRY(prepare("UPDATE deliveries SET state = ?, attempts = ?, next_try = ?, changed = ?, "
                    "detail = ? WHERE id = ?"));
    for (const Delivery& d : rows) {
        update.bind(1, static_cast<std::int64_t>(d.state)).bind(2, d.attempts);
        update.bind(3, d.next_try.ms).bind(4, d.changed.ms).bind_text(5, d.detail);
        update.bind_text(6, d.id);
        TRY(update.run());
    }
    return {};
}

Result<std::vector<Delivery>> SqliteDeliveries::newest(std::size_t limit) {
    Statement rows =
        TRY(prepare(select(kDeliveryColumns, "deliveries ORDER BY announcement DESC, id LIMIT ?")));
    rows.bind(1, clamped(limit));
    std::vector<Delivery> out;
    while (TRY(rows.step())) out.push_back(delivery_in(rows));
    return out;
}

Result<DeliveryCounts> SqliteDeliveries::counts() {
    DeliveryCounts out;
    Statement states = TRY(prepare("SELECT state, count(*) FROM deliveries GROUP BY state"));
    while (TRY(states.step())) {
        const auto n = static_cast<std::uint64_t>(states.integer(1));
        switch (static_cast<DeliveryState>(states.integer(0))) {
            case DeliveryState::kFailed: out.failed += n; [[fallthrough]];
            case DeliveryState::kWaiting: out.waiting += n; break;
            case DeliveryState::kSent: out.sent += n; break;
            case DeliveryState::kGivenUp: out.given_up += n; break;
        }
    }
    TRY(subscribers_.count(out));
    return out;
}

Result<bool> SqliteDeliveries::forget(Timestamp before, std::size_t limit) {
    std::vector<std::int64_t> numbers;
    Statement rows =
        TRY(prepare("SELECT number FROM announcements AS a WHERE expanded = 1 AND due < ? AND NOT "
                    "EXISTS (SELECT 1 FROM deliveries WHERE announcement = a.number AND state < 2) "
                    "ORDER BY number LIMIT ?"));
    rows.bind(1, before.ms).bind(2, clamped(limit));
    while (TRY(rows.step())) numbers.push_back(rows.integer(0));
    rows.reset();
    if (numbers.empty()) return false;
    TRY(writer_->transaction([&] { return forget_all(numbers); }));
    return numbers.size() >= limit;
}

Result<void> SqliteDeliveries::forget_subject(const std::string& subject) {
    std::vector<std::int64_t> numbers;
    for (const Announcement& a : TRY(about(subject))) numbers.push_back(signed_of(a.number));
    if (numbers.empty()) return {};
    return writer_->transaction([&] { return forget_all(numbers); });
}

Result<void> SqliteDeliveries::forget_all(const std::vector<std::int64_t>& numbers) {
    for (const char* sql : {"DELETE FROM deliveries WHERE announcement = ?",
                            "DELETE FROM announcements WHERE number = ?"}) {
        Statement gone = TRY(prepare(sql));
        for (const std::int64_t number : numbers) {
            gone.bind(1, number);
            TRY(gone.run());
        }
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<Deliveries>> open_sqlite_deliveries(const SqliteDeliveriesOptions& options) {
    StoreFile file = TRY(open_store_file({.folder = options.folder,
                                          .name = "notify",
                                          .vfs = options.vfs,
                                          .synchronous = options.synchronous,
                                          .secure_delete = true,
                                          .log = options.log},
                                         deliveries_schema()));
    file.writer->checkpoint_on_close();
    return std::make_unique<SqliteDeliveries>(std::move(file));
}

}  // namespace candor::store
