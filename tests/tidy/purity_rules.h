// Reads the symbols of built libraries: pure folders must not reach for the outside world.
//
// Source rules can be talked around by a macro or a library; a symbol table cannot. The reader
// runs `nm -C` on an archive and compares demangled names with a list of forbidden ones.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "tests/tidy/finding.h"

namespace candor::tidy {

// "" when the symbol is harmless, else the reason why a pure folder may not need it.
std::string why_impure(std::string_view demangled_symbol);

// Undefined symbols of the archive that are impure. kNotFound when nm cannot read it.
Result<Findings> impure_symbols(const std::string& nm, const std::string& archive);

}  // namespace candor::tidy
