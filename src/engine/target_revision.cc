#include "engine/target_revision.h"

#include <type_traits>

#include "core/revision.h"

namespace candor::engine {
namespace {

struct Target {
    const core::State& state;

    std::string operator()(const command::MutePaging&) const {
        return core::revision_of(state.paging);
    }
    template <class C>
    std::string operator()(const C& c) const {
        if constexpr (std::is_same_v<C, command::OverrideShift> ||
                      std::is_same_v<C, command::RemoveShiftOverride>) {
            return core::revision_of(state.paging);
        } else if constexpr (requires { c.incident; }) {
            const auto found = state.incidents.find(c.incident);
            return found == state.incidents.end() ? "" : core::revision_of(*found->second);
        } else if constexpr (requires { c.maintenance; }) {
            const auto found = state.maintenances.find(c.maintenance);
            return found == state.maintenances.end() ? "" : core::revision_of(*found->second);
        } else {
            return "";
        }
    }
};

}  // namespace

std::string target_revision(const core::State& state, const Command& command) {
    return std::visit(Target{state}, command);
}

}  // namespace candor::engine
