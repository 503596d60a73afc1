#include "view/human_text.h"

namespace candor::view {

Result<std::string> human_text(const SealedText& sealed, const ViewOptions& options) {
    if (options.text_of) return options.text_of(sealed);
    return fail(ErrorCode::kNotFound, "no texts here");
}

std::string_view missing_text(ErrorCode why) {
    switch (why) {
        case ErrorCode::kNotFound: return "This text was erased on request.";
        case ErrorCode::kCorrupt:
            return "The stored text is damaged and does not match the record, so it is not shown.";
        default: return "This text cannot be read from storage at the moment.";
    }
}

std::string missing_title(std::string_view what, ErrorCode why) {
    const std::string begin(what);
    switch (why) {
        case ErrorCode::kNotFound: return begin + " whose title was erased";
        case ErrorCode::kCorrupt: return begin + " whose stored title is damaged";
        default: return begin + " whose title cannot be read at the moment";
    }
}

}  // namespace candor::view
