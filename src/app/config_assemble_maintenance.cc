// Maintenance windows against the rest of the configuration: whom they name, and when they happen.
#include <algorithm>
#include <map>
#include <set>

#include "app/config_assemble.h"
#include "app/nearest_name.h"
#include "core/windows.h"
#include "core/words.h"

namespace candor::app {

namespace {

Mark item_mark(const Node& node, std::string_view list, std::size_t i) {
    const Node* items = node.find(list);
    return items != nullptr && i < items->items.size() ? items->items[i].mark : node.mark_of(list);
}

class Assembler {
   public:
    Assembler(const Config& config, ConfigProblems& problems)
        : topology_(config.topology), problems_(problems) {}

    void add(MaintenanceDraft& draft, Config& config) {
        check_id_is_new(draft);
        const std::vector<ComponentId> components = components_of(draft);
        check_expects(draft, components);
        if (draft.start.empty() || draft.duration.ms == 0) return;  // reported when it was read
        auto recurrence =
            engine::Recurrence::parse({draft.start, draft.duration, draft.time_zone, draft.repeat});
        if (!recurrence) {
            problems_.add(draft.node->mark_of(draft.repeat.empty() ? "start" : "repeat"),
                          recurrence.error().message);
            return;
        }
        const std::string name =
            draft.name.empty() ? "Maintenance of " + names_of(components) : draft.name;
        config.maintenances.push_back(
            {draft.id, name, draft.description, components, draft.expects, *recurrence});
    }

   private:
    void check_id_is_new(const MaintenanceDraft& draft) {
        if (draft.id.empty()) return;  // reported when it was read
        const Mark mark = draft.node->mark_of("id");
        const auto [at, fresh] = lines_.emplace(draft.id, mark.line);
        if (fresh) return;
        problems_.add(
            mark,
            "maintenance `" + draft.id + "` exists already, on line " + std::to_string(at->second),
            "give one of them another id");
    }

    template <class Things>
    bool require(const Things& things, std::string_view what, const std::string& id, Mark mark) {
        if (std::ranges::any_of(things, [&](const auto& t) { return t.id.value == id; }))
            return true;
        std::vector<std::string_view> names;
        for (const auto& thing : things) names.push_back(thing.id.value);
        std::ranges::sort(names);
        const auto near = nearest_name(id, names);
        problems_.add(
            mark, "there is no " + std::string(what) + " `" + id + "`",
            near ? "did you mean `" + std::string(*near) + "`?" : "add it, or take it out here");
        return false;
    }

    // The group and everything inside it.
    std::set<GroupId> inside(const std::string& id) const {
        std::set<GroupId> out{GroupId{id}};
        for (int depth = 0; depth < kGroupDepthMax; ++depth) {
            for (const Group& group : topology_.groups) {
                if (out.contains(group.parent)) out.insert(group.id);
            }
        }
        return out;
    }

    std::vector<ComponentId> components_of(const MaintenanceDraft& draft) {
        std::set<ComponentId> named;
        std::set<GroupId> groups;
        for (std::size_t i = 0; i < draft.components.size(); ++i) {
            const std::string& id = draft.components[i];
            if (require(topology_.components, "component", id,
                        item_mark(*draft.node, "components", i)))
                named.insert(ComponentId{id});
        }
        for (std::size_t i = 0; i < draft.groups.size(); ++i) {
            const std::string& id = draft.groups[i];
            if (require(topology_.groups, "group", id, item_mark(*draft.node, "groups", i)))
                groups.merge(inside(id));
        }
        std::vector<ComponentId> out;
        for (const Component& c : topology_.components) {
            if (named.contains(c.id) || groups.contains(c.group)) out.push_back(c.id);
        }
        if (out.empty() && draft.components.empty()) {
            problems_.add(draft.node->mark,
                          draft.groups.empty() ? "a maintenance needs `components` or `groups`"
                                               : "these `groups` hold no component",
                          "name what is worked on, like components: [directory]");
        }
        return out;
    }

    std::string names_of(const std::vector<ComponentId>& ids) const {
        std::vector<std::string> names;
        for (const Component& c : topology_.components) {
            if (std::ranges::find(ids, c.id) != ids.end()) names.push_back(c.name);
        }
        return core::list_names(names);
    }

    void check_expects(const MaintenanceDraft& draft, const std::vector<ComponentId>& components) {
        std::vector<std::string_view> known;
        for (int i = 0; i <= static_cast<int>(max_of(CheckKind{})); ++i) {
            const auto kind = static_cast<CheckKind>(i);
            if (core::may_be_expected(kind)) known.push_back(name_of(kind));
        }
        for (const Component& c : topology_.components) {
            if (std::ranges::find(components, c.id) == components.end()) continue;
            for (const CheckRule& rule : c.checks) known.push_back(rule.id.value);
        }
        std::ranges::sort(known);
        for (std::size_t i = 0; i < draft.expects.size(); ++i) {
            if (std::ranges::binary_search(known, std::string_view(draft.expects[i]))) continue;
            const auto near = nearest_name(draft.expects[i], known);
            problems_.add(item_mark(*draft.node, "expects", i),
                          "`" + draft.expects[i] +
                              "` is neither a check of these components nor a kind of check",
                          near ? "did you mean `" + std::string(*near) + "`?"
                               : "kinds are http, tcp, dns, tls, ping, command and heartbeat");
        }
    }

    const Topology& topology_;
    ConfigProblems& problems_;
    std::map<std::string, int> lines_;
};

}  // namespace

void assemble_maintenances(std::vector<MaintenanceDraft>& drafts, Config& config,
                           ConfigProblems& problems) {
    Assembler assembler(config, problems);
    for (MaintenanceDraft& draft : drafts) assembler.add(draft, config);
}

}  // namespace candor::app
