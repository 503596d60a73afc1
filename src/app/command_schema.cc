// `candor schema`: the JSON Schema of the configuration, for editors.
#include <fmt/format.h>

#include "app/commands.h"
#include "app/json_schema.h"

namespace candor::app {

int run_schema() {
    fmt::print("{}", configuration_json_schema());
    return kExitGood;
}

}  // namespace candor::app
