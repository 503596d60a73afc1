// The parts of Acme Cloud that can be watched and broken one by one.
//
// Each area has its own address, as services behind one product do, so that one can refuse
// connections while the others answer. Plain values.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace acme {

enum class Area { kDirectory, kSignIn, kProfiles, kCalls, kVoicemail };

inline constexpr std::array kAreas = {Area::kDirectory, Area::kSignIn, Area::kProfiles,
                                      Area::kCalls, Area::kVoicemail};

constexpr std::string_view name_of(Area area) {
    switch (area) {
        case Area::kDirectory: return "directory";
        case Area::kSignIn: return "signin";
        case Area::kProfiles: return "profiles";
        case Area::kCalls: return "calls";
        case Area::kVoicemail: return "voicemail";
    }
    return "";
}

constexpr std::optional<Area> area_named(std::string_view name) {
    for (Area area : kAreas) {
        if (name_of(area) == name) return area;
    }
    return std::nullopt;
}

constexpr std::size_t index_of(Area area) {
    return static_cast<std::size_t>(area);
}

}  // namespace acme
