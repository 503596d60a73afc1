#include "base/result.h"

namespace candor {

std::string_view error_code_name(ErrorCode code) {
    switch (code) {
        case ErrorCode::kInvalid: return "invalid";
        case ErrorCode::kNotFound: return "not_found";
        case ErrorCode::kConflict: return "conflict";
        case ErrorCode::kChanged: return "changed";
        case ErrorCode::kTooLarge: return "too_large";
        case ErrorCode::kUnauthorized: return "unauthorized";
        case ErrorCode::kBusy: return "busy";
        case ErrorCode::kDiskFull: return "disk_full";
        case ErrorCode::kIo: return "io";
        case ErrorCode::kCorrupt: return "corrupt";
        case ErrorCode::kUnsupported: return "unsupported";
        case ErrorCode::kInternal: return "internal";
    }
    return "internal";
}

std::unexpected<Error> fail_in(std::string_view context, Error error) {
    error.message = std::string(context) + ": " + error.message;
    return std::unexpected<Error>(std::move(error));
}

}  // namespace candor
