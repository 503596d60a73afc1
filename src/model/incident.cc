#include "model/incident.h"

namespace candor {

std::string_view name_of(Visibility v) {
    return v == Visibility::kPublic ? "public" : "private";
}

}  // namespace candor
