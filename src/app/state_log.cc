#include "app/state_log.h"

#include "app/log.h"

namespace candor::app {
namespace {

bool is_open(const core::State& state, const IncidentId& id) {
    const auto found = state.incidents.find(id);
    return found != state.incidents.end() && found->second->is_open();
}

}  // namespace

void StateLog::note(const engine::Published& published) {
    if (published.stats.blind != blind_) {
        blind_ = published.stats.blind;
        if (blind_) {
            log_warn("blind", {{"message", "anchors or most targets fail at once: our own sight"}});
        } else {
            log_info("sees again");
        }
    }
    if (published.state == last_) return;
    note_components(*published.state);
    note_incidents(*published.state);
    last_ = published.state;
}

void StateLog::note_components(const core::State& now) {
    for (const auto& [id, component] : now.components) {
        const auto before = last_->components.find(id);
        const bool known = before != last_->components.end();
        if (known && before->second->status == component->status) continue;
        const bool well = component->status == ComponentStatus::kOperational;
        if (!known && (well || component->status == ComponentStatus::kUnknown)) continue;
        const LogFields fields = {{"component", id.value},
                                  {"status", std::string(name_of(component->status))},
                                  {"check", component->check.value},
                                  {"why", std::string(name_of(component->evidence.kind))},
                                  {"since", format_rfc3339(component->effective)}};
        if (well) {
            log_info("status", fields);
        } else {
            log_warn("status", fields);
        }
    }
}

void StateLog::note_incidents(const core::State& now) {
    for (const IncidentId& id : now.open_incidents) {
        if (!is_open(*last_, id)) log_warn("incident opened", {{"incident", id.value}});
    }
    for (const IncidentId& id : last_->open_incidents) {
        if (!is_open(now, id)) log_info("incident resolved", {{"incident", id.value}});
    }
}

}  // namespace candor::app
