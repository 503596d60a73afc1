// The fields of one maintenance window.
#include "app/config_draft.h"
#include "app/config_schema.h"
#include "app/config_store.h"
#include "engine/recurrence_rule.h"
#include "model/maintenance.h"

namespace candor::app {

namespace {

constexpr std::string_view kIdPattern = "^[a-z0-9-]{1,64}$";

constexpr Field kMaintenanceFields[] = {
    {.name = "id",
     .type = FieldType::kText,
     .doc = "Unique among maintenances; with its date, part of public URLs.",
     .required = true,
     .max = kIdBytesMax,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "db-upgrade",
     .store = store<&MaintenanceDraft::id>},
    {.name = "name",
     .type = FieldType::kText,
     .doc = "What readers see. Left out, `Maintenance of` and its components.",
     .max = 480,
     .check = check_name,
     .example = "Database upgrade",
     .store = store<&MaintenanceDraft::name>},
    {.name = "description",
     .type = FieldType::kText,
     .doc = "What readers are told of it. Left out, when and on what you will work.",
     .max = 2000,
     .check = check_description,
     .example = "We move the directory to new machines. Signing in may take longer.",
     .store = store<&MaintenanceDraft::description>},
    {.name = "components",
     .type = FieldType::kTextList,
     .doc = "Ids of components that are worked on.",
     .max = kComponentsMax,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "[directory]",
     .store = store<&MaintenanceDraft::components>},
    {.name = "groups",
     .type = FieldType::kTextList,
     .doc = "Ids of groups: every component inside them. Either this or `components`, or both.",
     .max = kGroupsMax,
     .check = check_id,
     .pattern = kIdPattern,
     .example = "[identity]",
     .store = store<&MaintenanceDraft::groups>},
    {.name = "start",
     .type = FieldType::kText,
     .doc = "When it begins, or first begins: a local time in `time_zone`.",
     .required = true,
     .max = 32,
     .check = check_wall_time,
     .pattern = "^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$",
     .example = "\"2026-05-01T22:00\"",
     .store = store<&MaintenanceDraft::start>},
    {.name = "duration",
     .type = FieldType::kDuration,
     .doc = "How long it lasts.",
     .required = true,
     .min = kMaintenanceLengthMin.ms,
     .max = kMaintenanceLengthMax.ms,
     .example = "2h",
     .store = store<&MaintenanceDraft::duration>},
    {.name = "time_zone",
     .type = FieldType::kText,
     .doc = "The zone of `start` and of `repeat`'s dates.",
     .fallback = "Etc/UTC",
     .max = 64,
     .check = check_time_zone,
     .example = "America/Toronto",
     .store = store<&MaintenanceDraft::time_zone>},
    {.name = "repeat",
     .type = FieldType::kText,
     .doc = "How it recurs: a rule of RFC 5545 with FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), "
            "INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, COUNT and UNTIL. Left out, once.",
     .max = static_cast<std::int64_t>(engine::kRecurrenceBytesMax),
     .check = check_recurrence,
     .pattern = "^(RRULE:)?[A-Z0-9=;,+-]+$",
     .example = "FREQ=MONTHLY;BYDAY=1SU",
     .store = store<&MaintenanceDraft::repeat>},
    {.name = "expects",
     .type = FieldType::kTextList,
     .doc = "Which checks of its components may fail meanwhile: their ids, or kinds (http, tcp, "
            "dns, tls, ping, command, heartbeat). What fails besides is an incident.",
     .max = static_cast<std::int64_t>(kMaintenanceExpectsMax),
     .check = check_id,
     .pattern = kIdPattern,
     .example = "[http, directory-tcp]",
     .store = store<&MaintenanceDraft::expects>},
};

}  // namespace

constinit const Section kMaintenanceSection{"a maintenance", kMaintenanceFields,
                                            locate<MaintenanceDraft>};

}  // namespace candor::app
