// Power cuts, I/O errors and a full disk under every single operation of a workload.
//
// The oracle is that of the kill test: what was acknowledged is there, and nothing half. Two
// controls must be caught: a store that does not sync, and a disk that lies about it.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <string_view>

#include "store/sqlite_journal.h"
#include "store/sqlite_series.h"
#include "tests/contract/temp_folder.h"
#include "tests/crash/oracle.h"
#include "tests/crash/power_vfs.h"

namespace candor::crash {
namespace {

constexpr int kRounds = 12;
// What a cut leaves differs by seed; `make soak` tries many.
constexpr int kSeeds = 2;
constexpr int kSoakSeeds = 50;

int seeds_wanted() {
    const char* campaign = ::getenv("CANDOR_CAMPAIGN");
    return campaign != nullptr && std::string_view(campaign) == "soak" ? kSoakSeeds : kSeeds;
}

struct Stores {
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Series> series;
};

Result<Stores> open_stores(const std::string& folder, store::Synchronous synchronous) {
    Stores stores;
    stores.journal = TRY(store::open_sqlite_journal({.folder = folder,
                                                     .ballast_bytes = 0,
                                                     .vfs = PowerVfs::kName,
                                                     .synchronous = synchronous}));
    stores.series = TRY(store::open_sqlite_series(
        {.folder = folder, .vfs = PowerVfs::kName, .synchronous = synchronous}));
    return stores;
}

// Appends, snapshots, erasures, roll-ups and a reopening; stops at the first error.
class Workload {
   public:
    Workload(std::string folder, store::Synchronous synchronous)
        : folder_(std::move(folder)), synchronous_(synchronous) {}

    Result<void> run() {
        stores_ = TRY(open_stores(folder_, synchronous_));
        for (int round = 0; round < kRounds; ++round) {
            TRY(append(static_cast<std::uint64_t>(round) % kGroupMax + 1));
            TRY(observe(static_cast<std::uint64_t>(round) % 4 + 1));
            if (round == 3) TRY(snapshot());
            if (round == 5) {
                TRY(stores_.journal->erase_sealed_text(numbered_batch(1).sealed[0].commitment));
            }
            if (round == 7) {
                TRY(stores_.series->maintain(numbered_observation(acknowledged_.observations).at,
                                             days(35)));
            }
            if (round == 8) {
                stores_ = {};
                stores_ = TRY(open_stores(folder_, synchronous_));
            }
        }
        return {};
    }

    Result<void> append(std::uint64_t group) {
        std::vector<AppendRequest> requests;
        for (std::uint64_t i = 1; i <= group; ++i) {
            requests.push_back(numbered_batch(acknowledged_.batches + i));
        }
        TRY(stores_.journal->append(requests));
        acknowledged_.batches += group;
        return {};
    }

    Result<void> observe(std::uint64_t group) {
        std::vector<Observation> seen;
        for (std::uint64_t i = 1; i <= group; ++i) {
            seen.push_back(numbered_observation(acknowledged_.observations + i));
        }
        TRY(stores_.series->append(seen));
        acknowledged_.observations += group;
        return {};
    }

    Stores& stores() { return stores_; }
    void drop_stores() { stores_ = {}; }
    const Acknowledged& acknowledged() const { return acknowledged_; }

   private:
    Result<void> snapshot() {
        const JournalHead head = TRY(stores_.journal->head());
        return stores_.journal->put_snapshot(
            {head.position, head.at, head.chain, 1, std::string(5'000, 's')});
    }

    std::string folder_;
    store::Synchronous synchronous_;
    Stores stores_;
    Acknowledged acknowledged_;
};

// Opens what is there as a start would and examines it; "" when all is well.
std::string wrong_after(const std::string& folder, const Acknowledged& acknowledged) {
    auto stores = open_stores(folder, store::Synchronous::kFull);
    if (!stores) return "the start was refused: " + stores.error().message;
    return examine(*stores->journal, *stores->series, acknowledged).wrong;
}

class PowerTest : public ::testing::Test {
   protected:
    // How many operations the whole workload takes.
    std::uint64_t operations() {
        const test::TempFolder folder;
        vfs_.arm(Fault::kNone, 0);
        Workload workload(folder.path(), store::Synchronous::kFull);
        EXPECT_TRUE(workload.run());
        workload.drop_stores();
        vfs_.forget();
        return vfs_.operations();
    }

    // The first wrong thing over all cuts, or "".
    std::string sweep_cuts(store::Synchronous synchronous, int seeds) {
        const std::uint64_t all = operations();
        for (std::uint64_t n = 1; n <= all; ++n) {
            for (int seed = 0; seed < seeds; ++seed) {
                const test::TempFolder folder;
                Workload workload(folder.path(), synchronous);
                vfs_.arm(Fault::kCut, n);
                (void)workload.run();
                workload.drop_stores();
                vfs_.disarm();
                vfs_.restore_after_cut(n * kSoakSeeds + static_cast<std::uint64_t>(seed));
                const std::string wrong = wrong_after(folder.path(), workload.acknowledged());
                vfs_.forget();
                if (!wrong.empty()) return "cut at operation " + std::to_string(n) + ": " + wrong;
            }
        }
        return "";
    }

    PowerVfs vfs_;
};

TEST_F(PowerTest, no_cut_loses_what_was_acknowledged) {
    EXPECT_EQ(sweep_cuts(store::Synchronous::kFull, seeds_wanted()), "");
}

TEST_F(PowerTest, a_store_that_does_not_sync_is_caught) {
    EXPECT_NE(sweep_cuts(store::Synchronous::kOff, kSeeds), "");
}

TEST_F(PowerTest, a_disk_that_lies_is_caught) {
    vfs_.lie_about_sync(true);
    EXPECT_NE(sweep_cuts(store::Synchronous::kFull, kSeeds), "");
}

TEST_F(PowerTest, an_io_error_ends_the_instance_and_loses_nothing) {
    const std::uint64_t all = operations();
    std::uint64_t noticed = 0;
    for (std::uint64_t n = 1; n <= all; ++n) {
        const test::TempFolder folder;
        Workload workload(folder.path(), store::Synchronous::kFull);
        vfs_.arm(Fault::kIoError, n);
        const auto ran = workload.run();
        if (!ran && ran.error().code == ErrorCode::kIo && workload.stores().journal != nullptr) {
            ++noticed;
            // Whichever store met the error must refuse; the other one may go on.
            const bool both_go_on = workload.append(1) && workload.observe(1);
            EXPECT_FALSE(both_go_on) << "after an error at operation " << n;
        }
        workload.drop_stores();
        vfs_.disarm();
        vfs_.forget();
        EXPECT_EQ(wrong_after(folder.path(), workload.acknowledged()), "") << "operation " << n;
        vfs_.forget();
    }
    EXPECT_GT(noticed, all / 4) << "the sweep must meet appends";
}

TEST_F(PowerTest, a_full_disk_is_rolled_back_and_the_store_stays_usable) {
    const std::uint64_t all = operations();
    std::uint64_t full = 0;
    for (std::uint64_t n = 1; n <= all; ++n) {
        const test::TempFolder folder;
        Workload workload(folder.path(), store::Synchronous::kFull);
        vfs_.arm(Fault::kFull, n);
        const auto ran = workload.run();
        vfs_.disarm();
        if (!ran && workload.stores().series != nullptr) {
            ++full;
            EXPECT_EQ(ran.error().code, ErrorCode::kDiskFull) << ran.error().message;
            EXPECT_TRUE(workload.append(2)) << "after a full disk at operation " << n;
            EXPECT_TRUE(workload.observe(2)) << "after a full disk at operation " << n;
        }
        workload.drop_stores();
        vfs_.forget();
        EXPECT_EQ(wrong_after(folder.path(), workload.acknowledged()), "") << "operation " << n;
        vfs_.forget();
    }
    EXPECT_GT(full, all / 4);
}

}  // namespace
}  // namespace candor::crash
