// What people wrote, through the caller's lookup, and the words for why it is not there.
//
// Never replaced silently: erased, damaged and unreadable are told apart. Pure apart from the
// lookup.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/sealed_text.h"
#include "view/build_public_view.h"

namespace candor::view {

// Without a lookup every text is kNotFound.
Result<std::string> human_text(const SealedText& sealed, const ViewOptions& options);

// "This text was erased on request.", or why else there is none.
std::string_view missing_text(ErrorCode why);

// "An incident whose title was erased", for `what` = "An incident".
std::string missing_title(std::string_view what, ErrorCode why);

}  // namespace candor::view
