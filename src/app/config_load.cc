#include "app/config_load.h"

#include "app/config_assemble.h"
#include "app/config_bind.h"
#include "app/config_node.h"
#include "app/definition.h"

namespace candor::app {

LoadedConfig parse_config(std::string_view text, std::string file, const ExpandSources& sources) {
    ConfigProblems problems(std::move(file));
    const std::optional<Node> root = parse_yaml(text, problems);
    if (!root) return std::unexpected(std::move(problems));
    Config config = assemble_config(bind_config(*root, sources, problems), problems);
    if (!problems.empty()) {
        problems.sort();
        return std::unexpected(std::move(problems));
    }
    config.redacted = redacted_text(config);
    return config;
}

LoadedConfig load_config(const std::string& file, const ExpandSources& sources) {
    const Result<std::string> text = read_bounded_file(file, kConfigBytesMax);
    if (!text) {
        ConfigProblems problems(file);
        problems.add({}, text.error().message, "name the configuration with --config FILE");
        return std::unexpected(std::move(problems));
    }
    return parse_config(*text, file, sources);
}

}  // namespace candor::app
