#include "model/clocks.h"

namespace candor {

std::string_view name_of(ClockKind kind) {
    switch (kind) {
        case ClockKind::kNone: return "none";
        case ClockKind::kExplanation: return "explanation";
        case ClockKind::kUpdate: return "update";
    }
    return "none";
}

}  // namespace candor
