// Every operation of the disk in turn is the one at which the power goes, the disk fails or fills.
//
// The controls show that the sweep sees what it looks for: a store that does not sync, or a disk
// that lies about syncing, is caught.

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "tests/contract/temp_folder.h"
#include "tests/crash/workload.h"

namespace candor::test {
namespace {

struct Sweep {
    std::string_view script = kEveryKind;
    Fault fault = Fault::kPowerCut;
    std::uint64_t every = 1;  // strike at each so-manieth operation
    store::Synchronous synchronous = store::Synchronous::kFull;
    bool syncs_lie = false;
    std::uint32_t seeds = 1;  // runs for each operation, each with another survival
};

struct Outcome {
    std::uint64_t cycles = 0;
    std::uint64_t bad = 0;
    std::string first;  // the first complaint, with how to find it again
};

bool soaking() {
    const char* campaign = std::getenv("CANDOR_CAMPAIGN");
    return campaign != nullptr && std::string_view(campaign) == "soak";
}

// A script on a fresh disk; the disk is then restarted and the stores are checked.
std::vector<std::string> cycle(const Sweep& sweep, const std::string& folder, std::uint64_t n,
                               Survival survival, std::uint32_t seed, bool& struck) {
    FaultDisk disk;
    FaultVfs vfs("candor-fault", disk);
    disk.set_syncs_lie(sweep.syncs_lie);
    Workload workload(vfs, {.folder = folder, .synchronous = sweep.synchronous});
    disk.arm(sweep.fault, n);
    if (sweep.fault == Fault::kIoError) workload.expect_refusal_after_error();
    workload.run(sweep.script);
    struck = disk.struck();
    workload.stop();
    disk.restart(survival, seed);
    return workload.check();
}

Outcome run(const Sweep& sweep) {
    const TempFolder folder;
    Outcome outcome;
    bool struck = true;
    for (std::uint64_t n = 1; struck; n += sweep.every) {
        struck = false;
        for (std::uint32_t seed = 0; seed < sweep.seeds; ++seed) {
            const auto survival = static_cast<Survival>((n + seed) % 4);
            const auto complaints = cycle(sweep, folder.path(), n, survival,
                                          seed + static_cast<std::uint32_t>(n) * 97, struck);
            ++outcome.cycles;
            if (complaints.empty()) continue;
            if (++outcome.bad == 1) {
                outcome.first = "operation " + std::to_string(n) + ", seed " +
                                std::to_string(seed) + ": " + complaints.front();
            }
        }
    }
    return outcome;
}

void expect_clean(const char* name, const Outcome& outcome) {
    std::printf("%s: %llu cycles, %llu bad\n", name,
                static_cast<unsigned long long>(outcome.cycles),
                static_cast<unsigned long long>(outcome.bad));
    EXPECT_EQ(outcome.bad, 0u) << outcome.first;
    EXPECT_GT(outcome.cycles, 40u);
}

void expect_caught(const char* name, const Outcome& outcome) {
    std::printf("control %s: %llu of %llu cycles caught it (%s)\n", name,
                static_cast<unsigned long long>(outcome.bad),
                static_cast<unsigned long long>(outcome.cycles), outcome.first.c_str());
    EXPECT_GT(outcome.bad, outcome.cycles / 100) << "the sweep is blind";
}

TEST(CrashSweep, the_workload_alone_finds_nothing) {
    const TempFolder folder;
    bool struck = false;
    const auto complaints =
        cycle({.fault = Fault::kNone}, folder.path(), 0, Survival::kNothing, 1, struck);
    EXPECT_EQ(complaints, std::vector<std::string>{});
}

TEST(CrashSweep, a_power_cut_loses_nothing_that_was_acknowledged) {
    expect_clean("power cut", run({.seeds = soaking() ? 100u : 4u}));
}

TEST(CrashSweep, a_power_cut_amid_checkpoints_loses_nothing) {
    expect_clean("power cut, large batches",
                 run({.script = kLargeKind, .every = soaking() ? 1u : 113u}));
}

TEST(CrashSweep, a_failed_write_or_sync_loses_nothing) {
    expect_clean("one I/O error", run({.fault = Fault::kIoError}));
}

TEST(CrashSweep, a_disk_that_is_gone_loses_nothing) {
    expect_clean("disk gone", run({.fault = Fault::kDiskGone}));
}

TEST(CrashSweep, a_failed_read_loses_nothing) {
    expect_clean("one read error", run({.fault = Fault::kReadError}));
}

TEST(CrashSweep, an_io_error_amid_checkpoints_loses_nothing) {
    expect_clean(
        "one I/O error, large batches",
        run({.script = kLargeKind, .fault = Fault::kIoError, .every = soaking() ? 1u : 113u}));
}

TEST(CrashSweepControl, a_store_that_never_syncs_is_caught) {
    expect_caught("synchronous=OFF", run({.every = 3, .synchronous = store::Synchronous::kOff}));
}

TEST(CrashSweepControl, a_store_that_syncs_too_late_is_caught) {
    expect_caught("synchronous=NORMAL",
                  run({.every = 3, .synchronous = store::Synchronous::kNormal}));
}

TEST(CrashSweepControl, a_disk_that_lies_about_syncs_is_caught) {
    expect_caught("lying syncs", run({.every = 3, .syncs_lie = true}));
}

// The disk is full from operation n on, for as long as the ballast file exists or nobody made
// space.
TEST(CrashSweep, a_full_disk_rolls_back_and_the_ballast_lets_machine_entries_through) {
    const TempFolder folder;
    const std::string ballast = folder.path() + "/ballast";
    std::uint64_t cycles = 0;
    std::uint64_t released = 0;
    bool struck = true;
    for (std::uint64_t n = 1; struck; ++n, ++cycles) {
        FaultDisk disk;
        FaultVfs vfs("candor-fault", disk);
        bool space = false;
        disk.set_still_full([&] { return !space && std::filesystem::exists(ballast); });
        Workload workload(vfs, {.folder = folder.path(), .ballast_bytes = 4'096});
        workload.set_make_space([&] { space = true; });
        std::filesystem::remove(ballast);
        std::ofstream(ballast) << std::string(4'096, 'b');
        disk.arm(Fault::kDiskFull, n);
        workload.run(kEveryKind);
        struck = disk.struck();
        ASSERT_EQ(workload.ended_by(), "") << "operation " << n;
        for (const std::string& line : workload.log()) {
            released += line.find("released the ballast") != std::string::npos ? 1 : 0;
        }
        workload.stop();
        disk.restart(static_cast<Survival>(n % 4), static_cast<std::uint32_t>(n));
        ASSERT_EQ(workload.check(), std::vector<std::string>{}) << "operation " << n;
    }
    std::printf("disk full: %llu cycles, ballast released in %llu\n",
                static_cast<unsigned long long>(cycles), static_cast<unsigned long long>(released));
    EXPECT_GT(released, 10u);
    EXPECT_LT(released, cycles);  // automatic intake and upkeep never release it
}

}  // namespace
}  // namespace candor::test
