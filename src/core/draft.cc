#include "core/draft.h"

#include <string_view>

namespace candor::core {

void Draft::amend_opened(const IncidentId& id, std::string title, Timestamp started) {
    for (Entry& entry : entries_) {
        auto* opened = std::get_if<entry::IncidentOpened>(&entry);
        if (opened == nullptr || opened->incident != id) continue;
        opened->title = title;
        opened->started = started;
        state_.incidents.at(id).edit([&](IncidentState& incident) {
            incident.title = title;
            incident.started = started;
        });
    }
}

std::string Draft::new_public_id() {
    constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    entropy_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = entropy_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    z ^= z >> 31;
    std::string id;
    for (int i = 0; i < 12; ++i, z /= kAlphabet.size()) id += kAlphabet[z % kAlphabet.size()];
    return id;
}

}  // namespace candor::core
