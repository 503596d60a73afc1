#include "store/memory_deliveries.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "store/delivery_rules.h"
#include "store/subscriber_rows.h"

namespace candor::store {
namespace {

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return text;
}

bool is_open(const Delivery& d) {
    return d.state == DeliveryState::kWaiting || d.state == DeliveryState::kFailed;
}

class MemoryDeliveries final : public Deliveries {
   public:
    explicit MemoryDeliveries(std::shared_ptr<MemoryDeliveriesStorage> storage)
        : s_(std::move(storage)) {
        s_->failed = false;
    }

    Result<std::optional<Position>> position() override { return s_->position; }

    Result<void> take(Position position, std::span<const Announcement> add,
                      std::span<const std::uint64_t> withdraw) override {
        TRY(check_take(s_->position, position, add));
        return change([&] {
            for (const std::uint64_t number : withdraw) {
                const auto found = s_->announcements.find(number);
                if (found == s_->announcements.end()) continue;
                if (!found->second.expanded && found->second.cursor.empty()) {
                    s_->announcements.erase(found);
                }
            }
            for (const Announcement& a : add) {
                Announcement& kept = s_->announcements[++s_->last_number];
                kept = a;
                kept.number = s_->last_number;
                kept.cursor.clear();
                kept.expanded = false;
            }
            s_->position = position;
        });
    }

    Result<std::vector<Announcement>> about(const std::string& subject) override {
        std::vector<Announcement> out;
        for (const auto& [number, a] : s_->announcements) {
            if (a.subject != subject) continue;
            out.push_back(a);
            out.back().body.clear();
        }
        return out;
    }

    Result<std::vector<Announcement>> to_expand(Timestamp now, std::size_t limit,
                                                bool with_calls) override {
        std::vector<Announcement> out;
        for (const auto& [number, a] : s_->announcements) {
            if (!with_calls && a.audience == Audience::kOnCall) continue;
            if (!a.expanded && a.due <= now && out.size() < limit) out.push_back(a);
        }
        return out;
    }

    Result<Timestamp> next_due(Timestamp now) override {
        Timestamp earliest;
        for (const auto& [number, a] : s_->announcements) {
            if (a.expanded || a.due <= now) continue;
            earliest = earliest.ms == 0 ? a.due : std::min(earliest, a.due);
        }
        return earliest;
    }

    Result<std::optional<Announcement>> announcement(std::uint64_t number) override {
        const auto found = s_->announcements.find(number);
        if (found == s_->announcements.end()) return std::nullopt;
        return found->second;
    }

    Result<void> expand(std::uint64_t number, std::span<const Delivery> rows,
                        const std::string& cursor, bool expanded) override {
        TRY(check_rows(rows));
        const auto found = s_->announcements.find(number);
        if (found == s_->announcements.end()) {
            return fail(ErrorCode::kNotFound,
                        "there is no announcement " + std::to_string(number) + " to expand");
        }
        return change([&] {
            for (Delivery row : rows) {
                row.announcement = number;
                s_->deliveries.try_emplace(row.id, row);
            }
            found->second.cursor = cursor;
            found->second.expanded = expanded;
        });
    }

    Result<std::vector<Delivery>> due(const std::string& lane, Timestamp now,
                                      std::size_t limit) override {
        std::vector<Delivery> out;
        for (const auto& [id, d] : s_->deliveries) {
            if (d.lane == lane && d.next_try <= now && is_open(d) && !waits_for_another(d)) {
                out.push_back(d);
            }
        }
        std::ranges::stable_sort(out, {}, &Delivery::next_try);
        if (out.size() > limit) out.resize(limit);
        return out;
    }

    Result<Timestamp> next_try(const std::string& lane) override {
        std::optional<Timestamp> earliest;
        for (const auto& [id, d] : s_->deliveries) {
            if (d.lane != lane || !is_open(d) || waits_for_another(d)) continue;
            earliest = earliest ? std::min(*earliest, d.next_try) : d.next_try;
        }
        return earliest.value_or(Timestamp{});
    }

    Result<std::vector<std::string>> lanes() override {
        std::set<std::string> out;
        for (const auto& [id, d] : s_->deliveries) {
            if (is_open(d)) out.insert(d.lane);
        }
        return std::vector<std::string>(out.begin(), out.end());
    }

    Result<void> record(std::span<const Delivery> rows,
                        std::span<const LaneTrouble> lanes) override {
        TRY(check_rows(rows));
        TRY(check_lanes(lanes));
        if (rows.empty() && lanes.empty()) return {};
        return change([&] {
            for (const LaneTrouble& trouble : lanes) {
                if (trouble.given_up == 0) s_->troubles.erase(trouble.lane);
                if (trouble.given_up > 0) s_->troubles[trouble.lane] = trouble;
            }
            for (const Delivery& row : rows) {
                const auto found = s_->deliveries.find(row.id);
                if (found == s_->deliveries.end()) continue;
                Delivery& d = found->second;
                d.state = row.state;
                d.attempts = row.attempts;
                d.next_try = row.next_try;
                d.changed = row.changed;
                d.detail = row.detail;
            }
        });
    }

    Result<std::vector<LaneTrouble>> lane_troubles() override {
        std::vector<LaneTrouble> out;
        for (const auto& [lane, trouble] : s_->troubles) out.push_back(trouble);
        return out;
    }

    Result<std::vector<Delivery>> newest(std::size_t limit) override {
        std::vector<Delivery> out;
        for (const auto& [id, d] : s_->deliveries) out.push_back(d);
        std::ranges::stable_sort(out, std::greater{}, &Delivery::announcement);
        if (out.size() > limit) out.resize(limit);
        return out;
    }

    Result<DeliveryCounts> counts() override {
        DeliveryCounts out;
        for (const auto& [id, d] : s_->deliveries) {
            out.waiting += is_open(d) ? 1 : 0;
            out.failed += d.state == DeliveryState::kFailed ? 1 : 0;
            out.sent += d.state == DeliveryState::kSent ? 1 : 0;
            out.given_up += d.state == DeliveryState::kGivenUp ? 1 : 0;
        }
        out.subscribers = s_->subscribers.size();
        for (const auto& [id, s] : s_->subscribers) out.disabled_subscribers += s.disabled ? 1 : 0;
        return out;
    }

    Result<void> put_subscriber(const Subscriber& subscriber) override {
        TRY(check_subscriber(subscriber));
        return change([&] {
            std::erase_if(s_->subscribers, [&](const auto& entry) {
                return lower(entry.second.address) == lower(subscriber.address);
            });
            s_->subscribers[subscriber.id] = subscriber;
        });
    }

    Result<void> remove_subscriber(const SubscriberId& id) override {
        return change([&] {
            s_->subscribers.erase(id);
            for (auto& [key, d] : s_->deliveries) {
                if (d.recipient != recipient_of(id) || !is_open(d)) continue;
                d.state = DeliveryState::kGivenUp;
                d.detail = "unsubscribed";
            }
        });
    }

    Result<std::optional<Subscriber>> subscriber(const SubscriberId& id) override {
        const auto found = s_->subscribers.find(id);
        if (found == s_->subscribers.end()) return std::nullopt;
        return found->second;
    }

    Result<std::optional<Subscriber>> subscriber_at(const std::string& address) override {
        for (const auto& [id, s] : s_->subscribers) {
            if (lower(s.address) == lower(address)) return s;
        }
        return std::nullopt;
    }

    Result<std::vector<Subscriber>> subscribers(const SubscriberId& after,
                                                std::size_t limit) override {
        std::vector<Subscriber> out;
        for (auto i = s_->subscribers.upper_bound(after);
             i != s_->subscribers.end() && out.size() < limit; ++i) {
            out.push_back(i->second);
        }
        return out;
    }

    Result<void> forget_subject(const std::string& subject) override {
        return change([&] {
            const auto is_about = [&](std::uint64_t number) {
                const auto found = s_->announcements.find(number);
                return found != s_->announcements.end() && found->second.subject == subject;
            };
            std::erase_if(s_->deliveries,
                          [&](const auto& entry) { return is_about(entry.second.announcement); });
            std::erase_if(s_->announcements,
                          [&](const auto& entry) { return entry.second.subject == subject; });
        });
    }

    Result<bool> forget(Timestamp before, std::size_t limit) override {
        std::vector<std::uint64_t> numbers;
        for (const auto& [number, a] : s_->announcements) {
            if (numbers.size() == limit) break;
            if (a.expanded && a.due < before && !has_open_rows(number)) numbers.push_back(number);
        }
        if (numbers.empty()) return false;
        TRY(change([&] {
            for (const std::uint64_t number : numbers) {
                s_->announcements.erase(number);
                std::erase_if(s_->deliveries,
                              [&](const auto& d) { return d.second.announcement == number; });
            }
        }));
        return numbers.size() >= limit;
    }

   private:
    const std::string& subject_of(const Delivery& d) const {
        return s_->announcements.at(d.announcement).subject;
    }
    bool waits_for_another(const Delivery& d) const {
        return std::ranges::any_of(s_->deliveries, [&](const auto& entry) {
            const Delivery& other = entry.second;
            return other.announcement < d.announcement && other.recipient == d.recipient &&
                   is_open(other) && subject_of(other) == subject_of(d);
        });
    }
    bool has_open_rows(std::uint64_t number) const {
        return std::ranges::any_of(s_->deliveries, [&](const auto& entry) {
            return entry.second.announcement == number && is_open(entry.second);
        });
    }

    Result<void> change(const std::function<void()>& body) {
        const bool strikes = s_->fault_in > 0 && --s_->fault_in == 0;
        if (s_->failed) return fail(ErrorCode::kIo, "the store failed earlier");
        if (!strikes || s_->fault_after) body();
        if (!strikes) return {};
        s_->failed = true;
        return fail(ErrorCode::kIo, "an injected fault");
    }

    std::shared_ptr<MemoryDeliveriesStorage> s_;
};

}  // namespace

Result<std::unique_ptr<Deliveries>> open_memory_deliveries(
    std::shared_ptr<MemoryDeliveriesStorage> storage) {
    return std::make_unique<MemoryDeliveries>(std::move(storage));
}

}  // namespace candor::store
