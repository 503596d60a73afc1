// Reads tests/http/corpus/*.http: the bytes of one conversation and what must come of it.
//
// First line "# expect: ok ok 400" (one word per request), second "# why: …", then the bytes with
// \r \n \t \\ and \xHH as escapes, {N:c} for N times c; line ends of the file itself mean nothing.
#pragma once

#include <string>
#include <vector>

namespace candor::test {

struct CorpusCase {
    std::string name;
    std::vector<std::string> expect;
    std::string why;
    std::string bytes;
};

// Sorted by name; a malformed file ends the process with a message.
std::vector<CorpusCase> load_corpus();

}  // namespace candor::test
