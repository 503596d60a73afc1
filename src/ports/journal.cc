#include "ports/journal.h"

namespace candor {

std::string seal_commitment(std::string_view salt, std::string_view text) {
    std::string message = "candor sealed text v1";
    message += salt;
    message += text;
    return to_hex(sha256(message));
}

}  // namespace candor
