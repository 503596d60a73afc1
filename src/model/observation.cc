#include "model/observation.h"

namespace candor {

std::string_view name_of(ObservationResult r) {
    switch (r) {
        case ObservationResult::kPass: return "pass";
        case ObservationResult::kFail: return "fail";
        case ObservationResult::kSilent: return "silent";
        case ObservationResult::kLog: return "log";
    }
    return "pass";
}

}  // namespace candor
