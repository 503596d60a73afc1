#include "view/component_view.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/light.h"
#include "view/bars.h"
#include "view/maintenance_view.h"
#include "view/statuspage.h"

namespace candor::view {
namespace {

Sentence not_measured(const core::ComponentState& component, std::string_view why) {
    Sentence out;
    out.say("Not measured since ").at(component.effective).say(why);
    return out;
}

Sentence unknown_sentence(const core::ComponentState& component) {
    switch (component.cause) {
        case StatusCause::kNotMeasuredYet: return Sentence{}.say("Not measured yet.");
        case StatusCause::kSilent:
            return not_measured(component, component.evidence.kind == FailureKind::kCouldNotRun
                                               ? ": our check of it cannot run."
                                               : ": it has stopped reporting.");
        case StatusCause::kBlind:
            return not_measured(component, ": we cannot see it from where we watch.");
        case StatusCause::kMonitoringChanged:
            return not_measured(component,
                                ": the way we watch it was changed while it was failing.");
        case StatusCause::kStoreFailed:
            return not_measured(component, ": we cannot write down what we see.");
        case StatusCause::kSignals:
        case StatusCause::kHeld:
        case StatusCause::kDeclared:
        case StatusCause::kMaintenance: break;
    }
    return not_measured(component, ".");
}

Sentence trouble_sentence(const core::ComponentState& component) {
    Sentence out;
    switch (component.cause) {
        case StatusCause::kHeld:
            if (component.held_until.ms == 0) {
                return out.say("Its checks pass again; we wait to be sure.");
            }
            return out.say("Its checks pass again; we wait until ")
                .at(component.held_until)
                .say(" to be sure.");
        case StatusCause::kDeclared:
            return out.say("Declared by a person at ").at(component.changed).say(".");
        case StatusCause::kMonitoringChanged:
            return out.say("The way we watch it was changed while it was failing.");
        default: break;
    }
    if (component.evidence.kind == FailureKind::kNone) {
        return out.say("Since ").at(component.effective).say(".");
    }
    return out.say("Since ")
        .at(component.effective)
        .say(": it " + public_predicate(component.evidence) + ".");
}

// The topology's groups with the components and groups directly inside each.
class GroupTree {
   public:
    GroupTree(const Topology& topology, const std::vector<ComponentView>& components) {
        for (std::size_t i = 0; i < components.size(); ++i) {
            members_[topology.components[i].group.value].push_back(i);
        }
        for (const Group& group : topology.groups) children_[group.parent.value].push_back(&group);
    }

    // Appends the component indexes under `group` to `order` and returns the group over them.
    GroupView build(const Group* group, std::string_view prefix,
                    std::vector<std::size_t>& order) const {
        GroupView out;
        if (group != nullptr) {
            out.id = group->id;
            out.name = group->name;
            out.path = std::string(prefix) + group->name;
        }
        const std::string key = out.id.value;
        if (const auto found = members_.find(key); found != members_.end()) {
            for (const std::size_t i : found->second) {
                out.components.push_back(order.size());
                order.push_back(i);
            }
        }
        if (group == nullptr) return out;
        for (const Group* child : children_of(key)) {
            GroupView view = build(child, out.path + " - ", order);
            if (!view.components.empty() || !view.groups.empty()) {
                out.groups.push_back(std::move(view));
            }
        }
        return out;
    }

    std::vector<const Group*> children_of(const std::string& id) const {
        const auto found = children_.find(id);
        return found == children_.end() ? std::vector<const Group*>{} : found->second;
    }

   private:
    std::unordered_map<std::string, std::vector<std::size_t>> members_;
    std::unordered_map<std::string, std::vector<const Group*>> children_;
};

void roll_up(GroupView& group, std::vector<ComponentView>& components) {
    group.status = ComponentStatus::kOperational;
    std::int64_t position = 0;
    for (const std::size_t i : group.components) {
        components[i].position = ++position;
        group.status = worse_of(group.status, components[i].status);
        group.statuspage_status =
            worse_of(group.statuspage_status, components[i].statuspage_status);
    }
    for (GroupView& child : group.groups) {
        child.position = ++position;
        roll_up(child, components);
        group.status = worse_of(group.status, child.status);
        group.statuspage_status = worse_of(group.statuspage_status, child.statuspage_status);
    }
}

}  // namespace

Sentence status_sentence(const core::ComponentState& component) {
    if (core::is_drilled(component)) {
        return Sentence{}.say("Drill: this is a rehearsal, shown but not counted.");
    }
    if (component.status == ComponentStatus::kUnknown) return unknown_sentence(component);
    if (is_trouble(component.status)) return trouble_sentence(component);
    return {};
}

ComponentView build_component(const core::State& state, const Component& component,
                              const BarScale& scale, Timestamp as_of) {
    static const core::ComponentState kNever;
    const auto found = state.components.find(component.id);
    const core::ComponentState& now = found == state.components.end() ? kNever : *found->second;
    ComponentView out;
    out.id = component.id;
    out.name = component.name;
    out.description = component.description;
    out.status = now.status;
    out.statuspage_status = statuspage_status(now);
    out.cause = now.cause;
    out.drilled = core::is_drilled(now);
    out.sentence = now.cause == StatusCause::kMaintenance
                       ? maintenance_sentence(state, component.id)
                       : status_sentence(now);
    out.since = now.effective;
    out.changed = now.changed;
    out.created = now.created;
    out.bars = build_bars(now.timeline, scale, as_of);
    out.total = total_of(out.bars);
    if (out.total.measured_ms() >= kMeasuredForUptime.ms) {
        out.uptime_ppm = core::uptime_ppm(out.total);
    }
    return out;
}

std::vector<GroupView> build_groups(const Topology& topology,
                                    std::vector<ComponentView>& components) {
    const GroupTree tree(topology, components);
    std::vector<GroupView> groups;
    std::vector<std::size_t> order;
    order.reserve(components.size());
    groups.push_back(tree.build(nullptr, "", order));
    for (const Group* group : tree.children_of("")) groups.push_back(tree.build(group, "", order));
    std::erase_if(groups,
                  [](const GroupView& g) { return g.components.empty() && g.groups.empty(); });
    std::vector<ComponentView> sorted;
    sorted.reserve(order.size());
    for (const std::size_t i : order) sorted.push_back(std::move(components[i]));
    components = std::move(sorted);
    std::int64_t position = 0;
    for (GroupView& group : groups) {
        roll_up(group, components);
        if (group.id.empty()) {
            position = static_cast<std::int64_t>(group.components.size());
        } else {
            group.position = ++position;
        }
    }
    return groups;
}

}  // namespace candor::view
