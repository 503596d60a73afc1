#include "store/journal_rules.h"

#include <set>

namespace candor::store {
namespace {

constexpr std::string_view kRestoreAdvice =
    "; nothing was changed: restore the storage folder from a backup";

void put_be64(std::string& out, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8) {
        out += static_cast<char>((value >> shift) & 0xff);
    }
}

std::string hex_of(std::string_view bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        out += kDigits[(static_cast<unsigned char>(c) >> 4) & 0xf];
        out += kDigits[static_cast<unsigned char>(c) & 0xf];
    }
    return out;
}

std::unexpected<Error> too_large(std::string_view what, std::size_t size, std::size_t max) {
    return fail(ErrorCode::kTooLarge, std::string(what) + " has " + std::to_string(size) +
                                          "; at most " + std::to_string(max) + " are stored");
}

Result<void> check_sealed(const SealedRow& row) {
    if (row.text.size() > kSealedTextBytesMax) {
        return too_large("a sealed text, in bytes,", row.text.size(), kSealedTextBytesMax);
    }
    if (row.commitment != seal_commitment(row.salt, row.text)) {
        return fail(ErrorCode::kInvalid,
                    "sealed text " + row.commitment + " does not match its commitment");
    }
    return {};
}

Result<void> check_request(const AppendRequest& request) {
    if (request.bytes.size() > kBatchBytesMax) {
        return too_large("a batch, in bytes,", request.bytes.size(), kBatchBytesMax);
    }
    if (request.idempotency_key.size() > kIdempotencyKeyBytesMax) {
        return too_large("an idempotency key, in bytes,", request.idempotency_key.size(),
                         kIdempotencyKeyBytesMax);
    }
    for (const SealedRow& row : request.sealed) TRY(check_sealed(row));
    return {};
}

}  // namespace

Digest chain_after(const Digest& previous, Position position, Timestamp at,
                   std::string_view bytes) {
    std::string message(as_bytes(previous));
    message.reserve(message.size() + 16 + bytes.size());
    put_be64(message, position);
    put_be64(message, static_cast<std::uint64_t>(at.ms));
    message += bytes;
    return sha256(message);
}

Result<void> check_requests(std::span<const AppendRequest> requests, const JournalHead& head) {
    if (requests.size() > kRequestsPerAppendMax) {
        return too_large("an append, in batches,", requests.size(), kRequestsPerAppendMax);
    }
    Timestamp last = head.at;
    std::set<std::string_view> keys;
    for (const AppendRequest& request : requests) {
        TRY(check_request(request));
        const bool first = head.position == 0 && &request == requests.data();
        if (!first && request.at < last) {
            return fail(ErrorCode::kInvalid, "a batch of " + format_rfc3339(request.at) +
                                                 " cannot follow one of " + format_rfc3339(last));
        }
        last = request.at;
        if (!request.idempotency_key.empty() && !keys.insert(request.idempotency_key).second) {
            return fail(ErrorCode::kConflict, "idempotency key " + request.idempotency_key +
                                                  " stands twice in one append");
        }
    }
    return {};
}

Result<void> check_snapshot(const StateSnapshot& snapshot) {
    if (snapshot.bytes.size() > kSnapshotBytesMax) {
        return too_large("a snapshot, in bytes,", snapshot.bytes.size(), kSnapshotBytesMax);
    }
    return {};
}

Result<void> check_stored_name(const std::string& name) {
    if (name.empty()) return fail(ErrorCode::kInvalid, "a stored value needs a name");
    if (name.size() > kStoredNameBytesMax) {
        return too_large("a stored name, in bytes,", name.size(), kStoredNameBytesMax);
    }
    return {};
}

Result<void> check_meta(const std::string& name, const std::string& value) {
    TRY(check_stored_name(name));
    if (value.size() <= kMetaValueBytesMax) return {};
    return too_large("stored value " + name + ", in bytes,", value.size(), kMetaValueBytesMax);
}

Result<void> check_follower_position(const std::string& name, Position position, Position head) {
    TRY(check_stored_name(name));
    if (position <= head) return {};
    return fail(ErrorCode::kInvalid, "follower " + name + " cannot stand at batch " +
                                         std::to_string(position) + ": the journal ends at " +
                                         std::to_string(head));
}

Error chain_damage(Position position, const Digest& expected, std::string_view found) {
    return {ErrorCode::kCorrupt,
            "batch " + std::to_string(position) + " of the journal is damaged: expected chain " +
                to_hex(expected) + ", found " + hex_of(found) + std::string(kRestoreAdvice)};
}

Error position_damage(Position expected, Position found) {
    return {ErrorCode::kCorrupt, "the journal lacks batch " + std::to_string(expected) +
                                     ": found batch " + std::to_string(found) + " in its place" +
                                     std::string(kRestoreAdvice)};
}

}  // namespace candor::store
