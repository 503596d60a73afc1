#include "tests/sim/promises.h"

#include <algorithm>

#include "model/batch.h"

namespace candor::sim {
namespace {

constexpr std::size_t kPingsReadMax = 10'000;

// What pings left in the series; silence and overrun are the engine's own observations.
Result<std::vector<std::uint64_t>> ping_rows(const CheckId& check, std::uint64_t after,
                                             SeriesReader& series) {
    std::vector<std::uint64_t> out;
    for (const Observation& o : TRY(series.observations_after(check, after, kPingsReadMax))) {
        const bool own =
            o.result == ObservationResult::kSilent || o.evidence.kind == FailureKind::kRanTooLong;
        if (!own) out.push_back(o.number);
    }
    return out;
}

// The commitments of everything a person wrote in the batch.
Result<std::vector<std::string>> sealed_in(const std::string& bytes) {
    const Batch batch = TRY(decode_batch(bytes));
    std::vector<std::string> out;
    for (const Entry& entry : batch.entries) {
        const auto* posted = std::get_if<entry::IncidentPosted>(&entry);
        if (posted != nullptr && !posted->sealed_text.empty()) {
            out.push_back(posted->sealed_text.value);
        }
    }
    return out;
}

}  // namespace

std::string Promises::commanded(const CommandRequest& request, const CommandAnswer& answer,
                                const std::string& text) {
    const auto [known, fresh] = commands_.emplace(request.idempotency_key, Commanded{answer, text});
    if (fresh) return "";
    const CommandAnswer& first = known->second.answer;
    if (first.position == answer.position && first.incident == answer.incident) return "";
    return "command " + request.idempotency_key + " was answered twice, differently";
}

std::string Promises::look_for_pings(SeriesReader& series) {
    for (auto& [check, pinged] : pings_) {
        if (pinged.owed == 0) continue;
        std::string broken = look_for(check, pinged, series);
        if (!broken.empty()) return broken;
    }
    return "";
}

std::string Promises::look_for(const CheckId& check, Pinged& pinged, SeriesReader& series) {
    const std::uint64_t last = pinged.numbers.empty() ? 0 : pinged.numbers.back();
    const auto rows = ping_rows(check, last, series);
    if (!rows) return "";  // the store is broken and says so; the next whole check will tell
    const std::size_t expected = pinged.owed;
    if (rows->size() < expected) return "acknowledged ping of " + check.value + " is not stored";
    if (rows->size() > expected + pinged.uncertain) {
        return "a ping of " + check.value + " is there twice";
    }
    // Those of unknown fate that came before it are certain now.
    pinged.uncertain -= rows->size() - expected;
    pinged.owed = 0;
    pinged.numbers.insert(pinged.numbers.end(), rows->begin(), rows->end());
    return "";
}

std::string Promises::check_pings(const CheckId& check, const Pinged& pinged,
                                  SeriesReader& series) {
    const auto rows = ping_rows(check, 0, series);
    if (!rows) return "the series cannot be read: " + rows.error().message;
    for (const std::uint64_t number : pinged.numbers) {
        if (std::ranges::binary_search(*rows, number)) continue;
        return "acknowledged ping " + std::to_string(number) + " of " + check.value + " is lost";
    }
    const std::size_t expected = pinged.numbers.size() + pinged.owed;
    if (rows->size() < expected) return "an acknowledged ping of " + check.value + " is lost";
    if (rows->size() <= expected + pinged.uncertain) return "";
    return "a ping of " + check.value + " is there twice";
}

std::string Promises::check_command(const std::string& key, const Commanded& asked,
                                    JournalReader& journal,
                                    const std::map<std::string, Position>& keys) {
    const auto written = keys.find(key);
    if (written == keys.end()) return "acknowledged command " + key + " is lost";
    if (written->second != asked.answer.position) {
        return "command " + key + " stands elsewhere than was answered";
    }
    const auto record = journal.find_by_key(key);
    if (!record || !*record || (*record)->position != written->second) {
        return "command " + key + " is not found by its key";
    }
    const auto sealed = sealed_in((*record)->bytes);
    if (!sealed || asked.text.empty()) return "";
    for (const std::string& commitment : *sealed) {
        if (journal.sealed_text(commitment).value_or("") == asked.text) return "";
    }
    return "the text of command " + key + " is lost";
}

std::string Promises::check(JournalReader& journal, const std::map<std::string, Position>& keys,
                            SeriesReader& series) const {
    for (const auto& [key, asked] : commands_) {
        std::string broken = check_command(key, asked, journal, keys);
        if (!broken.empty()) return broken;
    }
    for (const auto& [check, pinged] : pings_) {
        std::string broken = check_pings(check, pinged, series);
        if (!broken.empty()) return broken;
    }
    return "";
}

}  // namespace candor::sim
