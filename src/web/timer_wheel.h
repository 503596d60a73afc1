// Deadlines of connections: one slot per tick, elements linked through themselves.
//
// Moving a deadline later, which every request does, only stores a number: the element is looked at
// when its old slot comes up and put where it belongs then. One thread; time comes in as data.
#pragma once

#include <array>
#include <cstdint>

#include "web/intrusive_list.h"

namespace candor::web {

inline constexpr std::int64_t kTimerTickMs = 100;

struct TimerTag {};

struct TimerNode : Linked<TimerTag> {
    std::int64_t due_ms = 0;
    std::int64_t slot_ms = 0;  // when it will be looked at; at most due_ms rounded up
};

class TimerWheel final {
   public:
    explicit TimerWheel(std::int64_t now_ms) : now_tick_(now_ms / kTimerTickMs) {}

    void set(TimerNode& node, std::int64_t due_ms) {
        node.due_ms = due_ms;
        if (node.is_linked()) {
            if (due_ms >= node.slot_ms) return;
            cancel(node);
        }
        link(node);
    }

    void cancel(TimerNode& node) {
        if (!node.is_linked()) return;
        Slot::remove(node);
        --count_;
    }

    bool empty() const { return count_ == 0; }

    // Calls `expired` for each node that is due; it may set, cancel or destroy any node.
    template <class Expired>
    void advance(std::int64_t now_ms, Expired&& expired) {
        const std::int64_t target = now_ms / kTimerTickMs;
        if (target - now_tick_ > kSlots) now_tick_ = target - kSlots;
        while (now_tick_ < target) {
            ++now_tick_;
            take_slot(now_ms, expired);
        }
    }

   private:
    using Slot = IntrusiveList<TimerNode, TimerTag>;
    static constexpr std::int64_t kSlots = 256;

    Slot& slot_at(std::int64_t tick) { return slots_[static_cast<std::size_t>(tick % kSlots)]; }

    void link(TimerNode& node) {
        std::int64_t tick = (node.due_ms + kTimerTickMs - 1) / kTimerTickMs;
        if (tick <= now_tick_) tick = now_tick_ + 1;
        if (tick >= now_tick_ + kSlots) tick = now_tick_ + kSlots - 1;
        node.slot_ms = tick * kTimerTickMs;
        slot_at(tick).push_back(node);
        ++count_;
    }

    template <class Expired>
    void take_slot(std::int64_t now_ms, Expired& expired) {
        Slot& slot = slot_at(now_tick_);
        while (TimerNode* node = slot.front()) {
            cancel(*node);
            if (node->due_ms > now_ms) {
                link(*node);  // never into this slot: it lies in the past
            } else {
                expired(*node);
            }
        }
    }

    std::array<Slot, kSlots> slots_;
    std::int64_t now_tick_;
    std::size_t count_ = 0;
};

}  // namespace candor::web
