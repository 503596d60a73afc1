// The fields of `watchdog`.
#include "app/config_draft.h"
#include "app/config_schema.h"
#include "app/config_store.h"

namespace candor::app {
namespace {

constexpr Field kWatchdogFields[] = {
    {.name = "url",
     .type = FieldType::kText,
     .doc = "The address that the other side gave you, for whom silence is the alarm.",
     .required = true,
     .max = kUrlBytesMax,
     .check = check_http_url,
     .pattern = R"(^https?://[^ ]+$)",
     .example = "\"${WATCHDOG_URL}\"",
     .store = store<&WatchdogSettings::url>},
    {.name = "every",
     .type = FieldType::kDuration,
     .doc = "The time between two signs of life.",
     .fallback = "60s",
     .min = seconds(1).ms,
     .max = hours(1).ms,
     .store = store<&WatchdogSettings::every>},
};

}  // namespace

constinit const Section kWatchdogSection{"`watchdog`", kWatchdogFields};

}  // namespace candor::app
