// The journal port: an append-only, hash-chained list of batches that is durable on return.
//
// The store knows nothing about what a batch means: it keeps bytes, chains and verifies them.
// Chain: chain(p) = SHA-256(chain(p-1) || be64(p) || be64(at ms) || bytes); chain(0) is 32 zero
// bytes. Implementations: store/memory_journal.h, store/sqlite_journal.h; contract:
// tests/contract/journal_contract.h.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"
#include "model/ids.h"

namespace candor {

// A human text behind its commitment (model/input.h); kept beside the chain so it can be erased.
struct SealedRow {
    std::string commitment;  // 64 hexadecimal digits
    std::string salt;        // 32 random bytes
    std::string text;        // UTF-8, at most kSealedTextBytesMax
};
inline constexpr std::size_t kSealedTextBytesMax = 16 * 1024;

// SHA-256("candor sealed text v1" || salt || text), hexadecimal.
std::string seal_commitment(std::string_view salt, std::string_view text);

// Bounds of one call; beyond them every write answers kTooLarge and writes nothing.
inline constexpr std::size_t kBatchBytesMax = 16 * 1024 * 1024;  // a configuration of any size fits
inline constexpr std::size_t kRequestsPerAppendMax = 4'096;
inline constexpr std::size_t kIdempotencyKeyBytesMax = 256;
inline constexpr std::size_t kSnapshotBytesMax = 256 * 1024 * 1024;
inline constexpr std::size_t kStoredNameBytesMax = 64;  // of followers and of meta values
inline constexpr std::size_t kMetaValueBytesMax = 64 * 1024;

struct AppendRequest {
    Timestamp at;                   // never before the previous batch's: kInvalid
    std::string bytes;              // encode_batch()
    std::string idempotency_key;    // unique over the whole journal unless empty
    std::vector<SealedRow> sealed;  // durable with the batch or not at all
    // Machine entries and human posts may use the ballast when the disk is full; automatic intake
    // may not (DESIGN §10).
    bool may_use_ballast = true;
};

struct JournalRecord {
    Position position = 0;
    Timestamp at;
    std::string bytes;
    Digest chain{};
};

struct JournalHead {
    Position position = 0;
    Digest chain{};
    Timestamp at;
};

// A cache of core::State at `position`, valid only if `chain` and `apply_version` match.
struct StateSnapshot {
    Position position = 0;
    Timestamp at;
    Digest chain{};
    std::int64_t apply_version = 0;
    std::string bytes;
};

// Read side. Each reader belongs to one thread at a time; a reader never blocks the writer.
class JournalReader {
   public:
    virtual ~JournalReader() = default;

    virtual Result<JournalHead> head() = 0;

    // Calls `visit` for each batch with position > after, in order, at most `limit`; stops early on
    // an error from `visit`. Verifies the chain of what it reads: kCorrupt names the position.
    virtual Result<void> read(Position after, std::size_t limit,
                              const std::function<Result<void>(const JournalRecord&)>& visit) = 0;

    // The newest batch end at or before `at`; position 0 (time 0) when there is none.
    virtual Result<JournalHead> head_at(Timestamp at) = 0;

    // The newest snapshot with position <= `not_after` and this apply version, or nothing.
    virtual Result<std::optional<StateSnapshot>> snapshot(Position not_after,
                                                          std::int64_t apply_version) = 0;

    // The text behind a commitment; kNotFound when it was erased or never stored.
    virtual Result<std::string> sealed_text(const std::string& commitment) = 0;

    // The batch that a request with this key caused, if any.
    virtual Result<std::optional<JournalRecord>> find_by_key(const std::string& key) = 0;
};

// Write side: one instance, one thread. Also a reader, on the same thread.
class Journal : public JournalReader {
   public:
    // Appends all requests as consecutive batches in one transaction and returns the last position
    // after everything is on stable storage. On error nothing was appended:
    //   kDiskFull  rolled back, the journal stays usable
    //   kConflict  an idempotency key was already used
    //   kInvalid   an earlier time than the last batch's, or a commitment that does not match
    //   kTooLarge  a bound above was hit
    //   kIo        the state on disk is unknown: stop the process and recover at the next start
    virtual Result<Position> append(std::span<const AppendRequest> requests) = 0;

    // Replaces nothing: keeps the newest few and thins older ones. Losing one costs time only.
    virtual Result<void> put_snapshot(const StateSnapshot& snapshot) = 0;

    // Destroys the text (rows are overwritten, not only unlinked); the chain stays valid. Repeating
    // it, or naming an unknown commitment, is no error. kBusy: a reader still holds old bytes in
    // view; readers see the text as gone, but call again to destroy the last copy.
    virtual Result<void> erase_sealed_text(const std::string& commitment) = 0;

    // Followers' durable positions; 0 for a name never stored. kInvalid beyond the head.
    virtual Result<Position> follower_position(const std::string& name) = 0;
    virtual Result<void> set_follower_position(const std::string& name, Position position) = 0;

    // Small named values that belong to this instance (salts, the instance id); "" when absent.
    virtual Result<std::string> meta(const std::string& name) = 0;
    virtual Result<void> set_meta(const std::string& name, const std::string& value) = 0;

    // Housekeeping that may take tens of milliseconds, for a moment when nobody waits. Never
    // needed: a later append does what was left undone. A failure shows in the next append.
    virtual void checkpoint() = 0;

    // An independent reader for another thread.
    virtual Result<std::unique_ptr<JournalReader>> open_reader() = 0;
};

}  // namespace candor
