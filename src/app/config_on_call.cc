// The fields of `on_call`, and what its steps must be to each other and to the channels.
#include <algorithm>

#include "app/config_draft.h"
#include "app/config_notify.h"
#include "app/config_schema.h"
#include "app/config_store.h"
#include "app/nearest_name.h"

namespace candor::app {
namespace {

constexpr Field kCallStepFields[] = {
    {.name = "after",
     .type = FieldType::kDuration,
     .doc = "So long after the opening, unless a person has taken the incident on or written.",
     .required = true,
     .min = 0,
     .max = hours(24).ms,
     .example = "15m",
     .store = store<&CallStepDraft::after>},
    {.name = "notify",
     .type = FieldType::kTextList,
     .doc = "The channels that call them.",
     .required = true,
     .min = 1,
     .max = kChannelsMax,
     .check = check_id,
     .pattern = "^[a-z0-9-]{1,64}$",
     .example = "[lead]",
     .store = store<&CallStepDraft::notify>},
    {.name = "repeat",
     .type = FieldType::kInteger,
     .doc = "So many times the step is called again.",
     .fallback = "0",
     .min = 0,
     .max = notify::kCallRepeatsMax,
     .store = store<&CallStepDraft::repeat>},
    {.name = "every",
     .type = FieldType::kDuration,
     .doc = "The time between two calls of the step.",
     .fallback = "5m",
     .min = minutes(1).ms,
     .max = hours(24).ms,
     .store = store<&CallStepDraft::every>},
};

void judge_channels(const CallStepDraft& draft, const Config& config, ConfigProblems& problems) {
    std::vector<std::string_view> names;
    for (const notify::Channel& channel : config.notify) names.push_back(channel.id);
    const Node* items = draft.node->find("notify");
    for (std::size_t i = 0; i < draft.notify.size(); ++i) {
        const std::string& id = draft.notify[i];
        if (std::ranges::find(names, id) != names.end()) continue;
        const bool marked = items != nullptr && i < items->items.size();
        const auto near = nearest_name(id, names);
        problems.add(marked ? items->items[i].mark : draft.node->mark_of("notify"),
                     "there is no channel `" + id + "`",
                     near ? "did you mean `" + std::string(*near) + "`?"
                          : "add it under `notify`, or take it out here");
    }
}

}  // namespace

constinit const Section kCallStepSection{"a step of `on_call`", kCallStepFields,
                                         locate<CallStepDraft>};

void assemble_on_call(const std::vector<CallStepDraft>& drafts, Config& config,
                      ConfigProblems& problems) {
    for (const CallStepDraft& draft : drafts) {
        judge_channels(draft, config, problems);
        if (!config.on_call.empty() && draft.after <= config.on_call.back().after) {
            problems.add(draft.node->mark_of("after"),
                         "this step is not later than the one before it",
                         "put the steps in order, or write both channels into one step");
        }
        config.on_call.push_back({draft.after, draft.notify, draft.repeat, draft.every});
    }
}

}  // namespace candor::app
