#include "tests/scenarios/always.h"

#include <algorithm>
#include <array>

#include "core/incidents.h"
#include "core/join.h"
#include "core/light.h"
#include "core/windows.h"

namespace candor::scenarios {
namespace {

// What no word of ours may hold: where targets are, and what nobody wants to read.
std::string unwanted_in(const std::string& text) {
    constexpr std::array<std::string_view, 5> kNever{".example", "://", "192.0.2.", "inconvenience",
                                                     "apolog"};
    for (const std::string_view never : kNever) {
        if (text.find(never) != std::string::npos) {
            return "rule 13: \"" + text + "\" says \"" + std::string(never) + "\"";
        }
    }
    return "";
}

std::string broken_component(const core::State& state, const Component& definition) {
    const core::ComponentState& c = *state.components.at(definition.id);
    const std::string who = "`" + definition.id.value + "`";
    if (core::needs_words(c) && !core::incident_naming(state, definition.id)) {
        return "rule 3: " + who + " is " + std::string(name_of(c.status)) + " without an incident";
    }
    const core::Windows windows(state, definition.id);
    for (const CheckRule& rule : definition.checks) {
        const VerdictChange& v = state.checks.at(rule.id).last;
        const bool fails = v.verdict == Verdict::kFail && v.scope.is_all();
        if (fails && windows.expect(rule)) {
            if (c.status == ComponentStatus::kOperational) {
                return "rule 8: " + who + " is operational while " + rule.id.value + " fails";
            }
            continue;
        }
        if (fails && (!is_trouble(c.status) || c.status < rule.severity)) {
            return "rule 1: " + who + " is better than its check " + rule.id.value + " says";
        }
        if (c.status == ComponentStatus::kOperational && v.verdict != Verdict::kPass &&
            v.scope.is_all()) {
            return "rule 5: " + who + " is operational while " + rule.id.value + " is " +
                   std::string(name_of(v.verdict));
        }
    }
    return "";
}

std::string broken_incident(const core::IncidentState& incident) {
    if (incident.machine_posts_since_human > core::kMachinePostsMax) {
        return "rule 10: more machine posts than allowed";
    }
    if (const std::string bad = unwanted_in(incident.title); !bad.empty()) return bad;
    for (const core::UpdateState& update : incident.updates) {
        if (const std::string bad = unwanted_in(update.text); !bad.empty()) return bad;
    }
    return "";
}

}  // namespace

std::string broken_in(const core::State& state) {
    for (const Component& component : state.topology->components) {
        const std::string bad = broken_component(state, component);
        if (!bad.empty()) return bad;
    }
    for (const IncidentId& id : state.open_incidents) {
        const std::string bad = broken_incident(*state.incidents.at(id));
        if (!bad.empty()) return bad;
    }
    return "";
}

std::string broken_on(const view::PublicView& page) {
    const bool components_work = std::ranges::all_of(
        page.components,
        [](const view::ComponentView& c) { return c.status == ComponentStatus::kOperational; });
    const bool green = page.banner.all_good || page.banner.headline == "Everything is working.";
    if (green && (!components_work || !page.open.empty())) {
        return "rule 2: a green banner beside trouble";
    }
    for (const view::ComponentView& c : page.components) {
        if (c.statuspage_status == ComponentStatus::kUnknown) {
            return "rule 5: Statuspage's JSON would say unknown";
        }
        const bool silent = c.cause == StatusCause::kSilent;
        if (silent && c.statuspage_status == ComponentStatus::kOperational) {
            return "rule 5: operational on silence";
        }
    }
    const std::string banner = page.banner.headline + " " + page.banner.detail.plain(page.as_of);
    return unwanted_in(banner);
}

}  // namespace candor::scenarios
