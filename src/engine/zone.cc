#include "engine/zone.h"

#include <date/tz.h>

#include <exception>
#include <string>

namespace candor::engine {

const date::time_zone* find_zone(std::string_view name) {
    try {
        return date::locate_zone(std::string(name));
    } catch (const std::exception&) {
        return nullptr;  // the library's only way to say that it does not know the name
    }
}

Timestamp instant_of(const date::time_zone& zone, std::int64_t day, std::int64_t second) {
    const date::local_seconds local{std::chrono::seconds(day * 86'400 + second)};
    const date::local_info info = zone.get_info(local);
    const std::chrono::seconds at = info.result == date::local_info::nonexistent
                                        ? info.first.end.time_since_epoch()
                                        : local.time_since_epoch() - info.first.offset;
    return Timestamp{std::chrono::milliseconds(at).count()};
}

}  // namespace candor::engine
