// The journal in memory, for the simulator and tests: exact in everything but the disk.
//
// The storage object plays the disk: dropping a Journal and opening another on the same storage is
// a crash and a restart. Faults are injected into the storage. Thread rule: as ports/journal.h; the
// storage has its own lock, so readers may live on other threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "ports/journal.h"
#include "store/sqlite_writer.h"

namespace candor::store {

enum class AppendFault : std::uint8_t {
    kNone,
    kFailBefore,  // kIo, and nothing became durable
    kFailAfter,   // kIo, although the batches are durable
    kDiskFull,    // kDiskFull, and the journal stays usable
};

class MemoryJournalStorage final {
   public:
    // The next append meets this fault, once. After kFailBefore or kFailAfter the open journal
    // refuses every write until it is reopened, as a real one does.
    void fail_next_append(AppendFault fault);
    // While full, appends answer kDiskFull; one that may use the ballast succeeds until the ballast
    // of this many appends is used up.
    void set_disk_full(bool full, int ballast_appends = 0);

    // Changes a stored byte, as a failing disk would; of the last batch, as a torn write would.
    // The position must exist.
    void damage(Position position);

    // How many batches are durable; for oracles.
    Position end() const;

   private:
    friend class MemoryJournalAccess;

    struct StoredBatch {
        Timestamp at;
        std::string bytes;
        Digest chain{};
        std::string key;
    };
    struct StoredText {
        Position position = 0;
        std::string salt;
        std::string text;
        bool erased = false;
    };

    mutable std::mutex mutex_;
    std::vector<StoredBatch> batches_;  // [i] is position i + 1
    std::map<std::string, Position> keys_;
    std::map<std::string, StoredText> sealed_;
    std::map<std::pair<Position, std::int64_t>, StateSnapshot> snapshots_;
    std::map<std::string, Position> followers_;
    std::map<std::string, std::string> meta_;
    AppendFault next_fault_ = AppendFault::kNone;
    bool disk_full_ = false;
    int ballast_appends_ = 0;
    bool open_ = false;
};

// Verifies the whole chain, drops a torn last batch (one line to `log`), and refuses other damage
// with kCorrupt. kConflict while another Journal is open on the storage.
Result<std::unique_ptr<Journal>> open_memory_journal(std::shared_ptr<MemoryJournalStorage> storage,
                                                     LogLine log = {});

}  // namespace candor::store
