#include "web/network_cap.h"

#include <algorithm>
#include <utility>

namespace candor::web {

NetworkCap::Places::iterator NetworkCap::find(Places& places, const Holder& holder) {
    return std::ranges::find_if(places, [&](const Place& place) {
        return place.holder.worker == holder.worker &&
               place.holder.ticket.slot == holder.ticket.slot &&
               place.holder.ticket.generation == holder.ticket.generation;
    });
}

NetworkCap::Entrance NetworkCap::enter(const Network& network, Holder newcomer) {
    const std::lock_guard lock(mutex_);
    Places& places = held_[network];
    Entrance entrance;
    if (places.size() >= most_) {
        const auto oldest = std::ranges::find_if(places, &Place::idle);
        if (oldest == places.end()) return entrance;
        entrance.evicted = std::move(oldest->holder);
        places.erase(oldest);
    }
    places.push_back({.holder = std::move(newcomer), .idle = true});
    entrance.entered = true;
    return entrance;
}

void NetworkCap::set_idle(const Network& network, const Holder& holder, bool idle) {
    const std::lock_guard lock(mutex_);
    const auto known = held_.find(network);
    if (known == held_.end()) return;
    Places& places = known->second;
    const auto at = find(places, holder);
    if (at == places.end()) return;
    at->idle = idle;
    std::rotate(at, at + 1, places.end());
}

void NetworkCap::leave(const Network& network, const Holder& holder) {
    const std::lock_guard lock(mutex_);
    const auto known = held_.find(network);
    if (known == held_.end()) return;
    const auto at = find(known->second, holder);
    if (at != known->second.end()) known->second.erase(at);
    if (known->second.empty()) held_.erase(known);
}

}  // namespace candor::web
