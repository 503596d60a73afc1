#include "store/subscriber_rows.h"

#include <algorithm>
#include <string>

namespace candor::store {
namespace {

constexpr std::string_view kSelect =
    "SELECT id, address, filter, confirmed, failures, disabled FROM subscribers ";

Subscriber subscriber_in(const Statement& row) {
    Subscriber s;
    s.id.value = row.bytes(0);
    s.address = row.bytes(1);
    s.filter = row.bytes(2);
    s.confirmed = {row.integer(3)};
    s.failures = row.integer(4);
    s.disabled = row.integer(5) != 0;
    return s;
}

Result<std::optional<Subscriber>> one_of(Connection& connection, std::string_view where,
                                         const std::string& key) {
    Statement row = TRY(connection.prepare(std::string(kSelect) + std::string(where)));
    row.bind_text(1, key);
    if (!TRY(row.step())) return std::nullopt;
    return subscriber_in(row);
}

}  // namespace

std::string recipient_of(const SubscriberId& id) {
    return "subscriber:" + id.value;
}

Result<void> SubscriberRows::put(const Subscriber& subscriber) {
    const bool known =
        TRY(by_id(subscriber.id)).has_value() || TRY(by_address(subscriber.address)).has_value();
    if (!known && TRY(connection_.integer("SELECT count(*) FROM subscribers")) >=
                      static_cast<std::int64_t>(kSubscribersMax)) {
        return fail(ErrorCode::kBusy, "there are as many subscribers as this server keeps");
    }
    Statement row =
        TRY(connection_.prepare("INSERT OR REPLACE INTO subscribers VALUES (?, ?, ?, ?, ?, ?)"));
    row.bind_text(1, subscriber.id.value).bind_text(2, subscriber.address);
    row.bind_blob(3, subscriber.filter).bind(4, subscriber.confirmed.ms);
    row.bind(5, subscriber.failures).bind(6, subscriber.disabled ? 1 : 0);
    return row.run();
}

Result<void> SubscriberRows::remove(const SubscriberId& id) {
    Statement gone = TRY(connection_.prepare("DELETE FROM subscribers WHERE id = ?"));
    gone.bind_text(1, id.value);
    TRY(gone.run());
    Statement waiting = TRY(connection_.prepare(
        "UPDATE deliveries SET state = 3, detail = 'unsubscribed' WHERE recipient = ? AND "
        "state < 2"));
    const std::string recipient = recipient_of(id);
    waiting.bind_text(1, recipient);
    return waiting.run();
}

Result<std::optional<Subscriber>> SubscriberRows::by_id(const SubscriberId& id) {
    return one_of(connection_, "WHERE id = ?", id.value);
}

Result<std::optional<Subscriber>> SubscriberRows::by_address(const std::string& address) {
    return one_of(connection_, "WHERE address = ?", address);
}

Result<std::vector<Subscriber>> SubscriberRows::after(const SubscriberId& after,
                                                      std::size_t limit) {
    Statement rows =
        TRY(connection_.prepare(std::string(kSelect) + "WHERE id > ? ORDER BY id LIMIT ?"));
    rows.bind_text(1, after.value);
    rows.bind(2, static_cast<std::int64_t>(std::min(limit, kDeliveriesPerCallMax)));
    std::vector<Subscriber> out;
    while (TRY(rows.step())) out.push_back(subscriber_in(rows));
    return out;
}

Result<void> SubscriberRows::count(DeliveryCounts& counts) {
    Statement row =
        TRY(connection_.prepare("SELECT count(*), coalesce(sum(disabled), 0) FROM subscribers"));
    if (!TRY(row.step())) return {};
    counts.subscribers = static_cast<std::uint64_t>(row.integer(0));
    counts.disabled_subscribers = static_cast<std::uint64_t>(row.integer(1));
    return {};
}

}  // namespace candor::store
