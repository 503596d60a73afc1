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

LaneTrouble healthy(const std::string& lane) {
    LaneTrouble out;
    out.lane = lane;
    return out;
}

const Channel* channel_of(const Routes& routes, const std::string& lane) {
    const auto found = std::ranges::find_if(
        routes.channels, [&](const Channel& c) { return lane_of_channel(c.id) == lane; });
    return found == routes.channels.end() ? nullptr : &*found;
}

constexpr const char* kSwitchedOff = "the channel is switched off after repeated failures";

std::size_t window_of(const std::string& lane) {
    return is_channel(lane) ? kChannelWindow : kSubscriberWindow;
}

}  // namespace

Dispatcher::Dispatcher(Deliveries& deliveries, Routes routes, std::uint64_t numbers_after)
    : deliveries_(deliveries),
      routes_(std::move(routes)),
      last_number_(numbers_after),
      configured_(routes_.on_call) {}

void Dispatcher::set_routes(Routes routes) {
    routes_ = std::move(routes);
    configured_ = routes_.on_call;
    routes_.on_call = with_hand_overrides(configured_, by_hand_);
    forget_changed_channels();
}

Result<void> Dispatcher::start() {
    for (LaneTrouble& trouble : TRY(deliveries_.lane_troubles())) {
        std::string lane = trouble.lane;
        troubles_.insert_or_assign(std::move(lane), std::move(trouble));
    }
    forget_changed_channels();
    return record();
}

// What was wrong with a channel says nothing of one that was changed, or is gone.
void Dispatcher::forget_changed_channels() {
    std::vector<std::string> changed;
    for (const auto& [lane, trouble] : troubles_) {
        const Channel* channel = channel_of(routes_, lane);
        if (channel == nullptr || channel->definition != trouble.definition) {
            changed.push_back(lane);
        }
    }
    for (const std::string& lane : changed) forget_trouble(lane);
}

void Dispatcher::forget_trouble(const std::string& lane) {
    if (troubles_.erase(lane) > 0) changed_lanes_.insert(lane);
}

void Dispatcher::switch_on(const std::string& lane, Timestamp at) {
    const auto found = troubles_.find(lane);
    if (found != troubles_.end() && found->second.switched_off <= at) forget_trouble(lane);
}

bool Dispatcher::is_off(const std::string& lane) const {
    const auto found = troubles_.find(lane);
    return found != troubles_.end() && found->second.switched_off.ms != 0;
}

void Dispatcher::set_hand_overrides(std::vector<HandOverride> by_hand) {
    if (by_hand == by_hand_) return;
    by_hand_ = std::move(by_hand);
    routes_.on_call = with_hand_overrides(configured_, by_hand_);
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
            if (!is_off(row.lane)) continue;
            row.state = DeliveryState::kGivenUp;
            row.detail = kSwitchedOff;
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
        if (is_off(lane)) {
            give_up(std::move(row), now, kSwitchedOff);
            continue;
        }
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
    if (is_channel(row.lane)) note_channel(row, outcome);
}

void Dispatcher::note_channel(const Delivery& row, SendOutcome outcome) {
    const Channel* channel = channel_of(routes_, row.lane);
    // What was under way still when it was switched off changes nothing.
    if (channel == nullptr || is_off(row.lane)) return;
    if (outcome == SendOutcome::kDelivered) return forget_trouble(row.lane);
    LaneTrouble& trouble = troubles_[row.lane];
    trouble.lane = row.lane;
    trouble.definition = channel->definition;
    trouble.reason = row.detail;
    ++trouble.given_up;
    changed_lanes_.insert(row.lane);
    if (trouble.given_up < kGivenUpMax && outcome != SendOutcome::kGone) return;
    trouble.switched_off = row.changed;
    notices_.push_back(row.lane + " is switched off: " + row.detail +
                       "; mend it, then switch it on again under Deliveries in the console");
}

// One with nothing given up is forgotten.
std::vector<LaneTrouble> Dispatcher::changed_troubles() const {
    std::vector<LaneTrouble> out;
    for (const std::string& lane : changed_lanes_) {
        const auto found = troubles_.find(lane);
        out.push_back(found == troubles_.end() ? healthy(lane) : found->second);
    }
    return out;
}

Result<void> Dispatcher::record() {
    if (settled_.empty() && changed_lanes_.empty()) return {};
    const std::size_t n = std::min(settled_.size(), kDeliveriesPerCallMax);
    TRY(deliveries_.record(std::span(settled_).first(n), changed_troubles()));
    changed_lanes_.clear();
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
