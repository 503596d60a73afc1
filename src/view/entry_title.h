// What each kind of fact in the journal is called where people read or sort them.
//
// For operators. Every kind has a name: a new one does not compile without. Pure.
#pragma once

#include <string_view>

#include "model/entry.h"

namespace candor::view {

std::string_view entry_title(const Entry& entry);  // "Incident taken on"

}  // namespace candor::view
