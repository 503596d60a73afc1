// kill -9 at any moment: what was acknowledged is there, once, in order, and verifies.
//
// A child process writes to the real stores and reports each acknowledgement through a pipe; the
// parent kills it, opens the stores and examines them; then the next child goes on from there.
// 200 cycles; `make soak` runs 10,000.
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <random>
#include <span>
#include <string_view>

#include "store/sqlite_journal.h"
#include "store/sqlite_series.h"
#include "tests/contract/temp_folder.h"
#include "tests/crash/oracle.h"

namespace candor::crash {
namespace {

constexpr int kCycles = 200;
constexpr int kSoakCycles = 10'000;
// A new folder so often, so that examining everything stays quick.
constexpr int kCyclesPerFolder = 25;

struct Stores {
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Series> series;
};

Result<Stores> open_stores(const std::string& folder) {
    Stores stores;
    stores.journal = TRY(store::open_sqlite_journal({.folder = folder, .ballast_bytes = 0}));
    stores.series = TRY(store::open_sqlite_series({.folder = folder}));
    return stores;
}

void tell(int fd, char what, std::uint64_t upto) {
    std::array<char, 9> message{what};
    for (std::size_t i = 0; i < 8; ++i) message[i + 1] = static_cast<char>(upto >> (8 * i));
    if (::write(fd, message.data(), message.size()) != 9) ::_exit(3);
}

// How the writer behaves: as it must, or in one of the ways that the oracle must catch.
enum class Manner {
    kHonest,
    kTooEarly,   // acknowledges before the append returned
    kPiecemeal,  // one batch at a time, where the whole group is to be there or nothing
};

// Appends the next group and acknowledges it; false when the store refused.
bool append_batches(Journal& journal, std::uint64_t& batches, Manner manner, int fd) {
    std::vector<AppendRequest> requests;
    for (std::uint64_t left = group_after(batches); left > 0; --left) {
        requests.push_back(numbered_batch(++batches));
    }
    if (manner == Manner::kTooEarly) tell(fd, 'b', batches);
    const std::size_t at_once = manner == Manner::kPiecemeal ? 1 : requests.size();
    for (std::size_t done = 0; done < requests.size(); done += at_once) {
        if (!journal.append(std::span(requests).subspan(done, at_once))) return false;
    }
    if (manner != Manner::kTooEarly) tell(fd, 'b', batches);
    return true;
}

bool append_observations(Series& series, std::uint64_t& observations, Manner manner, int fd) {
    std::vector<Observation> seen;
    for (std::uint64_t left = group_after(observations); left > 0; --left) {
        seen.push_back(numbered_observation(++observations));
    }
    if (manner == Manner::kTooEarly) tell(fd, 'o', observations);
    if (!series.append(seen)) return false;
    if (manner != Manner::kTooEarly) tell(fd, 'o', observations);
    return true;
}

// Never returns: appends until it is killed.
[[noreturn]] void write_for_ever(const std::string& folder, const Found& from, std::uint64_t seed,
                                 Manner manner, int fd) {
    auto stores = open_stores(folder);
    if (!stores) ::_exit(2);
    std::mt19937_64 random(seed);
    std::uint64_t batches = from.batches;
    std::uint64_t observations = from.observations;
    while (true) {
        if (random() % 3 != 0) {
            if (!append_batches(*stores->journal, batches, manner, fd)) ::_exit(4);
        } else if (!append_observations(*stores->series, observations, manner, fd)) {
            ::_exit(5);
        }
    }
}

// Reads one acknowledgement; false at the end of the pipe.
bool take(int fd, Acknowledged& acknowledged) {
    std::array<unsigned char, 9> message;
    std::size_t have = 0;
    while (have < message.size()) {
        const ssize_t n = ::read(fd, message.data() + have, message.size() - have);
        if (n <= 0) return false;
        have += static_cast<std::size_t>(n);
    }
    std::uint64_t upto = 0;
    for (std::size_t i = 8; i-- > 0;) upto = upto << 8 | message[i + 1];
    (message[0] == 'b' ? acknowledged.batches : acknowledged.observations) = upto;
    return true;
}

// One life of the writer; what it had acknowledged when it was killed.
Acknowledged live_and_die(const std::string& folder, const Found& from, std::uint64_t seed,
                          Manner manner) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        write_for_ever(folder, from, seed, manner, ends[1]);
    }
    ::close(ends[1]);
    Acknowledged acknowledged{from.batches, from.observations};
    std::mt19937_64 random(seed ^ 0x9e3779b97f4a7c15);
    bool running = true;
    for (std::uint64_t i = random() % 8; running && i > 0; --i) {
        running = take(ends[0], acknowledged);
    }
    EXPECT_TRUE(running) << "the writer ended by itself";
    // A moment that no system call marks, somewhere inside the next append.
    random.discard(random() % 400'000);
    EXPECT_NE(random(), 0U);  // keeps the line above from being thought useless
    ::kill(child, SIGKILL);
    while (take(ends[0], acknowledged)) {
    }
    ::close(ends[0]);
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status)) << "exit code " << WEXITSTATUS(status);
    return acknowledged;
}

// The first wrong thing, or "".
std::string run_cycles(int cycles, Manner manner) {
    for (int done = 0; done < cycles;) {
        const test::TempFolder folder;
        Found found;
        for (int i = 0; i < kCyclesPerFolder && done < cycles; ++i, ++done) {
            const auto seed = static_cast<std::uint64_t>(done) + 1;
            const Acknowledged acknowledged = live_and_die(folder.path(), found, seed, manner);
            auto stores = open_stores(folder.path());
            if (!stores) return "the start was refused: " + stores.error().message;
            found = examine(*stores->journal, *stores->series, acknowledged);
            if (!found.wrong.empty()) return "cycle " + std::to_string(done) + ": " + found.wrong;
        }
    }
    return "";
}

int cycles_wanted() {
    const char* campaign = ::getenv("CANDOR_CAMPAIGN");
    return campaign != nullptr && std::string_view(campaign) == "soak" ? kSoakCycles : kCycles;
}

TEST(Kill, nothing_acknowledged_is_lost_or_doubled) {
    EXPECT_EQ(run_cycles(cycles_wanted(), Manner::kHonest), "");
}

TEST(Kill, a_writer_that_acknowledges_too_early_is_caught) {
    EXPECT_NE(run_cycles(kCycles, Manner::kTooEarly), "");
}

TEST(Kill, a_writer_whose_appends_are_not_whole_is_caught) {
    EXPECT_NE(run_cycles(kCycles, Manner::kPiecemeal), "");
}

}  // namespace
}  // namespace candor::crash
