#include "app/config_assemble.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "app/config_notify.h"
#include "app/config_schema.h"
#include "app/config_value.h"
#include "app/nearest_name.h"

namespace candor::app {

namespace {

// Ids of one sort of thing and the place of each.
class IdTable {
   public:
    IdTable(std::string_view what, ConfigProblems& problems) : what_(what), problems_(problems) {}

    void add(const std::string& id, const Node& node) {
        if (id.empty()) return;  // reported when it was read
        const Mark mark = node.mark_of("id");
        const auto [at, fresh] = index_.emplace(id, index_.size());
        if (!fresh) {
            problems_.add(mark,
                          what_ + " `" + id + "` exists already, on line " +
                              std::to_string(lines_[at->second]),
                          "give one of them another id");
            return;
        }
        lines_.push_back(mark.line);
    }

    bool knows(const std::string& id) const { return index_.contains(id); }

    // Complains at `mark` unless `id` is known.
    bool require(const std::string& id, Mark mark) const {
        if (knows(id)) return true;
        std::vector<std::string_view> names;
        for (const auto& [name, at] : index_) names.push_back(name);
        std::ranges::sort(names);
        const auto near = nearest_name(id, names);
        problems_.add(
            mark, "there is no " + what_ + " `" + id + "`",
            near ? "did you mean `" + std::string(*near) + "`?" : "add it, or take it out here");
        return false;
    }

   private:
    std::string what_;
    ConfigProblems& problems_;
    std::unordered_map<std::string, std::size_t> index_;
    std::vector<int> lines_;
};

Mark item_mark(const Node& node, std::string_view list, std::size_t i) {
    const Node* items = node.find(list);
    return items != nullptr && i < items->items.size() ? items->items[i].mark : node.mark_of(list);
}

void assemble_groups(std::vector<GroupDraft>& drafts, Config& config, IdTable& ids,
                     ConfigProblems& problems) {
    for (const GroupDraft& draft : drafts) ids.add(draft.id, *draft.node);
    std::map<std::string, const GroupDraft*> by_id;
    for (const GroupDraft& draft : drafts) by_id.emplace(draft.id, &draft);
    for (GroupDraft& draft : drafts) {
        const Mark mark = draft.node->mark_of("parent");
        if (!draft.parent.empty() && ids.require(draft.parent, mark)) {
            int depth = 1;
            const GroupDraft* up = by_id.at(draft.parent);
            while (up != nullptr && up->id != draft.id && depth <= kGroupDepthMax) {
                const auto next = by_id.find(up->parent);
                up = up->parent.empty() || next == by_id.end() ? nullptr : next->second;
                ++depth;
            }
            if (up != nullptr && up->id == draft.id) {
                problems.add(mark, "group `" + draft.id + "` is inside itself",
                             "remove one `parent` of the circle");
            } else if (depth > kGroupDepthMax) {
                problems.add(mark,
                             "group `" + draft.id + "` is nested deeper than " +
                                 std::to_string(kGroupDepthMax) + " groups",
                             "a page that deep cannot be read: flatten it");
            }
        }
    }
    for (GroupDraft& draft : drafts) {
        config.topology.groups.push_back(
            {GroupId{draft.id}, std::move(draft.name), GroupId{draft.parent}});
    }
}

// Depth-first search with an explicit stack; reports the edge that closes a circle.
class CycleSearch {
   public:
    CycleSearch(const std::vector<ComponentDraft>& drafts, ConfigProblems& problems)
        : drafts_(drafts), problems_(problems), state_(drafts.size(), State::kNew) {
        for (std::size_t i = 0; i < drafts.size(); ++i) index_.emplace(drafts[i].id, i);
    }

    void run() {
        for (std::size_t i = 0; i < drafts_.size(); ++i) {
            if (state_[i] == State::kNew) from(i);
        }
    }

   private:
    enum class State : std::uint8_t { kNew, kOpen, kDone };
    struct Step {
        std::size_t at;
        std::size_t next = 0;
    };

    void from(std::size_t start) {
        std::vector<Step> path{{start}};
        state_[start] = State::kOpen;
        while (!path.empty()) {
            Step& step = path.back();
            const ComponentDraft& draft = drafts_[step.at];
            if (step.next >= draft.depends_on.size()) {
                state_[step.at] = State::kDone;
                path.pop_back();
                continue;
            }
            const std::size_t edge = step.next++;
            const auto to = index_.find(draft.depends_on[edge]);
            if (to == index_.end()) continue;
            if (state_[to->second] == State::kOpen) {
                report(path, to->second);
            } else if (state_[to->second] == State::kNew) {
                state_[to->second] = State::kOpen;
                path.push_back({to->second});
            }
        }
    }

    void report(const std::vector<Step>& path, std::size_t back_to) {
        std::string circle;
        bool inside = false;
        for (const Step& step : path) {
            inside = inside || step.at == back_to;
            if (inside) circle += drafts_[step.at].id + " → ";
        }
        const ComponentDraft& last = drafts_[path.back().at];
        problems_.add(
            item_mark(*last.node, "depends_on", path.back().next - 1),
            "components depend on each other in a circle: " + circle + drafts_[back_to].id,
            "remove one of these `depends_on`");
    }

    const std::vector<ComponentDraft>& drafts_;
    ConfigProblems& problems_;
    std::vector<State> state_;
    std::unordered_map<std::string, std::size_t> index_;
};

bool is_anchor_id(std::string_view id) {
    return id.starts_with("anchor-") && id.size() > 7 &&
           id.find_first_not_of("0123456789", 7) == std::string_view::npos;
}

void assemble_checks(ComponentDraft& draft, Component& component, IdTable& check_ids,
                     Config& config, ConfigProblems& problems) {
    for (CheckDraft& check : draft.checks) {
        check_ids.add(check.id, *check.node);
        if (is_anchor_id(check.id)) {
            problems.add(check.node->mark_of("id"), "ids like anchor-1 are the observer's own",
                         "give the check another id");
        }
        CheckSpec spec = assemble_check(std::move(check), component.id, problems);
        if (auto* outcomes = std::get_if<OutcomesTarget>(&spec.target)) {
            outcomes->customers_min = config.topology.incidents.min_customers;
        }
        component.checks.push_back(spec.rule);
        config.checks.push_back(std::move(spec));
    }
}

void assemble_components(std::vector<ComponentDraft>& drafts, const IdTable& groups, Config& config,
                         ConfigProblems& problems) {
    IdTable ids("component", problems);
    IdTable check_ids("check", problems);
    for (const ComponentDraft& draft : drafts) ids.add(draft.id, *draft.node);
    for (ComponentDraft& draft : drafts) {
        Component component;
        component.id = ComponentId{draft.id};
        component.name = draft.name;
        component.description = draft.description;
        component.group = GroupId{draft.group};
        if (!draft.group.empty()) groups.require(draft.group, draft.node->mark_of("group"));
        for (std::size_t i = 0; i < draft.depends_on.size(); ++i) {
            ids.require(draft.depends_on[i], item_mark(*draft.node, "depends_on", i));
            component.depends_on.push_back(ComponentId{draft.depends_on[i]});
        }
        assemble_checks(draft, component, check_ids, config, problems);
        config.topology.components.push_back(std::move(component));
    }
    if (config.checks.size() > static_cast<std::size_t>(kChecksMax)) {
        problems.add({}, "there are " + std::to_string(config.checks.size()) + " checks; at most " +
                             std::to_string(kChecksMax) + " are allowed in all");
    }
    CycleSearch(drafts, problems).run();
}

bool is_wildcard(const ListenAddress& address) {
    return address.host == "0.0.0.0" || address.host == "::";
}

void judge_listen(const ListenSettings& listen, const Node& root, ConfigProblems& problems) {
    const Node* node = root.find("listen");
    const std::pair<std::string_view, const ListenAddress*> all[] = {
        {"public", &listen.public_pages}, {"intake", &listen.intake}, {"console", &listen.console}};
    for (std::size_t i = 0; i < std::size(all); ++i) {
        for (std::size_t k = i + 1; k < std::size(all); ++k) {
            const auto& [first, a] = all[i];
            const auto& [second, b] = all[k];
            if (a->port == 0 || a->port != b->port) continue;
            const std::string names =
                "`" + std::string(first) + "` and `" + std::string(second) + "`";
            const Mark mark = node == nullptr ? root.mark : node->mark_of(second);
            if (a->host == b->host) {
                if (is_loopback(a->host)) continue;
                problems.add(
                    mark, names + " share " + format_address(*a),
                    "sharing an address is allowed on loopback only: give one another port");
            } else if (is_wildcard(*a) || is_wildcard(*b)) {
                problems.add(mark, names + " collide on port " + std::to_string(a->port),
                             format_address(is_wildcard(*a) ? *a : *b) +
                                 " takes that port on every address: give one another port");
            }
        }
    }
}

PerImpact by_impact(const std::optional<PromiseDraft>& promise, Duration otherwise) {
    if (!promise) return PerImpact::all(otherwise);
    return {promise->critical.value_or(otherwise), promise->major.value_or(otherwise),
            promise->minor.value_or(otherwise)};
}

std::optional<ClockRules> assemble_clocks(const IncidentDraft& draft) {
    if (!draft.explain_by_impact && !draft.update_by_impact) return std::nullopt;
    return ClockRules{by_impact(draft.explain_by_impact, draft.explain_within),
                      by_impact(draft.update_by_impact, draft.update_every)};
}

}  // namespace

Config assemble_config(ConfigDraft draft, ConfigProblems& problems) {
    Config config;
    config.topology.page = std::move(draft.page);
    config.topology.incidents = draft.incidents;
    config.clocks = assemble_clocks(draft.incidents);
    config.listen = draft.listen;
    judge_listen(config.listen, *draft.node, problems);
    if (draft.storage.url.starts_with("sqlite:"))
        config.storage.folder = draft.storage.url.substr(7);
    config.storage.keep_observations = draft.storage.keep_observations;
    for (const std::string& anchor : draft.observer.anchors) {
        config.observer.anchors.push_back(
            assemble_anchor(anchor, config.observer.anchors.size() + 1));
    }
    IdTable group_ids("group", problems);
    assemble_groups(draft.groups, config, group_ids, problems);
    assemble_components(draft.components, group_ids, config, problems);
    assemble_maintenances(draft.maintenance, config, problems);
    assemble_network(draft, config, problems);
    assemble_notify(std::move(draft.notify), std::move(draft.subscribers), config, problems);
    assemble_rotations(draft.rotations, config, problems);
    assemble_on_call(draft.on_call, config, problems);
    config.watchdog = std::move(draft.watchdog);
    return config;
}

}  // namespace candor::app
