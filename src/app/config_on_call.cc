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
     .doc = "The channels that call them; of a rotation, whoever is on call then.",
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

}  // namespace

constinit const Section kCallStepSection{"a step of `on_call`", kCallStepFields,
                                         locate<CallStepDraft>};

void judge_channel_names(const Node& node, const std::vector<std::string>& ids,
                         const Config& config, ConfigProblems& problems,
                         const std::vector<notify::Rotation>& rotations) {
    std::vector<std::string_view> names;
    for (const notify::Channel& channel : config.notify) names.push_back(channel.id);
    for (const notify::Rotation& rotation : rotations) names.push_back(rotation.id);
    const Node* items = node.find("notify");
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (std::ranges::find(names, ids[i]) != names.end()) continue;
        const bool marked = items != nullptr && i < items->items.size();
        const auto near = nearest_name(ids[i], names);
        problems.add(marked ? items->items[i].mark : node.mark_of("notify"),
                     "there is no channel `" + ids[i] + "`",
                     near ? "did you mean `" + std::string(*near) + "`?"
                          : "add it under `notify`, or take it out here");
    }
}

void assemble_on_call(const std::vector<CallStepDraft>& drafts, Config& config,
                      ConfigProblems& problems) {
    for (const CallStepDraft& draft : drafts) {
        judge_channel_names(*draft.node, draft.notify, config, problems, config.on_call.rotations);
        if (!config.on_call.steps.empty() && draft.after <= config.on_call.steps.back().after) {
            problems.add(draft.node->mark_of("after"),
                         "this step is not later than the one before it",
                         "put the steps in order, or write both channels into one step");
        }
        config.on_call.steps.push_back({draft.after, draft.notify, draft.repeat, draft.every});
    }
}

}  // namespace candor::app
