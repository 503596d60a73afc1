#include "notify/dispatcher.h"

#include <algorithm>
#include <utility>

#include "base/codec.h"
#include "notify/backoff.h"
#include "notify/subscriber_record.h"

namespace candor::notify {
namespace {

bool is_channel(const std::string& lane) {
    return lane != kSubscribersLane;
}

std::size_t window_of(const std::string& lane) {
    return is_channel(lane) ? kChannelWindow : kSubscriberWindow;
}

}  // namespace

Dispatcher::Dispatcher(Deliveries& deliveries, Routes routes, std::uint64_t numbers_after)
    : deliveries_(deliveries), routes_(std::move(routes)), last_number_(numbers_after) {}

void Dispatcher::set_routes(Routes routes) {
    routes_ = std::move(routes);
    given_up_in_a_row_.clear();
    switched_off_.clear();
}

Result<void> Dispatcher::announce(Position position, const std::vector<Message>& messages,
                                  const PlanOptions& options,
                                  std::span<const IncidentId> answered) {
    Plan all;
    for (const IncidentId& id : answered) {
        const auto known = TRY(deliveries_.about(id.value));
        std::ranges::move(waiting_calls(known), std::back_inserter(all.withdraw));
    }
    for (const Message& message : messages) {
        const auto known = TRY(deliveries_.about(message.incident.value));
        Plan one = plan(message, known, options);
        std::ranges::move(one.add, std::back_inserter(all.add));
        std::ranges::move(one.withdraw, std::back_inserter(all.withdraw));
    }
    std::ranges::sort(all.withdraw);
    const auto doubled = std::ranges::unique(all.withdraw);
    all.withdraw.erase(doubled.begin(), doubled.end());
    return deliveries_.take(position, all.add, all.withdraw);
}

Result<void> Dispatcher::announce_to_one(const std::string& subject,
                                         const Confirmation& confirmation) {
    Announcement a;
    a.subject = subject;
    a.audience = Audience::kOne;
    a.due = confirmation.at;
    a.body = encode(confirmation);
    const auto position = TRY(deliveries_.position());
    return deliveries_.take(position.value_or(0), std::span(&a, 1), {});
}

Result<void> Dispatcher::announce_test(const std::string& subject, const Message& message) {
    Announcement a = call_at(message, message.at);
    a.audience = Audience::kOperators;
    a.subject = subject;
    const auto position = TRY(deliveries_.position());
    return deliveries_.take(position.value_or(0), std::span(&a, 1), {});
}

Result<bool> Dispatcher::expand(Timestamp now) {
    const auto waiting = TRY(deliveries_.to_expand(now, 1, now >= muted_until_));
    if (waiting.empty()) return false;
    return expand_one(waiting.front(), now);
}

Result<bool> Dispatcher::expand_one(const Announcement& a, Timestamp now) {
    if (a.audience == Audience::kOne) {
        const auto confirmation = decode<Confirmation>(a.body);
        std::vector<Delivery> rows;
        if (confirmation) rows.push_back(row_for_address(a, confirmation->address));
        TRY(deliveries_.expand(a.number, rows, "", true));
        return true;
    }
    if (a.audience == Audience::kSubscribers) {
        TRY(expand_to_subscribers(a));
        return true;
    }
    std::vector<Delivery> rows;
    // After a mute, or a stop, a step that is due several times calls once.
    const bool overtaken =
        a.audience == Audience::kOnCall && is_overtaken(a, TRY(deliveries_.about(a.subject)), now);
    if (const auto message = decode<Message>(a.body); message && !overtaken) {
        rows = rows_for_channels(routes_, a, *message, now);
        for (Delivery& row : rows) {
            if (!switched_off_.contains(row.lane)) continue;
            row.state = DeliveryState::kGivenUp;
            row.detail = "the channel is switched off after repeated failures";
        }
    }
    TRY(deliveries_.expand(a.number, rows, "", true));
    return true;
}

Result<void> Dispatcher::expand_to_subscribers(const Announcement& a) {
    const auto message = decode<Message>(a.body);
    const auto people = TRY(deliveries_.subscribers({a.cursor}, kRowsPerStep));
    std::vector<Delivery> rows;
    for (const Subscriber& s : people) {
        if (!message || s.disabled || s.confirmed > a.due) continue;
        const auto record = decode<SubscriberRecord>(s.filter);
        if (record && wants(record->filter, *message)) rows.push_back(row_for_subscriber(a, s));
    }
    const bool complete = people.size() < kRowsPerStep;
    const std::string cursor = people.empty() ? a.cursor : people.back().id.value;
    return deliveries_.expand(a.number, rows, cursor, complete);
}

Result<std::vector<Outgoing>> Dispatcher::take_due(Timestamp now) {
    std::vector<Outgoing> out;
    for (const std::string& lane : TRY(deliveries_.lanes())) TRY(take_lane(lane, now, out));
    return out;
}

Result<void> Dispatcher::take_lane(const std::string& lane, Timestamp now,
                                   std::vector<Outgoing>& out) {
    std::size_t busy = static_cast<std::size_t>(std::ranges::count_if(
        under_way_, [&](const auto& entry) { return entry.second.lane == lane; }));
    const std::size_t window = window_of(lane);
    if (busy >= window || under_way_.size() >= kSendsUnderWayMax) return {};
    for (Delivery& row : TRY(deliveries_.due(lane, now, window + settled_.size()))) {
        if (busy >= window || under_way_.size() >= kSendsUnderWayMax) break;
        if (ids_under_way_.contains(row.id)) continue;
        auto encoded = TRY(encode_row(row, now));
        if (!encoded) {
            give_up(std::move(row), now, "the recipient is gone");
            continue;
        }
        encoded->number = ++last_number_;
        ids_under_way_.insert(row.id);
        under_way_.emplace(encoded->number, std::move(row));
        out.push_back(*std::move(encoded));
        ++busy;
    }
    return {};
}

Result<std::optional<Outgoing>> Dispatcher::encode_row(const Delivery& row, Timestamp now) {
    const auto a = TRY(deliveries_.announcement(row.announcement));
    if (!a) return std::nullopt;
    if (a->audience == Audience::kOne) {
        const auto confirmation = decode<Confirmation>(a->body);
        if (!confirmation) return std::nullopt;
        return outgoing_confirmation(routes_, row, *confirmation);
    }
    const auto message = decode<Message>(a->body);
    if (!message) return std::nullopt;
    if (const auto id = subscriber_of(row)) {
        const auto subscriber = TRY(deliveries_.subscriber(*id));
        if (!subscriber || subscriber->disabled) return std::nullopt;
        return outgoing_to_subscriber(routes_, row, *subscriber, *message);
    }
    return outgoing_to_channel(routes_, row, *message, now);
}

void Dispatcher::give_up(Delivery row, Timestamp now, std::string why) {
    row.state = DeliveryState::kGivenUp;
    row.changed = now;
    row.detail = std::move(why);
    ids_under_way_.insert(row.id);  // until it is written
    settled_.push_back(std::move(row));
}

void Dispatcher::on_result(const SendResult& result, Timestamp now, std::uint64_t random) {
    const auto found = under_way_.find(result.number);
    if (found == under_way_.end()) return;
    Delivery row = std::move(found->second);
    under_way_.erase(found);
    settle(row, result, now, random);
    settled_.push_back(std::move(row));
}

void Dispatcher::settle(Delivery& row, const SendResult& result, Timestamp now,
                        std::uint64_t random) {
    ++row.attempts;
    row.changed = now;
    row.detail = result.detail.substr(0, kSendDetailBytesMax);
    SendOutcome outcome = result.outcome;
    if (outcome == SendOutcome::kLater && row.attempts >= kAttemptsMax) {
        outcome = SendOutcome::kRefused;
        row.detail = "given up after a day: " + row.detail;
    }
    switch (outcome) {
        case SendOutcome::kDelivered: row.state = DeliveryState::kSent; break;
        case SendOutcome::kLater:
            row.state = DeliveryState::kFailed;
            row.next_try = now + backoff(row.attempts, result.retry_after, random);
            return;
        case SendOutcome::kRefused:
        case SendOutcome::kGone: row.state = DeliveryState::kGivenUp; break;
    }
    note_end(row, outcome);
}

// A recipient that fails again and again is let go, and that is said.
void Dispatcher::note_end(const Delivery& row, SendOutcome outcome) {
    if (const auto id = subscriber_of(row)) {
        subscriber_ends_[*id] = outcome;
        return;
    }
    if (!is_channel(row.lane)) return;
    int& in_a_row = given_up_in_a_row_[row.lane];
    in_a_row = outcome == SendOutcome::kDelivered ? 0 : in_a_row + 1;
    if (in_a_row < kGivenUpMax && outcome != SendOutcome::kGone) return;
    if (!switched_off_.insert(row.lane).second) return;
    notices_.push_back(row.lane +
                       " is switched off until the configuration is loaded again: " + row.detail);
}

Result<void> Dispatcher::record() {
    if (settled_.empty()) return {};
    const std::size_t n = std::min(settled_.size(), kDeliveriesPerCallMax);
    TRY(deliveries_.record(std::span(settled_).first(n)));
    for (std::size_t i = 0; i < n; ++i) ids_under_way_.erase(settled_[i].id);
    settled_.erase(settled_.begin(), settled_.begin() + static_cast<std::ptrdiff_t>(n));
    for (const auto& [id, outcome] : std::exchange(subscriber_ends_, {})) {
        TRY(record_subscriber(id, outcome));
    }
    return {};
}

Result<void> Dispatcher::record_subscriber(const SubscriberId& id, SendOutcome outcome) {
    auto subscriber = TRY(deliveries_.subscriber(id));
    if (!subscriber) return {};
    const std::int64_t before = subscriber->failures;
    subscriber->failures = outcome == SendOutcome::kDelivered ? 0 : before + 1;
    if (subscriber->failures == before) return {};
    subscriber->disabled = subscriber->failures >= kSubscriberFailuresMax;
    return deliveries_.put_subscriber(*subscriber);
}

Result<Timestamp> Dispatcher::next_wakeup(Timestamp now) {
    Timestamp earliest = TRY(deliveries_.next_due(now));
    const bool muted = now < muted_until_;
    if (!TRY(deliveries_.to_expand(now, 1, !muted)).empty()) return now;
    if (muted) earliest = earliest.ms == 0 ? muted_until_ : std::min(earliest, muted_until_);
    for (const std::string& lane : TRY(deliveries_.lanes())) {
        const auto busy = [&](const auto& entry) { return entry.second.lane == lane; };
        // A full lane wakes by its results.
        if (std::ranges::any_of(under_way_, busy)) continue;
        const Timestamp next = TRY(deliveries_.next_try(lane));
        if (next.ms != 0) earliest = earliest.ms == 0 ? next : std::min(earliest, next);
    }
    return earliest;
}

std::vector<std::string> Dispatcher::take_notices() {
    return std::exchange(notices_, {});
}

}  // namespace candor::notify
