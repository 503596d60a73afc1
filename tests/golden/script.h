// The scripted life behind the golden journal: every kind of entry, decided by core, in batches.
//
// Only writes a new journal; the checked-in one is what tests replay, however policy changes.
// Deterministic: every time, text and random number is written down. One thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "model/batch.h"
#include "model/input.h"

namespace candor::golden {

struct Journal {
    std::vector<Batch> batches;
    std::map<SealedText, std::string> texts;
};

Journal play_script();
// Explanation clocks and what people do with an incident's record.
Journal play_clocks_script();
// Windows of maintenance, by the configuration and by people.
Journal play_maintenance_script();

// A checked-in journal, in a folder of its own under tests/golden.
struct Recording {
    std::string_view folder;  // "" is tests/golden itself
    Journal (*play)();
    bool every_incident = false;  // its pages show each one, not only the first
};
std::vector<Recording> recordings();

// Batches with a four-byte big-endian length in front of each; then nothing.
std::string to_file(const std::vector<Batch>& batches);
// kCorrupt names the batch that does not decode.
Result<std::vector<Batch>> from_file(std::string_view bytes);

// One line per text: commitment, a blank, the text.
std::string texts_to_file(const std::map<SealedText, std::string>& texts);
std::map<SealedText, std::string> texts_from_file(std::string_view bytes);

}  // namespace candor::golden
