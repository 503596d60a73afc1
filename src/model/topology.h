// The decision-relevant, public half of the configuration: journalled as it is (DESIGN §4).
//
// Holds names that readers see anyway and rules; no URL, host, address or secret is a member.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "model/check.h"
#include "model/ids.h"

namespace candor {

enum class Publish : std::uint8_t { kLive, kShadow };
enum class Numbers : std::uint8_t { kBanded, kExact, kShare };

struct PageSettings {
    std::string name = "Status";
    std::string url;  // absolute, no trailing slash; "" until configured
    std::string time_zone = "Etc/UTC";
    std::string support_url;  // may be empty
    Numbers numbers = Numbers::kBanded;
    Publish publish = Publish::kLive;

    friend bool operator==(const PageSettings&, const PageSettings&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("url", self.url);
        visit("time_zone", self.time_zone);
        visit("support_url", self.support_url);
        visit("numbers", self.numbers);
        visit("publish", self.publish);
    }
};

struct IncidentSettings {
    std::int64_t min_customers = 2;
    Duration min_red = seconds(60);
    Duration explain_within = minutes(30);
    Duration update_every = minutes(60);
    Duration resolve_after = minutes(5);
    Duration tell_after = minutes(2);

    friend bool operator==(const IncidentSettings&, const IncidentSettings&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("min_customers", self.min_customers);
        visit("min_red", self.min_red);
        visit("explain_within", self.explain_within);
        visit("update_every", self.update_every);
        visit("resolve_after", self.resolve_after);
        visit("tell_after", self.tell_after);
    }
};

struct Group {
    GroupId id;
    std::string name;
    GroupId parent;  // empty at the top

    friend bool operator==(const Group&, const Group&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("name", self.name);
        visit("parent", self.parent);
    }
};

struct Component {
    ComponentId id;
    std::string name;
    std::string description;  // may be empty
    GroupId group;            // empty: no group
    std::vector<ComponentId> depends_on;
    std::vector<CheckRule> checks;

    friend bool operator==(const Component&, const Component&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("name", self.name);
        visit("description", self.description);
        visit("group", self.group);
        visit("depends_on", self.depends_on);
        visit("checks", self.checks);
    }
};

// Groups and components are in display order. Ids are unique; parents and groups exist; no cycles:
// the configuration guarantees it (app/config_validate.cc).
struct Topology {
    PageSettings page;
    IncidentSettings incidents;
    std::vector<Group> groups;
    std::vector<Component> components;

    friend bool operator==(const Topology&, const Topology&) = default;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("page", self.page);
        visit("incidents", self.incidents);
        visit("groups", self.groups);
        visit("components", self.components);
    }
};

constexpr Publish max_of(Publish) {
    return Publish::kShadow;
}
constexpr Numbers max_of(Numbers) {
    return Numbers::kShare;
}
inline std::string_view name_of(Publish p) {
    return p == Publish::kLive ? "live" : "shadow";
}
inline std::string_view name_of(Numbers n) {
    return n == Numbers::kBanded ? "banded" : n == Numbers::kExact ? "exact" : "share";
}

}  // namespace candor
