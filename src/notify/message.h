// What one announcement says, in public words only.
//
// Made from the view types, which cannot hold a customer, host or target (rule 13); every encoder
// turns this and nothing else into bytes. Stored as encoded bytes beside its deliveries, so what
// was announced does not change when the page moves on: the field order is frozen while deliveries
// of an older version may wait (docs/notify.md). Plain value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/status.h"

namespace candor::notify {

// The numbers are stored.
enum class NewsKind : std::uint8_t {
    kOpened,
    kReopened,
    kWorse,
    kPost,  // a person wrote
    kResolved,
    kFalseAlarm,
    kOverdue,  // a person owes words and has not given them
    kTest,     // nothing happened: an operator tries the way
    kCall,     // the next person on call is to answer for it
};

std::string_view name_of(NewsKind);  // "opened", "post", …
constexpr NewsKind max_of(NewsKind) {
    return NewsKind::kCall;
}

struct MessagePage {
    std::string id;
    std::string name;
    std::string url;  // may be empty
    std::string time_zone;
    Indicator indicator = Indicator::kNone;
    std::string description;  // Statuspage's label

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("name", self.name);
        visit("url", self.url);
        visit("time_zone", self.time_zone);
        visit("indicator", self.indicator);
        visit("description", self.description);
    }
};

struct MessageComponent {
    ComponentId id;
    std::string name;
    ComponentStatus status = ComponentStatus::kOperational;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("id", self.id);
        visit("name", self.name);
        visit("status", self.status);
    }
};

struct Message {
    NewsKind kind = NewsKind::kOpened;
    Position position = 0;
    Timestamp at;
    MessagePage page;
    IncidentId incident;
    std::string title;
    IncidentPhase phase = IncidentPhase::kInvestigating;
    IncidentImpact impact = IncidentImpact::kNone;
    ComponentStatus worst = ComponentStatus::kOperational;
    Timestamp started;
    Timestamp resolved_at;      // zero: open
    Timestamp next_update_due;  // zero: none owed
    std::string affected_words;
    std::vector<MessageComponent> components;
    // Only those who chose one of these are concerned; empty: everybody.
    std::vector<ComponentId> only;
    std::string text;  // the newest post; a person's may hold Markdown
    Origin text_origin = Origin::kMachine;
    std::string incident_json;  // Statuspage's incident object
    bool drill = false;         // a rehearsal; the title says so as well
    IncidentId merged_into;     // it goes on there
    // For this step of on_call, from 1; zero: for whoever asked to be told.
    std::int64_t call_step = 0;
    // Where the reader takes it on; made when it is sent, so it is no part of what is stored.
    std::string answer_url = {};

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("kind", self.kind);
        visit("position", self.position);
        visit("at", self.at);
        visit("page", self.page);
        visit("incident", self.incident);
        visit("title", self.title);
        visit("phase", self.phase);
        visit("impact", self.impact);
        visit("worst", self.worst);
        visit("started", self.started);
        visit("resolved_at", self.resolved_at);
        visit("next_update_due", self.next_update_due);
        visit("affected_words", self.affected_words);
        visit("components", self.components);
        visit("only", self.only);
        visit("text", self.text);
        visit("text_origin", self.text_origin);
        visit("incident_json", self.incident_json);
        visit("drill", self.drill);
        visit("merged_into", self.merged_into);
        visit("call_step", self.call_step);
    }
};

}  // namespace candor::notify
