// The process's log: key=value lines on standard error.
//
// `log_info("reload", {{"file", path}})` writes one line, always: control characters, quotes and
// invalid bytes of values are escaped, so that nobody writes a second line or a false key from
// outside. Never hand it a secret, a target or a request's body. Safe from any thread.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace candor::app {

// debug, info, warn or error; false for any other word.
bool set_up_log(std::string_view level);

struct LogField {
    std::string_view key;
    std::string value;
};
using LogFields = std::initializer_list<LogField>;

void log_debug(std::string_view event, LogFields fields = {});
void log_info(std::string_view event, LogFields fields = {});
void log_warn(std::string_view event, LogFields fields = {});
void log_error(std::string_view event, LogFields fields = {});

// The text after the level: `event=reload file="a b.yaml"`. Pure; for tests.
std::string format_log(std::string_view event, LogFields fields);

}  // namespace candor::app
