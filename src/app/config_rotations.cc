// The fields of `rotations`, and how people, shifts and exceptions fit together.
#include <algorithm>
#include <map>

#include "app/config_draft.h"
#include "app/config_notify.h"
#include "app/config_schema.h"
#include "app/config_store.h"
#include "app/nearest_name.h"

namespace candor::app {
namespace {

constexpr std::string_view kIdPattern = "^[a-z0-9-]{1,64}$";
constexpr std::string_view kWallTimePattern =
    "^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$";
constexpr std::int64_t kDayMs = days(1).ms;

constexpr Field kPersonFields[] = {
    {.name = "name",
     .type = FieldType::kText,
     .doc = "What colleagues call them; operators see it, readers never.",
     .required = true,
     .max = 120,
     .check = check_name,
     .example = "Ann",
     .store = store<&OnCallPersonDraft::name>},
    {.name = "notify",
     .type = FieldType::kTextList,
     .doc = "The channels that call them, all at once.",
     .required = true,
     .min = 1,
     .max = kChannelsMax,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "[ann-phone]",
     .store = store<&OnCallPersonDraft::notify>},
};
constexpr Section kPerson{"a person on call", kPersonFields, locate<OnCallPersonDraft>};

constexpr Field kOverrideFields[] = {
    {.name = "from",
     .type = FieldType::kText,
     .doc = "When the exception begins: a local time in the rotation's `time_zone`.",
     .required = true,
     .max = 32,
     .check = check_wall_time,
     .pattern = kWallTimePattern,
     .example = "\"2026-12-24T09:00\"",
     .store = store<&ShiftOverrideDraft::from>},
    {.name = "to",
     .type = FieldType::kText,
     .doc = "When it ends.",
     .required = true,
     .max = 32,
     .check = check_wall_time,
     .pattern = kWallTimePattern,
     .example = "\"2026-12-27T09:00\"",
     .store = store<&ShiftOverrideDraft::to>},
    {.name = "person",
     .type = FieldType::kText,
     .doc = "The name of who is on call instead.",
     .required = true,
     .max = 120,
     .check = check_name,
     .example = "Bea",
     .store = store<&ShiftOverrideDraft::person>},
};
constexpr Section kOverride{"an exception", kOverrideFields, locate<ShiftOverrideDraft>};

constexpr Field kRotationFields[] = {
    {.name = "id",
     .type = FieldType::kText,
     .doc = "How `on_call` names it; no channel may have the same.",
     .required = true,
     .max = kIdBytesMax,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "primary",
     .store = store<&RotationDraft::id>},
    {.name = "first",
     .type = FieldType::kText,
     .doc = "When the first of `people` takes over for the first time: a local time in "
            "`time_zone`. Every handover is at this hour.",
     .required = true,
     .max = 32,
     .check = check_wall_time,
     .pattern = kWallTimePattern,
     .example = "\"2026-03-02T09:00\"",
     .store = store<&RotationDraft::first>},
    {.name = "every",
     .type = FieldType::kDuration,
     .doc = "How long a shift is, in whole days.",
     .fallback = "7d",
     .min = kDayMs,
     .max = days(90).ms,
     .store = store<&RotationDraft::every>},
    {.name = "time_zone",
     .type = FieldType::kText,
     .doc = "The zone of handovers and exceptions.",
     .fallback = "Etc/UTC",
     .max = 64,
     .check = check_time_zone,
     .example = "America/Toronto",
     .store = store<&RotationDraft::time_zone>},
    {.name = "people",
     .type = FieldType::kSectionList,
     .doc = "Who takes turns, in this order.",
     .required = true,
     .min = 1,
     .max = notify::kPeopleMax,
     .example = "[{ name: Ann, notify: [ann-phone] }]",
     .section = &kPerson,
     .enter = enter<&RotationDraft::people>},
    {.name = "overrides",
     .type = FieldType::kSectionList,
     .doc = "Exceptions: somebody else for a while. Where two overlap, the later one here holds.",
     .max = notify::kOverridesMax,
     .section = &kOverride,
     .enter = enter<&RotationDraft::overrides>},
};

// Its form was checked when it was read.
Timestamp wall_time(const std::string& text) {
    return parse_rfc3339(text + (text.size() == 16 ? ":00Z" : "Z")).value_or(Timestamp{});
}

class Assembler {
   public:
    Assembler(Config& config, ConfigProblems& problems) : config_(config), problems_(problems) {}

    void add(const RotationDraft& draft) {
        check_id_is_new(draft);
        if (draft.every.ms % kDayMs != 0) {
            problems_.add(draft.node->mark_of("every"), "a shift is not a whole number of days",
                          "write it like 7d or 1d");
        }
        notify::Rotation rotation;
        rotation.id = draft.id;
        rotation.time_zone = draft.time_zone;
        rotation.first = wall_time(draft.first);
        rotation.days = std::max<std::int64_t>(1, draft.every.ms / kDayMs);
        for (const OnCallPersonDraft& person : draft.people) add_person(person, rotation);
        for (const ShiftOverrideDraft& one : draft.overrides) add_override(one, rotation);
        if (!rotation.people.empty()) config_.on_call.rotations.push_back(std::move(rotation));
    }

   private:
    void check_id_is_new(const RotationDraft& draft) {
        if (draft.id.empty()) return;  // reported when it was read
        const Mark mark = draft.node->mark_of("id");
        if (std::ranges::find(config_.notify, draft.id, &notify::Channel::id) !=
            config_.notify.end()) {
            problems_.add(mark, "`" + draft.id + "` is a channel already",
                          "give one of them another id");
        }
        if (const auto [at, fresh] = lines_.emplace(draft.id, mark.line); !fresh) {
            problems_.add(
                mark,
                "rotation `" + draft.id + "` exists already, on line " + std::to_string(at->second),
                "give one of them another id");
        }
    }

    void add_person(const OnCallPersonDraft& draft, notify::Rotation& rotation) {
        judge_channel_names(*draft.node, draft.notify, config_, problems_);
        if (std::ranges::find(rotation.people, draft.name, &notify::OnCallPerson::name) !=
            rotation.people.end()) {
            problems_.add(draft.node->mark_of("name"),
                          "there are two people called `" + draft.name + "`",
                          "tell them apart, so that `overrides` can name one of them");
        }
        rotation.people.push_back({draft.name, draft.notify});
    }

    void add_override(const ShiftOverrideDraft& draft, notify::Rotation& rotation) {
        const Timestamp from = notify::instant_of_local(wall_time(draft.from), rotation.time_zone);
        const Timestamp to = notify::instant_of_local(wall_time(draft.to), rotation.time_zone);
        if (to <= from) {
            problems_.add(draft.node->mark_of("to"), "the exception ends before it begins",
                          "write a `to` that is later than `from`");
        }
        const auto person =
            std::ranges::find(rotation.people, draft.person, &notify::OnCallPerson::name);
        if (person != rotation.people.end()) {
            const auto index = static_cast<std::size_t>(person - rotation.people.begin());
            rotation.overrides.push_back({from, to, index});
            return;
        }
        std::vector<std::string_view> names;
        for (const notify::OnCallPerson& p : rotation.people) names.push_back(p.name);
        const auto near = nearest_name(draft.person, names);
        problems_.add(
            draft.node->mark_of("person"),
            "there is nobody called `" + draft.person + "` in this rotation",
            near ? "did you mean `" + std::string(*near) + "`?" : "use a name of its `people`");
    }

    Config& config_;
    ConfigProblems& problems_;
    std::map<std::string, int> lines_;
};

}  // namespace

constinit const Section kRotationSection{"a rotation", kRotationFields, locate<RotationDraft>};

void assemble_rotations(const std::vector<RotationDraft>& drafts, Config& config,
                        ConfigProblems& problems) {
    Assembler assembler(config, problems);
    for (const RotationDraft& draft : drafts) assembler.add(draft);
}

}  // namespace candor::app
