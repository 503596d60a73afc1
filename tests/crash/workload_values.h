// What a batch, a text, a snapshot or an observation of the workload holds: a function of its
// place.
//
// Pure; shared by the script and its oracle.
#pragma once

#include <string>

#include "ports/journal.h"
#include "ports/series.h"

namespace candor::test {

inline constexpr std::int64_t kObservationStepMs = 7'000;
inline constexpr std::uint64_t kObservedChecks = 3;

inline Timestamp batch_time(Position position) {
    return Timestamp{static_cast<std::int64_t>(position) * 1'000};
}
inline std::string batch_bytes(Position position, std::size_t size) {
    return "batch " + std::to_string(position) + " " +
           std::string(size, static_cast<char>('a' + position % 26));
}
inline std::string batch_key(Position position) {
    return position % 3 == 0 ? "key-" + std::to_string(position) : std::string();
}
inline SealedRow text_row(Position position) {
    const std::string text = "erasable-" + std::to_string(position) + "-mark " +
                             std::string(position * 190, 'w') + " end-" + std::to_string(position) +
                             "-mark";
    const std::string salt(32, static_cast<char>('A' + position % 26));
    return {seal_commitment(salt, text), salt, text};
}
inline std::string snapshot_bytes(Position position) {
    return "state " + std::to_string(position) + std::string(9'000, 's');
}
inline CheckId observed_check(std::uint64_t number) {
    return CheckId{"check-" + std::to_string(number % kObservedChecks)};
}
inline Observation made(std::uint64_t number) {
    Observation o;
    o.check = observed_check(number);
    o.number = number;
    o.at = Timestamp{static_cast<std::int64_t>(number) * kObservationStepMs};
    o.timing.total_us = 1'000;
    return o;
}

}  // namespace candor::test
