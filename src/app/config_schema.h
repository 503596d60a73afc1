// The one description of every field: its name, type, bounds, default and meaning.
//
// Binding (config_bind.h), the printed JSON Schema (json_schema.h) and docs/configuration.md all
// come from these tables, so they cannot disagree. Relations between fields are not here
// (config_assemble.cc). Thread rule: immutable.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/config_node.h"
#include "app/config_value.h"
#include "model/check.h"

namespace candor::app {

// One field's value after its own type and bounds were checked; only the members that belong to
// the field's type are set.
struct Value {
    std::string text;
    std::int64_t number = 0;  // an integer, milliseconds, or the index of a choice
    Confirmation confirmation;
    std::vector<std::string> list;
    std::vector<std::pair<std::string, std::string>> map;
};

enum class FieldType : std::uint8_t {
    kText,
    kInteger,
    kDuration,
    kConfirmation,
    kChoice,
    kTextList,
    kTextMap,
    kSection,
    kSectionList,
    kLater,  // reserved for a version to come: refused with these words
};

struct Choice {
    std::string_view name;
    std::int64_t value;
};

struct Section;

struct Field {
    std::string_view name;
    FieldType type = FieldType::kText;
    std::string_view doc = {};       // one sentence for the operator
    std::string_view fallback = {};  // the default as one would write it; "" when there is none
    bool required = false;
    std::int64_t min = 0;             // of a number or duration (ms); of a list, its length
    std::int64_t max = 0;             // of a text, its bytes
    TextCheck check = nullptr;        // of a text and of each item of a list; of a map's names
    TextCheck value_check = nullptr;  // of a map's values
    std::string_view pattern = {};    // the check as a regular expression, for the JSON Schema
    std::string_view example = {};
    bool any_scalar = false;  // null, true and 3 are taken as text
    std::span<const Choice> choices = {};
    const Section* section = nullptr;
    void (*store)(void* target, Value&& value) = nullptr;
    void* (*enter)(void* target) = nullptr;  // where a section's or an item's fields are stored
};

struct Section {
    std::string_view title;  // "`page`", "a component": how messages call it
    std::span<const Field> fields;
    void (*locate)(void* target, const Node& node) = nullptr;
};

// The whole file; its target is a ConfigDraft.
const Section& configuration_section();

// The fields of one check (config_schema_checks.cc) and of one maintenance window
// (config_schema_maintenance.cc).
extern const Section kCheckSection;
extern const Section kMaintenanceSection;

// One channel of `notify`, and `subscribers` (config_schema_notify.cc).
extern const Section kChannelSection;
extern const Section kSubscribersSection;

// One step of `on_call` (config_on_call.cc).
extern const Section kCallStepSection;

// One rotation (config_rotations.cc).
extern const Section kRotationSection;

// `watchdog` (config_watchdog.cc).
extern const Section kWatchdogSection;

inline constexpr std::int64_t kChecksMax = 10'000;
inline constexpr std::int64_t kComponentsMax = 5'000;
inline constexpr std::int64_t kGroupsMax = 1'000;
inline constexpr std::int64_t kAnchorsMax = 16;
inline constexpr std::int64_t kMaintenancesMax = 100;

}  // namespace candor::app
