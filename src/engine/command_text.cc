#include "engine/command_text.h"

namespace candor::engine {

Result<void> check_text(const std::string& text, std::string_view field, std::size_t bytes_max) {
    const bool blank = text.find_first_not_of(" \t\r\n") == std::string::npos;
    if (blank) {
        return fail(ErrorCode::kInvalid,
                    "`" + std::string(field) + "` must say something: it is what readers see");
    }
    if (text.size() > bytes_max) {
        return fail(ErrorCode::kTooLarge, "`" + std::string(field) + "` has " +
                                              std::to_string(text.size()) + " bytes; at most " +
                                              std::to_string(bytes_max) + " are kept");
    }
    return {};
}

}  // namespace candor::engine
