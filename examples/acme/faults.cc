#include "acme/faults.h"

#include <utility>

namespace acme {
namespace {

constexpr std::array kNames = {
    std::pair{"down", Fault::kDown}, std::pair{"latency", Fault::kLatency},
    std::pair{"errors", Fault::kErrors}, std::pair{"flap", Fault::kFlap}};

}  // namespace

std::optional<Fault> fault_named(std::string_view name) {
    for (const auto& [text, fault] : kNames) {
        if (name == text) return fault;
    }
    return std::nullopt;
}

void Faults::set(Area area, Fault fault) {
    const std::lock_guard lock(mutex_);
    areas_[index_of(area)] = {fault, Clock::now()};
}

void Faults::set_name_server_broken() {
    const std::lock_guard lock(mutex_);
    name_server_broken_ = true;
}

void Faults::heal() {
    const std::lock_guard lock(mutex_);
    areas_ = {};
    name_server_broken_ = false;
    healed_.notify_all();
}

bool Faults::refuses_connections(Area area) const {
    const std::lock_guard lock(mutex_);
    const State& state = areas_[index_of(area)];
    if (state.fault == Fault::kFlap) return (Clock::now() - state.since) / kFlapHalfPeriod % 2 == 0;
    return state.fault == Fault::kDown;
}

bool Faults::answers_errors(Area area) const {
    const std::lock_guard lock(mutex_);
    return areas_[index_of(area)].fault == Fault::kErrors;
}

bool Faults::name_server_broken() const {
    const std::lock_guard lock(mutex_);
    return name_server_broken_;
}

void Faults::hold_back(Area area) {
    std::unique_lock lock(mutex_);
    const State& state = areas_[index_of(area)];
    if (state.fault != Fault::kLatency) return;
    healed_.wait_for(lock, kAddedLatency, [&] { return state.fault != Fault::kLatency; });
}

std::string Faults::describe() const {
    const std::lock_guard lock(mutex_);
    std::string out;
    for (Area area : kAreas) {
        for (const auto& [text, fault] : kNames) {
            if (areas_[index_of(area)].fault != fault) continue;
            out +=
                (out.empty() ? "\"" : ",\"") + std::string(name_of(area)) + "\":\"" + text + "\"";
        }
    }
    if (name_server_broken_) out += std::string(out.empty() ? "" : ",") + "\"dns\":\"broken\"";
    return "{" + out + "}";
}

}  // namespace acme
