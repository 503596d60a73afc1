// Expands ${NAME} from the environment and ${file:/path} from a file inside one scalar.
//
// $$ writes a dollar; a $ before anything else stands for itself. What was read in is not expanded
// again. The result is bounded. Secrets pass through here and never into a message.
#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/config_problem.h"
#include "base/result.h"

namespace candor::app {

inline constexpr std::size_t kExpandedBytesMax = std::size_t{64} * 1024;

struct ExpandSources {
    // The value of an environment variable, or nothing when it is not set.
    std::function<std::optional<std::string>(const std::string&)> environment;
    // The bytes of a file of at most `bytes_max`; errors say what is wrong in words.
    std::function<Result<std::string>(const std::string& path, std::size_t bytes_max)> file;

    // The process's own environment and files.
    static ExpandSources of_this_process();
};

std::expected<std::string, Complaint> expand(std::string_view text, const ExpandSources& sources);

// True when `text` has something to expand.
bool has_expansion(std::string_view text);

// Reads a regular file of at most `bytes_max` bytes.
Result<std::string> read_bounded_file(const std::string& path, std::size_t bytes_max);

}  // namespace candor::app
