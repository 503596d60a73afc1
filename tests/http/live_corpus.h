// The corpus against a running server: each case between two neighbours that must not notice.
//
// Works on any server that has a page at "/" and takes pings at /ping/nightly; the control runs it
// on one that is lax.
#pragma once

#include <cstdint>
#include <string>

#include "tests/http/corpus_file.h"

namespace candor::test {

enum class Pace : std::uint8_t { kWhole, kSingleBytes };

// "" when the server answered the case as it must; else what was wrong.
std::string run_live(std::uint16_t port, const CorpusCase& one, Pace pace);

}  // namespace candor::test
