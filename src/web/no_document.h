// What programs get where there is no document: an answer of the kind they asked for, not a page.
//
// Pages for people have a page of their own (page::Site::not_found). Pure.
#pragma once

#include <optional>
#include <string_view>

#include "web/response.h"

namespace candor::web {

// The 404 for a path that programs read (both APIs, badges); nothing for any other path.
std::optional<Answer> no_such_document(std::string_view path);

}  // namespace candor::web
