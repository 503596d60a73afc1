// load_config: from candor.yaml to a Config, or every reason why not.
//
// Reads the file, expands references, checks fields and relations. Does not touch sockets, the
// storage folder or the instance secret: definitions and ping URLs are set afterwards
// (definition.h). Safe from any thread.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "app/config.h"
#include "app/config_expand.h"
#include "app/config_problem.h"

namespace candor::app {

using LoadedConfig = std::expected<Config, ConfigProblems>;

LoadedConfig load_config(const std::string& file,
                         const ExpandSources& sources = ExpandSources::of_this_process());

// The same from text in memory; `file` only names it in messages.
LoadedConfig parse_config(std::string_view text, std::string file, const ExpandSources& sources);

}  // namespace candor::app
